"""What comes in: signed, acknowledged at once, done once, and never silently lost."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import threading
import time
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from sqlalchemy.orm import Session

from bot.registry import Registry
from bot.sandbox.slack.workspace import BOT
from cadre.core import clock, events
from cadre.core.database import Database
from cadre.core.errors import Forbidden
from cadre.core.reader import OPERATOR
from tests.conftest import one_database
from tests.slack.raw import event, knocks, signed, written
from tests.workspace import DM, GENERAL, Workspace, until

QUESTION = "who leads digital identity"
FORM = "application/x-www-form-urlencoded"


def mention(workspace: Workspace, user: str = "U0AVERY") -> dict[str, Any]:
    return event(workspace, type="app_mention", user=user, text=f"<@{BOT}> {QUESTION}", channel=GENERAL)


@one_database
async def test_unsigned_requests_are_refused(workspace: Workspace) -> None:
    for headers in (
        {},
        {"x-slack-request-timestamp": "soon", "x-slack-signature": "v0=0"},
        {"x-slack-request-timestamp": "\xb2", "x-slack-signature": "v0=0"},
    ):
        assert (await knocks(workspace, mention(workspace), headers)).status_code == 401
    assert await workspace.log() == []


@one_database
async def test_wrong_signatures_and_replays_are_refused(workspace: Workspace) -> None:
    body, secret = json.dumps(mention(workspace)).encode(), workspace.sandbox.settings.signing_secret
    forged = await knocks(workspace, body, signed(body, "another"))
    altered = await knocks(workspace, body + b" ", signed(body, secret))
    replayed = await knocks(workspace, body, signed(body, secret, ago=301))
    garbled = await knocks(workspace, b"\xff\xfe", signed("\xff\xfe".encode(), secret))
    assert [answer.status_code for answer in (forged, altered, replayed, garbled)] == [401] * 4
    assert await workspace.log() == []


@one_database
async def test_slack_is_told_that_the_address_is_ours(workspace: Workspace) -> None:
    response = await knocks(workspace, {"type": "url_verification", "challenge": "3eZb"})
    assert response.json() == {"challenge": "3eZb"}


async def test_an_event_delivered_three_times_is_answered_once(workspace: Workspace) -> None:
    member = workspace.member()
    await workspace.post("message", user=member.id, channel=GENERAL, text=f"@Cadre {QUESTION}")
    await workspace.redelivers()
    await workspace.redelivers()
    await workspace.quiet()
    assert [delivery["status"] for delivery in await workspace.log("app_mention")] == [200] * 3
    assert len(await workspace.sent("chat.postMessage")) == 1


@one_database
async def test_the_acknowledgement_does_not_wait_for_slack(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    await workspace.fault("users.info", "timeout", times=10)
    monkeypatch.setattr("bot.caller.Callers.complete.__kwdefaults__", {"patience": 0.3})
    answer, aside = await asyncio.gather(workspace.member().asks(QUESTION, GENERAL), workspace.secretariat().commands(QUESTION))
    for delivery in await workspace.log("app_mention", "/cadre", kind="delivery"):
        assert delivery["status"] == 200
        assert delivery["seconds"] < 0.25
    assert "Bev Dicks" in answer.headline, "answered without the profile"
    assert "Bev Dicks" in aside.headline


@one_database
@pytest.mark.parametrize("raised", [ZeroDivisionError, StopIteration])
async def test_an_unforeseen_error_shows_a_reference_that_is_in_the_log(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, raised: type[Exception]
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise raised("a secret detail")

    monkeypatch.setattr("bot.ask.listeners.ask.answer", broken)
    member = workspace.member()
    with caplog.at_level(logging.ERROR):
        shown = [await member.asks(QUESTION, GENERAL), await member.asks(QUESTION), await member.commands(QUESTION)]
    assert [message["ephemeral"] for message in shown] == [True, False, True], "nobody else sees it"
    for message in shown:
        found = re.search(r"reference ([0-9A-F]{8})", message.headline)
        assert found
        assert found[1] in caplog.text
        assert "detail" not in message.text
    assert raised.__name__ in caplog.text


@one_database
async def test_when_slack_takes_no_answer_the_log_has_both_problems(workspace: Workspace, caplog: pytest.LogCaptureFixture) -> None:
    await workspace.fault("chat.postMessage", "error", times=2, error="restricted_action")
    await workspace.member().says(QUESTION)
    assert caplog.text.count("reference ") == 2
    assert "the apology could not be sent" in caplog.text


@one_database
async def test_a_while_without_slack_leaves_nobody_without_a_word(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """What could not be said is said when Slack is back, once."""
    monkeypatch.setattr("bot.again.AGAIN", (0.01,) * 7)
    member = workspace.member()
    await member.asks(QUESTION)
    await workspace.fault("*", "down", times=6)
    await member.says(QUESTION)
    await member.commands(QUESTION)
    said = [each.headline for each in await member.sees() if each["is_bot"]]
    assert sum("did not say whether my answer arrived" in each for each in said) == 1
    assert sum("Bev Dicks" in each for each in said) == 2, "the command was answered, as everything after"


@one_database
async def test_of_two_problems_the_first_is_told(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    member = workspace.member()
    home = await member.home()

    def gone(*_: object, **__: object) -> None:
        raise Forbidden

    monkeypatch.setattr("bot.home.listeners.people.choose_language", gone)
    await workspace.fault("views.publish", "error", error="fatal_error")
    await member.clicks("home.language", home, "fr")
    (told,) = await member.sees(DM)
    assert "Only the secretariat may do this" in told.headline
    assert f"App Home of {member.id}" in caplog.text


@one_database
async def test_whom_cadre_wrote_to_is_told_in_their_language(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    member = workspace.member(locale="en-US")
    await member.commands("français")
    await member.home()

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("cadre.core.events.claim_event", broken)
    assert "secrétariat" in (await member.asks(QUESTION)).headline


async def test_a_change_that_nobody_waits_for_is_made(database_url: str) -> None:
    """Whether it runs already or still waits its turn."""
    database = Database(database_url)
    registry = Registry(database)
    begun = threading.Event()

    def claim(session: Session, event: str) -> None:
        begun.set()
        time.sleep(0.03)
        events.claim_event(session, "T1", event)

    writing = [asyncio.ensure_future(registry.write(OPERATOR, claim, f"Ev{n}")) for n in range(12)]
    await until(begun.is_set)
    for one in writing:
        one.cancel()
    await asyncio.wait(writing)
    await asyncio.to_thread(registry.close)
    assert not any(database.write(OPERATOR, events.claim_event, "T1", f"Ev{n}") for n in range(12))
    database.close()


@one_database
async def test_what_is_too_large_is_not_read(workspace: Workspace) -> None:
    assert await sending(workspace, "content-length: 10000000", chunks=0) == (413, 0)
    status, sent = await sending(workspace, "transfer-encoding: chunked", chunks=100)
    assert status == 413
    assert sent < 50


async def sending(workspace: Workspace, length: str, chunks: int) -> tuple[int, int]:
    """Send up to so many chunks of 100,000 bytes, until an answer comes: its status, and how many were sent."""
    address = urlsplit(workspace.sandbox.address)
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    head = f"POST /slack/events HTTP/1.1\r\nhost: {address.hostname}\r\nx-slack-request-timestamp: 1\r\n{length}\r\n\r\n"
    writer.write(head.encode())
    answered = asyncio.create_task(reader.readline())
    sent = 0
    async with asyncio.timeout(5):
        while sent < chunks and not answered.done():
            writer.write(b"%x\r\n%b\r\n" % (100_000, b"x" * 100_000))
            await writer.drain()
            await asyncio.sleep(0.001)
            sent += 1
        status = int((await answered).split()[1])
    writer.close()
    return status, sent


async def test_claimed_events_are_forgotten_after_a_day(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    database = Database(database_url)
    assert database.write(OPERATOR, events.claim_event, "T1", "Ev1", "C1:1.2")
    assert not database.write(OPERATOR, events.claim_event, "T1", "Ev2", "C1:1.2"), "the same message under another name"
    assert database.write(OPERATOR, events.claim_event, "T2", "Ev1")
    database.write(OPERATOR, events.purge_events)
    assert not database.write(OPERATOR, events.claim_event, "T1", "Ev1")
    later = clock.real() + timedelta(days=1, seconds=1)
    monkeypatch.setattr("cadre.core.clock.real", lambda: later)
    database.write(OPERATOR, events.purge_events)
    assert database.write(OPERATOR, events.claim_event, "T1", "Ev1")
    database.close()


async def test_health(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    well = await workspace.client.get("/health")
    assert (well.status_code, well.json()["status"]) == (200, "ok")
    monkeypatch.setattr("bot.web.pages._SECONDS", 0.05)
    monkeypatch.setattr("bot.web.pages._answers", lambda session: time.sleep(0.2))
    ill = await workspace.client.get("/health")
    assert (ill.status_code, ill.json()["status"]) == (503, "unavailable")


@one_database
async def test_garbage_is_refused_unsigned_and_signed(workspace: Workspace, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for body in (b"{", b"[]", b'"x"', b"[" * 100_000):
        assert (await knocks(workspace, body, signed(body, "another"))).status_code == 401
        assert 400 <= (await knocks(workspace, body)).status_code < 500
    assert "Traceback" not in caplog.text


@one_database
async def test_what_is_refused_is_not_written_to_the_log(workspace: Workspace, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    body, _ = written(mention(workspace, user="U0SECRETWORDS"))
    await knocks(workspace, body, signed(body, "another"))
    assert "SECRETWORDS" not in caplog.text
    assert "refused" in caplog.text


@one_database
async def test_a_command_that_is_replayed_is_answered_once(workspace: Workspace) -> None:
    await workspace.member().commands("help")
    (delivered,) = await workspace.log("/cadre")
    body, _ = written(delivered["sent"] | {"text": QUESTION})
    headers = signed(body, workspace.sandbox.settings.signing_secret) | {"content-type": FORM}
    first, replayed = [await knocks(workspace, body, headers) for _ in range(2)]
    assert (first.status_code, replayed.status_code) == (200, 401)
    answers = [said for said in await workspace.member().sees(GENERAL) if "Bev Dicks" in said.headline]
    assert len(answers) == 1
