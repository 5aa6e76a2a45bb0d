"""Dates as they are known, and what can be said of a role on a date."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cadre.core.dates import PartialDate, Period, Precision, Truth

days = st.dates(date(1000, 1, 1), date(9000, 12, 31))
partial_dates = days.flatmap(lambda day: st.sampled_from([4, 7, 10]).map(lambda length: PartialDate.parse(day.isoformat()[:length])))


def known(text: str | None) -> PartialDate | None:
    return PartialDate.parse(text) if text else None


@pytest.mark.parametrize(
    ("text", "precision", "first", "last"),
    [
        ("2017", Precision.YEAR, date(2017, 1, 1), date(2017, 12, 31)),
        ("2017-10", Precision.MONTH, date(2017, 10, 1), date(2017, 10, 31)),
        ("2016-02", Precision.MONTH, date(2016, 2, 1), date(2016, 2, 29)),
        ("2017-02", Precision.MONTH, date(2017, 2, 1), date(2017, 2, 28)),
        ("2017-10-03", Precision.DAY, date(2017, 10, 3), date(2017, 10, 3)),
    ],
)
def test_a_date_means_the_days_that_it_may_be(text: str, precision: Precision, first: date, last: date) -> None:
    read = PartialDate.parse(text)
    assert (read.text, read.precision, read.first, read.last) == (text, precision, first, last)


@pytest.mark.parametrize(
    "text",
    [
        "", "17", "2017-1", "2017-10-3", "2017-13", "2017-00", "2017-00-05", "2017-10-00", "2017-02-29", "0000", "201710", "2017/10",
        " 2017", "2017 ", "2017\n", "2017-", "2017-10-", "2017-10-03T00:00", "-2017", "October 2017", "２０１７", "٢٠١٧-10",
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a"):
        PartialDate.parse(text)


@given(partial_dates)
@settings(deadline=None)
def test_what_is_read_stays_as_it_was_written(written: PartialDate) -> None:
    assert PartialDate.parse(written.text) == written
    assert written.first <= written.last
    assert written.within(written)
    assert (written.first == written.last) == (written.precision is Precision.DAY)


@given(st.text(max_size=12) | st.from_regex(r"\d{4}-\d{2}(-\d{2})?", fullmatch=True))
@settings(deadline=None)
def test_any_text_is_a_date_or_refused(text: str) -> None:
    try:
        assert PartialDate.parse(text).text == text
    except ValueError:
        return


@given(days)
@settings(deadline=None)
def test_a_day_lies_within_its_month_and_its_year(day: date) -> None:
    chain = [PartialDate.day(day), PartialDate.parse(day.isoformat()[:7]), PartialDate.parse(day.isoformat()[:4])]
    for finer, coarser in pairwise(chain):
        assert finer.within(coarser)
        assert not coarser.within(finer)
    assert chain[0].within(chain[2])


def test_october_is_not_within_november() -> None:
    assert not PartialDate.parse("2017-10").within(PartialDate.parse("2017-11"))
    assert not PartialDate.parse("2017-10").within(PartialDate.parse("2018"))


@pytest.mark.parametrize(
    ("text", "months", "day", "older"),
    [
        ("2017-10", 12, date(2018, 10, 31), False),
        ("2017-10", 12, date(2018, 11, 1), True),
        ("2017", 12, date(2018, 12, 31), False),
        ("2017", 12, date(2019, 1, 1), True),
        ("2017-10-03", 12, date(2018, 10, 3), False),
        ("2017-10-03", 12, date(2018, 10, 4), True),
        ("2016-02-29", 12, date(2017, 2, 28), False),
        ("2016-02-29", 12, date(2017, 3, 1), True),
        ("2017-08-31", 1, date(2017, 9, 30), False),
        ("2017-12-15", 1, date(2018, 1, 16), True),
        ("2017-10", 12, date(2016, 1, 1), False),
    ],
)
def test_old_is_what_every_day_it_may_mean_is(text: str, months: int, day: date, older: bool) -> None:
    assert PartialDate.parse(text).older_than(months, day) is older


@given(partial_dates, st.integers(0, 60), days)
@settings(deadline=None)
def test_once_old_it_stays_old(written: PartialDate, months: int, day: date) -> None:
    assert not (written.older_than(months, day) and not written.older_than(months, day + timedelta(days=1)))
    assert not written.older_than(months, written.last)


YES, NO, UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN


@pytest.mark.parametrize(
    ("start", "end", "attested", "when", "held"),
    [
        # nothing is known but that it once stood
        (None, None, None, "2017", UNKNOWN),
        # a source says so of that time; of any other, nobody does
        (None, None, "2017-10", "2017-10", YES),
        (None, None, "2017-10", "2017-10-03", YES),
        (None, None, "2017-10", "2017", YES),
        (None, None, "2017-10", "2016", UNKNOWN),
        (None, None, "2017-10", "2017-09", UNKNOWN),
        (None, None, "2017-10", "2017-11", UNKNOWN),
        (None, None, "2017-10", "2026-11-22", UNKNOWN),
        # known from when
        ("2015-06", None, None, "2015-05", NO),
        ("2015-06", None, None, "2014", NO),
        ("2015-06", None, None, "2015-06-15", UNKNOWN),
        ("2015-06", None, None, "2016", UNKNOWN),
        # known from when, and attested later
        ("2015-06", None, "2017-10", "2015-05-31", NO),
        ("2015-06", None, "2017-10", "2015-06-15", UNKNOWN),
        ("2015-06", None, "2017-10", "2015-07", YES),
        ("2015-06", None, "2017-10", "2016", YES),
        ("2015-06", None, "2017-10", "2017-09-30", YES),
        ("2015-06", None, "2017-10", "2017-11", UNKNOWN),
        # known until when
        (None, "2018-03", None, "2018-04", NO),
        (None, "2018-03", None, "2019", NO),
        (None, "2018-03", None, "2018-03-31", UNKNOWN),
        (None, "2018-03", None, "2017", UNKNOWN),
        (None, "2018-03", "2017-10", "2018-04-01", NO),
        # known from when until when
        ("2015", "2018-03", None, "2014-12-31", NO),
        ("2015", "2018-03", None, "2015-07-01", UNKNOWN),
        ("2015", "2018-03", None, "2016", YES),
        ("2015", "2018-03", None, "2018-02-28", YES),
        ("2015", "2018-03", None, "2018-03-01", YES),
        ("2015", "2018-03", None, "2018-04", NO),
        ("2015-06-01", "2018-03-31", None, "2015-05-31", NO),
        ("2015-06-01", "2018-03-31", None, "2015-06-01", YES),
        ("2015-06-01", "2018-03-31", None, "2017", YES),
        ("2015-06-01", "2018-03-31", None, "2018-04-01", NO),
    ],
)
def test_whether_a_role_held(start: str | None, end: str | None, attested: str | None, when: str, held: Truth) -> None:
    assert Period(known(start), known(end), known(attested)).holds(PartialDate.parse(when)) is held


FROM, TO = date(2016, 12, 1), date(2017, 2, 28)
DAYS = [FROM + timedelta(days=n) for n in range(-7, (TO - FROM).days + 8)]
close = st.sampled_from(["2016-12", "2017-01", "2017-02"]).map(PartialDate.parse) | st.dates(FROM, TO).map(PartialDate.day)


@given(st.none() | close, st.none() | close, st.none() | close, close)
@settings(deadline=None, max_examples=150)
def test_yes_and_no_are_never_guesses(
    start: PartialDate | None, end: PartialDate | None, attested: PartialDate | None, when: PartialDate
) -> None:
    """Against every pair of days on which the role may have begun and ended, its source being right."""
    begins = [day for day in DAYS if not start or start.first <= day <= start.last]
    ends = [day for day in DAYS if not end or end.first <= day <= end.last]
    may_be = {
        begin <= when.last and when.first <= over
        for begin in begins
        for over in ends
        if begin <= over and not (attested and (attested.first < begin or over < attested.last))
    }
    assume(may_be)
    held = Period(start, end, attested).holds(when)
    assert held is UNKNOWN or may_be == {held is YES}
