"""An answer as plain text: for the terminal, and for whoever pipes it on."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from cadre.ask.answer import Answer
from cadre.core.reader import Reader
from cadre.core.words import Words


@dataclass(frozen=True, slots=True)
class Paper:
    """What is written on. ``width`` in columns, None where lines do not end. ``shades``: it shows bold and dim."""

    width: int | None = None
    shades: bool = False

    def line(self, words: str, *, lead: str = "", shade: str = "") -> str:
        """One line of text, or as many as it needs, after a ``lead`` that those below it leave blank."""
        rows = [row for each in words.splitlines() for row in self._rows(each, len(lead))]
        text = "\n".join(f"{' ' * len(lead) if n else lead}{row}".rstrip() for n, row in enumerate(rows))
        return f"{shade}{text}\x1b[0m" if shade and self.shades else text

    def _rows(self, line: str, indent: int) -> list[str]:
        if self.width is None:
            return [line]
        return textwrap.wrap(line, self.width - indent, break_long_words=False, break_on_hyphens=False) or [""]


PLAIN = Paper()
BOLD = "\x1b[1m"
DIM = "\x1b[2m"


@dataclass(frozen=True, slots=True)
class Choice:
    """What may be chosen below an answer: a question that follows, or what ``question`` may have meant."""

    question: str
    label: Words
    subject: str | None = None


def choices(answer: Answer) -> tuple[Choice, ...]:
    """What may be chosen, in the order in which it stands below the answer."""
    meant = (Choice(part.question, each.label, each.subject) for part in answer.parts for each in part.candidates)
    return (*meant, *(Choice(words, words) for words in answer.follow_ups))


def render(answer: Answer, reader: Reader, paper: Paper = PLAIN, *, numbered: bool = False) -> str:
    """The answer first, then its details, what may have been meant, where it comes from, and what one may ask next.

    ``numbered``: what may be chosen has numbers, those of ``choices``.
    """
    return "\n".join(_lines(answer, reader.in_language(answer.language), paper, numbered))


def _lines(answer: Answer, reader: Reader, paper: Paper, numbered: bool) -> Iterator[str]:
    _ = reader.gettext
    leads = (f"  {n}. " if numbered else "  - " for n, choice in enumerate(choices(answer), 1))
    for number, part in enumerate(answer.parts):
        if number:
            yield ""
        yield paper.line(part.headline, shade=BOLD)
        for group in part.groups:
            yield paper.line(group.headline, lead="  ")
            yield from (paper.line(detail, lead="  - ") for detail in group.details)
        for detail in part.details:
            yield paper.line(detail, lead="  - ")
        yield from (paper.line(candidate.label, lead=next(leads)) for candidate in part.candidates)
    if answer.sources:
        yield paper.line(_("Source: {sources}", sources=Words.joined("; ", answer.sources)), shade=DIM)
    if answer.follow_ups:
        yield paper.line(_("You may also ask:"), shade=DIM)
        yield from (paper.line(question, lead=next(leads), shade=DIM) for question in answer.follow_ups)
