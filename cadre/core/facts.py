"""Records as frozen facts: what a service hands out instead of rows of the session."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.core.models import Base

F = TypeVar("F")


def load(session: Session, model: type[Base], facts: type[F]) -> tuple[F, ...]:
    """All records of a table as ``facts``, a frozen dataclass whose fields are named like the model's attributes; in order of id.

    Read from the table, not through the model: the terminal would wait for the mapper longer than for the answer.
    """
    assert dataclasses.is_dataclass(facts)
    table = model.__table__
    read = [_reading(table.c, field.name) for field in dataclasses.fields(facts)]
    rows = session.execute(select(table.c.id, *(column for columns, _ in read for column in columns)))
    ordered = sorted(rows, key=lambda row: row[0])  # here, not in the database: each has its own idea of the order of letters
    return tuple(facts(*_values(row[1:], read)) for row in ordered)


def of_row(row: Base, facts: type[F]) -> F:
    """One record that is at hand, as facts: fields are named like the model's attributes."""
    assert dataclasses.is_dataclass(facts)
    return facts(**{field.name: getattr(row, field.name) for field in dataclasses.fields(facts)})


def _reading(columns: Any, name: str) -> tuple[list[Any], Callable[..., Any] | None]:
    """The columns that a field stands in, and what puts them together: one is taken as it is."""
    if f"{name}_en" in columns:
        return [columns[f"{name}_{part}"] for part in ("en", "fr", "stale")], Bilingual
    if f"{name}_text" in columns:
        return [columns[f"{name}_{part}"] for part in ("text", "first", "last")], PartialDate
    return [columns[name]], None


def _values(row: Sequence[Any], read: list[tuple[list[Any], Callable[..., Any] | None]]) -> Iterator[Any]:
    at = 0
    for columns, made in read:
        parts = row[at : at + len(columns)]
        at += len(columns)
        yield parts[0] if made is None else None if all(part is None for part in parts) else made(*parts)


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """A document or page that facts come from."""

    id: str
    origin: str
    title: Bilingual
    attested: PartialDate | None
    url: str | None


@dataclass(frozen=True, slots=True)
class TermFacts:
    """A word that people ask about and that is no record of its own."""

    id: str
    name: Bilingual
    definition: Bilingual | None


@dataclass(frozen=True, slots=True)
class AliasFacts:
    """Another name of a record."""

    subject: str
    subject_id: str
    kind: str
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class ProvenanceFacts:
    """Where one fact comes from, and how sure it is."""

    subject: str
    subject_id: str
    field: str
    source: str
    standing: str
    words: str | None
    note: Bilingual | None
    confirmed_on: date | None

    @property
    def doubtful(self) -> bool:
        """Read otherwise than written, or by reasoning: says "to be confirmed" where it is asked about."""
        return self.standing in ("inferred", "corrected")


def by_id(facts: tuple[F, ...]) -> dict[str, F]:
    """Facts by their id."""
    return {fact.id: fact for fact in facts}  # type: ignore[attr-defined]  # those that have one


def names(name: Bilingual) -> Iterator[tuple[str, str]]:
    """The languages in which a name is written, and the name."""
    if name.en:
        yield "en", name.en
    if name.fr:
        yield "fr", name.fr
