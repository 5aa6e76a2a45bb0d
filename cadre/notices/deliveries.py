"""Deliveries: messages to people and posts in channels, claimed by one of many senders, and settled by it alone.

The database's part is exact; a sender that is killed between Slack's answer and its commit leaves a delivery that is *doubtful*, which
is looked for before it is sent again.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from operator import itemgetter
from typing import Any, Final

from sqlalchemy import Connection, bindparam, case, func, or_, select, text, update
from sqlalchemy.orm import Session

from cadre.core import clock
from cadre.core.bilingual import Bilingual
from cadre.core.models import UtcDateTime
from cadre.notices.earlier import Earlier, earlier
from cadre.notices.facts import Job
from cadre.notices.models import Delivery, DeliveryItem, Notice
from cadre.notices.planner import around, local_day, not_late, still_needed, while_late
from cadre.notices.posts import REDRAW
from cadre.notices.recipients import recipients
from cadre.notices.rules import AT_ONCE, Around, Dated, Kind, Recipient, proper
from cadre.notices.service import about, secretariat, tell

AGAIN: Final = tuple(timedelta(seconds=s) for s in (15, 30, 60, 120, 300, 600, 900, 1800, 1800, 3600, 3600, 7200, 14400))
"""Pauses between attempts, in workspace time: some ten hours in all. After the last a delivery has failed."""
FAILED: Final = "delivery_failed"
UNREACHED: Final = "unreached"
"""Kinds of notice to the secretariat: a message that could not be sent; somebody whom nothing can be sent to."""


@dataclass(frozen=True, slots=True)
class Item:
    """A notice that a message brings. ``again``: the day until which its reader put it off; ``later``: whether a later message tells them
    of the same, and has the menus; ``first``: whether none told them of it before, in one that cannot show all in full; ``left``: what it
    is called, where it is not its reader's any more, who is told nothing else of it; ``due``: its due day by now.
    """

    id: int
    kind: str
    subject: str
    occurrence: date
    rung: str
    manner: str
    detail: str | None
    again: date | None
    later: bool = False
    first: bool = False
    left: Bilingual | None = None
    due: date | None = None


NOBODY: Final = Recipient("")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A delivery as it is to be sent now: to whom, and what is still needed of it; ``skipped``: what is not, and why.

    ``not_before``: where it is no hour to write to them, the moment from which it is. A post is for nobody (``NOBODY``), brings no
    notices, and has no hours. ``sent_at``: of one that is drawn anew. ``keys``: of its notices, by their numbers.
    """

    job: Job
    recipient: Recipient
    items: tuple[Item, ...]
    skipped: Mapping[int, str]
    not_before: datetime | None = None
    sent_at: datetime | None = None
    keys: Mapping[int, str] = field(default_factory=dict)


_CLAIM: Final = """
WITH picked AS (
    SELECT id FROM delivery
    WHERE state IN ('due', 'redraw') AND at <= :now AND (leased_until IS NULL OR leased_until < :real)
    ORDER BY at, id LIMIT :size {lock}
)
UPDATE delivery SET
    doubtful = (doubtful OR (leased_until IS NOT NULL AND state = 'due')),
    leased_by = :holder, leased_until = :until, attempts = attempts + 1
WHERE id IN (SELECT id FROM picked)
RETURNING id, person, channel, subject, via, state, attempts, doubtful, wanted, posted_in, ts
"""
_BOUND: Final = tuple(bindparam(name, type_=UtcDateTime()) for name in ("now", "real", "until"))
_CLAIMS: Final = {
    "postgresql": text(_CLAIM.format(lock="FOR UPDATE SKIP LOCKED")).bindparams(*_BOUND),
    "sqlite": text(_CLAIM.format(lock="")).bindparams(*_BOUND),
}
"""By hand: the one statement that many senders say at once. The locking select stands in a CTE, where it is evaluated once."""


def claim(session: Session, holder: str, size: int, lease: timedelta) -> tuple[Job, ...]:
    """Take on some deliveries that are due: nobody else has them until the lease, in real time, is over."""
    real = clock.real()
    until = real + lease
    values = {"now": clock.now(session), "real": real, "until": until, "holder": holder, "size": size}
    rows = session.connection().execute(_CLAIMS[session.connection().dialect.name], values).all()
    return tuple(
        Job(
            id=row.id,
            person=row.person,
            channel=row.channel,
            subject=row.subject,
            via=row.via,
            redraw=row.state == "redraw",
            attempts=row.attempts,
            doubtful=bool(row.doubtful),
            version=row.wanted,
            posted_in=row.posted_in,
            ts=row.ts,
            holder=holder,
            until=until,
        )
        for row in sorted(rows, key=lambda row: row.id)
    )


def prepare(session: Session, jobs: Collection[Job], kinds: Mapping[str, Kind]) -> tuple[Prepared, ...]:
    """Look once more, at the moment of sending, whether each notice is still needed and whether it is a decent hour."""
    items = _items(session, [job.id for job in jobs])
    persons = {job.person for job in jobs if job.person}
    dated = any(about(row) in kinds for rows in items.values() for row in rows)
    of = {row.subject for rows in items.values() for row in rows}
    known = around(session, persons, of) if dated else Around((), recipients(session, persons))
    subjects: _Subjects = {}
    for name, kind in kinds.items():
        wanted = {row.subject for rows in items.values() for row in rows if about(row) == name}
        there = kind.some(session, wanted) if wanted else {}
        subjects.update({(name, subject): there.get(subject) for subject in wanted})
    now, others = clock.now(session), earlier(session, jobs, items)
    found = tuple(_prepared(job, items.get(job.id, ()), known, subjects, now=now, others=others) for job in jobs)
    return tuple(_called(session, each, kinds) for each in found)


_Subjects = dict[tuple[str, str], Dated | None]
"""By kind and subject, because two kinds may tell of the same; None for what is gone."""


def _called(session: Session, prepared: Prepared, kinds: Mapping[str, Kind]) -> Prepared:
    """With what those things are called now that are not their reader's any more. A message of which nothing is stays as it was."""
    gone = [item for item in prepared.items if item.left]
    if not gone:
        return prepared
    if len(gone) == len(prepared.items):
        return replace(prepared, items=())
    names = {(item.kind, item.subject): kinds[item.kind].names(session, [item.subject]).get(item.subject, item.left) for item in gone}
    return replace(prepared, items=tuple(replace(each, left=names.get((each.kind, each.subject))) for each in prepared.items))


def _why_not(row: Any, subjects: _Subjects, known: Around, day: date) -> str | None:
    """Why a notice is not needed any more, or None. What is told at once is, unless it is said only of what is late."""
    of = about(row), row.subject
    if of not in subjects:
        return None
    if row.manner in AT_ONCE:
        return not_late(subjects[of], row.person, day) if while_late(row) else None
    return still_needed(row, subjects[of], known, day)


def _items(session: Session, deliveries: Sequence[int]) -> dict[int, list[Any]]:
    columns = (Notice.id, Notice.kind, Notice.subject, Notice.occurrence, Notice.rung, Notice.manner, Notice.person, Notice.on, Notice.key)
    rows = session.execute(
        select(DeliveryItem.delivery, *columns, Notice.detail)
        .join(Notice, Notice.id == DeliveryItem.notice)
        .where(DeliveryItem.delivery.in_(deliveries), or_(Notice.state != "skipped", Notice.reason == "failed"))
        .order_by(Notice.occurrence, Notice.subject, Notice.id)
    )
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.delivery, []).append(row)
    return found


def _prepared(job: Job, rows: Sequence[Any], known: Around, subjects: _Subjects, *, now: datetime, others: Earlier) -> Prepared:
    if job.person is None:
        return Prepared(job, NOBODY, (), {})
    recipient = known.recipients.get(job.person, Recipient(job.person))
    skipped: dict[int, str] = {}
    items: list[Item] = []
    day, keys = local_day(now, recipient), {row.id: row.key for row in rows}
    for row in rows:
        why = _why_not(row, subjects, known, day)
        if why and not job.redraw:
            skipped[row.id] = why
            continue
        dated = subjects.get((about(row), row.subject))
        due = dated.due if dated and dated.due else row.occurrence
        gone = why == "left" and row.manner not in AT_ONCE
        left = Bilingual(row.subject, row.subject) if gone else None  # drawn anew, the rest tells how it was settled
        until = known.snoozed.get((row.subject, due, job.person))
        again = until if until and until > day else None
        told = (row.id, row.kind, row.subject, row.occurrence, row.rung, row.manner, row.detail, again)
        items.append(Item(*told, later=others.is_told_later(job, row), first=others.is_first(job, row), left=left, due=due))
    if job.redraw or all(row.manner == "prompt" for row in rows):
        return Prepared(job, recipient, tuple(items), skipped, sent_at=others.sent.get(job.id), keys=keys)
    at = proper(now, recipient, known.breaks if all(row.manner not in AT_ONCE for row in rows) else ())
    return Prepared(job, recipient, tuple(items), skipped, at if at > now and items else None, keys=keys)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A message was sent, or drawn anew, or nothing of it was needed any more. ``at``: workspace time.

    ``posted_in``, ``ts``: where it stands in Slack.
    """

    prepared: Prepared
    posted_in: str | None
    ts: str | None
    at: datetime

    @property
    def _sent(self) -> bool:
        job = self.prepared.job
        return bool(self.prepared.items or job.redraw or (job.channel and self.ts))

    def values(self) -> dict[str, Any]:
        """What is to be written of the delivery."""
        job = self.prepared.job
        return {
            "id": job.id,
            "state": "sent" if self._sent else "skipped",
            "reason": "gone" if job.channel and not self._sent else None,
            "again": self.at + REDRAW if job.channel else self.at,
            "version": job.version,
            "posted_in": self.posted_in,
            "ts": self.ts,
            "now": self.at,
        }


def settle(connection: Connection, holder: str, outcomes: Collection[Outcome]) -> set[int]:
    """Write what became of deliveries. Gives those that were the holder's to settle: not one whose lease had gone to another sender.

    Plain statements, a handful for all of them together: a transaction for each would cost more than to send it.
    """
    held = {row.id for row in connection.execute(_HELD, {"ids": sorted(each.prepared.job.id for each in outcomes), "holder": holder})}
    ours = [each for each in outcomes if each.prepared.job.id in held]
    told = [each for each in ours if not each.prepared.job.redraw]
    if ours:
        connection.execute(_SETTLE, sorted((each.values() for each in ours), key=itemgetter("id")))
    sent = sorted(item.id for each in told for item in each.prepared.items)
    if sent:
        connection.execute(_SENT, {"ids": sent, "now": max(each.at for each in told)})
    skipped = [{"id": id_, "why": why, "now": each.at} for each in told for id_, why in each.prepared.skipped.items()]
    if skipped:
        connection.execute(_SKIPPED, skipped)
    return held


_HELD: Final = (
    select(Delivery.id)
    .where(Delivery.id.in_(bindparam("ids", expanding=True)), Delivery.leased_by == bindparam("holder"))
    .order_by(Delivery.id)
    .with_for_update()
)
_SETTLE: Final = text("""
UPDATE delivery SET state = CASE WHEN wanted > :version AND :state = 'sent' THEN 'redraw' ELSE :state END, drawn = :version,
    leased_by = NULL, leased_until = NULL, doubtful = (1 = 0), attempts = 0, reason = :reason,
    at = CASE WHEN wanted > :version AND :state = 'sent' THEN :again ELSE :now END,
    posted_in = :posted_in, ts = :ts, sent_at = COALESCE(sent_at, :now)
WHERE id = :id
""").bindparams(bindparam("now", type_=UtcDateTime()), bindparam("again", type_=UtcDateTime()))
_SENT: Final = text("UPDATE notice SET state = 'sent', settled_at = :now WHERE id IN :ids AND state = 'queued'").bindparams(
    bindparam("ids", expanding=True), bindparam("now", type_=UtcDateTime())
)
_SKIPPED: Final = text(
    "UPDATE notice SET state = 'skipped', reason = :why, settled_at = :now WHERE id = :id AND state = 'queued'"
).bindparams(bindparam("now", type_=UtcDateTime()))


_ONE_LESS: Final = case((Delivery.attempts > 0, Delivery.attempts - 1), else_=0)


def put_off(session: Session, job: Job, at: datetime) -> None:
    """Nothing went wrong, and it is not the hour for it: due again at a moment of workspace time."""
    _release(session, job, {"at": at, "attempts": _ONE_LESS})


def by_email(session: Session, job: Job) -> bool:
    """Whoever it is for left Slack, and has an address: let it go there at once. False where another letter brings the same, or it was
    sent before.
    """
    row = session.get(Delivery, job.id)
    if row is None or job.redraw or not (row.once or "").endswith(":slack"):
        return False
    once = f"{(row.once or '').removesuffix(':slack')}:email"
    if session.scalar(select(Delivery.id).where(Delivery.once == once)):
        return False
    return _release(session, job, {"via": "email", "once": once, "at": clock.now(session), "attempts": _ONE_LESS, "doubtful": False})


def try_again(session: Session, job: Job, reason: str, *, doubtful: bool, after: timedelta | None = None) -> bool:
    """An attempt failed and may succeed later. False where it was the last: the delivery has failed, and the secretariat is told.

    ``after``: as long as Slack said, which is no failure of the delivery's.
    """
    if after is not None:
        _release(session, job, {"at": clock.now(session) + after, "attempts": _ONE_LESS, "doubtful": doubtful})
        return True
    if job.attempts > len(AGAIN):
        fail(session, job, reason)
        return False
    _release(session, job, {"at": clock.now(session) + AGAIN[job.attempts - 1], "reason": reason[:200], "doubtful": doubtful})
    return True


def fail(session: Session, job: Job, reason: str) -> None:
    """It cannot be sent: failed, with the reason, and word of it to the secretariat with the one message of its day.

    A message that cannot be drawn anew has been sent all the same.
    """
    if job.redraw:
        values = {"state": "sent", "at": clock.now(session), "drawn": job.version, "reason": reason[:200], "attempts": 0}
        _release(session, job, values)
        return
    if not _release(session, job, {"state": "failed", "reason": reason[:200]}):
        return
    brought = select(DeliveryItem.notice).where(DeliveryItem.delivery == job.id)
    otherwise = select(DeliveryItem.notice).join(Delivery, Delivery.id == DeliveryItem.delivery)
    otherwise = otherwise.where(Delivery.id != job.id, Delivery.state == "due")
    failed = select(Notice.id).where(Notice.id.in_(brought), Notice.id.not_in(otherwise.where(DeliveryItem.notice.in_(brought))))
    kinds = set(session.scalars(select(Notice.kind).where(Notice.id.in_(brought))))
    session.execute(
        update(Notice)
        .where(Notice.id.in_(failed), Notice.state == "queued")
        .values(state="skipped", reason="failed", settled_at=clock.now(session)),
        execution_options={"synchronize_session": False},
    )
    if job.channel or not kinds <= {FAILED, UNREACHED}:
        detail = {"person": job.person, "channel": job.channel, "reason": reason, "via": job.via}
        tell(session, FAILED, job.key, secretariat(session), manner="digest", detail=detail)


def _release(session: Session, job: Job, values: Mapping[str, Any]) -> bool:
    released = session.execute(
        update(Delivery).where(Delivery.id == job.id, Delivery.leased_by == job.holder).values(leased_by=None, leased_until=None, **values),
        execution_options={"synchronize_session": False},
    )
    return bool(released.rowcount)  # type: ignore[attr-defined]  # of an update


def next_due(session: Session) -> datetime | None:
    """The next moment of workspace time at which something is to be sent or joined; None where nothing is."""
    planned = session.scalar(select(func.min(Notice.at)).where(Notice.state == "planned"))
    waiting = session.scalar(select(func.min(Delivery.at)).where(Delivery.state.in_(("due", "redraw"))))
    return min((each for each in (planned, waiting) if each), default=None)
