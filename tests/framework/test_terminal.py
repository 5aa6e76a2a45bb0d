"""``cadre map``: operators draw the framework into files, and read it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.console import Unusable
from bot.framework import terminal

Run = Callable[..., str]


@pytest.fixture
def run(filled_sqlite: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """``cadre map …`` on the real registry; gives what it says."""
    path = shutil.copy(filled_sqlite, tmp_path / "registry.sqlite")
    monkeypatch.setenv("CADRE_DATABASE_URL", f"sqlite:///{path}")
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)

    def said(*arguments: str) -> str:
        assert terminal.map_(list(arguments)) == 0
        return capsys.readouterr().out

    return said


def test_the_whole_is_told_in_words(run: Run) -> None:
    told = run()
    assert told.startswith("The framework of the Joint Councils\nAs of ")
    assert "– 2. Digital Identity\n  – Led by Bev Dicks (British Columbia)" in told
    assert "Privacy Sub-Committee: could support it (proposed)" in told


def test_in_both_languages_the_words_are_told_one_after_the_other(run: Run) -> None:
    told = run("--of", "priority:digital-identity", "--lang", "both")
    assert told.startswith("Digital Identity\n")
    assert "\n\nIdentité numérique\n" in told


def test_one_subject_is_told_in_the_language_asked_for(run: Run) -> None:
    told = run("--of", "priority:digital-identity", "--lang", "fr")
    assert told.startswith("Identité numérique\nEn date du ")
    assert "– Responsable\u00a0: Bev Dicks (Colombie-Britannique)" in told


def test_as_it_was_on_a_day(run: Run) -> None:
    assert "As of October 31, 2017" in run("--as-of", "2017-10")
    assert "Meetings in person\n– Charlottetown, October 2017" in run("--as-of", "2017-10", "--view", "sequence")


@pytest.mark.parametrize(
    ("name", "begins"), [("map.svg", b"<?xml"), ("map.PNG", b"\x89PNG"), ("map.pdf", b"%PDF"), ("map.csv", b"\xef\xbb\xbf")]
)
def test_a_file_is_written_of_the_kind_that_its_name_ends_with(run: Run, tmp_path: Path, name: str, begins: bytes) -> None:
    file = tmp_path / name
    assert run("--lang", "fr", "-o", str(file)) == f"Written: {file}\n"
    assert file.read_bytes().startswith(begins)


def test_a_picture_may_be_in_both_languages(run: Run, tmp_path: Path) -> None:
    run("--lang", "both", "--of", "framework-wg", "-o", str(tmp_path / "map.svg"))
    drawn = (tmp_path / "map.svg").read_text("utf-8")
    assert "Framework Working Group" in drawn
    assert "Groupe de travail sur le Cadre" in drawn


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("--of", "beekeepers"), "There is no priority, group or council called beekeepers."),
        (("--of", "SCGI"), "SCGI may be one of these; name it so: group:identity-management, group:information-management"),
        (("-o", "map.gif"), "map.gif: its name must end in .svg, .png, .pdf or .csv."),
        (("-o", "/nowhere/map.svg"), "/nowhere/map.svg cannot be written (its folder does not exist)."),
    ],
)
def test_what_cannot_be_done_is_told(run: Run, arguments: tuple[str, ...], why: str) -> None:
    with pytest.raises(Unusable) as problem:
        run(*arguments)
    message = problem.value.message
    assert message.msgid.format(**message.values) == why


def test_whoever_mistypes_a_day_is_told_what_can_be_said(run: Run) -> None:
    with pytest.raises(Unusable, match="no meeting, date or snapshot"):
        run("--as-of", "2017-13")


def test_a_meeting_says_as_of_when_too(run: Run) -> None:
    assert "October 31, 2017" in run("--as-of", "Charlottetown")
