"""``/cadre group``, and the clicks on a group's card. Submissions stand in ``submissions``."""

from __future__ import annotations

from functools import partial
from typing import Final

from bot import modals, persons
from bot.blocks import Modal, Option, unfolded
from bot.door import Door, Listener
from bot.groups import actions as of
from bot.groups import doubtful, guide, owed, reading, rosters, submissions, views, windows
from bot.groups.submissions import draw
from bot.modals import Frame, push, under
from bot.visit import Visit
from cadre.core.errors import Forbidden
from cadre.groups import service as groups
from cadre.people import jurisdictions

GROUP: Final = "group"
FRENCH: Final = "groupe"


def register(door: Door) -> None:
    """At the door."""
    clicks = {
        of.CARD: card,
        of.ROLES: roles,
        of.FACTS: facts,
        of.FIND: find,
        of.NEW: new,
        of.EDIT: edit,
        of.ADD_ROLE: add_role,
        of.ROLE: behind,
        of.CONFIRM: confirm,
    }
    modals.register_clicks(door, clicks)
    door.lookups[of.GROUPS] = door.lookups[of.FIND] = look_up
    door.lookups[of.PEOPLE] = persons.search
    door.lookups[of.JURISDICTIONS] = places
    submissions.register(door)
    for part in (guide, rosters, owed, doubtful):
        part.register(door)


def opener(question: Listener) -> Listener:
    """What a group's name after the verb opens. ``question``: takes what is asked, and what names no single group. In a message, which may
    begin with the name of a group that begins with the verb (« Groupe de travail sur le Cadre »), only a whole name opens its card.
    """

    async def group(visit: Visit) -> None:
        nearly, asked = "trigger_id" in visit.body, visit.text.rstrip().endswith("?")
        found = await visit.registry.read(groups.named, visit.rest, nearly=nearly) if visit.rest and not asked else ()
        if nearly and len(found) > 1 and len(await visit.registry.read(groups.named, visit.rest, nearly=False)) > 1:
            return await visit.open_modal(partial(among, visit))
        if asked or (visit.rest and len(found) != 1):
            visit.answered_as = None
            return await question(visit)
        if nearly:
            return await visit.open_modal(partial(draw, visit, Frame(found[0])) if found else partial(pick, visit))
        return await _in_message(visit, found)

    return group


async def _in_message(visit: Visit, found: tuple[str, ...]) -> None:
    """Where a message was written no window can be opened: a button opens it."""
    reader = visit.reply_reader
    if found:
        told = views.message(await visit.registry.read(reading.card, found[0], visit.caller), reader)
    else:
        told = views.which(await visit.registry.read(reading.own, visit.caller), reader)
    await visit.whisper(told)


async def among(visit: Visit) -> Modal:
    """Which of those that are called so?"""
    return views.several(await visit.registry.read(reading.called, visit.rest), visit.caller.reader)


async def pick(visit: Visit) -> Modal:
    """Which group?"""
    own = await visit.registry.read(reading.own, visit.caller)
    return views.picker(own, visit.caller.reader, Frame(), secretariat=visit.caller.secretariat)


async def card(visit: Visit) -> None:
    """A group, in place of the window in which the click was."""
    frame = Frame(visit.action["value"])
    await modals.show(visit, lambda: draw(visit, frame))


async def find(visit: Visit) -> None:
    """The group that was chosen in the menu."""
    chosen = (visit.action.get("selected_option") or {}).get("value")
    if chosen:
        await modals.show(visit, lambda: draw(visit, Frame(chosen)))


async def roles(visit: Visit) -> None:
    """All roles of a group, from the first or a later one on."""
    group, _, start = visit.action["value"].partition("/")
    frame = Frame(group, int(start or 0))
    await modals.show(visit, lambda: draw(visit, frame, view=views.roles))


async def facts(visit: Visit) -> None:
    """What is still to be confirmed."""
    frame = Frame(visit.action["value"])
    await modals.show(visit, lambda: draw(visit, frame, view=views.facts))


async def confirm(visit: Visit) -> None:
    """One fact stands."""
    _, frame = visit.caller.reader.gettext, modals.frame_of(visit)
    done = await visit.write(groups.confirm, frame.about, visit.action["value"])
    note = _("Confirmed.") if done else _("Somebody confirmed this before you.")
    await modals.redraw(visit, lambda: draw(visit, frame, note, views.facts))


async def new(visit: Visit) -> None:
    """The window in which a draft of a group is begun."""
    _secretariat(visit)
    offered = await visit.registry.read(reading.offered)
    await push(visit, windows.new(offered, visit.caller.reader, Frame()))


async def edit(visit: Visit) -> None:
    """One of the windows in which a group is written."""
    sheet = await visit.registry.read(reading.sheet, visit.action["value"], visit.caller)
    part = visit.action["action_id"].partition(":")[2]
    if not (sheet.card.edits or (part == "description" and sheet.card.describes)):
        raise Forbidden
    frame = Frame(sheet.card.id, under=under(visit))
    await push(visit, windows.WINDOWS[part](sheet.card, sheet.offered, visit.caller.reader, frame))


async def add_role(visit: Visit) -> None:
    """The window in which a role is added."""
    _secretariat(visit)
    sheet = await visit.registry.read(reading.sheet, visit.action["value"], visit.caller)
    await push(visit, windows.role(sheet.card, None, sheet.offered, visit.caller.reader, Frame(under=under(visit))))


async def behind(visit: Visit) -> None:
    """What was chosen behind the ⋯ of a role."""
    _secretariat(visit)
    action, id_ = unfolded(visit.action["selected_option"]["value"])
    sheet = await visit.registry.read(reading.role, id_, visit.caller)
    assert sheet.role
    reader, frame = visit.caller.reader, Frame(under=under(visit))
    if action == of.CONFIRM_ROLE:
        await visit.write(groups.confirm, sheet.card.id, f"role/{id_}/record")
        here = modals.frame_of(visit)
        return await modals.redraw(visit, lambda: draw(visit, here, reader.gettext("Confirmed."), views.roles))
    if action == of.REMOVE_ROLE:
        return await push(visit, windows.removal(sheet.card, sheet.role, reader, frame))
    return await push(visit, windows.role(sheet.card, sheet.role, sheet.offered, reader, frame))


async def look_up(visit: Visit, typed: str) -> list[Option]:
    """Groups by the letters typed."""
    found = await visit.registry.read(groups.search, typed)
    return [Option(each.name.for_(visit.caller.reader), each.id) for each in found]


async def places(visit: Visit, typed: str) -> list[Option]:
    """Jurisdictions by the letters typed."""
    found = await visit.registry.read(jurisdictions.search, typed)
    return [Option(name.for_(visit.caller.reader).sentence, id_) for id_, name in found]


def _secretariat(visit: Visit) -> None:
    """Whoever may not store it need not fill it in; the service asks again when it is stored."""
    if not visit.caller.secretariat:
        raise Forbidden
