"""Dates, moments, numbers and lists as each reader reads them."""

from __future__ import annotations

import re
import zoneinfo
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cadre.core.dates import PartialDate
from cadre.core.reader import Reader
from cadre.core.words import Words

ENGLISH, FRENCH = Reader("en_CA"), Reader("fr_CA")
NBSP = "\u00a0"
MARCH = datetime(2027, 3, 2, 18, tzinfo=UTC)


def spaced(text: str) -> str:
    """No-break spaces as in the tables below: ␣."""
    return text.replace(NBSP, "␣")


@pytest.mark.parametrize(
    ("when", "english", "french"),
    [
        ("2017", "2017", "2017"),
        ("2017-10", "October 2017", "octobre 2017"),
        ("2017-02", "February 2017", "février 2017"),
        ("2017-10-03", "October 3, 2017", "3␣octobre 2017"),
        ("2017-10-01", "October 1, 2017", "1er␣octobre 2017"),
        ("2017-08-21", "August 21, 2017", "21␣août 2017"),
        ("2017-12-31", "December 31, 2017", "31␣décembre 2017"),
    ],
)
def test_a_date_is_told_as_precisely_as_it_is_known(when: str, english: str, french: str) -> None:
    partial = PartialDate.parse(when)
    assert (spaced(ENGLISH.date(partial)), spaced(FRENCH.date(partial))) == (english, french)
    if partial.first == partial.last:
        assert (spaced(ENGLISH.date(partial.first)), spaced(FRENCH.date(partial.first))) == (english, french)


def test_the_day_of_the_week_where_it_is_asked_for() -> None:
    assert ENGLISH.date(date(2027, 3, 2), weekday=True) == "Tuesday, March 2, 2027"
    assert spaced(FRENCH.date(date(2027, 3, 1), weekday=True)) == "lundi 1er␣mars 2027"
    assert spaced(FRENCH.date(PartialDate.parse("2027-03-02"), weekday=True)) == "mardi 2␣mars 2027"
    assert FRENCH.date(PartialDate.parse("2027-03"), weekday=True) == "mars 2027", "a day is never invented"


@pytest.mark.parametrize(
    ("hour", "minute", "english", "french"),
    [
        (14, 30, "2:30␣p.m.", "14␣h␣30"),
        (14, 0, "2:00␣p.m.", "14␣h"),
        (9, 5, "9:05␣a.m.", "9␣h␣05"),
        (0, 0, "12:00␣a.m.", "0␣h"),
        (12, 0, "12:00␣p.m.", "12␣h"),
        (23, 59, "11:59␣p.m.", "23␣h␣59"),
    ],
)
def test_the_time_of_day(hour: int, minute: int, english: str, french: str) -> None:
    local = datetime(2027, 3, 2, hour, minute, tzinfo=UTC)
    assert (spaced(ENGLISH.time(local)), spaced(FRENCH.time(local))) == (english, french)


@pytest.mark.parametrize(
    ("when", "zone", "english", "french"),
    [
        (
            MARCH,
            "America/St_Johns",
            "Tuesday, March 2, 2027, 2:30␣p.m. (St. John's, UTC−3:30)",
            "le mardi 2␣mars 2027 à 14␣h␣30 (St. John's, UTC−3␣h␣30)",
        ),
        (
            MARCH,
            "America/Winnipeg",
            "Tuesday, March 2, 2027, 1:00␣p.m. (Winnipeg, UTC−5)",
            "le mardi 2␣mars 2027 à 13␣h (Winnipeg, UTC−5)",
        ),
        (
            datetime(2026, 12, 1, 7, 30, tzinfo=UTC),
            "America/Vancouver",
            "Tuesday, December 1, 2026, 12:30␣a.m. (Vancouver, UTC−7)",
            "le mardi 1er␣décembre 2026 à 0␣h␣30 (Vancouver, UTC−7)",
        ),
        (
            datetime(2027, 7, 2, 0, 15, tzinfo=UTC),
            "America/St_Johns",
            "Thursday, July 1, 2027, 9:45␣p.m. (St. John's, UTC−2:30)",
            "le jeudi 1er␣juillet 2027 à 21␣h␣45 (St. John's, UTC−2␣h␣30)",
        ),
        (
            MARCH,
            "Asia/Kabul",
            "Tuesday, March 2, 2027, 10:30␣p.m. (Kabul, UTC+4:30)",
            "le mardi 2␣mars 2027 à 22␣h␣30 (Kaboul, UTC+4␣h␣30)",
        ),
        (
            MARCH,
            "Africa/Accra",
            "Tuesday, March 2, 2027, 6:00␣p.m. (Accra, UTC)",
            "le mardi 2␣mars 2027 à 18␣h (Accra, UTC)",
        ),
    ],
)
def test_a_moment_with_its_place_and_offset(when: datetime, zone: str, english: str, french: str) -> None:
    assert (spaced(ENGLISH.moment(when, zone)), spaced(FRENCH.moment(when, zone))) == (english, french)
    there = Reader("fr_CA", zone)
    assert spaced(there.moment(when)) == french, "where the reader is, if nothing else is said"
    assert spaced(there.moment(when.astimezone(ZoneInfo("America/Regina")))) == french


def test_the_same_wall_time_twice_is_told_apart() -> None:
    before, after = datetime(2026, 11, 1, 5, 30, tzinfo=UTC), datetime(2026, 11, 1, 6, 30, tzinfo=UTC)
    assert spaced(ENGLISH.moment(before)) == "Sunday, November 1, 2026, 1:30␣a.m. (Toronto, UTC−4)"
    assert spaced(ENGLISH.moment(after)) == "Sunday, November 1, 2026, 1:30␣a.m. (Toronto, UTC−5)"


def test_an_instant_without_a_zone_is_refused() -> None:
    naive = datetime(2027, 3, 2, 18)  # noqa: DTZ001  # what is refused
    for formed in (ENGLISH.moment, FRENCH.moment, ENGLISH.local):
        with pytest.raises(ValueError, match="without a time zone"):
            formed(naive)


def test_an_instant_where_the_reader_is() -> None:
    assert Reader(zone="America/St_Johns").local(MARCH).isoformat() == "2027-03-02T14:30:00-03:30"


def zones_of(shipped: dict[str, list[dict[str, Any]]]) -> set[str]:
    canadian = {
        "Atikokan", "Blanc-Sablon", "Cambridge_Bay", "Creston", "Dawson", "Dawson_Creek", "Edmonton", "Fort_Nelson", "Glace_Bay",
        "Goose_Bay", "Halifax", "Inuvik", "Iqaluit", "Moncton", "Montreal", "Rainy_River", "Rankin_Inlet", "Regina", "Resolute",
        "St_Johns", "Swift_Current", "Thunder_Bay", "Toronto", "Vancouver", "Whitehorse", "Winnipeg", "Yellowknife",
    }  # fmt: skip
    return {f"America/{city}" for city in canadian} | {place["zone"] for place in shipped["jurisdictions"] if place.get("zone")}


def test_no_abbreviation_of_a_zone_is_ever_shown(shipped: dict[str, list[dict[str, Any]]]) -> None:
    zones = zones_of(shipped)
    assert zones <= zoneinfo.available_timezones()
    shape = re.compile(r"[^()]+ \((?:[A-ZÀ-Ü][\w'’.-]*)(?: [\w'’.-]+)*, UTC(?:[−+]\d{1,2}(?::\d\d|\u00a0h\u00a0\d\d)?)?\)")
    for zone in zones:
        for when in (datetime(2026, 7, 15, 18, tzinfo=UTC), datetime(2026, 12, 15, 18, tzinfo=UTC)):
            abbreviation = when.astimezone(ZoneInfo(zone)).tzname()
            assert abbreviation
            for reader in (ENGLISH, FRENCH):
                text = reader.moment(when, zone)
                assert shape.fullmatch(text), text
                assert abbreviation not in text
                assert not re.search(r"\b(?!UTC)[A-Z]{2,5}\b", text), text


def test_cities_are_named_as_each_language_names_them() -> None:
    assert ENGLISH.city("America/St_Johns") == FRENCH.city("America/St_Johns") == "St. John's"
    assert FRENCH.city("America/Port_of_Spain") == "Port-d'Espagne", "with a plain apostrophe, as everywhere"
    assert (ENGLISH.city("America/Toronto"), FRENCH.city("Europe/London")) == ("Toronto", "Londres")


@pytest.mark.parametrize(
    ("number", "english", "french"),
    [(0, "0", "0"), (999, "999", "999"), (9546, "9,546", "9␣546"), (1234567, "1,234,567", "1␣234␣567"), (-1234, "-1,234", "-1␣234")],
)
def test_thousands(number: int, english: str, french: str) -> None:
    assert (ENGLISH.number(number), spaced(FRENCH.number(number))) == (english, french)


@pytest.mark.parametrize(
    ("items", "english", "french"),
    [
        ("", "", ""),
        ("a", "a", "a"),
        ("ab", "a and b", "a et b"),
        ("abc", "a, b and c", "a, b et c"),
    ],
)
def test_lists(items: str, english: str, french: str) -> None:
    words = [Words.verbatim(item) for item in items]
    assert (ENGLISH.listed(words), FRENCH.listed(iter(words))) == (english, french)
    assert ENGLISH.either(words) == english.replace(" and ", " or ")
    assert FRENCH.either(words) == french.replace(" et ", " ou ")


@pytest.mark.parametrize(
    ("items", "english", "french"),
    [
        (("Bellorme, d", "Tamarane"), "Bellorme, d; and Tamarane", "Bellorme, d; et Tamarane"),
        (("A, d", "B, d", "C, d"), "A, d; B, d; and C, d", "A, d; B, d; et C, d"),
        (("A, d",), "A, d", "A, d"),
        (("A (b, c)", "D (e, f)"), "A (b, c) and D (e, f)", "A (b, c) et D (e, f)"),
        (("1,234", "5"), "1,234 and 5", "1,234 et 5"),
    ],
)
def test_names_in_which_there_are_commas_are_told_apart(items: tuple[str, ...], english: str, french: str) -> None:
    words = [Words.verbatim(item) for item in items]
    assert (ENGLISH.listed(words), FRENCH.listed(words)) == (english, french)
    assert ENGLISH.either(words) == english.replace("and ", "or ")
    assert FRENCH.either(words) == french.replace("et ", "ou ")


def test_what_a_reader_reads_is_words() -> None:
    for reader in (ENGLISH, FRENCH):
        for text in (reader.date(MARCH.date()), reader.moment(MARCH), reader.number(1), reader.listed([]), reader.gettext("x")):
            assert type(text) is Words


def test_a_message_with_its_values() -> None:
    assert ENGLISH.gettext("{n} of {name}", n=1234, name=Words.verbatim("{n}")) == "1,234 of {n}"
    assert spaced(FRENCH.gettext("not in any catalogue: {n}", n=1234)) == "not in any catalogue: 1␣234"


def test_the_same_person_in_the_language_of_the_question() -> None:
    bev = Reader("en_CA", "America/Vancouver", "bev", frozenset({"lead"}))
    assert (bev.language, bev.in_language("fr").language) == ("en", "fr")
    assert bev.in_language("fr") == Reader("fr_CA", "America/Vancouver", "bev", frozenset({"lead"}))
    assert bev.in_language("fr").in_language("en") == bev
