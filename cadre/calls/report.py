"""What came of a call: who, what is missing, and how it is balanced."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.calls.facts import CallFacts, Grid, JurisdictionRef, Report, SignUpFacts
from cadre.calls.reading import ACTIVE
from cadre.calls.rules import SEATED, UNANSWERED
from cadre.calls.speaking import OF_IT
from cadre.groups.facts import COUNCILS
from cadre.groups.models import Group
from cadre.people import holders
from cadre.people.facts import PersonRef


def reported(grid: Grid, chairs: Iterable[PersonRef], council_members: Collection[str]) -> Report:
    """The report of a grid. ``council_members``: those of the chairs who are members of a council (rule G2). No session, no clock."""
    call, each = grid.call, grid.call.seats_each or 0
    active = [each for each in grid.sign_ups if each.state in ACTIVE]
    offered = [each for each in active if each.role in SEATED]
    doubtful = tuple(each for each in offered if _in_doubt(each, call))
    seated = [each for each in offered if not each.waiting and each not in doubtful]
    of_each = Counter(each.jurisdiction.id for each in seated if each.jurisdiction)
    surplus, over = beyond(call, seated)
    told = tuple((chair, chair.id in council_members) for chair in chairs)
    return Report(
        grid=grid,
        missing=max(0, call.seats - len(seated)) if call.seats else None,
        short=tuple(place for place in call.jurisdictions if asked_of_each(call) and of_each[place.id] < each),
        by_kind=dict(Counter(_kind(each) for each in seated)),
        by_language=dict(Counter(each.language for each in seated)),
        chairs=told,
        council_chair=any(member for _, member in told),
        doubtful=doubtful,
        silent=tuple(each.jurisdiction for each in grid.invitations if each.state in UNANSWERED),
        surplus=surplus,
        over=over,
        waiting=sum(each.waiting and each not in doubtful for each in offered),
        besides=dict(Counter(each.role for each in active if each.role not in SEATED)),
    )


def beyond(call: CallFacts, seated: Collection[SignUpFacts]) -> tuple[int, tuple[tuple[JurisdictionRef, int], ...]]:
    """How many have a seat beyond the seats wanted, and the jurisdictions of which more have one than each was asked for."""
    of_each = Counter(each.jurisdiction for each in seated if each.jurisdiction)
    over = tuple((place, n) for place, n in of_each.items() if call.seats_each and n > call.seats_each)
    return (max(0, len(seated) - call.seats) if call.seats else 0), over


def _in_doubt(offer: SignUpFacts, call: CallFacts) -> bool:
    """Whether it is not sure that an offer fills a seat; whom the secretariat accepted does."""
    invited = offer.jurisdiction in call.jurisdictions
    return offer.state == "offered" and (offer.to_endorse or offer.came_late or offer.stated or not invited)


def asked_of_each(call: CallFacts) -> bool:
    """Whether each jurisdiction was to fill its seats: not where those in all are fewer, and its own are the most that it may fill."""
    return call.seats_each is not None and (call.seats is None or call.seats >= call.seats_each * len(call.jurisdictions))


def _kind(sign_up: SignUpFacts) -> str:
    return sign_up.jurisdiction.kind if sign_up.jurisdiction else "unknown"


def council_members(session: Session, persons: Collection[str]) -> frozenset[str]:
    """Those who are confirmed to hold a role in a council now. Source: governance rule G2, seed deck."""
    councils = session.scalars(select(Group.id).where(Group.kind.in_(sorted(COUNCILS)))).all()
    return frozenset(each.person.id for each in holders.of_groups(session, councils) if each.role in OF_IT and each.person.id in persons)
