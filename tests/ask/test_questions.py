"""Every question of our own set, and of the shared one where it is there, has the facts that it should."""

from __future__ import annotations

import json
import os
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from bot.ask.text import render
from cadre.ask.intents import PATTERNS
from cadre.ask.knowledge import Knowledge
from cadre.ask.parse import parse
from cadre.ask.service import answer
from cadre.core.database import Database
from cadre.core.i18n import LANGUAGES, LOCALES, Language
from cadre.core.reader import Reader

OWN = Path(__file__).with_name("questions.jsonl")
SHARED = Path(os.environ.get("CADRE_SHARED", "../shared")) / "questions.jsonl"


def load(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def plain(text: str) -> str:
    """As the facts are compared: composed, with plain spaces and apostrophes, without capitals; accents count."""
    composed = unicodedata.normalize("NFC", text)
    return composed.replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'").casefold()


def wrong(registry: Database, asked: dict[str, Any]) -> str | None:
    reader = Reader(LOCALES[asked["lang"]])
    text = plain(render(registry.read(answer, asked["question"], reader), reader))
    missing = [fact for fact in asked["expect"] if plain(fact) not in text]
    false = [fact for fact in asked.get("reject", ()) if plain(fact) in text]
    return f"{asked['question']!r}: missing {missing}, not wanted {false}" if missing or false else None


def test_each_of_our_own_questions_is_answered(registry: Database) -> None:
    failed = [found for asked in load(OWN) if (found := wrong(registry, asked))]
    assert not failed, "\n".join(failed)


def test_our_own_questions_are_many_in_both_languages() -> None:
    languages = Counter(asked["lang"] for asked in load(OWN))
    assert languages["en"] >= 200
    assert languages["fr"] >= 200


@pytest.mark.parametrize("lang", LANGUAGES)
def test_our_own_questions_ask_everything_that_can_be_asked(known: Knowledge, lang: Language) -> None:
    asked = {
        query.intent for each in load(OWN) if each["lang"] == lang for query in parse(each["question"], known.lexicon, known.councils, lang)
    }
    assert {name for name, _ in PATTERNS} - asked == set()


@pytest.mark.skipif(not SHARED.exists(), reason="there is no shared question set here (CADRE_SHARED)")
def test_the_shared_questions_are_answered(registry: Database) -> None:
    asked = load(SHARED)
    failed = [found for each in asked if (found := wrong(registry, each))]
    assert len(asked) - len(failed) >= len(asked) * 114 / 116, "\n".join(failed)
