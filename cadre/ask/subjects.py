"""What a text names that is no question: for whoever types a sentence into something else than a question."""

from __future__ import annotations

from sqlalchemy.orm import Session

from cadre.ask.knowledge import current
from cadre.ask.parse import mentions

_GROUP = "group:"


def groups_named(session: Session, text: str) -> tuple[str, ...]:
    """The groups that a text may name, the likeliest first."""
    found = (subject for each in mentions(text, current(session).lexicon) for subject in each.subjects)
    return tuple(dict.fromkeys(subject.removeprefix(_GROUP) for subject in found if subject.startswith(_GROUP)))
