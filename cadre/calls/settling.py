"""After the closing: who is accepted, who is not, the co-chairs, and the group that comes of it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cadre.calls import refusals, seats
from cadre.calls.drafting import come_into, state_of
from cadre.calls.facts import CALL, SIGN_UP, CallFacts, SignUpFacts
from cadre.calls.invitations import recount
from cadre.calls.late import late_refusal
from cadre.calls.models import Call, CallChair, LateRefusal, SignUp
from cadre.calls.opening import advance
from cadre.calls.reading import call_row, load_one, load_sign_ups
from cadre.calls.records import confirmed_role, current_role, is_confirmed, is_member_of
from cadre.calls.rights import invitation_row
from cadre.calls.rules import REFUSED
from cadre.calls.speaking import representatives
from cadre.core import changes, clock
from cadre.core.dates import PartialDate
from cadre.core.errors import Conflict, Invalid, Message, NotFound
from cadre.core.reader import named
from cadre.core.typed import tidy, too_long
from cadre.core.words import Words
from cadre.groups.models import Group
from cadre.notices.service import announce, require_secretariat, touch
from cadre.people.facts import PersonRef
from cadre.people.models import Person, Role

CO_CHAIR: Final = "co_chair"
LATE: Final = Message("Decide first on the answers that came late: in the grid, at each jurisdiction.")


def settle(
    session: Session,
    call_id: int,
    ids: Collection[int],
    *,
    accepted: bool,
    message: str = "",
    message_fr: str = "",
    unconfirmed: bool = False,
) -> tuple[SignUpFacts, ...]:
    """Accept nominees or decline them, one or many, with a word to each in both languages; they are told. Until the call is concluded it
    can be changed.

    ``unconfirmed``: accept also those whom a representative was to confirm, and did not: that stays on record.
    Raises Forbidden for anyone but the secretariat; NotFound; Invalid for a message that is too long, nobody chosen, somebody who is
    unconfirmed or of a jurisdiction by their own word only, more people than a capped call has seats, and a call that is not closed.
    """
    require_secretariat(session)
    call = call_row(session, call_id, lock=True)
    _require_closed(session, call)
    said = {"message": tidy(message), "message_fr": tidy(message_fr)}
    wrong = too_long(said) or ({} if ids else {"people": Message("Choose somebody.")})
    if wrong:
        raise Invalid(**wrong)
    rows = session.scalars(
        select(SignUp).where(SignUp.call == call.id, SignUp.id.in_(list(ids))).order_by(SignUp.id).with_for_update()
    ).all()
    if missing := set(ids) - {row.id for row in rows}:
        raise NotFound(", ".join(str(id_) for id_ in sorted(missing)))
    if gone := [row.person for row in rows if row.state == "withdrawn"]:
        withdrew = session.scalars(select(Person.name).where(Person.id.in_(gone)).order_by(Person.name))
        raise Invalid(people=Message("Withdrawn meanwhile: {names}. Choose again.", {"names": Words.verbatim(", ".join(withdrew))}))
    if accepted and (stated := [row.person for row in rows if row.stated]):
        names = session.scalars(select(Person.name).where(Person.id.in_(stated)).order_by(Person.name))
        said_so = {"names": Words.verbatim(", ".join(names))}
        raise Invalid(people=Message("Confirm first, under “Who answered”, of which government they are: {names}.", said_so))
    if accepted and not unconfirmed and (doubtful := [row.person for row in rows if row.endorsed == "" and row.state != "accepted"]):
        names = session.scalars(select(Person.name).where(Person.id.in_(doubtful)).order_by(Person.name))
        said_so = {"names": Words.verbatim(", ".join(names))}
        raise Invalid(unconfirmed=Message("Nobody confirmed: {names}. Say here that they are accepted all the same.", said_so))
    for row in rows:
        _settle(session, row, accepted=accepted, word=(said["message"] or None, said["message_fr"] or None))
    if call.capped:
        seats.require_seats(session, call)
    for place in sorted({row.jurisdiction for row in rows if row.jurisdiction}):
        recount(session, call, place)
    touch(session, CALL, f"{CALL}:{call.id}")
    return load_sign_ups(session, SignUp.id.in_([row.id for row in rows]))


def decide_late(session: Session, call_id: int, jurisdiction: str, *, taken_up: bool, message: str = "", message_fr: str = "") -> None:
    """Take up what a jurisdiction answered after the closing, or leave it: whom it put forward is accepted or declined, and told, with a
    word, and so is whoever declined. Of somebody who offered in time, only the late word is left: the offer is decided on as any other.
    Sent twice, it is done once.

    Raises Forbidden for anyone but the secretariat; NotFound; Conflict where another decided it, or it was decided otherwise; Invalid as
    ``settle``, and where nothing came late.
    """
    require_secretariat(session)
    call = call_row(session, call_id, lock=True)
    _require_closed(session, call)
    row = invitation_row(session, call, jurisdiction)
    late = (SignUp.late.is_(True) | SignUp.spoken_late.is_(True)) & (SignUp.endorsed == "yes") & (SignUp.state != "withdrawn")
    of = (SignUp.call == call.id, SignUp.jurisdiction == jurisdiction)
    offers = session.scalars(select(SignUp).where(*of, late).order_by(SignUp.id).with_for_update()).all()
    open_, refusal = [each for each in offers if each.state == "offered"], late_refusal(session, call.id, jurisdiction)
    undecided = refusal if refusal and refusal.taken_up is None else None
    if not (open_ or undecided):
        _require_same(session, offers, refusal, taken_up=taken_up)
        return
    if people := [each.id for each in open_ if taken_up or each.late]:
        settle(session, call_id, people, accepted=taken_up, message=message, message_fr=message_fr)
    for each in open_:
        if each.state == "offered":
            _word_left(session, call, each)
    if undecided:
        undecided.taken_up, undecided.settled_at = taken_up, clock.now(session)
        undecided.settled_by = changes.actor(session).label[:200]
        refusals.settled(session, row, undecided)
    recount(session, call, jurisdiction)


def _word_left(session: Session, call: Call, row: SignUp) -> None:
    """What a representative said late for somebody who offered in time counts for nothing; the offer is as it was."""
    row.endorsed, row.spoken_late = ("" if call.confirms else None), False
    row.nominated_by = row.nominator = row.endorsed_by = row.endorser = None
    touch(session, SIGN_UP, f"{SIGN_UP}:{row.id}")


def _require_same(session: Session, offers: Collection[SignUp], refusal: LateRefusal | None, *, taken_up: bool) -> None:
    """Raises Conflict unless whoever acts decided the same before; Invalid where there was nothing to decide."""
    decided = [(each.settled_at, each.settled_by or "", each.state == "accepted") for each in offers if each.settled_at]
    if refusal and refusal.settled_at:
        decided.append((refusal.settled_at, refusal.settled_by or "", bool(refusal.taken_up)))
    if not decided:
        raise Invalid(state=Message("Nothing that came late is left to be decided here."))
    when, who, how = max(decided)
    if (who, how) != (changes.actor(session).label[:200], taken_up):
        raise Conflict(who, when)


def _settle(session: Session, row: SignUp, *, accepted: bool, word: tuple[str | None, str | None]) -> None:
    state = "accepted" if accepted else "declined"
    if (row.state, row.message, row.message_fr) == (state, *word):
        return  # they were told
    row.state, row.waiting, (row.message, row.message_fr) = state, False, word
    row.settled_at, row.settled_by = clock.now(session), changes.actor(session).label[:200]
    told = dict.fromkeys(person for person in (row.person, row.nominator) if person and person != changes.actor(session).person)
    detail = {"by": named(row.settled_by), "accepted": accepted, "at": row.settled_at.isoformat()}
    announce(session, "sign_up_settled", f"{SIGN_UP}:{row.id}", told, detail)
    touch(session, SIGN_UP, f"{SIGN_UP}:{row.id}")


def _require_closed(session: Session, call: Call) -> None:
    """A call whose moment is past is closed now, where nobody did that yet."""
    if call.state == "open":
        advance(session, call.id)
    if call.state != "closed":
        raise Invalid(state=REFUSED[state_of(call)])


def confirm_chairs(session: Session, call_id: int, persons: Collection[str]) -> CallFacts:
    """Say who co-chairs the group: those proposed who do, and others. Whether one is a council member (rule G2), the report says.

    Raises Forbidden for anyone but the secretariat; NotFound; Invalid for nobody, and a call that is not closed.
    """
    require_secretariat(session)
    call = call_row(session, call_id, lock=True)
    _require_closed(session, call)
    if not persons:
        raise Invalid(chairs=Message("Choose somebody."))
    known = set(session.scalars(select(Person.id).where(Person.id.in_(list(persons)))))
    if strange := set(persons) - known:
        raise NotFound(", ".join(sorted(strange)))
    there = {each.person: each for each in session.scalars(select(CallChair).where(CallChair.call == call.id))}
    for person, chair in there.items():
        chair.confirmed = person in persons
        if chair.added and not chair.confirmed:
            session.delete(chair)
    session.add_all(CallChair(call=call.id, person=person, confirmed=True, added=True) for person in sorted(set(persons) - there.keys()))
    touch(session, CALL, f"{CALL}:{call.id}")
    return load_one(session, call)


def conclude(session: Session, call_id: int, channel: str | None = None) -> CallFacts:
    """Make the group of it: those accepted become members from today, the co-chairs co-chair, the group is active, all are welcomed.

    ``channel``: where the group talks in Slack. Raises Forbidden for anyone but the secretariat; NotFound; Invalid for a call that is not
    closed, while somebody waits for an answer, without a confirmed co-chair.
    """
    require_secretariat(session)
    call = call_row(session, call_id, lock=True)
    _require_closed(session, call)
    waiting = load_sign_ups(session, (SignUp.call == call.id) & (SignUp.state == "offered"))
    chairs = session.scalars(select(CallChair).where(CallChair.call == call.id).order_by(CallChair.person)).all()
    wrong: dict[str, Message] = {}
    undecided = select(func.count()).where(LateRefusal.call == call.id, LateRefusal.taken_up.is_(None))
    if waiting:
        wrong["people"] = Message("Accept or decline everybody first. Still without an answer: {n}.", {"n": len(waiting)})
    elif session.scalar(undecided):
        wrong["people"] = LATE
    if not any(chair.confirmed for chair in chairs):
        wrong["chairs"] = Message("Confirm the co-chairs first.")
    if wrong:
        raise Invalid(**wrong)
    come_into(session, call, "concluded")
    call.concluded_at = clock.now(session)
    assert call.group  # it was made when the call opened
    group = session.get_one(Group, call.group)
    group.state = "active"
    if channel:
        group.channel = channel
    members = load_sign_ups(session, (SignUp.call == call.id) & (SignUp.state == "accepted"))
    for member in members:
        held = confirmed_role(session, group.id, member.person.id, member.role)
        held.jurisdiction = member.jurisdiction.id if member.jurisdiction else held.jurisdiction
        _complete(session, call, held)
    for chair in chairs:
        if chair.confirmed:
            _complete(session, call, confirmed_role(session, group.id, chair.person, CO_CHAIR))
        else:
            _not_chair(session, group.id, chair.person)
    by = {"by": named(changes.actor(session).label)}
    welcome = [*(member.person.id for member in members), *(chair.person for chair in chairs if chair.confirmed)]
    announce(session, "call_welcome", f"{CALL}:{call.id}", welcome, by)
    others = [chair.person for chair in chairs if not chair.confirmed and chair.person not in welcome]
    announce(session, "call_concluded", f"{CALL}:{call.id}", others, by)
    speaking = dict.fromkeys(person for people in representatives(session, call).values() for person in people)
    announce(session, "call_result", f"{CALL}:{call.id}", [person for person in speaking if person not in welcome], by)
    return load_one(session, call)


def to_welcome(session: Session, call_id: int) -> tuple[PersonRef, ...]:
    """Those whom the group that comes of a call is told of: who was accepted, and its co-chairs, those too who were only proposed."""
    members = load_sign_ups(session, (SignUp.call == call_id) & (SignUp.state == "accepted"))
    return tuple(dict.fromkeys((*(each.person for each in members), *load_one(session, call_row(session, call_id)).chairs)))


def _complete(session: Session, call: Call, held: Role) -> None:
    """Of which jurisdiction somebody is in the group, and on behalf of which of the councils that invited."""
    held.jurisdiction = held.jurisdiction or session.get_one(Person, held.person).jurisdiction
    held.on_behalf_of = held.on_behalf_of or _own_council(session, call.councils.split(), held.person)


def _own_council(session: Session, councils: Collection[str], person: str) -> str | None:
    """The one of some councils in which somebody has a confirmed role; None where it is none, or more than one."""
    found = {council for council in councils if is_member_of(session, council, person)}
    return found.pop() if len(found) == 1 else None


def _not_chair(session: Session, group: str, person: str) -> None:
    """A co-chair who was proposed by this call and is not one after all: the proposal ends today."""
    held = current_role(session, group, person, CO_CHAIR)
    if held is not None and held.since is None and not is_confirmed(session, held):
        held.until = PartialDate.day(clock.today(session))
