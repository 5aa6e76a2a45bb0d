"""The way to the registry: one call, one session, one transaction."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, update
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import QueuePool

from cadre.core.changes import RegistrySession
from cadre.core.models import STATE_ROW, State
from cadre.core.reader import Actor

P = ParamSpec("P")
T = TypeVar("T")

POOL: Final = 8
"""Connections, and threads of the bot's executor."""
_BUSY_SECONDS: Final = 20
_STATE: Final = f"SELECT revision, clock_offset, sandbox FROM {State.__tablename__} WHERE id = {STATE_ROW}"  # noqa: S608  # both are constants


def parse_url(text: str) -> URL:
    """A database address: ``sqlite:///path`` or ``postgresql://…`` (the driver is ours to name). Raises ValueError for others."""
    try:
        url = make_url(text)
    except ArgumentError as problem:
        raise ValueError("not a database address") from problem
    if url.drivername in ("postgres", "postgresql"):
        url = url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise ValueError(f"{url.get_backend_name()} is neither sqlite nor postgresql")
    return url


def connect(url: str | URL) -> Engine:
    """An engine for either database. SQLite: write-ahead log, foreign keys kept, and transactions that we begin ourselves."""
    address = parse_url(url) if isinstance(url, str) else url
    try:
        if address.get_backend_name() == "postgresql":
            return create_engine(
                address,
                pool_size=POOL,
                max_overflow=0,
                pool_pre_ping=True,
                hide_parameters=True,
                connect_args={"options": "-c timezone=UTC"},
            )
        engine = create_engine(
            address,
            poolclass=QueuePool,
            hide_parameters=True,
            pool_size=POOL,
            max_overflow=0,
            connect_args={"isolation_level": None, "timeout": _BUSY_SECONDS, "check_same_thread": False},
        )
    except (NoSuchModuleError, ImportError) as problem:
        raise ValueError(f"no driver for {address.drivername}") from problem
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, record: object) -> None:
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=NORMAL"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """A transaction that reads and then writes fails at once in SQLite, whatever the timeout: writers say so from the start."""
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")


class Database:
    """The registry, for synchronous callers: the terminal, migrations, tests, and the bot's executor.

    ``secretariat``: verified e-mail addresses of the first secretariat members, who need no confirmed role to act as such; ``mailbox``: the
    address at which the secretariat reads what people write to it.
    """

    def __init__(self, url: str | URL, secretariat: frozenset[str] = frozenset(), mailbox: str | None = None) -> None:
        self.engine = connect(url)
        self._secretariat = secretariat
        self._mailbox = mailbox
        reads = {"isolation_level": "REPEATABLE READ"} if self.engine.name == "postgresql" else {}
        self._reading = sessionmaker(self.engine.execution_options(**reads), class_=RegistrySession, expire_on_commit=False)
        self._brief = self.engine.execution_options(writes=True)
        self._writing = sessionmaker(self.engine.execution_options(writes=True), class_=RegistrySession, expire_on_commit=False)

    def read(self, fn: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call ``fn(session, …)`` in a transaction that is rolled back, and return what it returned."""
        with self._reading() as session:
            self._open(session)
            return fn(session, *args, **kwargs)

    def write(self, by: Actor, fn: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call ``fn(session, …)`` as ``by`` and commit; roll back and raise if it raises. ``by`` is who the Changes will name."""
        with self._writing.begin() as session:
            self._open(session)
            session.info["actor"] = by
            result = fn(session, *args, **kwargs)
            session.flush()
            for step in session.info.get("at_end", {}).values():
                step(session)
            if session.info.get("changed"):
                session.execute(update(State).where(State.id == STATE_ROW).values(revision=State.revision + 1))
            return result

    def briefly(self, fn: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call ``fn(connection, …)`` in a transaction of plain statements, without a session, for what is done thousands of times.

        Nothing that is audited may be changed in it, and it knows neither who acts nor what time the workspace has.
        """
        with self._brief.begin() as connection:
            return fn(connection, *args, **kwargs)

    def _open(self, session: Session) -> None:
        # By hand, because each question begins with it: SQLAlchemy would take longer to build this statement than to run it.
        state = session.connection().exec_driver_sql(_STATE).one()
        session.info.update(
            revision=state.revision,
            clock_offset=state.clock_offset,
            sandbox=bool(state.sandbox),
            secretariat=self._secretariat,
            mailbox=self._mailbox,
        )

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()
