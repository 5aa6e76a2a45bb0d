"""Who speaks for the seats of questions that are open, while roles change: whom the roles name by now, and for which seats nobody does."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core import clock
from cadre.decisions import question_reading as reading
from cadre.decisions.models import Question
from cadre.decisions.question_facts import QuestionFacts, SeatFacts, SpeakerFacts
from cadre.notices.models import Notice
from cadre.notices.service import announce, secretariat
from cadre.people import seating

_AGAIN: Final = timedelta(days=7)
"""After which the secretariat is told once more of a seat for which still nobody speaks."""


def proposed(session: Session, question: QuestionFacts, seat: SeatFacts) -> tuple[SpeakerFacts, ...]:
    """Who is to speak for a seat: those who do and have not left, and whom the roles in the council name for it by now."""
    held = dict(seating.standing(session, question.council)).get(seat.place.id, ())
    by_role = (SpeakerFacts(each.person, each.role == seating.ALTERNATE) for each in held)
    there = {each.person.id: each for each in (*by_role, *(each for each in seat.speakers if not each.left))}
    return tuple(there.values())


def tell_of_vacant(session: Session, day: date) -> int:
    """The secretariat learns of each seat of an open question for which nobody speaks any more; gives of how many. Once a week each."""
    now, told = clock.now(session), 0
    rows = session.scalars(select(Question).where(Question.state == "open", Question.closes_at > now)).all()
    for seat in (seat for facts in reading.load(session, rows) for seat in facts.seats if not seat.speaking):
        before = select(Notice.id).where(Notice.kind == "question_unspoken", Notice.subject == seat.subject, Notice.at > now - _AGAIN)
        if session.scalar(before.limit(1)) is None:
            announce(session, "question_unspoken", seat.subject, secretariat(session))
            told += 1
    return told
