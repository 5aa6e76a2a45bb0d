"""Finding a time: ``/cadre poll``, clicks around polls, and their windows that were filled in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from sqlalchemy.orm import Session

from bot import modals
from bot.blocks import Block, Modal, written
from bot.caller import Caller
from bot.door import Door, Listener
from bot.meetings import actions, lists, poll_form, poll_windows, reading, submissions
from bot.meetings.poll_windows import Choice, Shape
from bot.modals import Frame, push, under
from bot.visit import Visit
from cadre.core import changes
from cadre.core.errors import Invalid, Message
from cadre.core.words import Words
from cadre.meetings import poll_reading, polling
from cadre.meetings import service as meetings
from cadre.meetings.views import Joining, PollFacts, SlotAnswer
from cadre.notices.service import require_secretariat

_LIST: Final = "polls"
_ONE: Final = "poll:"
"""What frames are about: the list, or one of them. Those of meetings are about their records."""


def register(door: Door) -> None:
    """At the door."""
    clicks = {
        actions.POLLS: list_,
        actions.FIND: find,
        actions.POLL: open_,
        actions.SAY: say,
        actions.SAY_YES: _says("yes"),
        actions.SAY_IF_NEEDED: _says("if_needed"),
        actions.SAY_NO: _says("no"),
        actions.POLL_RECORD: record,
        actions.POLL_CLOSE: close,
        actions.CHOOSE: choose,
    }
    modals.register_clicks(door, clicks)
    forms = {poll_form.OPENED: opened, poll_windows.SAID: said, poll_windows.CHOSEN: chosen, poll_windows.CLOSED: closed}
    modals.register_forms(door, forms)


async def poll(visit: Visit) -> None:
    """The polls that concern the reader; with words after the verb, the form of a new one."""
    if "trigger_id" not in visit.body:
        found, arranges = await visit.registry.read(_listing, visit.caller)
        return await visit.whisper(poll_windows.message(found, visit.reply_reader, arranges=arranges))
    if visit.rest:
        return await visit.open_modal(lambda: _form(visit, visit.rest))
    return await visit.open_modal(lambda: draw(visit, Frame(_LIST)))


def home(session: Session, caller: Caller) -> Iterable[Block]:
    """A part of App Home."""
    return poll_windows.home(poll_reading.polls(session, caller.actor), caller.reader)


def _listing(session: Session, caller: Caller) -> tuple[tuple[PollFacts, ...], bool]:
    return poll_reading.polls(session, caller.actor), bool(meetings.groups(session, caller.actor))


async def draw(visit: Visit, frame: Frame, note: Words | None = None) -> Modal:
    """A window as the registry has it now: the list, or one poll as the reader sees it."""
    reader, actor = visit.caller.reader, visit.caller.actor
    if not frame.about.startswith(_ONE):
        found, arranges = await visit.registry.read(_listing, visit.caller)
        return poll_windows.polls(found, reader, frame, arranges=arranges, note=note)
    number = int(frame.about.removeprefix(_ONE))
    facts = await visit.registry.read(poll_reading.poll, number, actor)
    if not facts.may_arrange:
        return poll_windows.mine(facts, reader, frame, note)
    ranking = await visit.registry.read(poll_reading.ranking, number, actor)
    return poll_windows.ranking(ranking, reader, frame, secretariat=visit.caller.secretariat, note=note)


async def _form(visit: Visit, sentence: str, under: str = "") -> Modal:
    """The form, filled with what a sentence says; for whoever arranges no meetings, their polls."""
    typed, around = await visit.registry.read(poll_form.started, sentence, visit.caller)
    if not around.groups:
        barred = await visit.registry.read(reading.barred, visit.caller)
        return await draw(visit, Frame(_LIST), lists.refusal(barred, sentence, visit.caller.reader))
    return poll_form.window(typed, around, visit.caller.reader, poll_form.Shape(under=under))


async def list_(visit: Visit) -> None:
    """All that are open."""
    await modals.show(visit, lambda: draw(visit, Frame(_LIST)))


async def find(visit: Visit) -> None:
    """The form of a poll."""
    await push(visit, await _form(visit, "", under(visit)))


async def open_(visit: Visit) -> None:
    """One poll."""
    await modals.show(visit, lambda: draw(visit, Frame(_ONE + visit.action["value"])))


async def say(visit: Visit) -> None:
    """The window in which one answers."""
    await _answer(visit, record=False)


async def record(visit: Visit) -> None:
    """The same for somebody else, as the secretariat was told."""
    await visit.registry.read(changes.seen_by(visit.caller.actor, require_secretariat))
    await _answer(visit, record=True)


async def _answer(visit: Visit, *, record: bool) -> None:
    number = int(visit.action["value"])
    facts = await visit.registry.read(poll_reading.poll, number, visit.caller.actor)
    await push(visit, poll_windows.answer(facts, visit.caller.reader, Shape(number, record=record, under=under(visit))))


def _says(given: SlotAnswer) -> Listener:
    """A click that answers for one time. The message that it was in is drawn anew by others."""

    async def answered(visit: Visit) -> None:
        await visit.write(polling.answer_slot, int(visit.action["value"]), given)

    return answered


async def close(visit: Visit) -> None:
    """Before a poll is closed, what that does."""
    number = int(visit.action["value"])
    facts = await visit.registry.read(poll_reading.poll, number, visit.caller.actor)
    await push(visit, poll_windows.close(facts, visit.caller.reader, Shape(number, under=under(visit))))


async def choose(visit: Visit) -> None:
    """Before a time is chosen, what it means for everybody."""
    slot = int(visit.action["value"])
    choice = await visit.registry.read(_choice, slot, visit.caller)
    shape = Shape(choice.ranking.poll.id, slot, under=under(visit))
    await push(visit, poll_windows.choose(choice, visit.caller.reader, shape))


def _choice(session: Session, slot: int, caller: Caller) -> Choice:
    facts = poll_reading.of_slot(session, slot, caller.actor)
    ranking = poll_reading.ranking(session, facts.id, caller.actor)
    place = next(each for each in ranking.places if each.standing.slot.id == slot)
    attendees = meetings.attendees(session, [each.person.id for each in ranking.poll.voices])
    row = poll_reading.poll_row(session, facts.id)
    return Choice(ranking, place, attendees, Joining(row.link, row.joining))


async def opened(visit: Visit) -> Modal | None:
    """A poll is begun: first it is shown what its times mean, then people are asked."""
    shape, reader = poll_form.Shape.unpacked(visit.body["view"]["private_metadata"]), visit.caller.reader
    typed, around = await visit.registry.read(poll_form.checked, poll_form.typed_in(visit.state), visit.caller)
    if (now := poll_form.mark(typed.form)) != shape.shown:
        return poll_form.window(typed, around, reader, replace(shape, shown=now))
    made = await visit.write(polling.open_poll, typed.form, view_id=visit.body["view"]["id"])
    note = reader.ngettext("{n} person is asked.", "{n} people are asked.", made.asked)
    return await _back(visit, made.id, shape.under, note)


async def said(visit: Visit) -> Modal | None:
    """Somebody answered for all times."""
    shape, reader = _shape(visit), visit.caller.reader
    slots = [block for block in visit.state if block.startswith(poll_windows.SLOT)]
    given = {
        int(block.removeprefix(poll_windows.SLOT)): answer
        for block in slots
        for answer in polling.ANSWERS
        if answer == written(visit.state, block)
    }
    if not given:
        raise Invalid(**{min(slots): Message("Answer for one time at least.")})
    await visit.write(polling.answer, shape.poll, given, person=written(visit.state, "person") or None)
    told = (
        reader.gettext("Recorded, and confirmed to whoever the answer is of.") if shape.record else reader.gettext("Your answer is stored.")
    )
    return await _back(visit, shape.poll, shape.under, told)


async def chosen(visit: Visit) -> Modal:
    """A time becomes the meeting: its window stands in place of the one that was filled in."""
    shape = _shape(visit)
    how = {name: written(visit.state, name) for name in ("link", "joining")}
    made = await visit.write(polling.choose, shape.poll, shape.slot, view_id=visit.body["view"]["id"], **how)
    if _is_ours(shape.under):
        modals.redraw_below(visit, lambda: draw(visit, Frame(f"{_ONE}{shape.poll}")))
    note = visit.caller.reader.ngettext("Invited: {n} person.", "Invited: {n} people.", made.counts.invited)
    return await submissions.draw(visit, Frame(made.id), note)


async def closed(visit: Visit) -> Modal | None:
    """A poll ends without a time."""
    shape = _shape(visit)
    await visit.write(polling.close, shape.poll)
    return await _back(visit, shape.poll, shape.under, visit.caller.reader.gettext("Closed. Those who were asked are told."))


def _shape(visit: Visit) -> Shape:
    return Shape.unpacked(visit.body["view"]["private_metadata"])


async def _back(visit: Visit, number: int, under: str, note: Words) -> Modal | None:
    """The poll, in the window below where that is of polls, for Slack stacks three at most; else in place of what was filled in."""
    frame = Frame(f"{_ONE}{number}")
    if _is_ours(under):
        modals.redraw_below(visit, lambda: draw(visit, frame, note))
        return None
    return await draw(visit, frame, note)


def _is_ours(under: str) -> bool:
    about = Frame.unpacked(under).about
    return about == _LIST or about.startswith(_ONE)
