"""The micro and sequence views in parts that are two cards wide, for where there is little room, as in Slack. Nothing is left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Final

from cadre.core.errors import Message
from cadre.core.words import Words
from cadre.framework import nodes
from cadre.framework.choosing import ALL, Filter
from cadre.framework.facts import World
from cadre.framework.graph import Edge, Graph, Node, Told, Tongue
from cadre.framework.sequence import sequence
from cadre.framework.teller import Teller

_FEW: Final = 8
"""So many cards stand below each other in one part."""
_NOTHING: Final = Message("Nothing is planned that can be shown.")


def parted(whole: Graph) -> tuple[Graph, ...]:
    """A picture in columns: two columns at a time, then each frame."""
    framed = {id_ for cluster in whole.clusters for id_ in cluster.nodes}
    columns: dict[int, list[Node]] = {}
    for node in whole.nodes:
        if node.id not in framed:
            columns.setdefault(node.column, []).append(node)
    made = [*_in_columns(whole, columns), *_in_frames(whole)]
    drawn = {(each.source, each.target, each.kind) for graph in made for each in graph.edges}
    made += _left(whole, [each for each in whole.edges if (each.source, each.target, each.kind) not in drawn])
    return tuple(_numbered(made))


def _in_columns(whole: Graph, columns: dict[int, list[Node]]) -> Iterator[Graph]:
    """Each column with the next; what stands close below a card is shown with it once."""
    order = sorted(columns)
    if len(order) == 1:
        yield _part(whole, columns[order[0]], ())
    told: set[str] = set()
    for one, other in pairwise(order):
        turned = len(columns[one]) > _FEW >= len(columns[other])
        many, few = (columns[one], columns[other]) if turned else (columns[other], columns[one])
        for at in range(0, len(many), _FEW):
            some = [node for node in many[at : at + _FEW] if not (node.close and node.id in told)]
            beside = [node for node in few if _beside(node, some, whole, told)]
            left, right = (some, beside) if turned else (beside, some)
            told |= {node.id for node in (*some, *beside)}
            yield _part(whole, left, right)


def _beside(node: Node, some: Iterable[Node], whole: Graph, told: set[str]) -> bool:
    """Whether a card is shown beside some: where it is joined to one, or was not shown yet."""
    ids = {each.id for each in some}
    joined = any({each.source, each.target} & ids and node.id in (each.source, each.target) for each in whole.edges)
    return joined or node.id not in told


def _in_frames(whole: Graph) -> Iterator[Graph]:
    known = {node.id: node for node in whole.nodes}
    for cluster in whole.clusters:
        for at in range(0, len(cluster.nodes), _FEW):
            ids = cluster.nodes[at : at + _FEW]
            made = _part(whole, [known[id_] for id_ in ids], ())
            yield replace(made, clusters=(replace(cluster, nodes=ids),))


def _left(whole: Graph, edges: list[Edge]) -> Iterator[Graph]:
    """Lines between what stands in no one part together."""
    known = {node.id: node for node in whole.nodes}
    for at in range(0, len(edges), _FEW):
        some = edges[at : at + _FEW]
        sources = list(dict.fromkeys(each.source for each in some))
        targets = dict.fromkeys(each.target for each in some if each.target not in sources)
        yield _part(whole, [replace(known[id_], close=False) for id_ in sources], [replace(known[id_], close=False) for id_ in targets])


def _part(whole: Graph, left: Iterable[Node], right: Iterable[Node]) -> Graph:
    shown = (*(replace(node, column=0) for node in left), *(replace(node, column=1) for node in right))
    ids = {node.id for node in shown}
    edges = tuple(each for each in whole.edges if each.source in ids and each.target in ids)
    return replace(_told(whole, shown, edges), free=frozenset({1}), clusters=())


def _told(whole: Graph, shown: tuple[Node, ...], edges: tuple[Edge, ...] = ()) -> Graph:
    """Some of a picture, with what of the legend explains it, and what it shows in words."""
    reader = Teller.in_(whole.language).readers[0]
    before = Words.verbatim(whole.alt.rstrip(" ."))
    looks = {
        *(("edge", each.kind) for each in edges),
        *(("kind", node.kind) for node in shown),
        *(("state", node.state) for node in shown),
        *(("mark", mark.kind) for node in shown for mark in node.marks),
    }
    legend = tuple(key for key in whole.legend if (key.of, key.kind) in looks)
    return replace(whole, nodes=shown, edges=edges, legend=legend, alt=nodes.named(before, shown, reader), now=None)


def _numbered(parts: list[Graph]) -> Iterator[Graph]:
    """Which part each is, and of how many."""
    for number, each in enumerate(parts, 1):
        yield each if len(parts) == 1 else replace(each, title=_of(each, number, len(parts)))


def _of(part: Graph, number: int, parts: int) -> Told:
    readers = Teller.in_(part.language).readers
    names = part.title if len(part.title) == len(readers) else part.title * len(readers)
    return tuple(
        reader.gettext("{name} ({n} of {all})", name=name, n=number, all=parts) for reader, name in zip(readers, names, strict=True)
    )


# ---------------------------------------------------------------- over time


def over_time(world: World, language: Tongue, chosen: Filter = ALL) -> tuple[Graph, ...]:
    """The sequence priority by priority, quarters below each other; first the meetings, and priorities for which nothing is planned."""
    whole, tell = sequence(world, language, chosen), Teller.in_(language)
    heads = {node.column: node for node in whole.nodes if node.kind == "quarter"}
    lanes: dict[int, list[Node]] = {}
    for node in whole.nodes:
        if node.row:
            lanes.setdefault(node.row, []).append(node)
    first: list[Node] = []
    made: list[Graph] = []
    for head, *cells in lanes.values():
        if head.id == "meetings":
            first[:0] = _rows(head, cells, heads)
        elif cells:
            made += (_lane(whole, [replace(head, column=0, row=0), *part]) for part in _few(_rows(None, cells, heads)))
        else:
            row = 1 + max((node.row for node in first), default=-1)
            first += (Node(f"nothing:{head.id}", "lane", tell(_NOTHING), column=1, row=row), replace(head, column=0, row=row))
    return tuple(_numbered([*([_lane(whole, first)] if first else []), *made]))


def _rows(head: Node | None, cells: Iterable[Node], heads: dict[int, Node]) -> list[Node]:
    """A row for each quarter in which something is: the quarter, and beside it all that is in it."""
    found = [replace(head, column=0, row=0)] if head else []
    for number, column in enumerate(dict.fromkeys(node.column for node in cells), 1):
        found.append(replace(heads[column], column=0, row=number))
        found += (replace(node, column=1, row=number) for node in cells if node.column == column)
    return found


def _few(rows: list[Node]) -> Iterator[list[Node]]:
    """As many rows as stand in one part."""
    part: list[Node] = []
    for number in dict.fromkeys(node.row for node in rows):
        row = [node for node in rows if node.row == number]
        if part and len(part) + len(row) > 2 * _FEW:
            yield part
            part = []
        part += row
    if part:
        yield part


def _lane(whole: Graph, shown: list[Node]) -> Graph:
    return _told(whole, tuple(shown))
