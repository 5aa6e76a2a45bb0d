"""Who is confirmed to hold which role, now. A role that nobody confirmed gives no right, and is owed no word."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased

from cadre.core import clock
from cadre.core.models import Change, Provenance
from cadre.core.rows import chunks
from cadre.people.facts import PersonRef
from cadre.people.models import Person, Role
from cadre.people.rules import ended, holds

_CONFIRMED = "confirmed"
_OF_ROLE = (Provenance.subject == "role") & (Provenance.subject_id == Role.id) & (Provenance.field == "record")


@dataclass(frozen=True, slots=True)
class Holder:
    """A person in a role, of a group or on a priority. ``jurisdiction``: the one held then, else their own."""

    person: PersonRef
    role: str
    group: str | None
    priority: str | None
    jurisdiction: str | None

    @property
    def target(self) -> tuple[Literal["group", "priority"], str]:
        """What the role is in: "group" or "priority", and its id."""
        return ("group", self.group) if self.group else ("priority", self.priority or "")


def of_groups(session: Session, groups: Collection[str]) -> tuple[Holder, ...]:
    """All of some groups, in the order in which a group lists them."""
    return _held(session, Role.group.in_(groups)) if groups else ()


def of_priorities(session: Session, priorities: Collection[str]) -> tuple[Holder, ...]:
    """All on some priorities, in the order of their source."""
    return _held(session, Role.priority.in_(priorities)) if priorities else ()


def of_person(session: Session, person: str) -> tuple[Holder, ...]:
    """All roles of one person."""
    return _held(session, Role.person == person)


def left(session: Session, persons: Collection[str]) -> dict[tuple[str, str | None, str | None], date]:
    """Where some people held a role that ended, or that is in the registry no more, and hold none now: person, group, priority -> their
    last day there.
    """
    today = clock.today(session)
    last: dict[tuple[str, str | None, str | None], date] = {}
    still: set[tuple[str, str | None, str | None]] = set()
    for some in chunks(persons):
        rows = select(Role.person, Role.group, Role.priority, Role.until).join(Provenance, _OF_ROLE)
        for person, group, priority, until in session.execute(rows.where(Role.person.in_(some), Provenance.standing == _CONFIRMED)):
            if until is not None and ended(until, today):
                last[person, group, priority] = max(until.last, last.get((person, group, priority), date.min))
            else:
                still.add((person, group, priority))
    for each, day in _taken_away(session, persons):
        last[each] = max(day, last.get(each, date.min))
    return {each: day for each, day in last.items() if each not in still}


def _taken_away(session: Session, persons: Collection[str]) -> Iterator[tuple[tuple[str, str | None, str | None], date]]:
    """The roles of some people that are gone from the registry, as the Changes keep them: person, group, priority, and on which day."""
    person, of = aliased(Change), aliased(Change)
    same = (of.subject == person.subject) & (of.subject_id == person.subject_id) & (of.field.in_(("group", "priority")))
    query = (
        select(person.before, of.field, of.before, person.at)
        .join(of, same)
        .where(person.subject == Role.__tablename__, person.field == "person", person.after.is_(None), of.before.is_not(None))
    )
    for some in chunks(persons):
        for who, field, where, at in session.execute(query.where(person.before.in_(some), of.after.is_(None))):
            yield (str(who), where if field == "group" else None, where if field == "priority" else None), clock.day(at)


def _held(session: Session, where: ColumnElement[bool]) -> tuple[Holder, ...]:
    today = clock.today(session)
    rows = session.execute(
        select(Role.role, Role.group, Role.priority, func.coalesce(Role.jurisdiction, Person.jurisdiction), Role.since, Role.until)
        .add_columns(Person.id, Person.name)  # no records: each click on a call asks this of whole councils
        .join(Person, Person.id == Role.person)
        .join(Provenance, _OF_ROLE)
        .where(where, Provenance.standing == _CONFIRMED)
        .order_by(Role.number, Role.id)
    )
    return tuple(
        Holder(PersonRef(id_, name), role, group, priority, jurisdiction)
        for role, group, priority, jurisdiction, since, until, id_, name in rows
        if holds(since, until, today)
    )
