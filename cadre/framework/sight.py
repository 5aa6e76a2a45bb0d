"""Who may see what of the framework: workplans, lateness and how groups stand by their rights; logic models with a role; the rest all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from sqlalchemy.orm import Session

from cadre.core.errors import Forbidden
from cadre.core.reader import OPERATOR, Actor
from cadre.framework.facts import GroupIn, WorkplanIn, World
from cadre.oversight import rights as of_health
from cadre.oversight.facts import GroupNow
from cadre.workplans import rights as of_workplans
from cadre.workplans.rights import Rights


@dataclass(frozen=True, slots=True)
class Sight:
    """What somebody may see now, by their rights to workplans and to how groups stand; without any, what everybody may."""

    workplans: Rights | None = None
    health: of_health.Sight | None = None

    def seen(self, whole: World) -> World:
        """What they may see of a World that holds everything."""
        if self.workplans is None or self.health is None:
            return replace(whole, whole=False, workplans={}, activities={}, parts={}, feeds=(), health={})
        may = self.workplans
        plans = {id_: plan for id_, plan in whole.workplans.items() if may.may_see(id_, _target(plan), plan.council or "", plan.state)}
        return replace(
            whole,
            workplans=plans,
            activities={
                id_: replace(each, late=False)
                if each.late and not may.may_know_late(each.workplan, _target(plans[each.workplan]))
                else each
                for id_, each in whole.activities.items()
                if each.workplan in plans
            },
            health={id_: open_ for id_, open_ in whole.health.items() if self.health.sees(_now(whole, whole.groups[id_]))},
        )


def sight(session: Session, seen_by: Actor | None) -> Sight:
    """What somebody may see now. Whoever holds no confirmed role sees what everybody does."""
    if seen_by is None:
        return Sight()
    try:
        health = of_health.sight(session, seen_by)
    except Forbidden:
        return Sight()
    return Sight(Rights(secretariat=True) if seen_by == OPERATOR else of_workplans.rights_of(session, seen_by), health)


def _target(plan: WorkplanIn) -> tuple[Literal["group", "priority"], str]:
    return ("group", plan.group) if plan.group else ("priority", str(plan.priority))


def _now(world: World, group: GroupIn) -> GroupNow:
    """A group as its health is asked of: by the councils above it."""
    above = frozenset(id_ for id_ in _above(world, group) if world.groups[id_].is_council)
    return GroupNow(group.id, group.name, group.state, above=above)


def _above(world: World, group: GroupIn) -> Iterator[str]:
    """What a group comes to, the nearest first; a circle ends where it began."""
    seen: set[str] = set()
    above = group.owner
    while above and above in world.groups and above not in seen:
        seen.add(above)
        yield above
        above = world.groups[above].owner or world.groups[above].parent
