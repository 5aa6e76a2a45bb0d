"""What of the registry a window or a part of App Home shows: each of these is one transaction."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from bot.caller import Caller
from cadre.core.bilingual import Bilingual
from cadre.core.errors import Forbidden
from cadre.decisions import questions, referrals, register
from cadre.decisions.question_facts import Standing
from cadre.decisions.referrals import ReferralFacts
from cadre.decisions.register import DecisionView


@dataclass(frozen=True, slots=True)
class Sources:
    """What a question can be begun from: councils, the questions of the deck, single recommendations."""

    councils: tuple[tuple[str, Bilingual], ...]
    slides: tuple[tuple[str, Bilingual, int], ...]
    recommendations: tuple[tuple[str, Bilingual], ...]


def sources(session: Session, caller: Caller) -> Sources:
    """All there are. Raises Forbidden for anyone but the secretariat."""
    if not caller.secretariat:
        raise Forbidden
    return Sources(questions.councils(session), questions.slides(session), questions.recommendations(session))


def for_secretariat(session: Session, id_: int, caller: Caller) -> Standing:
    """A question, for something that only the secretariat does. Raises NotFound, Forbidden."""
    if not caller.secretariat:
        raise Forbidden
    return questions.question(session, id_, caller.actor)


def decision(session: Session, id_: str, caller: Caller) -> tuple[DecisionView, tuple[ReferralFacts, ...]]:
    """A decision, and that it is for a table of deputy ministers, or comes from it. Raises NotFound."""
    return register.decision(session, id_, caller.actor), referrals.of(session, f"decision:{id_}", caller.actor)


def home(session: Session, caller: Caller) -> tuple[Standing, ...]:
    """What App Home shows: what waits for somebody; to the secretariat all that is not settled."""
    if not caller.secretariat:
        return questions.waiting(session, caller.actor)
    return questions.questions(session, caller.actor, ("draft", "scheduled", "open", "closed"))
