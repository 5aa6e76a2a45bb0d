"""What the web pages of meetings show: what everybody may know, and to whoever a link is for, what is theirs."""

from __future__ import annotations

import calendar
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Final
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from bot.meetings import views
from bot.web.personal import Other, Page, about
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.meetings import wording
from cadre.meetings.almanac import Choice, Item
from cadre.meetings.views import IN_PERSON, InviteeFacts, MeetingView

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
    """A meeting in a list."""

    link: Link
    when: Words
    place: Words | None
    off: Words | None


@dataclass(frozen=True, slots=True)
class Month:
    """The meetings of a month, or those that were, in a list."""

    name: Words
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class ListPage(Page):
    """All that come, or that were. ``ways``: to the months, the past, the calendars to subscribe to."""

    filters_name: Words
    filters: tuple[Link, ...]
    ways: tuple[Link, ...]
    subscribe_name: Words
    subscribe: tuple[Link, ...]
    months: tuple[Month, ...]
    none: Words


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


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an agenda: what it is, and what is known of it besides."""

    title: Words
    besides: Words
    paper: Link | None


@dataclass(frozen=True, slots=True)
class MeetingPage(Page):
    """A meeting. ``times``: city and time there; ``joining``, ``people``: for whoever may know; ``notes``: of a link that is not good."""

    name: Words
    above: Words
    notes: tuple[Words, ...]
    facts: tuple[Words, ...]
    off: Words | None
    joining_name: Words
    joining: tuple[Words, ...]
    join: Link | None
    times_name: Words
    columns: tuple[Words, ...]
    times: tuple[tuple[Words, Words], ...]
    agenda_name: Words
    agenda: tuple[Line, ...]
    decided_name: Words
    decided: tuple[Words, ...]
    people_name: Words
    counts: Words | None
    people: tuple[Words, ...]
    ways: tuple[Link, ...]
    subscribe_name: Words
    subscribe: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """A meeting as its page shows it. ``invitees``: None for whoever may not see them; ``file``: the address of its calendar file."""

    view: MeetingView
    invitees: tuple[InviteeFacts, ...] | None
    agenda: tuple[Item, ...]
    decided: tuple[tuple[Words, bool], ...]
    file: str | None
    expired: bool


def list_page(
    found: Sequence[MeetingView], choices: Iterable[Choice], wanted: dict[str, str], reader: Reader, other: Other, *, today: date
) -> ListPage:
    """``wanted``: what the address asks for: a group or a council, the past."""
    _, past = reader.gettext, "past" in wanted
    options = [("", "", _("All groups")), *(("council" if c.council else "group", c.id, _choice(c, reader)) for c in choices)]
    keep = {"past": "1"} if past else {}
    filters = tuple(
        Link(_at("meetings", reader, **({key: id_} if key else {}), **keep), name, here=wanted.get(key) == id_ if key else not _of(wanted))
        for key, id_, name in options
    )
    turned = {key: value for key, value in wanted.items() if key != "past"} | ({} if past else {"past": "1"})
    turn = Link(_at("meetings", reader, **turned), _("Meetings that come") if past else _("Past meetings and their decisions"))
    feed = f"calendars/groups/{wanted['group']}.ics" if "group" in wanted else None
    feed = f"calendars/councils/{wanted['council']}.ics" if "council" in wanted else feed
    return ListPage(
        language=Words.verbatim(reader.language),
        title=_("Past meetings") if past else _("Meetings"),
        about=about(reader),
        other=other,
        filters_name=_("Meetings of"),
        filters=filters if len(filters) > 2 else (),
        ways=(turn, Link(_at(f"meetings/{today:%Y-%m}", reader), _("By month"))),
        subscribe_name=_("In your calendar"),
        subscribe=tuple(_subscribe(feed, reader)),
        months=tuple(_months(found[:LISTED], reader)),
        none=_("No meeting is in the registry.") if past else _("No meeting is planned."),
    )


def _choice(found: Choice, reader: Reader) -> Words:
    return wording.with_groups(found.name, reader) if found.council else found.name.for_(reader).sentence


def _of(wanted: Collection[str]) -> bool:
    return "group" in wanted or "council" in wanted


def _subscribe(feed: str | None, reader: Reader) -> Iterator[Link]:
    if feed:
        yield Link(_at(feed, reader), reader.gettext("Subscribe to these meetings (iCalendar)"))
    yield Link(_at("calendars/all.ics", reader), reader.gettext("Subscribe to all meetings (iCalendar)"))


def _at(path: str, reader: Reader, **query: str) -> Words:
    """An address as the list has it, which stands at the top; ``_up`` as the pages below have it. Where the top is, Cadre need not know."""
    return Words.verbatim(f"{path}?{urlencode({**query, 'lang': reader.language})}")


def _up(path: str, reader: Reader, **query: str) -> Words:
    return _at(f"../{path}", reader, **query)


def _months(found: Iterable[MeetingView], reader: Reader) -> Iterator[Month]:
    for first, some in groupby(found, key=lambda view: _day(view, reader).replace(day=1)):
        yield Month(reader.month(first).sentence, tuple(card(view, reader) for view in some))


def _day(view: MeetingView, reader: Reader) -> date:
    """On which day a meeting is where the reader is; one in person, where it is."""
    facts = view.facts
    if facts.starts_at and facts.kind != IN_PERSON:
        return reader.local(facts.starts_at).date()
    return facts.held.first if facts.held else date.max


def card(view: MeetingView, reader: Reader, top: str = "") -> Card:
    """A meeting in a list. ``top``: the way from the page to the top."""
    link = Link(_at(f"{top}meetings/{view.id}", reader), wording.title(view, reader))
    off = reader.gettext("Cancelled") if view.facts.state == "cancelled" else None
    return Card(link, wording.when(view.facts, reader).sentence, wording.place(view, reader), off)


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
    yield Link(_up(f"meetings/{before:%Y-%m}", reader), _("Earlier: {month}", month=reader.month(before)))
    yield Link(_up(f"meetings/{after:%Y-%m}", reader), _("Later: {month}", month=reader.month(after)))
    yield Link(_up("meetings", reader), _("All meetings that come"))


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


# -- a meeting


def meeting_page(opened: Opened, reader: Reader, other: Other) -> MeetingPage:
    """A meeting: when it is everywhere, what it is about; how to join and who comes, for whoever may know."""
    _, view = reader.gettext, opened.view
    cancelled = view.facts.state == "cancelled"
    link = view.joining.link if view.joining and not cancelled else None
    inside = opened.invitees is not None
    return MeetingPage(
        language=Words.verbatim(reader.language),
        title=wording.title(view, reader),
        about=about(reader),
        other=other,
        name=wording.title(view, reader),
        above=_("Meeting in person") if view.facts.kind == IN_PERSON else _("Teleconference"),
        notes=(_("This link is not good any more: the page shows what everybody may know."),) if opened.expired else (),
        facts=tuple(_facts(view, reader)),
        off=_("Cancelled") if cancelled else None,
        joining_name=_("How to join"),
        joining=tuple(Words.verbatim(each) for each in _lines(view)) if not cancelled else (),
        join=Link(Words.verbatim(link), Words.verbatim(link)) if link and link.startswith(("https://", "http://")) else None,
        times_name=_("When it is, from coast to coast"),
        columns=(_("City"), _("Local time")),
        times=tuple(_times(view, reader)) if view.facts.starts_at else (),
        agenda_name=_("Agenda"),
        agenda=tuple(_line(item, reader, inside=inside) for item in opened.agenda),
        decided_name=_("Decisions"),
        decided=tuple(_("Provisional: {text}", text=text) if draft else text for text, draft in opened.decided if inside or not draft),
        people_name=_("Who comes"),
        counts=wording.counts(view.counts, reader) if view.counts.invited else None,
        people=tuple(views.invitee(each, reader, in_person=False) for each in opened.invitees or ()),
        ways=(Link(_up("meetings", reader), _("All meetings that come")),),
        subscribe_name=_("In your calendar"),
        subscribe=tuple(_calendars(opened, reader)),
    )


def _facts(view: MeetingView, reader: Reader) -> Iterator[Words]:
    _, facts = reader.gettext, view.facts
    yield wording.when(facts, reader).sentence
    if facts.minutes and facts.starts_at:
        yield wording.length(facts.minutes, reader)
    if view.repeats:
        yield _("Comes again {rule}", rule=wording.repeats(view.repeats, reader))
    if where := wording.place(view, reader):
        yield _("Place: {place}", place=where)
    if view.results:
        yield _("Expected results: {results}", results=Words.joined("; ", (each.marked(reader) for each in view.results)))
    if view.reason:
        yield _("Reason: {reason}", reason=view.reason.marked(reader))


def _lines(view: MeetingView) -> list[str]:
    return [line for line in (view.joining.text or "").splitlines() if line.strip()] if view.joining else []


def _times(view: MeetingView, reader: Reader) -> Iterator[tuple[Words, Words]]:
    """The cities of the Councils' zones, those where clocks show the same together, from east to west."""
    begins = view.facts.starts_at
    assert begins
    of_time: dict[datetime, list[str]] = {}
    for zone in wording.ZONES:
        of_time.setdefault(begins.astimezone(ZoneInfo(zone)).replace(tzinfo=None), []).append(zone)
    for _wall, zones in sorted(of_time.items(), reverse=True):
        local = begins.astimezone(ZoneInfo(zones[0]))
        moment = Words.joined(", ", (reader.date(local.date(), weekday=True).sentence, reader.time(local), reader.offset(local)))
        yield reader.listed(dict.fromkeys(reader.city(zone) for zone in zones)), moment  # Yellowknife's clocks are Edmonton's now


def _line(item: Item, reader: Reader, *, inside: bool) -> Line:
    """The papers are for those who are there."""
    _ = reader.gettext
    kinds = {"decision": _("decision"), "discussion": _("discussion"), "update": _("update")}
    parts = [kinds[item.kind], *((wording.length(item.minutes, reader),) if item.minutes else ())]
    paper = item.paper.for_(reader) if item.paper and inside else None
    elsewhere = item.paper is not None and not item.paper.in_(reader.language)
    label = _paper_elsewhere(reader) if elsewhere else _("Paper")
    link = Link(paper, label) if paper and paper.startswith(("https://", "http://")) else None
    return Line(item.title.marked(reader), Words.joined(", ", parts), link)


def _paper_elsewhere(reader: Reader) -> Words:
    """What a paper is called that is not in the reader's language."""
    return reader.gettext("Paper (in French only)") if reader.language == "en" else reader.gettext("Paper (in English only)")


def _calendars(opened: Opened, reader: Reader) -> Iterator[Link]:
    if opened.file:
        yield Link(Words.verbatim(f"..{opened.file}"), reader.gettext("Add to my calendar"))
    group = opened.view.facts.group
    yield Link(_up(f"calendars/groups/{group}.ics", reader), reader.gettext("Subscribe to the meetings of this group (iCalendar)"))
