"""``cadre deck`` and ``cadre binder``: files are written where they are wanted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.cli import run
from bot.console import Unusable
from bot.framework import terminal_deck
from tests.framework.decks import all_of, opened, titled

Run = Callable[..., str]


@pytest.fixture
def cadre(filled_sqlite: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The terminal, on the real registry; gives what it says."""
    copy = tmp_path / "registry.sqlite"
    copy.write_bytes(filled_sqlite.read_bytes())
    monkeypatch.setenv("CADRE_DATABASE_URL", f"sqlite:///{copy}")
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)

    def said(*arguments: str) -> str:
        code = run(list(arguments))
        read = capsys.readouterr()
        return read.out if code == 0 else read.err

    return said


def test_a_deck_is_written_in_a_language_to_a_file(cadre: Run, tmp_path: Path) -> None:
    assert cadre("deck", "--lang", "fr", "-o", "deck.pptx") == "Written: deck.pptx\n"
    found = opened((tmp_path / "deck.pptx").read_bytes())
    assert "Entente sur les prochaines étapes." in all_of(titled(found, "Résultats attendus"))
    assert "À compléter" not in all_of(titled(found, "État actuel")), "it may be passed on to anybody"


def test_whoever_runs_cadre_may_ask_for_all_of_it(cadre: Run, tmp_path: Path) -> None:
    cadre("deck", "--whole", "-o", "deck.pptx")
    assert "To complete" in all_of(titled(opened((tmp_path / "deck.pptx").read_bytes()), "Current state"))


def test_without_a_file_its_name_says_what_it_is(cadre: Run, tmp_path: Path) -> None:
    told = cadre("deck", "--meeting", "Charlottetown")
    name = told.removeprefix("Written: ").strip()
    assert name.startswith("framework-deck-charlottetown-20")
    assert name.endswith("-en.pptx")
    assert (tmp_path / name).exists()


def test_a_binder_is_written(cadre: Run, tmp_path: Path) -> None:
    assert cadre("binder", "--meeting", "octobre 2017", "--lang", "fr", "-o", "cahier.pdf") == "Written: cahier.pdf\n"
    assert (tmp_path / "cahier.pdf").read_bytes().startswith(b"%PDF")


def test_what_cannot_be_done_is_said(cadre: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cadre("deck", "--meeting", "Atlantis") == "No meeting in the registry is called Atlantis.\n"
    assert "Several meetings are called 2017: " in cadre("binder", "--meeting", "2017")
    assert cadre("deck", "-o", "nowhere/deck.pptx") == "nowhere/deck.pptx cannot be written (its folder does not exist).\n"
    monkeypatch.setenv("LANG", "fr_CA.UTF-8")
    assert cadre("deck", "--meeting", "Atlantide") == "Aucune réunion du registre ne porte le nom Atlantide.\n"


def test_a_binder_is_in_one_language(cadre: Run) -> None:
    with pytest.raises(SystemExit):
        terminal_deck.binder(["--lang", "both"])
    with pytest.raises(Unusable):
        terminal_deck.binder(["--meeting", "Atlantis"])
