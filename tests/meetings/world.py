"""A council, a group of it with people in six time zones, the secretariat, and meetings."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

from sqlalchemy import update
from sqlalchemy.orm import Session

from cadre.core import clock
from cadre.core.bilingual import Bilingual
from cadre.core.database import Database
from cadre.core.models import STATE_ROW, Source, State
from cadre.core.reader import OPERATOR, Actor
from cadre.groups.models import Group, GroupKind
from cadre.meetings import service as meetings
from cadre.meetings.views import InviteeFacts, MeetingForm, MeetingView
from cadre.people.models import Jurisdiction, Person
from tests.worlds import Announced, announced, both, give_role

P = ParamSpec("P")
T = TypeVar("T")

SECRETARIAT = "sam@iccs.example.org"
SAM = Actor("Sam Okafor (U0SAM)", "sam", SECRETARIAT)
NEIL, ONA, REGINA, WIN, YUKI, VERA = (Actor(name.title(), name) for name in ("neil", "ona", "regina", "win", "yuki", "vera"))
"""Of St. John's, Toronto, Regina, Winnipeg, Whitehorse and Vancouver: members of the group; Ona co-chairs it."""
NIA = Actor("Nia", "nia")
"""Without a role."""
NOBODY = Actor("Nobody")
GROUP: Final = "bees"
ZONES: Final = {
    "NL": "America/St_Johns",
    "ON": "America/Toronto",
    "SK": "America/Regina",
    "MB": "America/Winnipeg",
    "YT": "America/Whitehorse",
    "BC": "America/Vancouver",
}
HOMES: Final = {"neil": "NL", "ona": "ON", "regina": "SK", "win": "MB", "yuki": "YT", "vera": "BC", "nia": "ON", "sam": None}
EVERYBODY: Final = ("neil", "ona", "regina", "win", "yuki", "vera")


def fill(session: Session) -> None:
    """The registry before any meeting."""
    session.add(Source(id="deck", origin="seed", title=Bilingual("Deck", "Présentation")))
    for kind in ("council", "working_group"):
        session.add(GroupKind(id=kind, name=both(kind), plural=both(kind)))
    session.add(Group(id="council", name=both("Council"), kind="council", state="active"))
    session.add(Group(id=GROUP, name=both("Bees"), kind="working_group", state="active", owner="council", quorum="majority"))
    session.flush()
    for place, zone in ZONES.items():
        session.add(Jurisdiction(id=place, kind="province", name=both(place), zone=zone))
    session.flush()
    for name, home in HOMES.items():
        session.add(Person(id=name, name=name.title(), jurisdiction=home, email=f"{name}@iccs.example.org"))
    session.flush()
    for name in EVERYBODY:
        give_role(session, name, "co_chair" if name == "ona" else "member", group=GROUP)


def made(url: str) -> None:
    """Fill an empty registry."""
    with closing(Database(url)) as database:
        database.write(OPERATOR, fill)


class World:
    """A registry, and meetings in it."""

    def __init__(self, url: str) -> None:
        self.database = Database(url, frozenset({SECRETARIAT}))
        self.began = self.database.read(clock.now)

    def read(self, fn: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        return self.database.read(fn, *args, **kwargs)

    def do(self, by: Actor, fn: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        return self.database.write(by, fn, *args, **kwargs)

    def later(self, **much: float) -> None:
        """Let time pass: so long after the beginning."""
        self.at(self.began + timedelta(**much))

    def at(self, moment: datetime) -> None:
        """Move the clock to an instant."""
        offset = (moment - clock.real()).total_seconds()
        self.do(OPERATOR, lambda session: session.execute(update(State).where(State.id == STATE_ROW).values(clock_offset=offset)))

    def today(self) -> date:
        return self.read(clock.today)

    def form(self, **typed: Any) -> MeetingForm:
        """A teleconference of the group in ten days at 13:30, St. John's time, but for what is said otherwise."""
        known = MeetingForm(GROUP, day=self.today() + timedelta(days=10), at=time(13, 30), zone="America/St_Johns", title_en="Hives")
        return replace(known, **typed)

    def scheduled(self, by: Actor = ONA, **typed: Any) -> MeetingView:
        """A meeting that stands in the registry."""
        return self.do(by, meetings.schedule, self.form(**typed))

    def seen(self, id_: str, by: Actor = ONA) -> MeetingView:
        return self.read(meetings.meeting, id_, by)

    def invitee(self, id_: str, person: str) -> InviteeFacts:
        return next(each for each in self.read(meetings.invitees, id_, ONA) if each.person.id == person)

    def announced(self) -> list[Announced]:
        return self.read(announced)

    def told(self, kind: str) -> list[str]:
        """Who was told of something, in the order of their names."""
        return sorted(person for told, _, person, _ in self.announced() if told == kind)
