"""The map in parts that can be read where there is little room, as in Slack: the whole of it first, then priority by priority."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final, TypeVar

from cadre.core.bilingual import Bilingual
from cadre.core.errors import Message
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.framework import covering, nodes, telling
from cadre.framework.choosing import ALL, Filter, narrowed
from cadre.framework.facts import PriorityIn, World
from cadre.framework.graph import Cluster, Edge, Graph, Node, Told, Tongue
from cadre.framework.macro import NONE, macro, serving_none
from cadre.framework.teller import Teller
from cadre.oversight.matrix import Cover

T = TypeVar("T")
_WHOLE: Final = 14
"""A map with so few cards is not parted."""
_MOST: Final = 12
"""So many groups stand in one part."""
_OVERVIEW: Final = frozenset({"part_of", "owns", "referred"})
"""The lines between councils, tables and priorities."""
_OF_PRIORITIES: Final = _OVERVIEW | {"carries", nodes.WOULD_CARRY, "supports", "example", "could_support"}
"""Lines that lead from a council or to a priority."""
_BETWEEN: Final = Message("Links between groups")


def parts(world: World, language: Tongue, chosen: Filter = ALL, *, always: bool = False) -> tuple[Graph, ...]:
    """The whole map in parts, none wider than three cards: councils and priorities, each priority with its groups, groups without one.

    ``always``: also where it is small.
    """
    seen, tell = narrowed(world, chosen), Teller.in_(language)
    whole = macro(world, language, chosen)
    if len(whole.nodes) <= _WHOLE and not always:
        return (whole,)
    made, covers = [_overview(seen, whole, tell)], {each.priority.id: each.cover for each in covering.matrix(seen).priorities}
    for each in telling.in_order(seen):
        made += _around(each, covers[each.id], seen, whole, tell)
    made += _without(seen, whole, tell)
    return (*made, *_between(whole, made, seen, tell))


def _overview(world: World, whole: Graph, tell: Teller) -> Graph:
    """Councils, and priorities with how many groups serve each."""
    shown = []
    for node in whole.nodes:
        if node.id.startswith("priority:"):
            count = sum(tie.strength != "none" for tie in world.ties_of[node.id.partition(":")[2]])
            shown.append(replace(node, lines=(*node.lines, tell(_count, count))))
        elif node.column == 0 and not any(node.id in cluster.nodes for cluster in whole.clusters):
            shown.append(node)
    ids = {node.id for node in shown}
    edges = tuple(each for each in whole.edges if each.kind in _OVERVIEW and each.source in ids and each.target in ids)
    return _graph(whole, whole.title, shown, edges, world, tell)


def _count(groups: int, reader: Reader) -> Words:
    return reader.ngettext("{n} group", "{n} groups", groups)


def _around(found: PriorityIn, cover: Cover, world: World, whole: Graph, tell: Teller) -> Iterator[Graph]:
    """A priority and the groups that serve it, so many at a time."""
    priority = nodes.priority(world, found, cover, tell)
    ties = [tie for tie in world.ties_of[found.id] if tie.strength != "none"]
    for some, number, of in _some(ties):
        groups = [nodes.group(world, world.groups[tie.group], tell, 1) for tie in some]
        edges = (*(nodes.tie(world, tie, tell) for tie in some), *_joining(whole, groups))
        yield _graph(whole, tell(_titled, found.name, number, of), [priority, *groups], edges, world, tell)


def _without(world: World, whole: Graph, tell: Teller) -> Iterator[Graph]:
    """Groups that serve no priority, so many at a time."""
    for some, number, of in _some(nodes.together(world, telling.by_council(world, serving_none(world)))):
        shown = [nodes.group(world, each, tell) for each in some]
        title = Bilingual(*(str(NONE.for_(reader)) for reader in Teller.in_("both").readers))
        made = _graph(whole, tell(_titled, title, number, of), shown, _joining(whole, shown), world, tell)
        yield replace(made, clusters=(Cluster("serve-none", (), tuple(node.id for node in shown)),))


def _joining(whole: Graph, shown: Iterable[Node]) -> tuple[Edge, ...]:
    """The lines of the whole map between some groups."""
    ids = {node.id for node in shown}
    return tuple(each for each in whole.edges if each.source in ids and each.target in ids)


def _between(whole: Graph, made: Iterable[Graph], world: World, tell: Teller) -> Iterator[Graph]:
    """The lines between groups that stand in no one part together, so many at a time."""
    drawn = {(each.source, each.target, each.kind) for graph in made for each in graph.edges}
    left = [each for each in whole.edges if (each.source, each.target, each.kind) not in drawn and each.kind not in _OF_PRIORITIES]
    known = {node.id: node for node in whole.nodes}
    title = Bilingual(*(str(_BETWEEN.for_(reader)) for reader in Teller.in_("both").readers))
    for some, number, of in _some(left, _MOST // 2) if left else ():
        sources = [replace(known[id_], column=0, close=False) for id_ in dict.fromkeys(each.source for each in some)]
        targets = dict.fromkeys(each.target for each in some if each.target not in {node.id for node in sources})
        shown = (*sources, *(replace(known[id_], column=1, close=False) for id_ in targets))
        yield _graph(whole, tell(_titled, title, number, of), shown, tuple(some), world, tell)


def _some(of: Sequence[T], most: int = _MOST) -> Iterator[tuple[Sequence[T], int, int]]:
    """As many as stand in one part, which part it is, and of how many."""
    count = max(1, -(-len(of) // most))
    for number in range(count):
        yield of[number * most : (number + 1) * most], number + 1, count


def _titled(name: Bilingual, number: int, of: int, reader: Reader) -> Words:
    if of == 1:
        return name.for_(reader)
    return reader.gettext("{name} ({n} of {all})", name=name.for_(reader), n=number, all=of)


def _graph(whole: Graph, title: Told, shown: Iterable[Node], edges: tuple[Edge, ...], world: World, tell: Teller) -> Graph:  # noqa: PLR0917  # all that differs
    kept = tuple(shown)
    names = tell(lambda reader: reader.listed(Words(node.name[0]) for node in kept))
    return Graph(
        title=title,
        language=whole.language,
        nodes=kept,
        alt=Words.joined(". ", (*title, *names[:1])),
        subtitle=whole.subtitle[:1],
        edges=edges,
        legend=nodes.legend(world, kept, edges, tell),
        councils=whole.councils,
        free=frozenset({1}) if edges and edges[0].kind not in _OVERVIEW else frozenset(),
    )
