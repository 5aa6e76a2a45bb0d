"""The registry of a sandbox: made and marked when it begins, and put back as it was when it is reset."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, inspect, select, update
from sqlalchemy.engine import URL
from sqlalchemy.orm import Session

from bot.revision import behind
from bot.sandbox.workspace import TEAM, User
from bot.settings import Unready
from cadre.core import sandbox, schema
from cadre.core.clock import real
from cadre.core.database import Database
from cadre.core.errors import Message
from cadre.core.models import STATE_ROW, Provenance, Source, State
from cadre.core.reader import OPERATOR, Actor
from cadre.exchange import seed
from cadre.exchange.service import import_file
from cadre.people import service as people
from cadre.people.rules import SlackProfile


@dataclass(frozen=True, slots=True)
class Acting:
    """Who a user is in the registry. ``invented``: their record belongs to the demonstration."""

    person: str
    name: str
    roles: tuple[str, ...]
    invented: bool


def prepared(url: str | URL, text: str | bytes) -> Database:
    """A sandbox's registry: the one that is there and marked, else a new one that holds a registry file and the demonstration.

    Raises Unready for a registry that no sandbox made, InvalidFile for a broken file.
    """
    database = Database(url)
    try:
        if inspect(database.engine).get_table_names():
            _require_own(database)
        else:
            make(database, text)
    except BaseException:
        database.close()
        raise
    return database


def make(database: Database, text: str | bytes) -> None:
    """Fill an empty database, and mark it. The mark comes first: a sandbox that broke off in the middle is one all the same."""
    schema.upgrade(database.engine)
    database.write(OPERATOR, sandbox.mark)
    database.write(OPERATOR, import_file, text)
    database.write(OPERATOR, import_file, seed.demonstration(real().date()))


def _require_own(database: Database) -> None:
    problem = behind(schema.revision(database.engine))
    if problem:
        raise Unready([problem])
    if not database.read(sandbox.sandboxed):
        raise Unready([Message("This registry was not made for a sandbox, and a sandbox leaves it alone. Name a new one with --database.")])


def introduce(session: Session, users: Iterable[User]) -> None:
    """Let Cadre know the users whose confirmed address a record of the registry has."""
    for user in users:
        people.identify(session, SlackProfile(TEAM, user.id, user.name, user.email, email_confirmed=True))


def acting(session: Session) -> dict[str, Acting]:
    """Who the users of the workspace are, as far as the registry knows."""
    invented = select(Provenance.subject_id).join(Source, Source.id == Provenance.source)
    invented = invented.where(Provenance.subject == "person", Provenance.field == "record", Source.origin == "demonstration")
    ids = set(session.scalars(invented))
    return {
        user: Acting(known.person, people.person_name_of(session, TEAM, user) or "", tuple(sorted(known.roles)), known.person in ids)
        for user, known in people.identities(session, TEAM).items()
        if known.person
    }


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All rows of all tables at one moment."""

    rows: tuple[tuple[Any, tuple[dict[str, Any], ...]], ...]

    @classmethod
    def take(cls, database: Database) -> Snapshot:
        """As the registry is now."""
        with database.engine.connect() as connection:
            tables = schema.metadata().sorted_tables
            return cls(tuple((table, tuple(dict(row._mapping) for row in connection.execute(select(table)))) for table in tables))  # noqa: SLF001  # its documented name

    def restore(self, session: Session) -> None:
        """Put it back. Raises Forbidden on a registry that no sandbox made. The revision goes on: what is kept in memory is read anew."""
        sandbox.set_clock(session, 0.0)
        revision = session.scalars(select(State.revision).where(State.id == STATE_ROW)).one()
        connection = session.connection()
        for table, _ in reversed(self.rows):
            connection.execute(table.delete())
        for table, rows in self.rows:
            if rows:
                connection.execute(insert(table), list(rows))
        connection.execute(update(State).values(revision=revision + 1, clock_offset=0.0))


SANDBOX = Actor("sandbox")
