"""What the framework is made from, as the registry holds it or held it at the end of a day: rows of text, wound back by the Changes.

A Change keeps each field as text, before and after. Rows as they stand are therefore read as the same text, and each field is put back to
what it held before the first Change since. So no table keeps its past twice, and a day that lies behind is read by two statements more
than today.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any, Final, TypeAlias
from zoneinfo import ZoneInfo

from sqlalchemy import Integer, String, and_, func, or_, select
from sqlalchemy.orm import Session

from cadre.core import changes, clock
from cadre.core.models import Base, Change
from cadre.core.reader import DEFAULT_ZONE

Row: TypeAlias = dict[str, str | None]
Rows: TypeAlias = dict[str, dict[str, Row]]
"""By table, then by key: field and text."""
Held: TypeAlias = dict[tuple[str, str], dict[str, str | None]]
"""By table and key: field, and what it held at a moment; nothing where it, or the record, was not there."""
_ENTRY: Final = timedelta(minutes=10)
"""What the same hand recorded within so long after the first Change is what the registry began with: files are taken in one by one."""

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
    is_text = all(isinstance(table.c[field].type, String) for field in fields)  # then nothing is to be put into words
    records: dict[str, Row] = {}
    for row in found:
        values = row[n:] if is_text else map(changes.text_of, row[n:])
        records["/".join(map(str, row[:n]))] = dict(zip(fields, values, strict=True))
    return _in_order(name, records)


def _in_order(name: str, records: dict[str, Row]) -> dict[str, Row]:
    """By their keys, on either database in one order: numbers by what they are worth."""
    (first, *_) = Base.metadata.tables[name].primary_key.columns
    keys = sorted(records, key=int) if isinstance(first.type, Integer) else sorted(records)
    return {key: records[key] for key in keys}


@cache
def _columns(name: str) -> tuple[str, ...]:
    """The columns of the fields that are needed, but for keys, which do not change."""
    table = Base.metadata.tables[name]
    wanted = set(_TABLES[name].split())
    return tuple(column.key for column in table.c if _field(column.key) in wanted and not column.primary_key)


def _field(column: str) -> str:
    return next((column.removesuffix(end) for end in _PARTS if column.endswith(end)), column)


def beginning(session: Session) -> datetime | None:
    """The moment at which the registry held what it began with; None where it is empty."""
    first = session.execute(select(Change.at, Change.by).order_by(Change.id).limit(1)).first()
    if first is None:
        return None
    entered = select(func.max(Change.at)).where(Change.at <= first.at + _ENTRY, Change.by == first.by)
    return (session.scalar(entered) or first.at) + timedelta(microseconds=1)


def held(session: Session, at: datetime, until: datetime | None = None) -> Held:
    """What each field held at a moment, of all that was changed from then on; ``until``: before another moment."""
    found: Held = {}
    for subject, id_, name, before in session.execute(_first_changes(at, until)):
        found.setdefault((subject, id_), {})[name] = before
    return found


def _first_changes(at: datetime, until: datetime | None) -> Any:
    """The first Change of each field. The database finds it in the index alone: there may be a hundred thousand Changes."""
    fields = {field for name in _TABLES if name in Base.metadata.tables for field in _columns(name)}
    within = [
        Change.at >= at,
        Change.subject.in_(sorted(_TABLES)),
        Change.field.in_(sorted(fields)),
        *([Change.at < until] if until else []),
    ]
    first = select(func.min(Change.id)).where(*within).group_by(Change.subject, Change.subject_id, Change.field)
    return select(Change.subject, Change.subject_id, Change.field, Change.before).where(Change.id.in_(first))


def changed(session: Session, since: datetime | None, until: datetime) -> bool:
    """Whether anything was changed between two moments (None: ever) that the framework is made from."""
    fields = [and_(Change.subject == name, Change.field.in_(_columns(name))) for name in _TABLES if name in Base.metadata.tables]
    within = (Change.at < until, or_(*fields), *([Change.at >= since] if since else []))
    return session.scalar(select(Change.id).where(*within).limit(1)) is not None


def wound_back(rows: Rows, were: Held) -> Rows:
    """The rows as they were. A record that was entered since is gone; one that was taken out is back."""
    found = {name: dict(records) for name, records in rows.items()}
    empty = {name: dict.fromkeys(_columns(name)) for name in rows if name in Base.metadata.tables}
    back: set[str] = set()
    for (subject, id_), fields in were.items():
        if subject not in empty:
            continue
        records, blank = found[subject], empty[subject]
        if id_ not in records:
            back.add(subject)
        record: Row = dict(records.get(id_, blank))  # of one that was taken out, what it did not hold is in no Change
        record.update((name, was) for name, was in fields.items() if name in blank)
        records[id_] = record
        if None in fields.values() and not any(value is not None for value in record.values()):
            del records[id_]
    return {name: _in_order(name, records) if name in back else records for name, records in found.items()}
