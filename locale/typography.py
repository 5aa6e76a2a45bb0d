"""Canadian French typography: what a translation may not hold.

The rules are the Translation Bureau's: https://www.btb.termiumplus.gc.ca/tpv2guides/guides/clefsfp/index-fra.html
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

_LINK: Final = re.compile(r"<[^<>|\s][^<>|]*\|([^<>]*)>")
"""Slack's ``<address|words>``, of which the words are read."""
_CODE: Final = re.compile(r"`[^`]*`|<[^<>\s][^<>]*>|https?://\S+|(?<!\w):[a-z0-9_+'-]+:(?!\w)")
"""What is not prose: code, mark-up and mentions, addresses, emoji."""
_FIELD: Final = re.compile(r"\{[^{}]*\}")

_RULES: Final = [
    (re.compile(pattern), what)
    for pattern, what in (
        ("\u202f", "narrow no-break space, which chat clients draw unevenly: U+00A0 is wanted"),
        ("(?<!\u00a0):(?!(?<=\\d:)\\d)", "no-break space wanted before the colon"),
        ("«(?!\u00a0)|(?<!\u00a0)»", "no-break spaces wanted inside « »"),
        ("[0-9 ][%$]", "no-break space wanted before % and $"),
        (r"\s[;!?]", "no space before ; ! ?"),
        ('"', "« » wanted for straight quotes"),
        (r"\.\.\.", "… wanted for three points"),
        (r"\d(?:i?[èe]me|ier|[èe]re)s?\b", "ordinals are 1er, 1re, 2e, 3e"),
        ("\\d ?h(?![^\\W\\d])|\\d\u00a0h ?\\d", "no-break spaces wanted around the h of a time"),
    )
]
_APOSTROPHE: Final = re.compile(r"(?<=[^\W\d])['’](?=[^\W\d])")


def faults(text: str) -> Iterator[str]:
    """What is wrong with a French message. A ``{field}`` counts as a figure, which is what it may become."""
    prose = _FIELD.sub("0", _CODE.sub("x", _LINK.sub(r"\1", text)))
    for pattern, what in _RULES:
        if pattern.search(prose):
            yield what


def apostrophes(text: str) -> list[str]:
    """The signs, ' or ’, that stand between letters."""
    return _APOSTROPHE.findall(_CODE.sub("x", text))


def rarer_apostrophe(texts: Iterable[str]) -> str | None:
    """' or ’, whichever is the exception where both are used; None where all agree."""
    used = Counter(sign for text in texts for sign in apostrophes(text))
    return min(used, key=lambda sign: (used[sign], sign)) if len(used) > 1 else None
