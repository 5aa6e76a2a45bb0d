"""Who may see and do what about a question: by the seats that were frozen, and their roles as they are at that moment."""

from __future__ import annotations

from typing import Final, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core import changes
from cadre.core.errors import Forbidden, Invalid, NotFound
from cadre.core.models import Change
from cadre.core.reader import OPERATOR, Actor
from cadre.decisions import rules
from cadre.decisions.models import Question, QuestionSeat, QuestionSpeaker
from cadre.decisions.question_facts import QUESTION, SEAT, QuestionFacts, SeatFacts, State
from cadre.decisions.question_reading import speakers_of
from cadre.notices.service import touch
from cadre.people import holders
from cadre.people import service as people

SPEAKER: Final = "representative"
"""Whom ``Forbidden`` names where somebody would have to speak for a seat."""
SPEAKING: Final = "speaking"
"""The same, of somebody who did speak for one and does no longer."""
REPLACED: Final = "replaced"
"""The same, where the secretariat said that others do."""
_OF_IT: Final = frozenset({"member", "alternate", "lead", "co_chair", "secretariat"})
"""Roles by which somebody is of a council; observers are beside it."""


def sees_all(session: Session, actor: Actor) -> bool:
    """Whether somebody sees every question and position: the secretariat, and whoever runs Cadre."""
    return actor == OPERATOR or people.is_secretariat(session, actor)


def of_council(session: Session, council: str, person: str | None) -> bool:
    """Whether somebody is confirmed to be of a council."""
    held = holders.of_person(session, person) if person else ()
    return any(each.group == council and each.role in _OF_IT for each in held)


def mine(question: QuestionFacts, person: str | None) -> tuple[SeatFacts, ...]:
    """The seats for which somebody speaks, or did at the closing: who left since still sees what was asked of them."""
    return tuple(seat for seat in question.seats if seat.spoken_by(person))


def may_see(session: Session, question: QuestionFacts, actor: Actor) -> bool:
    """Whether somebody may know of a question: once it was opened, those who speak for its seats and those of its council."""
    if sees_all(session, actor):
        return True
    return question.opened_at is not None and (bool(mine(question, actor.person)) or of_council(session, question.council, actor.person))


def sees_positions(session: Session, question: QuestionFacts, actor: Actor) -> bool:
    """Whether somebody may see the positions of all seats, as was fixed at the opening; their own seat's they always do."""
    if sees_all(session, actor):
        return True
    if question.sees == "seats":
        return bool(mine(question, actor.person))
    return question.sees == "council" and (bool(mine(question, actor.person)) or of_council(session, question.council, actor.person))


def seat_row(session: Session, question: Question, seat: int) -> QuestionSeat:
    """A seat of a question, its row locked: two positions of one seat come one after the other. Raises NotFound."""
    query = select(QuestionSeat).where(QuestionSeat.id == seat, QuestionSeat.question == question.id)
    found = session.scalar(query.with_for_update().execution_options(populate_existing=True))
    if found is None:
        raise NotFound(str(seat))
    return found


def acts_for(session: Session, question: Question, seat: QuestionSeat, *, recording: bool) -> None:
    """Raises Forbidden for anyone who may not take the position of a seat: those who speak for it take it, the secretariat records it."""
    actor = changes.actor(session)
    if recording:
        if not people.is_secretariat(session, actor):
            raise Forbidden
        return
    speaking = speakers_of(session, {seat.id: question.council}).get(seat.id, ())
    own = next((each for each in speaking if each.person.id == actor.person), None)
    if own is None:
        raise Forbidden(REPLACED if _spoke(session, seat, actor) else SPEAKER)
    if own.left:
        raise Forbidden(SPEAKING)


def _spoke(session: Session, seat: QuestionSeat, actor: Actor) -> bool:
    """Whether somebody spoke for a seat before: the Changes have it."""
    of = (Change.subject == QuestionSpeaker.__tablename__, Change.subject_id == f"{seat.id}/{actor.person}")
    return session.scalar(select(Change.id).where(*of).limit(1)) is not None


def come_into(session: Session, row: Question, state: State) -> None:
    """Bring a question, whose row is locked, into a state. Raises Invalid, with the reason, where it cannot come there from where it is."""
    was = cast("State", row.state)
    if state not in rules.TRANSITIONS[was]:
        raise Invalid(state=rules.REFUSED[was])
    row.state = state
    touch_all(session, row)


def touch_all(session: Session, row: Question) -> None:
    """All messages that tell of a question or of one of its seats are drawn anew."""
    session.flush()
    touch(session, QUESTION, f"{QUESTION}:{row.id}")
    for id_ in session.scalars(select(QuestionSeat.id).where(QuestionSeat.question == row.id).order_by(QuestionSeat.id)):
        touch(session, SEAT, f"{SEAT}:{id_}")
