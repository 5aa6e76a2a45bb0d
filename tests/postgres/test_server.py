"""The server that the tests start, and the databases that they ask it for."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from tests.postgres import server

pytestmark = pytest.mark.postgres
ROOT = Path(__file__).parents[2]

STARTER = """
import time
from tests.postgres import server
with server.running(server.programs()) as started:
    print(started.folder, flush=True)
    time.sleep(60)
"""


def names(running: server.Server) -> set[str]:
    with psycopg.connect(host=str(running.folder), user="postgres", dbname="postgres") as connection:
        return {row[0] for row in connection.execute("SELECT datname FROM pg_database")}


def test_database_is_a_copy_and_is_dropped(postgres: server.Server) -> None:
    with postgres.database() as original:
        with psycopg.connect(original.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute("CREATE TABLE word AS SELECT 'État' AS text")
        before = names(postgres)
        name = original.split("/")[3].split("?")[0]
        with postgres.database(template=name) as copy, psycopg.connect(copy.replace("+psycopg", "")) as connection:
            assert connection.execute("SELECT text FROM word").fetchall() == [("État",)]
            assert connection.execute("SHOW timezone").fetchone() == ("UTC",)
        assert names(postgres) == before
    assert name not in names(postgres)


def test_server_ends_with_a_process_that_is_killed(postgres: server.Server) -> None:
    starter = subprocess.Popen([sys.executable, "-c", STARTER], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert starter.stdout
    with starter.stdout:
        folder = Path(starter.stdout.readline().strip())
    pid = int((folder / "data/postmaster.pid").read_text().split()[0])
    starter.send_signal(signal.SIGKILL)
    starter.wait()
    deadline = time.monotonic() + 10
    while alive(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not alive(pid)
    shutil.rmtree(folder)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
