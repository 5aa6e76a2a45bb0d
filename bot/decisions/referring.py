"""``/cadre deputy ministers``: what is for their table or comes from it; and the windows in which the secretariat marks it."""

from __future__ import annotations

from typing import Final

from sqlalchemy.orm import Session

from bot import modals
from bot.blocks import Modal, Option, written
from bot.caller import Caller
from bot.decisions import actions
from bot.decisions import referral_views as views
from bot.decisions.referral_views import Sheet
from bot.door import Door
from bot.modals import Frame
from bot.visit import Visit
from cadre.core.changes import seen_by
from cadre.core.errors import Forbidden
from cadre.core.words import Words
from cadre.decisions import referral_wording as wording
from cadre.decisions import referrals
from cadre.decisions.referrals import ReferralForm

REFERRALS: Final = "referrals"
REFER: Final = "refer"
"""What the frame of a window says: ``referrals``, or ``refer:group:bees``; with nothing after it, where that is still to be chosen."""


def register(door: Door) -> None:
    """At the door."""
    modals.register_clicks(door, {actions.REFERRALS: list_, actions.REFER: refer, actions.UNREFER: unmark})
    modals.register_forms(door, {views.MARKED: marked})
    door.lookups[actions.THINGS] = things


async def referrals_(visit: Visit) -> None:
    """All that is marked; where a message was written, no window can be opened: a button opens it."""
    if "trigger_id" in visit.body:
        return await visit.open_modal(lambda: draw(visit, Frame(REFERRALS)))
    found = await visit.registry.read(referrals.referrals, visit.caller.actor)
    return await visit.whisper(views.message(found, visit.reply_reader))


async def draw(visit: Visit, frame: Frame, note: Words | None = None) -> Modal:
    """The list, or the window of one thing. Raises NotFound; Forbidden where only the secretariat marks."""
    kind, _, about = frame.about.partition(":")
    caller, reader = visit.caller, visit.caller.reader
    if kind == REFER:
        return views.refer(await visit.registry.read(_sheet, about, caller), reader, frame, note)
    found = await visit.registry.read(referrals.referrals, caller.actor)
    return views.listed_referrals(found, reader, frame, note, officer=caller.secretariat)


def _sheet(session: Session, about: str, caller: Caller) -> Sheet:
    if not caller.secretariat:
        raise Forbidden
    tables = referrals.tables(session)
    if not about:
        return Sheet(None, (), tables)
    return Sheet(referrals.thing(session, about), referrals.of(session, about, caller.actor), tables)


async def list_(visit: Visit) -> None:
    """All that is marked, from its beginning or from a later one on."""
    frame = Frame(REFERRALS, int(visit.action.get("value") or 0))
    await modals.show(visit, lambda: draw(visit, frame))


async def refer(visit: Visit) -> None:
    """The window of one thing, or of one that is still to be chosen."""
    frame = Frame(f"{REFER}:{visit.action.get('value') or ''}")
    await modals.show(visit, lambda: draw(visit, frame))


async def marked(visit: Visit) -> Modal:
    """Something is marked: the same window shows it."""
    about = modals.frame_of(visit).about.partition(":")[2] or written(visit.state, "about")
    typed = {name: written(visit.state, name) for name in ("table", "direction", "note_en", "note_fr")}
    done = await visit.write(referrals.mark, ReferralForm(about, **typed))
    told = visit.caller.reader.gettext("Marked: {what}", what=wording.way(done, visit.caller.reader))
    return await draw(visit, Frame(f"{REFER}:{about}"), told)


async def unmark(visit: Visit) -> None:
    """A mark is taken away."""
    frame = modals.frame_of(visit)
    await visit.write(referrals.unmark, visit.action["value"])
    await modals.redraw(visit, lambda: draw(visit, frame, visit.caller.reader.gettext("The mark is taken away.")))


async def things(visit: Visit, typed: str) -> list[Option]:
    """Priorities, groups, decisions and next steps by the letters typed."""
    found = await visit.registry.read(seen_by(visit.caller.actor, referrals.things), typed)
    return [Option(wording.thing(each, visit.caller.reader), each.about) for each in found]
