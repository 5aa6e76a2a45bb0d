"""The ground of all tables: naming, types, and the tables that every area uses."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, ClassVar, Final

from sqlalchemy import Boolean, Date, DateTime, Dialect, Float, ForeignKey, Index, Integer, MetaData, String, Text, UniqueConstraint
from sqlalchemy.orm import Composite, DeclarativeBase, Mapped, composite, mapped_column
from sqlalchemy.types import TypeDecorator

from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate


class Base(DeclarativeBase):
    """All tables. Constraints are named, because SQLite can change a table only by naming what it drops."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Audited:
    """A table whose every change is recorded, field by field, by the session itself (``cadre.core.changes``).

    ``told``: whether answers speak of it. What is kept in memory to answer from is read again when such a table changes.
    """

    told: ClassVar[bool] = True


class Immutable:
    """A table whose rows are only ever added: the session refuses to change one, or to take one out (``cadre.core.changes``)."""


class UtcDateTime(TypeDecorator[datetime]):
    """An instant, stored in UTC. Refuses a value without a zone: SQLite would silently read 09:00 in Winnipeg as 09:00 UTC."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To the database. Raises ValueError for a naive value."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant without a time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """From the database, with its zone."""
        return None if value is None else value.replace(tzinfo=UTC)


def key() -> Mapped[str]:
    """The primary key of a record: the ``id`` that the registry file, the Changes and the foreign keys all use."""
    return mapped_column(String(80), primary_key=True)


def ref(table: str, *, index: bool = True) -> Mapped[Any]:
    """A reference to a record of another table, by the table's name, so that no area imports one above it.

    Checked at commit: a council and its groups, or a whole registry file, may be written in any order. PostgreSQL locks there what is
    referred to, after the row that each transaction writes last (``State``): who locks a record of such a table beforehand does it with
    ``key_share``, which lets that pass, for else the two would wait for each other.
    """
    return mapped_column(String(80), ForeignKey(f"{table}.id", deferrable=True, initially="DEFERRED"), index=index)


def bilingual(name: str) -> Composite[Any]:
    """Three columns that are one text: ``name_en``, ``name_fr``, ``name_stale``."""
    return composite(
        Bilingual,
        mapped_column(f"{name}_en", Text, nullable=True),
        mapped_column(f"{name}_fr", Text, nullable=True),
        mapped_column(f"{name}_stale", String(2), nullable=True),
        return_none_on=lambda *columns: all(value is None for value in columns),
    )


def partial_date(name: str) -> Composite[Any]:
    """Three columns that are one date: its ISO text, and the first and last day that it may mean, which SQL compares."""
    return composite(
        PartialDate,
        mapped_column(f"{name}_text", String(10), nullable=True),
        mapped_column(f"{name}_first", Date, nullable=True, index=True, info={"derived": True}),
        mapped_column(f"{name}_last", Date, nullable=True, index=True, info={"derived": True}),
        return_none_on=lambda *columns: all(value is None for value in columns),
    )


class State(Base):
    """The one row about the registry itself."""

    __tablename__ = "registry_state"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    revision: Mapped[int] = mapped_column(Integer, default=0)
    """Raised by each transaction that changes a table that answers speak of: what is kept in memory knows by it that it is out of date."""
    clock_offset: Mapped[float] = mapped_column(Float, default=0.0)
    """Seconds that workspace time runs ahead of real time; other than 0 in a sandbox only."""
    sandbox: Mapped[bool] = mapped_column(Boolean, default=False)


STATE_ROW: Final = 1


class Change(Base):
    """One field of one record, before and after: who, when, and under which decision."""

    __tablename__ = "change"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    by: Mapped[str] = mapped_column(String(200))
    subject: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[str] = mapped_column(String(200))
    field: Mapped[str] = mapped_column(String(60))
    before: Mapped[str | None] = mapped_column(Text)
    after: Mapped[str | None] = mapped_column(Text)
    decision: Mapped[str | None] = mapped_column(String(80))
    __table_args__ = (Index("ix_change_subject", "subject", "subject_id", "field", "at"),)
    """Of one record; and, read from end to end, what each field held at a moment, without a look at the rows themselves."""


class Source(Audited, Base):
    """A document or page that facts come from. ``origin``: seed, public, ours, stated (by people, in Slack) or
    demonstration.
    """

    __tablename__ = "source"
    id: Mapped[str] = key()
    origin: Mapped[str] = mapped_column(String(20))
    title: Mapped[Bilingual] = bilingual("title")
    attested: Mapped[PartialDate | None] = partial_date("attested")
    url: Mapped[str | None] = mapped_column(Text)
    language: Mapped[str | None] = mapped_column(String(2))


class Excerpt(Audited, Base):
    """What a source holds that is no fact of its own: the headings and labels of the deck."""

    __tablename__ = "excerpt"
    id: Mapped[str] = key()
    source: Mapped[str] = ref("source")
    kind: Mapped[str] = mapped_column(String(20))
    number: Mapped[int] = mapped_column(Integer)
    wording: Mapped[Bilingual] = bilingual("wording")


class Term(Audited, Base):
    """A word or acronym that people ask about and that is no record of its own."""

    __tablename__ = "term"
    id: Mapped[str] = key()
    name: Mapped[Bilingual] = bilingual("name")
    definition: Mapped[Bilingual | None] = bilingual("definition")


NAMES: Final = {"aliases": "alias", "acronyms": "acronym"}
"""Fields of a record that hold other names of it, and their kind (``Alias``)."""


class Alias(Audited, Base):
    """Another name of a record. Not unique: SCGI is two groups. ``kind``: ``alias`` or ``acronym``."""

    __tablename__ = "alias"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    subject: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(10))
    language: Mapped[str] = mapped_column(String(2))
    text: Mapped[str] = mapped_column(String(300))
    __table_args__ = (UniqueConstraint("subject", "subject_id", "kind", "language", "text"),)


class Provenance(Audited, Base):
    """Where one fact comes from: a field of a record, or the record as a whole (``field`` = "record").

    ``standing``: stated, inferred, corrected or confirmed. ``words``: the source's own, never edited.
    """

    __tablename__ = "provenance"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    subject: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[str] = mapped_column(String(80))
    field: Mapped[str] = mapped_column(String(60))
    source: Mapped[str] = ref("source")
    standing: Mapped[str] = mapped_column(String(20))
    words: Mapped[str | None] = mapped_column(Text)
    note: Mapped[Bilingual | None] = bilingual("note")
    confirmed_by: Mapped[str | None] = mapped_column(String(200))
    confirmed_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (UniqueConstraint("subject", "subject_id", "field"),)


class SeenEvent(Base):
    """An event that some process has taken on: the unique (team, event) makes each be answered once, however often it is delivered."""

    __tablename__ = "seen_event"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    team: Mapped[str] = mapped_column(String(30))
    event: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    __table_args__ = (UniqueConstraint("team", "event"),)
