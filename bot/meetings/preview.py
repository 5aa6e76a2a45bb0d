"""What the form of a meeting says before anybody is invited: what a time means for everybody, what speaks against it, what is in doubt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.blocks import Block, context, divider, listed, section
from bot.meetings.reading import Around, Started
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.meetings import repeating, wording

_MOST: Final = 12
"""Cautions that are told; more are counted."""


def means(around: Around, reader: Reader) -> Iterator[Block]:
    """Whose clocks the place goes by; what a time is for everybody, and what speaks against it; nothing of these while it is open who
    meets.
    """
    if around.elsewhere:
        told = reader.gettext(
            "Please note: in {city}, where the place is, clocks show another time than those you chose. "
            "Choose its zone below, or send this once more as it is.",
            city=reader.city(around.elsewhere),
        )
        yield from context(told)
    if around.begins is None or not around.meets:
        return
    _ = reader.gettext
    if not around.attendees:
        yield section(_("Nobody is confirmed in this group yet: choose below who is invited."))
        return
    here = replace(reader, zone=around.there) if around.there else reader
    yield section(_("For those who are invited, this is {day}:", day=reader.date(here.local(around.begins).date(), weekday=True)))
    yield from listed(wording.everywhere(around.begins, around.attendees, here))
    if around.rule:
        again = wording.repeats(around.rule, reader)
        yield section(reader.ngettext("{again}: {n} meeting.", "{again}: {n} meetings within a year.", around.times, again=again).sentence)
        last = around.rule.first + repeating.AHEAD
        others = list(wording.drifting(around.rule, last, around.begins, around.attendees, reader))
        if others:
            yield section(_("Clocks change meanwhile, so that it is at another time then:"))
            yield from listed(others)
    if around.without:
        yield from context(_missing(around.without, reader))
    against = [wording.caution(each, reader, attendees=len(around.attendees), times=around.times) for each in around.cautions]
    if len(against) == 1:
        yield from context(_("Please note: {caution}", caution=against[0]))
    elif against:
        yield section(_("What speaks against this time:"))
        yield from listed(against[:_MOST])
    if len(against) > _MOST:
        yield from context(reader.ngettext("{n} more", "{n} more", len(against) - _MOST))
    yield divider()


def _missing(months: Sequence[date], reader: Reader) -> Words:
    """Of a meeting on the 29th, 30th or 31st: when it does not come."""
    return reader.gettext(
        "Please note: there is no such date in {months}, so that it does not come then. "
        "To meet each month, choose the last day of the month under “How often”.",
        months=reader.listed(reader.month(month) for month in months),
    )


def open_questions(started: Started | None, reader: Reader) -> Iterator[Block]:
    """What a sentence says that may be meant in two ways, is past, or was not understood: asked about, never guessed or dropped."""
    heard = started.heard if started else None
    if heard and heard.passed:
        values = {"passed": reader.on(heard.passed), "next": reader.on(heard.days[0])}
        yield from context(reader.gettext("You wrote {passed}, which is past. Choose a day below; the next such day is {next}.", **values))
    elif started and heard and len(heard.days) == 1 and started.form.day is None:
        yield from context(reader.gettext("You wrote {passed}, which is past. Choose a day below.", passed=reader.on(heard.days[0])))
    if started and started.strange:
        strange = Words.verbatim(started.strange)
        yield from context(reader.gettext("Not understood, and not used: “{text}”.", text=strange))
    if started and started.besides:
        others = reader.listed(each.for_(reader) for each in started.besides)
        yield from context(reader.gettext("A meeting is of one group; not used: {groups}", groups=others))
    if started and (there := _short(started, reader)):
        yield from context(there)
    if heard and len(heard.days) > 1:
        days = reader.either(reader.on(day) for day in heard.days)
        yield from context(reader.gettext("You wrote a day that may be either of these; choose it below: {days}", days=days))
    if heard and len(heard.times) > 1:
        times = reader.either(reader.clock(each) for each in heard.times)
        yield from context(reader.gettext("You wrote a time that may be either of these; choose it below: {times}", times=times))


def _short(started: Started, reader: Reader) -> Words | None:
    """Of an abbreviation that stands for another time than the clock shows on that day ("EST" in June): how it was read."""
    form, short = started.form, started.heard.short
    if short is None or form.day is None or form.at is None:
        return None
    local = datetime.combine(form.day, form.at, ZoneInfo(form.zone))
    if local.utcoffset() == timedelta(hours=short.hours):
        return None
    return reader.gettext(
        "You wrote {short}; taken as what the clock shows in {city} that day ({offset}).",
        short=Words.verbatim(short.written),
        city=reader.city(form.zone),
        offset=reader.offset(local),
    )
