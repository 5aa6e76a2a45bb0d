"""Who comes: answers of those who are invited, given here or told to the secretariat, and what they register for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core import changes, clock
from cadre.core.errors import Forbidden, Invalid, Message, NotFound
from cadre.core.marks import mark
from cadre.core.reader import named
from cadre.core.typed import tidy, too_long
from cadre.meetings.arranging import what_changed
from cadre.meetings.models import Invitee, Meeting
from cadre.meetings.reading import load_one
from cadre.meetings.records import TIMES, is_over
from cadre.meetings.rights import meeting_row, require_arranger, require_planned
from cadre.meetings.views import IN_PERSON, MEETING, Answer, InviteeFacts, MeetingView
from cadre.notices.service import announce, require_secretariat, touch
from cadre.people.models import Person

ANSWERS: Final = ("accepted", "tentative", "declined")
WAYS: Final = ("phone", "email", "meeting", "letter")


@dataclass(frozen=True, slots=True)
class Rsvp:
    """An answer as it is typed. ``person``: None for oneself; ``stands_in``: who comes in their place; ``whole``: for the whole series.

    ``said_by``, ``way``: as the secretariat was told it. ``diet``, ``access``, ``interpretation``: for a meeting in person.
    """

    answer: Answer
    person: str | None = None
    stands_in: str | None = None
    whole: bool = False
    said_by: str | None = None
    way: str | None = None
    diet: str = ""
    access: str = ""
    interpretation: bool | None = None


def respond(session: Session, id_: str, rsvp: Rsvp, *, shown: int | None = None) -> MeetingView:
    """Accept, accept tentatively or decline, for oneself, or as the secretariat was told. The same answer again changes nothing.

    ``shown``: the revision of the meeting that they saw. ``whole``: of a series, to those of its meetings to which they are invited.
    Whoever stands in is told, and whoever the secretariat answered for. Raises NotFound; Forbidden for whoever is not invited; Conflict
    for a meeting that was cancelled; Invalid for one that has begun or is at another time by now, and with all that cannot be taken.
    """
    actor, row = changes.actor(session), meeting_row(session, id_)
    recorded = rsvp.person is not None and rsvp.person != actor.person
    if recorded:
        require_secretariat(session)
    person = rsvp.person or actor.person
    if person is None:
        raise Forbidden("known")
    _require_coming(session, row)
    if wrong := _wrong(session, row, person, rsvp, recorded=recorded):
        raise Invalid(**wrong)
    _answer(session, row, person, rsvp, recorded=recorded, shown=shown)
    for each in _later(session, row, person) if rsvp.whole and row.series else ():
        _answer(session, each, person, rsvp, recorded=recorded)
    session.flush()
    return load_one(session, row, actor)


def _require_coming(session: Session, row: Meeting) -> None:
    """Raises Conflict for a meeting that was cancelled, Invalid for one that has begun."""
    require_planned(session, row)
    if is_over(session, row):
        raise Invalid(answer=Message("This meeting has begun already: its chair records who is there."))


def _wrong(session: Session, row: Meeting, person: str, rsvp: Rsvp, *, recorded: bool) -> dict[str, Message]:
    found = too_long({"diet": tidy(rsvp.diet), "access": tidy(rsvp.access)})
    if rsvp.answer not in ANSWERS:
        found["answer"] = Message("Choose one of those offered.")
    if rsvp.stands_in and (rsvp.stands_in == person or session.get(Person, rsvp.stands_in) is None):
        found["stands_in"] = Message("Choose somebody else, who comes in your place.")
    elif rsvp.stands_in and session.scalar(select(Invitee.id).where(Invitee.meeting == row.id, Invitee.person == rsvp.stands_in)):
        found["stands_in"] = Message("They are invited themselves, and count once. Choose somebody else.")
    if rsvp.stands_in and rsvp.answer != "declined":
        found["stands_in"] = Message("Somebody comes in your place only where you do not come yourself.")
    if recorded and rsvp.way not in WAYS:
        found["way"] = Message("Choose one of those offered.")
    return found


def _later(session: Session, row: Meeting, person: str) -> list[Meeting]:
    """The meetings of a series after one, to which somebody is invited."""
    later = Meeting.series == row.series, Meeting.starts_at > row.starts_at, Meeting.state == "planned"
    invited = select(Meeting).join(Invitee, (Invitee.meeting == Meeting.id) & (Invitee.person == person))
    return list(session.scalars(invited.where(*later).order_by(Meeting.starts_at)))


def _require_seen(session: Session, row: Meeting, shown: int | None) -> None:
    """Raises Invalid where the meeting is at another time than the one that was seen: an answer to that one says nothing of this."""
    session.refresh(row, ["revision"])  # whoever moved it asked all anew in the same transaction: their row was waited for
    if shown is not None and row.revision != shown and TIMES & what_changed(session, row.id, shown).keys():
        raise Invalid(answer=Message("This meeting is at another time by now. Look at it again, and then answer."))


def _answer(session: Session, row: Meeting, person: str, rsvp: Rsvp, *, recorded: bool, shown: int | None = None) -> None:
    actor = changes.actor(session)
    query = select(Invitee).where(Invitee.meeting == row.id, Invitee.person == person).with_for_update()
    found = session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise Forbidden("invited")
    _require_seen(session, row, shown)
    before = (found.answer, found.stands_in, found.diet, found.access, found.interpretation)
    found.answer, found.whole, found.stands_in = rsvp.answer, rsvp.whole, rsvp.stands_in
    found.stand_in_agreed = found.stand_in_agreed and rsvp.stands_in == before[1]
    if row.kind == IN_PERSON:
        _register(found, rsvp, recorded=recorded)
    if (found.answer, found.stands_in, found.diet, found.access, found.interpretation) == before:
        return
    found.answered_at = clock.now(session)
    found.recorded_by = actor.label[:200] if recorded else None
    found.said_by, found.way = (tidy(rsvp.said_by)[:200] or None, rsvp.way) if recorded else (None, None)
    subject, by = f"{MEETING}:{row.id}", {"by": named(actor.label), "for": person, "of": [session.get_one(Person, person).name]}
    if rsvp.stands_in and rsvp.stands_in != before[1]:
        announce(session, "meeting_standing_in", subject, [rsvp.stands_in], by)
    if before[1] and before[1] != rsvp.stands_in:
        announce(session, "meeting_standing_down", subject, [before[1]], by)
    if recorded:
        announce(session, "meeting_recorded", subject, [person], by)
    touch(session, MEETING, subject)


def _register(row: Invitee, rsvp: Rsvp, *, recorded: bool) -> None:
    """What they need who come. Of what was told to the secretariat, only what was said is written over what they registered."""
    diet, access, kept = tidy(rsvp.diet) or None, tidy(rsvp.access) or None, row.interpretation if recorded else None
    row.diet, row.access = (diet or row.diet, access or row.access) if recorded else (diet, access)
    row.interpretation = kept if rsvp.interpretation is None else rsvp.interpretation


def stand_in(session: Session, id_: str, *, comes: bool) -> MeetingView:
    """Say whether one comes in the place of those who named one for it. Whoever says no stands in no more, and those hear of it.

    The same again changes nothing. Raises NotFound; Forbidden for whoever nobody named; Conflict for a meeting that was cancelled; Invalid
    for one that has begun.
    """
    actor, row = changes.actor(session), meeting_row(session, id_, lock=True)
    query = select(Invitee).where(Invitee.meeting == id_, Invitee.stands_in == actor.person).order_by(Invitee.id).with_for_update()
    found = session.scalars(query.execution_options(populate_existing=True)).all() if actor.person else []
    if not found:
        raise Forbidden("named" if actor.person else "known")
    _require_coming(session, row)
    for each in found:
        each.stand_in_agreed = comes
        each.stands_in = each.stands_in if comes else None
    subject = f"{MEETING}:{id_}"
    if not comes:
        announce(session, "meeting_stand_in_refused", subject, [each.person for each in found], {"by": named(actor.label)})
    touch(session, MEETING, subject)
    return load_one(session, row, actor)


def attendance_mark(view: MeetingView, invited: Iterable[InviteeFacts]) -> str:
    """A mark of who is recorded as having been there, by which a window knows later whether somebody recorded it otherwise."""
    return _attendance({each.person.id: each.attended for each in invited}, view.counts.recorded)


def _attendance(attended: Mapping[str, bool | None], quorum: bool | None) -> str:
    return mark(f"{sorted(person for person, there in attended.items() if there)} {quorum}")


def attended(session: Session, id_: str, present: frozenset[str], *, quorum: bool | None = None, shown: str | None = None) -> MeetingView:
    """Record who was there, of those invited and besides. ``shown``: what the window showed as recorded (``attendance_mark``).

    Raises NotFound; Forbidden for anyone who may not arrange it; Conflict where it was cancelled; Invalid before it has begun, and where
    somebody else recorded it since.
    """
    row = meeting_row(session, id_, lock=True)
    require_arranger(session, row.group)
    require_planned(session, row)
    if not is_over(session, row):
        raise Invalid(present=Message("This meeting has not begun yet."))
    rows = session.scalars(select(Invitee).where(Invitee.meeting == id_)).all()
    if shown is not None and shown != _attendance({each.person: each.attended for each in rows}, row.quorum_met):
        raise Invalid(present=Message("Somebody changed this meanwhile. Open this window again to see it."))
    unknown = present - {each.person for each in rows}
    for person in sorted(unknown):
        if session.get(Person, person) is None:
            raise NotFound(person)
        session.add(Invitee(meeting=id_, person=person, must=False, answer="", attended=True))
    for each in rows:
        each.attended = each.person in present
    row.quorum_met = quorum
    touch(session, MEETING, f"{MEETING}:{id_}")
    return load_one(session, row, changes.actor(session))
