"""What decks and binders are saved as."""

from __future__ import annotations

import re

from cadre.core.i18n import LOCALES, Language
from cadre.core.reader import Reader
from cadre.core.text import fold
from cadre.core.words import Words
from cadre.framework.deck_facts import DeckFacts
from cadre.framework.graph import Tongue as DeckLanguage


def deck_file(facts: DeckFacts, language: DeckLanguage) -> Words:
    """ "framework-deck-charlottetown-2026-11-29-en.pptx"; without a meeting, by its day alone."""
    reader = Reader(LOCALES["en" if language == "both" else language])
    return _named(reader.gettext("framework-deck"), facts, language, "pptx")


def binder_file(facts: DeckFacts, language: Language) -> Words:
    """ "binder-charlottetown-2026-11-29-en.pdf"."""
    return _named(Reader(LOCALES[language]).gettext("binder"), facts, language, "pdf")


def _named(what: Words, facts: DeckFacts, language: DeckLanguage, kind: str) -> Words:
    meeting = facts.meeting
    where = (meeting.place.en or meeting.place.fr or "") if meeting and meeting.place else meeting.id if meeting else ""
    parts = [
        what,
        re.sub(r"[^a-z0-9]+", "-", fold(where)).strip("-"),
        facts.world.day.isoformat(),
        "en-fr" if language == "both" else language,
    ]
    return Words.verbatim(f"{'-'.join(part for part in parts if part)}.{kind}")
