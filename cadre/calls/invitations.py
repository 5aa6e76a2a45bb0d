"""Invitations: what a jurisdiction answered, who speaks for it, and when it was last spoken to."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from cadre.calls import came, refusals, rules
from cadre.calls.came import Came, Said
from cadre.calls.facts import CALL, INVITATION
from cadre.calls.forms import Newcomer
from cadre.calls.late import late_refusal, refused_late
from cadre.calls.models import Call, Invitation, Representative, SignUp
from cadre.calls.reading import ACTIVE, call_row
from cadre.calls.records import newcomer, written_in
from cadre.calls.rights import acts_for, invitation_row, is_over, require_open
from cadre.calls.speaking import delegates, place_of, places, representatives
from cadre.calls.whom import TAKEN, wrong_newcomer
from cadre.core import changes, clock
from cadre.core.errors import Invalid, Message, NotFound
from cadre.core.reader import named
from cadre.core.typed import tidy, too_long
from cadre.core.words import Words
from cadre.notices.service import announce, require_secretariat, secretariat, touch
from cadre.people.facts import PersonRef
from cadre.people.identities import person_choices
from cadre.people.models import Person
from cadre.people.rules import PersonChoice, matches

ELSEWHERE: Final = Message("By the registry they are of another government. Choose somebody of yours; the secretariat can add others.")


def decline(
    session: Session,
    call_id: int,
    jurisdiction: str,
    reason: str,
    *,
    said_by: str | None = None,
    way: str | None = None,
    said_on: date | None = None,
    teller: str | None = None,
) -> None:
    """Say that a jurisdiction does not take part, and why. Told the same again, nothing changes. What it answered in time stands where this
    comes after the closing: the secretariat decides.

    ``said_by``, ``way``, ``said_on``, ``teller``: as the secretariat was told it (``came.Said``); that person gets a confirmation.
    Raises NotFound; Forbidden for anyone but its representatives and the secretariat; Invalid without a reason, while somebody takes part
    for it, and for a call that takes no answers.
    """
    call = call_row(session, call_id, hold=True)
    require_open(call)
    recorded = acts_for(session, call, jurisdiction, recording=way is not None)
    why, how = tidy(reason), Said(said_by, way, said_on, teller)
    wrong = too_long({"reason": why}) or ({} if why else {"reason": Message("Say why, in a few words: only the secretariat sees it.")})
    if wrong := wrong | came.wrong(session, call, how, recorded=recorded):
        raise Invalid(**wrong)
    row = invitation_row(session, call, jurisdiction)
    if any(state in ACTIVE for _role, state, _late, _at in _offers(session, call, jurisdiction)):
        raise Invalid(reason=Message("Somebody takes part for this jurisdiction. Let them withdraw first."))
    if row.declined and row.reason == why and row.state == "declined":
        return
    heard = came.heard(session, call, jurisdiction, how, recorded=recorded)
    late = came.late(session, call, heard)
    if late and not refused_late(session, row, why, heard):
        return
    if not late:
        row.declined, row.reason = True, why
    recount(session, call, jurisdiction, None if late else heard)
    if not late:
        row.refuser = came.giver(session, heard)
        refusals.keep(row)
    by = {"by": named(changes.actor(session).label)}
    announce(session, "call_recorded", row_subject(row), came.confirming(session, heard), by | {"reason": why})
    others = came.instead(session, call, jurisdiction, heard)
    announce(session, "call_recorded", row_subject(row), others, by | {"reason": why} | came.told_by(heard))
    if late and not recorded:
        announce(session, "call_late", row_subject(row), secretariat(session), by)


def delegate(session: Session, call_id: int, jurisdiction: str, who: str | Newcomer) -> PersonRef:
    """Let somebody else answer for a jurisdiction; they are told, and they are reminded while no answer has come. A refusal that was given
    stands until they answer otherwise: whoever declined hears of that then. Somebody new gets a record. Gives who answers.

    Raises NotFound; Forbidden for anyone but its representatives and the secretariat; Invalid for a call that takes no answers, for
    somebody who is of another jurisdiction by the registry, and for somebody new without a name or an address.
    """
    call = call_row(session, call_id, hold=True)
    require_open(call)
    acts_for(session, call, jurisdiction)
    new = who if isinstance(who, Newcomer) else None
    if new and (wrong := wrong_newcomer(new)):
        raise Invalid(**wrong)
    found = newcomer(session, new, jurisdiction) if new else session.get(Person, str(who))
    if found is None:
        raise NotFound(str(who))
    row, person = invitation_row(session, call, jurisdiction), found.id
    there = session.get(Representative, (call.id, jurisdiction, person))
    if there and there.delegated:
        return PersonRef(person, found.name)
    if person in representatives(session, call, [jurisdiction], person=person)[jurisdiction]:
        raise Invalid(person=Message("{name} answers for it already, as you do.", {"name": Words.verbatim(found.name)}))
    if found.jurisdiction is not None and place_of(session, call, found.jurisdiction) != jurisdiction:
        raise Invalid(**{"email" if new else "person": TAKEN if new else ELSEWHERE})
    _speaks(session, call, jurisdiction, person, delegated=True, added=bool(there and there.added))
    recount(session, call, jurisdiction, None if row.declined else Came())
    touch(session, INVITATION, row_subject(row))
    announce(session, "call_delegated", row_subject(row), [person], {"by": named(changes.actor(session).label)})
    return PersonRef(person, found.name)


def colleagues(session: Session, call_id: int, jurisdiction: str, typed: str) -> tuple[PersonChoice, ...]:
    """To whom a representative may hand the answer on: people of that government who do not answer for it anyway, by the letters typed."""
    people = session.scalars(_colleagues(session, call_id, jurisdiction).order_by(Person.name))
    return person_choices(session, [each.id for each in people if matches(typed, [each.name])])


def has_colleagues(session: Session, call_id: int, jurisdiction: str) -> bool:
    """Whether there is anybody to whom a representative may hand the answer on. Raises NotFound."""
    return session.scalar(_colleagues(session, call_id, jurisdiction).limit(1)) is not None


def _colleagues(session: Session, call_id: int, jurisdiction: str) -> Select[Person]:
    call = call_row(session, call_id)
    inside = [where for where, invited in places(session, call.jurisdictions.split()).items() if invited == jurisdiction]
    speaking = representatives(session, call, [jurisdiction])[jurisdiction]
    return select(Person).where(Person.jurisdiction.in_(inside), Person.id.not_in(speaking))


def take_back(session: Session, call_id: int, jurisdiction: str, person: str) -> bool:
    """Somebody to whom the answer of a jurisdiction was handed on does not give it after all. What they answered stands, and so does what
    the secretariat named them. Gives whether they are told: not where they answer all the same, by their role or because they were added.

    Raises NotFound; Forbidden for anyone but its representatives and the secretariat; Invalid for a call that takes no answers.
    """
    call = call_row(session, call_id, hold=True)
    require_open(call)
    acts_for(session, call, jurisdiction)
    row = invitation_row(session, call, jurisdiction)
    there = session.get(Representative, (call.id, jurisdiction, person))
    if there is None:
        if session.get(Person, person) is None:
            raise NotFound(person)
        return True  # somebody else took it back already, and they were told then
    if not there.delegated:
        return False
    there.delegated = False
    return _speaks_no_more(session, call, row, there)


def add_representative(session: Session, call_id: int, jurisdiction: str, who: str | Newcomer, language: str = "") -> bool:
    """The secretariat says who else answers for a jurisdiction in this call; they are told of it. Somebody new gets a record. Whoever was
    handed the answer answers from then on also where that is taken back. Gives whether they are told: not where they answer already.

    ``language``: in which to write to them, where nothing says so yet.
    Raises NotFound; Forbidden for anyone but the secretariat; Invalid for a call that takes no answers, and somebody new without a name or
    an address.
    """
    require_secretariat(session)
    new = who if isinstance(who, Newcomer) else None
    call = call_row(session, call_id, hold=True)
    require_open(call)
    if new and (wrong := wrong_newcomer(new)):
        raise Invalid(**wrong)
    person = newcomer(session, new, jurisdiction).id if new else str(who)
    if session.get(Person, person) is None:
        raise NotFound(person)
    written_in(session, person, language)
    row = invitation_row(session, call, jurisdiction)
    answers_already = person in representatives(session, call, [jurisdiction], person=person)[jurisdiction]
    there = session.get(Representative, (call.id, jurisdiction, person))
    if there or not answers_already:
        _speaks(session, call, jurisdiction, person, delegated=bool(there and there.delegated), added=True)
    told = call.state == "open" and not answers_already
    announce(session, "call_opened", row_subject(row), [person] if told else ())
    touch(session, INVITATION, row_subject(row))
    return told


def remove_representative(session: Session, call_id: int, jurisdiction: str, person: str) -> bool:
    """Whom the secretariat added by mistake does not answer for a jurisdiction after all. What they answered stands, and so does what was
    handed on to them. Gives whether they are told: not where they answer all the same.

    Raises NotFound, also for somebody who was not added; Forbidden for anyone but the secretariat; Invalid for a call that
    takes no answers.
    """
    require_secretariat(session)
    call = call_row(session, call_id, hold=True)
    require_open(call)
    row = invitation_row(session, call, jurisdiction)
    there = session.get(Representative, (call.id, jurisdiction, person))
    if there is None or not there.added:
        raise NotFound(person)
    there.added = False
    return _speaks_no_more(session, call, row, there)


def _speaks_no_more(session: Session, call: Call, row: Invitation, there: Representative) -> bool:
    """Somebody answers no more by one of the two ways: they were added, or it was handed on to them. By the other they still do."""
    person, actor = there.person, changes.actor(session)
    if not (there.added or there.delegated):
        session.delete(there)
    recount(session, call, row.jurisdiction, gone=True)
    touch(session, INVITATION, row_subject(row))
    answers_still = person in representatives(session, call, [row.jurisdiction], person=person)[row.jurisdiction]
    told = actor.person != person and not answers_still
    announce(session, "call_taken_back", row_subject(row), [person] if told else (), {"by": named(actor.label)})
    return told


def _speaks(session: Session, call: Call, jurisdiction: str, person: str, *, delegated: bool, added: bool) -> None:
    there = session.get(Representative, (call.id, jurisdiction, person))
    if there is None:
        by = changes.actor(session).label[:200]
        there = Representative(call=call.id, jurisdiction=jurisdiction, person=person, added=False, by=by, at=clock.now(session))
        session.add(there)
    there.delegated, there.added = delegated, added
    session.flush()


def contacted(session: Session, call_id: int, jurisdiction: str, at: datetime | None = None) -> None:
    """The secretariat spoke or wrote to a jurisdiction otherwise. Raises Forbidden for anyone else, NotFound."""
    require_secretariat(session)
    call = call_row(session, call_id)
    invitation_row(session, call, jurisdiction).contacted_at = at or clock.now(session)


def recount(session: Session, call: Call, jurisdiction: str, how: Came | None = None, *, gone: bool = False) -> None:
    """What a jurisdiction's answers come to now; an invitation that is answered is no longer reminded of. Nothing for one that was not
    invited: its people may take part all the same, where the secretariat accepts them.

    ``how``: how the answer came that changed it; of many that come to the same, the first is kept. ``gone``: one was taken back: what
    stands comes from whoever gave it first of those that are left.
    """
    session.flush()
    touch(session, CALL, f"{CALL}:{call.id}")
    if jurisdiction not in call.jurisdictions.split():
        return
    row = invitation_row(session, call, jurisdiction)
    offers = _offers(session, call, jurisdiction)
    late = late_refusal(session, call.id, jurisdiction) if is_over(session, call) else None
    counted = [role for role, state, after, _at in offers if state == "accepted" or (state == "offered" and not after)]
    not_taken_up = any(_not_taken_up(row, *offer) for offer in offers)
    taken_up = bool(late and late.taken_up)
    refused = taken_up or (row.declined and not not_taken_up)
    delegated = not (counted or refused) and (call.id, jurisdiction) in delegates(session, [call.id])
    before = row.state
    row.state = rules.invitation_state(counted, declined=refused, delegated=delegated, not_taken_up=not_taken_up, stood=row.stood)
    if row.state == "silent":
        row.answered_at = row.answered_by = row.recorded_by = row.said_by = row.said_on = row.way = None
    elif how and (how.recorded or row.state != before or row.state == "declined"):
        _answered(session, row, how)
        if late and late.taken_up is None and row.state != "delegated":
            session.delete(late)  # told in time after all
    elif row.state == "declined" and not taken_up:
        refusals.stands(row)
    elif gone:
        _left(session, call, row)
    refusals.tell(session, row, before, late.refuser if late and late.taken_up else row.refuser)
    touch(session, INVITATION, row_subject(row))


def _not_taken_up(row: Invitation, _role: str, state: str, after: bool, at: datetime) -> bool:
    """Whether an offer is an answer in time that the secretariat declined: not where its jurisdiction refused after it."""
    return state == "declined" and not after and not (row.declined and row.refused_at and at < row.refused_at)


def _offers(session: Session, call: Call, jurisdiction: str) -> list[tuple[str, str, bool, datetime]]:
    """With whom a jurisdiction answers: in which role, in which state, whether that was said after the closing, and when."""
    rows = session.execute(_OFFERS, {"call": call.id, "jurisdiction": jurisdiction})
    return [(role, state, late or spoken_late, at) for role, state, late, spoken_late, at in rows]


_OFFERS: Final = (
    select(SignUp.role, SignUp.state, SignUp.late, SignUp.spoken_late, SignUp.changed_at)
    .where(SignUp.call == bindparam("call"), SignUp.jurisdiction == bindparam("jurisdiction"))
    .where(SignUp.endorsed == "yes", SignUp.state != "withdrawn")
)


def _answered(session: Session, row: Invitation, how: Came) -> None:
    """When a jurisdiction answered as it stands, who did, and how it came."""
    row.answered_at, row.answered_by = clock.now(session), changes.actor(session).label[:200]
    came.stamp(session, row, how)
    came.spoken_to(session, row, how)


def _left(session: Session, call: Call, row: Invitation) -> None:
    """Where whoever answered for a jurisdiction took it back, who the answer comes from that stands now."""
    if row.state == "delegated":
        to = select(Representative).where(Representative.call == call.id, Representative.jurisdiction == row.jurisdiction)
        given = session.scalars(to.where(Representative.delegated.is_(True)).order_by(Representative.at)).first()
        if given:
            row.answered_at, row.answered_by, row.recorded_by = given.at, given.by, None
            row.said_by, row.said_on, row.way = None, None, "slack"
        return
    found = [
        (offer, name)
        for offer, name in session.execute(
            select(SignUp, Person.name)
            .join(Person, Person.id == SignUp.person)
            .where(SignUp.call == call.id, SignUp.jurisdiction == row.jurisdiction, SignUp.state.in_(ACTIVE))
            .order_by(SignUp.changed_at, SignUp.id)
        )
        if offer.endorsed == "yes" and not (offer.late or offer.spoken_late) and (offer.role == "observer") == (row.state == "observer")
    ]
    by = [(named(offer.recorded_by or offer.nominated_by or offer.endorsed_by or name), offer.said_by) for offer, name in found]
    if not found or (named(row.answered_by or ""), row.said_by) in by:
        return
    first, name = found[0]
    row.answered_at, row.answered_by = first.changed_at, first.recorded_by or first.nominated_by or first.endorsed_by or name
    row.recorded_by, row.said_by, row.said_on, row.way = first.recorded_by, first.said_by, first.said_on, first.way


def row_subject(row: Invitation) -> str:
    """What notices call an invitation."""
    return f"{INVITATION}:{row.id}"
