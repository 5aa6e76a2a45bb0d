"""Meetings as calendar programs read them: invitations, cancellations and feeds, RFC 5545 and RFC 5546 (iTIP). Plain data in, text out.

A series is one event with its rule; what differs of one of its meetings is said of that one. Days are never invented: a meeting that is
known to the month stands in no calendar.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final, Literal
from zoneinfo import ZoneInfo

from cadre.core.bilingual import Bilingual
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.meetings import ics
from cadre.meetings import series as rules
from cadre.meetings.views import Answer, Joining

Method = Literal["PUBLISH", "REQUEST", "CANCEL"]
CONTENT: Final = "text/calendar"
_MAKER: Final = "-//Cadre//Joint Councils//{language}"
_AT: Final = "cadre.joint-councils"
"""After the @ of what never changes, wherever Cadre runs."""
_UNKNOWN: Final = "invalid:nomail"
_EVER: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""When a meeting was changed last that nobody changed."""
_AHEAD: Final = 10
"""Years for which the clocks are told that a series without an end goes by."""
_STANDS: Final[Mapping[Answer, str]] = {"": "NEEDS-ACTION", "accepted": "ACCEPTED", "tentative": "TENTATIVE", "declined": "DECLINED"}
_REFRESH: Final = ("REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H")


@dataclass(frozen=True, slots=True)
class Entry:
    """A meeting whose day is known. ``joining``: None for those who are not told; ``answer``: of the one whose calendar it is, or None."""

    id: str
    group: Bilingual
    title: Bilingual | None
    day: date
    at: time | None
    fold: int
    zone: str | None
    minutes: int | None
    starts_at: datetime | None
    last_day: date | None
    place: Bilingual | None
    joining: Joining | None
    state: str
    reason: Bilingual | None
    revision: int
    changed_at: datetime | None
    series: int | None = None
    occurrence: date | None = None
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class Whole:
    """A series. ``made_to``: up to which day its meetings have records; ``joining``: as of those of its meetings that differ in nothing."""

    id: int
    rule: rules.Series
    made_to: date
    minutes: int
    group: Bilingual
    title: Bilingual | None
    joining: Joining | None
    revision: int
    changed_at: datetime | None = None
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class Guest:
    """Whom an invitation is for, and who asks. ``organizer``: an e-mail address, where there is one."""

    name: str
    email: str | None
    organizer: str | None
    answer: Answer = ""


@dataclass(frozen=True, slots=True)
class Shelf:
    """What stands in a calendar."""

    entries: tuple[Entry, ...]
    series: tuple[Whole, ...] = ()


@dataclass(frozen=True, slots=True)
class Style:
    """How a calendar is written. ``base``: where the web pages are, empty where nobody is told; ``name``: of one that is subscribed to;
    ``made``: when a message is made. Of two that are of the same revision, calendars take the later (RFC 5546, 2.1.5).
    """

    reader: Reader
    method: Method = "PUBLISH"
    guest: Guest | None = None
    base: str = ""
    name: str | None = None
    made: datetime | None = None


def calendar(shelf: Shelf, style: Style) -> bytes:
    """A calendar of meetings. In a feed, what was cancelled is there as cancelled; an invitation leaves it out of its series."""
    events: list[str] = []
    zones: set[str] = set()
    of_series: dict[int, list[Entry]] = {}
    for each in shelf.entries:
        zones |= {each.zone} if each.zone else set()
        if each.series is None:
            events += _event(f"UID:{uid(each.id)}", _times(each), each, style)
        else:
            of_series.setdefault(each.series, []).append(each)
    for whole in shelf.series:
        events += _series(whole, of_series.get(whole.id, []), style)
        zones.add(whole.rule.zone)
    return _written(events, zones, _reach(shelf), style)


def instance(entry: Entry, whole: Whole | None, style: Style) -> bytes:
    """One meeting alone, and of a series that one only: what a change or a cancellation of it says."""
    if whole is None or entry.occurrence is None:
        return calendar(Shelf((replace(entry, series=None),)), style)
    times = [_recurrence(whole, entry.occurrence), *_times(entry)]
    events = _event(f"UID:{series_uid(whole.id)}", times, replace(entry, revision=whole.revision), style)
    zones = {whole.rule.zone, *({entry.zone} if entry.zone else ())}
    return _written(events, zones, _reach(Shelf((entry,))), style)


def _written(events: Iterable[str], zones: Iterable[str], reach: tuple[date, date], style: Style) -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", ics.line("PRODID", _MAKER.format(language=style.reader.language.upper()))]
    lines += ["CALSCALE:GREGORIAN", f"METHOD:{style.method}"]
    if style.name:
        lines += [ics.line(key, ics.text(style.name)) for key in ("NAME", "X-WR-CALNAME")]
        lines += _REFRESH
    return "\r\n".join((*lines, *ics.timezones(zones, *reach), *events, "END:VCALENDAR", "")).encode()


def uid(id_: str) -> str:
    """What a meeting is called in calendars, for ever."""
    return f"{id_}@{_AT}"


def series_uid(id_: int) -> str:
    """What a series is called in calendars."""
    return f"series-{id_}@{_AT}"


def ended_before(whole: Whole) -> bool:
    """Whether nothing of a series is left: it ended before its first meeting."""
    return whole.rule.until is not None and whole.rule.until < whole.rule.first


def _reach(shelf: Shelf) -> tuple[date, date]:
    """The years in which anything happens."""
    days = [day for each in shelf.entries for day in (each.day, each.last_day) if day]
    for whole in shelf.series:
        until = whole.rule.until or whole.made_to.replace(day=1, year=whole.made_to.year + _AHEAD)
        days += [whole.rule.first, max(until, whole.rule.first)]
    return (min(days), max(days)) if days else (date.min, date.min)


# -- events


def _series(whole: Whole, entries: Sequence[Entry], style: Style) -> Iterator[str]:
    """The rule, the days on which it does not come, and each meeting that is otherwise than the rule has it."""
    usual = _usual(whole)
    feed = style.method == "PUBLISH"
    cancelled = {each.occurrence for each in entries if each.state == "cancelled"}
    there = {each.occurrence for each in entries if each.occurrence}
    kept = there if feed else there - cancelled
    skipped = [day for day in rules.days(whole.rule, whole.rule.first, whole.made_to) if day not in kept]
    of = f"UID:{series_uid(whole.id)}"
    if ended_before(whole):
        yield from _event(of, _times(usual), replace(usual, state="cancelled"), style)
        return
    times = [*_times(usual), ics.rule(rules.rule(whole.rule))]
    times += [ics.local("EXDATE", datetime.combine(day, whole.rule.at), whole.rule.zone) for day in skipped]
    yield from _event(of, times, usual, style)
    for each in entries:
        if each.occurrence and each.occurrence in kept and _differs(each, usual):
            times = [_recurrence(whole, each.occurrence), *_times(each)]
            yield from _event(of, times, replace(each, revision=whole.revision), style)


def _usual(whole: Whole) -> Entry:
    """The first meeting of a series as its rule has it."""
    rule = whole.rule
    starts = rules.instant(rules.Wall(rule.first, rule.at), ZoneInfo(rule.zone))
    named = whole.group, whole.title, rule.first, rule.at, 0, rule.zone, whole.minutes, starts, None, None, whole.joining, "planned", None
    return Entry(f"series-{whole.id}", *named, whole.revision, whole.changed_at, whole.id, rule.first, whole.answer)


def _differs(entry: Entry, usual: Entry) -> bool:
    """Whether a meeting is otherwise than its series, to whoever reads of it."""
    mine = entry.day, entry.at, entry.zone, entry.minutes, entry.fold, entry.title, entry.joining, entry.state, entry.answer
    theirs = entry.occurrence, usual.at, usual.zone, usual.minutes, 0, usual.title, usual.joining, usual.state, usual.answer
    return mine != theirs or entry.place is not None or entry.last_day is not None


def _recurrence(whole: Whole, day: date) -> str:
    return ics.local("RECURRENCE-ID", datetime.combine(day, whole.rule.at), whole.rule.zone)


def _event(of: str, times: Iterable[str], entry: Entry, style: Style) -> list[str]:
    changed, language = entry.changed_at or _EVER, style.reader.language
    stamps = [f"DTSTAMP:{ics.utc(style.made or changed)}", f"LAST-MODIFIED:{ics.utc(changed)}"]
    lines = ["BEGIN:VEVENT", of, *stamps, f"SEQUENCE:{entry.revision}", *times]
    lines.append(_summary(entry.title, entry.group, style.reader))
    if told := _description(entry, style.reader):
        lines.append(ics.line("DESCRIPTION", ics.text(told)))
    if where := _location(entry, style.reader):
        lines.append(ics.line("LOCATION", ics.text(where)))
    off = entry.state == "cancelled" or style.method == "CANCEL"
    lines.append("STATUS:CANCELLED" if off else "STATUS:CONFIRMED")
    if off or entry.answer == "declined":
        lines.append("TRANSP:TRANSPARENT")
    if style.base:
        page = f"meetings?series={entry.series}&" if entry.id.startswith("series-") else f"meetings/{entry.id}?"
        lines.append(ics.line("URL", f"{style.base.rstrip('/')}/{page}lang={language}"))
    if style.guest:
        answer = style.guest.answer if entry.answer is None else entry.answer
        lines += _people(style.guest, entry.group.for_(style.reader), answer)
    lines.append("END:VEVENT")
    return lines


@lru_cache(maxsize=1024)
def _summary(title: Bilingual | None, group: Bilingual, reader: Reader) -> str:
    """Kept, because many meetings are called the same."""
    name = group.for_(reader)
    told = reader.gettext("{title} ({group})", title=title.for_(reader), group=name) if title else name
    return ics.line("SUMMARY", ics.text(told))


def _people(guest: Guest, group: str, answer: Answer) -> Iterator[str]:
    organizer = f"mailto:{guest.organizer}" if guest.organizer else _UNKNOWN
    attendee = f"mailto:{guest.email}" if guest.email else _UNKNOWN
    yield ics.line(f"ORGANIZER;CN={ics.parameter(group)}", organizer)
    stands = f"PARTSTAT={_STANDS[answer]};RSVP={'FALSE' if answer else 'TRUE'}"
    yield ics.line(f"ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;{stands};CN={ics.parameter(guest.name)}", attendee)


def _description(entry: Entry, reader: Reader) -> Words:
    """Why it changed, and for whom it is: how to join."""
    _, parts = reader.gettext, list[Words]()
    if entry.reason:
        parts.append(_("Reason: {reason}", reason=entry.reason.marked(reader)))
    if entry.joining and entry.state != "cancelled":
        if entry.joining.link:
            parts.append(_("Join: {link}", link=Words.verbatim(entry.joining.link)))
        if entry.joining.text:
            parts.append(Words.verbatim(entry.joining.text))
    return Words.joined("\n", parts)


def _location(entry: Entry, reader: Reader) -> str | None:
    if entry.place:
        return entry.place.for_(reader)
    return entry.joining.link if entry.joining and entry.state != "cancelled" else None


def _times(entry: Entry) -> Iterator[str]:
    """From when until when: on the wall of its zone, or whole days. What the wall shows twice is told as an instant."""
    last = entry.last_day or entry.day
    if entry.at is None or entry.zone is None or entry.starts_at is None:
        yield ics.day("DTSTART", entry.day)
        yield ics.day("DTEND", last + timedelta(days=1))
        return
    ends = entry.starts_at + timedelta(minutes=entry.minutes or 0)
    if entry.fold:
        yield f"DTSTART:{ics.utc(entry.starts_at)}"
        yield f"DTEND:{ics.utc(ends)}"
        return
    yield ics.local("DTSTART", datetime.combine(entry.day, entry.at), entry.zone)
    there = ends.astimezone(ZoneInfo(entry.zone)).replace(tzinfo=None)
    yield ics.local("DTEND", there + (last - entry.day), entry.zone)
