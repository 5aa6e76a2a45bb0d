"""The review before a meeting in person: opened by the secretariat, answered by those who are asked, closed in it with its snapshot.

One packet a person; of what is asked of a group or priority, any one of those who lead it answers for all.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core import changes, clock
from cadre.core.bilingual import Bilingual
from cadre.core.errors import Conflict, Invalid, Message
from cadre.core.reader import Actor, named
from cadre.core.rows import added
from cadre.framework import kept
from cadre.framework.models import Review, ReviewItem, ReviewPacket, ReviewRecord
from cadre.framework.review_facts import OPEN, PACKET, ReviewFacts, View
from cadre.framework.review_reading import encoded, facts, of_meeting, preview, review_row, view
from cadre.framework.review_rules import Ask, Known, asks, packets
from cadre.framework.review_survey import survey
from cadre.groups.facts import COUNCILS
from cadre.groups.models import Group
from cadre.meetings.models import Meeting
from cadre.meetings.records import is_over, one_day
from cadre.meetings.rights import CHAIRS, meeting_row, require_planned
from cadre.meetings.views import IN_PERSON, MEETING
from cadre.notices.service import RENEWED, announce_each, told_last, touch
from cadre.oversight.rights import require_secretariat
from cadre.workplans.facts import ACTIVITY, WORKPLAN
from cadre.workplans.models import Activity, Workplan
from cadre.workplans.reading import held_in, target_of

AHEAD: Final = "review_ahead"
OPENED: Final = "review_opened"
ASKED: Final = "review_asked"
MOVED: Final = "review_moved"
CLOSED: Final = "review_closed"
ENDED: Final = "review_ended"
"""Kinds of notices: that a review can be opened; a packet, first and when the secretariat asks again; what became of the review."""
NO_DAY: Final = Message("A review is opened once the day of the meeting is fixed.")
NOT_IN_PERSON: Final = Message("A review is held before meetings in person of the Councils.")


def upcoming(session: Session, seen_by: Actor) -> tuple[ReviewFacts, ...]:
    """The meetings in person of councils whose day is fixed, and that no review was opened for, the nearest first; for the secretariat.
    Raises Forbidden for anyone else.
    """
    require_secretariat(session, seen_by)
    there = select(Review.id).where(Review.meeting == Meeting.id).exists()
    councils = select(Group.id).where(Group.kind.in_(sorted(COUNCILS)))
    query = select(Meeting).where(Meeting.kind == IN_PERSON, Meeting.state == "planned", Meeting.group.in_(councils), ~there)
    rows = session.scalars(query.order_by(Meeting.__table__.c.held_first, Meeting.id)).all()
    return tuple(of_meeting(session, row) for row in rows if one_day(row) and not is_over(session, row))


def planned(session: Session, meeting: str, seen_by: Actor) -> View:
    """What a review would ask of whom if it were opened now. Raises as ``open_``."""
    require_secretariat(session, seen_by)
    return preview(session, _reviewable(session, meeting_row(session, meeting)))


def open_(session: Session, meeting: str) -> ReviewFacts:
    """Open the review before a meeting: each who is asked something is told in their working hours, in one message.

    Raises Forbidden for anyone but the secretariat; NotFound; Invalid for a meeting that has no day yet, is over, or is not one in person
    of a council; Conflict where it is cancelled, or somebody opened its review before.
    """
    require_secretariat(session, changes.actor(session))
    row = _reviewable(session, meeting_row(session, meeting, lock=True))
    by = changes.actor(session).label[:200]
    made = Review(meeting=meeting, day=one_day(row), state=OPEN, opened_at=clock.now(session), opened_by=by)
    same = select(Review).where(Review.meeting == meeting)
    if session.scalar(same) is not None or not added(session, made, same):
        there = session.scalars(same).one()
        raise Conflict(named(there.opened_by), there.opened_at, Message("This review is open already."))
    ask_all(session, made)
    touch(session, AHEAD, f"{MEETING}:{meeting}")
    return facts(session, made)


def _reviewable(session: Session, row: Meeting) -> Meeting:
    require_planned(session, row)
    council = session.get_one(Group, row.group)
    if row.kind != IN_PERSON or council.kind not in COUNCILS:
        raise Invalid(meeting=NOT_IN_PERSON)
    if one_day(row) is None:
        raise Invalid(meeting=NO_DAY)
    if is_over(session, row):
        raise Invalid(meeting=Message("This meeting is over."))
    return row


def ask_all(session: Session, row: Review) -> None:
    """What is to be asked by now, and was not yet, is; whoever comes to be asked something is told."""
    meeting = session.get_one(Meeting, row.meeting)
    known = survey(session, meeting, row.opened_at).known
    there = {(each.kind, each.subject, each.key) for each in session.scalars(select(ReviewItem).where(ReviewItem.review == row.id))}
    fresh = [ReviewItem(review=row.id, answer="", **ask._asdict()) for ask in asks(known) if tuple(ask) not in there]
    session.add_all(fresh)
    session.flush()
    if fresh:
        touch_all(session, row.id)
    _tell_new(session, row, known)


def _tell_new(session: Session, row: Review, known: Known) -> None:
    held = set(session.scalars(select(ReviewPacket.person).where(ReviewPacket.review == row.id)))
    found = view(session, row)
    waiting = packets((Ask(line.kind, line.subject, line.key) for line in found.lines if line.open), known.leaders)
    fresh = [person for person in waiting if person not in held]
    made = [ReviewPacket(review=row.id, person=person) for person in fresh]
    session.add_all(made)
    session.flush()
    announce_each(session, OPENED, [(each.person, f"{PACKET}:{each.id}") for each in made], {RENEWED: True})
    for each in made:
        touch(session, PACKET, f"{PACKET}:{each.id}")


def touch_all(session: Session, review: int) -> None:
    """Something changed for all who are asked."""
    for id_ in session.scalars(select(ReviewPacket.id).where(ReviewPacket.review == review).order_by(ReviewPacket.id)):
        touch(session, PACKET, f"{PACKET}:{id_}")


class Reminded(NamedTuple):
    """How many are asked again; how many have a message before them that they did not get yet; how many were told today."""

    asked: int
    coming: int
    told: int


def remind(session: Session, id_: int) -> Reminded:
    """Ask those again of whom something is still asked, now: whoever was told today, or is to be, is not.

    Raises Forbidden for anyone but the secretariat, NotFound, Invalid once it is over.
    """
    require_secretariat(session, changes.actor(session))
    row = review_row(session, id_, lock=True)
    require_open(session, row)
    found = view(session, row)
    subjects = {each.id: f"{PACKET}:{found.packets[each.id]}" for each in found.silent if each.id in found.packets}
    told = told_last(session, (OPENED, ASKED), subjects.values())
    today, now = clock.today(session), clock.now(session)
    due = [(person, of) for person, of in subjects.items() if person not in told.get(of, {}) or clock.day(told[of][person]) < today]
    by = {"by": named(changes.actor(session).label), RENEWED: True}
    announce_each(session, ASKED, due, by)
    coming = sum(told.get(of, {}).get(person, now) > now for person, of in subjects.items())
    return Reminded(len(due), coming, len(subjects) - len(due) - coming)


def close(session: Session, id_: int) -> View:
    """Close a review, in its meeting: how it stands is kept for good, with a snapshot of the framework, and told to all who were asked.

    Raises Forbidden for anyone but the secretariat, and whoever runs Cadre; NotFound; Conflict where somebody closed it before.
    """
    actor = changes.actor(session)
    require_secretariat(session, actor)
    row = review_row(session, id_, lock=True)
    if row.state != OPEN:
        raise Conflict(named(row.closed_by or ""), row.closed_at or clock.now(session), OVER[row.state])
    return _over(session, row, "closed", by=actor.label[:200])


OVER: Final = {
    "closed": Message("This review is closed: what stayed open then was kept as it was. Tell the secretariat what is new."),
    "ended": Message("This review ended, for its meeting does not take place."),
}


def require_open(session: Session, row: Review) -> None:
    """Raises Invalid for a review that is over: no answer counts in it any more."""
    if row.state != OPEN:
        raise Invalid(review=OVER[row.state])


def forgotten(session: Session, row: Review) -> None:
    """Close a review that nobody closed in its meeting."""
    _over(session, row, "closed", by=None)


def end(session: Session, row: Review) -> None:
    """End a review whose meeting is cancelled, or whose council is no more."""
    _over(session, row, "ended", by=None)


def _over(session: Session, row: Review, state: str, *, by: str | None) -> View:
    stood = view(session, row)
    session.add(ReviewRecord(review=row.id, content=encoded(line for line in stood.lines if line.counts)))
    if state == "closed":
        meeting = session.get_one(Meeting, row.meeting)
        begun = meeting.held is not None and meeting.held.first <= clock.today(session)
        row.snapshot = kept.taken(session, row.meeting if begun else None).number  # before its day, that of the meeting is still to come
    row.state, row.closed_at, row.closed_by = state, clock.now(session), by
    session.flush()
    told = [(person, f"{PACKET}:{id_}") for person, id_ in stood.packets.items()]
    announce_each(session, CLOSED if state == "closed" else ENDED, told, {"open": sum(line.open for line in stood.lines)})
    touch_all(session, row.id)
    return view(session, row)


def slides(session: Session, meeting: str) -> Mapping[str, Bilingual]:
    """What is to be said in a meeting of each group and priority, by its subject ("priority:forests"), as those who lead it wrote it."""
    query = select(ReviewItem).join(Review, Review.id == ReviewItem.review).where(Review.meeting == meeting, ReviewItem.answer != "")
    return {row.subject: row.slide for row in session.scalars(query.order_by(ReviewItem.id)) if row.slide}


def leaning(session: Session, subjects: Collection[str]) -> list[tuple[str, str]]:
    """The packets of open reviews that tell of something else that changed: of a meeting, of a workplan, of an activity of one."""
    of: dict[str, set[str]] = {}
    for subject in subjects:
        kind, _, id_ = subject.partition(":")
        of.setdefault(kind, set()).add(id_)
    if not of.keys() & {MEETING, ACTIVITY, WORKPLAN} or session.scalar(select(Review.id).where(Review.state == OPEN).limit(1)) is None:
        return []
    query = select(ReviewPacket.id).join(Review, Review.id == ReviewPacket.review).where(Review.state == OPEN).order_by(ReviewPacket.id)
    theirs = Review.meeting.in_(of.get(MEETING, ())) | ReviewPacket.person.in_(_writing(session, of))
    return [(PACKET, f"{PACKET}:{id_}") for id_ in session.scalars(query.where(theirs))]


def _writing(session: Session, of: Mapping[str, set[str]]) -> set[str]:
    """Those who lead what some workplans and activities are of."""
    activities = [int(id_) for id_ in of.get(ACTIVITY, ())]
    plans = {*of.get(WORKPLAN, ()), *session.scalars(select(Activity.workplan).where(Activity.id.in_(activities)))}
    targets = {target_of(each) for each in session.scalars(select(Workplan).where(Workplan.id.in_(plans)))}
    return {each.person.id for those in held_in(session, targets).values() for each in those if each.role in CHAIRS}
