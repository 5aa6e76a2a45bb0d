"""A connection of Socket Mode drops: nothing is lost, and nothing is done twice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import pytest_asyncio

from bot.settings import Mode
from tests.conftest import DATABASES, SECRETARIAT, registry_for_many
from tests.sandbox.witness import bot_said, both, claimed, count
from tests.slack.claiming import says_who
from tests.workspace import DM, GENERAL, Workspace, running, until

QUESTION = "who leads digital identity"
ANSWER = "Bev Dicks"


@pytest_asyncio.fixture(scope="module", params=DATABASES)
async def over_connections(request: pytest.FixtureRequest) -> AsyncIterator[Workspace]:
    """A workspace with Socket Mode, for all tests here."""
    with registry_for_many(request, request.param) as url:
        async with running(url, mode=Mode.SOCKET, secretariat=frozenset({SECRETARIAT})) as made:
            await until(lambda: made.sandbox.link.connected)
            yield made


@pytest_asyncio.fixture
async def connected(over_connections: Workspace, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """The same, connected, and as at the start. Cadre waits no longer for its next connection than it is told to."""
    monkeypatch.setattr("random.random", lambda: 0.0)
    await until(lambda: over_connections.sandbox.link.connected)
    await over_connections.start_over()
    return over_connections


@asynccontextmanager
async def broken(workspace: Workspace) -> AsyncIterator[None]:
    """The connection drops, and for as long as the block runs Cadre is given no other, however fast it asks for one."""
    await workspace.fault("apps.connections.open", "ratelimited", times=100_000, retry_after=0)
    await workspace.fault("socket", "down")
    assert not workspace.sandbox.link.connected
    yield
    await workspace.fault("apps.connections.open", "ratelimited", times=0)
    await until(lambda: workspace.sandbox.link.connected)


async def test_what_is_asked_while_the_connection_is_broken_is_answered_once(connected: Workspace) -> None:
    member, other = connected.member(), connected.lead()
    for _ in range(2):
        async with broken(connected):
            await connected.post("message", user=member.id, channel=DM, text=QUESTION)
        await connected.quiet()
    assert ANSWER in (await other.asks(QUESTION, GENERAL)).headline
    assert count(await bot_said(member), ANSWER) == 2
    assert len(await connected.sent("chat.postMessage")) == 3
    assert [each for each in await connected.log("message") if each.get("retry")], "it came again once there was a connection"


async def test_a_connection_that_breaks_while_a_question_comes_loses_nothing(connected: Workspace) -> None:
    """Whether it was acknowledged is not known then, so it comes again."""
    member = connected.member()
    for asked in range(1, 4):
        said = connected.post("message", user=member.id, channel=DM, text=QUESTION)
        await asyncio.gather(said, connected.fault("socket", "down"))
        await connected.quiet()
        await until(lambda: connected.sandbox.link.connected)
        assert count(await bot_said(member), ANSWER) == asked


async def test_a_claim_over_connections_that_break_is_made_and_confirmed_once(connected: Workspace) -> None:
    newcomer, (first, second) = connected.newcomer(), both(connected)
    await newcomer.clicks("people.search", await says_who(newcomer), "bev-dicks")
    async with broken(connected):
        assert (await newcomer.submits())["failed"], "what could not be delivered is told"
    assert connected.database.read(claimed, "bev-dicks") == []
    assert (await newcomer.submits())["response_action"] == "update", "and stands in the window still"
    assert connected.database.read(claimed, "bev-dicks") == ["pending"]
    assert [len(await bot_said(each)) for each in (first, second)] == [1, 1]
    async with broken(connected):
        assert not (await first.clicks("Confirm"))["ok"]
    assert (await first.clicks("Confirm"))["ok"]
    assert connected.database.read(claimed, "bev-dicks") == ["confirmed"]
    assert len(await bot_said(newcomer)) == 1
