"""``cadre sandbox`` as a process: it opens, says where, and ends in good order; and what it refuses, it leaves alone."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress
from pathlib import Path

import httpx
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot import cli
from bot.settings import Settings, check_registry
from cadre.core.database import Database
from cadre.core.reader import OPERATOR
from cadre.core.schema import ROOT
from cadre.people.models import Person

SECONDS = 20
ENDS_WITHIN = 5
QUESTION = "who leads digital identity"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the processes of a test put what is temporary."""
    made = tmp_path / "temporary"
    made.mkdir()
    return made


@asynccontextmanager
async def opened(folder: Path, *arguments: str) -> AsyncIterator[tuple[asyncio.subprocess.Process, httpx.AsyncClient]]:
    """A sandbox that says that it is open; and a way to it."""
    around = {name: value for name, value in os.environ.items() if not name.startswith(("CADRE_", "SLACK_", "LC_"))}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", "from bot.cli import main; main()", "sandbox", "--no-open", *arguments),
        cwd=ROOT,
        env=around | {"LANG": "en_CA.UTF-8", "PYTHONPATH": str(ROOT), "TMPDIR": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        assert process.stdout
        async with asyncio.timeout(SECONDS):
            line = (await process.stdout.readline()).decode()
        address = re.search(r"http://127\.0\.0\.1:\d+$", line.strip())
        assert address, line
        async with httpx.AsyncClient(base_url=address[0], timeout=SECONDS, verify=False) as client:
            yield process, client
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()


def left_in(folder: Path) -> list[str]:
    """What stands in a folder."""
    return os.listdir(folder)


async def ended(process: asyncio.subprocess.Process, sign: signal.Signals) -> tuple[float, str]:
    """Tell a process to stop: how long it took, and what it had said on standard error."""
    began = time.monotonic()
    process.send_signal(sign)
    async with asyncio.timeout(SECONDS):
        _, told = await process.communicate()
    return time.monotonic() - began, told.decode()


async def test_it_opens_answers_and_ends_while_people_look_and_a_call_hangs(folder: Path) -> None:
    """It takes five seconds: two until it is open, for what is loaded and for a registry that is made; two that calls have at the end."""
    async with opened(folder) as (process, client):
        assert left_in(folder), "its registry is temporary"
        assert (await client.get("/")).text.startswith("<!doctype html>")
        member = next(user for user in (await client.get("/_sandbox/state")).json()["users"] if "member" in user["roles"])
        said = {"user": member["id"], "channel": "C0GENERAL", "command": "/cadre", "text": QUESTION}
        assert "Bev Dicks" in (await client.post("/_sandbox/command", json=said)).json()["response"]["text"]
        await client.post("/_sandbox/fault", json={"method": "auth.test", "kind": "timeout"})
        hanging = asyncio.create_task(client.post("/api/auth.test"))
        async with client.stream("GET", "/_sandbox/stream") as looking:
            lines = looking.aiter_lines()
            assert await anext(lines) == "retry: 500"
            seconds, _ = await ended(process, signal.SIGTERM)
        hanging.cancel()
        with suppress(asyncio.CancelledError, httpx.HTTPError):
            await hanging
    assert (process.returncode, seconds < ENDS_WITHIN, left_in(folder)) == (0, True, [])


def rename(session: Session, person: str, name: str) -> None:
    session.get_one(Person, person).name = name


async def test_a_registry_of_its_own_is_used_again_and_stays(folder: Path, tmp_path: Path, sandbox_sqlite: Path) -> None:
    """It takes two seconds, for what is loaded."""
    path = Path(shutil.copy(sandbox_sqlite, tmp_path / "own.sqlite"))
    with closing(Database(f"sqlite:///{path}")) as database:
        database.write(OPERATOR, rename, "bev-dicks", "Beverley Somebody")
    async with opened(folder, "--database", f"sqlite:///{path}", "--socket") as (process, client):
        said = {"user": "U0AVERY", "channel": "C0GENERAL", "command": "/cadre", "text": QUESTION}
        assert "Beverley Somebody" in (await client.post("/_sandbox/command", json=said)).json()["response"]["text"]
        assert (await client.get("/health")).json()["socket"] == "connected"
        seconds, told = await ended(process, signal.SIGINT)
    assert (process.returncode, seconds < ENDS_WITHIN, left_in(folder)) == (0, True, [])
    assert "Traceback" not in told
    assert path.name in left_in(tmp_path)


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """A terminal in English, in which no sandbox opens by mistake."""

    def must_not(*_: object) -> None:
        raise AssertionError("it was opened")

    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "CADRE_SANDBOX", "CADRE_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    monkeypatch.setattr("bot.logs.to_stderr", lambda _: None)
    monkeypatch.setattr("bot.sandbox.sandbox.Sandbox", must_not)


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Run a command that is refused: what it tells."""
    try:
        code = cli.run(list(arguments))
    except SystemExit as end:
        code = int(end.code or 0)
    said = capsys.readouterr()
    assert code != 0
    assert said.out == ""
    assert "Traceback" not in said.err
    return said.err


@pytest.mark.usefixtures("terminal")
def test_a_port_that_is_taken_is_named(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        told = refused(capsys, "sandbox", "--port", str(port), "--no-open")
    assert str(port) in told
    assert "--port" in told
    assert "http" in refused(capsys, "sandbox", "--port", "http", "--no-open")
    assert left_in(folder) == []


@pytest.mark.usefixtures("terminal")
def test_a_registry_that_no_sandbox_made_is_left_alone(capsys: pytest.CaptureFixture[str], registry_url: str) -> None:
    with closing(Database(registry_url)) as database:
        before = database.read(lambda session: session.info.get("sandbox")), database.read(people)
        told = refused(capsys, "sandbox", "--database", registry_url, "--no-open")
        assert "not made for a sandbox" in told
        assert "--database" in told
        assert (database.read(lambda session: session.info.get("sandbox")), database.read(people)) == before


def people(session: Session) -> int:
    return session.scalars(select(func.count()).select_from(Person)).one()


@pytest.mark.usefixtures("terminal")
def test_what_is_no_database_address_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    for address in ("nonsense", "mysql://localhost/x", "sqlite:", "-"):
        assert address in refused(capsys, "sandbox", "--database", address, "--no-open")


@pytest.mark.usefixtures("terminal")
def test_a_file_that_is_no_database_is_left_alone(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("This is a letter, and no database at all.")
    assert "letter.txt" in refused(capsys, "sandbox", "--database", f"sqlite:///{letter}", "--no-open")
    assert letter.read_text() == "This is a letter, and no database at all."


@pytest.mark.usefixtures("terminal")
def test_a_server_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str], unused_tcp_port: int) -> None:
    address = f"postgresql://cadre@127.0.0.1:{unused_tcp_port}/cadre"
    assert str(unused_tcp_port) in refused(capsys, "sandbox", "--database", address, "--no-open")


@pytest.mark.usefixtures("terminal")
def test_what_is_wrong_in_a_file_to_begin_with_is_told_with_its_lines(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, folder: Path
) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("format: 1\npeople:\n  - id: sam-roy\n    nmae: Sam Roy\n  - id: alex\n    name: 7\n")
    told = refused(capsys, "sandbox", "--seed", str(broken), "--no-open")
    assert "4" in told
    assert "nmae" in told
    assert "broken" in told.splitlines()[-1]
    broken.write_bytes(b"\xff\xfe\x00")
    assert refused(capsys, "sandbox", "--seed", str(broken), "--no-open")
    assert "missing.yaml" in refused(capsys, "sandbox", "--seed", str(tmp_path / "missing.yaml"), "--no-open")
    assert left_in(folder) == [], "nothing of it stays behind"


@pytest.mark.usefixtures("terminal")
def test_a_sandboxs_registry_is_for_nobody_else(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, sandbox_url: str
) -> None:
    monkeypatch.setenv("CADRE_DATABASE_URL", sandbox_url)
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("SLACK_SIGNING_SECRET", "secret")
    for command in (("web",), ("worker",), ("ask", QUESTION), ("export",)):
        told = refused(capsys, *command)
        assert "sandbox" in told, command
        assert "CADRE_SANDBOX=1" in told, command
    monkeypatch.setenv("CADRE_SANDBOX", "1")
    with closing(Database(sandbox_url)) as database:
        check_registry(Settings(), database)
    assert cli.run(["ask", QUESTION]) == 0
    assert "Bev Dicks" in capsys.readouterr().out
    assert cli.run(["export"]) == 0
    exported = capsys.readouterr().out
    assert "bev-dicks" in exported
    assert "robin-ashgrove" not in exported, "what was invented is left out unless it is asked for"
