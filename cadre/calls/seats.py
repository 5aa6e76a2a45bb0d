"""The seats of a capped call, whose row is locked: given in the order in which people came, and never more than there are."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.calls import rules
from cadre.calls.facts import INVITATION, SIGN_UP
from cadre.calls.models import Call, Invitation, SignUp
from cadre.calls.reading import ACTIVE
from cadre.calls.rights import is_over
from cadre.core.errors import Invalid, Message
from cadre.notices.service import announce, touch

_MINE: Final = 0
"""The number of a row that is not written yet, among those that are."""


def take(session: Session, call: Call, row: SignUp) -> None:
    """The last place in the order, and a seat if one is left for it. Who comes after the closing waits for the secretariat."""
    placed = [each for each in _placed(session, call) if each.id != row.id]
    row.place = max((each.place for each in placed), default=0) + 1
    mine = rules.Taken(_MINE, row.place, row.jurisdiction, waiting=True, unconfirmed=row.endorsed == "")
    row.waiting = row.late or _MINE not in rules.promoted([*placed, mine], call.seats, call.seats_each)


def corrected(session: Session, call: Call, row: SignUp) -> None:
    """Somebody is of another jurisdiction than was written: they keep their turn, and their seat unless its own are all taken."""
    session.flush()
    row.waiting = row.waiting or rules.oversold(_placed(session, call), call.seats, call.seats_each)
    promote(session, call)


def promote(session: Session, call: Call) -> bool:
    """Give the seats that are free to those who wait, in order, and tell them. After the closing the secretariat does that: gives whether
    there is a seat for somebody then.
    """
    session.flush()
    rising = rules.promoted(_placed(session, call), call.seats, call.seats_each)
    if is_over(session, call):
        return bool(rising)
    for id_ in rising:
        risen = session.get_one(SignUp, id_)
        risen.waiting = False
        touch(session, SIGN_UP, f"{SIGN_UP}:{id_}")
        of = (Invitation.call == call.id, Invitation.jurisdiction == risen.jurisdiction)
        for asked in session.scalars(select(Invitation.id).where(*of)):
            touch(session, INVITATION, f"{INVITATION}:{asked}")
        announce(session, "sign_up_seated", f"{SIGN_UP}:{id_}", [risen.person])
    return False


def require_seats(session: Session, call: Call) -> None:
    """Raises Invalid where more people have a seat than there are seats."""
    session.flush()
    if rules.oversold(_placed(session, call), call.seats, call.seats_each):
        raise Invalid(people=Message("There are fewer seats than that. Decline somebody first, or accept fewer."))


def _placed(session: Session, call: Call) -> list[rules.Taken]:
    """Those who have a seat or wait for one. Who came late waits for the secretariat, not for a seat."""
    columns = (SignUp.id, SignUp.place, SignUp.jurisdiction, SignUp.waiting, SignUp.late, SignUp.endorsed)
    rows = session.execute(select(*columns).where(SignUp.call == call.id, SignUp.state.in_(ACTIVE), SignUp.place.is_not(None)))
    return [
        rules.Taken(id_, place or 0, where, waiting, late=late, unconfirmed=endorsed == "")
        for id_, place, where, waiting, late, endorsed in rows
    ]
