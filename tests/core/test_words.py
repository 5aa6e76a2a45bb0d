"""Text for people is told apart from any other string, while the program runs and, above all, by mypy."""

from __future__ import annotations

import re

import pytest
from mypy import api

from cadre.core.schema import ROOT
from cadre.core.words import Words

SNIPPET = """\
from datetime import date

from cadre.core.bilingual import Bilingual
from cadre.core.errors import Message
from cadre.core.french import Name
from cadre.core.reader import Reader
from cadre.core.words import Words


def show(text: Words) -> None: ...


def fits(reader: Reader, name: Bilingual, typed: str) -> None:
    _ = reader.gettext
    show(_("{n} groups", n=3))
    show(_("{name} leads.", name=name.for_(reader)))
    show(reader.ngettext("{n} group", "{n} groups", 2))
    show(reader.date(date(2017, 10, 3)))
    show(reader.listed([name.for_(reader)]))
    show(Words.joined(", ", [name.for_(reader), Words.verbatim(typed)]))
    show(Message("Groups").for_(reader))
    show(Name.make(typed, "fr", "le", True))


def does_not(reader: Reader, name: Bilingual, typed: str) -> None:
    _ = reader.gettext
    show(f"{_('Groups')}: {name.for_(reader)}")  # refused
    show(_("Groups") + ":")  # refused
    show(_("Groups") + _("Groups"))  # refused
    show(", ".join([_("Groups")]))  # refused
    show("%s" % _("Groups"))  # refused
    show(_("Groups").upper())  # refused
    show("Groups")  # refused
    show(typed)  # refused
    show(name.en or name.for_(reader))  # refused
    show(_("{name} leads.", name=typed))  # refused
    show(Words.joined(", ", [typed]))  # refused
    show(reader.listed([typed]))  # refused
    show(Message("Groups", {"name": typed}).for_(reader))  # refused
"""


def test_what_is_put_together_by_hand_is_plain() -> None:
    words = Words("Groups")
    for plain in (f"{words}: {words}", words + ":", words + words, words.upper(), words[:1], words.replace("G", "g")):
        assert type(plain) is str


def test_joined_and_verbatim_are_words() -> None:
    joined = Words.joined(" | ", [Words.verbatim("a"), Words.verbatim("b")])
    assert (joined, type(joined), type(Words.verbatim("a"))) == ("a | b", Words, Words)
    assert Words.joined(", ", []) == ""


@pytest.fixture(scope="module")
def complaints(tmp_path_factory: pytest.TempPathFactory) -> dict[int, str]:
    """Line -> what mypy says of it. 2 s where mypy has no cache yet, since it then reads Babel and its own stubs; else 0.1 s."""
    path = tmp_path_factory.mktemp("mypy") / "snippet.py"
    path.write_text(SNIPPET)
    out, problem, _ = api.run(["--config-file", str(ROOT / "pyproject.toml"), "--cache-dir", str(ROOT / ".mypy_cache"), str(path)])
    assert not problem
    assert re.search(r"Found \d+ errors in 1 file", out), out
    return {int(match[1]): match[2] for match in re.finditer(r"snippet\.py:(\d+): error: (.*)", out)}


def test_mypy_finds_a_text_that_nobody_translated(complaints: dict[int, str]) -> None:
    refused = [number for number, line in enumerate(SNIPPET.splitlines(), 1) if line.endswith("# refused")]
    assert sorted(complaints) == refused
    assert all(re.search(r'"(list\[)?str|"str \| Words"|\[arg-type\]', complaint) for complaint in complaints.values())
