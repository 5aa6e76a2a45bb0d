"""How an answer came: given here, or told to the secretariat, which records who said it; that person gets a confirmation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from cadre.calls.facts import WAYS
from cadre.calls.models import Call, Invitation, LateRefusal, SignUp
from cadre.calls.rights import is_over
from cadre.calls.speaking import representatives
from cadre.core import changes, clock
from cadre.core.calendar import moment
from cadre.core.errors import Message
from cadre.core.reader import DEFAULT_ZONE
from cadre.core.text import fold
from cadre.core.typed import tidy
from cadre.people.facts import PersonRef
from cadre.people.models import Person

_LONGEST = 200
_NOON = time(12)


@dataclass(frozen=True, slots=True)
class Said:
    """What the secretariat typed of an answer that it was told. ``teller``: who said it, of the registry; else ``said_by`` in words.

    ``said_on``: None for today.
    """

    said_by: str | None = None
    way: str | None = None
    said_on: date | None = None
    teller: str | None = None


@dataclass(frozen=True, slots=True)
class Came:
    """How an answer came. ``recorded``: by the secretariat, which was told it by ``said_by`` in a ``way`` on a day.

    ``teller``: the record of whoever said it, where it is known whose that is: they get a confirmation.
    """

    recorded: bool = False
    said_by: str | None = None
    way: str = "slack"
    said_on: date | None = None
    teller: str | None = None


def wrong(session: Session, call: Call, said: Said, *, recorded: bool) -> dict[str, Message]:
    """All that cannot be taken of how an answer came, by the field that it stands in."""
    found: dict[str, Message] = {}
    if said.way is not None and said.way not in WAYS:
        found["way"] = Message("Choose one of those offered.")
    if said.said_on and said.said_on > clock.today(session):
        found["said_on"] = Message("This day is yet to come.")
    elif said.said_on and call.opened_at and said.said_on < day_of(call.opened_at):
        found["said_on"] = Message("This day is before the call was opened.")
    if not recorded:
        return found
    if said.teller and session.get(Person, said.teller) is None:
        found["teller"] = Message("Choose one of those offered.")
    elif said.teller and tidy(said.said_by):
        found["said_by"] = Message("Somebody is chosen above: empty this, or the choice above.")
    elif not (said.teller or tidy(said.said_by)):
        found["said_by"] = Message("Say who told you.")
    return found


def late(session: Session, call: Call, came: Came) -> bool:
    """Whether an answer came after the closing. What was told on its day, or before, was in time, whenever it is written down."""
    closing = min((at for at in (call.closed_at, call.closes_at) if at), default=None)
    return came.said_on > day_of(closing) if came.said_on and closing else is_over(session, call)


def day_of(at: datetime) -> date:
    """The day of a moment, where the secretariat is."""
    return at.astimezone(ZoneInfo(DEFAULT_ZONE)).date()


def heard(session: Session, call: Call, jurisdiction: str | None, said: Said, *, recorded: bool) -> Came:
    """How an answer came that stands now, nothing of it wrong."""
    if not recorded:
        return Came()
    by = teller(session, call, jurisdiction, said)
    name = tidy(said.said_by)[:_LONGEST] or (by.name if by else "")
    return Came(True, name, said.way or "phone", said.said_on or clock.today(session), by.id if by else None)


def teller(session: Session, call: Call, jurisdiction: str | None, said: Said) -> PersonRef | None:
    """Whose record it is that an answer came from: the one that was chosen, or the one representative of the jurisdiction whose name was
    typed, or a part of it that no other bears. None where that is not known.
    """
    if said.teller:
        chosen = session.get(Person, said.teller)
        return PersonRef(chosen.id, chosen.name) if chosen else None
    typed = set(fold(tidy(said.said_by)).split())
    if not (typed and jurisdiction):
        return None
    speaking = representatives(session, call, [jurisdiction])[jurisdiction]
    found = [each for each in speaking.values() if typed <= set(fold(each.name).split())]
    return found[0] if len(found) == 1 else None


def giver(session: Session, came: Came) -> str | None:
    """Whose record it is that gave an answer; None where it is not known."""
    return came.teller if came.recorded else changes.actor(session).person


def stamp(session: Session, row: Invitation | LateRefusal | SignUp, came: Came) -> None:
    """Keep how an answer came."""
    row.recorded_by = changes.actor(session).label[:_LONGEST] if came.recorded else None
    row.said_by, row.said_on, row.way = came.said_by, came.said_on, came.way


def spoken_at(session: Session, came: Came) -> datetime:
    """When the secretariat was told: now, or at noon of the day that it names."""
    now = clock.now(session)
    return min(now, moment(came.said_on, _NOON, DEFAULT_ZONE)) if came.said_on and came.said_on < clock.today(session) else now


def spoken_to(session: Session, row: Invitation, how: Came) -> None:
    """Whoever told an answer to the secretariat was spoken to."""
    if how.recorded:
        at = spoken_at(session, how)
        row.contacted_at = max(row.contacted_at or at, at)


def instead(session: Session, call: Call, jurisdiction: str | None, came: Came, about: str | None = None) -> list[str]:
    """Where an answer was recorded from somebody whose record is not known: those who answer for the jurisdiction get the confirmation. Not
    where it was whoever it is ``about``, who gets one anyway.
    """
    if not came.recorded or came.teller or not jurisdiction:
        return []
    person = session.get(Person, about) if about else None
    if person and fold(came.said_by or "") == fold(person.name):
        return []
    known = (about, changes.actor(session).person)
    return [each for each in representatives(session, call, [jurisdiction])[jurisdiction] if each not in known]


def told_by(came: Came) -> dict[str, str | None]:
    """From whom an answer came, as those hear it who get the confirmation instead."""
    return {"from": came.said_by, "way": came.way}


def confirming(session: Session, came: Came, *besides: str) -> list[str]:
    """Who is told that an answer was recorded: whoever gave it, unless it is whoever records it or who hears of it anyway (``besides``)."""
    return [came.teller] if came.teller and came.teller not in (changes.actor(session).person, *besides) else []
