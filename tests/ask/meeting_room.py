"""The real registry on a Wednesday in February 2027, with meetings in it, and those who ask about them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from typing import Any, Final

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.ask.text import render
from cadre.ask.answer import Answer
from cadre.ask.service import answer
from cadre.core import clock
from cadre.core.bilingual import Bilingual
from cadre.core.database import Database
from cadre.core.dates import PartialDate
from cadre.core.i18n import LOCALES, Language
from cadre.core.models import STATE_ROW, State
from cadre.core.reader import OPERATOR, Actor, Reader
from cadre.meetings.models import Invitee, Meeting
from cadre.people import service as people
from cadre.people.models import Role
from tests.conftest import DATABASES, FILLED, copied, prepared

FRAMEWORK: Final = "framework-wg"
LINK: Final = "https://meet.example.org/canoes"
CODE: Final = "555 0123, code 4242"
GUY: Final = Actor("Guy Gordon", "guy-gordon")
"""Of Manitoba; invited."""
BEV: Final = Actor("Bev Dicks", "bev-dicks")
"""Of British Columbia; invited."""
NAT: Final = Actor("Natasha Clarke", "natasha-clarke")
"""Co-chairs the group, and arranges its meetings by that."""
SOPHIA: Final = Actor("Sophia Howse", "sophia-howse")
"""Known, and not invited."""
MARCH: Final = datetime(2027, 3, 2, 18, 30, tzinfo=UTC)
OTHERS: Final[tuple[tuple[Actor | None, str | None], ...]] = ((SOPHIA, None), (None, None), (None, "C0GENERAL"), (GUY, "C0GENERAL"))
"""Who is not invited, or does not read the answer alone."""
BEGAN: Final = datetime(2027, 2, 10, 15, 0, tzinfo=UTC)
"""A Wednesday, on which all is asked."""


def confirm_chair(session: Session) -> None:
    """As the secretariat does, once the co-chair was asked: only what is confirmed gives rights."""
    held = session.scalars(select(Role).where(Role.person == NAT.person, Role.group == FRAMEWORK)).one()
    people.confirm_fact(session, "role", held.id)


class Asked:
    """The real registry on a day in February 2027, with meetings in it, of which one asks."""

    def __init__(self, url: str) -> None:
        self.database = Database(url)

    def ask(self, question: str, by: Actor | None = GUY, lang: Language = "en", zone: str = "America/Winnipeg", **said: Any) -> Answer:
        reader = Reader(LOCALES[lang], zone, by.person if by else None)
        return self.database.read(answer, question, reader, seen_by=by, **said)

    def told(self, question: str, by: Actor | None = GUY, lang: Language = "en", channel: str | None = None) -> str:
        found = self.ask(question, by, lang, channel=channel)
        return render(found, Reader(LOCALES[found.language], "America/Winnipeg")).replace("\u00a0", " ").replace("\u202f", " ")


class Room(Asked):
    """The same, where meetings are arranged."""

    def at(self, moment: datetime) -> None:
        offset = (moment - clock.real()).total_seconds()
        self.do(lambda session: session.execute(update(State).where(State.id == STATE_ROW).values(clock_offset=offset)))

    def do(self, fn: Any, *args: Any, by: Actor = OPERATOR, **said: Any) -> Any:
        return self.database.write(by, fn, *args, **said)

    def met(self, id_: str, starts: datetime = MARCH, group: str = FRAMEWORK, invited: tuple[str, ...] = (), **said: Any) -> None:
        """A teleconference, with what people answered: "guy-gordon accepted"."""

        def add(session: Session) -> None:
            known = {"kind": "teleconference", "title": Bilingual("Canoes", "Canots"), "minutes": 60, "link": LINK, "joining": CODE} | said
            row = Meeting(id=id_, group=group, state=known.pop("state", "planned"), zone="UTC", at=starts.time(), starts_at=starts, **known)
            row.held = PartialDate.day(starts.date())
            session.add(row)
            session.flush()
            for each in invited:
                person, _, said_ = each.partition(" ")
                session.add(Invitee(meeting=id_, person=person, must=False, answer=said_, told_at=starts))

        self.do(add)


def canoes(room: Room) -> None:
    """A teleconference in March to which Guy Gordon said yes, and Bev Dicks said nothing."""
    room.met("canoes", invited=("guy-gordon accepted", "bev-dicks"))


def arranged(*arrange: Callable[[Room], object]) -> Callable[[str], None]:
    """Does what it is told to, once, in a registry."""

    def fill(url: str) -> None:
        made = Room(url)
        with closing(made.database):
            made.at(BEGAN)
            made.do(confirm_chair)
            for each in arrange:
                each(made)

    return fill


def asked(request: pytest.FixtureRequest, name: str, *arrange: Callable[[Room], object]) -> Iterator[Asked]:
    """Where it was done, for tests that only ask."""
    made = Asked(prepared(request, request.param, name, arranged(*arrange), of=FILLED))
    with closing(made.database):
        yield made


def room_of(name: str, *arrange: Callable[[Room], object]) -> Any:
    """The same as a fixture of a module."""

    @pytest.fixture(scope="module", params=DATABASES)
    def made(request: pytest.FixtureRequest) -> Iterator[Asked]:
        yield from asked(request, name, *arrange)

    return made


def entered(request: pytest.FixtureRequest, name: str, *arrange: Callable[[Room], object]) -> Iterator[Room]:
    """Where it was done, for a test that goes on from there."""
    with copied(request, request.param, name, arranged(*arrange), of=FILLED) as url:
        made = Room(url)
        with closing(made.database):
            made.at(BEGAN)
            yield made


@pytest.fixture(params=DATABASES)
def room(request: pytest.FixtureRequest) -> Iterator[Room]:
    yield from entered(request, "room")


planned = room_of("room_planned", canoes)
"""The canoes are planned."""


@pytest.fixture(params=DATABASES)
def going_on(request: pytest.FixtureRequest) -> Iterator[Room]:
    """The canoes are planned, and more is to be."""
    yield from entered(request, "room_going_on", canoes)
