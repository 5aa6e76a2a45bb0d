"""What a process keeps in memory to answer: the directory and its lexicon, rebuilt when the registry's revision is raised."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from cadre.ask.concepts import FUNCTION_WORDS
from cadre.ask.directory import Directory, parts, read
from cadre.ask.lexicon import Entry, Lexicon, entry
from cadre.core.bilingual import Bilingual
from cadre.core.facts import names


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The facts at one revision, the names to find them by, and the subjects that are councils.

    ``directory`` holds the real Councils; ``demonstration`` what was invented to show Cadre, which only a question by name is told from.
    """

    revision: int
    directory: Directory
    lexicon: Lexicon
    councils: frozenset[str]
    demonstration: Directory | None = None

    def facts_of(self, subject: str | None) -> Directory:
        """The facts that a subject is one of: of the demonstration for what was invented, real for anything else."""
        aside = self.lexicon.aside
        return self.demonstration if self.demonstration and aside and subject in aside.subjects else self.directory


_CODE: Final = 2
"""Letters of a postal code for a province or territory: "ON"."""
_kept: Final[WeakKeyDictionary[Any, Knowledge]] = WeakKeyDictionary()
_building: Final = threading.Lock()


def current(session: Session) -> Knowledge:
    """What the registry holds at the session's revision: kept from before, or read now."""
    bind = session.get_bind()
    assert isinstance(bind, Engine)
    revision: int = session.info["revision"]
    known = _kept.get(bind.pool)
    if known is None or known.revision != revision:
        with _building:
            known = _kept.get(bind.pool)
            if known is None or known.revision != revision:
                known = build(read(session), revision)
                _kept[bind.pool] = known
    return known


def build(whole: Directory, revision: int = 0) -> Knowledge:
    """All facts, what was invented apart from the rest, with the lexicon of both."""
    real, invented = parts(whole)
    return Knowledge(
        revision,
        real,
        Lexicon(_entries(real), Lexicon(_entries(invented), titles=_titles(invented)) if invented else None, _titles(real)),
        frozenset(f"group:{group.id}" for group in whole.groups.values() if group.is_council),
        invented,
    )


def _entries(known: Directory) -> Iterator[Entry]:
    for kind, records in (
        ("group", known.groups),
        ("priority", known.priorities),
        ("jurisdiction", known.jurisdictions),
        ("term", known.terms),
    ):
        for record in records.values():
            yield from _named(f"{kind}:{record.id}", record.name)
    for place in known.jurisdictions.values():
        subject = f"jurisdiction:{place.id}"
        if len(place.id) == _CODE:
            yield entry(subject, place.id, code=True)
        yield from _named(subject, place.short)
        yield from (each for each in _named(subject, place.section) if FUNCTION_WORDS.isdisjoint(each.words))  # « MISA Est » is "MISA"
    yield from _unnamed(known)
    for alias in known.aliases:
        if alias.subject not in ("group_kind", "category"):
            yield entry(f"{alias.subject}:{alias.subject_id}", alias.text, acronym=alias.kind == "acronym")


def _unnamed(known: Directory) -> Iterator[Entry]:
    """What is called otherwise than by a bilingual name: people, meetings by their place, rules by their number."""
    for person in known.people.values():
        yield entry(f"person:{person.id}", person.name)
    for rule in known.rules:
        yield entry(f"rule:{rule.id}", rule.number)
        yield entry(f"rule:{rule.id}", rule.number.rstrip("abcdef"))
    for meeting in known.meetings:
        yield from _named(f"meeting:{meeting.id}", meeting.place)


def _titles(known: Directory) -> Iterator[tuple[str, str]]:
    for meeting in known.meetings:
        yield from ((f"meeting:{meeting.id}", text) for _language, text in (names(meeting.title) if meeting.title else ()))


def _named(subject: str, name: Bilingual | None) -> Iterator[Entry]:
    for _language, text in names(name) if name else ():
        yield entry(subject, text)
