"""Series: their meetings are records of their own, made a while ahead; one may be skipped or moved, or all from one on changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice
from typing import Final, get_args

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core import changes, clock
from cadre.core.dates import PartialDate
from cadre.core.errors import Message
from cadre.meetings import rules, series
from cadre.meetings.models import Invitee, Meeting
from cadre.meetings.models import Series as SeriesRow
from cadre.meetings.records import ask_again, fill, raise_revision, touched
from cadre.meetings.series import Wall
from cadre.meetings.views import IN_PERSON, MeetingForm, Repeat, SeriesFacts

AHEAD: Final = timedelta(days=366)
"""How far ahead meetings of a series are made."""
_EVERY: Final = get_args(series.Every)
_MOST: Final = 52


def wrong(form: MeetingForm) -> dict[str, Message]:
    """What cannot be taken of how a meeting is to come again."""
    again = form.repeat
    if again is None:
        return {}
    if form.kind == IN_PERSON or form.day is None:
        return {"repeat": Message("Only teleconferences come again by themselves.")}
    found: dict[str, Message] = {}
    if again.every not in _EVERY or not 1 <= again.interval <= _MOST:
        found["interval"] = Message("Every so many weeks or months: from 1 to 52.")
    elif not series.begins_rightly(again.every, form.day):
        found["day"] = _BEGINS[again.every]
    if again.until and again.until < form.day:
        found["until"] = Message("The last day comes after the first.")
    return found


_BEGINS: Final = {
    "month_last": Message("The first one has to be on the last day of a month."),
    "month_weekday_last": Message("The first one has to be in the last week of a month."),
}


def of_form(form: MeetingForm) -> series.Series | None:
    """The rule by which what is typed comes again; None for one meeting, and while its day or time is open."""
    again = form.repeat
    if again is None or form.day is None or form.at is None:
        return None
    return series.Series(form.day, form.at, form.zone, again.every, again.interval, again.until)


def of_row(row: SeriesRow | SeriesFacts) -> series.Series:
    """The rule of a series, as data."""
    return series.Series(row.first, row.at, row.zone, row.every, row.interval, row.until)  # type: ignore[arg-type]  # one of its words


def begin(session: Session, row: Meeting, again: Repeat) -> None:
    """Make a series of a meeting, which is its first; all that come within a while are made, and the same people invited."""
    assert row.held
    assert row.at
    made = SeriesRow(group=row.group, title=row.title, first=row.held.first, at=row.at, zone=row.zone, minutes=row.minutes)
    made.every, made.interval, made.until = again.every, again.interval, again.until
    made.link, made.joining, made.state, made.made_to = row.link, row.joining, "going", row.held.first
    session.add(made)
    session.flush()
    row.series, row.occurrence = made.id, row.held.first
    _make(session, made, row, _reach(session, made.first))


def _reach(session: Session, first: date) -> date:
    return max(clock.today(session), first) + AHEAD


def extend(session: Session, day: date) -> None:
    """Make the meetings that have come within reach of a new day. Those who answered for the whole series have answered for them."""
    due = SeriesRow.state == "going", SeriesRow.made_to < day + AHEAD
    for each in session.scalars(select(SeriesRow).where(*due).order_by(SeriesRow.id).with_for_update()):
        last = session.scalar(select(Meeting).where(Meeting.series == each.id).order_by(Meeting.occurrence.desc()).limit(1))
        if last:
            _make(session, each, last, day + AHEAD)


def _make(session: Session, of: SeriesRow, like: Meeting, last: date) -> None:
    """The meetings of a series up to a day, with the invitations of one of them."""
    people = session.scalars(select(Invitee).where(Invitee.meeting == like.id).order_by(Invitee.id)).all()
    there = set(session.scalars(select(Meeting.occurrence).where(Meeting.series == of.id)))
    for day in series.days(of_row(of), of.made_to, last):
        if day not in there:
            _occurrence(session, of, like, day, people)
    of.made_to = max(of.made_to, last)
    session.flush()


def _occurrence(session: Session, of: SeriesRow, like: Meeting, day: date, people: Sequence[Invitee]) -> Meeting:
    row = Meeting(id=f"{of.id}-{day.isoformat()}", kind=like.kind, group=of.group, state="planned", revision=0, fold=0)
    row.series, row.occurrence, row.title, row.link, row.joining = of.id, day, of.title, of.link, of.joining
    row.made_by, row.changed_by, row.changed_at = like.made_by, changes.actor(session).label[:200], clock.now(session)
    place(row, of, day)
    session.add(row)
    session.flush()
    for each in people:
        fresh = Invitee(meeting=row.id, person=each.person, must=each.must, answer="", whole=each.whole, told_at=each.told_at)
        if each.whole:
            fresh.answer, fresh.answered_at, fresh.stands_in = each.answer, each.answered_at, each.stands_in
        session.add(fresh)
    touched(session, row)
    return row


def place(row: Meeting, of: SeriesRow, day: date) -> None:
    """Put a meeting where the rule of its series has it."""
    row.held, row.at, row.zone, row.minutes = PartialDate.parse(day.isoformat()), of.at, of.zone, of.minutes
    row.starts_at = rules.start(day, of.at, of.zone, None)


def coming(session: Session, row: Meeting) -> list[Meeting]:
    """A meeting of a series and those that come after it, but for those that were cancelled; their rows locked."""
    query = select(Meeting).where(Meeting.series == row.series, Meeting.occurrence >= row.occurrence, Meeting.state == "planned")
    return list(session.scalars(query.order_by(Meeting.occurrence).with_for_update().execution_options(populate_existing=True)))


def change_onwards(session: Session, row: Meeting, form: MeetingForm) -> None:
    """From one meeting of a series on, all are as the form says: the series ends before it, and another goes on.

    Meetings keep their answers and agendas in their order; where another rule gives fewer than before, the last ones are cancelled.
    """
    old, rows = session.get_one(SeriesRow, row.series), coming(session, row)
    again = form.repeat or Repeat(old.every, old.interval, old.until)  # type: ignore[arg-type]  # one of its words
    assert form.day
    assert form.at
    old.until = _last_before(old, row)
    old.state = "ended"
    old.revision += 1
    fresh = SeriesRow(group=old.group, first=form.day, at=form.at, zone=form.zone, minutes=form.minutes, made_to=form.day, state="going")
    fresh.every, fresh.interval, fresh.until = again.every, again.interval, again.until
    session.add(fresh)
    session.flush()
    days, last = _days(session, fresh, len(rows) if form.repeat is None else 0)
    for each in rows:  # out of the way of each other: the unique day of one may be another's a moment later
        each.series, each.occurrence = None, None
    session.flush()
    for each, day in zip(rows, days, strict=False):
        _become(session, each, fresh, form, day)
    fresh.title, fresh.link, fresh.joining = rows[0].title, rows[0].link, rows[0].joining
    for each in rows[len(days) :]:
        each.state = "cancelled"
        raise_revision(session, each)
        touched(session, each)
    session.flush()
    _make(session, fresh, rows[0], last)


def _days(session: Session, of: SeriesRow, many: int) -> tuple[list[date], date]:
    """The days of a series that are within reach, and the last day up to which they are. At least ``many``, for so many meetings are
    moved: where its end, or the reach, comes too early for them, it is put off, so that none is cancelled by being moved.
    """
    rule, last = of_row(of), _reach(session, of.first)
    days = list(series.days(rule, of.first, last))
    if len(days) < many:
        days = list(islice(series.days(replace(rule, until=None), of.first, date.max), many))
        of.until, last = of.until and max(of.until, days[-1]), max(last, days[-1])
    return days, last


def _become(session: Session, row: Meeting, of: SeriesRow, form: MeetingForm, day: date) -> None:
    before = (row.starts_at, row.minutes)
    fill(row, form)
    place(row, of, day)
    row.series, row.occurrence = of.id, day
    raise_revision(session, row)
    if (row.starts_at, row.minutes) != before:
        ask_again(session, row)
    touched(session, row)


def end(session: Session, row: Meeting) -> list[Meeting]:
    """From one meeting of a series on, none comes any more. Gives those that were cancelled."""
    of, rows = session.get_one(SeriesRow, row.series), coming(session, row)
    of.until, of.state = _last_before(of, row), "ended"
    for each in rows:
        each.state = "cancelled"
        raise_revision(session, each)
        touched(session, each)
    return rows


def _last_before(of: SeriesRow, row: Meeting) -> date:
    """The last day of a series before one of its meetings: a day that it comes on, which people are told; none, the day before."""
    assert row.occurrence
    before = row.occurrence - timedelta(days=1)
    return max(series.days(of_row(of), of.first, before), default=before)


def wall(row: Meeting) -> Wall | None:
    """A meeting as the wall shows it; None while its day or time is open."""
    return Wall(row.held.first, row.at) if row.held and row.at else None
