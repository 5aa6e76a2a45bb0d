"""The window in which a poll is begun: its group, the times to ask about, until when, and whom."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import Any, Final

from sqlalchemy.orm import Session

from bot.blocks import (
    Block,
    Modal,
    Option,
    day_picker,
    divider,
    field,
    menu,
    picked,
    search_many,
    section,
    text_input,
    time_picker,
    written,
)
from bot.caller import Caller
from bot.meetings import poll_windows
from bot.meetings.actions import PEOPLE
from bot.modals import Metadata
from cadre.ask.subjects import groups_named
from cadre.core import changes, clock
from cadre.core.bilingual import Bilingual
from cadre.core.calendar import FEDERAL, working_day_after
from cadre.core.errors import Invalid, Message
from cadre.core.reader import DEFAULT_ZONE, Reader
from cadre.core.text import fold
from cadre.core.words import Words
from cadre.meetings import choosing, poll_lines, poll_reading, polling, wording
from cadre.meetings import service as meetings
from cadre.meetings.poll_lines import Line
from cadre.meetings.polling import PollForm
from cadre.meetings.rules import Attendee
from cadre.meetings.views import Caution, Joining, SlotFacts
from cadre.people.facts import PersonRef

OPENED: Final = "meetings.poll_opened"
_FIELD: Final = "meetings.field"
DAYS, TIMES = 5, 4
"""Fields for days and for times of day: together as many times as a poll takes."""
_ANSWERING: Final = timedelta(days=7)
_LENGTHS: Final = (15, 30, 45, 60, 75, 90, 120, 180, 240, 360, 480)


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the window: as a form but for its times, which are days, times of day, and lines."""

    form: PollForm
    days: tuple[date, ...] = ()
    times: tuple[time, ...] = ()
    lines: str = ""


@dataclass(frozen=True, slots=True)
class Shape(Metadata):
    """What the window keeps. ``shown``: a mark of the times and people for which it shows what they mean."""

    shown: str = ""
    under: str = ""


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around the form: the groups to choose from, who is named, and of each time what speaks against it."""

    groups: tuple[tuple[str, Bilingual], ...]
    invited: tuple[PersonRef, ...] = ()
    slots: tuple[SlotFacts, ...] = ()
    attendees: tuple[Attendee, ...] = ()
    cautions: tuple[tuple[Caution, ...], ...] = ()


def started(session: Session, sentence: str, caller: Caller) -> tuple[Typed, Around]:
    """The form with what was written after the verb: a group, and times between semicolons."""
    zone = caller.reader.zone if caller.reader.zone in wording.ZONES else DEFAULT_ZONE
    today = clock.today(session, zone)
    lines = poll_lines.read("\n".join(re.split(r"[;\n]", sentence)), today, zone)
    own = meetings.groups(session, caller.actor)
    known = {id_ for id_, _ in own}
    named = [id_ for line in lines for id_ in groups_named(session, line.heard.rest) if id_ in known]
    group = named[0] if named else own[0][0] if len(own) == 1 else ""
    minutes = next((line.heard.minutes for line in lines if line.heard.minutes), 60)
    form = PollForm(group, (), working_day_after(today + _ANSWERING, FEDERAL), zone=zone, minutes=minutes)
    times = "\n".join(line.text for line in lines if line.heard.days or line.heard.times)
    return Typed(form, lines=times), Around(own)


def checked(session: Session, typed: Typed, caller: Caller) -> tuple[Typed, Around]:
    """What was typed, its times read. Raises Invalid with all that cannot be taken."""
    form = typed.form
    today = clock.today(session, caller.reader.zone)
    lines = poll_lines.read(typed.lines, today, form.zone)
    if doubtful := next((line for line in lines if line.doubt), None):
        raise Invalid(slots=_doubt(doubtful, caller.reader))
    whole = replace(typed, form=replace(form, slots=poll_lines.combined(typed.days, typed.times, lines)))
    changes.seen_by(caller.actor, polling.require_right)(session, whole.form)
    return whole, around(session, whole.form, caller)


def around(session: Session, form: PollForm, caller: Caller) -> Around:
    """What the times of a form mean for those who are asked."""
    persons = form.invited if form.invited is not None else meetings.participants(session, form.group)
    slots = tuple(poll_reading.slot(0, day, at, form.zone) for day, at in form.slots)
    against = choosing.cautions_at(session, [each.instant for each in slots], form.minutes, persons)
    attendees = meetings.attendees(session, persons)
    named = tuple(each.person for each in attendees) if form.invited else ()
    cautions = tuple(against[each.instant] for each in slots)
    return Around(meetings.groups(session, caller.actor), named, slots, attendees, cautions)


def _doubt(line: Line, reader: Reader) -> Message:
    """Why a line is not one time: it is asked about, never guessed."""
    text = Words.verbatim(line.text)
    match line.doubt:
        case "days":
            days = reader.either(reader.on(day) for day in line.heard.days)
            return Message("“{text}” may be {days}. Write the month as a word.", {"text": text, "days": days})
        case "passed" if line.heard.passed:
            both = {"passed": reader.on(line.heard.passed), "next": reader.on(line.heard.days[0])}
            return Message("“{text}”: {passed} is past. Write another day, or the year too where you mean {next}.", {"text": text, **both})
        case "times":
            times = reader.either(reader.clock(each) for each in line.heard.times)
            return Message("“{text}” may be at {times}. Write which.", {"text": text, "times": times})
        case "more":
            return Message("“{text}” names more than one time. Write each on a line of its own.", {"text": text})
        case "no_day":
            return Message("“{text}” names no day.", {"text": text})
        case _:
            return Message("“{text}” names no time of day.", {"text": text})


def window(typed: Typed, around: Around, reader: Reader, shape: Shape) -> Modal:
    """Where a poll is begun; once its times are known, what they mean for those who are asked."""
    _, form = reader.gettext, typed.form
    blocks = [*_means(around, reader), *_what(form, around, reader), *_times(typed, reader), *_whom(form, around, reader)]
    blocks += poll_windows.joining(Joining(form.link or None, form.joining or None), reader)
    submit = _("Ask them") if shape.shown else _("Continue")
    return Modal(_("Find a time"), tuple(blocks), _("Back"), submit, OPENED, shape.packed())


def _means(around: Around, reader: Reader) -> Iterator[Block]:
    if not around.slots:
        return
    _ = reader.gettext
    many = len(around.slots)
    yield section(reader.ngettext("You ask about {n} time; where you are it is:", "You ask about {n} times; where you are they are:", many))
    against = ([_("Please note: {caution}", caution=wording.caution(each, reader)) for each in found] for found in around.cautions)
    yield from poll_windows.means(around.slots, around.attendees, against, reader)
    yield divider()


def _what(form: PollForm, around: Around, reader: Reader) -> Iterator[Block]:
    _ = reader.gettext
    groups = sorted((Option(name.for_(reader), id_) for id_, name in around.groups), key=lambda option: fold(option.label))
    yield field("group", _("Group"), menu(_FIELD, groups, form.group or None))
    labels = {"en": _("Title, in English"), "fr": _("Title, in French")}
    hint = _("Without a title it is called after its group.")
    for place, language in enumerate(reader.languages):
        text = form.title_en if language == "en" else form.title_fr
        yield field(f"title_{language}", labels[language], text_input(_FIELD, text), None if place else hint, optional=True)


def _times(typed: Typed, reader: Reader) -> Iterator[Block]:
    _, form = reader.gettext, typed.form
    for n in range(DAYS):
        day = typed.days[n] if n < len(typed.days) else None
        yield field(f"day_{n}", _("Day {number}", number=n + 1), day_picker(_FIELD, day), optional=True)
    for n in range(TIMES):
        at = typed.times[n] if n < len(typed.times) else None
        hint = None if n else _("People are asked about each day at each time.")
        yield field(f"at_{n}", _("Time {number}", number=n + 1), time_picker(_FIELD, at), hint, optional=True)
    hint = _("One a line, such as: March 3 at 2 pm")
    yield field("slots", _("Other times, as you would say them"), text_input(_FIELD, typed.lines, tall=True), hint, optional=True)
    zones = [Option(_("{city} time", city=reader.city(zone)), zone) for zone in dict.fromkeys((*wording.ZONES, form.zone))]
    yield field("zone", _("Time of which place"), menu(_FIELD, zones, form.zone))
    lengths = [Option(wording.length(n, reader), str(n)) for n in sorted({*_LENGTHS, form.minutes})]
    yield field("minutes", _("Length"), menu(_FIELD, lengths, str(form.minutes)))
    hint = _("Whoever is silent is reminded three days before, the day before, and on that day.")
    yield field("closes_on", _("Last day to answer"), day_picker(_FIELD, form.closes_on), hint)


def _whom(form: PollForm, around: Around, reader: Reader) -> Iterator[Block]:
    _ = reader.gettext
    chosen = [Option(Words.verbatim(each.name), each.id) for each in around.invited]
    hint = _("Leave this empty to ask everybody who is confirmed in the group.")
    yield field("invited", _("Who is asked"), search_many(PEOPLE, _("Type a name"), chosen), hint, optional=True)


def typed_in(state: Mapping[str, Any]) -> Typed:
    """What stands in the window."""
    fields = dict(state)
    days = [date.fromisoformat(found) for n in range(DAYS) if (found := written(fields, f"day_{n}"))]
    times = [time.fromisoformat(found) for n in range(TIMES) if (found := written(fields, f"at_{n}"))]
    closes = written(fields, "closes_on")
    form = PollForm(
        group=written(fields, "group"),
        slots=(),
        closes_on=date.fromisoformat(closes) if closes else None,
        **{name: written(fields, name) for name in ("title_en", "title_fr", "zone", "link", "joining")},
        minutes=int(written(fields, "minutes")),
        invited=picked(fields, "invited") or None,
    )
    return Typed(form, tuple(days), tuple(times), written(fields, "slots"))


def mark(form: PollForm) -> str:
    """A mark of all by which other times are asked about, or other people."""
    of = (form.group, form.slots, form.zone, form.minutes, form.invited)
    return f"{zlib.crc32(repr(of).encode()):08x}"


__all__ = ["OPENED", "Around", "Shape", "Typed", "checked", "mark", "started", "typed_in", "window"]
