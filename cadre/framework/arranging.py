"""Where everything stands in a picture: columns, lanes, frames and the lines between them. Pure: sizes in, places out, all in points.

Graphviz measures the texts and draws; where things stand it would decide anew with each group that comes or goes, and the sequence of
priorities it does not keep. So that is decided here: the same framework is always in the same place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Final, NamedTuple

from cadre.framework.graph import Cluster, Edge, Graph, Node


class Size(NamedTuple):
    """How wide and high something is."""

    wide: float
    high: float


class Box(NamedTuple):
    """Where something is: its top left corner, downwards, and its size."""

    x: float
    y: float
    wide: float
    high: float

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.x + self.wide

    @property
    def bottom(self) -> float:
        """Where it ends."""
        return self.y + self.high

    @property
    def middle(self) -> float:
        """Half way down."""
        return self.y + self.high / 2


Point = tuple[float, float]
Curve = tuple[Point, Point, Point, Point]
"""A cubic curve: where it begins and ends, and two points between that bend it."""
TITLE: Final = "title"
LEGEND: Final = "legend"
_GAP: Final = 13.0
"""Between two cards of one column."""
_CLOSE: Final = 8.0
"""The same of one that belongs to what is above it."""
_BETWEEN: Final = 165.0
"""Between two columns, where the lines are."""
_FEW, _NEARER = 3, 90.0
"""With more columns than these, they stand nearer."""
_BESIDE: Final = 18.0
"""Between two cards in a frame."""
_INSIDE: Final = 16.0
"""Between a frame and what is in it."""
_ACROSS: Final = 3
"""So many cards stand side by side in a frame at least."""
_PART: Final = 30.0
"""Between two parts of a picture."""
_SWEEPS: Final = 6
_SPREAD: Final = 5.0
"""Between the ends of two lines on one side of a card."""


@dataclass
class Arranged:
    """Where all of a picture is. ``frames`` and ``headings`` by cluster; ``bands``: of lanes; ``now``: the line of the day."""

    boxes: dict[str, Box] = field(default_factory=dict)
    frames: dict[str, Box] = field(default_factory=dict)
    headings: dict[str, Box] = field(default_factory=dict)
    bands: list[Box] = field(default_factory=list)
    curves: list[Curve] = field(default_factory=list)
    now: Box | None = None
    wide: float = 0.0


def arranged(graph: Graph, sizes: Mapping[str, Size]) -> Arranged:
    """All places of a picture. ``sizes``: of each node, of the title and legend, and of headings, as "heading:" and the cluster's id."""
    found = Arranged()
    title = sizes.get(TITLE, Size(0, 0))
    found.boxes[TITLE] = Box(0, 0, *title)
    top = title.high + _PART / 2
    top = _lanes(graph, sizes, found, top) if graph.layout == "lanes" else _columns(graph, sizes, found, top)
    found.wide = max((box.right for box in found.boxes.values()), default=0.0)
    for cluster in graph.clusters:
        top = _frame(cluster, sizes, found, top) + _PART
    found.boxes[LEGEND] = Box(0, top, *sizes.get(LEGEND, Size(0, 0)))
    found.curves = list(_curves(graph.edges, found.boxes, {node.id: node for node in graph.nodes}))
    return found


# ---------------------------------------------------------------- columns


def _columns(graph: Graph, sizes: Mapping[str, Size], found: Arranged, top: float) -> float:
    """Place what stands in columns. Gives where they end, with a space below."""
    framed = {each for cluster in graph.clusters for each in cluster.nodes}
    columns: dict[int, list[Node]] = {}
    for node in graph.nodes:
        if node.id not in framed:
            columns.setdefault(node.column, []).append(node)
    if not columns:
        return top
    middles = _settled_columns(graph, columns, sizes)
    x, lowest = 0.0, min(middles[node.id] - sizes[node.id].high / 2 for nodes in columns.values() for node in nodes)
    for number in sorted(columns):
        wide = max(sizes[node.id].wide for node in columns[number])
        for node in columns[number]:
            high = sizes[node.id].high
            found.boxes[node.id] = Box(x, middles[node.id] - high / 2 - lowest + top, wide, high)
        x += wide + (_BETWEEN if len(columns) <= _FEW else _NEARER)
    return max(found.boxes[node.id].bottom for nodes in columns.values() for node in nodes) + _PART


def _settled_columns(graph: Graph, columns: Mapping[int, list[Node]], sizes: Mapping[str, Size]) -> dict[str, float]:
    """How far down the middle of each node is: near what it is joined to, in the order of its column, with no two in one place."""
    joined: dict[str, list[str]] = {}
    for edge in graph.edges:
        joined.setdefault(edge.source, []).append(edge.target)
        joined.setdefault(edge.target, []).append(edge.source)
    stacks = {number: list(_stacks(nodes, sizes)) for number, nodes in columns.items()}
    middles: dict[str, float] = {}
    for found in stacks.values():
        _put(found, [0.0] * len(found), middles)
    for sweep in range(_SWEEPS):
        for number in sorted(stacks, reverse=bool(sweep % 2)):
            wanted = {stack.nodes[0]: _wanted(stack, joined, middles) for stack in stacks[number]}
            if number in graph.free:
                stacks[number].sort(key=lambda stack: wanted[stack.nodes[0]] + stack.high / 2)
            _put(stacks[number], [wanted[stack.nodes[0]] for stack in stacks[number]], middles)
    return middles


@dataclass(frozen=True)
class _Stack:
    """Nodes that stand close below each other, and how far down in the stack the middle of each is."""

    nodes: tuple[str, ...]
    middles: tuple[float, ...]
    high: float


def _stacks(nodes: Iterable[Node], sizes: Mapping[str, Size]) -> Iterator[_Stack]:
    runs: list[list[str]] = []
    for node in nodes:
        if node.close and runs:
            runs[-1].append(node.id)
        else:
            runs.append([node.id])
    for run in runs:
        tops = [0.0, *accumulate(sizes[each].high + _CLOSE for each in run)]
        yield _Stack(tuple(run), tuple(top + sizes[each].high / 2 for top, each in zip(tops, run, strict=False)), tops[-1] - _CLOSE)


def _wanted(stack: _Stack, joined: Mapping[str, Sequence[str]], middles: Mapping[str, float]) -> float:
    """Where the top of a stack would best be, for its lines to be short."""
    tops = [
        middles[other] - within
        for id_, within in zip(stack.nodes, stack.middles, strict=True)
        for other in joined.get(id_, ())
        if other in middles and other not in stack.nodes
    ]
    return sum(tops) / len(tops) if tops else middles[stack.nodes[0]] - stack.middles[0]


def _put(stacks: Sequence[_Stack], wanted: Sequence[float], middles: dict[str, float]) -> None:
    """Place the stacks of a column in their order, as near to where they are wanted as they can be without touching.

    By pooling what stands too near: https://en.wikipedia.org/wiki/Isotonic_regression, here of each top less all that is above it.
    """
    above = [0.0, *accumulate(stack.high + _GAP for stack in stacks)]
    pools: list[tuple[float, int]] = []
    for want, before in zip(wanted, above, strict=False):
        pools.append((want - before, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (later, many), (earlier, few) = pools.pop(), pools.pop()
            pools.append(((earlier * few + later * many) / (few + many), few + many))
    tops = (value for value, many in pools for _ in range(many))
    for stack, level, before in zip(stacks, tops, above, strict=False):
        for id_, within in zip(stack.nodes, stack.middles, strict=True):
            middles[id_] = level + before + within


# ---------------------------------------------------------------- frames


def _frame(cluster: Cluster, sizes: Mapping[str, Size], found: Arranged, top: float) -> float:
    """Place a frame and what is in it, in as many columns as fit in the width of the picture. Gives where it ends."""
    id_, nodes = cluster.id, cluster.nodes
    heading = sizes.get(f"heading:{id_}", Size(0, 0))
    card = max((sizes[each].wide for each in nodes), default=0.0)
    least = min(_ACROSS, len(nodes)) * (card + _BESIDE) - _BESIDE
    wide = max(found.wide, least + 2 * _INSIDE, heading.wide + 2 * _INSIDE)
    across = max(1, int((wide - 2 * _INSIDE + _BESIDE) / (card + _BESIDE) + 0.01)) if card else 1
    card = (wide - 2 * _INSIDE + _BESIDE) / across - _BESIDE
    found.headings[id_] = Box(_INSIDE, top + _INSIDE, *heading)
    y = top + heading.high + 1.6 * _INSIDE
    for at in range(0, len(nodes), across):
        row = nodes[at : at + across]
        high = max(sizes[each].high for each in row)
        for number, each in enumerate(row):
            found.boxes[each] = Box(_INSIDE + number * (card + _BESIDE), y, card, high)
        y += high + _BESIDE
    found.frames[id_] = Box(0, top, wide, y - _BESIDE + _INSIDE - top)
    return found.frames[id_].bottom


# ---------------------------------------------------------------- lanes


def _lanes(graph: Graph, sizes: Mapping[str, Size], found: Arranged, top: float) -> float:
    """Place a table. Gives where it ends, with a space below."""
    cells: dict[tuple[int, int], list[Node]] = {}
    for node in graph.nodes:
        cells.setdefault((node.row, node.column), []).append(node)
    columns, rows = range(1 + max(node.column for node in graph.nodes)), sorted({node.row for node in graph.nodes})
    widths = [
        max((sizes[node.id].wide for (_, at), nodes in cells.items() if at == column for node in nodes), default=0.0) for column in columns
    ]
    widths[1:] = [max(widths[1:], default=0.0)] * (len(widths) - 1)
    lefts = [sum(widths[:column]) + column * _CLOSE for column in columns]
    whole = lefts[-1] + widths[-1]
    y = top
    for row in rows:
        stacks = {column: cells.get((row, column), []) for column in columns}
        high = max(sum(sizes[node.id].high + _CLOSE for node in nodes) for nodes in stacks.values()) + _CLOSE
        for column, nodes in stacks.items():
            at = y + _CLOSE
            for node in nodes:
                tall = high - 2 * _CLOSE if len(nodes) == 1 and not (column and row) else sizes[node.id].high
                found.boxes[node.id] = Box(lefts[column], at, widths[column], tall)
                at += sizes[node.id].high + _CLOSE
        found.bands.append(Box(0, y, whole, high))
        y += high + _CLOSE
    if graph.now is not None:
        at = int(graph.now)
        head = found.bands[0].high + _CLOSE
        found.now = Box(lefts[at] + (graph.now - at) * widths[at], top + head, 0, y - top - head - _CLOSE)
    return y + _PART


# ---------------------------------------------------------------- lines


def _curves(edges: Sequence[Edge], boxes: Mapping[str, Box], nodes: Mapping[str, Node]) -> Iterator[Curve]:
    """A line for each edge, in their order. Where several meet on one side of a card, they stand apart, in the order of where they go."""
    ends: dict[tuple[str, bool], list[tuple[float, int]]] = {}
    for number, edge in enumerate(edges):
        one, other = boxes[edge.source], boxes[edge.target]
        ends.setdefault((edge.source, one.x <= other.x), []).append((other.middle, number))
        ends.setdefault((edge.target, other.x < one.x or one.x == other.x), []).append((one.middle, number))
    offsets: dict[tuple[str, int], float] = {}
    for (id_, _side), found in ends.items():
        step = min(_SPREAD, boxes[id_].high * 0.7 / len(found))
        for place, (_middle, number) in enumerate(sorted(found)):
            offsets[id_, number] = (place - (len(found) - 1) / 2) * step
    for number, edge in enumerate(edges):
        one, other = boxes[edge.source], boxes[edge.target]
        yield _curve(one, other, offsets[edge.source, number], offsets[edge.target, number], close=nodes[edge.target].close)


def _curve(one: Box, other: Box, here: float, there: float, *, close: bool) -> Curve:
    """From the side of one card to the side of another; down to one that stands close below it; in a bow beside two of one column."""
    if one.x == other.x and close and 0 <= other.y - one.bottom <= _GAP:
        x = one.x + min(one.wide, other.wide) / 8
        return (x, one.bottom), (x, one.bottom), (x, other.y), (x, other.y)
    if one.x == other.x:
        right = max(one.right, other.right)
        bow = right + min(70.0, 24 + abs(one.middle - other.middle) / 6) + 3 * abs(here)
        return (one.right, one.middle + here), (bow, one.middle + here), (bow, other.middle + there), (other.right, other.middle + there)
    begin = one.right if one.x < other.x else one.x
    end = other.x if one.x < other.x else other.right
    bend = (end - begin) * 0.5
    return (begin, one.middle + here), (begin + bend, one.middle + here), (end - bend, other.middle + there), (end, other.middle + there)
