"""The real registry with calls for participation in it, the secretariat that writes them, and those who ask about them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from functools import partial
from typing import Any, Final

import pytest
from sqlalchemy import update

from bot.ask.text import render
from cadre.ask.answer import Answer
from cadre.ask.service import answer
from cadre.calls import queries
from cadre.calls import service as calls
from cadre.calls.facts import CallFacts
from cadre.calls.forms import DraftForm, SignUpForm
from cadre.core import clock
from cadre.core.database import Database
from cadre.core.i18n import LOCALES, Language
from cadre.core.models import STATE_ROW, State
from cadre.core.reader import OPERATOR, Actor, Reader
from tests.conftest import DATABASES, FILLED, copied, prepared

EMAIL: Final = "sam@iccs.example.org"
SAM: Final = Actor("Sam Okafor (U0SAM)", None, EMAIL)
"""Of the secretariat by the settings, without a record."""
BEV: Final = Actor("Bev Dicks", "bev-dicks")
"""Answers for British Columbia."""
GUY: Final = Actor("Guy Gordon", "guy-gordon")
"""Answers for Manitoba, of which nothing was heard."""
SOPHIA: Final = Actor("Sophia Howse", "sophia-howse")
NAT: Final = Actor("Natasha Clarke", "natasha-clarke")
"""Known, and representing nobody."""


class Desk:
    """The real registry and calls in it, of which one asks."""

    def __init__(self, url: str) -> None:
        self.database = Database(url, frozenset({EMAIL}))

    @property
    def call(self) -> CallFacts:
        """The one for digital identity."""
        return next(each for each in self.database.read(queries.calls, SAM) if each.priority == "digital-identity")

    def ask(self, question: str, by: Actor | None = None, lang: Language = "en", zone: str = "America/Vancouver") -> Answer:
        """Asked by somebody alone; by None, where others read along."""
        reader = Reader(LOCALES[lang], zone, by.person if by else None)
        return self.database.read(answer, question, reader, seen_by=by)

    def told(self, question: str, by: Actor | None = None, lang: Language = "en") -> str:
        return render(self.ask(question, by, lang), Reader(LOCALES[lang], "America/Vancouver"))


class Office(Desk):
    """The secretariat's, where calls are written, opened and answered."""

    def do(self, by: Actor, fn: Any, *args: Any, **said: Any) -> Any:
        return self.database.write(by, fn, *args, **said)

    def drafted(self, **said: Any) -> CallFacts:
        """A call for digital identity that British Columbia, Ontario, Manitoba and Yukon are invited to."""
        filled: dict[str, Any] = {"id": None, "group": None, "priority": "digital-identity", "first_meeting": ""}
        for name in ("name", "description", "asked", "commitment", "criteria"):
            filled |= {f"{name}_en": f"The {name}", f"{name}_fr": f"Texte : {name}"}
        filled |= {"name_en": "Digital Identity Working Group", "name_fr": "Groupe de travail sur l'identité numérique"}
        filled |= {"roles": ("member", "observer"), "seats": 3, "seats_each": None, "capped": True, "confirms": False, "public": False}
        filled |= {"chairs": ("annette-vermaeten",), "councils": (), "jurisdictions": ("BC", "ON", "MB", "YT"), "channels": ()}
        now = self.database.read(clock.now)
        filled |= {"opens_at": now + timedelta(hours=1), "closes_at": now + timedelta(days=20)}
        call: CallFacts = self.do(SAM, calls.save_draft, DraftForm(**{**filled, **said}))
        return call

    def opened(self, **said: Any) -> CallFacts:
        """The same call, open."""
        call: CallFacts = self.do(SAM, calls.open_now, self.drafted(**said).id)
        return call

    def with_answers(self, **said: Any) -> CallFacts:
        """British Columbia put Sophia Howse forward; Yukon declined; of Ontario and Manitoba nothing was heard."""
        call = self.opened(**said)
        self.do(SAM, calls.add_representative, call.id, "BC", BEV.person)
        self.do(SAM, calls.add_representative, call.id, "MB", GUY.person)
        self.do(BEV, calls.sign_up, SignUpForm(call.id, "member", "en", person=SOPHIA.person, jurisdiction="BC"))
        self.do(SAM, calls.decline, call.id, "YT", "Nobody to spare", said_by="Deputy minister", way="phone")
        return call

    def later(self, **much: float) -> None:
        seconds = timedelta(**much).total_seconds()
        self.do(OPERATOR, lambda session: session.execute(update(State).where(State.id == STATE_ROW).values(clock_offset=seconds)))


def two_calls(office: Office) -> None:
    """Digital identity, which two have answered; and one about canoes, of Ontario and Manitoba, which nobody has."""
    office.opened(
        priority="client-centric", name_en="Canoes Working Group", name_fr="Groupe de travail sur les canots", jurisdictions=("ON", "MB")
    )
    office.with_answers()


@pytest.fixture
def office(registry_url: str) -> Iterator[Office]:
    """No call is written yet."""
    made = Office(registry_url)
    with closing(made.database):
        yield made


def arranged(arrange: Callable[[Office], object]) -> Callable[[str], None]:
    """What an office is at, once, in a registry."""

    def fill(url: str) -> None:
        made = Office(url)
        with closing(made.database):
            arrange(made)

    return fill


def desk(request: pytest.FixtureRequest, name: str, arrange: Callable[[Office], object]) -> Iterator[Desk]:
    made = Desk(prepared(request, request.param, name, arranged(arrange), of=FILLED))
    with closing(made.database):
        yield made


@pytest.fixture(scope="module", params=DATABASES)
def answered(request: pytest.FixtureRequest) -> Iterator[Desk]:
    """Whoever asks finds a call with answers."""
    yield from desk(request, "asked_answered", Office.with_answers)


@pytest.fixture(scope="module", params=DATABASES)
def public(request: pytest.FixtureRequest) -> Iterator[Desk]:
    """Whoever asks finds a call with answers that is public."""
    yield from desk(request, "asked_public", partial(Office.with_answers, public=True))


@pytest.fixture(scope="module", params=DATABASES)
def two(request: pytest.FixtureRequest) -> Iterator[Desk]:
    """Whoever asks finds two calls."""
    yield from desk(request, "asked_two", two_calls)


@pytest.fixture(params=DATABASES)
def going_on(request: pytest.FixtureRequest) -> Iterator[Office]:
    """A public call with answers, with which the office goes on."""
    with copied(request, request.param, "answered_on", arranged(partial(Office.with_answers, public=True)), of=FILLED) as url:
        made = Office(url)
        with closing(made.database):
            yield made
