"""Those who co-chair the group that comes of a call, or are proposed for it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from cadre.calls.models import CallChair
from cadre.people.facts import PersonRef
from cadre.people.models import Person


def chairs_of(session: Session, calls: Collection[int]) -> dict[int, list[tuple[PersonRef, bool]]]:
    """Those who were proposed or named, by call, and whether each is confirmed."""
    found: dict[int, list[tuple[PersonRef, bool]]] = {}
    for call, person, name, confirmed in session.execute(_CHAIRS, {"calls": sorted(calls)}):
        found.setdefault(call, []).append((PersonRef(person, name), bool(confirmed)))
    return found


_CHAIRS: Final = (
    select(CallChair.call, Person.id, Person.name, CallChair.confirmed)
    .join(Person, Person.id == CallChair.person)
    .where(CallChair.call.in_(bindparam("calls", expanding=True)))
    .order_by(Person.name, Person.id)
)
