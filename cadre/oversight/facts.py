"""All that gaps, health and load are told from: a picture of the registry on a day, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Final, Literal, NamedTuple

from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.groups.facts import COUNCILS
from cadre.people.facts import PersonRef

Requirement = Literal["mandate", "workplan", "meetings", "council_co_chair", "leads", "actions", "activities", "facts"]
REQUIREMENTS: Final[tuple[Requirement, ...]] = (
    "mandate",
    "workplan",
    "meetings",
    "council_co_chair",
    "leads",
    "actions",
    "activities",
    "facts",
)
"""In the order in which they are told: those of the rules G1 and G2 first, then what a group in good order needs besides."""
RULES: Final = frozenset({"mandate", "workplan", "meetings", "council_co_chair"})
"""Those that the Councils are asked to agree on: by the words of ``Rule.requires``, and as a kind of group needs them."""
State = Literal["fulfilled", "to_complete", "unknown", "not_applicable"]
Strength = Literal["carries", "supports", "example", "could_support", "none"]
CONTRIBUTING: Final[frozenset[Strength]] = frozenset({"carries", "supports", "example"})
"""By which a group works on a priority. ``could_support`` is only proposed; ``none``: it was stated that it does not."""
Weakness = Literal["proposed", "dormant", "no_lead", "expired", "no_workplan"]
LEADING: Final = frozenset({"lead", "co_chair"})
ACTIVE: Final = "active"
DORMANT: Final = "dormant"
PROPOSED: Final = "proposed"
OVER: Final = "sunset"


@dataclass(frozen=True, slots=True)
class GroupNow:
    """A group that is no council and not over. ``needs``: which rules its kind must meet; None where its kind is not known.

    ``council``: to which it comes; ``above``: that council, and what it is part of. ``looked_at``: the secretariat confirmed its record, so
    that what is not there is missing, not unknown.
    """

    id: str
    name: Bilingual
    state: str | None
    kind: Bilingual | None = None
    needs: frozenset[str] | None = None
    council: str | None = None
    above: frozenset[str] = frozenset()
    looked_at: bool = False


@dataclass(frozen=True, slots=True)
class PriorityNow:
    """A priority. ``group``: the working group proposed to carry it, where it is not over; ``owner``: the council whose it is.

    ``source``, ``source_title``, ``stated_by``: where it comes from that this group is to carry it.
    """

    id: str
    name: Bilingual
    number: int | None = None
    group: str | None = None
    owner: str | None = None
    source: str | None = None
    source_title: Bilingual | None = None
    stated_by: str | None = None


class Tie(NamedTuple):
    """What a group has to do with a priority, why in either language, where that comes from, and who stated it.

    A tuple of what the registry holds: there may be fifty thousand, and as many objects more would take as long again.
    """

    group: str
    priority: str
    strength: Strength
    why_en: str | None = None
    why_fr: str | None = None
    why_stale: str | None = None
    source: str | None = None
    source_title: Bilingual | None = None
    stated_by: str | None = None

    @property
    def rationale(self) -> Bilingual | None:
        """Why, as one text; None where nobody said."""
        return Bilingual(self.why_en, self.why_fr, self.why_stale) if self.why_en or self.why_fr else None


@dataclass(frozen=True, slots=True)
class Post:
    """A role of somebody. ``held``: on the day; else it is over, or still to begin. ``jurisdiction``: the one held then, else their own."""

    person: PersonRef
    role: str
    held: bool = True
    group: str | None = None
    priority: str | None = None
    jurisdiction: str | None = None
    confirmed: bool = True
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Mandate:
    """What a group is for: whether it is written anywhere, and when the text that stands runs out, where that is known."""

    defined: bool
    expires: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class CycleNow:
    """Half a year of a council's workplans. ``held``: when the meeting that is to approve them is; ``due``: by when they were due."""

    half: str
    due: date
    held: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """The workplan of a group in one half."""

    id: str
    half: str
    state: str


@dataclass(frozen=True, slots=True)
class Meetings:
    """The last day of a group's last meeting, and the first of its next, each as precise as it is known."""

    last: PartialDate | None = None
    next: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class Actions:
    """How many actions of a group's meetings are late, and of how many nobody said whether they are done."""

    late: int = 0
    unclear: int = 0


@dataclass(frozen=True, slots=True)
class Activities:
    """How many activities of a group's workplans are late. ``plan``: the last workplan that has one."""

    late: int = 0
    plan: str | None = None


@dataclass(frozen=True)
class Picture:
    """The registry on a day. Groups by id; what is said of a group, by its id; cycles by council, the latest first.

    ``doubtful``: how many facts of a group are to be confirmed, its roles aside. ``agreed``: the rules that the Councils approved.
    ``proposals``: recommendations about a priority or group that wait, as "priority:…" and "group:…". ``governments``: each with its
    departments.
    """

    day: date
    groups: Mapping[str, GroupNow]
    priorities: tuple[PriorityNow, ...] = ()
    ties: tuple[Tie, ...] = ()
    posts: tuple[Post, ...] = ()
    mandates: Mapping[str, Mandate] = field(default_factory=dict)
    cycles: Mapping[str, tuple[CycleNow, ...]] = field(default_factory=dict)
    plans: Mapping[str, Mapping[str, Plan]] = field(default_factory=dict)
    meetings: Mapping[str, Meetings] = field(default_factory=dict)
    actions: Mapping[str, Actions] = field(default_factory=dict)
    activities: Mapping[str, Activities] = field(default_factory=dict)
    doubtful: Mapping[str, int] = field(default_factory=dict)
    agreed: frozenset[str] = frozenset()
    councils: Mapping[str, Bilingual] = field(default_factory=dict)
    jurisdictions: Mapping[str, Bilingual] = field(default_factory=dict)
    governments: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    proposals: Mapping[str, tuple[Bilingual, ...]] = field(default_factory=dict)

    @cached_property
    def posts_of(self) -> Mapping[str, tuple[Post, ...]]:
        """The roles in each group, and on each priority as "priority:…"."""
        found: dict[str, list[Post]] = {}
        for post in self.posts:
            found.setdefault(post.group or f"priority:{post.priority}", []).append(post)
        return {id_: tuple(posts) for id_, posts in found.items()}

    @cached_property
    def council_members(self) -> Mapping[str, bool]:
        """Who has a seat in a council on the day, by person, and whether that is confirmed of any of their seats.

        Source: governance rule G2, seed deck. Whoever keeps a council's papers, or only listens there, is no member of it.
        """
        found: dict[str, bool] = {}
        for post in self.posts:
            if post.held and post.group in self.councils and post.role in SEATED:
                found[post.person.id] = post.confirmed or found.get(post.person.id, False)
        return found


SEATED: Final = frozenset({"member", "alternate", "co_chair", "lead"})
"""By which somebody belongs to a group, and does not only listen there or keep its papers."""


def is_council(kind: str | None) -> bool:
    """Whether a kind of group is one that others come to."""
    return kind in COUNCILS
