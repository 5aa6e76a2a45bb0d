"""The logic model as rules: what may feed what, what nothing feeds, what follows from what. Plain data."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from cadre.core.reader import Reader
from cadre.workplans import logic_wording as wording
from cadre.workplans.logic_rules import FED, STAGES, Feeder, Model, Part, in_order, may_feed, reached, served, unfed, wrong_stage
from cadre.workplans.logic_rules import idle as feeding_nothing
from tests.worlds import both

ENGLISH, FRENCH = Reader("en_CA"), Reader("fr_CA")


def part(id_: str) -> Part:
    """ "short-2"."""
    term, number = id_.split("-")
    return Part(id_, next(stage for stage in STAGES if stage == term), int(number), both(id_))


def feeds(number: int, outcome: str | None, **other: Any) -> Feeder:
    made = Feeder(number, both(f"Activity {number}"), "p", "priority", "lights", both("Lights"), outcome, in_force=True)
    return replace(made, **other)


def model(*pairs: str, parts: str = "", activities: tuple[Feeder, ...] = ()) -> Model:
    """``pairs``: "input-1>output-1"."""
    fed = tuple((source, target) for source, target in (pair.split(">") for pair in pairs))
    named = {*parts.split(), *(end for pair in fed for end in pair)}
    return Model("council", both("Council"), in_order(part(each) for each in named), fed, activities)


def test_a_part_feeds_later_stages_only() -> None:
    allowed = {(a, b) for a in STAGES for b in STAGES if may_feed(a, b)}
    assert ("input", "activity") in allowed
    assert ("output", "long") in allowed
    assert len(allowed) == 15
    assert not any((b, a) in allowed for a, b in allowed)
    assert not may_feed("input", "nowhere")


def test_outcomes_that_neither_a_part_nor_an_activity_in_force_feeds_are_named() -> None:
    planned = feeds(2, "long-1", in_force=False)
    found = model("output-1>short-1", parts="short-2 medium-1 long-1 output-2 input-1", activities=(feeds(1, "medium-1"), planned))
    assert [each.id for each in unfed(found)] == ["short-2", "long-1"]
    assert [each.id for each in unfed(found, FED)] == ["output-1", "output-2", "short-2", "long-1"]


def test_activities_that_feed_nothing_are_named_and_what_is_in_the_model_no_more_is_nothing() -> None:
    found = model(parts="short-1", activities=(feeds(1, "short-1"), feeds(2, None), feeds(3, "gone-1"), feeds(4, None, in_force=False)))
    assert [each.id for each in feeding_nothing(found)] == [2, 3]


def test_what_each_workplan_feeds_is_counted_priorities_first() -> None:
    bees = {"target_kind": "group", "target": "bees", "name": both("Bees")}
    activities = (feeds(1, "short-1", **bees), feeds(2, "short-1"), feeds(3, "short-1"), feeds(4, "output-1"), feeds(5, None))
    lights, group = served(model("output-1>short-1", "short-1>medium-1", "medium-1>long-1", activities=activities))
    assert [(each.id, n) for each, n in lights.feeds] == [("output-1", 1), ("short-1", 2)]
    assert [each.id for each in lights.reaches] == ["medium-1", "long-1"]
    assert [each.id for each in lights.idle] == [5]
    assert (lights.activities, group.target) == (4, "bees")


def test_nothing_is_followed_twice_whatever_a_file_said() -> None:
    circle = model("short-1>medium-1", "medium-1>short-1", "medium-1>long-1")
    assert [each.id for each in reached(circle, {"short-1"})] == ["medium-1", "long-1"]


@pytest.mark.parametrize(("term", "refused"), [("short", True), ("output", False), ("input", True), ("activity", True), ("odd", True)])
def test_a_part_changes_its_stage_where_nothing_goes_backwards_by_that(term: str, refused: bool) -> None:
    found = model("activity-1>output-1", "output-1>short-1")
    assert (wrong_stage(found, part("output-1"), term) is not None) is refused


def test_what_nothing_feeds_says_so_by_shape_and_text_in_both_languages() -> None:
    found = model(parts="short-1")
    assert list(wording.around(found, part("short-1"), ENGLISH)) == ["▲ Nothing feeds it."]
    assert list(wording.around(found, part("short-1"), FRENCH)) == ["▲ Rien ne l'alimente."]
    assert wording.summary(found, FRENCH) == "Le modèle logique compte 1\u00a0élément. Rien n'alimente 1\u00a0résultat."


def test_an_empty_model_says_that_the_deck_had_a_picture_that_is_lost() -> None:
    assert wording.summary(model(), ENGLISH) == "The deck's logic model was a picture that is lost; nothing is entered yet."
    assert "une image, qui est perdue" in wording.summary(model(), FRENCH)


def test_what_a_part_feeds_and_what_feeds_it_is_told() -> None:
    found = model("output-1>short-1", "short-1>medium-2", activities=(feeds(1, "short-1"), feeds(2, "short-1", in_force=False)))
    assert list(wording.around(found, part("short-1"), ENGLISH)) == [
        "Feeds: medium-term outcome 2",
        "Fed by: output 1",
        "Fed by 1 activity of workplans: Lights",
        "Planned, in workplans that are not approved yet: 1 activity",
    ]
