"""What came of a call: who, what is missing, and how it is balanced."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.calls.facts import CallFacts, Grid, PersonRef, Report, SignUpFacts
from cadre.calls.reading import ACTIVE
from cadre.calls.records import SPEAKING
from cadre.calls.rules import SEATED
from cadre.core import clock
from cadre.core.models import Provenance
from cadre.groups.facts import COUNCILS
from cadre.groups.models import Group
from cadre.people.models import Role
from cadre.people.rules import holds


def reported(grid: Grid, chairs: Iterable[PersonRef], council_members: Collection[str]) -> Report:
    """The report of a grid. ``council_members``: those of the chairs who are members of a council (rule G2). No session, no clock."""
    call, each = grid.call, grid.call.seats_each or 0
    active = [each for each in grid.sign_ups if each.state in ACTIVE]
    seated = [each for each in active if each.role in SEATED and not each.waiting]
    of_each = Counter(each.jurisdiction.id for each in seated if each.jurisdiction)
    told = tuple((chair, chair.id in council_members) for chair in chairs)
    return Report(
        grid=grid,
        missing=max(0, call.seats - len(seated)) if call.seats else None,
        short=tuple(place for place in call.jurisdictions if asked_of_each(call) and of_each[place.id] < each),
        by_kind=dict(Counter(_kind(each) for each in active)),
        by_language=dict(Counter(each.language for each in active)),
        chairs=told,
        council_chair=any(member for _, member in told),
    )


def asked_of_each(call: CallFacts) -> bool:
    """Whether each jurisdiction was to fill its seats: not where those in all are fewer, and its own are the most that it may fill."""
    return call.seats_each is not None and (call.seats is None or call.seats >= call.seats_each * len(call.jurisdictions))


def _kind(sign_up: SignUpFacts) -> str:
    return sign_up.jurisdiction.kind if sign_up.jurisdiction else "unknown"


def council_members(session: Session, persons: Collection[str]) -> frozenset[str]:
    """Those who are confirmed to hold a role in a council now. Source: governance rule G2, seed deck."""
    rows = session.scalars(
        select(Role)
        .join(Group, Group.id == Role.group)
        .join(Provenance, (Provenance.subject == "role") & (Provenance.subject_id == Role.id) & (Provenance.field == "record"))
        .where(Role.person.in_(list(persons)), Group.kind.in_(sorted(COUNCILS)), Provenance.standing == "confirmed")
        .where(Role.role.in_(SPEAKING))
    )
    today = clock.today(session)
    return frozenset(role.person for role in rows if holds(role.since, role.until, today))
