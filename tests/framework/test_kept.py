"""Snapshots: taken by hand, at meetings and at night; never changed; seen by each as they may see them now. On both databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from cadre.core.dates import PartialDate
from cadre.core.errors import Forbidden, Invalid, NotFound
from cadre.core.reader import OPERATOR, Actor
from cadre.framework import kept, reading
from cadre.framework.models import Snapshot
from cadre.groups.models import Group
from cadre.meetings.models import Meeting
from cadre.workplans.models import Activity
from tests.framework.moving import aged, later
from tests.workplans.world import ANN, MEL, NOBODY, SAM, World
from tests.worlds import at_once

DAY = timedelta(days=1)


def take(world: World, by: Actor = SAM, meeting: str | None = None) -> kept.SnapshotFacts:
    return world.database.write(by, kept.take, meeting)


def keep(world: World, day: date | None = None) -> int:
    return world.database.write(OPERATOR, kept.keep, day or world.today)


def all_(world: World) -> list[tuple[int, str, str | None]]:
    found = world.database.read(kept.snapshots)
    return [(each.number, each.why, each.meeting.id if each.meeting else None) for each in found]


def renamed(world: World, state: str) -> None:
    def change(session: Session) -> None:
        session.get_one(Group, "bees").state = state

    world.database.write(SAM, change)


def without_meetings(session: Session) -> None:
    for row in session.scalars(select(Meeting)):
        row.state = "cancelled"


def test_the_secretariat_takes_one_by_hand_and_a_second_click_does_no_harm(world: World) -> None:
    first = take(world)
    assert (first.number, first.why, first.day, first.by) == (1, "by_hand", world.today, SAM.label)
    assert first.counts["groups"] == 5
    assert take(world) == first
    renamed(world, "dormant")
    assert take(world).number == 2
    for nobody in (ANN, MEL, NOBODY):
        with pytest.raises(Forbidden):
            take(world, nobody)
    with pytest.raises(NotFound):
        take(world, meeting="nowhere")


def test_it_holds_the_framework_as_it_was_whatever_comes(world: World) -> None:
    before = world.database.read(reading.world, world.today, SAM)
    number = take(world).number
    renamed(world, "sunset")
    assert world.database.read(kept.world_of, number, SAM) == before
    with pytest.raises(NotFound):
        world.database.read(kept.world_of, 99, SAM)


def test_each_sees_of_it_what_they_may_see_now(world: World) -> None:
    world.add(due=world.day(10))

    def is_late(session: Session) -> None:
        for row in session.scalars(select(Activity)):
            row.due = world.day(-3)

    world.database.write(OPERATOR, is_late)
    number = take(world).number
    whole, own, member, public = (world.database.read(kept.world_of, number, actor) for actor in (SAM, ANN, MEL, None))
    assert {each.late for each in whole.activities.values()} == {True}
    assert own.health.keys() == {"bees"}
    assert "bees" in whole.health
    assert "orphans" in whole.health
    assert {each.late for each in own.activities.values()} == {True}
    assert {each.late for each in member.activities.values()} == {False}, "how late somebody is concerns those who lead"
    assert (public.workplans, public.activities, public.health, public.whole) == ({}, {}, {}, False)
    assert public.groups == whole.groups


@pytest.mark.parametrize(
    "reaching",
    [
        lambda session: setattr(session.get(Snapshot, 1), "by", "Somebody else"),
        lambda session: session.delete(session.get(Snapshot, 1)),
        lambda session: session.execute(update(Snapshot).values(digest="")),
        lambda session: session.execute(delete(Snapshot)),
    ],
    ids=["changed", "taken out", "changed in bulk", "taken out in bulk"],
)
def test_none_is_ever_changed_or_taken_out(world: World, reaching: Callable[[Session], object]) -> None:
    take(world)
    with pytest.raises(RuntimeError, match="only ever added"):
        world.database.write(OPERATOR, reaching)
    assert all_(world) == [(1, "by_hand", None)]


def test_what_somebody_changed_past_cadre_is_noticed(world: World) -> None:
    take(world)
    with world.database.engine.begin() as connection:
        connection.execute(update(Snapshot.__table__).values(digest="0" * 64))  # type: ignore[arg-type]  # a Table all the same
    with pytest.raises(RuntimeError, match="does not hold what was kept"):
        world.database.read(kept.world_of, 1, SAM)


def test_at_an_in_person_meeting_of_a_council_one_is_taken_once(world: World) -> None:
    assert keep(world) == 0, "the meeting is still to come, or goes on"
    renamed(world, "dormant")
    later(world, 1)
    renamed(world, "sunset")
    assert keep(world, world.day(1)) == 1
    assert all_(world) == [(1, "meeting", "today")], "not of the one three weeks ago, nor of one known to the month"
    assert keep(world, world.day(1)) == 0
    taken = world.database.read(kept.snapshots)[0]
    then = world.database.read(kept.world_of, taken.number, SAM)
    assert (taken.day, then.groups["bees"].state) == (world.today, "dormant"), "as the day of the meeting left it"
    assert then.health, "how groups stood too"


def test_one_that_cadre_slept_through_is_taken_as_of_its_day(world: World) -> None:
    aged(world, 10)

    def three_days_ago(session: Session) -> None:
        session.get_one(Meeting, "today").held = PartialDate.day(world.day(-3))

    world.database.write(OPERATOR, three_days_ago)
    renamed(world, "sunset")
    assert keep(world) == 1
    taken = world.database.read(kept.snapshots)[0]
    assert taken.day == world.day(-3)
    assert world.database.read(kept.world_of, taken.number, SAM).groups["bees"].state == "active"


def test_the_one_of_a_review_that_was_closed_in_the_meeting_is_enough(world: World) -> None:
    assert take(world, meeting="today").why == "meeting"
    assert keep(world) == 0


def test_what_came_after_a_meeting_is_kept_though_its_snapshot_was_taken_late(world: World) -> None:
    aged(world, 10)

    def three_days_ago(session: Session) -> None:
        session.get_one(Meeting, "today").held = PartialDate.day(world.day(-3))

    world.database.write(OPERATOR, three_days_ago)
    renamed(world, "dormant")
    aged(world, 2)
    assert keep(world) == 2
    assert all_(world) == [(2, "nightly", None), (1, "meeting", "today")]
    assert world.database.read(kept.world_of, 2, SAM).groups["bees"].state == "dormant"


def test_the_framework_of_today_is_not_kept_as_that_of_a_meeting_long_past(world: World) -> None:
    for meeting in ("past", "month", "coming", "call"):
        with pytest.raises(Invalid):
            take(world, meeting=meeting)
    assert all_(world) == []


def test_at_night_one_is_taken_where_something_changed_the_day_before(world: World) -> None:
    world.database.write(OPERATOR, without_meetings)
    assert keep(world) == 0, "what was changed today waits for the night"
    later(world, 1)
    assert keep(world, world.day(1)) == 1
    assert keep(world, world.day(1)) == 0
    later(world, 2)
    assert keep(world, world.day(2)) == 0, "nothing changed since"
    renamed(world, "dormant")
    assert keep(world, world.day(2)) == 0
    later(world, 3)
    assert keep(world, world.day(3)) == 1
    renamed(world, "active")
    renamed(world, "dormant")
    later(world, 4)
    assert keep(world, world.day(4)) == 0, "it was put back to what it was"
    assert [why for _number, why, _meeting in all_(world)] == ["nightly", "nightly"]


def test_what_two_processes_take_at_once_is_taken_once_and_numbers_have_no_gaps(world: World) -> None:
    aged(world, 2)
    done = at_once(*[lambda: keep(world)] * 4, *[lambda: take(world)] * 2)
    assert sorted(each for each in done if isinstance(each, int)) in ([0, 0, 0, 1], [0, 0, 0, 2])
    numbers = [number for number, _why, _meeting in all_(world)]
    assert numbers == list(range(len(numbers), 0, -1))
