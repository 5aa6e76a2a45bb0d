"""Positions: taken by whoever speaks for a seat, changed until the closing, recorded by the secretariat; and comments in a consultation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core import changes, clock
from cadre.core.errors import Conflict, Forbidden, Invalid, Message, NotFound
from cadre.core.reader import named
from cadre.core.rows import added, by_id, found_or_added, sent_in
from cadre.core.typed import tidy, too_long
from cadre.decisions import rules
from cadre.decisions.models import LatePosition, Position, Question, QuestionComment, QuestionItem, QuestionSeat
from cadre.decisions.question_facts import QUESTION, SEAT, WAYS, PositionFacts
from cadre.decisions.question_reading import load_one, position_facts, question_row
from cadre.decisions.question_rights import acts_for, seat_row, sight
from cadre.notices.service import announce, secretariat, touch
from cadre.people.models import Person

TOLD: Message = Message("Another position of this seat was taken meanwhile, and it stands. Look at it, and change it if that is meant.")


@dataclass(frozen=True, slots=True)
class Said:
    """That a position came by another way: who said it, by their record, how, on which day."""

    person: str | None
    way: str
    on: date | None


@dataclass(frozen=True, slots=True)
class PositionForm:
    """Positions of one seat, as they are typed: by item, what and the comment or reason.

    ``seen``: by item, the version that the window showed, 0 for none: what another took meanwhile is not overwritten. ``said``: where the
    secretariat records what it was told.
    """

    question: int
    seat: int
    positions: Mapping[int, tuple[str, str]]
    seen: Mapping[int, int]
    said: Said | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of positions. ``late``: the question is closed: they do not count, and were passed on to the secretariat."""

    positions: tuple[PositionFacts, ...]
    late: bool


def take(session: Session, form: PositionForm) -> Taken:
    """Take the position of a seat on some items, or change it. Sent twice, it is one.

    After the closing nothing is changed: what was said is kept beside, and the secretariat is told. Raises Forbidden for anyone who does
    not speak for the seat, or who records and is not of the secretariat; NotFound; Invalid, by field (``comment:12`` of item 12) or for a
    question that takes no positions; Conflict, with who and when, where another position of the seat was taken since it was shown.
    """
    question = question_row(session, form.question, hold=True)
    seat = seat_row(session, question, form.seat)
    acts_for(session, question, seat, recording=form.said is not None)
    known = {row.id for row in session.scalars(select(QuestionItem).where(QuestionItem.question == question.id))}
    if strange := form.positions.keys() - known:
        raise NotFound(", ".join(str(id_) for id_ in sorted(strange)))
    if form.said and form.said.person and session.get(Person, form.said.person) is None:
        raise NotFound(form.said.person)
    _require_right(form, clock.today(session))
    if question.state in ("draft", "scheduled", "cancelled") or question.kind != "position":
        raise Invalid(state=_no_positions(question))
    opened = clock.day(question.opened_at) if question.opened_at else None
    if form.said and (no := rules.wrong_day(form.said.on, opened)):
        raise Invalid(said_on=no)
    if rules.is_over(question.state, question.closes_at, clock.now(session)):
        return _too_late(session, question, seat, form)
    taken = [_take(session, seat, item, form) for item in form.positions]
    session.flush()
    new = [row.item for row, changed in taken if changed]
    if new:
        touch(session, SEAT, f"{SEAT}:{seat.id}")
        touch(session, QUESTION, f"{QUESTION}:{question.id}")
    if new and form.said and form.said.person:
        detail = {"by": named(changes.actor(session).label), "items": new}
        announce(session, "position_recorded", f"{SEAT}:{seat.id}", [form.said.person], detail)
    people = by_id(session, Person, {row.person for row, _changed in taken if row.person})
    return Taken(tuple(position_facts(row, people) for row, _changed in taken), late=False)


def _no_positions(question: Question) -> Message:
    if question.kind != "position":
        return Message("This is a consultation: it takes comments, and no positions.")
    return rules.REFUSED[question.state]  # type: ignore[index]  # the column holds nothing else


def _require_right(form: PositionForm, today: date) -> None:
    """Raises Invalid with all that cannot be taken."""
    wrong = {
        f"{name}:{item}": told
        for item, (stance, comment) in form.positions.items()
        for name, told in rules.wrong_position(stance, tidy(comment)).items()
    }
    if not form.positions:
        wrong["stance"] = Message("Choose a position.")
    if form.said and form.said.way not in WAYS:
        wrong["way"] = Message("Choose one of those offered.")
    if form.said and form.said.on and form.said.on > today:
        wrong["said_on"] = Message("This day is yet to come.")
    if wrong:
        raise Invalid(**wrong)


def _take(session: Session, seat: QuestionSeat, item: int, form: PositionForm) -> tuple[Position, bool]:
    """One position, and whether it is another than before: how it came is no other one, for a window of the secretariat's holds all that
    the seat took itself. The row of the seat is locked: of two at once, the second sees what the first took.
    """
    (stance, comment), said, actor = form.positions[item], form.said, changes.actor(session)
    text = tidy(comment) or None
    how = (said.person, said.way, said.on) if said else (actor.person, "slack", None)
    row = session.scalar(select(Position).where(Position.item == item, Position.seat == seat.id).execution_options(populate_existing=True))
    if row is not None and (row.stance, row.comment) == (stance, text):
        return row, False
    if row is not None and row.version != form.seen.get(item, 0):
        raise Conflict(named(row.taken_by), row.taken_at, TOLD)
    before = row.person if row else None
    row = row or Position(item=item, seat=seat.id, version=0)
    row.stance, row.comment, row.taken_at, row.version = stance, text, clock.now(session), row.version + 1
    row.person, row.way, row.said_on = how
    row.taken_by, row.recorded_by = actor.label[:200], actor.label[:200] if said else None
    session.add(row)
    if before and before not in (actor.person, row.person):
        announce(session, "position_changed", f"{SEAT}:{seat.id}", [before], {"by": named(actor.label), "items": [item]})
    return row, True


def _too_late(session: Session, question: Question, seat: QuestionSeat, form: PositionForm) -> Taken:
    """What came after the closing is kept beside what stood at it, and the secretariat is told: it does not count."""
    actor, now, new = changes.actor(session), clock.now(session), False
    for item, (stance, comment) in sorted(form.positions.items()):
        text = tidy(comment) or None
        stood = session.scalar(select(Position).where(Position.item == item, Position.seat == seat.id))
        if stood is not None and (stood.stance, stood.comment) == (stance, text):
            continue  # it says what it said in time
        same = select(LatePosition).where(LatePosition.item == item, LatePosition.seat == seat.id)
        fresh = LatePosition(item=item, seat=seat.id, stance=stance, comment=text, taken_by=actor.label[:200], taken_at=now)
        row = found_or_added(session, same, fresh)
        if row is not fresh and (row.stance, row.comment) == (stance, text):
            continue
        row.stance, row.comment, row.taken_at, row.taken_by = stance, text, now, actor.label[:200]
        row.person, new = form.said.person if form.said else actor.person, True
    if new:
        officers = [person for person in secretariat(session) if person != actor.person]
        announce(session, "position_late", f"{SEAT}:{seat.id}", officers, {"by": named(actor.label)})
        touch(session, QUESTION, f"{QUESTION}:{question.id}")
    return Taken((), late=True)


def comment(session: Session, question_id: int, text: str, *, view_id: str | None = None) -> None:
    """Write a comment in a consultation. Sent twice, it is one. Raises Forbidden for whoever may not see it; NotFound; Invalid."""
    row = question_row(session, question_id, hold=True)
    actor = changes.actor(session)
    if actor.person is None:
        raise Forbidden("known")
    if not sight(session, actor).knows(load_one(session, row)):
        raise NotFound(str(question_id))
    same = sent_in(QuestionComment, view_id)
    if session.scalar(same):
        return
    if row.kind != "consultation":
        raise Invalid(state=Message("This question asks for positions."))
    if row.state != "open" or rules.is_over(row.state, row.closes_at, clock.now(session)):
        raise Invalid(state=rules.REFUSED["closed" if row.state == "open" else row.state])  # type: ignore[index]  # as above
    said = tidy(text)
    wrong = too_long({"text": said}, rules.LONGEST_COMMENT)
    if not said:
        wrong["text"] = Message("Write the comment.")
    if wrong:
        raise Invalid(**wrong)
    made = QuestionComment(question=row.id, person=actor.person, text=said, written_at=clock.now(session), view_id=view_id)
    if added(session, made, same):
        touch(session, QUESTION, f"{QUESTION}:{row.id}")
