"""Recommendations, rules, decisions and actions as facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.core.words import Words
from cadre.decisions.rules import shown


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
    """One thing that the Councils are asked to agree on. ``agreed``, ``otherwise``: how the decision reads, if it is agreed or is not."""

    id: str
    topic: str
    status: str
    number: int | None
    category: str | None
    group: str | None
    wording: Bilingual | None
    consequence: Bilingual | None
    priority: str | None = None
    agreed: Bilingual | None = None
    otherwise: Bilingual | None = None


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
    """A decision, as worded. ``number``: which of its ``year`` in its ``council``; None while it is provisional."""

    id: str
    number: int | None
    wording: Bilingual
    meeting: str | None
    taken: PartialDate | None
    state: str | None = None
    item: int | None = None
    year: int | None = None
    council: str | None = None
    outcome: str | None = None
    question_item: int | None = None
    effective: PartialDate | None = None
    review: PartialDate | None = None
    supersedes: str | None = None
    paper: Bilingual | None = None
    changed: Bilingual | None = None
    follow_up: Bilingual | None = None
    amended: Bilingual | None = None
    confirmed_at: datetime | None = None
    confirmed_by: str | None = None

    @property
    def label(self) -> Words:
        """How its number is written: "2027-03"; of one of the seed, whose year is not known, "1"; nothing while it is provisional."""
        return Words.verbatim(shown(self.year, self.number))

    @property
    def provisional(self) -> bool:
        """Whether nobody has confirmed it."""
        return self.state == "provisional"


@dataclass(frozen=True, slots=True)
class ClosingFacts:
    """What is kept of a group that was dissolved. ``reopened``: the decision under which it goes on."""

    id: int
    group: str
    decision: str
    day: PartialDate | None
    note: Bilingual | None
    outcomes: Bilingual | None
    unfinished: Bilingual | None
    reopened: str | None


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


@dataclass(frozen=True, slots=True)
class ReferredFacts:
    """That one thing is for a table of deputy ministers, or comes from it: its record as it stands."""

    id: str
    table: str
    direction: str
    priority: str | None
    group: str | None
    decision: str | None
    action: str | None
    note: Bilingual | None
    since: date | None

    @property
    def about(self) -> str:
        """Of what: "group:bees"."""
        named = (("priority", self.priority), ("group", self.group), ("decision", self.decision), ("action", self.action))
        return next(f"{kind}:{id_}" for kind, id_ in named if id_)
