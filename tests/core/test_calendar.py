"""Working days and decent hours, where people live."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadre.core.calendar import FEDERAL, PLACES, holiday, is_working_day, moment, working_day_after, working_day_before

DAYS = st.dates(date(2017, 1, 1), date(2040, 12, 31))
NINE = time(9)


@pytest.mark.parametrize(
    ("day", "place", "works"),
    [
        (date(2027, 6, 24), "QC", False),
        (date(2027, 6, 24), "ON", True),
        (date(2026, 9, 30), FEDERAL, False),
        (date(2026, 2, 16), "ON", False),
        (date(2026, 2, 16), FEDERAL, True),
        (date(2026, 11, 28), "NL", False),
        (date(2026, 11, 24), "demo-bellorme", True),
    ],
)
def test_each_place_has_its_own_days_off(day: date, place: str, works: bool) -> None:
    assert is_working_day(day, place) is works


def test_days_off_are_named_in_both_languages() -> None:
    assert holiday(date(2027, 6, 24), "QC", "fr") == "Fête nationale du Québec"
    assert holiday(date(2026, 12, 28), FEDERAL, "fr") == "Lendemain de Noël (observé)"
    assert holiday(date(2026, 10, 12), "MB", "en") == "Thanksgiving Day"
    assert holiday(date(2026, 10, 13), "MB", "en") is None


@given(DAYS, st.sampled_from(sorted(PLACES)))
def test_the_nearest_working_day_is_found_on_either_side(day: date, place: str) -> None:
    before, after = working_day_before(day, place), working_day_after(day, place)
    assert before <= day <= after
    assert is_working_day(before, place)
    assert is_working_day(after, place)
    between = [before + timedelta(days=n) for n in range(1, (after - before).days)]
    assert not any(is_working_day(each, place) for each in between)


@pytest.mark.parametrize(
    ("day", "zone", "utc"),
    [
        (date(2027, 1, 4), "America/St_Johns", "12:30"),
        (date(2027, 7, 5), "America/St_Johns", "11:30"),
        (date(2026, 10, 30), "America/Winnipeg", "14:00"),
        (date(2026, 12, 1), "America/Winnipeg", "14:00"),
        (date(2025, 12, 1), "America/Winnipeg", "15:00"),
        (date(2026, 12, 1), "America/Vancouver", "16:00"),
        (date(2026, 12, 1), "America/Regina", "15:00"),
        (date(2026, 12, 1), "America/Whitehorse", "16:00"),
    ],
)
def test_nine_o_clock_is_nine_o_clock_there(day: date, zone: str, utc: str) -> None:
    assert moment(day, NINE, zone).strftime("%H:%M") == utc


def test_times_that_do_not_exist_or_come_twice() -> None:
    assert moment(date(2027, 3, 14), time(2, 30), "America/Toronto") == datetime(2027, 3, 14, 7, 30, tzinfo=UTC)
    assert moment(date(2027, 11, 7), time(1, 30), "America/Toronto") == datetime(2027, 11, 7, 5, 30, tzinfo=UTC)
