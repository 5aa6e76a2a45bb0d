"""``make prove-notices``: ten thousand messages, four workers, one of them killed in the middle; ten times on PostgreSQL, twice on SQLite.

In the first run on each, what the killed worker held is left until its lease of 90 seconds is over; in the others it is over at once.
A line a run; ends with 1 if one message was lost or doubled.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from cadre.core import schema
from cadre.core.database import Database
from tests.notices.proof import Count, Proof, proof
from tests.postgres import server

MESSAGES: Final = 10_000
WORKERS: Final = 4
ON_POSTGRESQL: Final = 10
ON_SQLITE: Final = 2
PATIENCE: Final = 900.0
"""Seconds that a run may take."""


def main() -> int:
    """Run after run, each on a registry of its own."""
    parser = ArgumentParser(prog="make prove-notices", description="Prove that no notice is lost and none doubled, at full size.")
    parser.add_argument("--messages", type=int, default=MESSAGES)
    parser.add_argument("--postgresql", type=int, default=ON_POSTGRESQL, help="runs on PostgreSQL")
    parser.add_argument("--sqlite", type=int, default=ON_SQLITE, help="runs on SQLite")
    given = parser.parse_args()
    people = given.messages // 2
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        for database, runs, made in (("PostgreSQL", given.postgresql, _on_postgresql), ("SQLite", given.sqlite, _on_sqlite)):
            for run in range(runs):
                with made(Path(folder), run) as url:
                    began = time.monotonic()
                    moment = 2 * people * (run + 1) // (runs + 1)
                    told, right = asyncio.run(_run(url, people, moment, Path(folder), patient=run == 0))
                    wrong += not right
                    place = f"{database} {run + 1} of {runs}"
                    seconds = time.monotonic() - began
                    line = f"{place:<20} {2 * people:,} due, one killed after {moment:>5,}: {told}, {seconds:.0f} s"
                    print(line, flush=True)  # noqa: T201  # this is a program of the terminal
    return min(wrong, 1)


@contextmanager
def _on_postgresql(folder: Path, run: int) -> Iterator[str]:
    programs = server.programs()
    if programs is None:
        sys.exit(f"no PostgreSQL {server.OLDEST} or newer is installed; for SQLite alone: make prove-notices ARGS='--postgresql 0'")
    with server.running(programs) as postgres, postgres.database() as url:
        _migrate(url)
        yield url


@contextmanager
def _on_sqlite(folder: Path, run: int) -> Iterator[str]:
    url = f"sqlite:///{folder / f'registry-{run}.sqlite'}"
    _migrate(url)
    yield url


def _migrate(url: str) -> None:
    with closing(Database(url)) as database:
        schema.upgrade(database.engine)


async def _run(url: str, people: int, moment: int, folder: Path, *, patient: bool) -> tuple[str, bool]:
    """One run. Gives what came of it, and whether all is right. ``patient``: leases end by themselves."""
    async with proof(url, people, folder) as due:
        due.witness.then[moment] = due.killed_alone if patient else due.killed
        for _ in range(WORKERS):
            await due.works()
        problem = await _over(due)
        count = due.counted()
        looked_for = len(due.witness.calls("conversations.history"))
        told = f"{count.lost} lost, {count.doubled} doubled, {looked_for} looked for again"
        return (f"{told}; {problem}", False) if problem else (told, count == Count(0, 0))


async def _over(due: Proof) -> str:
    """Wait for the end, and compare the registry with Slack. Gives what is wrong, if anything is."""
    try:
        await due.over(PATIENCE)
        due.check()
    except AssertionError as problem:
        return str(problem)
    return ""


if __name__ == "__main__":
    sys.exit(main())
