"""What one window about groups shows, read in one go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from bot.caller import Caller
from bot.groups.windows import Offered
from cadre.core import clock
from cadre.decisions import mandates, referrals
from cadre.decisions.documents import VersionFacts
from cadre.decisions.referrals import ReferralFacts
from cadre.groups import service as groups
from cadre.groups.card import GroupCard, GroupRef
from cadre.groups.facts import COUNCILS
from cadre.groups.roles import RoleEntry
from cadre.oversight import closing
from cadre.oversight.closing import ClosingView


@dataclass(frozen=True, slots=True)
class Sheet:
    """A group, and what there is to choose from where it is written; of one role, that too."""

    card: GroupCard
    offered: Offered
    role: RoleEntry | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A group as its windows show it. ``mandate``: the version that stands on ``day``, where it is kept in versions; ``proposed``: the
    number of one that no decision has approved, for the secretariat; ``referred``: that the group is for a table of deputy ministers, or
    comes from it; ``over``: what is kept of one that is dissolved now.
    """

    card: GroupCard
    day: date
    mandate: VersionFacts | None = None
    proposed: int | None = None
    referred: tuple[ReferralFacts, ...] = ()
    over: ClosingView | None = None


def own(session: Session, caller: Caller) -> tuple[GroupRef, ...]:
    """The groups that somebody leads, by their English name."""
    led = groups.led_by(session, caller.actor)
    return tuple(each for each in groups.refs(session) if each.id in led)


def called(session: Session, name: str) -> tuple[GroupRef, ...]:
    """The groups that are called exactly so, by their English name."""
    named = groups.named(session, name, nearly=False)
    return tuple(each for each in groups.refs(session) if each.id in named)


def card(session: Session, id_: str, caller: Caller) -> GroupCard:
    """A group. Raises NotFound."""
    return groups.card(session, id_, caller.actor)


def shown(session: Session, id_: str, caller: Caller) -> Shown:
    """A group, how its mandate stands, what is referred of it, and what is kept of one that is dissolved. Raises NotFound."""
    held = card(session, id_, caller)
    document, _text = mandates.of_group(session, id_)
    draft = document.draft if document and held.edits else None
    return Shown(
        held,
        clock.today(session),
        mandates.standing(session, id_),
        draft.number if draft else None,
        referrals.of(session, f"group:{id_}", caller.actor),
        _over(session, id_),
    )


def _over(session: Session, id_: str) -> ClosingView | None:
    found = closing.last(session, id_)
    return closing.kept(session, found.id) if found else None


def offered(session: Session) -> Offered:
    """What there is to choose from."""
    return Offered(groups.kinds(session), groups.refs(session), groups.refs(session, *COUNCILS))


def sheet(session: Session, id_: str, caller: Caller) -> Sheet:
    """A group that is to be written. Raises NotFound."""
    return Sheet(card(session, id_, caller), offered(session))


def role(session: Session, id_: str, caller: Caller) -> Sheet:
    """A role that is to be written, with its group. Raises NotFound."""
    group, entry = groups.role_of(session, id_)
    return Sheet(card(session, group, caller), offered(session), entry)
