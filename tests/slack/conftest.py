"""A workspace with Cadre in it, on the real registry."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from bot.app import create_app
from bot.registry import Registry
from bot.settings import Settings
from cadre.core.database import Database
from tests.slack.standin import StandIn, running
from tests.slack.workspace import SECRET, Workspace

SECRETARIAT = "sam@iccs.example.org"


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
