"""The two databases that every test of the registry runs on."""

from __future__ import annotations

import asyncio
import gc
import os
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Final

import pytest
import pytest_asyncio
import uvloop

from cadre.core import clock, sandbox, schema
from cadre.core.database import Database, connect
from cadre.core.reader import OPERATOR
from cadre.exchange.seed import demonstration, real_registry
from cadre.exchange.service import import_file
from tests import compiled
from tests.postgres import server
from tests.workspace import Workspace, running

REQUIRE = "CADRE_REQUIRE_POSTGRES"
TEMPLATE = "migrated"
FILLED = "filled"
SANDBOX = "sandbox"
SUNDAY: Final = "2027-01-10T12:00"
"""When tests of what comes by itself begin, in UTC: the next day is the first on which anybody works."""
AUTUMN: Final = date(2026, 11, 29)
"""The day of their demonstration: whatever day it really is, its next meeting lies before that winter."""
SECRETARIAT = "sam@iccs.example.org"
"""Whom the settings name as a member of the secretariat."""


DATABASES: Final = ("sqlite", pytest.param("postgres", marks=pytest.mark.postgres))

compiled.share()


def pytest_asyncio_loop_factories() -> dict[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Tests run on the loop that the product runs on."""
    return {"uvloop": uvloop.new_event_loop}


def pytest_collection_finish() -> None:
    """What is loaded by now stays: the collector would look through it again and again, for a fifth of all the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(scope="session")
def postgres() -> Iterator[server.Server]:
    """A PostgreSQL server of this process. Without PostgreSQL the test is skipped, or fails where it is required."""
    folder = server.programs()
    if folder is None:
        reason = f"no PostgreSQL {server.OLDEST} or newer is installed"
        if os.environ.get(REQUIRE):
            pytest.fail(f"{reason}, and {REQUIRE} is set")
        pytest.skip(reason)
    with server.running(folder) as started:
        yield started


@pytest.fixture(scope="session")
def migrated_postgres(postgres: server.Server) -> server.Server:
    """The same, with a database to copy from."""
    postgres.execute(f"CREATE DATABASE {TEMPLATE}")
    migrate(postgres.url(TEMPLATE))
    return postgres


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file to copy from."""
    path = tmp_path_factory.mktemp("sqlite") / "migrated.sqlite"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """An empty registry on SQLite."""
    path = shutil.copy(migrated_sqlite, tmp_path / "registry.sqlite")
    return f"sqlite:///{path}"


@pytest.fixture
def postgres_url(migrated_postgres: server.Server) -> Iterator[str]:
    """An empty registry on PostgreSQL."""
    with migrated_postgres.database(TEMPLATE) as url:
        yield url


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty registry: the test runs once on SQLite and once on PostgreSQL."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(params=DATABASES)
def bare_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database that was never migrated, on either."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'bare.sqlite'}"
    else:
        running: server.Server = request.getfixturevalue("postgres")
        with running.database() as url:
            yield url


@pytest.fixture(scope="session")
def templates() -> dict[tuple[str, str], str]:
    """The registries that were filled to be copied: by database and name."""
    return {}


def template(request: pytest.FixtureRequest, database: str, name: str, fill_: Callable[[str], None], *, of: str = TEMPLATE) -> str:
    """A registry that is filled once for all tests: its file, or its name. ``fill_`` is given the address of one that is empty, or as
    ``of`` says: with the real registry in it, or a sandbox's.
    """
    made: dict[tuple[str, str], str] = request.getfixturevalue("templates")
    if (database, name) in made:
        return made[database, name]
    base = request.getfixturevalue(f"{of}_{database}")
    if database == "sqlite":
        made[database, name] = str(shutil.copy(base, request.getfixturevalue("tmp_path_factory").mktemp(name) / "template.sqlite"))
        fill_(f"sqlite:///{made[database, name]}")
    else:
        base.execute(f"CREATE DATABASE {name} TEMPLATE {of} STRATEGY file_copy")
        made[database, name] = name
        fill_(base.url(name))
    return made[database, name]


@contextmanager
def copied(request: pytest.FixtureRequest, database: str, name: str, fill_: Callable[[str], None], *, of: str = TEMPLATE) -> Iterator[str]:
    """The address of a copy, for each test, of a registry that was filled once (see ``template``): filling it takes a tenth of a second."""
    made = template(request, database, name, fill_, of=of)
    if database == "sqlite":
        yield f"sqlite:///{shutil.copy(made, request.getfixturevalue('tmp_path') / 'registry.sqlite')}"
        return
    running_: server.Server = request.getfixturevalue("migrated_postgres")
    with running_.database(made) as url:
        yield url


def prepared(request: pytest.FixtureRequest, database: str, name: str, fill_: Callable[[str], None], *, of: str = TEMPLATE) -> str:
    """The address of a registry that tests share which only read: the template itself, of which then no copies are made."""
    made = template(request, database, name, fill_, of=of)
    return f"sqlite:///{made}" if database == "sqlite" else str(request.getfixturevalue("migrated_postgres").url(made))


def migrate(url: str) -> None:
    """Bring a database to the newest revision."""
    engine = connect(url)
    schema.upgrade(engine)
    engine.dispose()


@pytest.fixture(scope="session")
def filled_sqlite(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the real registry, to copy from."""
    path = Path(shutil.copy(migrated_sqlite, tmp_path_factory.mktemp("filled") / "filled.sqlite"))
    fill(f"sqlite:///{path}", real_registry())
    return path


@pytest.fixture(scope="session")
def filled_postgres(migrated_postgres: server.Server) -> server.Server:
    """The server, with such a database to copy from."""
    migrated_postgres.execute(f"CREATE DATABASE {FILLED} TEMPLATE migrated")
    fill(migrated_postgres.url(FILLED), real_registry())
    return migrated_postgres


@pytest.fixture(params=DATABASES)
def registry_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The real registry: the test runs once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        yield f"sqlite:///{shutil.copy(request.getfixturevalue('filled_sqlite'), tmp_path / 'registry.sqlite')}"
    else:
        with request.getfixturevalue("filled_postgres").database(FILLED) as url:
            yield url


@pytest.fixture(scope="session")
def sandbox_sqlite(filled_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with a sandbox's registry, to copy from."""
    path = Path(shutil.copy(filled_sqlite, tmp_path_factory.mktemp("sandbox") / "sandbox.sqlite"))
    make_sandbox(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def sandbox_postgres(filled_postgres: server.Server) -> server.Server:
    """The server, with such a database to copy from."""
    filled_postgres.execute(f"CREATE DATABASE {SANDBOX} TEMPLATE {FILLED}")
    make_sandbox(filled_postgres.url(SANDBOX))
    return filled_postgres


@pytest.fixture(params=DATABASES)
def sandbox_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A sandbox's registry: the real one and the demonstration. The test runs once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        yield f"sqlite:///{shutil.copy(request.getfixturevalue('sandbox_sqlite'), tmp_path / 'sandbox.sqlite')}"
    else:
        with request.getfixturevalue("sandbox_postgres").database(SANDBOX) as url:
            yield url


@contextmanager
def registry_for_many(request: pytest.FixtureRequest, database: str) -> Iterator[str]:
    """A sandbox's registry that outlives a test, on SQLite or PostgreSQL: its address."""
    if database == "sqlite":
        folder = request.getfixturevalue("tmp_path_factory").mktemp("lasting")
        yield f"sqlite:///{shutil.copy(request.getfixturevalue('sandbox_sqlite'), folder / 'sandbox.sqlite')}"
    else:
        with request.getfixturevalue("sandbox_postgres").database(SANDBOX) as url:
            yield url


def _lasting(name: str, database: str, today: date | None = None, **how: Any) -> Any:
    """A fixture: a workspace for all tests, for to start over takes a third of what it takes to begin and end. Its worker never rests.

    ``today``: of which its demonstration is.
    """

    @pytest_asyncio.fixture(scope="session")
    async def lasting(request: pytest.FixtureRequest) -> AsyncIterator[Workspace]:
        url = prepared(request, database, name, partial(make_sandbox, today=today), of=FILLED)
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr("bot.delivery.planning.REST", 0)
            async with running(url, **how) as made:
                yield made

    return lasting


still_sqlite, still_postgres = (_lasting("still", each, secretariat=frozenset({SECRETARIAT})) for each in ("sqlite", "postgres"))
busy_sqlite, busy_postgres = (_lasting("busy", each, AUTUMN, duties=None, at=SUNDAY) for each in ("sqlite", "postgres"))


@pytest.fixture(params=DATABASES)
def still(request: pytest.FixtureRequest) -> Workspace:
    """A workspace in which nothing comes by itself. The test runs once on SQLite and once on PostgreSQL."""
    made: Workspace = request.getfixturevalue(f"still_{request.param}")
    return made


@pytest.fixture
def busy(request: pytest.FixtureRequest) -> Workspace:
    """A workspace in which notices come as the days do, from a Sunday in winter; on SQLite where a test asks for nothing else."""
    made: Workspace = request.getfixturevalue(f"busy_{getattr(request, 'param', 'sqlite')}")
    return made


one_database = pytest.mark.parametrize("still", ["sqlite"], indirect=True)
"""A test in the workspace of what does not depend on the database."""
one_registry = pytest.mark.parametrize("sandbox_url", ["sqlite"], indirect=True)
"""The same, in a workspace of its own."""
both_databases = pytest.mark.parametrize("busy", DATABASES, indirect=True)
"""A test among busy ones of what does."""


@pytest_asyncio.fixture
async def fresh_workspace(sandbox_url: str) -> AsyncIterator[Workspace]:
    """A workspace of the test's own, where Cadre itself is another than usual, or must not remember anything."""
    async with running(sandbox_url, secretariat=frozenset({SECRETARIAT})) as made:
        yield made


@pytest_asyncio.fixture
async def workspace(still: Workspace) -> Workspace:
    """A workspace with Cadre in it, as at the start."""
    await still.start_over()
    return still


def make_sandbox(url: str, today: date | None = None) -> None:
    """Make a sandbox's registry of one that holds the real one: of a day, else of the real one."""
    with closing(Database(url)) as database:
        database.write(OPERATOR, sandbox.mark)
        database.write(OPERATOR, import_file, demonstration(today or clock.real().date()))


def fill(url: str, text: str) -> None:
    """Take a registry file into a database."""
    with closing(Database(url)) as database:
        database.write(OPERATOR, import_file, text)
