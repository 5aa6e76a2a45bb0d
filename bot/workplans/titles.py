"""Subjects of letters about workplans and activities: what it is, when, and of whom; short, for a list of letters shows little."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from bot.face import Told
from bot.workplans import wording
from cadre.core.errors import Message
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.workplans.facts import ActivityFacts, ExtensionFacts, WorkplanFacts

Title = Callable[[Any, Told, Reader], Words]


def workplan(plan: WorkplanFacts, told: Told, reader: Reader) -> Words:
    """ "Workplan due March 1, 2027: Orchards Working Group"."""
    _, values = reader.gettext, {"target": wording.target(plan, reader), "date": reader.date(plan.due)}
    if not plan.awaited:
        return _("Workplan: {target}", **values)
    if plan.due < told.day:
        return _("Workplan late since {date}: {target}", **values)
    if plan.due == told.day:
        return _("Workplan due today, {date}: {target}", **values)
    return _("Workplan due {date}: {target}", **values)


def activity(activity_: ActivityFacts, told: Told, reader: Reader) -> Words:
    """ "Due March 1, 2027: Prune the trees"."""
    _, title, due = reader.gettext, wording.title(activity_, reader), activity_.due
    if due is None or not activity_.open:
        return _("Activity: {title}", title=title)
    if due < told.day:
        return _("Late since {date}: {title}", date=reader.date(due), title=title)
    if due == told.day:
        return _("Due today, {date}: {title}", date=reader.date(due), title=title)
    return _("Due {date}: {title}", date=reader.date(due), title=title)


def assigned(activity_: ActivityFacts, told: Told, reader: Reader) -> Words:
    """ "Yours to carry out: Prune the trees"."""
    return reader.gettext("Yours to carry out: {title}", title=wording.title(activity_, reader))


def moved(plan: WorkplanFacts, told: Told, reader: Reader) -> Words:
    """ "New due date, March 1, 2027: Orchards Working Group"."""
    day = date.fromisoformat(told.detail["to"]) if "to" in told.detail else plan.due
    return reader.gettext("New due date, {date}: {target}", date=reader.date(day), target=wording.target(plan, reader))


def activity_moved(activity_: ActivityFacts, told: Told, reader: Reader) -> Words:
    """ "New due date, March 1, 2027: Prune the trees"."""
    day = reader.date(date.fromisoformat(told.detail["to"]))
    return reader.gettext("New due date, {date}: {target}", date=day, target=wording.title(activity_, reader))


def extension(asked: ExtensionFacts, told: Told, reader: Reader) -> Words:
    """ "More time asked until March 1, 2027: Prune the trees"; or what was answered."""
    _, values = reader.gettext, {"until": reader.date(asked.until), "name": wording.brief(asked.name, reader)}
    if "approved" not in told.detail:
        return _("More time asked until {until}: {name}", **values)
    if told.detail["approved"]:
        return _("More time until {until}: {name}", **values)
    return _("No more time: {name}", **values)


def of_target(said: Message) -> Title:
    """A subject that names the workplan's group or priority, and nothing else."""

    def title(plan: WorkplanFacts, told: Told, reader: Reader) -> Words:
        return reader.gettext("{what}: {target}", what=said.for_(reader), target=wording.target(plan, reader))

    return title


OPENED: Final = of_target(Message("Workplan to write"))
SETTLED: Final[Mapping[str, Title]] = {
    "workplan_submitted": of_target(Message("Workplan submitted")),
    "workplan_returned": of_target(Message("Workplan returned")),
    "workplan_accepted": of_target(Message("Workplan accepted")),
    "workplan_approved": of_target(Message("Workplan approved")),
    "workplan_unapproved": of_target(Message("Approval of the workplan taken back")),
}
"""By the announcement."""
