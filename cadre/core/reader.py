"""Whoever will read a text: their language, their time zone, their entitlements; and whoever acts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from babel.core import Locale
from babel.dates import format_date, format_time, get_timezone_location
from babel.lists import format_list
from babel.numbers import format_decimal

from cadre.core.dates import PartialDate, Precision
from cadre.core.french import Article, Name
from cadre.core.i18n import LANGUAGES, LOCALES, Language, catalogue, language_of
from cadre.core.words import Words

DEFAULT_ZONE: Final = "America/Toronto"
_NBSP: Final = "\u00a0"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something: Changes name ``label``; rights follow from ``person`` and a verified ``email``."""

    label: str
    person: str | None = None
    email: str | None = None


OPERATOR: Final = Actor("operator")
WORKER: Final = Actor("worker")
"""Cadre itself, where something is due."""
_BRACKETED: Final = re.compile(r"\([^()]*\)")
_WITH_ID: Final = re.compile(r" \([UW][A-Z0-9]+\)\Z")


def named(label: str) -> str:
    """Who did something, as people are told: "Sam Okafor (U0SAM)" -> "Sam Okafor"."""
    return _WITH_ID.sub("", label)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who a text is for. ``person``: their record in the registry, if known; ``roles``: what they are confirmed to be."""

    locale: str = LOCALES["en"]
    zone: str = DEFAULT_ZONE
    person: str | None = None
    roles: frozenset[str] = frozenset()

    @property
    def language(self) -> Language:
        """``en`` or ``fr``."""
        return language_of(self.locale)

    @property
    def languages(self) -> list[Language]:
        """Both, the reader's own first."""
        return sorted(LANGUAGES, key=lambda language: language != self.language)

    def in_language(self, language: Language) -> Reader:
        """The same person, answered in the language that they asked in."""
        return replace(self, locale=LOCALES[language])

    def gettext(self, message: str, /, **values: Words | int) -> Words:
        """A message in the reader's language, with its values put in; numbers as that language writes them."""
        return self._filled(catalogue(self.language).gettext(message), values)

    def ngettext(self, one: str, many: str, n: int, /, **values: Words | int) -> Words:
        """The same for a number of things, ``{n}``. In French, 0 and 1 take the singular."""
        return self._filled(catalogue(self.language).ngettext(one, many, n), {"n": n, **values})

    def _filled(self, text: str, values: dict[str, Words | int]) -> Words:
        return Words(text.format(**{k: self.number(v) if isinstance(v, int) else v for k, v in values.items()}))

    def number(self, value: int) -> Words:
        """1234 -> "1,234", « 1 234 »."""
        return Words(format_decimal(value, locale=self.locale))

    def listed(self, items: Iterable[Words]) -> Words:
        """ "a, b and c", « a, b et c »; "Bellorme, demonstration; Tamarane, demonstration" where commas would not tell them apart."""
        return self._listed(list(items), "standard")

    def either(self, items: Iterable[Words]) -> Words:
        """ "a, b or c", « a, b ou c »."""
        return self._listed(list(items), "or")

    def _listed(self, items: list[Words], style: Literal["standard", "or"]) -> Words:
        if len(items) > 1 and any(", " in _BRACKETED.sub("", item) for item in items):
            *before, last = items
            items = [Words("; ".join(before) + ";"), last]
        return Words(format_list(items, style=style, locale=self.locale))

    def weekday(self, day: date) -> Words:
        """ "Tuesday", « mardi »."""
        return Words(format_date(day, "EEEE", self.locale))

    def day_of_month(self, day: date) -> Words:
        """ "3", « 1er »."""
        return Words("1er" if self.language == "fr" and day.day == 1 else str(day.day))

    def month(self, day: date) -> Words:
        """ "March 2027", « mars 2027 »."""
        return Words(format_date(day, "LLLL y", self.locale))

    def clock(self, at: time) -> Words:
        """A time of day on the wall, of no zone: "2:30 p.m.", « 14 h 30 »."""
        return self.time(datetime.combine(date.min, at))

    def on(self, day: date) -> Words:
        """A day inside a sentence: "Tuesday, March 2, 2027", « le mardi 2 mars 2027 »."""
        told = self.date(day, weekday=True)
        return told if self.language == "en" else Words(f"le {told}")

    def date(self, when: PartialDate | date, *, weekday: bool = False) -> Words:
        """ "October 2017", « octobre 2017 »; "October 3, 2017", « 3 octobre 2017 », « 1er octobre 2017 »; with the weekday where asked."""
        if isinstance(when, PartialDate):
            if when.precision is not Precision.DAY:
                return Words(when.text) if when.precision is Precision.YEAR else self.month(when.first)
            when = when.first
        if self.language == "en":
            return Words(format_date(when, "EEEE, MMMM d, y" if weekday else "MMMM d, y", self.locale))
        day = f"1er{_NBSP}" if when.day == 1 else f"{when.day}{_NBSP}"
        month = format_date(when, "MMMM y", self.locale)
        return Words(f"{format_date(when, 'EEEE', self.locale)} {day}{month}" if weekday else f"{day}{month}")

    def moment(self, when: datetime, zone: str | None = None) -> Words:
        """An instant where the reader is: "Tuesday, March 2, 2027, 2:30 p.m. (St. John's, UTC−3:30)".

        The place and the offset are always told, never an abbreviation of the zone: those lie since 2026. Raises ValueError for
        an instant without a zone.
        """
        hour = self.hour(when, zone)
        day = self.date(when.astimezone(ZoneInfo(zone or self.zone)).date(), weekday=True)
        return Words(f"{day}, {hour}" if self.language == "en" else f"le {day} à {hour}")

    def hour(self, when: datetime, zone: str | None = None) -> Words:
        """The same without its day: "2:30 p.m. (St. John's, UTC−3:30)"."""
        if when.tzinfo is None:
            raise ValueError("an instant without a time zone")
        name = zone or self.zone
        local = when.astimezone(ZoneInfo(name))
        return Words(f"{self.time(local)} ({self.city(name)}, {self.offset(local)})")

    def time(self, local: datetime) -> Words:
        """ "2:30 p.m.", « 14 h 30 », « 14 h »."""
        if self.language == "fr":
            minutes = f"{_NBSP}{local.minute:02}" if local.minute else ""
            return Words(f"{local.hour}{_NBSP}h{minutes}")
        return Words(format_time(local.replace(tzinfo=None), "h:mm a", locale=self.locale).replace("\u202f", _NBSP).replace(" ", _NBSP))

    def name(self, name: str, article: Article = "") -> Name:
        """A name that English says without "the", and that a French sentence may put after « de » or « à »: ``{who:of}``, « d'Alix ».

        ``article``: its French one; people and cities have none.
        """
        return Name.make(name, self.language, article, definite=False)

    def city(self, zone: str) -> Name:
        """The city that a zone is named after."""
        if zone == "America/St_Johns":  # CLDR's French is « Saint-Jean de Terre-Neuve »; the city's name is the same in both
            return self.name("St. John's")
        return self.name(get_timezone_location(ZoneInfo(zone), locale=Locale.parse(self.locale), return_city=True).replace("’", "'"))

    def offset(self, local: datetime) -> Words:
        """ "UTC−3:30", « UTC−3 h 30 », "UTC"."""
        minutes = int((local.utcoffset() or timedelta()).total_seconds()) // 60
        if not minutes:
            return Words("UTC")
        hours, rest = divmod(abs(minutes), 60)
        tail = (f":{rest:02}" if self.language == "en" else f"{_NBSP}h{_NBSP}{rest:02}") if rest else ""
        return Words(f"UTC{'−' if minutes < 0 else '+'}{hours}{tail}")

    def local(self, when: datetime) -> datetime:
        """An instant in the reader's zone. Raises ValueError for an instant without a zone."""
        if when.tzinfo is None:
            raise ValueError("an instant without a time zone")
        return when.astimezone(ZoneInfo(self.zone))
