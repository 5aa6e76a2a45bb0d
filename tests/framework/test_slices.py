"""Views in parts that can be read where there is little room."""

from __future__ import annotations

import pytest

from cadre.core.reader import Reader
from cadre.framework.graph import Graph, Node
from cadre.framework.micro import micro
from cadre.framework.sequence import sequence
from cadre.framework.slices import over_time, parted
from tests.framework import made

ENGLISH, FRENCH = Reader(), Reader(locale="fr_CA")


def nodes(graph: Graph) -> dict[str, Node]:
    return {node.id: node for node in graph.nodes}


def edges(graph: Graph) -> set[tuple[str, str, str]]:
    return {(edge.source, edge.target, edge.kind) for edge in graph.edges}


@pytest.mark.parametrize("of", ["group:bees", "priority:nectar", "council:jc"])
def test_in_parts_a_view_is_two_cards_wide_and_leaves_nothing_out(of: str) -> None:
    whole = micro(made.at_work(), of, "both")
    found = parted(whole)
    assert all(node.column <= 1 for graph in found for node in graph.nodes)
    assert {node.id for graph in found for node in graph.nodes} == set(nodes(whole))
    assert {edge for graph in found for edge in edges(graph)} == edges(whole)
    assert len({graph.title for graph in found}) == len(found), "each says which it is"


def test_over_time_each_priority_has_a_part_of_its_own() -> None:
    whole, found = sequence(made.at_work(), "fr"), over_time(made.at_work(), "fr")
    assert len(found) == 2
    kept = {id_ for id_, node in nodes(whole).items() if node.kind not in ("quarter", "lane")}
    assert kept <= {node.id for graph in found for node in graph.nodes}
    heads = [node.name[0] for node in found[1].nodes if node.kind == "quarter"]
    assert heads == ["Plus tôt, non terminé", "Janvier à mars 2027", "Avril à juin 2027", "Plus tard, ou sans date"]
