"""The registries that Cadre brings: the real one, and the small council that shows it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Final

_DATA: Final = Path(__file__).parents[1] / "data"
PATH: Final = _DATA / "joint-councils.yaml"
_DAY: Final = "2026-11-01"
"""The day in the file of the demonstration that stands for the day on which it is made."""
_COMING: Final = "2026-12-16"
_AHEAD: Final = timedelta(days=45)
"""And the one that stands for a Wednesday at least so much later, on which its council meets."""
_WEDNESDAY: Final = 2


def real_registry() -> str:
    """The registry file of the Joint Councils, from the seed deck and public pages."""
    return PATH.read_text(encoding="utf-8")


def demonstration(day: date) -> str:
    """The registry file of the Demonstration Council, attested and confirmed on a day: what is older than a year is told as old.

    Its next meeting is to come, so that whoever moves the clock can record what it approved. To be imported after the real registry,
    whose kinds of group it uses. Everything in it is invented.
    """
    coming = day + _AHEAD + timedelta(days=(_WEDNESDAY - (day + _AHEAD).weekday()) % 7)
    text = (_DATA / "demonstration.yaml").read_text(encoding="utf-8")
    return text.replace(f'"{_DAY}"', f'"{day.isoformat()}"').replace(f'"{_COMING}"', f'"{coming.isoformat()}"')
