"""How meetings are told, once for all faces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate, Precision
from cadre.core.french import Name, article
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.meetings.facts import MeetingFacts
from cadre.meetings.grouping import Row
from cadre.meetings.rules import Attendee, drifts
from cadre.meetings.series import LAST, Series, is_last, nth
from cadre.meetings.views import IN_PERSON, Answer, Caution, Counts, InviteeFacts, MeetingView, SeriesFacts

ZONES: Final = (
    "America/St_Johns",
    "America/Halifax",
    "America/Moncton",
    "America/Toronto",
    "America/Winnipeg",
    "America/Regina",
    "America/Edmonton",
    "America/Vancouver",
    "America/Whitehorse",
    "America/Iqaluit",
)
"""The zones in which the Councils meet, from east to west."""

_CHANGES: Final = 2
"""Of a series, the changes of clocks that are told: those of a year."""
NAMED: Final = 20
"""Of a crowd, so many are named in one line; the others are counted."""


def title(view: MeetingView, reader: Reader) -> Words:
    """What a meeting is called: its title, with its group where that says more; else the group."""
    return titled(view.facts.title, view.group_name, reader)


def titled(title: Bilingual | None, group: Bilingual, reader: Reader) -> Words:
    """A title with its group, in one bracket with the language that it is in, where that is not the reader's; without one, the group."""
    _, name = reader.gettext, group.for_(reader)
    if title is None:
        return name
    values = {"title": title.for_(reader), "group": name}
    if title.in_(reader.language) or not (title.en or title.fr):
        return _("{title} ({group})", **values)
    return _("{title} ({group}; in English only)", **values) if title.en else _("{title} ({group}; in French only)", **values)


def with_groups(council: Bilingual, reader: Reader) -> Words:
    """A council and the groups below it: "The Joint Councils and their groups", « Les Conseils mixtes et leurs groupes »."""
    art = article(council.fr or "")
    name = Name.make(council.for_(reader), reader.language, art, definite=True)
    if art == "les":
        return reader.gettext("{name:The} and their groups", name=name)
    return reader.gettext("{name:The} and its groups", name=name)


def when(facts: MeetingFacts, reader: Reader) -> Words:
    """When a meeting is, where the reader is; of one in person also over how many days, or as much as is known."""
    begins = reader.moment(facts.starts_at, there(facts)) if facts.starts_at else known(facts.held, reader)
    if _many_days(facts) and facts.last_day:
        return reader.gettext("{moment}, until {day}", moment=begins, day=reader.date(facts.last_day, weekday=True))
    return begins


def day(facts: MeetingFacts, reader: Reader) -> Words:
    """The day alone, without its weekday: "March 2, 2027"; or as much as is known."""
    if facts.starts_at:
        return reader.date(reader.local(facts.starts_at).date())
    return reader.date(facts.held) if facts.held else reader.gettext("date to be fixed")


def known(held: PartialDate | None, reader: Reader) -> Words:
    """A day whose hour is open, told as a moment is; or as much as is known."""
    if held is None:
        return reader.gettext("date to be fixed")
    return reader.on(held.first) if held.precision is Precision.DAY else reader.date(held)


def there(facts: MeetingFacts) -> str | None:
    """The zone in which a meeting in person is told to everybody; of others, None: each hears of them in their own."""
    return facts.zone if facts.kind == IN_PERSON else None


def lasts(facts: MeetingFacts, reader: Reader) -> Words | None:
    """How long it takes; of several days, they say it."""
    return length(facts.minutes, reader) if facts.minutes and facts.starts_at and not _many_days(facts) else None


def _many_days(facts: MeetingFacts) -> bool:
    return bool(facts.last_day and facts.held and facts.last_day > facts.held.first)


def instant(wall: datetime, zone: str) -> datetime:
    """The instant of a wall time that was: the first of two."""
    return wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def place(view: MeetingView, reader: Reader) -> Words | None:
    """Where a meeting in person is. Of a name it is not said that it is written in one language only."""
    return view.facts.place.for_(reader) if view.facts.place else None


def results(view: MeetingView, reader: Reader) -> Words | None:
    """What a meeting in person is to bring, as a heading and lines."""
    if not view.results:
        return None
    lines = (Words.verbatim(f"• {each.marked(reader)}") for each in view.results)
    return Words.joined("\n", (reader.gettext("Expected results:"), *lines))


def length(minutes: int, reader: Reader) -> Words:
    """ "1 hour 30 minutes"."""
    hours, rest = divmod(minutes, 60)
    parts = [
        reader.ngettext("{n} hour", "{n} hours", hours) if hours else None,
        reader.ngettext("{n} minute", "{n} minutes", rest) if rest else None,
    ]
    return Words.joined(" ", (part for part in parts if part))


def answer(given: Answer, reader: Reader) -> Words:
    """What somebody answered."""
    _ = reader.gettext
    return {"": _("no answer yet"), "accepted": _("accepted"), "tentative": _("accepted tentatively"), "declined": _("declined")}[given]


def counts(found: Counts, reader: Reader) -> Words:
    """ "4 of 6 have accepted; 1 tentatively; 1 has declined. The quorum is met: 4 come, and 4 are needed."."""
    _, ngettext = reader.gettext, reader.ngettext
    parts = [
        ngettext("{n} of {invited} has accepted", "{n} of {invited} have accepted", found.accepted, invited=found.invited),
        ngettext("{n} tentatively", "{n} tentatively", found.tentative) if found.tentative else None,
        ngettext("{n} has declined", "{n} have declined", found.declined) if found.declined else None,
        ngettext("{n} comes in somebody's place", "{n} come in somebody's place", found.standing_in) if found.standing_in else None,
        ngettext("{n} has not answered", "{n} have not answered", found.silent) if found.silent else None,
    ]
    told = _("{parts}.", parts=Words.joined("; ", (part for part in parts if part)))
    return Words.joined(" ", (told, quorum(found, reader)))


def quorum(found: Counts, reader: Reader) -> Words:
    """Whether there was a quorum, as the chair recorded it; before that whether enough come by the group's rule, where it has one."""
    _ = reader.gettext
    if found.recorded is not None:
        return _("There was a quorum, as recorded at it.") if found.recorded else _("There was no quorum, as recorded at it.")
    if found.needed is None:
        return _("Whether there is a quorum is not known: the registry has no quorum rule of this group.")
    values = {"needed": found.needed, "invited": found.invited}
    if found.quorum:
        return reader.ngettext(
            "The quorum is met: {n} comes, and {needed} of {invited} must.",
            "The quorum is met: {n} come, and {needed} of {invited} must.",
            found.coming,
            **values,
        )
    return reader.ngettext(
        "The quorum is not met yet: {n} comes, and {needed} of {invited} must.",
        "The quorum is not met yet: {n} come, and {needed} of {invited} must.",
        found.coming,
        **values,
    )


def decided(text: Bilingual, provisional: bool, reader: Reader) -> Words:  # a pair as it is read
    """What a meeting decided, and whether that is provisional still."""
    told = text.for_(reader)
    return reader.gettext("Provisional: {text}", text=told) if provisional else reader.gettext("Decided: {text}", text=told)


def response(invited: InviteeFacts, reader: Reader) -> Words:
    """What somebody answered, and who is to come in their place."""
    if invited.stands_in is None:
        return answer(invited.answer, reader)
    other = Words.verbatim(invited.stands_in.name)
    if invited.stand_in_agreed:
        return reader.gettext("declined; {name} comes in their place", name=other)
    return reader.gettext("declined; {name} is asked to come in their place", name=other)


def ways(reader: Reader) -> dict[str, Words]:
    """The ways in which the secretariat is told an answer."""
    _ = reader.gettext
    return {"phone": _("by telephone"), "email": _("by e-mail"), "meeting": _("at a meeting"), "letter": _("by letter")}


def came(invited: InviteeFacts, reader: Reader) -> Words | None:
    """How an answer came that the secretariat recorded, and who gave it: "by telephone, from her office"."""
    way = ways(reader).get(invited.way or "")
    if way and invited.said_by:
        return reader.gettext("{way}, told by {who}", way=way, who=Words.verbatim(invited.said_by))
    return way


def repeats(series: SeriesFacts | Series, reader: Reader) -> Words:
    """How a series comes again: "every 2 weeks, on Tuesday, until June 30, 2027"."""
    told = _each(series, reader) if series.interval == 1 else _every_n(series, reader)
    return reader.gettext("{rule}, until {day}", rule=told, day=reader.date(series.until)) if series.until else told


def behind(row: Row, reader: Reader) -> Words | None:
    """Of a series that one meeting stands for in a list: how it comes again, and how many more there are."""
    if not row.more or row.view.repeats is None:
        return None
    again = repeats(row.view.repeats, reader).sentence
    return reader.ngettext("{again}: {n} more", "{again}: {n} more", row.more, again=again)


def rule(series: SeriesFacts, reader: Reader) -> Words:
    """A series by its rule, the time on its own wall, and whose clocks count: "Every week, on Thursday, at 1:30 p.m. (St. John's time)"."""
    again, at = repeats(series, reader).sentence, reader.clock(series.at)
    return reader.gettext("{again}, at {time} ({city} time)", again=again, time=at, city=reader.city(series.zone))


def moved(view: MeetingView, reader: Reader, zone: str | None = None) -> Words | None:
    """Of one of a series that was moved: from when. ``zone``: as the wall shows it there, not where the reader is."""
    was = view.moved_from
    if was is None or view.cancelled:
        return None
    return reader.gettext("Moved: it was to be {when}.", when=reader.moment(was, zone or there(view.facts)))


def _each(series: SeriesFacts | Series, reader: Reader) -> Words:
    _, values = reader.gettext, _on(series, reader)
    if series.every == "week":
        return _("every week, on {day}", **values)
    if series.every == "month_day":
        return _("every month, on day {date}", **values)
    if series.every == "month_last":
        return _("every month, on its last day")
    return _("every month, on the {which} {day}", **values)


def _every_n(series: SeriesFacts | Series, reader: Reader) -> Words:
    ngettext, values, n = reader.ngettext, _on(series, reader), series.interval
    if series.every == "week":
        return ngettext("every {n} week, on {day}", "every {n} weeks, on {day}", n, **values)
    if series.every == "month_day":
        return ngettext("every {n} month, on day {date}", "every {n} months, on day {date}", n, **values)
    if series.every == "month_last":
        return ngettext("every {n} month, on its last day", "every {n} months, on the last day", n)
    return ngettext("every {n} month, on the {which} {day}", "every {n} months, on the {which} {day}", n, **values)


def _on(series: SeriesFacts | Series, reader: Reader) -> dict[str, Words]:
    _ = reader.gettext
    number = LAST if is_last(series.every, series.first) else nth(series.first)
    which = (_("first"), _("second"), _("third"), _("fourth"), _("last"))[number - 1]
    return {"which": which, "day": reader.weekday(series.first), "date": reader.day_of_month(series.first)}


def crowd(names: Sequence[Words], reader: Reader, most: int) -> Words:
    """Names, of a crowd the first ones, and how many more."""
    more = (reader.ngettext("{n} more", "{n} more", len(names) - most),) if len(names) > most else ()
    return reader.listed((*names[:most], *more))


def everywhere(begins: datetime, attendees: Iterable[Attendee], reader: Reader, most: int = NAMED) -> Iterator[Words]:
    """A time for each zone in which somebody lives who is to come, from east to west: "4:00 p.m. (St. John's, UTC−3:30): Neil".

    With its day where that is another than the reader's.
    """
    for zone, names in _by_zone(begins, attendees):
        same = begins.astimezone(ZoneInfo(zone)).date() == reader.local(begins).date()
        told = reader.hour(begins, zone) if same else reader.moment(begins, zone)
        yield reader.gettext("{moment}: {names}", moment=told, names=crowd(names, reader, most))


def drifting(rule: Series, last: date, begins: datetime, attendees: Iterable[Attendee], reader: Reader) -> Iterator[Words]:
    """Of a series up to a last day: from when on it is at another time for some, where clocks change otherwise than its own.

    ``begins``: its first instant.
    """
    for zone, names in _by_zone(begins, attendees):
        for instant_ in drifts(rule, last, zone)[:_CHANGES]:
            told = reader.moment(instant_, zone)
            yield reader.gettext("From {moment} on: {names}", moment=told, names=crowd(names, reader, NAMED))


def _by_zone(begins: datetime, attendees: Iterable[Attendee]) -> list[tuple[str, list[Words]]]:
    """Who lives in which zone, from east to west."""
    of_zone: dict[str, list[Words]] = {}
    for each in attendees:
        of_zone.setdefault(each.zone, []).append(Words.verbatim(each.person.name))
    return sorted(of_zone.items(), key=lambda item: (-_offset(begins, item[0]), item[0]))


def coast_to_coast(begins: datetime, reader: Reader) -> Iterator[tuple[Words, Words]]:
    """The cities of the Councils' zones, those where clocks show the same together, from east to west, and the moment there."""
    of_time: dict[datetime, list[str]] = {}
    for zone in ZONES:
        of_time.setdefault(begins.astimezone(ZoneInfo(zone)).replace(tzinfo=None), []).append(zone)
    for _wall, zones in sorted(of_time.items(), reverse=True):
        local = begins.astimezone(ZoneInfo(zones[0]))
        moment = Words.joined(", ", (reader.date(local.date(), weekday=True), reader.time(local), reader.offset(local)))
        yield reader.listed(dict.fromkeys(reader.city(zone) for zone in zones)), moment  # Yellowknife's clocks are Edmonton's now


def _offset(begins: datetime, zone: str) -> float:
    offset = begins.astimezone(ZoneInfo(zone)).utcoffset()
    assert offset is not None
    return offset.total_seconds()


def caution(found: Caution, reader: Reader, *, attendees: int = 0, times: int = 0) -> Words:
    """What speaks against a time; of a series, with the days. ``attendees``, ``times``: how many come, and how often, to say "everybody"
    and "each time".
    """
    told = _caution(found, reader, everybody=_MANY < len(found.people) == attendees)
    if not found.days:
        return told
    if len(found.days) == times:
        return reader.gettext("{caution} (each time)", caution=told)
    days = [reader.date(day) for day in found.days[:_NAMED]]
    if len(found.days) > _NAMED:
        more = reader.ngettext("{n} more day", "{n} more days", len(found.days) - _NAMED)
        return reader.gettext("{caution} ({days})", caution=told, days=reader.listed([*days, more]))
    return reader.gettext("{caution} ({days})", caution=told, days=reader.listed(days))


_MANY: Final = 3
_NAMED: Final = 4
"""People and days that are named before they are counted."""


def _caution(found: Caution, reader: Reader, *, everybody: bool) -> Words:
    _ = reader.gettext
    names = _("everybody") if everybody else crowd([Words.verbatim(each.name) for each in found.people], reader, NAMED)
    if found.kind == "holiday" and found.holiday:
        return _("A day off ({holiday}): {names}", holiday=found.holiday.for_(reader), names=names)
    if found.kind == "weekend" and found.local:
        return _("On a {weekday}: {names}", weekday=reader.weekday(found.local), names=names)
    if found.kind == "odd" and found.local and found.ends:
        return _("Ends outside working hours, at {time}: {names}", time=reader.time(found.local), names=names)
    if found.kind == "odd" and found.local:
        return _("Outside working hours, at {time}: {names}", time=reader.time(found.local), names=names)
    assert found.other
    other = found.other.title.marked(reader) if found.other.title else when(found.other, reader)
    return _("Asked to another meeting then ({meeting}): {names}", meeting=other, names=names)


def part(name: str, reader: Reader) -> Words:
    """What of a meeting changed: the name of a field, as people call it."""
    _ = reader.gettext
    names = {
        "title": _("title"),
        "held": _("day"),
        "at": _("time"),
        "fold": _("time"),
        "zone": _("time zone"),
        "minutes": _("length"),
        "last_day": _("last day"),
        "place": _("place"),
        "link": _("how to join"),
        "joining": _("how to join"),
        "state": _("state"),
        "invited": _("who is invited"),
    }
    return names.get(name, _("details"))
