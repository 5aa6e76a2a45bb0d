"""Questions about calls, and the secretariat's answers."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.calls.facts import QUESTION, QuestionFacts
from cadre.calls.models import CallQuestion
from cadre.calls.reading import call_row, load_questions
from cadre.calls.rights import acting_person, may_see
from cadre.core import changes, clock
from cadre.core.errors import Conflict, Forbidden, Invalid, Message, NotFound
from cadre.core.reader import named
from cadre.core.typed import tidy, too_long
from cadre.notices.service import announce, require_secretariat, secretariat, touch


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
