"""Who somebody is, on plain data: no session, no clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.core.i18n import Language
from cadre.core.text import fold


@dataclass(frozen=True, slots=True)
class SlackProfile:
    """What Slack says of a user.

    ``at_home``: the user belongs to the workspace that installed Cadre. In a shared channel people of other organizations appear
    too, whose administrators, not ours, vouch for their addresses.
    """

    team: str
    user: str
    name: str = ""
    email: str | None = None
    email_confirmed: bool = False
    at_home: bool = True
    locale: str | None = None
    zone: str | None = None
    is_admin: bool = False

    @property
    def verified_email(self) -> str | None:
        """The address, in small letters, if it proves who they are: Slack says that it is confirmed, and they are ours."""
        return self.email.strip().casefold() if self.email and self.email_confirmed and self.at_home else None


@dataclass(frozen=True, slots=True)
class Known:
    """Who a Slack user is to Cadre. ``roles``: what they are confirmed to be now; ``language``: their own choice, if any."""

    identity: int
    name: str
    email: str | None
    person: str | None
    roles: frozenset[str]
    language: Language | None
    secretariat: bool


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role of a person, with the names that a reader needs. ``confirmed``: somebody of the secretariat said that it stands."""

    id: str
    role: str
    target: Bilingual
    jurisdiction: Bilingual | None
    on_behalf_of: Bilingual | None
    since: PartialDate | None
    until: PartialDate | None
    confirmed: bool

    def holds_on(self, day: date) -> bool:
        """Whether it may still be held."""
        return holds(self.until, day)


@dataclass(frozen=True, slots=True)
class PersonChoice:
    """A record that somebody may say is theirs."""

    id: str
    name: str
    jurisdiction: Bilingual | None


@dataclass(frozen=True, slots=True)
class ClaimFacts:
    """ "That record is me": who says so, of whom, which roles would be theirs, and what became of it."""

    id: int
    state: str
    team: str
    user: str
    identity: int
    claimant: str
    language: Language | None
    person: PersonChoice
    roles: tuple[HeldRole, ...]
    made_at: datetime
    decided_at: datetime | None
    decided_by: str | None


@dataclass(frozen=True, slots=True)
class Me:
    """What Cadre knows of somebody who asks what it knows of them."""

    name: str
    email: str | None
    language: Language | None
    person: PersonChoice | None
    roles: tuple[HeldRole, ...]
    claim: ClaimFacts | None
    secretariat: bool


def holds(until: PartialDate | None, day: date) -> bool:
    """Whether a role may still be held on a day: what has no known end is taken to go on."""
    return until is None or until.last >= day


def rights(confirmed: Iterable[tuple[str, PartialDate | None]], day: date) -> frozenset[str]:
    """The kinds of role that somebody holds by right on a day, of their confirmed roles: kind and end of each."""
    return frozenset(role for role, until in confirmed if holds(until, day))


def matches(text: str, names: Iterable[str]) -> bool:
    """Whether each word that was typed begins a word of one of the names: "dicks b" finds Bev Dicks."""
    typed = _words(text)
    return any(all(any(word.startswith(t) for word in words) for t in typed) for words in (_words(name) for name in names))


def _words(name: str) -> list[str]:
    return fold(name).replace("-", " ").replace("'", " ").split()
