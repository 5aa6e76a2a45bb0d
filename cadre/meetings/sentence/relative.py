"""Days that are told from today on: "Tuesday next week", « mardi en huit », "a week from Friday", « le 2e mardi d'avril »."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from cadre.meetings.sentence.text import FROM_1, MONTHS, ORDINALS, WEEKDAYS, Text, any_of, number
from cadre.meetings.series import LAST

_WEEK: Final = 7
_WD: Final = rf"(?P<weekday>{any_of(WEEKDAYS)})"
_M: Final = rf"(?P<month>{any_of(MONTHS)})\.?(?:,?\s+(?P<year>(?:19|20)\d\d)\b)?"
_ON: Final = r"(?:(?:on|the|le)\s+)?"
_NAMED: Final = {"today": 0, "aujourd'hui": 0, "tomorrow": 1, "demain": 1}
_EIGHT: Final = {"huit": 1, "quinze": 2}


def after(day: date, weekday: str) -> date:
    """The next such weekday after a day."""
    return day + timedelta(days=(WEEKDAYS[weekday] - day.weekday() - 1) % _WEEK + 1)


def _next_week(today: date, found: re.Match[str]) -> date:
    monday = today - timedelta(days=today.weekday())
    return monday + timedelta(days=WEEKDAYS[found["weekday"]] + (_WEEK if found["next"] else 0))


def _weeks_after(today: date, found: re.Match[str]) -> date:
    """« lundi en huit »: a week after the Monday that comes, « en quinze »: two. https://vitrinelinguistique.oqlf.gouv.qc.ca"""
    said = found.groupdict()
    weeks = _EIGHT[said["eight"]] if said.get("eight") else number(said.get("n") or "1")
    from_ = said.get("weekday")
    first = after(today, from_) if from_ else today + timedelta(days=_NAMED[found["named"]])
    return first + timedelta(weeks=weeks)


def _gone(today: date, found: re.Match[str]) -> date:
    weekday = WEEKDAYS[found["before"] or found["after"]]
    return today - timedelta(days=(today.weekday() - weekday - 1) % _WEEK + 1)


def _of_month(today: date, found: re.Match[str]) -> date:
    """The first, second … or last such weekday of a month, the next that comes."""
    nth, month, year = ORDINALS[found["nth"]], MONTHS[found["month"]], found["year"]
    year = int(year) if year else today.year
    day = _nth(year, month, WEEKDAYS[found["weekday"]], nth)
    return day if found["year"] or day >= today else _nth(year + 1, month, WEEKDAYS[found["weekday"]], nth)


def _nth(year: int, month: int, weekday: int, nth: int) -> date:
    if nth == LAST:
        last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - weekday) % _WEEK)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % _WEEK, weeks=nth - 1)


_MADE: Final[tuple[tuple[re.Pattern[str], Callable[[date, re.Match[str]], date]], ...]] = tuple(
    (re.compile(pattern), made)
    for pattern, made in (
        (rf"\b{_ON}(?P<nth>{any_of(ORDINALS)})\s+{_WD}\s+(?:of|in|de|d'|en)\s*{_M}(?!\w)", _of_month),
        (rf"\b(?:last\s+(?P<before>{any_of(WEEKDAYS)})|(?P<after>{any_of(WEEKDAYS)})\s+(?:dernier|passe))\b", _gone),
        (rf"\b{_ON}{_WD},?\s+(?:(?:of|in|de)\s+)?(?:(?P<next>next week|la semaine prochaine)|this week|cette semaine)\b", _next_week),
        (rf"\b(?:(?P<next>next week|la semaine prochaine)|this week|cette semaine),?\s+{_ON}{_WD}\b", _next_week),
        (rf"\b{_ON}(?:{_WD}|(?:d')?(?P<named>{any_of(_NAMED)}))\s+en\s+(?P<eight>{any_of(_EIGHT)})\b", _weeks_after),
        (rf"\b(?:{FROM_1}\s+weeks?\s+from|a week from)\s+(?:{_WD}|(?P<named>{any_of(_NAMED)}))\b", _weeks_after),
        (rf"\b(?:{FROM_1}\s+)semaines?\s+apres\s+(?:{_WD}|(?P<named>{any_of(_NAMED)}))\b", _weeks_after),
    )
)


def day(text: Text, today: date) -> date | None:
    """The day that is told so; None where none is."""
    for pattern, made in _MADE:
        if found := text.take(pattern):
            return made(today, found)
    return None


_MONTH_NAMES: Final = {name for name in MONTHS if len(name) > 4} - {"march"}  # "may" and "march" are words of their own
_DATE_WORDS: Final = re.compile(
    rf"\b(?:{any_of(WEEKDAYS)}|{any_of(_MONTH_NAMES)}|{any_of(_NAMED)}|weeks?|semaines?|months?|mois|fortnight|quinzaine"
    rf"|en (?:{any_of(_EIGHT)})|after next)\b"
)
_AROUND: Final = re.compile(
    rf"\b(?:by|before|(?<!day )after|not|avant|apres|d'ici|(?:the )?week of|(?:la )?semaine du)\s+(?:(?:on|the|le|next)\s+)?"
    rf"(?:{any_of(WEEKDAYS)}|{any_of(_NAMED)}|(?:\d{{1,2}}(?:st|nd|rd|th|er)?\s+)?(?:of\s+|de\s+)?(?:{any_of(MONTHS)})\b)"
)
"""What comes before a day, or is around it, is not on it: "by Friday", "before March 3", « la semaine du 22 mars »."""


def around(text: Text) -> bool:
    """Whether a day is named that is only near the one that is meant."""
    return _AROUND.search(text.folded) is not None


def left_over(text: Text) -> bool:
    """Whether words of days stand there still: what was understood may then not be what was meant."""
    return _DATE_WORDS.search(text.folded) is not None
