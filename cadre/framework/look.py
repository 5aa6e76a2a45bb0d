"""How a picture of the framework looks: hues, lines, shapes, and how a text is broken into lines."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from cadre.core.text import printable

FACE: Final = "Inter"
"""The one type face; what it lacks (syllabics, Arabic, signs), DejaVu Sans has. Both are shipped (``fonts/``)."""
FAMILY: Final = "Inter, DejaVu Sans, Verdana, sans-serif"
PAPER: Final = "#ffffff"
INK: Final = "#1c2733"
SOFT: Final = "#4d5b6a"
LINE: Final = "#b4bfca"
FAINT: Final = "#dde3e9"
PANEL: Final = "#f5f7f9"
WARN: Final = "#8a4b00"
CALM: Final = "#2f5573"
TINTS: Final[Mapping[str, str]] = {"gap": WARN, "to_complete": WARN, "late": WARN, "proposed": CALM, "table": "#6f4a12"}
"""Of what is to be seen at once, by its kind: beside a shape and words that say the same."""


@dataclass(frozen=True, slots=True)
class Hue:
    """A colour, dark enough for white text on it and for text on its tint (WCAG AA: 4.5 to 1), and that tint."""

    deep: str
    tint: str


HUES: Final = (
    Hue("#1f4e79", "#e9f0f7"),
    Hue("#6b2f6b", "#f5ecf5"),
    Hue("#0f5e5a", "#e4f2f0"),
    Hue("#8a2f2b", "#faeceb"),
    Hue("#43591f", "#eff4e4"),
    Hue("#3d3a8c", "#edecf9"),
    Hue("#165a72", "#e4f1f6"),
    Hue("#7a3350", "#f8ebf1"),
)
"""One for each council, in their order; with more councils they come round again."""
TABLE_HUE: Final = Hue("#6f4a12", "#f8f0e2")
"""Of tables of deputy ministers."""
NO_HUE: Final = Hue("#4a5568", "#eef1f4")
"""Of what comes to no council."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """How a line is drawn. ``end``: what Graphviz draws where it ends, one of ENDS; ``double``: as two lines side by side."""

    style: str
    width: float
    color: str | None = None
    end: str | None = None
    double: bool = False


STROKES: Final[Mapping[str, Stroke]] = {
    "carries": Stroke("solid", 4.2),
    "would_carry": Stroke("dashed", 3.2),
    "supports": Stroke("solid", 2.0),
    "example": Stroke("dotted", 2.4, end="odot"),
    "could_support": Stroke("dashed", 1.0),
    "owns": Stroke("solid", 1.2, LINE),
    "referred": Stroke("dotted", 1.6, TABLE_HUE.deep, end="diamond"),
    "part_of": Stroke("solid", 1.2, LINE),
    "oversees": Stroke("solid", 1.3, SOFT, end="normal"),
    "becomes": Stroke("dashed", 1.3, SOFT, end="normal"),
    "depends_on": Stroke("dotted", 1.6, SOFT, end="normal"),
    "overlap": Stroke("solid", 1.2, WARN, double=True),
    "feeds": Stroke("solid", 1.3, SOFT, end="normal"),
    "tie": Stroke("solid", 1.0, LINE),
    "now": Stroke("solid", 1.4, WARN),
}
"""By the kind of an edge: told apart by weight, pattern and end, without colour."""
ENDS: Final[Mapping[str, str]] = {"normal": "▸", "odot": "○", "diamond": "◆"}
"""What a line ends in, as the legend shows it."""
PLAIN: Final = Stroke("solid", 1.0, LINE)
KIND_SHAPES: Final[Mapping[str, str]] = {
    "joint_council": "⬢",
    "council": "⬢",
    "deputy_ministers_table": "◆",
    "working_group": "●",
    "committee": "■",
    "sub_committee": "□",
    "community_of_practice": "○",
}
"""A shape for each kind of group, beside its name."""
ANY_KIND: Final = "▪"

DARK: Final[Mapping[str, str]] = {
    PAPER: "#12181f",
    INK: "#e8edf2",
    SOFT: "#aab6c2",
    LINE: "#56646f",
    FAINT: "#34404b",
    PANEL: "#1a222a",
    WARN: "#f2b661",
    CALM: "#9cc3e0",
    **{hue.deep: light for hue, light in zip(HUES, "#8fc1f0 #e0a8e0 #7fd0c8 #f2a7a2 #b8d488 #b5b2f5 #86cbe6 #eba6c2".split(), strict=True)},
    **{hue.tint: dark for hue, dark in zip(HUES, "#1b2d40 #352035 #14312f #3d2221 #283218 #27264b #17313b #3b2330".split(), strict=True)},
    TABLE_HUE.deep: "#e6bf7a",
    TABLE_HUE.tint: "#33291a",
    NO_HUE.deep: "#b3bfcc",
    NO_HUE.tint: "#232b33",
}
"""What each colour of a picture becomes on a dark page."""


def hue(council: str | None, councils: tuple[str, ...]) -> Hue:
    """The hue of a council."""
    return HUES[councils.index(council) % len(HUES)] if council in councils else NO_HUE


_NARROW: Final = frozenset("iljtfrI.,:;'’|!()[] -\u00a0")
_SPACE: Final = 0.31
_BROAD: Final = frozenset("mwMW@%—…")


def breadth(text: str) -> float:
    """About how broad a text is, in ems of the shipped face."""
    return sum(map(_breadth, text))


@cache
def _breadth(sign: str) -> float:
    if sign in _NARROW:
        return _SPACE
    if sign in _BROAD or unicodedata.east_asian_width(sign) in "WF":
        return 1.0
    if unicodedata.combining(sign):
        return 0.0
    return 0.68 if sign.isupper() else 0.57


_SPACES: Final = re.compile("[ \t-\r]+")
"""No-break spaces are not among them: « cadre » stays on one line."""
_TURNING: Final = re.compile("[\x80-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")


def clean(text: str) -> str:
    """A text on one line, without what no picture can hold: control characters, and those that turn the text around them."""
    return _SPACES.sub(" ", _TURNING.sub("", printable(text))).strip(" ")


@lru_cache(maxsize=8192)
def wrapped(text: str, ems: float) -> tuple[str, ...]:
    """A text in as few lines as it needs within a breadth, all about equally long. Never nothing: a line at least."""
    words = [(word, breadth(word)) for each in (clean(text) or "–").split(" ") for word in _cut(each, ems)]
    lines = _filled(words, ems)
    if len(lines) > 1:
        even = sum(broad + _SPACE for _word, broad in words) / len(lines)
        while even < ems:  # the narrowest that takes no more lines
            if len(narrower := _filled(words, even)) == len(lines):
                return narrower
            even += 0.5
    return lines


def _cut(word: str, ems: float) -> list[str]:
    """A word in pieces that fit."""
    pieces, broad = [""], 0.0
    for sign in word:
        broad += _breadth(sign)
        if broad > ems:
            pieces.append("")
            broad = _breadth(sign)
        pieces[-1] += sign
    return pieces


def _filled(words: list[tuple[str, float]], ems: float) -> tuple[str, ...]:
    lines: list[list[str]] = [[]]
    left = ems
    for word, broad in words:
        if lines[-1] and broad + _SPACE > left:
            lines.append([])
            left = ems + _SPACE
        lines[-1].append(word)
        left -= broad + _SPACE
    return tuple(" ".join(line) for line in lines)
