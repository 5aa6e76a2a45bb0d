"""How workplans stand, in words, whoever tells it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.core.french import Name
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.workplans.facts import ActivityState, WorkplanFacts, WorkplanState

_DUE_MONTHS: Final = {"1": "03", "2": "09"}
"""The month in which a half-year's workplans are due by the calendar: 1 March, 1 September."""
SHAPES: Final[Mapping[ActivityState, Words]] = {
    "not_started": Words.verbatim("○"),
    "on_track": Words.verbatim("●"),
    "at_risk": Words.verbatim("▲"),
    "off_track": Words.verbatim("■"),
    "done": Words.verbatim("✓"),
    "dropped": Words.verbatim("✕"),
}
"""A shape for each state, beside its name: told apart without colour."""


def plan_state(state: WorkplanState, reader: Reader) -> Words:
    """ "Submitted"."""
    _ = reader.gettext
    names: dict[WorkplanState, Words] = {
        "draft": _("Draft"),
        "submitted": _("Submitted"),
        "complete": _("Accepted, to be approved"),
        "returned": _("Returned"),
        "approved": _("Approved"),
    }
    return names[state]


def cycle(half: str, reader: Reader) -> Words:
    """ "Cycle of March 2027", for the half ``2027-1``."""
    year, _, number = half.partition("-")
    month = reader.date(PartialDate.parse(f"{year}-{_DUE_MONTHS[number]}"))
    return reader.gettext("Cycle of {month}", month=month)


def due(day: date, today: date | None, reader: Reader, *, waits: bool = True) -> Words:
    """ "due March 1, 2027, in 12 days", and how late. The day alone where it does not wait any more (``waits``), and without ``today``:
    how late somebody is concerns them and the secretariat, and no other government.
    """
    _, when = reader.gettext, reader.date(day)
    if not waits or today is None:
        return _("due {date}", date=when)
    days = (today - day).days
    if days == 0:
        return _("due today, {date}", date=when)
    if days > 0:
        return reader.ngettext("due {date}, {n} day late", "due {date}, {n} days late", days, date=when)
    return reader.ngettext("due {date}, in {n} day", "due {date}, in {n} days", -days, date=when)


def standing(plan: WorkplanFacts, today: date | None, reader: Reader) -> Words:
    """ "Draft · due March 1, 2027, in 12 days"; and whether it changed since it was handed in or approved."""
    return dots((plan_state(plan.state, reader), due(plan.due, today, reader, waits=plan.waited_for), changed_since(plan, reader)))


def changed_since(plan: WorkplanFacts, reader: Reader) -> Words | None:
    """That it plans something else than what was handed in, or approved."""
    _ = reader.gettext
    if not plan.changed_since:
        return None
    return _("changed since it was approved") if plan.state == "approved" else _("changed since it was submitted")


def meeting(name: Bilingual, reader: Reader) -> Name:
    """A meeting in a sentence: « la réunion de Charlottetown (octobre 2017) », « du 13 janvier 2027 » where its place is not known."""
    told = name.marked(reader)
    return reader.name(told, "le" if told[:1].isdecimal() else "")


def to_be_approved(plan: WorkplanFacts, today: date, reader: Reader) -> Words | None:
    """At which meeting it is to be approved, or was to be, while it is not."""
    if plan.meeting_name is None or plan.state == "approved":
        return None
    _, held = reader.gettext, meeting(plan.meeting_name, reader)
    if plan.meeting_over and plan.meeting_over < today:
        return _("Was to be approved at the meeting: {meeting}", meeting=held)
    return _("To be approved at the meeting: {meeting}", meeting=held)


def more_time(asked_until: date | None, reader: Reader) -> Words | None:
    """That the secretariat was asked for more time, and has not answered yet."""
    return reader.gettext("More time asked until {date}.", date=reader.date(asked_until)) if asked_until else None


def dots(parts: Iterable[Words | None]) -> Words:
    """Short texts on one line; those that are not there are left out."""
    return Words.joined(" · ", (part for part in parts if part))
