"""The map for slides and pages: in parts, each as large as can be read there. What a part would make too small goes on in the next."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Final

from cadre.core.words import Words
from cadre.framework import nodes
from cadre.framework.deck_facts import DeckFacts
from cadre.framework.deck_scope import below
from cadre.framework.drawing import DrawingFailed, draw
from cadre.framework.facts import GroupIn, World
from cadre.framework.graph import Cluster, Edge, Graph, Node, Told
from cadre.framework.macro import NONE, macro
from cadre.framework.meeting_names import above_all
from cadre.framework.parts import parts
from cadre.framework.slides import Tongue
from cadre.framework.teller import Teller

_TALL: Final = 1
"""Of more groups than these half stand behind the others."""
_SVG_SIZE: Final = re.compile(rb'viewBox="[\d.-]+ [\d.-]+ ([\d.]+) ([\d.]+)"')


@dataclass(frozen=True, slots=True)
class Room:
    """How broad and high a picture may be for what is written in it to be read where it stands, in points of the picture."""

    wide: float
    high: float

    def holds(self, graph: Graph) -> bool:
        """Whether it is large enough. Raises DrawingFailed."""
        wide, high = svg_size(draw(graph, "svg"))
        return wide <= self.wide and high <= self.high


def svg_size(content: bytes) -> tuple[int, int]:
    """How broad and high a drawing is, in points."""
    found = _SVG_SIZE.search(content)
    return (round(float(found[1])), round(float(found[2]))) if found else (1, 1)


def drawings(facts: DeckFacts, tongue: Tongue, room: Room) -> Iterator[tuple[Told, Graph]]:
    """All parts of the map, each with its title: the whole of it in one where that can be read."""
    world, language = _of_its_council(facts), "both" if len(tongue.readers) > 1 else tongue.languages[0]
    title = tongue.say(lambda reader: reader.gettext("The whole framework"))
    whole = _bare(macro(world, language))
    if _held(whole, room):
        yield title, whole
        return
    found = parts(world, language, always=True)
    titles = [title, *(_titled(each, world, tongue) for each in found[1:])]
    tell = Teller.in_(language)
    for named, some in groupby(zip(titles, found, strict=True), key=lambda each: each[0]):
        pieces = [piece for _title, graph in some for piece in _pieces(_bare(graph), world, tell, room)]
        for n, piece in enumerate(pieces, 1):
            yield (named if len(pieces) == 1 else _numbered(named, n, len(pieces), tongue)), piece


def _of_its_council(facts: DeckFacts) -> World:
    """The world without councils and tables that have nothing to do with the one that the deck is about: nothing would join them."""
    world, council = facts.world, facts.council
    top = above_all(world)
    if council is None or top is None:
        return world
    own, above = set(below(world, council.id)), world.groups.get(council.parent or "")
    while above and above.id not in own:
        own.add(above.id)
        above = world.groups.get(above.parent or "")
    common = council.id in below(world, top.id)
    spoken_of = {each.table for each in world.referrals}

    def stays(group: GroupIn) -> bool:
        return common or group.id in spoken_of if group.is_table else not group.is_council or group.id in own

    return replace(world, groups={id_: each for id_, each in world.groups.items() if stays(each)})


def _titled(graph: Graph, world: World, tongue: Tongue) -> Told:
    if graph.clusters:
        return tongue.say(NONE.for_)
    first = world.priorities.get(graph.nodes[0].id.removeprefix("priority:")) if graph.nodes else None
    return tongue.name(first.name) if first else graph.title


def _numbered(title: Told, n: int, of: int, tongue: Tongue) -> Told:
    return tongue.say(lambda reader: reader.gettext("{title} ({at} of {all})", title=tongue.in_(title, reader), at=n, all=of))


def _bare(graph: Graph) -> Graph:
    """A picture without its heading, which slide and page have as theirs."""
    return replace(graph, title=(), subtitle=(), tall=_TALL)


def _held(graph: Graph, room: Room) -> bool:
    """What cannot be drawn will be told as such: it is not parted further."""
    try:
        return room.holds(graph)
    except DrawingFailed:
        return True


def _pieces(graph: Graph, world: World, tell: Teller, room: Room) -> list[Graph]:
    """A part, or as few of equal length as can be read; then the lines, if any, between what stands in different ones."""
    hubs = () if graph.clusters else tuple(node for node in graph.nodes if node.column == 0)
    leaves = [node for node in graph.nodes if node not in hubs]
    found = [graph]
    for count in range(1, len(leaves) + 1):
        if all(_held(each, room) for each in found):
            break
        at = [round(n * len(leaves) / count) for n in range(count + 1)]
        found = [_with(graph, hubs, leaves[one:other], world, tell, first=not one) for one, other in pairwise(at)]
    drawn = {edge for each in found for edge in each.edges}
    lost = [edge for edge in graph.edges if edge not in drawn]
    return [*found, *([_between(graph, lost, world, tell)] if lost else [])]


def _with(graph: Graph, hubs: Sequence[Node], leaves: Sequence[Node], world: World, tell: Teller, *, first: bool) -> Graph:
    """Some of it, with what it is joined to; what nothing is joined to stands in the first."""
    ids, ends = {node.id for node in leaves}, [{edge.source, edge.target} for edge in graph.edges]
    joined = {id_ for pair in ends if pair & ids for id_ in pair}
    far = {node.id for node in hubs if not any(node.id in pair and pair - {each.id for each in hubs} for pair in ends)}
    kept = (*(node for node in hubs if node.id in joined or (first and node.id in far)), *leaves)
    shown = {node.id for node in kept}
    edges = tuple(edge for edge in graph.edges if edge.source in shown and edge.target in shown)
    clusters = tuple(Cluster(each.id, each.label, tuple(id_ for id_ in each.nodes if id_ in shown)) for each in graph.clusters)
    return _told(replace(graph, nodes=kept, edges=edges, clusters=clusters), world, tell)


def _between(graph: Graph, lost: Sequence[Edge], world: World, tell: Teller) -> Graph:
    sources = {edge.source for edge in lost}
    ends = sources | {edge.target for edge in lost}
    kept = tuple(replace(node, column=int(node.id not in sources), close=False) for node in graph.nodes if node.id in ends)
    return _told(replace(graph, nodes=kept, edges=tuple(lost), clusters=()), world, tell)


def _told(graph: Graph, world: World, tell: Teller) -> Graph:
    """With what is to be explained of it, and what it shows in words."""
    names = tell(
        lambda reader: reader.listed(Words(node.name[min(tell.readers.index(reader), len(node.name) - 1)]) for node in graph.nodes)
    )
    return replace(graph, alt=Words.joined(" / ", names), legend=nodes.legend(world, graph.nodes, graph.edges, tell))
