"""Half-year cycles: opened by themselves, and which of their workplans count."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core import clock
from cadre.core.calendar import moment
from cadre.core.reader import DEFAULT_ZONE
from cadre.core.rows import added, chunks
from cadre.groups.facts import COUNCILS
from cadre.groups.models import Group, GroupKind
from cadre.notices.service import announce, touch
from cadre.priorities.models import Priority
from cadre.workplans.facts import WORKPLAN
from cadre.workplans.models import Cycle, Workplan
from cadre.workplans.moving import take_meeting
from cadre.workplans.reading import ACTIVE, LEAD, Target, held_in, load_one, target_of
from cadre.workplans.rules import after, half_of, opens

_ID: Final = 72
"""Characters of a target's id that fit into the id of its workplan, with the half after them."""


def open_cycles(session: Session, day: date) -> int:
    """Open the half whose due date is near, for each council, with a workplan for each group and priority that owes one.

    Idempotent, and harmless when two do it at once. Gives how many workplans were opened.
    """
    half = half_of(day)
    return open_half(session, half, announced=True) if day >= opens(half) else 0


def next_opening(session: Session) -> datetime:
    """When the next half opens: its day begins, in the zone that days are counted in."""
    today = clock.today(session)
    half = half_of(today)
    while opens(half) <= today:
        half = after(half)
    return moment(opens(half), time(0), DEFAULT_ZONE)


def open_half(session: Session, half: str, councils: Collection[str] | None = None, *, announced: bool = False) -> int:
    """Open a half whatever the day, for all councils or some. ``announced``: those who lead are told, and a meeting that is fixed for it
    counts.
    """
    wanted = sorted((council, target) for target, council in _owing(session).items() if councils is None or council in councils)
    there = _opened(session, half)
    opened = 0
    for council, target in wanted:
        if target in there:
            continue
        cycle = _cycle_of(session, council, half, announced=announced)
        plan = Workplan(id=_plan_id(session, target, half), cycle=cycle, **{target[0]: target[1]})
        if added(session, plan, select(Workplan.id).where(Workplan.id == plan.id)):
            touch(session, WORKPLAN, f"{WORKPLAN}:{plan.id}")
            if announced:
                facts = load_one(session, plan)
                told = [each.id for each in facts.leads or facts.co_chairs]
                announce(session, "workplan_opened", facts.subject, told, {"half": half})  # alike: whoever leads two hears once
            opened += 1
    return opened


def _cycle_of(session: Session, council: str, half: str, *, announced: bool) -> str:
    there = session.scalar(select(Cycle.id).where(Cycle.council == council, Cycle.half == half))
    if there:
        return there
    made = Cycle(id=f"{_cut(council, _ID)}.{half}", council=council, half=half)
    id_ = made.id
    if added(session, made, select(Cycle.id).where(Cycle.id == id_)) and announced:
        take_meeting(session, made, clock.today(session))
    return id_


def _owing(session: Session) -> dict[Target, str]:
    """What owes a workplan, and to which council: active groups of the kinds that need one, and priorities with a confirmed lead."""
    groups = {group.id: group for group in session.scalars(select(Group))}
    needing = set(session.scalars(select(GroupKind.id).where(GroupKind.needs_workplan.is_(True))))
    found: dict[Target, str] = {}
    for group in groups.values():
        council = council_of(groups, group.owner)
        if group.state == ACTIVE and group.kind in needing and council:
            found["group", group.id] = council
    priorities: dict[Target, str] = {}
    for priority in session.scalars(select(Priority).where(Priority.owner.is_not(None))):
        if council := council_of(groups, priority.owner):
            priorities["priority", priority.id] = council
    held = held_in(session, priorities.keys())
    return found | {target: priorities[target] for target in priorities if any(each.role == LEAD for each in held.get(target, ()))}


def council_of(groups: Mapping[str, Group], owner: str | None) -> str | None:
    """The council that something comes to: its owner, or the first council among those that own its owner."""
    seen: set[str] = set()
    while owner and owner not in seen and owner in groups:
        if groups[owner].kind in COUNCILS:
            return owner
        seen.add(owner)
        owner = groups[owner].owner
    return None


def _plan_id(session: Session, target: Target, half: str) -> str:
    """``demo-orchards.2027-1``. A priority that is called like a group says that it is one."""
    kind, id_ = target
    namesake = session.get(Group, id_) if kind == "priority" else None
    mark = ".priority" if namesake else ""
    return f"{_cut(id_, _ID - len(mark))}{mark}.{half}"


def _cut(id_: str, room: int) -> str:
    """As much of an id as there is room for, which is no other's all the same."""
    return id_ if len(id_) <= room else f"{id_[: room - 9]}-{zlib.crc32(id_.encode()):08x}"


def _opened(session: Session, half: str) -> set[Target]:
    plans = session.scalars(select(Workplan).join(Cycle, Cycle.id == Workplan.cycle).where(Cycle.half == half))
    return {target_of(plan) for plan in plans}


@dataclass(frozen=True, slots=True)
class Later:
    """The workplans of the same group or priority in later halves: their states, the nearest first."""

    states: tuple[str, ...] = ()

    @property
    def replaces_plan(self) -> bool:
        """Whether nobody waits for the earlier one any more: a later one was handed in, or two have opened since."""
        return len(self.states) > 1 or any(state not in ("draft", "returned") for state in self.states)

    @property
    def replaces_activities(self) -> bool:
        """Whether the earlier one's activities are over: a later one was approved, or two have opened since."""
        return len(self.states) > 1 or "approved" in self.states


def later(session: Session, targets: Collection[Target]) -> dict[tuple[Target, str], Later]:
    """What came after each workplan of some groups and priorities: target and half -> the later ones."""
    states: dict[Target, list[tuple[str, str]]] = {}
    for target, half, state in _halves(session, targets):
        states.setdefault(target, []).append((half, state))
    found: dict[tuple[Target, str], Later] = {}
    for target, known in states.items():
        known.sort()
        for index, (half, _) in enumerate(known):
            found[target, half] = Later(tuple(state for _, state in known[index + 1 :]))
    return found


def _halves(session: Session, targets: Collection[Target]) -> Iterator[tuple[Target, str, str]]:
    halves = select(Workplan, Cycle.half).join(Cycle, Cycle.id == Workplan.cycle)
    for kind, column in (("group", Workplan.group), ("priority", Workplan.priority)):
        for some in chunks(sorted({id_ for of, id_ in targets if of == kind})):
            for plan, half in session.execute(halves.where(column.in_(some))):
                yield target_of(plan), half, plan.state


def of_target(session: Session, target: Target) -> list[tuple[str, Workplan]]:
    """All workplans of a group or priority, each with its half, the latest first."""
    kind, id_ = target
    column = Workplan.group if kind == "group" else Workplan.priority
    rows = session.execute(select(Cycle.half, Workplan).join(Cycle, Cycle.id == Workplan.cycle).where(column == id_))
    return sorted(((half, plan) for half, plan in rows), key=lambda each: each[0], reverse=True)


def half_of_plan(session: Session, plan: Workplan) -> str:
    """The half that a workplan is of."""
    return session.scalars(select(Cycle.half).where(Cycle.id == plan.cycle)).one()


def earlier_plans(session: Session, plan: Workplan) -> list[Workplan]:
    """The workplans of the same group or priority in earlier halves, the latest first."""
    half = half_of_plan(session, plan)
    return [other for of, other in of_target(session, target_of(plan)) if of < half]
