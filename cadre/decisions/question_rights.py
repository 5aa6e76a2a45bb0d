"""Who may see and do what about a question: by the seats that were frozen, and their roles as they are at that moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core import changes
from cadre.core.errors import CadreError, Conflict, Forbidden, Invalid, Message, NotFound
from cadre.core.models import Change
from cadre.core.reader import OPERATOR, Actor, named
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


def mine(question: QuestionFacts, person: str | None) -> tuple[SeatFacts, ...]:
    """The seats for which somebody speaks, or did at the closing: who left since still sees what was asked of them."""
    return tuple(seat for seat in question.seats if seat.spoken_by(person))


@dataclass(frozen=True, slots=True)
class Sight:
    """What somebody may see of questions. ``everything``: as the secretariat; ``councils``: of which they are confirmed to be."""

    person: str | None
    everything: bool
    councils: frozenset[str] = frozenset()

    def knows(self, question: QuestionFacts) -> bool:
        """Whether they may know of a question: once it was opened, those who speak for its seats and those of its council."""
        return self.everything or (question.opened_at is not None and (self._speaks(question) or question.council in self.councils))

    def sees_positions(self, question: QuestionFacts) -> bool:
        """Whether they may see the positions of all seats, as was fixed at the opening; their own seat's they always do."""
        if self.everything or question.sees == "secretariat":
            return self.everything
        return self._speaks(question) or (question.sees == "council" and question.council in self.councils)

    def _speaks(self, question: QuestionFacts) -> bool:
        return bool(mine(question, self.person))


def sight(session: Session, actor: Actor) -> Sight:
    """What somebody may see, by the roles that they hold at that moment."""
    if sees_all(session, actor):
        return Sight(actor.person, everything=True)
    held = holders.of_person(session, actor.person) if actor.person else ()
    councils = frozenset(each.group for each in held if each.group and each.role in _OF_IT)
    return Sight(actor.person, everything=False, councils=councils)


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
    """Bring a question, whose row is locked, into a state. Raises as ``refusal`` says where it cannot come there from where it is."""
    if state not in rules.TRANSITIONS[cast("State", row.state)]:
        raise refusal(session, row)
    row.state = state
    touch_all(session, row)


def refusal(session: Session, row: Question) -> CadreError:
    """Why something cannot be done with a question as it stands: Conflict, with who brought it into this state and when; else Invalid, of
    one that closed by the clock with when it did.
    """
    state = cast("State", row.state)
    last = changes.last(session, Question.__tablename__, row.id, "state") if state != "draft" else None
    if last and last[0] != named(last[0]):  # neither the clock nor whoever runs Cadre
        return Conflict(*last, rules.REFUSED[state])
    if state == "closed" and row.closed_at:
        return Invalid(state=Message("This question closed by itself: {when}.", {"when": row.closed_at}))
    return Invalid(state=rules.REFUSED[state])


def touch_all(session: Session, row: Question) -> None:
    """All messages that tell of a question or of one of its seats are drawn anew."""
    session.flush()
    touch(session, QUESTION, f"{QUESTION}:{row.id}")
    for id_ in session.scalars(select(QuestionSeat.id).where(QuestionSeat.question == row.id).order_by(QuestionSeat.id)):
        touch(session, SEAT, f"{SEAT}:{id_}")
