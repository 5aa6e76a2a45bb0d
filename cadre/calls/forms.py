"""What stands in the windows of a call: a draft, an answer, and what is proposed for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from cadre.core.bilingual import Bilingual
from cadre.people.facts import PersonRef


@dataclass(frozen=True, slots=True)
class DraftForm:
    """What stands in the window of a draft. ``id``: None for a new one; ``view_id``: the window, for a new one.

    A group that is there, or a priority from which one is made, or a name. A text that is None stays as it is; one that is left
    empty is emptied.
    """

    id: int | None
    group: str | None
    priority: str | None
    name_en: str | None
    name_fr: str | None
    description_en: str | None
    description_fr: str | None
    asked_en: str | None
    asked_fr: str | None
    commitment_en: str | None
    commitment_fr: str | None
    criteria_en: str | None
    criteria_fr: str | None
    roles: tuple[str, ...]
    seats: int | None
    seats_each: int | None
    capped: bool
    confirms: bool
    public: bool
    first_meeting: str
    """As typed: a year, a month or a day."""
    chairs: tuple[str, ...]
    councils: tuple[str, ...]
    jurisdictions: tuple[str, ...]
    channels: tuple[str, ...]
    opens_at: datetime | None
    closes_at: datetime | None
    view_id: str | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed for a call from a priority or a group: its name, its description, and its leads as co-chairs."""

    group: str | None
    priority: str | None
    name: Bilingual
    description: Bilingual | None
    chairs: tuple[PersonRef, ...]


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who is not in the registry yet, as whoever nominates them says."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class SignUpForm:
    """What stands in the window of an answer. ``person``: who takes part; None: the acting person, unless a ``newcomer`` is named.

    ``jurisdiction``: of those whose record names none, or for which a representative answers.
    ``said_by``, ``way``, ``said_on``: only where the secretariat records it for somebody: who said it, how, on which day (None: today);
    ``teller``: in place of ``said_by``, somebody of the registry; ``elsewhere``: it is known that the registry has them elsewhere.
    """

    call: int
    role: str
    language: str
    experience: str = ""
    person: str | None = None
    newcomer: Newcomer | None = None
    jurisdiction: str | None = None
    said_by: str | None = None
    way: str | None = None
    said_on: date | None = None
    teller: str | None = None
    elsewhere: bool = False
