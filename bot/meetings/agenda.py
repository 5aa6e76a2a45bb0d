"""The agenda: its window, the clicks in it, and the windows in which its items are written."""

from __future__ import annotations

import json
from typing import Final

from bot import modals, persons
from bot.blocks import Modal, picked, unfolded, written
from bot.door import Door
from bot.meetings import agenda_windows as windows
from bot.meetings import minutes_windows, outcome_windows, prep_actions, reading, submissions
from bot.modals import Frame, clicked, frame_of, push
from bot.visit import Visit
from cadre.core.errors import Invalid, Message
from cadre.core.marks import marks
from cadre.core.words import Words
from cadre.meetings import agenda, minutes
from cadre.meetings.item_forms import ItemForm, values
from cadre.meetings.views import ItemFacts

_AGENDA: Final = "agenda"
_MINUTES: Final = "minutes"


def register(door: Door) -> None:
    """At the door."""

    async def folded(visit: Visit) -> None:
        """What was chosen behind the ⋯ of an item or an action, as if its button had been clicked."""
        action, value = unfolded(visit.action["selected_option"]["value"])
        visit.body["actions"] = [{"action_id": action, "value": value}]
        await door.actions[action](visit)

    clicks = {
        prep_actions.AGENDA: open_,
        prep_actions.ITEM: folded,
        prep_actions.ADD: add,
        prep_actions.EDIT: edit,
        prep_actions.UP: up,
        prep_actions.DOWN: down,
        prep_actions.ASK: ask,
        prep_actions.REMOVE: remove,
        prep_actions.GIVE: give,
        prep_actions.PUBLISH: publish,
        prep_actions.PROPOSE: propose,
        prep_actions.CHANNEL: channel,
    }
    modals.register_clicks(door, clicks)
    modals.register_forms(door, {windows.ITEM_FORM: save_item, windows.PAPER_FORM: save_papers, windows.CHANNEL_FORM: save_channel})
    door.lookups[prep_actions.PEOPLE] = persons.search


async def draw(visit: Visit, frame: Frame, note: Words | None = None) -> Modal:
    """The window of an agenda, or of minutes, as the registry has it now."""
    what, _, id_ = frame.about.partition(":")
    reader, actor = visit.caller.reader, visit.caller.actor
    if what == _MINUTES:
        return minutes_windows.minutes(await visit.registry.read(minutes.minutes, id_, actor), reader, frame, note)
    return windows.agenda(await visit.registry.read(agenda.agenda, id_, actor), reader, frame, note)


def is_agenda(metadata: str) -> bool:
    """Whether a window is that of an agenda."""
    return _about(metadata).startswith(f"{_AGENDA}:")


def _about(metadata: str) -> str:
    """What a window is about, whoever's it is."""
    return str(json.loads(metadata or "{}").get("about", ""))


async def back(visit: Visit, note: Words) -> Modal | None:
    """After a form: the window below shows what was done, where it is one of these; where there is none, a receipt does."""
    under = frame_of(visit).under
    if not under:
        return outcome_windows.done(note, visit.caller.reader)
    if _about(under).startswith((f"{_AGENDA}:", f"{_MINUTES}:")):
        modals.redraw_below(visit, lambda: draw(visit, Frame.unpacked(under), note))
    elif _about(under) == frame_of(visit).about.partition(":")[0]:  # the meeting's own window
        modals.redraw_below(visit, lambda: submissions.draw(visit, Frame.unpacked(under), note))
    return None


async def again(visit: Visit, note: Words) -> None:
    """After a click in one of these windows: it shows what was done. Messages are drawn anew by others."""
    await modals.redraw(visit, lambda: draw(visit, frame_of(visit), note))


async def open_(visit: Visit) -> None:
    """The agenda, over the window in which the click was."""
    frame = clicked(visit)
    await push(visit, await draw(visit, Frame(f"{_AGENDA}:{frame.about}", under=frame.under)))


async def arranges(visit: Visit, meeting: str) -> None:
    """Whether whoever clicked may arrange a meeting, before a window opens in which only such people save. Raises NotFound, Forbidden."""
    await visit.registry.read(reading.sheet_for, meeting, visit.caller, "arranger")


async def add(visit: Visit) -> None:
    """The window of an item that is not there yet."""
    await arranges(visit, clicked(visit).about)
    await push(visit, windows.item(None, visit.caller.reader, _form(visit, f"{clicked(visit).about}:")))


async def edit(visit: Visit) -> None:
    """The window of an item."""
    known = await visit.registry.read(agenda.item, clicked(visit).number, visit.caller.actor)
    await arranges(visit, known.meeting)
    await push(visit, windows.item(known, visit.caller.reader, _form(visit, f"{known.meeting}:{known.id}:{_marks(known)}")))


async def give(visit: Visit) -> None:
    """The window in which an owner gives what is missing."""
    known = await visit.registry.read(agenda.item, clicked(visit).number, visit.caller.actor)
    await push(visit, windows.papers(known, visit.caller.reader, _form(visit, f"{known.id}:{_marks(known)}")))


async def up(visit: Visit) -> None:
    """One place up."""
    await visit.write(agenda.move_item, clicked(visit).number, up=True)
    await again(visit, visit.caller.reader.gettext("Moved up."))


async def down(visit: Visit) -> None:
    """One place down."""
    await visit.write(agenda.move_item, clicked(visit).number, up=False)
    await again(visit, visit.caller.reader.gettext("Moved down."))


async def remove(visit: Visit) -> None:
    """Off the agenda."""
    await visit.write(agenda.remove_item, clicked(visit).number)
    await again(visit, visit.caller.reader.gettext("Taken off the agenda."))


async def ask(visit: Visit) -> None:
    """The owner is asked for what is missing."""
    asked = await visit.write(agenda.ask_owner, clicked(visit).number)
    name = Words.verbatim(asked.owner.name if asked.owner else "")
    await again(visit, visit.caller.reader.gettext("{name} is asked for what is missing.", name=name))


async def propose(visit: Visit) -> None:
    """The approval of earlier minutes, on the agenda."""
    meeting, _, earlier = clicked(visit).about.partition(":")
    await visit.write(agenda.propose_approval, meeting, earlier)
    await again(visit, visit.caller.reader.gettext("It stands first on the agenda."))


async def publish(visit: Visit) -> None:
    """The agenda in the channel of the group."""
    await visit.write(agenda.publish, clicked(visit).about)
    await again(visit, _posted(visit))


async def channel(visit: Visit) -> None:
    """The window in which the channel of the group is chosen."""
    frame = clicked(visit)
    await arranges(visit, frame.about)
    view = await visit.registry.read(agenda.agenda, frame.about, visit.caller.actor)
    await push(visit, windows.channel(view, visit.caller.reader, frame))


async def save_channel(visit: Visit) -> Modal | None:
    """The group talks there, and the agenda stands there."""
    await visit.write(agenda.publish, frame_of(visit).about, channel=written(visit.state, "channel"))
    return await back(visit, _posted(visit))


def _posted(visit: Visit) -> Words:
    return visit.caller.reader.gettext("The agenda stands in the group's channel, and is kept up to date there.")


async def save_item(visit: Visit) -> Modal | None:
    """An item, new or changed."""
    meeting, _, about = frame_of(visit).about.partition(":")
    id_, _, shown = about.partition(":")
    state = visit.state
    texts = {name: written(state, name) for name in ("title_en", "title_fr", "tab", "paper_en", "paper_fr")}
    form = ItemForm(
        meeting,
        written(state, "kind"),
        **texts,
        owner=written(state, "owner") or None,
        minutes=number(visit, "minutes"),
        needs_paper=windows.NEEDS in picked(state, windows.NEEDS),
        id=int(id_) if id_ else None,
    )
    await visit.write(agenda.save_item, form, shown=json.loads(shown or "{}"), view_id=None if id_ else visit.body["view"]["id"])
    return await back(visit, visit.caller.reader.gettext("Saved."))


async def save_papers(visit: Visit) -> Modal | None:
    """What was missing of an item."""
    title, paper = ((written(visit.state, f"{name}_en"), written(visit.state, f"{name}_fr")) for name in ("title", "paper"))
    id_, _, shown = frame_of(visit).about.partition(":")
    await visit.write(agenda.give_paper, int(id_), title=title, paper=paper, shown=json.loads(shown or "{}"))
    return await back(visit, visit.caller.reader.gettext("Saved. Thank you."))


def _marks(known: ItemFacts) -> str:
    """What the window of an item showed, to see whether somebody else changes it meanwhile."""
    return json.dumps(marks(values(known)))


def number(visit: Visit, block: str) -> int | None:
    """A whole number that was typed, if any."""
    text = written(visit.state, block)
    if text and not text.isdecimal():
        raise Invalid(**{block: Message("Write a whole number.")})
    return int(text) if text else None


def _form(visit: Visit, about: str) -> Frame:
    """What a form is about, and the window that it lies over."""
    return Frame(about, under=clicked(visit).under)
