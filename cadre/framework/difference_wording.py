"""What changed, in words: once for Slack, the web, the terminal and files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from cadre.core.dates import PartialDate
from cadre.core.errors import Message
from cadre.core.reader import Reader
from cadre.core.text import fold
from cadre.core.words import Words
from cadre.framework.changing import Changed
from cadre.framework.differences import Entry, Section
from cadre.framework.ends import End
from cadre.framework.entry_wording import LINES, line
from cadre.framework.facts import MeetingIn

SECTIONS: Final[Mapping[Section, Message]] = {
    "decided": Message("Decided"),
    "approved": Message("Approved by the Councils"),
    "new": Message("New"),
    "ended": Message("Ended"),
    "led": Message("Changes of leads and co-chairs"),
    "kind": Message("Changes of kind"),
    "state": Message("Changes of state"),
    "structure": Message("Who reports to whom, and the order of priorities"),
    "renamed": Message("New names"),
    "aligned": Message("What groups do for priorities"),
    "mandates": Message("Mandates"),
    "late": Message("Now late"),
    "confirmed": Message("Confirmed"),
    "health": Message("State of groups"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A section as it is told: its entries, each with its words."""

    section: Section
    heading: Words
    lines: tuple[tuple[Entry, Words], ...]


def title(found: Changed, reader: Reader) -> Words:
    """ "Changes since the meeting in Charlottetown (October 2017)"."""
    since = end(found.since, reader)
    if found.until.now:
        return reader.gettext("Changes since {since}", since=since)
    return reader.gettext("Changes from {since} to {until}", since=since, until=end(found.until, reader))


def end(of: End, reader: Reader) -> Words:
    """ "the meeting in Charlottetown (October 2017)", "snapshot 3 (March 2, 2027)", "the end of October 2017"."""
    _ = reader.gettext
    if of.meeting:
        return meeting(of.meeting, reader)
    if of.snapshot is not None:
        return _("snapshot {number} ({date})", number=Words.verbatim(str(of.snapshot)), date=reader.date(of.day))
    if of.beginning:
        return _("the beginning of the registry")
    if of.now:
        return _("now")
    told = reader.date(of.said or of.day)
    return _("the end {date:of}", date=reader.name(told, "le" if (of.said or PartialDate.day(of.day)).text.count("-") > 1 else ""))


def meeting(held: MeetingIn, reader: Reader) -> Words:
    """A meeting in a sentence."""
    _ = reader.gettext
    when = reader.date(held.held) if held.held else _("date not recorded")
    if held.place:
        return _("the meeting in {place} ({date})", place=reader.name(held.place.for_(reader)), date=when)
    if held.title:
        return _("the meeting “{title}” ({date})", title=held.title.for_(reader), date=when)
    return _("a meeting ({date})", date=when)


def summary(found: Changed, reader: Reader) -> Words:
    """How many changes there are."""
    n = len(found.differences.entries)
    if not n:
        return reader.gettext("Nothing that the framework shows has changed.")
    return reader.ngettext("{n} change.", "{n} changes.", n)


def remarks(found: Changed, reader: Reader) -> Iterator[Words]:
    """What is to be known of it: that the registry begins later; whose snapshot it is; what only those with a role see."""
    _ = reader.gettext
    if found.begins:
        yield _(
            "The registry begins on {date}: of what was before, it only knows what has a date of its own, such as roles and decisions.",
            date=reader.date(found.begins),
        )
    for of in (found.since, found.until):
        if of.meeting and of.snapshot is not None:
            values = {"number": Words.verbatim(str(of.snapshot)), "date": reader.date(of.day), "meeting": meeting(of.meeting, reader)}
            yield _("As snapshot {number} of {date} kept it: {meeting}.", **values)
    if not found.whole:
        yield _("Workplans, lateness and the state of groups are told to those whose roles the secretariat has confirmed.")


def told(found: Changed, reader: Reader) -> tuple[Told, ...]:
    """All sections that have entries; in each, by name, as the reader reads it."""
    return tuple(
        Told(section, SECTIONS[section].for_(reader), tuple((each, line(each, reader)) for each in _in_order(entries, reader)))
        for section, entries in found.differences.sections.items()
    )


def _in_order(entries: Sequence[Entry], reader: Reader) -> list[Entry]:
    """Decisions by their number, all else by kind of record and name."""
    kinds = list(LINES)

    def key(entry: Entry) -> tuple[int, int, int, str]:
        number = (entry.decision.year or 0, entry.decision.number or 0) if entry.what == "decision" and entry.decision else (0, 0)
        return (kinds.index(entry.what), *number, fold(entry.name.for_(reader)))

    return sorted(entries, key=key)
