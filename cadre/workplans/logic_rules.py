"""The logic model of a council, on plain data: its stages, what may feed what, and what nothing feeds. No session, no clock.

Source: the deck's "logic model" and Decision 1 (priority leads implement workplans that feed the short-term objectives), seed deck. Its
picture is lost: what stands in a model is what people entered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Literal

from cadre.core.bilingual import Bilingual
from cadre.core.errors import Message

Stage = Literal["input", "activity", "output", "short", "medium", "long"]
STAGES: Final[tuple[Stage, ...]] = ("input", "activity", "output", "short", "medium", "long")
"""In the order in which one leads to the next."""
_PLACE: Final[Mapping[str, int]] = {stage: place for place, stage in enumerate(STAGES)}
OUTCOMES: Final[tuple[Stage, ...]] = ("short", "medium", "long")
FED: Final[tuple[Stage, ...]] = ("output", *OUTCOMES)
"""What activities of workplans feed."""
MOST: Final = 100
"""Parts of a model: a menu of Slack holds no more, and a wall neither."""
DROPPED: Final = "dropped"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a logic model: its stage (``term``), its place there, and the priority that alone it is of, if any."""

    id: str
    term: Stage
    number: int
    wording: Bilingual
    priority: str | None = None


@dataclass(frozen=True, slots=True)
class CouncilChoice:
    """A council, and how many parts its logic model has."""

    id: str
    name: Bilingual
    parts: int


@dataclass(frozen=True, slots=True)
class Feeder:
    """An activity of a workplan that may feed a part. ``target``: whose workplan it is; ``in_force``: a Council approved that, and none
    came after it; else it is only planned.
    """

    id: int
    title: Bilingual
    plan: str
    target_kind: Literal["group", "priority"]
    target: str
    name: Bilingual
    outcome: str | None
    in_force: bool


@dataclass(frozen=True, slots=True)
class Served:
    """What the activities in force of one workplan feed. ``feeds``: each part with how many of them; ``reaches``: the parts that follow
    from these; ``idle``: activities that feed none.
    """

    target_kind: Literal["group", "priority"]
    target: str
    name: Bilingual
    activities: int
    feeds: tuple[tuple[Part, int], ...]
    reaches: tuple[Part, ...]
    idle: tuple[Feeder, ...]


@dataclass(frozen=True)
class Model:
    """The logic model of a council as somebody sees it. ``parts``: by stage and place; ``feeds``: which part feeds which;
    ``activities``: of its workplans, those in force before those that are planned; ``former``: parts that are in it no more; ``edits``:
    whoever looks may change it; ``priorities``: the names of those that its parts or workplans are of.
    """

    council: str
    name: Bilingual
    parts: tuple[Part, ...] = ()
    feeds: tuple[tuple[str, str], ...] = ()
    activities: tuple[Feeder, ...] = ()
    former: tuple[Part, ...] = ()
    priorities: Mapping[str, Bilingual] = field(default_factory=dict)
    edits: bool = False

    @cached_property
    def by_id(self) -> Mapping[str, Part]:
        """Its parts by their record."""
        return {part.id: part for part in self.parts}

    def of_stage(self, term: Stage) -> tuple[Part, ...]:
        """The parts of one stage."""
        return tuple(part for part in self.parts if part.term == term)

    @cached_property
    def targets(self) -> Mapping[str, tuple[Part, ...]]:
        """What each part feeds, by stage and place."""
        return self._ends(self.feeds)

    @cached_property
    def sources(self) -> Mapping[str, tuple[Part, ...]]:
        """What feeds each part, the same."""
        return self._ends((target, source) for source, target in self.feeds)

    def _ends(self, pairs: Iterable[tuple[str, str]]) -> Mapping[str, tuple[Part, ...]]:
        found: dict[str, set[str]] = {}
        for near, far in pairs:
            found.setdefault(near, set()).add(far)
        return {near: tuple(part for part in self.parts if part.id in far) for near, far in found.items()}

    def fed_by(self, part: str, *, in_force: bool = True) -> tuple[Feeder, ...]:
        """The activities of workplans that feed a part: of those in force, or those that are planned."""
        return tuple(each for each in self.activities if each.outcome == part and each.in_force == in_force)


def in_order(parts: Iterable[Part]) -> tuple[Part, ...]:
    """By stage, place and record."""
    return tuple(sorted(parts, key=lambda part: (_PLACE[part.term], part.number, part.id)))


def may_feed(source: str, target: str) -> bool:
    """Whether a part of one stage may feed a part of another: a later one only, so that nothing goes in circles."""
    return source in _PLACE and target in _PLACE and _PLACE[source] < _PLACE[target]


def unfed(model: Model, terms: Collection[str] = OUTCOMES) -> tuple[Part, ...]:
    """The outcomes (``terms``) that nothing feeds: no other part, and no activity of a workplan in force."""
    return tuple(part for part in model.parts if part.term in terms and not model.sources.get(part.id) and not model.fed_by(part.id))


def idle(model: Model) -> tuple[Feeder, ...]:
    """The activities of workplans in force that feed no part of the model."""
    return tuple(each for each in model.activities if each.in_force and each.outcome not in model.by_id)


def reached(model: Model, parts: Collection[str]) -> tuple[Part, ...]:
    """The parts that follow from some, but for these: whatever a file said, nothing is followed twice."""
    seen, left = set(parts), list(parts)
    while left:
        for part in model.targets.get(left.pop(), ()):
            if part.id not in seen:
                seen.add(part.id)
                left.append(part.id)
    return tuple(part for part in model.parts if part.id in seen and part.id not in parts)


def served(model: Model) -> tuple[Served, ...]:
    """What each workplan in force feeds: those of priorities first, as the registry orders them."""
    by_target: dict[tuple[str, str], list[Feeder]] = {}
    for each in model.activities:
        if each.in_force:
            by_target.setdefault((each.target_kind, each.target), []).append(each)
    ordered = sorted(by_target, key=lambda target: target[0] != "priority")
    return tuple(_served(model, by_target[target]) for target in ordered)


def _served(model: Model, theirs: list[Feeder]) -> Served:
    counted = Counter(each.outcome for each in theirs if each.outcome in model.by_id)
    feeds = tuple((part, counted[part.id]) for part in model.parts if part.id in counted)
    first = theirs[0]
    return Served(
        target_kind=first.target_kind,
        target=first.target,
        name=first.name,
        activities=len(theirs),
        feeds=feeds,
        reaches=reached(model, {part.id for part, _n in feeds}),
        idle=tuple(each for each in theirs if each.outcome not in model.by_id),
    )


def wrong_stage(model: Model, part: Part, term: str) -> Message | None:
    """Why a part cannot be of another stage: what it feeds, or what feeds it, would go backwards. None where it can."""
    if term not in STAGES:
        return Message("Choose one of those offered.")
    after = [each for each in model.targets.get(part.id, ()) if not may_feed(term, each.term)]
    before = [each for each in model.sources.get(part.id, ()) if not may_feed(each.term, term)]
    if after or before:
        return Message("It feeds parts, or parts feed it, that would not lead from one stage to a later one any more. Change that first.")
    return None
