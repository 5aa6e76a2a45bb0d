"""What a text names that is no question: for whoever types a sentence into something else than a question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy.orm import Session

from cadre.ask.concepts import FUNCTION_WORDS, GENERIC
from cadre.ask.knowledge import current
from cadre.ask.parse import mentions
from cadre.ask.tokens import tokens

_GROUP = "group:"


def groups_named(session: Session, text: str) -> tuple[str, ...]:
    """The groups that a text may name, the likeliest first."""
    found = (subject for each in mentions(text, current(session).lexicon) for subject in each.subjects)
    return tuple(dict.fromkeys(subject.removeprefix(_GROUP) for subject in found if subject.startswith(_GROUP)))


def others_named(session: Session, text: str, taken: Sequence[str]) -> tuple[str, ...]:
    """Groups that other words of a text name than those words that may name the ones that are taken."""
    found = [
        tuple(subject.removeprefix(_GROUP) for subject in each.subjects if subject.startswith(_GROUP))
        for each in mentions(text, current(session).lexicon)
    ]
    return tuple(dict.fromkeys(groups[0] for groups in found if groups and not set(groups) & set(taken)))


def besides_groups(session: Session, text: str) -> str:
    """What a text says besides the names of groups, and words that say nothing by themselves."""
    known = {place for each in mentions(text, current(session).lexicon) if each.type == "group" for place in each.positions}
    words = ((place, token) for place, token in enumerate(tokens(text)) if token.text not in _SAY_NOTHING)
    return " ".join(dict.fromkeys(text[token.start : token.end] for place, token in words if place not in known))


_SAY_NOTHING: Final = FUNCTION_WORDS | GENERIC | frozenset("meeting meetings meet reunion reunions teleconference teleconferences".split())
