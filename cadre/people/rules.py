"""Who somebody is, on plain data: no session, no clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.core.i18n import Language
from cadre.core.text import fold

SECRETARIAT: Final = "secretariat"
COUNCILS: Final = frozenset({"council", "joint_council"})
"""Kinds of group whose secretariat acts for all of Cadre."""


@dataclass(frozen=True, slots=True)
class SlackProfile:
    """What Slack says of a user.

    ``at_home``: the user belongs to the workspace that installed Cadre. In a shared channel people of other organizations appear
    too, whose administrators, not ours, vouch for their addresses. None, of this and of ``email_confirmed``: Slack left it out.
    """

    team: str
    user: str
    name: str = ""
    email: str | None = None
    email_confirmed: bool | None = False
    at_home: bool | None = True
    locale: str | None = None
    zone: str | None = None

    @property
    def verified_email(self) -> str | None:
        """The address, in small letters, if it proves who they are: Slack says that it is confirmed, and they are ours."""
        return self.email.strip().casefold() if self.email and self.email_confirmed and self.at_home else None

    @property
    def tells_address(self) -> bool:
        """Whether it says what the address is, or that none counts any more; one with gaps says neither."""
        return self.at_home is False or (bool(self.email) and self.email_confirmed is not None and self.at_home is not None)


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

    def ended_by(self, day: date) -> bool:
        """Whether it is known to be over."""
        return ended(self.until, day)


@dataclass(frozen=True, slots=True)
class ConfirmedRole:
    """What a right follows from: a role that the secretariat confirmed, its time, and the kind of the group that it is in, if any."""

    role: str
    since: PartialDate | None = None
    until: PartialDate | None = None
    group_kind: str | None = None


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


def ended(until: PartialDate | None, day: date) -> bool:
    """Whether a role is over on a day: what has no known end is taken to go on."""
    return until is not None and until.last < day


def holds(since: PartialDate | None, until: PartialDate | None, day: date) -> bool:
    """Whether a role may be held on a day: what has no known beginning is taken to have begun."""
    return (since is None or since.first <= day) and not ended(until, day)


def rights(confirmed: Iterable[ConfirmedRole], day: date) -> frozenset[str]:
    """The kinds of role that somebody holds by right on a day.

    Those who are secretariat to a working group keep its papers; the secretariat that Cadre obeys is a council's, or the councils'.
    """
    held = (each for each in confirmed if holds(each.since, each.until, day))
    return frozenset(each.role for each in held if each.role != SECRETARIAT or each.group_kind in COUNCILS)


def matches(text: str, names: Iterable[str]) -> bool:
    """Whether each word that was typed begins a word of one of the names: "dicks b" finds Bev Dicks."""
    typed = _words(text)
    return any(all(any(word.startswith(t) for word in words) for t in typed) for words in (_words(name) for name in names))


def _words(name: str) -> list[str]:
    return fold(name).replace(".", "").replace("-", " ").replace("'", " ").split()
