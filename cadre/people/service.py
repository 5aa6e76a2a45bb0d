"""What can be done about people: say who one is, and have the secretariat confirm it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core import changes, clock
from cadre.core.errors import Conflict, Forbidden, Invalid, Message, NotFound
from cadre.core.i18n import Language
from cadre.core.models import Change
from cadre.core.reader import Actor
from cadre.people.identities import (
    CONFIRMED,
    choose_language,
    held_roles,
    identify,
    identities,
    is_secretariat,
    language_of_identity,
    link,
    person_choice,
    person_name_of,
    recognise,
    search_people,
    secretariat_identities,
    secretariat_people,
    unmet_secretariat,
    user_of,
)
from cadre.people.models import Claim, ClaimMessage, Identity, Person
from cadre.people.rules import ClaimFacts, Me
from cadre.people.standing import confirm_fact, own_source

__all__ = [
    "choose_language",
    "claim",
    "claim_facts",
    "claim_messages",
    "confirm_claim",
    "confirm_fact",
    "decline_claim",
    "identify",
    "identities",
    "is_secretariat",
    "keep_claim_messages",
    "language",
    "me",
    "own_source",
    "pending_claims",
    "person_name_of",
    "recognise",
    "require_secretariat",
    "search_people",
    "secretariat_identities",
    "secretariat_people",
    "unmet_secretariat",
    "user_of",
    "withdraw_claim",
]

_PENDING: Final = "pending"


def me(session: Session, identity: int) -> Me:
    """What Cadre knows of a Slack user. Raises NotFound."""
    found = _identity(session, identity)
    pending = session.scalar(select(Claim).where(Claim.identity == identity, Claim.state == _PENDING))
    return Me(
        name=found.name,
        email=found.email,
        language=language_of_identity(found),
        person=person_choice(session, found.person) if found.person else None,
        roles=held_roles(session, found.person) if found.person else (),
        claim=_facts(session, pending) if pending else None,
        secretariat=is_secretariat(session, Actor(found.name, found.person, found.email)),
    )


def language(session: Session, identity: int) -> Language | None:
    """The language that a Slack user chose; None: as Slack says. Raises NotFound."""
    return language_of_identity(_identity(session, identity))


def claim(session: Session, identity: int, person: str, view_id: str) -> ClaimFacts:
    """Say "that record is me". The same modal submitted twice makes one claim.

    Raises NotFound for a record that is not there; Invalid for one that belongs to another user of the workspace, and for somebody who
    has a record, or a claim that waits, already.
    """
    claimant = _identity(session, identity, lock=True)
    same = session.scalar(select(Claim).where(Claim.view_id == view_id, Claim.identity == identity))
    if same:
        return _facts(session, same)
    if claimant.person:
        raise Invalid(person=Message("You are linked to a record already. If it is the wrong one, write to the secretariat."))
    if session.scalar(select(Claim.id).where(Claim.identity == identity, Claim.state == _PENDING)):
        raise Invalid(person=Message("You have a request waiting already. Withdraw it first to choose another record."))
    person_choice(session, person)
    if _taken(session, claimant, person):
        raise Invalid(person=Message("Somebody else is linked to this record already. If that is wrong, write to the secretariat."))
    made = Claim(identity=identity, person=person, state=_PENDING, made_at=clock.now(session), view_id=view_id)
    session.add(made)
    session.flush()
    return _facts(session, made)


def pending_claims(session: Session, team: str, seen_by: Actor) -> tuple[ClaimFacts, ...]:
    """The claims of a workspace that wait for the secretariat, oldest first. Raises Forbidden if anyone else is to see them."""
    require_secretariat(session, seen_by)
    rows = session.scalars(
        select(Claim).join(Identity, Identity.id == Claim.identity).where(Claim.state == _PENDING, Identity.team == team).order_by(Claim.id)
    )
    return tuple(_facts(session, row) for row in rows)


def claim_facts(session: Session, claim_id: int) -> ClaimFacts:
    """A claim as it stands. Raises NotFound."""
    return _facts(session, _claim(session, claim_id))


def confirm_claim(session: Session, claim_id: int, role_ids: Collection[str]) -> ClaimFacts:
    """Link the claimant to the record, and confirm the roles that were ticked; the others stay as they were.

    Raises Forbidden for anyone but the secretariat, Conflict if the claim is settled or the record belongs to another user by now,
    NotFound for a role that is not of that person.
    """
    require_secretariat(session)
    settled = _open_claim(session, claim_id)
    session.execute(select(Person.id).where(Person.id == settled.person).with_for_update(key_share=True))
    claimant = _identity(session, settled.identity, lock=True)
    _refuse_taken(session, claimant, settled.person)
    if claimant.person not in (None, settled.person):
        raise _conflict(session, claimant)
    strange = set(role_ids) - {role.id for role in held_roles(session, settled.person)}
    if strange:
        raise NotFound(", ".join(sorted(strange)))
    if not link(session, claimant, settled.person):
        _refuse_taken(session, claimant, settled.person)
        raise Conflict("", clock.now(session))
    for role in sorted(set(role_ids)):
        confirm_fact(session, "role", role)
    return _settle(session, settled, CONFIRMED)


def decline_claim(session: Session, claim_id: int) -> ClaimFacts:
    """Say that the record is not theirs. Raises Forbidden for anyone but the secretariat, Conflict if the claim is settled."""
    require_secretariat(session)
    return _settle(session, _open_claim(session, claim_id), "declined")


def withdraw_claim(session: Session, identity: int, claim_id: int) -> ClaimFacts:
    """Take one's own claim back. Raises NotFound for somebody else's, Conflict if it is settled."""
    if _claim(session, claim_id).identity != identity:
        raise NotFound(str(claim_id))
    return _settle(session, _open_claim(session, claim_id), "withdrawn")


def keep_claim_messages(session: Session, claim_id: int, messages: Collection[tuple[int, str, str]]) -> None:
    """Remember in which messages the secretariat was asked: identity, channel and ``ts`` of each."""
    for identity, channel, ts in messages:
        session.add(ClaimMessage(claim=claim_id, identity=identity, channel=channel, ts=ts))


def claim_messages(session: Session, claim_id: int) -> tuple[tuple[str, str, str], ...]:
    """The messages in which the secretariat was asked: user, channel and ``ts`` of each."""
    rows = session.execute(
        select(Identity.user, ClaimMessage.channel, ClaimMessage.ts)
        .join(Identity, Identity.id == ClaimMessage.identity)
        .where(ClaimMessage.claim == claim_id)
        .order_by(ClaimMessage.id)
    )
    return tuple((row.user, row.channel, row.ts) for row in rows)


def require_secretariat(session: Session, actor: Actor | None = None) -> None:
    """Raises Forbidden for anyone but the secretariat. ``actor``: who, where it is not whoever acts."""
    if not is_secretariat(session, actor or changes.actor(session)):
        raise Forbidden


def _identity(session: Session, identity: int, *, lock: bool = False) -> Identity:
    query = select(Identity).where(Identity.id == identity).execution_options(populate_existing=True)
    found = session.scalar(query.with_for_update() if lock else query)
    if found is None:
        raise NotFound(str(identity))
    return found


def _claim(session: Session, claim_id: int, *, lock: bool = False) -> Claim:
    query = select(Claim).where(Claim.id == claim_id).execution_options(populate_existing=True)
    found = session.scalar(query.with_for_update() if lock else query)
    if found is None:
        raise NotFound(str(claim_id))
    return found


def _open_claim(session: Session, claim_id: int) -> Claim:
    """A claim that waits, its row locked: of two clicks at the same moment, the second sees what the first one did."""
    found = _claim(session, claim_id, lock=True)
    if found.state != _PENDING:
        raise Conflict(found.decided_by or "", found.decided_at or found.made_at)
    return found


def _settle(session: Session, settled: Claim, state: str) -> ClaimFacts:
    settled.state = state
    settled.decided_at = clock.now(session)
    settled.decided_by = changes.actor(session).label[:200]
    session.flush()
    return _facts(session, settled)


def _refuse_taken(session: Session, claimant: Identity, person: str) -> None:
    """A record belongs to one user of a workspace at most."""
    other = _taken(session, claimant, person)
    if other:
        raise _conflict(session, other)


def _taken(session: Session, claimant: Identity, person: str) -> Identity | None:
    """The other user of the workspace who is linked to a record."""
    asked = select(Identity).where(Identity.person == person, Identity.team == claimant.team, Identity.id != claimant.id)
    found: Identity | None = session.scalar(asked)
    return found


def _conflict(session: Session, linked: Identity) -> Conflict:
    """That somebody is linked already: since when, by the Changes."""
    since: datetime | None = session.scalar(
        select(Change.at)
        .where(Change.subject == "identity", Change.subject_id == str(linked.id), Change.field == "person")
        .order_by(Change.id.desc())
        .limit(1)
    )
    return Conflict(linked.name, since or clock.now(session))


def _facts(session: Session, row: Claim) -> ClaimFacts:
    claimant = _identity(session, row.identity)
    return ClaimFacts(
        id=row.id,
        state=row.state,
        team=claimant.team,
        user=claimant.user,
        identity=claimant.id,
        claimant=claimant.name,
        language=language_of_identity(claimant),
        person=person_choice(session, row.person),
        roles=held_roles(session, row.person),
        made_at=row.made_at,
        decided_at=row.decided_at,
        decided_by=row.decided_by,
    )
