"""How notices about questions to the secretariat read, and their answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from sqlalchemy.orm import Session

from bot.blocks import Block, button
from bot.calls import actions, offers, pages
from bot.calls.notice_parts import by, ids, no_controls
from bot.face import Alike, Face, Told
from cadre.calls import wording
from cadre.calls.facts import QUESTION, QuestionFacts
from cadre.calls.models import CallQuestion
from cadre.calls.questions import load_questions
from cadre.core.reader import Reader, named
from cadre.core.words import Words


@Alike
def _questions(session: Session, subjects: Collection[str]) -> Mapping[str, QuestionFacts]:
    return {f"{QUESTION}:{each.id}": each for each in load_questions(session, CallQuestion.id.in_(ids(subjects)))}


def _question_headline(asked: QuestionFacts, told: Told, reader: Reader) -> Words:
    values = {"who": Words.verbatim(asked.person.name), "group": wording.group(asked.call_name, reader), "text": offers.short(asked.text)}
    what = reader.gettext("{who} asks about the call for participation in {group}: “{text}”", **values)
    if asked.answer is None:
        return what
    who = Words.verbatim(named(asked.answered_by or ""))
    return offers.sentences(what, reader.gettext("Answered by {who}: “{text}”", who=who, text=offers.short(asked.answer)))


def _question_controls(asked: QuestionFacts, told: Told, reader: Reader) -> tuple[Block, ...]:
    if asked.answer is not None:
        return ()
    return (button(reader.gettext("Reply"), actions.REPLY, told.subject.partition(":")[2], style="primary"),)


def _replied_headline(asked: QuestionFacts, told: Told, reader: Reader) -> Words:
    values = {"who": by(told, reader), "group": wording.group(asked.call_name, reader)}
    return reader.gettext("{who} answers your question about the call for participation in {group}.", **values)


def _replied_details(asked: QuestionFacts, told: Told, reader: Reader) -> tuple[Words, ...]:
    _ = reader.gettext
    question, answer = _("You asked: “{text}”", text=offers.short(asked.text)), Words.verbatim(asked.answer or "")
    return question, _("The answer: “{text}”", text=answer)


def _replied(asked: QuestionFacts, told: Told) -> bool:
    return asked.answer is not None


def _question_page(asked: QuestionFacts, told: Told) -> str | None:
    return pages.path(asked.call)


FACES: Final = (
    Face("call_question", _questions, _question_headline, _question_controls, _question_page, _replied),
    Face("call_answered", _questions, _replied_headline, no_controls, _question_page, details=_replied_details),
)
