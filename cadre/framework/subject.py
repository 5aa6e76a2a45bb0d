"""All that the framework holds of one priority, group or council, and one step around it: what its micro view tells, the *how*."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from cadre.core.bilingual import Bilingual
from cadre.core.errors import NotFound
from cadre.framework import telling
from cadre.framework.facts import (
    ActivityIn,
    AlignmentIn,
    DecisionIn,
    GroupIn,
    LinkIn,
    MeetingIn,
    PartIn,
    PostIn,
    PriorityIn,
    RecommendationIn,
    ReferralIn,
    WorkplanIn,
    World,
)
from cadre.workplans.logic_rules import STAGES

PAST: Final = 3
COMING: Final = 3
"""So many of its last and next meetings are shown."""
DECISIONS: Final = 6
"""So many of its last decisions."""
_OUTCOMES: Final = ("output", "short", "medium", "long")


@dataclass(frozen=True)
class Subject:
    """What is told of a priority, group or council. ``id``: "priority:…" or "group:…", a council's too.

    ``text``: its mandate, or what it is about. ``plan``: its latest workplan that may be seen. ``parts``: of the logic model, what its
    activities feed, and what that feeds, or what is of a priority. ``ties``: with priorities, or with groups, by strength.
    ``links``: with groups above and below it. ``under``: what comes to a council. ``items``: what is for
    a table of deputy ministers, or comes from it.
    """

    id: str
    group: GroupIn | None
    priority: PriorityIn | None
    text: Bilingual | None
    roles: tuple[tuple[str, tuple[PostIn, ...]], ...]
    plan: WorkplanIn | None
    activities: tuple[ActivityIn, ...]
    parts: tuple[PartIn, ...]
    feeds: tuple[tuple[str, str], ...]
    past: tuple[MeetingIn, ...]
    coming: tuple[MeetingIn, ...]
    decisions: tuple[DecisionIn, ...]
    recommendations: tuple[RecommendationIn, ...]
    referrals: tuple[ReferralIn, ...]
    items: tuple[ReferralIn, ...]
    ties: tuple[AlignmentIn, ...]
    links: tuple[LinkIn, ...]
    above: tuple[GroupIn, ...]
    under: tuple[GroupIn, ...]
    owned: tuple[PriorityIn, ...]

    @property
    def name(self) -> Bilingual:
        """What it is called."""
        found = self.group or self.priority
        assert found is not None
        return found.name


def subject(world: World, id_: str) -> Subject:
    """One priority, group or council: by "priority:…", "group:…" or "council:…". Raises NotFound."""
    kind, _, key = id_.partition(":")
    group = world.groups.get(key) if kind in ("group", "council") else None
    priority = world.priorities.get(key) if kind == "priority" else None
    if group is None and priority is None:
        raise NotFound(id_)
    own = f"group:{key}" if group else f"priority:{key}"
    plan = max((each for each in world.workplans.values() if each.of == own), key=lambda each: each.half, default=None)
    activities = _activities(world, own)
    parts, feeds = _outcomes(world, activities, priority)
    past, coming = _meetings(world, key if group else None)
    return Subject(
        id=own,
        group=group,
        priority=priority,
        text=(group.mandate or group.description) if group else priority.description if priority else None,
        roles=tuple(telling.roles(world, own)),
        plan=plan,
        activities=activities,
        parts=parts,
        feeds=feeds,
        past=past,
        coming=coming,
        decisions=_decisions(world, own, group),
        recommendations=world.proposals(own),
        referrals=world.referred.get(own, ()),
        items=tuple(each for each in world.referrals if group and each.table == key),
        ties=_ties(world, group, priority),
        links=tuple(each for each in world.links if group and key in (each.source, each.target)),
        above=_above(world, group, priority),
        under=_under(world, group),
        owned=tuple(each for each in world.in_sequence if group and each.owner == key),
    )


def _activities(world: World, own: str) -> tuple[ActivityIn, ...]:
    found = (each for each in world.activities.values() if world.workplans[each.workplan].of == own)
    return tuple(sorted(found, key=lambda each: (each.due is None, str(each.due), each.workplan, each.number)))


def _outcomes(
    world: World, activities: Iterable[ActivityIn], priority: PriorityIn | None
) -> tuple[tuple[PartIn, ...], tuple[tuple[str, str], ...]]:
    """The parts of the logic model that these activities feed, what those feed in turn, and what is of the priority itself."""
    reached = {each.outcome for each in activities if each.outcome in world.parts}
    reached |= {each.id for each in world.parts.values() if priority and each.priority == priority.id and each.term in _OUTCOMES}
    waiting = list(reached)
    while waiting:
        source = waiting.pop()
        onward = {target for begin, target in world.feeds if begin == source and target in world.parts} - reached
        reached |= onward
        waiting += onward
    parts = sorted((world.parts[str(each)] for each in reached), key=lambda each: (_stage(each), each.number, each.id))
    return tuple(parts), tuple((source, target) for source, target in world.feeds if source in reached and target in reached)


def _stage(part: PartIn) -> int:
    return STAGES.index(part.term)


def _meetings(world: World, group: str | None) -> tuple[tuple[MeetingIn, ...], tuple[MeetingIn, ...]]:
    """Its last meetings and its next, in the order of time."""
    held = [each for each in world.meetings.values() if group and each.group == group and each.held]
    held.sort(key=lambda each: (each.held.first, each.id) if each.held else (world.day, each.id))
    past = [each for each in held if each.held and each.held.last < world.day]
    coming = [each for each in held if each.held and each.held.last >= world.day]
    return tuple(past[-PAST:]), tuple(coming[:COMING])


def _decisions(world: World, own: str, group: GroupIn | None) -> tuple[DecisionIn, ...]:
    found = [each for each in world.decisions.values() if own in each.about or (group and each.council == group.id)]
    found.sort(key=lambda each: (each.year or 0, each.number or 0), reverse=True)
    return tuple(found[:DECISIONS])


def _ties(world: World, group: GroupIn | None, priority: PriorityIn | None) -> tuple[AlignmentIn, ...]:
    if group:
        return world.serving.get(group.id, ())
    return tuple(each for each in world.ties_of[priority.id] if each.strength != "none") if priority else ()


def _above(world: World, group: GroupIn | None, priority: PriorityIn | None) -> tuple[GroupIn, ...]:
    """The council that it comes to; of a council what it is part of."""
    id_ = (group.parent or group.owner) if group and group.is_council else world.council_of.get(group.id) if group else None
    id_ = priority.owner if priority else id_
    return (world.groups[id_],) if id_ and id_ in world.groups else ()


def _under(world: World, group: GroupIn | None) -> tuple[GroupIn, ...]:
    """Councils that are part of it, and the groups that come to it."""
    if group is None or not group.is_council:
        return ()
    parts = [each for each in world.councils if each.parent == group.id]
    return (*parts, *(each for each in telling.by_council(world, world.working) if world.council_of.get(each.id) == group.id))
