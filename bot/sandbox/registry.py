"""The registry of a sandbox: made and marked when it begins, and put back as it was when it is reset."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, delete, func, inspect, select, update
from sqlalchemy.engine import URL
from sqlalchemy.orm import Session

from bot.revision import behind
from bot.sandbox.cast import GENERAL
from bot.sandbox.mail import OWN
from bot.sandbox.slack.workspace import TEAM, User
from bot.settings import Unready
from cadre.calls import demonstration as calls
from cadre.core import sandbox, schema
from cadre.core.clock import real
from cadre.core.database import Database
from cadre.core.errors import Message
from cadre.core.models import STATE_ROW, Change, Provenance, Source, State
from cadre.core.reader import OPERATOR, Actor
from cadre.decisions import demonstration as decisions
from cadre.exchange import seed
from cadre.exchange.service import import_file
from cadre.framework import demonstration as framework
from cadre.meetings import demonstration as meetings
from cadre.oversight import demonstration as oversight
from cadre.people import service as people
from cadre.people.rules import SlackProfile
from cadre.workplans import demonstration as workplans


@dataclass(frozen=True, slots=True)
class Acting:
    """Who a user is in the registry. ``invented``: their record belongs to the demonstration."""

    person: str
    name: str
    roles: tuple[str, ...]
    invented: bool


def prepared(url: str | URL, text: str | bytes, *, new: bool = False) -> Database:
    """A sandbox's registry: the one that is there and marked, else a new one that holds a registry file and the demonstration.

    ``new``: it must be a new one. Raises Unready for a registry that no sandbox made, InvalidFile for a broken file.
    """
    database = Database(url, mailbox=OWN.reply_to.addr_spec)
    try:
        if inspect(database.engine).get_table_names():
            _require_own(database)
            if new:
                raise Unready([Message("This sandbox has a registry already. Leave out --seed, or name a new one with --database.")])
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
    database.write(OPERATOR, workplans.populate, real().date())
    database.write(OPERATOR, calls.populate, real().date(), [GENERAL])
    database.write(OPERATOR, meetings.populate, real().date())
    database.write(OPERATOR, oversight.populate, real().date())
    database.write(OPERATOR, decisions.populate, real().date())
    database.write(OPERATOR, framework.populate)


def _require_own(database: Database) -> None:
    found = schema.revision(database.engine)
    if found is None or not database.read(sandbox.sandboxed):
        raise Unready([Message("This registry was not made for a sandbox, and a sandbox leaves it alone. Name a new one with --database.")])
    problem = behind(found)
    if problem:
        raise Unready([problem])


def introduce(session: Session, users: Iterable[User]) -> None:
    """Let Cadre know the users whose confirmed address a record of the registry has."""
    for user in users:
        people.identify(session, _profile(user))


def _profile(user: User) -> SlackProfile:
    return SlackProfile(TEAM, user.id, user.name, user.email, email_confirmed=True, locale=user.locale, zone=user.tz)


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
    """All rows of all tables at one moment, as the driver has them."""

    rows: tuple[tuple[Table, tuple[tuple[Any, ...], ...]], ...]
    changes: int
    """The newest Change. They are most of what a registry holds, and only ever added to."""

    @classmethod
    def take(cls, session: Session) -> Snapshot:
        """As the registry is now."""
        connection = session.connection()
        tables = [table for table in schema.metadata().sorted_tables if table is not Change.__table__]
        newest = session.scalar(select(func.max(Change.id))) or 0
        return cls(tuple((table, _rows(connection, table)) for table in tables), newest)

    def restore(self, session: Session, offset: float) -> None:
        """Put it back, with a clock that runs ``offset`` seconds ahead. The revision goes on: what is kept in memory is read anew.

        Raises Forbidden on a registry that no sandbox made.
        """
        sandbox.set_clock(session, offset)
        revision = session.scalars(select(State.revision).where(State.id == STATE_ROW)).one()
        connection = session.connection()
        connection.execute(delete(Change).where(Change.id > self.changes))
        for table, _ in reversed(self.rows):
            connection.execute(table.delete())
        place = "?" if connection.dialect.paramstyle == "qmark" else "%s"
        for table, rows in self.rows:
            if rows:
                name, columns = _quoted(connection, table)
                places = ", ".join(place for _ in table.columns)
                connection.exec_driver_sql(f"INSERT INTO {name} ({columns}) VALUES ({places})", list(rows))  # noqa: S608  # names of our own tables
        connection.execute(update(State).values(revision=revision + 1, clock_offset=offset))


def _rows(connection: Connection, table: Table) -> tuple[tuple[Any, ...], ...]:
    name, columns = _quoted(connection, table)
    found = connection.exec_driver_sql(f"SELECT {columns} FROM {name}").all()  # noqa: S608  # as above
    return tuple(tuple(row) for row in found)


def _quoted(connection: Connection, table: Table) -> tuple[str, str]:
    """Its name and its columns as SQL writes them: a group's table is called like a word of SQL."""
    quote = connection.dialect.identifier_preparer.quote
    return quote(table.name), ", ".join(quote(column.name) for column in table.columns)


SANDBOX = Actor("sandbox")
