"""Two registries, the real one and an invented one, each on both databases, and the ways in that people have."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.acceptance.invented import registry_file
from tests.conftest import FILLED, fill
from tests.postgres import server
from tests.terminal.conftest import Said, Terminal

DATABASES = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]
INVENTED = "invented"
Cadre = Callable[..., Said]


@dataclass(frozen=True)
class Reply:
    """What Cadre said to a question: the whole text, and its first line."""

    text: str
    lang: str

    @property
    def first(self) -> str:
        return self.text.splitlines()[0]


class Asking:
    """A ``cadre ask --batch -`` that stays open: questions go in and answers come out, one a line."""

    def __init__(self, url: str) -> None:
        cadre = Path(sys.executable).parent / "cadre"
        environment = {"CADRE_DATABASE_URL": url, "PYTHONUNBUFFERED": "1", "PATH": ""}
        self.process = subprocess.Popen(
            [cadre, "ask", "--batch", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", env=environment
        )

    def __call__(self, question: str, lang: str = "en") -> Reply:
        """Ask. ``lang``: the reader's language."""
        assert self.process.stdin
        assert self.process.stdout
        print(json.dumps({"question": question, "lang": lang}), file=self.process.stdin, flush=True)
        said = json.loads(self.process.stdout.readline())
        assert said["question"] == question
        return Reply(said["text"].replace("\xa0", " ").replace("’", "'"), said["lang"])


@contextmanager
def asking(url: str) -> Iterator[Asking]:
    """Ask a registry."""
    opened = Asking(url)
    try:
        yield opened
    finally:
        opened.process.communicate(timeout=10)


@pytest.fixture(scope="session")
def real_on_sqlite(filled_sqlite: Path) -> Iterator[Asking]:
    """Opened once, and asked by all tests."""
    with asking(f"sqlite:///{filled_sqlite}") as opened:
        yield opened


@pytest.fixture(scope="session")
def real_on_postgres(filled_postgres: server.Server) -> Iterator[Asking]:
    """Opened once, and asked by all tests."""
    with filled_postgres.database(FILLED) as url, asking(url) as opened:
        yield opened


@pytest.fixture(scope="session")
def invented_on_sqlite(invented_sqlite: Path) -> Iterator[Asking]:
    """Opened once, and asked by all tests."""
    with asking(f"sqlite:///{invented_sqlite}") as opened:
        yield opened


@pytest.fixture(scope="session")
def invented_on_postgres(invented_postgres: server.Server) -> Iterator[Asking]:
    """Opened once, and asked by all tests."""
    with invented_postgres.database(INVENTED) as url, asking(url) as opened:
        yield opened


@pytest.fixture(params=DATABASES)
def ask(request: pytest.FixtureRequest) -> Asking:
    """Ask the real registry, which nobody changes."""
    found: Asking = request.getfixturevalue(f"real_on_{request.param}")
    return found


@pytest.fixture(params=DATABASES)
def harbours(request: pytest.FixtureRequest) -> Asking:
    """Ask the invented registry, which nobody changes."""
    found: Asking = request.getfixturevalue(f"invented_on_{request.param}")
    return found


@pytest.fixture(scope="session")
def invented_sqlite(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the invented registry, to copy from."""
    path = Path(shutil.copy(migrated_sqlite, tmp_path_factory.mktemp("invented") / "invented.sqlite"))
    fill(f"sqlite:///{path}", registry_file())
    return path


@pytest.fixture(scope="session")
def invented_postgres(migrated_postgres: server.Server) -> server.Server:
    """The server, with such a database to copy from."""
    migrated_postgres.execute(f"CREATE DATABASE {INVENTED} TEMPLATE migrated")
    fill(migrated_postgres.url(INVENTED), registry_file())
    return migrated_postgres


@pytest.fixture(params=DATABASES)
def invented_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The invented registry, to be changed."""
    if request.param == "sqlite":
        yield f"sqlite:///{shutil.copy(request.getfixturevalue('invented_sqlite'), tmp_path / 'invented.sqlite')}"
    else:
        with request.getfixturevalue("invented_postgres").database(INVENTED) as url:
            yield url


@pytest.fixture
def cadre(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Cadre:
    """``cadre …`` as typed: ``cadre("export", url=…, typed=…, lang=…)``. In this process, which saves its start."""
    terminal = Terminal(monkeypatch, capsys)

    def run(*arguments: str, url: str, typed: str = "", lang: str = "en_CA.UTF-8") -> Said:
        monkeypatch.setenv("CADRE_DATABASE_URL", url)
        monkeypatch.setenv("LC_ALL", lang)
        return terminal.run(*arguments, typed=typed)

    return run
