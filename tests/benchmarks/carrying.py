"""How long it takes to carry a decision out for a hundred groups: on SQLite, the middle of some."""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import Connection, insert

from cadre.core import clock, schema
from cadre.core.database import Database
from cadre.core.models import Provenance, Source
from cadre.core.reader import OPERATOR
from cadre.decisions.models import Action, Decision
from cadre.groups.models import Group, GroupKind
from cadre.meetings.models import Meeting
from cadre.oversight import carrying
from cadre.oversight.drafts import CarryForm
from cadre.people.models import Person, Role
from cadre.priorities.models import Alignment, Priority
from tests.benchmarks.figure import Figure

GROUPS: Final = 100
ROLES: Final = 5
_TIMES: Final = 5
_LIMIT: Final = 1000
_KINDS: Final = ("working_group", "community_of_practice")


def rows() -> list[Figure]:
    """The figures of carrying out a decision."""
    return [
        Figure(f"carrying out a decision for {GROUPS} groups: leveraged", _measured("leverage"), _LIMIT, "ms"),
        Figure("  the same: they become another kind", _measured("transition"), _LIMIT, "ms"),
        Figure("  the same: they are dissolved, with roles, meetings and actions", _measured("sunset"), _LIMIT, "ms"),
    ]


def _measured(choice: str) -> float:
    """Milliseconds from the click to the commit, each time for groups of its own."""
    with tempfile.TemporaryDirectory() as folder, closing(Database(f"sqlite:///{folder}/r.sqlite")) as database:
        schema.upgrade(database.engine)
        today = database.read(clock.today)
        with database.engine.begin() as connection:
            _fill(connection, today)
        taken = []
        for n in range(_TIMES):
            form = CarryForm(choice, groups=tuple(f"g{n}.{k}" for k in range(GROUPS)), kind="community_of_practice")
            began = time.perf_counter()
            done = database.write(OPERATOR, carrying.carry_out, f"d{n}", form)
            taken.append((time.perf_counter() - began) * 1000)
            assert len(done) == GROUPS
    return statistics.median(taken)


def _fill(connection: Connection, today: date) -> None:
    """Made in bulk, past the audit: it is no history."""
    name = {"name_en": "Digital Identity Working Group", "name_fr": "Groupe de travail sur l'identité numérique"}
    plural = {"plural_en": "groups", "plural_fr": "groupes", "proposed": True}
    connection.execute(insert(Source), [{"id": "s", "origin": "ours", "title_en": "Deck", "title_fr": "Présentation"}])
    needs = {f"needs_{each}": False for each in ("mandate", "workplan", "meetings", "council_co_chair")}
    connection.execute(insert(GroupKind), [{"id": id_, **name, **plural, **needs} for id_ in (*_KINDS, "council")])
    connection.execute(insert(Group), [{"id": "council", "kind": "council", "state": "active", **name}])
    ids = [f"g{n}.{k}" for n in range(_TIMES) for k in range(GROUPS)]
    connection.execute(insert(Group), [{"id": id_, "kind": _KINDS[0], "state": "dormant", "owner": "council", **name} for id_ in ids])
    connection.execute(insert(Priority), [{"id": "p", "number": 1, "owner": "council", **name}])
    ties = [{"id": f"{id_}.p", "group": id_, "priority": "p", "strength": "could_support"} for id_ in ids]
    connection.execute(insert(Alignment), ties)
    connection.execute(insert(Person), [{"id": f"n{k}", "name": f"Person {k}", "visibility": "members"} for k in range(ROLES)])
    roles = [
        {"id": f"{id_}.{k}", "group": id_, "person": f"n{k}", "role": "member" if k else "co_chair"} for id_ in ids for k in range(ROLES)
    ]
    connection.execute(insert(Role), roles)
    stands = {"subject": "role", "field": "record", "source": "s", "standing": "confirmed"}
    connection.execute(insert(Provenance), [{"subject_id": role["id"], **stands} for role in roles])
    connection.execute(insert(Meeting), list(_meetings(ids, today)))
    todo = {"wording_en": "Do", "wording_fr": "Faire", "owner": "n1", "state": "open"}
    connection.execute(insert(Action), [{"id": f"a{id_}", "group": id_, **todo} for id_ in ids])
    taken = _dated("taken", today)
    wording = {"wording_en": "So be it", "wording_fr": "Ainsi soit-il", "state": "confirmed", "council": "council", "year": today.year}
    confirmed = {"confirmed_at": clock.real(), "confirmed_by": "operator"}
    connection.execute(insert(Decision), [{"id": f"d{n}", "number": n + 1, **wording, **confirmed, **taken} for n in range(_TIMES)])


def _meetings(ids: list[str], today: date) -> Iterator[dict[str, Any]]:
    held = _dated("held", today + timedelta(days=30))
    for id_ in ids:
        yield {"id": f"m{id_}", "kind": "teleconference", "group": id_, "state": "planned", "revision": 0, "fold": 0, **held}


def _dated(name: str, day: date) -> dict[str, Any]:
    return {f"{name}_text": day.isoformat(), f"{name}_first": day, f"{name}_last": day}


if __name__ == "__main__":
    for figure in rows():
        sys.stdout.write(f"{figure.name}: {figure.value:.1f} {figure.unit}\n")
