"""The registries that Cadre brings: the real one, and the small council that shows it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

_DATA: Final = Path(__file__).parents[1] / "data"
PATH: Final = _DATA / "joint-councils.yaml"
_DAY: Final = "2026-11-01"
"""The day in the file of the demonstration that stands for the day on which it is made."""


def real_registry() -> str:
    """The registry file of the Joint Councils, from the seed deck and public pages."""
    return PATH.read_text(encoding="utf-8")


def demonstration(day: date) -> str:
    """The registry file of the Demonstration Council, attested and confirmed on a day: what is older than a year is told as old.

    To be imported after the real registry, whose kinds of group it uses. Everything in it is invented.
    """
    return (_DATA / "demonstration.yaml").read_text(encoding="utf-8").replace(f'"{_DAY}"', f'"{day.isoformat()}"')
