"""Pictures of a small registry, for rules that need no database: one council, a few groups, two priorities."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.oversight.facts import RULES, CycleNow, GroupNow, Picture, Plan, Post, PriorityNow, Strength, Tie
from cadre.people.facts import PersonRef

DAY: Final = date(2027, 4, 15)
COUNCIL: Final = "council"
CYCLES: Final = (CycleNow("2027-1", date(2027, 3, 1)), CycleNow("2026-2", date(2026, 9, 1)), CycleNow("2026-1", date(2026, 3, 1)))


def text(words: str) -> Bilingual:
    return Bilingual(words.title(), f"{words.title()} (fr)")


def group(id_: str = "bees", **about: Any) -> GroupNow:
    """An active working group of the council, which every rule applies to."""
    given: dict[str, Any] = {"state": "active", "needs": RULES, "council": COUNCIL, "above": frozenset({COUNCIL})} | about
    return GroupNow(id_, text(id_), **given)


def post(person: str, role: str, group_: str | None = "bees", **about: Any) -> Post:
    return Post(PersonRef(person, person.title()), role, group=group_, **about)


def tie(group_: str, priority: str, strength: Strength = "supports") -> Tie:
    return Tie(group_, priority, strength)


def picture(*groups: GroupNow, **about: Any) -> Picture:
    """The registry with some groups, whose council has opened three cycles."""
    priorities = (PriorityNow("light", text("light"), 1), PriorityNow("honey", text("honey"), 2))
    given: dict[str, Any] = {"priorities": priorities, "cycles": {COUNCIL: CYCLES}, "councils": {COUNCIL: text(COUNCIL)}} | about
    return Picture(DAY, {each.id: each for each in groups}, **given)


def plans(**states: str) -> Mapping[str, Mapping[str, Plan]]:
    """The workplans of the Bees: ``h2027_1="approved"``."""
    halves = {name[1:].replace("_", "-"): state for name, state in states.items()}
    return {"bees": {half: Plan(f"bees.{half}", half, state) for half, state in halves.items()}}


def when(said: str) -> PartialDate:
    return PartialDate.parse(said)
