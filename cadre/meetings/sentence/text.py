"""A sentence that is taken apart, and the words that both languages have for months, weekdays and numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from babel.dates import get_day_names, get_month_names

from cadre.core.text import fold
from cadre.meetings.series import LAST

_LOCALES: Final = ("en_CA", "fr_CA")


@dataclass
class Text:
    """A sentence that is taken apart: what was understood is taken out, so that nothing is understood twice."""

    original: str
    folded: str = ""
    places: list[int] = field(default_factory=list)
    taken: list[tuple[int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        for place, letter in enumerate(self.original):
            plain = fold(letter)
            self.folded += plain
            self.places += [place] * len(plain)

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The first place that a pattern matches, which is taken out."""
        found = pattern.search(self.folded)
        if found:
            self.remove(found)
        return found

    def remove(self, found: re.Match[str]) -> None:
        """Take a match out."""
        self.cut(*found.span())

    def cut(self, start: int, end: int) -> None:
        """Take out what stands between two places of the folded sentence."""
        self.taken.append((self.places[start], self.places[end - 1] + 1))
        self.folded = self.folded[:start] + "\0" * (end - start) + self.folded[end:]

    def drop(self, start: int, end: int) -> None:
        """Take out what stands between two places of the sentence as it was written."""
        self.taken.append((start, end))

    def left(self) -> str:
        """The sentence as it was written, with blanks in place of what was taken out."""
        letters = list(self.original)
        for start, end in self.taken:
            letters[start:end] = " " * (end - start)
        return "".join(letters)

    def rest(self) -> str:
        """What is left, tidied: no doubled spaces, no commas and little words at the ends."""
        left = " ".join(self.left().split())
        while (shorter := _LOOSE.sub("", left).strip(" ,;:.-–—")) != left:  # dashes as people type them
            left = shorter
        return re.sub(r"\s+,", ",", left)


_LOOSE: Final = re.compile(r"(?i)(^(?:on|at|for|le|la|à|a|de|pour|in)\s|\s(?:on|at|for|the|le|à|de|d'|pour|from|in)$)")


def _words(names: Callable[..., object], *widths: str) -> dict[str, int]:
    """Names of months or days in both languages, folded, with their numbers. Babel types no mapping of them."""
    found: dict[str, int] = {}
    for locale in _LOCALES:
        for width in widths:
            listed = names(width, locale=locale)
            found |= {fold(str(name)).rstrip("."): number for number, name in dict(listed).items()}  # type: ignore[call-overload]
    return found


def any_of(names: Iterable[str]) -> str:
    """A pattern of any of some names, the longest first."""
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


MONTHS: Final = _words(get_month_names, "wide", "abbreviated")
WEEKDAYS: Final = _words(get_day_names, "wide")
NUMBERS: Final = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "sept": 7, "huit": 8, "neuf": 9, "dix": 10, "onze": 11, "douze": 12,
    "quinze": 15,
}  # fmt: skip
ORDINALS: Final = {
    "first": 1, "1st": 1, "premier": 1, "1er": 1, "second": 2, "2nd": 2, "deuxieme": 2, "2e": 2, "third": 3, "3rd": 3, "troisieme": 3,
    "3e": 3, "fourth": 4, "4th": 4, "quatrieme": 4, "4e": 4, "last": LAST, "dernier": LAST,
}  # fmt: skip
N: Final = rf"(?P<n>\d{{1,3}}|{any_of(NUMBERS)})"
FROM_1: Final = rf"(?P<n>[1-9]\d{{0,2}}|{any_of(NUMBERS)})"
"""Numbers, and those that can be counted by."""


def number(word: str) -> int:
    """A number as it is written, in figures or words."""
    return int(word) if word.isdigit() else NUMBERS[word]
