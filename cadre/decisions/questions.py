"""What can be read of questions, by whoever may: each is named, and given no more than they may see."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core import clock
from cadre.core.bilingual import Bilingual
from cadre.core.errors import Forbidden, NotFound
from cadre.core.reader import Actor
from cadre.decisions import question_reading as reading
from cadre.decisions import rules
from cadre.decisions.models import Category, Question, Recommendation
from cadre.decisions.question_facts import Outcome, PositionFacts, QuestionFacts, Standing
from cadre.decisions.question_rights import SPEAKING, may_see, mine, sees_all, sees_positions
from cadre.decisions.recommending import worded
from cadre.groups.facts import COUNCILS
from cadre.groups.models import Group

_PROPOSED: Final = "proposed"


def question(session: Session, id_: int, actor: Actor) -> Standing:
    """A question as somebody sees it. Raises NotFound, also for one that they may not know of; Forbidden for whoever spoke for a seat of it
    and was told of it then, but has left.
    """
    facts = reading.load_one(session, reading.question_row(session, id_))
    if not may_see(session, facts, actor):
        if facts.opened_at and any(each.person.id == actor.person for seat in facts.seats for each in seat.speakers):
            raise Forbidden(SPEAKING)
        raise NotFound(str(id_))
    return standing(session, facts, actor)


def questions(session: Session, actor: Actor) -> tuple[Standing, ...]:
    """All that somebody may know of, the newest first."""
    rows = session.scalars(select(Question).order_by(Question.id.desc())).all()
    found = [facts for facts in reading.load(session, rows) if may_see(session, facts, actor)]
    return tuple(standing(session, facts, actor) for facts in found)


def waiting(session: Session, actor: Actor) -> tuple[Standing, ...]:
    """Those that are open and wait for a position of a seat of theirs."""
    rows = session.scalars(select(Question).where(Question.state == "open").order_by(Question.closes_at, Question.id)).all()
    found = [facts for facts in reading.load(session, rows) if mine(facts, actor.person)]
    views = (standing(session, facts, actor) for facts in found)
    return tuple(view for view in views if view.question.consults or any(view.waits(seat) for seat in view.mine))


def standing(session: Session, facts: QuestionFacts, actor: Actor) -> Standing:
    """How a question stands for somebody: the positions that they may see, and never the outcome before it is confirmed, but for the
    secretariat.
    """
    all_, own = reading.positions(session, facts), mine(facts, actor.person)
    officer, every = sees_all(session, actor), sees_positions(session, facts, actor)
    visible = tuple(each for each in all_ if every or each.seat in {seat.id for seat in own})
    comments = reading.comments(session, facts.id) if facts.consults else ()
    taken = [sum(_on(all_, item.id, seat.id) for item in facts.items) for seat in facts.seats]
    complete = sum(n == len(facts.items) for n in taken if n)
    closed = facts.state in ("closed", "settled")
    return Standing(
        question=facts,
        mine=own,
        positions=visible,
        answered=len({each.person.id for each in comments}) if facts.consults else complete,
        secretariat=officer,
        sees_all=every,
        over=rules.is_over(facts.state, facts.closes_at, clock.now(session)),
        comments=comments if every else tuple(each for each in comments if each.person.id == actor.person),
        late=reading.late(session, facts) if officer and closed else (),
        outcomes=outcomes(facts, all_) if officer and closed and not facts.consults else {},
        begun=sum(n > 0 for n in taken) - complete,
        now=tuple(seat for seat in own if seat.is_of(actor.person)),
    )


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
