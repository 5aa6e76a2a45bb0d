"""Who answers for an invited jurisdiction, and for which of them somebody takes part."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.calls.models import Call, Representative
from cadre.people import holders
from cadre.people.facts import PersonRef
from cadre.people.models import Jurisdiction, Person

_SPEAKING: Final = ("member", "alternate")
OF_IT: Final = ("member", "alternate", "co_chair", "lead")
"""Roles by which somebody is of a council, and not beside it."""
_DEPARTMENT: Final = "department"


def places(session: Session, invited: Collection[str]) -> dict[str, str]:
    """Where people are from -> the invited jurisdiction that they belong to: it itself, a department of it, a municipality that it, an
    association, speaks for.
    """
    inside = (Jurisdiction.kind == _DEPARTMENT) & Jurisdiction.parent.in_(invited) | Jurisdiction.association.in_(invited)
    rows = session.execute(select(Jurisdiction.id, Jurisdiction.association, Jurisdiction.parent).where(inside)) if invited else ()
    within = {id_: str(association if association in invited else parent) for id_, association, parent in rows}
    return within | {id_: id_ for id_ in invited}


def place_of(session: Session, call: Call, jurisdiction: str) -> str:
    """The invited jurisdiction for which somebody takes part who is from another; that itself where it belongs to none."""
    invited = call.jurisdictions.split()
    return jurisdiction if jurisdiction in invited else places(session, invited).get(jurisdiction, jurisdiction)


def representatives(
    session: Session, call: Call, only: Collection[str] | None = None, *, person: str | None = None
) -> dict[str, dict[str, PersonRef]]:
    """Who answers for each invited jurisdiction (``only``: for some): person by id, in the order of their names.

    Those who are confirmed to be members or alternates of an invited council for it now, and those who were added to this call.
    ``person``: whether this one does, and nobody else.
    """
    wanted = list(dict.fromkeys(call.jurisdictions.split() if only is None else only))
    found: dict[str, dict[str, PersonRef]] = {id_: {} for id_ in wanted}
    for jurisdiction, each in (*_of_councils(session, call, wanted, person), *_added(session, call, person)):
        if jurisdiction in wanted:
            found[jurisdiction][each.id] = each
    return {where: dict(sorted(people.items(), key=lambda item: (item[1].name.casefold(), item[0]))) for where, people in found.items()}


def represented(session: Session, call: Call, person: str | None, *, among: Collection[str] | None = None) -> tuple[str, ...]:
    """The invited jurisdictions for which somebody may answer."""
    speaking = representatives(session, call, among, person=person) if person else {}
    return tuple(sorted(jurisdiction for jurisdiction, persons in speaking.items() if persons))


def _of_councils(session: Session, call: Call, wanted: Collection[str], person: str | None) -> list[tuple[str, PersonRef]]:
    councils = call.councils.split()
    held = holders.of_person(session, person) if person else holders.of_groups(session, councils)
    speaking = [each for each in held if each.role in _SPEAKING and each.group in councils]
    within = places(session, call.jurisdictions.split()) if speaking else {}
    return [(within[each.jurisdiction], each.person) for each in speaking if each.jurisdiction and within.get(each.jurisdiction) in wanted]


def _added(session: Session, call: Call, person: str | None) -> list[tuple[str, PersonRef]]:
    query = (
        select(Representative.jurisdiction, Person.id, Person.name)
        .join(Person, Person.id == Representative.person)
        .where(Representative.call == call.id)
    )
    rows = session.execute(query.where(Representative.person == person) if person else query)
    return [(where, PersonRef(id_, name)) for where, id_, name in rows]


def delegates(session: Session, calls: Collection[int], *, added: bool = False) -> dict[tuple[int, str], dict[str, PersonRef]]:
    """To whom a representative gave the answer over, by call and jurisdiction; or whom the secretariat ``added``."""
    rows = session.execute(
        select(Representative.call, Representative.jurisdiction, Person.id, Person.name)
        .join(Person, Person.id == Representative.person)
        .where(Representative.call.in_(calls), (Representative.added if added else Representative.delegated).is_(True))
        .order_by(Person.name, Person.id)
    )
    found: dict[tuple[int, str], dict[str, PersonRef]] = {}
    for call, jurisdiction, person, name in rows:
        found.setdefault((call, jurisdiction), {})[person] = PersonRef(person, name)
    return found
