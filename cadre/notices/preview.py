"""The coming weeks, before they come: who would get what and when, and how many messages a person. Nothing is stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core import changes, clock
from cadre.core.bilingual import Bilingual
from cadre.core.errors import Forbidden
from cadre.core.reader import OPERATOR
from cadre.notices.models import Notice
from cadre.notices.planner import around, local_day
from cadre.notices.rules import Dated, Kind, Owed, Recipient, owed, send_day
from cadre.people import service as people

DAYS: Final = 90
_EARLY: Final = 7
"""Days by which a digest brings something before its own."""
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
    own: dict[str, list[tuple[date, Owed]]] = {}
    for batch in _batches(session, kinds):
        there = _there(session, batch)
        for subject in batch:
            for notice in owed(subject, known, clock.today(session), days + _EARLY):
                recipient, planned = known.recipients[notice.person], there.get(notice.key)
                if planned is None or planned.state == "planned":
                    today = local_day(now, recipient)
                    day = local_day(max(planned.at, now), recipient) if planned else send_day(notice, recipient, today, known.breaks)
                    if day <= today + timedelta(days=days):  # also what fell on a day that is past, and was put off
                        own.setdefault(notice.person, []).append((day, notice))
    messages = [message for person, owing in own.items() for message in joined(known.recipients[person], owing)]
    return tuple(sorted(messages, key=lambda message: (message.day, message.recipient.name, message.recipient.person)))


def held_back(session: Session, kinds: Sequence[Kind], first: date, last: date) -> tuple[int, int]:
    """How many people a pause of everybody on some days would touch, and how many reminders. Raises Forbidden as ``preview``."""
    ahead = max(0, (last - clock.today(session)).days)
    touched = [each for each in preview(session, kinds, ahead) if first <= each.day <= last]
    return len({each.recipient.person for each in touched}), sum(len(each.notices) for each in touched)


def joined(recipient: Recipient, owing: Iterable[tuple[date, Owed]]) -> Iterator[Foreseen]:
    """The messages of one person: one a day, and for those who want one a week, each with what the rest of its week would bring; for those
    who want each at once, one for each thing. A thing stands in a message once, by its last rung.
    """
    left = sorted(owing, key=lambda each: (each[0], each[1].occurrence, each[1].subject, each[1].on))
    while left:
        day = left[0][0]
        sunday = day + timedelta(days=6 - day.weekday())
        early = recipient.rhythm == "weekly"
        now = [each for each in left if each[0] == day or (early and each[1].manner in ("digest", "orphan") and each[1].on <= sunday)]
        left = [each for each in left if each not in now]
        told = tuple({(notice.kind, notice.subject): notice for _, notice in now}.values())
        for message in ((each,) for each in told) if recipient.rhythm == "at_once" else (told,):
            yield Foreseen(recipient, day, message)


def _there(session: Session, batch: Sequence[Dated]) -> dict[str, Any]:
    """What is planned already, or came of it."""
    subjects = [subject.subject for subject in batch]
    rows = session.execute(select(Notice.key, Notice.state, Notice.at).where(Notice.subject.in_(subjects)))
    return {row.key: row for row in rows}


def names(session: Session, found: Sequence[Foreseen], kinds: Sequence[Kind]) -> dict[str, Bilingual]:
    """What the subjects of messages are called."""
    subjects = {(notice.kind, notice.subject) for each in found for notice in each.notices}
    return {
        subject: name
        for kind in kinds
        for subject, name in kind.names(session, [subject for of, subject in subjects if of == kind.name]).items()
    }


def _batches(session: Session, kinds: Sequence[Kind]) -> Iterator[Sequence[Dated]]:
    for kind in kinds:
        after = ""
        while batch := kind.batch(session, after, _BATCH):
            yield batch
            after = batch[-1].subject
