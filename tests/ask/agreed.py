"""The real registry in the winter of 2027, with what the Joint Councils decided at a meeting, carried out or not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from typing import Any, Final

import pytest

from cadre.core.database import Database
from cadre.core.dates import PartialDate
from cadre.core.reader import Actor
from cadre.decisions.confirming import DecisionDetails, confirm_of_meeting
from cadre.decisions.facts import DecisionFacts
from cadre.decisions.service import DecisionForm, record_decision
from cadre.oversight import carrying
from cadre.oversight.drafts import CarryForm
from tests.ask.meeting_room import Asked, Room
from tests.conftest import DATABASES, FILLED, SECRETARIAT, copied, prepared

SAM: Final = Actor("Sam Okafor (U0SAM)", None, SECRETARIAT)
"""Of the secretariat by the settings, without a record."""
TAKEN: Final = datetime(2027, 1, 8, 18, 0, tzinfo=UTC)
"""A Friday, on which the Joint Councils meet."""
NOW: Final = datetime(2027, 2, 10, 15, 0, tzinfo=UTC)
COUNCILS: Final = "jc"


class Councils(Room):
    """That registry, in which decisions are taken."""

    def __init__(self, url: str) -> None:
        self.database = Database(url, frozenset({SECRETARIAT}))

    def decides(self, english: str, french: str = "", **details: Any) -> DecisionFacts:
        """What the meeting of January 8 decides, confirmed."""
        form = DecisionForm(COUNCILS, "winter", english, french or f"{english} (fr)", taken=PartialDate.parse("2027-01-08"))
        recorded = self.do(record_decision, form, by=SAM)
        decided: DecisionFacts = self.do(confirm_of_meeting, recorded.id, DecisionDetails(**details), by=SAM)
        return decided

    def carries(self, decision: DecisionFacts, choice: str = "", *groups: str, **said: Any) -> DecisionFacts:
        """The same decision, carried out: as its recommendation says, or for some groups."""
        self.do(carrying.carry_out, decision.id, CarryForm(choice, groups=groups, **said), by=SAM)
        return decision


def _met(room: Councils) -> None:
    room.at(TAKEN)
    room.met("winter", TAKEN, COUNCILS, kind="in_person", title=None, link=None, joining=None)


def _filled(arrange: tuple[Callable[[Councils], object], ...]) -> Callable[[str], None]:
    def fill(url: str) -> None:
        made = Councils(url)
        with closing(made.database):
            _met(made)
            for each in arrange:
                each(made)
            made.at(NOW)

    return fill


def councils_of(name: str, *arrange: Callable[[Councils], object]) -> Any:
    """The same as a fixture of a module, for tests that only ask."""

    @pytest.fixture(scope="module", params=DATABASES)
    def made(request: pytest.FixtureRequest) -> Iterator[Asked]:
        found = Asked(prepared(request, request.param, name, _filled(arrange), of=FILLED))
        with closing(found.database):
            yield found

    return made


def deciding_of(name: str, *arrange: Callable[[Councils], object]) -> Any:
    """The same for a test that goes on from there."""

    @pytest.fixture(params=DATABASES)
    def made(request: pytest.FixtureRequest) -> Iterator[Councils]:
        with copied(request, request.param, name, _filled(arrange), of=FILLED) as url:
            found = Councils(url)
            with closing(found.database):
                yield found

    return made
