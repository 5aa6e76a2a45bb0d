"""Priorities and alignments as facts."""

from __future__ import annotations

from dataclasses import dataclass

from cadre.core.bilingual import Bilingual


@dataclass(frozen=True, slots=True)
class PriorityFacts:
    """What the Councils, or one of them, set out to advance."""

    id: str
    name: Bilingual
    number: int | None
    owner: str | None
    description: Bilingual | None
    group: str | None


@dataclass(frozen=True, slots=True)
class AlignmentFacts:
    """A group serves a priority: supports, example or could_support."""

    id: str
    group: str
    priority: str
    strength: str
