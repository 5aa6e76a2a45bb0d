"""What there is to be asked before a meeting, as the registry has it now: a few queries, whatever many groups there are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final, TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core import clock
from cadre.core.bilingual import Bilingual
from cadre.core.models import Provenance, Source
from cadre.core.rows import by_id, chunks
from cadre.framework.facts import SUNSET, TABLE
from cadre.framework.review_facts import PlanNeed
from cadre.framework.review_rules import PERSON, Known, to_confirm, wants_word
from cadre.groups.doubts import DOUBTFUL, says
from cadre.groups.facts import COUNCILS
from cadre.groups.models import Group, Link, Objective
from cadre.meetings.feeds import below
from cadre.meetings.models import Invitee, Meeting
from cadre.meetings.rights import CHAIRS
from cadre.people import holders, seating
from cadre.people.facts import PersonRef
from cadre.people.models import Person, Role
from cadre.people.rules import holds
from cadre.priorities.models import Priority
from cadre.workplans.carrying import carried
from cadre.workplans.cycles import later
from cadre.workplans.models import Cycle, Workplan
from cadre.workplans.reading import Target, load, target_of

_FIELDS: Final = ("name", "description")
"""What is asked for again a year after it was said; all else, where it is in doubt."""
_RECORD: Final = "record"
Said: TypeAlias = tuple[str | None, date | None, str | None]
"""How sure a fact is, since when, and who confirmed it."""
_UNSAID: Final[Said] = (None, None, None)
_LAST: Final = 2
"""Halves whose workplans can still be in force."""


@dataclass(frozen=True, slots=True)
class FactNow:
    """A fact as it stands: what it says; ``role``: of a role, what it is; ``asked``: whether it is to be confirmed; ``by``: who did."""

    says: Bilingual
    role: str | None
    asked: bool
    by: str | None


@dataclass(frozen=True, slots=True)
class Survey:
    """All that is known of what a review asks. ``facts``: by subject and key; ``invited``: the invitation of each person."""

    known: Known
    names: Mapping[str, Bilingual]
    people: Mapping[str, PersonRef]
    facts: Mapping[str, Mapping[str, FactNow]]
    plans: Mapping[str, PlanNeed]
    descriptions: Mapping[str, Bilingual | None]
    invited: Mapping[str, Invitee]


@dataclass(slots=True)
class _Found:
    """What of a survey is put together step by step."""

    session: Session
    today: date
    rows: dict[str, Any]
    facts: dict[str, dict[str, FactNow]] = field(default_factory=dict)


def survey(session: Session, meeting: Meeting, since: datetime, only: str | None = None) -> Survey:
    """What can be asked before a meeting, of the groups and priorities that come to its council. ``since``: when the review was opened;
    ``only``: of one person alone.
    """
    under = below(session, meeting.group)
    all_ = by_id(session, Group, under)
    councils = [id_ for id_, row in all_.items() if row.kind in COUNCILS]
    groups = {f"group:{id_}": row for id_, row in all_.items() if not (row.kind in (*COUNCILS, TABLE) or row.state == SUNSET)}
    owned = session.scalars(select(Priority).where(Priority.owner.in_(councils)).order_by(Priority.number, Priority.id))
    rows: dict[str, Any] = {f"priority:{row.id}": row for row in owned} | dict(sorted(groups.items()))
    leaders, people = _leaders(session, rows)
    if only:
        leaders = {subject: those for subject, those in leaders.items() if only in those}
        rows = {subject: row for subject, row in rows.items() if subject in leaders}
    speakers = _speakers(session, councils)
    own = [each for each in speakers if only in (None, each)]
    found = _Found(session, clock.today(session), rows)
    _of_records(found)
    _of_roles(found, {f"{kind}:{id_}" for kind, _, id_ in (subject.partition(":") for subject in rows)}, councils, own)
    plans = _plans(session, rows, since)
    invited = {each.person: each for each in session.scalars(select(Invitee).where(Invitee.meeting == meeting.id))}
    return Survey(
        known=Known(
            leaders=leaders,
            facts={subject: tuple(key for key, fact in facts.items() if fact.asked) for subject, facts in found.facts.items()},
            plans=frozenset(plans),
            speakers=tuple(own),
            unanswered=frozenset(person for person, each in invited.items() if not each.answer),
        ),
        names={subject: row.name for subject, row in rows.items()},
        people=people | speakers,
        facts=found.facts,
        plans=plans,
        descriptions={subject: row.description for subject, row in rows.items()},
        invited=invited,
    )


def _ids(subjects: Iterable[str], kind: str) -> list[str]:
    return sorted(each.partition(":")[2] for each in subjects if each.startswith(f"{kind}:"))


def _leaders(session: Session, rows: Mapping[str, Any]) -> tuple[dict[str, tuple[str, ...]], dict[str, PersonRef]]:
    held = [*holders.of_priorities(session, _ids(rows, "priority")), *holders.of_groups(session, _ids(rows, "group"))]
    leading = [each for each in held if each.role in CHAIRS]
    found: dict[str, tuple[str, ...]] = dict.fromkeys(rows, ())
    for each in leading:
        subject = ":".join(each.target)
        found[subject] = tuple(dict.fromkeys((*found[subject], each.person.id)))
    return found, {each.person.id: each.person for each in leading}


def _speakers(session: Session, councils: Collection[str]) -> dict[str, PersonRef]:
    seats = (seat for council in councils for seat in seating.standing(session, council))
    return {each.person.id: each.person for seat in seats for each in seat.speakers}


def _of_records(found: _Found) -> None:
    """Names, descriptions, and what is in doubt of groups, their links and objectives, and of priorities."""
    session, groups = found.session, _ids(found.rows, "group")
    of: dict[tuple[str, str], tuple[str, Any]] = {}
    for subject, row in found.rows.items():
        kind, _, id_ = subject.partition(":")
        of[kind, id_] = (subject, row)
    for model, column, kind in ((Link, Link.source_group, "link"), (Objective, Objective.group, "objective")):
        for some in chunks(groups):
            rows: Sequence[Any] = session.scalars(select(model).where(column.in_(some)).order_by(column)).all()
            for each in rows:
                of[kind, each.id] = (f"group:{getattr(each, column.key)}", each)
    said = _said(session, of)
    for (kind, id_), (subject, row) in of.items():
        told = said.get((kind, id_), {})
        facts = found.facts.setdefault(subject, {})
        for name, (standing, _day, by) in told.items():
            if standing in DOUBTFUL:
                facts[f"{kind}/{id_}/{name}"] = FactNow(says(session, row, name), None, asked=True, by=by)
        for name in _FIELDS if kind in ("group", "priority") else ():
            if getattr(row, name) and not any(key.startswith(f"{kind}/{id_}/{name}") for key in facts):
                days = [each for field_, each in told.items() if field_.partition(".")[0] == name] or [told.get(_RECORD, _UNSAID)]
                last = max(days, key=lambda each: each[1] or date.min)
                asked = to_confirm(None, last[1], found.today)
                facts[f"{kind}/{id_}/{name}"] = FactNow(getattr(row, name), None, asked=asked, by=last[2])


def _said(session: Session, records: Collection[tuple[str, str]]) -> dict[tuple[str, str], dict[str, Said]]:
    """What is said of each field of some records."""
    found: dict[tuple[str, str], dict[str, Said]] = {}
    for kind in sorted({kind for kind, _ in records}):
        for some in chunks(sorted(id_ for of, id_ in records if of == kind)):
            query = select(Provenance, Source).join(Source, Source.id == Provenance.source).order_by(Provenance.id)
            for row, source in session.execute(query.where(Provenance.subject == kind, Provenance.subject_id.in_(some))):
                day = row.confirmed_on or (source.attested.last if source.attested else None)
                found.setdefault((kind, row.subject_id), {})[row.field] = (row.standing, day, row.confirmed_by)
    return found


def _of_roles(found: _Found, subjects: Collection[str], councils: Collection[str], own: Collection[str]) -> None:
    """Who holds which role; of a council, each who speaks in it is asked for their own."""
    session = found.session
    query = select(Role, Person.name).join(Person, Person.id == Role.person).order_by(Role.number, Role.id)
    rows: list[tuple[str, Role, str]] = []
    for column, ids in ((Role.group, _ids(subjects, "group")), (Role.priority, _ids(subjects, "priority"))):
        for some in chunks(ids):
            rows += [
                (f"{column.key}:{getattr(row, column.key)}", row, name) for row, name in session.execute(query.where(column.in_(some)))
            ]
    speaking = query.where(Role.group.in_(councils), Role.person.in_(own), Role.role.in_(seating.SPEAKING))
    rows += [(f"{PERSON}:{row.person}", row, name) for row, name in session.execute(speaking)]
    said = _said(session, {("role", row.id) for _, row, _ in rows})
    for subject, row, name in rows:
        if holds(row.since, row.until, found.today):
            standing, day, by = said.get(("role", row.id), {}).get(_RECORD, _UNSAID)
            asked = to_confirm(standing, day, found.today, role=True)
            found.facts.setdefault(subject, {})[f"role/{row.id}/{_RECORD}"] = FactNow(Bilingual(name, name), row.role, asked=asked, by=by)


def _plans(session: Session, subjects: Collection[str], since: datetime) -> dict[str, PlanNeed]:
    """Whose workplan wants word: it is not handed in, or it is not said how its activities go."""
    there: dict[Target, list[tuple[str, Workplan]]] = {}
    halves = select(Workplan, Cycle.half).join(Cycle, Cycle.id == Workplan.cycle).order_by(Cycle.half.desc())
    for column, kind in ((Workplan.group, "group"), (Workplan.priority, "priority")):
        for some in chunks(_ids(subjects, kind)):
            for plan, half in session.execute(halves.where(column.in_(some))):
                there.setdefault(target_of(plan), []).append((half, plan))
    last = [each for plans in there.values() for each in plans[:_LAST]]
    following, loaded = later(session, there.keys()), {each.id: each for each in load(session, [plan for _, plan in last])}
    today, found = clock.today(session), {}
    for target, plans in there.items():
        newest = loaded[plans[0][1].id]
        counting = [loaded[plan.id] for half, plan in plans[:_LAST] if not following[target, half].replaces_activities]
        open_ = [
            each for plan in counting if not (plan.asleep or plan.awaited) for each in plan.activities if wants_word(each, today, since)
        ]
        going_on = carried(session, [each.id for each in open_]) if open_ else set()
        late = [each for each in open_ if each.id not in going_on and each.due and each.due < today]
        silent = len([each for each in open_ if each.id not in going_on]) - len(late)
        if newest.waited_for or late or silent:
            found[":".join(target)] = PlanNeed(newest.id, newest.due, newest.waited_for, len(late), silent)
    return found
