"""Events that are not taken are delivered again, as Slack does: https://docs.slack.dev/apis/events-api/#retries"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

import aiohttp
import pytest
import pytest_asyncio
from slack_sdk.signature import SignatureVerifier

from bot.sandbox.slack import deliveries as module
from bot.sandbox.slack import payloads
from bot.sandbox.slack.deliveries import Deliveries, Http, Kind
from tests.sandbox.conftest import ALEX, HERE, Bot, Side
from tests.workspace import until

SECRET = "a secret"


@pytest_asyncio.fixture
async def deliveries(slack: Side, bot: Bot, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Deliveries]:
    """Deliveries to it. Nothing waits between repetitions, and what takes half a second takes too long."""
    monkeypatch.setattr("bot.sandbox.slack.deliveries.RETRIES", (0.0, 0.0, 0.0))
    monkeypatch.setattr("bot.sandbox.slack.deliveries.SECONDS", 0.5)
    async with aiohttp.ClientSession() as session:
        yield Deliveries(slack.api.log, Http(session, bot.address, SECRET))


def happen(slack: Side, deliveries: Deliveries) -> None:
    """Something that the bot is to be told."""
    deliveries.event(payloads.event(slack.workspace, {"type": "app_mention", "user": ALEX, "channel": HERE, "ts": "1.2"}))


def retries(bot: Bot) -> list[tuple[str | None, str | None]]:
    """Of each request that came: the how-manieth repetition, and why."""
    return [(came.headers.get("x-slack-retry-num"), came.headers.get("x-slack-retry-reason")) for came in bot.came]


def witnessed(slack: Side) -> list[tuple[int | None, int | None, str | None]]:
    """Of each delivery in the log: the status, the how-manieth repetition, and what was wrong."""
    return [(each["status"], each.get("retry"), each.get("error")) for each in slack.api.log.since(0)]


async def test_slack_waits_three_seconds_and_tries_three_times_more() -> None:
    assert module.SECONDS == 3
    assert len(module.RETRIES) == 3
    assert list(module.RETRIES) == sorted(module.RETRIES), "each pause is longer than the one before"


async def test_an_event_that_is_refused_comes_three_times_more(slack: Side, bot: Bot, deliveries: Deliveries) -> None:
    bot.fails(times=10)
    happen(slack, deliveries)
    await deliveries.quiet()
    assert retries(bot) == [(None, None), ("1", "http_error"), ("2", "http_error"), ("3", "http_error")]
    assert len({came.body for came in bot.came}) == 1, "it is the same event each time"
    assert all(SignatureVerifier(SECRET).is_valid_request(came.body, came.headers) for came in bot.came)
    assert witnessed(slack) == [(500, None, "http_error"), *[(500, number, "http_error") for number in (1, 2, 3)]]


@pytest.mark.parametrize("status", [400, 404, 429, 503])
async def test_an_event_comes_again_until_it_is_taken(slack: Side, bot: Bot, deliveries: Deliveries, status: int) -> None:
    bot.fails(status=status)
    happen(slack, deliveries)
    await deliveries.quiet()
    assert retries(bot) == [(None, None), ("1", "http_error")]


@pytest.mark.parametrize("status", [200, 201, 202, 204])
async def test_each_2xx_takes_an_event(slack: Side, bot: Bot, deliveries: Deliveries, status: int) -> None:
    bot.fails(status=status)
    happen(slack, deliveries)
    await deliveries.quiet()
    assert retries(bot) == [(None, None)]


async def test_an_answer_that_takes_too_long_is_none(slack: Side, bot: Bot, deliveries: Deliveries) -> None:
    bot.hangs(0.7)
    happen(slack, deliveries)
    await deliveries.quiet()
    assert retries(bot) == [(None, None), ("1", "http_timeout")]
    assert witnessed(slack) == [(None, None, "http_timeout"), (200, 1, None)]
    assert 0.49 <= slack.api.log.since(0)[0]["seconds"] < 0.7  # two clocks, of which the one is a little coarser


async def test_a_bot_that_is_not_there_is_tried_again(slack: Side, deliveries: Deliveries, unused_tcp_port: int) -> None:
    async with aiohttp.ClientSession() as session:
        deliveries.carrier = Http(session, f"http://127.0.0.1:{unused_tcp_port}/slack/events", SECRET)
        happen(slack, deliveries)
        await deliveries.quiet()
    assert [error for _, _, error in witnessed(slack)] == ["connection_failed"] * 4


async def test_a_bot_that_wants_no_repetition_gets_none(slack: Side, bot: Bot, deliveries: Deliveries) -> None:
    bot.fails(x_slack_no_retry="1")
    happen(slack, deliveries)
    await deliveries.quiet()
    assert retries(bot) == [(None, None)]


async def test_repetitions_wait_and_keep_nobody_else_waiting(
    slack: Side, bot: Bot, deliveries: Deliveries, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.sandbox.slack.deliveries.RETRIES", (0.0, 0.4, 0.0))
    bot.fails(times=2)
    began = time.monotonic()
    happen(slack, deliveries)
    await until(lambda: len(bot.came) == 2)
    happen(slack, deliveries)
    await until(lambda: len(bot.came) == 3)
    assert time.monotonic() - began < 0.4
    assert bot.came[2].body != bot.came[1].body
    await deliveries.quiet()
    assert time.monotonic() - began >= 0.4
    assert retries(bot)[3] == ("2", "http_error")


@pytest.mark.parametrize("kind", [Kind.COMMAND, Kind.INTERACTION])
async def test_commands_and_interactions_come_once(slack: Side, bot: Bot, deliveries: Deliveries, kind: Kind) -> None:
    bot.fails(times=3)
    receipt = await deliveries.now(kind, {"command": "/cadre", "type": "block_actions"})
    await deliveries.quiet()
    assert (receipt.taken, receipt.status, len(bot.came)) == (False, 500, 1)


async def test_the_last_events_are_delivered_again_all_at_once(slack: Side, bot: Bot, deliveries: Deliveries) -> None:
    for _ in range(3):
        happen(slack, deliveries)
        await deliveries.quiet()
    bodies = [came.body for came in bot.came]
    bot.came.clear()
    bot.hangs(0.4, times=2)
    assert deliveries.again(2) == 2
    await until(lambda: len(bot.came) == 2, 0.4)
    await deliveries.quiet()
    assert {came.body for came in bot.came} == set(bodies[1:])
    assert [number for number, _ in retries(bot)] == ["1", "1"]
    assert deliveries.again(200) == 3, "there were no more"
    await deliveries.quiet()


async def test_it_is_quiet_only_after_the_last_repetition(slack: Side, bot: Bot, deliveries: Deliveries) -> None:
    bot.fails(times=2)
    bot.hangs(0.1)
    happen(slack, deliveries)
    await asyncio.wait_for(deliveries.quiet(), 5)
    assert (len(bot.came), deliveries.pending) == (3, set())
