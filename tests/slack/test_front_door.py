"""What comes in: signed, acknowledged at once, done once, and never silently lost."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import socket
import threading
import time
from collections.abc import AsyncIterator
from datetime import timedelta
from urllib.parse import urlencode

import httpx
import pytest
import uvicorn
from sqlalchemy.orm import Session

from bot.app import create_app
from bot.registry import Registry
from bot.settings import Settings
from cadre.core import clock, events
from cadre.core.database import Database
from cadre.core.errors import Forbidden
from cadre.core.reader import OPERATOR
from tests.slack.standin import StandIn
from tests.slack.workspace import Workspace, signed, text_of, until

QUESTION = "who leads digital identity"


def envelope(workspace: Workspace, **event: object) -> bytes:
    said = {"type": "app_mention", "user": "U0ANNE", "text": QUESTION, "channel": "C0GENERAL"}
    return json.dumps(workspace.envelope(said | event)).encode()


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"x-slack-request-timestamp": "soon", "x-slack-signature": "v0=0"},
        {"x-slack-request-timestamp": "\xb2", "x-slack-signature": "v0=0"},
    ],
)
async def test_unsigned_requests_are_refused(workspace: Workspace, slack: StandIn, headers: dict[str, str]) -> None:
    given = [(name, value.encode("latin-1")) for name, value in headers.items()]
    response = await workspace.post(envelope(workspace), "application/json", dict(given))
    assert response.status_code == 401


async def test_wrong_signatures_and_replays_are_refused(workspace: Workspace, slack: StandIn) -> None:
    body = envelope(workspace)
    forged = await workspace.post(body, "application/json", signed(body, secret="another"))
    altered = await workspace.post(body + b" ", "application/json", signed(body))
    replayed = await workspace.post(body, "application/json", signed(body, at=time.time() - 301))
    garbled = await workspace.post(b"\xff\xfe", "application/json", signed(b"\xff\xfe".decode("latin-1").encode()))
    assert [answer.status_code for answer in (forged, altered, replayed, garbled)] == [401] * 4
    await workspace.quiet()
    assert slack.calls == []


async def test_slack_is_told_that_the_address_is_ours(workspace: Workspace) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "3eZb"}).encode()
    response = await workspace.post(body, "application/json")
    assert response.json() == {"challenge": "3eZb"}


async def test_an_event_delivered_three_times_is_answered_once(workspace: Workspace, slack: StandIn) -> None:
    body = envelope(workspace)
    answers = await asyncio.gather(*(workspace.post(body, "application/json") for _ in range(3)))
    assert [answer.status_code for answer in answers] == [200] * 3
    await workspace.quiet()
    assert len(slack.made("chat.postMessage")) == 1


async def test_the_acknowledgement_does_not_wait_for_slack(workspace: Workspace, slack: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    slack.slow["users.info"] = 60
    monkeypatch.setattr("bot.caller.Callers.complete.__kwdefaults__", {"patience": 0.3})
    began = time.monotonic()
    mentioned = await workspace.post(envelope(workspace), "application/json")
    commanded = await workspace.command("U0SAM", QUESTION, wait=False)
    assert time.monotonic() - began < 0.25
    assert (mentioned.status_code, commanded.status_code) == (200, 200)
    await workspace.quiet()
    assert "Bev Dicks" in slack.made("chat.postMessage")[0]["text"], "answered without the profile"
    assert "Bev Dicks" in slack.made("respond")[0]["text"]


async def test_an_unforeseen_error_shows_a_reference_that_is_in_the_log(
    workspace: Workspace, slack: StandIn, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a secret detail")

    monkeypatch.setattr("bot.ask.listeners.ask.answer", broken)
    with caplog.at_level(logging.ERROR):
        await workspace.mention("U0ANNE", QUESTION)
        await workspace.direct("U0ANNE", QUESTION)
        await workspace.command("U0ANNE", QUESTION)
    shown = [*slack.made("chat.postEphemeral"), *slack.made("chat.postMessage"), *slack.made("respond")]
    assert len(shown) == 3
    for message in shown:
        found = re.search(r"reference ([0-9A-F]{8})", message["text"])
        assert found
        assert found[1] in caplog.text
        assert "detail" not in text_of(message)
    assert "ZeroDivisionError" in caplog.text


async def test_when_slack_takes_no_answer_the_log_has_both_problems(
    workspace: Workspace, slack: StandIn, caplog: pytest.LogCaptureFixture
) -> None:
    slack.failing["chat.postMessage"] = "fatal_error"
    await workspace.direct("U0ANNE", QUESTION)
    assert caplog.text.count("reference ") == 2
    assert "the apology could not be sent" in caplog.text


async def test_of_two_problems_the_first_is_told(
    workspace: Workspace, slack: StandIn, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    home = await workspace.open_home("U0ANNE")
    block, element = next(
        (block["block_id"], block["elements"][0]) for block in home["view"]["blocks"] if block.get("block_id") == "home.language"
    )

    def gone(*_: object, **__: object) -> None:
        raise Forbidden

    monkeypatch.setattr("bot.home.listeners.people.choose_language", gone)
    slack.failing["views.publish"] = "fatal_error"
    await workspace.act("U0ANNE", home, block, element | {"selected_option": {"value": "fr"}})
    (told,) = slack.made("chat.postMessage")
    assert "Only the secretariat may do this" in told["text"]
    assert "App Home of U0ANNE" in caplog.text


async def test_whom_cadre_wrote_to_is_told_in_their_language(workspace: Workspace, slack: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    await workspace.command("U0ANNE", "français")
    await workspace.open_home("U0ANNE")

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("cadre.core.events.claim_event", broken)
    await workspace.direct("U0ANNE", QUESTION)
    assert "secrétariat" in slack.made("chat.postMessage")[-1]["text"]


async def test_a_change_that_nobody_waits_for_is_made(database: Database) -> None:
    """Whether it runs already or still waits its turn."""
    registry = Registry(database)
    begun = threading.Event()

    def claim(session: Session, event: str) -> None:
        begun.set()
        time.sleep(0.1)
        events.claim_event(session, "T1", event)

    writing = [asyncio.ensure_future(registry.write(OPERATOR, claim, f"Ev{n}")) for n in range(12)]
    await until(begun.is_set)
    for one in writing:
        one.cancel()
    await asyncio.wait(writing)
    await asyncio.to_thread(registry.close)
    assert not any(database.write(OPERATOR, events.claim_event, "T1", f"Ev{n}") for n in range(12))


async def test_what_is_too_large_is_not_read(workspace: Workspace, slack: StandIn) -> None:
    headers = {"x-slack-request-timestamp": "1", "content-type": "application/json"}
    read = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal read
        for _ in range(100):
            read += 100_000
            yield b"x" * 100_000

    announced = await workspace.client.post("/slack/events", content=endless(), headers=headers | {"content-length": "10000000"})
    assert (announced.status_code, read <= 100_000) == (413, True)
    read = 0
    streamed = await workspace.client.post("/slack/events", content=endless(), headers=headers)
    assert (streamed.status_code, read < 2_000_000) == (413, True)


async def test_claimed_events_are_forgotten_after_a_day(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    assert database.write(OPERATOR, events.claim_event, "T1", "Ev1", "C1:1.2")
    assert not database.write(OPERATOR, events.claim_event, "T1", "Ev2", "C1:1.2"), "the same message under another name"
    assert database.write(OPERATOR, events.claim_event, "T2", "Ev1")
    database.write(OPERATOR, events.purge_events)
    assert not database.write(OPERATOR, events.claim_event, "T1", "Ev1")
    later = clock.real() + timedelta(days=1, seconds=1)
    monkeypatch.setattr("cadre.core.clock.real", lambda: later)
    database.write(OPERATOR, events.purge_events)
    assert database.write(OPERATOR, events.claim_event, "T1", "Ev1")


async def test_health(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    well = await workspace.client.get("/health")
    assert (well.status_code, well.json()["status"]) == (200, "ok")
    monkeypatch.setattr("bot.web.pages._SECONDS", 0.05)
    monkeypatch.setattr("bot.web.pages._answers", lambda session: time.sleep(0.2))
    ill = await workspace.client.get("/health")
    assert (ill.status_code, ill.json()["status"]) == (503, "unavailable")


async def test_over_a_real_socket(settings: Settings, database: Database, slack: StandIn) -> None:
    registry = Registry(database)
    _, web = create_app(settings, registry)
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(web, log_config=None, lifespan="on"))
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    try:
        async with httpx.AsyncClient(base_url=address) as client:
            workspace = Workspace(client, slack, web.state.door)
            workspace.join("U0ANNE", "Anne Lee")
            await until(lambda: server.started)
            response = await workspace.direct("U0ANNE", QUESTION)
            assert response.status_code == 200
            await until(lambda: bool(slack.made("chat.postMessage")))
    finally:
        server.should_exit = True
        await serving
        registry.close()
    assert "Bev Dicks" in slack.made("chat.postMessage")[0]["text"]


async def test_garbage_is_refused_unsigned_and_signed(workspace: Workspace, slack: StandIn, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for body in (b"{", b"[]", b'"x"', b"[" * 100_000):
        unsigned = await workspace.post(body, "application/json", signed(body, secret="another"))
        assert unsigned.status_code == 401
        broken = await workspace.post(body, "application/json", signed(body))
        assert 400 <= broken.status_code < 500
    assert "Traceback" not in caplog.text


async def test_what_is_refused_is_not_written_to_the_log(workspace: Workspace, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    body = envelope(workspace).replace(b"U0ANNE", b"U0SECRETWORDS")
    await workspace.post(body, "application/json", signed(body, secret="another"))
    assert "SECRETWORDS" not in caplog.text
    assert "refused" in caplog.text


async def test_a_command_that_is_replayed_is_answered_once(workspace: Workspace, slack: StandIn) -> None:
    fields = {"command": "/cadre", "text": QUESTION, "team_id": workspace.team, "user_id": "U0ANNE", "channel_id": "C0GENERAL"}
    body = urlencode(fields | {"response_url": f"{slack.address}/respond/7", "trigger_id": "1.2.3"}).encode()
    headers = signed(body)
    first, replayed = [await workspace.post(body, "application/x-www-form-urlencoded", headers) for _ in range(2)]
    await workspace.quiet()
    assert (first.status_code, replayed.status_code) == (200, 401)
    assert len(slack.made("respond")) == 1
