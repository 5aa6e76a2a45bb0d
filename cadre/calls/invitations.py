"""Invitations: what a jurisdiction answered, who speaks for it, and when it was last spoken to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.calls import rules
from cadre.calls.facts import CALL, INVITATION, Newcomer
from cadre.calls.models import Call, Invitation, Representative, SignUp
from cadre.calls.reading import ACTIVE, call_row
from cadre.calls.records import newcomer
from cadre.calls.rights import acts_for, invitation_row, is_over, require_open
from cadre.calls.speaking import delegates, representatives
from cadre.calls.whom import wrong_newcomer
from cadre.core import changes, clock
from cadre.core.errors import Invalid, Message, NotFound
from cadre.core.reader import named
from cadre.core.typed import tidy, too_long
from cadre.notices.service import announce, require_secretariat, secretariat, touch
from cadre.people.models import Person


@dataclass(frozen=True, slots=True)
class Came:
    """How an answer came. ``recorded``: by the secretariat, which was told it by ``said_by`` in a ``way`` on a day (None: today)."""

    recorded: bool = False
    said_by: str | None = None
    way: str | None = None
    said_on: date | None = None


def decline(
    session: Session,
    call_id: int,
    jurisdiction: str,
    reason: str,
    *,
    said_by: str | None = None,
    way: str | None = None,
    said_on: date | None = None,
) -> None:
    """Say that a jurisdiction does not take part, and why. Told the same again, nothing changes.

    Raises NotFound; Forbidden for anyone but its representatives and the secretariat; Invalid without a reason, while somebody takes part
    for it, and for a call that takes no answers.
    """
    call = call_row(session, call_id)
    require_open(call)
    recorded = acts_for(session, call, jurisdiction, recording=way is not None)
    said = tidy(reason)
    wrong = too_long({"reason": said}) or ({} if said else {"reason": Message("Say why, in a few words: only the secretariat sees it.")})
    if recorded and not tidy(said_by):
        wrong["said_by"] = Message("Say who told you.")
    if said_on and said_on > clock.today(session):
        wrong["said_on"] = Message("This day is yet to come.")
    if wrong:
        raise Invalid(**wrong)
    row = invitation_row(session, call, jurisdiction)
    if _roles(session, call, jurisdiction):
        raise Invalid(reason=Message("Somebody takes part for this jurisdiction. Let them withdraw first."))
    if row.declined and row.reason == said and row.state == "declined":
        return
    row.declined, row.reason = True, said
    recount(session, call, jurisdiction, Came(recorded, said_by, way, said_on))
    if is_over(session, call) and not recorded:
        announce(session, "call_late", row_subject(row), secretariat(session), {"by": named(changes.actor(session).label)})


def delegate(session: Session, call_id: int, jurisdiction: str, person: str) -> None:
    """Let somebody else answer for a jurisdiction; they are told, and they are reminded from then on.

    Raises NotFound; Forbidden for anyone but its representatives and the secretariat; Invalid for a call that takes no answers.
    """
    call = call_row(session, call_id)
    require_open(call)
    recorded = acts_for(session, call, jurisdiction)
    if session.get(Person, person) is None:
        raise NotFound(person)
    row = invitation_row(session, call, jurisdiction)
    there = session.get(Representative, (call.id, jurisdiction, person))
    if there and there.delegated:
        return
    _speaks(session, call, jurisdiction, person, delegated=True)
    row.declined, row.reason = False, None  # it is theirs to say now
    recount(session, call, jurisdiction, Came(recorded))
    touch(session, INVITATION, row_subject(row))
    announce(session, "call_delegated", row_subject(row), [person], {"by": named(changes.actor(session).label)})


def add_representative(session: Session, call_id: int, jurisdiction: str, who: str | Newcomer) -> None:
    """The secretariat says who else answers for a jurisdiction in this call; they are told of it. Somebody new gets a record.

    Raises NotFound; Forbidden for anyone but the secretariat; Invalid for a call that takes no answers, and somebody new without a name or
    an address.
    """
    require_secretariat(session)
    new = who if isinstance(who, Newcomer) else None
    call = call_row(session, call_id, lock=new is not None)  # new records are made one after the other
    require_open(call)
    if new and (wrong := wrong_newcomer(new)):
        raise Invalid(**wrong)
    person = newcomer(session, new, jurisdiction).id if new else str(who)
    if session.get(Person, person) is None:
        raise NotFound(person)
    row = invitation_row(session, call, jurisdiction)
    if person in representatives(session, call, [jurisdiction])[jurisdiction]:
        return
    _speaks(session, call, jurisdiction, person, delegated=False)
    if call.state == "open":
        row.last_contact = clock.now(session)
        announce(session, "call_opened", row_subject(row), [person])
    touch(session, INVITATION, row_subject(row))


def _speaks(session: Session, call: Call, jurisdiction: str, person: str, *, delegated: bool) -> None:
    there = session.get(Representative, (call.id, jurisdiction, person))
    if there is None:
        by = changes.actor(session).label[:200]
        there = Representative(call=call.id, jurisdiction=jurisdiction, person=person, by=by, at=clock.now(session))
        session.add(there)
    there.delegated = delegated
    session.flush()


def contacted(session: Session, call_id: int, jurisdiction: str, at: datetime | None = None) -> None:
    """The secretariat spoke or wrote to a jurisdiction otherwise. Raises Forbidden for anyone else, NotFound."""
    require_secretariat(session)
    call = call_row(session, call_id)
    invitation_row(session, call, jurisdiction).last_contact = at or clock.now(session)


def recount(session: Session, call: Call, jurisdiction: str, came: Came | None = None) -> None:
    """What a jurisdiction's answers come to now; an invitation that is answered is no longer reminded of. Nothing for one that was not
    invited: its people may take part all the same, where the secretariat accepts them.

    ``came``: how the answer came that changed it; of many that come to the same, the first is kept.
    """
    session.flush()
    touch(session, CALL, f"{CALL}:{call.id}")
    if jurisdiction not in call.jurisdictions.split():
        return
    row = invitation_row(session, call, jurisdiction)
    roles = _roles(session, call, jurisdiction)
    delegated = not (roles or row.declined) and (call.id, jurisdiction) in delegates(session, [call.id])
    before, row.state = row.state, rules.invitation_state(roles, declined=row.declined, delegated=delegated)
    if row.state == "silent":
        row.answered_at = row.answered_by = row.recorded_by = row.said_by = row.said_on = row.way = None
    elif came and (came.recorded or row.state != before or row.declined):
        _answered(session, row, came)
    if row.state in ("nominated", "observer"):
        row.declined, row.reason = False, None
    if row.state != before:
        touch(session, INVITATION, row_subject(row))


def _roles(session: Session, call: Call, jurisdiction: str) -> list[str]:
    """In which roles people of a jurisdiction take part; those whom a representative has yet to confirm do not count."""
    active = (SignUp.call == call.id, SignUp.jurisdiction == jurisdiction, SignUp.state.in_(ACTIVE))
    rows = session.execute(select(SignUp.role, SignUp.endorsed).where(*active))
    return [role for role, endorsed in rows if endorsed != ""]


def _answered(session: Session, row: Invitation, came: Came) -> None:
    """When a jurisdiction answered as it stands, who did, and how it came."""
    by = changes.actor(session).label[:200]
    row.answered_at, row.answered_by, row.recorded_by = clock.now(session), by, (by if came.recorded else None)
    row.said_by = (tidy(came.said_by)[:200] or None) if came.recorded else None
    row.said_on = (came.said_on or clock.today(session)) if came.recorded else None
    row.way = (came.way or "phone") if came.recorded else "slack"
    if came.recorded:
        row.last_contact = row.answered_at


def row_subject(row: Invitation) -> str:
    """What notices call an invitation."""
    return f"{INVITATION}:{row.id}"
