"""Two councils, jurisdictions of each kind and those who sit for them, a priority with two leads, the secretariat, and calls."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime, timedelta
from functools import cached_property, partial
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

from sqlalchemy import update
from sqlalchemy.orm import Session

from cadre.calls import service as calls
from cadre.calls.facts import CallFacts, Grid, InvitationFacts, Report, SignUpFacts, Standing
from cadre.calls.forms import DraftForm, Newcomer, SignUpForm
from cadre.core import clock
from cadre.core.bilingual import Bilingual
from cadre.core.database import Database
from cadre.core.models import STATE_ROW, Source, State
from cadre.core.reader import OPERATOR, Actor
from cadre.groups.models import Group, GroupKind
from cadre.people.models import Jurisdiction, Person, Role
from cadre.priorities.models import Priority
from tests.worlds import Announced, announced, both, give_role

P = ParamSpec("P")
T = TypeVar("T")

SECRETARIAT = "sam@iccs.example.org"
SAM = Actor("Sam Okafor (U0SAM)", "sam", SECRETARIAT)
LEA, LEO = (Actor(name.title(), name) for name in ("lea", "leo"))
"""Leads of the priority."""
FERN, ONA, OTTO, QUINN, YUKI, MISHA = (Actor(name.title(), name) for name in ("fern", "ona", "otto", "quinn", "yuki", "misha"))
"""Federal member, by her department; Ontario's member and its alternate; Quebec's member in the second council; Yukon's; of a city, for the
association of cities.
"""
NIA, NOOR, WES = (Actor(name.title(), name) for name in ("nia", "noor", "wes"))
"""Of Ontario, without a role; of whom no jurisdiction is known; of a city for which the association speaks."""
UMA, PAUL = (Actor(name.title(), name) for name in ("uma", "paul"))
"""Of Yukon: whom nobody confirmed; who was a member until 2020."""
NOBODY = Actor("Nobody")
EVERY: Final = ("CA", "ON", "QC", "YT", "MISA")
OPEN_DAYS: Final = 20
OFTEN: Final[dict[str, dict[str, Any]]] = {
    "calls_opened": {},
    "calls_confirming": {"confirms": True},
    "calls_capped": {"capped": True, "seats": 2},
    "calls_bees": {"group": "bees", "priority": None},
    "calls_alone": {"priority": None},
}
"""What is said of calls that many tests begin with."""
NEW: Final = Newcomer("Zoé Tremblay-Roy", "Zoe@ontario.example")

_PLACES: tuple[tuple[str, str, str | None, str | None], ...] = (
    ("CA", "federal", None, None),
    ("CA-ESDC", "department", "CA", None),
    ("ON", "province", None, None),
    ("QC", "province", None, None),
    ("YT", "territory", None, None),
    ("MISA", "association", None, None),
    ("windsor", "municipality", "ON", "MISA"),
)
_PEOPLE = (
    ("sam", None),
    ("lea", "ON"),
    ("leo", "QC"),
    ("fern", "CA-ESDC"),
    ("ona", "ON"),
    ("otto", "ON"),
    ("quinn", "QC"),
    ("yuki", "YT"),
    ("misha", "windsor"),
    ("nia", "ON"),
    ("noor", None),
    ("wes", "windsor"),
    ("uma", "YT"),
    ("paul", "YT"),
)
_ROLES = (
    ("fern", "member", "council", True, None),
    ("ona", "member", "council", True, None),
    ("otto", "alternate", "council", True, None),
    ("quinn", "member", "second", True, None),
    ("yuki", "member", "council", True, None),
    ("misha", "member", "council", True, None),
    ("uma", "member", "council", False, None),
    ("paul", "member", "council", True, "2020"),
    ("nia", "observer", "council", True, None),
)


def fill(session: Session) -> None:
    """The registry before any call."""
    session.add(Source(id="deck", origin="seed", title=Bilingual("Deck", "Présentation")))
    for kind in ("council", "joint_council", "working_group"):
        session.add(GroupKind(id=kind, name=both(kind), plural=both(kind)))
    for id_, kind, state, owner in (
        ("council", "council", "active", None),
        ("second", "council", "active", None),
        ("bees", "working_group", "active", "council"),
    ):
        session.add(Group(id=id_, name=both(id_.title()), kind=kind, state=state, owner=owner, description=both("On its own")))
    session.flush()
    for place, kind, parent, association in _PLACES:
        session.add(Jurisdiction(id=place, kind=kind, name=both(place), parent=parent, association=association))
    session.add(Priority(id="identity", name=both("Digital identity"), owner="council", description=both("One identity")))
    session.flush()
    for name, home in _PEOPLE:
        session.add(Person(id=name, name=name.title(), jurisdiction=home, email=f"{name}@iccs.example.org"))
    session.flush()
    for person, role, group, confirmed, until in _ROLES:
        give_role(session, person, role, group=group, confirmed=confirmed, until=until)
    for number, lead in enumerate(("lea", "leo")):
        session.add(Role(id=f"identity.{lead}", person=lead, role="lead", priority="identity", number=number))


def person(number: int) -> Actor:
    """One of a crowd."""
    return Actor(f"Person {number:03}", f"person-{number:03}")


def made(url: str) -> None:
    """Fill an empty registry."""
    with closing(Database(url)) as database:
        database.write(OPERATOR, fill)


def _opened(said: dict[str, Any], url: str) -> None:
    """The same, with a call open."""
    made(url)
    world = World(lambda name, fill_: url)
    with closing(world):
        assert world.now()
        world.opened(**said)


class World:
    """A registry, and calls in it. It is copied when something is first done in it; ``copy`` gives the address of a copy of what is named,
    and filled if it is not there yet.
    """

    def __init__(self, copy: Callable[[str, Callable[[str], None]], str]) -> None:
        self._copy = copy

    @cached_property
    def database(self) -> Database:
        found = Database(self._copy("calls", made), frozenset({SECRETARIAT}))
        self.began = found.read(clock.now)
        return found

    @cached_property
    def began(self) -> datetime:
        return self.read(clock.now)

    def close(self) -> None:
        if "database" in self.__dict__:
            self.database.close()

    def read(self, fn: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        return self.database.read(fn, *args, **kwargs)

    def do(self, by: Actor, fn: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        return self.database.write(by, fn, *args, **kwargs)

    def later(self, **much: float) -> None:
        """Let time pass: so long after the beginning."""
        self._at(self.began + timedelta(**much))

    def _at(self, moment: datetime) -> None:
        offset = (moment - clock.real()).total_seconds()
        self.do(OPERATOR, lambda session: session.execute(update(State).where(State.id == STATE_ROW).values(clock_offset=offset)))

    def now(self) -> datetime:
        return self.read(clock.now)

    def today(self) -> date:
        return self.read(clock.today)

    def crowd(self, many: int, place: Callable[[int], str] = lambda number: "ON") -> list[Actor]:
        """So many people of a jurisdiction more, without a role."""

        def add(session: Session) -> None:
            session.add_all(Person(id=each.person, name=each.label, jurisdiction=place(n)) for n, each in enumerate(found))

        found = [person(number) for number in range(many)]
        self.do(OPERATOR, add)
        return found

    # Drafts

    def form(self, **said: Any) -> DraftForm:
        """A window in which all is written, for the priority, unless something else is said."""
        filled: dict[str, Any] = {"id": None, "group": None, "priority": "identity", "first_meeting": "2097-03", "view_id": None}
        for name in ("name", "description", "asked", "commitment", "criteria"):
            filled |= {f"{name}_en": f"The {name}", f"{name}_fr": f"Le texte : {name}"}
        filled |= {"roles": ("member", "alternate", "observer"), "seats": None, "seats_each": None}
        filled |= {"capped": False, "confirms": False, "public": False, "chairs": ("lea", "leo")}
        filled |= {"councils": ("council", "second"), "jurisdictions": EVERY, "channels": ("C0GENERAL",)}
        now = self.now()
        filled |= {"opens_at": now + timedelta(hours=1), "closes_at": now + timedelta(days=OPEN_DAYS)}
        return DraftForm(**{**filled, **said})

    def draft(self, **said: Any) -> CallFacts:
        return self.do(SAM, calls.save_draft, self.form(**said))

    def opened(self, **said: Any) -> CallFacts:
        """An open call: where it is the first thing that a test does, and many do, it was opened for all of them."""
        name = next((name for name, known in OFTEN.items() if known == said), None)
        if name is None or "database" in self.__dict__:
            return self.do(SAM, calls.open_now, self.draft(**said).id)
        self.database = Database(self._copy(name, partial(_opened, said)), frozenset({SECRETARIAT}))
        call = self.call(1)
        assert call.opened_at
        assert call.closes_at
        self.began = call.closes_at - timedelta(days=OPEN_DAYS)
        self._at(call.opened_at + timedelta(seconds=1))
        return call

    def closed(self, **said: Any) -> CallFacts:
        return self.do(SAM, calls.close_now, self.opened(**said).id)

    # Answers

    def offer(self, by: Actor, call: CallFacts | int, **said: Any) -> SignUpFacts:
        id_ = call if isinstance(call, int) else call.id
        return self.do(by, calls.sign_up, SignUpForm(**{"call": id_, "role": "member", "language": "en", **said}))

    def record(self, call: CallFacts, person: str | None = None, **said: Any) -> SignUpFacts:
        """The secretariat records what it was told."""
        return self.offer(SAM, call, **{"person": person, "said_by": "Ona, deputy minister", "way": "phone", **said})

    # What is there

    def call(self, id_: int, by: Actor = SAM) -> CallFacts:
        return self.read(calls.call, id_, by)

    def grid(self, call: CallFacts) -> Grid:
        return self.read(calls.grid, call.id, SAM)

    def report(self, call: CallFacts) -> Report:
        return self.read(calls.report, call.id, SAM)

    def standing(self, call: CallFacts, by: Actor) -> Standing:
        return self.read(calls.standing, call.id, by)

    def invitation(self, call: CallFacts, place: str) -> InvitationFacts:
        return next(each for each in self.grid(call).invitations if each.jurisdiction.id == place)

    def states(self, call: CallFacts) -> dict[str, str]:
        """What each jurisdiction answered."""
        return {each.jurisdiction.id: each.state for each in self.grid(call).invitations}

    def of(self, call: CallFacts, person: str) -> SignUpFacts:
        """The one answer of somebody."""
        found = [each for each in self.grid(call).sign_ups if each.person.id == person]
        assert len(found) == 1
        return found[0]

    def seated(self, call: CallFacts) -> list[str]:
        return [each.person.id for each in self.active(call) if each.role == "member" and not each.waiting]

    def waiting(self, call: CallFacts) -> list[str]:
        """Who waits, in the order in which they get a seat."""
        return [each.person.id for each in sorted(self.active(call), key=lambda each: each.queue or 0) if each.waiting]

    def active(self, call: CallFacts) -> list[SignUpFacts]:
        return [each for each in self.grid(call).sign_ups if each.state in ("offered", "accepted")]

    def told(self, kind: str) -> list[tuple[str, str]]:
        """Who was told of something: subject and person, in their order."""
        return [(subject, whom) for told, subject, whom, _ in self.announced() if told == kind]

    def announced(self) -> list[Announced]:
        return self.read(announced)
