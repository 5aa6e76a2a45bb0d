"""When the jurisdictions that a call invites were last written or spoken to: what reached them, not what was meant to."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import BindParameter, bindparam, func, select
from sqlalchemy.orm import Session

from cadre.calls.facts import CALL, INVITATION, QUESTION, SIGN_UP
from cadre.calls.models import Call, CallQuestion, Invitation, SignUp
from cadre.notices.models import Delivery, DeliveryItem, Notice

_ORPHAN: Final = "orphan"
"""The manner of a reminder that the secretariat gets, because nobody answers for the jurisdiction."""
_SUBJECTS: Final[BindParameter[Any]] = bindparam("subjects", expanding=True)
_PEOPLE: Final[BindParameter[Any]] = bindparam("people", expanding=True)
_SENT: Final = (
    select(Notice.person, func.max(Delivery.sent_at))
    .join(DeliveryItem, DeliveryItem.notice == Notice.id)
    .join(Delivery, Delivery.id == DeliveryItem.delivery)
    .where(Notice.subject.in_(_SUBJECTS), Notice.person.in_(_PEOPLE), Notice.manner != _ORPHAN)
    .where(Notice.state == "sent", Delivery.state.in_(("sent", "redraw")), Delivery.sent_at.is_not(None))
    .group_by(Notice.person)
)
"""Written once: to put it together takes longer than to answer it."""
_ABOUT: Final = ((INVITATION, Invitation), (SIGN_UP, SignUp), (QUESTION, CallQuestion))


def last_contacts(
    session: Session, call: Call, rows: Collection[Invitation], speaking: Mapping[str, Collection[str]]
) -> dict[int, datetime | None]:
    """The last contact with each of some jurisdictions, by the number of the invitation: the last message of whatever kind about the call
    that was sent to one of those who answer for it (``speaking``), or the last time that the secretariat noted, whichever is later.
    """
    people = {person for persons in speaking.values() for person in persons}
    wanted = {"subjects": _subjects(session, call), "people": sorted(people)}
    sent = {person: at for person, at in session.execute(_SENT, wanted)} if people else {}  # noqa: C416  # dict() of rows has no types

    def last(row: Invitation) -> datetime | None:
        reached = (sent.get(person) for person in speaking[row.jurisdiction])
        return max((at for at in (*reached, row.contacted_at) if at), default=None)

    return {row.id: last(row) for row in rows}


def _subjects(session: Session, call: Call) -> list[str]:
    """All that notices about a call are about."""
    tables: tuple[tuple[str, Any], ...] = _ABOUT
    found = [f"{kind}:{id_}" for kind, table in tables for id_ in session.scalars(select(table.id).where(table.call == call.id))]
    return [f"{CALL}:{call.id}", *found]
