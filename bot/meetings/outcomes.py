"""What came of a meeting, by buttons and windows: attendance, decisions, actions; and what becomes of actions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from bot import modals
from bot.blocks import Modal, picked, written
from bot.door import Door
from bot.meetings import outcome_windows as windows
from bot.meetings import prep_actions
from bot.meetings.agenda import again, arranges, back
from bot.modals import Frame, clicked, frame_of, in_window, push
from bot.visit import Visit
from cadre.core import clock
from cadre.core.words import Words
from cadre.decisions import service as decisions
from cadre.decisions.service import DONE, DROPPED
from cadre.meetings import agenda, inviting, outcomes

_LATER: Final = timedelta(days=14)
"""How much more time is proposed."""


def register(door: Door) -> None:
    """At the door."""
    clicks = {
        prep_actions.ATTENDANCE: attendance,
        prep_actions.DECIDE: decide,
        prep_actions.TAKE_BACK: take_back,
        prep_actions.AGREE: agree,
        prep_actions.DONE: done,
        prep_actions.DROP: drop,
        prep_actions.MORE_TIME: more_time,
    }
    forms = {
        windows.ATTENDANCE_FORM: save_attendance,
        windows.DECISION_FORM: save_decision,
        windows.TAKE_BACK_FORM: save_take_back,
        windows.ACTION_FORM: save_action,
        windows.TIME_FORM: save_time,
    }
    modals.register_clicks(door, clicks)
    modals.register_forms(door, forms)


async def attendance(visit: Visit) -> None:
    """Who was there."""
    frame = clicked(visit)
    await arranges(visit, frame.about)
    view = await visit.registry.read(agenda.agenda, frame.about, visit.caller.actor)
    about = f"{frame.about}:{inviting.attendance_mark(view.meeting, view.invited)}"
    await push(visit, windows.attendance(view, visit.caller.reader, replace(frame, about=about)))


async def decide(visit: Visit) -> None:
    """What was decided."""
    frame = clicked(visit)
    meeting, item, known = _parts(frame)
    await arranges(visit, meeting)
    view = await visit.registry.read(agenda.agenda, meeting, visit.caller.actor)
    held = next((each for each in view.decisions if each.id == known), None)
    about = f"{frame.about}:{decisions.shown(held)}" if held else frame.about
    await push(visit, windows.decision(view, item, held, visit.caller.reader, replace(frame, about=about)))


async def take_back(visit: Visit) -> None:
    """Why a decision is taken back."""
    frame = clicked(visit)
    meeting, _item, known = _parts(frame)
    await arranges(visit, meeting)
    view = await visit.registry.read(agenda.agenda, meeting, visit.caller.actor)
    await push(visit, windows.take_back(view, known, visit.caller.reader, frame))


async def agree(visit: Visit) -> None:
    """What is to be done."""
    frame = clicked(visit)
    meeting, item, _ = _parts(frame)
    await arranges(visit, meeting)
    view = await visit.registry.read(agenda.agenda, meeting, visit.caller.actor)
    await push(visit, windows.action(view, item, visit.caller.reader, frame))


async def done(visit: Visit) -> None:
    """An action is done."""
    await _settle(visit, DONE, visit.caller.reader.gettext("Noted: it is done."))


async def drop(visit: Visit) -> None:
    """An action is not to be done any more."""
    await _settle(visit, DROPPED, visit.caller.reader.gettext("Dropped: nobody is reminded of it any more."))


async def _settle(visit: Visit, state: str, note: Words) -> None:
    await visit.write(decisions.settle_action, clicked(visit).about, state)
    if in_window(visit):
        await again(visit, note)


async def more_time(visit: Visit) -> None:
    """By when instead."""
    frame = clicked(visit)
    known = await visit.registry.read(decisions.action, frame.about, visit.caller.actor)
    today = await visit.registry.read(clock.today, visit.caller.reader.zone)
    await push(visit, windows.more_time(known, max(known.due or today, today) + _LATER, visit.caller.reader, frame))


async def save_attendance(visit: Visit) -> Modal | None:
    """Who was there, and whether they were enough."""
    quorum = {windows.YES: True, windows.NO: False}.get(written(visit.state, "quorum"))
    blocks = [block for block in visit.state if block.startswith(windows.PRESENT)]
    present = frozenset(person for block in blocks for person in picked(visit.state, block))
    meeting, shown = frame_of(visit).about.rsplit(":", 1)
    await visit.write(inviting.attended, meeting, present, quorum=quorum, shown=shown)
    return await back(visit, visit.caller.reader.ngettext("Saved: {n} person was there.", "Saved: {n} people were there.", len(present)))


async def save_decision(visit: Visit) -> Modal | None:
    """What was decided, provisionally."""
    frame = frame_of(visit)
    meeting, item, known = _parts(frame)
    shown = frame.about.split(":")[3] if known else None
    english, french = (written(visit.state, f"wording_{language}") for language in ("en", "fr"))
    once = None if known else visit.body["view"]["id"]
    await visit.write(outcomes.decide, meeting, english, french, item=item, known=known, shown=shown, view_id=once)
    return await back(visit, visit.caller.reader.gettext("The decision is recorded, provisionally."))


async def save_take_back(visit: Visit) -> Modal | None:
    """A decision is none."""
    meeting, _item, known = _parts(frame_of(visit))
    await visit.write(outcomes.take_back, meeting, known or "", written(visit.state, "why"))
    return await back(visit, visit.caller.reader.gettext("The decision is taken back."))


async def save_action(visit: Visit) -> Modal | None:
    """What is to be done, by whom, by when."""
    meeting, _item, _known = _parts(frame_of(visit))
    english, french = (written(visit.state, f"wording_{language}") for language in ("en", "fr"))
    who = written(visit.state, "owner") or None
    made = await visit.write(outcomes.agree, meeting, english, french, owner=who, due=_day(visit), view_id=visit.body["view"]["id"])
    name = Words.verbatim(made.owner.name if made.owner else "")
    return await back(visit, visit.caller.reader.gettext("The action is recorded. {name} is reminded of it in time.", name=name))


async def save_time(visit: Visit) -> Modal | None:
    """By when instead."""
    put_off = await visit.write(decisions.put_off_action, frame_of(visit).about, _day(visit))
    reader = visit.caller.reader
    return await back(visit, reader.gettext("There is time until {date}.", date=reader.date(put_off.due or date.max)))


def _day(visit: Visit) -> date | None:
    text = written(visit.state, "due")
    return date.fromisoformat(text) if text else None


def _parts(frame: Frame) -> tuple[str, int | None, str | None]:
    """The meeting, the item and the decision that a button or window is about."""
    meeting, item, known = (*frame.about.split(":"), "", "")[:3]
    return meeting, int(item) if item else None, known or None
