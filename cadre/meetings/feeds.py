"""What stands in which calendar: those that everybody may subscribe to, and one of each person's own, by a secret address."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any, Final, cast

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from cadre.core import changes, clock
from cadre.core.bilingual import Bilingual
from cadre.core.errors import Forbidden, NotFound
from cadre.core.models import Change
from cadre.core.reader import Actor
from cadre.core.rows import chunks
from cadre.groups.models import Group
from cadre.meetings.calendars import Entry, Guest, Shelf, Whole
from cadre.meetings.models import Feed, Invitee, Meeting, Series
from cadre.meetings.rights import may_arrange
from cadre.meetings.series import Series as Rule
from cadre.meetings.views import MEETING, Answer, Joining
from cadre.notices.recipients import recipients, secretariat_mailbox
from cadre.people.models import Person

BACK: Final = timedelta(days=366)
"""How far back calendars go."""
COUNCILS: Final = frozenset({"council", "joint_council"})
"""Kinds of group whose calendar holds those of the groups below them."""
_M: Final = Meeting.__table__.c
_S: Final = Series.__table__.c
_ENTRY: Final = (
    _M.id, _M.group, _M.title_en, _M.title_fr, _M.held_first, _M.at, _M.fold, _M.zone, _M.minutes, _M.starts_at, _M.last_day, _M.place_en,
    _M.place_fr, _M.link, _M.joining, _M.state, _M.reason_en, _M.reason_fr, _M.revision, _M.changed_at, _M.series, _M.occurrence,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Own:
    """A person's own calendar, as it is now. ``stamp``: another once anything of it is another."""

    person: str
    stamp: str


# -- the secret address


def make(session: Session) -> str:
    """A secret for the calendar of whoever acts, told this once: only its digest is kept. An earlier one opens nothing any more.

    Raises Forbidden for whoever is not in the registry.
    """
    person, token = _acting(session), secrets.token_urlsafe(32)
    # Of two who do it at once, the second waits, and finds the first's.
    session.get_one(Person, person, with_for_update={"key_share": True})
    found = session.get(Feed, person, with_for_update=True)
    if found is None:
        found = Feed(person=person)
        session.add(found)
    found.digest, found.made_at = _digest(token), clock.now(session)
    session.flush()
    return token


def revoke(session: Session) -> bool:
    """End the calendar of whoever acts; gives whether there was one. Raises Forbidden as ``make``."""
    found = session.get(Feed, _acting(session), with_for_update=True)
    if found is not None:
        session.delete(found)
        session.flush()
    return found is not None


def made_at(session: Session, seen_by: Actor) -> datetime | None:
    """When somebody made the calendar that they have; None where they have none."""
    return session.scalar(select(Feed.made_at).where(Feed.person == seen_by.person)) if seen_by.person else None


def opened(session: Session, token: str) -> Own:
    """Whose calendar a secret opens. Raises NotFound for one that opens none."""
    person = session.scalar(select(Feed.person).where(Feed.digest == _digest(token)))
    if person is None:
        raise NotFound("calendar")
    return Own(person, hashlib.sha256(repr(_invitations(session, person)).encode()).hexdigest())


def _acting(session: Session) -> str:
    person = changes.actor(session).person
    if person is None:
        raise Forbidden("known")
    return person


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _invitations(session: Session, person: str) -> list[tuple[str, Answer | None]]:
    """The meetings that somebody is asked to, and what they answered; in somebody's place: whether they agreed."""
    columns = Invitee.meeting, Invitee.person, Invitee.answer, Invitee.stand_in_agreed
    mine = select(*columns).where(or_(Invitee.person == person, Invitee.stands_in == person))
    found: dict[str, Answer] = {}
    for meeting, invited, answer, agreed in session.execute(mine.order_by(Invitee.meeting, Invitee.id)):
        if invited == person:
            found[meeting] = cast("Answer", answer)
        else:
            found.setdefault(meeting, "accepted" if agreed else "")
    return list(found.items())


# -- what stands in them


def everything(session: Session) -> Shelf:
    """All meetings, as everybody may know them."""
    return _shelf(session, _lately(session))


def of_group(session: Session, id_: str) -> tuple[Bilingual, Shelf]:
    """A group's name, and its meetings as everybody may know them. Raises NotFound."""
    return _group(session, id_).name, _shelf(session, _lately(session) & (_M.group == id_))


def of_council(session: Session, id_: str) -> tuple[Bilingual, Shelf]:
    """A council's name, and its meetings and those of all groups below it. Raises NotFound, also for a group that is no council."""
    found = require_council(session, id_)
    return found.name, _shelf(session, _lately(session) & _M.group.in_(below(session, id_)))


def require_council(session: Session, id_: str) -> Group:
    """A council by its id. Raises NotFound, also for a group that is none."""
    found = _group(session, id_)
    if found.kind not in COUNCILS:
        raise NotFound(id_)
    return found


def below(session: Session, council: str) -> frozenset[str]:
    """A council and all groups below it, however far."""
    rows = session.execute(select(Group.id, Group.owner, Group.parent)).all()
    found, fresh = frozenset[str](), frozenset({council})
    while fresh:
        found |= fresh
        fresh = frozenset(row.id for row in rows if {row.owner, row.parent} & fresh) - found
    return found


def of_person(session: Session, person: str) -> Shelf:
    """The meetings that somebody is asked to, with how to join."""
    answers = dict(_invitations(session, person))
    lately = _lately(session)
    found = [each for some in chunks(answers) for each in _rows(session, lately & _M.id.in_(some))]
    return _arranged(session, found, answers)


def of_meeting(session: Session, id_: str, person: str | None) -> tuple[Entry, Shelf, Guest | None]:
    """A meeting, with its series as far as somebody is asked to it; and them as a guest, where they are asked to it.

    Raises NotFound, also for a meeting whose day is not known.
    """
    answers = dict(_invitations(session, person)) if person else {}
    rows = _rows(session, (_M.id == id_) & (_M.held_first == _M.held_last))
    if not rows:
        raise NotFound(id_)
    invited = id_ in answers
    if rows[0].series:
        rows = _rows(session, _M.series == rows[0].series)
    actor = Actor("", person)
    sees = invited or bool(person and may_arrange(session, rows[0].group, actor))
    shown = [row for row in rows if row.id in answers] if invited else rows
    shelf = _arranged(session, shown, answers if invited else {row.id: None for row in rows} if sees else None)
    entry = next(each for each in shelf.entries if each.id == id_)
    return entry, shelf, guest(session, person, answers[id_]) if person and invited else None


def former_series(session: Session, id_: str) -> int | None:
    """The series that a meeting was of before its present one, which went on otherwise from it on; None where it was of none."""
    of = (Change.subject == MEETING, Change.subject_id == id_, Change.field == "series", Change.before.is_not(None))
    before = session.scalar(select(Change.before).where(*of).order_by(Change.id.desc()).limit(1))
    return int(before) if before else None


def of_series(session: Session, id_: int, person: str) -> Shelf:
    """What is left of a series for somebody, who is asked to its meetings; of one of which nothing is left, the series alone."""
    answers = dict(_invitations(session, person))
    rows = [row for row in _rows(session, _M.series == id_) if row.id in answers]
    return _arranged(session, rows, answers, [id_])


def guest(session: Session, person: str, answer: Answer | None = None) -> Guest | None:
    """Somebody as whom an invitation is for; None for whoever is not in the registry."""
    known = recipients(session, [person]).get(person)
    mailbox = secretariat_mailbox(session)
    return Guest(known.name, known.email, mailbox.split(",")[0] if mailbox else None, answer or "") if known else None


def _group(session: Session, id_: str) -> Group:
    found = session.get(Group, id_)
    if found is None:
        raise NotFound(id_)
    return found


def _lately(session: Session) -> ColumnElement[bool]:
    """Of a known day, and not too long ago; of a series that still comes, all, for its rule speaks of all."""
    since = clock.today(session) - BACK
    still = select(_M.series).where(_M.held_last >= since, _M.series.is_not(None))
    return (_M.held_first == _M.held_last) & or_(_M.held_last >= since, _M.series.in_(still))


def _rows(session: Session, where: ColumnElement[bool]) -> Sequence[Any]:
    return session.execute(select(*_ENTRY).where(where).order_by(_M.held_first, _M.starts_at, _M.id)).all()


def _shelf(session: Session, where: ColumnElement[bool]) -> Shelf:
    return _arranged(session, _rows(session, where), None)


def _arranged(session: Session, rows: Sequence[Any], answers: Mapping[str, Answer | None] | None, series: Iterable[int] = ()) -> Shelf:
    """``answers``: of the one whose calendar it is, who is told how to join; None for one that everybody reads. ``series``: that
    are told of though none of their meetings is.
    """
    names = {row.id: Bilingual(row.en, row.fr) for row in _names(session)}
    entries = [_entry(row, names[row.group], answers) for row in rows]
    of_series = sorted((each for each in entries if each.series), key=lambda each: (each.series, each.occurrence))
    meetings = {id_: list(found) for id_, found in groupby(of_series, key=lambda each: each.series)}
    wanted = [row for some in chunks({*meetings, *series}) for row in session.execute(select(Series.__table__).where(_S.id.in_(some)))]
    every = _last_made(session, [row.id for row in wanted]) if answers is not None else {}
    wholes = [_whole(row, names[row.group], meetings.get(row.id, []), every.get(row.id), open_=answers is not None) for row in wanted]
    return Shelf(tuple(entries), tuple(wholes))


def _names(session: Session) -> Iterable[Any]:
    columns = Group.__table__.c
    return session.execute(select(columns.id, columns.name_en.label("en"), columns.name_fr.label("fr")))


def _last_made(session: Session, series: Collection[int]) -> dict[int, str]:
    """The last meeting of each series that there is."""
    rows = select(_M.series, _M.id).where(_M.series.in_(series)).order_by(_M.series, _M.occurrence)
    return {row.series: row.id for row in session.execute(rows)}


def _entry(row: Any, group: Bilingual, answers: Mapping[str, Answer | None] | None) -> Entry:
    """By place, not by name, which takes twice as long."""
    (id_, _, title, titre, day, at, fold, zone, minutes, starts_at, last_day, place, lieu, link, text, state, reason, raison, *of) = row
    joining = Joining(link, text) if answers is not None and (link or text) else None
    answer = answers.get(id_) if answers is not None else None
    revision, changed_at, series, occurrence = of
    when = day, at, fold, zone, minutes, starts_at, last_day
    why, kept = _both(reason, raison), (revision, changed_at, series, occurrence)
    return Entry(id_, group, _both(title, titre), *when, _both(place, lieu), joining, state, why, *kept, answer)


def _both(en: str | None, fr: str | None) -> Bilingual | None:
    return Bilingual(en, fr) if en or fr else None


def _whole(row: Any, group: Bilingual, entries: Sequence[Entry], last: str | None, *, open_: bool) -> Whole:
    """A series, for somebody until the last meeting that they are asked to: of what comes later they are not told."""
    until, made_to = row.until, row.made_to
    if last and entries and last != entries[-1].id:
        until = made_to = entries[-1].occurrence
    answers = [each.answer for each in entries if each.state == "planned"]
    return Whole(
        row.id,
        Rule(row.first, row.at, row.zone, row.every, row.interval, until),
        made_to,
        row.minutes,
        group,
        _both(row.title_en, row.title_fr),
        Joining(row.link, row.joining) if open_ and (row.link or row.joining) else None,
        row.revision,
        max((each.changed_at for each in entries if each.changed_at), default=None),
        max(answers, key=answers.count, default=None),
    )
