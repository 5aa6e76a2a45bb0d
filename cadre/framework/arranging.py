"""Where everything stands in a picture: columns, lanes, frames and the lines between them. Pure: sizes in, places out, all in points.

Graphviz measures the texts and draws; where things stand it would decide anew with each group that comes or goes, and the sequence of
priorities it does not keep. So that is decided here: the same framework is always in the same place.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from cadre.framework.curves import curves
from cadre.framework.graph import Cluster, Edge, Graph, Node
from cadre.framework.places import CLOSE, Box, Curve, Passage, Size
from cadre.framework.settling import settled

TITLE: Final = "title"
LEGEND: Final = "legend"
_BETWEEN: Final = 165.0
"""Between two columns, where the lines are."""
_FEW, _NEARER = 3, 90.0
"""With more columns than these, they stand nearer."""
_BEHIND: Final = 26.0
"""Between the two halves of a last column that is parted."""
_BESIDE: Final = 18.0
"""Between two cards in a frame."""
_JOINED: Final = 48.0
"""The same where lines join them."""
_INSIDE: Final = 16.0
"""Between a frame and what is in it."""
_ACROSS: Final = 3
"""So many cards stand side by side in a frame at least."""
_PART: Final = 30.0
"""Between two parts of a picture."""


@dataclass
class Arranged:
    """Where all of a picture is. ``frames`` and ``headings`` by cluster; ``bands``: of lanes; ``now``: the line of the day.

    ``doors``: from where on the lines to a card pass between others, by that card. ``through``: where a line passes columns, by its edge.
    """

    boxes: dict[str, Box] = field(default_factory=dict)
    frames: dict[str, Box] = field(default_factory=dict)
    headings: dict[str, Box] = field(default_factory=dict)
    bands: list[Box] = field(default_factory=list)
    curves: list[Curve] = field(default_factory=list)
    doors: dict[str, float] = field(default_factory=dict)
    through: dict[int, list[Passage]] = field(default_factory=dict)
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
        top = _frame(cluster, graph.edges, sizes, found, top) + _PART
    found.boxes[LEGEND] = Box(0, top, *sizes.get(LEGEND, Size(0, 0)))
    found.curves = list(curves(graph.edges, found.boxes, {node.id: node for node in graph.nodes}, found.doors, found.through))
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
    settled_at = settled(graph, columns, sizes)
    x, lowest = 0.0, min(settled_at.middles[node.id] - sizes[node.id].high / 2 for nodes in columns.values() for node in nodes)
    spans: dict[int, tuple[float, float]] = {}
    for number in sorted(columns):
        wide = max(sizes[node.id].wide for node in columns[number])
        for node in columns[number]:
            high, behind = sizes[node.id].high, node.id in settled_at.behind
            at = x + (wide + _BEHIND if behind else 0.0)
            found.boxes[node.id] = Box(at, settled_at.middles[node.id] - high / 2 - lowest + top, wide, high)
            if behind:
                found.doors[node.id] = x
        spans[number] = (x, x + wide)
        x += wide + (_BETWEEN if len(columns) <= _FEW else _NEARER)
    for edge, passed in settled_at.through.items():
        found.through[edge] = [(*spans[column], settled_at.middles[id_] - lowest + top) for column, id_ in passed]
    return max(found.boxes[node.id].bottom for nodes in columns.values() for node in nodes) + _PART


# ---------------------------------------------------------------- frames


def _frame(cluster: Cluster, edges: Iterable[Edge], sizes: Mapping[str, Size], found: Arranged, top: float) -> float:
    """Place a frame and what is in it, in as many columns as fit in the width of the picture. Gives where it ends."""
    id_, nodes = cluster.id, cluster.nodes
    heading = sizes.get(f"heading:{id_}", Size(0, 0))
    card = max((sizes[each].wide for each in nodes), default=0.0)
    joined = {frozenset((each.source, each.target)) for each in edges if each.source in nodes and each.target in nodes}
    beside = _JOINED if joined else _BESIDE
    least = min(_ACROSS, len(nodes)) * (card + beside) - beside
    wide = max(found.wide, least + 2 * _INSIDE, heading.wide + 2 * _INSIDE)
    across = max(1, int((wide - 2 * _INSIDE + beside) / (card + beside) + 0.01)) if card else 1
    card = (wide - 2 * _INSIDE + beside) / across - beside
    found.headings[id_] = Box(_INSIDE, top + _INSIDE, *heading)
    y = top + heading.high + 1.6 * _INSIDE
    for row in _rows(nodes, joined, across):
        high = max(sizes[each].high for each in row)
        for number, each in enumerate(row):
            found.boxes[each] = Box(_INSIDE + number * (card + beside), y, card, high)
        y += high + _BESIDE
    found.frames[id_] = Box(0, top, wide, y - _BESIDE + _INSIDE - top)
    return found.frames[id_].bottom


def _rows(nodes: Sequence[str], joined: Container[frozenset[str]], across: int) -> Iterator[list[str]]:
    """So many side by side; those that lines join stand in one row where they can, for no line to pass behind a card."""
    runs: list[list[str]] = []
    for each in nodes:
        if runs and frozenset((runs[-1][-1], each)) in joined:
            runs[-1].append(each)
        else:
            runs.append([each])
    row: list[str] = []
    for run in runs:
        if row and len(row) + len(run) > across:
            yield row
            row = []
        row += run
        while len(row) > across:
            yield row[:across]
            row = row[across:]
    if row:
        yield row


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
    lefts = [sum(widths[:column]) + column * CLOSE for column in columns]
    whole = lefts[-1] + widths[-1]
    y = top
    for row in rows:
        stacks = {column: cells.get((row, column), []) for column in columns}
        high = max(sum(sizes[node.id].high + CLOSE for node in nodes) for nodes in stacks.values()) + CLOSE
        for column, nodes in stacks.items():
            at = y + CLOSE
            for node in nodes:
                tall = high - 2 * CLOSE if len(nodes) == 1 and not (column and row) else sizes[node.id].high
                found.boxes[node.id] = Box(lefts[column], at, widths[column], tall)
                at += sizes[node.id].high + CLOSE
        found.bands.append(Box(0, y, whole, high))
        y += high + CLOSE
    if graph.now is not None:
        at = int(graph.now)
        head = found.bands[0].high + CLOSE
        found.now = Box(lefts[at] + (graph.now - at) * widths[at], top + head, 0, y - top - head - CLOSE)
    return y + _PART
