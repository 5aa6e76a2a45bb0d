"""How a recommendation of the registry is put to a council: what it is called, what each seat takes its position on, and the background."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from sqlalchemy.orm import Session

from cadre.core.bilingual import Bilingual
from cadre.core.errors import Message
from cadre.core.i18n import LOCALES
from cadre.core.reader import Reader
from cadre.decisions import rules
from cadre.decisions.models import Category, Recommendation
from cadre.groups.models import Group
from cadre.priorities.models import Priority

_NOTE: Final = re.compile(r"\s*\([^()«]*«[^()]*\)")
_TITLES: Final[Mapping[str, Message]] = {
    "priorities": Message("Priorities as working groups"),
    "oversight": Message("Oversight of the identity priority"),
    "governance": Message("Structures and governance of groups"),
    "guidelines": Message("Guidelines for new groups"),
    "group_kinds": Message("Kinds of groups"),
    "requirements": Message("What every group must have"),
}
"""What a question is called that puts one recommendation, by its topic."""


def worded(session: Session, recommendation: Recommendation) -> Bilingual:
    """A recommendation as it is put to a council, for that is how the decision reads: as agreed, else as it is worded, else its group and
    what is asked of the groups of its category.
    """
    if recommendation.agreed or recommendation.wording:
        return recommendation.agreed or recommendation.wording  # type: ignore[return-value]  # one of the two is there
    category = session.get_one(Category, recommendation.category)
    group = session.get(Group, recommendation.group) if recommendation.group else None
    return _of_group(group, category) if group else category.question


def items(session: Session, recommendation: Recommendation) -> Iterator[Bilingual]:
    """All that is asked by a recommendation: of one that says what is agreed otherwise, that too, for "supports" must say which."""
    yield worded(session, recommendation)
    if recommendation.otherwise:
        yield recommendation.otherwise


def title(session: Session, category: Category | None, asked: Sequence[Recommendation]) -> Bilingual | None:
    """What a question is called that puts a slide of the deck, or one recommendation."""
    if category:
        return without_notes(category.label)
    if len(asked) != 1:
        return None
    (only,) = asked
    group = session.get(Group, only.group) if only.group else None
    of = session.get(Category, only.category) if only.category else None
    if group:
        full = _of_group(group, of) if of else group.name
        return full if max(len(full.en or ""), len(full.fr or "")) <= rules.LONGEST_TITLE else group.name
    if only.priority:
        return session.get_one(Priority, only.priority).name
    told = _TITLES.get(only.topic)
    return Bilingual(*(str(told.for_(Reader(LOCALES[language]))) for language in ("en", "fr"))) if told else None


def background(category: Category | None, asked: Sequence[Recommendation]) -> Bilingual | None:
    """What was asked in so many words, where what is put is the decision that would answer it."""
    if category:
        return without_notes(category.question)
    return asked[0].wording if len(asked) == 1 and asked[0].agreed else None


def without_notes(text: Bilingual) -> Bilingual:
    """A text of the deck as it is put to a council: a word of the deck that it quotes in brackets is a note, and not decided on."""
    english, french = (_NOTE.sub("", each) if each else None for each in (text.en, text.fr))
    return replace(text, en=english, fr=french)


def _of_group(group: Group, category: Category) -> Bilingual:
    label = without_notes(category.label)
    english = f"{group.name.en}: {_inside(label.en)}" if group.name.en and label.en else None
    french = f"{group.name.fr}\u00a0: {_inside(label.fr)}" if group.name.fr and label.fr else None
    return Bilingual(english, french)


def _inside(text: str) -> str:
    """A label inside a sentence: only its first letter is small then, for "IT" stays "IT"."""
    return text[:1].lower() + text[1:]
