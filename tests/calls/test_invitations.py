"""What a jurisdiction answers, who speaks for it, and when it was spoken to; more time, and calls that are cancelled."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.calls import service as calls
from cadre.core.bilingual import Bilingual
from cadre.core.errors import Forbidden, Invalid, NotFound
from cadre.core.reader import OPERATOR, Reader
from cadre.groups.models import Group
from cadre.notices.models import Delivery
from cadre.notices.posts import posts
from cadre.notices.redraws import draw_anew
from cadre.people.models import Role
from cadre.priorities.models import Priority
from tests.calls.world import EVERY, LEA, NIA, NOBODY, NOOR, ONA, OTTO, QUINN, SAM, UMA, YUKI, World
from tests.worlds import at_once, fields, give_role


def test_a_jurisdiction_declines_and_says_why_to_the_secretariat_alone(world: World) -> None:
    call = world.opened()
    world.do(ONA, calls.decline, call.id, "ON", " No one to spare ")
    found = world.invitation(call, "ON")
    assert (found.state, found.reason, found.answered_by, found.way, found.recorded_by) == (
        "declined",
        "No one to spare",
        "Ona",
        "slack",
        None,
    )
    assert world.call(call.id, NIA).totals.answered == 1
    with pytest.raises(Forbidden):
        world.read(calls.grid, call.id, QUINN)
    with pytest.raises(Forbidden):
        world.read(calls.invitation, found.id, QUINN)
    assert world.read(calls.invitation, found.id, OTTO).reason == "No one to spare"


def test_a_refusal_needs_a_reason(world: World) -> None:
    call = world.opened()
    for reason in (" ", "x" * 3001):
        with pytest.raises(Invalid) as problem:
            world.do(ONA, calls.decline, call.id, "ON", reason)
        assert fields(problem) == {"reason"}
    assert world.states(call)["ON"] == "silent"


def test_a_nomination_takes_a_refusal_back(world: World) -> None:
    call = world.opened()
    world.do(ONA, calls.decline, call.id, "ON", "No one to spare")
    made = world.offer(OTTO, call, person="nia")
    found = world.invitation(call, "ON")
    assert (found.state, found.reason, found.answered_by) == ("nominated", None, "Otto")
    with pytest.raises(Invalid) as problem:  # one of the two would be wrong
        world.do(ONA, calls.decline, call.id, "ON", "No one after all")
    assert fields(problem) == {"reason"}
    world.do(ONA, calls.withdraw, made.id)
    world.do(ONA, calls.decline, call.id, "ON", "No one after all")
    assert world.states(call)["ON"] == "declined"


def test_a_refusal_that_came_by_phone_says_who_gave_it_when_and_how(world: World) -> None:
    call, day = world.opened(), world.today()
    world.later(days=1)
    with pytest.raises(Invalid) as problem:
        world.do(SAM, calls.decline, call.id, "YT", "Too far", said_on=day + timedelta(days=9))
    assert fields(problem) == {"said_by", "said_on"}
    world.do(SAM, calls.decline, call.id, "YT", "Too far", said_by="Yuki", way="meeting", said_on=day)
    found = world.invitation(call, "YT")
    assert (found.state, found.recorded_by, found.said_by, found.way, found.said_on) == ("declined", SAM.label, "Yuki", "meeting", day)
    assert found.last_contact is not None
    assert found.last_contact.date() == day, "the day on which it was said, not on which it was written down"


def test_whoever_told_a_refusal_gets_a_confirmation(world: World) -> None:
    call = world.opened()
    heard: dict[str, Any] = {"YT": {"teller": "yuki"}, "ON": {"said_by": "ona"}, "QC": {"said_by": "The clerk"}}
    for place, said in heard.items():
        world.do(SAM, calls.decline, call.id, place, "Too far", way="phone", **said)
    assert world.told("call_recorded") == [
        (world.invitation(call, place).subject, whom) for place, whom in (("YT", "yuki"), ("ON", "ona"), ("QC", "quinn"))
    ]
    assert [world.invitation(call, place).said_by for place in ("YT", "ON", "QC")] == ["Yuki", "ona", "The clerk"]
    with pytest.raises(Invalid) as problem:
        world.do(SAM, calls.decline, call.id, "CA", "Too far", way="phone", said_by="Fern", teller="fern")
    assert fields(problem) == {"said_by"}


def test_a_representative_gives_the_answer_over_and_it_is_still_owed(world: World) -> None:
    call = world.opened()
    world.do(ONA, calls.delegate, call.id, "ON", "nia")
    world.do(OTTO, calls.delegate, call.id, "ON", "nia")
    found = world.invitation(call, "ON")
    assert (found.state, [each.id for each in found.delegates]) == ("delegated", ["nia"])
    assert [each.id for each in found.representatives] == ["nia", "ona", "otto"]
    assert world.told("call_delegated") == [(found.subject, "nia")]
    assert world.call(call.id).totals.answered == 0
    assert [each.jurisdiction.id for each in world.standing(call, NIA).represents] == ["ON"]
    world.do(NIA, calls.decline, call.id, "ON", "No one to spare")
    assert (world.states(call)["ON"], world.call(call.id).totals.answered) == ("declined", 1)
    world.do(ONA, calls.delegate, call.id, "ON", "lea")
    assert (world.states(call)["ON"], world.invitation(call, "ON").reason) == ("declined", "No one to spare"), "until they say otherwise"
    made = world.offer(LEA, call, person="otto")
    assert (world.states(call)["ON"], world.told("call_changed")) == ("nominated", [(found.subject, "nia")])
    world.do(LEA, calls.withdraw, made.id)
    assert world.states(call)["ON"] == "declined"


def test_a_refusal_is_the_answer_again_once_who_took_part_all_the_same_withdraws(world: World) -> None:
    call = world.opened()
    world.do(ONA, calls.decline, call.id, "ON", "No one to spare")
    made = world.offer(OTTO, call, role="observer")
    found = world.invitation(call, "ON")
    assert (found.state, found.reason, found.before and found.before.reason) == ("observer", None, "No one to spare")
    assert world.told("call_changed") == [(found.subject, "ona")]
    world.do(OTTO, calls.withdraw, made.id)
    found = world.invitation(call, "ON")
    assert (found.state, found.reason, found.answered_by, found.before) == ("declined", "No one to spare", "Ona", None)
    assert (world.call(call.id).totals.answered, world.told("call_changed")) == (1, [(found.subject, "ona")] * 2)


def test_the_answer_is_handed_on_within_the_jurisdiction_alone(world: World) -> None:
    call = world.opened()
    for elsewhere in ("quinn", "uma"):
        with pytest.raises(Invalid) as problem:
            world.do(ONA, calls.delegate, call.id, "ON", elsewhere)
        assert fields(problem) == {"person"}
    assert world.told("call_delegated") == []
    world.do(ONA, calls.delegate, call.id, "ON", "noor")  # of whom no jurisdiction is known
    assert world.states(call)["ON"] == "delegated"


def test_whoever_answers_anyway_is_not_handed_the_answer_and_only_their_colleagues_are_offered(world: World) -> None:
    call = world.opened()
    with pytest.raises(Invalid) as problem:
        world.do(ONA, calls.delegate, call.id, "ON", "otto")
    assert str(problem.value.fields["person"].for_(Reader())) == "Otto answers for it already, as you do."
    assert [each.id for each in world.read(calls.colleagues, call.id, "ON", "")] == ["lea", "nia"]
    assert [each.id for each in world.read(calls.colleagues, call.id, "MISA", "we")] == ["wes"]
    world.do(ONA, calls.delegate, call.id, "ON", "nia")
    world.do(OPERATOR, lambda session: give_role(session, "nia", "alternate", group="council"))
    world.do(ONA, calls.take_back, call.id, "ON", "nia")
    assert world.told("call_taken_back") == [], "they answer for it all the same"


def test_an_answer_that_was_handed_on_is_taken_back(world: World) -> None:
    call = world.opened()
    world.do(ONA, calls.delegate, call.id, "ON", "nia")
    for by in (QUINN, NOBODY):
        with pytest.raises(Forbidden):
            world.do(by, calls.take_back, call.id, "ON", "nia")
    assert at_once(*[lambda: world.do(OTTO, calls.take_back, call.id, "ON", "nia")] * 3) == [True] * 3
    found = world.invitation(call, "ON")
    assert (found.state, found.delegates, [each.id for each in found.representatives]) == ("silent", (), ["ona", "otto"])
    assert world.told("call_taken_back") == [(found.subject, "nia")]
    with pytest.raises(Forbidden):
        world.do(NIA, calls.decline, call.id, "ON", "No")


def test_whom_the_secretariat_added_answers_also_after_what_was_handed_on_is_taken_back(world: World) -> None:
    call = world.opened()
    world.do(ONA, calls.delegate, call.id, "ON", "nia")
    assert world.do(SAM, calls.take_back, call.id, "ON", "nia") is True
    world.do(ONA, calls.delegate, call.id, "ON", "nia")
    opened = world.told("call_opened")
    assert world.do(SAM, calls.add_representative, call.id, "ON", "nia") is False, "they know of the call"
    assert world.do(SAM, calls.add_representative, call.id, "ON", "ona") is False
    assert world.told("call_opened") == opened
    assert world.do(ONA, calls.take_back, call.id, "ON", "nia") is False
    assert len(world.told("call_taken_back")) == 1
    assert [each.id for each in world.invitation(call, "ON").representatives] == ["nia", "ona", "otto"]


def test_two_who_delegate_at_once_tell_once(world: World) -> None:
    call = world.opened()
    assert at_once(*[lambda: world.do(ONA, calls.delegate, call.id, "ON", "nia").id] * 3) == ["nia"] * 3
    assert len(world.told("call_delegated")) == 1


def test_the_secretariat_adds_a_representative_who_is_missing_and_is_told(world: World) -> None:
    call = world.opened(councils=("council",))
    place = world.invitation(call, "QC")
    assert (place.representatives, place.last_contact) == ((), None)
    world.do(SAM, calls.add_representative, call.id, "QC", "noor")
    world.do(SAM, calls.add_representative, call.id, "QC", "noor")
    found = world.invitation(call, "QC")
    assert ([each.id for each in found.representatives], found.delegates, found.last_contact is not None) == (["noor"], (), False)
    assert world.told("call_opened")[-1] == (found.subject, "noor")
    assert len([1 for _, whom in world.told("call_opened") if whom == "noor"]) == 1
    assert world.offer(NOOR, call, person="quinn").nominated_by == "Noor"
    assert world.offer(NOOR, call, jurisdiction="QC").stated is False


def test_nobody_speaks_for_a_jurisdiction_whose_role_nobody_confirmed_or_is_over(world: World) -> None:
    call = world.opened()
    for by in (UMA, NOBODY, NIA, QUINN, OPERATOR):
        with pytest.raises(Forbidden):
            world.do(by, calls.decline, call.id, "YT", "No")
        with pytest.raises(Forbidden):
            world.do(by, calls.delegate, call.id, "YT", "nia")
    with pytest.raises(NotFound):
        world.do(YUKI, calls.delegate, call.id, "YT", "gone")
    with pytest.raises(NotFound):
        world.do(SAM, calls.decline, call.id, "windsor", "Not invited", said_by="Wes")


def test_the_secretariat_notes_when_it_spoke_to_a_jurisdiction(world: World) -> None:
    call = world.opened()
    at = world.now() + timedelta(hours=3)
    world.do(SAM, calls.contacted, call.id, "ON", at)
    assert world.invitation(call, "ON").last_contact == at
    with pytest.raises(NotFound):
        world.do(SAM, calls.contacted, call.id, "windsor")


def test_more_time_is_given_with_a_reason_and_those_who_owe_an_answer_are_told(world: World) -> None:
    call = world.opened()
    world.offer(ONA, call)
    world.do(QUINN, calls.decline, call.id, "QC", "No one to spare")
    world.do(YUKI, calls.delegate, call.id, "YT", "uma")
    before = redraws(world, call.subject)
    later = world.now() + timedelta(days=40)
    made = world.do(SAM, calls.extend, call.id, later, "An election", "Des élections")
    assert (made.state, made.closes_at, made.reason) == ("open", later, Bilingual("An election", "Des élections"))
    assert sorted(world.told("call_extended")) == [(call.subject, whom) for whom in ("fern", "misha", "uma", "yuki")]
    assert sorted(whom for _, whom in world.told("call_more_time")) == ["lea", "leo", "ona", "otto", "quinn"], "all wait for the date"
    assert redraws(world, call.subject) > before


def redraws(world: World, subject: str) -> int:
    def wanted(session: Session) -> int:
        return session.scalars(select(Delivery.wanted).where(Delivery.subject == subject)).one()

    assert world.read(posts, subject)
    assert not world.do(OPERATOR, draw_anew), "all that changed is looked for at once"
    return world.read(wanted)


def test_a_closed_call_opens_again_by_more_time_and_its_queue_moves(world: World) -> None:
    call = world.opened(capped=True, seats=1)
    world.do(SAM, calls.close_now, call.id)
    late = world.offer(NIA, call)
    assert (late.waiting, world.seated(call)) == (True, [])
    made = world.do(SAM, calls.extend, call.id, world.now() + timedelta(days=40), "An election", "Des élections")
    assert (made.state, made.closed_at, world.seated(call)) == ("open", None, ["nia"])
    assert world.told("sign_up_seated") == [(late.subject, "nia")]
    assert len(world.grid(call).invitations) == len(EVERY)


def test_a_call_that_was_closed_early_by_mistake_opens_again_until_the_moment_that_was_announced(world: World) -> None:
    call = world.opened()
    world.do(SAM, calls.close_now, call.id)
    assert call.closes_at
    made = world.do(SAM, calls.extend, call.id, call.closes_at, "Closed by mistake", "Fermé par erreur")
    assert (made.state, made.closes_at) == ("open", call.closes_at)


@pytest.mark.parametrize(
    ("days", "english", "french", "where"),
    [(40, "", " ", {"reason_en", "reason_fr"}), (10, "Why", "", {"closes_at", "reason_fr"}), (400, "Why", "Pourquoi", {"closes_at"})],
)
def test_more_time_needs_a_later_moment_and_a_reason_in_both_languages(
    world: World, days: int, english: str, french: str, where: set[str]
) -> None:
    call = world.opened()
    with pytest.raises(Invalid) as problem:
        world.do(SAM, calls.extend, call.id, world.now() + timedelta(days=days), english, french)
    assert fields(problem) == where
    assert world.call(call.id) == call


def test_a_call_is_cancelled_with_a_reason_told_to_all_who_were_asked_or_offered(world: World) -> None:
    call = world.opened()
    world.offer(NIA, call)
    with pytest.raises(Invalid) as problem:
        world.do(SAM, calls.cancel, call.id, "No money", "")
    assert fields(problem) == {"reason_fr"}
    made = world.do(SAM, calls.cancel, call.id, "No money", "Faute d'argent")
    assert (made.state, made.reason) == ("cancelled", Bilingual("No money", "Faute d'argent"))
    told = world.told("call_cancelled")
    assert {subject for subject, _ in told} == {call.subject}
    assert sorted(whom for _, whom in told) == ["fern", "lea", "leo", "misha", "nia", "ona", "otto", "quinn", "yuki"]


def test_of_a_call_that_was_cancelled_before_it_opened_nobody_is_told(world: World) -> None:
    call = world.draft()
    world.do(SAM, calls.cancel, call.id, "No money", "Faute d'argent")
    assert world.announced() == []
    with pytest.raises(Forbidden):
        world.call(call.id, ONA)


def _state(world: World, state: str) -> int:
    """A call that came into a state as calls do."""
    made = world.draft()
    steps: dict[str, Any] = {
        "scheduled": [(calls.schedule,)],
        "open": [(calls.open_now,)],
        "closed": [(calls.open_now,), (calls.close_now,)],
        "cancelled": [(calls.cancel, "Why", "Pourquoi")],
        "concluded": [(calls.open_now,), (calls.close_now,), (calls.confirm_chairs, ["lea"]), (calls.conclude,)],
    }
    for step, *said in steps.get(state, ()):
        world.do(SAM, step, made.id, *said)
    return made.id


@pytest.mark.parametrize("state", ["draft", "scheduled", "open", "closed", "concluded", "cancelled"])
def test_what_cannot_be_done_in_a_state_is_refused_with_its_reason(world: World, state: str) -> None:
    id_ = _state(world, state)
    later = world.now() + timedelta(days=40)
    allowed = {
        "save_draft": {"draft", "scheduled"},
        "schedule": {"draft", "scheduled"},  # sent twice, it is done once, as those that follow
        "back_to_draft": {"draft", "scheduled"},
        "open_now": {"draft", "scheduled", "open"},
        "close_now": {"open", "closed"},
        "extend": {"open", "closed"},
        "settle": {"closed"},
        "confirm_chairs": {"closed"},
        "conclude": {"closed"},
        "cancel": {"draft", "scheduled", "open", "closed", "cancelled"},
        "remove_draft": {"draft", "scheduled", "cancelled"},
        "sign_up": {"open", "closed"},
        "decline": {"open", "closed"},
        "delegate": {"open", "closed"},
        "take_back": {"open", "closed"},
        "add_representative": {"open", "closed"},
    }
    verbs: dict[str, Any] = {
        "save_draft": lambda: world.draft(id=id_),
        "extend": lambda: world.do(SAM, calls.extend, id_, later, "Why", "Pourquoi"),
        "settle": lambda: world.do(SAM, calls.settle, id_, [1], accepted=True),
        "confirm_chairs": lambda: world.do(SAM, calls.confirm_chairs, id_, ["lea"]),
        "cancel": lambda: world.do(SAM, calls.cancel, id_, "Why", "Pourquoi"),
        "sign_up": lambda: world.offer(ONA, id_),
        "decline": lambda: world.do(ONA, calls.decline, id_, "ON", "No"),
        "delegate": lambda: world.do(ONA, calls.delegate, id_, "ON", "nia"),
        "take_back": lambda: world.do(ONA, calls.take_back, id_, "ON", "nia"),
        "add_representative": lambda: world.do(SAM, calls.add_representative, id_, "ON", "nia"),
    }
    for verb in sorted(name for name, states in allowed.items() if state not in states):
        with pytest.raises(Invalid) as problem:
            verbs.get(verb, lambda named=verb: world.do(SAM, getattr(calls, named), id_))()
        assert fields(problem) == {"state"}, verb
        assert world.call(id_).state == state


def test_with_more_time_a_government_of_which_nobody_was_taken_up_owes_an_answer_again(world: World) -> None:
    call = world.opened()
    made = world.offer(YUKI, call)
    world.do(SAM, calls.close_now, call.id)
    world.do(SAM, calls.settle, call.id, [made.id], accepted=False, message="Not this time")
    world.do(SAM, calls.extend, call.id, world.now() + timedelta(days=40), "An election", "Des élections")
    assert (world.states(call)["YT"], world.of(call, "yuki").state) == ("silent", "declined")
    assert (call.subject, "yuki") in world.told("call_extended")
    again = world.offer(YUKI, call, role="alternate")
    assert (again.state, again.message, again.settled_by, world.states(call)["YT"]) == ("offered", None, None, "nominated")


def test_a_representative_who_was_added_by_mistake_answers_no_more(world: World) -> None:
    call = world.opened()
    world.do(SAM, calls.add_representative, call.id, "YT", "nia")
    with pytest.raises(Forbidden):
        world.do(YUKI, calls.remove_representative, call.id, "YT", "nia")
    assert [each.id for each in world.invitation(call, "YT").added] == ["nia"]
    assert world.do(SAM, calls.remove_representative, call.id, "YT", "nia")
    with pytest.raises(Forbidden):
        world.do(NIA, calls.decline, call.id, "YT", "Too far")
    assert world.told("call_taken_back") == [(world.invitation(call, "YT").subject, "nia")]
    with pytest.raises(NotFound):
        world.do(SAM, calls.remove_representative, call.id, "YT", "yuki")  # by a role: that is not of this call


def test_to_whom_the_answer_was_handed_on_answers_still_where_the_secretariat_takes_back_that_it_added_them(world: World) -> None:
    call = world.opened()
    world.do(ONA, calls.delegate, call.id, "ON", "nia")
    world.do(SAM, calls.add_representative, call.id, "ON", "nia")
    assert not world.do(SAM, calls.remove_representative, call.id, "ON", "nia")
    assert [each.id for each in world.standing(call, NIA).represents[0].delegates] == ["nia"]


def test_a_group_that_only_a_cancelled_call_proposed_is_over_with_it(world: World) -> None:
    call, kept = world.opened(), world.opened(group="bees", priority=None)
    for each in (call, kept):
        world.do(SAM, calls.cancel, each.id, "No money", "Faute d'argent")

    def look(session: Session) -> tuple[Any, ...]:
        roles = session.scalars(select(Role).where(Role.group == call.group)).all()
        states = [session.get_one(Group, of).state for of in (call.group, "bees")]
        return states, [role.until is not None for role in roles], session.get_one(Priority, "identity").group

    assert world.read(look) == (["sunset", "active"], [True, True], None)
    assert world.read(calls.proposal, priority="identity").group is None
