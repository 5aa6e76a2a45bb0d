"""What a review asks, and of whom, on plain data: no session, no clock.

Source: the framework is to be "a living document, updated regularly and reviewed at every in-person meeting", seed deck. Which facts are
asked for, and of whom, is ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final, Literal, NamedTuple

from cadre.groups.doubts import DOUBTFUL
from cadre.people.identities import CONFIRMED
from cadre.workplans.facts import ActivityFacts

Kind = Literal["fact", "plan", "slide", "attendance"]
FACT: Final = "fact"
PLAN: Final = "plan"
SLIDE: Final = "slide"
ATTENDANCE: Final = "attendance"
KINDS: Final[tuple[Kind, ...]] = ("fact", "plan", "slide", "attendance")
"""In the order in which a packet has them."""
PERSON: Final = "person"
"""What the subject of that begins with which is asked of one person alone: "person:ann"."""
STALE: Final = timedelta(days=365)
"""What was confirmed, or said by its source, longer ago is asked for again."""


class Ask(NamedTuple):
    """One thing that is asked. ``subject``: of which group or priority, "group:bees", else "person:ann"; ``key``: of which fact."""

    kind: Kind
    subject: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What packets follow from. ``leaders``: those who lead each group and priority, by its subject; ``facts``: what of each, and of
    somebody's own role ("person:ann"), is to be confirmed; ``plans``: the subjects whose workplan wants word; ``speakers``: those who speak
    for a seat; ``unanswered``: those who were invited to the meeting, and have not said whether they come.
    """

    leaders: Mapping[str, tuple[str, ...]]
    facts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    plans: frozenset[str] = frozenset()
    speakers: tuple[str, ...] = ()
    unanswered: frozenset[str] = frozenset()


def asks(known: Known) -> Iterator[Ask]:
    """All that is asked now: of each group and priority, then of people themselves."""
    for subject in known.leaders:
        yield from (Ask("fact", subject, key) for key in known.facts.get(subject, ()))
        if subject in known.plans:
            yield Ask("plan", subject)
        yield Ask("slide", subject)
    people = dict.fromkeys((*(person for those in known.leaders.values() for person in those), *known.speakers))
    for person in people:
        own = f"{PERSON}:{person}"
        yield from (Ask("fact", own, key) for key in known.facts.get(own, ()))
        if person in known.unanswered:
            yield Ask("attendance", own)


def asked_of(ask: Ask, leaders: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Who answers something: any one of those who lead the group or priority; else the one person."""
    kind, _, person = ask.subject.partition(":")
    return (person,) if kind == PERSON else leaders.get(ask.subject, ())


def packets(asked: Iterable[Ask], leaders: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[Ask, ...]]:
    """Who is asked what: one packet a person, with all of theirs."""
    found: dict[str, list[Ask]] = {}
    for ask in asked:
        for person in asked_of(ask, leaders):
            found.setdefault(person, []).append(ask)
    return {person: tuple(sorted(those, key=_order)) for person, those in found.items()}


def _order(ask: Ask) -> int:
    return KINDS.index(ask.kind)


def to_confirm(standing: str | None, said: date | None, today: date, *, role: bool = False) -> bool:
    """Whether a fact is to be confirmed: nobody did of what was read otherwise than written, or of a role; or it was said long ago.

    ``said``: when it was confirmed, else the day of its source; None: nobody knows.
    """
    if standing in DOUBTFUL or (role and standing != CONFIRMED):
        return True
    return said is None or said < today - STALE


def wants_word(activity: ActivityFacts, today: date, since: datetime) -> bool:
    """Whether somebody is to say how an activity goes: it is late, or nobody ever said, and nobody has since a review was opened."""
    if not activity.open or (activity.told_at and activity.told_at >= since):
        return False
    return activity.told_at is None or bool(activity.due and activity.due < today)
