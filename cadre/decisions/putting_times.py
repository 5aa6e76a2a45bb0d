"""The opening and the closing of questions, by the clock or by hand, once; and more time, and the withdrawal."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from cadre.core import changes, clock
from cadre.core.errors import Invalid, Message
from cadre.core.reader import named
from cadre.core.typed import why
from cadre.decisions import rules
from cadre.decisions.models import Question
from cadre.decisions.putting import draft_row, read_speakers
from cadre.decisions.question_facts import QUESTION, QuestionFacts
from cadre.decisions.question_reading import load_one, question_row
from cadre.decisions.question_rights import come_into, touch_all
from cadre.notices.models import Notice
from cadre.notices.service import announce, announce_each, require_secretariat, secretariat


def due(session: Session) -> tuple[int, ...]:
    """The questions that are to open or to close by now."""
    now = clock.now(session)
    opening = (Question.state == "scheduled") & (Question.opens_at <= now)
    closing = (Question.state == "open") & (Question.closes_at <= now)
    return tuple(session.scalars(select(Question.id).where(or_(opening, closing)).order_by(Question.id)))


def next_due(session: Session) -> datetime | None:
    """The next moment at which a question opens or closes; None where none does."""
    opening = session.scalar(select(func.min(Question.opens_at)).where(Question.state == "scheduled"))
    closing = session.scalar(select(func.min(Question.closes_at)).where(Question.state == "open"))
    return min((moment for moment in (opening, closing) if moment), default=None)


def advance(session: Session, id_: int) -> bool:
    """Open a question that is to open by now, or close it; gives whether anything changed. One question a transaction.

    Any number of processes may say it at once: the row is locked and looked at again. Raises NotFound.
    """
    row = question_row(session, id_, lock=True)
    if not _due(session, row):
        return False
    if row.state == "open":
        _close(session, row)
        return True
    read_speakers(session, row)
    if _missing(session, row):
        come_into(session, row, "draft")
        announce(session, "question_not_opened", f"{QUESTION}:{row.id}", secretariat(session))
    else:
        _open(session, row)
    return True


def stuck(session: Session, id_: int) -> None:
    """A question could be neither opened nor closed at its moment, by a fault; the next round tries again. The secretariat is told once."""
    row = question_row(session, id_, lock=True)
    moment, subject = _due(session, row), f"{QUESTION}:{row.id}"
    told = select(Notice.id).where(Notice.kind == "question_stuck", Notice.subject == subject, Notice.at >= moment)
    if moment and not session.scalar(told.limit(1)):
        announce(session, "question_stuck", subject, secretariat(session), {"closing": row.state == "open"})


def _due(session: Session, row: Question) -> datetime | None:
    moment = {"scheduled": row.opens_at, "open": row.closes_at}.get(row.state)
    return moment if moment and moment <= clock.now(session) else None


def schedule(session: Session, id_: int) -> QuestionFacts:
    """Let a question open at its time. Raises Forbidden for anyone but the secretariat; NotFound; Invalid for all that is missing."""
    row = draft_row(session, id_)
    come_into(session, row, "scheduled")
    if wrong := _missing(session, row):
        raise Invalid(**wrong)
    return load_one(session, row)


def back_to_draft(session: Session, id_: int) -> QuestionFacts:
    """Let it not open after all. Raises as ``schedule``."""
    row = draft_row(session, id_)
    come_into(session, row, "draft")
    return load_one(session, row)


def open_now(session: Session, id_: int) -> QuestionFacts:
    """Open a question now, whatever its time. Raises as ``schedule``."""
    row = draft_row(session, id_)
    if row.state != "scheduled":
        come_into(session, row, "scheduled")
    row.opens_at = clock.now(session)
    read_speakers(session, row)
    if wrong := _missing(session, row):
        raise Invalid(**wrong)
    _open(session, row)
    return load_one(session, row)


def _missing(session: Session, row: Question) -> dict[str, Message]:
    return {**rules.owed(load_one(session, row)), **rules.wrong_times(row.opens_at, row.closes_at, clock.now(session))}


def _open(session: Session, row: Question) -> None:
    """All that was to be fixed is fixed from now on; each who speaks for a seat is told."""
    come_into(session, row, "open")
    row.opened_at = clock.now(session)
    announce_each(session, "question_opened", load_one(session, row).speaking)


def close_now(session: Session, id_: int) -> QuestionFacts:
    """Close an open question before its time; those who speak are told. Raises as ``schedule``."""
    require_secretariat(session)
    row = question_row(session, id_, lock=True)
    early = row.closes_at is not None and row.closes_at > clock.now(session)
    _close(session, row)
    facts = load_one(session, row)
    if early:
        announce_each(session, "question_ended", facts.speaking, _by(session))
    return facts


def _close(session: Session, row: Question) -> None:
    come_into(session, row, "closed")
    row.closed_at = clock.now(session)
    announce(session, "question_closed", f"{QUESTION}:{row.id}", secretariat(session))


def extend(session: Session, id_: int, closes_at: datetime, reason_en: str, reason_fr: str) -> QuestionFacts:
    """Give more time, or open a closed question again of which nothing is decided yet. Those who speak are told why.

    What was said after the closing is said again by whoever still means it: nothing is taken up unasked, and it stays beside until then.
    Raises Forbidden for anyone but the secretariat; NotFound; Invalid for a moment that is not later, without its reason in both languages,
    or once something is decided.
    """
    require_secretariat(session)
    row = question_row(session, id_, lock=True)
    facts = load_one(session, row)
    if row.state not in ("open", "closed"):
        raise Invalid(state=rules.REFUSED[facts.state])
    if any(item.settled for item in facts.items):
        raise Invalid(state=Message("Something of it is decided already: put a new question."))
    reason, wrong = why(reason_en, reason_fr)
    if no := rules.wrong_closing(closes_at, clock.now(session)):
        wrong["closes_at"] = no
    elif row.state == "open" and row.closes_at and closes_at <= row.closes_at:
        wrong["closes_at"] = Message("The new moment must be later than the one that stood.")
    if wrong:
        raise Invalid(**wrong)
    if row.state == "closed":
        come_into(session, row, "open")
    row.closes_at, row.closed_at, row.reason = closes_at, None, reason
    touch_all(session, row)
    facts = load_one(session, row)
    announce_each(session, "question_extended", facts.speaking, _by(session))
    return facts


def cancel(session: Session, id_: int, reason_en: str, reason_fr: str) -> QuestionFacts:
    """Withdraw a question: nothing is decided on it, and those who speak are told why. Raises as ``extend``."""
    require_secretariat(session)
    row = question_row(session, id_, lock=True)
    facts = load_one(session, row)
    if any(item.settled for item in facts.items):
        raise Invalid(state=Message("Something of it is decided already: put a new question."))
    come_into(session, row, "cancelled")
    reason, wrong = why(reason_en, reason_fr)
    if wrong:
        raise Invalid(**wrong)
    row.reason = reason
    touch_all(session, row)
    if facts.opened_at:
        announce_each(session, "question_cancelled", facts.speaking, _by(session))
    return load_one(session, row)


def _by(session: Session) -> dict[str, str]:
    return {"by": named(changes.actor(session).label)}
