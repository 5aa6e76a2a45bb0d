"""Minutes that wait to be approved: the next meeting of their group puts them on its agenda."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core.bilingual import Bilingual
from cadre.core.i18n import LANGUAGES, LOCALES
from cadre.core.reader import DEFAULT_ZONE, Reader
from cadre.groups.models import Group
from cadre.meetings import queries, wording
from cadre.meetings.facts import MeetingFacts
from cadre.meetings.models import Meeting, Minutes
from cadre.meetings.reading import meeting_facts


def unapproved(session: Session, row: Meeting) -> tuple[MeetingFacts, ...]:
    """The earlier meetings of the group whose minutes were circulated and not approved yet, the earliest first."""
    of_group = Meeting.group == row.group, Meeting.state == "planned"
    query = select(Meeting).join(Minutes, Minutes.meeting == Meeting.id).where(*of_group, Minutes.state == "circulated")
    return tuple(meeting_facts(each) for each in sorted(session.scalars(query), key=queries.order) if is_before(each, row))


def is_before(row: Meeting, other: Meeting) -> bool:
    """Whether a meeting is before another for certain: where the time of either is not known, by all days that they may be on."""
    if row.starts_at and other.starts_at:
        return row.starts_at < other.starts_at
    return row.held is not None and other.held is not None and row.held.last < other.held.first


def states(session: Session, meetings: Collection[str]) -> Mapping[str, str]:
    """How far the minutes of some meetings are."""
    query = select(Minutes.meeting, Minutes.state).where(Minutes.meeting.in_(meetings))
    return {meeting: state for meeting, state in session.execute(query)} if meetings else {}  # noqa: C416  # dict() takes no rows


def heading(session: Session, facts: MeetingFacts) -> Bilingual:
    """What an item is called that is to approve the minutes of a meeting."""
    name = facts.title or session.get_one(Group, facts.group).name
    english, french = (_heading(name, facts, Reader(LOCALES[language], facts.zone or DEFAULT_ZONE)) for language in LANGUAGES)
    return Bilingual(english, french)


def _heading(name: Bilingual, facts: MeetingFacts, reader: Reader) -> str:
    day = wording.day(facts, reader)
    return reader.gettext("Approve the minutes of {day} ({meeting})", day=day, meeting=name.for_(reader))
