"""From rows to meetings as one person sees them: a few queries for however many there are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any, Final, cast

from sqlalchemy import ColumnElement, case, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from cadre.core.bilingual import Bilingual
from cadre.core.facts import of_row
from cadre.core.reader import DEFAULT_ZONE, Actor
from cadre.core.rows import by_id, chunks
from cadre.groups import quorum
from cadre.groups.models import Group
from cadre.meetings import results, rules
from cadre.meetings.facts import MeetingFacts
from cadre.meetings.models import Invitee, Meeting, Minutes, Series
from cadre.meetings.rights import arranged_by
from cadre.meetings.views import IN_PERSON, Answer, Counts, InviteeFacts, Joining, MeetingView, SeriesFacts
from cadre.notices.recipients import recipients
from cadre.people import service as people
from cadre.people.facts import PersonRef
from cadre.people.models import Person

_STANDING_IN = aliased(Person)


def meeting_facts(row: Meeting) -> MeetingFacts:
    """A meeting as everybody may know it."""
    return of_row(row, MeetingFacts)


def ends_at(row: Meeting) -> datetime | None:
    """When it is over: on the last of its days; where its time is not known, once the last day that it may be on is over there."""
    zone = row.zone or DEFAULT_ZONE
    if row.starts_at and row.minutes:
        return max(rules.each_day(row.starts_at, zone, row.last_day).values()) + timedelta(minutes=row.minutes)
    days = [each for each in (row.held and row.held.last, row.last_day) if each]
    return rules.start(max(days) + timedelta(days=1), time(), zone, None) if days else None


def load(session: Session, rows: Sequence[Meeting], seen_by: Actor) -> tuple[MeetingView, ...]:
    """Meetings as somebody sees them, in their order. How to join is told to those who are invited, and to whoever arranges it."""
    ids = [row.id for row in rows]
    groups = by_id(session, Group, {row.group for row in rows})
    series = by_id(session, Series, {row.series for row in rows if row.series})
    arranged, secretariat = arranged_by(session, seen_by), people.is_secretariat(session, seen_by)
    answers = _answers(session, ids)
    mine = _by_meeting(session, Invitee.person, ids, seen_by)
    standing = _by_meeting(session, Invitee.stands_in, ids, seen_by)
    minuted = _minuted(session, ids)
    expected = results.of_meetings(session, [row.id for row in rows if row.kind == IN_PERSON])
    return tuple(
        _view(
            row,
            groups[row.group],
            answers.get(row.id, {}),
            series=series.get(row.series),
            mine=mine.get(row.id),
            in_place_of=standing.get(row.id),
            minutes=minuted.get(row.id),
            expected=expected.get(row.id, ()),
            may_arrange=secretariat or row.group in arranged,
        )
        for row in rows
    )


def load_one(session: Session, row: Meeting, seen_by: Actor) -> MeetingView:
    """One meeting as it stands in this transaction."""
    session.flush()
    return load(session, [row], seen_by)[0]


def _view(
    row: Meeting,
    group: Group,
    answers: Mapping[str, tuple[Answer, str | None]],
    *,
    series: Series | None,
    mine: InviteeFacts | None,
    in_place_of: InviteeFacts | None,
    minutes: str | None,
    expected: tuple[Bilingual, ...],
    may_arrange: bool,
) -> MeetingView:
    invited, accepted, tentative, declined = rules.counted(answer for answer, _ in answers.values())
    standing_in = len({other for answer, other in answers.values() if answer == "declined" and other} - answers.keys())
    needed = quorum.needed(group.quorum, invited)
    inside = may_arrange or mine is not None or in_place_of is not None
    return MeetingView(
        facts=meeting_facts(row),
        group_name=group.name,
        channel=group.channel,
        fold=row.fold,
        ends_at=ends_at(row),
        joining=Joining(row.link, row.joining) if inside and (row.link or row.joining) else None,
        counts=Counts(invited, accepted, tentative, declined, standing_in, needed, row.quorum_met),
        mine=mine,
        in_place_of=in_place_of,
        may_arrange=may_arrange,
        inside=inside,
        reason=row.reason,
        revision=row.revision,
        changed_at=row.changed_at,
        changed_by=row.changed_by,
        made_by=row.made_by,
        series=row.series,
        occurrence=row.occurrence,
        repeats=series_facts(series) if series else None,
        minutes_state=cast("Any", minutes),
        results=expected,
    )


def series_facts(row: Series) -> SeriesFacts:
    """A series as facts."""
    return of_row(row, SeriesFacts)


def _by_meeting(session: Session, column: InstrumentedAttribute[Any], ids: Collection[str], seen_by: Actor) -> dict[str, InviteeFacts]:
    """The invitations in which somebody stands."""
    return {each.meeting: each for each in invitees(session, (column == seen_by.person) & _among(ids))} if seen_by.person else {}


def _among(ids: Collection[str]) -> ColumnElement[bool]:
    return Invitee.meeting.in_(ids)


_AGREED: Final[ColumnElement[str | None]] = case((Invitee.stand_in_agreed, Invitee.stands_in))
"""Who comes in somebody's place, once they said that they do."""


def _answers(session: Session, ids: Iterable[str]) -> dict[str, dict[str, tuple[Answer, str | None]]]:
    """Of each meeting: who is invited, what they answered, and who agreed to come in their place; without those who just came."""
    found: dict[str, dict[str, tuple[Answer, str | None]]] = {}
    for some in chunks(ids):
        query = select(Invitee.meeting, Invitee.person, Invitee.answer, _AGREED).where(Invitee.meeting.in_(some))
        for meeting, person, answer, other in session.execute(query.where(Invitee.told_at.is_not(None))):
            found.setdefault(meeting, {})[person] = (cast("Answer", answer), other)
    return found


def _minuted(session: Session, ids: Iterable[str]) -> dict[str, str]:
    return {
        meeting: state
        for some in chunks(ids)
        for meeting, state in session.execute(select(Minutes.meeting, Minutes.state).where(Minutes.meeting.in_(some)))
    }


def invitees(session: Session, where: ColumnElement[bool]) -> tuple[InviteeFacts, ...]:
    """Those who are invited, must-haves first, by their names."""
    rows = session.execute(
        select(Invitee, Person.name, Person.jurisdiction, _STANDING_IN.name)
        .join(Person, Person.id == Invitee.person)
        .outerjoin(_STANDING_IN, _STANDING_IN.id == Invitee.stands_in)
        .where(where)
        .order_by(Invitee.must.desc(), Person.name, Invitee.id)
    ).all()
    zones = {id_: each.zone for id_, each in recipients(session, {row.person for row, *_ in rows}).items()}
    return tuple(_invitee(row, name, jurisdiction, other, zones[row.person]) for row, name, jurisdiction, other in rows)


def _invitee(row: Invitee, name: str, jurisdiction: str | None, other: str | None, zone: str) -> InviteeFacts:
    return InviteeFacts(
        id=row.id,
        meeting=row.meeting,
        person=PersonRef(row.person, name),
        jurisdiction=jurisdiction,
        zone=zone,
        must=row.must,
        answer=cast("Answer", row.answer),
        answered_at=row.answered_at,
        stands_in=PersonRef(row.stands_in, other) if row.stands_in and other else None,
        stand_in_agreed=row.stand_in_agreed,
        recorded_by=row.recorded_by,
        said_by=row.said_by,
        way=row.way,
        diet=row.diet,
        access=row.access,
        interpretation=row.interpretation,
        whole=row.whole,
        attended=row.attended,
    )


def title(view: MeetingView) -> Bilingual:
    """What a meeting is called: its title, else its group's name."""
    return view.facts.title or view.group_name
