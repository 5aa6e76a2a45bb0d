"""A message as words: folded, with what their spelling gave away."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from cadre.core.text import fold

MAX_TOKENS: Final = 250
"""More words than any question has; what comes after is not read."""

# "C.-B.", "C-B", "N.W.T.", « T.-N.-L. » are one word; an apostrophe ends one: « l'identité », "identity's".
_WORD: Final = re.compile(r"[A-ZÀ-Ý](?:-[A-ZÀ-Ý])+\b|(?:[^\W\d_]\.-?){2,}[^\W\d_]?\.?|[^\W_]+")
# Some unusual letters fold to two words or to nothing; what is left of them is no word.
_PLAIN: Final = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Token:
    """One word. ``shouted``: written in capitals or with dots, in a message that is not all capitals: an abbreviation."""

    text: str
    start: int
    end: int
    shouted: bool


def tokens(text: str) -> list[Token]:
    """The words of a message, in order."""
    letters = [c for c in text[:2000] if c.isalpha()]
    all_capitals = len(letters) > 12 and sum(c.isupper() for c in letters) > 0.8 * len(letters)
    found: list[Token] = []
    for match in _WORD.finditer(text):
        raw = match[0]
        dotted = "." in raw or "-" in raw
        plain = fold(raw.replace(".", "").replace("-", "")) if dotted else fold(raw)
        for part in _PLAIN.findall(plain):
            shouted = dotted or (len(raw) > 1 and raw.isupper() and not all_capitals)
            found.append(Token(part, match.start(), match.end(), shouted))
            if len(found) == MAX_TOKENS:
                return found
    return found


def words(text: str) -> tuple[str, ...]:
    """The folded words of a name."""
    return tuple(token.text for token in tokens(text))
