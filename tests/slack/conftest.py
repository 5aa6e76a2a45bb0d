"""A workspace with Cadre in it, on the real registry."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest

from bot.app import create_app
from bot.registry import Registry
from bot.settings import Settings
from cadre.core.database import Database
from cadre.core.reader import OPERATOR
from cadre.exchange.seed import real_registry
from cadre.exchange.service import import_file
from tests.postgres import server
from tests.slack.standin import StandIn, running
from tests.slack.workspace import SECRET, Workspace

FILLED = "filled"
SECRETARIAT = "sam@iccs.example.org"


@pytest.fixture(scope="session")
def filled_sqlite(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the real registry, to copy from."""
    path = Path(shutil.copy(migrated_sqlite, tmp_path_factory.mktemp("filled") / "filled.sqlite"))
    _fill(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def filled_postgres(migrated_postgres: server.Server) -> server.Server:
    """The server, with such a database to copy from."""
    migrated_postgres.execute(f"CREATE DATABASE {FILLED} TEMPLATE migrated")
    _fill(migrated_postgres.url(FILLED))
    return migrated_postgres


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def registry_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The real registry: the test runs once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        yield f"sqlite:///{shutil.copy(request.getfixturevalue('filled_sqlite'), tmp_path / 'registry.sqlite')}"
    else:
        with request.getfixturevalue("filled_postgres").database(FILLED) as url:
            yield url


@pytest.fixture
async def slack() -> AsyncIterator[StandIn]:
    """Slack's Web API."""
    async with running(StandIn()) as stand_in:
        yield stand_in


@pytest.fixture
def database(registry_url: str) -> Iterator[Database]:
    """The registry, with one member of the secretariat named in the settings."""
    database = Database(registry_url, frozenset({SECRETARIAT}))
    yield database
    database.close()


@pytest.fixture
def settings(slack: StandIn, registry_url: str) -> Settings:
    """As the environment would give them."""
    return Settings.model_validate(
        {
            "CADRE_DATABASE_URL": registry_url,
            "SLACK_BOT_TOKEN": "xoxb-test",
            "SLACK_SIGNING_SECRET": SECRET,
            "SLACK_API_URL": slack.api,
            "CADRE_SECRETARIAT": SECRETARIAT,
        }
    )


@pytest.fixture
async def workspace(settings: Settings, database: Database, slack: StandIn) -> AsyncIterator[Workspace]:
    """The workspace, with Cadre running in it."""
    registry = Registry(database)
    _, web = create_app(settings, registry)
    transport = httpx.ASGITransport(app=web)
    async with web.router.lifespan_context(web), httpx.AsyncClient(transport=transport, base_url="http://cadre") as client:
        made = Workspace(client, slack, web.state.door)
        made.join("U0MARIE", "Marie Roy", locale="fr-CA")
        made.join("U0ANNE", "Anne Lee")
        made.join("U0SAM", "Sam Okafor", email=SECRETARIAT)
        yield made
    registry.close()


def _fill(url: str) -> None:
    database = Database(url)
    database.write(OPERATOR, import_file, real_registry())
    database.close()
