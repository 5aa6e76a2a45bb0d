"""Dates in sentences: in French with the small words that a name takes; in a question, the day that is meant."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from cadre.ask.knowledge import current
from cadre.ask.names import Names
from cadre.core.database import Database
from cadre.core.dates import PartialDate
from cadre.core.reader import Reader
from tests.ask import meeting_room as world
from tests.ask.meeting_room import Room

going_on = world.going_on


@pytest.mark.parametrize(
    ("when", "of", "to"),
    [
        ("2017-10-03", "du 3 octobre 2017", "au 3 octobre 2017"),
        ("2017-10", "d'octobre 2017", "à octobre 2017"),
        ("2018-06", "de juin 2018", "à juin 2018"),
    ],
)
def test_dates_in_french_sentences(registry: Database, when: str, of: str, to: str) -> None:
    names = registry.read(lambda session: Names(current(session).facts_of(None), Reader("fr_CA")))
    date = names.dated(PartialDate.parse(when))
    assert [f"{date:of}".replace("\u00a0", " "), f"{date:to}".replace("\u00a0", " ")] == [of, to]


def test_the_day_after_tomorrow_is_not_tomorrow(going_on: Room) -> None:
    going_on.at(datetime(2027, 2, 28, 15, tzinfo=UTC))
    for question in ("meetings the day after tomorrow", "réunions après-demain"):
        told = going_on.told(question)
        assert any(time in told for time in ("1:30 p.m.", "13 h 30"))
        assert not any(doubt in told for doubt in ("That is not", "Ce n'est pas"))
    assert "That is not" in going_on.told("meetings tomorrow")
