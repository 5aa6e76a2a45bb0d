"""The framework on a day, as plain data: what its map, its text, its snapshots and the deck are all made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Final

from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.groups.facts import COUNCILS
from cadre.oversight.facts import CONTRIBUTING, LEADING, Strength
from cadre.oversight.facts import State as Found

TABLE: Final = "deputy_ministers_table"
"""The kind of a table of deputy ministers."""
SUNSET: Final = "sunset"
RECOMMENDED: Final = "proposed"
NOT_AGREED: Final = "not_agreed"
"""The outcome of a decision by which nothing was agreed on."""


@dataclass(frozen=True, slots=True)
class KindIn:
    """A kind of group, by its name for one and for many."""

    id: str
    name: Bilingual
    plural: Bilingual


@dataclass(frozen=True, slots=True)
class GroupIn:
    """A council, table or group. ``short``: its acronym, where it has one in a language; ``has_mandate``: whether one is written.

    ``state``: proposed, active, dormant or sunset; None where it is not known. ``target_kind``: what it is proposed to become.
    """

    id: str
    name: Bilingual
    kind: str | None = None
    target_kind: str | None = None
    state: str | None = None
    owner: str | None = None
    parent: str | None = None
    description: Bilingual | None = None
    mandate: Bilingual | None = None
    note: Bilingual | None = None
    short: Bilingual | None = None
    has_mandate: bool = False

    @property
    def is_council(self) -> bool:
        """Whether others report to it."""
        return self.kind in COUNCILS

    @property
    def is_table(self) -> bool:
        """Whether it is a table of deputy ministers."""
        return self.kind == TABLE


@dataclass(frozen=True, slots=True)
class PriorityIn:
    """A priority. ``number``: its place in the sequence; ``group``: the working group that carries it, or is proposed to."""

    id: str
    name: Bilingual
    number: int | None = None
    owner: str | None = None
    group: str | None = None
    description: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class AlignmentIn:
    """How strongly a group serves a priority, and why."""

    id: str
    group: str
    priority: str
    strength: Strength
    rationale: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class LinkIn:
    """One group oversees, becomes or depends on another."""

    id: str
    source: str
    kind: str
    target: str
    capacity: Bilingual | None = None
    purpose: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class PostIn:
    """A role that somebody holds on the day. ``doubtful``: its source leaves it open; ``confirmed``: the secretariat said so."""

    id: str
    person: str
    name: str
    role: str
    group: str | None = None
    priority: str | None = None
    jurisdiction: str | None = None
    on_behalf_of: str | None = None
    since: PartialDate | None = None
    until: PartialDate | None = None
    number: int | None = None
    confirmed: bool = False
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class MeetingIn:
    """A meeting that was not cancelled, before or after the day."""

    id: str
    group: str
    kind: str
    held: PartialDate | None = None
    title: Bilingual | None = None
    place: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class CategoryIn:
    """The question that recommendations of one kind put to the Councils."""

    id: str
    number: int
    label: Bilingual
    question: Bilingual


@dataclass(frozen=True, slots=True)
class RecommendationIn:
    """What the Councils are asked to agree on. ``status``: proposed, approved or declined."""

    id: str
    topic: str
    status: str
    category: str | None = None
    group: str | None = None
    priority: str | None = None
    number: int | None = None
    wording: Bilingual | None = None
    consequence: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class DecisionIn:
    """A decision. ``confirmed``: the secretariat gave it its number; else it is as worded in a source, and proposed.

    ``about``: what it is of, as "group:…" and "priority:…".
    """

    id: str
    wording: Bilingual
    number: int | None = None
    year: int | None = None
    council: str | None = None
    meeting: str | None = None
    taken: PartialDate | None = None
    confirmed: bool = False
    outcome: str | None = None
    supersedes: str | None = None
    about: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ActionIn:
    """A next step that somebody took on. ``state``: open, done or dropped; None where nobody said."""

    id: str
    wording: Bilingual
    group: str | None = None
    about: str | None = None
    owner: str | None = None
    due: PartialDate | None = None
    meeting: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class WorkplanIn:
    """A workplan of a group or priority in one half year. ``state``: draft, submitted, complete, returned or approved."""

    id: str
    half: str
    state: str
    group: str | None = None
    priority: str | None = None
    council: str | None = None
    aim: Bilingual | None = None

    @property
    def of(self) -> str:
        """Whose it is: "group:bees"."""
        return f"group:{self.group}" if self.group else f"priority:{self.priority}"


@dataclass(frozen=True, slots=True)
class ActivityIn:
    """What a workplan sets out to do. ``outcome``: the part of the logic model that it feeds; ``late``: due before the day, not settled."""

    id: str
    workplan: str
    number: int
    title: Bilingual
    due: date | None = None
    state: str = "not_started"
    outcome: str | None = None
    late: bool = False


@dataclass(frozen=True, slots=True)
class PartIn:
    """A part of a council's logic model. ``term``: input, activity, output, short, medium or long."""

    id: str
    council: str
    term: str
    number: int
    wording: Bilingual
    priority: str | None = None


@dataclass(frozen=True, slots=True)
class ReferralIn:
    """That something is for a table of deputy ministers, or comes from it. ``about``: "priority:…", "group:…", "decision:…", "action:…"."""

    id: str
    table: str
    direction: str
    about: str
    note: Bilingual | None = None


@dataclass(frozen=True)
class World:
    """The framework on a day. Everything by its id, in the order of the registry.

    ``recorded``: the day up to which the registry was wound back; later than ``day`` where the registry begins later, so that what it held
    at its beginning is shown. ``whole``: seen by somebody with a role; else what everybody may know, without health, workplans,
    lateness and logic models. ``health``: of groups that the reader may know it of, on the day itself only: what is to complete or
    unknown, by requirement.
    ``doubts``: facts that nobody confirmed yet, as "group:bees:owner"; ``agreed``: rules that the Councils approved.
    """

    day: date
    recorded: date
    whole: bool = False
    kinds: Mapping[str, KindIn] = field(default_factory=dict)
    groups: Mapping[str, GroupIn] = field(default_factory=dict)
    priorities: Mapping[str, PriorityIn] = field(default_factory=dict)
    alignments: tuple[AlignmentIn, ...] = ()
    links: tuple[LinkIn, ...] = ()
    posts: tuple[PostIn, ...] = ()
    jurisdictions: Mapping[str, Bilingual] = field(default_factory=dict)
    parents: Mapping[str, str] = field(default_factory=dict)
    """The government that a department, municipality or association belongs to, by jurisdiction."""
    meetings: Mapping[str, MeetingIn] = field(default_factory=dict)
    categories: Mapping[str, CategoryIn] = field(default_factory=dict)
    recommendations: Mapping[str, RecommendationIn] = field(default_factory=dict)
    decisions: Mapping[str, DecisionIn] = field(default_factory=dict)
    actions: Mapping[str, ActionIn] = field(default_factory=dict)
    workplans: Mapping[str, WorkplanIn] = field(default_factory=dict)
    activities: Mapping[str, ActivityIn] = field(default_factory=dict)
    parts: Mapping[str, PartIn] = field(default_factory=dict)
    feeds: tuple[tuple[str, str], ...] = ()
    referrals: tuple[ReferralIn, ...] = ()
    health: Mapping[str, Mapping[str, Found]] = field(default_factory=dict)
    doubts: frozenset[str] = frozenset()
    agreed: frozenset[str] = frozenset()

    @cached_property
    def councils(self) -> tuple[GroupIn, ...]:
        """Those that others report to: what they are part of first."""
        found = [group for group in self.groups.values() if group.is_council]
        return tuple(sorted(found, key=lambda each: (each.parent is not None, each.id)))

    @cached_property
    def working(self) -> tuple[GroupIn, ...]:
        """Groups that are no council, no table and not over."""
        return tuple(each for each in self.groups.values() if not (each.is_council or each.is_table or each.state == SUNSET))

    @cached_property
    def in_sequence(self) -> tuple[PriorityIn, ...]:
        """Priorities in their order; those without a place in it last."""
        return tuple(sorted(self.priorities.values(), key=lambda each: (each.number is None, each.number or 0, each.id)))

    @cached_property
    def superseding(self) -> Mapping[str, DecisionIn]:
        """The decision that supersedes each that does not stand any more: what was not agreed supersedes nothing."""
        return {
            each.supersedes: each for each in self.decisions.values() if each.supersedes and each.confirmed and each.outcome != NOT_AGREED
        }

    @cached_property
    def council_of(self) -> Mapping[str, str]:
        """The council that each group comes to."""
        return {id_: council for id_ in self.groups if (council := self._above(id_))}

    def _above(self, id_: str) -> str | None:
        """The nearest council above a group; a circle ends where it began."""
        seen: set[str] = set()
        above = self.groups[id_].owner or self.groups[id_].parent
        while above and above in self.groups and above not in seen:
            if self.groups[above].is_council:
                return above
            seen.add(above)
            above = self.groups[above].owner or self.groups[above].parent
        return None

    @cached_property
    def ties_of(self) -> Mapping[str, tuple[AlignmentIn, ...]]:
        """What each priority is served by: the group that carries it first, as a tie of its own."""
        found: dict[str, list[AlignmentIn]] = {each: [] for each in self.priorities}
        for priority in self.priorities.values():
            if priority.group and priority.group in self.groups and self.groups[priority.group].state != SUNSET:
                found[priority.id].append(AlignmentIn(f"{priority.id}.carries", priority.group, priority.id, "carries"))
        for tie in self.alignments:
            if tie.priority in found and not any(each.group == tie.group for each in found[tie.priority]):
                found[tie.priority].append(tie)
        return {id_: tuple(ties) for id_, ties in found.items()}

    @cached_property
    def serving(self) -> Mapping[str, tuple[AlignmentIn, ...]]:
        """What each group has to do with priorities; a group that serves none is not in it."""
        found: dict[str, list[AlignmentIn]] = {}
        for ties in self.ties_of.values():
            for tie in ties:
                if tie.strength != "none":
                    found.setdefault(tie.group, []).append(tie)
        return {id_: tuple(ties) for id_, ties in found.items()}

    def serves_none(self, group: str) -> bool:
        """Whether a group serves no priority, nor is proposed to."""
        return group not in self.serving

    def contributes(self, group: str) -> bool:
        """Whether a group works on a priority; a tie that is only proposed does not count."""
        return any(tie.strength in CONTRIBUTING for tie in self.serving.get(group, ()))

    @cached_property
    def posts_of(self) -> Mapping[str, tuple[PostIn, ...]]:
        """Who is in each group, and on each priority, as "group:…" and "priority:…"."""
        found: dict[str, list[PostIn]] = {}
        for post in self.posts:
            found.setdefault(f"group:{post.group}" if post.group else f"priority:{post.priority}", []).append(post)
        return {of: tuple(posts) for of, posts in found.items()}

    def leads(self, of: str) -> tuple[PostIn, ...]:
        """Leads and co-chairs of "group:…" or "priority:…"."""
        return tuple(post for post in self.posts_of.get(of, ()) if post.role in LEADING)

    @cached_property
    def referred(self) -> Mapping[str, tuple[ReferralIn, ...]]:
        """What is for or from a table of deputy ministers, by what it is about."""
        found: dict[str, list[ReferralIn]] = {}
        for each in self.referrals:
            found.setdefault(each.about, []).append(each)
        return {about: tuple(referrals) for about, referrals in found.items()}

    def proposals(self, of: str) -> tuple[RecommendationIn, ...]:
        """What the Councils are asked about "group:…" or "priority:…" and have not answered."""
        kind, _, id_ = of.partition(":")
        waiting = (each for each in self.recommendations.values() if each.status == RECOMMENDED)
        return tuple(each for each in waiting if (each.group if kind == "group" else each.priority) == id_)
