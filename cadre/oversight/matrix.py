"""Which group works on which priority, what nobody works on, and who does the same twice: on plain data, no session, no clock."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Final, Literal, TypeAlias

from cadre.core.bilingual import Bilingual
from cadre.oversight.facts import CONTRIBUTING, LEADING, SEATED, GroupNow, Picture, PriorityNow, Tie, Weakness
from cadre.oversight.rules import Health, health, weaknesses
from cadre.people.facts import PersonRef

Cover = Literal["none", "weak", "contributed", "led"]
COVERS: Final[tuple[Cover, ...]] = ("none", "weak", "contributed", "led")
"""How far a priority is covered, the worst first."""
TOGETHER: Final = 2
"""So many people in two groups that serve one priority make them overlap. Source: the gap analysis that the Councils asked for."""


@dataclass(frozen=True, slots=True)
class Serving:
    """A group that has to do with a priority. ``weak``: why it does not carry it forward; ``unknown``: what is not known of it."""

    group: GroupNow
    tie: Tie
    weak: tuple[Weakness, ...]
    unknown: tuple[str, ...]


Known: TypeAlias = Mapping[str, tuple[GroupNow, tuple[Weakness, ...], tuple[str, ...]]]
"""Of each group: its weaknesses, and what is not known of it."""


@dataclass(frozen=True, slots=True)
class Covered:
    """A priority, how far it is covered, by whom. ``proposals``: recommendations about it that wait for the Councils."""

    priority: PriorityNow
    cover: Cover
    leads: tuple[PersonRef, ...]
    ties: tuple[Tie, ...]
    known: Known
    proposals: tuple[Bilingual, ...]

    @property
    def serving(self) -> tuple[Serving, ...]:
        """All groups that something is stated of."""
        return tuple(Serving(group, tie, weak, unknown) for tie in self.ties for group, weak, unknown in (self.known[tie.group],))

    @property
    def working(self) -> tuple[Serving, ...]:
        """The groups that work on it."""
        return tuple(each for each in self.serving if each.tie.strength in CONTRIBUTING)

    @property
    def proposed(self) -> tuple[Serving, ...]:
        """The groups that could support it."""
        return tuple(each for each in self.serving if each.tie.strength == "could_support")


@dataclass(frozen=True, slots=True)
class Row:
    """A group, and what it has to do with each priority: by priority; what is not stated is not there."""

    group: GroupNow
    ties: Mapping[str, Tie]
    weak: tuple[Weakness, ...]
    proposals: tuple[Bilingual, ...]

    @property
    def serves(self) -> tuple[str, ...]:
        """The priorities that it works on."""
        return tuple(priority for priority, tie in self.ties.items() if tie.strength in CONTRIBUTING)


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two groups that share two people or more, and a priority."""

    groups: tuple[GroupNow, GroupNow]
    people: tuple[PersonRef, ...]
    priorities: tuple[PriorityNow, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """All priorities, the worst covered first; all groups by id; the pairs that overlap."""

    day: date
    priorities: tuple[Covered, ...]
    rows: tuple[Row, ...]
    overlaps: tuple[Overlap, ...]
    councils: Mapping[str, Bilingual]

    @property
    def idle(self) -> tuple[Row, ...]:
        """The groups that work on no priority."""
        return tuple(row for row in self.rows if not row.serves)


def matrix(picture: Picture, found: Mapping[str, Health] | None = None) -> Matrix:
    """The whole of it. ``found``: the health of each group, where it is known already."""
    healths = found or {id_: health(picture, group) for id_, group in picture.groups.items()}
    weak = {id_: tuple(weaknesses(picture, healths[id_])) for id_ in picture.groups}
    ties = stated(picture)
    by_priority: dict[str, list[Tie]] = {}
    for row in ties.values():
        for tie in row.values():
            by_priority.setdefault(tie.priority, []).append(tie)
    known = {id_: (picture.groups[id_], weak[id_], _unknown(healths[id_])) for id_ in picture.groups}
    covered = [_covered(picture, each, by_priority.get(each.id, ()), known) for each in picture.priorities]
    return Matrix(
        day=picture.day,
        priorities=tuple(sorted(covered, key=lambda each: COVERS.index(each.cover))),
        rows=tuple(
            Row(group, ties.get(id_, {}), weak[id_], picture.proposals.get(f"group:{id_}", ())) for id_, group in picture.groups.items()
        ),
        overlaps=tuple(_overlaps(picture, ties)),
        councils=picture.councils,
    )


def stated(picture: Picture) -> dict[str, dict[str, Tie]]:
    """By group, then by priority. The group that is to carry a priority does, whatever else is said."""
    found: dict[str, dict[str, Tie]] = {}
    for tie in picture.ties:
        found.setdefault(tie.group, {})[tie.priority] = tie
    for each in picture.priorities:
        if each.group:
            ties = found.setdefault(each.group, {})
            where = (each.source, each.source_title, each.stated_by)
            ties[each.id] = ties.get(each.id, Tie(each.group, each.id, "carries", None, None, None, *where))._replace(strength="carries")
    return found


def _covered(picture: Picture, priority: PriorityNow, ties: Sequence[Tie], known: Known) -> Covered:
    """Led: somebody leads it and a group without a known weakness works on it. Contributed to: such a group does, and nobody leads it.

    Weak: only groups with a known weakness work on it. None: no group does, whoever leads it.
    """
    posts = picture.posts_of.get(f"priority:{priority.id}", ())
    leads = tuple(dict.fromkeys(post.person for post in posts if post.held and post.role in LEADING))
    working = [tie for tie in ties if tie.strength in CONTRIBUTING]
    sound = [tie for tie in working if not known[tie.group][1]]
    carried = any(tie.strength == "carries" for tie in sound)
    cover: Cover = "led" if carried or (leads and sound) else "contributed" if sound else "weak" if working else "none"
    return Covered(priority, cover, leads, tuple(ties), known, picture.proposals.get(f"priority:{priority.id}", ()))


def _unknown(found: Health) -> tuple[str, ...]:
    """Of what would be a weakness: what nobody knows of a group."""
    return tuple(each.requirement for each in found.findings if each.state == "unknown" and each.requirement in _WOULD_WEAKEN)


_WOULD_WEAKEN: Final = frozenset({"mandate", "workplan", "leads"})


def _overlaps(picture: Picture, ties: Mapping[str, Mapping[str, Tie]]) -> Iterator[Overlap]:
    """Counted by person: few of a thousand groups share anybody."""
    names: dict[str, PersonRef] = {}
    groups: dict[str, dict[str, None]] = {}
    for post in picture.posts:
        if post.held and post.group in picture.groups and post.role in SEATED:
            names[post.person.id] = post.person
            groups.setdefault(post.person.id, {})[post.group or ""] = None
    shared: dict[tuple[str, str], list[PersonRef]] = {}
    for person, theirs in groups.items():
        for pair in combinations(sorted(theirs), 2):
            shared.setdefault(pair, []).append(names[person])
    for one, other in sorted(pair for pair, people in shared.items() if len(people) >= TOGETHER):
        both = _worked_on(ties.get(one, {})) & _worked_on(ties.get(other, {}))
        if both:
            told = tuple(sorted(shared[one, other], key=lambda each: each.name))
            priorities = tuple(each for each in picture.priorities if each.id in both)
            yield Overlap((picture.groups[one], picture.groups[other]), told, priorities)


def _worked_on(ties: Mapping[str, Tie]) -> set[str]:
    return {priority for priority, tie in ties.items() if tie.strength in CONTRIBUTING}
