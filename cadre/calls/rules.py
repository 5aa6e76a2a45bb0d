"""States, seats, answers and rights of participation calls, on plain data: no session, no clock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cadre.calls.facts import CallFacts, CallState, InvitationState
from cadre.core.bilingual import Bilingual, Standing
from cadre.core.errors import Message

TRANSITIONS: Final[Mapping[CallState, frozenset[CallState]]] = {
    "draft": frozenset({"scheduled", "cancelled"}),
    "scheduled": frozenset({"draft", "open", "cancelled"}),
    "open": frozenset({"closed", "cancelled"}),
    "closed": frozenset({"open", "concluded", "cancelled"}),
    "concluded": frozenset(),
    "cancelled": frozenset(),
}
"""Into which states a call may come from each. A closed one opens again by an extension."""
STATES: Final[Mapping[CallState, Message]] = {
    "draft": Message("in preparation"),
    "scheduled": Message("scheduled"),
    "open": Message("open for answers"),
    "closed": Message("closed to answers"),
    "concluded": Message("concluded"),
    "cancelled": Message("cancelled"),
}
REFUSED: Final[Mapping[CallState, Message]] = {
    "draft": Message("This call is a draft: it is to be scheduled first."),
    "scheduled": Message("This call is scheduled, and not open yet."),
    "open": Message("This call is open."),
    "closed": Message("This call is closed."),
    "concluded": Message("This call is concluded: its members were named."),
    "cancelled": Message("This call is cancelled."),
}
"""Why something cannot be done with a call, by the state that it is in."""
ANSWERABLE: Final[frozenset[CallState]] = frozenset({"open", "closed"})
"""States in which an answer is stored: in time, or late."""
SEATED: Final = frozenset({"member"})
"""Roles that take a seat: alternates stand in for members, and observers only listen."""
UNANSWERED: Final = frozenset({"silent", "delegated"})
"""States of an invitation whose answer is still owed: one that was given over to somebody is owed by them."""
PAST: Final = Message("This moment is past.")
WORKING_GROUP: Final = "working_group"
MOST_SEATS: Final = 500
MOST_CHANNELS: Final = 20
LONGEST_NAME: Final = 200


@dataclass(frozen=True, slots=True)
class Taken:
    """Somebody who wants a seat: in which order, of which jurisdiction, and whether they wait for one.

    ``late``: it is the secretariat that gives them one, or does not; ``unconfirmed``: nobody has yet confirmed what they offer.
    """

    id: int
    place: int
    jurisdiction: str | None
    waiting: bool
    late: bool = False
    unconfirmed: bool = False


def oversold(taken: Iterable[Taken], seats: int | None, each: int | None) -> bool:
    """Whether more people have a seat than there are seats. ``seats``: in all; ``each``: for one jurisdiction."""
    seated = Counter(one.jurisdiction for one in taken if not one.waiting)
    return (seats is not None and seated.total() > seats) or (each is not None and max(seated.values(), default=0) > each)


def promoted(taken: Collection[Taken], seats: int | None, each: int | None) -> tuple[int, ...]:
    """Those who wait and get a seat now, in the order in which they came, those whose offer is to be confirmed after all others. A seat
    that none of the first may take goes to the next.
    """
    seated = Counter(one.jurisdiction for one in taken if not one.waiting)
    found: list[int] = []
    for one in sorted((one for one in taken if one.waiting and not one.late), key=lambda one: (one.unconfirmed, one.place)):
        if seats is not None and seated.total() >= seats:
            break
        if each is None or seated[one.jurisdiction] < each:
            seated[one.jurisdiction] += 1
            found.append(one.id)
    return tuple(found)


def is_over(state: str, closes_at: datetime | None, now: datetime) -> bool:
    """Whether what comes now comes after the closing, also where its moment is past and nobody closed it yet."""
    return state == "closed" or (closes_at is not None and closes_at <= now)


def invitation_state(
    active_roles: Collection[str], *, declined: bool, delegated: bool, not_taken_up: bool = False, stood: bool = False
) -> InvitationState:
    """What a jurisdiction's answers come to. A nomination weighs more than a refusal that was given before it.

    ``active_roles``: of those with whom it answers: whom a representative or the secretariat put forward or confirmed; who offers
    without that leaves it silent, and so does who came late until the secretariat accepted them. ``not_taken_up``: it answered with
    somebody whom the secretariat declined: that is no silence; nor is what was withdrawn after it had ``stood`` at the closing.
    """
    if any(role != "observer" for role in active_roles):
        return "nominated"
    if active_roles:
        return "observer"
    if declined:
        return "declined"
    if not_taken_up:
        return "not_taken_up"
    if stood:
        return "withdrawn"
    return "delegated" if delegated else "silent"


def owed(call: CallFacts) -> dict[str, Message]:
    """Why a call cannot be published yet: field (``name_fr``, ``closes_at`` …) -> what is missing. Empty where nothing is."""
    wrong: dict[str, Message] = {}
    texts: Sequence[tuple[str, Bilingual | None, bool]] = (
        ("name", call.name, True),
        ("description", call.description, True),
        ("asked", call.asked, True),
        ("commitment", call.commitment, True),
        ("criteria", None if call.capped else call.criteria, not call.capped),
    )
    for field, text, wanted in texts:
        if text is None and wanted:
            wrong |= {f"{field}_{language}": _MISSING[field] for language in ("en", "fr")}
        elif text is not None:
            wrong |= {f"{field}_{language}": _OWED[text.standing(language), language] for language in text.owed()}
    if not call.jurisdictions:
        wrong["jurisdictions"] = Message("Say who is invited.")
    if call.capped and not (call.seats or call.seats_each):
        wrong["seats"] = Message("A capped call needs a number of seats.")
    if not call.chairs:
        wrong["chairs"] = Message("Name a co-chair at least: the letter goes out in their name.")
    return wrong


_MISSING: Final[Mapping[str, Message]] = {
    "name": Message("Give the group a name."),
    "description": Message("Say what the group is for."),
    "asked": Message("Say what is asked of participants."),
    "commitment": Message("Say how much time it takes."),
    "criteria": Message("Say by what the secretariat chooses."),
}
_OWED: Final[Mapping[tuple[Standing, str], Message]] = {
    (Standing.OWED, "en"): Message("Still to be written in English."),
    (Standing.OWED, "fr"): Message("Still to be written in French."),
    (Standing.STALE, "en"): Message("The French was changed since: look at the English again."),
    (Standing.STALE, "fr"): Message("The English was changed since: look at the French again."),
}


def no_times(opens_at: datetime | None, closes_at: datetime | None) -> dict[str, Message]:
    """Which moments of a call are still to be said, both at once."""
    said = {"opens_at": (opens_at, Message("Say when the call opens.")), "closes_at": (closes_at, Message("Say when the call closes."))}
    return {field: told for field, (moment, told) in said.items() if moment is None}


def wrong_times(opens_at: datetime | None, closes_at: datetime | None, now: datetime) -> dict[str, Message]:
    """What is wrong with the time of a call that is to be published."""
    if wrong := no_times(opens_at, closes_at):
        return wrong
    assert opens_at  # one that is not there was told
    assert closes_at
    if closes_at <= now:
        return {"closes_at": PAST}
    if closes_at <= opens_at:
        return {"closes_at": Message("The call must close after it opens.")}
    return {}


def letter_number(year: int, earlier: Iterable[str]) -> str:
    """The number of the next official letter: the year, and which of that year it is. ``earlier``: those that were issued."""
    of_year = [int(number.partition("-")[2]) for number in earlier if number.startswith(f"{year}-")]
    return f"{year}-{max(of_year, default=0) + 1:02d}"
