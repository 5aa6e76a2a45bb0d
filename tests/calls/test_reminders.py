"""Whom a call reminds, and when: silent jurisdictions only, each until it answers."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.calls import service as calls
from cadre.calls.facts import CallFacts
from cadre.calls.notices import INVITATIONS
from cadre.core.bilingual import Bilingual
from cadre.core.calendar import last_morning
from cadre.core.reader import DEFAULT_ZONE, OPERATOR
from cadre.notices import planner
from cadre.notices.models import Notice
from cadre.notices.recipients import recipients
from cadre.notices.rules import Around, Dated, Owed, owed
from tests.calls.world import NIA, ONA, OTTO, QUINN, SAM, World

ZONE: Final = ZoneInfo(DEFAULT_ZONE)


def dated(world: World, call: CallFacts, place: str) -> Dated:
    subject = world.invitation(call, place).subject
    found = world.read(INVITATIONS.some, [subject])[subject]
    listed = {each.subject: each for each in world.read(INVITATIONS.batch, "", 100)}
    assert listed.get(subject, found) == found
    return found


def reminders(world: World, call: CallFacts, place: str, day: date | None = None) -> list[Owed]:
    """What a jurisdiction is owed until the call closes, by the rungs of the registry."""
    around = Around(world.read(planner.steps), world.read(recipients))
    found = owed(dated(world, call, place), around, day or world.today(), 60)
    return sorted(found, key=lambda each: (each.on, each.rung, each.person))


def closing(days: int, hour: int = 17) -> datetime:
    day = datetime.now(ZONE).date() + timedelta(days=days)
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZONE)


def test_a_silent_jurisdiction_is_reminded_halfway_seven_and_two_days_before_and_on_the_last_morning(world: World) -> None:
    call = world.opened(closes_at=closing(40))
    found = [each for each in reminders(world, call, "QC") if each.person == "quinn"]
    due = world.today() + timedelta(days=40)
    assert {each.occurrence for each in found} == {due}
    assert [(each.rung, each.manner) for each in found] == [
        ("halfway", "digest"),
        ("before-7", "digest"),
        ("before-2", "alone"),
        ("due", "alone"),
    ]
    for each, days in zip(found, (20, 7, 2, 0), strict=True):
        assert timedelta(0) <= due - timedelta(days) - each.on <= timedelta(4)  # or on the working day before


def test_a_moment_that_was_just_told_with_more_time_is_not_told_again_by_a_reminder(world: World) -> None:
    call = world.opened(closes_at=closing(4))
    world.do(SAM, calls.extend, call.id, closing(7), "An election", "Des élections")
    found = [each for each in reminders(world, call, "QC") if each.person == "quinn"]
    assert [each.rung for each in found if each.on > world.today()] == [each.rung for each in found], "not today, beside the other word"
    assert "due" in [each.rung for each in found]


def test_all_who_answer_for_a_jurisdiction_are_reminded_and_nobody_else(world: World) -> None:
    call = world.opened(closes_at=closing(40))
    assert {each.person for each in reminders(world, call, "ON")} == {"ona", "otto"}
    assert dated(world, call, "YT").people == {"representative": ("yuki",)}
    world.do(SAM, calls.add_representative, call.id, "YT", "uma")
    assert dated(world, call, "YT").people == {"representative": ("uma", "yuki")}


def test_reminders_stop_with_the_answer_and_begin_again_when_it_is_withdrawn(world: World) -> None:
    call = world.opened(closes_at=closing(40))
    made = world.offer(ONA, call)
    world.do(QUINN, calls.decline, call.id, "QC", "No one to spare")
    for place in ("ON", "QC"):
        assert (dated(world, call, place).settled, reminders(world, call, place)) == ("answered", [])
    assert reminders(world, call, "YT")
    world.do(ONA, calls.withdraw, made.id)
    assert dated(world, call, "ON").settled is None


def test_an_offer_that_a_representative_has_yet_to_confirm_is_no_answer(world: World) -> None:
    call = world.opened(confirms=True)
    made = world.offer(NIA, call)
    assert dated(world, call, "ON").settled is None
    world.do(ONA, calls.endorse, made.id, stands=True)
    assert dated(world, call, "ON").settled == "answered"


def test_to_whom_the_answer_was_given_over_is_reminded_of_it_from_then_on(world: World) -> None:
    call = world.opened(closes_at=closing(40))
    world.do(ONA, calls.delegate, call.id, "ON", "nia")
    assert dated(world, call, "ON").people == {"representative": ("nia",)}
    assert {each.person for each in reminders(world, call, "ON")} == {"nia"}


def test_a_jurisdiction_without_representatives_is_a_matter_for_the_secretariat(world: World) -> None:
    call = world.opened(councils=("council",), closes_at=closing(40))
    around = Around(world.read(planner.steps), world.read(recipients), secretariat=("sam",))
    found = list(owed(dated(world, call, "QC"), around, world.today(), 60))
    assert {(each.person, each.manner) for each in found} == {("sam", "orphan")}


def test_nobody_is_reminded_once_a_call_is_closed_and_those_silent_are_again_when_there_is_more_time(world: World) -> None:
    call = world.opened(closes_at=closing(40))
    before = dated(world, call, "ON")
    world.do(SAM, calls.close_now, call.id)
    assert dated(world, call, "ON").settled == "closed"
    assert world.read(INVITATIONS.batch, "", 100) == []
    world.do(SAM, calls.extend, call.id, closing(50), "An election", "Des élections")
    after = dated(world, call, "ON")
    assert (before.due, after.due, after.settled) == (world.today() + timedelta(40), world.today() + timedelta(50), None)


@pytest.mark.parametrize("hour", [9, 17])
def test_the_last_morning_is_one_on_which_there_is_still_time(world: World, hour: int) -> None:
    call = world.opened(closes_at=closing(40, hour))
    assert dated(world, call, "ON").due == last_morning(closing(40, hour))


def test_the_planner_plans_them_by_itself_and_takes_back_those_of_whoever_answered(world: World) -> None:
    call = world.opened(closes_at=closing(10))
    assert planned(world) >= {("QC", "quinn"), ("YT", "yuki"), ("ON", "ona"), ("ON", "otto")}
    world.offer(ONA, call)
    assert {place for place, _ in planned(world)} == {"CA", "QC", "YT", "MISA"}


def planned(world: World) -> set[tuple[str, str]]:
    """For which jurisdictions reminders are planned, and to whom, once the planner has looked."""
    plan_now(world)
    subjects = {each.subject: each.jurisdiction.id for each in world.grid(world.read(calls.calls, SAM)[0]).invitations}

    def look(session: Session) -> set[tuple[str, str]]:
        rows = session.scalars(select(Notice).where(Notice.state == "planned", Notice.manner.in_(("digest", "alone"))))
        return {(subjects[row.subject], row.person) for row in rows}

    return world.read(look)


def plan_now(world: World) -> None:
    """A round of the planner: all of it the first time, then what was touched."""

    def round_(session: Session) -> None:
        lease = planner.take_lease(session, "planner")
        assert lease
        work, known = planner.what_to_plan(session), planner.around(session)
        if work.full:
            planner.plan_batch(session, lease, INVITATIONS, known, after="", size=100)
        else:
            planner.plan_touched(session, lease, INVITATIONS, known, work.touched.get("invitation", ()))
        planner.done(session, lease, work)

    world.do(OPERATOR, round_)


def test_an_invitation_is_named_by_its_call_and_its_jurisdiction(world: World) -> None:
    call = world.opened()
    subject = world.invitation(call, "ON").subject
    assert world.read(INVITATIONS.names, [subject]) == {subject: Bilingual("The name: ON", "Le texte : name\u00a0: ON (fr)")}


def test_batches_go_on_after_the_last(world: World) -> None:
    world.opened()
    first = world.read(INVITATIONS.batch, "", 3)
    rest = world.read(INVITATIONS.batch, first[-1].subject, 3)
    assert [each.subject for each in (*first, *rest)] == [f"invitation:{n}" for n in range(1, 6)]
    assert world.read(INVITATIONS.some, ["invitation:99", "invitation:x", "call:1"]).keys() <= {"invitation:1"}
    assert world.read(calls.due) == ()


def test_reminders_go_on_while_somebody_offered_for_whom_no_representative_spoke(world: World) -> None:
    call = world.opened(closes_at=closing(40))
    made = world.offer(NIA, call)
    assert {each.person for each in reminders(world, call, "ON")} == {"ona", "otto"}
    world.do(OTTO, calls.endorse, made.id, stands=True)
    assert reminders(world, call, "ON") == []
