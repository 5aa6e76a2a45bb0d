"""Where things stand in a picture: nothing on top of anything else, in the order that was asked for."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest

from cadre.framework.arranging import Arranged, arranged
from cadre.framework.facts import LinkIn, World
from cadre.framework.graph import Graph
from cadre.framework.macro import macro
from cadre.framework.micro import micro
from cadre.framework.places import Box, Size
from cadre.framework.sequence import sequence
from tests.framework import made

FAR = replace(made.at_work().activities["2"], outcome="l1")
"""Feeds an outcome of the long term, past those of the short term."""
PICTURES = {
    "macro": macro(made.framework(), "en"),
    "micro": micro(made.at_work(), "group:bees", "en"),
    "council": micro(made.framework(), "council:jc", "en"),
    "sequence": sequence(made.at_work(), "en"),
    "hostile": macro(made.hostile(), "both"),
    "many": macro(made.many(90, 6), "en"),
    "far": micro(replace(made.at_work(), activities={**made.at_work().activities, "2": FAR}), "group:bees", "en"),
    "nothing": macro(World(made.DAY, made.DAY), "en"),
}


def laid(graph: Graph) -> Arranged:
    """With cards of different heights."""
    sizes = {node.id: Size(220, 40 + 17 * (number % 4)) for number, node in enumerate(graph.nodes)}
    return arranged(
        graph,
        {**sizes, "title": Size(300, 60), "legend": Size(500, 40), **{f"heading:{each.id}": Size(200, 20) for each in graph.clusters}},
    )


def apart(one: Box, other: Box) -> bool:
    return one.right <= other.x or other.right <= one.x or one.bottom <= other.y or other.bottom <= one.y


@pytest.mark.parametrize("name", PICTURES)
def test_no_two_cards_touch(name: str) -> None:
    found = laid(PICTURES[name])
    boxes = [(id_, found.boxes[id_]) for id_ in ("title", "legend", *(node.id for node in PICTURES[name].nodes))]
    assert not [(a, b) for (a, one), (b, other) in combinations(boxes, 2) if not apart(one, other)]


def test_in_a_frame_what_a_line_joins_stands_side_by_side() -> None:
    idle = [made.group(each, owner="jc", state="active") for each in ("ants", "gnats", "moths", "wasps")]
    graph = macro(made.framework(idle, links=(LinkIn("1", "moths", "becomes", "wasps"),)), "en")
    found = laid(graph)
    one, other = found.boxes["group:moths"], found.boxes["group:wasps"]
    assert one.y == other.y
    assert 0 < other.x - one.right < one.wide


@pytest.mark.parametrize("name", PICTURES)
def test_a_line_begins_and_ends_at_the_cards_that_it_joins(name: str) -> None:
    graph, found = PICTURES[name], laid(PICTURES[name])
    assert len(found.curves) == len(graph.edges)
    for edge, curve in zip(graph.edges, found.curves, strict=True):
        for id_, (x, y) in ((edge.source, curve[0]), (edge.target, curve[-1])):
            box = found.boxes[id_]
            assert box.x <= x <= box.right
            assert box.y <= y <= box.bottom


def test_priorities_stand_in_their_sequence_and_what_carries_one_close_below_it() -> None:
    boxes = laid(PICTURES["macro"]).boxes
    assert boxes["priority:nectar"].bottom < boxes["group:hives"].y < boxes["priority:wax"].y
    assert boxes["group:hives"].y - boxes["priority:nectar"].bottom < 10


def test_lines_to_the_back_of_a_long_column_pass_between_the_cards_in_front() -> None:
    graph, found = PICTURES["many"], laid(PICTURES["many"])
    assert found.doors, "it is parted in two"
    front = [
        box
        for id_, box in found.boxes.items()
        if id_.startswith("group:g") and id_ not in found.doors and box.x == max(found.doors.values())
    ]
    assert front
    for edge, curve in zip(graph.edges, found.curves, strict=True):
        if edge.target in found.doors:
            y = curve[-1][1]
            assert not [box for box in front if box.y < y < box.bottom]


def test_the_same_framework_is_always_in_the_same_place() -> None:
    assert laid(macro(made.many(50, 5), "en")) == laid(macro(made.many(50, 5), "en"))


def test_what_is_in_a_frame_stands_in_it() -> None:
    found = laid(PICTURES["many"])
    frame = found.frames["serve-none"]
    for id_ in PICTURES["many"].clusters[0].nodes:
        box = found.boxes[id_]
        assert frame.x < box.x
        assert box.right < frame.right
        assert frame.y < box.y
        assert box.bottom < frame.bottom


def test_a_line_that_passes_a_column_passes_between_its_cards() -> None:
    graph, found = PICTURES["far"], laid(PICTURES["far"])
    between = found.boxes["part:s1"]
    drawn = {(edge.source, edge.target): curve for edge, curve in zip(graph.edges, found.curves, strict=True)}
    passing = [y for x, y in drawn["activity:2", "part:l1"] if between.x <= x <= between.right]
    assert passing
    assert not [y for y in passing if between.y <= y <= between.bottom]
