"""Words that calls share with other questions mean what they mean there."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from cadre.ask.knowledge import current
from cadre.ask.parse import parse
from cadre.core.database import Database


@pytest.mark.parametrize(
    ("question", "intent"),
    [
        ("whom do I call about digital identity", "who_leads"),
        ("when is the conference call", "next_steps"),
        ("what do you call a community of practice", "list_by_kind"),
        ("who does the privacy committee answer to", "group_owner"),
        ("which groups remain", "list_by_recommendation"),
        ("should an official call for participation be issued", "call"),
        ("quels groupes sont inscrits au registre", "group_list"),
    ],
)
def test_words_of_calls_in_other_questions(registry: Database, question: str, intent: str) -> None:
    def read(session: Session) -> str | None:
        known = current(session)
        return parse(question, known.lexicon, known.councils, "en")[0].intent

    assert registry.read(read) == intent
