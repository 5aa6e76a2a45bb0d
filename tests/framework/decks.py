"""Decks as whoever opens them sees them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

from pptx import Presentation

_ALIKE: Final = str.maketrans({"\u00a0": " ", "\u202f": " ", "’": "'", "—": "-", "–": "-", "\x0b": " "})


def opened(content: bytes) -> Any:
    return Presentation(BytesIO(content))


def texts(slide: Any) -> Iterator[str]:
    """What stands on a slide, in the order in which it is read: texts, and tables row by row."""
    for shape in slide.shapes:
        if shape.has_text_frame:
            yield shape.text_frame.text
        if shape.has_table:
            for row in shape.table.rows:
                yield from (cell.text_frame.text for cell in row.cells)


def titled(deck: Any, title: str) -> Any:
    """The slide with this title, or that its title begins with."""
    found = [slide for slide in deck.slides if slide.shapes.title.text_frame.text.startswith(title)]
    assert found, f"{title!r} is none of {[slide.shapes.title.text_frame.text for slide in deck.slides]}"
    return found[0]


def all_of(slide: Any) -> str:
    return "\n".join(texts(slide))


def plain(text: str) -> str:
    """As two texts are compared: capitals, spaces, apostrophes and dashes aside."""
    folded = " ".join(text.translate(_ALIKE).casefold().split())
    return re.sub(r"« ?(.*?) ?»", r"«\1»", folded)
