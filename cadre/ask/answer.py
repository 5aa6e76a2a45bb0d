"""What a question is answered with. The same for Slack, the terminal and the pages."""

from __future__ import annotations

from dataclasses import dataclass

from cadre.core.i18n import Language
from cadre.core.words import Words


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of several things that a question may have meant. ``subject`` ("group:privacy") is what choosing it sends back.

    ``short``: what tells it from the others, first: a phone shows some thirty characters of a button.
    """

    subject: str
    label: Words
    short: Words


@dataclass(frozen=True, slots=True)
class Group:
    """One of several things that an answer tells of, with its own lines."""

    headline: Words
    details: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """The answer to one question. ``headline`` *is* the answer; ``details`` are lines of a list below it.

    ``groups``: between the two, where it tells of several things, each of them.

    ``candidates`` stand where the question was ambiguous; ``subject`` is what the answer is about, for a question that follows;
    ``known`` is whether the registry could tell what was asked; ``meeting``: the record of the one that is told of, to be opened.
    """

    question: str
    intent: str
    headline: Words
    details: tuple[Words, ...] = ()
    sources: tuple[Words, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    subject: str | None = None
    known: bool = True
    groups: tuple[Group, ...] = ()
    meeting: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a message, which may hold several questions. ``follow_ups``: up to three questions that one may ask next."""

    question: str
    language: Language
    parts: tuple[Part, ...]
    follow_ups: tuple[Words, ...] = ()

    @property
    def intent(self) -> str:
        """What was asked; the first where there are several."""
        return self.parts[0].intent

    @property
    def headline(self) -> Words:
        """The first line: the answer itself, and the text of the notification."""
        return Words.joined(" ", (part.headline for part in self.parts))

    @property
    def sources(self) -> tuple[Words, ...]:
        """Where it comes from, each once."""
        return tuple(dict.fromkeys(source for part in self.parts for source in part.sources))
