"""A capped call: seats in the order of the answers, the queue, and a rush."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from time import monotonic
from typing import Any, Final

import pytest

from cadre.calls import service as calls
from cadre.calls import wording
from cadre.calls.facts import CallFacts, SignUpFacts
from cadre.calls.forms import Newcomer, SignUpForm
from cadre.calls.summary import remarks, stands
from cadre.core.errors import Invalid
from cadre.core.reader import Actor, Reader
from tests.calls.world import NEW, NIA, NOOR, ONA, QUINN, SAM, YUKI, World, person
from tests.worlds import at_once, fields, meanwhile, statements

MOST_STATEMENTS: Final = 17
"""Of one answer, the reading of what comes back and the redrawing of the post included."""


def capped(world: World, **said: Any) -> CallFacts:
    return world.opened(**{"capped": True, "seats": 2, **said})


def names(crowd: list[Actor]) -> list[str]:
    return [str(each.person) for each in crowd]


def test_who_comes_first_has_a_seat_and_the_others_wait_in_order(world: World) -> None:
    call, crowd = capped(world), world.crowd(5)
    made = [world.offer(each, call) for each in crowd]
    assert [(each.waiting, each.queue, each.place) for each in made] == [
        (False, None, 1), (False, None, 2), (True, 1, 3), (True, 2, 4), (True, 3, 5),
    ]  # fmt: skip
    totals = world.call(call.id).totals
    assert (totals.offered, totals.seated, totals.waiting) == (5, 2, 3)


def test_who_withdraws_gives_their_seat_to_whoever_waits_first_and_they_hear_of_it(world: World) -> None:
    call, crowd = capped(world), world.crowd(5)
    made = [world.offer(each, call) for each in crowd]
    world.do(crowd[2], calls.withdraw, made[2].id)  # who waits takes nothing and frees nothing
    assert world.told("sign_up_seated") == []
    world.do(crowd[0], calls.withdraw, made[0].id)
    assert world.told("sign_up_seated") == [(made[3].subject, "person-003")]
    assert (world.seated(call), world.waiting(call)) == (["person-001", "person-003"], ["person-004"])
    again = world.offer(crowd[0], call)
    assert (again.waiting, again.queue) == (True, 2)


def test_a_seat_that_is_changed_for_another_role_goes_on_and_coming_back_takes_its_turn(world: World) -> None:
    call, crowd = capped(world), world.crowd(4)
    made = [world.offer(each, call) for each in crowd]
    world.offer(crowd[0], call, language="fr", experience="Much")
    assert world.seated(call) == ["person-000", "person-001"]
    assert world.offer(crowd[0], call, role="observer").place is None
    assert (world.seated(call), world.told("sign_up_seated")) == (["person-001", "person-002"], [(made[2].subject, "person-002")])
    world.offer(crowd[0], call)
    assert world.waiting(call) == ["person-003", "person-000"]


def test_who_is_to_be_confirmed_gets_a_seat_after_those_who_are_and_is_accepted_only_where_that_is_said(world: World) -> None:
    call = capped(world, seats=1, confirms=True)
    first, unconfirmed, put_forward = world.offer(YUKI, call), world.offer(NIA, call), world.offer(ONA, call, person="otto")
    assert world.waiting(call) == ["otto", "nia"]
    world.do(YUKI, calls.withdraw, first.id)
    assert world.seated(call) == ["otto"]
    world.do(SAM, calls.close_now, call.id)
    world.do(ONA, calls.withdraw, put_forward.id)
    assert (world.seated(call), world.told("sign_up_seated")) == ([], [(put_forward.subject, "otto")]), "nobody rises by themselves"
    assert sorted(world.told("sign_up_withdrawn")) == [(put_forward.subject, "otto"), (put_forward.subject, "sam")]
    with pytest.raises(Invalid) as problem:
        world.do(SAM, calls.settle, call.id, [unconfirmed.id], accepted=True)
    assert fields(problem) == {"unconfirmed"}
    world.do(SAM, calls.settle, call.id, [unconfirmed.id], accepted=True, unconfirmed=True)
    assert "Accepted without being confirmed" in list(remarks(world.of(call, "nia"), Reader()))


def test_alternates_and_observers_take_no_seat(world: World) -> None:
    call = capped(world, seats=1)
    for by, role in ((NIA, "alternate"), (YUKI, "observer"), (ONA, "alternate"), (QUINN, "member")):
        assert not world.offer(by, call, role=role).waiting
    assert (world.seated(call), world.call(call.id).totals.offered) == (["quinn"], 1)


def test_each_jurisdiction_has_its_own_seats_and_one_that_none_of_the_first_may_take_goes_to_the_next(world: World) -> None:
    call, crowd = capped(world, seats=3, seats_each=1), world.crowd(3)
    made = [world.offer(each, call) for each in crowd]
    assert [each.waiting for each in made] == [False, True, True]
    assert not world.offer(QUINN, call).waiting
    world.do(crowd[0], calls.withdraw, made[0].id)
    assert (world.seated(call), world.waiting(call)) == (["person-001", "quinn"], ["person-002"])


def test_a_call_with_seats_for_each_alone_is_capped_too(world: World) -> None:
    call = capped(world, seats=None, seats_each=1)
    assert [world.offer(each, call).waiting for each in (NIA, ONA, YUKI)] == [False, True, False]


def test_a_call_without_a_cap_takes_everybody(world: World) -> None:
    call = world.opened(seats=2, seats_each=1)
    assert [(each.waiting, each.place) for each in (world.offer(who, call) for who in (NIA, ONA, YUKI))] == [(False, None)] * 3


def test_who_comes_late_waits_for_the_secretariat_also_where_a_seat_is_free(world: World) -> None:
    call = capped(world)
    first = world.offer(NIA, call)
    world.do(SAM, calls.close_now, call.id)
    late = world.offer(QUINN, call)
    assert (late.late, late.waiting, late.queue) == (True, True, None)
    assert str(stands(late, call, Reader())) == "The secretariat has yet to decide", "no number: nobody moves up to it"
    world.do(NIA, calls.withdraw, first.id)
    assert (world.seated(call), world.waiting(call)) == ([], ["quinn"])
    world.do(SAM, calls.settle, call.id, [late.id], accepted=True)
    assert world.seated(call) == ["quinn"]


def test_no_more_people_are_accepted_than_there_are_seats(world: World) -> None:
    call, crowd = capped(world), world.crowd(4)
    made = [world.offer(each, call) for each in crowd]
    world.do(SAM, calls.close_now, call.id)
    with pytest.raises(Invalid) as problem:
        world.do(SAM, calls.settle, call.id, [each.id for each in made[:3]], accepted=True)
    assert fields(problem) == {"people"}
    world.do(SAM, calls.settle, call.id, [made[0].id], accepted=False)
    assert (world.seated(call), world.told("sign_up_seated")) == (["person-001"], []), "the secretariat gives the seat now"
    world.do(SAM, calls.settle, call.id, [made[1].id, made[2].id], accepted=True)
    with pytest.raises(Invalid):
        world.do(SAM, calls.settle, call.id, [made[3].id], accepted=True)


def test_a_government_whose_people_only_wait_does_not_read_as_if_they_took_part(world: World) -> None:
    call = capped(world, seats=1)
    first = world.offer(ONA, call)
    world.offer(YUKI, call)
    found = world.invitation(call, "YT")
    assert (str(wording.answer_of(found, Reader())), found.state) == ("On the waiting list", "nominated")
    world.do(ONA, calls.withdraw, first.id)
    assert str(wording.answer_of(world.invitation(call, "YT"), Reader())) == "Takes part"


def test_two_hundred_at_the_same_second_fill_twenty_seats_and_the_others_wait_in_order(world: World) -> None:
    call, crowd = capped(world, seats=20), world.crowd(200)
    made = at_once(*[lambda by=each: world.offer(by, call) for each in crowd])
    assert [each for each in made if not isinstance(each, SignUpFacts)] == []
    found = sorted(world.active(call), key=lambda each: each.place or 0)
    assert [each.place for each in found] == list(range(1, 201))
    assert [each.waiting for each in found] == [False] * 20 + [True] * 180
    assert [each.queue for each in found] == [None] * 20 + list(range(1, 181))
    assert sorted(each.person.id for each in found) == names(crowd)
    assert {each.person.id: each.place for each in found} == {each.person.id: each.place for each in made if isinstance(each, SignUpFacts)}
    totals = world.call(call.id).totals
    assert (totals.offered, totals.seated, totals.waiting, totals.answered) == (200, 20, 180, 0)


def test_ten_who_withdraw_at_once_make_room_for_the_ten_who_wait_first(world: World) -> None:
    call, crowd = capped(world, seats=10), world.crowd(30)
    made = [world.offer(each, call) for each in crowd]
    left = at_once(*[lambda one=each: world.do(one[0], calls.withdraw, one[1].id) for each in zip(crowd[:10], made[:10], strict=True)])
    assert [getattr(each, "state", each) for each in left] == ["withdrawn"] * 10
    assert (world.seated(call), world.waiting(call)) == (names(crowd[10:20]), names(crowd[20:]))
    assert sorted(whom for _, whom in world.told("sign_up_seated")) == names(crowd[10:20])


def test_who_offers_and_who_withdraws_at_the_same_moment_leave_no_seat_empty_and_sell_none_twice(world: World) -> None:
    call, crowd = capped(world, seats=5), world.crowd(24)
    made = [world.offer(each, call) for each in crowd[:12]]
    leave = [lambda one=each: world.do(one[0], calls.withdraw, one[1].id) for each in zip(crowd[:8], made[:8], strict=True)]
    come = [lambda by=each: world.offer(by, call) for each in crowd[12:]]
    assert [each for each in at_once(*[do for pair in zip(leave, come, strict=False) for do in pair]) if isinstance(each, Exception)] == []
    assert (len(world.seated(call)), len(world.waiting(call))) == (5, 7)
    assert world.seated(call)[:4] == names(crowd[8:12])


def test_double_clicks_in_a_rush_make_one_row_each(world: World) -> None:
    call, crowd = capped(world, seats=3), world.crowd(10)
    made = at_once(*[lambda by=each: world.offer(by, call) for each in crowd * 3])
    assert [each for each in made if isinstance(each, Exception)] == []
    found = sorted(world.active(call), key=lambda each: each.place or 0)
    assert ([each.place for each in found], len(world.seated(call))) == (list(range(1, 11)), 3)


def test_closing_while_people_answer_loses_none_of_them(world: World) -> None:
    call, crowd = capped(world, seats=5), world.crowd(12)
    made = at_once(
        *[lambda by=each: world.offer(by, call) for each in crowd[:6]],
        lambda: world.do(SAM, calls.close_now, call.id),
        *[lambda by=each: world.offer(by, call) for each in crowd[6:]],
    )
    assert [each for each in made if isinstance(each, Exception)] == []
    found = world.active(call)
    assert (world.call(call.id).state, len(found)) == ("closed", 12)
    assert {each.person.id for each in found if each.late} == {each.person.id for each in found if each.waiting and each.late}
    assert len(world.seated(call)) == min(5, len([each for each in found if not each.late]))
    assert person(0).person in {each.person.id for each in found}


def test_no_answer_gets_into_a_call_while_it_is_being_ended(world: World) -> None:
    acts: tuple[Callable[[CallFacts], object], ...] = (
        lambda call: world.offer(ONA, call),
        lambda call: world.do(ONA, calls.decline, call.id, "ON", "No one to spare"),
        lambda call: world.do(ONA, calls.delegate, call.id, "ON", "nia"),
        lambda call: world.do(SAM, calls.add_representative, call.id, "ON", "nia"),
    )
    for act in acts:
        call = world.opened(priority=None)
        outcome, _done = meanwhile(world.database.write, partial(act, call), SAM, calls.cancel, call.id, "No money", "Faute d'argent")
        assert isinstance(outcome, Invalid), outcome
        assert (list(outcome.fields), world.states(call)["ON"], world.active(call)) == (["state"], "silent", [])


def test_those_who_answer_a_call_without_a_cap_do_not_wait_for_each_other(world: World) -> None:
    call = world.opened()
    form = SignUpForm(call.id, "member", "en")
    outcome, done = meanwhile(world.database.write, lambda: (world.offer(YUKI, call), monotonic())[1], QUINN, calls.sign_up, form)
    assert isinstance(outcome, float)
    assert isinstance(done, float)
    assert outcome < done or world.database.engine.name == "sqlite", "which has one writer at a time"
    assert len(world.active(call)) == 2


def test_two_new_people_of_one_name_in_two_calls_at_once_get_a_record_each(world: World) -> None:
    first, second = world.opened(priority=None), world.opened(priority=None)
    form = SignUpForm(first.id, "member", "en", newcomer=NEW, jurisdiction="ON", said_by="Ona", way="phone")
    other = Newcomer(NEW.name, "another@ontario.example")
    record = partial(world.record, second, newcomer=other, jurisdiction="ON")
    outcome, _done = meanwhile(world.database.write, record, SAM, calls.sign_up, form)
    assert isinstance(outcome, SignUpFacts), outcome
    assert (world.active(first)[0].person.id, outcome.person.id) == ("zoe-tremblay-roy", "zoe-tremblay-roy-2")


def test_an_answer_takes_no_more_statements_however_many_answered_before(world: World) -> None:
    call, crowd = capped(world, seats=3), world.crowd(12)
    counts = [_statements(world, each, call) for each in crowd]
    assert max(counts[1:3]) == counts[1] <= MOST_STATEMENTS, "of those who have a seat"
    assert max(counts[3:]) == counts[3] == counts[1] + 1, "of those who wait: whether their government has its seats is looked up"


def test_the_grid_takes_no_more_statements_however_many_people_of_departments_offered(world: World) -> None:
    call = world.opened()
    counts = []
    for each in world.crowd(6, lambda number: "CA-ESDC"):
        world.offer(each, call)
        counts.append(statements(world.database.engine, lambda: world.grid(call)))
    assert len(set(counts)) == 1


def _statements(world: World, by: Actor, call: CallFacts) -> int:
    return statements(world.database.engine, lambda: world.offer(by, call))


def test_who_is_only_written_to_another_government_by_the_secretariat_keeps_their_turn(world: World) -> None:
    call = capped(world, seats=2, seats_each=1)
    for each in (NOOR, QUINN, YUKI):
        world.offer(each, call, **({"jurisdiction": "ON"} if each == NOOR else {}))
    assert (world.seated(call), world.waiting(call)) == (["noor", "quinn"], ["yuki"])
    world.record(call, "noor", jurisdiction="CA")
    assert (world.seated(call), world.waiting(call)) == (["noor", "quinn"], ["yuki"])
    world.record(call, "noor", jurisdiction="QC")
    assert (world.seated(call), world.waiting(call)) == (["quinn", "yuki"], ["noor"]), "its own seats are taken"
