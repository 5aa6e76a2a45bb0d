"""The transcripts that README.md and LISEZMOI.md begin with are what the program says."""

from __future__ import annotations

from contextlib import closing

import pytest

from bot.ask.terminal import Conversation
from bot.ask.text import PLAIN
from cadre.core.database import Database
from cadre.core.reader import Reader
from cadre.core.schema import ROOT
from tests.terminal.conftest import Terminal


def transcript(page: str) -> tuple[list[str], list[str]]:
    """What is typed in the first conversation of a page, and what is said to it."""
    lines = (ROOT / page).read_text("utf-8").splitlines()
    begin = next(i for i, line in enumerate(lines) if line.startswith("    $"))
    shown = []
    for line in lines[begin + 1 :]:
        if not line.startswith("    "):
            break
        shown.append(line[4:])
    return [line[2:] for line in shown if line.startswith("> ")], [line for line in shown if not line.startswith("> ")]


@pytest.fixture
def registry_url(real_url: str) -> str:
    """The real registry."""
    return real_url


@pytest.mark.parametrize(("page", "locale"), [("README.md", "en_CA.UTF-8"), ("LISEZMOI.md", "fr_CA.UTF-8")])
def test_the_transcript_is_real(terminal: Terminal, registry_url: str, monkeypatch: pytest.MonkeyPatch, page: str, locale: str) -> None:
    typed, shown = transcript(page)
    monkeypatch.setenv("LC_ALL", locale)
    said = terminal.run("chat", typed="\n".join(typed) + "\n").out.splitlines()
    greeting, *answers = shown
    assert [line for line in answers if line not in said] == []
    with closing(Database(registry_url)) as database:
        welcome = Conversation(database, Reader(locale.partition(".")[0]), PLAIN).welcome()
    assert greeting == welcome, "shown to a person, not to a pipe"
