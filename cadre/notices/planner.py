"""Planning: what is owed is compared with what is planned, and made so. One planner at a time, in short transactions.

"Insert, ignore what is there" would not do: after a due date moved, keys already sent would block the new notices, and planned ones
would keep the old day.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.orm import Session

from cadre.core import clock
from cadre.core.errors import CadreError
from cadre.core.rows import chunks
from cadre.notices.models import DeliveryItem, Notice, Pause, Planning, Rung, Snooze, Touched
from cadre.notices.recipients import recipients
from cadre.notices.rules import (
    AT_ONCE,
    DUE,
    FINAL,
    HALFWAY,
    SECRETARIAT,
    Around,
    Break,
    Dated,
    Kind,
    Manner,
    Owed,
    Recipient,
    Step,
    drafts_of,
    dropped,
    free_of,
    named_by,
    opening,
    owed,
    send_day,
    spared,
)
from cadre.notices.service import PLANNING_ROW, WHILE_LATE, secretariat

if TYPE_CHECKING:
    from cadre.notices.steering import RungFacts

LEASE: Final = timedelta(seconds=30)
"""Real time for which a planner holds the lease; each batch renews it."""
HEARD: Final = "heard"
"""Why a reminder is not sent: whoever it is for was told of the same a day before, or later."""
_BEGUN: Final = date.min
_PLANNED: Final = ("id", "key", "kind", "subject", "occurrence", "rung", "person", "manner", "on", "at", "state", "reason")


class LostLease(CadreError):
    """Another planner took over: what was not committed is theirs to do."""


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to plan: whose, and its fencing number."""

    holder: str
    fence: int


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be planned: everything on a new day or when the registry changed, else what was touched (kind -> subjects).

    ``changed``: of other subjects the messages are to be drawn anew first (``redraws``): what is planned is forgotten.
    """

    full: bool
    day: date
    revision: int
    touched: Mapping[str, tuple[str, ...]]
    rows: tuple[int, ...]
    changed: bool

    @property
    def any(self) -> bool:
        """Whether there is anything."""
        return self.full or bool(self.touched)


def take_lease(session: Session, holder: str) -> Lease | None:
    """The lease, if nobody else holds it."""
    now = clock.real()
    taken = session.execute(
        update(Planning)
        .where(Planning.id == PLANNING_ROW, or_(Planning.holder.is_(None), Planning.holder == holder, Planning.until < now))
        .values(holder=holder, until=now + LEASE, fence=Planning.fence + 1)
        .returning(Planning.fence)
    ).one_or_none()
    if taken:
        return Lease(holder, taken.fence)
    if session.get(Planning, PLANNING_ROW) is None:
        session.add(Planning(id=PLANNING_ROW, holder=holder, until=now + LEASE, fence=1, revision=-1))
        session.flush()
        return Lease(holder, 1)
    return None


def give_up(session: Session, lease: Lease) -> None:
    """Let another planner take it at once."""
    session.execute(update(Planning).where(_held(lease)).values(holder=None, until=None))


def renew(session: Session, lease: Lease) -> None:
    """Hold it a while longer, in the transaction that does the work. Raises LostLease where somebody else has it."""
    held = session.execute(update(Planning).where(_held(lease)).values(until=clock.real() + LEASE)).rowcount  # type: ignore[attr-defined]  # of an update
    if not held:
        raise LostLease


def _held(lease: Lease) -> Any:
    return (Planning.id == PLANNING_ROW) & (Planning.holder == lease.holder) & (Planning.fence == lease.fence)


def what_to_plan(session: Session) -> Work:
    """What changed since it was last planned."""
    day = clock.today(session)
    revision = int(session.info.get("revision", 0))
    row = session.execute(select(Planning.day, Planning.revision).where(Planning.id == PLANNING_ROW)).one_or_none()
    full = row is None or row.day != day or row.revision != revision
    touched: dict[str, dict[str, None]] = {}
    rows: list[int] = []
    changed = False
    for id_, kind, subject, looked in session.execute(_TOUCHED):
        if not looked:
            changed = True
            continue
        touched.setdefault(kind, {})[subject] = None
        rows.append(id_)
    return Work(full, day, revision, {kind: tuple(subjects) for kind, subjects in touched.items()}, tuple(rows), changed)


_TOUCHED: Final = select(Touched.id, Touched.kind, Touched.subject, Touched.looked).order_by(Touched.id)


def begin(session: Session, lease: Lease, work: Work) -> None:
    """Remember that all subjects are being planned: whatever changes meanwhile that concerns them all takes the mark away again."""
    renew(session, lease)
    if work.full:
        session.execute(update(Planning).where(_held(lease)).values(day=_BEGUN))


def done(session: Session, lease: Lease, work: Work) -> None:
    """Remember that it was planned. What was touched meanwhile stays to be planned: exactly the rows that were read are taken away,
    because numbers are not given in the order of commits.
    """
    renew(session, lease)
    if work.full:
        session.execute(update(Planning).where(_held(lease), Planning.day == _BEGUN).values(day=work.day, revision=work.revision))
    for some in chunks(work.rows):
        session.execute(delete(Touched).where(Touched.id.in_(some)))


def around(session: Session, persons: Iterable[str] | None = None, subjects: Collection[str] | None = None) -> Around:
    """All that planning needs beside the subjects. ``persons``, ``subjects``: those that matter; all where none are named."""
    snoozes = select(Snooze) if subjects is None else select(Snooze).where(Snooze.subject.in_([*subjects, *map(drafts_of, subjects)]))
    return Around(
        steps=steps(session),
        recipients=recipients(session, persons),
        secretariat=secretariat(session),
        breaks=breaks(session),
        snoozed={(row.subject, row.occurrence, row.person): row.until for row in session.scalars(snoozes)},
    )


def steps(session: Session, without: int | None = None) -> tuple[Step, ...]:
    """The rungs, as the secretariat has them. ``without``: but for one."""
    rows = (row for row in session.scalars(select(Rung).order_by(Rung.kind, Rung.days, Rung.id)) if row.id != without)
    return tuple(Step(row.kind, row.days, row.every, tuple(row.recipients.split()), manner_of(row.manner), row.halfway) for row in rows)


_HELD_BACK: Final = timedelta(days=14)


def breaks(session: Session) -> tuple[Break, ...]:
    """The pauses that are not over, or not long: of what they held back, only the last is told."""
    rows = session.scalars(select(Pause).where(Pause.last >= clock.today(session) - _HELD_BACK))
    return tuple(Break(row.jurisdiction, row.first, row.last) for row in rows)


def plan_batch(session: Session, lease: Lease, kind: Kind, known: Around, *, after: str, size: int) -> str | None:
    """Plan the subjects of a kind that come after one. Gives the last of them, None when all are done."""
    renew(session, lease)
    subjects = kind.batch(session, after, size)
    reconcile(session, kind.name, {subject.subject: subject for subject in subjects}, (), known)
    return subjects[-1].subject if len(subjects) == size else None


def plan_touched(session: Session, lease: Lease, kind: Kind, known: Around, subjects: Sequence[str]) -> None:
    """Plan subjects that changed, or are gone."""
    renew(session, lease)
    reconcile(session, kind.name, kind.some(session, subjects), subjects, known)


def reconcile(session: Session, kind: str, found: Mapping[str, Dated], named: Iterable[str], known: Around) -> None:
    """What is owed and absent is inserted; what is planned but owed otherwise is moved, or skipped with its reason; what was skipped
    and is owed again is planned again. ``named``: subjects that may be gone.
    """
    day, now = clock.today(session), clock.now(session)
    there: dict[str, Any] = {}
    for row in _rows(session, kind, [*found, *(subject for subject in named if subject not in found)]):
        there[row.key] = row
    heard = {notice.key: notice for subject in found.values() for notice in spared(subject, known, day)}
    fresh = [_new(each, _at(each, known, now)) | _skipped(HEARD, now) for key, each in heard.items() if key not in there]
    wanted: set[str] = set()
    for subject in found.values():
        for notice in owed(subject, known, day):
            wanted.add(notice.key)
            at = _at(notice, known, now)
            row = there.get(notice.key)
            if row is None:
                fresh.append(_new(notice, at))
            elif row.state == "planned" and (row.at, row.on, row.manner) != (at, notice.on, notice.manner):
                session.execute(update(Notice).where(Notice.id == row.id).values(on=notice.on, at=at, manner=notice.manner))
            elif row.state == "skipped" and row.reason not in FINAL:
                again = {"state": "planned", "reason": None, "settled_at": None, "on": notice.on, "at": at, "manner": notice.manner}
                session.execute(update(Notice).where(Notice.id == row.id).values(again))
                session.execute(delete(DeliveryItem).where(DeliveryItem.notice == row.id))  # no message told it: none shows it, drawn anew
    if fresh:
        session.execute(insert(Notice), fresh)
    for row in there.values():
        if row.state == "planned" and row.key not in wanted:
            why = HEARD if row.key in heard else reason(row, found.get(row.subject), known, day)
            session.execute(update(Notice).where(Notice.id == row.id).values(_skipped(why, now)))


def _skipped(why: str | None, now: datetime) -> dict[str, Any]:
    return {"state": "skipped", "reason": why, "settled_at": now}


def _rows(session: Session, kind: str, subjects: Sequence[str]) -> Iterable[Any]:
    """The notices of subjects that planning may have to do with."""
    columns = [getattr(Notice, name) for name in _PLANNED]
    return session.execute(select(*columns).where(Notice.subject.in_(subjects), Notice.kind == kind)) if subjects else ()


def _new(notice: Owed, at: datetime) -> dict[str, Any]:
    return {
        "key": notice.key,
        "kind": notice.kind,
        "subject": notice.subject,
        "occurrence": notice.occurrence,
        "rung": notice.rung,
        "person": notice.person,
        "manner": notice.manner,
        "on": notice.on,
        "at": at,
        "state": "planned",
        "reason": None,
        "settled_at": None,
    }


def _at(notice: Owed, known: Around, now: datetime) -> datetime:
    """The moment from which a notice may be sent."""
    recipient = known.recipients[notice.person]
    return opening(send_day(notice, recipient, local_day(now, recipient), known.breaks), recipient)


def local_day(now: datetime, recipient: Recipient) -> date:
    """The day that it is where somebody lives."""
    return now.astimezone(ZoneInfo(recipient.zone)).date()


def reason(row: Any, subject: Dated | None, known: Around, day: date) -> str | None:
    """Why a notice that was planned need not be sent any more; None where it is still needed. The last word is spoken at the sending."""
    if subject is None:
        return "gone"
    if subject.settled:
        return subject.settled
    recipient = known.recipients.get(row.person)
    if recipient is None or not _concerned(row, subject, known):
        return "left"
    if subject.due != row.occurrence:
        return "superseded"
    if row.kind in recipient.off:
        return "off"
    if row.manner == "draft" and dropped(known, row.subject, row.occurrence):
        return "dropped"
    until = known.snoozed.get((row.subject, row.occurrence, row.person))
    if until and until > day and row.rung != DUE and not row.rung.startswith("snoozed-") and row.manner != "draft":
        return "snoozed"
    return _beside(row, subject, known, day)


_BESIDE: Final = frozenset({"overtaken", "taken_off", "held_back", "another"})
"""Reasons for which a notice is not planned any more, and is sent all the same where it is on its way already."""


def _beside(row: Any, subject: Dated, known: Around, day: date) -> str:
    """Why a notice of a due day that stands is owed no more: its rung was taken away, or another notice stands for it."""
    put_off = row.rung.startswith("snoozed-")
    if not put_off and not any(_of_step(row, step, subject, known) for step in known.steps):
        return "taken_off"
    paused = free_of(row.on, known.recipients[row.person].jurisdiction, known.breaks) != row.on
    if row.on < day:
        return "held_back" if paused else "overtaken"
    if put_off:
        return "snoozed"
    return "held_back" if paused else "another"


def _of_step(row: Any, step: Step, subject: Dated, known: Around) -> bool:
    """Whether a step of the ladder has the rung of a notice, and tells whom it is for."""
    if step.kind != row.kind or not is_of(step, row.rung) or (step.manner == "draft") != (row.manner == "draft"):
        return False
    return row.manner == "orphan" or row.person in named_by(step, subject, known)


def still_needed(row: Any, subject: Dated | None, known: Around, day: date) -> str | None:
    """At the moment of sending: why a notice is not needed any more, or None."""
    why = reason(row, subject, known, day)
    return None if why in _BESIDE or (why == "snoozed" and row.rung.startswith("snoozed-")) else why


def _concerned(row: Any, subject: Dated, known: Around) -> bool:
    """Whether somebody still holds a role that the notice goes to."""
    if row.manner == "draft":
        return row.person in known.secretariat
    if row.manner == "orphan":
        return row.person in known.secretariat and not any(subject.people.values())
    if any(row.person in holders for holders in subject.people.values()):
        return True
    named = any(SECRETARIAT in step.recipients and step.kind == row.kind and is_of(step, row.rung) for step in known.steps)
    return row.person in known.secretariat and (named or row.rung.startswith("snoozed-"))


def is_of(step: Step | RungFacts, rung: str) -> bool:
    """Whether a rung, by its name, is one of a step's."""
    if step.halfway or rung == HALFWAY:
        return step.halfway and rung == HALFWAY
    if rung == DUE:
        return step.days == 0
    head, _, days = rung.partition("-")
    if not days.isdigit():
        return False
    n = -int(days) if head == "before" else int(days)
    return step.days == n or (step.every is not None and n > step.days and (n - step.days) % step.every == 0)


def while_late(row: Any) -> str | None:
    """Of an announcement that is sent only while what it tells of is late: of which kind that is."""
    if row.manner not in AT_ONCE or not row.detail or WHILE_LATE not in row.detail:
        return None
    kind: str | None = json.loads(row.detail).get(WHILE_LATE)
    return kind


def not_late(subject: Dated | None, person: str, day: date) -> str | None:
    """Why nobody need be written to any more about something that was late, or this person not; None where they may be."""
    if subject is None:
        return "gone"
    if subject.settled:
        return subject.settled
    if subject.due is None or subject.due >= day:
        return "superseded"
    return None if any(person in holders for holders in subject.people.values()) else "left"


def manner_of(text: str) -> Manner:
    """The manner of a rung, as a word of the rules."""
    return "alone" if text == "alone" else "draft" if text == "draft" else "digest"
