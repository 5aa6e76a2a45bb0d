"""From rows to facts: a few queries for however many workplans there are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, Literal, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core.bilingual import Bilingual
from cadre.core.i18n import LANGUAGES, LOCALES
from cadre.core.models import Change
from cadre.core.reader import Reader
from cadre.core.rows import by_id, chunks
from cadre.decisions.models import Decision
from cadre.decisions.rules import shown
from cadre.groups.models import Group
from cadre.groups.rights import OVER
from cadre.meetings.models import Meeting
from cadre.people.facts import PersonRef
from cadre.people.holders import Holder, of_groups, of_priorities
from cadre.people.models import Person
from cadre.priorities.models import Priority
from cadre.workplans.facts import (
    ACTIVITY,
    WORKPLAN,
    ActivityFacts,
    ActivityState,
    HandedIn,
    OutcomeFacts,
    PutOff,
    WorkplanFacts,
    WorkplanState,
)
from cadre.workplans.meanwhile import PLANNED
from cadre.workplans.models import Activity, ActivityOwner, Cycle, Extension, Outcome, Workplan, WorkplanText
from cadre.workplans.owners import gone
from cadre.workplans.rules import FINAL, due, fixed_day

TargetKind = Literal["group", "priority"]
Target = tuple[TargetKind, str]
"""What a workplan is of: a kind of record, and its id."""

LEAD: Final = "lead"
CO_CHAIR: Final = "co_chair"
ALTERNATE: Final = "alternate"
EDITORS: Final = frozenset({LEAD, CO_CHAIR, ALTERNATE})
"""Roles that write the workplan of what they are held in."""
ACTIVE: Final = "active"
"""Of a group that meets."""
CANCELLED: Final = "cancelled"
"""Of a meeting: it approves nothing."""
ASKED: Final = "asked"
GRANTED: Final = "granted"
APPROVED: Final = "approved"
"""Of more time that waits for the secretariat, that was taken by right, and that the secretariat gave, asked or not."""
KEPT: Final[Mapping[str, str]] = {"submitted": "submitted", "complete": "submitted", "approved": "approved"}
"""States of a workplan -> the text that it is held to: the one that was kept with this event last."""


def target_of(plan: Workplan) -> Target:
    """What a workplan is of."""
    return ("group", plan.group) if plan.group else ("priority", plan.priority or "")


def held_in(session: Session, targets: Collection[Target]) -> dict[Target, list[Holder]]:
    """Who is confirmed to hold which role in what, now, in the order of their source."""
    found: dict[Target, list[Holder]] = {}
    for kind, holders_of in (("group", of_groups), ("priority", of_priorities)):
        for some in chunks(sorted({id_ for of, id_ in targets if of == kind})):
            for held in holders_of(session, some):
                found.setdefault(held.target, []).append(held)
    return found


def people_with(held: Iterable[Holder], role: str) -> tuple[PersonRef, ...]:
    """Those of them who hold one role, each once."""
    return tuple(dict.fromkeys(each.person for each in held if each.role == role))


@dataclass(slots=True)
class _Around:
    """What stands around workplans, by its id."""

    cycles: Mapping[str, Cycle]
    groups: Mapping[str, Group]
    priorities: Mapping[str, Priority]
    meetings: Mapping[str, Meeting]
    decisions: Mapping[str, Decision]
    held: Mapping[Target, list[Holder]]
    activities: dict[str, list[ActivityFacts]] = field(default_factory=dict)

    def name(self, target: Target) -> Bilingual:
        """What a group or priority is called."""
        kind, id_ = target
        found = self.groups.get(id_) if kind == "group" else self.priorities.get(id_)
        return found.name if found else Bilingual(id_, id_)


def load(session: Session, plans: Sequence[Workplan]) -> tuple[WorkplanFacts, ...]:
    """Workplans as facts, in the order given."""
    return tuple(facts for some in chunks(plans) for facts in _load(session, some))


def times_handed_in(session: Session, ids: Collection[str]) -> dict[str, tuple[HandedIn, ...]]:
    """By workplan, each time that it was handed in, the first one first, and how that ended: by what was changed of its state."""
    changed = select(Change).where(Change.subject == WORKPLAN, Change.subject_id.in_(ids), Change.field == "state").order_by(Change.id)
    found: dict[str, tuple[HandedIn, ...]] = {}
    for change in session.scalars(changed):
        times, one = found.get(change.subject_id, ()), HandedIn(cast("WorkplanState", change.after), change.at, change.by)
        if one.state == "submitted":
            found[change.subject_id] = (*times, one)
        elif times:
            found[change.subject_id] = (*times[:-1], one)
    return found


def load_one(session: Session, plan: Workplan) -> WorkplanFacts:
    """One workplan as facts."""
    return _load(session, [plan])[0]


def names_of(session: Session, plans: Sequence[Workplan]) -> dict[str, Bilingual]:
    """What the groups and priorities of workplans are called, by the workplan."""
    around = _around(session, plans, with_people=False)
    return {plan.id: around.name(target_of(plan)) for plan in plans}


def load_activities(session: Session, rows: Sequence[Activity]) -> tuple[ActivityFacts, ...]:
    """Activities as facts, in the order given."""
    found: dict[int, ActivityFacts] = {}
    for some in chunks(rows):
        plans = by_id(session, Workplan, (row.workplan for row in some))
        found |= {each.id: each for each in _activities(session, some, plans, names_of(session, list(plans.values())))}
    return tuple(found[row.id] for row in rows)


def _load(session: Session, plans: Sequence[Workplan]) -> list[WorkplanFacts]:
    around = _around(session, plans)
    ids = [plan.id for plan in plans]
    listed = select(Activity).where(Activity.workplan.in_(ids)).order_by(Activity.workplan, Activity.number, Activity.id)
    rows = session.scalars(listed).all()
    names = {plan.id: around.name(target_of(plan)) for plan in plans}
    for activity in _activities(session, rows, {plan.id: plan for plan in plans}, names):
        around.activities.setdefault(activity.workplan, []).append(activity)
    asked, put_off = _asked(session, WORKPLAN, ids), _put_off(session, WORKPLAN, ids)
    facts = (replace(_facts(plan, around), asked_until=asked.get(plan.id)) for plan in plans)
    return _since_kept(session, [replace(each, put_off=put_off.get((each.id, each.due))) for each in facts])


def _asked(session: Session, kind: str, ids: Iterable[object]) -> dict[str, date]:
    """Until when more time was asked for, where the secretariat has not answered yet, by the id of what it is for."""
    subjects = [f"{kind}:{id_}" for id_ in ids]
    waiting = select(Extension.subject, Extension.until).where(Extension.subject.in_(subjects), Extension.state == ASKED)
    return {subject.partition(":")[2]: until for subject, until in session.execute(waiting)} if subjects else {}


def _put_off(session: Session, kind: str, ids: Iterable[object]) -> dict[tuple[str, date | None], PutOff]:
    """Who gave or took more time, by the id of what it is for and the day until which."""
    subjects = [f"{kind}:{id_}" for id_ in ids]
    given = select(Extension).where(Extension.subject.in_(subjects), Extension.state.in_((GRANTED, APPROVED)))
    rows = session.scalars(given.order_by(Extension.id)).all() if subjects else ()

    def of(row: Extension) -> PutOff:
        return PutOff(row.settled_by or row.asked_by, row.before, row.settled_at or row.asked_at, taken=row.state == GRANTED)

    return {(row.subject.partition(":")[2], row.until): of(row) for row in rows}


def _since_kept(session: Session, plans: Sequence[WorkplanFacts]) -> list[WorkplanFacts]:
    """Those that were handed in or approved, with when they were handed in and whether they changed since."""
    kept = {plan.id: KEPT[plan.state] for plan in plans if plan.state in KEPT}
    texts = select(WorkplanText).where(WorkplanText.workplan.in_(sorted(kept)), WorkplanText.event.in_(sorted(set(KEPT.values()))))
    rows = session.scalars(texts.order_by(WorkplanText.version)).all() if kept else ()
    handed_in = {row.workplan: row.at for row in rows if row.event == "submitted"}
    texts_of = {(row.workplan, row.event): row.text for row in rows}
    last = {id_: event for id_, event in kept.items() if (id_, event) in texts_of}
    as_handed_in = {id_ for id_ in last if texts_of.get((id_, "submitted")) == texts_of[id_, last[id_]]}
    changed = _changed(session, plans, {id_: "submitted" if id_ in as_handed_in else event for id_, event in last.items()})
    return [
        replace(plan, handed_in=handed_in.get(plan.id), changed_since=plan.id in changed) if plan.id in last else plan for plan in plans
    ]


def _changed(session: Session, plans: Sequence[WorkplanFacts], since: Mapping[str, str]) -> set[str]:
    """Of some workplans (with the state into which each came then), those that plan something else by now: by what the registry holds, and
    not by how it reads, for names, outcomes and Cadre's own words may be worded otherwise since.
    """
    came = select(Change.id, Change.subject_id, Change.after).where(Change.subject == WORKPLAN, Change.subject_id.in_(sorted(since)))
    states = session.execute(came.where(Change.field == "state").order_by(Change.id)) if since else ()
    then = {id_: number for number, id_, state in states if state == since[id_]}
    of = {(WORKPLAN, id_): id_ for id_ in then}
    of |= {(ACTIVITY, str(activity.id)): plan.id for plan in plans if plan.id in then for activity in plan.activities}
    values: dict[tuple[str, str, str], tuple[str | None, str | None]] = {}
    for kind in (WORKPLAN, ACTIVITY):
        for some in chunks(id_ for of_kind, id_ in of if of_kind == kind):
            planned = select(Change).where(
                Change.subject == kind, Change.subject_id.in_(some), Change.field.in_(("aim_en", "aim_fr", *PLANNED))
            )
            for row in session.scalars(planned.where(Change.id > min(then.values())).order_by(Change.id)):
                if row.id > then[of[kind, row.subject_id]]:
                    first, _ = values.setdefault((kind, row.subject_id, row.field), (row.before, row.after))
                    values[kind, row.subject_id, row.field] = first, row.after
    return {of[kind, id_] for (kind, id_, _), (before, after) in values.items() if before != after}


def _around(session: Session, plans: Sequence[Workplan], *, with_people: bool = True) -> _Around:
    targets = {target_of(plan) for plan in plans}
    cycles = by_id(session, Cycle, (plan.cycle for plan in plans))
    groups = {id_ for kind, id_ in targets if kind == "group"} | {cycle.council for cycle in cycles.values()}
    return _Around(
        cycles=cycles,
        groups=by_id(session, Group, groups),
        priorities=by_id(session, Priority, (id_ for kind, id_ in targets if kind == "priority")),
        meetings=by_id(session, Meeting, {*(cycle.meeting for cycle in cycles.values()), *(plan.approved_at for plan in plans)} - {None}),
        decisions=by_id(session, Decision, {plan.decision for plan in plans} - {None}),
        held=held_in(session, targets) if with_people else {},
    )


def _facts(plan: Workplan, around: _Around) -> WorkplanFacts:
    cycle = around.cycles[plan.cycle]
    target = target_of(plan)
    meeting = around.meetings.get(cycle.meeting) if cycle.meeting else None
    approved = around.meetings.get(plan.approved_at) if plan.approved_at else None
    decision = around.decisions.get(plan.decision or "")
    day, by = due(cycle.half, day_of(meeting), cycle.offset, cycle.moved_to, plan.moved_to)
    held = around.held.get(target, [])
    group = around.groups.get(plan.group) if plan.group else None
    return WorkplanFacts(
        id=plan.id,
        half=cycle.half,
        cycle=cycle.id,
        council=cycle.council,
        council_name=around.name(("group", cycle.council)),
        target_kind=target[0],
        target=target[1],
        target_name=around.name(target),
        state=cast("WorkplanState", plan.state),
        aim=plan.aim,
        due=day,
        due_by=by,
        meeting=meeting.id if meeting else None,
        meeting_name=meeting_name(meeting) if meeting else None,
        meeting_over=meeting.held.last if meeting and meeting.held else None,
        reason=plan.reason,
        reason_in=plan.reason_in,
        settled_at=plan.settled_at,
        settled_by=plan.settled_by,
        activities=tuple(around.activities.get(plan.id, ())),
        leads=people_with(held, LEAD),
        co_chairs=people_with(held, CO_CHAIR),
        alternates=people_with(held, ALTERNATE),
        approved_name=meeting_name(approved) if approved else None,
        decision=shown(decision.year, decision.number) if decision else None,
        asleep=group is not None and group.state != ACTIVE,
        dissolved=group is not None and group.state == OVER,
    )


def _activities(
    session: Session, rows: Sequence[Activity], plans: Mapping[str, Workplan], names: Mapping[str, Bilingual]
) -> Iterator[ActivityFacts]:
    owners = owners_of(session, [row.id for row in rows])
    still_open = (row for row in rows if row.state not in FINAL)
    left = gone(session, [(row.id, owner.id, plans[row.workplan]) for row in still_open for owner in owners.get(row.id, ())])
    outcomes = by_id(session, Outcome, (row.outcome for row in rows if row.outcome))
    asked = {id_: until for some in chunks(rows) for id_, until in _asked(session, ACTIVITY, (row.id for row in some)).items()}
    put_off = {key: each for some in chunks(rows) for key, each in _put_off(session, ACTIVITY, (row.id for row in some)).items()}
    for row in rows:
        yield ActivityFacts(
            id=row.id,
            workplan=row.workplan,
            target=names[row.workplan],
            number=row.number,
            title=row.title,
            due=row.due,
            state=cast("ActivityState", row.state),
            note=row.note,
            outcome=outcome_facts(outcomes[row.outcome]) if row.outcome in outcomes else None,
            owners=owners.get(row.id, ()),
            told_at=row.told_at,
            told_by=row.told_by,
            asked_until=asked.get(str(row.id)),
            put_off=put_off.get((str(row.id), row.due)),
            gone=tuple(owner for owner in owners.get(row.id, ()) if (row.id, owner.id) in left),
        )


def owners_of(session: Session, activities: Sequence[int]) -> dict[int, tuple[PersonRef, ...]]:
    """Who carries out activities, by name."""
    found: dict[int, list[PersonRef]] = {}
    for some in chunks(activities):
        owning = (
            select(ActivityOwner.activity, Person.id, Person.name)
            .join(Person, Person.id == ActivityOwner.person)
            .where(ActivityOwner.activity.in_(some))
        )
        for activity, person, name in session.execute(owning):
            found.setdefault(activity, []).append(PersonRef(person, name))
    return {activity: tuple(sorted(people, key=lambda each: (each.name.casefold(), each.id))) for activity, people in found.items()}


def outcome_facts(row: Outcome) -> OutcomeFacts:
    """An outcome as facts."""
    return OutcomeFacts(row.id, row.term, row.number, row.wording)


def day_of(meeting: Meeting | None) -> date | None:
    """The day of a meeting that is to come about; None where none is fixed."""
    return fixed_day(meeting.held) if meeting and meeting.state != CANCELLED else None


def meeting_name(meeting: Meeting) -> Bilingual:
    """A meeting as it is told: its place and as much of its date as is known, "Charlottetown (October 2017)"."""
    told = {language: _told(meeting, Reader(LOCALES[language])) for language in LANGUAGES}
    return Bilingual(told["en"], told["fr"])


def _told(meeting: Meeting, reader: Reader) -> str:
    held = str(reader.date(meeting.held)) if meeting.held else ""
    place = str(meeting.place.for_(reader)) if meeting.place else ""
    return f"{place} ({held})" if place and held else place or held or meeting.id
