"""Handing in, accepting, returning and approving a workplan; and when it is due."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Final, NoReturn

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cadre.core import changes, clock
from cadre.core.bilingual import Bilingual
from cadre.core.errors import Conflict, Invalid, Message, NotFound
from cadre.core.i18n import LOCALES
from cadre.core.reader import Reader, named
from cadre.core.typed import tidy, too_long
from cadre.groups.models import Group
from cadre.meetings.models import Meeting
from cadre.notices.service import announce, secretariat, touch
from cadre.workplans.cycles import earlier_plans
from cadre.workplans.facts import ACTIVITY, WORKPLAN, MeetingChoice, TextEvent, WorkplanFacts, WorkplanState
from cadre.workplans.models import Activity, Cycle, Workplan, WorkplanText
from cadre.workplans.reading import load_one, meeting_name
from cadre.workplans.rights import plan_row, require_editor, require_secretariat
from cadre.workplans.rules import FINAL, TRANSITIONS, cannot_approve, missing, text_of, wrong_day

IN_PERSON: Final = "in_person"
_OFFSET_DAYS: Final = 183
ENGLISH: Final = Reader(LOCALES["en"])
FRENCH: Final = Reader(LOCALES["fr"])


def submit(session: Session, id_: str) -> WorkplanFacts:
    """Hand a workplan in: its text is frozen, and the secretariat told. One language may still be owed.

    Raises NotFound; Forbidden for anyone who may not write it; Conflict if it was handed in already; Invalid while nothing stands in it.
    """
    plan = plan_row(session, id_, lock=True)
    require_editor(session, plan)
    if "submitted" in TRANSITIONS[_state(plan)] and not session.scalar(select(Activity.id).where(Activity.workplan == plan.id).limit(1)):
        raise Invalid(activities=Message("Add an activity first: there is nothing to hand in yet."))
    _come_into(session, plan, "submitted")
    facts = _freeze(session, plan, "submitted")
    _announce(session, "workplan_submitted", plan, secretariat(session))
    return facts


def accept(session: Session, id_: str) -> WorkplanFacts:
    """Find a workplan complete. Raises NotFound, Forbidden for anyone but the secretariat, Conflict if somebody settled it already."""
    plan = plan_row(session, id_, lock=True)
    require_secretariat(session)
    _come_into(session, plan, "complete")
    facts = load_one(session, plan)
    _announce(session, "workplan_accepted", plan, _leading(facts))
    return facts


def return_(session: Session, id_: str, reason: str) -> WorkplanFacts:
    """Give a workplan back to those who lead, with a reason. Raises as ``accept``; Invalid without a reason."""
    plan = plan_row(session, id_, lock=True)
    require_secretariat(session)
    said = _reason(reason, Message("Say why, so that those who lead know what to change."))
    _come_into(session, plan, "returned", said)
    facts = load_one(session, plan)
    _announce(session, "workplan_returned", plan, _leading(facts), reason=said)
    return facts


def approve(session: Session, id_: str, meeting_id: str) -> WorkplanFacts:
    """Record that a meeting of the Council approved a workplan: its text is frozen, in both languages.

    Source: governance rule G1, seed deck. Raises NotFound; Forbidden for anyone but the secretariat; Conflict if it is approved already;
    Invalid for a meeting of another council, one that is still to come and one that was held before the workplan was handed in, for a
    plan that was not found complete, and for each text that a language is owed of.
    """
    plan = plan_row(session, id_, lock=True)
    require_secretariat(session)
    meeting = session.get(Meeting, meeting_id) if meeting_id else None
    waiting = load_one(session, plan)
    if meeting is None or meeting.group not in _approving(session, waiting.council):
        raise Invalid(meeting=Message("Choose a meeting of the council that approves this workplan."))
    if wrong := cannot_approve(meeting.held, waiting.handed_in, clock.today(session)):
        raise Invalid(meeting=wrong)
    if plan.state == "submitted":
        raise Invalid(meeting=Message("Accept the workplan first: only one that is complete can be approved."))
    if "approved" in TRANSITIONS[waiting.state] and (owing := missing(waiting)):
        raise Invalid(**owing)
    _come_into(session, plan, "approved")
    plan.approved_at = meeting.id
    facts = _freeze(session, plan, "approved", meeting.id)
    name = meeting_name(meeting)
    _announce(session, "workplan_approved", plan, _leading(facts), meeting={"en": name.en, "fr": name.fr})
    return facts


def unapprove(session: Session, id_: str, reason: str) -> WorkplanFacts:
    """Take back an approval that was recorded wrongly: the workplan is complete as before, and waits for the Council.

    The text that was kept stays; those that follow are no longer compared with it. Raises NotFound; Forbidden for anyone but the
    secretariat; Invalid without a reason; Conflict if it is not approved any more.
    """
    plan = plan_row(session, id_, lock=True)
    require_secretariat(session)
    said = _reason(reason, Message("Say why, so that those who lead know what was wrong."))
    if plan.state != "approved":
        _settled_already(plan)
    _put(session, plan, "complete", said)
    _keep(session, plan, "withdrawn", Bilingual(said, said), plan.approved_at)
    plan.approved_at = None
    facts = load_one(session, plan)
    _announce(session, "workplan_unapproved", plan, _leading(facts), reason=said)
    return facts


def _reason(typed: str, missing_: Message) -> str:
    """Why something is done that those who lead did not ask for. Raises Invalid without it."""
    said = tidy(typed)
    if wrong := too_long({"reason": said}) or ({} if said else {"reason": missing_}):
        raise Invalid(**wrong)
    return said


def move_due(session: Session, id_: str, day: date) -> WorkplanFacts:
    """Give one workplan another due date. Raises NotFound, Forbidden for anyone but the secretariat, Invalid for a day in the past."""
    plan = plan_row(session, id_, lock=True)
    require_secretariat(session)
    _require_day(session, day)
    plan.moved_to = day
    touch(session, WORKPLAN, f"{WORKPLAN}:{plan.id}")
    facts = load_one(session, plan)
    _say_moved(session, facts)
    return facts


def move_all(session: Session, cycle_id: str, day: date) -> int:
    """Give all workplans of a cycle another due date; one that has a later date of its own keeps it. Gives how many moved.

    Raises as ``move_due``.
    """
    require_secretariat(session)
    cycle = _cycle(session, cycle_id, lock=True)
    _require_day(session, day)
    cycle.moved_to = day
    moved = 0
    for plan in session.scalars(select(Workplan).where(Workplan.cycle == cycle.id).order_by(Workplan.id).with_for_update()):
        if plan.moved_to is None or plan.moved_to <= day:
            plan.moved_to = None
            touch(session, WORKPLAN, f"{WORKPLAN}:{plan.id}")
            session.flush()
            _say_moved(session, load_one(session, plan))
            moved += 1
    return moved


def _say_moved(session: Session, plan: WorkplanFacts) -> None:
    """To those who lead, where they still have to hand it in."""
    if plan.awaited:
        actor = changes.actor(session)
        persons = [person for person in _leading(plan) if person != actor.person]
        announce(session, "workplan_moved", plan.subject, persons, {"by": named(actor.label)})


def set_meeting(session: Session, cycle_id: str, meeting: str | None, offset: int) -> None:
    """Say which in-person meeting is to approve a cycle's workplans, and how many days after it they are due (negative: before).

    A date that all of them were given before no longer counts; None goes back to the calendar. Raises NotFound; Forbidden for anyone
    but the secretariat; Invalid for a meeting that is not one of those, or days beyond half a year.
    """
    require_secretariat(session)
    cycle = _cycle(session, cycle_id, lock=True)
    wrong: dict[str, Message] = {}
    if meeting is not None and meeting not in {each.id for each in in_person_meetings(session, cycle.council)}:
        wrong["meeting"] = Message("Choose a meeting of the council that approves this workplan.")
    if not -_OFFSET_DAYS <= offset <= _OFFSET_DAYS:
        wrong["offset"] = Message("Use a number of days within half a year.")
    if wrong:
        raise Invalid(**wrong)
    cycle.meeting, cycle.offset, cycle.moved_to = meeting, offset, None
    for plan in session.scalars(select(Workplan.id).where(Workplan.cycle == cycle.id).order_by(Workplan.id)).all():
        touch(session, WORKPLAN, f"{WORKPLAN}:{plan}")


def in_person_meetings(session: Session, council: str, handed_in: datetime | None = None) -> tuple[MeetingChoice, ...]:
    """The in-person meetings that may approve workplans of a council, its own and those of the joint council above it, the latest first.

    ``handed_in``: when the workplan was that one of them is said to have approved.
    """
    today = clock.today(session)
    rows = session.scalars(select(Meeting).where(Meeting.kind == IN_PERSON, Meeting.group.in_(_approving(session, council)))).all()
    ordered = sorted(rows, key=lambda row: (row.held.last if row.held else date.min, row.id), reverse=True)
    return tuple(MeetingChoice(row.id, meeting_name(row), row.held, cannot_approve(row.held, handed_in, today)) for row in ordered)


def _approving(session: Session, council: str) -> frozenset[str]:
    group = session.get(Group, council)
    return frozenset({council, *([group.parent] if group and group.parent else [])})


def _state(plan: Workplan) -> WorkplanState:
    return next(state for state in TRANSITIONS if state == plan.state)


def _come_into(session: Session, plan: Workplan, state: WorkplanState, reason: str | None = None) -> None:
    """Settle a workplan, whose row is locked: of two who do it at once, the second hears who was first."""
    if state not in TRANSITIONS[_state(plan)]:
        _settled_already(plan)
    _put(session, plan, state, reason)


def _settled_already(plan: Workplan) -> NoReturn:
    if plan.settled_at:
        raise Conflict(plan.settled_by or "", plan.settled_at)
    raise Invalid(state=Message("This workplan has not been handed in yet."))


def _put(session: Session, plan: Workplan, state: WorkplanState, reason: str | None) -> None:
    """Into a state; what other workplans wait for changes with it."""
    replaces = "approved" in (plan.state, state)
    plan.state = state
    plan.reason = reason
    plan.settled_at = clock.now(session)
    plan.settled_by = changes.actor(session).label[:200]
    touch(session, WORKPLAN, f"{WORKPLAN}:{plan.id}")
    for other in earlier_plans(session, plan):  # what is no longer waited for, because of this one
        touch(session, WORKPLAN, f"{WORKPLAN}:{other.id}")
        open_ones = select(Activity.id).where(Activity.workplan == other.id, Activity.state.not_in(sorted(FINAL))).order_by(Activity.id)
        for activity in session.scalars(open_ones).all() if replaces else ():
            touch(session, ACTIVITY, f"{ACTIVITY}:{activity}")


def _freeze(session: Session, plan: Workplan, event: TextEvent, meeting: str | None = None) -> WorkplanFacts:
    _keep(session, plan, event, frozen(load_one(session, plan)), meeting)
    return load_one(session, plan)


def _keep(session: Session, plan: Workplan, event: TextEvent, text: Bilingual, meeting: str | None) -> None:
    last = session.scalar(select(func.max(WorkplanText.version)).where(WorkplanText.workplan == plan.id)) or 0
    session.add(
        WorkplanText(
            workplan=plan.id,
            version=last + 1,
            event=event,
            at=clock.now(session),
            by=changes.actor(session).label[:200],
            meeting=meeting,
            text=text,
        )
    )
    session.flush()


def frozen(plan: WorkplanFacts) -> Bilingual:
    """The text of a workplan as it is kept: where one language is owed, the other stands in it."""
    return Bilingual(text_of(plan, ENGLISH), text_of(plan, FRENCH))


def _leading(plan: WorkplanFacts) -> tuple[str, ...]:
    return tuple(person.id for person in (*plan.leads, *plan.co_chairs))


def _announce(session: Session, kind: str, plan: Workplan, persons: Iterable[str], **detail: Any) -> None:
    """Tell those who did not do it themselves, and who did."""
    actor = changes.actor(session)
    told = [person for person in dict.fromkeys(persons) if person != actor.person]
    announce(session, kind, f"{WORKPLAN}:{plan.id}", told, {"by": named(actor.label), **detail})


def _require_day(session: Session, day: date) -> None:
    if problem := wrong_day(day, clock.today(session)):
        raise Invalid(due=problem)


def _cycle(session: Session, id_: str, *, lock: bool = False) -> Cycle:
    query = select(Cycle).where(Cycle.id == id_).execution_options(populate_existing=True)
    found = session.scalar(query.with_for_update() if lock else query)
    if found is None:
        raise NotFound(id_)
    return found
