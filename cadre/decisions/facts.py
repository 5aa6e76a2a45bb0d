"""Recommendations, rules, decisions and actions as facts."""

from __future__ import annotations

from dataclasses import dataclass

from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate


@dataclass(frozen=True, slots=True)
class CategoryFacts:
    """A question put to the Councils about a list of groups."""

    id: str
    number: int
    label: Bilingual
    question: Bilingual
    short: Bilingual | None


@dataclass(frozen=True, slots=True)
class RecommendationFacts:
    """One thing that the Councils are asked to agree on."""

    id: str
    topic: str
    status: str
    number: int | None
    category: str | None
    group: str | None
    wording: Bilingual | None
    consequence: Bilingual | None
    priority: str | None = None


@dataclass(frozen=True, slots=True)
class RuleFacts:
    """What every group must meet, if its recommendation is approved."""

    id: str
    number: str
    recommendation: str
    requires: str | None
    wording: Bilingual


@dataclass(frozen=True, slots=True)
class DecisionFacts:
    """A decision, as worded. ``number``: None while it is provisional."""

    id: str
    number: int | None
    wording: Bilingual
    meeting: str | None
    taken: PartialDate | None
    state: str | None = None
    item: int | None = None


@dataclass(frozen=True, slots=True)
class ActionFacts:
    """A next step."""

    id: str
    wording: Bilingual
    group: str | None
    owner: str | None
    due: PartialDate | None
    about: str | None
    meeting: str | None = None
    state: str | None = None
