"""Planning and delivering in the registry: what is owed is planned once, moved with its due day, and sent once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core import clock
from cadre.core.errors import Forbidden, Invalid, Message, NotFound
from cadre.core.reader import OPERATOR, Actor
from cadre.notices import deliveries, failures, planner, redraws, service, steering
from cadre.notices.facts import Job
from cadre.notices.models import Delivery, Notice, Planning, Rung
from cadre.notices.planner import LostLease
from cadre.notices.rules import Kind
from cadre.notices.steering import RungForm
from cadre.people.models import Identity
from tests.notices.world import JORDAN, LEASE, ROBIN, World, both


def test_a_lead_is_told_in_time_and_at_most_once_a_day(world: World) -> None:
    got = world.go("2027-02-10", "2027-03-12")
    assert got == [
        (date(2027, 2, 16), "robin", ("before-14",)),  # the week's digest had gone; the next is on Tuesday, after Family Day
        (date(2027, 2, 22), "robin", ("before-7", "before-1")),
        (date(2027, 3, 1), "robin", ("due",)),
        (date(2027, 3, 8), "morgan", ("late-7",)),
        (date(2027, 3, 8), "robin", ("late-7",)),
    ]
    assert max(Counter((day, person) for day, person, _ in got).values()) == 1


def test_planned_again_and_again_it_is_planned_once(world: World) -> None:
    world.plan()
    before = world.notices()
    for _ in range(3):
        world.touch()
        world.plan()
    assert world.notices() == before


def test_a_due_day_that_moves_forward_back_and_forward_again(world: World) -> None:
    """Each rung of the new date comes once, none of the old."""
    got = world.go("2027-02-10", "2027-02-16")
    for due in (date(2027, 3, 17), date(2027, 3, 1), date(2027, 3, 17)):
        world.due["workplan:a"] = due
        world.touch()
        world.plan()
    planned = {key for key, (state, _) in world.notices().items() if state in ("planned", "queued")}
    assert planned
    assert all("2027-03-17" in key for key in planned)
    later = world.go("2027-02-17", "2027-03-17")
    rungs = Counter(rung for _, person, told in later for rung in told if person == "robin")
    assert set(rungs.values()) == {1}
    assert {"before-14", "before-7", "before-1", "due"} <= set(rungs)
    assert got
    assert {reason for _, reason in world.notices().values() if reason} == {"superseded", "overtaken"}


def test_back_to_the_first_date_what_was_sent_is_not_sent_again(world: World) -> None:
    first = world.go("2027-02-10", "2027-02-16")
    world.due["workplan:a"] = date(2027, 4, 1)
    world.touch()
    world.plan()
    world.due["workplan:a"] = date(2027, 3, 1)
    world.touch()
    again = world.go("2027-02-17", "2027-03-01")
    rungs = Counter(rung for _, _, told in [*first, *again] for rung in told)
    assert set(rungs.values()) == {1}


def test_what_is_handed_in_before_it_is_sent_is_skipped_with_its_reason(world: World) -> None:
    world.plan()
    world.at("2027-02-16", "14:05")
    world.plan()
    world.settled["workplan:a"] = "submitted"
    assert not world.send()
    assert ("skipped", "submitted") in world.notices().values()


def test_what_a_pause_held_back_to_its_end_says_so(world: World) -> None:
    world.at("2027-02-17")
    world.plan()
    assert world.notices()["workplan:a:2027-03-01:before-7:robin"] == ("planned", None)
    world.database.write(JORDAN, service.pause, None, date(2027, 2, 19), date(2027, 2, 28), ("Storm", "Tempête"))
    world.at("2027-03-01")
    world.plan()
    assert world.notices()["workplan:a:2027-03-01:before-7:robin"] == ("skipped", "held_back")


def test_what_is_skipped_says_whether_the_rung_was_taken_away_a_pause_holds_it_back_or_the_due_day_moved(world: World) -> None:
    world.plan()
    known = world.database.read(steering.rungs)
    (fortnight,) = [each.id for each in known if (each.kind, each.days) == ("workplan", -14)]
    world.database.write(JORDAN, steering.remove_rung, fortnight)
    world.plan()
    assert world.notices()["workplan:a:2027-03-01:before-14:robin"] == ("skipped", "taken_off")
    world.at("2027-02-17")
    world.plan()
    assert world.notices()["workplan:a:2027-03-01:before-1:robin"] == ("planned", None)
    world.database.write(JORDAN, service.pause, None, date(2027, 2, 22), date(2027, 2, 28), ("Storm", "Tempête"))
    world.plan()
    assert world.notices()["workplan:a:2027-03-01:before-1:robin"] == ("skipped", "held_back")
    world.due["workplan:a"] = date(2027, 3, 2)
    world.touch()
    world.plan()
    assert world.notices()["workplan:a:2027-03-01:due:robin"] == ("skipped", "superseded")


def test_what_is_taken_off_the_ladder_is_planned_again_once_it_is_put_back(world: World) -> None:
    world.plan()
    (rung,) = [each for each in world.database.read(steering.rungs) if (each.kind, each.days) == ("workplan", -14)]
    filled: dict[str, Any] = {"kind": "workplan", "days": -14, "every": None, "manner": "digest"}
    world.database.write(JORDAN, steering.set_rung, RungForm(rung.id, **filled, recipients=("co_chair",)))
    world.plan()
    assert world.notices()["workplan:a:2027-03-01:before-14:robin"] == ("skipped", "taken_off")
    world.database.write(JORDAN, steering.set_rung, RungForm(rung.id, **filled, recipients=("lead",)))
    world.plan()
    assert world.notices()["workplan:a:2027-03-01:before-14:robin"] == ("planned", None)


def test_who_leaves_between_planning_and_sending_is_not_told(world: World) -> None:
    world.plan()
    world.at("2027-02-16", "14:05")
    world.plan()
    world.leads = ("jordan",)
    assert [each.recipient.person for each in world.send()] == []
    assert ("skipped", "left") in world.notices().values()


def test_an_outage_is_caught_up_with_without_a_flood(world: World) -> None:
    world.plan()
    world.at("2027-03-09", "15:00")
    world.plan()
    got = {each.recipient.person: [item.rung for item in each.items] for each in world.send()}
    assert got == {"morgan": ["late-7"], "robin": ["late-7"]}
    assert {reason for _, reason in world.notices().values() if reason} <= {"overtaken", "superseded"}


def test_snoozed_it_comes_on_the_day_that_was_chosen(world: World) -> None:
    world.go("2027-02-10", "2027-02-16")
    sent = next(row for row in world.database.read(lambda s: s.scalars(select(Notice)).all()) if row.state == "sent")
    kept = world.database.write(ROBIN, service.snooze, sent.id, date(2027, 2, 24), {"workplan": world.kind})
    assert kept == service.Snoozed(date(2027, 2, 24), due=None, name=both("The plan a"))
    got = world.go("2027-02-17", "2027-03-01")
    assert got[0] == (date(2027, 2, 24), "robin", ("before-1", "snoozed-2027-02-24")), "and what the rest of the week would bring"
    assert not any("before-7" in rungs for _, _, rungs in got)
    assert (date(2027, 3, 1), "robin", ("due",)) in got
    with pytest.raises(NotFound):
        world.database.write(Actor("Morgan", "morgan"), service.snooze, sent.id, date(2027, 3, 24), {})
    with pytest.raises(Invalid):
        world.database.write(ROBIN, service.snooze, sent.id, date(2027, 2, 1), {})


def test_what_an_officer_put_off_for_themselves_keeps_no_draft_from_the_secretariat(world: World) -> None:
    world.leads = ("robin", "jordan")
    world.go("2027-03-01", "2027-03-16")
    told = world.database.read(lambda s: s.scalars(select(Notice).where(Notice.person == "jordan", Notice.rung == "late-14")).one())
    world.database.write(JORDAN, service.snooze, told.id, date(2027, 4, 20), {})
    got = world.go("2027-03-17", "2027-03-30")
    assert [rungs for _, person, rungs in got if person == "jordan"] == [("draft-21",)]


def test_what_is_added_to_a_message_that_may_have_arrived_is_drawn_into_it(world: World) -> None:
    world.plan()
    world.at("2027-02-16", "14:05")
    world.plan()
    (timed_out,) = world.database.write(OPERATOR, deliveries.claim, "one", 5, LEASE)
    world.database.write(OPERATOR, _may_have_arrived, timed_out)
    world.due["workplan:b"] = date(2027, 2, 23)
    world.touch("workplan:b")
    world.at("2027-02-16", "14:06")
    world.plan()
    (again,) = world.database.write(OPERATOR, deliveries.claim, "one", 5, LEASE)
    (shown,) = world.database.read(deliveries.prepare, [again], {"workplan": world.kind})
    assert again.doubtful
    assert {item.subject for item in shown.items} == {"workplan:a", "workplan:b"}
    assert again.version > timed_out.version, "where it is found, it is not left as it is"


def _may_have_arrived(session: Session, job: Job) -> None:
    deliveries.try_again(session, job, "timeout", doubtful=True)


def test_who_left_one_of_two_things_sees_what_became_of_the_other(world: World) -> None:
    world.due["workplan:b"] = date(2027, 3, 1)
    assert world.go("2027-02-16", "2027-02-16")
    world.led["workplan:a"], world.settled["workplan:b"] = ("jordan",), "submitted"
    for subject in ("workplan:a", "workplan:b"):
        world.touch(subject)
    world.database.write(OPERATOR, redraws.draw_anew)
    jobs = world.database.write(OPERATOR, deliveries.claim, "one", 5, LEASE)
    (drawn,) = [each for each in world.database.read(deliveries.prepare, jobs, {"workplan": world.kind}) if each.job.redraw]
    assert {item.subject: item.left and item.left.en for item in drawn.items} == {"workplan:a": "The plan a", "workplan:b": None}


def test_what_somebody_was_told_in_a_role_that_they_left_stays_as_it_was(world: World) -> None:
    assert world.go("2027-02-16", "2027-02-16")
    world.led["workplan:a"], world.due["workplan:a"] = ("jordan",), date(2027, 3, 2)
    world.touch()
    world.database.write(OPERATOR, redraws.draw_anew)
    jobs = world.database.write(OPERATOR, deliveries.claim, "one", 5, LEASE)
    (drawn,) = [each for each in world.database.read(deliveries.prepare, jobs, {"workplan": world.kind}) if each.job.redraw]
    assert not drawn.items


def test_whoever_wants_each_at_once_gets_it_in_a_message_of_its_own_as_it_falls_due(world: World) -> None:
    world.due["workplan:a"] = world.due["workplan:b"] = date(2027, 2, 25)
    world.database.write(ROBIN, service.choose, rhythm="at_once", opens=540, closes=990, off=(), way="slack")
    world.go("2027-02-10", "2027-02-17")
    assert world.go("2027-02-18", "2027-02-18") == [(date(2027, 2, 18), "robin", ("before-7",))] * 2
    world.due["workplan:c"] = date(2027, 2, 19)
    world.touch("workplan:c")
    assert world.go("2027-02-18", "2027-02-18") == [(date(2027, 2, 18), "robin", ("before-1",))], "and what comes later that day, then"
    world.at("2027-02-19", "23:00")
    world.plan()
    assert not world.send(), "within their hours"


def test_whoever_wanted_each_at_once_and_now_one_a_day_is_told_nothing_twice(world: World) -> None:
    world.due["workplan:b"] = date(2027, 3, 1)
    world.database.write(ROBIN, service.choose, rhythm="at_once", opens=540, closes=990, off=(), way="slack")
    world.at("2027-02-12", "14:05")
    world.plan()
    world.database.write(ROBIN, service.choose, rhythm="daily", opens=540, closes=990, off=(), way="slack")
    world.due["workplan:c"] = date(2027, 2, 19)
    world.touch("workplan:c")
    world.plan()
    told = Counter(subject for each in world.send() for subject in {item.subject for item in each.items})
    assert told == {"workplan:a": 1, "workplan:b": 1, "workplan:c": 1}


def test_two_kinds_that_tell_of_the_same_thing_have_each_their_own(world: World) -> None:
    """As of a meeting in person: that it is announced, and that it comes."""
    other = Kind("ahead", Message("ahead"), *(_as("ahead", fn) for fn in (world.kind.batch, world.kind.some)))
    world.database.write(OPERATOR, lambda s: s.add(Rung(kind="ahead", days=-14, recipients="lead", manner="digest")))
    world.plan(world.kind, other)
    world.at("2027-02-16", "14:05")
    world.plan(world.kind, other)
    world.settled["workplan:a"] = "submitted"
    (job,) = world.database.write(OPERATOR, deliveries.claim, "one", 5, LEASE)
    open_still = replace(
        other, some=_as("ahead", lambda s, subjects: {each: replace(world._dated(each), settled=None) for each in subjects})
    )
    (prepared,) = world.database.read(deliveries.prepare, [job], {"workplan": world.kind, "ahead": open_still})
    assert [item.kind for item in prepared.items] == ["ahead"]
    assert list(prepared.skipped.values()) == ["submitted"]


def _as(kind: str, fn: Any) -> Any:
    """The same things, as another kind has them."""

    def found(*given: Any) -> Any:
        there = fn(*given)
        if isinstance(there, Mapping):
            return {subject: replace(each, kind=kind) for subject, each in there.items()}
        return [replace(each, kind=kind) for each in there]

    return found


@pytest.mark.parametrize("manner", ["alone", "digest"])
def test_two_reminders_of_a_ladder_do_not_come_on_the_same_day(world: World, manner: str) -> None:
    with pytest.raises(Invalid) as problem:
        world.database.write(JORDAN, steering.set_rung, RungForm(None, "workplan", 7, None, ("lead",), manner))
    assert set(problem.value.fields) == {"days"}
    world.database.write(JORDAN, steering.set_rung, RungForm(None, "workplan", 7, None, ("lead",), "draft"))


def test_announcements_are_not_capped_but_wait_for_working_hours(world: World) -> None:
    world.at("2027-02-11", "03:00")
    for number in range(3):
        world.database.write(OPERATOR, service.announce, "word", f"subject:{number}", ["robin"], {"en": f"x{number}"})
    world.plan()
    assert not [each for each in world.send() if each.items[0].kind == "word"]
    world.at("2027-02-11", "14:01")
    world.plan()
    assert len([each for each in world.send() if each.items[0].kind == "word"]) == 3


def test_a_pause_of_the_jurisdiction_holds_reminders_back_and_no_announcement(world: World) -> None:
    secretariat = Actor("Jordan", "jordan", "jordan@example.org")
    days = date(2027, 2, 10), date(2027, 2, 26)
    with pytest.raises(Forbidden):
        world.database.write(ROBIN, service.pause, "ON", *days, ("Election", "Élection"))
    world.database.write(secretariat, service.pause, "ON", *days, ("Election", "Élection"))
    assert not world.go("2027-02-10", "2027-02-28")
    assert [rungs for _, person, rungs in world.go("2027-03-01", "2027-03-01") if person == "robin"]


def test_set_back_the_clock_sends_nothing_twice(world: World) -> None:
    first = world.go("2027-02-10", "2027-02-22")
    again = world.go("2027-02-12", "2027-02-22")
    assert first
    assert not again


def test_nobody_sends_what_another_has_claimed_until_its_lease_is_over(world: World) -> None:
    world.plan()
    world.at("2027-02-16", "14:05")
    world.plan()
    taken = world.database.write(OPERATOR, deliveries.claim, "one", 5, LEASE)
    assert len(taken) == 1
    assert not world.database.write(OPERATOR, deliveries.claim, "two", 5, LEASE)
    world.database.write(OPERATOR, expire)
    again = world.database.write(OPERATOR, deliveries.claim, "two", 5, LEASE)
    assert again[0].doubtful, "the first may have sent it before it was cut off"
    (late,) = world.database.read(deliveries.prepare, taken, {"workplan": world.kind})
    assert not world.settle(late), "who lost the lease settles nothing"


def expire(session: Session) -> None:
    for row in session.scalars(select(Delivery)):
        row.leased_until = clock.real() - timedelta(seconds=1)


def test_what_fails_for_good_is_told_to_the_secretariat_with_its_reason_and_can_be_tried_again(world: World) -> None:
    world.plan()
    world.at("2027-02-16", "14:05")
    world.plan()
    (job,) = world.database.write(OPERATOR, deliveries.claim, "one", 5, LEASE)
    world.database.write(OPERATOR, deliveries.fail, job, "user_not_found")
    told = [key for key in world.notices() if key.startswith("delivery:")]
    assert [key.rpartition(":")[2] for key in told] == ["jordan"]
    assert world.database.read(service.counts).failed == 1
    world.database.write(OPERATOR, failures.retry, job.id)
    assert [each.job.id for each in world.send()] == [job.id]


def test_an_attempt_that_failed_comes_again_later_and_not_for_ever(world: World) -> None:
    world.plan()
    world.at("2027-02-16", "14:05")
    world.plan()
    moment = datetime(2027, 2, 16, 14, 5, tzinfo=UTC)
    attempts = 0
    job: Job | None = None
    for minutes in range(0, 14 * 60, 5):
        later = moment + timedelta(minutes=minutes)
        world.at(later.date().isoformat(), f"{later:%H:%M}")
        for claimed in world.database.write(OPERATOR, deliveries.claim, "one", 5, LEASE):
            attempts += 1
            job = claimed
            world.database.write(OPERATOR, _again, claimed)
    assert job
    assert attempts == len(deliveries.AGAIN) + 1
    assert world.database.read(lambda s: s.scalars(select(Delivery.state).where(Delivery.id == job.id)).one()) == "failed"


def _again(session: Session, job: Job) -> None:
    deliveries.try_again(session, job, "internal_error", doubtful=False)


def test_one_plans_at_a_time_and_who_lost_the_lease_commits_nothing(world: World) -> None:
    first = world.database.write(OPERATOR, planner.take_lease, "one")
    assert first
    assert world.database.write(OPERATOR, planner.take_lease, "two") is None
    world.database.write(OPERATOR, _lapse)
    second = world.database.write(OPERATOR, planner.take_lease, "two")
    assert second
    with pytest.raises(LostLease):
        world.database.write(OPERATOR, planner.plan_touched, first, world.kind, world.database.read(planner.around), ["workplan:a"])
    assert not world.notices()


def _lapse(session: Session) -> None:
    session.scalars(select(Planning)).one().until = clock.real() - timedelta(seconds=1)


def test_whom_nothing_reaches_is_told_to_the_secretariat_once_a_week(world: World) -> None:
    world.database.write(OPERATOR, _leaves_slack)
    world.go("2027-02-10", "2027-02-16")
    assert len([key for key in world.notices() if key.startswith("person:robin") and key.endswith("jordan")]) == 1
    assert ("skipped", "unreachable") in world.notices().values()


def _leaves_slack(session: Session) -> None:
    for row in session.scalars(select(Identity).where(Identity.person == "robin")):
        session.delete(row)
