"""Dates as they are known: to the year, the month or the day. A day is never invented."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, Self

_FORM: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


class Precision(StrEnum):
    """How finely a date is known."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"


class Truth(StrEnum):
    """The answer to an as-of question: a period whose ends are known only to the month or not at all may leave it open."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, a month or a day. ``text`` is its ISO form; ``first`` and ``last`` are the days that it may mean.

    Annotations are real types here, not strings: SQLAlchemy reads them to map the class onto its columns.
    """

    text: str
    first: date
    last: date

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "2017", "2017-10" or "2017-10-03". Raises ValueError for anything else, or a day that does not exist."""
        match = _FORM.fullmatch(text)
        if not match:
            raise ValueError(f"{text!r} is not a year, a month or a day such as 2017, 2017-10 or 2017-10-03")
        year, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None
        try:
            if month is not None and day is not None:
                return cls.day(date(year, month, day))
            if month is not None:
                return cls(text, date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))
            return cls(text, date(year, 1, 1), date(year, 12, 31))
        except (ValueError, calendar.IllegalMonthError) as problem:
            raise ValueError(f"{text!r} is not a date of the calendar") from problem

    @classmethod
    def day(cls, day: date) -> Self:
        """One known day."""
        return cls(day.isoformat(), day, day)

    @property
    def precision(self) -> Precision:
        """How finely it is known."""
        return {4: Precision.YEAR, 7: Precision.MONTH}.get(len(self.text), Precision.DAY)

    def within(self, other: Self) -> bool:
        """Whether all days that this may mean lie in the other: October 2017 lies within 2017."""
        return other.first <= self.first and self.last <= other.last

    def older_than(self, months: int, day: date) -> bool:
        """Whether every day that this may mean is more than so many months before a day."""
        years, month = divmod(self.last.year * 12 + self.last.month - 1 + months, 12)
        limit = date(years, month + 1, min(self.last.day, calendar.monthrange(years, month + 1)[1]))
        return limit < day


@dataclass(frozen=True, slots=True)
class Period:
    """A role's time: from, until (both may be unknown), and the days on which a source attested that it stood."""

    start: PartialDate | None
    end: PartialDate | None
    attested: PartialDate | None = None

    def holds(self, when: PartialDate) -> Truth:
        """Whether it held on some day of a date. What no source speaks of is unknown: neither yes nor no.

        It surely held from the last day on which it may have begun, or the first attested, to the first on which it may have ended, or
        the last attested.
        """
        if self.start and when.last < self.start.first:
            return Truth.NO
        if self.end and when.first > self.end.last:
            return Truth.NO
        begun = [bound for bound in (self.start and self.start.last, self.attested and self.attested.first) if bound]
        lasted = [bound for bound in (self.end and self.end.first, self.attested and self.attested.last) if bound]
        stood = begun and lasted and max(min(begun), when.first) <= min(max(lasted), when.last)
        touched = any(bound and bound.within(when) for bound in (self.start, self.end))
        return Truth.YES if stood or touched else Truth.UNKNOWN
