"""No notice is lost and none doubled, whatever ends, hangs or is away. Workers are processes; Slack's log is the witness.

``make prove-notices`` kills one in the middle of ten thousand.
"""

from __future__ import annotations

import asyncio
import signal
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from bot.delivery.worker import Worker
from bot.registry import Registry
from cadre.core import clock
from cadre.core.database import Database
from cadre.core.reader import OPERATOR
from cadre.notices import planner, turns
from cadre.notices.models import Delivery
from tests.notices.proof import CADRE, NOON, Proof, held, lapse, proof, set_clock
from tests.postgres.server import Server
from tests.workspace import until

PEOPLE = 30
ALL = 2 * PEOPLE
PACE, LONGEST = timedelta(seconds=0.2), timedelta(seconds=10)
AWAY = 1.5
"""Seconds for which the database is."""
DRAINED = 10
"""Seconds after SIGTERM."""


POSTGRES = pytest.param("postgres", marks=pytest.mark.postgres)
"""Where the database makes no difference to the rule, one is enough: the one that several workers share."""


@pytest.fixture
async def due(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Proof]:
    """Sixty messages that are due. The test runs once on SQLite and once on PostgreSQL."""
    async with proof(database_url, PEOPLE, tmp_path_factory.mktemp("logs")) as made:
        yield made


async def test_one_of_three_workers_is_killed_in_the_middle(due: Proof) -> None:
    due.witness.then[20] = due.killed
    for _ in range(3):
        await due.works()
    await due.over()
    due.check()
    assert sorted(worker.alive for worker in due.workers) == [False, True, True]


async def test_a_worker_is_killed_while_slacks_answer_is_on_its_way(due: Proof) -> None:
    due.witness.then[7] = due.killed
    await (await due.works()).ends()
    assert await looked_for(due)
    due.check()


async def test_a_worker_is_killed_between_slacks_answer_and_its_own_commit(due: Proof) -> None:
    first = await due.works("--dies-settling", "7")
    assert await first.ends() == -signal.SIGKILL
    await due.write(lapse, first.process.pid)
    assert await looked_for(due)
    due.check()


async def looked_for(due: Proof) -> bool:
    """Whether another worker, once the leases of the first are over, looks for what may stand there already."""
    stood = len(due.witness.stands)
    assert ALL > stood > due.database.read(sent), "something stands there of which the registry does not know"
    await due.works()
    await due.over()
    return bool(due.witness.calls("conversations.history"))


def sent(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Delivery).where(Delivery.state == "sent")) or 0


async def test_the_database_is_away_for_a_while_and_the_worker_lives_on_and_catches_up(due: Proof, request: pytest.FixtureRequest) -> None:
    async def goes_away() -> None:
        with away(due.url, request):
            await asyncio.sleep(AWAY)

    due.witness.then[7] = goes_away
    worker = await due.works("--busy", "0.2")
    await due.over()
    due.check()
    assert worker.alive
    assert "is sent, and that could not be written" in worker.said()


@contextmanager
def away(url: str, request: pytest.FixtureRequest) -> Iterator[None]:
    """Nobody reaches PostgreSQL; on SQLite, whoever writes waits for somebody who does not come to an end."""
    database = make_url(url).database
    assert database
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(database, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
            other.execute("ROLLBACK")
        return
    server: Server = request.getfixturevalue("postgres")
    server.execute(f"ALTER DATABASE {database} ALLOW_CONNECTIONS false")
    server.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'")
    try:
        yield
    finally:
        server.execute(f"ALTER DATABASE {database} ALLOW_CONNECTIONS true")


@pytest.mark.parametrize("database_url", [POSTGRES], indirect=True)
async def test_set_back_the_clock_holds_up_what_is_due_and_repeats_nothing(due: Proof) -> None:
    due.witness.then[20] = lambda: due.write(set_clock, NOON - timedelta(hours=2))
    await due.works()
    await due.posted(20)
    await asyncio.sleep(1)
    assert len(due.witness.stands) < ALL, "what is due at noon waits until it is noon again"
    await due.write(set_clock, NOON)
    await due.over()
    due.check()


@pytest.mark.parametrize("database_url", [POSTGRES], indirect=True)
async def test_told_to_end_a_worker_does_so_soon_and_another_sends_what_it_had_taken_on(due: Proof) -> None:
    """The first is ``cadre worker`` itself, at Slack's pace."""
    first = await due.works(program=CADRE)

    async def told_to_end() -> None:
        first.process.terminate()

    due.witness.then[4] = told_to_end
    await due.posted(4)
    assert await first.ends(DRAINED) == 0
    assert len(due.witness.stands) < 10
    assert due.database.read(held) == 0, "what it had taken on and not sent, it gave back"
    await due.works()
    await due.over()
    due.check()
    assert not due.witness.calls("conversations.history"), "nothing was in doubt"


class Long:
    """A duty that takes until it is told to stop; ``deaf``: and longer."""

    def __init__(self, *, deaf: bool = False) -> None:
        self.deaf = deaf
        self.began = self.cut_off = False
        self._stop = asyncio.Event()

    async def run(self, registry: Registry) -> None:
        self.began = True
        try:
            await self._stop.wait()
        except asyncio.CancelledError:
            self.cut_off = True
            raise

    async def next_due(self, registry: Registry) -> datetime | None:
        return None

    def stop(self) -> None:
        if not self.deaf:
            self._stop.set()


async def ended(url: str, *duties: Long) -> None:
    """Let a worker begin its duties, and tell it to end."""
    stop, registry = asyncio.Event(), Registry(Database(url))
    running = asyncio.create_task(Worker(registry, duties).run(stop))
    await until(lambda: duties[0].began)
    stop.set()
    async with asyncio.timeout(5):
        await running
    registry.close()


async def test_told_to_end_a_worker_does_not_go_on_to_its_next_duty(sqlite_url: str) -> None:
    planning, sending = Long(), Long()
    await ended(sqlite_url, planning, sending)
    assert (planning.cut_off, sending.began) == (False, False)


async def test_what_does_not_come_to_an_end_is_cut_off(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.delivery.worker.DRAIN", 0.1)
    hanging = Long(deaf=True)
    await ended(sqlite_url, hanging)
    assert hanging.cut_off


async def test_a_thread_that_hangs_keeps_no_worker_from_ending_in_time(sqlite_url: str, tmp_path: Path) -> None:
    async with proof(sqlite_url, 1, tmp_path) as due:
        worker = await due.works("--hangs-settling")
        await due.posted(1)
        await until(lambda: due.database.read(held) > 0)
        worker.process.terminate()
        assert await worker.ends(DRAINED / 4) != 0
        assert "cut off" in worker.said()


def test_who_would_wait_too_long_reserves_no_turn_for_which_all_others_would_wait(database_url: str) -> None:
    with closing(Database(database_url)) as database:
        database.write(OPERATOR, planner.take_lease, "planner")
        began = clock.real()
        taken = [database.write(OPERATOR, turns.turns, [None] * 25, PACE, LONGEST) for _ in range(6)]
    assert [each.full for each in taken] == [False, False, False, True, True, True]
    assert [round((each.at[0] - began).total_seconds() / 5) for each in taken] == [0, 1, 2, 3, 3, 3]


def test_in_a_conversation_a_second_lies_between_two_messages_whoever_sends_them_and_others_go_on(database_url: str) -> None:
    with closing(Database(database_url)) as database:
        database.write(OPERATOR, planner.take_lease, "planner")
        began = clock.real()
        first = database.write(OPERATOR, turns.turns, ["ann", "ann", "bob"], PACE, LONGEST)
        second = database.write(OPERATOR, turns.turns, ["ann", "cyd", *["ann"] * 12], PACE, LONGEST)
    seconds = [[round((at - began).total_seconds(), 1) for at in each.at] for each in (first, second)]
    assert seconds[0] == pytest.approx([0, 1.1, 0.4], abs=0.2)
    assert seconds[1][:4] == pytest.approx([2.2, 0.8, 3.3, 4.4], abs=0.2)
    assert [second.ours.count(True), second.ours[-1]] == [11, False], "what would wait too long is given back"
