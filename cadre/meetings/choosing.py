"""What whoever chooses a time should know: holidays, odd hours, and who is asked to another meeting then."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from cadre.core.reader import DEFAULT_ZONE
from cadre.core.rows import chunks
from cadre.meetings import rules
from cadre.meetings.models import Invitee, Meeting
from cadre.meetings.reading import meeting_facts
from cadre.meetings.rules import Attendee
from cadre.meetings.series import Series, Wall, days, instant
from cadre.meetings.views import Caution
from cadre.notices.recipients import recipients
from cadre.people.facts import PersonRef

_LONGEST = timedelta(days=1)


def attendees(session: Session, persons: Sequence[str], there: str | None = None) -> tuple[Attendee, ...]:
    """People as the choice of a time concerns them, in their order. ``there``: the zone of the place at which all meet."""
    found = recipients(session, persons)
    return tuple(Attendee(PersonRef(id_, found[id_].name), there or found[id_].zone, found[id_].place) for id_ in persons if id_ in found)


def cautions(
    session: Session,
    begins: datetime,
    minutes: int,
    persons: Sequence[str],
    *,
    besides: str | None = None,
    there: str | None = None,
    last: date | None = None,
) -> tuple[Caution, ...]:
    """All that speaks against a time. ``begins``: UTC; ``besides``: the meeting itself, where it is there already; ``there``: the zone of
    the place at which all meet, whose clocks count then; ``last``: its last day there, where it takes several.
    """
    days = rules.each_day(begins, there or DEFAULT_ZONE, last)
    found = cautions_at(session, list(days.values()), minutes, persons, besides=besides, there=there)
    return rules.together({day: found[each] for day, each in days.items()}) if len(days) > 1 else found[begins]


def cautions_at(
    session: Session,
    times: Sequence[datetime],
    minutes: int,
    persons: Sequence[str],
    *,
    besides: str | None = None,
    whole: bool = False,
    there: str | None = None,
) -> dict[datetime, tuple[Caution, ...]]:
    """The same of several times, for the same people. ``whole``: all of the series that ``besides`` is of is no other meeting."""
    mine = {besides or ""}
    if whole and besides:
        of = select(Meeting.series).where(Meeting.id == besides).scalar_subquery()
        mine |= set(session.scalars(select(Meeting.id).where(Meeting.series == of)))
    who, clashes = attendees(session, persons, there), _clashes(session, times, minutes, persons, mine)
    return {begins: (*rules.cautions(begins, minutes, who), *clashes[begins]) for begins in times}


def cautions_of_series(
    session: Session, rule: Series, last: date, minutes: int, persons: Sequence[str], *, besides: str | None = None
) -> tuple[Caution, ...]:
    """All that speaks against any day of a series up to a last one, with the days on which it is so."""
    times = {day: instant(Wall(day, rule.at), ZoneInfo(rule.zone)) for day in days(rule, rule.first, last)}
    against = cautions_at(session, list(times.values()), minutes, persons, besides=besides, whole=True)
    return rules.together({day: against[begins] for day, begins in times.items()})


def _clashes(
    session: Session, times: Sequence[datetime], minutes: int, persons: Sequence[str], mine: Collection[str]
) -> dict[datetime, list[Caution]]:
    """Other meetings at some times to which the same people are asked, but for those who declined. ``mine``: what is no other one."""
    lasts, found = timedelta(minutes=minutes), {begins: list[Caution]() for begins in times}
    if not found:
        return found
    goes_on = or_(Meeting.starts_at > min(times) - _LONGEST, Meeting.last_day >= (min(times) - _LONGEST).date())
    near = goes_on, Meeting.starts_at < max(times) + lasts, Meeting.state == "planned"
    others = session.scalars(select(Meeting).where(*near, Meeting.id.not_in(mine)).order_by(Meeting.starts_at)).all()
    at_once = {begins: [row for row in others if _over_each_other(row, begins, begins + lasts)] for begins in times}
    asked: dict[str, list[str]] = {}
    wanted = set(persons)
    for some in chunks(dict.fromkeys(row.id for rows in at_once.values() for row in rows)):
        query = select(Invitee.meeting, Invitee.person).where(Invitee.meeting.in_(some), Invitee.answer != "declined")
        for meeting, person in session.execute(query):
            if person in wanted:
                asked.setdefault(meeting, []).append(person)
    names = recipients(session, {person for people in asked.values() for person in people})
    for begins, rows in at_once.items():
        for row in rows:
            if people := asked.get(row.id):
                who = tuple(PersonRef(id_, names[id_].name) for id_ in sorted(people))
                found[begins].append(Caution("clash", who, other=meeting_facts(row)))
    return found


def _over_each_other(row: Meeting, begins: datetime, ends: datetime) -> bool:
    """Whether a meeting is held on any of its days while another lasts: between them people are free."""
    if row.starts_at is None:
        return False
    lasts = timedelta(minutes=row.minutes or 0)
    return any(
        each < ends and each + lasts > begins for each in rules.each_day(row.starts_at, row.zone or DEFAULT_ZONE, row.last_day).values()
    )
