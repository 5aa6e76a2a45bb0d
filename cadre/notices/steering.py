"""What the secretariat and operators see of notices, and how they steer them: rungs, retries, skips, and drafts that are sent on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from cadre.core import changes, clock
from cadre.core.bilingual import Bilingual
from cadre.core.errors import Conflict, Invalid, Message, NotFound
from cadre.core.reader import OPERATOR, named
from cadre.notices.models import Delivery, DeliveryItem, Notice, Pause, Rung, Snooze
from cadre.notices.posts import POST
from cadre.notices.rules import drafts_of
from cadre.notices.service import LONGEST, announce, plan_anew, require_secretariat, secretariat, touch
from cadre.people.models import Person

WORD: Final = "word"
"""A kind of notice: what the secretariat wrote, from a draft."""
STATES: Final = ("planned", "queued", "sent", "skipped")
MANNERS: Final = ("digest", "alone", "draft")
RECIPIENTS: Final = ("owner", "lead", "co_chair", "alternate", "secretariat")
"""Whom any rung may name. An area's own rungs may name others, and keep them."""
FARTHEST: Final = 365


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """A notice, and what became of it. ``deliveries``: the messages that brought it: id, way, state, reason and moment."""

    id: int
    key: str
    kind: str
    subject: str
    occurrence: date
    rung: str
    person: str
    name: str
    manner: str
    on: date
    at: datetime
    state: str
    reason: str | None
    settled_at: datetime | None
    deliveries: tuple[tuple[int, str, str, str | None, datetime | None], ...] = ()


@dataclass(frozen=True, slots=True)
class RungFacts:
    """A rung of a ladder. ``halfway``: in the middle between beginning and due day, whatever ``days`` says."""

    id: int
    kind: str
    days: int
    every: int | None
    recipients: tuple[str, ...]
    manner: str
    halfway: bool = False


@dataclass(frozen=True, slots=True)
class PostFacts:
    """A post in a channel. ``at``: the moment from which it is tried, or at which it was drawn last."""

    id: int
    channel: str
    subject: str
    state: str
    reason: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class PauseFacts:
    """Days without reminders. ``jurisdiction``: None for everybody."""

    id: int
    jurisdiction: str | None
    first: date
    last: date
    reason: Bilingual


def notices(session: Session, state: str | None = None, person: str | None = None, limit: int = 100) -> tuple[NoticeFacts, ...]:
    """Notices: of one state by when they are or were due, what is planned the next first; else the newest first. For operators and the
    secretariat.
    """
    _require_insight(session)
    query = select(Notice, Person.name).join(Person, Person.id == Notice.person)
    if state:
        query = query.where(Notice.state == state)
    if person:
        query = query.where(Notice.person == person)
    order = Notice.at if state == "planned" else Notice.at.desc() if state else Notice.id.desc()
    return tuple(_facts(row, name) for row, name in session.execute(query.order_by(order, Notice.id).limit(limit)))


def notice(session: Session, notice_id: int) -> NoticeFacts:
    """One of them, with the messages that brought it. Raises NotFound; Forbidden for those whom it is not for."""
    row = session.execute(select(Notice, Person.name).join(Person, Person.id == Notice.person).where(Notice.id == notice_id)).one_or_none()
    if row is None:
        raise NotFound(str(notice_id))
    if row[0].person != changes.actor(session).person:
        _require_insight(session)
    brought = session.execute(
        select(Delivery.id, Delivery.via, Delivery.state, Delivery.reason, Delivery.sent_at)
        .join(DeliveryItem, DeliveryItem.delivery == Delivery.id)
        .where(DeliveryItem.notice == notice_id)
        .order_by(Delivery.id)
    )
    return _facts(row[0], row[1], tuple((r.id, r.via, r.state, r.reason, r.sent_at) for r in brought))


def posts(session: Session, limit: int = 100) -> tuple[PostFacts, ...]:
    """The posts in channels, the newest first. For operators and the secretariat."""
    _require_insight(session)
    rows = session.scalars(select(Delivery).where(Delivery.manner == POST).order_by(Delivery.id.desc()).limit(limit))
    return tuple(PostFacts(row.id, row.channel or "", row.subject or "", row.state, row.reason, row.at) for row in rows)


def _facts(row: Notice, name: str, deliveries: tuple[tuple[int, str, str, str | None, datetime | None], ...] = ()) -> NoticeFacts:
    columns = ("id", "key", "kind", "subject", "occurrence", "rung", "person", "manner", "on", "at", "state", "reason", "settled_at")
    return NoticeFacts(name=name, deliveries=deliveries, **{column: getattr(row, column) for column in columns})


def _require_insight(session: Session) -> None:
    if changes.actor(session) != OPERATOR:
        require_secretariat(session)


def retry(session: Session, delivery_id: int) -> None:
    """Try a failed delivery again, from the beginning. Raises NotFound; Invalid for one that has not failed."""
    _require_insight(session)
    found = session.get(Delivery, delivery_id, with_for_update=True)
    if found is None:
        raise NotFound(str(delivery_id))
    if found.state != "failed":
        raise Invalid(delivery=Message("Only a delivery that failed can be tried again."))
    brought = select(DeliveryItem.notice).where(DeliveryItem.delivery == delivery_id)
    left = select(Notice.id).where(Notice.id.in_(brought), Notice.state == "skipped", Notice.reason == "failed").limit(1)
    if not found.channel and session.scalar(left) is None:
        raise Invalid(delivery=Message("What it was to bring has been told in another way meanwhile."))
    found.state, found.attempts, found.reason, found.at = "due", 0, None, clock.now(session)
    session.execute(
        update(Notice)
        .where(Notice.id.in_(brought), Notice.state == "skipped", Notice.reason == "failed")
        .values(state="queued", reason=None, settled_at=None),
        execution_options={"synchronize_session": False},
    )


def skip(session: Session, notice_id: int) -> None:
    """Do not send a planned notice, and never plan it again. Raises NotFound; Invalid for one that is settled or on its way."""
    _require_insight(session)
    found = session.get(Notice, notice_id, with_for_update=True)
    if found is None:
        raise NotFound(str(notice_id))
    if found.state != "planned":
        raise Invalid(notice=Message("Only a notice that is planned can be skipped."))
    found.state, found.reason, found.settled_at = "skipped", "by_hand", clock.now(session)


def rungs(session: Session) -> tuple[RungFacts, ...]:
    """The ladders of all kinds."""
    rows = session.scalars(select(Rung).order_by(Rung.kind, Rung.halfway.desc(), Rung.days, Rung.id))
    return tuple(RungFacts(row.id, row.kind, row.days, row.every, tuple(row.recipients.split()), row.manner, row.halfway) for row in rows)


def set_rung(
    session: Session, rung_id: int | None, *, kind: str, days: int, every: int | None, recipients: Sequence[str], manner: str
) -> None:
    """Add a rung, or change one. One that falls halfway stays there: its days are not asked for. On a day there is one, and one draft.

    Raises Forbidden for anyone but the secretariat; NotFound; Invalid, by field.
    """
    require_secretariat(session)
    row = session.get(Rung, rung_id) if rung_id is not None else Rung(kind=kind, halfway=False)
    if row is None:
        raise NotFound(str(rung_id))
    if row.halfway:
        days, every = row.days, None
    wrong: dict[str, Message] = {}
    if not -FARTHEST <= days <= FARTHEST:
        wrong["days"] = Message("At most {days} days before or after.", {"days": FARTHEST})
    elif every is not None and (days < 0 or not 1 <= every <= FARTHEST):
        wrong["every"] = Message("Only what comes after the due day repeats, after 1 day or more.")
    if manner not in MANNERS or (manner == "draft" and (row.halfway or days < 1)):
        wrong["manner"] = Message("A draft is for what is late.")
    if not recipients or not set(recipients) <= {*RECIPIENTS, *(row.recipients or "").split()}:
        wrong["recipients"] = Message("Choose who is told.")
    alike = Rung.manner == "draft" if manner == "draft" else Rung.manner != "draft"
    same = select(Rung.id).where(Rung.kind == kind, Rung.days == days, alike, Rung.halfway == row.halfway)
    if any(id_ != rung_id for id_ in session.scalars(same)):
        wrong["manner" if row.halfway else "days"] = Message("There is a rung on this day already.")
    if wrong:
        raise Invalid(**wrong)
    row.days, row.every, row.recipients, row.manner = days, every, " ".join(recipients), manner
    session.add(row)
    plan_anew(session)


def remove_rung(session: Session, rung_id: int) -> None:
    """Take a rung off its ladder. Raises Forbidden for anyone but the secretariat, NotFound."""
    require_secretariat(session)
    found = session.get(Rung, rung_id)
    if found is None:
        raise NotFound(str(rung_id))
    session.delete(found)
    plan_anew(session)


def pauses(session: Session) -> tuple[PauseFacts, ...]:
    """The pauses that are not over, the next one first."""
    rows = session.scalars(select(Pause).where(Pause.last >= clock.today(session)).order_by(Pause.first, Pause.id))
    return tuple(PauseFacts(row.id, row.jurisdiction, row.first, row.last, row.reason) for row in rows)


def send_word(session: Session, notice_id: int, persons: Iterable[str], english: str, french: str) -> None:
    """Send a draft on, as the secretariat has worded it: to each in their language.

    Raises Forbidden for anyone but the secretariat, NotFound, Invalid for an empty text, Conflict where somebody sent or dropped it.
    """
    drafted = _open_draft(session, notice_id)
    wanted = list(persons)
    wrong = {
        name: Message("Write it in both languages: each reads it in their own.")
        for name, text in (("text_en", english), ("text_fr", french))
        if not text.strip()
    }
    wrong |= {
        name: Message("At most {n} characters.", {"n": LONGEST})
        for name, text in (("text_en", english), ("text_fr", french))
        if len(text) > LONGEST
    }
    if not wanted:
        wrong["persons"] = Message("Choose who is told.")
    if wrong:
        raise Invalid(**wrong)
    by = named(changes.actor(session).label)
    announce(session, WORD, drafted.subject, wanted, {"en": english.strip(), "fr": french.strip(), "by": by})
    _close_draft(session, drafted, {"sent_by": by})


def drop_draft(session: Session, notice_id: int, *, for_good: bool = False) -> None:
    """Do not send it. ``for_good``: let none about this due day come again. Raises Forbidden, NotFound, Conflict as ``send_word``."""
    drafted = _open_draft(session, notice_id)
    if for_good:
        about = {"subject": drafts_of(drafted.subject), "occurrence": drafted.occurrence, "until": date.max}
        session.add_all(Snooze(person=person, **about) for person in secretariat(session))
    _close_draft(session, drafted, {"dropped_by": named(changes.actor(session).label)})


def _open_draft(session: Session, notice_id: int) -> Notice:
    require_secretariat(session)
    found = session.get(Notice, notice_id, with_for_update=True)
    if found is None or found.manner != "draft":
        raise NotFound(str(notice_id))
    said: dict[str, Any] = json.loads(found.detail) if found.detail else {}
    if said:
        who = said.get("sent_by") or said.get("dropped_by") or ""
        raise Conflict(who, datetime.fromisoformat(said["at"]))
    return found


def _close_draft(session: Session, drafted: Notice, said: dict[str, str]) -> None:
    """For everybody of the secretariat who has the same draft."""
    detail = json.dumps(said | {"at": clock.now(session).isoformat()}, ensure_ascii=False)
    same = (Notice.subject == drafted.subject, Notice.occurrence == drafted.occurrence, Notice.rung == drafted.rung)
    session.execute(
        update(Notice).where(*same, Notice.manner == "draft").values(detail=detail), execution_options={"synchronize_session": False}
    )
    touch(session, drafted.kind, drafted.subject)
