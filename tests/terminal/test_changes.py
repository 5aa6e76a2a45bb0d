"""``cadre changes`` and ``cadre snapshots``: for operators, on the screen and in files."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from cadre.core.database import Database
from cadre.core.reader import Actor
from cadre.groups.models import Group
from tests.terminal.conftest import Terminal


@pytest.fixture
def registry_url(filled_sqlite: Path, tmp_path: Path) -> str:
    url = f"sqlite:///{shutil.copy(filled_sqlite, tmp_path / 'registry.sqlite')}"

    def change(session: Session) -> None:
        session.get_one(Group, "research").state = "dormant"

    with closing(Database(url)) as database:
        database.write(Actor("Somebody"), change)
    return url


def test_what_changed_since_a_meeting(terminal: Terminal) -> None:
    said = terminal.run("changes", "--since", "Charlottetown")
    assert said.code == 0
    assert said.out.splitlines()[:2] == ["Changes since the meeting in Charlottetown (October 2017)", "1 change."]
    assert "  – Research Committee: dormant, until now not stated" in said.out
    assert "The registry begins on" in said.out
    french = terminal.run("changes", "--since", "Charlottetown", "--until", "aujourd'hui", "--lang", "fr", "--public").out
    assert "  – Comité de recherche\u00a0: en veilleuse; jusqu'ici non précisé" in french


def test_in_a_file(terminal: Terminal, tmp_path: Path) -> None:
    for name, told in (("changes.md", "- Research Committee: dormant"), ("changes.csv", "group:research")):
        said = terminal.run("changes", "--since", "2017", "-o", str(tmp_path / name))
        assert said.out == f"Written: {tmp_path / name}\n"
        assert told in (tmp_path / name).read_text("utf-8-sig")
    for wrong, why in (
        (tmp_path / "changes.pdf", "must end in .md or .csv"),
        (tmp_path / "none" / "changes.md", "its folder does not exist"),
    ):
        said = terminal.run("changes", "-o", str(wrong))
        assert said.code == 1
        assert why in said.err


def test_what_cannot_be_found_says_what_can(terminal: Terminal) -> None:
    said = terminal.run("changes", "--since", "Moncton")
    assert said.code == 1
    assert "Charlottetown (October 2017)" in said.err
    assert "There is no snapshot yet." in terminal.run("changes", "--since", "last snapshot").err


def test_snapshots_are_listed_and_taken(terminal: Terminal) -> None:
    assert "There is no snapshot yet." in terminal.run("snapshots").out
    taken = terminal.run("snapshots", "take")
    assert taken.code == 0
    assert taken.out.startswith("Snapshot 1: taken ")
    assert "by whoever runs Cadre" in taken.out
    listed = terminal.run("snapshots", "list").out
    assert listed.splitlines()[0].startswith("1 snapshot.")
    assert taken.out in listed
    assert "Nothing that the framework shows has changed." in terminal.run("changes", "--since", "last snapshot").out
