"""Handing a workplan in, settling it, moving due dates: what was filled in, stored."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.blocks import Modal, written
from bot.door import Submission
from bot.modals import Frame, frame_of
from bot.visit import Visit
from bot.workplans import deciding, reading
from bot.workplans.meanwhile import Form, Writing, anew
from bot.workplans.storing import day_of, filled, receipt, required_day, settled, whole_number, writing
from cadre.core.words import Words
from cadre.workplans import service as workplans
from cadre.workplans.facts import CycleFacts, Seen
from cadre.workplans.meanwhile import Meanwhile, of_cycle, of_due, of_plan


async def submit(visit: Visit) -> Modal:
    """A workplan is handed in."""
    _, frame, reader = visit.caller.reader.gettext, writing(visit), visit.caller.reader

    async def again(problem: Meanwhile) -> Modal:
        seen, _none = await visit.registry.read(reading.thing, frame.about, visit.caller)
        return deciding.submission(seen, reader, frame, _anew(seen, frame, problem))

    told = _(
        "The workplan of {target} is with the secretariat. I will write to you as soon as it is accepted or returned.",
        target=await _name(visit, frame),
    )
    return await settled(visit, frame, (_("Submitted"), told), again, workplans.submit, frame.about, frame.shown)


async def return_(visit: Visit) -> Modal:
    """A workplan goes back to those who wrote it."""
    _, frame, reader = visit.caller.reader.gettext, writing(visit), visit.caller.reader

    async def again(problem: Meanwhile) -> Modal:
        seen, _none = await visit.registry.read(reading.thing, frame.about, visit.caller)
        return deciding.returning(seen.plan, reader, frame, _anew(seen, frame, problem))

    told = _("The workplan of {target} is returned, with your reason.", target=await _name(visit, frame))
    reason = written(visit.state, "reason")
    return await settled(
        visit, frame, (_("Returned"), told), again, workplans.return_, frame.about, reason, frame.shown, language=reader.language
    )


async def approve(visit: Visit) -> Modal:
    """The Council approved it."""
    _, frame, reader = visit.caller.reader.gettext, writing(visit), visit.caller.reader

    async def again(problem: Meanwhile) -> Modal:
        settling = await visit.registry.read(reading.settling, frame.about, visit.caller)
        return deciding.approval(settling, reader, frame, _anew(settling.seen, frame, problem))

    told = _("The approval of the workplan of {target} is recorded.", target=await _name(visit, frame))
    as_handed_in, meeting = written(visit.state, deciding.TEXT) == deciding.HANDED_IN, written(visit.state, "meeting")
    receipt_ = _("Approved"), told
    return await settled(visit, frame, receipt_, again, workplans.approve, frame.about, meeting, frame.shown, as_handed_in=as_handed_in)


async def unapprove(visit: Visit) -> Modal:
    """An approval was recorded that was none: the record is taken back."""
    _, frame, reader = visit.caller.reader.gettext, frame_of(visit), visit.caller.reader
    plan = await visit.write(workplans.unapprove, frame.about, written(visit.state, "reason"), reader.language)
    told = _("The approval of the workplan of {target} is taken back, with your reason.", target=plan.target_name.for_(reader))
    return receipt(visit, frame, _("Taken back"), told)


async def refuse(visit: Visit) -> Modal:
    """The time that somebody asked for is not given."""
    _, frame, language = visit.caller.reader.gettext, writing(visit), visit.caller.reader.language
    await visit.write(workplans.settle_extension, frame.number, approve=False, reason=written(visit.state, "reason"), language=language)
    return receipt(visit, replace(frame, about=""), _("Not given"), _("The time is not given. The due date stays."))


async def give(visit: Visit) -> Modal:
    """The time that somebody asked for is given, until another day."""
    _, frame, day = visit.caller.reader.gettext, writing(visit), required_day(visit.state, "until")
    await visit.write(workplans.settle_extension, frame.number, approve=True, until=day)
    told = _("The new due date: {date}.", date=visit.caller.reader.date(day))
    return receipt(visit, replace(frame, about=""), _("More time"), told)


async def move(visit: Visit) -> Modal:
    """A due date moves: of one workplan, or of all of its cycle."""
    _, frame, reader = visit.caller.reader.gettext, writing(visit), visit.caller.reader
    fields = filled(visit)
    day = required_day(fields, "due")

    async def again(problem: Meanwhile) -> Modal:
        seen, _none = await visit.registry.read(reading.thing, frame.about, visit.caller)
        held = anew(of_due(seen.plan), {"due": day.isoformat()}, frame.shown, problem)
        return deciding.due(seen.plan, reader, frame, held)

    new = _("The new due date: {date}. Those who write it are told in five minutes: until then it can be corrected.", date=reader.date(day))
    told = _("Due date moved"), new
    with_all = written(fields, deciding.SCOPE) == deciding.ALL
    return await settled(visit, frame, told, again, workplans.move_due, frame.about, day, frame.shown, with_all=with_all)


async def cycle(visit: Visit) -> Modal:
    """Which meeting is to approve the workplans of a cycle, and when they are due: all at once or nothing."""
    _, frame, fields = visit.caller.reader.gettext, writing(visit), filled(visit)
    meeting, offset, day = written(fields, "meeting") or None, whole_number(fields, deciding.OFFSET), day_of(fields, "due")
    cycle_ = (await visit.registry.read(reading.due_dates, frame.about, visit.caller)).cycle.id

    async def again(problem: Meanwhile) -> Modal:
        dates = await visit.registry.read(reading.due_dates, frame.about, visit.caller)
        held = anew(of_cycle(dates.cycle), of_cycle(CycleFacts(cycle_, meeting, offset, day)), frame.shown, problem)
        return deciding.cycle(dates, visit.caller.reader, frame, held)

    told = _("Due dates"), _("Saved. Reminders follow the new due dates.")
    return await settled(visit, frame, told, again, workplans.set_meeting, cycle_, meeting, offset, day=day, shown=frame.shown)


def _anew(seen: Seen, frame: Writing, problem: Meanwhile) -> Form:
    """What became of a workplan since a window about it was drawn."""
    return anew(of_plan(seen.plan), {}, frame.shown, problem)


async def _name(visit: Visit, frame: Frame) -> Words:
    seen, _none = await visit.registry.read(reading.thing, frame.about, visit.caller)
    return seen.plan.target_name.for_(visit.caller.reader)


FORMS: Final[dict[str, Submission]] = {
    deciding.SUBMISSION: submit,
    deciding.RETURN: return_,
    deciding.APPROVAL: approve,
    deciding.UNAPPROVAL: unapprove,
    deciding.REFUSAL: refuse,
    deciding.GIVING: give,
    deciding.DUE: move,
    deciding.CYCLE: cycle,
}
"""By their windows."""
