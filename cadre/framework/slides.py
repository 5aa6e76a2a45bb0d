"""Slides as plain data: what stands on each, in each language of the deck. How they look, and how much fits on one, is not said here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from cadre.core.bilingual import Bilingual
from cadre.core.i18n import LANGUAGES, LOCALES, Language
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.framework.graph import Told
from cadre.framework.graph import Tongue as DeckLanguage

NOTHING: Final[Told] = ()


@dataclass(frozen=True, slots=True)
class Tongue:
    """The languages in which a deck speaks."""

    readers: tuple[Reader, ...]

    @classmethod
    def of(cls, language: DeckLanguage) -> Tongue:
        """English, French, or both, English first."""
        return cls(tuple(Reader(LOCALES[each]) for each in (LANGUAGES if language == "both" else (language,))))

    @property
    def languages(self) -> tuple[Language, ...]:
        """In their order."""
        return tuple(reader.language for reader in self.readers)

    def say(self, words: Callable[[Reader], Words]) -> Told:
        """A text in each language."""
        found = tuple(words(reader) for reader in self.readers)
        return found[:1] if len(set(found)) == 1 else found

    def text(self, held: Bilingual | None) -> Told:
        """A text of the registry, with a word where it is owed in a language; nothing for none."""
        return self.say(held.marked) if held else NOTHING

    def name(self, held: Bilingual) -> Told:
        """A name of the registry: of a name it is not said that it is written in one language only."""
        return self.say(held.for_)

    def verbatim(self, text: str) -> Told:
        """What nobody translates."""
        return (Words.verbatim(text),)

    def joined(self, separator: str, parts: Iterable[Told]) -> Told:
        """Several texts as one, in each language."""
        held = [part for part in parts if part]
        return self.say(lambda reader: Words.joined(separator, (self.in_(part, reader) for part in held)))

    def in_(self, told: Told, reader: Reader) -> Words:
        """Of a text, what one of the readers reads."""
        return told[min(self.readers.index(reader), len(told) - 1)] if told else Words.verbatim("")


@dataclass(frozen=True, slots=True)
class Prose:
    """Paragraphs. ``large``: the one thing that the slide says; ``quiet``: said beside it."""

    paragraphs: tuple[Told, ...]
    weight: Literal["plain", "large", "quiet"] = "plain"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list. ``numbered``: as 1., 2., 3.; ``numbers``: of each item, where they are not these: None for what goes on from another page."""

    items: tuple[Told, ...]
    numbered: bool = False
    numbers: tuple[int | None, ...] = ()

    @property
    def signs(self) -> tuple[int | None, ...]:
        """The number of each item, whether it is shown or not."""
        return self.numbers or tuple(range(1, len(self.items) + 1))


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, and its share of the width."""

    heading: Told
    share: float


@dataclass(frozen=True, slots=True)
class Table:
    """A table. ``about``: what it shows, for those who do not see it; ``row_heads``: the first cell of each row says what the row is of.

    ``notes``: of each row, where it comes from, for the speaker; none at all, or as many as rows.
    """

    about: Told
    columns: tuple[Column, ...]
    rows: tuple[tuple[Told, ...], ...]
    row_heads: bool = True
    notes: tuple[tuple[Told, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Timeline:
    """What came one after the other: where, and when."""

    about: Told
    points: tuple[tuple[Told, Told], ...]


@dataclass(frozen=True, slots=True)
class Tiles:
    """Short texts side by side, in their order."""

    about: Told
    items: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture (PNG; in a binder SVG), and what it shows in words. ``wide``, ``high``: in pixels."""

    content: bytes
    about: Told
    wide: int
    high: int


Block: TypeAlias = Prose | Bullets | Table | Timeline | Tiles | Picture


@dataclass(frozen=True, slots=True)
class Slide:
    """A slide. ``section``: what it is part of, above its title; ``badge``: how sure it is, beside it; ``notes``: where it comes from."""

    title: Told
    blocks: tuple[Block, ...] = ()
    section: Told = NOTHING
    badge: Told = NOTHING
    footnotes: tuple[Told, ...] = ()
    notes: tuple[Told, ...] = ()
    style: Literal["plain", "cover", "divider"] = "plain"
