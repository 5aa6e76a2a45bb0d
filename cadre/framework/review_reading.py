"""From rows to reviews as facts: of one that is open as the registry stands, of one that is over as it was kept."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any, Final, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core import clock
from cadre.core.bilingual import Bilingual
from cadre.core.errors import NotFound
from cadre.core.models import Change
from cadre.core.reader import Actor, named
from cadre.core.rows import chunks
from cadre.framework.models import Review, ReviewItem, ReviewPacket, ReviewRecord
from cadre.framework.review_facts import OPEN, Line, PlanNeed, ReviewFacts, State, View
from cadre.framework.review_rules import FACT, PERSON, PLAN, SLIDE, Ask, Kind, asked_of, asks
from cadre.framework.review_survey import Survey, survey
from cadre.groups.models import Group
from cadre.meetings.models import Meeting
from cadre.oversight.rights import require_secretariat
from cadre.people.facts import PersonRef
from cadre.people.models import Person
from cadre.workplans.reading import meeting_name

AUTHOR: Final = {"slide_en": "author_en", "slide_fr": "author_fr"}
"""Under which names the Changes keep who wrote each language of a slide: where two lead, each may write one."""


def review_row(session: Session, id_: int, *, lock: bool = False, hold: bool = False) -> Review:
    """A review by its number, its row locked where it is to be closed. Raises NotFound. ``hold``: nobody closes it before the end of the
    transaction, while others that hold it go on.
    """
    query = select(Review).where(Review.id == id_).execution_options(populate_existing=True)
    found = session.scalar(query.with_for_update(read=hold) if lock or hold else query)
    if found is None:
        raise NotFound(str(id_))
    return found


def facts(session: Session, row: Review) -> ReviewFacts:
    """A review without what it asks."""
    meeting = session.get_one(Meeting, row.meeting)
    return replace(
        of_meeting(session, meeting),
        id=row.id,
        state=cast("State", row.state),
        opened_at=row.opened_at,
        opened_by=named(row.opened_by),
        closed_at=row.closed_at,
        closed_by=named(row.closed_by or ""),
        snapshot=row.snapshot,
    )


def of_meeting(session: Session, meeting: Meeting) -> ReviewFacts:
    """What a review before a meeting would be of."""
    council = session.get_one(Group, meeting.group)
    return ReviewFacts(0, meeting.id, council.id, council.name, meeting_name(meeting), meeting.held, cancelled=meeting.state == "cancelled")


def coverage(session: Session, id_: int, seen_by: Actor) -> View:
    """How a review stands, for the secretariat. Raises Forbidden for anyone else, NotFound."""
    require_secretariat(session, seen_by)
    return view(session, review_row(session, id_))


def packet(session: Session, id_: int, seen_by: Actor) -> tuple[View, PersonRef]:
    """What one person is asked in a review, for themselves and for the secretariat. Raises Forbidden for anyone else, NotFound."""
    row = session.get(ReviewPacket, id_)
    if row is None:
        raise NotFound(str(id_))
    if seen_by.person != row.person:
        require_secretariat(session, seen_by)
    found = view(session, review_row(session, row.review), only=row.person)
    return found, PersonRef(row.person, session.get_one(Person, row.person).name)


def packet_of(session: Session, person: str | None) -> int | None:
    """The packet of somebody in the review that is open, the nearest where there are several."""
    query = select(ReviewPacket.id).join(Review, Review.id == ReviewPacket.review).where(Review.state == OPEN)
    found: int | None = session.scalar(query.where(ReviewPacket.person == person).order_by(Review.day, Review.id).limit(1))
    return found


def reviews(session: Session, seen_by: Actor) -> tuple[ReviewFacts, ...]:
    """All reviews, the last first, for the secretariat. Raises Forbidden."""
    require_secretariat(session, seen_by)
    return tuple(facts(session, row) for row in session.scalars(select(Review).order_by(Review.id.desc())))


def view(session: Session, row: Review, only: str | None = None) -> View:
    """A review with what it asks. ``only``: of one person."""
    held = select(ReviewPacket.person, ReviewPacket.id).where(ReviewPacket.review == row.id)
    packets = dict(session.execute(held).all())
    kept = session.get(ReviewRecord, row.id)
    if kept is not None:
        lines = decoded(kept.content)
        people = {each.id: each for line in lines for each in line.owed}
        return View(facts(session, row), _seen_to_since(session, row, lines), people, packets)
    meeting = session.get_one(Meeting, row.meeting)
    now = survey(session, meeting, row.opened_at, only)
    items = session.scalars(select(ReviewItem).where(ReviewItem.review == row.id).order_by(ReviewItem.id)).all()
    whose = _whose(session, items)
    lines = tuple(_line(now, item, whose.get(item.id, ())) for item in items if only is None or _concerns(now, item, only))
    people = {id_: each for id_, each in now.people.items() if id_ in packets}
    return View(facts(session, row), lines, people, packets, meeting.revision)


def preview(session: Session, meeting: Meeting) -> View:
    """What a review would ask if it were opened now."""
    now = survey(session, meeting, clock.now(session))
    lines = tuple(_line(now, ReviewItem(id=0, answer="", **ask._asdict())) for ask in asks(now.known))
    asked = {each.id for line in lines for each in line.owed}
    return View(of_meeting(session, meeting), lines, {id_: each for id_, each in now.people.items() if id_ in asked})


def _concerns(now: Survey, item: ReviewItem, person: str) -> bool:
    return person in asked_of(Ask(FACT, item.subject), now.known.leaders)


def _seen_to_since(session: Session, row: Review, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """What was kept, and who saw to what was not right after that."""
    settled = (ReviewItem.review == row.id, ReviewItem.answer == "wrong", ReviewItem.settled_by.is_not(None))
    by = dict(session.execute(select(ReviewItem.id, ReviewItem.settled_by).where(*settled)).all())
    return tuple(replace(each, settled_by=named(by[each.id] or "")) if each.state == "wrong" and each.id in by else each for each in lines)


def _whose(session: Session, items: Iterable[ReviewItem]) -> dict[int, tuple[str, ...]]:
    """The names of those whose word each is: of a slide, of who wrote each of its languages, by the Changes."""
    answered = [item for item in items if item.person]
    slides = [str(item.id) for item in answered if item.kind == SLIDE]
    kept = select(Change.subject_id, Change.field, Change.after).where(Change.subject == ReviewItem.__tablename__)
    authors: dict[tuple[str, str], str | None] = {}
    for some in chunks(slides):
        query = kept.where(Change.subject_id.in_(some), Change.field.in_(AUTHOR.values())).order_by(Change.id)
        authors |= {(id_, field): after for id_, field, after in session.execute(query)}
    whose: dict[int, list[str | None]] = {}
    for item in answered:
        texts = {field: getattr(item, name) for name, field in AUTHOR.items()}
        whose[item.id] = [authors.get((str(item.id), field), item.person) for field, text in texts.items() if text] or [item.person]
    ids = sorted({person for those in whose.values() for person in those if person})
    names = dict(session.execute(select(Person.id, Person.name).where(Person.id.in_(ids))).all()) if ids else {}
    return {id_: tuple(dict.fromkeys(names[each] for each in those if each in names)) for id_, those in whose.items()}


def _line(now: Survey, item: ReviewItem, whose: tuple[str, ...] = ()) -> Line:
    kind, _, id_ = item.subject.partition(":")
    own = now.people.get(id_) if kind == PERSON else None
    name = Bilingual(own.name, own.name) if own else now.names.get(item.subject) or Bilingual(id_, id_)
    there = own is not None if kind == PERSON else item.subject in now.names
    owed = tuple(now.people[each] for each in asked_of(Ask(FACT, item.subject), now.known.leaders) if each in now.people)
    line = Line(item.id, cast("Kind", item.kind), item.subject, item.key, name, owed=owed)
    line = _with_facts(now, line, item)
    if item.answer and not _asked_anew(now, line, item):
        by = named(item.settled_by) if item.settled_by else line.settled_by if item.answer == "right" else None
        recorded = named(item.recorded_by) if item.recorded_by else None
        line = replace(line, text=item.text, slide=item.slide, who=next(iter(whose), None), also=next(iter(whose[1:]), None), at=item.at)
        return replace(line, state=item.answer, recorded_by=recorded, settled_by=by)
    return line if there else replace(line, state="lapsed")


def _with_facts(now: Survey, line: Line, item: ReviewItem) -> Line:
    """What it is about, and whether it is still open by itself."""
    if line.kind == FACT:
        fact = now.facts.get(line.subject, {}).get(line.key)
        if fact is None:
            return replace(line, state="lapsed")
        settled = None if fact.asked else named(fact.by or "") or None
        return replace(line, says=fact.says, role=fact.role, state=OPEN if fact.asked else "elsewhere", settled_by=settled)
    if line.kind == PLAN:
        need = now.plans.get(line.subject)
        return replace(line, plan=need, state=OPEN if need else "elsewhere")
    if line.kind == SLIDE:
        return replace(line, says=now.descriptions.get(line.subject))
    invited = now.invited.get(line.subject.partition(":")[2])
    if invited is None:
        return replace(line, state="lapsed")
    recorded = named(invited.recorded_by) if invited.recorded_by else None
    return replace(line, state=invited.answer or OPEN, who=str(line.name.en), at=invited.answered_at, recorded_by=recorded)


def _asked_anew(now: Survey, line: Line, item: ReviewItem) -> bool:
    """Whether a fact that somebody said is right says something else by now, that nobody confirmed."""
    return item.answer == "right" and not item.settled_at and line.state == OPEN and item.shown != line.mark


def encoded(lines: Iterable[Line]) -> str:
    """Lines as they are kept for good."""
    return json.dumps([asdict(line) for line in lines], ensure_ascii=False, default=lambda value: value.isoformat())


def decoded(content: str) -> tuple[Line, ...]:
    """What ``encoded`` kept."""
    return tuple(_decoded(each) for each in json.loads(content))


def _decoded(held: dict[str, Any]) -> Line:
    for name in ("name", "says", "slide"):
        held[name] = Bilingual(**held[name]) if held[name] else None
    held["owed"] = tuple(PersonRef(**each) for each in held["owed"])
    held["at"] = datetime.fromisoformat(held["at"]) if held["at"] else None
    if held["plan"]:
        held["plan"] = PlanNeed(**held["plan"] | {"due": datetime.fromisoformat(held["plan"]["due"]).date()})
    return Line(**held)
