"""Marks of what a window showed: a window cannot keep all of it, and is compared by them with what stands there when it is sent."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Mapping
from typing import Final

from cadre.core.bilingual import Bilingual
from cadre.core.errors import Invalid, Message
from cadre.core.i18n import LANGUAGES
from cadre.core.words import Words

_SHOWN: Final = 100
"""Characters that are shown of what another wrote: there is room for no more beside a field."""


def mark(value: str) -> str:
    """A short mark of what a field shows, by which it is known later whether it shows something else."""
    return f"{zlib.crc32(value.encode()):08x}"


def marks(values: Mapping[str, str]) -> dict[str, str]:
    """Of each field: what a window keeps of what it showed."""
    return {name: mark(value) for name, value in values.items()}


def of_text(name: str, text: Bilingual | None) -> dict[str, str]:
    """What the two fields of a text show."""
    return {f"{name}_{language}": (text and text.in_(language)) or "" for language in LANGUAGES}


def changed(shown: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """The fields that say something else than was shown. ``shown``: marks; what was not there yet was shown as nothing."""
    return [name for name, value in now.items() if mark(value) != shown.get(name, mark(""))] if shown else []


def kept(now: Mapping[str, str], typed: Mapping[str, str], shown: Mapping[str, str], texts: Collection[str]) -> set[str]:
    """The fields that stay as another made them meanwhile: those that whoever saves left as they were shown to them.

    ``now``: what stands there; ``shown``: marks of what the window showed; ``texts``: the fields of which people can read what stands.
    Raises Invalid for each field in which both wrote, and not the same.
    """
    theirs = [name for name in changed(shown, now) if name in typed]
    left = {name for name in theirs if mark(typed[name]) == shown.get(name, mark(""))}
    if both := [name for name in theirs if name not in left and typed[name] != now[name]]:
        raise Invalid(**{name: _says(now[name] if name in texts else "") for name in both})
    return left


def _says(text: str) -> Message:
    if not text:
        return Message("Somebody changed this meanwhile. Open this window again to see it.")
    values = {"text": shortened(text)}
    return Message("Somebody wrote here meanwhile: “{text}” Take that over, or open this window again.", values)


def by_whom(who: Words, text: Words) -> Message:
    """That somebody wrote in a field meanwhile: who, and what stands there now, as the reader reads it."""
    return Message("{who} wrote here meanwhile: “{text}” Take that over, or open this window again.", {"who": who, "text": text})


def shortened(text: str) -> Words:
    """As much of what another wrote as there is room for beside a field."""
    return Words.verbatim(text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…")
