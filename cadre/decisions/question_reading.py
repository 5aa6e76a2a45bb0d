"""From rows to questions as facts: a few queries for however many there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core import clock
from cadre.core.errors import NotFound
from cadre.core.french import Article
from cadre.core.reader import named
from cadre.core.rows import by_id, chunks
from cadre.decisions import rules
from cadre.decisions.models import (
    Decision,
    Document,
    DocumentVersion,
    LatePosition,
    Position,
    Question,
    QuestionComment,
    QuestionItem,
    QuestionPaper,
    QuestionSeat,
    QuestionSpeaker,
)
from cadre.decisions.question_facts import (
    CommentFacts,
    ItemFacts,
    Kind,
    LateFacts,
    PaperFacts,
    PlaceRef,
    PositionFacts,
    QuestionFacts,
    Rule,
    SeatFacts,
    Sees,
    SpeakerFacts,
    Stance,
    State,
    Way,
)
from cadre.groups.models import Group
from cadre.people import holders
from cadre.people.facts import PersonRef
from cadre.people.models import Jurisdiction, Person

R = TypeVar("R")


def question_row(session: Session, id_: int, *, lock: bool = False, hold: bool = False) -> Question:
    """A question by its number, its row locked where it is to be changed. Raises NotFound.

    ``hold``: it stays in its state to the end of the transaction, while others that hold it go on: nobody closes it while a position is
    taken.
    """
    query = select(Question).where(Question.id == id_).execution_options(populate_existing=True)
    found = session.scalar(query.with_for_update(read=hold, key_share=hold) if lock or hold else query)
    if found is None:
        raise NotFound(str(id_))
    return found


def load_one(session: Session, row: Question) -> QuestionFacts:
    """One question as it stands in this transaction."""
    session.flush()
    return load(session, [row])[0]


def load(session: Session, rows: Sequence[Question]) -> tuple[QuestionFacts, ...]:
    """Questions as facts, in their order."""
    ids = [row.id for row in rows]
    councils = by_id(session, Group, {row.council for row in rows})
    items = _items(session, _by_question(session, QuestionItem, ids))
    papers, seats = _papers(session, _by_question(session, QuestionPaper, ids)), _seats(session, rows)
    return tuple(
        QuestionFacts(
            id=row.id,
            kind=cast("Kind", row.kind),
            state=cast("State", row.state),
            council=row.council,
            council_name=councils[row.council].name,
            category=row.category,
            title=row.title,
            background=row.background,
            rule=cast("Rule", row.rule),
            quorum=row.quorum,
            sees=cast("Sees", row.sees),
            opens_at=row.opens_at,
            closes_at=row.closes_at,
            opened_at=row.opened_at,
            closed_at=row.closed_at,
            settled_at=row.settled_at,
            made_by=row.made_by,
            reason=row.reason,
            items=items[row.id],
            papers=papers[row.id],
            seats=seats[row.id],
        )
        for row in rows
    )


def _by_question(session: Session, model: type[R], ids: Collection[int]) -> dict[int, list[R]]:
    """Rows of a table by their question, in the order in which they were written."""
    found: dict[int, list[R]] = defaultdict(list)
    of = cast("Any", model)
    for some in chunks(ids):
        for row in session.scalars(select(model).where(of.question.in_(some)).order_by(of.id)):
            found[cast("Any", row).question].append(row)
    return found


def _papers(session: Session, rows: Mapping[int, Sequence[QuestionPaper]]) -> Mapping[int, tuple[PaperFacts, ...]]:
    versions = by_id(session, DocumentVersion, {paper.version for each in rows.values() for paper in each if paper.version})
    titles = {id_: of.title for id_, of in by_id(session, Document, {each.document for each in versions.values()}).items()}

    def paper(row: QuestionPaper) -> PaperFacts:
        of = versions.get(row.version or 0)
        if of is None:
            return PaperFacts(row.id, row.title, row.address)
        return PaperFacts(row.id, titles[of.document], number=of.number, text=of.text, approved=of.decision is not None)

    found: dict[int, tuple[PaperFacts, ...]] = defaultdict(tuple)
    for question, each in rows.items():
        found[question] = tuple(map(paper, each))
    return found


def _items(session: Session, rows: Mapping[int, Sequence[QuestionItem]]) -> Mapping[int, tuple[ItemFacts, ...]]:
    ids = [row.id for each in rows.values() for row in each]
    query = select(Decision.question_item, Decision.id, Decision.year, Decision.number, Decision.outcome)
    decided = {row.question_item: row for some in chunks(ids) for row in session.execute(query.where(Decision.question_item.in_(some)))}

    def item(row: QuestionItem) -> ItemFacts:
        made = decided.get(row.id)
        return ItemFacts(
            id=row.id,
            number=row.number,
            recommendation=row.recommendation,
            wording=row.wording,
            decision=made.id if made else None,
            set_aside=row.set_aside_at is not None,
            reason=row.reason,
            label=rules.shown(made.year, made.number) if made else "",
            outcome=made.outcome if made else None,
        )

    found: dict[int, tuple[ItemFacts, ...]] = defaultdict(tuple)
    for question, each in rows.items():
        found[question] = tuple(item(row) for row in sorted(each, key=lambda row: row.number))
    return found


def _seats(session: Session, rows: Sequence[Question]) -> Mapping[int, tuple[SeatFacts, ...]]:
    councils = {row.id: row.council for row in rows}
    seats = _by_question(session, QuestionSeat, list(councils))
    closed = {row.id: clock.day(row.closed_at) for row in rows if row.closed_at}
    ended = {seat.id: closed[seat.question] for each in seats.values() for seat in each if seat.question in closed}
    speakers = speakers_of(session, {seat.id: councils[seat.question] for each in seats.values() for seat in each}, ended)
    known = places(session, {seat.jurisdiction for each in seats.values() for seat in each})
    found: dict[int, tuple[SeatFacts, ...]] = defaultdict(tuple)
    for question, each in seats.items():
        made = (SeatFacts(seat.id, known[seat.jurisdiction], speakers.get(seat.id, ()), seat.by_hand) for seat in each)
        found[question] = tuple(sorted(made, key=lambda seat: seat.place.id))
    return found


def speakers_of(
    session: Session, seats: Mapping[int, str], closed: Mapping[int, date] | None = None
) -> dict[int, tuple[SpeakerFacts, ...]]:
    """Who speaks for seats, each given with its council: members first. Whose role there ended cannot any more.

    ``closed``: by seat, the day on which its question was closed.
    """
    rows = [
        row
        for some in chunks(seats)
        for row in session.execute(
            select(QuestionSpeaker.seat, QuestionSpeaker.alternate, Person.id, Person.name)
            .join(Person, Person.id == QuestionSpeaker.person)
            .where(QuestionSpeaker.seat.in_(some))
            .order_by(QuestionSpeaker.alternate, Person.name, Person.id)
        )
    ]
    gone = holders.left(session, {id_ for _seat, _alternate, id_, _name in rows})
    found: dict[int, tuple[SpeakerFacts, ...]] = {}
    for seat, alternate, id_, name in rows:
        last, day = gone.get((id_, seats[seat], None)), (closed or {}).get(seat, date.max)
        made = SpeakerFacts(PersonRef(id_, name), alternate, left=last is not None, spoke=last is None or last >= day)
        found[seat] = (*found.get(seat, ()), made)
    return found


def places(session: Session, ids: Iterable[str]) -> dict[str, PlaceRef]:
    """Governments and municipal bodies."""
    found = by_id(session, Jurisdiction, ids)
    return {id_: PlaceRef(id_, row.name, cast("Article", row.article or "")) for id_, row in found.items()}


def positions(session: Session, questions: Sequence[QuestionFacts]) -> Mapping[int, tuple[PositionFacts, ...]]:
    """All positions on some questions, by question; each by item and seat."""
    rows = _by_item(session, Position, questions)
    people = by_id(session, Person, {row.person for each in rows.values() for row in each if row.person})
    return defaultdict(tuple, {id_: tuple(position_facts(row, people) for row in each) for id_, each in rows.items()})


def _by_item(session: Session, model: type[R], questions: Sequence[QuestionFacts]) -> dict[int, list[R]]:
    """What was said on the things that are asked, by question; each by item and seat."""
    asked, of = {item.id: question.id for question in questions for item in question.items}, cast("Any", model)
    found: dict[int, list[R]] = defaultdict(list)
    for some in chunks(sorted(asked)):
        for row in session.scalars(select(model).where(of.item.in_(some)).order_by(of.item, of.seat)):
            found[asked[cast("Any", row).item]].append(row)
    return found


def position_facts(row: Position, people: Mapping[str, Person]) -> PositionFacts:
    """One position. ``people``: those who took or gave it, where the registry knows them."""
    known = people.get(row.person or "")
    return PositionFacts(
        item=row.item,
        seat=row.seat,
        stance=cast("Stance", row.stance),
        comment=row.comment,
        person=row.person,
        taken_by=row.taken_by,
        taken_at=row.taken_at,
        way=cast("Way", row.way),
        recorded_by=row.recorded_by,
        said_on=row.said_on,
        version=row.version,
        who=known.name if known else named(row.taken_by),
    )


def late(
    session: Session, questions: Sequence[QuestionFacts], positions: Mapping[int, Sequence[PositionFacts]]
) -> Mapping[int, tuple[LateFacts, ...]]:
    """What came after the closing, by question; each by item and seat. What the seat has said again since, as there was more time, is left
    out. ``positions``: all, by question.
    """
    rows = _by_item(session, LatePosition, questions)
    people = by_id(session, Person, {row.person for each in rows.values() for row in each if row.person})
    again = {(each.item, each.seat): each.taken_at for found in positions.values() for each in found}
    found: dict[int, tuple[LateFacts, ...]] = defaultdict(tuple)
    for id_, each in rows.items():
        left = (row for row in each if again.get((row.item, row.seat), row.taken_at) <= row.taken_at)
        found[id_] = tuple(_late(row, people) for row in left)
    return found


def _late(row: LatePosition, people: Mapping[str, Person]) -> LateFacts:
    known = people.get(row.person or "")
    return LateFacts(
        item=row.item,
        seat=row.seat,
        stance=cast("Stance", row.stance),
        comment=row.comment,
        taken_by=row.taken_by,
        taken_at=row.taken_at,
        who=known.name if known else named(row.taken_by),
    )


def comments(session: Session, questions: Collection[int]) -> Mapping[int, tuple[CommentFacts, ...]]:
    """What was written in consultations, by question, in its order."""
    query = select(QuestionComment, Person.name, Person.jurisdiction).join(Person, Person.id == QuestionComment.person)
    ordered = query.order_by(QuestionComment.id)
    rows = [row for some in chunks(questions) for row in session.execute(ordered.where(QuestionComment.question.in_(some)))]
    known = places(session, {place for _, _, place in rows if place})
    found: dict[int, tuple[CommentFacts, ...]] = defaultdict(tuple)
    for row, name, place in rows:
        made = CommentFacts(row.id, PersonRef(row.person, name), known.get(place) if place else None, row.text, row.written_at)
        found[row.question] = (*found[row.question], made)
    return found
