"""From rows to polls as one person sees them: a few queries for however many there are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any, cast

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cadre.core import clock
from cadre.core.errors import Forbidden, NotFound
from cadre.core.reader import Actor
from cadre.core.rows import by_id, chunks
from cadre.groups.models import Group
from cadre.meetings import choosing, rules
from cadre.meetings.models import Meeting, Poll, PollAnswer, PollSlot, PollVoice
from cadre.meetings.ranking import Standing, ranked
from cadre.meetings.rights import arranged_by
from cadre.meetings.views import Caution, PollFacts, SlotAnswer, SlotFacts, VoiceFacts
from cadre.notices.recipients import recipients
from cadre.people import service as people
from cadre.people.facts import PersonRef


@dataclass(frozen=True, slots=True)
class Place:
    """One time in the ranking, and what speaks against it."""

    standing: Standing
    cautions: tuple[Caution, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """A poll, its times the best first."""

    poll: PollFacts
    places: tuple[Place, ...]


def poll_row(session: Session, id_: int, *, lock: bool = False) -> Poll:
    """A poll by its number, its row locked where it is answered or changed. Raises NotFound."""
    query = select(Poll).where(Poll.id == id_).execution_options(populate_existing=True)
    found = session.scalar(query.with_for_update() if lock else query)
    if found is None:
        raise NotFound(str(id_))
    return found


def takes_answers(session: Session, row: Poll) -> bool:
    """Whether people can still answer: to the end of its last day, where it was arranged."""
    return row.state == "open" and clock.today(session, row.zone) <= row.closes_on


def slot(id_: int, day: date, at: time, zone: str) -> SlotFacts:
    """A time as facts."""
    return SlotFacts(id_, day, at, rules.start(day, at, zone, None))


def load(session: Session, rows: Sequence[Poll], seen_by: Actor) -> tuple[PollFacts, ...]:
    """Polls as somebody sees them, in their order. What others said is told to whoever may choose."""
    session.flush()
    ids = [row.id for row in rows]
    groups = by_id(session, Group, {row.group for row in rows})
    begins = {row.id: row.starts_at for row in by_id(session, Meeting, {row.meeting for row in rows if row.meeting}).values()}
    arranged, everywhere = arranged_by(session, seen_by), people.is_secretariat(session, seen_by)
    may = {row.id for row in rows if everywhere or row.group in arranged}
    slots: dict[int, list[SlotFacts]] = {}
    zones = {row.id: row.zone for row in rows}
    for some in chunks(ids):
        for each in session.scalars(select(PollSlot).where(PollSlot.poll.in_(some)).order_by(PollSlot.day, PollSlot.at)):
            slots.setdefault(each.poll, []).append(slot(each.id, each.day, each.at, zones[each.poll]))
    voices, counts = _voices(session, may, ids, seen_by), _counts(session, ids)
    return tuple(
        PollFacts(
            id=row.id,
            group=row.group,
            group_name=groups[row.group].name,
            title=row.title,
            zone=row.zone,
            minutes=row.minutes,
            closes_on=row.closes_on,
            state=cast("Any", row.state),
            takes_answers=takes_answers(session, row),
            made_by=row.made_by,
            meeting=row.meeting,
            begins=begins.get(row.meeting) if row.meeting else None,
            slots=tuple(slots.get(row.id, ())),
            voices=tuple(voices.get(row.id, ())) if row.id in may else (),
            mine=next((each for each in voices.get(row.id, ()) if each.person.id == seen_by.person), None),
            asked=counts[row.id][0],
            answered=counts[row.id][1],
            may_arrange=row.id in may,
        )
        for row in rows
    )


def _voices(session: Session, all_of: Collection[int], ids: Iterable[int], seen_by: Actor) -> dict[int, list[VoiceFacts]]:
    """Those who are asked and what they said: all of some polls, of the others only the reader."""
    rows: list[PollVoice] = []
    for some in chunks(ids):
        whose = PollVoice.poll.in_(all_of) | (PollVoice.person == seen_by.person)
        rows += session.scalars(select(PollVoice).where(PollVoice.poll.in_(some), whose).order_by(PollVoice.id))
    said: dict[int, dict[int, SlotAnswer]] = {}
    for part in chunks(row.id for row in rows):
        for each in session.execute(select(PollAnswer.voice, PollAnswer.slot, PollAnswer.answer).where(PollAnswer.voice.in_(part))):
            said.setdefault(each.voice, {})[each.slot] = cast("SlotAnswer", each.answer)
    known = recipients(session, {row.person for row in rows}) if rows else {}
    found: dict[int, list[VoiceFacts]] = {}
    for row in rows:
        who = known[row.person]
        voice = VoiceFacts(row.id, PersonRef(row.person, who.name), who.zone, row.must, said.get(row.id, {}), row.answered_at)
        found.setdefault(row.poll, []).append(voice)
    return found


def _counts(session: Session, ids: Iterable[int]) -> dict[int, tuple[int, int]]:
    counted = select(PollVoice.poll, func.count(), func.count(PollVoice.answered_at)).group_by(PollVoice.poll)
    rows = [row for some in chunks(ids) for row in session.execute(counted.where(PollVoice.poll.in_(some)))]
    found = {poll: (asked, answered) for poll, asked, answered in rows}
    return {id_: found.get(id_, (0, 0)) for id_ in ids}


def load_one(session: Session, row: Poll, seen_by: Actor) -> PollFacts:
    """One poll as it stands in this transaction."""
    return load(session, [row], seen_by)[0]


def poll(session: Session, id_: int, seen_by: Actor) -> PollFacts:
    """One poll. Raises NotFound; Forbidden for whoever is neither asked nor may choose."""
    found = load_one(session, poll_row(session, id_), seen_by)
    if found.mine is None and not found.may_arrange:
        raise Forbidden("invited")
    return found


def of_slot(session: Session, slot_id: int, seen_by: Actor) -> PollFacts:
    """The poll that asks about a time. Raises as ``poll``."""
    found = session.scalar(select(PollSlot.poll).where(PollSlot.id == slot_id))
    if found is None:
        raise NotFound(str(slot_id))
    return poll(session, found, seen_by)


def polls(session: Session, seen_by: Actor) -> tuple[PollFacts, ...]:
    """The open polls in which somebody is asked, or of which they may choose the time: the first to close first."""
    rows = session.scalars(select(Poll).where(Poll.state == "open").order_by(Poll.closes_on, Poll.id)).all()
    return tuple(each for each in load(session, rows, seen_by) if each.mine or each.may_arrange) if rows else ()


def ranking(session: Session, id_: int, seen_by: Actor) -> Ranking:
    """The times of a poll, the best first, with what speaks against each. Raises NotFound; Forbidden for whoever may not choose."""
    found = poll(session, id_, seen_by)
    if not found.may_arrange:
        raise Forbidden("co_chair")
    persons = [each.person.id for each in found.voices]
    against = choosing.cautions_at(session, [each.instant for each in found.slots], found.minutes, persons)
    order = ranked(found.slots, found.voices)
    return Ranking(found, tuple(Place(each, against[each.slot.instant]) for each in order))
