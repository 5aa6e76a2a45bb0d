"""Of agendas, papers and minutes, what reminders need to know: for which meeting they are due, whether they are there, whose they are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from cadre.core import clock
from cadre.core.bilingual import Bilingual
from cadre.core.calendar import FEDERAL, working_day_after
from cadre.core.errors import Message
from cadre.core.reader import Actor
from cadre.core.rows import by_id, chunks
from cadre.meetings.agenda import items_by_id, missing
from cadre.meetings.models import AgendaItem, Meeting, Minutes
from cadre.meetings.reading import load, title
from cadre.meetings.records import is_over, of_month, one_day
from cadre.meetings.rights import CHAIRS
from cadre.meetings.views import AGENDA, IN_PERSON, ITEM, MINUTES
from cadre.notices.rules import Dated, Kind
from cadre.people import holders

CHAIR: Final = "chair"
OWNER: Final = "owner"
_WRITTEN: Final = timedelta(days=3)
_DAY: Final = timedelta(days=1)
"""For zones elsewhere."""
_BACK: Final = timedelta(days=60)
"""How long after a meeting its minutes are still asked for: what is older is history."""


def _agendas(session: Session, after: str, limit: int) -> Sequence[Dated]:
    """The agendas of the meetings after one, in order of their id: of those that are to come."""
    return _dated_agendas(session, _meetings(session, after, limit, clock.now(session)))


def _some_agendas(session: Session, subjects: Collection[str]) -> Mapping[str, Dated]:
    return {each.subject: each for each in _dated_agendas(session, _named(session, subjects))}


def _dated_agendas(session: Session, rows: Sequence[Meeting]) -> list[Dated]:
    chairs = _chairs(session, rows)
    ids = [row.id for row in rows]
    there = {id_ for some in chunks(ids) for id_ in session.scalars(select(AgendaItem.meeting).where(AgendaItem.meeting.in_(some)))}
    return [
        Dated(
            AGENDA, f"{AGENDA}:{row.id}", one_day(row), _over(session, row) or ("written" if row.id in there else None), chairs[row.group]
        )
        for row in rows
    ]


def _minutes(session: Session, after: str, limit: int) -> Sequence[Dated]:
    """The minutes of the meetings after one, in order of their id: of those that were held lately, or are to come."""
    return _dated_minutes(session, _meetings(session, after, limit, clock.now(session) - _BACK))


def _some_minutes(session: Session, subjects: Collection[str]) -> Mapping[str, Dated]:
    return {each.subject: each for each in _dated_minutes(session, _named(session, subjects))}


def _dated_minutes(session: Session, rows: Sequence[Meeting]) -> list[Dated]:
    """Due three days after the meeting, on a working day; there once they are circulated."""
    chairs, states = _chairs(session, rows), select(Minutes.meeting, Minutes.state).where(Minutes.state != "draft")
    ids = [row.id for row in rows]
    settled = {id_: state for some in chunks(ids) for id_, state in session.execute(states.where(Minutes.meeting.in_(some)))}
    return [
        Dated(MINUTES, f"{MINUTES}:{row.id}", _written_by(row), _cancelled(row) or settled.get(row.id), chairs[row.group]) for row in rows
    ]


def _papers(session: Session, after: str, limit: int) -> Sequence[Dated]:
    """Items after one, in order of their number: of meetings in person that are to come."""
    first = int(after.partition(":")[2] or 0)
    to_come = exists().where(Meeting.id == AgendaItem.meeting, Meeting.kind == IN_PERSON, _since(clock.now(session)))
    query = select(AgendaItem.id).where(AgendaItem.id > first, to_come).order_by(AgendaItem.id).limit(limit)
    return _dated_papers(session, session.scalars(query).all())


def _some_papers(session: Session, subjects: Collection[str]) -> Mapping[str, Dated]:
    return {each.subject: each for each in _dated_papers(session, _numbers(subjects))}


def _dated_papers(session: Session, ids: Iterable[int]) -> list[Dated]:
    found = items_by_id(session, set(ids))
    meetings = by_id(session, Meeting, {item.meeting for item in found.values()})
    dated: list[Dated] = []
    for id_, item in sorted(found.items()):
        row = meetings[item.meeting]
        elsewhere = None if row.kind == IN_PERSON else "teleconference"
        settled = elsewhere or _over(session, row) or (None if missing(item) else "given")
        dated.append(Dated(ITEM, f"{ITEM}:{id_}", of_month(row), settled, {OWNER: (item.owner.id,) if item.owner else ()}))
    return dated


def _meetings(session: Session, after: str, limit: int, since: datetime) -> Sequence[Meeting]:
    query = select(Meeting).where(Meeting.id > after.partition(":")[2], _since(since)).order_by(Meeting.id).limit(limit)
    return session.scalars(query).all()


def _since(moment: datetime) -> ColumnElement[bool]:
    """Meetings that begin after a moment; those whose hour is open, by their last day."""
    return (Meeting.starts_at > moment) | (Meeting.starts_at.is_(None) & (Meeting.__table__.c.held_last >= moment.date() - _DAY))


def _named(session: Session, subjects: Collection[str]) -> Sequence[Meeting]:
    ids = sorted({subject.partition(":")[2] for subject in subjects})
    return [row for some in chunks(ids) for row in session.scalars(select(Meeting).where(Meeting.id.in_(some)))]


def _numbers(subjects: Collection[str]) -> list[int]:
    return sorted({int(id_) for subject in subjects if (id_ := subject.partition(":")[2]).isdecimal()})


def _written_by(row: Meeting) -> date | None:
    """By when its minutes are to be circulated."""
    day = row.last_day or one_day(row)
    return working_day_after(day + _WRITTEN, FEDERAL) if day else None


def _cancelled(row: Meeting) -> str | None:
    return "cancelled" if row.state == "cancelled" else None


def _over(session: Session, row: Meeting) -> str | None:
    return _cancelled(row) or ("held" if is_over(session, row) else None)


def _chairs(session: Session, rows: Iterable[Meeting]) -> dict[str, dict[str, tuple[str, ...]]]:
    groups = {row.group for row in rows}
    held = [each for each in holders.of_groups(session, groups) if each.role in CHAIRS]
    return {group: {CHAIR: tuple(dict.fromkeys(each.person.id for each in held if each.group == group))} for group in groups}


def _names_of(prefix: str) -> Any:
    """What agendas and minutes are called: as their meeting."""

    def names(session: Session, subjects: Collection[str]) -> Mapping[str, Bilingual]:
        return {f"{prefix}:{each.id}": title(each) for each in load(session, _named(session, subjects), Actor(""))}

    return names


def _item_names(session: Session, subjects: Collection[str]) -> Mapping[str, Bilingual]:
    return {f"{ITEM}:{id_}": each.title for id_, each in items_by_id(session, set(_numbers(subjects))).items()}


AGENDAS: Final = Kind(AGENDA, Message("Agendas that are missing"), _agendas, _some_agendas, _names_of(AGENDA))
PAPERS: Final = Kind(ITEM, Message("Papers of meetings in person"), _papers, _some_papers, _item_names)
MINUTES_OWED: Final = Kind(MINUTES, Message("Minutes that are missing"), _minutes, _some_minutes, _names_of(MINUTES))
