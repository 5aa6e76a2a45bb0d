"""Joining: what is due for one person goes into one message. Done by whoever plans, and by nobody else at the same time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import func, insert, or_, select, update
from sqlalchemy.orm import Session

from cadre.core import clock
from cadre.core.rows import chunks
from cadre.notices.deliveries import FAILED, UNREACHED
from cadre.notices.earlier import repeats
from cadre.notices.facts import Via
from cadre.notices.models import Delivery, DeliveryItem, Notice
from cadre.notices.planner import Lease, local_day, renew
from cadre.notices.recipients import recipients
from cadre.notices.redraws import DRAWN_FOR
from cadre.notices.rules import Recipient, free_day, opening, proper
from cadre.notices.service import JOINED, secretariat, tell

TOGETHER: Final = 10
"""People whose notices are joined in one transaction."""
_COLUMNS: Final = (Notice.id, Notice.person, Notice.kind, Notice.subject, Notice.manner, Notice.on, Notice.detail)


def to_join(session: Session) -> bool:
    """Whether any notice is due that no message brings yet."""
    due = select(Notice.id).where(Notice.state == "planned", Notice.at <= clock.now(session)).limit(1)
    return session.scalar(due) is not None


def join(session: Session, lease: Lease, *, email: bool) -> int:
    """Join what is due into one message a person and way. Gives how many notices were taken; 0 when none is due.

    ``email``: whether there is a mail server. At most one message of reminders a day: what comes after it waits for the next; whoever wants
    each at once gets each in a message of its own. What falls due at no hour to write to them waits too, for else it would be sent beside
    the message of the next day.
    """
    renew(session, lease)
    now = clock.now(session)
    waiting = select(Notice.person).where(Notice.state == "planned", Notice.at <= now).distinct().limit(TOGETHER)
    persons = session.scalars(waiting).all()
    if not persons:
        return 0
    known = recipients(session, persons)
    due = select(*_COLUMNS).where(Notice.person.in_(persons), Notice.state == "planned", Notice.at <= now)
    rows = session.execute(due.order_by(Notice.at, Notice.id)).all()
    for person in persons:
        own = [row for row in rows if row.person == person]
        recipient = known.get(person)
        ways = ways_to(recipient, email=email) if recipient else ()
        if recipient and ways:
            _join(session, own, recipient, ways, now=now)
        else:
            _unreached(session, own, now)
    session.flush()
    return len(rows)


def _join(session: Session, rows: Sequence[Any], recipient: Recipient, ways: Sequence[Via], *, now: datetime) -> None:
    """What is due for one person. Outside their hours it waits, to be joined with what else there will be by then: a prompt does not."""
    for row in rows:
        if row.manner == "prompt":
            _draw_earlier(session, [row], recipient, now)
            _queue(session, [row], recipient, ways, once=f"notice:{row.id}", now=now)
    rows = [row for row in rows if row.manner != "prompt"]
    at = proper(now, recipient)
    if rows and at > now:
        _now(session, rows, at=at)
        return
    reminders = [row for row in rows if row.manner != "announcement"]
    if reminders and recipient.rhythm == "at_once":
        _draw_earlier(session, reminders, recipient, now)
        for rung in _by_subject(reminders):
            _queue(session, rung, recipient, ways, once=f"notice:{rung[0].id}", now=now)
    elif reminders:
        _remind(session, [*reminders, *_rest_of_week(session, recipient, now)], recipient, ways, now=now)
    for alike in _alike(row for row in rows if row.manner == "announcement"):
        _draw_earlier(session, alike, recipient, now)
        _queue(session, alike, recipient, ways, once=f"notice:{alike[0].id}", now=now)


def _by_subject(rows: Iterable[Any]) -> Iterable[list[Any]]:
    """Reminders that tell of one thing, which a message shows once."""
    found: dict[tuple[str, str], list[Any]] = {}
    for row in rows:
        found.setdefault((row.kind, row.subject), []).append(row)
    return found.values()


def _alike(rows: Iterable[Any]) -> Iterable[list[Any]]:
    """Announcements that say the same of several things stand in one message, and those that are to be joined: that due dates moved."""
    found: dict[object, list[Any]] = {}
    for row in rows:
        said = JOINED if row.detail and json.loads(row.detail).get(JOINED) else row.detail
        found.setdefault((row.kind, said) if said else row.id, []).append(row)
    return found.values()


def ways_to(recipient: Recipient, *, email: bool) -> tuple[Via, ...]:
    """How somebody is written to: as they chose, else as they can be."""
    by_slack: tuple[Via, ...] = ("slack",) if recipient.user else ()
    by_email: tuple[Via, ...] = ("email",) if email and recipient.email else ()
    if recipient.way == "both":
        return by_slack + by_email
    return by_email or by_slack if recipient.way == "email" else by_slack or by_email


def _rest_of_week(session: Session, recipient: Recipient, now: datetime) -> Sequence[Any]:
    """For those who want one message a week: whatever brings a message also brings, in advance, what the rest of the week would."""
    if recipient.rhythm != "weekly":
        return ()
    day = local_day(now, recipient)
    sunday = day + timedelta(days=6 - day.weekday())
    coming = select(*_COLUMNS).where(Notice.person == recipient.person, Notice.state == "planned", Notice.manner.in_(("digest", "orphan")))
    return session.execute(coming.where(Notice.at > now, Notice.on <= sunday).order_by(Notice.at, Notice.id)).all()


def _remind(session: Session, rows: Sequence[Any], recipient: Recipient, ways: Sequence[Via], *, now: datetime) -> None:
    day = local_day(now, recipient)
    once = f"{recipient.person}:{day.isoformat()}"
    todays = Delivery.once.in_([f"{once}:{via}" for via in ways])
    of_a_day = Delivery.once.startswith(f"{recipient.person}:", autoescape=True)  # not one that was wanted at once
    waiting = (Delivery.person == recipient.person) & (Delivery.state == "due") & of_a_day
    there = session.scalars(select(Delivery).where(todays | waiting).order_by(Delivery.id).with_for_update()).all()
    free = [each for each in there if each.state in ("due", "skipped") and each.leased_until is None]
    if len(free) == len(there):
        _draw_earlier(session, rows, recipient, now)
    if not there:
        _queue(session, rows, recipient, ways, once=once, now=now)
    elif len(free) == len(there):
        _now(session, rows, state="queued")
        for each in free:
            if each.state == "skipped":  # nothing was sent with it after all
                each.state, each.at = "due", now
            each.wanted += 1  # it may have arrived although its answer was lost: then it is drawn anew, with what was added
            held = set(session.scalars(select(DeliveryItem.notice).where(DeliveryItem.delivery == each.id)))
            session.add_all(DeliveryItem(delivery=each.id, notice=row.id) for row in rows if row.id not in held)
    else:
        for row in rows:
            _now(session, [row], at=opening(free_day(max(row.on, day + timedelta(days=1)), recipient), recipient))


def _draw_earlier(session: Session, rows: Sequence[Any], recipient: Recipient, now: datetime) -> None:
    """The message that told of the same before stays, without its menus: the new one has them."""
    telling = [row for row in rows if repeats(row)]
    subjects, kinds = sorted({row.subject for row in telling}), {row.kind for row in telling}
    kinds |= {subject.partition(":")[0] for subject in subjects}  # that something was moved is told again by its reminders, and tells them
    alike = or_(Notice.kind.in_(sorted(kinds)), Notice.detail.contains(f'"{JOINED}": true'))
    for some in chunks(subjects):
        last = (
            select(func.max(Delivery.id))
            .join(DeliveryItem, DeliveryItem.delivery == Delivery.id)
            .join(Notice, Notice.id == DeliveryItem.notice)
            .where(
                Notice.person == recipient.person,
                Notice.subject.in_(some),
                Delivery.person == recipient.person,
                Delivery.sent_at > now - DRAWN_FOR,
            )
            .where(Delivery.via == "slack", alike, Delivery.state.in_(("sent", "redraw")))
            .group_by(Notice.kind, Notice.subject)
        )
        drawn = {"wanted": Delivery.wanted + 1, "state": "redraw", "attempts": 0, "at": now}
        ids = sorted(set(session.scalars(last)))
        session.execute(update(Delivery).where(Delivery.id.in_(ids)).values(drawn), execution_options={"synchronize_session": False})


def _queue(session: Session, rows: Sequence[Any], recipient: Recipient, ways: Sequence[Via], *, once: str, now: datetime) -> None:
    manner = "announcement" if rows[0].manner in ("announcement", "prompt") else "reminder"
    for via in ways:
        made = Delivery(
            person=recipient.person, via=via, manner=manner, day=local_day(now, recipient), once=f"{once}:{via}", state="due", at=now
        )
        session.add(made)
        session.flush()
        session.execute(insert(DeliveryItem), [{"delivery": made.id, "notice": row.id} for row in rows])
    _now(session, rows, state="queued")


def _now(session: Session, rows: Sequence[Any], **values: Any) -> None:
    """What stands of notices now: one statement for all of them, because a digest may hold many."""
    for some in chunks(row.id for row in rows):
        session.execute(update(Notice).where(Notice.id.in_(some)).values(values), execution_options={"synchronize_session": False})


def _unreached(session: Session, rows: Sequence[Any], now: datetime) -> None:
    """Nothing reaches them: the secretariat is told, once a week, with the one message of its day."""
    _now(session, rows, state="skipped", reason="unreachable", settled_at=now)
    first = rows[0]
    if first.kind in (FAILED, UNREACHED):
        return
    subject = f"person:{first.person}"
    lately = clock.today(session) - timedelta(days=7)
    told = session.scalar(select(Notice.id).where(Notice.subject == subject, Notice.occurrence > lately, Notice.kind == UNREACHED).limit(1))
    if told is None:
        tell(session, UNREACHED, subject, secretariat(session), manner="digest")
