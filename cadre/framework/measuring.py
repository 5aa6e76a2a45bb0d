"""How broad texts are and into how many lines they fall: by the widths of a real face that is broader than those that slides are set in.

Slides are set in Arial, which every office suite has, or has a face of the same widths for. DejaVu Sans is an eighth broader: what fits by
it fits in Arial, and in whatever stands in for it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

from cadre.core.words import Words

FONTS: Final = Path(__file__).parent / "fonts"
LEADING: Final = 1.2
"""Height of a line, in sizes of its letters."""
_BOLD: Final = 1.06
"""Of Arial in bold; that, too, with an eighth to spare."""
_BROAD: Final = 1.1
"""Ems of what the face lacks and is square, such as emoji."""


@cache
def _advances() -> dict[str, float]:
    """Ems of each sign that was measured."""
    return {}


@cache
def _face() -> Any:
    from PIL import ImageFont  # noqa: PLC0415  # whoever makes no deck does without

    return ImageFont.truetype(str(FONTS / "DejaVuSans.ttf"), 1000)


_BOX: Final = "□"
_JOINERS: Final = frozenset("\u200d\ufe0e\ufe0f")
"""What joins emoji, or says how one is drawn: nothing by itself."""
_LATIN: Final = 0x250
"""Below this the faces have every letter."""


def drawable(text: str) -> str:
    """A text as the shipped faces can draw it: one neutral box for each run of signs that they lack, such as emoji."""
    found: list[str] = []
    boxed = False
    for sign in text:
        boxed = (boxed and sign in _JOINERS) or not _is_drawn(sign)
        if not boxed:
            found.append(sign)
        elif not found or found[-1] != _BOX:
            found.append(_BOX)
    return "".join(found)


@cache
def _is_drawn(sign: str) -> bool:
    if ord(sign) < _LATIN or unicodedata.category(sign)[0] in "CZ":
        return True
    from PIL import ImageFont  # noqa: PLC0415  # as above

    faces = (ImageFont.truetype(str(FONTS / name), 20) for name in ("DejaVuSans.ttf", "Inter-Regular.otf"))
    return any(bytes(face.getmask(sign)) != bytes(face.getmask("\U0010fffe")) for face in faces)


def _advance(sign: str) -> float:
    known = _advances()
    if sign not in known:
        known[sign] = 0.0 if unicodedata.combining(sign) else max(_face().getlength(sign) / 1000, _least(sign))
    return known[sign]


def _least(sign: str) -> float:
    return _BROAD if unicodedata.east_asian_width(sign) in "WF" else 0.0


@lru_cache(maxsize=20_000)
def breadth(text: str) -> float:
    """How broad a text is on one line, in ems."""
    return sum(map(_advance, text))


def lines(text: str, size: float, within: float, *, bold: bool = False) -> int:
    """Into how many lines a text falls. ``size``, ``within``: in points."""
    return sum(1 for _ in wrapped(text, _ems(size, within, bold)))


def _ems(size: float, within: float, bold: bool) -> float:
    return within / size / (_BOLD if bold else 1)


def wrapped(text: str, ems: float) -> Iterator[str]:
    """The lines of a text, broken where a space stands; a word that is broader than a line is broken anywhere."""
    for paragraph in text.split("\n") or [""]:
        line, used = "", 0.0
        for word in _words(paragraph, ems):
            wide = breadth(word)
            if line and used + breadth(" ") + wide > ems:
                yield line
                line, used = word, wide
            else:
                line, used = (f"{line} {word}", used + breadth(" ") + wide) if line else (word, wide)
        yield line


def _words(paragraph: str, ems: float) -> Iterator[str]:
    for word in paragraph.split(" "):
        if breadth(word) <= ems:
            yield word
            continue
        part, used = "", 0.0
        for sign in word:
            if part and used + _advance(sign) > ems:
                yield part
                part, used = "", 0.0
            part, used = part + sign, used + _advance(sign)
        yield part


def parted(text: Words, size: float, within: float, most: int, *, bold: bool = False) -> list[Words]:
    """A text in parts of so many lines at most, broken where its lines are."""
    held = list(wrapped(text, _ems(size, within, bold)))
    return [Words.joined(" ", map(Words.verbatim, held[at : at + most])) for at in range(0, len(held), most)]
