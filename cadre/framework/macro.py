"""The macro view, the *what*: councils and tables, priorities in their sequence, and the groups around the priorities they serve."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from cadre.core.errors import Message
from cadre.framework import covering, nodes, telling
from cadre.framework.choosing import ALL, Filter, narrowed
from cadre.framework.facts import GroupIn, World
from cadre.framework.graph import Cluster, Edge, Graph, Node, Tongue
from cadre.framework.teller import Teller

_COUNCILS, _PRIORITIES, _OVERSEEING, _SERVING = 0, 1, 2, 3
"""The columns of the map. What carries a priority stands under it."""
NONE: Final = Message("Groups that serve no priority")
_OVER: Final = Message("Groups that are over")


def macro(world: World, language: Tongue, chosen: Filter = ALL) -> Graph:
    """The whole map of a day, or what of it was chosen."""
    seen, tell = narrowed(world, chosen), Teller.in_(language)
    joined = [*_councils(seen, tell), *_priorities(seen, tell), *_groups(seen, tell)]
    apart = [_apart("serve-none", NONE, serving_none(seen), seen, tell), _apart("over", _OVER, _over(seen), seen, tell)]
    shown = (*joined, *(node for _cluster, found in apart for node in found))
    edges = tuple(_edges(seen, frozenset(node.id for node in shown), tell))
    return Graph(
        title=tell(telling.title, world),
        language=language,
        nodes=shown,
        alt=tell.once(nodes.alt, seen),
        subtitle=nodes.subtitle(world, tell),
        edges=edges,
        clusters=tuple(cluster for cluster, found in apart if found),
        legend=nodes.legend(seen, shown, edges, tell),
        councils=tuple(each.id for each in world.councils),
        free=frozenset({_OVERSEEING, _SERVING}),
    )


def _councils(world: World, tell: Teller) -> Iterator[Node]:
    tables = sorted((each for each in world.groups.values() if each.is_table), key=lambda each: each.id)
    for each in (*tables, *world.councils):
        yield nodes.council(world, each, tell, _COUNCILS)


def _priorities(world: World, tell: Teller) -> Iterator[Node]:
    """Each priority, and under it the group that carries it."""
    covers = {each.priority.id: each.cover for each in covering.matrix(world).priorities}
    carrying = _carrying(world)
    for each in telling.in_order(world):
        yield nodes.priority(world, each, covers[each.id], tell, _PRIORITIES)
        for group in (group for group, of in carrying.items() if of == each.id):
            yield replace(nodes.group(world, world.groups[group], tell, _PRIORITIES), close=True)


def _carrying(world: World) -> dict[str, str]:
    """Groups that carry a priority, with the first that they carry."""
    found: dict[str, str] = {}
    for each in telling.in_order(world):
        for tie in world.ties_of[each.id]:
            if tie.strength == "carries":
                found.setdefault(tie.group, each.id)
    return found


def _overseers(world: World) -> frozenset[str]:
    """Groups that oversee one that serves a priority."""
    return frozenset(link.source for link in world.links if link.kind == "oversees" and link.target in world.serving)


def _groups(world: World, tell: Teller) -> Iterator[Node]:
    """Those that serve a priority; before them those that only oversee one of them."""
    carrying, overseers = _carrying(world), _overseers(world)
    for each in telling.by_council(world, world.working):
        if each.id in carrying:
            continue
        if each.id in world.serving:
            yield nodes.group(world, each, tell, _SERVING)
        elif each.id in overseers:
            yield nodes.group(world, each, tell, _OVERSEEING)


def serving_none(world: World) -> list[GroupIn]:
    """Groups that serve no priority, nor oversee one that does."""
    overseers = _overseers(world)
    return [each for each in world.working if world.serves_none(each.id) and each.id not in overseers]


def _over(world: World) -> list[GroupIn]:
    return [each for each in world.groups.values() if each.state == "sunset" and not (each.is_council or each.is_table)]


def _apart(id_: str, label: Message, groups: Iterable[GroupIn], world: World, tell: Teller) -> tuple[Cluster, list[Node]]:
    """Groups that nothing joins to a priority, in a frame of their own, side by side."""
    found = [nodes.group(world, each, tell) for each in nodes.together(world, telling.by_council(world, groups))]
    return Cluster(id_, tell(label), tuple(node.id for node in found)), found


def _edges(world: World, shown: frozenset[str], tell: Teller) -> Iterator[Edge]:
    """The lines between all that is shown."""
    for priority in telling.in_order(world):
        if priority.owner in world.groups:
            yield Edge(f"group:{priority.owner}", f"priority:{priority.id}", "owns")
        yield from (nodes.tie(world, tie, tell) for tie in world.ties_of[priority.id] if tie.strength != "none")
    links = [nodes.link(world, each, tell) for each in world.links if each.source != each.target]
    referred = [nodes.referred(world, each, tell) for each in world.referrals if each.about.startswith("priority:")]
    overlaps = [
        Edge(f"group:{one.id}", f"group:{other.id}", "overlap") for one, other in (each.groups for each in covering.matrix(world).overlaps)
    ]
    within = nodes.within(world, tell)
    yield from (each for each in (*within, *links, *referred, *overlaps) if each.source in shown and each.target in shown)
