"""What each government carries across groups: seats and leads. It ranks nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from cadre.core.bilingual import Bilingual
from cadre.oversight.facts import LEADING, SEATED, GroupNow, Picture, PriorityNow


@dataclass(frozen=True, slots=True)
class Load:
    """What a government carries: its seats by group and role, where somebody of it leads, and the priorities that it leads."""

    jurisdiction: str | None
    name: Bilingual | None
    seats: Mapping[str, int]
    leads: tuple[GroupNow, ...]
    priorities: tuple[PriorityNow, ...]

    @property
    def total(self) -> int:
        """All seats in groups."""
        return sum(self.seats.values())


def load(picture: Picture) -> tuple[Load, ...]:
    """The seats and leads of each jurisdiction across groups, in no order that ranks: whoever shows it does so by name.

    None stands for people whose government is not recorded; it is the last.
    """
    posts: dict[str | None, list[tuple[str, str | None, str | None]]] = {}
    for post in picture.posts:
        if post.held and post.role in SEATED and (post.group in picture.groups or post.priority):
            posts.setdefault(post.jurisdiction, []).append((post.role, post.group, post.priority))
    known = {each.id: each for each in picture.priorities}
    return tuple(
        Load(
            jurisdiction=id_,
            name=picture.jurisdictions.get(id_) if id_ else None,
            seats=Counter(role for role, group, _ in held if group),
            leads=tuple(picture.groups[g] for g in dict.fromkeys(group for role, group, _ in held if group and role in LEADING)),
            priorities=tuple(known[p] for p in dict.fromkeys(priority for role, _, priority in held if priority and role in LEADING)),
        )
        for id_, held in sorted(posts.items(), key=lambda each: (each[0] is None, each[0] or ""))
    )
