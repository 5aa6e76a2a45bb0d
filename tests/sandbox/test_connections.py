"""Socket Mode from Slack's end: https://docs.slack.dev/apis/events-api/using-socket-mode/"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from bot.sandbox.slack import payloads
from bot.sandbox.slack.deliveries import Deliveries, Kind
from tests.sandbox.conftest import ALEX, APP_TOKEN, HERE, Side
from tests.workspace import until

Socket = aiohttp.ClientWebSocketResponse


@pytest_asyncio.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    """What connections are made with."""
    async with aiohttp.ClientSession() as made:
        yield made


@pytest.fixture
def deliveries(slack: Side, monkeypatch: pytest.MonkeyPatch) -> Deliveries:
    """Deliveries over connections. Nothing waits between repetitions, and what takes 0.25 s takes too long."""
    monkeypatch.setattr("bot.sandbox.slack.deliveries.RETRIES", (0.0, 0.0, 0.0))
    monkeypatch.setattr("bot.sandbox.slack.link.SECONDS", 0.25)
    return Deliveries(slack.api.log, slack.link)


async def address(slack: Side) -> str:
    """Where a connection can be made."""
    found: str = (await slack.calls("apps.connections.open", APP_TOKEN))["url"]
    return found


async def connect(slack: Side, session: aiohttp.ClientSession) -> tuple[Socket, dict[str, Any]]:
    """A connection, and what Slack says first."""
    socket = await session.ws_connect(await address(slack))
    return socket, await heard(socket)


async def heard(socket: Socket) -> dict[str, Any]:
    """The next message."""
    async with asyncio.timeout(2):
        found: dict[str, Any] = await socket.receive_json()
    return found


def delivered(slack: Side) -> list[dict[str, Any]]:
    """What the log has of deliveries."""
    return [each for each in slack.api.log.since(0) if each["kind"] == "delivery"]


def happen(slack: Side, deliveries: Deliveries) -> None:
    """Something that the bot is to be told."""
    deliveries.event(payloads.event(slack.workspace, {"type": "app_mention", "user": ALEX, "channel": HERE, "ts": "1.2"}))


async def test_slack_says_hello_and_how_many_connections_there_are(slack: Side, session: aiohttp.ClientSession) -> None:
    assert not slack.link.connected
    first, hello = await connect(slack, session)
    assert (hello["type"], hello["num_connections"]) == ("hello", 1)
    second, hello = await connect(slack, session)
    assert hello["num_connections"] == 2
    await first.close()
    await second.close()


async def test_a_ticket_is_good_once(slack: Side, session: aiohttp.ClientSession) -> None:
    url = await address(slack)
    socket = await session.ws_connect(url)
    await heard(socket)
    for refused in (url, f"{url}x", url.partition("?")[0]):
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(refused)
    await socket.close()
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await session.ws_connect(url)


async def test_an_event_comes_in_an_envelope_and_is_acknowledged_by_its_id(
    slack: Side, session: aiohttp.ClientSession, deliveries: Deliveries
) -> None:
    socket, _ = await connect(slack, session)
    happen(slack, deliveries)
    envelope = await heard(socket)
    assert (envelope["type"], envelope["retry_attempt"], envelope["accepts_response_payload"]) == ("events_api", 0, False)
    assert envelope["payload"]["event"]["type"] == "app_mention"
    await socket.send_json({"envelope_id": envelope["envelope_id"]})
    await deliveries.quiet()
    (delivery,) = delivered(slack)
    assert (delivery["status"], delivery.get("error")) == (200, None)
    await socket.close()


@pytest.mark.parametrize(("kind", "name"), [(Kind.COMMAND, "slash_commands"), (Kind.INTERACTION, "interactive")])
async def test_a_command_is_answered_in_its_acknowledgement(
    slack: Side, session: aiohttp.ClientSession, deliveries: Deliveries, kind: Kind, name: str
) -> None:
    socket, _ = await connect(slack, session)
    delivering = asyncio.create_task(deliveries.now(kind, {"command": "/cadre", "type": "view_submission"}))
    envelope = await heard(socket)
    assert (envelope["type"], envelope["accepts_response_payload"]) == (name, True)
    await socket.send_json({"envelope_id": envelope["envelope_id"], "payload": {"text": "Only you"}})
    receipt = await delivering
    assert (receipt.taken, receipt.body) == (True, {"text": "Only you"})
    await socket.close()


async def test_an_event_that_is_not_acknowledged_comes_three_times_more(
    slack: Side, session: aiohttp.ClientSession, deliveries: Deliveries
) -> None:
    socket, _ = await connect(slack, session)
    happen(slack, deliveries)
    envelopes = [await heard(socket) for _ in range(4)]
    assert [each["retry_attempt"] for each in envelopes] == [0, 1, 2, 3]
    assert {each["retry_reason"] for each in envelopes[1:]} == {"http_timeout"}
    assert len({each["payload"]["event_id"] for each in envelopes}) == 1
    assert len({each["envelope_id"] for each in envelopes}) == 4
    await deliveries.quiet()
    assert [each["error"] for each in delivered(slack)] == ["http_timeout"] * 4
    await socket.close()


async def test_another_acknowledgement_does_not_count(slack: Side, session: aiohttp.ClientSession, deliveries: Deliveries) -> None:
    socket, _ = await connect(slack, session)
    happen(slack, deliveries)
    envelope = await heard(socket)
    others: tuple[Any, ...] = ({"envelope_id": "another"}, [], "x", 7, {"envelope_id": 7}, {})
    for said in others:
        await socket.send_json(said)
    again = await heard(socket)
    assert again["retry_attempt"] == 1
    await socket.send_json({"envelope_id": again["envelope_id"]})
    await socket.send_json({"envelope_id": envelope["envelope_id"]})
    await deliveries.quiet()
    assert [each.get("error") for each in delivered(slack)] == ["http_timeout", None]
    await socket.close()


async def test_a_command_that_is_not_acknowledged_comes_once(slack: Side, session: aiohttp.ClientSession, deliveries: Deliveries) -> None:
    socket, _ = await connect(slack, session)
    receipt = await deliveries.now(Kind.COMMAND, {"command": "/cadre"})
    assert (receipt.taken, receipt.reason) == (False, "http_timeout")
    await heard(socket)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(socket.receive(), 0.4)
    await socket.close()


async def test_connections_take_turns(slack: Side, session: aiohttp.ClientSession, deliveries: Deliveries) -> None:
    sockets = [(await connect(slack, session))[0] for _ in range(2)]
    for socket in sockets * 2:
        happen(slack, deliveries)
        envelope = await heard(socket)
        await socket.send_json({"envelope_id": envelope["envelope_id"]})
        await deliveries.quiet()
    assert [each["status"] for each in delivered(slack)] == [200] * 4, "each was acknowledged over the connection whose turn it was"
    for socket in sockets:
        await socket.close()


async def test_what_was_not_acknowledged_when_a_connection_broke_comes_over_the_next(
    slack: Side, session: aiohttp.ClientSession, deliveries: Deliveries, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.sandbox.slack.deliveries.RETRIES", (0.1, 0.4, 1.0))
    monkeypatch.setattr("bot.sandbox.slack.link.SECONDS", 60)
    socket, _ = await connect(slack, session)
    happen(slack, deliveries)
    lost = await heard(socket)
    await slack.link.drop()
    assert (await socket.receive()).type in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED)
    assert not slack.link.connected
    await until(lambda: delivered(slack) != [])
    assert delivered(slack)[0]["error"] == "connection_failed", "it is told at once: no acknowledgement can come any more"
    another, _ = await connect(slack, session)
    again = await heard(another)
    assert (again["payload"], again["retry_attempt"] > 0) == (lost["payload"], True)
    await another.send_json({"envelope_id": again["envelope_id"]})
    await deliveries.quiet()
    assert delivered(slack)[-1]["status"] == 200
    await another.close()


@pytest.mark.parametrize("said", ["{", "[" * 100_000], ids=["broken", "deep"])
async def test_nonsense_over_a_connection_ends_no_other(
    slack: Side, session: aiohttp.ClientSession, deliveries: Deliveries, caplog: pytest.LogCaptureFixture, said: str
) -> None:
    socket, _ = await connect(slack, session)
    await socket.send_str(said)
    with suppress(TimeoutError):
        await asyncio.wait_for(socket.receive(), 0.1)
    await socket.close()
    another, _ = await connect(slack, session)
    happen(slack, deliveries)
    envelope = await heard(another)
    await another.send_json({"envelope_id": envelope["envelope_id"]})
    await deliveries.quiet()
    assert delivered(slack)[-1]["status"] == 200
    assert "Exception" not in caplog.text
    await another.close()
