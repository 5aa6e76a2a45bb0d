"""A PostgreSQL server for the tests: from the programs installed on this computer, without a service or a port.

pytest-postgresql cannot run as root; the servers that come as wheels change the permissions of each folder above theirs
and outlive a killed test run.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Final

import psycopg

OLDEST: Final = 15
"""The oldest PostgreSQL that Cadre works with."""
_SETTINGS: Final = {
    "autovacuum": "off",
    "fsync": "off",
    "full_page_writes": "off",
    "listen_addresses": "",
    "synchronous_commit": "off",
    "timezone": "UTC",
}
_IN_MEMORY: Final = Path("/dev/shm")
_ROOM: Final = 2 * 1024**3
"""Bytes that must be free in memory for a cluster to stand there: a database is copied in a tenth of the time that a disk takes."""
_PATIENCE_SECONDS: Final = 20
_numbers = count(1)


def programs() -> Path | None:
    """The folder of the newest installed PostgreSQL, from Debian's packages or on PATH; None if there is none."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/postgres")]
    if on_path := shutil.which("postgres"):
        found.append(Path(on_path).resolve().parent)
    newest = max(found, key=_version, default=None)
    return newest if newest and _version(newest) >= OLDEST else None


def _version(folder: Path) -> int:
    said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    number = re.search(r"\d+", said)
    return int(number[0]) if number else 0


@dataclass(frozen=True)
class Server:
    """A running server. ``folder`` holds its socket."""

    folder: Path

    def url(self, database: str) -> str:
        """The address of a database, for CADRE_DATABASE_URL."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def execute(self, statement: str) -> None:
        """Say something to the server, outside any transaction."""
        with psycopg.connect(host=str(self.folder), user="postgres", dbname="postgres", autocommit=True) as connection:
            connection.execute(statement.encode())

    @contextmanager
    def database(self, template: str = "template0") -> Iterator[str]:
        """The address of a new database, a copy of ``template``, with nobody connected to it. Dropped after use."""
        name = f"test{next(_numbers)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        try:
            yield self.url(name)
        finally:
            self.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def running(folder_of_programs: Path) -> Iterator[Server]:
    """A server with an empty cluster, of this process alone: it ends when the process does, however that comes."""
    folder = Path(tempfile.mkdtemp(prefix="cadre-pg-", dir=_place()))  # the path of a socket may have 107 bytes
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        options = ["-D", "data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"]
        subprocess.run(_child(folder_of_programs / "initdb", *options), cwd=folder, check=True, capture_output=True)
        settings = {**_SETTINGS, "unix_socket_directories": str(folder)}
        options = ["-D", "data", *(f"--{name}={value}" for name, value in settings.items())]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                _child(folder_of_programs / "postgres", *options),
                cwd=folder,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        try:
            yield _ready(Server(folder), process)
        finally:
            process.send_signal(signal.SIGINT)  # ends the sessions, then stops
            process.wait(_PATIENCE_SECONDS)
    finally:
        shutil.rmtree(folder)


def _place() -> Path:
    """Where a cluster stands: in memory where there is room for it."""
    if os.access(_IN_MEMORY, os.W_OK | os.X_OK) and shutil.disk_usage(_IN_MEMORY).free > _ROOM:
        return _IN_MEMORY
    return Path("/tmp")


def _child(program: Path, *arguments: str) -> list[str]:
    """How to start one of PostgreSQL's programs, which refuse to be root."""
    user = "postgres" if os.geteuid() == 0 else ""
    child = Path(__file__).with_name("child.py")
    return [sys.executable, "-I", "-S", str(child), user, str(os.getpid()), str(program), *arguments]


def _ready(server: Server, process: subprocess.Popen[bytes]) -> Server:
    """The server, once it answers. Raises RuntimeError with its log if it does not."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            server.execute("SELECT 1")
        except psycopg.OperationalError:
            time.sleep(0.02)
        else:
            return server
    raise RuntimeError((server.folder / "log").read_text("utf-8", "replace"))
