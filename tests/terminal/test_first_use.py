"""The first use, from a shell: a registry is made, whole or not at all."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from bot import local_registry
from bot.console import Unusable
from cadre.core.database import Database
from cadre.exchange.reading import InvalidFile
from cadre.exchange.service import export
from tests.terminal.conftest import shell

SMALL = "format: 1\n\ngroups:\n- id: jc\n  name: {en: Joint Councils, fr: Conseils mixtes}\n"


def test_a_first_question_makes_the_registry_and_says_so_once(tmp_path: Path) -> None:
    """Without CADRE_DATABASE_URL, in the user's data directory."""
    first = shell("ask", "who leads digital identity", home=tmp_path)
    assert "Bev Dicks" in first.out.splitlines()[0]
    assert len(first.err.splitlines()) == 1
    made = Path(first.err.strip().rpartition(" ")[2])
    assert made.is_relative_to(tmp_path)
    assert made.stat().st_mode & 0o077 == 0, "addresses and telephone numbers are its owner's to show"
    assert list(made.parent.iterdir()) == [made]
    second = shell("chat", home=tmp_path, typed="qui dirige l'identité numérique\n/quitter\n", LC_ALL="fr_CA.UTF-8")
    assert "Bev Dicks" in second.out.splitlines()[0]
    assert (second.err, second.code) == ("", 0)


def test_no_face_but_the_terminal_is_loaded_to_answer(real_url: str) -> None:
    program = (
        "import sys; from bot.cli import run; code = run(['ask', 'who leads digital identity']); "
        "print(sorted({'slack_bolt', 'slack_sdk', 'aiohttp', 'starlette', 'alembic', 'yaml', 'pydantic', 'bot.app'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2], env=os.environ | {"CADRE_DATABASE_URL": real_url},
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == "[]"


def test_whoever_reads_the_output_may_stop(real_url: str) -> None:
    cadre = Path(sys.executable).parent / "cadre"
    with subprocess.Popen(
        [cadre, "export"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ | {"CADRE_DATABASE_URL": real_url}
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""


def test_two_that_start_at_once_make_one_registry(tmp_path: Path) -> None:
    """And it holds the file that they import alone: the real registry is for those who bring none."""
    url = f"sqlite:///{tmp_path}/new/registry.sqlite"
    with ThreadPoolExecutor() as both:
        said = list(both.map(lambda _: shell("import", "-", home=tmp_path, typed=SMALL, CADRE_DATABASE_URL=url), range(2)))
    assert [each.code for each in said] == [0, 0]
    assert sorted(each.out.splitlines()[-1] for each in said) == [
        "In all: 1 added, 0 changed.", "Nothing to change: the registry holds all of this already.",
    ]  # fmt: skip
    assert sum(each.err.startswith("A new registry was made") for each in said) == 1
    with closing(Database(url)) as database:
        assert database.read(export) == SMALL
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["registry.sqlite"]


def test_a_broken_file_makes_no_registry(tmp_path: Path) -> None:
    path = tmp_path / "registry.sqlite"
    with pytest.raises(InvalidFile):
        local_registry.create(path, SMALL.replace("fr:", "de:"))
    assert list(tmp_path.iterdir()) == []


def test_an_interrupted_first_use_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr("cadre.exchange.service._Stored.add", interrupt)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests may have it ignored
    try:
        with pytest.raises(KeyboardInterrupt):
            local_registry.create(tmp_path / "registry.sqlite", SMALL)
    finally:
        signal.signal(signal.SIGINT, before)
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Unusable):
        local_registry.create(tmp_path / "file" / "registry.sqlite", SMALL)
