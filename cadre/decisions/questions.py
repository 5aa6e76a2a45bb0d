"""What can be read of questions, by whoever may: each is named, and given no more than they may see."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core import clock
from cadre.core.bilingual import Bilingual
from cadre.core.errors import Forbidden, NotFound
from cadre.core.reader import Actor
from cadre.decisions import question_reading as reading
from cadre.decisions import rules
from cadre.decisions.asking import worded
from cadre.decisions.models import Category, Question, QuestionItem, Recommendation
from cadre.decisions.question_facts import CommentFacts, LateFacts, Outcome, PositionFacts, QuestionFacts, QuestionRef, Standing, State
from cadre.decisions.question_rights import SPEAKING, Sight, mine, sight
from cadre.groups.facts import COUNCILS
from cadre.groups.models import Group

_PROPOSED: Final = "proposed"
_OVER: Final = ("closed", "settled")


def question(session: Session, id_: int, actor: Actor) -> Standing:
    """A question as somebody sees it. Raises NotFound, also for one that they may not know of; Forbidden for whoever spoke for a seat of it
    and was told of it then, but has left.
    """
    facts, eyes = reading.load_one(session, reading.question_row(session, id_)), sight(session, actor)
    if not eyes.knows(facts):
        if facts.opened_at and any(each.person.id == actor.person for seat in facts.seats for each in seat.speakers):
            raise Forbidden(SPEAKING)
        raise NotFound(str(id_))
    (found,) = _standings(session, [facts], eyes)
    writing = eyes.everything and facts.state in ("draft", "scheduled")
    return replace(found, elsewhere=_elsewhere(session, facts)) if writing else found


def questions(session: Session, actor: Actor, states: Collection[State] = ()) -> tuple[Standing, ...]:
    """All that somebody may know of, the newest first. ``states``: in which, where not all are asked for."""
    eyes, query = sight(session, actor), select(Question).order_by(Question.id.desc())
    query = query if eyes.everything else query.where(Question.opened_at.is_not(None))
    rows = session.scalars(query.where(Question.state.in_(states)) if states else query).all()
    return _standings(session, [facts for facts in reading.load(session, rows) if eyes.knows(facts)], eyes)


def waiting(session: Session, actor: Actor) -> tuple[Standing, ...]:
    """Those that are open and wait for a position of a seat of theirs."""
    rows = session.scalars(select(Question).where(Question.state == "open").order_by(Question.closes_at, Question.id)).all()
    found = [facts for facts in reading.load(session, rows) if mine(facts, actor.person)]
    views = _standings(session, found, sight(session, actor))
    return tuple(view for view in views if view.question.consults or any(view.waits(seat) for seat in view.mine))


def standings(session: Session, found: Sequence[QuestionFacts], actor: Actor) -> tuple[Standing, ...]:
    """How questions stand for somebody: the positions that they may see, and never the outcome before it is confirmed, but for the
    secretariat.
    """
    return _standings(session, found, sight(session, actor))


def _standings(session: Session, found: Sequence[QuestionFacts], eyes: Sight) -> tuple[Standing, ...]:
    positions = reading.positions(session, found)
    comments = reading.comments(session, [facts.id for facts in found if facts.consults])
    late = reading.late(session, [facts for facts in found if facts.opened_at] if eyes.everything else [], positions)
    now = clock.now(session)
    return tuple(
        _standing(facts, eyes, now, positions=positions[facts.id], comments=comments[facts.id], late=late[facts.id]) for facts in found
    )


def _standing(
    facts: QuestionFacts,
    eyes: Sight,
    now: datetime,
    *,
    positions: Sequence[PositionFacts],
    comments: tuple[CommentFacts, ...],
    late: tuple[LateFacts, ...],
) -> Standing:
    own, every = mine(facts, eyes.person), eyes.sees_positions(facts)
    visible = tuple(each for each in positions if every or each.seat in {seat.id for seat in own})
    taken = [sum(_on(positions, item.id, seat.id) for item in facts.items) for seat in facts.seats]
    complete = sum(n == len(facts.items) for n in taken if n)
    return Standing(
        question=facts,
        mine=own,
        positions=visible,
        answered=len({each.person.id for each in comments}) if facts.consults else complete,
        secretariat=eyes.everything,
        sees_all=every,
        over=rules.is_over(facts.state, facts.closes_at, now),
        comments=comments if every else tuple(each for each in comments if each.person.id == eyes.person),
        late=late,
        outcomes=outcomes(facts, positions) if eyes.everything and facts.state in _OVER and not facts.consults else {},
        begun=sum(n > 0 for n in taken) - complete,
        now=tuple(seat for seat in own if seat.is_of(eyes.person)),
        missed=facts.state == "draft" and facts.opens_at is not None and facts.opens_at <= now,
    )


def _elsewhere(session: Session, facts: QuestionFacts) -> Mapping[int, tuple[QuestionRef, ...]]:
    """By item, the other questions that ask for the same recommendation and are not settled."""
    asked = {item.recommendation: item.id for item in facts.items if item.recommendation}
    going = Question.state.in_(("draft", "scheduled", "open", "closed")) & (Question.id != facts.id)
    query = select(QuestionItem.recommendation, Question).join(Question, Question.id == QuestionItem.question).where(going)
    found: dict[int, tuple[QuestionRef, ...]] = {}
    for recommendation, row in session.execute(query.where(QuestionItem.recommendation.in_(list(asked))).order_by(Question.id)):
        item, ref = asked[str(recommendation)], QuestionRef(row.id, row.title, cast("State", row.state))
        found[item] = tuple(dict.fromkeys((*found.get(item, ()), ref)))
    return found


def _on(positions: Sequence[PositionFacts], item: int, seat: int) -> bool:
    return any((each.item, each.seat) == (item, seat) for each in positions)


def outcomes(facts: QuestionFacts, positions: Collection[PositionFacts]) -> Mapping[int, Outcome]:
    """What the positions come to, by item."""
    return {
        item.id: rules.outcome(facts.rule, facts.quorum, len(facts.seats), (each.stance for each in positions if each.item == item.id))
        for item in facts.items
    }


def councils(session: Session) -> tuple[tuple[str, Bilingual], ...]:
    """To whom a question can be put."""
    rows = session.scalars(select(Group).where(Group.kind.in_(COUNCILS)).order_by(Group.id))
    return tuple((row.id, row.name) for row in rows)


def slides(session: Session) -> tuple[tuple[str, Bilingual, int], ...]:
    """The questions of the deck of which something is still proposed: category, its label, how many recommendations."""
    proposed = session.scalars(select(Recommendation.category).where(Recommendation.status == _PROPOSED)).all()
    rows = session.scalars(select(Category).order_by(Category.number)).all()
    return tuple((row.id, row.label, proposed.count(row.id)) for row in rows if row.id in proposed)


def recommendations(session: Session) -> tuple[tuple[str, Bilingual], ...]:
    """The recommendations that are still proposed, as they would be put."""
    rows = session.scalars(
        select(Recommendation).where(Recommendation.status == _PROPOSED).order_by(Recommendation.number, Recommendation.id)
    )
    return tuple((row.id, worded(session, row)) for row in rows)
