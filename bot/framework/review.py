"""``/cadre review``: what is asked of me; for the secretariat how reviews stand, and all that is done with them."""

from __future__ import annotations

from typing import Final, cast

from sqlalchemy.orm import Session

from bot import modals
from bot.blocks import Modal, written
from bot.door import Door
from bot.framework import review_actions as of
from bot.framework import review_views as views
from bot.framework.review_views import Writing
from bot.modals import Frame
from bot.visit import Visit
from cadre.core.errors import NotFound
from cadre.core.reader import Actor
from cadre.core.words import Words
from cadre.framework import review, review_answers, review_reading
from cadre.framework.review_facts import OPEN, Line, ReviewFacts
from cadre.meetings.views import Answer
from cadre.people.facts import PersonRef

_LIST: Final = "list"


def register(door: Door) -> None:
    """At the door."""
    clicks = {
        of.OPEN: open_,
        of.RIGHT: right,
        of.WRONG: wrong,
        of.UP_TO_DATE: up_to_date,
        of.SLIDE: slide,
        of.ATTEND: attend,
        of.REMIND: remind,
        of.CONFIRM: confirm,
        of.SEEN_TO: seen_to,
        of.CLOSE: close,
    }
    modals.register_clicks(door, clicks)
    modals.register_forms(door, {of.OPENED: opened, of.CORRECTED: corrected, of.WRITTEN: slide_written, of.CLOSED: closed})


async def review_(visit: Visit) -> None:
    """How the open review stands, for the secretariat; what is asked of me, for everybody else."""
    about = await visit.registry.read(_about, visit.caller.actor, visit.caller.secretariat)
    _ = visit.reply_reader.gettext
    if about is None:
        return await visit.whisper(views.nothing(visit.reply_reader))
    if "trigger_id" in visit.body:
        return await visit.open_modal(lambda: draw(visit, Frame(about)))
    told = _("What is asked of you before the meeting in person.") if about.startswith("packet") else _("Reviews before meetings in person")
    return await visit.whisper(views.message(about, told, visit.reply_reader))


def _about(session: Session, actor: Actor, officer: bool) -> str | None:  # a look-up takes no names
    """What somebody is shown first."""
    if officer:
        open_ = [each for each in review_reading.reviews(session, actor) if each.state == OPEN]
        return f"coverage:{open_[0].id}" if len(open_) == 1 else _LIST
    packet = review_reading.packet_of(session, actor.person)
    return f"packet:{packet}" if packet else None


async def draw(visit: Visit, frame: Frame, note: Words | None = None) -> Modal:
    """A window, as the registry has it now. Raises NotFound, Forbidden."""
    what, _, rest = frame.about.partition(":")
    reader, actor = visit.caller.reader, visit.caller.actor
    if what == _LIST:
        found, coming = await visit.registry.read(_all, actor)
        return views.everything(found, coming, reader, frame)
    if what == "coverage":
        return views.coverage(await visit.registry.read(review_reading.coverage, int(rest), actor), reader, frame, note)
    if what == "ahead":
        return views.ahead(await visit.registry.read(review.planned, rest, actor), reader, frame)
    id_, _, subject = rest.partition(":")
    view, whose = await visit.registry.read(review_reading.packet, int(id_), actor)
    if what == "attend":
        return views.attendance(view, int(id_), whose, reader, frame)
    if what == "facts":
        lines = [line for line in view.of(whose.id) if line.subject == subject]
        return views.facts(lines, int(id_), reader, frame)
    return views.packet(view, int(id_), whose, reader, frame, own=actor.person == whose.id, note=note)


def _all(session: Session, actor: Actor) -> tuple[tuple[ReviewFacts, ...], tuple[ReviewFacts, ...]]:
    return review_reading.reviews(session, actor), review.upcoming(session, actor)


async def open_(visit: Visit) -> None:
    """A window, over the one in which the click was."""
    frame = Frame.unpacked(visit.action["value"])
    if modals.in_window(visit):
        below = Frame(frame.about, under=modals.under(visit))
        await modals.push(visit, await draw(visit, below))
    else:
        await visit.open_modal(lambda: draw(visit, frame))


async def _again(visit: Visit, note: Words | None = None) -> None:
    """The window of the click, as things are now; a message is drawn anew by itself."""
    await modals.redraw(visit, lambda: draw(visit, modals.frame_of(visit), note))


async def right(visit: Visit) -> None:
    """Facts are right."""
    packet, _, facts = visit.action["value"].partition("|")
    shown = {int(item): mark for item, _, mark in (each.partition(":") for each in facts.split(","))}
    await visit.write(review_answers.says_right, int(packet), shown)
    await _again(visit)


async def _line(visit: Visit, value: str) -> tuple[Line, PersonRef]:
    """What a form is about. Raises NotFound, Forbidden."""
    packet, _, item = value.partition(":")
    view, whose = await visit.registry.read(review_reading.packet, int(packet), visit.caller.actor)
    found = next((line for line in view.of(whose.id) if line.id == int(item)), None)
    if found is None:
        raise NotFound(item)
    return found, whose


async def wrong(visit: Visit) -> None:
    """The window in which one says what is right instead."""
    line, _whose = await _line(visit, visit.action["value"])
    await modals.push(visit, views.wrong(line, visit.caller.reader, modals.clicked(visit)))


async def corrected(visit: Visit) -> None:
    """A fact is not right."""
    frame = modals.frame_of(visit)
    packet, _, item = frame.about.partition(":")
    await visit.write(review_answers.says_wrong, int(packet), int(item), written(visit.state, "text"))
    _back(visit, frame)


async def slide(visit: Visit) -> None:
    """The window in which one writes what is to be said."""
    line, _whose = await _line(visit, visit.action["value"])
    await modals.push(visit, views.slide(line, visit.caller.reader, modals.clicked(visit)))


async def slide_written(visit: Visit) -> None:
    """What is to be said in the meeting."""
    frame = Writing.unpacked(visit.body["view"]["private_metadata"])
    packet, _, item = frame.about.partition(":")
    typed = {name: written(visit.state, name) for name in visit.state}
    await visit.write(review_answers.write_slide, int(packet), int(item), typed, frame.shown)
    _back(visit, frame)


def _back(visit: Visit, frame: Frame) -> None:
    """The window below, if any, shows what was done."""
    if frame.under:
        modals.redraw_below(visit, lambda: draw(visit, Frame.unpacked(frame.under)))


async def up_to_date(visit: Visit) -> None:
    """A workplan says all that there is to say."""
    packet, _, item = visit.action["value"].partition(":")
    await visit.write(review_answers.up_to_date, int(packet), int(item))
    await _again(visit)


async def attend(visit: Visit) -> None:
    """Whether somebody comes to the meeting."""
    packet, answer, revision = visit.action["value"].split(":")
    await visit.write(review_answers.attend, int(packet), cast("Answer", answer), shown=int(revision))
    await _again(visit)


async def remind(visit: Visit) -> None:
    """Those of whom something is still asked are asked again."""
    done = await visit.write(review.remind, int(visit.action["value"]))
    await _again(visit, views.reminded(done, visit.caller.reader))


async def confirm(visit: Visit) -> None:
    """All facts stand that somebody said are right."""
    n = await visit.write(review_answers.confirm_said, int(visit.action["value"]))
    await _again(visit, visit.caller.reader.ngettext("{n} fact is confirmed.", "{n} facts are confirmed.", n))


async def seen_to(visit: Visit) -> None:
    """The secretariat saw to what was not right."""
    await visit.write(review_answers.seen_to, int(visit.action["value"]))
    await _again(visit)


async def close(visit: Visit) -> None:
    """The window in which a review is closed."""
    view = await visit.registry.read(review_reading.coverage, int(visit.action["value"]), visit.caller.actor)
    await modals.push(visit, views.closing(view, visit.caller.reader, modals.clicked(visit)))


async def closed(visit: Visit) -> Modal | None:
    """A review is closed, in its meeting."""
    frame = modals.frame_of(visit)
    view = await visit.write(review.close, int(frame.about))
    if not frame.under:
        return await draw(visit, Frame(f"coverage:{view.review.id}"))
    _back(visit, frame)
    return None


async def opened(visit: Visit) -> Modal | None:
    """A review is opened: the window shows how it stands."""
    meeting = modals.frame_of(visit).about.partition(":")[2]
    found = await visit.write(review.open_, meeting)
    note = visit.caller.reader.gettext("The review is open. Each who is asked something is told in their working hours.")
    return await draw(visit, Frame(f"coverage:{found.id}"), note)
