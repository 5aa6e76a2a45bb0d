"""Series: their meetings are records of their own, made a while ahead; one may be skipped or moved, or all from one on changed."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice, pairwise
from typing import Any, Final, get_args

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core import changes, clock
from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.core.errors import Message
from cadre.core.typed import tidy
from cadre.meetings import rules, series
from cadre.meetings.facts import MeetingFacts
from cadre.meetings.models import Invitee, Meeting
from cadre.meetings.models import Series as SeriesRow
from cadre.meetings.records import ask_again, fill, is_over, raise_revision, touched
from cadre.meetings.series import Wall
from cadre.meetings.views import IN_PERSON, MeetingForm, Repeat, SeriesFacts

AHEAD: Final = timedelta(days=366)
"""How far ahead meetings of a series are made."""
_EVERY: Final = get_args(series.Every)
_MOST: Final = 52
_LOOKED_AT: Final = 8
"""Meetings of a series by which is known who is usually invited."""
_FAR: Final = date(9000, 1, 1)


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
    _make(session, made, [row], _reach(session, made.first))


def _reach(session: Session, first: date) -> date:
    return max(clock.today(session), first) + AHEAD


def extend(session: Session, day: date) -> None:
    """Make the meetings that have come within reach of a new day. Those who answered for the whole series have answered for them."""
    due = SeriesRow.state == "going", SeriesRow.made_to < day + AHEAD
    for each in session.scalars(select(SeriesRow).where(*due).order_by(SeriesRow.id).with_for_update()):
        latest = select(Meeting).where(Meeting.series == each.id).order_by(Meeting.state == "cancelled", Meeting.occurrence.desc())
        if rows := session.scalars(latest.limit(_LOOKED_AT)).all():
            _make(session, each, rows, day + AHEAD)


def _make(session: Session, of: SeriesRow, like: Sequence[Meeting], last: date) -> None:
    """The meetings of a series up to a day, with the invitations that are usual in some of them, the latest first."""
    people = _usual(session, like)
    there = set(session.scalars(select(Meeting.occurrence).where(Meeting.series == of.id)))
    for day in series.days(of_row(of), of.made_to, last):
        if day not in there:
            _occurrence(session, of, like[0], day, people)
    of.made_to = max(of.made_to, last)
    session.flush()


def _usual(session: Session, like: Sequence[Meeting]) -> list[Invitee]:
    """The invitations to the first of some meetings to which the same people are invited as to the one before it: who was added to one
    alone, or taken off it, is not so of those to come. An answer for the whole series holds, where one meeting was moved since.
    """
    found: dict[str, dict[str, Invitee]] = {row.id: {} for row in like}
    for each in session.scalars(select(Invitee).where(Invitee.meeting.in_(found)).order_by(Invitee.id)):
        found[each.meeting][each.person] = each
    all_ = list(found.values())
    usual = next((own for own, before in pairwise(all_) if own.keys() == before.keys()), all_[0])
    return [next((own[person] for own in all_ if person in own and own[person].whole), each) for person, each in usual.items()]


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
            fresh.answer, fresh.answered_at = each.answer, each.answered_at
        session.add(fresh)
    touched(session, row)
    return row


def place(row: Meeting, of: SeriesRow, day: date) -> None:
    """Put a meeting where the rule of its series has it."""
    row.held, row.at, row.zone, row.minutes = PartialDate.parse(day.isoformat()), of.at, of.zone, of.minutes
    row.starts_at = rules.start(day, of.at, of.zone, None)


def coming(session: Session, row: Meeting) -> list[Meeting]:
    """A meeting of a series and those that come after it, but for those that were cancelled or are over; their rows locked, and that of
    the series before them, so that none is made meanwhile.
    """
    session.get_one(SeriesRow, row.series, with_for_update=True, populate_existing=True)
    return [each for each in _from(session, row) if each.state == "planned" and not is_over(session, each)]


def _from(session: Session, row: Meeting) -> list[Meeting]:
    query = select(Meeting).where(Meeting.series == row.series, Meeting.occurrence >= row.occurrence)
    locked = query.order_by(Meeting.occurrence).with_for_update(key_share=True)
    return list(session.scalars(locked.execution_options(populate_existing=True)))


def from_here(form: MeetingForm, known: SeriesRow | SeriesFacts, stands: Meeting | MeetingFacts, occurrence: date) -> MeetingForm:
    """A form of one meeting of a series as that of all from it on: a day and a time that were not touched are those of the rule, also
    where this one was moved alone. ``stands``: the meeting as it is; ``occurrence``: its day by the rule.

    Moved to another day, the series has as many meetings to come as before, and does not end sooner.
    """
    kept = _untouched(form, stands)
    every, until = known.every, known.until
    if "day" in kept:  # of a fifth weekday, which is the last: the meeting from which it goes on may be the fourth of its month
        every = "month_weekday_last" if every == "month_weekday" and series.is_last(every, known.first) else every
    elif until and form.day:
        left = sum(1 for _ in series.days(of_row(known), occurrence, until))
        new = series.Series(form.day, known.at, known.zone, every, known.interval)  # type: ignore[arg-type]  # one of its words
        until = max([until, *islice(series.days(new, form.day, _FAR), left)])
    own: dict[str, Any] = {"day": occurrence, "at": known.at, "zone": known.zone, "minutes": known.minutes}
    rule = form.repeat or Repeat(every, known.interval, until)  # type: ignore[arg-type]  # one of its words
    return replace(form, fold=None, repeat=rule, **{name: value for name, value in own.items() if name in kept})


def _untouched(form: MeetingForm, stands: Meeting | MeetingFacts) -> frozenset[str]:
    """What a form leaves of when a meeting is. A time is one with the zone whose clock shows it."""
    found: set[str] = set()
    if form.repeat is None and stands.held and form.day == stands.held.first:
        found.add("day")
    if (form.at, form.zone) == (stands.at, stands.zone):
        found |= {"at", "zone"}
    return frozenset(found | ({"minutes"} if form.minutes == stands.minutes else set()))


def change_onwards(session: Session, row: Meeting, form: MeetingForm) -> bool:
    """From one meeting of a series on, all are as the form says: the series ends before it, and another goes on. Gives whether there was
    anything to change.

    What the form leaves as the meeting has it, each keeps as it is. Meetings keep their agendas in their order, and their answers where
    their time stays; those that were skipped stay so. Where there are fewer than before, the last ones are cancelled.
    """
    old, rows = session.get_one(SeriesRow, row.series), _from(session, row)
    assert row.occurrence
    kept = _untouched(form, row) | {name for name, value in _texts(row).items() if tidy(getattr(form, name)) == value}
    if form.repeat is None and kept >= {"day", "at", "minutes", *_texts(row)}:
        return False
    whole = from_here(form, old, row, row.occurrence)
    fresh = _go_on(session, old, row, whole)
    days = list(islice(series.days(of_row(fresh), fresh.first, _FAR), len(rows)))
    if "day" in kept:
        days = [each.occurrence for each in rows if each.occurrence]
    for each in rows:  # out of the way of each other: the unique day of one may be another's a moment later
        each.series, each.occurrence = None, None
    session.flush()
    for each, day in zip(rows, days, strict=False):
        _become(session, each, fresh, whole if each is not row else replace(whole, fold=form.fold), day, kept=kept)
    fresh.title = old.title if {"title_en", "title_fr"} <= kept else row.title
    fresh.link, fresh.joining = old.link if "link" in kept else row.link, old.joining if "joining" in kept else row.joining
    for each in rows[len(days) :]:
        if each.state == "planned":
            _called_off(session, each)
    session.flush()
    planned = [each for each in reversed(rows) if each.state == "planned"]
    _make(session, fresh, planned[:_LOOKED_AT], max(days[-1], _reach(session, fresh.first)))
    return True


def _go_on(session: Session, old: SeriesRow, row: Meeting, whole: MeetingForm) -> SeriesRow:
    """End a series before one of its meetings, and begin another as a form has it."""
    assert whole.day
    assert whole.at
    assert whole.repeat
    old.until, old.state = _last_before(old, row), "ended"
    old.revision += 1
    fresh = SeriesRow(group=old.group, first=whole.day, at=whole.at, zone=whole.zone, minutes=whole.minutes, made_to=whole.day)
    fresh.every, fresh.interval, fresh.until = whole.repeat.every, whole.repeat.interval, whole.repeat.until
    fresh.state = "going"
    session.add(fresh)
    session.flush()
    return fresh


def _texts(row: Meeting) -> dict[str, str]:
    """What stands in the form of a meeting of a series, besides when it is."""
    title = row.title or Bilingual(None, None)
    return {"title_en": title.en or "", "title_fr": title.fr or "", "link": row.link or "", "joining": row.joining or ""}


def _become(session: Session, row: Meeting, of: SeriesRow, form: MeetingForm, day: date, *, kept: Set[str]) -> None:
    """One meeting of a series that goes on as a form says, but for what it keeps of its own. What is over, or was skipped, stays so."""
    before = (row.starts_at, row.minutes)
    row.series, row.occurrence = of.id, day
    if is_over(session, row):
        return
    stood = {"day": row.held and row.held.first, "at": row.at, "zone": row.zone, "minutes": row.minutes, **_texts(row)}
    own: dict[str, Any] = {"day": day} | {name: value for name, value in stood.items() if name in kept}
    fill(row, replace(form, fold=row.fold if {"day", "at"} <= kept else form.fold, **own))
    if row.state == "planned":
        raise_revision(session, row)
        if (row.starts_at, row.minutes) != before:
            ask_again(session, row)
        touched(session, row)


def _called_off(session: Session, row: Meeting) -> None:
    row.state = "cancelled"
    raise_revision(session, row)
    touched(session, row)


def end(session: Session, row: Meeting) -> list[Meeting]:
    """From one meeting of a series on, none comes any more. Gives those that were cancelled."""
    of, rows = session.get_one(SeriesRow, row.series), coming(session, row)
    of.until, of.state = _last_before(of, row), "ended"
    for each in rows:
        _called_off(session, each)
    return rows


def _last_before(of: SeriesRow, row: Meeting) -> date:
    """The last day of a series before one of its meetings: a day that it comes on, which people are told; none, the day before."""
    assert row.occurrence
    before = row.occurrence - timedelta(days=1)
    return max(series.days(of_row(of), of.first, before), default=before)


def wall(row: Meeting) -> Wall | None:
    """A meeting as the wall shows it; None while its day or time is open."""
    return Wall(row.held.first, row.at) if row.held and row.at else None
