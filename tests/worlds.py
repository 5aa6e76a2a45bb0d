"""What the invented councils have in common that calls and workplans are tested in."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import monotonic, sleep
from typing import Any, Final, TypeAlias

import pytest
from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session

from cadre.core.bilingual import Bilingual
from cadre.core.database import POOL
from cadre.core.dates import PartialDate
from cadre.core.errors import Invalid
from cadre.core.models import Provenance
from cadre.core.reader import Actor
from cadre.notices.models import Notice
from cadre.notices.rules import AT_ONCE
from cadre.people.models import Role

Announced: TypeAlias = tuple[str, str, str, dict[str, Any]]
"""An announcement: kind, subject, to whom, and what it says."""
LONG_ENOUGH: Final = 0.6
"""Seconds in which whoever does not wait for another transaction would be done."""


def both(text: str) -> Bilingual:
    """A text that is written in both languages."""
    return Bilingual(text, f"{text} (fr)")


def give_role(
    session: Session,
    person: str,
    role: str,
    *,
    group: str | None = None,
    priority: str | None = None,
    confirmed: bool = True,
    until: str | None = None,
) -> None:
    """A role, that the secretariat confirmed or did not."""
    id_ = f"{group or priority}.{person}.{role}"
    ends = PartialDate.parse(until) if until else None
    session.add(Role(id=id_, person=person, role=role, group=group, priority=priority, until=ends))
    standing = "confirmed" if confirmed else "stated"
    session.add(Provenance(subject="role", subject_id=id_, field="record", source="deck", standing=standing))


def announced(session: Session) -> list[Announced]:
    """All announcements, in their order."""
    rows: Sequence[Notice] = session.scalars(select(Notice).where(Notice.manner.in_(AT_ONCE)).order_by(Notice.id)).all()
    return [(row.kind, row.subject, row.person, json.loads(row.detail) if row.detail else {}) for row in rows]


def at_once(*calls: Callable[[], object]) -> list[object]:
    """What calls give that are made at the same moment: results or exceptions. Twice as many run as there are connections: of more, each
    would only wait until it is tired of it, and all be slower for it.
    """

    def outcome(call: Callable[[], object]) -> object:
        try:
            return call()
        except Exception as problem:  # noqa: BLE001  # it is what the test is about
            return problem

    with ThreadPoolExecutor(min(len(calls), 2 * POOL)) as pool:
        return list(pool.map(outcome, calls))


def meanwhile(
    write: Callable[..., object], act: Callable[[], object], by: Actor, *slowly: Any, then: Callable[[Session], object] | None = None
) -> list[object]:
    """What becomes of what is done while another act is done and not yet kept; and when that was to be. ``write``: a registry's; ``then``:
    what the other goes on to do, after all.
    """
    begun = Event()

    def hold(session: Session) -> float:
        try:
            slowly[0](session, *slowly[1:])
        finally:
            begun.set()
        sleep(LONG_ENOUGH)
        if then:
            then(session)
        return monotonic()

    return at_once(lambda: begun.wait() and act(), lambda: write(by, hold))


def statements(engine: Engine, act: Callable[[], object]) -> int:
    """How many statements something takes."""
    seen: list[object] = []

    def note(*said: object) -> None:
        seen.append(said)

    event.listen(engine, "before_cursor_execute", note)
    act()
    event.remove(engine, "before_cursor_execute", note)
    return len(seen)


def fields(problem: pytest.ExceptionInfo[Invalid]) -> set[str]:
    return set(problem.value.fields)
