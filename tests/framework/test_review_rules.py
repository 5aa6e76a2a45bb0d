"""What a review asks, and of whom: pure."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from cadre.core.bilingual import Bilingual
from cadre.framework.review_facts import Line, standing
from cadre.framework.review_reading import decoded, encoded
from cadre.framework.review_rules import Ask, Known, asks, packets, to_confirm, wants_word
from cadre.people.facts import PersonRef
from cadre.workplans.facts import ActivityFacts

TODAY = date(2027, 1, 11)
SINCE = datetime(2027, 1, 4, tzinfo=UTC)
KNOWN = Known(
    leaders={"priority:lights": ("lou",), "group:bees": ("ann", "guy"), "group:orphans": ()},
    facts={"group:bees": ("group/bees/name",), "person:cora": ("role/cora/record",)},
    plans=frozenset({"group:bees"}),
    speakers=("cora", "ann"),
    unanswered=frozenset({"cora", "stranger"}),
)


def test_each_is_asked_for_what_they_lead_or_speak_for_and_nothing_else() -> None:
    found = packets(asks(KNOWN), KNOWN.leaders)
    bees = (Ask("fact", "group:bees", "group/bees/name"), Ask("plan", "group:bees"), Ask("slide", "group:bees"))
    assert found == {
        "lou": (Ask("slide", "priority:lights"),),
        "ann": bees,
        "guy": bees,
        "cora": (Ask("fact", "person:cora", "role/cora/record"), Ask("attendance", "person:cora")),
    }


def test_what_nobody_leads_is_asked_for_and_owed_by_nobody() -> None:
    assert Ask("slide", "group:orphans") in set(asks(KNOWN))


def test_nobody_is_asked_whether_they_come_who_is_asked_nothing_else_and_is_no_speaker() -> None:
    assert not any("stranger" in ask.subject for ask in asks(KNOWN))


@pytest.mark.parametrize(
    ("said", "days", "role", "asked"),
    [
        ("confirmed", 0, False, False),
        ("confirmed", 365, False, False),
        ("confirmed", 366, False, True),
        ("stated", 10, False, False),
        ("inferred", 0, False, True),
        ("corrected", 0, False, True),
        ("stated", 0, True, True),
        ("confirmed", 400, True, True),
    ],
)
def test_facts_are_asked_for_that_are_in_doubt_or_a_year_old(said: str, days: int, role: bool, asked: bool) -> None:
    assert to_confirm(said, TODAY - timedelta(days=days), TODAY, role=role) is asked


def test_what_nobody_knows_the_age_of_is_asked_for() -> None:
    assert to_confirm(None, None, TODAY)


def activity(**said: Any) -> ActivityFacts:
    held = {"due": None, "state": "under_way", "note": None, "outcome": None, "owners": (), "told_at": None, "told_by": None}
    return ActivityFacts(id=1, workplan="w", target=Bilingual("", ""), number=1, title=Bilingual("", ""), **(held | said))


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ({}, True),
        ({"told_at": SINCE - timedelta(days=9)}, False),
        ({"told_at": SINCE - timedelta(days=9), "due": TODAY - timedelta(days=1)}, True),
        ({"told_at": SINCE - timedelta(days=9), "due": TODAY}, False),
        ({"told_at": SINCE, "due": TODAY - timedelta(days=1)}, False),
        ({"state": "done"}, False),
    ],
)
def test_word_is_wanted_of_activities_that_are_late_or_silent_until_somebody_says_how_they_go(said: dict[str, Any], wanted: bool) -> None:
    assert wants_word(activity(**said), TODAY, SINCE) is wanted


def line(state: str = "open", **said: Any) -> Line:
    return Line(1, "slide", "group:bees", "", Bilingual("Bees", "Abeilles"), state, **said)


def test_how_far_it_is_answered_leaves_out_what_nobody_is_to_answer() -> None:
    assert standing((line(), line())) == "silent"
    assert standing((line("done"), line())) == "part"
    assert standing((line("done"), line("lapsed"))) == "all"


def test_a_record_says_what_was_kept() -> None:
    held = line("done", slide=Bilingual("Honey", None), who="Ann", at=SINCE, owed=(PersonRef("ann", "Ann"),))
    assert decoded(encoded((held,))) == (held,)
