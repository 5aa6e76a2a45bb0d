"""A council with four seats, those who speak for them, a slide of the deck, the secretariat, and questions put to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

from sqlalchemy import update
from sqlalchemy.orm import Session

from cadre.core import clock
from cadre.core.bilingual import Bilingual
from cadre.core.database import Database
from cadre.core.models import STATE_ROW, Source, State
from cadre.core.reader import OPERATOR, Actor
from cadre.decisions import confirming, putting, putting_times, questions, taking
from cadre.decisions.confirming import DecisionDetails
from cadre.decisions.facts import DecisionFacts
from cadre.decisions.models import Category, Recommendation
from cadre.decisions.putting import HowForm, StartForm
from cadre.decisions.question_facts import QuestionFacts, Standing
from cadre.decisions.taking import PositionForm, Said, Taken
from cadre.groups.models import Group, GroupKind
from cadre.people.models import Jurisdiction, Person
from tests.worlds import Announced, announced, both, give_role

P = ParamSpec("P")
T = TypeVar("T")

SECRETARIAT: Final = "sam@iccs.example.org"
SAM: Final = Actor("Sam Okafor (U0SAM)", "sam", SECRETARIAT)
FERN, ONA, OTTO, QUINN, YUKI = (Actor(name.title(), name) for name in ("fern", "ona", "otto", "quinn", "yuki"))
"""Who speaks for Canada, by her department; for Ontario, its member and its alternate; for Quebec; for Yukon."""
BEA: Final = Actor("Bea", "bea")
"""Co-chair of a group that a recommendation is about, and of no council."""
OBI: Final = Actor("Obi", "obi")
"""Observer in the council."""
UMA: Final = Actor("Uma", "uma")
"""Of Yukon, whose role nobody confirmed."""
SPEAKING: Final = {"CA": FERN, "ON": ONA, "QC": QUINN, "YT": YUKI}
DAYS: Final = 20

_PLACES = (
    ("CA", "federal", None),
    ("CA-ESDC", "department", "CA"),
    ("ON", "province", None),
    ("QC", "province", None),
    ("YT", "territory", None),
)
_PEOPLE = (("sam", None), ("fern", "CA-ESDC"), ("ona", "ON"), ("otto", "ON"), ("quinn", "QC"), ("yuki", "YT"), ("uma", "YT"))
_ROLES = (
    ("fern", "member", True),
    ("ona", "member", True),
    ("otto", "alternate", True),
    ("quinn", "member", True),
    ("yuki", "member", True),
    ("uma", "member", False),
    ("obi", "observer", True),
)


def fill(session: Session) -> None:
    """The registry before any question."""
    session.add(Source(id="deck", origin="seed", title=Bilingual("Deck", "Présentation")))
    for kind in ("council", "working_group"):
        session.add(GroupKind(id=kind, name=both(kind), plural=both(kind)))
    session.add(Group(id="council", name=both("Council"), kind="council", state="active"))
    session.add(Group(id="bees", name=both("Bees"), kind="working_group", state="active", owner="council"))
    session.add(Group(id="wasps", name=both("Wasps"), kind="working_group", state="dormant", owner="council"))
    session.flush()
    for place, kind, parent in _PLACES:
        session.add(Jurisdiction(id=place, kind=kind, name=both(place), parent=parent))
    session.flush()
    for name, home in (*_PEOPLE, ("obi", "ON"), ("bea", "QC")):
        session.add(Person(id=name, name=name.title(), jurisdiction=home, email=f"{name}@iccs.example.org"))
    session.flush()
    for person, role, confirmed in _ROLES:
        give_role(session, person, role, group="council", confirmed=confirmed)
    give_role(session, "bea", "co_chair", group="bees")
    session.add(Category(id="continue", number=1, label=both("Continue"), question=both("Shall they continue?")))
    session.flush()
    for number, group in enumerate(("bees", "wasps"), start=1):
        session.add(Recommendation(id=f"r-{group}", topic="groups", status="proposed", number=number, category="continue", group=group))
    session.add(Recommendation(id="r-rules", topic="governance", status="approved", number=3, wording=both("Keep the rules")))


def made(url: str) -> None:
    """Fill an empty registry."""
    with closing(Database(url)) as database:
        database.write(OPERATOR, fill)


class World:
    """A registry, and questions in it."""

    def __init__(self, copy: Callable[[str, Callable[[str], None]], str]) -> None:
        self._copy = copy

    @cached_property
    def database(self) -> Database:
        return Database(self._copy("decisions", made), frozenset({SECRETARIAT}))

    def close(self) -> None:
        if "database" in self.__dict__:
            self.database.close()

    def read(self, fn: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        return self.database.read(fn, *args, **kwargs)

    def do(self, by: Actor, fn: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        return self.database.write(by, fn, *args, **kwargs)

    def later(self, **much: float) -> None:
        """Let time pass: so long after now."""
        offset = (self.now() + timedelta(**much) - clock.real()).total_seconds()
        self.do(OPERATOR, lambda session: session.execute(update(State).where(State.id == STATE_ROW).values(clock_offset=offset)))

    def now(self) -> datetime:
        return self.read(clock.now)

    # Questions

    def draft(self, *, how: Mapping[str, Any] | None = None, **said: Any) -> QuestionFacts:
        """A draft of the slide, complete, unless something else is said."""
        facts = self.do(SAM, putting.begin, StartForm(**{"council": "council", "category": "continue", **said}))
        now = self.now()
        times = {"opens_at": now + timedelta(hours=1), "closes_at": now + timedelta(days=DAYS)}
        form = HowForm(**{"rule": "consensus", "quorum": "majority", "sees": "seats", **times, **(how or {})})
        return self.do(SAM, putting.save_how, facts.id, form)

    def own(self, *, how: Mapping[str, Any] | None = None, **said: Any) -> QuestionFacts:
        """A draft in words of its own."""
        texts = {"title_en": "Honey", "title_fr": "Miel", "wording_en": "Buy honey", "wording_fr": "Acheter du miel"}
        return self.draft(how=how, **{"category": None, **texts, **said})

    def opened(self, **said: Any) -> QuestionFacts:
        return self.do(SAM, putting_times.open_now, self.draft(**said).id)

    def opened_own(self, **said: Any) -> QuestionFacts:
        """Open, with one item of its own."""
        return self.do(SAM, putting_times.open_now, self.own(**said).id)

    def closed(self, positions: Mapping[str, str], **said: Any) -> QuestionFacts:
        """Closed after these seats took a position on the one item of its own."""
        question = self.opened_own(**said)
        for place, stance in positions.items():
            self.takes(SPEAKING[place], question, place, stance, "Because" if stance in ("objects", "supports_with_comment") else "")
        return self.do(SAM, putting_times.close_now, question.id)

    def takes(
        self,
        by: Actor,
        question: QuestionFacts,
        place: str,
        stance: str = "supports",
        comment: str = "",
        *,
        items: tuple[int, ...] = (),
        seen: int = 0,
        said: Said | None = None,
    ) -> Taken:
        """A seat takes a position: on everything, unless some items are named."""
        seat = self.seat(question, place)
        chosen = items or tuple(item.id for item in question.items)
        form = PositionForm(question.id, seat, dict.fromkeys(chosen, (stance, comment)), dict.fromkeys(chosen, seen), said)
        return self.do(by, taking.take, form)

    def confirm(self, item: int, **details: Any) -> DecisionFacts:
        return self.do(SAM, confirming.confirm, item, DecisionDetails(**details))

    # What is there

    def seat(self, question: QuestionFacts, place: str) -> int:
        return next(seat.id for seat in question.seats if seat.place.id == place)

    def standing(self, question: QuestionFacts | int, by: Actor = SAM) -> Standing:
        return self.read(questions.question, question if isinstance(question, int) else question.id, by)

    def stances(self, question: QuestionFacts, by: Actor = SAM) -> dict[str, str]:
        """What each seat takes as its position on the first item, as somebody sees it."""
        view = self.standing(question, by)
        first = view.question.items[0].id
        return {view.question.seat(each.seat).place.id: each.stance for each in view.positions if each.item == first}

    def told(self, kind: str) -> list[tuple[str, str]]:
        """Who was told of something: subject and person, in their order."""
        return [(subject, whom) for told, subject, whom, _ in self.announced() if told == kind]

    def announced(self) -> list[Announced]:
        return self.read(announced)
