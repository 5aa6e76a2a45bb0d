"""Working days, and moments at which somebody may be written to, where they live.

Days off are those of the ``holidays`` library: of a province or territory, or the federal list. Times go by the pinned zone data.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

import holidays

from cadre.core.i18n import Language
from cadre.core.words import Words

FEDERAL: Final = "CA"
PLACES: Final = frozenset({FEDERAL, "AB", "BC", "MB", "NB", "NL", "NS", "NT", "NU", "ON", "PE", "QC", "SK", "YT"})
"""Whose days off are known, by the code of the jurisdiction."""
_SATURDAY: Final = 5
_MORNING: Final = timedelta(hours=12)
_NAMES: Final[Mapping[Language, str]] = {"en": "en_CA", "fr": "fr"}
_OURS: Final = {"Boxing Day": "Lendemain de Noël"}
"""What the library leaves in English."""


@cache
def _days_off(place: str, year: int, language: Language) -> Mapping[date, str]:
    """https://pypi.org/project/holidays: the federal list is the category "government" of the country."""
    if place == FEDERAL:
        found = holidays.country_holidays("CA", years=year, language=_NAMES[language], categories=("government",))
    else:
        found = holidays.country_holidays("CA", subdiv=place, years=year, language=_NAMES[language])
    return dict(found)


def holiday(day: date, place: str, language: Language) -> Words | None:
    """What is celebrated on a day in a place; None on any other. A place that is not known goes by the federal list."""
    name = _days_off(place if place in PLACES else FEDERAL, day.year, language).get(day)
    if name is None:
        return None
    for english, french in _OURS.items() if language == "fr" else ():
        name = name.replace(english, french)
    return Words.verbatim(name)


def is_working_day(day: date, place: str) -> bool:
    """Whether people work in a place on a day: neither a weekend nor a day off."""
    return day.weekday() < _SATURDAY and day not in _days_off(place if place in PLACES else FEDERAL, day.year, "en")


def working_day_before(day: date, place: str) -> date:
    """The day itself, if people work on it; else the last one before."""
    while not is_working_day(day, place):
        day -= timedelta(days=1)
    return day


def working_day_after(day: date, place: str) -> date:
    """The day itself, if people work on it; else the next one."""
    while not is_working_day(day, place):
        day += timedelta(days=1)
    return day


def moment(day: date, at: time, zone: str) -> datetime:
    """The instant of a wall time, in UTC. One that is skipped when clocks go forward is told as the one an hour later; of one that comes
    twice when they go back, the first is meant.
    """
    local = datetime.combine(day, at, ZoneInfo(zone))
    return local.astimezone(UTC)


def last_morning(closes: datetime) -> date:
    """The day of the last morning before something closes, where the moment is told: the day before, where it closes in the morning."""
    return (closes - _MORNING).date()
