"""Who offers to take part, and what becomes of an answer until the call closes, and after."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.calls import service as calls
from cadre.calls.models import SignUp
from cadre.calls.summary import remarks
from cadre.core.errors import Conflict, Forbidden, Invalid, NotFound
from cadre.core.models import Change, Provenance
from cadre.core.reader import Actor, Reader
from cadre.people.models import Person
from tests.calls.world import (
    FERN,
    LEA,
    MISHA,
    NEW,
    NIA,
    NOBODY,
    NOOR,
    ONA,
    OTTO,
    QUINN,
    SAM,
    UMA,
    WES,
    YUKI,
    World,
)
from tests.worlds import at_once, fields


def test_somebody_offers_to_take_part(world: World) -> None:
    call = world.opened()
    made = world.offer(NIA, call, role="alternate", language="both", experience=" Ten years of it ")
    assert (made.person.id, made.role, made.language, made.experience) == ("nia", "alternate", "both", "Ten years of it")
    assert (made.jurisdiction.id if made.jurisdiction else None, made.stated, made.state) == ("ON", False, "offered")
    assert (made.nominated_by, made.recorded_by, made.way, made.late, made.waiting, made.endorsed) == (
        None,
        None,
        "slack",
        False,
        False,
        None,
    )
    found = world.invitation(call, "ON")
    assert (found.state, found.answered_by, found.nominees, [each.id for each in found.volunteers]) == ("silent", None, (), ["nia"])
    assert world.call(call.id).totals.answered == 0


def test_who_offers_without_answering_for_their_government_leaves_it_silent_until_a_representative_confirms(world: World) -> None:
    call = world.opened()
    made = world.offer(NIA, call)
    assert (world.states(call)["ON"], world.standing(call, ONA).represents[0].volunteers) == ("silent", (made.person,))
    with pytest.raises(Forbidden):
        world.do(NIA, calls.endorse, made.id, stands=True)
    world.do(ONA, calls.endorse, made.id, stands=True)
    found = world.invitation(call, "ON")
    assert (found.state, found.answered_by, found.nominees, found.volunteers) == ("nominated", "Ona", (made.person,), ())
    assert world.told("sign_up_endorsed") == [(made.subject, "nia")]
    world.do(YUKI, calls.delegate, call.id, "YT", "uma")
    world.offer(UMA, call)
    assert world.states(call)["YT"] == "nominated", "whom the answer was handed on to answers by offering"


def test_a_representative_may_decline_although_somebody_offered(world: World) -> None:
    call = world.opened()
    world.offer(NIA, call)
    world.do(ONA, calls.decline, call.id, "ON", "No one to spare")
    world.offer(NIA, call, language="fr")
    found = world.invitation(call, "ON")
    assert (found.state, found.answered_by, [each.id for each in found.volunteers]) == ("declined", "Ona", ["nia"])


def test_an_observer_is_counted_apart(world: World) -> None:
    call = world.opened(seats=3)
    world.offer(YUKI, call, role="observer")
    world.offer(ONA, call)
    assert world.states(call) == {"CA": "silent", "ON": "nominated", "QC": "silent", "YT": "observer", "MISA": "silent"}
    totals = world.call(call.id).totals
    assert (totals.invited, totals.answered, totals.offered, totals.observers, totals.waiting) == (5, 2, 1, 1, 0)


def test_people_of_a_department_or_a_city_take_part_for_whoever_is_invited(world: World) -> None:
    call = world.opened()
    world.offer(FERN, call)
    world.do(MISHA, calls.endorse, world.offer(WES, call).id, stands=True)
    assert (world.states(call)["CA"], world.states(call)["MISA"]) == ("nominated", "nominated")
    assert [world.of(call, name).jurisdiction for name in ("fern", "wes")] == [
        world.invitation(call, "CA").jurisdiction,
        world.invitation(call, "MISA").jurisdiction,
    ]
    world.offer(MISHA, call, person="wes", role="observer")
    with pytest.raises(Forbidden):
        world.offer(ONA, call, person="wes")  # a city of Ontario, that speaks for itself


def test_a_changed_answer_is_the_same_row_and_the_same_again_is_no_change(world: World) -> None:
    call = world.opened()
    first = world.offer(ONA, call)
    second = world.offer(ONA, call, role="observer", language="fr")
    assert (second.id, second.role, world.states(call)["ON"]) == (first.id, "observer", "observer")
    before = world.read(lambda session: len(session.scalars(select(Change)).all()))
    assert world.offer(ONA, call, role="observer", language="fr") == second
    assert world.read(lambda session: len(session.scalars(select(Change)).all())) == before


def test_a_double_click_makes_one_row_and_tells_once(world: World) -> None:
    call = world.opened()
    made = at_once(*[lambda: world.offer(ONA, call, person="nia")] * 4)
    assert made == [world.of(call, "nia")] * 4
    assert world.told("sign_up_recorded") == [(world.of(call, "nia").subject, "nia")]
    made = at_once(*[lambda: world.offer(ONA, call, newcomer=NEW, jurisdiction="ON")] * 4)
    assert made == [world.of(call, "zoe-tremblay-roy")] * 4


def test_a_person_in_two_workspaces_has_one_answer(world: World) -> None:
    call = world.opened()
    world.offer(Actor("Nia (U0ONE)", "nia"), call, role="observer")
    world.offer(Actor("Nia (U0OTHER)", "nia"), call, role="member")
    assert world.of(call, "nia").role == "member"
    assert world.call(call.id).totals.observers == 0


def test_an_answer_is_withdrawn_in_one_click_and_may_be_given_again(world: World) -> None:
    call = world.opened()
    made = world.offer(ONA, call)
    assert world.do(ONA, calls.withdraw, made.id).state == "withdrawn"
    assert world.do(ONA, calls.withdraw, made.id).state == "withdrawn"
    found = world.invitation(call, "ON")
    assert (found.state, found.answered_at, found.answered_by, found.way, found.nominees) == ("silent", None, None, None, ())
    assert world.call(call.id).totals.offered == 0
    assert (world.offer(ONA, call).id, world.states(call)["ON"]) == (made.id, "nominated")


def test_a_representative_puts_somebody_of_theirs_forward_who_hears_of_it(world: World) -> None:
    call = world.opened()
    made = world.offer(OTTO, call, person="nia")
    assert (made.person.id, made.nominated_by, made.recorded_by) == ("nia", "Otto", None)
    assert [(kind, whom, said) for kind, _, whom, said in world.announced() if kind == "sign_up_recorded"] == [
        ("sign_up_recorded", "nia", {"by": "Otto", "said_by": None, "recorded": False})
    ]
    assert world.offer(NIA, call, language="fr").nominated_by == "Otto"
    assert world.do(NIA, calls.withdraw, made.id).state == "withdrawn"


def test_an_offer_after_one_that_was_withdrawn_is_made_then_and_what_somebody_said_of_themselves_stands(world: World) -> None:
    call = world.opened()
    first = world.offer(NIA, call, language="fr", experience="Ten years of canoes")
    world.do(NIA, calls.withdraw, first.id)
    world.later(days=1)
    made = world.offer(NIA, call, language="fr", experience="Ten years of canoes")
    assert made.made_at > first.made_at
    put_forward = world.offer(ONA, call, person="nia", language="en", experience="Somebody good")
    assert (put_forward.language, put_forward.experience, put_forward.nominated_by) == ("fr", "Ten years of canoes", "Ona")


def test_whoever_is_recorded_for_another_government_is_named_so_and_stays_there(world: World) -> None:
    call = world.opened()
    with pytest.raises(Invalid) as problem:
        world.record(call, "nia", jurisdiction="QC")
    assert fields(problem) == {"elsewhere"}
    made = world.record(call, "nia", jurisdiction="QC", elsewhere=True)
    assert (made.registered and made.registered.id, "By the registry: ON" in list(remarks(made, Reader()))) == ("ON", True)
    world.do(SAM, calls.close_now, call.id)
    world.offer(NIA, call, experience="Ten years of canoes")
    assert world.of(call, "nia").jurisdiction == made.jurisdiction


def test_a_newcomer_gets_a_record_and_one_whose_address_is_known_does_not(world: World) -> None:
    call = world.opened()
    made = world.offer(ONA, call, newcomer=NEW, jurisdiction="ON")
    assert (made.person.id, made.person.name) == ("zoe-tremblay-roy", "Zoé Tremblay-Roy")

    def look(session: Session) -> tuple[str | None, str | None, str | None]:
        found = session.get_one(Person, "zoe-tremblay-roy")
        standing = session.scalar(select(Provenance.standing).where(Provenance.subject == "person"))
        return found.email, found.jurisdiction, standing

    assert world.read(look) == ("zoe@ontario.example", "ON", "stated")
    known = world.offer(ONA, call, newcomer=type(NEW)("Nia", "NIA@iccs.example.org"), jurisdiction="ON")
    assert known.person.id == "nia"
    with pytest.raises(Invalid) as problem:
        world.offer(ONA, call, newcomer=type(NEW)("Quinn", "quinn@iccs.example.org"), jurisdiction="ON")
    assert fields(problem) == {"email"}


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ({"role": "chief"}, {"role"}),
        ({"role": "observer"}, {"role"}),
        ({"language": "es", "experience": "x" * 3001}, {"language", "experience"}),
        ({"jurisdiction": "gone"}, {"jurisdiction"}),
        ({"newcomer": type(NEW)(" ", "nowhere"), "jurisdiction": "ON"}, {"name", "email"}),
    ],
)
def test_what_cannot_be_taken_is_named_by_its_field_and_sent_again_it_is_taken(world: World, said: dict[str, Any], where: set[str]) -> None:
    call = world.opened(roles=("member", "alternate"))
    with pytest.raises(Invalid) as problem:
        world.offer(ONA, call, **said)
    assert fields(problem) == where
    assert world.grid(call).sign_ups == ()
    world.offer(ONA, call)
    assert [each.person.id for each in world.grid(call).sign_ups] == ["ona"]


def test_a_person_without_a_known_jurisdiction_is_asked_and_it_is_to_be_confirmed(world: World) -> None:
    call = world.opened()
    with pytest.raises(Invalid) as problem:
        world.offer(NOOR, call)
    assert fields(problem) == {"jurisdiction"}
    made = world.offer(NOOR, call, jurisdiction="QC")
    assert (made.jurisdiction.id if made.jurisdiction else None, made.stated) == ("QC", True)
    assert world.standing(call, NOOR).jurisdiction is None
    assert not world.offer(QUINN, call, person="noor", jurisdiction="QC").stated


def test_nobody_takes_part_for_a_jurisdiction_that_is_not_theirs(world: World) -> None:
    call = world.opened()
    assert world.offer(NIA, call, jurisdiction="QC").jurisdiction == world.invitation(call, "ON").jurisdiction


def test_what_comes_after_the_closing_is_kept_and_goes_to_the_secretariat(world: World) -> None:
    call = world.opened()
    world.offer(YUKI, call)
    world.do(SAM, calls.close_now, call.id)
    made = world.offer(NIA, call, experience="My plane was late")
    assert (made.late, made.experience, world.told("sign_up_late")) == (True, "My plane was late", [(made.subject, "sam")])
    assert not world.offer(YUKI, call, language="fr").late  # in time, and the same seat
    assert len(world.told("sign_up_late")) == 1


def test_what_comes_after_the_moment_is_late_also_where_nobody_closed_the_call_yet(world: World) -> None:
    call = world.opened()
    world.later(days=20, minutes=1)
    assert (world.call(call.id).state, world.offer(NIA, call).late) == ("closed", True), "to whoever reads of it, too"
    assert world.grid(call).call.state == "open", "it is still to be closed"


def test_what_came_late_is_in_time_once_there_is_more_time(world: World) -> None:
    call = world.closed()
    made = world.offer(NIA, call)
    world.do(SAM, calls.extend, call.id, world.now() + timedelta(days=40), "An election", "Des élections")
    assert (world.of(call, "nia").late, world.call(call.id).state, made.late) == (False, "open", True)


def test_after_a_withdrawal_the_answer_is_of_whoever_gave_what_stands(world: World) -> None:
    call = world.opened()
    mine = world.offer(ONA, call)
    world.offer(ONA, call, person="nia", role="observer")
    world.offer(OTTO, call, person="lea", role="alternate")
    assert world.invitation(call, "ON").answered_by == "Ona"
    world.do(ONA, calls.withdraw, mine.id)
    found = world.invitation(call, "ON")
    assert (found.state, found.answered_by, [each.id for each in found.nominees]) == ("nominated", "Otto", ["nia", "lea"])
    world.do(OTTO, calls.withdraw, world.of(call, "lea").id)
    assert (world.states(call)["ON"], world.invitation(call, "ON").answered_by) == ("observer", "Ona")


def test_where_nobody_answers_for_a_jurisdiction_the_secretariat_is_asked_to_confirm(world: World) -> None:
    call = world.opened(confirms=True, councils=("council",))
    made = world.offer(QUINN, call)
    assert made.unspoken
    assert world.told("sign_up_to_endorse") == [(made.subject, "sam")]
    assert world.do(SAM, calls.endorse, made.id, stands=True).endorsed
    assert not world.offer(NIA, call).unspoken


def test_a_representative_confirms_what_somebody_offered_where_the_call_wants_it(world: World) -> None:
    call = world.opened(confirms=True)
    made = world.offer(NIA, call)
    assert (made.to_endorse, made.endorsed, world.states(call)["ON"]) == (True, None, "silent")
    assert world.told("sign_up_to_endorse") == [(made.subject, "ona"), (made.subject, "otto")]
    world.offer(NIA, call, language="fr")
    assert len(world.told("sign_up_to_endorse")) == 2  # they are asked once
    assert [each.id for each in world.standing(call, OTTO).to_endorse] == [made.id]
    done = world.do(OTTO, calls.endorse, made.id, stands=True)
    assert (done.endorsed, world.states(call)["ON"], world.invitation(call, "ON").answered_by) == (True, "nominated", "Otto")
    assert [(whom, said) for kind, _, whom, said in world.announced() if kind == "sign_up_endorsed"] == [
        ("nia", {"by": "Otto", "stands": True})
    ]
    with pytest.raises(Conflict) as problem:
        world.do(ONA, calls.endorse, made.id, stands=False)
    assert problem.value.who == "Otto"
    assert world.offer(NIA, call, language="both").endorsed


def test_a_representative_replaces_whoever_offered_by_another(world: World) -> None:
    call = world.opened(confirms=True)
    made = world.offer(NIA, call)
    assert world.do(ONA, calls.endorse, made.id, stands=False).state == "withdrawn"
    assert world.states(call)["ON"] == "silent"
    other = world.offer(ONA, call, newcomer=NEW, jurisdiction="ON")
    assert (other.endorsed, world.states(call)["ON"]) == (True, "nominated")
    assert world.standing(call, ONA).to_endorse == ()


def test_what_a_representative_or_the_secretariat_says_needs_no_other_word(world: World) -> None:
    call = world.opened(confirms=True)
    assert world.offer(ONA, call).endorsed
    assert world.offer(ONA, call, person="nia").endorsed
    assert world.record(call, "lea").endorsed
    assert world.told("sign_up_to_endorse") == []


def test_nobody_answers_for_others_but_their_representatives_and_the_secretariat(world: World) -> None:
    call = world.opened(confirms=True)
    mine = world.offer(NIA, call)
    for by in (QUINN, UMA, LEA, NOBODY):
        with pytest.raises(Forbidden):
            world.offer(by, call, person="nia")
        with pytest.raises(Forbidden):
            world.offer(by, call, newcomer=NEW, jurisdiction="ON")
        with pytest.raises(Forbidden):
            world.do(by, calls.withdraw, mine.id)
        with pytest.raises(Forbidden):
            world.do(by, calls.endorse, mine.id, stands=True)
    with pytest.raises(Forbidden):
        world.do(NIA, calls.endorse, mine.id, stands=True)
    with pytest.raises(Forbidden):
        world.offer(NOBODY, call)
    with pytest.raises(Forbidden):  # only the secretariat says that it came otherwise
        world.offer(ONA, call, person="nia", said_by="Nia", way="phone")
    assert world.do(SAM, calls.withdraw, mine.id).state == "withdrawn"
    with pytest.raises(NotFound):
        world.do(SAM, calls.withdraw, 99)
    assert world.read(lambda session: len(session.scalars(select(SignUp)).all())) == 1


def test_a_representative_sees_their_own_and_never_who_else_answered(world: World) -> None:
    call = world.opened()
    world.offer(NIA, call)
    world.offer(QUINN, call)
    ona, nia = world.standing(call, ONA), world.standing(call, NIA)
    assert ([each.jurisdiction.id for each in ona.represents], [each.person.id for each in ona.ours], ona.mine) == (["ON"], ["nia"], None)
    assert (nia.represents, nia.ours, nia.mine and nia.mine.person.id, nia.secretariat) == ((), (), "nia", False)
    assert [each.id for each in ona.represents[0].volunteers] == ["nia"]


def test_whoever_confirmed_an_offer_gave_the_answer_and_hears_that_it_is_withdrawn(world: World) -> None:
    call = world.opened(confirms=True)
    made = world.offer(NIA, call)
    world.do(ONA, calls.endorse, made.id, stands=True)
    other = world.offer(OTTO, call, person="lea")
    world.do(OTTO, calls.withdraw, other.id)
    assert world.invitation(call, "ON").answered_by == "Ona"
    world.do(NIA, calls.withdraw, made.id)
    assert (made.subject, "ona") in world.told("sign_up_withdrawn")
    world.offer(NIA, call)
    world.do(NIA, calls.withdraw, made.id)
    assert world.told("sign_up_withdrawn").count((made.subject, "otto")) == 1, "who was asked; nothing is left of the word before"


def test_whom_one_government_puts_forward_no_other_takes_away(world: World) -> None:
    call = world.opened()
    world.do(SAM, calls.add_representative, call.id, "ON", "noor")
    world.offer(NOOR, call, jurisdiction="ON")
    with pytest.raises(Invalid) as problem:
        world.offer(QUINN, call, person="noor", jurisdiction="QC")
    assert fields(problem) == {"person"}
    assert (world.states(call)["ON"], world.states(call)["QC"]) == ("nominated", "silent")
