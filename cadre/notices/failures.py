"""What could not be sent: what it was about, to whom and why. The secretariat or an operator has it tried again, or leaves it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, exists, func, or_, select, update
from sqlalchemy.orm import Session

from cadre.core import changes, clock
from cadre.core.bilingual import Bilingual
from cadre.core.errors import Conflict, Invalid, Message, NotFound
from cadre.core.reader import OPERATOR
from cadre.core.rows import chunks
from cadre.notices.deliveries import FAILED
from cadre.notices.models import Delivery, DeliveryItem, Notice
from cadre.notices.planner import breaks
from cadre.notices.recipients import recipients
from cadre.notices.rules import AT_ONCE, Kind, proper
from cadre.notices.service import about, require_secretariat, touch
from cadre.people.models import Person

_LISTED: Final = 200
_RECORD: Final = "delivery"
"""Deliveries are not audited: only who had one tried again or left it is kept among the changes."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A message that could not be sent. ``name``: of the person whom it was for; as a post it has a ``channel``. ``about``: what it was to
    tell of, where that has a name; ``reason``: a word for ``bot.reasons``; ``at``: when it was tried last; ``state``: of the delivery, that
    may have been tried again since.
    """

    delivery: int
    name: str | None
    channel: str | None
    about: tuple[Bilingual, ...]
    reason: str
    at: datetime
    state: str


def failures(session: Session, kinds: Sequence[Kind], person: str | None = None) -> tuple[Failure, ...]:
    """Those that nobody tried again or left, the newest first. Raises Forbidden for anyone but operators and the secretariat."""
    _require(session)
    mine = (Delivery.person == person,) if person else ()
    ids = session.scalars(select(Delivery.id).where(_OPEN, *mine).order_by(Delivery.at.desc(), Delivery.id.desc()).limit(_LISTED)).all()
    return tuple(some(session, ids, kinds).values())


def count(session: Session) -> int:
    """How many there are."""
    return session.scalar(select(func.count()).select_from(Delivery).where(_OPEN)) or 0


def some(session: Session, ids: Collection[int], kinds: Sequence[Kind]) -> dict[int, Failure]:
    """Those of some numbers, in their order, whatever became of them since."""
    columns = (Delivery.id, Delivery.channel, Delivery.subject, Delivery.reason, Delivery.at, Delivery.state)
    query = select(*columns, Person.name).outerjoin(Person, Person.id == Delivery.person)
    rows = {row.id: row for part in chunks(ids) for row in session.execute(query.where(Delivery.id.in_(part)))}
    names = _names(session, rows, kinds)
    return {
        id_: Failure(id_, row.name, row.channel, names.get(id_, ()), row.reason or "", row.at, row.state)
        for id_ in ids
        if (row := rows.get(id_))
    }


def _names(session: Session, rows: Mapping[int, Any], kinds: Sequence[Kind]) -> dict[int, tuple[Bilingual, ...]]:
    """By delivery, what it was to tell of; of two kinds that call a subject by a name, the first."""
    told: dict[int, dict[str, str]] = {id_: {row.subject: ""} if row.subject else {} for id_, row in rows.items()}
    columns = (DeliveryItem.delivery, Notice.kind, Notice.subject, Notice.manner, Notice.detail)
    for part in chunks(rows):
        items = select(*columns).join(Notice, Notice.id == DeliveryItem.notice).where(DeliveryItem.delivery.in_(part))
        for row in session.execute(items.order_by(Notice.occurrence, Notice.id)):
            told[row.delivery][row.subject] = about(row)
    subjects = {(of, subject) for each in told.values() for subject, of in each.items()}
    found: dict[str, Bilingual] = {}
    for kind in reversed(kinds):
        wanted = [subject for of, subject in subjects if kind.name in (of, subject.partition(":")[0])]
        found.update(kind.names(session, wanted) if wanted else {})
    return {id_: tuple(found[subject] for subject in each if subject in found) for id_, each in told.items()}


_BROUGHT: Final = select(DeliveryItem.notice).join(Notice, Notice.id == DeliveryItem.notice).where(DeliveryItem.delivery == Delivery.id)
_LEFT: Final = exists(_BROUGHT.where(Notice.state == "skipped", Notice.reason == "failed", Notice.kind != FAILED))
"""Whether it was to tell of something that was not told otherwise since; word of another failure is not: that one stands here itself."""
_OPEN: Final[ColumnElement[bool]] = (Delivery.state == "failed") & or_(Delivery.channel.is_not(None), _LEFT)


def retry(session: Session, delivery_id: int) -> datetime:
    """Try one again, from the beginning. Gives when: at once, or when the hours begin of whoever it is for.

    Raises Forbidden for anyone but operators and the secretariat; NotFound; Invalid for one that has not failed; Conflict for one that
    somebody had tried again, or left.
    """
    found = _failed(session, delivery_id)
    brought = select(DeliveryItem.notice).where(DeliveryItem.delivery == delivery_id)
    left = (Notice.id.in_(brought), Notice.state == "skipped", Notice.reason == "failed")
    manners = session.scalars(select(Notice.manner).where(*left)).all()
    if not found.channel and not manners:
        raise Invalid(delivery=Message("What it was to bring has been told in another way meanwhile."))
    now = clock.now(session)
    changes.keep(session, _RECORD, delivery_id, "state", before=found.state, after="due")
    found.state, found.attempts, found.reason, found.at = "due", 0, None, now
    session.execute(
        update(Notice).where(*left).values(state="queued", reason=None, settled_at=None),
        execution_options={"synchronize_session": False},
    )
    touch(session, FAILED, f"delivery:{delivery_id}")
    known = recipients(session, [found.person]).get(found.person) if found.person else None
    if known is None or "prompt" in manners:
        return now
    return proper(now, known, () if set(manners) & set(AT_ONCE) else breaks(session))


def leave(session: Session, delivery_id: int) -> None:
    """Never try one again. Raises as ``retry``."""
    found = _failed(session, delivery_id)
    changes.keep(session, _RECORD, delivery_id, "state", before=found.state, after="skipped")
    found.state = "skipped"
    touch(session, FAILED, f"delivery:{delivery_id}")


def _failed(session: Session, delivery_id: int) -> Delivery:
    _require(session)
    found = session.get(Delivery, delivery_id, with_for_update=True)
    if found is None:
        raise NotFound(str(delivery_id))
    if found.state != "failed" and (settled := changes.last(session, _RECORD, delivery_id)):
        raise Conflict(*settled)
    if found.state != "failed":
        raise Invalid(delivery=Message("Only a delivery that failed can be tried again."))
    return found


def _require(session: Session) -> None:
    if changes.actor(session) != OPERATOR:
        require_secretariat(session)
