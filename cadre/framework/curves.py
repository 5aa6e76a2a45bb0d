"""The lines between the cards of a picture."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from cadre.framework.graph import Edge, Node
from cadre.framework.places import HANGING, Box, Curve, Passage, Point

_SPREAD: Final = 5.0
"""Between the ends of two lines on one side of a card."""
_DOOR: Final = 5.0
"""How far from the middle of a gap between two cards lines may pass there."""


def curves(
    edges: Sequence[Edge],
    boxes: Mapping[str, Box],
    nodes: Mapping[str, Node],
    doors: Mapping[str, float],
    through: Mapping[int, Sequence[Passage]],
) -> Iterator[Curve]:
    """A line for each edge, in their order. Where several meet on one side of a card, they stand apart, in the order of where they go.

    ``doors``: from where on the lines to a card that stands behind others pass between those, by that card; ``through``: where a line
    passes columns, by its edge.
    """
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
        here, there = offsets[edge.source, number], offsets[edge.target, number]
        passages = list(through.get(number, ()))
        door = doors.get(edge.target)
        if door is not None and one.right < door:
            passages.append((door, other.x, other.middle + max(-_DOOR, min(_DOOR, there))))
        yield _passing(one, other, here, there, passages) if passages else _curve(one, other, here, there, close=nodes[edge.target].close)


def _passing(one: Box, other: Box, here: float, there: float, passages: Sequence[Passage]) -> Curve:
    """From one card to another, straight through each passage."""
    points: list[Point] = []
    for begin, end, y in passages:
        points += [*_curve(one, Box(begin, y, 0, 0), here, 0, close=False)[bool(points) :], (begin, y), (end, y), (end, y)]
        one, here = Box(end, y, 0, 0), 0.0
    if one.right < other.x:
        points += _curve(one, other, 0, there, close=False)[1:]
    return tuple(points)


def _curve(one: Box, other: Box, here: float, there: float, *, close: bool) -> Curve:
    """From the side of one card to the side of another; down to one that stands close below it; in a bow beside two of one column."""
    if one.x == other.x and close and 0 <= other.y - one.bottom <= HANGING:
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
