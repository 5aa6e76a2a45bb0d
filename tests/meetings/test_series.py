"""Meetings that come again: on the right days, at the same wall time for years, and as another library reads the same rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from cadre.meetings.series import (
    Every,
    Series,
    Wall,
    begins_rightly,
    days,
    doubt,
    instant,
    instants,
    is_day,
    occurrences,
    rule,
    without,
)

ST_JOHNS: Final = ZoneInfo("America/St_Johns")
TORONTO: Final = ZoneInfo("America/Toronto")
ZONES: Final = (
    *("America/St_Johns", "America/Halifax", "America/Toronto", "America/Winnipeg", "America/Regina", "America/Edmonton"),
    *("America/Vancouver", "America/Whitehorse", "America/Iqaluit"),
)
FIRST: Final = st.dates(date(2026, 11, 1), date(2030, 12, 31))
EVERY: Final = st.sampled_from(["week", "month_day", "month_last", "month_weekday", "month_weekday_last"])
SERIES: Final = st.builds(
    Series,
    first=FIRST,
    at=st.times().map(lambda at: at.replace(second=0, microsecond=0, tzinfo=None)),
    zone=st.sampled_from(ZONES),
    every=EVERY,
    interval=st.integers(1, 6),
    until=st.none() | st.dates(date(2027, 1, 1), date(2034, 1, 1)),
)
WEEKLY: Final = Series(date(2027, 1, 5), time(13, 30), "America/St_Johns")


@given(SERIES, FIRST, st.integers(0, 1200))
def test_the_days_are_those_that_another_library_gives_for_the_same_rule(series: Series, first: date, span: int) -> None:
    last = first + timedelta(days=span)
    said = rule(series)
    said.pop("UNTIL", None)
    text = ";".join(f"{name}={value}" for name, value in said.items())
    other = rrulestr(f"RRULE:{text}", dtstart=datetime.combine(series.first, time()))
    end = min(last, series.until) if series.until else last
    theirs = [each.date() for each in other.between(datetime.combine(first, time()), datetime.combine(end, time()), inc=True)]
    assert list(days(series, first, last)) == theirs


@given(SERIES)
def test_it_is_the_same_time_on_the_wall_for_years(series: Series) -> None:
    zone = ZoneInfo(series.zone)
    for each in occurrences(series, series.first, series.first + timedelta(days=1500)):
        shown = each.start.astimezone(zone)
        assert shown.date() == each.day
        assert shown.time() == each.at or doubt(Wall(each.day, each.at), zone) == "missing"


@pytest.mark.parametrize(
    ("zone", "winter", "summer"),
    [
        ("America/Regina", time(11), time(10)),
        ("America/Winnipeg", time(12), time(11)),
        ("America/Whitehorse", time(10), time(9)),
        ("America/Vancouver", time(10), time(9)),
        ("America/Toronto", time(12), time(12)),
    ],
)
def test_half_past_one_in_st_johns_is_shown_rightly_elsewhere(zone: str, winter: time, summer: time) -> None:
    found = occurrences(WEEKLY, date(2027, 1, 5), date(2027, 12, 31))
    assert {each.start.astimezone(ST_JOHNS).time() for each in found} == {time(13, 30)}
    shown = {each.day: each.start.astimezone(ZoneInfo(zone)).time() for each in found}
    assert (shown[date(2027, 1, 5)], shown[date(2027, 7, 6)]) == (winter, summer)


@pytest.mark.parametrize(
    ("first", "every", "interval", "expected"),
    [
        (date(2027, 1, 12), "month_weekday", 1, ["2027-01-12", "2027-02-09", "2027-03-09"]),
        (date(2027, 1, 29), "month_weekday", 1, ["2027-01-29", "2027-02-26", "2027-03-26"]),
        (date(2027, 1, 31), "month_day", 1, ["2027-01-31", "2027-03-31"]),
        (date(2027, 1, 15), "month_day", 2, ["2027-01-15", "2027-03-15"]),
        (date(2027, 1, 5), "week", 3, ["2027-01-05", "2027-01-26", "2027-02-16", "2027-03-09", "2027-03-30"]),
    ],
)
def test_weeks_and_months(first: date, every: Every, interval: int, expected: list[str]) -> None:
    series = Series(first, time(14), "America/Toronto", every, interval)
    assert [day.isoformat() for day in days(series, date(2027, 1, 1), date(2027, 3, 31))] == expected


def test_one_is_skipped_and_one_moved_and_the_others_stay() -> None:
    changed = replace(
        WEEKLY,
        skipped=frozenset({date(2027, 1, 12)}),
        moved={date(2027, 1, 19): Wall(date(2027, 1, 21), time(9)), date(2027, 1, 20): Wall(date(2027, 1, 22), time(9))},
    )
    found = occurrences(changed, date(2027, 1, 1), date(2027, 1, 31))
    assert [(each.key.day, each.day.day, each.at.hour) for each in found] == [(5, 5, 13), (19, 21, 9), (26, 26, 13)]
    assert not is_day(changed, date(2027, 1, 20)), "what the rule does not give cannot be moved"


def test_a_series_has_an_end() -> None:
    ended = replace(WEEKLY, until=date(2027, 1, 19))
    found = occurrences(ended, date(2026, 1, 1), date(2030, 1, 1))
    assert len(found) == 3


def test_a_series_that_never_comes_on_is_refused() -> None:
    with pytest.raises(ValueError, match="never"):
        list(days(replace(WEEKLY, interval=0), date(2027, 1, 1), date(2028, 1, 1)))


@pytest.mark.parametrize(
    ("day", "at", "expected"),
    [
        (date(2027, 3, 14), time(2, 30), "missing"),
        (date(2027, 11, 7), time(1, 30), "twice"),
        (date(2027, 3, 14), time(3, 0), None),
        (date(2027, 7, 1), time(1, 30), None),
    ],
)
def test_times_that_a_clock_never_shows_or_shows_twice_are_known(day: date, at: time, expected: str | None) -> None:
    assert doubt(Wall(day, at), TORONTO) == expected
    assert len(instants(Wall(day, at), TORONTO)) == {"missing": 0, "twice": 2, None: 1}[expected]


@given(st.datetimes(datetime(2026, 1, 1), datetime(2035, 1, 1)), st.sampled_from(ZONES))  # noqa: DTZ001  # UTC is said below
def test_every_instant_is_among_those_of_its_own_wall_time(moment: datetime, zone: str) -> None:
    there = ZoneInfo(zone)
    start = moment.replace(microsecond=0, tzinfo=UTC)
    shown = start.astimezone(there)
    wall = Wall(shown.date(), shown.time())
    assert start in instants(wall, there)
    assert instant(wall, there) == instants(wall, there)[0]


def test_a_date_that_some_months_do_not_have_is_told_and_the_last_day_is_in_all() -> None:
    on_31st = Series(date(2027, 1, 31), time(14), "America/Toronto", "month_day")
    assert [f"{day:%m}" for day in without(on_31st, date(2027, 12, 31))] == ["02", "04", "06", "09", "11"]
    assert without(replace(on_31st, every="month_last"), date(2027, 12, 31)) == ()
    assert without(replace(on_31st, until=date(2027, 3, 31)), date(2027, 12, 31)) == (date(2027, 2, 1),)


@pytest.mark.parametrize(
    ("every", "day", "rightly"), [("month_last", 28, True), ("month_last", 27, False), ("month_weekday_last", 22, True)]
)
def test_what_comes_at_the_end_of_months_begins_at_one(every: Every, day: int, rightly: bool) -> None:
    assert begins_rightly(every, date(2027, 2, day)) is rightly
