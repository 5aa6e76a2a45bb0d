"""The coming weeks, before they come: who would get what and when, and how many messages a person. Nothing is stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core import changes, clock
from cadre.core.bilingual import Bilingual
from cadre.core.errors import Forbidden
from cadre.core.reader import OPERATOR
from cadre.notices.models import Notice
from cadre.notices.planner import around, local_day, steps
from cadre.notices.rules import FINAL, Around, Dated, Kind, Owed, Recipient, Step, owed, send_day
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

    It goes by what stands now, also where that is not planned yet. Announcements cannot be foreseen, and are not in it.
    """
    _require(session)
    (found,) = _foreseen(session, kinds, days, (around(session),))
    return found


@dataclass(frozen=True, slots=True)
class Difference:
    """What a change would make of the coming days: how many messages there would be without it and with it, and how many people would be
    told something else, or on another day.
    """

    before: int
    after: int
    people: int


def with_rung(session: Session, kinds: Sequence[Kind], rung: int | None, step: Step | None) -> Difference:
    """What it would change to put a step in the place of a rung (None: to add it); with no step, to take that away.

    Raises as ``preview``.
    """
    _require(session)
    now = around(session)
    changed = sorted((*steps(session, rung), *((step,) if step else ())), key=lambda each: (each.kind, each.days))
    before, after = _foreseen(session, kinds, DAYS, (now, replace(now, steps=tuple(changed))))
    told = [{(each.recipient.person, each.day, each.notices) for each in found} for found in (before, after)]
    return Difference(len(before), len(after), len({person for person, _, _ in told[0] ^ told[1]}))


def _require(session: Session) -> None:
    actor = changes.actor(session)
    if actor != OPERATOR and not people.is_secretariat(session, actor):
        raise Forbidden


def _foreseen(session: Session, kinds: Sequence[Kind], days: int, known: Sequence[Around]) -> list[tuple[Foreseen, ...]]:
    """What would come by each state of affairs."""
    own: list[dict[str, list[tuple[date, Owed]]]] = [{} for _ in known]
    now, day = clock.now(session), clock.today(session)
    for batch in _batches(session, kinds):
        there = _there(session, batch)
        for by, of_it in zip(known, own, strict=True):
            for notice in (notice for subject in batch for notice in owed(subject, by, day, days + _EARLY)):
                recipient, row = by.recipients[notice.person], there.get(notice.key)
                if row is None or row.state == "planned" or (row.state == "skipped" and row.reason not in FINAL):
                    today = local_day(now, recipient)
                    on = send_day(notice, recipient, today, by.breaks)
                    if on <= today + timedelta(days=days):  # also what fell on a day that is past, and was put off
                        of_it.setdefault(notice.person, []).append((on, notice))
    return [_messages(by, of_it) for by, of_it in zip(known, own, strict=True)]


def _messages(known: Around, own: Mapping[str, list[tuple[date, Owed]]]) -> tuple[Foreseen, ...]:
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
    """What is planned already, or came of it: what was skipped and is owed again will be planned again."""
    subjects = [subject.subject for subject in batch]
    rows = session.execute(select(Notice.key, Notice.state, Notice.reason).where(Notice.subject.in_(subjects)))
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
