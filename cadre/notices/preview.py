"""The coming weeks, before they come: who would get what and when, and how many messages a person. Nothing is stored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy.orm import Session

from cadre.core import changes, clock
from cadre.core.bilingual import Bilingual
from cadre.core.errors import Forbidden
from cadre.core.reader import OPERATOR
from cadre.notices.planner import around, local_day
from cadre.notices.rules import Around, Dated, Kind, Owed, Recipient, owed, send_day
from cadre.people import service as people

DAYS: Final = 90
_BATCH: Final = 500


@dataclass(frozen=True, slots=True)
class Foreseen:
    """One message that somebody would get: on which day, and what it would bring."""

    recipient: Recipient
    day: date
    notices: tuple[Owed, ...]


def preview(session: Session, kinds: Sequence[Kind], days: int = DAYS) -> tuple[Foreseen, ...]:
    """What the coming days would bring, by day and name, if nothing was done meanwhile. Raises Forbidden for anyone but the secretariat.

    Announcements cannot be foreseen, and are not in it.
    """
    actor = changes.actor(session)
    if actor != OPERATOR and not people.is_secretariat(session, actor):
        raise Forbidden
    known = around(session)
    now = clock.now(session)
    found: dict[tuple[str, date], list[Owed]] = {}
    for subject in _subjects(session, kinds):
        for notice in foreseen(subject, known, clock.today(session), days):
            recipient = known.recipients[notice.person]
            day = send_day(notice, recipient, local_day(now, recipient), known.breaks)
            found.setdefault((notice.person, day), []).append(notice)
    messages = (Foreseen(known.recipients[person], day, tuple(notices)) for (person, day), notices in found.items())
    return tuple(sorted(messages, key=lambda message: (message.day, message.recipient.name, message.recipient.person)))


def names(session: Session, found: Sequence[Foreseen], kinds: Sequence[Kind]) -> dict[str, Bilingual]:
    """What the subjects of messages are called."""
    subjects = {(notice.kind, notice.subject) for each in found for notice in each.notices}
    return {
        subject: name
        for kind in kinds
        for subject, name in kind.names(session, [subject for of, subject in subjects if of == kind.name]).items()
    }


def foreseen(subject: Dated, known: Around, day: date, days: int) -> Iterator[Owed]:
    """What one subject would bring. What it brought already, or should have, is not told again."""
    for notice in owed(subject, known, day, days):
        if day <= notice.on <= day + timedelta(days=days):
            yield notice


def _subjects(session: Session, kinds: Sequence[Kind]) -> Iterator[Dated]:
    for kind in kinds:
        after = ""
        while batch := kind.batch(session, after, _BATCH):
            yield from batch
            after = batch[-1].subject
