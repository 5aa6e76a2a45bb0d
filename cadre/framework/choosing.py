"""What part of the framework somebody wants to see."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from cadre.framework.facts import SUNSET, GroupIn, World

UNKNOWN: Final = "unknown"
"""The state of a group whose state is not in the registry."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What to show: ids of councils, priorities and jurisdictions, and states; where nothing is named, all of it.

    Groups that are over are shown only where ``states`` names "sunset".
    """

    councils: frozenset[str] = frozenset()
    priorities: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    jurisdictions: frozenset[str] = frozenset()


ALL: Final = Filter()


def narrowed(world: World, chosen: Filter = ALL) -> World:
    """A framework with what was chosen alone, whole in itself. Councils and tables stay, for they say where all the rest belongs."""
    kept = {each.id: each for each in world.groups.values() if each.is_council or each.is_table or _keeps(world, each, chosen)}
    if chosen.councils:
        above = {council for council in chosen.councils if council in world.groups}
        parents = {str(world.groups[each].parent) for each in above}
        kept = {id_: each for id_, each in kept.items() if not each.is_council or id_ in above | parents}
    priorities = {id_: each for id_, each in world.priorities.items() if _shows(world, id_, frozenset(kept), chosen)}
    plans = {id_: each for id_, each in world.workplans.items() if each.group in kept or each.priority in priorities}
    return replace(
        world,
        workplans=plans,
        activities={id_: each for id_, each in world.activities.items() if each.workplan in plans},
        groups=kept,
        priorities=priorities,
        alignments=tuple(each for each in world.alignments if each.group in kept and each.priority in priorities),
        links=tuple(each for each in world.links if each.source in kept and each.target in kept),
    )


def _keeps(world: World, group: GroupIn, chosen: Filter) -> bool:
    """Whether a group is shown: it must fit all that was chosen."""
    states = chosen.states or None
    state = group.state or UNKNOWN
    if state not in states if states else state == SUNSET:
        return False
    if chosen.councils and world.council_of.get(group.id) not in chosen.councils:
        return False
    if chosen.priorities and not any(tie.priority in chosen.priorities for tie in world.serving.get(group.id, ())):
        return False
    return not chosen.jurisdictions or _of(world, f"group:{group.id}", chosen)


def _shows(world: World, id_: str, kept: frozenset[str], chosen: Filter) -> bool:
    """Whether a priority is shown: as chosen itself, or for what serves it."""
    if chosen.priorities and id_ not in chosen.priorities:
        return False
    served = any(tie.group in kept and tie.strength != "none" for tie in world.ties_of[id_])
    if chosen.councils and not (world.priorities[id_].owner in chosen.councils or served):
        return False
    return not chosen.jurisdictions or served or _of(world, f"priority:{id_}", chosen)


def _of(world: World, of: str, chosen: Filter) -> bool:
    """Whether somebody of a chosen government has a role in it, or of what belongs to that government."""
    governments = {each.jurisdiction or "" for each in world.posts_of.get(of, ())}
    return any(each in chosen.jurisdictions or world.parents.get(each) in chosen.jurisdictions for each in governments)
