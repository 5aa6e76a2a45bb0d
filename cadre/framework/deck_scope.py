"""What of the framework a deck is about: a council and what comes to it. A registry may hold councils that have nothing to do with it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Mapping
from dataclasses import replace
from typing import TypeVar

from cadre.framework.facts import World
from cadre.framework.meeting_names import above_all

T = TypeVar("T")


def both(before: World, after: World, council: str | None) -> tuple[World, World]:
    """Two days of the framework of one council, to be compared: what came to it or went from it between them is in both."""
    theirs = _subjects(of_council(before, council)) | _subjects(of_council(after, council))
    return of_council(before, council, theirs), of_council(after, council, theirs)


def _subjects(world: World) -> frozenset[str]:
    return frozenset({f"group:{id_}" for id_ in world.groups} | {f"priority:{id_}" for id_ in world.priorities})


def of_council(world: World, council: str | None, too: Collection[str] = ()) -> World:
    """The framework of one council and of those that are part of it; None for no council: all of it.

    Groups that come to no council belong to the one that the others are part of; what is of no group or council concerns these as well.
    All councils and tables stay, for others are named by them. ``too``: what else belongs to it, as "group:…" and "priority:…".
    """
    if council is None:
        return world
    top = above_all(world)
    own = below(world, council)
    common, at_the_top = top is not None and council in below(world, top.id), top is not None and council == top.id

    def here(group: str | None) -> bool:
        if group is None:
            return common
        if group not in world.groups or world.groups[group].is_council:
            return group in own
        above = world.council_of.get(group)
        return f"group:{group}" in too or (above in own if above else at_the_top)

    groups = _only(world.groups, lambda each: each.is_council or each.is_table or here(each.id))
    priorities = _only(world.priorities, lambda each: here(each.owner) or f"priority:{each.id}" in too)
    workplans = _only(world.workplans, lambda each: here(each.group) if each.group else each.priority in priorities)
    decisions = _only(world.decisions, lambda each: here(each.council or _held_by(world, each.meeting)))
    actions = _only(world.actions, lambda each: here(each.group))
    known: Mapping[str, Container[str]] = {"group": groups, "priority": priorities, "decision": decisions, "action": actions}

    def stays(about: str) -> bool:
        kind, _, id_ = about.partition(":")
        return id_ in known.get(kind, ())

    return replace(
        world,
        groups=groups,
        priorities=priorities,
        alignments=tuple(each for each in world.alignments if each.priority in priorities and here(each.group)),
        recommendations=_only(world.recommendations, lambda each: each.priority in priorities if each.priority else here(each.group)),
        posts=tuple(each for each in world.posts if (here(each.group) if each.group else each.priority in priorities)),
        decisions=decisions,
        actions=actions,
        referrals=tuple(each for each in world.referrals if stays(each.about)),
        parts=_only(world.parts, lambda each: each.council in own),
        workplans=workplans,
        activities=_only(world.activities, lambda each: each.workplan in workplans),
        health={id_: found for id_, found in world.health.items() if here(id_)},
    )


def below(world: World, council: str) -> frozenset[str]:
    """A council, and those that are part of it."""
    found = {council}
    while more := {each.id for each in world.councils if each.parent in found} - found:
        found |= more
    return frozenset(found)


def _held_by(world: World, meeting: str | None) -> str | None:
    found = world.meetings.get(meeting or "")
    return found.group if found else None


def _only(records: Mapping[str, T], wanted: Callable[[T], bool]) -> dict[str, T]:
    return {id_: each for id_, each in records.items() if wanted(each)}
