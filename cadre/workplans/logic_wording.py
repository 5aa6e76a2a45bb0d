"""The logic model in words, once for all faces: its stages, its parts, what feeds what, what nothing feeds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.workplans.facts import OutcomeFacts
from cadre.workplans.logic_rules import FED, Feeder, Model, Part, Served, unfed

UNFED: Final = Words.verbatim("▲")
"""The shape of what nothing feeds, beside the text that says so."""
_FEW: Final = 8


def empty(reader: Reader) -> Words:
    """Why there is nothing in a model: said wherever one would be shown."""
    return reader.gettext("The deck's logic model was a picture that is lost; nothing is entered yet.")


def stage(term: str, reader: Reader) -> Words:
    """What the parts of a stage are called together: "Outputs"."""
    _ = reader.gettext
    return {
        "input": _("Inputs"),
        "activity": _("Activities (lines of work that go on)"),
        "output": _("Outputs"),
        "short": _("Short-term outcomes"),
        "medium": _("Medium-term outcomes"),
        "long": _("Long-term outcomes"),
    }[term]


def label(part: Part, reader: Reader) -> Words:
    """A part by its stage and number, in a sentence: "short-term outcome 2"."""
    _, number = reader.gettext, part.number
    return {
        "input": _("input {number}", number=number),
        "activity": _("activity {number}", number=number),
        "output": _("output {number}", number=number),
        "short": _("short-term outcome {number}", number=number),
        "medium": _("medium-term outcome {number}", number=number),
        "long": _("long-term outcome {number}", number=number),
    }[part.term]


def full(part: Part, reader: Reader) -> Words:
    """The same with its wording: "Short-term outcome 2: people find the orchard"."""
    return reader.gettext("{name}: {what}", name=label(part, reader).sentence, what=part.wording.marked(reader))


def outcome(found: OutcomeFacts, reader: Reader) -> Words:
    """What an activity feeds, on one line: "Short term, 1: People find the orchard"."""
    _ = reader.gettext
    values: dict[str, Words | int] = {"number": found.number, "wording": found.wording.for_(reader)}
    return {
        "input": _("Input, {number}: {wording}", **values),
        "activity": _("Activity, {number}: {wording}", **values),
        "output": _("Output, {number}: {wording}", **values),
        "short": _("Short term, {number}: {wording}", **values),
        "medium": _("Medium term, {number}: {wording}", **values),
        "long": _("Long term, {number}: {wording}", **values),
    }[found.term]


def labels(parts: Iterable[Part], reader: Reader) -> Words:
    """ "output 1, output 2 and short-term outcome 3"."""
    return reader.listed(label(part, reader) for part in parts)


def around(model: Model, part: Part, reader: Reader) -> Iterator[Words]:
    """What a part is of, what it feeds and what feeds it; that nothing does, where something should."""
    _, ngettext = reader.gettext, reader.ngettext
    if part.priority and part.priority in model.priorities:
        yield _("Priority: {priority}", priority=model.priorities[part.priority].for_(reader))
    if to := model.targets.get(part.id):
        yield _("Feeds: {parts}", parts=labels(to, reader))
    if by := model.sources.get(part.id):
        yield _("Fed by: {parts}", parts=labels(by, reader))
    if activities := model.fed_by(part.id):
        yield ngettext(
            "Fed by {n} activity of workplans: {names}",
            "Fed by {n} activities of workplans: {names}",
            len(activities),
            names=by_target(activities, reader),
        )
    if part.term in FED and not by and not activities:
        yield Words.joined(" ", (UNFED, _("Nothing feeds it.")))
    if planned := model.fed_by(part.id, in_force=False):
        yield ngettext(
            "Planned, in workplans that are not approved yet: {n} activity",
            "Planned, in workplans that are not approved yet: {n} activities",
            len(planned),
        )


def by_target(activities: Iterable[Feeder], reader: Reader) -> Words:
    """Whose workplans some activities stand in, each once: "Lanterns, Orchards Working Group"."""
    names = dict.fromkeys(each.name.for_(reader) for each in activities)
    return Words.joined("; ", names)


def summary(model: Model, reader: Reader) -> Words:
    """How many parts a model has, and how many outcomes nothing feeds."""
    ngettext = reader.ngettext
    if not model.parts:
        return empty(reader)
    told = [ngettext("The logic model has {n} part.", "The logic model has {n} parts.", len(model.parts)), gaps(model, reader)]
    return Words.joined(" ", told)


def gaps(model: Model, reader: Reader) -> Words:
    """How many outcomes nothing feeds."""
    n = len(unfed(model))
    if not n:
        return reader.gettext("Something feeds each outcome.")
    return reader.ngettext("Nothing feeds {n} outcome.", "Nothing feeds {n} outcomes.", n)


def serves(found: Served, reader: Reader) -> Iterator[Words]:
    """What the activities of a workplan in force feed, what follows from that, and which of them feed nothing."""
    _, ngettext = reader.gettext, reader.ngettext
    yield ngettext("{n} activity in the workplan in force", "{n} activities in the workplan in force", found.activities)
    for part, n in found.feeds:
        told = ngettext("{n} activity feeds {part}", "{n} activities feed {part}", n, part=label(part, reader))
        yield _("{name}: {what}", name=told.sentence, what=part.wording.marked(reader))
    if found.reaches:
        yield _("What follows from these: {parts}", parts=labels(found.reaches, reader))
    if found.idle:
        titles = [each.title.marked(reader) for each in found.idle[:_FEW]]
        more = [ngettext("and {n} more", "and {n} more", len(found.idle) - _FEW)] if len(found.idle) > _FEW else []
        told = ngettext(
            "Feeds nothing in the logic model: {titles}",
            "Feed nothing in the logic model: {titles}",
            len(found.idle),
            titles=Words.joined("; ", [*titles, *more]),
        )
        yield Words.joined(" ", (UNFED, told))


def counted(found: Served, reader: Reader) -> Words:
    """The same in short: "Lanterns: of 5 activities, 3 feed the logic model"."""
    n = found.activities - len(found.idle)
    return reader.ngettext(
        "{name}: of {all} activities, {n} feeds the logic model",
        "{name}: of {all} activities, {n} feed the logic model",
        n,
        name=found.name.for_(reader),
        all=found.activities,
    )
