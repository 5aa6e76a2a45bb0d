"""The processes: they start, do their work, and end in good order when told to."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

import httpx
import pytest

from bot.delivery.worker import Housekeeping, Worker
from bot.registry import Registry
from bot.settings import Unready
from bot.web.server import check_token
from cadre.core import events
from cadre.core.database import Database
from cadre.core.reader import OPERATOR
from cadre.core.schema import ROOT
from tests.conftest import one_database
from tests.slack.raw import event, knocks
from tests.workspace import Workspace, until

SECONDS = 20


async def start(command: str, **environment: str) -> asyncio.subprocess.Process:
    given = {name: value for name, value in os.environ.items() if not name.startswith(("CADRE_", "SLACK_"))}
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", "from bot.cli import main; main()", command),
        cwd=ROOT,
        env=given | environment | {"LANG": "en_CA.UTF-8", "PYTHONPATH": str(ROOT)},
        stderr=asyncio.subprocess.PIPE,
    )


async def heard(process: asyncio.subprocess.Process, words: str) -> None:
    """Wait until a process logs something."""
    assert process.stderr
    async with asyncio.timeout(SECONDS):
        while words not in (line := (await process.stderr.readline()).decode()):
            assert line, f"ended without saying {words!r}"


async def ended(process: asyncio.subprocess.Process) -> int:
    process.send_signal(signal.SIGTERM)
    async with asyncio.timeout(SECONDS):
        await process.communicate()
    assert process.returncode is not None
    return process.returncode


@one_database
async def test_web_serves_and_stops(workspace: Workspace, unused_port: int) -> None:
    """It takes two seconds: so long Python needs for Slack's libraries."""
    settings = workspace.sandbox.settings
    process = await start(
        "web",
        CADRE_DATABASE_URL=workspace.url,
        CADRE_SANDBOX="1",
        PORT=str(unused_port),
        SLACK_API_URL=settings.api_url,
        SLACK_BOT_TOKEN=settings.bot_token,
        SLACK_SIGNING_SECRET=settings.signing_secret,
    )
    await heard(process, "Slack knows Cadre as cadre of Joint Councils")
    address = f"http://127.0.0.1:{unused_port}"
    async with httpx.AsyncClient(transport=httpx.AsyncHTTPTransport(retries=8)) as client:
        assert (await client.get(f"{address}/health")).json()["status"] == "ok"
    member = workspace.member()
    asked = event(workspace, type="message", channel_type="im", user=member.id, text="who leads digital identity", channel=member.dm)
    assert (await knocks(workspace, asked, at=address)).status_code == 200
    assert await ended(process) == 0, "what was taken in is answered first"
    assert "Bev Dicks" in (await member.last_dm()).headline


async def test_worker_ticks_and_stops(sqlite_url: str) -> None:
    slack = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "secret", "SLACK_API_URL": "http://127.0.0.1:9/"}
    process = await start("worker", CADRE_DATABASE_URL=sqlite_url, **slack)
    await heard(process, "Cadre's worker ticks")
    assert await ended(process) == 0


async def test_what_is_missing_is_told_and_nothing_starts() -> None:
    process = await start("web")
    _, told = await process.communicate()
    assert process.returncode == 1
    assert told.decode().startswith("CADRE_DATABASE_URL is not set.")
    assert "Traceback" not in told.decode()


@one_database
async def test_a_token_that_slack_refuses_is_told(workspace: Workspace) -> None:
    settings = workspace.sandbox.settings
    with pytest.raises(Unready, match="SLACK_BOT_TOKEN"):
        await check_token(settings.model_copy(update={"bot_token": "xoxb-another"}))


@one_database
async def test_without_slack_cadre_starts_all_the_same(workspace: Workspace, caplog: pytest.LogCaptureFixture) -> None:
    settings = workspace.sandbox.settings
    await workspace.fault("auth.test", "error", error="internal_error")
    await check_token(settings)
    assert "Slack did not say whose token it is: internal_error" in caplog.text
    await check_token(settings.model_copy(update={"api_url": "http://127.0.0.1:1/api/"}))
    assert "Slack cannot be reached at http://127.0.0.1:1/api/" in caplog.text


async def test_a_round_that_fails_is_followed_by_the_next(
    database_url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    rounds = []

    def purge(session: object) -> None:
        rounds.append(session)
        if len(rounds) == 1:
            raise ZeroDivisionError

    monkeypatch.setattr(events, "purge_events", purge)
    stop = asyncio.Event()
    database = Database(database_url)
    registry = Registry(database)
    running = asyncio.create_task(Worker(registry, (Housekeeping(),), every=0.05).run(stop))
    await until(lambda: len(rounds) >= 3)
    stop.set()
    await running
    assert "a tick failed" in caplog.text
    done = len(rounds)
    await asyncio.sleep(0.15)
    assert len(rounds) == done
    assert database.write(OPERATOR, events.claim_event, "T1", "Ev1")
    registry.close()


@pytest.fixture
def unused_port() -> int:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
    return port


def test_the_procfile_names_what_the_terminal_has() -> None:
    from bot.cli import COMMANDS

    lines = Path(ROOT / "Procfile").read_text("utf-8").splitlines()
    assert [line.split(": cadre ") for line in lines] == [["release", "db upgrade"], ["web", "web"], ["worker", "worker"]]
    assert {"db", "web", "worker"} <= set(COMMANDS)
