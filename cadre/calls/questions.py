"""Questions about calls, and the secretariat's answers."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.calls.facts import QUESTION, QuestionFacts
from cadre.calls.models import Call, CallQuestion
from cadre.calls.reading import call_row, load
from cadre.calls.rights import acting_person, may_see
from cadre.core import changes, clock
from cadre.core.bilingual import Bilingual
from cadre.core.errors import Conflict, Forbidden, Invalid, Message, NotFound
from cadre.core.reader import named
from cadre.core.typed import tidy, too_long
from cadre.notices.service import announce, require_secretariat, secretariat, touch
from cadre.people.facts import PersonRef
from cadre.people.models import Person


def ask(session: Session, call_id: int, text: str, view_id: str) -> QuestionFacts:
    """Ask the secretariat about a call. The same window submitted twice asks once. Raises NotFound, Forbidden for somebody without a
    record and of a call that was not opened, Invalid for nothing.
    """
    call = call_row(session, call_id, lock=True)
    person = acting_person(session)
    if not may_see(session, call, changes.actor(session)):
        raise Forbidden
    same = session.scalar(select(CallQuestion).where(CallQuestion.view_id == view_id))
    if same is None:
        said = tidy(text)
        wrong = too_long({"text": said}) or ({} if said else {"text": Message("Write your question.")})
        if wrong:
            raise Invalid(**wrong)
        same = CallQuestion(call=call.id, person=person, text=said, asked_at=clock.now(session), view_id=view_id)
        session.add(same)
        session.flush()
        announce(session, "call_question", f"{QUESTION}:{same.id}", secretariat(session))
    return load_questions(session, CallQuestion.id == same.id)[0]


def answer(session: Session, question_id: int, text: str) -> QuestionFacts:
    """The secretariat answers a question; whoever asked is told. Raises Forbidden, NotFound, Conflict where it is answered, Invalid for
    nothing.
    """
    require_secretariat(session)
    row = session.get(CallQuestion, question_id, with_for_update=True)
    if row is None:
        raise NotFound(str(question_id))
    if row.answered_at:
        raise Conflict(row.answered_by or "", row.answered_at)
    said = tidy(text)
    wrong = too_long({"text": said}) or ({} if said else {"text": Message("Write the answer.")})
    if wrong:
        raise Invalid(**wrong)
    row.answer, row.answered_at, row.answered_by = said, clock.now(session), changes.actor(session).label[:200]
    session.flush()
    announce(session, "call_answered", f"{QUESTION}:{row.id}", [row.person], {"by": named(row.answered_by)})
    touch(session, QUESTION, f"{QUESTION}:{row.id}")
    return load_questions(session, CallQuestion.id == row.id)[0]


def load_questions(session: Session, where: Any) -> tuple[QuestionFacts, ...]:
    """Questions about calls, the oldest first."""
    rows = session.execute(
        select(CallQuestion, Person.name, Call)
        .join(Person, Person.id == CallQuestion.person)
        .join(Call, Call.id == CallQuestion.call)
        .where(where)
        .order_by(CallQuestion.id)
    ).all()
    names = {facts.id: facts.name for facts in load(session, [call for _, _, call in rows])}
    return tuple(
        QuestionFacts(
            id=row.id,
            call=row.call,
            call_name=names[row.call] or Bilingual("", ""),
            person=PersonRef(row.person, name),
            text=row.text,
            asked_at=row.asked_at,
            answer=row.answer,
            answered_by=row.answered_by,
        )
        for row, name, _ in rows
    )
