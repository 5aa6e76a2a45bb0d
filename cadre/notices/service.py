"""What areas and people do with notices: say that something changed, announce, put off, choose, pause."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from cadre.core import changes, clock
from cadre.core.bilingual import Bilingual
from cadre.core.errors import Forbidden, Invalid, Message, NotFound
from cadre.core.rows import chunks, found_or_added
from cadre.notices.models import Delivery, Notice, Pause, Planning, Preference, Snooze, Touched
from cadre.notices.recipients import recipients
from cadre.notices.rules import AT_ONCE, Kind, Manner, Recipient, free_day, proper
from cadre.people import service as people
from cadre.people.service import require_secretariat

__all__ = [
    "Counts",
    "announce",
    "announce_each",
    "announce_last",
    "choose",
    "counts",
    "pause",
    "preference",
    "require_secretariat",
    "secretariat",
    "snooze",
    "tell",
    "touch",
    "unpause",
]

PLANNING_ROW: Final = 1
LONGEST: Final = 3000
CORRECTED: Final = timedelta(minutes=5)
"""How long whoever moved something has to correct themselves before others are told."""
JOINED: Final = "joined"
"""In the detail of announcements that stand in one message, whatever else each of them says."""
RENEWED: Final = "renewed"
"""In the detail of announcements of which a later one about the same takes the buttons over, as a later reminder does."""
WHILE_LATE: Final = "while_late"
"""In the detail of announcements that are sent only to whom something concerns that is late still: of which kind that is."""
RHYTHMS: Final = ("weekly", "daily", "at_once")
WAYS: Final = ("slack", "email", "both")


def touch(session: Session, kind: str, subject: str) -> None:
    """Something about a subject changed: its notices are planned anew, and the messages and posts that tell of it drawn anew.

    Only noted here, once for a transaction: whoever plans does both (``cadre.notices.redraws``). To look for messages, and to lock them,
    would have everybody who clicks wait for each other.
    """
    session.info.setdefault("touched", {})[kind, subject] = None
    changes.at_end(session, "touch", _note)


def _note(session: Session) -> None:
    session.execute(insert(Touched), [{"kind": kind, "subject": subject} for kind, subject in session.info.pop("touched", {})])


def announce(
    session: Session,
    kind: str,
    subject: str,
    persons: Iterable[str],
    detail: Mapping[str, Any] | None = None,
    *,
    before: datetime | None = None,
) -> None:
    """Tell people at once of something that happened; outside their working hours, as soon as these begin. Never put into a digest.

    ``before``: by when it must be known; whoever's hours begin later is told at once all the same.
    """
    _add(session, kind, _each(persons, subject), "announcement", detail, before=before)


def told_last(session: Session, kinds: Collection[str], subjects: Collection[str]) -> dict[str, dict[str, datetime]]:
    """By subject, when each person was, or will be, told last by one of some kinds of announcement."""
    found: dict[str, dict[str, datetime]] = {}
    for some in chunks(subjects):
        query = select(Notice.subject, Notice.person, func.max(Notice.at)).where(Notice.kind.in_(kinds), Notice.subject.in_(some))
        told = query.where(Notice.state != "skipped").group_by(Notice.subject, Notice.person)
        for subject, person, at in session.execute(told):
            found.setdefault(subject, {})[person] = at
    return found


def about(row: Notice | Any) -> str:
    """The kind of thing that a notice tells of: of one that says that something was moved, or that is sent while something is late, that
    thing itself.
    """
    said = json.loads(row.detail) if row.detail and row.manner in AT_ONCE else {}
    return str(said.get(WHILE_LATE) or (row.subject.partition(":")[0] if JOINED in said else row.kind))


def secretariat(session: Session) -> tuple[str, ...]:
    """Those who act for the secretariat now, by their record."""
    return people.secretariat_people(session)


def tell(
    session: Session, kind: str, subject: str, persons: Iterable[str], *, manner: Manner, detail: Mapping[str, Any] | None = None
) -> None:
    """The same in any manner: with ``digest`` it waits for the one message of the day."""
    _add(session, kind, _each(persons, subject), manner, detail)


def announce_each(session: Session, kind: str, told: Iterable[tuple[str, str]], detail: Mapping[str, Any] | None = None) -> None:
    """Announce to many people at once, to each of something of their own: person and subject."""
    _add(session, kind, tuple(told), "announcement", detail)


def announce_last(session: Session, kind: str, subject: str, persons: Iterable[str], detail: Mapping[str, Any]) -> None:
    """Announce what something was moved ``from`` and ``to``, some minutes later: who moves it again by then corrects themselves, and only
    the last state is told, in one message with whatever else of this kind there is by then; nothing at all where it is as before.
    """
    session.flush()
    later = (clock.now(session) + CORRECTED + timedelta(minutes=1)).replace(second=0, microsecond=0)  # all of one act at one moment
    same = (Notice.kind == kind) & (Notice.subject == subject) & (Notice.state == "planned")
    for person in dict.fromkeys(persons):
        unsent = session.scalars(select(Notice).where(same, Notice.person == person).order_by(Notice.id).with_for_update()).all()
        first = json.loads(unsent[0].detail or "{}").get("from", detail["from"]) if unsent else detail["from"]
        for row in unsent:
            row.state, row.reason, row.settled_at = "skipped", "superseded", clock.now(session)
        if first != detail["to"]:
            _add(session, kind, ((person, subject),), "announcement", {**detail, "from": first, JOINED: True}, since=later)


def _each(persons: Iterable[str], subject: str) -> tuple[tuple[str, str], ...]:
    return tuple((person, subject) for person in dict.fromkeys(persons))


def _add(
    session: Session,
    kind: str,
    told: Collection[tuple[str, str]],
    manner: Manner,
    detail: Mapping[str, Any] | None,
    *,
    since: datetime | None = None,
    before: datetime | None = None,
) -> None:
    session.flush()
    now = clock.now(session)
    day = clock.today(session)
    known = recipients(session, {person for person, _subject in told})
    stamp = f"{now:%H%M%S%f}"
    for person, subject in told:
        at = proper(since or now, known[person]) if person in known and manner != "prompt" else now
        waits = before is None or at < before
        session.add(
            Notice(
                key=f"{subject}:{day.isoformat()}:{kind}-{stamp}:{person}",
                kind=kind,
                subject=subject,
                occurrence=day,
                rung=kind,
                person=person,
                manner=manner if waits else "prompt",
                on=day,
                at=at if waits else now,
                detail=json.dumps(detail, ensure_ascii=False) if detail else None,
            )
        )


@dataclass(frozen=True, slots=True)
class Snoozed:
    """On which day somebody is told again, and of what; ``due``: the due day, where that comes before and is told all the same."""

    day: date
    due: date | None
    name: Bilingual | None = None


def snooze(session: Session, notice: int, until: date, kinds: Mapping[str, Kind], *, before: date | None = None) -> Snoozed:
    """Tell the acting person of something again on a day, and not before: until its due day is another. Gives the day: a working one.

    ``before``: the day on which what it is about passes, after which there is nothing to be told. Raises NotFound for somebody else's
    notice, Invalid for a day that is not in the future, lies over a year ahead, or is too late.
    """
    found = session.get(Notice, notice)
    actor = changes.actor(session).person
    if found is None or found.person != actor:
        raise NotFound(str(notice))
    today = clock.today(session, _of(session, actor).zone)
    if not today < until <= today + timedelta(days=366):
        raise Invalid(until=Message("Choose a day after today, within a year."))
    day = free_day(until, _of(session, actor))
    if before and day >= before:
        raise Invalid(until=Message("By then it is over: choose an earlier day."))
    kind = kinds.get(about(found))
    dated = kind.some(session, [found.subject]).get(found.subject) if kind else None
    due = dated.due if dated and dated.due else found.occurrence
    same = select(Snooze).where(Snooze.subject == found.subject, Snooze.occurrence == due, Snooze.person == actor)
    row = found_or_added(session, same, Snooze(subject=found.subject, occurrence=due, person=actor, until=day))
    row.until = day
    touch(session, about(found), found.subject)
    name = kind.names(session, [found.subject]).get(found.subject) if kind else None
    return Snoozed(day, due if today < due < day else None, name)


def _of(session: Session, person: str) -> Recipient:
    return recipients(session, [person]).get(person) or Recipient(person)


def preference(session: Session, person: str) -> Recipient:
    """How somebody is reached, their own choices included."""
    return _of(session, person)


def choose(session: Session, *, rhythm: str, opens: int, closes: int, off: Iterable[str], way: str) -> None:
    """The acting person's own choices, but for the language, which ``people`` keeps.

    Raises Forbidden without a record, Invalid for what cannot be chosen.
    """
    person = changes.actor(session).person
    if person is None:
        raise Forbidden("known")
    if rhythm not in RHYTHMS or way not in WAYS:
        raise Invalid(rhythm=Message("Choose one of those offered."))
    if not 0 <= opens < closes <= 24 * 60 or closes - opens < 60:
        raise Invalid(closes=Message("The day must end an hour after it begins, or later."))
    row = found_or_added(session, select(Preference).where(Preference.person == person), Preference(person=person))
    row.rhythm, row.opens, row.closes, row.way = rhythm, opens, closes, way
    row.off, row.language = " ".join(sorted(off)), None
    plan_anew(session)


def pause(
    session: Session, jurisdiction: str | None, first: date, last: date, reason: tuple[str, str], *, view_id: str | None = None
) -> int:
    """Send a jurisdiction (None: nobody at all) no reminders on some days. ``reason``: in English and French, one of them at least.

    Raises Forbidden for anyone but the secretariat, Invalid for days in the past, the wrong way round, or over half a year.
    """
    require_secretariat(session)
    same = session.scalar(select(Pause.id).where(Pause.view_id == view_id)) if view_id else None
    if same:
        return same
    english, french = require_pause(session, first, last, reason)
    made = Pause(jurisdiction=jurisdiction, first=first, last=last, reason=Bilingual(english or None, french or None), view_id=view_id)
    session.add(made)
    plan_anew(session)
    session.flush()
    return made.id


def require_pause(session: Session, first: date, last: date, reason: tuple[str, str]) -> tuple[str, str]:
    """The reason of a pause as it is kept, where the pause can be set. Raises Invalid as ``pause``."""
    english, french = (text.strip()[:LONGEST] for text in reason)
    wrong: dict[str, Message] = {}
    if last < clock.today(session):
        wrong["last"] = Message("This day is past.")
    elif not first <= last <= first + timedelta(days=183):
        wrong["last"] = Message("The last day comes after the first, within half a year.")
    if not (english or french):
        wrong["reason_en"] = Message("Say why, in one language at least.")
    if wrong:
        raise Invalid(**wrong)
    return english, french


def unpause(session: Session, pause_id: int) -> None:
    """End a pause, or take it back. Raises Forbidden for anyone but the secretariat, NotFound."""
    require_secretariat(session)
    found = session.get(Pause, pause_id)
    if found is None:
        raise NotFound(str(pause_id))
    session.delete(found)
    plan_anew(session)


def plan_anew(session: Session) -> None:
    """Something changed that concerns all notices: the next round plans every subject."""
    row = session.get(Planning, PLANNING_ROW)
    if row:
        row.day = None


@dataclass(frozen=True, slots=True)
class Counts:
    """How notices stand. ``lag_seconds``: how long the one that waits longest could have been sent by now."""

    due: int
    sent: int
    skipped: int
    failed: int
    lag_seconds: float


def counts(session: Session) -> Counts:
    """For those who watch over the processes."""
    now = clock.now(session)
    states: dict[str, int] = {row[0]: row[1] for row in session.execute(select(Notice.state, func.count()).group_by(Notice.state))}
    waiting = select(func.count(), func.min(Notice.at)).where(Notice.state == "planned", Notice.at <= now)
    late, since = session.execute(waiting).one()
    queued, queued_since = session.execute(
        select(func.count(), func.min(Delivery.at)).where(Delivery.state == "due", Delivery.at <= now)
    ).one()
    failed = session.scalar(select(func.count()).where(Delivery.state == "failed")) or 0
    oldest = min((each for each in (since, queued_since) if each), default=now)
    return Counts(late + queued, states.get("sent", 0), states.get("skipped", 0), failed, (now - oldest).total_seconds())
