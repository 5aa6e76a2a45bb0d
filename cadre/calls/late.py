"""What a jurisdiction answers after the closing: kept beside what it answered in time, which stands until the secretariat decides."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.calls import came, refusals
from cadre.calls.came import Came
from cadre.calls.models import Call, Invitation, LateRefusal, SignUp
from cadre.calls.rights import invitation_row
from cadre.core import changes, clock


def refused_late(session: Session, row: Invitation, why: str, how: Came) -> bool:
    """Keep beside its answer that a jurisdiction declines; whether that is anything new."""
    there = late_refusal(session, row.call, row.jurisdiction)
    if there and (there.reason, there.taken_up) == (why, None):
        return False
    if there is None:
        there = LateRefusal(call=row.call, jurisdiction=row.jurisdiction)
        session.add(there)
    there.reason, there.taken_up, there.settled_at, there.settled_by = why, None, None, None
    there.refuser = came.giver(session, how)
    there.answered_at, there.answered_by = clock.now(session), changes.actor(session).label[:200]
    came.stamp(session, there, how)
    came.spoken_to(session, row, how)
    return True


def put_forward_late(session: Session, call: Call, jurisdiction: str, how: Came) -> None:
    """Somebody was put forward after the closing: that takes the place of a refusal that came late too, and was not decided on."""
    if jurisdiction not in call.jurisdictions.split():
        return
    row, there = invitation_row(session, call, jurisdiction), late_refusal(session, call.id, jurisdiction)
    came.spoken_to(session, row, how)
    if there and there.taken_up is None:
        refusals.changed(session, row, there.refuser, instead=True)
        session.delete(there)


def late_refusal(session: Session, call: int, jurisdiction: str) -> LateRefusal | None:
    """That a jurisdiction declined after the closing, if it did."""
    return session.get(LateRefusal, (call, jurisdiction), populate_existing=True)


def in_time_after_all(session: Session, call: Call) -> list[str]:
    """There is more time: what came late is an answer like any other, and whose people were all declined owes another, which these may
    give. Gives the jurisdictions whose answer may be another by that.
    """
    found: dict[str, None] = {}
    for offer in session.scalars(select(SignUp).where(SignUp.call == call.id, SignUp.state == "declined")):
        offer.endorsed = None
        found |= {offer.jurisdiction: None} if offer.jurisdiction else {}
    for row in session.scalars(select(Invitation).where(Invitation.call == call.id, Invitation.stood.is_(True))):
        row.stood = False
        found[row.jurisdiction] = None
    late = SignUp.late.is_(True) | SignUp.spoken_late.is_(True)
    for offer in session.scalars(select(SignUp).where(SignUp.call == call.id, SignUp.state == "offered", late)):
        offer.late = offer.spoken_late = False
        found |= {offer.jurisdiction: None} if offer.jurisdiction else {}
    for refusal in session.scalars(select(LateRefusal).where(LateRefusal.call == call.id)):
        if refusal.taken_up is not False:
            row = invitation_row(session, call, refusal.jurisdiction)
            _declined(row, refusal)
            found[refusal.jurisdiction] = None
            if refusal.taken_up is None:
                refusals.settled(session, row, refusal, in_time=True)
        session.delete(refusal)
    return list(found)


def _declined(row: Invitation, refusal: LateRefusal) -> None:
    """A refusal as if it had come in time."""
    row.declined, row.reason, row.refuser = True, refusal.reason, refusal.refuser
    refusals.keep(row, refusal)
