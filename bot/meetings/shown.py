"""What the web pages of meetings show of many: lists, series and months. What they show of one stands in ``shown_meeting``."""

from __future__ import annotations

import calendar
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from typing import Final
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from bot.web.personal import Other, Page, about
from cadre.core.bilingual import Bilingual
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.meetings import wording
from cadre.meetings.almanac import Choice
from cadre.meetings.grouping import Row, grouped
from cadre.meetings.views import IN_PERSON, MeetingView

LISTED: Final = 100
"""Coming meetings on one page; the months have all."""
_WEEK: Final = calendar.Calendar(calendar.SUNDAY)
_TOP: Final = "../"
_SUNDAY: Final = date(2027, 1, 3)


@dataclass(frozen=True, slots=True)
class Link:
    """A way on. ``here``: it leads where one is."""

    address: Words
    name: Words
    here: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """A meeting in a list. ``more``: to the rest of its series, for which it stands; ``decided``: what everybody may know it decided."""

    link: Link
    when: Words
    place: Words | None
    off: Words | None
    moved: Words | None = None
    more: Link | None = None
    decided: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Month:
    """The meetings of a month, or those that were, in a list."""

    name: Words
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class ListPage(Page):
    """All that come, or that were. ``ways``: to the months, the past, the calendars to subscribe to."""

    above: tuple[Words, ...]
    filters_name: Words
    filters: tuple[Link, ...]
    ways: tuple[Link, ...]
    subscribe_name: Words
    subscribe: tuple[Link, ...]
    months: tuple[Month, ...]
    none: Words


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list shows. ``decided``: of what was, by its record: what everybody may know that it decided."""

    found: tuple[MeetingView, ...]
    choices: tuple[Choice, ...]
    decided: Mapping[str, Sequence[Bilingual]]
    today: date


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the month view. ``number``: as it is seen; ``name``: as it is spoken, and read on a phone."""

    number: int
    name: Words
    today: bool
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class MonthPage(Page):
    """A month. Of a week, None stands for the days of other months."""

    heading: Words
    weekdays: tuple[Words, ...]
    weeks: tuple[tuple[Day | None, ...], ...]
    unfixed_name: Words
    unfixed: tuple[Card, ...]
    ways: tuple[Link, ...]
    told: Words
    none: Words | None


def list_page(listed: Listed, wanted: dict[str, str], reader: Reader, other: Other) -> ListPage:
    """``wanted``: what the address asks for: a group or a council, a series, the past."""
    _, past, found = reader.gettext, "past" in wanted, listed.found
    choices = () if "series" in wanted else listed.choices
    options = [("", "", _("All groups")), *(("council" if c.council else "group", c.id, _choice(c, reader)) for c in choices)]
    keep = {"past": "1"} if past else {}
    filters = tuple(
        Link(at("meetings", reader, **({key: id_} if key else {}), **keep), name, here=wanted.get(key) == id_ if key else not _of(wanted))
        for key, id_, name in options
    )
    turned = {key: value for key, value in wanted.items() if key != "past"} | ({} if past else {"past": "1"})
    turn = Link(at("meetings", reader, **turned), _("Upcoming meetings") if past else _("Past meetings and their decisions"))
    feed = f"calendars/groups/{wanted['group']}.ics" if "group" in wanted else None
    feed = f"calendars/councils/{wanted['council']}.ics" if "council" in wanted else feed
    return ListPage(
        language=Words.verbatim(reader.language),
        title=_title(found, wanted, reader),
        above=(
            *((wording.rule(found[0].repeats, reader),) if found and found[0].repeats and "series" in wanted else ()),
            *((provisional_kept(reader),) if past else ()),
        ),
        about=about(reader),
        other=other,
        filters_name=_("Meetings shown: {which}", which=next((each.name for each in filters if each.here), options[0][2])),
        filters=filters if len(filters) > 2 else (),
        ways=(turn, *_beside(listed.today, wanted, reader)),
        subscribe_name=_("In your calendar"),
        subscribe=tuple(_subscribe(feed, reader)),
        months=tuple(_months(_rows(listed, wanted)[:LISTED], listed.decided, reader)),
        none=_("No meeting is in the registry.") if past else _("No meeting is planned."),
    )


def provisional_kept(reader: Reader) -> Words:
    """What pages for everybody leave out of decisions."""
    return reader.gettext("Decisions that are still provisional are shown only to those who were invited.")


def _title(found: Sequence[MeetingView], wanted: Collection[str], reader: Reader) -> Words:
    if found and "series" in wanted:
        return wording.title(found[0], reader)
    return reader.gettext("Past meetings") if "past" in wanted else reader.gettext("Meetings")


def _beside(today: date, wanted: Collection[str], reader: Reader) -> Iterator[Link]:
    if "series" in wanted:
        yield Link(at("meetings", reader), reader.gettext("All upcoming meetings"))
    yield Link(at(f"meetings/{today:%Y-%m}", reader), reader.gettext("By month"))


def _rows(listed: Listed, wanted: Collection[str]) -> tuple[Row, ...]:
    """What decided something, or has minutes, stands by itself; of a series that was asked for, all do."""
    if "series" in wanted:
        return tuple(Row(view) for view in listed.found)
    return grouped(listed.found, (view.id for view in listed.found if view.minutes_state or view.id in listed.decided))


def _choice(found: Choice, reader: Reader) -> Words:
    return wording.with_groups(found.name, reader) if found.council else found.name.for_(reader).sentence


def _of(wanted: Collection[str]) -> bool:
    return "group" in wanted or "council" in wanted


def _subscribe(feed: str | None, reader: Reader) -> Iterator[Link]:
    if feed:
        yield Link(at(feed, reader), reader.gettext("Subscribe to these meetings (iCalendar)"))
    yield Link(at("calendars/all.ics", reader), reader.gettext("Subscribe to all meetings (iCalendar)"))


def at(path: str, reader: Reader, **query: str) -> Words:
    """An address as the list has it, which stands at the top; ``up`` as the pages below have it. Where the top is, Cadre need not know."""
    return Words.verbatim(f"{path}?{urlencode({**query, 'lang': reader.language})}")


def up(path: str, reader: Reader, **query: str) -> Words:
    """An address as the pages below the list have it."""
    return at(f"../{path}", reader, **query)


def _months(rows: Iterable[Row], decided: Mapping[str, Sequence[Bilingual]], reader: Reader) -> Iterator[Month]:
    for first, some in groupby(rows, key=lambda row: row.view.facts.held.first.replace(day=1) if row.view.facts.held else date.max):
        yield Month(reader.month(first).sentence, tuple(_row(each, decided.get(each.view.id, ()), reader) for each in some))


def _row(each: Row, decided: Sequence[Bilingual], reader: Reader) -> Card:
    behind = wording.behind(each, reader)
    more = Link(at("meetings", reader, series=str(each.view.series)), behind) if behind else None
    return replace(card(each.view, reader), more=more, decided=tuple(text.for_(reader) for text in decided))


def _day(view: MeetingView, reader: Reader) -> date:
    """On which day a meeting is where the reader is; one in person, where it is."""
    facts = view.facts
    if facts.starts_at and facts.kind != IN_PERSON:
        return reader.local(facts.starts_at).date()
    return facts.held.first if facts.held else date.max


def card(view: MeetingView, reader: Reader, top: str = "") -> Card:
    """A meeting in a list. ``top``: the way from the page to the top."""
    link = Link(at(f"{top}meetings/{view.id}", reader), wording.title(view, reader))
    off = reader.gettext("Cancelled") if view.cancelled else None
    return Card(link, when(view, reader), wording.place(view, reader), off, moved(view, reader))


def moved(view: MeetingView, reader: Reader, *, known: bool = False) -> Words | None:
    """From when a meeting was moved: where its reader is, if that is known, else where the meeting is."""
    return wording.moved(view, reader, None if known else view.facts.zone)


def when(view: MeetingView, reader: Reader, *, known: bool = False) -> Words:
    """When a meeting is: where its reader is, if that is known, else first as the wall shows it where the meeting is; and the other."""
    facts = view.facts
    here = wording.when(facts, reader)
    if facts.starts_at is None or facts.zone in (None, reader.zone) or facts.kind == IN_PERSON:
        return here.sentence
    there = reader.moment(facts.starts_at, facts.zone)
    first, second, zone = (here, there, facts.zone) if known else (there, here, reader.zone)
    if reader.local(facts.starts_at).date() == facts.starts_at.astimezone(ZoneInfo(facts.zone or reader.zone)).date():
        second = reader.hour(facts.starts_at, zone)
    return Words.joined("; ", (first.sentence, second))


# -- a month


def month_page(found: Sequence[MeetingView], first: date, today: date, reader: Reader, other: Other) -> MonthPage:
    """A month, week by week, from Sunday on as calendars here have it."""
    _, days = reader.gettext, dict[date, list[Card]]()
    for view in found:
        for n, day in enumerate(_days(view, reader)):
            days.setdefault(day, []).append(_short(view, reader, begins=n == 0))
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    return MonthPage(
        language=Words.verbatim(reader.language),
        title=_("Meetings, {month}", month=reader.month(first)),
        about=about(reader),
        other=other,
        heading=reader.month(first).sentence,
        weekdays=tuple(reader.weekday(_SUNDAY + timedelta(days=n)).sentence for n in range(7)),
        weeks=tuple(
            tuple(_cell(day, days.get(day, []), today, reader) if day.month == first.month else None for day in week)
            for week in _WEEK.monthdatescalendar(first.year, first.month)
        ),
        unfixed_name=_("Day to be fixed"),
        unfixed=tuple(card(view, reader, _TOP) for view in found if _unfixed(view, first, last)),
        ways=tuple(_around(first, last, reader)),
        told=_("Times are those of {city}; those of meetings in person, of the place.", city=reader.city(reader.zone)),
        none=None if any(day.month == first.month for day in days) else _("No meeting is in the registry for this month."),
    )


def _around(first: date, last: date, reader: Reader) -> Iterator[Link]:
    _, before, after = reader.gettext, (first - timedelta(days=1)).replace(day=1), last + timedelta(days=1)
    yield Link(up(f"meetings/{before:%Y-%m}", reader), _("Earlier: {month}", month=reader.month(before)))
    yield Link(up(f"meetings/{after:%Y-%m}", reader), _("Later: {month}", month=reader.month(after)))
    yield Link(up("meetings", reader), _("All upcoming meetings"))


def _unfixed(view: MeetingView, first: date = date.min, last: date = date.max) -> bool:
    """Whether a meeting is known to be between two days, and not on which of them."""
    held = view.facts.held
    return held is not None and held.first != held.last and held.first <= last and held.last >= first


def _days(view: MeetingView, reader: Reader) -> Iterator[date]:
    if view.facts.held is None or _unfixed(view):
        return
    first = _day(view, reader)
    for n in range(((view.facts.last_day or first) - first).days + 1):
        yield first + timedelta(days=n)


def _short(view: MeetingView, reader: Reader, *, begins: bool) -> Card:
    """In a day of the month; with its time on the day on which it begins."""
    facts, when = view.facts, Words("")
    if facts.starts_at and begins:
        zone = facts.zone if facts.kind == IN_PERSON and facts.zone else reader.zone
        when = reader.time(facts.starts_at.astimezone(ZoneInfo(zone)))
    full = card(view, reader, _TOP)
    return Card(full.link, when, full.place, full.off)


def _cell(day: date, cards: Sequence[Card], today: date, reader: Reader) -> Day:
    return Day(day.day, reader.date(day, weekday=True), day == today, tuple(cards))
