"""Taking the registry in and out, and keeping it in order, from the terminal."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.cli import COMMANDS
from cadre.core.database import connect
from cadre.core.schema import newest, revision
from cadre.exchange.seed import PATH
from tests.terminal.conftest import Terminal

FILE = "format: 1\n\ngroups:\n- id: jc\n  name: {en: Joint Councils, fr: Conseils mixtes}\n"


@pytest.mark.parametrize("database", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def test_import_and_export(
    terminal: Terminal, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, database: str
) -> None:
    monkeypatch.setenv("CADRE_DATABASE_URL", request.getfixturevalue(f"{database}_url"))
    first = terminal.run("import", "-", typed=FILE)
    assert first.out == "groups: 1 added, 0 changed, 0 unchanged\nIn all: 1 added, 0 changed.\n"
    changed = terminal.run(
        "import", "-", typed=FILE.replace("Joint Councils", "JC").replace("- id", "- id: x\n  name: {en: a, fr: b}\n- id")
    )
    assert changed.out.splitlines() == [
        "groups: 1 added, 1 changed, 0 unchanged", "  added: x", "  changed: jc (name)", "In all: 1 added, 1 changed.",
    ]  # fmt: skip
    assert terminal.run("import", "-", typed=FILE).out.splitlines()[0] == "groups: 0 added, 1 changed, 0 unchanged, 1 only in the registry"
    assert terminal.run("import", "-", typed=FILE).out.splitlines()[-1] == "Nothing to change: the registry holds all of this already."
    written = tmp_path / "out.yaml"
    assert terminal.run("export", str(written)).out == ""
    assert written.read_text() == terminal.run("export").out == FILE + "- id: x\n  name: {en: a, fr: b}\n"


def test_a_broken_file_is_told_line_by_line(terminal: Terminal) -> None:
    said = terminal.run("import", "-", typed=FILE.replace("fr:", "de:") + "  state: asleep\n")
    assert [line.partition(":")[0] for line in said.err.splitlines()[:3]] == ["Line 5", "Line 5", "Line 6"]
    assert said.err.splitlines()[-1] == "3 problems. Nothing was imported."
    assert (said.out, said.code) == ("", 1)
    assert terminal.run("export").out == "format: 1\n"


def test_files_that_cannot_be_read_or_written(terminal: Terminal, tmp_path: Path) -> None:
    assert "cannot be read" in terminal.run("import", str(tmp_path)).err
    assert "cannot be written" in terminal.run("export", str(tmp_path)).err


def test_a_database_is_never_migrated_unasked(terminal: Terminal, monkeypatch: pytest.MonkeyPatch, bare_database_url: str) -> None:
    engine = connect(bare_database_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE other (id INTEGER)")
    monkeypatch.setenv("CADRE_DATABASE_URL", bare_database_url)
    said = terminal.run("ask", "who?")
    assert "cadre db upgrade" in said.err
    assert said.code == 1
    assert revision(engine) is None
    assert newest() in terminal.run("db", "upgrade").out
    assert "already" in terminal.run("db", "upgrade").out
    assert revision(engine) == newest()
    engine.dispose()


def test_a_file_made_by_an_upgrade_is_its_owner_s_alone(terminal: Terminal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    made = tmp_path / "new" / "registry.sqlite"
    monkeypatch.setenv("CADRE_DATABASE_URL", f"sqlite:///{made}")
    assert newest() in terminal.run("db", "upgrade").out
    assert made.stat().st_mode & 0o077 == 0
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("CADRE_DATABASE_URL", f"sqlite:///{tmp_path}/file/registry.sqlite")
    assert "cannot be written" in terminal.run("db", "upgrade").err


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_help_is_in_the_language_of_the_environment(terminal: Terminal, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    english = terminal.run(command, "--help")
    monkeypatch.setenv("LANG", "fr_CA.UTF-8")
    french = terminal.run(command, "--help")
    assert (english.code, french.code) == (0, 0)
    assert english.out.startswith(f"Usage: cadre {command}")
    assert french.out.startswith(f"Utilisation\u00a0: cadre {command}")
    same = set(english.out.splitlines()) & set(french.out.splitlines())
    assert not {line for line in same if re.search(r"[a-z]{3,} [a-z]{2,} [a-z]{3,}", line)}


def test_a_database_of_a_newer_cadre(terminal: Terminal, sqlite_url: str) -> None:
    engine = connect(sqlite_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    engine.dispose()
    assert "newer" in terminal.run("export").err


def test_the_doctor_says_what_to_do(terminal: Terminal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    said = terminal.run("doctor")
    assert "the registry is empty. Run: cadre import" in said.out
    assert said.code == 1
    terminal.run("import", "-", typed=FILE)
    assert terminal.run("doctor").code == 0
    monkeypatch.setenv("CADRE_DATABASE_URL", f"sqlite:///{tmp_path}/none.sqlite")
    assert "there is no registry" in terminal.run("doctor").out
    monkeypatch.setattr("bot.upkeep.stale_zones", lambda: ["America/Winnipeg"])
    assert "America/Winnipeg would be an hour wrong" in terminal.run("doctor").out
    assert not (tmp_path / "none.sqlite").exists()


@pytest.mark.parametrize("url", ["mysql://localhost/x", "nonsense", "sqlite://", "sqlite:///:memory:"])
def test_an_address_that_names_no_database(terminal: Terminal, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("CADRE_DATABASE_URL", url)
    said = terminal.run("export")
    assert "CADRE_DATABASE_URL must name a database" in said.err
    assert said.code == 1


def test_a_database_that_cannot_be_reached_and_its_password(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CADRE_DATABASE_URL", "postgresql://me:secret@127.0.0.1:1/cadre")
    said = terminal.run("ask", "who?")
    assert "cannot be reached" in said.err
    assert "secret" not in said.err
    assert said.code == 1


def test_all_commands_are_listed_and_an_unknown_one_is_told(terminal: Terminal) -> None:
    assert "cadre import" in terminal.run().out
    said = terminal.run("ak")
    assert said.err.startswith("There is no command ak.")
    assert said.code == 2


def test_the_real_registry_is_where_the_doctor_says() -> None:
    assert PATH.is_file()
