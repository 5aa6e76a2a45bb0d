"""When workplans are due: the meeting that is to approve them, and due dates that the secretariat moves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core import changes, clock
from cadre.core.errors import Invalid, Message, NotFound
from cadre.core.reader import named
from cadre.core.rows import by_id
from cadre.groups.models import Group
from cadre.meetings.models import Meeting
from cadre.notices.service import announce_last, touch
from cadre.people.service import require_secretariat
from cadre.workplans.facts import WORKPLAN, CycleFacts, MeetingChoice, WorkplanFacts
from cadre.workplans.meanwhile import CYCLE, of_cycle, of_due, require_seen
from cadre.workplans.models import Cycle, Workplan
from cadre.workplans.reading import CANCELLED, day_of, load, load_one, meeting_name
from cadre.workplans.rights import plan_row
from cadre.workplans.rules import before as half_before
from cadre.workplans.rules import cannot_approve, due, half_of, is_for, wrong_day

IN_PERSON: Final = "in_person"
_OFFSET_DAYS: Final = 183


def move_due(session: Session, id_: str, day: date, shown: Mapping[str, str] | None = None, *, with_all: bool = False) -> WorkplanFacts:
    """Give one workplan another due date, or with it all of its cycle. ``shown``: a mark of the due date that the window showed.

    Raises NotFound; Forbidden for anyone but the secretariat; Invalid for a day in the past; Meanwhile if it was moved, or given more
    time, since it was shown.
    """
    require_secretariat(session)
    if with_all:  # of all who lock both, the cycle comes first
        _cycle(session, plan_row(session, id_).cycle, lock=True)
    plan = plan_row(session, id_, lock=True)
    _require_day(session, day)
    before = load_one(session, plan)
    typed = {"due": day.isoformat()}
    require_seen(session, WORKPLAN, plan.id, (CYCLE, plan.cycle), shown=shown, now=of_due(before), typed=typed)
    if with_all:
        move_all(session, plan.cycle, day)
    else:
        plan.moved_to = day
        _moved(session, {before.id: before.due}, _by(session))
    return load_one(session, plan)


def move_all(session: Session, cycle_id: str, day: date) -> int:
    """Give all workplans of a cycle another due date; one that has a later date of its own keeps it. Gives how many moved.

    Raises as ``move_due``.
    """
    require_secretariat(session)
    cycle = _cycle(session, cycle_id, lock=True)
    _require_day(session, day)
    return _follow(session, cycle, cycle.meeting, cycle.offset, day)


def cycle_facts(session: Session, id_: str) -> CycleFacts:
    """What the due dates of a cycle go by. Raises NotFound."""
    return _facts(_cycle(session, id_))


def set_meeting(
    session: Session, cycle_id: str, meeting: str | None, offset: int, *, day: date | None = None, shown: Mapping[str, str] | None = None
) -> None:
    """Say which in-person meeting is to approve a cycle's workplans, and how many days after it they are due (negative: before).

    ``day``: the due date of all of them whatever the meeting; None goes by the meeting, or without one by the calendar. ``shown``: marks
    of what the window showed. Raises NotFound; Forbidden for anyone but the secretariat; Invalid for a meeting that is not one of those,
    or is over, for days beyond half a year, and for another day that is past; Meanwhile if somebody changed it since it was shown.
    """
    require_secretariat(session)
    cycle = _cycle(session, cycle_id, lock=True)
    now = _facts(cycle)
    wrong: dict[str, Message] = {}
    if meeting is not None and meeting not in {each.id for each in coming_meetings(session, cycle.council, cycle.meeting)}:
        wrong["meeting"] = Message("Choose a meeting of the council that approves this workplan.")
    if not -_OFFSET_DAYS <= offset <= _OFFSET_DAYS:
        wrong["offset"] = Message("Use a number of days within half a year.")
    if day and day != now.moved_to and (problem := wrong_day(day, clock.today(session))):
        wrong["due"] = problem
    if wrong:
        raise Invalid(**wrong)
    typed = CycleFacts(cycle.id, meeting, offset, day)
    require_seen(session, CYCLE, cycle.id, shown=shown, now=of_cycle(now), typed=of_cycle(typed))
    if typed != now:
        cycle.by_hand = True
        _follow(session, cycle, meeting, offset, day)


def _follow(session: Session, cycle: Cycle, meeting: str | None, offset: int, day: date | None) -> int:
    """Let the workplans of a cycle be due by something else. Gives how many have no later date of their own."""
    rows = _plans(session, cycle)
    before = _known(cycle, rows)
    _go_by(session, cycle, meeting)
    cycle.offset, cycle.moved_to = offset, day
    following = [row for row in rows if day and (row.moved_to is None or row.moved_to <= day)]
    for row in following:
        row.moved_to = None
    _moved(session, before, _by(session))
    return len(following)


def _known(cycle: Cycle, rows: Iterable[Workplan]) -> dict[str, date]:
    """By when the workplans of a cycle are due as those who lead know it: the meeting may have moved since."""
    return {row.id: due(cycle.half, cycle.fixed_on, cycle.offset, cycle.moved_to, row.moved_to)[0] for row in rows}


def _go_by(session: Session, cycle: Cycle, meeting: str | None) -> None:
    cycle.meeting = meeting
    cycle.fixed_on = day_of(session.get(Meeting, meeting)) if meeting else None


def _by(session: Session) -> dict[str, str]:
    return {"by": named(changes.actor(session).label)}


def _moved(session: Session, before: Mapping[str, date], why: Mapping[str, str]) -> None:
    """Let reminders follow, and tell those who lead and still have to hand it in: from which day it moved to which, and by whom or what."""
    session.flush()
    actor = changes.actor(session)
    for now in load(session, [row for _, row in sorted(by_id(session, Workplan, before).items())]):
        touch(session, WORKPLAN, now.subject)
        if now.awaited and now.due != before[now.id]:
            detail = {**why, "from": before[now.id].isoformat(), "to": now.due.isoformat()}
            persons = [person.id for person in (*now.leads, *now.co_chairs) if person.id != actor.person]
            announce_last(session, "workplan_moved", now.subject, persons, detail)


def follow_meetings(session: Session, day: date) -> None:
    """Let due dates follow the in-person meetings that are to approve the workplans: a meeting that was fixed, moved or cancelled. Where
    nobody said which meeting that is, it is the first that is fixed for the half. Those who lead hear of each due date that moves.

    Harmless when two do it at once. Source: governance rule G1, seed deck: a Council approves a workplan, so it is due for its meeting.
    """
    for cycle in session.scalars(select(Cycle).where(Cycle.half >= half_before(half_of(day))).order_by(Cycle.id)).all():
        if _goes_by(cycle, _to_approve(session, cycle, day)):
            continue
        locked = _cycle(session, cycle.id, lock=True)
        meeting = _to_approve(session, locked, day)  # again: the secretariat may have said which it is just before
        if _goes_by(locked, meeting):
            continue
        rows = _plans(session, cycle)
        before = _known(locked, rows)
        _go_by(session, locked, meeting.id if meeting else None)
        _moved(session, before, {"follows": "meeting" if day_of(meeting) else "calendar"})


def _goes_by(cycle: Cycle, meeting: Meeting | None) -> bool:
    """Whether those who lead know the due dates of a cycle by a meeting, or by none, as it stands."""
    return (cycle.meeting, cycle.fixed_on) == (meeting.id if meeting else None, day_of(meeting))


def take_meeting(session: Session, cycle: Cycle, day: date) -> None:
    """Let a cycle that opens go by the meeting that is fixed for it, if one is."""
    meeting = _to_approve(session, cycle, day)
    _go_by(session, cycle, meeting.id if meeting else None)


def _to_approve(session: Session, cycle: Cycle, day: date) -> Meeting | None:
    """The meeting that is to approve the workplans of a cycle: the one that it goes by while that stands, or that the secretariat chose."""
    chosen = session.get(Meeting, cycle.meeting) if cycle.meeting else None
    if cycle.by_hand or day_of(chosen):
        return chosen
    found = [row for row in _in_person(session, cycle.council) if is_for(cycle.half, day_of(row), cycle.offset, day)]
    return min(found, key=lambda row: (day_of(row), row.id), default=None)


def in_person_meetings(session: Session, council: str, handed_in: datetime | None = None) -> tuple[MeetingChoice, ...]:
    """The in-person meetings that may approve workplans of a council, its own and those of the joint council above it, the latest first.

    ``handed_in``: when the workplan was that one of them is said to have approved.
    """
    today = clock.today(session)
    ordered = sorted(_in_person(session, council), key=lambda row: (row.held.last if row.held else date.min, row.id), reverse=True)
    return tuple(MeetingChoice(row.id, meeting_name(row), row.held, cannot_approve(row.held, handed_in, today)) for row in ordered)


def _in_person(session: Session, council: str) -> Sequence[Meeting]:
    there = Meeting.kind == IN_PERSON, Meeting.state != CANCELLED
    return session.scalars(select(Meeting).where(*there, Meeting.group.in_(approving(session, council)))).all()


def approving(session: Session, council: str) -> frozenset[str]:
    """The councils whose meetings approve the workplans of one: its own and the joint council above it."""
    group = session.get(Group, council)
    return frozenset({council, *([group.parent] if group and group.parent else [])})


def coming_meetings(session: Session, council: str, chosen: str | None) -> tuple[MeetingChoice, ...]:
    """Those of them that are still to come, or that was chosen already."""
    today = clock.today(session)
    found = in_person_meetings(session, council)
    return tuple(each for each in found if each.id == chosen or each.held is None or each.held.last >= today)


def _require_day(session: Session, day: date) -> None:
    if problem := wrong_day(day, clock.today(session)):
        raise Invalid(due=problem)


def _facts(cycle: Cycle) -> CycleFacts:
    return CycleFacts(cycle.id, cycle.meeting, cycle.offset, cycle.moved_to)


def _plans(session: Session, cycle: Cycle) -> Sequence[Workplan]:
    """The workplans of a cycle, their rows locked."""
    query = select(Workplan).where(Workplan.cycle == cycle.id).order_by(Workplan.id)
    return session.scalars(query.with_for_update(key_share=True)).all()


def _cycle(session: Session, id_: str, *, lock: bool = False) -> Cycle:
    query = select(Cycle).where(Cycle.id == id_).execution_options(populate_existing=True)
    found = session.scalar(query.with_for_update(key_share=True) if lock else query)
    if found is None:
        raise NotFound(id_)
    return found
