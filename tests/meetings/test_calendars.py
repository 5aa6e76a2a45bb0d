"""Calendar files: read by another library than the one that wrote them, with the same occurrences as the registry's rules."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final, get_args
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events

from cadre.core.bilingual import Bilingual
from cadre.core.reader import Reader
from cadre.meetings import calendars, ics, series
from cadre.meetings.calendars import Entry, Guest, Shelf, Style, Whole
from cadre.meetings.series import Every, Series, Wall, begins_rightly, last_of_month, occurrences
from cadre.meetings.views import Joining
from tests.meetings.world import ZONES

ENGLISH: Final = Style(Reader("en_CA"))
FIRST: Final = date(2026, 1, 5)
LAST: Final = date(2028, 3, 31)
SEEN: Final = datetime(2028, 2, 1, tzinfo=UTC)
GROUP: Final = Bilingual("Digital Identity", "Identité numérique")


def entry(id_: str = "m1", **but: Any) -> Entry:
    known: dict[str, Any] = {
        "group": GROUP, "title": Bilingual("Hives", "Ruches"), "day": date(2027, 3, 2), "at": time(13, 30), "fold": 0,
        "zone": "America/St_Johns", "minutes": 60, "last_day": None, "place": None, "joining": None, "state": "planned", "reason": None,
        "revision": 0, "changed_at": datetime(2027, 1, 1, tzinfo=UTC),
    } | but  # fmt: skip
    if known["at"] and "starts_at" not in known:
        known["starts_at"] = series.instant(Wall(known["day"], known["at"]), ZoneInfo(known["zone"]))
    return Entry(id_, **{"starts_at": None, **known})


def shelf(rule: Series, last: date) -> Shelf:
    """A series as the registry has it: a record of each meeting that comes."""
    entries = []
    for each in occurrences(rule, FIRST - timedelta(days=40), last + timedelta(days=40)):
        fields = {"day": each.day, "at": each.at, "zone": rule.zone, "starts_at": each.start, "series": 7, "occurrence": each.key}
        entries.append(entry(f"7-{each.key}", **fields))
    of = Series(rule.first, rule.at, rule.zone, rule.every, rule.interval, rule.until)
    return Shelf(tuple(entries), (Whole(7, of, last, 60, GROUP, entry().title, None, 0),))


def events(content: bytes) -> list[Any]:
    found = icalendar.Calendar.from_ical(content)
    assert isinstance(found, icalendar.Calendar)
    assert [each.errors for each in found.walk() if getattr(each, "errors", None)] == []
    return list(found.walk("VEVENT"))


def starts(content: bytes) -> list[datetime]:
    """When a calendar program has something, in its order."""
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(content)).between(FIRST - timedelta(days=40), SEEN)
    times = (each["DTSTART"].dt.astimezone(UTC) for each in found if each["STATUS"] != "CANCELLED")
    return sorted(each for each in times if each < SEEN)


def invented(seed: int) -> Series:
    """Any series: rule, zone, hour, ends, skipped and moved meetings."""
    dice = random.Random(seed)
    first = FIRST + timedelta(days=dice.randrange(120))
    at = time(dice.choice((0, 1, 2, 3, 9, 13, 23)), dice.choice((0, 30)))
    every: Every = dice.choice(get_args(Every))
    first = first if begins_rightly(every, first) else last_of_month(first)
    until = first + timedelta(days=dice.randrange(600)) if dice.random() < 0.6 else None
    rule = Series(first, at, dice.choice(sorted(ZONES.values())), every, dice.choice((1, 1, 2, 3)), until)
    keys = [each.key for each in occurrences(rule, first, LAST)][1:]
    skipped = frozenset(key for key in keys if dice.random() < 0.1)
    moved = {
        key: Wall(key + timedelta(days=dice.randrange(-3, 4)), time(dice.randrange(8, 18)))
        for key in keys
        if key not in skipped and dice.random() < 0.1
    }
    return Series(first, at, rule.zone, rule.every, rule.interval, until, skipped, moved)


@pytest.mark.parametrize("part", range(10))
def test_any_series_is_read_as_the_registry_has_it(part: int) -> None:
    for seed in range(part * 50, part * 50 + 50):
        rule = invented(seed)
        content = calendars.calendar(shelf(rule, LAST), ENGLISH)
        wanted = [each.start for each in occurrences(rule, FIRST, LAST) if each.start < SEEN]
        assert starts(content) == wanted, seed


WINTER, SUMMER = date(2026, 12, 1), date(2027, 7, 1)


@pytest.mark.parametrize(("zone", "day", "ends"), [("America/Vancouver", WINTER, time(15)), ("America/St_Johns", SUMMER, time(19, 30))])
def test_a_meeting_says_when_by_the_wall_of_its_zone_and_brings_the_clocks_along(zone: str, day: date, ends: time) -> None:
    at = time(ends.hour - 1, ends.minute)
    content = calendars.calendar(Shelf((entry(zone=zone, day=day, at=at),)), ENGLISH)
    [event] = events(content)
    assert (event["DTSTART"].dt.replace(tzinfo=None), event["DTEND"].dt.time()) == (datetime.combine(day, at), ends)
    assert event["DTSTART"].params["TZID"] == zone
    [clocks] = icalendar.Calendar.from_ical(content).walk("VTIMEZONE")
    assert isinstance(clocks, icalendar.Timezone)
    there = clocks.to_tz(lookup_tzid=False)
    for hours in range(0, 365 * 24, 7):
        wall = datetime(day.year, 1, 1, tzinfo=UTC) + timedelta(hours=hours)
        assert wall.replace(tzinfo=there).utcoffset() == wall.replace(tzinfo=ZoneInfo(zone)).utcoffset(), wall


def test_clocks_go_forward_at_the_instant_at_which_they_do() -> None:
    content = calendars.calendar(Shelf((entry(day=date(2027, 3, 2)),)), ENGLISH).decode()
    assert "BEGIN:DAYLIGHT\r\nDTSTART:20270314T020000\r\n" in content, "as they showed it before: RFC 5545, 3.6.5"


def test_the_second_of_two_times_is_told_as_an_instant() -> None:
    second = datetime(2027, 11, 7, 6, 30, tzinfo=UTC)
    found = entry(zone="America/Toronto", day=second.date(), at=time(1, 30), fold=1, starts_at=second)
    [event] = events(calendars.calendar(Shelf((found,)), ENGLISH))
    assert event["DTSTART"].dt == second
    assert event["DTEND"].dt == second + timedelta(hours=1)


def test_a_meeting_in_person_without_a_time_takes_whole_days() -> None:
    place = Bilingual("Winnipeg, Hotel Fort Garry", "Winnipeg, hôtel Fort Garry")
    content = calendars.calendar(Shelf((entry(at=None, zone=None, minutes=None, last_day=date(2027, 3, 4), place=place),)), ENGLISH)
    [event] = events(content)
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2027, 3, 2), date(2027, 3, 5)), "the end is the first day that is free"
    assert event["LOCATION"] == place.en
    assert b"VTIMEZONE" not in content


def test_a_text_comes_back_as_it_was_written() -> None:
    odd = "Ruches; miel, \\cire\\ : « l’été » " + "é" * 200 + " \U0001f41d" * 30
    joining = Joining("https://example.org/a?b=c;d,e", "Téléphone : 1 800 555-0100\nCode : 12,34;56\\")
    content = calendars.calendar(Shelf((entry(title=Bilingual(odd, odd), joining=joining),)), Style(Reader("fr_CA")))
    [event] = events(content)
    assert event["SUMMARY"] == f"{odd} (Identité numérique)"
    assert event["DESCRIPTION"].endswith(joining.text)
    assert all(len(each) <= 75 for each in content.split(b"\r\n")), "folded"
    content.decode()


def test_a_name_cannot_become_another_line() -> None:
    guest = Guest('Ona "O"\r\nATTENDEE:mailto:x@example.org', "ona@example.org", None)
    content = calendars.calendar(Shelf((entry(),)), Style(Reader("en_CA"), "REQUEST", guest))
    [event] = events(content)
    assert str(event["ATTENDEE"]) == "mailto:ona@example.org"
    assert event["ATTENDEE"].params["CN"].startswith("Ona 'O'")


def test_an_invitation_says_who_asks_whom() -> None:
    guest = Guest("Ona", "ona@example.org", "bureau@example.org", "tentative")
    content = calendars.calendar(Shelf((entry(revision=3),)), Style(Reader("en_CA"), "REQUEST", guest))
    [event] = events(content)
    assert icalendar.Calendar.from_ical(content)["METHOD"] == "REQUEST"
    assert event["SEQUENCE"] == 3
    assert str(event["ORGANIZER"]) == "mailto:bureau@example.org"
    assert event["ATTENDEE"].params["PARTSTAT"] == "TENTATIVE"


def rows(**of: dict[str, Any]) -> tuple[Entry, ...]:
    """Four weeks of meetings; what is said of one of them by its number."""
    days: Sequence[date] = [date(2027, 3, 2) + timedelta(weeks=n) for n in range(4)]
    return tuple(entry(f"7-{day}", series=7, occurrence=day, **{"day": day} | of.get(f"n{n}", {})) for n, day in enumerate(days))


def weekly(entries: tuple[Entry, ...]) -> Shelf:
    rule = Series(date(2027, 3, 2), time(13, 30), "America/St_Johns", until=date(2027, 3, 23))
    return Shelf(entries, (Whole(7, rule, date(2027, 3, 23), 60, GROUP, entry().title, None, 5),))


def test_a_cancelled_meeting_of_a_series_is_cancelled_in_a_feed_and_left_out_of_an_invitation() -> None:
    found = weekly(rows(n2={"state": "cancelled"}))
    master, gone = events(calendars.calendar(found, ENGLISH))
    assert (gone["STATUS"], gone["RECURRENCE-ID"].dt.date()) == ("CANCELLED", date(2027, 3, 16))
    assert "EXDATE" not in master
    guest = Guest("Ona", "ona@example.org", None)
    [alone] = events(calendars.calendar(found, Style(Reader("en_CA"), "REQUEST", guest)))
    assert alone["EXDATE"].dts[0].dt.date() == date(2027, 3, 16)


def test_all_of_a_series_have_one_name_and_one_number() -> None:
    found = weekly(rows(n1={"title": Bilingual("Honey", "Miel")}, n3={"minutes": 90, "revision": 1}))
    read = events(calendars.calendar(found, ENGLISH))
    assert len(read) == 3
    assert {(str(each["UID"]), each["SEQUENCE"]) for each in read} == {(calendars.series_uid(7), 5)}
    one = events(calendars.instance(found.entries[3], found.series[0], Style(Reader("en_CA"), "CANCEL")))
    assert [(str(each["UID"]), each["RECURRENCE-ID"].dt.date(), each["STATUS"]) for each in one] == [
        (calendars.series_uid(7), date(2027, 3, 23), "CANCELLED")
    ]


def test_other_data_of_the_zones_make_other_clocks(monkeypatch: pytest.MonkeyPatch) -> None:
    before = calendars.calendar(Shelf((entry(),)), ENGLISH)
    monkeypatch.setattr(ics, "ZoneInfo", lambda _: ZoneInfo.no_cache("America/Regina"))
    assert b"TZOFFSETTO:-0600" in calendars.calendar(Shelf((entry(),)), ENGLISH)
    assert b"TZOFFSETTO:-0600" not in before


def test_a_meeting_in_a_far_year_spoils_nobody_elses_calendar() -> None:
    found = Shelf((entry(), entry("m2", day=date(9999, 12, 30))))
    assert [each["DTSTART"].dt.year for each in events(calendars.calendar(found, ENGLISH))] == [2027, 9999]
