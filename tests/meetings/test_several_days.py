"""A meeting of several days comes until its last day, is over after it, and each of its days counts; an evening in the west is not over
because it is night in the east.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from bot.caller import Caller
from bot.meetings import reading
from cadre.core.reader import Reader
from cadre.meetings import almanac
from cadre.meetings import service as meetings
from cadre.meetings.views import MeetingView
from tests.meetings.world import ONA, World

FRIDAY = date(2028, 6, 2)
VANCOUVER = "America/Vancouver"


def in_person(world: World) -> MeetingView:
    """From a Wednesday to the Friday, from nine to five in St. John's."""
    return world.scheduled(kind="in_person", day=date(2028, 5, 31), last_day=FRIDAY, at=time(9), minutes=480)


def lists(world: World) -> list[int]:
    """How many meetings come, and were: in Slack, then on the pages."""
    listed = (meetings.upcoming, meetings.past, almanac.coming, almanac.past)
    return [len(world.read(each, ONA)) for each in listed]


@pytest.mark.parametrize(("now", "comes"), [((1, 12), True), ((2, 12), True), ((2, 19), True), ((2, 20), False), ((3, 12), False)])
def test_a_meeting_of_several_days_comes_until_it_ends_and_every_list_says_the_same(
    world: World, now: tuple[int, int], comes: bool
) -> None:
    in_person(world)
    world.at(datetime(2028, 6, *now, tzinfo=UTC))
    assert lists(world) == ([1, 0, 1, 0] if comes else [0, 1, 0, 1])


def test_a_late_evening_in_the_west_comes_after_midnight_in_the_east(world: World) -> None:
    world.scheduled(day=FRIDAY, at=time(21, 30), zone=VANCOUVER, minutes=120)
    world.at(datetime(2028, 6, 3, 5, tzinfo=UTC))
    assert lists(world) == [1, 0, 1, 0]
    world.at(datetime(2028, 6, 3, 7, tzinfo=UTC))
    assert lists(world) == [0, 1, 0, 1]


def test_whoever_is_called_on_the_third_day_of_a_meeting_is_told_of_the_clash(world: World) -> None:
    made = in_person(world)

    def clashes(hour: int) -> list[str]:
        found = world.read(meetings.cautions, datetime(2028, 6, 2, hour, tzinfo=UTC), 60, ["neil"])
        return [each.other.id for each in found if each.other]

    assert clashes(15) == [made.id]
    assert clashes(22) == [], "in the evening they are free"


def test_holidays_weekends_and_calls_of_its_later_days_are_told_of_a_meeting_in_person(world: World) -> None:
    call = world.scheduled(day=date(2028, 7, 3), at=time(13))
    form = world.form(kind="in_person", day=date(2028, 6, 30), last_day=date(2028, 7, 3), at=time(9), minutes=480)
    found = world.read(
        reading.around, form, Caller("", "", None, 0, "", Reader("en_CA", "America/Toronto"), ONA, secretariat=False)
    ).cautions
    told = {(each.kind, day.day) for each in found for day in each.days}
    assert {("weekend", 1), ("weekend", 2), ("holiday", 3), ("clash", 3)} <= told
    assert [each.other.id for each in found if each.other] == [call.id]
