"""What comes after the closing: what was answered in time stands, and so does a silence, until the secretariat decides."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.calls.ending import of_kind
from cadre.calls import service as calls
from cadre.calls import wording
from cadre.core.errors import Conflict, Forbidden, Invalid
from cadre.core.reader import Reader
from tests.calls.world import NIA, ONA, OTTO, SAM, UMA, YUKI, World
from tests.worlds import fields

EN = Reader()


def late(world: World, call: int, place: str, reader: Reader = EN) -> str:
    found = world.invitation(world.call(call), place)
    return " ".join(filter(None, (wording.standing(found, reader), wording.late(found, reader)))).replace("\u00a0", " ")


def test_a_refusal_in_time_stands_until_the_secretariat_takes_up_who_is_put_forward_late(world: World) -> None:
    call = world.opened()
    world.do(ONA, calls.decline, call.id, "ON", "No one to spare")
    world.do(SAM, calls.close_now, call.id)
    before = world.call(call.id).totals
    made = world.offer(OTTO, call, person="nia")
    found = world.invitation(call, "ON")
    assert (found.state, found.reason, found.answered_by, found.nominees) == ("declined", "No one to spare", "Ona", ())
    assert late(world, call.id, "ON").startswith("Declined; late answer to be decided Late, on ")
    assert late(world, call.id, "ON").endswith(": Nia is put forward; to be decided.")
    assert world.call(call.id).totals == before, "neither an answer more nor a seat"
    world.do(SAM, calls.settle, call.id, [made.id], accepted=True)
    found = world.invitation(call, "ON")
    assert (found.state, found.answered_by, [each.id for each in found.nominees]) == ("nominated", "Otto", ["nia"])
    assert found.before
    assert (found.before.state, found.before.reason, found.before.answered_by) == ("declined", "No one to spare", "Ona")
    assert ": Nia was put forward; taken up by Sam Okafor on " in late(world, call.id, "ON")
    assert late(world, call.id, "ON").startswith("Takes part; late answer taken up")
    assert world.call(call.id).totals.offered == before.offered + 1
    world.do(SAM, calls.settle, call.id, [made.id], accepted=False)
    found = world.invitation(call, "ON")
    assert (found.state, found.reason, found.answered_by) == ("declined", "No one to spare", "Ona"), "nothing of it was lost"
    assert late(world, call.id, "ON").endswith(": Nia was put forward; not taken up.")


def test_who_was_silent_at_the_closing_stays_so_until_the_secretariat_decides(world: World) -> None:
    call = world.closed()
    world.do(ONA, calls.decline, call.id, "ON", "Sorry")
    world.do(ONA, calls.decline, call.id, "ON", "Sorry")
    subject = world.invitation(call, "ON").subject
    assert (world.states(call)["ON"], world.told("call_late")) == ("silent", [(subject, "sam")])
    assert late(world, call.id, "ON").startswith("Silent; late answer to be decided Late, on ")
    world.offer(YUKI, call)
    assert (world.states(call)["YT"], world.call(call.id).totals.answered, world.call(call.id).totals.offered) == ("silent", 0, 0)
    with pytest.raises(Forbidden):
        world.do(ONA, calls.decide_late, call.id, "ON", taken_up=True)
    world.do(SAM, calls.confirm_chairs, call.id, ["lea"])
    with pytest.raises(Invalid) as problem:
        world.do(SAM, calls.conclude, call.id)
    assert fields(problem) == {"people"}
    world.do(SAM, calls.decide_late, call.id, "YT", taken_up=True)
    assert (world.states(call)["YT"], world.told("sign_up_settled")) == ("nominated", [(world.of(call, "yuki").subject, "yuki")])
    with pytest.raises(Invalid):
        world.do(SAM, calls.conclude, call.id)  # Ontario's refusal is still to be decided
    for taken_up, state in ((False, "silent"), (False, "silent")):
        world.do(SAM, calls.decide_late, call.id, "ON", taken_up=taken_up)
        assert world.states(call)["ON"] == state
    assert world.told("call_late_settled") == [(subject, "ona")]
    assert late(world, call.id, "ON").endswith("because “Sorry”; not taken up.")
    assert world.do(SAM, calls.conclude, call.id).totals.answered == 1


def test_a_late_refusal_that_is_taken_up_is_the_answer(world: World) -> None:
    call = world.closed()
    world.later(days=2)
    world.do(SAM, calls.decline, call.id, "ON", "Sorry", said_by="Ona", way="phone")
    found = world.invitation(call, "ON")
    assert (found.state, found.last_contact is not None) == ("silent", True)
    world.do(SAM, calls.decide_late, call.id, "ON", taken_up=True)
    found = world.invitation(call, "ON")
    assert (found.state, found.reason, found.said_by, found.recorded_by) == ("declined", "Sorry", "Ona", SAM.label)
    assert found.before
    assert found.before.state == "silent"
    assert "declined, because “Sorry”; taken up by Sam Okafor on " in late(world, call.id, "ON")
    assert world.call(call.id).totals.answered == 1
    world.do(SAM, calls.extend, call.id, world.now() + timedelta(days=40), "An election", "Des élections")
    world.offer(OTTO, call)
    subject = world.invitation(call, "ON").subject
    assert [world.told(kind) for kind in ("call_late_settled", "call_changed")] == [[(subject, "ona")]] * 2


def test_who_is_put_forward_late_takes_the_place_of_a_refusal_that_was_late_too(world: World) -> None:
    call = world.closed()
    world.do(ONA, calls.decline, call.id, "ON", "Sorry")
    world.offer(OTTO, call, person="nia")
    assert world.told("call_changed") == [(world.invitation(call, "ON").subject, "ona")]
    world.do(SAM, calls.decide_late, call.id, "ON", taken_up=True)
    assert (world.states(call)["ON"], world.of(call, "nia").state) == ("nominated", "accepted")


def test_whoever_declined_late_hears_that_more_time_makes_it_count(world: World) -> None:
    call = world.closed()
    world.do(ONA, calls.decline, call.id, "ON", "Sorry")
    world.do(SAM, calls.extend, call.id, world.now() + timedelta(days=40), "An election", "Des élections")
    assert world.states(call)["ON"] == "declined"
    assert world.told("call_late_settled") == [(world.invitation(call, "ON").subject, "ona")]


def test_a_word_for_a_volunteer_that_comes_late_answers_for_nobody_yet(world: World) -> None:
    call = world.opened()
    offer = world.offer(NIA, call)
    world.do(SAM, calls.close_now, call.id)
    world.do(ONA, calls.endorse, offer.id, stands=True)
    assert (world.states(call)["ON"], world.of(call, "nia").late) == ("silent", False)
    assert late(world, call.id, "ON").endswith(": Nia is put forward; to be decided.")
    assert [each.person.id for each in world.report(call).doubtful] == ["nia"]
    assert of_kind(world.grid(call), "all") == [], "late ones are looked at one by one"
    world.do(SAM, calls.settle, call.id, [offer.id], accepted=True)
    assert (world.states(call)["ON"], world.invitation(call, "ON").answered_by) == ("nominated", "Ona")


def test_an_officer_who_confirmed_somebody_hears_once_that_they_withdrew_after_the_closing(world: World) -> None:
    call = world.opened(confirms=True)
    offer = world.offer(NIA, call)
    world.do(SAM, calls.endorse, offer.id, stands=True)
    world.do(SAM, calls.close_now, call.id)
    world.do(NIA, calls.withdraw, offer.id)
    assert [whom for _, whom in world.told("sign_up_withdrawn")].count("sam") == 1


def test_what_was_answered_in_time_is_changed_by_the_secretariat_alone(world: World) -> None:
    call = world.opened()
    made = world.offer(ONA, call)
    world.do(SAM, calls.close_now, call.id)
    with pytest.raises(Invalid) as problem:
        world.offer(ONA, call, role="observer")
    assert fields(problem) == {"role"}
    world.later(days=2)
    assert world.record(call, "ona", role="observer").late is False
    assert world.states(call)["ON"] == "observer"
    world.do(ONA, calls.withdraw, made.id)
    found = world.invitation(call, "ON")
    assert (found.state, found.answered_by is not None, world.call(call.id).totals.answered) == ("withdrawn", True, 1), "no silence"


def test_with_more_time_what_came_late_is_in_time(world: World) -> None:
    call = world.opened()
    world.do(ONA, calls.decline, call.id, "ON", "No one to spare")
    world.do(SAM, calls.close_now, call.id)
    world.offer(OTTO, call, person="nia")
    world.do(YUKI, calls.decline, call.id, "YT", "Too far")
    world.do(SAM, calls.extend, call.id, world.now() + timedelta(days=40), "An election", "Des élections")
    found, far = world.invitation(call, "ON"), world.invitation(call, "YT")
    assert (found.state, found.answered_by, found.late) == ("nominated", "Otto", None)
    assert (far.state, far.reason, far.answered_by, far.late) == ("declined", "Too far", "Yuki", None)


def test_a_late_handing_on_takes_no_answer_back(world: World) -> None:
    call = world.opened()
    world.do(ONA, calls.decline, call.id, "ON", "No one to spare")
    world.do(SAM, calls.close_now, call.id)
    world.do(OTTO, calls.delegate, call.id, "ON", "nia")
    found = world.invitation(call, "ON")
    assert (found.state, found.answered_by, world.call(call.id).totals.answered) == ("declined", "Ona", 1)


def test_what_was_told_in_time_after_all_takes_the_place_of_the_late_answer(world: World) -> None:
    call, day = world.closed(), world.today()
    world.do(ONA, calls.decline, call.id, "ON", "Sorry")
    world.later(days=2)
    world.do(SAM, calls.decline, call.id, "ON", "No one to spare", said_by="Ona", way="phone", said_on=day)
    found = world.invitation(call, "ON")
    assert (found.state, found.reason, found.late) == ("declined", "No one to spare", None)


def test_of_a_call_that_is_cancelled_nothing_is_to_be_decided(world: World) -> None:
    call = world.closed()
    world.offer(YUKI, call)
    world.do(SAM, calls.cancel, call.id, "No money", "Faute d'argent")
    assert late(world, call.id, "YT").startswith("Silent Late, on ")
    assert "to be decided" not in late(world, call.id, "YT")


def test_a_late_handing_on_leaves_a_late_refusal_to_be_decided(world: World) -> None:
    call = world.closed()
    world.do(ONA, calls.decline, call.id, "ON", "Sorry")
    world.do(OTTO, calls.delegate, call.id, "ON", "nia")
    assert world.states(call)["ON"] == "delegated"
    assert late(world, call.id, "ON").endswith("because “Sorry”; to be decided.")


def test_a_word_for_a_volunteer_that_comes_late_goes_to_the_secretariat_and_is_left_without_the_offer(world: World) -> None:
    call = world.opened(confirms=True)
    first, second = world.offer(NIA, call), world.offer(UMA, call)
    world.do(SAM, calls.close_now, call.id)
    world.do(ONA, calls.endorse, first.id, stands=True)
    world.offer(YUKI, call, person="uma")
    assert world.told("sign_up_late") == [(first.subject, "sam"), (second.subject, "sam")]
    for place in ("ON", "YT"):
        world.do(SAM, calls.decide_late, call.id, place, taken_up=False)
        assert (world.states(call)[place], world.invitation(call, place).late) == ("silent", None)
    found = [world.of(call, each) for each in ("nia", "uma")]
    assert [(each.state, each.late, each.to_endorse, each.nominated_by) for each in found] == [("offered", False, True, None)] * 2
    assert world.told("sign_up_settled") == []


def test_who_decides_second_on_a_late_answer_hears_that_it_is_decided(world: World) -> None:
    call = world.closed()
    world.do(ONA, calls.decline, call.id, "ON", "Sorry")
    world.offer(YUKI, call)
    for place in ("ON", "YT"):
        world.do(SAM, calls.decide_late, call.id, place, taken_up=False)
        world.do(SAM, calls.decide_late, call.id, place, taken_up=False)  # sent twice
        with pytest.raises(Conflict) as problem:
            world.do(SAM, calls.decide_late, call.id, place, taken_up=True)
        assert problem.value.who == SAM.label
    with pytest.raises(Invalid):
        world.do(SAM, calls.decide_late, call.id, "QC", taken_up=True)


def test_a_call_cancelled_after_its_closing_is_cancelled_and_not_closed(world: World) -> None:
    call = world.closed()
    world.do(SAM, calls.cancel, call.id, "No lake", "Pas de lac")
    assert wording.state_and_moment(world.call(call.id), EN) == ("Cancelled",)
