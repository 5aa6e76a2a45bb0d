"""How long it takes to say what changed, over a hundred thousand Changes: on SQLite, in one process, the middle of some."""

from __future__ import annotations

import gc
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, insert

from cadre.core import clock, schema
from cadre.core.database import Database
from cadre.core.models import Change, Provenance, Source
from cadre.core.reader import OPERATOR, Reader
from cadre.framework import change_files, changing
from cadre.groups.models import Group, GroupKind
from cadre.meetings.models import Meeting
from cadre.people.models import Person, Role
from cadre.priorities.models import Alignment, Priority
from cadre.workplans.models import Activity, Cycle, Workplan
from tests.benchmarks.figure import Figure

CHANGES: Final = 100_000
GROUPS: Final = 200
EACH: Final = 10
"""Activities, and roles, of a group."""
DAYS: Final = 400
_LIMIT: Final = 300
_TIMES: Final = 9
_NAME: Final = {"name_en": "Digital Identity Working Group", "name_fr": "Groupe de travail sur l'identité numérique"}


def rows() -> list[Figure]:
    """The figures of changes: where the same facts changed again and again, and where each Change is of a fact of its own."""
    with tempfile.TemporaryDirectory() as folder, closing(Database(f"sqlite:///{folder}/r.sqlite")) as database:
        schema.upgrade(database.engine)
        today = database.read(clock.today)
        with database.engine.begin() as connection:
            _fill(connection, today)
            connection.execute(insert(Change), list(_changes(today)))
        since, between = today - timedelta(days=DAYS), (today - timedelta(days=DAYS // 2)).isoformat()
        return [
            Figure(f"changes since, over {CHANGES:,} Changes of {GROUPS} groups", _measured(database, since.isoformat(), ""), _LIMIT, "ms"),
            Figure("  the same, between two days that lie behind", _measured(database, since.isoformat(), between), _LIMIT, "ms"),
            Figure("  the same, and as a text file", _measured(database, since.isoformat(), "", as_file=True), None, "ms"),
        ]


def _measured(database: Database, since: str, until: str, *, as_file: bool = False) -> float:
    """Milliseconds."""

    def look() -> None:
        found = database.read(changing.changed, since, until, OPERATOR)
        assert len(found.differences.entries) > GROUPS / 4
        if as_file:
            change_files.markdown(found, Reader())

    look()  # all modules loaded, and kept out of the collector's way, as the command line does (bot.cli)
    gc.freeze()
    taken = []
    for _ in range(_TIMES):
        began = time.perf_counter()
        look()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


def _fill(connection: Connection, today: date) -> None:
    """Made in bulk, past the audit: its history comes after."""
    plural = {"plural_en": "groups", "plural_fr": "groupes"}
    needs = {"needs_mandate": True, "needs_workplan": True, "needs_meetings": True, "needs_council_co_chair": True, "proposed": False}
    connection.execute(insert(Source), [{"id": "s", "origin": "ours", "title_en": "Deck", "title_fr": "Présentation"}])
    connection.execute(insert(GroupKind), [{"id": id_, **_NAME, **plural, **needs} for id_ in ("council", "working_group", "committee")])
    connection.execute(insert(Group), [{"id": "council", "kind": "council", "state": "active", **_NAME}])
    groups = [{"id": f"g{n}", "kind": "working_group", "state": "active", "owner": "council", **_NAME} for n in range(GROUPS)]
    connection.execute(insert(Group), groups)
    connection.execute(insert(Priority), [{"id": f"p{n}", "number": n, "owner": "council", **_NAME} for n in range(20)])
    ties = [
        {"id": f"g{n}.{k}", "group": f"g{n}", "priority": f"p{(n + k) % 20}", "strength": "supports"}
        for n in range(GROUPS)
        for k in range(3)
    ]
    connection.execute(insert(Alignment), ties)
    connection.execute(insert(Person), [{"id": f"n{n}", "name": f"Person {n}", "visibility": "members"} for n in range(GROUPS)])
    held = [
        {"id": f"g{n}.r{k}", "group": f"g{n}", "person": f"n{(n + k) % GROUPS}", "role": "member" if k else "co_chair"}
        for n in range(GROUPS)
        for k in range(EACH)
    ]
    connection.execute(insert(Role), held)
    facts = [{"subject": "role", "subject_id": each["id"], "field": "record", "source": "s", "standing": "confirmed"} for each in held]
    connection.execute(insert(Provenance), facts)
    connection.execute(insert(Cycle), [{"id": "c", "council": "council", "half": "2027-1", "offset": -21, "by_hand": False}])
    connection.execute(insert(Workplan), [{"id": f"w{n}", "cycle": "c", "group": f"g{n}", "state": "approved"} for n in range(GROUPS)])
    due = today + timedelta(days=30)
    text = {"title_en": "Count the bees of every hive", "title_fr": "Compter les abeilles de chaque ruche"}
    activities = [{"workplan": f"w{n}", "number": k, "due": due, "state": "done", **text} for n in range(GROUPS) for k in range(EACH)]
    connection.execute(insert(Activity), activities)
    connection.execute(insert(Meeting), list(_meetings(today)))


def _meetings(today: date) -> Iterator[dict[str, Any]]:
    for n in range(GROUPS):
        day = today + timedelta(days=n - GROUPS)
        held = {"held_text": day.isoformat(), "held_first": day, "held_last": day}
        yield {"id": f"m{n}", "kind": "teleconference", "group": f"g{n}", "state": "planned", "revision": 0, "fold": 0, **held}


_FIELDS: Final = {
    "group": ("kind", "state", "name_en", "name_fr", "mandate_en", "mandate_fr"),
    "alignment": ("strength", "rationale_en", "rationale_fr"),
    "activity": ("state", "due", "title_en", "title_fr", "told_at", "note_en"),
    "workplan": ("state", "aim_en", "aim_fr"),
    "provenance": ("standing", "confirmed_by"),
    "meeting_invitee": ("answer", "answered_at"),
}
_VALUES: Final = {
    "kind": ("working_group", "committee"),
    "state": ("active", "dormant"),
    "strength": ("supports", "could_support"),
    "standing": ("stated", "confirmed"),
    "due": ("2027-01-31", "2027-02-28"),
}
_MANY: Final = {
    "group": GROUPS,
    "alignment": GROUPS * 3,
    "activity": GROUPS * EACH,
    "workplan": GROUPS,
    "provenance": GROUPS * EACH,
    "meeting_invitee": GROUPS * EACH,
}


def _changes(today: date) -> Iterator[dict[str, Any]]:
    """A year and more of them, evenly over all that there is; the first is the registry's own beginning."""
    chance = random.Random(8)
    began = datetime.combine(today, datetime.min.time(), clock.real().tzinfo) - timedelta(days=DAYS + 100)
    yield {"at": began, "by": "operator", "subject": "group", "subject_id": "council", "field": "kind", "before": None, "after": "council"}
    subjects = list(_FIELDS)
    step = timedelta(days=DAYS - 2) / CHANGES
    for n in range(CHANGES - 1):
        subject = subjects[n % len(subjects)]
        field = chance.choice(_FIELDS[subject])
        values = _VALUES.get(field, (f"{field} as it was", f"{field} as it is"))
        number = chance.randrange(_MANY[subject])
        yield {
            "at": began + timedelta(days=101) + n * step,
            "by": "Sam",
            "subject": subject,
            "subject_id": _id(subject, number),
            "field": field,
            "before": values[n % 2],
            "after": values[1 - n % 2],
        }


def _id(subject: str, number: int) -> str:
    match subject:
        case "group":
            return f"g{number}"
        case "workplan":
            return f"w{number}"
        case "alignment":
            return f"g{number // 3}.{number % 3}"
        case _:
            return str(number + 1)


if __name__ == "__main__":
    for figure in rows():
        sys.stdout.write(f"{figure.name}: {figure.value:.1f} {figure.unit}\n")
