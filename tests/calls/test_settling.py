"""After the closing: the report, who is accepted, the co-chairs, and the group that comes of it."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.calls import service as calls
from cadre.calls import wording
from cadre.calls.facts import CallFacts
from cadre.calls.summary import lines
from cadre.core.bilingual import Bilingual
from cadre.core.errors import Conflict, Forbidden, Invalid, NotFound
from cadre.core.models import Provenance
from cadre.core.reader import OPERATOR, Reader
from cadre.groups.models import Group
from cadre.people.models import Person, Role
from tests.calls.world import FERN, NIA, NOOR, ONA, QUINN, SAM, WES, YUKI, World
from tests.worlds import at_once, fields, give_role


def closed(world: World, **said: Any) -> CallFacts:
    """A call that was answered and is closed."""
    call = world.opened(**{"seats": 5, "seats_each": 1, **said})
    for by, role, language in (
        (FERN, "member", "both"),
        (NIA, "member", "en"),
        (QUINN, "alternate", "fr"),
        (WES, "member", "en"),
        (YUKI, "observer", "fr"),
    ):
        world.offer(by, call, role=role, language=language)
    return world.do(SAM, calls.close_now, call.id)


def ids(world: World, call: CallFacts, *persons: str) -> list[int]:
    return [each.id for each in world.grid(call).sign_ups if not persons or each.person.id in persons]


def test_the_report_says_who_what_is_missing_and_how_it_is_balanced(world: World) -> None:
    call = closed(world)
    found = world.report(call)
    assert sorted(each.person.id for each in found.grid.sign_ups) == ["fern", "nia", "quinn", "wes", "yuki"]
    assert found.missing == 2
    assert [place.id for place in found.short] == ["QC", "YT"]
    assert found.by_kind == {"federal": 1, "province": 1, "association": 1}
    assert found.by_language == {"both": 1, "en": 2}
    assert sum(found.by_kind.values()) == found.grid.call.totals.offered, "who offers for a seat; the others stand apart"
    assert found.besides == {"alternate": 1, "observer": 1}
    told = {str(line.label): line.text for line in lines(found, Reader())}
    assert (told["No answer yet"], told["Besides the seats"]) == ("MISA and ON", "Alternate: 1 · Observer: 1")


def test_a_call_whose_moment_is_past_is_closed_by_whoever_settles_it_before_the_worker_does(world: World) -> None:
    call = world.opened()
    made = world.offer(YUKI, call)
    world.later(days=21)
    world.do(SAM, calls.settle, call.id, [made.id], accepted=True)
    assert (world.call(call.id).state, world.told("call_closed")) == ("closed", [(call.subject, "sam")])


def test_who_is_late_or_unconfirmed_or_was_not_invited_fills_no_seat_and_is_named(world: World) -> None:
    call = world.opened(seats=4, confirms=True, jurisdictions=("CA", "ON", "YT"))
    for by in (FERN, NIA, QUINN):
        world.offer(by, call)
    world.do(SAM, calls.close_now, call.id)
    world.offer(YUKI, call)
    found = world.report(call)
    assert (found.missing, [each.person.id for each in found.doubtful]) == (3, ["nia", "quinn", "yuki"])
    told = {str(line.label): line.text for line in lines(found, Reader())}["In doubt"]
    assert "Nia (A representative has yet to confirm it)" in told
    assert "Yuki (Came after the closing" in told
    assert "Its jurisdiction was not invited)" in told
    assert (found.by_kind, found.by_language) == ({"federal": 1}, {"en": 1}), "only who is sure of a seat weighs in the balance"
    assert next(line.text for line in lines(found, Reader()) if line.label == "Balance").endswith(" · not counted, in doubt: 3")
    world.do(SAM, calls.settle, call.id, ids(world, call, "yuki"), accepted=True)
    assert world.report(call).missing == 2


def test_nobody_offers_too_few_where_there_is_no_seat_for_each(world: World) -> None:
    """Two seats in all among five: 1 for each is the most that one may fill."""
    call = closed(world, seats=2)
    assert world.report(call).short == ()
    told = {str(line.label): line for line in lines(world.report(call), Reader())}
    assert told["Asked of each"].text == "1 for each jurisdiction."
    assert not told["Asked of each"].wanting


def test_whoever_offers_too_few_is_named_where_there_is_a_seat_for_each(world: World) -> None:
    told = {str(line.label): line.text for line in lines(world.report(closed(world, seats=None)), Reader())}
    assert told["Asked of each"] == "1 for each jurisdiction. Fewer from: QC and YT."


def test_who_waits_or_was_declined_fills_no_gap(world: World) -> None:
    call = world.closed(seats=3)
    assert world.report(call).missing == 3
    made = world.record(call, "nia", said_on=world.today())
    assert world.report(call).missing == 2
    world.do(SAM, calls.settle, call.id, [made.id], accepted=False)
    assert (world.report(call).missing, world.report(call).by_kind) == (3, {})
    assert world.report(world.opened(priority=None)).missing is None


def test_whether_a_co_chair_is_a_council_member_is_said(world: World) -> None:
    call = closed(world)
    assert not world.report(call).council_chair
    world.do(OPERATOR, lambda session: give_role(session, "lea", "member", group="second", confirmed=False))
    assert not world.report(call).council_chair  # nobody confirmed it
    world.do(SAM, calls.confirm_chairs, call.id, ["leo", "ona"])
    found = world.report(call)
    assert [(chair.id, member) for chair, member in found.chairs] == [("leo", False), ("ona", True)]
    assert found.council_chair


def test_nominees_are_accepted_in_bulk_or_singly_with_a_word_and_hear_of_it(world: World) -> None:
    call = closed(world)
    done = world.do(SAM, calls.settle, call.id, ids(world, call, "fern", "nia"), accepted=True, message=" Glad to have you ")
    assert [(each.person.id, each.state, each.message) for each in done] == [
        ("fern", "accepted", "Glad to have you"),
        ("nia", "accepted", "Glad to have you"),
    ]
    world.do(SAM, calls.settle, call.id, ids(world, call, "wes"), accepted=False)
    assert world.of(call, "wes").state == "declined"
    told = [(whom, said["by"], said["accepted"]) for kind, _, whom, said in world.announced() if kind == "sign_up_settled"]
    assert told == [("fern", "Sam Okafor", True), ("nia", "Sam Okafor", True), ("wes", "Sam Okafor", False)]


def test_whoever_put_somebody_forward_hears_what_became_of_them(world: World) -> None:
    call = world.opened()
    made = world.offer(ONA, call, person="nia")
    told = world.record(call, "wes", said_by=None, teller="misha")
    world.do(SAM, calls.close_now, call.id)
    world.do(SAM, calls.settle, call.id, [made.id, told.id], accepted=False)
    assert world.told("sign_up_settled") == [(made.subject, "nia"), (made.subject, "ona"), (told.subject, "wes"), (told.subject, "misha")]


def test_the_same_again_tells_nobody_and_another_word_does(world: World) -> None:
    call = closed(world)
    nia = ids(world, call, "nia")
    at_once(*[lambda: world.do(SAM, calls.settle, call.id, nia, accepted=True)] * 3)
    assert len(world.told("sign_up_settled")) == 1
    world.do(SAM, calls.settle, call.id, nia, accepted=False, message="Next time")
    assert (world.of(call, "nia").state, len(world.told("sign_up_settled"))) == ("declined", 2)


def test_a_settled_answer_is_changed_by_the_secretariat_alone(world: World) -> None:
    call = closed(world)
    made = world.do(SAM, calls.settle, call.id, ids(world, call, "nia"), accepted=True)[0]
    with pytest.raises(Conflict) as problem:
        world.offer(NIA, call, role="observer")
    assert problem.value.who == SAM.label
    world.do(SAM, calls.settle, call.id, [made.id], accepted=False)
    with pytest.raises(Conflict):
        world.do(NIA, calls.withdraw, made.id)


def test_somebody_is_chosen_and_none_who_withdrew_or_belongs_to_another_call(world: World) -> None:
    call = closed(world)
    with pytest.raises(Invalid) as problem:
        world.do(SAM, calls.settle, call.id, [], accepted=True, message="x" * 3001)
    assert fields(problem) == {"message"}
    with pytest.raises(Invalid) as problem:
        world.do(SAM, calls.settle, call.id, [], accepted=True)
    assert fields(problem) == {"people"}
    nia = ids(world, call, "nia")
    world.do(NIA, calls.withdraw, nia[0])
    with pytest.raises(Invalid) as problem:
        world.do(SAM, calls.settle, call.id, nia, accepted=True)
    assert problem.value.fields["people"].for_(Reader()) == "Withdrawn meanwhile: Nia. Choose again."
    with pytest.raises(NotFound):
        world.do(SAM, calls.settle, call.id, [999], accepted=True)


def test_co_chairs_are_confirmed_and_others_named(world: World) -> None:
    call = closed(world)
    for persons, problem in (([], Invalid), (["gone"], NotFound)):
        with pytest.raises(problem):
            world.do(SAM, calls.confirm_chairs, call.id, persons)
    done = world.do(SAM, calls.confirm_chairs, call.id, ["ona", "lea"])
    assert [chair.id for chair in done.chairs] == ["lea", "leo", "ona"]
    said = {str(heading): str(text) for heading, text in wording.paragraphs(done, Reader())}
    assert (said["Co-chairs"], "Proposed co-chairs" in said) == ("Lea and Ona", False), "who was dropped is not proposed any more"


def test_a_call_is_concluded_only_when_everybody_is_answered_and_the_co_chairs_are_confirmed(world: World) -> None:
    call = closed(world)
    with pytest.raises(Invalid) as problem:
        world.do(SAM, calls.conclude, call.id)
    assert fields(problem) == {"people", "chairs"}
    assert problem.value.fields["people"].values == {"n": 5}
    assert world.call(call.id).state == "closed"


def concluded(world: World, channel: str | None = None, **said: Any) -> CallFacts:
    call = closed(world, **said)
    world.do(SAM, calls.settle, call.id, ids(world, call, "fern", "nia", "quinn", "yuki"), accepted=True)
    world.do(SAM, calls.settle, call.id, ids(world, call, "wes"), accepted=False)
    world.do(SAM, calls.confirm_chairs, call.id, ["lea", "ona"])
    return world.do(SAM, calls.conclude, call.id, channel)


def roles(session: Session, group: str) -> dict[tuple[str, str], Role]:
    return {(role.person, role.role): role for role in session.scalars(select(Role).where(Role.group == group))}


def test_those_accepted_become_dated_members_confirmed_for_their_jurisdiction_and_on_behalf_of_their_council(world: World) -> None:
    call = concluded(world)

    def look(session: Session) -> None:
        found = roles(session, str(call.group))
        assert set(found) == {
            ("fern", "member"),
            ("nia", "member"),
            ("quinn", "alternate"),
            ("yuki", "observer"),
            ("lea", "co_chair"),
            ("leo", "co_chair"),
            ("ona", "co_chair"),
        }
        held = {
            person: (role.jurisdiction, role.on_behalf_of, role.since.text if role.since else None) for (person, _), role in found.items()
        }
        today = world.today().isoformat()
        assert held["fern"] == ("CA", "council", today)
        assert held["quinn"] == ("QC", "second", today)
        assert held["nia"] == ("ON", None, today)
        assert held["lea"] == ("ON", None, today)
        standing = {
            row.subject_id: (row.standing, row.confirmed_by)
            for row in session.scalars(select(Provenance).where(Provenance.subject == "role"))
        }
        for (person, _), role in found.items():
            assert standing[role.id] == (("stated", None) if person == "leo" else ("confirmed", SAM.label))
        leo = found["leo", "co_chair"]
        assert (leo.since, leo.until.text if leo.until else None) == (None, today)

    world.read(look)


def test_only_who_is_of_the_council_that_invited_is_there_on_its_behalf(world: World) -> None:
    found = world.read(roles, str(concluded(world, councils=("council",)).group))
    of = {person: role.on_behalf_of for (person, _), role in found.items()}
    assert of == {"fern": "council", "ona": "council", "yuki": "council", "nia": None, "quinn": None, "lea": None, "leo": None}


def test_a_government_whose_nominees_are_declined_has_answered_and_is_never_silent_again(world: World) -> None:
    call = world.opened(capped=True, seats=1)
    for by in (ONA, YUKI):
        world.offer(by, call)
    world.do(SAM, calls.close_now, call.id)
    world.do(SAM, calls.settle, call.id, ids(world, call, "yuki"), accepted=False)  # who waited
    world.do(SAM, calls.settle, call.id, ids(world, call, "ona"), accepted=True)
    world.do(SAM, calls.confirm_chairs, call.id, ["lea"])
    world.do(SAM, calls.conclude, call.id)
    found = world.invitation(call, "YT")
    assert (found.state, found.answered_by, [each.name for each in found.nominees]) == ("not_taken_up", "Yuki", ["Yuki"])
    assert world.call(call.id).totals.answered == 2
    assert world.states(call)["QC"] == "silent"


def test_a_government_that_is_not_taken_up_is_again_once_the_secretariat_thinks_otherwise(world: World) -> None:
    call = world.opened()
    made = world.offer(ONA, call)
    world.do(SAM, calls.close_now, call.id)
    for accepted, state in ((False, "not_taken_up"), (True, "nominated")):
        world.do(SAM, calls.settle, call.id, [made.id], accepted=accepted)
        assert (world.states(call)["ON"], world.invitation(call, "ON").answered_by) == (state, "Ona")


def test_the_group_becomes_active_its_channel_is_kept_and_everybody_is_welcomed(world: World) -> None:
    call = concluded(world, channel="C0CANOES")

    def look(session: Session) -> tuple[str | None, str | None]:
        group = session.get_one(Group, call.group)
        return group.state, group.channel

    assert (call.state, world.read(look)) == ("concluded", ("active", "C0CANOES"))
    assert world.told("call_welcome") == [(call.subject, whom) for whom in ("fern", "nia", "quinn", "yuki", "lea", "ona")]


def test_a_call_is_concluded_once(world: World) -> None:
    call = closed(world)
    world.do(SAM, calls.settle, call.id, ids(world, call), accepted=True)
    world.do(SAM, calls.confirm_chairs, call.id, ["lea"])
    done = at_once(*[lambda: world.do(SAM, calls.conclude, call.id)] * 3)
    assert sorted(type(each).__name__ for each in done) == ["CallFacts", "Invalid", "Invalid"]
    assert len(world.told("call_welcome")) == 6


def test_who_has_the_role_in_the_group_already_keeps_it(world: World) -> None:
    world.do(OPERATOR, lambda session: give_role(session, "nia", "member", group="bees", confirmed=False))
    world.do(OPERATOR, lambda session: give_role(session, "fern", "member", group="bees", until="2020"))
    call = concluded(world, group="bees", priority=None)

    def look(session: Session) -> list[tuple[str, str | None]]:
        rows = session.scalars(select(Role).where(Role.group == call.group, Role.role == "member").order_by(Role.id))
        return [(row.id, row.until.text if row.until else None) for row in rows]

    assert world.read(look) == [("bees.fern.member", "2020"), ("bees.fern.member-2", None), ("bees.nia.member", None)]


def test_two_groups_with_long_names_and_the_same_people_mix_nothing_up(world: World) -> None:
    name = "A very long name of a working group that says all that it is about, and goes on"
    first = concluded(world, priority=None, name_en=name, name_fr=name)
    second = concluded(world, priority=None, name_en=name, name_fr=name)
    assert first.group != second.group
    for call in (first, second):
        assert len(world.read(roles, str(call.group))) == 7


def test_somebody_whose_jurisdiction_was_their_own_word_is_a_member_for_it(world: World) -> None:
    call = world.opened()
    made = world.offer(NOOR, call, jurisdiction="QC")
    world.do(SAM, calls.close_now, call.id)
    assert made.stated
    with pytest.raises(Invalid) as problem:
        world.do(SAM, calls.settle, call.id, [made.id], accepted=True)
    assert problem.value.fields.keys() == {"people"}
    assert world.told("sign_up_stated") == [(made.subject, "sam")]
    with pytest.raises(Forbidden):
        world.do(QUINN, calls.confirm_jurisdiction, made.id)
    assert not world.do(SAM, calls.confirm_jurisdiction, made.id).stated
    assert world.read(lambda session: session.get_one(Person, "noor").jurisdiction) == "QC"
    with pytest.raises(Conflict):
        world.do(SAM, calls.confirm_jurisdiction, made.id)
    world.do(SAM, calls.settle, call.id, [made.id], accepted=True)
    world.do(SAM, calls.confirm_chairs, call.id, ["lea"])
    done = world.do(SAM, calls.conclude, call.id)
    assert world.read(roles, str(done.group))["noor", "member"].jurisdiction == "QC"
    assert world.standing(done, ONA).call.state == "concluded"


def test_whoever_lent_their_name_and_co_chairs_nothing_is_told_of_the_end(world: World) -> None:
    call = world.closed()
    world.do(SAM, calls.confirm_chairs, call.id, ["lea"])
    world.do(SAM, calls.conclude, call.id)
    assert [whom for _, whom in world.told("call_welcome")] == ["lea"]
    assert [whom for _, whom in world.told("call_concluded")] == ["leo"]


def test_who_was_accepted_may_leave_until_the_conclusion_and_the_secretariat_is_told(world: World) -> None:
    call = world.opened()
    mine, theirs = world.offer(YUKI, call), world.offer(ONA, call, person="nia")
    world.do(SAM, calls.close_now, call.id)
    world.do(SAM, calls.settle, call.id, [mine.id, theirs.id], accepted=True)
    world.do(YUKI, calls.withdraw, mine.id)
    world.do(SAM, calls.withdraw, theirs.id, said_by="Nia", way="phone")
    found = [world.of(call, each) for each in ("yuki", "nia")]
    assert [(each.state, each.settled_by, each.message) for each in found] == [("withdrawn", None, None)] * 2
    assert [world.states(call)[each] for each in ("YT", "ON")] == ["withdrawn"] * 2, "neither silent nor not taken up"
    assert set(world.told("sign_up_withdrawn")) == {(mine.subject, "sam"), (theirs.subject, "nia"), (theirs.subject, "ona")}
    world.do(SAM, calls.confirm_chairs, call.id, ["lea"])
    world.do(SAM, calls.conclude, call.id)
    assert {whom for _subject, whom in world.told("call_welcome")} == {"lea"}
    with pytest.raises(Invalid):
        world.do(YUKI, calls.withdraw, mine.id)


def test_a_co_chair_who_was_added_and_dropped_again_lent_the_call_nothing(world: World) -> None:
    call = world.closed()
    world.do(SAM, calls.confirm_chairs, call.id, ["lea", "ona"])
    world.do(SAM, calls.confirm_chairs, call.id, ["lea"])
    done = world.do(SAM, calls.conclude, call.id)
    assert [chair.id for chair in done.chairs] == ["lea", "leo"]
    assert world.told("call_concluded") == [(call.subject, "leo")]


def test_whoever_was_accepted_does_not_only_offer_any_more(world: World) -> None:
    call = world.opened()
    made = world.offer(NIA, call)
    assert wording.volunteers(world.invitation(call, "ON"), Reader()) == "Nia offered to take part."
    world.do(SAM, calls.close_now, call.id)
    world.do(SAM, calls.settle, call.id, [made.id], accepted=True)
    assert wording.volunteers(world.invitation(call, "ON"), Reader()) == "Nia offered, and is accepted."


def test_a_word_to_those_who_are_declined_is_kept_in_both_languages(world: World) -> None:
    call = closed(world)
    (done,) = world.do(
        SAM, calls.settle, call.id, ids(world, call, "nia"), accepted=False, message="Another time", message_fr="Ce sera partie remise"
    )
    assert done.word == Bilingual("Another time", "Ce sera partie remise")
