"""What the secretariat is told by phone, by e-mail, by letter or at a meeting, and records."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from cadre.calls import service as calls
from cadre.calls.summary import given_by
from cadre.core.errors import Forbidden, Invalid, NotFound
from cadre.core.reader import DEFAULT_ZONE, OPERATOR, Reader
from tests.calls.world import (
    LEA,
    NEW,
    NIA,
    ONA,
    OPEN_DAYS,
    SAM,
    World,
)
from tests.worlds import fields


def test_an_answer_told_in_time_and_written_down_late_is_in_time(world: World) -> None:
    call = world.opened(capped=True, seats=3)
    closing = call.closes_at.astimezone(ZoneInfo(DEFAULT_ZONE)).date() if call.closes_at else None
    world.later(days=OPEN_DAYS + 3)
    world.do(OPERATOR, calls.advance, call.id)
    assert world.record(call, "ona", said_on=closing).late is False
    assert world.seated(call) == ["ona"]
    assert world.record(call, "yuki").late
    assert not world.record(call, "yuki", said_on=closing).late, "what was written down wrongly can be put right"
    assert world.seated(call) == ["ona", "yuki"]


def test_nobody_answers_before_the_call_was_opened(world: World) -> None:
    call = world.opened()
    before = world.today() - timedelta(days=1)
    for do in (
        lambda: world.record(call, "nia", said_on=before),
        lambda: world.do(SAM, calls.decline, call.id, "ON", "No", way="phone", said_by="Ona", said_on=before),
    ):
        with pytest.raises(Invalid) as problem:
            do()
        assert fields(problem) == {"said_on"}


def test_the_secretariat_records_what_came_by_phone_and_that_person_gets_a_confirmation(world: World) -> None:
    call = world.opened()
    world.later(days=3)
    day = world.today() - timedelta(days=2)
    made = world.record(call, "nia", role="alternate", said_by="Ona, by phone from Thunder Bay", said_on=day)
    assert (made.recorded_by, made.said_by, made.way, made.said_on) == (SAM.label, "Ona, by phone from Thunder Bay", "phone", day)
    told = [(whom, said) for kind, _, whom, said in world.announced() if kind == "sign_up_recorded"]
    others = {"by": "Sam Okafor", "recorded": True, "from": "Ona, by phone from Thunder Bay", "way": "phone"}
    mine = {"by": "Sam Okafor", "said_by": "Ona, by phone from Thunder Bay", "recorded": True}
    assert told == [("nia", mine), ("ona", others), ("otto", others)], "those who answer for it, for nobody knows whose words these are"
    found = world.invitation(call, "ON")
    assert (found.recorded_by, found.said_by, found.way, found.said_on) == (SAM.label, "Ona, by phone from Thunder Bay", "phone", day)
    assert found.last_contact is not None
    assert found.last_contact.date() == day
    assert world.record(call, "nia", role="alternate", way="email").said_on == world.today()


def test_whoever_told_an_answer_of_somebody_else_gets_a_confirmation_too(world: World) -> None:
    call = world.opened()
    made = world.record(call, "nia", said_by=None, teller="ona")
    world.record(call, "lea", said_by="Nobody in particular")
    world.record(call, "quinn", said_by="Quinn")
    assert made.said_by == "Ona"
    assert world.told("sign_up_recorded") == [
        (made.subject, "nia"),
        (made.subject, "ona"),
        *((world.of(call, "lea").subject, whom) for whom in ("lea", "ona", "otto")),
        (world.of(call, "quinn").subject, "quinn"),
    ]


def test_a_withdrawal_that_came_by_phone_keeps_who_said_so_and_is_confirmed(world: World) -> None:
    call, day = world.opened(), world.today()
    world.later(days=1)
    made = world.offer(NIA, call)
    with pytest.raises(Invalid) as problem:
        world.do(SAM, calls.withdraw, made.id, way="phone", said_on=day + timedelta(days=9))
    assert fields(problem) == {"said_by", "said_on"}
    with pytest.raises(Forbidden):
        world.do(NIA, calls.withdraw, made.id, way="phone", said_by="Nia")
    done = world.do(SAM, calls.withdraw, made.id, said_by="Otto", way="phone", said_on=day)
    assert (done.state, done.said_by, done.way, done.said_on, done.recorded_by) == ("withdrawn", "Otto", "phone", day, SAM.label)
    assert world.told("sign_up_withdrawn") == [(made.subject, "otto"), (made.subject, "nia")]


def test_after_a_withdrawal_what_the_secretariat_recorded_says_so(world: World) -> None:
    call = world.opened()
    mine = world.offer(ONA, call)
    world.record(call, "nia", said_by="Otto", way="email")
    world.offer(LEA, call)
    world.do(ONA, calls.withdraw, mine.id)
    found = world.invitation(call, "ON")
    assert (found.said_by, found.way, found.recorded_by, found.said_on) == ("Otto", "email", SAM.label, world.today())


def test_the_secretariat_says_who_told_it_and_not_on_a_day_to_come(world: World) -> None:
    call = world.opened()
    for said, where in (
        ({"said_by": " "}, {"said_by"}),
        ({"said_on": world.today() + timedelta(days=1)}, {"said_on"}),
        ({"way": "owl"}, {"way"}),
    ):
        with pytest.raises(Invalid) as problem:
            world.record(call, "nia", **said)
        assert fields(problem) == where


def test_the_secretariat_records_for_a_newcomer_and_for_whoever_has_no_jurisdiction(world: World) -> None:
    call = world.opened()
    assert world.record(call, newcomer=NEW, jurisdiction="YT").jurisdiction == world.invitation(call, "YT").jurisdiction
    made = world.record(call, "noor", jurisdiction="QC")
    assert (made.jurisdiction, made.stated) == (world.invitation(call, "QC").jurisdiction, False)
    with pytest.raises(NotFound):
        world.record(call, "gone")


def test_who_said_by_phone_that_they_take_part_was_put_forward_by_nobody(world: World) -> None:
    call = world.opened()
    made = world.record(call, "nia", said_by=" nia ")
    for each in (made, world.record(call, "nia", said_by=None, teller="nia")):
        assert (each.nominated_by, each.recorded_by, each.endorsed) == (None, SAM.label, True)
    world.offer(NIA, call, language="fr")
    assert str(given_by(world.of(call, "nia"), Reader())).startswith("Offered by Nia, in Slack")
    world.do(SAM, calls.close_now, call.id)
    world.do(SAM, calls.settle, call.id, [made.id], accepted=False)
    assert world.told("sign_up_settled") == [(made.subject, "nia")]


def test_whom_somebody_put_forward_by_phone_was_put_forward_by_them_and_not_by_the_officer(world: World) -> None:
    call = world.opened()
    made = world.record(call, "nia", said_by="Ona, deputy minister")
    assert made.nominated_by == "Ona, deputy minister"
    world.record(call, "nia", said_by="Nia", role="alternate")
    assert world.of(call, "nia").nominated_by == "Ona, deputy minister", "who says more of it stays put forward"
