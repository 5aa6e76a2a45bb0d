"""What the framework is made from, as the registry holds it or held it at the end of a day: rows of text, wound back by the Changes.

A Change keeps each field as text, before and after. Rows as they stand are therefore read as the same text, and put back one net change
a field. So no table keeps its past twice, and a day that lies behind is read by two statements more than today.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any, Final, TypeAlias
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from cadre.core import changes, clock
from cadre.core.models import Base, Change
from cadre.core.reader import DEFAULT_ZONE

Row: TypeAlias = dict[str, str | None]
Rows: TypeAlias = dict[str, dict[str, Row]]
"""By table, then by key: field and text."""
Net: TypeAlias = dict[tuple[str, str], dict[str, tuple[str | None, str | None]]]
"""By table and key: field, what it held before, and after."""

_TABLES: Final = {
    "group_kind": "name plural",
    "group": "name kind target_kind state owner parent description mandate note",
    "priority": "name number owner group description",
    "alignment": "group priority strength rationale",
    "link": "source_group kind target_group capacity purpose",
    "person": "name jurisdiction",
    "role": "person role group priority jurisdiction on_behalf_of since until number",
    "jurisdiction": "name short parent",
    "meeting": "kind group held title place state",
    "category": "number label question",
    "recommendation": "topic status category group priority number wording consequence",
    "decision": "wording number year council state meeting taken supersedes question_item outcome",
    "question_item": "recommendation",
    "cycle": "council half",
    "workplan": "cycle group priority state aim",
    "activity": "workplan number title due state outcome view_id",
    "outcome": "council term number wording priority retired",
    "feed": "source target",
    "referral": "table direction priority group decision action note",
    "action": "wording group about owner due meeting state",
    "carried": "decision target",
    "provenance": "subject subject_id field standing",
    "alias": "subject subject_id kind language text",
    "rule": "recommendation requires",
}
"""The tables that the framework is made from, and the fields of them that it needs. A table that there is not yet is left out."""
_PARTS: Final = ("_en", "_fr", "_stale", "_text")
"""Columns that hold one part of a field."""


def moment_after(day: date) -> datetime:
    """The first moment that no longer belongs to a day, in the time zone of the secretariat."""
    return datetime.combine(day + timedelta(days=1), time.min, ZoneInfo(DEFAULT_ZONE))


def began(session: Session) -> date | None:
    """The day of the first Change; None where the registry is empty."""
    first = session.scalar(select(Change.at).order_by(Change.id).limit(1))
    return clock.day(first) if first else None


def now(session: Session, tables: Iterable[str] = _TABLES) -> Rows:
    """All rows as they stand."""
    return {name: _read(session, name) for name in tables}


def _read(session: Session, name: str) -> dict[str, Row]:
    table = Base.metadata.tables.get(name)
    if table is None:
        return {}
    fields = _columns(name)
    keys = list(table.primary_key.columns)
    found = session.execute(select(*keys, *(table.c[field] for field in fields))).all()
    n = len(keys)
    records = {"/".join(map(str, row[:n])): dict(zip(fields, map(changes.text_of, row[n:]), strict=True)) for row in found}
    return dict(sorted(records.items(), key=_in_order))


def _columns(name: str) -> tuple[str, ...]:
    """The columns of the fields that are needed, but for keys, which do not change."""
    table = Base.metadata.tables[name]
    wanted = set(_TABLES[name].split())
    return tuple(column.key for column in table.c if _field(column.key) in wanted and not column.primary_key)


def _field(column: str) -> str:
    return next((column.removesuffix(end) for end in _PARTS if column.endswith(end)), column)


def net(session: Session, after: datetime, until: datetime | None = None) -> Net:
    """What each field held before and after all that was done between two moments, by record. What came back to what it was is left out."""
    found: Net = {}
    for subject, id_, name, before, now_ in session.execute(_net(after, until)):
        if before != now_:
            found.setdefault((subject, id_), {})[name] = (before, now_)
    return found


def _net(after: datetime, until: datetime | None) -> Any:
    """The first "before" and the last "after" of each field, found by the database: there may be a hundred thousand Changes."""
    within = [Change.at >= after, *([Change.at < until] if until else []), Change.subject.in_(sorted(_TABLES))]
    ends = (
        select(func.min(Change.id).label("first"), func.max(Change.id).label("last"))
        .where(*within)
        .group_by(Change.subject, Change.subject_id, Change.field)
        .subquery()
    )
    first, last = aliased(Change), aliased(Change)
    return (
        select(first.subject, first.subject_id, first.field, first.before, last.after)
        .join_from(ends, first, first.id == ends.c.first)
        .join(last, last.id == ends.c.last)
    )


def wound_back(rows: Rows, done: Net) -> Rows:
    """The rows as they were before all that was done. A record that was entered since is gone; one that was taken out is back."""
    found = {name: dict(records) for name, records in rows.items()}
    for (subject, id_), fields in done.items():
        if subject not in Base.metadata.tables:
            continue
        empty: Row = dict.fromkeys(_columns(subject))  # of a record that was taken out, what it did not hold is in no Change
        before = {name: was for name, (was, _now) in fields.items() if name in empty}
        record = {**empty, **found[subject].get(id_, {}), **before}
        if any(value is not None for value in record.values()):
            found[subject][id_] = record
        else:
            found[subject].pop(id_, None)
    return {name: dict(sorted(records.items(), key=_in_order)) for name, records in found.items()}


def _in_order(record: tuple[str, Row]) -> tuple[int, str]:
    """As the database orders keys: numbers by what they are worth."""
    return (int(record[0]), "") if record[0].isdecimal() else (0, record[0])
