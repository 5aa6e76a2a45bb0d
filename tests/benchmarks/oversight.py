"""How long the matrix and the health of a thousand groups take, read from the registry: on SQLite, in one process, the middle of some."""

from __future__ import annotations

import gc
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from typing import Any, Final, TypeAlias

from sqlalchemy import Connection, Engine, event, insert
from sqlalchemy.orm import Session

from cadre.core import clock, schema
from cadre.core.database import Database
from cadre.core.models import Provenance, Source
from cadre.decisions.models import Action
from cadre.groups.models import Group, GroupKind
from cadre.meetings.models import Meeting
from cadre.oversight import matrix as rules
from cadre.oversight.facts import RULES
from cadre.oversight.reading import picture
from cadre.oversight.rules import health
from cadre.people.models import Person, Role
from cadre.priorities.models import Alignment, Priority
from cadre.workplans.models import Cycle, Workplan
from cadre.workplans.rules import before, half_of
from tests.benchmarks.figure import Figure

GROUPS: Final = 1000
PRIORITIES: Final = 50
EACH: Final = 5
"""Priorities that a group has to do with; people who have a role in it."""
PEOPLE: Final = 2000
STATEMENTS: Final = 20
"""A handful: none for each group."""
_TIMES: Final = 9
Rows: TypeAlias = list[dict[str, Any]]


def rows() -> list[Figure]:
    """The figures of oversight."""
    with tempfile.TemporaryDirectory() as folder, closing(Database(f"sqlite:///{folder}/r.sqlite")) as database:
        schema.upgrade(database.engine)
        today = database.read(clock.today)
        with database.engine.begin() as connection:
            _fill(connection, today)
        taken, statements = _measured(database)
        with database.engine.begin() as connection:
            connection.execute(insert(Alignment), list(_alignments(PRIORITIES, start=EACH)))
        whole, _ = _measured(database)
    name = f"matrix and health of {GROUPS:,} groups x {PRIORITIES} priorities"
    return [
        Figure(name, taken, 500, "ms"),
        Figure("  statements for that", statements, STATEMENTS, ""),
        Figure("  the same, every group aligned with every priority", whole, 500, "ms"),
    ]


def _measured(database: Database) -> tuple[float, int]:
    """Milliseconds, and how many statements they took."""
    taken, statements = [], 0

    def count(*_: object) -> None:
        nonlocal statements
        statements += 1

    database.read(_look)  # all modules loaded, and kept out of the collector's way, as the command line does (bot.cli)
    gc.freeze()
    for _ in range(_TIMES):
        began = time.perf_counter()
        database.read(_look)
        taken.append((time.perf_counter() - began) * 1000)
    engine: Engine = database.engine
    event.listen(engine, "before_cursor_execute", count)
    database.read(_look)
    event.remove(engine, "before_cursor_execute", count)
    return statistics.median(taken), statements


def _look(session: Session) -> None:
    """What the pages of gaps and health together need."""
    now = picture(session, clock.today(session))
    found = {id_: health(now, group) for id_, group in now.groups.items()}
    told = rules.matrix(now, found)
    assert len(told.rows) == GROUPS
    assert len(told.priorities) == PRIORITIES
    assert told.overlaps


def _fill(connection: Connection, today: Any) -> None:
    """Made in bulk, past the audit: it is no history."""
    name = {"name_en": "Digital Identity Working Group", "name_fr": "Groupe de travail sur l'identité numérique"}
    needs = {f"needs_{each}": True for each in RULES} | {"proposed": False}
    plural = {"plural_en": "groups", "plural_fr": "groupes"}
    connection.execute(insert(Source), [{"id": "s", "origin": "ours", "title_en": "Deck", "title_fr": "Présentation"}])
    kinds = [{"id": id_, **name, **plural, **needs} for id_ in ("council", "working_group")]
    connection.execute(insert(GroupKind), kinds)
    connection.execute(insert(Group), [{"id": "council", "kind": "council", "state": "active", **name}])
    groups = [{"id": f"g{n}", "kind": "working_group", "state": "active", "owner": "council", **name} for n in range(GROUPS)]
    connection.execute(insert(Group), groups)
    connection.execute(insert(Priority), [{"id": f"p{n}", "number": n, "owner": "council", **name} for n in range(PRIORITIES)])
    connection.execute(insert(Alignment), list(_alignments(EACH)))
    connection.execute(insert(Person), [{"id": f"n{n}", "name": f"Person {n}", "visibility": "members"} for n in range(PEOPLE)])
    roles = list(_roles())
    connection.execute(insert(Role), roles)
    connection.execute(insert(Provenance), list(_facts(roles)))
    half = half_of(today)
    for each in (half, before(half), before(before(half))):
        connection.execute(insert(Cycle), [{"id": each, "council": "council", "half": each, "offset": -21, "by_hand": False}])
        plans = [{"id": f"g{n}.{each}", "cycle": each, "group": f"g{n}", "state": "approved" if n % 3 else "draft"} for n in range(GROUPS)]
        connection.execute(insert(Workplan), plans)
    connection.execute(insert(Meeting), list(_meetings(today)))
    late = today - timedelta(days=9)
    due: dict[str, Any] = {"due_text": late.isoformat(), "due_first": late, "due_last": late, "state": "open"}
    connection.execute(
        insert(Action), [{"id": f"a{n}", "group": f"g{n}", "wording_en": "Do", "wording_fr": "Faire", **due} for n in range(GROUPS)]
    )


def _alignments(each: int, start: int = 0) -> Iterator[dict[str, Any]]:
    for n in range(GROUPS):
        for k in range(start, each):
            text = {"rationale_en": "Its work goes on.", "rationale_fr": "Ses travaux continuent."}
            yield {"id": f"g{n}.{k}", "group": f"g{n}", "priority": f"p{(n + k) % PRIORITIES}", "strength": "supports", **text}


def _roles() -> Iterator[dict[str, Any]]:
    chance = random.Random(1000)
    for n in range(GROUPS):
        for k, person in enumerate(chance.sample(range(PEOPLE), EACH - 2)):
            yield {"id": f"g{n}.{k}", "group": f"g{n}", "person": f"n{person}", "role": "member" if k else "co_chair"}
        for k in (0, 1):  # two of each fifty groups share these
            yield {"id": f"g{n}.shared{k}", "group": f"g{n}", "person": f"n{(n // 2) * 2 + k}", "role": "member"}


def _facts(roles: Rows) -> Iterator[dict[str, Any]]:
    for role in roles:
        yield {"subject": "role", "subject_id": role["id"], "field": "record", "source": "s", "standing": "confirmed"}
    for n in range(GROUPS):
        yield {"subject": "group", "subject_id": f"g{n}", "field": "record", "source": "s", "standing": "confirmed"}
        yield {"subject": "group", "subject_id": f"g{n}", "field": "name.fr", "source": "s", "standing": "inferred"}
        for k in range(EACH):
            yield {"subject": "alignment", "subject_id": f"g{n}.{k}", "field": "record", "source": "s", "standing": "stated"}


def _meetings(today: Any) -> Iterator[dict[str, Any]]:
    for n in range(GROUPS):
        for k, days in enumerate((-400, -90, 30)):
            day = today + timedelta(days=days)
            held = {"held_text": day.isoformat(), "held_first": day, "held_last": day}
            yield {"id": f"g{n}.{k}", "kind": "teleconference", "group": f"g{n}", "state": "planned", "revision": 0, "fold": 0, **held}


if __name__ == "__main__":
    for figure in rows():
        sys.stdout.write(f"{figure.name}: {figure.value:.1f} {figure.unit}\n")
