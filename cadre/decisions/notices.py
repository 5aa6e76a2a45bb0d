"""Of actions, what reminders need to know: due when, settled or not, whose, and who chairs the group."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.core.errors import Message
from cadre.core.rows import chunks
from cadre.decisions.models import Action
from cadre.decisions.service import ACTION, CHAIRS, OPEN
from cadre.notices.rules import Dated, Kind
from cadre.people import holders

OWNER: Final = "owner"
CHAIR: Final = "chair"


def _batch(session: Session, after: str, limit: int) -> Sequence[Dated]:
    """Actions after one, in order of their id."""
    rows = session.scalars(select(Action).where(Action.id > after.partition(":")[2], Action.state == OPEN).order_by(Action.id).limit(limit))
    return _dated(session, rows.all())


def _some(session: Session, subjects: Collection[str]) -> Mapping[str, Dated]:
    return {each.subject: each for each in _dated(session, _rows(session, subjects))}


def _rows(session: Session, subjects: Collection[str]) -> list[Action]:
    ids = sorted({subject.partition(":")[2] for subject in subjects})
    return [row for some in chunks(ids) for row in session.scalars(select(Action).where(Action.id.in_(some)))]


def _dated(session: Session, rows: Iterable[Action]) -> list[Dated]:
    rows = list(rows)
    chairs: dict[str, tuple[str, ...]] = {}
    for each in holders.of_groups(session, {row.group for row in rows if row.group}):
        if each.group and each.role in CHAIRS:
            chairs[each.group] = tuple(dict.fromkeys((*chairs.get(each.group, ()), each.person.id)))
    return [
        Dated(
            ACTION,
            f"{ACTION}:{row.id}",
            _day(row.due),
            None if row.state == OPEN else row.state or "unknown",
            {OWNER: (row.owner,) if row.owner else (), CHAIR: chairs.get(row.group or "", ())},
        )
        for row in rows
    ]


def _day(due: PartialDate | None) -> date | None:
    return due.last if due else None


def _names(session: Session, subjects: Collection[str]) -> Mapping[str, Bilingual]:
    return {f"{ACTION}:{row.id}": row.wording for row in _rows(session, subjects)}


ACTIONS: Final = Kind(ACTION, Message("Actions agreed on at meetings"), _batch, _some, _names)
