"""Marks of what a window showed: a window cannot keep all of it, and is compared by them with what stands there when it is sent."""

from __future__ import annotations

import zlib
from collections.abc import Mapping


def mark(value: str) -> str:
    """A short mark of what a field shows, by which it is known later whether it shows something else."""
    return f"{zlib.crc32(value.encode()):08x}"


def marks(values: Mapping[str, str]) -> dict[str, str]:
    """Of each field: what a window keeps of what it showed."""
    return {name: mark(value) for name, value in values.items()}


def changed(shown: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """The fields that say something else than was shown. ``shown``: marks; what was not there yet was shown as nothing."""
    return [name for name, value in now.items() if mark(value) != shown.get(name, mark(""))] if shown else []
