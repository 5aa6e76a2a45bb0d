"""The seats of a council: which jurisdictions are entitled to a position in it, and who speaks for each now."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core.errors import Invalid, Message
from cadre.people import holders
from cadre.people.holders import Holder
from cadre.people.models import Jurisdiction, Seat

ALTERNATE: Final = "alternate"
SPEAKING: Final = ("member", ALTERNATE)
"""Roles that speak for their jurisdiction in a council, the first of them first."""
_DEPARTMENT: Final = "department"


class Standing(NamedTuple):
    """A seat, and who speaks for it: members before alternates. A vacant one has nobody."""

    jurisdiction: str
    speakers: tuple[Holder, ...]


def standing(session: Session, council: str) -> tuple[Standing, ...]:
    """The seats of a council now, in order of jurisdiction: those that the secretariat keeps; where it keeps none, those of the
    jurisdictions that have a confirmed member or alternate there. A department without a seat of its own sits for its government.
    """
    held = sorted(
        (each for each in holders.of_groups(session, (council,)) if each.role in SPEAKING and each.jurisdiction),
        key=lambda each: SPEAKING.index(each.role),
    )
    seats = kept(session, council)
    parents = dict(session.execute(select(Jurisdiction.id, Jurisdiction.parent).where(Jurisdiction.kind == _DEPARTMENT)).all())
    found: dict[str, dict[str, Holder]] = {seat: {} for seat in seats}
    for each in held:
        own = str(each.jurisdiction)
        place = own if own in seats else parents.get(own) or own
        if place in found or not seats:
            found.setdefault(place, {}).setdefault(each.person.id, each)
    return tuple(Standing(place, tuple(found[place].values())) for place in sorted(found))


def kept(session: Session, council: str) -> tuple[str, ...]:
    """The jurisdictions whose seats are kept; none where the list goes by roles."""
    return tuple(sorted(session.scalars(select(Seat.jurisdiction).where(Seat.council == council))))


def keep(session: Session, council: str, jurisdictions: Collection[str]) -> None:
    """The seats of a council are these from now on; none: by roles again. Whoever calls this has seen to who may.

    Raises Invalid for a jurisdiction that is not there.
    """
    known = set(session.scalars(select(Jurisdiction.id).where(Jurisdiction.id.in_(jurisdictions))))
    if known != set(jurisdictions):
        raise Invalid(seats=Message("One of these jurisdictions is not in the registry any more."))
    there = {row.jurisdiction: row for row in session.scalars(select(Seat).where(Seat.council == council))}
    for gone in there.keys() - known:
        session.delete(there[gone])
    session.add_all(Seat(council=council, jurisdiction=new) for new in sorted(known - there.keys()))
    session.flush()
