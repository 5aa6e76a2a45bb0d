"""Meetings by when they are, for pages that everybody may read; and what stands on the agenda of one and was decided there."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from cadre.core.bilingual import Bilingual
from cadre.core.facts import of_row
from cadre.core.reader import Actor
from cadre.core.rows import chunks
from cadre.decisions.facts import DecisionFacts
from cadre.decisions.models import Decision
from cadre.decisions.service import PROVISIONAL
from cadre.groups.models import Group
from cadre.meetings import feeds, queries, reading
from cadre.meetings.models import AgendaItem, Meeting
from cadre.meetings.views import ItemKind, MeetingView

_DAY: Final = timedelta(days=1)
_M: Final = Meeting.__table__.c


@dataclass(frozen=True, slots=True)
class Item:
    """A line of an agenda as everybody may read it."""

    number: int
    kind: ItemKind
    title: Bilingual
    minutes: int | None
    paper: Bilingual | None


@dataclass(frozen=True, slots=True)
class Decided:
    """A meeting that decided something, and what of it somebody may know. ``withheld``: there is more, which is provisional still."""

    view: MeetingView
    decisions: tuple[DecisionFacts, ...]
    withheld: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """A group whose meetings can be looked at alone; ``council``: with those of the groups below it."""

    id: str
    name: Bilingual
    council: bool


def between(session: Session, first: date, last: date, seen_by: Actor) -> tuple[MeetingView, ...]:
    """All that are, or may be, on one of some days, those that were cancelled too. A day on either side, for zones elsewhere."""
    ends = or_(_M.held_last >= first - _DAY, _M.last_day >= first - _DAY)
    found = session.scalars(select(Meeting).where(_M.held_first <= last + _DAY, ends))
    return reading.load(session, sorted(found, key=queries.order), seen_by)


def month(session: Session, first: date, seen_by: Actor) -> tuple[MeetingView, ...]:
    """All of the month that begins with a day."""
    return between(session, first, first.replace(day=monthrange(first.year, first.month)[1]), seen_by)


def coming(session: Session, seen_by: Actor, groups: Collection[str] | None = None, series: int | None = None) -> tuple[MeetingView, ...]:
    """Those that are to come or go on, or those of a series, the next first; those that were cancelled too."""
    return reading.load(session, queries.coming_rows(session, *_of(groups, series)), seen_by)


def _of(groups: Collection[str] | None, series: int | None) -> Iterator[ColumnElement[bool]]:
    if groups is not None:
        yield Meeting.group.in_(groups)
    if series is not None:
        yield Meeting.series == series


def past(session: Session, seen_by: Actor, groups: Collection[str] | None = None, series: int | None = None) -> tuple[MeetingView, ...]:
    """Those that are over, or those of a series, the latest first."""
    return reading.load(session, queries.past_rows(session, *_of(groups, series)), seen_by)


def chosen(session: Session, group: str | None, council: str | None) -> frozenset[str] | None:
    """The groups whose meetings are wanted; None for all. Raises NotFound for a council that is none."""
    if council:
        feeds.require_council(session, council)
        return feeds.below(session, council)
    return frozenset({group}) if group else None


def choices(session: Session) -> tuple[Choice, ...]:
    """The groups that have meetings, and the councils that these are of."""
    rows = session.execute(select(Group.id, Group.kind, Group.__table__.c.name_en, Group.__table__.c.name_fr)).all()
    with_meetings = set(session.scalars(select(Meeting.group).distinct()))
    councils = [row for row in rows if row.kind in feeds.COUNCILS and feeds.below(session, row.id) & with_meetings]
    groups = [row for row in rows if row.id in with_meetings]
    return tuple(
        Choice(row.id, Bilingual(row.name_en, row.name_fr), council)
        for some, council in ((councils, True), (groups, False))
        for row in some
    )


def agenda(session: Session, meeting: str) -> tuple[Item, ...]:
    """What a meeting is about, in its order."""
    rows = session.scalars(select(AgendaItem).where(AgendaItem.meeting == meeting).order_by(AgendaItem.number, AgendaItem.id))
    return tuple(Item(row.number, row.kind, row.title, row.minutes, row.paper) for row in rows)  # type: ignore[arg-type]  # one of its words


def decided(session: Session, meetings: Iterable[str]) -> dict[str, list[tuple[Bilingual, bool]]]:
    """What meetings decided, by their records, and whether that is provisional still: then it is for those who were there."""
    found: dict[str, list[tuple[Bilingual, bool]]] = {}
    for some in chunks(meetings):
        for row in session.scalars(select(Decision).where(Decision.meeting.in_(some)).order_by(Decision.number, Decision.id)):
            found.setdefault(str(row.meeting), []).append((row.wording, row.state == PROVISIONAL))
    return found


def decisions(session: Session, seen_by: Actor) -> tuple[Decided, ...]:
    """All that meetings decided, the latest meeting first: what is provisional still for those who are invited or may arrange it."""
    taken: dict[str, list[DecisionFacts]] = {}
    for row in session.scalars(select(Decision).where(Decision.meeting.is_not(None)).order_by(Decision.number, Decision.id)):
        taken.setdefault(str(row.meeting), []).append(of_row(row, DecisionFacts))
    rows = [row for some in chunks(taken) for row in session.scalars(select(Meeting).where(Meeting.id.in_(some)))]
    views = reading.load(session, sorted(rows, key=queries.order, reverse=True), seen_by)
    return tuple(_decided(view, taken[view.id]) for view in views)


def _decided(view: MeetingView, taken: Sequence[DecisionFacts]) -> Decided:
    told = tuple(each for each in taken if view.inside or each.state != PROVISIONAL)
    return Decided(view, told, len(told) < len(taken))
