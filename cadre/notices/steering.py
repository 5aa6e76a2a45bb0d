"""What the secretariat and operators see of notices, and how they steer them: rungs, retries, skips, and drafts that are sent on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from cadre.core import changes, clock
from cadre.core.bilingual import Bilingual
from cadre.core.errors import Conflict, Invalid, Message, NotFound
from cadre.core.marks import mark
from cadre.core.models import Change
from cadre.core.reader import OPERATOR
from cadre.core.rows import added
from cadre.notices.models import Delivery, DeliveryItem, Notice, Pause, Rung
from cadre.notices.posts import POST
from cadre.notices.service import about, plan_anew, require_secretariat
from cadre.people.models import Person

STATES: Final = ("planned", "queued", "sent", "skipped")
MANNERS: Final = ("digest", "alone", "draft")
RECIPIENTS: Final = ("owner", "lead", "co_chair", "alternate", "secretariat")
"""Whom any rung may name. An area's own rungs may name others, and keep them."""
FARTHEST: Final = 365
_THERE: Final = Message("There is a rung on this day already.")


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
    about: str = ""
    """The kind of what it tells of (``service.about``)."""


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

    @property
    def mark(self) -> str:
        """What a window keeps of it."""
        return mark(repr(self))


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
    return NoticeFacts(name=name, deliveries=deliveries, about=about(row), **{column: getattr(row, column) for column in columns})


def _require_insight(session: Session) -> None:
    if changes.actor(session) != OPERATOR:
        require_secretariat(session)


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
    """The ladders of all kinds. Raises Forbidden for anyone but operators and the secretariat."""
    _require_insight(session)
    return tuple(map(_rung, session.scalars(select(Rung).order_by(Rung.kind, Rung.halfway.desc(), Rung.days, Rung.id))))


def ladder(session: Session, notice_id: int) -> tuple[RungFacts, ...]:
    """The rungs by which a notice came. Raises as ``notice``."""
    kind = notice(session, notice_id).kind
    return tuple(map(_rung, session.scalars(select(Rung).where(Rung.kind == kind).order_by(Rung.days, Rung.id))))


def _rung(row: Rung) -> RungFacts:
    return RungFacts(row.id, row.kind, row.days, row.every, tuple(row.recipients.split()), row.manner, row.halfway)


def _seen_rung(session: Session, rung_id: int, shown: str) -> Rung:
    """A rung that is to be changed: the ladders are locked, so that each change sees those before it. ``shown``: its mark, if any.

    Raises NotFound; Conflict where somebody changed it, or took it away, since it was shown.
    """
    rows = session.scalars(select(Rung).order_by(Rung.id).with_for_update().execution_options(populate_existing=True))
    found = {row.id: row for row in rows}.get(rung_id)
    if shown and (found is None or _rung(found).mark != shown):
        of_it = select(Change.by, Change.at).where(Change.subject == Rung.__tablename__, Change.subject_id == str(rung_id))
        who, when = session.execute(of_it.order_by(Change.id.desc()).limit(1)).one_or_none() or ("", clock.now(session))
        raise Conflict(who, when, Message("This reminder reads otherwise by now: go back, and look at it again."))
    if found is None:
        raise NotFound(str(rung_id))
    return found


@dataclass(frozen=True, slots=True)
class RungForm:
    """A rung as it is filled in. ``id``: of the one that is changed; ``shown``: its mark, as the window has it."""

    id: int | None
    kind: str
    days: int
    every: int | None
    recipients: tuple[str, ...]
    manner: str
    shown: str = ""


def check_rung(session: Session, form: RungForm) -> RungFacts:
    """The rung that a form would make. One that falls halfway stays there: its days are not asked for. A day has one, and one draft.

    Raises Forbidden for anyone but the secretariat; NotFound; Invalid, by field; Conflict where somebody changed it since it was shown.
    """
    require_secretariat(session)
    row = _seen_rung(session, form.id, form.shown) if form.id is not None else None
    halfway, own = (row.halfway, row.recipients.split()) if row else (False, [])
    days, every = (row.days, None) if row and halfway else (form.days, form.every)
    wrong: dict[str, Message] = {}
    if not -FARTHEST <= days <= FARTHEST:
        wrong["days"] = Message("At most {days} days before or after.", {"days": FARTHEST})
    elif every is not None and (days < 0 or not 1 <= every <= FARTHEST):
        wrong["every"] = Message("Only what comes after the due day repeats, after 1 day or more.")
    if form.manner not in MANNERS or (form.manner == "draft" and (halfway or days < 1)):
        wrong["manner"] = Message("A draft is for what is late.")
    if not form.recipients or not set(form.recipients) <= {*RECIPIENTS, *own}:
        wrong["recipients"] = Message("Choose who is told.")
    made = RungFacts(form.id or 0, row.kind if row else form.kind, days, every, form.recipients, form.manner, halfway)
    if any(id_ != form.id for id_ in session.scalars(_same(made))):
        wrong["manner" if halfway else "days"] = _THERE
    if wrong:
        raise Invalid(**wrong)
    return made


def _same(made: RungFacts) -> Select[int]:
    """The rungs on its day, of which there is one, and one draft."""
    alike = Rung.manner == "draft" if made.manner == "draft" else Rung.manner != "draft"
    return select(Rung.id).where(Rung.kind == made.kind, Rung.days == made.days, alike, Rung.halfway == made.halfway)


def set_rung(session: Session, form: RungForm) -> None:
    """Add a rung, or change one. Raises as ``check_rung``."""
    made = check_rung(session, form)
    row = session.get_one(Rung, form.id) if form.id is not None else Rung(kind=made.kind, halfway=False)
    row.days, row.every, row.recipients, row.manner = made.days, made.every, " ".join(made.recipients), made.manner
    if form.id is None and not added(session, row, _same(made)):  # another, at the same moment
        raise Invalid(days=_THERE)
    plan_anew(session)


def remove_rung(session: Session, rung_id: int, shown: str = "") -> None:
    """Take a rung off its ladder. ``shown``: its mark, as the window has it. Raises as ``check_rung``."""
    require_secretariat(session)
    session.delete(_seen_rung(session, rung_id, shown))
    plan_anew(session)


def pauses(session: Session) -> tuple[PauseFacts, ...]:
    """The pauses that are not over, the next one first. Raises Forbidden for anyone but operators and the secretariat."""
    _require_insight(session)
    rows = session.scalars(select(Pause).where(Pause.last >= clock.today(session)).order_by(Pause.first, Pause.id))
    return tuple(PauseFacts(row.id, row.jurisdiction, row.first, row.last, row.reason) for row in rows)
