"""Of seats, what reminders need to know: until when, silent or not, and who speaks for them. Only those that are silent are reminded."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cadre.core.bilingual import Bilingual
from cadre.core.calendar import last_morning
from cadre.core.errors import Message
from cadre.core.reader import DEFAULT_ZONE
from cadre.core.rows import by_id, chunks
from cadre.decisions.models import Position, Question, QuestionItem, QuestionSeat
from cadre.decisions.question_facts import CONSULTATION, SEAT
from cadre.decisions.question_reading import places, speakers_of
from cadre.notices.rules import Dated, Kind
from cadre.notices.service import told_last

SPEAKER: Final = "speaker"
_ROWS: Final = select(QuestionSeat, Question).join(Question, Question.id == QuestionSeat.question)


def _batch(session: Session, after: str, limit: int) -> Sequence[Dated]:
    """Seats of questions that are open, after one, in order of their number."""
    first = int(after.partition(":")[2] or 0)
    query = _ROWS.where(QuestionSeat.id > first, Question.state == "open").order_by(QuestionSeat.id).limit(limit)
    return _dated(session, session.execute(query))


def _some(session: Session, subjects: Collection[str]) -> Mapping[str, Dated]:
    return {each.subject: each for each in _dated(session, _rows(session, subjects))}


def _rows(session: Session, subjects: Iterable[str]) -> list[tuple[QuestionSeat, Question]]:
    ids = sorted({int(id_) for subject in subjects if (id_ := subject.partition(":")[2]).isdecimal()})
    return [row for some in chunks(ids) for row in session.execute(_ROWS.where(QuestionSeat.id.in_(some)))]


def _dated(session: Session, rows: Iterable[tuple[QuestionSeat, Question]]) -> list[Dated]:
    found = list(rows)
    speaking = speakers_of(session, {seat.id: question.council for seat, question in found})
    asked = _counts(session, {question.id for _, question in found})
    taken = _taken(session, [seat.id for seat, _ in found])
    zone, subjects = ZoneInfo(DEFAULT_ZONE), {f"{SEAT}:{seat.id}" for seat, _ in found}
    extended = told_last(session, ["question_extended"], subjects)
    return [
        Dated(
            SEAT,
            f"{SEAT}:{seat.id}",
            last_morning(question.closes_at.astimezone(zone)) if question.closes_at else None,
            _settled(question, asked.get(question.id, 0), taken.get(seat.id, 0)),
            {SPEAKER: tuple(each.person.id for each in speaking.get(seat.id, ()) if not each.left)},
            begins=question.opened_at.astimezone(zone).date() if question.opened_at else None,
            heard=extended.get(f"{SEAT}:{seat.id}", {}),
        )
        for seat, question in found
    ]


def _counts(session: Session, questions: Collection[int]) -> dict[int, int]:
    query = select(QuestionItem.question, func.count()).where(QuestionItem.question.in_(questions)).group_by(QuestionItem.question)
    return dict(session.execute(query).all())


def _taken(session: Session, seats: Iterable[int]) -> dict[int, int]:
    query = select(Position.seat, func.count()).group_by(Position.seat)
    return {seat: n for some in chunks(seats) for seat, n in session.execute(query.where(Position.seat.in_(some)))}


def _settled(question: Question, asked: int, taken: int) -> str | None:
    """Why a seat is reminded of nothing: it took its positions, none are asked for, or the question takes none."""
    if question.state != "open":
        return question.state
    return "answered" if question.kind == CONSULTATION or taken >= asked else None


def _names(session: Session, subjects: Collection[str]) -> Mapping[str, Bilingual]:
    """The seat that is silent, and the question."""
    rows = _rows(session, subjects)
    known = places(session, {seat.jurisdiction for seat, _ in rows})
    titles = {id_: row.title or Bilingual("", "") for id_, row in by_id(session, Question, {question.id for _, question in rows}).items()}

    def named(seat: QuestionSeat) -> Bilingual:
        place, title = known[seat.jurisdiction].name, titles[seat.question]
        return Bilingual(f"{title.en}: {place.en}", f"{title.fr}\u00a0: {place.fr}")

    return {f"{SEAT}:{seat.id}": named(seat) for seat, _ in rows}


SEATS: Final = Kind(SEAT, Message("Questions that wait for a position"), _batch, _some, _names)
