"""What Prometheus is told at /metrics, and who may ask."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from starlette.applications import Starlette

from bot.registry import Registry
from bot.settings import Settings
from bot.web import metrics
from cadre.core.database import Database
from cadre.notices.service import Counts

TOKEN = "a-token-that-nobody-guesses"


@pytest.fixture
async def registry(database_url: str) -> AsyncIterator[Registry]:
    made = Registry(Database(database_url))
    yield made
    made.close()


async def asked(registry: Registry, client: str = "127.0.0.1", token: str = "", **headers: str) -> httpx.Response:
    """What somebody at an address is answered."""
    settings = Settings.model_validate({"CADRE_METRICS_TOKEN": token})
    app = Starlette(routes=[metrics.route(registry, settings)])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app, client=(client, 1)), base_url="http://cadre", verify=False) as asking:
        return await asking.get("/metrics", headers={name.replace("_", "-").encode(): value.encode() for name, value in headers.items()})


def told(response: httpx.Response) -> dict[str, float]:
    return {
        sample.name: sample.value
        for family in text_string_to_metric_families(response.text)
        for sample in family.samples
        if sample.name.startswith("cadre_") and not sample.name.endswith("_created")
    }


async def test_an_empty_registry_has_nothing_to_send(registry: Registry) -> None:
    response = await asked(registry)
    assert response.headers["content-type"].startswith("text/plain")
    assert told(response) == {
        "cadre_notices_due": 0,
        "cadre_notices_sent_total": 0,
        "cadre_notices_skipped_total": 0,
        "cadre_notices_failed": 0,
        "cadre_notices_lag_seconds": 0,
    }


async def test_it_tells_what_the_registry_says_at_that_moment(registry: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    for due in (3, 2):
        now = Counts(due=due, sent=40, skipped=5, failed=1, lag_seconds=61.5)
        monkeypatch.setattr("bot.web.metrics.service.counts", lambda _, now=now: now)
        said = told(await asked(registry))
        assert said == {
            "cadre_notices_due": due,
            "cadre_notices_sent_total": 40,
            "cadre_notices_skipped_total": 5,
            "cadre_notices_failed": 1,
            "cadre_notices_lag_seconds": 61.5,
        }


async def test_the_process_itself_is_measured_too(registry: Registry) -> None:
    assert "process_cpu_seconds_total" in (await asked(registry)).text


@pytest.mark.parametrize("client", ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"])
@pytest.mark.parametrize("token", ["", TOKEN])
async def test_this_computer_may_ask(registry: Registry, client: str, token: str) -> None:
    assert (await asked(registry, client, token)).status_code == 200


@pytest.mark.parametrize("client", ["10.0.0.7", "192.0.2.1", "2001:db8::1", "localhost.example.org"])
async def test_another_computer_may_not_ask_where_there_is_no_token(registry: Registry, client: str) -> None:
    response = await asked(registry, client, authorization="Bearer ")
    assert (response.status_code, response.text) == (401, "")


@pytest.mark.parametrize("name", ["x_forwarded_for", "forwarded", "via"])
async def test_what_a_proxy_on_this_computer_passes_on_comes_from_elsewhere(registry: Registry, name: str) -> None:
    assert (await asked(registry, **{name: "192.0.2.1"})).status_code == 401


@pytest.mark.parametrize(
    ("given", "status"),
    [
        (f"Bearer {TOKEN}", 200),
        (f"bearer {TOKEN}", 200),
        (f"Bearer {TOKEN}x", 401),
        (f"Basic {TOKEN}", 401),
        (TOKEN, 401),
        ("Bearer", 401),
        ("Bearer é", 401),
    ],
)
async def test_another_computer_needs_the_token(registry: Registry, given: str, status: int) -> None:
    assert (await asked(registry, "192.0.2.1", TOKEN, authorization=given)).status_code == status


async def test_a_registry_that_does_not_answer_is_told(registry: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(_: Session) -> Counts:
        raise OperationalError("SELECT", {}, Exception("gone"))

    monkeypatch.setattr("bot.web.metrics.service.counts", away)
    assert (await asked(registry)).status_code == 503
