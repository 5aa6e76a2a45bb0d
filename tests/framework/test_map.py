"""What stands on the map: macro, micro and sequence, as plain data, with their text equivalents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from cadre.core.bilingual import Bilingual
from cadre.core.errors import NotFound
from cadre.core.reader import Reader
from cadre.framework import look, outline
from cadre.framework.choosing import Filter, narrowed
from cadre.framework.facts import AlignmentIn, DecisionIn, LinkIn, PostIn, ReferralIn, World
from cadre.framework.graph import Graph, Node
from cadre.framework.macro import macro
from cadre.framework.micro import micro
from cadre.framework.nodes import SIGNS
from cadre.framework.outlined import Outline, lines
from cadre.framework.parts import parts
from cadre.framework.sequence import sequence
from cadre.oversight.wording import COVER_SHAPES
from tests.framework import made

ENGLISH, FRENCH = Reader(), Reader(locale="fr_CA")


def nodes(graph: Graph) -> dict[str, Node]:
    return {node.id: node for node in graph.nodes}


def edges(graph: Graph) -> set[tuple[str, str, str]]:
    return {(edge.source, edge.target, edge.kind) for edge in graph.edges}


def said(found: Outline) -> str:
    return "\n".join(lines(found))


def columns(graph: Graph) -> list[list[str]]:
    apart = {each for cluster in graph.clusters for each in cluster.nodes}
    found: dict[int, list[str]] = {}
    for node in graph.nodes:
        if node.id not in apart:
            found.setdefault(node.column, []).append(node.id)
    return [found[number] for number in sorted(found)]


# ---------------------------------------------------------------- macro


def test_councils_stand_left_priorities_in_sequence_in_the_middle_groups_right() -> None:
    assert columns(macro(made.framework(), "en")) == [
        ["group:table", "group:jc", "group:honey"],
        ["priority:nectar", "group:hives", "priority:wax"],
        ["group:larvae", "group:bees"],
    ]


def test_a_line_tells_how_strongly_a_group_serves_a_priority() -> None:
    found = edges(macro(made.framework(), "en"))
    assert ("priority:nectar", "group:hives", "would_carry") in found, "a group that is only proposed carries nothing yet"
    assert ("priority:nectar", "group:bees", "supports") in found
    assert ("priority:nectar", "group:larvae", "could_support") in found
    assert ("group:hives", "group:bees", "oversees") in found
    assert ("group:jc", "priority:nectar", "owns") in found
    assert not [each for each in found if each[0] == "priority:wax"], "it was stated that larvae do not serve it"


def test_groups_that_serve_none_stand_together_and_the_frame_says_so() -> None:
    (cluster,) = macro(made.framework(), "both").clusters
    assert cluster.label == ("Groups that serve no priority", "Groupes qui ne servent aucune priorité")
    assert cluster.nodes == ("group:drones",)


def test_a_group_that_is_over_is_on_the_map_where_it_is_asked_for() -> None:
    assert "group:smoke" not in nodes(macro(made.framework(), "en"))
    found = macro(made.framework(), "en", Filter(states=frozenset({"sunset"})))
    assert [cluster.nodes for cluster in found.clusters] == [("group:smoke",)]


def test_what_is_proposed_of_a_group_stands_on_its_card() -> None:
    found = nodes(macro(made.framework(), "en"))
    assert [mark.text for mark in found["group:drones"].marks if mark.kind == "proposed"] == [("Proposed: Officially sunset",)]
    assert [mark.text for mark in found["group:larvae"].marks] == [("Proposed: to become a community of practice",)]


def test_what_a_group_could_support_is_proposed() -> None:
    world = made.framework(groups=[made.group("queens")], alignments=(AlignmentIn("q", "queens", "wax", "could_support"),))
    found = macro(world, "both")
    assert [mark.text for mark in nodes(found)["group:queens"].marks] == [
        ("Proposed: could support 1 priority", "Proposé\u00a0: pourrait appuyer 1\u00a0priorité")
    ]
    told = next(edge.tooltip for edge in found.edges if edge.kind == "could_support")
    assert told == "Wax – Queens: could support it (proposed) / Cire – Queens (fr)\u00a0: pourrait l'appuyer (proposé)"


def test_what_is_for_the_deputy_ministers_table_is_joined_to_it_and_says_so() -> None:
    referrals = (
        ReferralIn("1", "table", "for", "priority:nectar"),
        ReferralIn("2", "table", "from", "decision:d"),
        ReferralIn("3", "table", "from", "group:bees"),
    )
    world = made.framework(referrals=referrals, decisions={"d": DecisionIn("d", made.both("Plant clover"), 4, 2027, confirmed=True)})
    found = macro(world, "en")
    assert ("group:table", "priority:nectar", "referred") in edges(found)
    assert [mark.text for mark in nodes(found)["group:bees"].marks] == [("From the Table of Deputy Ministers",)]
    table = micro(world, "council:table", "en")
    assert {("group:table", "priority:nectar", "referred"), ("group:table", "group:bees", "referred")} <= edges(table)
    assert nodes(table)["card:referrals"].lines == (("From the Table of Deputy Ministers: Decision 2027-04: Plant clover",),)
    text = said(outline.micro(world, "council:table", ENGLISH))
    assert "– For the Table of Deputy Ministers: Nectar\n– From the Table of Deputy Ministers: Decision 2027-04: Plant clover" in text
    assert ("group:table", "priority:nectar", "referred") in edges(micro(world, "priority:nectar", "en"))


def test_a_decision_that_was_not_agreed_or_stands_no_more_says_so() -> None:
    given = [
        DecisionIn("old", made.both("Plant clover"), 3, 2026, "honey", confirmed=True),
        DecisionIn("new", made.both("Plant heather"), 4, 2027, "honey", confirmed=True, outcome="agreed", supersedes="old"),
        DecisionIn("no", made.both("Burn it"), 5, 2027, "honey", confirmed=True, outcome="not_agreed"),
    ]
    world = made.framework(decisions={each.id: each for each in given})
    told = {
        "Decision 2026-03 (superseded by decision 2027-04): Plant clover",
        "Decision 2027-04: Plant heather",
        "Decision 2027-05, not agreed: Burn it",
    }
    assert {str(line[0]) for line in nodes(micro(world, "council:honey", "en"))["card:decisions"].lines} == told
    assert all(f"– {line}" in said(outline.micro(world, "council:honey", ENGLISH)) for line in told)


def test_what_is_to_complete_is_seen_by_those_who_may_know_it_only() -> None:
    marks = [mark.text for mark in nodes(macro(made.at_work(), "fr"))["group:bees"].marks]
    assert marks == [("À compléter\u00a0: mandat",), ("Inconnu\u00a0: responsables et coprésidence",)]
    assert nodes(macro(made.framework(), "fr"))["group:bees"].marks == ()


def test_the_title_says_of_which_day_and_what_is_proposed() -> None:
    found = macro(made.framework(doubts=frozenset({"group:bees:record"})), "fr")
    assert found.title == ("Le cadre des Conseils mixtes",)
    assert [told[0] for told in found.subtitle] == [
        "En date du 15\u00a0mars 2027",
        "Proposé\u00a0: 1\u00a0recommandation attend la décision des Conseils dans l'ensemble du cadre. "
        "1\u00a0fiche sur les 10 de l'ensemble du cadre est à confirmer.",
    ]


def test_the_title_and_the_text_say_the_same_of_the_whole_framework_whatever_was_chosen() -> None:
    world = made.framework(doubts=frozenset({"group:bees:record", "group:larvae:record"}))
    told = "1 recommendation in the whole framework waits for the Councils' decision. 2 records of the 10 in the whole framework"
    for chosen in (Filter(), Filter(jurisdictions=frozenset({"MB"}))):
        for drawn, text in ((macro, outline.macro), (sequence, outline.sequence)):
            assert told in str(drawn(world, "en", chosen).subtitle[1][0])
            assert told in said(text(world, ENGLISH, chosen))
    assert told in str(micro(world, "group:bees", "en").subtitle[1][0])


def test_what_lines_mean_is_told_apart_without_colour() -> None:
    """By pattern and end: a slightly broader line of the same dots is the same to most people."""
    strokes = [look.STROKES[kind] for kind in ("example", "referred", "overlap", "depends_on")]
    assert len({(each.style, each.end, each.double) for each in strokes}) == 4


def test_the_legend_explains_what_is_there_and_nothing_else() -> None:
    told = {(key.of, key.kind) for key in macro(made.framework(), "en").legend}
    assert ("edge", "supports") in told
    assert ("state", "proposed") in told
    assert ("edge", "example") not in told
    assert ("mark", "to_complete") not in told


@pytest.mark.parametrize(
    ("chosen", "kept"),
    [
        (Filter(councils=frozenset({"honey"})), {"bees"}),
        (Filter(priorities=frozenset({"nectar"})), {"bees", "hives", "larvae"}),
        (Filter(states=frozenset({"dormant"})), {"drones"}),
        (Filter(states=frozenset({"unknown"})), {"larvae"}),
        (Filter(jurisdictions=frozenset({"MB"})), {"bees"}),
        (Filter(jurisdictions=frozenset({"ON"})), set()),
    ],
)
def test_what_was_chosen_alone_is_shown(chosen: Filter, kept: set[str]) -> None:
    groups = {"bees", "hives", "larvae", "drones", "smoke"}
    found = macro(made.framework(), "en", chosen)
    assert {id_.partition(":")[2] for id_ in nodes(found)} & groups == kept
    assert all(edge.source in nodes(found) and edge.target in nodes(found) for edge in found.edges)


def test_work_of_what_was_not_chosen_is_not_in_the_sequence() -> None:
    world = made.at_work()
    assert not narrowed(world, Filter(councils=frozenset({"jc"}))).activities
    assert narrowed(world, Filter(councils=frozenset({"honey"}))).activities == world.activities
    assert "Count the flowers" not in said(outline.sequence(world, ENGLISH, Filter(councils=frozenset({"jc"}))))


def test_a_government_also_sees_what_its_municipalities_do() -> None:
    world = made.framework(posts=(PostIn("p", "kim", "Kim", "member", group="larvae", jurisdiction="peel"),))
    assert "group:larvae" in nodes(macro(world, "en", Filter(jurisdictions=frozenset({"ON"}))))


def test_overlaps_are_drawn() -> None:
    posts = [PostIn(f"{g}{n}", f"n{n}", f"N{n}", "member", group=g) for g in ("bees", "drones") for n in (1, 2)]
    ties = [AlignmentIn(g, g, "nectar", "supports") for g in ("bees", "drones")]
    world = made.framework(posts=tuple(posts), alignments=tuple(ties))
    assert ("group:bees", "group:drones", "overlap") in edges(macro(world, "en"))
    assert "Bees Working Group and Drones Working Group share N1 and N2" in said(outline.macro(world, ENGLISH))


def everything(world: World) -> Iterable[str]:
    return (f"group:{each.id}" for each in world.groups.values() if each.state != "sunset")


def test_the_text_says_all_that_the_map_shows() -> None:
    world = made.at_work()
    for reader, language in ((ENGLISH, "en"), (FRENCH, "fr")):
        text = said(outline.macro(world, reader))
        for node in macro(world, language).nodes:  # type: ignore[arg-type]  # a parameter is any text
            for told in (node.name, *(mark.text for mark in node.marks)):
                assert told[0] in text
        assert "Bees gather it" in text, "and why"


def test_the_text_leads_to_the_pages_of_what_it_names() -> None:
    found = outline.macro(made.framework(), ENGLISH)
    assert [item.path for item in found.sections[0].items] == [
        "/framework/council/table",
        "/framework/council/jc",
        "/framework/council/honey",
    ]


def test_parts_of_a_large_map_have_few_cards_and_leave_nothing_out() -> None:
    world = made.many(60, 4)
    found = parts(world, "fr")
    assert max(len(graph.nodes) for graph in found) <= 14
    shown = {node.id for graph in found for node in graph.nodes}
    assert {node.id for node in macro(world, "fr").nodes} == shown
    assert parts(made.framework(), "en")[0].nodes == macro(made.framework(), "en").nodes, "a small one is not parted"
    assert all(graph.alt and graph.title for graph in found)
    assert found[1].alt.startswith("Priority 0 (fr) (1\u00a0sur 2)\u00a0: Working group on flowers"), "what it is of is said once"


def test_no_link_between_groups_is_left_out_not_even_of_those_that_serve_none() -> None:
    idle = [made.group(each, owner="jc", state="active") for each in ("ants", "wasps")]
    links = (LinkIn("1", "ants", "oversees", "wasps"), LinkIn("2", "bees", "oversees", "ants"))
    world = made.framework(idle, links=links)
    drawn = {("group:ants", "group:wasps", "oversees"), ("group:bees", "group:ants", "oversees")}
    assert drawn <= edges(macro(world, "en"))
    (cluster,) = macro(world, "en").clusters
    assert cluster.nodes == ("group:ants", "group:wasps", "group:drones"), "what a line joins stands together"
    many = made.many(60, 4)
    parted = parts(replace(many, links=(LinkIn("1", "g50", "oversees", "g51"), LinkIn("2", "g58", "oversees", "g1"))), "en")
    assert {("group:g50", "group:g51", "oversees"), ("group:g58", "group:g1", "oversees")} <= {e for graph in parted for e in edges(graph)}


def test_a_council_is_joined_to_what_it_is_part_of() -> None:
    for found in (macro(made.framework(), "en"), micro(made.framework(), "council:honey", "en"), parts(made.many(60, 4), "en")[0]):
        assert ("group:jc", "group:honey", "part_of") in edges(found)
        assert ("edge", "part_of") in {(key.of, key.kind) for key in found.legend}


# ---------------------------------------------------------------- micro


def test_links_between_the_groups_around_a_priority_are_drawn() -> None:
    assert ("group:hives", "group:bees", "oversees") in edges(micro(made.framework(), "priority:nectar", "en"))


def test_what_nobody_approved_is_not_shown_as_if_it_were_settled() -> None:
    world = made.at_work()
    (plan,) = world.workplans.values()
    draft = replace(world, workplans={plan.id: replace(plan, state="draft")})
    for found in (micro(draft, "group:bees", "fr"), sequence(draft, "fr")):
        assert ("ébauche, non approuvée",) in [mark.text for mark in nodes(found)["activity:2"].marks]
    assert "Draft, not approved" in said(outline.sequence(draft, ENGLISH))
    assert not nodes(micro(world, "group:bees", "en"))["activity:2"].marks


def test_a_group_stands_between_what_is_above_it_and_its_work() -> None:
    found = micro(made.at_work(), "group:bees", "en")
    left, middle, work, *outcomes = columns(found)
    assert left == ["group:honey", "priority:nectar", "group:hives"]
    assert middle == ["group:bees", "card:people", "card:mandate"]
    assert work == ["activity:4", "activity:1", "activity:2", "activity:3"]
    assert outcomes == [["part:s1"], ["part:l1"]]
    assert {("activity:1", "part:s1", "feeds"), ("part:s1", "part:l1", "feeds"), ("group:hives", "group:bees", "oversees")} <= edges(found)


def test_a_person_of_whom_a_source_leaves_it_open_is_to_be_confirmed() -> None:
    people = nodes(micro(made.at_work(), "group:bees", "en"))["card:people"]
    assert people.lines == (("Co-chair: Lou Pond (Manitoba); to be confirmed",),)


def test_what_is_late_says_so() -> None:
    late = nodes(micro(made.at_work(), "group:bees", "fr"))["activity:1"]
    assert [mark.text for mark in late.marks] == [("en retard",)]
    assert "En retard" in said(outline.micro(made.at_work(), "group:bees", FRENCH))


def test_a_priority_shows_its_groups_and_a_council_what_comes_to_it() -> None:
    assert columns(micro(made.framework(), "priority:nectar", "en"))[2] == ["group:hives", "group:bees", "group:larvae"]
    council = micro(made.framework(), "council:jc", "en")
    assert "priority:nectar" in nodes(council)
    assert council.clusters[0].nodes == ("group:honey", "group:drones", "group:larvae")
    assert nodes(council)["card:meetings"].lines == (("Gander, May 2027",),)


def test_groups_that_oversee_each_other_are_drawn_once() -> None:
    links = (LinkIn("1", "bees", "oversees", "larvae"), LinkIn("2", "larvae", "oversees", "bees"))
    found = micro(made.framework(links=links), "group:bees", "en")
    assert [node.id for node in found.nodes].count("group:larvae") == 1
    assert {("group:bees", "group:larvae", "oversees"), ("group:larvae", "group:bees", "oversees")} <= edges(found)


def test_of_what_there_is_not_there_is_no_view() -> None:
    for unknown in ("group:nothing", "priority:bees", "bees", ""):
        with pytest.raises(NotFound):
            micro(made.framework(), unknown, "en")
        with pytest.raises(NotFound):
            outline.micro(made.framework(), unknown, ENGLISH)


def test_the_text_of_a_group_tells_its_work_and_what_it_leads_to() -> None:
    text = said(outline.micro(made.at_work(), "group:bees", ENGLISH))
    assert "Cycle of March 2027 · Approved" in text
    assert "– Count the flowers: ● on track · due February 1, 2027\n  – Late\n  – Feeds: short-term outcome 1 – Flowers are known" in text
    assert "– Long-term outcomes\n  – Honey flows" in text
    assert "is overseen by: Hives Working Group" in text


def test_whoever_has_no_role_is_told_that_workplans_are_for_those_who_have_one() -> None:
    assert "shown to those who have a role" in said(outline.micro(made.framework(), "group:bees", ENGLISH))
    assert "shown to those who have a role" in " ".join(told[0] for told in sequence(made.framework(), "en").subtitle)


# ---------------------------------------------------------------- sequence


def test_what_is_planned_stands_in_its_quarter() -> None:
    found = sequence(made.at_work(), "en")
    heads = [node.name[0] for node in found.nodes if node.kind == "quarter"]
    assert heads == [
        "Earlier, still open",
        "October to December 2026",
        "January to March 2027",
        "April to June 2027",
        "July to September 2027",
        "Later, or without a date",
    ]
    at = {node.id: (node.row, heads[node.column - 1]) for node in found.nodes if node.column}
    assert at["activity:1"] == (2, "January to March 2027")
    assert at["activity:4"] == (2, "Earlier, still open")
    assert at["activity:3"] == (2, "Later, or without a date")
    assert at["meeting:m1"] == (1, "April to June 2027")
    assert found.now is not None
    assert 3 < found.now < 4, "the line of the day is in the quarter of the day"


def test_the_text_of_the_sequence_says_the_same() -> None:
    text = said(outline.sequence(made.at_work(), FRENCH))
    assert "1. Nectar d'été" in text
    assert "– Janvier à mars 2027\n  – Count the flowers (fr)" in text
    assert "Gander (fr), mai 2027" in text


def test_an_activity_in_one_language_only_says_so_on_the_picture_and_in_words() -> None:
    world = made.at_work()
    one = replace(world.activities["2"], title=Bilingual("Find new meadows", None))
    world = replace(world, activities={**world.activities, "2": one})
    marked = "Find new meadows (en anglais seulement)"
    for text in (outline.sequence(world, FRENCH), outline.micro(world, "group:bees", FRENCH)):
        assert marked in said(text)
    for drawn in (sequence(world, "fr"), micro(world, "group:bees", "fr")):
        assert nodes(drawn)["activity:2"].name == (marked,)
    assert nodes(sequence(world, "both"))["activity:2"].name == ("Find new meadows",)


def test_a_gap_and_what_is_to_complete_have_shapes_of_their_own() -> None:
    assert not set(SIGNS.values()) & set(COVER_SHAPES.values())
