"""What is delivered twice is taken on once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import select

from cadre.core import clock
from cadre.core.database import Database
from cadre.core.events import KEPT, claim_event, purge_events, release_event
from cadre.core.models import SeenEvent
from cadre.core.reader import OPERATOR


def claim(database: Database, *events: str, team: str = "T1") -> bool:
    return database.write(OPERATOR, claim_event, team, *events)


def test_who_comes_first_takes_it(database: Database) -> None:
    assert claim(database, "E1")
    assert not claim(database, "E1")
    assert claim(database, "E2")
    assert claim(database, "E1", team="T2"), "another workspace counts for itself"


def test_an_event_under_several_names_is_one(database: Database) -> None:
    assert claim(database, "E1", "message:1", "message:1")
    assert not claim(database, "E2", "message:1")


def test_what_could_not_be_done_may_be_tried_again(database: Database) -> None:
    assert claim(database, "E1")
    database.write(OPERATOR, release_event, "T1", "E1")
    assert claim(database, "E1")


def test_of_many_at_once_one_takes_it(database: Database) -> None:
    start = Barrier(4)

    def take(_: int) -> bool:
        start.wait(5)
        return claim(database, "E1", "message:1")

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(take, range(4))) == [False, False, False, True]


@pytest.mark.parametrize(("age", "kept"), [(KEPT - timedelta(minutes=1), True), (KEPT + timedelta(minutes=1), False)])
def test_what_nobody_delivers_again_is_forgotten(database: Database, age: timedelta, kept: bool) -> None:
    database.write(OPERATOR, lambda session: session.add(SeenEvent(team="T1", event="E1", at=clock.real() - age)))
    database.write(OPERATOR, purge_events)
    assert bool(database.read(lambda session: session.scalars(select(SeenEvent)).all())) is kept
