"""Meetings and expected results as facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """A meeting as everybody may know it; ``held`` as precise as it is known."""

    id: str
    kind: str
    group: str
    held: PartialDate | None
    place: Bilingual | None
    jurisdiction: str | None
    title: Bilingual | None = None
    at: time | None = None
    zone: str | None = None
    minutes: int | None = None
    starts_at: datetime | None = None
    last_day: date | None = None
    state: str = "planned"


@dataclass(frozen=True, slots=True)
class ExpectedResultFacts:
    """One of the results that a meeting or presentation was to bring."""

    id: str
    number: int
    wording: Bilingual
    meeting: str | None = None
