"""How soon the times of a poll are ranked: 60 people who each answered for 20 times, alone and as read from the registry."""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import time as clock_time
from datetime import timedelta
from typing import Final

from sqlalchemy.orm import Session

from cadre.core import clock, schema
from cadre.core.bilingual import Bilingual
from cadre.core.database import Database
from cadre.core.reader import Actor
from cadre.groups.models import Group
from cadre.meetings import poll_reading, polling
from cadre.meetings.poll_lines import combined
from cadre.meetings.polling import ANSWERS, PollForm
from cadre.meetings.ranking import ranked
from cadre.people.models import Jurisdiction, Person
from tests.benchmarks.figure import Figure

PEOPLE: Final = 60
DAYS, TIMES = 5, 4
RUNS: Final = 50
_EMAIL: Final = "bench@example.org"
_SECRETARIAT: Final = Actor("Bench", email=_EMAIL)
_ZONES: Final = ("America/St_Johns", "America/Toronto", "America/Winnipeg", "America/Regina", "America/Vancouver", "America/Whitehorse")


def rows() -> list[Figure]:
    """The figures of polls."""
    with tempfile.TemporaryDirectory() as folder, closing(Database(f"sqlite:///{folder}/r.sqlite", frozenset({_EMAIL}))) as database:
        schema.upgrade(database.engine)
        id_ = database.write(_SECRETARIAT, _answered)
        poll = database.read(poll_reading.poll, id_, _SECRETARIAT)
        alone = _milliseconds(lambda: ranked(poll.slots, poll.voices))
        read = _milliseconds(lambda: database.read(poll_reading.ranking, id_, _SECRETARIAT))
    return [
        Figure("ranking 60 people x 20 times, p95", alone, 20, "ms"),
        Figure("  the same read from the registry, with what speaks against each, p95", read, None, "ms"),
    ]


def _answered(session: Session) -> int:
    """A poll in which everybody answered."""
    chance = random.Random(60)
    session.add(Group(id="bench", name=Bilingual("Bench", "Banc"), state="active"))
    session.add_all(Jurisdiction(id=f"J{n}", kind="province", name=Bilingual(zone, zone), zone=zone) for n, zone in enumerate(_ZONES))
    session.flush()
    people = [f"p{number}" for number in range(PEOPLE)]
    session.add_all(Person(id=id_, name=f"Person {id_}", jurisdiction=f"J{n % len(_ZONES)}") for n, id_ in enumerate(people))
    session.flush()
    first = clock.today(session) + timedelta(days=14)
    slots = combined((first + timedelta(days=n) for n in range(DAYS)), [clock_time(9 + 2 * n, 30) for n in range(TIMES)], ())
    poll = polling.open_poll(session, PollForm("bench", slots, first - timedelta(days=7), invited=tuple(people)))
    for id_ in people:
        polling.answer(session, poll.id, {slot.id: chance.choice(ANSWERS) for slot in poll.slots}, person=id_)
    return poll.id


def _milliseconds(do: Callable[[], object]) -> float:
    """The 95th percentile."""
    taken = []
    for _ in range(RUNS):
        began = time.perf_counter()
        do()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.quantiles(taken, n=20)[-1]


if __name__ == "__main__":
    for row in rows():
        sys.stdout.write(f"{row.name:<70} {row.value:8.2f} {row.unit} {'' if row.limit is None else row.met}\n")
