"""Meetings and expected results as facts."""

from __future__ import annotations

from dataclasses import dataclass

from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """A meeting; ``held`` as precise as it is known."""

    id: str
    kind: str
    council: str
    held: PartialDate | None
    place: Bilingual | None
    jurisdiction: str | None


@dataclass(frozen=True, slots=True)
class ExpectedResultFacts:
    """One of the results that a meeting or presentation was to bring."""

    id: str
    number: int
    wording: Bilingual
