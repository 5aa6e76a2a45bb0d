"""A small council with a group, a priority, and people who have to do with their workplans, or do not."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core import clock
from cadre.core.bilingual import Bilingual
from cadre.core.database import Database
from cadre.core.dates import PartialDate
from cadre.core.models import Source
from cadre.core.reader import OPERATOR, Actor
from cadre.groups.models import Group, GroupKind, Link
from cadre.meetings.models import Meeting
from cadre.notices.models import Touched
from cadre.people.models import Person
from cadre.priorities.models import Priority
from cadre.workplans import service as workplans
from cadre.workplans.cycles import open_half
from cadre.workplans.facts import ActivityFacts, ActivityForm, WorkplanFacts
from cadre.workplans.models import Outcome, Workplan
from cadre.workplans.rules import half_of
from tests.worlds import Announced, announced, both, give_role

SECRETARIAT = "sam@iccs.example.org"
SAM = Actor("Sam Okafor (U0SAM)", "sam", SECRETARIAT)
ANN, GUY, ALEX, MEL = (Actor(name.title(), name) for name in ("ann", "guy", "alex", "mel"))
"""Two co-chairs of the Bees, one in each language; their alternate; a member."""
OLA, CORA, OSCAR, FAY, LOU = (Actor(name.title(), name) for name in ("ola", "cora", "oscar", "fay", "lou"))
"""Owner of an activity; member of the council; member of a group that oversees the Bees; of another council; lead of the Lights."""
PAUL, UMA = (Actor(name.title(), name) for name in ("paul", "uma"))
"""Co-chair of the Bees until 2020; co-chair whom nobody confirmed."""
NOBODY = Actor("Nobody")

_ROLES = (
    ("ann", "co_chair", "bees", True, None),
    ("guy", "co_chair", "bees", True, None),
    ("alex", "alternate", "bees", True, None),
    ("mel", "member", "bees", True, None),
    ("cora", "member", "council", True, None),
    ("oscar", "member", "watch", True, None),
    ("fay", "member", "elsewhere", True, None),
    ("paul", "co_chair", "bees", True, "2020"),
    ("uma", "co_chair", "bees", False, None),
)


def fill(session: Session) -> None:
    """The registry before any cycle opened."""
    session.add(Source(id="deck", origin="seed", title=Bilingual("Deck", "Présentation")))
    for kind, needs in (("council", False), ("joint_council", False), ("working_group", True), ("table", False)):
        session.add(GroupKind(id=kind, name=both(kind), plural=both(kind), needs_workplan=needs))
    groups: tuple[tuple[str, str | None, str, str | None], ...] = (
        ("joint", "joint_council", "active", None),
        ("council", "council", "active", None),
        ("elsewhere", "council", "active", None),
        ("bees", "working_group", "active", "council"),
        ("larvae", "working_group", "active", "bees"),
        ("sleepy", "working_group", "dormant", "council"),
        ("orphans", "working_group", "active", None),
        ("watch", "table", "active", "council"),
    )
    for id_, group_kind, state, owner in groups:
        parent = "joint" if id_ == "council" else None
        session.add(Group(id=id_, name=both(id_.title()), kind=group_kind, state=state, owner=owner, parent=parent))
    session.add(Link(id="watch.oversees.bees", source_group="watch", kind="oversees", target_group="bees"))
    session.add(Priority(id="lights", name=both("Lights"), owner="council"))
    session.add(Priority(id="shadows", name=both("Shadows"), owner="council"))
    for name in ("sam", "ann", "guy", "alex", "mel", "ola", "cora", "oscar", "fay", "lou", "paul", "uma"):
        session.add(Person(id=name, name=name.title(), email=f"{name}@iccs.example.org"))
    for person, role, group, confirmed, until in _ROLES:
        give_role(session, person, role, group=group, confirmed=confirmed, until=until)
    give_role(session, "lou", "lead", priority="lights")
    today = clock.today(session)
    for id_, council, held in (
        ("past", "council", PartialDate.day(today - timedelta(days=20))),
        ("today", "council", PartialDate.day(today)),
        ("month", "council", PartialDate.parse("2020-10")),
        ("coming", "joint", PartialDate.day(today + timedelta(days=100))),
        ("foreign", "elsewhere", PartialDate.day(today - timedelta(days=20))),
    ):
        session.add(Meeting(id=id_, kind="in_person", group=council, held=held, place=both(id_.title())))
    session.add(Meeting(id="call", kind="teleconference", group="council", held=PartialDate.parse("2020-10")))
    for id_, council, term, number in (
        ("o3", "council", "long", 1),
        ("o2", "council", "short", 2),
        ("o1", "council", "short", 1),
        ("other", "elsewhere", "short", 1),
    ):
        session.add(Outcome(id=id_, council=council, term=term, number=number, wording=both(id_)))


def made(url: str) -> None:
    """Fill an empty registry."""
    with closing(Database(url)) as database:
        database.write(OPERATOR, fill)


def opened(url: str) -> None:
    """The same, with a cycle open."""
    made(url)
    found = World(url)
    with closing(found.database):
        found.opened()


def laid(state: str, url: str) -> None:
    """The same, with an activity in the workplan, which may be handed in, and accepted."""
    opened(url)
    found = World(url)
    with closing(found.database):
        found.add()
        if state != "draft":
            found.database.write(ANN, workplans.submit, found.bees)
        if state == "complete":
            found.database.write(SAM, workplans.accept, found.bees)


class World:
    """A registry with a cycle open, and its people at work in it."""

    def __init__(self, url: str) -> None:
        self.database = Database(url, frozenset({SECRETARIAT}))
        self.today = self.database.read(clock.today)
        self.half = half_of(self.today)
        self.bees, self.lights = f"bees.{self.half}", f"lights.{self.half}"
        self.cycle = f"council.{self.half}"

    def opened(self, half: str | None = None) -> int:
        return self.database.write(OPERATOR, open_half, half or self.half)

    def day(self, days: int) -> date:
        return self.today + timedelta(days=days)

    def plan(self, id_: str | None = None) -> WorkplanFacts:
        return self.database.read(workplans.workplan, id_ or self.bees, SAM).plan

    def form(self, **said: Any) -> ActivityForm:
        filled: dict[str, Any] = {
            "workplan": self.bees,
            "id": None,
            "title_en": "Count the bees",
            "title_fr": "Compter les abeilles",
            "due": self.day(30),
            "owners": ("ola",),
            "outcome": "o1",
        }
        return ActivityForm(**{**filled, **said})

    def add(self, by: Actor = ANN, shown: Mapping[str, str] | None = None, **said: Any) -> ActivityFacts:
        """``shown``: what the window keeps of what it showed."""
        return self.database.write(by, workplans.save_activity, self.form(**said), shown)

    def activity(self, id_: int) -> ActivityFacts:
        plans = [each.plan for each in self.database.read(workplans.standings, SAM)]
        return next(each for plan in plans for each in plan.activities if each.id == id_)

    def announced(self) -> list[Announced]:
        return self.database.read(announced)

    def touched(self) -> set[str]:
        return self.database.read(lambda session: set(session.scalars(select(Touched.subject))))

    def forget_touched(self) -> None:
        def forget(session: Session) -> None:
            for row in session.scalars(select(Touched)).all():
                session.delete(row)

        self.database.write(OPERATOR, forget)

    def in_state(self, state: str, id_: str | None = None) -> None:
        """Put a workplan into a state, whatever the way there."""

        def put(session: Session) -> None:
            plan = session.get(Workplan, id_ or self.bees)
            assert plan
            plan.state = state
            plan.settled_at, plan.settled_by = (None, None) if state == "draft" else (clock.now(session), "Somebody")

        self.database.write(OPERATOR, put)
