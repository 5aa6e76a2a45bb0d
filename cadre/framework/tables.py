"""The framework as tables for spreadsheets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cadre.core import sheets
from cadre.core.bilingual import Bilingual
from cadre.core.errors import Message
from cadre.core.reader import Reader
from cadre.core.sheets import Column, Value
from cadre.core.words import Words
from cadre.framework import outline, telling
from cadre.framework.choosing import ALL, Filter, narrowed
from cadre.framework.facts import AlignmentIn, GroupIn, PriorityIn, World
from cadre.framework.sequence import planned, whose
from cadre.groups import wording as groups


def csv(world: World, reader: Reader, chosen: Filter = ALL) -> bytes:
    """A line for each group and each priority that it serves; one for a group that serves none, and for a priority that none serves."""
    seen, _ = narrowed(world, chosen), reader.gettext
    headings = (
        _("Priority"),
        _("Priority: its place in the sequence"),
        _("Priority: council"),
        _("Priority: leads"),
        _("Group"),
        _("Group: kind"),
        _("Group: state"),
        _("Group: council"),
        _("Group: leads and co-chairs"),
        _("How it serves the priority"),
        _("Why"),
        _("Proposed"),
        _("To complete"),
        _("As of"),
    )
    lines = tuple((*line, world.day) for line in _lines(seen, reader))
    return sheets.csv((tuple(Column(heading, 20) for heading in headings), lines), reader)


def _lines(world: World, reader: Reader) -> Iterator[tuple[Value, ...]]:
    nothing: tuple[Value, ...] = (None,)
    for priority in telling.in_order(world):
        ties = [tie for tie in world.ties_of[priority.id] if tie.strength != "none"]
        for tie in ties:
            yield (*_priority(priority, world, reader), *_group(world.groups[tie.group], tie, world, reader))
        if not ties:
            yield (*_priority(priority, world, reader), *nothing * 9)
    for group in telling.by_council(world, (each for each in world.working if world.serves_none(each.id))):
        yield (*nothing * 4, *_group(group, None, world, reader))


def _priority(found: PriorityIn, world: World, reader: Reader) -> tuple[Value, ...]:
    owner = world.groups.get(found.owner or "")
    council = telling.short(owner, reader) if owner else None
    return found.name.for_(reader), found.number, council, _leads(f"priority:{found.id}", world, reader)


def _group(found: GroupIn, tie: AlignmentIn | None, world: World, reader: Reader) -> tuple[Value, ...]:
    above = world.groups.get(world.council_of.get(found.id, ""))
    proposed = (each.for_(reader) if isinstance(each, Message) else each(reader) for each in telling.proposals(world, found))
    return (
        found.name.for_(reader),
        telling.kind(world, found, reader),
        groups.state(found.state, reader),
        telling.short(above, reader) if above else None,
        _leads(f"group:{found.id}", world, reader),
        telling.strength(world, tie, reader) if tie else None,
        _text(tie.rationale if tie else None, reader),
        Words.joined("; ", proposed),
        telling.to_complete(world, found.id, "to_complete", reader, all_=True),
    )


def _leads(of: str, world: World, reader: Reader) -> Words:
    return Words.joined("; ", (telling.person(world, post, reader) for post in world.leads(of)))


def _text(text: Bilingual | None, reader: Reader) -> Words | None:
    return text.for_(reader) if text else None


def sequence_csv(world: World, reader: Reader, chosen: Filter = ALL) -> bytes:
    """A line for each activity that the sequence view shows."""
    seen, _ = narrowed(world, chosen), reader.gettext
    headings = (_("Priority"), _("Activity"), _("State"), _("Due date"), _("Workplan of"))
    lines: list[tuple[Value, ...]] = []
    for lane in planned(seen).lanes:
        for each in (activity for cell in lane.cells.values() for activity in cell):
            named = lane.priority.name.for_(reader) if lane.priority else None
            state = telling.activity_state(each, reader)
            lines.append((named, each.title.for_(reader), state, each.due, _text(whose(seen, each)[0], reader)))
    return sheets.csv((tuple(Column(heading, 20) for heading in headings), lines), reader)


def micro_csv(world: World, of: str, reader: Reader) -> bytes:
    """A line for each thing that the micro view of "group:bees" shows: under which heading, under what, and what. Raises NotFound."""
    _ = reader.gettext
    lines: list[tuple[Value, ...]] = []
    for section in outline.micro(world, of, reader).sections:
        lines += [(section.heading, None, text) for text in section.text]
        lines += [(section.heading, *line) for line in _told(section.items)]
    headings = (_("Part"), _("Under"), _("What"))
    return sheets.csv((tuple(Column(heading, 20) for heading in headings), lines), reader)


def _told(items: Iterable[outline.Item], under: Words | None = None) -> Iterator[tuple[Value, Value]]:
    for item in items:
        yield under, item.text
        yield from _told(item.items, item.text)
