"""The question that the sandbox begins with."""

from __future__ import annotations

from contextlib import closing

from cadre.core import clock
from cadre.core.database import Database
from cadre.core.reader import OPERATOR, Actor
from cadre.decisions import demonstration, putting_times, questions, rules
from tests.conftest import one_registry

JORDAN = Actor("Jordan Wrenwood", "jordan-wrenwood")


@one_registry
def test_it_wants_nothing_but_to_be_opened(sandbox_url: str) -> None:
    with closing(Database(sandbox_url)) as database:
        database.write(OPERATOR, demonstration.populate, database.read(clock.today))
        (view,) = database.read(questions.questions, JORDAN)
        assert rules.owed(view.question) == {}
        assert len(view.question.seats) == 4
        assert database.write(JORDAN, putting_times.open_now, view.question.id).state == "open"
