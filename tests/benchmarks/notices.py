"""Notices: how many deliveries a second are claimed, sent and settled; how long planning takes and what it holds up; an idle tick."""

from __future__ import annotations

import asyncio
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from bot.delivery.planning import Planning
from bot.delivery.sender import Sender
from bot.notices.notices import FACES
from bot.registry import Registry
from cadre.core import clock, sandbox, schema
from cadre.core.database import Database
from cadre.core.errors import Message
from cadre.core.reader import OPERATOR, Actor
from cadre.core.schema import metadata
from cadre.notices.drafts import WORD
from cadre.notices.models import Delivery, DeliveryItem, Notice
from cadre.notices.rules import Dated, Kind
from cadre.people import service as people
from cadre.people.models import Identity
from tests.benchmarks.figure import Figure
from tests.benchmarks.notices_worker import AtOnce
from tests.postgres import server

DELIVERIES: Final = 6000
WANTED: Final = 1000
WORKERS: Final = 4
SUBJECTS: Final = 20_000
SETTLED: Final = 1_000_000
TICKS: Final = 60
PACED: Final = 8.0
"""Seconds for which the workers send at Slack's own pace."""


def rows() -> Iterator[Figure]:
    """The figures of notices."""
    folder = server.programs()
    if folder:
        with server.running(folder) as postgres, postgres.database() as url:
            _migrate(url)
            yield from _sent(url)
    with tempfile.TemporaryDirectory() as place:
        url = f"sqlite:///{place}/registry.sqlite"
        _migrate(url)
        yield from _planned(url)
        yield from _idle(url)


def _migrate(url: str) -> None:
    with closing(Database(url)) as database:
        schema.upgrade(database.engine)


def _sent(url: str) -> Iterator[Figure]:
    with closing(Database(url)) as database:
        database.write(OPERATOR, sandbox.mark)
        database.write(OPERATOR, _on_a_working_day)
        database.write(OPERATOR, _everybody, DELIVERIES)
        database.write(OPERATOR, _due, DELIVERIES)
        seconds = max(took for took, _ in _work(url, pace=0.0, seconds=120.0))
        left = database.read(lambda session: session.execute(text("SELECT count(*) FROM delivery WHERE state <> 'sent'")).scalar_one())
        assert left == 0, f"{left} deliveries are left"
        name = f"{WANTED:,} deliveries claimed, sent and settled, PostgreSQL, {WORKERS} workers"
        yield Figure(name, WANTED * seconds / DELIVERIES, 1.0, "s")
        yield Figure("  that is, a second", DELIVERIES / seconds, None, "")
        database.write(OPERATOR, _again)
        used = sum(cpu for _, cpu in _work(url, pace=0.2, seconds=PACED))
        yield Figure(f"of a core, at Slack's own pace, {WORKERS} workers together", 100 * used / PACED, 20.0, "%")


def _work(url: str, pace: float, seconds: float) -> list[tuple[float, float]]:
    """Seconds and processor seconds of each worker."""
    command = [sys.executable, "-m", "tests.benchmarks.notices_worker", url, str(pace), str(seconds)]
    workers = [
        subprocess.Popen([*command, f"worker-{n}"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for n in range(WORKERS)
    ]
    for each in workers:
        assert each.stdout
        assert each.stdout.readline() == "ready\n"
    for each in workers:
        assert each.stdin
        each.stdin.write("go\n")
        each.stdin.flush()
    found = []
    for each in workers:
        said, _ = each.communicate(timeout=300)
        took, cpu = said.split()
        found.append((float(took), float(cpu)))
    return found


def _everybody(session: Session, count: int) -> None:
    """People who work day and night, so that it does not matter when this is measured."""
    there = session.connection()
    persons = [{"id": f"p{n}", "name": f"Person {n}", "visibility": "members"} for n in range(count)]
    there.execute(insert(metadata().tables["person"]), persons)
    where = {"team": "T1", "zone": "America/Toronto", "locale": "fr-CA"}
    users = [where | {"user": f"U{n}", "person": f"p{n}", "name": f"Person {n}"} for n in range(count)]
    there.execute(insert(metadata().tables["identity"]), users)
    chosen = "INSERT INTO preference (person, rhythm, opens, closes, off, way) SELECT id, 'weekly', 0, 1440, '', 'slack' FROM person"
    session.execute(text(chosen))


def _due(session: Session, count: int) -> None:
    """Deliveries as a working day begins, whatever day it is."""
    now = clock.now(session)
    day = now.date()
    notice = {"kind": WORD, "occurrence": day, "rung": WORD, "manner": "announcement", "on": day, "at": now, "state": "queued"}
    notice |= {"detail": '{"en": "Word", "fr": "Mot"}'}
    ids = range(1, count + 1)
    session.execute(insert(Notice), [notice | {"id": n, "key": f"k{n}", "subject": f"word:{n}", "person": f"p{n - 1}"} for n in ids])
    delivery = {"via": "slack", "manner": "announcement", "day": day, "state": "due", "at": now}
    session.execute(insert(Delivery), [delivery | {"id": n, "person": f"p{n - 1}"} for n in ids])
    session.execute(insert(DeliveryItem), [{"delivery": n, "notice": n} for n in ids])


def _on_a_working_day(session: Session) -> None:
    """Let it be Wednesday: nobody is written to on a day off, whenever this is measured."""
    real = clock.real()
    then = real.replace(hour=16) + timedelta(days=(2 - real.weekday()) % 7)
    sandbox.set_clock(session, (then - real).total_seconds())


def _again(session: Session) -> None:
    session.execute(text("UPDATE delivery SET state = 'due'"))


class Many:
    """So many things that are due, each with a lead."""

    def __init__(self, count: int) -> None:
        first = datetime.now(UTC).date()
        self._all = [
            Dated("workplan", f"workplan:{n:05}", first + timedelta(days=n % 60), None, {"lead": (f"p{n % 500}",)}) for n in range(count)
        ]

    @property
    def kind(self) -> Kind:
        return Kind("workplan", Message("workplans"), self._batch, self._some)

    def _batch(self, session: Session, after: str, size: int) -> Sequence[Dated]:
        start = int(after.partition(":")[2]) + 1 if after else 0
        return self._all[start : start + size]

    def _some(self, session: Session, subjects: Collection[str]) -> Mapping[str, Dated]:
        return {subject: self._all[int(subject.partition(":")[2])] for subject in subjects}


def _planned(url: str) -> Iterator[Figure]:
    with closing(Database(url)) as database:
        database.write(OPERATOR, _everybody, 500)
        seconds, waits = asyncio.run(_plan(database))
        held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        yield Figure(f"planning {SUBJECTS:,} subjects, SQLite", seconds, 20.0, "s")
        yield Figure("  a click that writes meanwhile, at most", max(waits) * 1000, 200.0, "ms")
        yield Figure("  resident, all of this in one process", held, 300.0, "MB")


async def _plan(database: Database) -> tuple[float, list[float]]:
    """Seconds of planning, and how long each of the clicks waited that another connection made meanwhile."""
    registry, clicks = Registry(database), Registry(Database(database.engine.url))
    planning = asyncio.create_task(Planning((Many(SUBJECTS).kind,), (), "bench", email=False).run(registry))
    began, waits = time.monotonic(), []
    while not planning.done():
        start = time.monotonic()
        await clicks.write(Actor("somebody"), _click)
        waits.append(time.monotonic() - start)
        await asyncio.sleep(0.05)
    await planning
    return time.monotonic() - began, waits


def _click(session: Session) -> None:
    identity = session.get(Identity, 1)
    assert identity
    people.choose_language(session, 1, "fr" if identity.language != "fr" else "en")


def _idle(url: str) -> Iterator[Figure]:
    with closing(Database(url)) as database:
        database.write(OPERATOR, _settle)
        took = asyncio.run(_tick(database))
        yield Figure(f"an idle tick, {SETTLED:,} notices being settled, p50", statistics.median(took) * 1000, 5.0, "ms")
        query = "EXPLAIN QUERY PLAN SELECT id FROM notice WHERE state = 'planned' AND at <= '2026-01-01' LIMIT 1"
        plan = database.read(lambda session: session.execute(text(query)).all())
        assert any("ix_notice_state_at" in str(row) for row in plan), plan


def _settle(session: Session) -> None:
    session.execute(text("UPDATE notice SET state = 'sent'"))
    session.execute(text("DELETE FROM delivery_item"))
    session.execute(text("DELETE FROM delivery"))
    session.execute(
        text(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :many) INSERT INTO notice "
            '(key, kind, subject, occurrence, rung, person, manner, "on", at, state) '
            "SELECT 's' || i, 'workplan', 'workplan:s' || (i / 20), '2026-03-01', 'due', 'p' || (i % 500), 'alone', '2026-03-01', "
            "'2026-03-01 14:00:00', 'sent' FROM n"
        ),
        {"many": SETTLED},
    )


async def _tick(database: Database) -> list[float]:
    registry = Registry(database)
    planning = Planning((Many(0).kind,), (), "bench", email=False)
    sender = Sender(AtOnce(), None, kinds=(), faces=FACES, holder="bench")
    took: list[float] = []
    for _ in range(TICKS):
        start = time.monotonic()
        await planning.run(registry)
        await sender.run(registry)
        took.append(time.monotonic() - start)
    return took
