"""The sequence view: priorities one below the other, what is planned for each over time, and the meetings between."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal, TypeAlias

from cadre.core.bilingual import Bilingual
from cadre.core.errors import Message
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.framework import covering, nodes, telling
from cadre.framework.choosing import ALL, Filter, narrowed
from cadre.framework.facts import ActivityIn, MeetingIn, PriorityIn, World
from cadre.framework.graph import Graph, Key, Node, Tongue
from cadre.framework.micro import activity
from cadre.framework.teller import Teller
from cadre.meetings.views import IN_PERSON
from cadre.workplans.rules import FINAL

BEFORE, AFTER = 1, 5
"""So many quarters before the one of the day, and after it, are shown; the last are left out where nothing is in them."""
_LEAST: Final = 4
"""But so many quarters there are."""
_MOST: Final = 5
"""So many activities stand in one cell; of more, how many."""
_MONTHS: Final = 3
MEETINGS: Final = Message("Meetings in person")
OTHER: Final = Message("Work for no priority")
AROUND: Final = {"earlier": Message("Earlier, still open"), "later": Message("Later, or without a date")}
HIDDEN: Final = Message("What workplans hold is shown to those who have a role in the Councils.")


@dataclass(frozen=True, order=True, slots=True)
class Quarter:
    """Three months. ``number``: from 0."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Quarter:
        """The one that a day is in."""
        return cls(day.year, (day.month - 1) // _MONTHS)

    def after(self, quarters: int) -> Quarter:
        """So many later."""
        year, number = divmod(self.year * 4 + self.number + quarters, 4)
        return Quarter(year, number)

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.number * _MONTHS + 1, 1)

    def named(self, reader: Reader) -> Words:
        """ "January to March 2027"."""
        last = self.first.replace(month=self.first.month + _MONTHS - 1)
        first = Words(str(reader.month(self.first)).rpartition(" ")[0])
        return reader.gettext("{first} to {last}", first=first, last=reader.month(last)).sentence


When: TypeAlias = Quarter | Literal["earlier", "later"]
"""A column: a quarter, or what lies before or after all of them."""


@dataclass(frozen=True)
class Lane:
    """A row: a priority, or the work for none. What is in it, by column."""

    priority: PriorityIn | None
    cells: dict[When, list[ActivityIn]]


@dataclass(frozen=True)
class Sequence:
    """What is planned, and when. Meetings by quarter."""

    columns: tuple[When, ...]
    lanes: tuple[Lane, ...]
    meetings: dict[Quarter, list[MeetingIn]]


def planned(world: World) -> Sequence:
    """The activities that may be seen and the meetings in person, by priority and quarter."""
    begin = Quarter.of(world.day).after(-BEFORE)
    quarters = tuple(begin.after(number) for number in range(BEFORE + AFTER + 1))
    lanes = {each.id: Lane(each, {}) for each in telling.in_order(world)}
    other = Lane(None, {})
    for each in sorted(world.activities.values(), key=lambda each: (str(each.due), each.workplan, each.number)):
        when = _when(each, quarters)
        if when is not None:
            lanes.get(_priority(world, each) or "", other).cells.setdefault(when, []).append(each)
    shown = [*lanes.values(), *([other] if other.cells else [])]
    used = {when for lane in shown for when in lane.cells}
    meetings = _meetings_in(world)
    last = max((number for number, each in enumerate(quarters) if each in used or each in meetings), default=0)
    columns: list[When] = [*quarters[: max(last + 1, _LEAST)]]
    columns[:0] = ["earlier"] if "earlier" in used else []
    columns += ["later"] if "later" in used else []
    return Sequence(
        tuple(columns), tuple(shown), {each: meetings[each] for each in columns if isinstance(each, Quarter) and each in meetings}
    )


def _meetings_in(world: World) -> dict[Quarter, list[MeetingIn]]:
    """Meetings in person, where it is known in which quarter they are."""
    found: dict[Quarter, list[MeetingIn]] = {}
    for held in world.meetings.values():
        if held.kind == IN_PERSON and held.held and Quarter.of(held.held.first) == Quarter.of(held.held.last):
            found.setdefault(Quarter.of(held.held.first), []).append(held)
    return found


def _when(found: ActivityIn, quarters: tuple[Quarter, ...]) -> When | None:
    """In which column it is; None for what was settled before all of them."""
    if found.due is None or Quarter.of(found.due) > quarters[-1]:
        return None if found.due is None and found.state in FINAL else "later"
    if Quarter.of(found.due) < quarters[0]:
        return None if found.state in FINAL else "earlier"
    return Quarter.of(found.due)


def _priority(world: World, found: ActivityIn) -> str | None:
    """The priority that an activity is for: that of its workplan, else the first that its group works on."""
    plan = world.workplans[found.workplan]
    return plan.priority or next((tie.priority for tie in world.serving.get(plan.group or "", ()) if tie.strength != "could_support"), None)


# ---------------------------------------------------------------- the picture


def sequence(world: World, language: Tongue, chosen: Filter = ALL) -> Graph:
    """Priorities over time, on the day of the framework."""
    seen, tell = narrowed(world, chosen), Teller.in_(language)
    found = planned(seen)
    shown = tuple(_nodes(found, seen, tell))
    hidden = () if world.whole else (tell(HIDDEN),)
    day = Quarter.of(world.day)
    part = (world.day - day.first).days / (day.after(1).first - day.first).days
    now = Key("edge", "now", tell(telling.as_of, world))
    return Graph(
        title=tell(Message("Priorities over time")),
        language=language,
        nodes=shown,
        alt=tell.once(_alt, seen),
        subtitle=(*nodes.subtitle(world, tell), *hidden),
        legend=(now, *nodes.legend(seen, shown, (), tell)),
        councils=tuple(each.id for each in world.councils),
        layout="lanes",
        now=found.columns.index(day) + 1 + part,
    )


def _alt(world: World, reader: Reader) -> Words:
    return reader.gettext("A table of {what} over time.", what=nodes.counted(world, reader))


def _nodes(found: Sequence, world: World, tell: Teller) -> Iterator[Node]:
    yield Node("head", "lane", tell(Message("Priority")))
    for column, when in enumerate(found.columns, 1):
        yield Node(f"when:{column}", "quarter", tell(when.named if isinstance(when, Quarter) else AROUND[when]), column=column)
    row = 0
    if found.meetings:
        row += 1
        yield Node("meetings", "lane", tell(MEETINGS), row=row)
        for column, when in enumerate(found.columns, 1):
            for held in found.meetings.get(when, ()) if isinstance(when, Quarter) else ():
                yield _meeting(held, tell, column, row)
    covers = {each.priority.id: each.cover for each in covering.matrix(world).priorities}
    for lane in found.lanes:
        row += 1
        if lane.priority:
            yield replace(nodes.priority(world, lane.priority, covers[lane.priority.id], tell), row=row)
        else:
            yield Node("other", "lane", tell(OTHER), row=row)
        for column, when in enumerate(found.columns, 1):
            yield from _cell(lane.cells.get(when, []), world, tell, column, row)


def _cell(found: list[ActivityIn], world: World, tell: Teller, column: int, row: int) -> Iterator[Node]:  # a place has two
    for each in found[:_MOST]:
        shown, (name, council) = activity(each, world, tell, column, row), whose(world, each)
        yield replace(shown, lines=(*shown.lines, *((tell(name),) if name else ())), council=council)
    if len(found) > _MOST:
        yield Node(f"more:{row}:{column}", "workplan", tell(telling.more, len(found) - _MOST), column=column, row=row)


def whose(world: World, found: ActivityIn) -> tuple[Bilingual | None, str | None]:
    """Whose workplan an activity is in, and the council that it comes to."""
    plan = world.workplans[found.workplan]
    if plan.group in world.groups:
        return world.groups[str(plan.group)].name, world.council_of.get(str(plan.group))
    priority = world.priorities.get(plan.priority or "")
    return (priority.name, priority.owner) if priority else (None, None)


def _meeting(held: MeetingIn, tell: Teller, column: int, row: int) -> Node:
    return Node(
        id=f"meeting:{held.id}",
        kind="meeting",
        name=tell(telling.meeting, held),
        council=held.group,
        column=column,
        row=row,
    )
