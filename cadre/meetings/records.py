"""The records of meetings and invitations: made, filled, asked again, and told of. Rights are checked by whoever calls."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core import changes, clock
from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate, Precision
from cadre.core.reader import DEFAULT_ZONE, named
from cadre.core.typed import replaced, tidy
from cadre.meetings import rules
from cadre.meetings.facts import MeetingFacts
from cadre.meetings.models import Invitee, Meeting, Series
from cadre.meetings.views import AGENDA, IN_PERSON, MEETING, MINUTES, MeetingForm
from cadre.notices.service import RENEWED, announce, touch
from cadre.people.models import Person

SHOWN: Final = ("title", "held", "at", "fold", "zone", "minutes", "last_day", "place", "link", "joining")
"""What calendars and invitations show of a meeting: a change of any of it raises its revision, and is told."""
TIMES: Final = frozenset({"held", "at", "fold", "zone", "minutes", "last_day"})
"""Changes after which people are asked again whether they come."""
_IN_TIME: Final = timedelta(hours=1)
_ASK: Final = frozenset({"meeting_invited", "meeting_changed", "meeting_shifted"})
"""Word that asks whether people come: of several about one meeting, the last has the buttons."""


def new_row(session: Session, form: MeetingForm) -> Meeting:
    """A meeting as it was typed, nobody invited yet."""
    now, by = clock.now(session), changes.actor(session).label[:200]
    row = Meeting(id=secrets.token_hex(6), kind=form.kind, group=form.group, state="planned", revision=0, changed_at=now, changed_by=by)
    row.made_by = by
    fill(row, form)
    session.add(row)
    session.flush()
    return row


def fill(row: Meeting, form: MeetingForm) -> None:
    """What was typed, into a row. ``starts_at`` follows from it."""
    row.title = replaced(row.title, tidy(form.title_en), tidy(form.title_fr))
    row.place = replaced(row.place, tidy(form.place_en), tidy(form.place_fr))
    row.jurisdiction, row.last_day = form.jurisdiction, form.last_day if form.day else None
    row.link, row.joining = tidy(form.link) or None, tidy(form.joining) or None
    fixed = form.day is not None and form.at is not None
    row.held = PartialDate.parse(form.day.isoformat()) if form.day else form.month
    row.at, row.minutes = (form.at, form.minutes) if fixed else (None, None)
    row.zone = form.zone if fixed or form.kind == IN_PERSON else None  # whose clocks count is known before the days are
    row.fold = (form.fold or 0) if fixed else 0
    row.starts_at = rules.start(form.day, form.at, form.zone, form.fold) if form.day and form.at else None


def invite(session: Session, row: Meeting, people: Mapping[str, bool]) -> list[str]:
    """Add invitations for those who have none yet; gives who they are."""
    there = set(session.scalars(select(Invitee.person).where(Invitee.meeting == row.id)))
    fresh = [person for person in people if person not in there]
    now = clock.now(session)
    session.add_all([Invitee(meeting=row.id, person=person, must=people[person], answer="", told_at=now) for person in fresh])
    session.flush()
    return fresh


def raise_revision(session: Session, row: Meeting) -> None:
    """Calendars and windows know by it that the meeting is another than they have; calendars also that its series is."""
    session.flush()
    row.revision += 1
    if row.series:
        session.get_one(Series, row.series, with_for_update=True).revision += 1
    row.changed_at, row.changed_by = clock.now(session), changes.actor(session).label[:200]
    session.flush()


def accept_own(session: Session, row: Meeting, *, whole: bool = False) -> None:
    """Whoever arranges a meeting to which they are invited comes themselves. ``whole``: to all of its series."""
    own = Invitee.meeting == row.id, Invitee.person == changes.actor(session).person
    for each in session.scalars(select(Invitee).where(*own)):
        each.answer, each.whole, each.answered_at = "accepted", whole, clock.now(session)
    session.flush()


def standing_in(session: Session, row: Meeting) -> dict[str, list[str]]:
    """Who is to come in somebody's place, and the names of those in whose place."""
    query = select(Invitee.stands_in, Person.name).join(Person, Person.id == Invitee.person)
    found: dict[str, list[str]] = {}
    for other, name in session.execute(query.where(Invitee.meeting == row.id).order_by(Person.name)):
        if other:
            found.setdefault(other, []).append(name)
    return found


def answered(session: Session, rows: Iterable[Meeting]) -> dict[tuple[str, str], str | None]:
    """Who answered, by meeting and person, and the name of whoever is to come in their place."""
    columns = select(Invitee.meeting, Invitee.person, Person.name).outerjoin(Person, Person.id == Invitee.stands_in)
    given = columns.where(Invitee.meeting.in_([row.id for row in rows]), Invitee.answer != "")
    return {(meeting, person): other for meeting, person, other in session.execute(given.order_by(Invitee.id))}


def ask_again(session: Session, row: Meeting) -> None:
    """Nobody has said yet whether they come at the new time, but for whoever chose it."""
    for each in session.scalars(select(Invitee).where(Invitee.meeting == row.id)):
        each.answer, each.whole, each.answered_at, each.stands_in, each.stand_in_agreed = "", False, None, None, False
        each.recorded_by = each.said_by = each.way = None
        each.told_at = clock.now(session)
    accept_own(session, row)


def is_over(session: Session, row: Meeting | MeetingFacts) -> bool:
    """Whether a meeting lies in the past: begun where its time is known, else by its day."""
    if row.starts_at:
        return row.starts_at <= clock.now(session)
    return row.held is not None and row.held.last < clock.today(session, row.zone or DEFAULT_ZONE)


def one_day(row: Meeting) -> date | None:
    """The day of a meeting, as the wall there has it; None while none is fixed."""
    return row.held.first if row.held and row.held.first == row.held.last else None


def of_month(row: Meeting) -> date | None:
    """The same; where only the month is fixed, its first day: what is to be done before the meeting is done by then."""
    return row.held.first if row.held and row.held.precision is not Precision.YEAR else None


def tell(
    session: Session,
    row: Meeting,
    kind: str,
    detail: Mapping[str, Any] | None = None,
    *,
    only: Iterable[str] | None = None,
    besides: Iterable[str] = (),
    own: Mapping[str, Mapping[str, Any]] | None = None,
) -> list[str]:
    """Word to those who are invited (``only``: to some, ``besides``: not to these), each once: not to whoever does it. Gives to whom.
    ``own``: what some of them are told besides, each of themselves.

    Where their hours begin too late to hear of it before the meeting would begin, or would have, they hear at once.
    """
    actor, without = changes.actor(session), set(besides)
    if only is None:
        only = [
            person
            for each in session.scalars(select(Invitee).where(Invitee.meeting == row.id).order_by(Invitee.id))
            for person in (each.person, each.stands_in)
            if person
        ]
    whom = [person for person in dict.fromkeys(only) if person not in without and person != actor.person]
    if whom:
        told = {"by": named(actor.label), **_as_it_is(row, kind), **(detail or {})}
        before = _too_late(session, row, told.get("was"))
        for theirs, people in _alike(whom, own or {}):
            announce(session, kind, f"{MEETING}:{row.id}", people, {**told, **theirs}, before=before)
    touched(session, row)
    return whom


def _alike(people: Iterable[str], own: Mapping[str, Mapping[str, Any]]) -> list[tuple[Mapping[str, Any], list[str]]]:
    """People by what each is told of themselves: those who are told the same together."""
    found: list[tuple[Mapping[str, Any], list[str]]] = []
    for person in people:
        theirs = own.get(person, {})
        same = next((whom for known, whom in found if known == theirs), None)
        if same is None:
            found.append((theirs, [person]))
        else:
            same.append(person)
    return found


def _too_late(session: Session, row: Meeting, was: Any) -> datetime | None:
    """By when something of a meeting must be known: an hour before it begins, or would have begun; None where both lie behind."""
    before = was if isinstance(was, dict) else {}
    held, at, zone = before.get("held", plain(row.held)), before.get("at", plain(row.at)), before.get("zone", row.zone)
    moments = [row.starts_at]
    if at and zone and held and (day := PartialDate.parse(held)).precision is Precision.DAY:
        moments.append(rules.start(day.first, time.fromisoformat(at), zone, None))
    return min((each - _IN_TIME for each in moments if each and each > clock.now(session)), default=None)


def _as_it_is(row: Meeting, kind: str) -> dict[str, Any]:
    """What word of a meeting keeps of it, so that a message which is drawn anew after the next change still says what it told."""
    when = {name: plain(getattr(row, name)) for name in ("held", "at", "zone", "starts_at", "last_day")}
    return {"now": when, "why": plain(row.reason), "revision": row.revision} | ({RENEWED: True} if kind in _ASK else {})


def plain(value: Any) -> Any:
    """A value as a notice keeps it."""
    if isinstance(value, Bilingual):
        return {"en": value.en, "fr": value.fr}
    if isinstance(value, PartialDate):
        return value.text
    return value if value is None or isinstance(value, int | str) else value.isoformat()


def touched(session: Session, row: Meeting) -> None:
    """Whatever tells of a meeting is planned and drawn anew: of the meeting itself, its agenda and its minutes."""
    for what in (MEETING, AGENDA, MINUTES):
        touch(session, what, f"{what}:{row.id}")
