"""What each government carries across groups: seats and leads. It ranks nobody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cadre.core.bilingual import Bilingual
from cadre.oversight.facts import LEADING, SEATED, GroupNow, Picture, PriorityNow


@dataclass(frozen=True, slots=True)
class Load:
    """What a government carries: the groups that its people belong to, those that it leads, and the priorities that it leads."""

    jurisdiction: str | None
    name: Bilingual | None
    groups: tuple[GroupNow, ...]
    leads: tuple[GroupNow, ...]
    priorities: tuple[PriorityNow, ...]


def load(picture: Picture) -> tuple[Load, ...]:
    """The groups and leads of each jurisdiction, in no order that ranks: whoever shows it does so by name. A government is there also where
    nobody of it or of its departments is recorded anywhere.

    None stands for people whose government is not recorded; it is the last.
    """
    posts: dict[str | None, list[tuple[str, str | None, str | None]]] = {}
    for post in picture.posts:
        if post.held and post.role in SEATED and (post.group in picture.groups or post.priority):
            posts.setdefault(post.jurisdiction, []).append((post.role, post.group, post.priority))
    for government, departments in picture.governments.items():
        if not any(each in posts for each in departments):
            posts.setdefault(government, [])
    known = {each.id: each for each in picture.priorities}
    return tuple(
        Load(
            jurisdiction=id_,
            name=picture.jurisdictions.get(id_) if id_ else None,
            groups=_groups(picture, (group for _, group, _ in held)),
            leads=_groups(picture, (group for role, group, _ in held if role in LEADING)),
            priorities=tuple(known[p] for p in dict.fromkeys(priority for role, _, priority in held if priority and role in LEADING)),
        )
        for id_, held in sorted(posts.items(), key=lambda each: (each[0] is None, each[0] or ""))
    )


def _groups(picture: Picture, ids: Iterable[str | None]) -> tuple[GroupNow, ...]:
    """Each once."""
    return tuple(picture.groups[id_] for id_ in dict.fromkeys(ids) if id_)
