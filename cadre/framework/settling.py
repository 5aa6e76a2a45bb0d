"""How far down everything stands in the columns of a picture, for its lines to be short."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Final

from cadre.framework.cards import LISTS
from cadre.framework.graph import Graph, Node
from cadre.framework.places import CLOSE, GAP, HANGING, Size

_SWEEPS: Final = 6
BRICK: Final = 17.0
"""Between two cards of such a column, where the lines to the cards behind them pass."""


@dataclass(frozen=True)
class Settled:
    """How far down the middle of each node is, and which stand behind the last column.

    ``through``: where the line of an edge, by its number, passes columns: each, and the name by which ``middles`` has the place.
    """

    middles: Mapping[str, float]
    through: Mapping[int, Sequence[tuple[int, str]]]
    behind: frozenset[str] = frozenset()


def settled(graph: Graph, columns: Mapping[int, list[Node]], sizes: Mapping[str, Size]) -> Settled:
    """How far down the middle of each node is: near what it is joined to, in the order of its column, with no two in one place."""
    stacks = {number: list(_stacks(nodes, sizes)) for number, nodes in columns.items()}
    at = {node.id: column for column, nodes in columns.items() for node in nodes}
    joined: dict[str, list[str]] = {}
    through: dict[int, list[tuple[int, str]]] = {}
    for number, edge in enumerate(graph.edges):
        passed = [
            (column, f"line {number}, {column}") for column in _between(at.get(edge.source), at.get(edge.target), columns, graph.free)
        ]
        chain = [edge.source, *(id_ for _column, id_ in passed), edge.target]
        for one, other in pairwise(chain):
            joined.setdefault(one, []).append(other)
            joined.setdefault(other, []).append(one)
        for column, id_ in passed:
            stacks[column].append(_Stack((id_,), (0.0,), 0.0))
        through[number] = passed
    middles: dict[str, float] = {}
    for found in stacks.values():
        _put(found, [0.0] * len(found), middles)
    _sweep(stacks, joined, middles, graph.free)
    last = max(stacks)
    if last not in graph.free or len(stacks[last]) <= graph.tall:
        return Settled(middles, through)
    stacks[last] = list(_bricks(stacks[last], max(sizes[id_].high for stack in stacks[last] for id_ in stack.nodes)))
    _sweep(stacks, joined, middles, frozenset())
    return Settled(middles, through, frozenset(stack.nodes[1] for stack in stacks[last] if len(stack.nodes) > 1))


def _between(first: int | None, last: int | None, columns: Iterable[int], free: frozenset[int]) -> list[int]:
    """Columns that a line passes, in which room can be made for it."""
    if first is None or last is None:
        return []
    return [column for column in sorted(columns) if first < column < last and column in free]


def _sweep(
    stacks: Mapping[int, list[_Stack]], joined: Mapping[str, Sequence[str]], middles: dict[str, float], free: frozenset[int]
) -> None:
    """Draw each column to what it is joined to, to and fro."""
    for sweep in range(_SWEEPS):
        for number in sorted(stacks, reverse=bool(sweep % 2)):
            wanted = {stack.nodes[0]: _wanted(stack, joined, middles) for stack in stacks[number]}
            if number in free:
                stacks[number].sort(key=lambda stack: wanted[stack.nodes[0]] + stack.high / 2)
            _put(stacks[number], [wanted[stack.nodes[0]] for stack in stacks[number]], middles)


def _bricks(stacks: Sequence[_Stack], high: float) -> Iterator[_Stack]:
    """Two and two of a long column: the second stands behind the first, and as high as the gap below it, so that its lines pass there."""
    ids = [id_ for stack in stacks for id_ in stack.nodes]
    for at in range(0, len(ids), 2):
        yield _Stack(tuple(ids[at : at + 2]), (high / 2, high + BRICK / 2)[: len(ids[at : at + 2])], high + BRICK - GAP)


@dataclass(frozen=True)
class _Stack:
    """Nodes that stand close below each other, and how far down in the stack the middle of each is."""

    nodes: tuple[str, ...]
    middles: tuple[float, ...]
    high: float


def _stacks(nodes: Iterable[Node], sizes: Mapping[str, Size]) -> Iterator[_Stack]:
    runs: list[list[Node]] = []
    for node in nodes:
        if node.close and runs:
            runs[-1].append(node)
        else:
            runs.append([node])
    for run in runs:
        above = [0.0, *((CLOSE if each.kind in LISTS else HANGING) for each in run[1:])]
        bottoms = list(accumulate(gap + sizes[each.id].high for gap, each in zip(above, run, strict=True)))
        middles = tuple(bottom - sizes[each.id].high / 2 for bottom, each in zip(bottoms, run, strict=True))
        yield _Stack(tuple(each.id for each in run), middles, bottoms[-1])


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
    above = [0.0, *accumulate(stack.high + GAP for stack in stacks)]
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
