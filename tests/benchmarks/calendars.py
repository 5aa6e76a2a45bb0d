"""How long series and calendars take: on SQLite, in one process, the middle of several times."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from datetime import time as at
from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session

from bot.meetings.calendar_pages import GROUP, Shelves
from cadre.core import schema
from cadre.core.bilingual import Bilingual
from cadre.core.database import Database
from cadre.core.dates import PartialDate
from cadre.core.reader import OPERATOR, Reader
from cadre.groups.models import Group
from cadre.meetings import rules
from cadre.meetings.models import Meeting
from cadre.meetings.series import Series, occurrences
from tests.benchmarks.figure import Figure
from tests.meetings.world import ZONES

SERIES: Final = 1000
MEETINGS: Final = 500
_GROUP: Final = "bench"
_TIMES: Final = 9


def rows() -> list[Figure]:
    """The figures of series and calendars."""
    with tempfile.TemporaryDirectory() as folder, closing(Database(f"sqlite:///{Path(folder) / 'bench.sqlite'}")) as database:
        schema.upgrade(database.engine)
        database.write(OPERATOR, _fill)
        kept = Shelves("https://cadre.example")
        return [
            Figure(f"{SERIES} series expanded over a year", _middle(_expand), 1000.0, "ms"),
            Figure(f"a calendar of {MEETINGS} meetings, from the registry", _middle(lambda: _drawn(database, Shelves(""))), 50.0, "ms"),
            Figure("  the same, asked for again", _middle(lambda: _drawn(database, kept)), 5.0, "ms"),
        ]


def _middle(do: Callable[[], object]) -> float:
    do()  # all modules loaded
    taken = []
    for _ in range(_TIMES):
        began = time.perf_counter()
        do()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


def _expand() -> None:
    zones = sorted(ZONES.values())
    found = 0
    for number in range(SERIES):
        every = ("week", "month_day", "month_weekday")[number % 3]
        first = date(2027, 1, 1) + timedelta(days=number % 60)
        rule = Series(first, at(13, 30), zones[number % len(zones)], every, 1 + number % 2)  # type: ignore[arg-type]  # one of its words
        found += len(occurrences(rule, date(2027, 1, 1), date(2027, 12, 31)))
    assert found > SERIES * 5


def _fill(session: Session) -> None:
    """Meetings of one group, of no series: each is an event of its own."""
    session.add(Group(id=_GROUP, name=Bilingual("Digital Identity", "Identité numérique"), state="active"))
    zones, now = sorted(ZONES.values()), datetime.now(UTC)
    for number in range(MEETINGS):
        day, zone = now.date() + timedelta(days=number), zones[number % len(zones)]
        row = Meeting(id=f"m{number}", kind="teleconference", group=_GROUP, state="planned", revision=1, fold=0, changed_at=now)
        row.title = Bilingual("Recommended approach to the trust framework", "Approche recommandée pour le cadre de confiance")
        row.held, row.at, row.zone, row.minutes = PartialDate.day(day), at(13, 30), zone, 60
        row.starts_at = rules.start(day, at(13, 30), zone, None)
        row.reason = Bilingual("Moved because of the holiday", "Déplacée en raison du jour férié")
        session.add(row)


def _drawn(database: Database, shelves: Shelves) -> None:
    found = database.read(shelves.public, GROUP, _GROUP, Reader("fr_CA"))
    assert found.content.count(b"BEGIN:VEVENT") == MEETINGS
