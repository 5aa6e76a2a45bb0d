"""Two plain forms of texts: one for everything that is compared, never for what is shown; and what every file and letter can hold."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_SPECIAL: Final = str.maketrans(
    {
        "œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l",
        "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "\u00a0": " ", "\u202f": " ",
        "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-",
    }
)  # fmt: skip

_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """Without the characters that no XML, and so no document, workbook or page, can hold, nor a database or an e-mail some of them.

    Source: https://www.w3.org/TR/xml/#charsets. Breaks and tabs stay; DEL is among them, for no text needs it.
    """
    return text if text.isprintable() else _UNPRINTABLE.sub("", text)


def fold(text: str) -> str:
    """Without accents, ligatures, typographic apostrophes, dashes, no-break spaces and capitals: « Cœur d’Été » -> "coeur d'ete"."""
    plain = text.translate(_SPECIAL)
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return plain.casefold()
