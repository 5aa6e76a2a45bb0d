"""A terminal on a registry of its own."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot import cli

LANGUAGE = ("LC_ALL", "LC_MESSAGES", "LANG")


@dataclass
class Said:
    """What a command said, and how it ended."""

    out: str
    err: str
    code: int


class Terminal:
    """``cadre …``, in this process."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def run(self, *arguments: str, typed: str | bytes = "") -> Said:
        """Run a command; ``typed`` is its standard input."""
        given = typed.encode() if isinstance(typed, str) else typed
        self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given), "utf-8", errors="replace"))
        try:
            code = cli.run(list(arguments))
        except SystemExit as end:
            code = int(end.code or 0)
        said = self._capsys.readouterr()
        return Said(said.out, said.err, code)


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], registry_url: str) -> Terminal:
    """A terminal in English, on the registry of the test."""
    for name in LANGUAGE:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CADRE_DATABASE_URL", registry_url)
    return Terminal(monkeypatch, capsys)


@pytest.fixture
def registry_url(sqlite_url: str) -> str:
    """The registry of the test: empty. Tests override it."""
    return sqlite_url


@pytest.fixture(scope="session")
def real_url(filled_sqlite: Path) -> str:
    """The real registry, which tests only ask."""
    return f"sqlite:///{filled_sqlite}"


def shell(*arguments: str, home: Path, typed: str = "", **environment: str) -> Said:
    """``cadre …`` as typed in a shell of somebody whose home is empty."""
    kept = {name: value for name, value in os.environ.items() if name not in {*LANGUAGE, "CADRE_DATABASE_URL", "XDG_DATA_HOME"}}
    cadre = Path(sys.executable).parent / "cadre"
    done = subprocess.run(
        [cadre, *arguments], input=typed, capture_output=True, text=True, check=False, env=kept | {"HOME": str(home)} | environment
    )
    return Said(done.stdout, done.stderr, done.returncode)
