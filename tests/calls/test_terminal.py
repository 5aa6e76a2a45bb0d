"""``cadre calls``: operators see the calls and take the answers along."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from bot import local_registry
from bot.calls import terminal
from bot.console import Unusable
from cadre.core.reader import Reader
from tests.calls.answered import GROUP, REFUSAL, of_sandbox

Run = Callable[..., str]


@pytest.fixture
def run(sandbox_sqlite: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """``cadre calls …`` on a registry with one call, the number 1; gives what it says."""
    url, call = of_sandbox(sandbox_sqlite, tmp_path)
    assert call == 1
    monkeypatch.setenv("CADRE_DATABASE_URL", url)
    monkeypatch.setenv("CADRE_SANDBOX", "1")
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)

    def said(*arguments: str) -> str:
        assert terminal.main(list(arguments)) == 0
        return capsys.readouterr().out

    return said


def test_which_calls_there_are(run: Run) -> None:
    (line,) = run("list").splitlines()
    assert line.split()[0] == "1"
    assert "Open for answers" in line
    assert GROUP in line


def test_what_a_call_says(run: Run) -> None:
    shown = run("show", "1")
    assert "What is asked of participants\nPaddle one crossing" in shown
    assert REFUSAL not in shown, "as everybody may see it"


def test_who_answered_and_who_did_not(run: Run) -> None:
    shown = run("grid", "1")
    assert "Silent  Borealia, demonstration  Ellis Marshgrove (by e-mail)" in shown
    assert f"Declined  Department of Windmills, demonstration  Rémi Tourbillon (by e-mail)  Reason: {REFUSAL}" in shown
    assert "Loïs Valdombre  Tamarane, demonstration  Member  English  Number 1 on the waiting list" in shown
    assert "Rule G2 is not met" in shown


def test_without_a_mail_server_nobody_is_reached_by_e_mail(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local_registry, "has_mail", lambda: False)
    assert "Ellis Marshgrove (nothing reaches them)" in run("grid", "1")


def test_the_grid_says_who_answered_how_and_when_somebody_was_last_spoken_to(run: Run) -> None:
    rows = run("grid", "1").splitlines()
    (silent,) = [row for row in rows if row.startswith("Silent  Borealia")]
    assert "Answered by" not in silent
    assert "Last contact: " in silent
    (declined,) = [row for row in rows if row.startswith("Declined  Department of Windmills")]
    assert "Answered by Rémi Tourbillon, in Slack, " in declined
    (waiting,) = [row for row in rows if row.startswith("Loïs Valdombre")]
    assert "@Pat Pinewater, by phone, " in waiting
    assert "Recorded by Jordan Wrenwood." in waiting


@pytest.mark.parametrize(
    ("arguments", "english", "french"),
    [
        (("export", "1"), "these must be given: --out", "arguments requis : --out"),
        (
            ("export", "1", "--format", "pdf", "--out", "x"),
            "argument --format: invalid choice: 'pdf' (choose from 'csv', 'xlsx')",
            "argument --format : choix non valide : 'pdf' (choix possibles : 'csv', 'xlsx')",
        ),
        (("show", "first"), "argument id: invalid value: 'first'", "argument id : valeur non valide : 'first'"),
        (("show", "1", "2"), "unknown arguments: 2", "arguments inconnus : 2"),
        (("export", "1", "--out"), "argument --out: a value must follow", "argument --out : une valeur doit suivre"),
    ],
)
def test_what_was_typed_wrong_is_told_in_the_language_of_whoever_typed_it(
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    english: str,
    french: str,
) -> None:
    for language, told in (("en_CA.UTF-8", f"error: {english}"), ("fr_CA.UTF-8", f"erreur : {french}")):
        monkeypatch.setenv("LANG", language)
        with pytest.raises(SystemExit):
            run(*arguments)
        assert told in capsys.readouterr().err.replace("\u00a0", " ")


def test_the_answers_are_written_to_a_file(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "answers"
    assert run("export", "1", "--format", "csv", "--language", "fr", "--out", str(file)) == f"Written: {file}\n"
    assert "Boréalie, démonstration" in file.read_text("utf-8-sig")
    run("export", "1", "--format", "xlsx", "--out", str(file))
    assert openpyxl.load_workbook(BytesIO(file.read_bytes())).sheetnames[0] == "Answers"


def test_the_letter_is_written_to_a_file(run: Run, tmp_path: Path) -> None:
    run("letter", "1", "--out", str(tmp_path / "letter.docx"))
    assert any(GROUP in paragraph.text for paragraph in Document(str(tmp_path / "letter.docx")).paragraphs)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("show", "7"), "There is no call"),
        (("show", "99999999999999999999"), "There is no call"),
        (("letter", "7", "--out", "letter.docx"), "has no letter"),
        (("export", "1", "--out", "no/such/folder/answers.csv"), "cannot be written"),
    ],
)
def test_what_cannot_be_done_is_told(run: Run, arguments: tuple[str, ...], told: str) -> None:
    with pytest.raises(Unusable, match=told):
        run(*arguments)


def test_why_a_file_cannot_be_written_is_said_in_words_of_our_own(run: Run) -> None:
    with pytest.raises(Unusable) as problem:
        run("export", "1", "--out", "no/such/folder/answers.csv")
    assert problem.value.message.for_(Reader()).endswith("(its folder does not exist).")


def test_it_does_not_wait_for_slack() -> None:
    code = "import sys, bot.calls.terminal; sys.exit(any(name.startswith(('slack', 'aiohttp', 'openpyxl')) for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
