"""Questions asked in the terminal: one, a file of them, a conversation."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.terminal.conftest import Terminal


@pytest.fixture
def registry_url(real_url: str) -> str:
    return real_url


def test_the_first_line_is_the_answer_and_its_source_stands_below(terminal: Terminal) -> None:
    said = terminal.run("ask", "who", "leads", "digital", "identity")
    first, *rest = said.out.splitlines()
    assert "Bev Dicks" in first
    assert "Annette Vermaeten" in first
    assert any("October 2017" in line for line in rest)
    assert (said.err, said.code) == ("", 0)


def test_the_answer_is_in_the_language_of_the_question(terminal: Terminal) -> None:
    assert "responsables" in terminal.run("ask", "qui dirige l'identité numérique", "--lang", "en").out


def test_json(terminal: Terminal) -> None:
    said = json.loads(terminal.run("ask", "--json", "qui dirige l'identité numérique").out)
    assert (said["question"], said["lang"], said["intent"]) == ("qui dirige l'identité numérique", "fr", "who_leads")
    assert said["text"].splitlines()[0].endswith("Identité numérique.")


def test_a_file_of_questions_is_answered_line_by_line_and_bad_lines_are_told(terminal: Terminal, tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    lines = [b'{"question": "SCGI", "lang": "fr"}', b"", b"who?", b"[1]", b'{"lang": "en"}', b"\xff", b'{"question": 7}', b"[" * 5000]
    questions.write_bytes(b"\n".join([*lines, b'{"question": "SCGI", "lang": "en-CA", "more": 1}']))
    said = terminal.run("ask", "--batch", str(questions))
    answers = [json.loads(line) for line in said.out.splitlines()]
    assert [(answer["lang"], answer["question"]) for answer in answers] == [("fr", "SCGI"), ("en", "SCGI")]
    assert "Voulez-vous dire" in said.out, "letters stay as they are"
    assert [line.partition(":")[0] for line in said.err.splitlines()] == [f"Line {n}" for n in range(3, 9)]
    assert said.code == 1


def test_questions_come_through_a_pipe(terminal: Terminal) -> None:
    said = terminal.run("ask", "--batch", "-", typed='{"question": "who leads digital strategy"}\n')
    assert "Guy Gordon" in json.loads(said.out)["text"]
    assert said.code == 0


def test_a_file_that_is_not_there(terminal: Terminal) -> None:
    said = terminal.run("ask", "--batch", "nowhere.jsonl")
    assert "nowhere.jsonl cannot be read" in said.err
    assert said.code == 1


@pytest.mark.parametrize("arguments", [(), (" ",), ("who?", "--batch", "-")])
def test_nothing_asked_or_too_much(terminal: Terminal, arguments: tuple[str, ...]) -> None:
    assert terminal.run("ask", *arguments).code == 2


def test_a_conversation(terminal: Terminal) -> None:
    """A number chooses what was meant; commands are taken in either language; a pipe sees no prompt."""
    said = terminal.run("chat", "--lang", "fr", typed="SCGI\n\n1\n/nope\n/langue anglais\nSCGI\n/quitter\nnot reached\n")
    assert "> " not in said.out
    asked, chosen, unknown, _, english = said.out.strip().split("\n\n")[:5]
    assert "Voulez-vous dire" in asked
    assert "  1. Sous-comité sur la gestion de l'identité" in asked
    assert chosen.splitlines()[0].startswith("En date d'octobre 2017, le Sous-comité sur la gestion de l'identité")
    assert "/nope" in unknown
    assert "Did you mean" in english
    assert "not reached" not in said.out
    assert said.code == 0


def test_a_conversation_ends_with_its_input(terminal: Terminal) -> None:
    assert terminal.run("chat", typed="/lang\n/help").code == 0


def test_the_language_is_that_of_the_environment(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "en_CA.UTF-8")
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    assert "Voulez-vous dire" in terminal.run("chat", typed="SCGI").out
