"""What positions come to, on plain data."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadre.core.reader import Reader
from cadre.decisions import rules, wording
from cadre.decisions.question_facts import QUORUMS, RULES, STANCES, Rule, Stance, State
from cadre.groups import quorum

NOON = datetime(2027, 3, 15, 17, tzinfo=UTC)
S, C, R, O, N = STANCES  # noqa: E741  # supports, with a comment, reserves, objects, does not take part


@pytest.mark.parametrize(
    ("rule", "seats", "positions", "result"),
    [
        ("consensus", 5, [S, S, C], "agreed"),
        ("consensus", 5, [S, S, R], "agreed"),
        ("consensus", 5, [S, S, S, S, O], "not_agreed"),
        ("consensus", 5, [R, R, R], "not_agreed"),
        ("consensus", 5, [S, S], "no_quorum"),
        ("consensus", 5, [S, S, N, N, N], "no_quorum"),
        ("consensus", 5, [], "no_quorum"),
        ("majority", 5, [S, S, O], "agreed"),
        ("majority", 5, [S, C, R, O], "not_agreed"),
        ("majority", 5, [S, S, C, R, O], "agreed"),
        ("majority", 5, [S, S, R, O, N], "not_agreed"),
    ],
)
def test_positions_come_to_what_the_rule_says(rule: Rule, seats: int, positions: list[Stance], result: str) -> None:
    assert rules.outcome(rule, "majority", seats, positions).result == result


@given(st.sampled_from(RULES), st.sampled_from(QUORUMS), st.lists(st.sampled_from(STANCES), max_size=14), st.integers(0, 30))
def test_silence_is_never_consent(rule: Rule, needed: str, positions: list[Stance], silent: int) -> None:
    """More seats that say nothing make nothing agreed that was not."""
    fewer = rules.outcome(rule, needed, len(positions), positions)
    more = rules.outcome(rule, needed, len(positions) + silent, positions)
    assert more.silent == silent
    assert more.counts == fewer.counts
    assert more.result != "agreed" or fewer.result == "agreed"


@given(st.sampled_from(RULES), st.sampled_from(QUORUMS), st.lists(st.sampled_from(STANCES), max_size=14))
def test_an_objection_never_helps(rule: Rule, needed: str, positions: list[Stance]) -> None:
    seats = len(positions) + 1
    without = rules.outcome(rule, needed, seats, [*positions, S])
    objected = rules.outcome(rule, needed, seats, [*positions, O])
    assert objected.result != "agreed" or without.result == "agreed"


@pytest.mark.parametrize(("rule", "entitled", "needed"), [("half", 5, 3), ("majority", 4, 3), ("two_thirds", 7, 5), ("all", 6, 6)])
def test_a_quorum_is_a_share_of_the_seats(rule: str, entitled: int, needed: int) -> None:
    assert quorum.needed(rule, entitled) == needed
    assert quorum.needed(None, entitled) is None


@pytest.mark.parametrize(
    ("stance", "comment", "wrong"),
    [
        (S, "", set()),
        (C, "", {"comment"}),
        (O, "", {"comment"}),
        (O, "Too dear", set()),
        ("votes", "", {"stance"}),
        (R, "x" * 2001, {"comment"}),
    ],
)
def test_an_objection_needs_its_reason(stance: str, comment: str, wrong: set[str]) -> None:
    assert set(rules.wrong_position(stance, comment)) == wrong


def test_every_state_has_its_word_and_its_ways() -> None:
    states = set(get_args(State))
    assert set(rules.STATES) == set(rules.REFUSED) == set(rules.TRANSITIONS) == states
    assert all(ways <= states for ways in rules.TRANSITIONS.values())


def test_a_question_closes_after_it_opens_and_within_a_year() -> None:
    hour = timedelta(hours=1)
    assert rules.wrong_times(NOON, NOON + hour, NOON) == {}
    assert set(rules.wrong_times(None, NOON, NOON)) == {"opens_at"}
    for closes in (None, NOON, NOON + hour, NOON + timedelta(days=400)):
        assert set(rules.wrong_times(NOON + hour, closes, NOON)) == {"closes_at"}


def test_what_comes_after_the_moment_comes_too_late_also_where_nobody_closed_it() -> None:
    assert rules.is_over("open", NOON, NOON)
    assert rules.is_over("closed", None, NOON)
    assert not rules.is_over("open", NOON + timedelta(seconds=1), NOON)


def test_decisions_are_numbered_within_their_year() -> None:
    assert rules.next_number([]) == 1
    assert rules.next_number([1, None, 4]) == 5
    assert (rules.shown(2027, 3), rules.shown(None, 1), rules.shown(2027, None)) == ("2027-03", "1", "")


def test_in_french_a_seat_without_a_position_is_said_to_be_just_that() -> None:
    outcome = rules.outcome("consensus", "half", 3, ["supports"])
    assert wording.counts(outcome, Reader(locale="fr_CA")) == "1\u00a0appuie · 2\u00a0sans position"
    proposed = wording.proposed(rules.outcome("consensus", "half", 1, ["objects"]), Reader(locale="fr_CA"))
    assert "aucun accord" in proposed


@pytest.mark.parametrize(
    ("outcomes", "status"),
    [
        (["agreed"], "approved"),
        (["not_agreed"], "declined"),
        (["not_agreed", "agreed"], "approved"),
        (["not_agreed", None], "proposed"),
        (["not_agreed", "not_agreed"], "declined"),
    ],
)
def test_a_recommendation_is_declined_where_nothing_that_it_asks_is_agreed(outcomes: list[str | None], status: str) -> None:
    assert rules.status_of(outcomes) == status
