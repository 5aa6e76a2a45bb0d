"""Of workplans and activities, what notices need to know: due when, settled or not, whose. A few queries for however many there are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core import clock
from cadre.core.bilingual import Bilingual
from cadre.core.errors import Message
from cadre.core.i18n import LANGUAGES, LOCALES, Language
from cadre.core.reader import Reader
from cadre.core.rows import chunks
from cadre.core.words import Words
from cadre.groups.models import Group
from cadre.meetings.models import Meeting
from cadre.notices.rules import Dated, Kind
from cadre.notices.service import told_last
from cadre.people.models import Person
from cadre.workplans.carrying import carried
from cadre.workplans.cycles import Later, later
from cadre.workplans.facts import ACTIVITY, WORKPLAN, WorkplanFacts
from cadre.workplans.models import Activity, ActivityOwner, Cycle, Extension, Workplan
from cadre.workplans.owners import gone
from cadre.workplans.reading import (
    ACTIVE,
    ALTERNATE,
    CO_CHAIR,
    GRANTED,
    LEAD,
    Target,
    day_of,
    held_in,
    load,
    load_activities,
    load_one,
    target_of,
)
from cadre.workplans.rules import FINAL, STATES, before, due, half_of

OWNER: Final = "owner"
_SAY_WHEN: Final = ("workplan_opened", "workplan_moved", "activity_moved", "extension_settled")
"""Announcements that say by when something is due."""
_HALVES: Final = 4
"""Halves back for which workplans are looked at each day: what is older was replaced long ago."""

_PLANS: Final = (
    select(Workplan, Cycle.half, Cycle.offset, Cycle.moved_to, Meeting, Group.state)
    .join(Cycle, Cycle.id == Workplan.cycle)
    .outerjoin(Meeting, Meeting.id == Cycle.meeting)
    .outerjoin(Group, Group.id == Workplan.group)
)
_ACTIVITIES: Final = (
    select(Activity.id, Activity.due, Activity.state, Workplan, Cycle.half, Group.state)
    .join(Workplan, Workplan.id == Activity.workplan)
    .join(Cycle, Cycle.id == Workplan.cycle)
    .outerjoin(Group, Group.id == Workplan.group)
)


def _workplans(session: Session, after: str, limit: int) -> Sequence[Dated]:
    """The workplans after one, in order of their id."""
    counted = _PLANS.where(Workplan.id > after.partition(":")[2], Cycle.half >= _oldest(session))
    return _dated_plans(session, session.execute(counted.order_by(Workplan.id).limit(limit)).all())


def _some_workplans(session: Session, subjects: Collection[str]) -> Mapping[str, Dated]:
    ids = sorted({subject.partition(":")[2] for subject in subjects})
    rows = [row for some in chunks(ids) for row in session.execute(_PLANS.where(Workplan.id.in_(some)))]
    return {each.subject: each for each in _dated_plans(session, rows)}


def _dated_plans(session: Session, rows: Sequence[Any]) -> list[Dated]:
    targets = {target_of(row[0]) for row in rows}
    people, following = _people(session, targets), later(session, targets)
    dated: list[Dated] = []
    for plan, half, offset, moved_to, meeting, group_state in rows:
        day, _ = due(half, day_of(meeting), offset, moved_to, plan.moved_to)
        settled = _plan_settled(plan, group_state, following[target_of(plan), half])
        dated.append(Dated(WORKPLAN, f"{WORKPLAN}:{plan.id}", day, settled, people[target_of(plan)].told_of_plan()))
    return _spared(session, dated)


def _spared(session: Session, dated: Sequence[Dated]) -> list[Dated]:
    """The same, without reminders to those who were just told when something is due; the due day is told all the same."""
    told = told_last(session, _SAY_WHEN, [each.subject for each in dated])
    for each, who, at in _took(session, dated):
        known = told.setdefault(each.subject, {})
        known[who] = max(at, known.get(who, at))
    return [replace(each, heard=told[each.subject], due_too=True) if each.subject in told else each for each in dated]


def _took(session: Session, dated: Sequence[Dated]) -> Iterator[tuple[Dated, str, datetime]]:
    """Who took more time by right, until the day on which it is due now, and when: they were told so at once."""
    by_subject = {each.subject: each for each in dated}
    for some in chunks(by_subject):
        query = select(Extension.subject, Extension.person, Extension.until, Extension.asked_at)
        for row in session.execute(query.where(Extension.state == GRANTED, Extension.subject.in_(some))):
            if row.until == by_subject[row.subject].due:
                yield by_subject[row.subject], row.person, row.asked_at


def _plan_settled(plan: Workplan, group_state: str | None, following: Later) -> str | None:
    """Why nobody need hand a workplan in any more."""
    if plan.state not in ("draft", "returned"):
        return plan.state
    return _asleep(plan, group_state) or ("replaced" if following.replaces_plan else None)


def _activities(session: Session, after: str, limit: int) -> Sequence[Dated]:
    """The activities after one, in order of their number."""
    first = int(after.partition(":")[2] or 0)
    counted = _ACTIVITIES.where(Activity.id > first, Cycle.half >= _oldest(session))
    return _dated_activities(session, session.execute(counted.order_by(Activity.id).limit(limit)).all())


def _some_activities(session: Session, subjects: Collection[str]) -> Mapping[str, Dated]:
    ids = sorted({int(id_) for subject in subjects if (id_ := subject.partition(":")[2]).isdecimal()})
    rows = [row for some in chunks(ids) for row in session.execute(_ACTIVITIES.where(Activity.id.in_(some)))]
    return {each.subject: each for each in _dated_activities(session, rows)}


def _dated_activities(session: Session, rows: Sequence[Any]) -> list[Dated]:
    targets = {target_of(row[3]) for row in rows}
    people, following = _people(session, targets), later(session, targets)
    ids = [row[0] for row in rows]
    owners = _owners(session, {row[0]: row[3] for row in rows})
    homes = _homes(session, {person for those in owners.values() for person in those})
    going_on = carried(session, ids)
    dated: list[Dated] = []
    for id_, day, state, plan, half, group_state in rows:
        those = people[target_of(plan)].told_of_activity(owners.get(id_, ()), homes)
        replaced = "replaced" if id_ in going_on or following[target_of(plan), half].replaces_activities else None
        settled = state if state in FINAL else _asleep(plan, group_state) or replaced
        dated.append(Dated(ACTIVITY, f"{ACTIVITY}:{id_}", day, settled, those))
    return _spared(session, dated)


def _asleep(plan: Workplan, group_state: str | None) -> str | None:
    """The state of a group that meets no more, or not at present: nobody is reminded of its work."""
    return None if plan.group is None or group_state == ACTIVE else group_state or "sunset"


@dataclass(frozen=True, slots=True)
class _Held:
    """Role -> who holds it, in a group or on a priority, and for which jurisdictions each of them does."""

    roles: Mapping[str, tuple[str, ...]]
    jurisdictions: Mapping[str, frozenset[str]]

    def told_of_plan(self) -> dict[str, tuple[str, ...]]:
        """Who may be told of its workplan. Where there is no lead, the co-chairs lead: a group has only these."""
        leads = self.roles[LEAD] or self.roles[CO_CHAIR]
        return {**self.roles, LEAD: leads, ALTERNATE: self._alternates_of(leads, {})}

    def told_of_activity(self, owners: tuple[str, ...], homes: Mapping[str, str | None]) -> dict[str, tuple[str, ...]]:
        """The same of an activity: of those who carry it out, else the leads. ``homes``: the own jurisdictions of people."""
        own = self.told_of_plan()
        return {**own, OWNER: owners, ALTERNATE: self._alternates_of(owners, homes)} if owners else {**own, OWNER: own[LEAD]}

    def _alternates_of(self, persons: Iterable[str], homes: Mapping[str, str | None]) -> tuple[str, ...]:
        """Those of the same governments as these people: nobody's lateness is told to another government by a machine."""
        theirs = {place for person in persons for place in self.jurisdictions.get(person) or {homes.get(person)} if place}
        return tuple(each for each in self.roles[ALTERNATE] if self.jurisdictions[each] & theirs)


def _people(session: Session, targets: Collection[Target]) -> dict[Target, _Held]:
    held = held_in(session, targets)
    found: dict[Target, _Held] = {}
    for target in targets:
        those = held.get(target, ())
        by_role = {
            role: tuple(dict.fromkeys(each.person.id for each in those if each.role == role)) for role in (LEAD, CO_CHAIR, ALTERNATE)
        }
        places: dict[str, frozenset[str]] = {}
        for each in those:
            places[each.person.id] = places.get(each.person.id, frozenset()) | {place for place in (each.jurisdiction,) if place}
        found[target] = _Held(by_role, places)
    return found


def _homes(session: Session, persons: Collection[str]) -> dict[str, str | None]:
    """The jurisdictions of people who may hold no role in what they work for."""
    rows = (row for some in chunks(persons) for row in session.execute(select(Person.id, Person.jurisdiction).where(Person.id.in_(some))))
    return {row.id: row.jurisdiction for row in rows}


def _owners(session: Session, activities: Mapping[int, Workplan]) -> dict[int, tuple[str, ...]]:
    """Who carries out each activity of a workplan, and has not left."""
    owning: list[tuple[int, str]] = []
    for some in chunks(activities):
        of_these = select(ActivityOwner.activity, ActivityOwner.person).where(ActivityOwner.activity.in_(some))
        owning += [(row.activity, row.person) for row in session.execute(of_these.order_by(ActivityOwner.activity, ActivityOwner.person))]
    left = gone(session, [(id_, person, activities[id_]) for id_, person in owning])
    found: dict[int, tuple[str, ...]] = {}
    for id_, person in owning:
        if (id_, person) not in left:
            found[id_] = (*found.get(id_, ()), person)
    return found


def _oldest(session: Session) -> str:
    half = half_of(clock.today(session))
    for _ in range(_HALVES):
        half = before(half)
    return half


def _plan_names(session: Session, subjects: Collection[str]) -> Mapping[str, Bilingual]:
    """A workplan is called after whose it is, and not as that itself."""
    ids = sorted({subject.partition(":")[2] for subject in subjects})
    rows = [row for some in chunks(ids) for row in session.scalars(select(Workplan).where(Workplan.id.in_(some)))]
    return {plan.subject: Bilingual(*(_plan_name(plan, language) for language in LANGUAGES)) for plan in load(session, rows)}


def _plan_name(plan: WorkplanFacts, language: Language) -> Words:
    reader = Reader(LOCALES[language])
    return reader.gettext("Workplan of {target}", target=plan.target_name.marked(reader))


def _activity_names(session: Session, subjects: Collection[str]) -> Mapping[str, Bilingual]:
    ids = sorted({int(id_) for subject in subjects if (id_ := subject.partition(":")[2]).isdecimal()})
    rows = [row for some in chunks(ids) for row in session.execute(select(Activity).where(Activity.id.in_(some))).scalars()]
    return {f"{ACTIVITY}:{row.id}": row.title for row in rows}


def _plan_letter(session: Session, subject: str, reader: Reader) -> Words | None:
    plan = session.get(Workplan, subject.partition(":")[2])
    if plan is None:
        return None
    _, facts = reader.gettext, load_one(session, plan)
    values = {"target": facts.target_name.for_(reader), "day": reader.date(facts.due)}
    late = _("Hello. The workplan of {target} was due on {day}, and has not been submitted yet.", **values)
    asks = _("By when can you submit it? If something stands in the way, write to us. Thank you.")
    return Words.joined(" ", (late, _asked(facts.asked_until, reader) or asks))


def _activity_letter(session: Session, subject: str, reader: Reader) -> Words | None:
    """It asks for nothing that was said already."""
    row = session.get(Activity, int(subject.partition(":")[2]))
    if row is None or row.due is None:
        return None
    _, (facts,) = reader.gettext, load_activities(session, [row])
    values = {"name": facts.title.for_(reader), "target": facts.target.for_(reader), "day": reader.date(row.due)}
    late = _("Hello. The activity “{name}” of the workplan of {target} was due on {day}.", **values)
    state = STATES[facts.state].for_(reader)
    said = None if facts.state == "not_started" else _("You told us how it goes: {state}.", state=state)
    asks = _("By when will it be done? If something stands in the way, write to us. Thank you.")
    how = _("How does it go?") if said is None else None
    told = (late, said, _asked(facts.asked_until, reader)) if facts.asked_until else (late, said, how, asks)
    return Words.joined(" ", (each for each in told if each))


def _asked(until: date | None, reader: Reader) -> Words | None:
    return reader.gettext("You asked for time until {date}; we will answer you soon.", date=reader.date(until)) if until else None


WORKPLANS: Final = Kind(WORKPLAN, Message("Workplans"), _workplans, _some_workplans, _plan_names, _plan_letter)
ACTIVITIES: Final = Kind(ACTIVITY, Message("Activities of workplans"), _activities, _some_activities, _activity_names, _activity_letter)
