"""When the jurisdictions that a call invites were last written or spoken to: what reached them, not what was meant to."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import BindParameter, bindparam, func, select
from sqlalchemy.orm import Session

from cadre.calls.facts import CALL, INVITATION
from cadre.calls.models import Call, Invitation
from cadre.notices.models import Delivery, DeliveryItem, Notice

_TO_JURISDICTIONS: Final = (INVITATION, "call_opened", "call_delegated", "call_recorded", "call_extended", "call_cancelled")
"""Kinds of notice that go to those who answer for a jurisdiction."""
_ORPHAN: Final = "orphan"
"""The manner of a reminder that the secretariat gets, because nobody answers for the jurisdiction."""
_SUBJECTS: Final[BindParameter[Any]] = bindparam("subjects", expanding=True)
_SENT: Final = (
    select(Notice.subject, Notice.person, func.max(Delivery.sent_at))
    .join(DeliveryItem, DeliveryItem.notice == Notice.id)
    .join(Delivery, Delivery.id == DeliveryItem.delivery)
    .where(Notice.subject.in_(_SUBJECTS), Notice.kind.in_(_TO_JURISDICTIONS), Notice.manner != _ORPHAN)
    .where(Notice.state == "sent", Delivery.state.in_(("sent", "redraw")), Delivery.sent_at.is_not(None))
    .group_by(Notice.subject, Notice.person)
)
"""Written once: to put it together takes longer than to answer it."""


def last_contacts(
    session: Session, call: Call, rows: Collection[Invitation], speaking: Mapping[str, Collection[str]]
) -> dict[int, datetime | None]:
    """The last contact with each of some jurisdictions, by the number of the invitation: the last message that was sent about it or, to one
    of those who answer for it (``speaking``), about the call; or the last time that the secretariat noted, whichever is later.
    """
    if not rows:
        return {}
    of_call, about = f"{CALL}:{call.id}", {row.id: f"{INVITATION}:{row.id}" for row in rows}
    sent = session.execute(_SENT, {"subjects": [of_call, *about.values()]}).all()

    def moments(row: Invitation) -> Iterator[datetime]:
        for subject, who, at in sent:
            if at and (subject == about[row.id] or (subject == of_call and who in speaking[row.jurisdiction])):
                yield at
        if row.contacted_at:
            yield row.contacted_at

    return {row.id: max(moments(row), default=None) for row in rows}
