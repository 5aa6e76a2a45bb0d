"""States, seats and answers on plain data."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadre.calls import rules
from cadre.calls.facts import CallFacts, CallState, InvitationState, JurisdictionRef, Totals
from cadre.calls.rules import Taken
from cadre.core.bilingual import Bilingual
from cadre.core.calendar import last_morning
from cadre.people.facts import PersonRef
from tests.calls.world import World

PLACES = ("CA", "ON", "QC", None)
SEATS = st.none() | st.integers(1, 6)
QUEUES = st.lists(st.sampled_from(PLACES), max_size=20)


def seat(queue: list[str | None], seats: int | None, each: int | None) -> list[Taken]:
    """All of them come one after the other, and each takes a seat where there is one."""
    taken: list[Taken] = []
    for place, jurisdiction in enumerate(queue, 1):
        taken.append(Taken(place, place, jurisdiction, waiting=True))
        taken = rise(taken, seats, each)
    return taken


def rise(taken: list[Taken], seats: int | None, each: int | None) -> list[Taken]:
    risen = rules.promoted(taken, seats, each)
    return [replace(one, waiting=one.waiting and one.id not in risen) for one in taken]


@given(QUEUES, SEATS, SEATS)
def test_seats_are_never_oversold(queue: list[str | None], seats: int | None, each: int | None) -> None:
    assert not rules.oversold(seat(queue, seats, each), seats, each)


@given(QUEUES, SEATS, SEATS, st.sets(st.integers(1, 20)))
def test_who_leaves_makes_room_for_those_who_wait_in_order_and_nobody_waits_for_a_seat_that_is_free(
    queue: list[str | None], seats: int | None, each: int | None, leave: set[int]
) -> None:
    left = [one for one in seat(queue, seats, each) if one.id not in leave]
    risen = rules.promoted(left, seats, each)
    after = rise(left, seats, each)
    assert list(risen) == sorted(risen)
    assert not rules.oversold(after, seats, each)
    assert rules.promoted(after, seats, each) == ()
    for waits in (one for one in after if one.waiting):  # nobody of the same jurisdiction who came later went before
        assert not any(one.id in risen and one.jurisdiction == waits.jurisdiction and one.place > waits.place for one in after)
        assert rules.oversold([replace(waits, waiting=False), *(one for one in after if one.id != waits.id)], seats, each)


@given(QUEUES, st.integers(1, 6))
def test_without_a_number_for_each_seats_go_by_order_alone(queue: list[str | None], seats: int) -> None:
    taken = seat(queue, seats, None)
    assert [one.id for one in taken if not one.waiting] == list(range(1, min(seats, len(queue)) + 1))


def test_a_seat_that_the_first_may_not_take_goes_to_the_next() -> None:
    taken = [Taken(1, 1, "ON", waiting=False), Taken(2, 2, "ON", waiting=True), Taken(3, 3, "QC", waiting=True)]
    assert rules.promoted(taken, 3, 1) == (3,)
    assert rules.promoted(taken, 1, None) == ()
    assert rules.promoted(taken, 2, None) == (2,)


@pytest.mark.parametrize(
    ("roles", "declined", "delegated", "state"),
    [
        ((), False, False, "silent"),
        ((), False, True, "delegated"),
        ((), True, True, "declined"),
        (("observer",), True, False, "observer"),
        (("observer", "alternate"), False, True, "nominated"),
    ],
)
def test_what_answers_come_to(roles: tuple[str, ...], declined: bool, delegated: bool, state: InvitationState) -> None:
    assert rules.invitation_state(roles, declined=declined, delegated=delegated) == state


def test_from_each_state_it_is_known_where_a_call_may_go() -> None:
    ways = {(one, other) for one in rules.STATES for other in rules.TRANSITIONS[one]}
    assert ways == {
        ("draft", "scheduled"),
        ("scheduled", "draft"),
        ("scheduled", "open"),
        ("open", "closed"),
        ("closed", "open"),
        ("closed", "concluded"),
        *((state, "cancelled") for state in ("draft", "scheduled", "open", "closed")),
    }
    assert set(rules.REFUSED) == set(rules.STATES) == set(get_args(CallState))


def test_letters_are_numbered_within_their_year() -> None:
    assert rules.letter_number(2026, []) == "2026-01"
    assert rules.letter_number(2026, ["2026-01", "2026-09", "2025-31"]) == "2026-10"
    assert rules.letter_number(2026, ["2026-99"]) == "2026-100"
    assert rules.letter_number(2026, ["2026-100", "2026-99"]) == "2026-101"


@pytest.mark.parametrize(("hour", "day"), [(0, 14), (9, 14), (11, 14), (12, 15), (17, 15), (23, 15)])
def test_the_last_morning_is_before_the_closing(hour: int, day: int) -> None:
    assert last_morning(datetime(2027, 3, 15, hour, tzinfo=UTC)) == date(2027, 3, day)


def test_a_call_for_which_all_is_written_owes_nothing() -> None:
    assert rules.owed(_call()) == {}
    assert set(rules.owed(replace(_call(), criteria=None))) == {"criteria_en", "criteria_fr"}
    behind = replace(_call(), asked=Bilingual("One", None), description=Bilingual("One", "Un", "en"))
    assert set(rules.owed(behind)) == {"asked_fr", "description_en"}
    assert set(rules.owed(replace(_call(), capped=True))) == {"seats"}
    assert rules.owed(replace(_call(), capped=True, seats_each=1, criteria=None)) == {}


@pytest.mark.parametrize(
    ("opens", "closes", "wrong"), [(None, 3, "opens_at"), (1, None, "closes_at"), (1, 1, "closes_at"), (-3, -2, "closes_at"), (-3, 3, None)]
)
def test_a_call_opens_before_it_closes_and_closes_in_the_future(opens: int | None, closes: int | None, wrong: str | None) -> None:
    def moment(days: int | None) -> datetime | None:
        return None if days is None else datetime(2027, 3, 10 + days, tzinfo=UTC)

    found = rules.wrong_times(moment(opens), moment(closes), datetime(2027, 3, 10, tzinfo=UTC))
    assert set(found) == ({wrong} if wrong else set())


def _call(state: CallState = "draft") -> CallFacts:
    text = Bilingual("Text", "Texte")
    return CallFacts(
        id=1, number=None, state=state, group=None, priority=None, priority_name=None, group_kind=None, owner=None,
        name=text, description=text, asked=text, commitment=text, criteria=text, roles=("member",), seats=None, seats_each=None,
        capped=False, full=False, confirms=False, public=False, first_meeting=None, chairs=(PersonRef("lea", "Lea"),), councils=(),
        jurisdictions=(JurisdictionRef("ON", text, "province"),), channels=(), opens_at=None, closes_at=None, opened_at=None,
        closed_at=None, made_by="Sam", reason=None, totals=Totals(0, 0, 0, 0, 0, 0),
    )  # fmt: skip


def test_a_government_whose_people_are_not_taken_up_has_answered_all_the_same() -> None:
    assert rules.invitation_state([], declined=False, delegated=False, not_taken_up=True) == "not_taken_up"
    assert rules.invitation_state(["member"], declined=False, delegated=False, not_taken_up=True) == "nominated"
    assert rules.invitation_state([], declined=True, delegated=False, not_taken_up=True) == "declined"
    assert "not_taken_up" not in rules.UNANSWERED


def test_a_text_that_is_missing_is_told_apart_from_one_that_is_to_be_looked_at_again(world: World) -> None:
    call = replace(world.draft(asked_fr=""), commitment=Bilingual("An hour", "Une heure", "fr"))
    wanting = rules.owed(call)
    assert wanting["asked_fr"].msgid == "Still to be written in French."
    assert wanting["commitment_fr"].msgid == "The English was changed since: look at the French again."
