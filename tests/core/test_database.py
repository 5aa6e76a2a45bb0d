"""One call, one session, one transaction; and several at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from cadre.core.database import POOL, Database, connect, parse_url
from cadre.core.models import State
from cadre.core.reader import OPERATOR
from cadre.people.models import Person, Role


def people(session: Session) -> list[str]:
    return list(session.scalars(select(Person.id).order_by(Person.id)))


def add(session: Session, id_: str) -> str:
    session.add(Person(id=id_, name=id_.title()))
    return id_


def test_a_write_is_kept_and_gives_what_its_function_gives(database: Database) -> None:
    assert database.write(OPERATOR, add, "bev") == "bev"
    assert database.write(OPERATOR, add, id_="guy") == "guy"
    assert database.read(people) == ["bev", "guy"]


def test_a_read_keeps_nothing(database: Database) -> None:
    def add_and_look(session: Session) -> list[str]:
        add(session, "bev")
        session.flush()
        return people(session)

    assert database.read(add_and_look) == ["bev"]
    assert database.read(people) == []


def test_a_write_that_fails_keeps_nothing_and_says_why(database: Database) -> None:
    def fail(session: Session) -> None:
        add(session, "bev")
        session.flush()
        raise ArithmeticError("half way")

    with pytest.raises(ArithmeticError, match="half way"):
        database.write(OPERATOR, fail)
    assert database.read(people) == []
    database.write(OPERATOR, add, "bev")
    assert database.read(people) == ["bev"], "and the next one works"


def test_references_are_checked_at_the_end(database: Database) -> None:
    def role_first(session: Session, *ids: str) -> None:
        session.add(Role(id="r", person="bev", role="lead", group=None, priority="p"))
        session.flush()
        for id_ in ids:
            add(session, id_)

    with pytest.raises(IntegrityError):
        database.write(OPERATOR, role_first, "bev")
    assert database.read(people) == []


def test_what_was_read_may_be_used_after_the_session(database: Database) -> None:
    database.write(OPERATOR, add, "bev")
    found = database.read(lambda session: session.get_one(Person, "bev"))
    assert found.name == "Bev"


def test_the_session_knows_the_first_members_of_the_secretariat(sqlite_url: str) -> None:
    database = Database(sqlite_url, frozenset({"sam@example.org"}))
    assert database.read(lambda session: session.info["secretariat"]) == {"sam@example.org"}
    database.close()


def test_how_sqlite_is_opened(sqlite: Database) -> None:
    def pragmas(session: Session) -> list[object]:
        return [session.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")]

    assert sqlite.read(pragmas) == ["wal", 1, 1, 20_000]
    assert sqlite.write(OPERATOR, pragmas) == ["wal", 1, 1, 20_000]


@pytest.mark.postgres
def test_how_postgresql_is_opened(postgres_url: str) -> None:
    database = Database(postgres_url)
    assert database.read(lambda session: session.scalar(text("SHOW timezone"))) == "UTC"
    database.close()


def test_readers_do_not_wait_for_a_writer(database: Database) -> None:
    database.write(OPERATOR, add, "bev")
    written, looked = Event(), Event()

    def slow(session: Session) -> None:
        add(session, "guy")
        session.flush()
        written.set()
        assert looked.wait(5), "the readers waited for the writer"

    with ThreadPoolExecutor(POOL) as threads:
        writing = threads.submit(database.write, OPERATOR, slow)
        assert written.wait(5)
        reading = [threads.submit(database.read, people) for _ in range(POOL - 1)]
        assert [each.result(4) for each in reading] == [["bev"]] * (POOL - 1)
        looked.set()
        writing.result(5)
    assert database.read(people) == ["bev", "guy"]


def test_a_reader_sees_one_state_of_the_registry(sqlite: Database) -> None:
    """SQLite's own: PostgreSQL reads what is committed, statement by statement."""

    def look_twice(session: Session) -> tuple[list[str], list[str]]:
        before = people(session)
        with ThreadPoolExecutor(1) as thread:
            thread.submit(sqlite.write, OPERATOR, add, "bev").result(5)
        return before, people(session)

    assert sqlite.read(look_twice) == ([], [])
    assert sqlite.read(people) == ["bev"]


def test_two_who_read_and_then_write_do_not_fail(database: Database) -> None:
    start = Barrier(2)

    def read_then_write(session: Session, name: str) -> int:
        known = session.scalars(select(func.count(Person.id))).one()
        add(session, f"{name}-{known:03}")
        return known

    def many(name: str) -> list[int]:
        start.wait(5)
        return [database.write(OPERATOR, read_then_write, name) for _ in range(15)]

    with ThreadPoolExecutor(2) as threads:
        counts = [count for each in threads.map(many, ("bev", "guy")) for count in each]
    assert len(database.read(people)) == 30
    assert database.read(lambda session: session.scalars(select(State.revision)).one()) == 30
    if database.engine.dialect.name == "sqlite":
        assert sorted(counts) == list(range(30)), "one after the other"


@pytest.mark.parametrize(
    ("address", "read_as"),
    [
        ("sqlite:///registry.sqlite", "sqlite:///registry.sqlite"),
        ("sqlite:////srv/registry.sqlite", "sqlite:////srv/registry.sqlite"),
        ("postgresql://u:p@db/cadre", "postgresql+psycopg://u:p@db/cadre"),
        ("postgres://u:p@db:5433/cadre?sslmode=require", "postgresql+psycopg://u:p@db:5433/cadre?sslmode=require"),
        ("postgresql+psycopg://db/cadre", "postgresql+psycopg://db/cadre"),
    ],
)
def test_addresses(address: str, read_as: str) -> None:
    assert parse_url(address).render_as_string(hide_password=False) == read_as


@pytest.mark.parametrize("read", [parse_url, connect])
@pytest.mark.parametrize(
    "address", ["", "registry.sqlite", "/srv/registry.sqlite", "mysql://db/cadre", "https://db", "postgresql://db:port/x"]
)
def test_what_is_no_address_is_refused(read: Callable[[str], object], address: str) -> None:
    with pytest.raises(ValueError, match=r"not a database address|neither sqlite nor postgresql|invalid literal"):
        read(address)


@pytest.mark.parametrize(
    "address", ["sqlite+nothing:///a", "postgresql+nothing://db/a", "postgresql+psycopg2://db/a", "sqlite+aiosqlite:///a"]
)
def test_a_driver_that_is_not_there_is_named(address: str) -> None:
    with pytest.raises(ValueError, match=r"no driver for \w+\+\w+"):
        connect(address)


def test_a_refusal_does_not_show_the_password() -> None:
    for address in ("mysql://u:secret@db/cadre", "u:secret@db/cadre", "postgresql+nothing://u:secret@db/a"):
        with pytest.raises(ValueError, match=r"database|sqlite|driver") as refused:
            connect(address)
        assert "secret" not in str(refused.value)
