"""From rows to facts: a few queries for however many calls there are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final, cast

from sqlalchemy import BindParameter, ColumnElement, bindparam, case, func, select, tuple_
from sqlalchemy.orm import Session, aliased

from cadre.calls import beside, speaking
from cadre.calls.cochairs import chairs_of
from cadre.calls.contacts import last_contacts
from cadre.calls.facts import (
    SOUGHT,
    CallFacts,
    CallInBrief,
    CallState,
    InvitationFacts,
    JurisdictionRef,
    SignUpFacts,
    Totals,
)
from cadre.calls.models import Call, Invitation, LateRefusal, SignUp
from cadre.calls.rules import ANSWERABLE, SEATED, UNANSWERED
from cadre.calls.speaking import delegates, representatives
from cadre.core.errors import NotFound
from cadre.core.french import Article
from cadre.core.rows import by_id
from cadre.groups.models import Group
from cadre.people import holders
from cadre.people.facts import PersonRef
from cadre.people.models import Jurisdiction, Person
from cadre.priorities.models import Priority

ACTIVE: Final = ("offered", "accepted")
"""States of those who take part."""
_CO_CHAIR: Final = "co_chair"
_BEFORE: Final = aliased(SignUp)


def _unconfirmed(endorsed: Any) -> ColumnElement[int]:
    """Whoever is to be confirmed waits behind those who are not."""
    return case((endorsed == "", 1), else_=0)


_QUEUE: Final = (
    select(func.count())
    .select_from(_BEFORE)
    .where(_BEFORE.call == SignUp.call, _BEFORE.waiting.is_(True), _BEFORE.late.is_(False))
    .where(_BEFORE.state.in_(ACTIVE))
    .where(tuple_(_unconfirmed(_BEFORE.endorsed), _BEFORE.place) <= tuple_(_unconfirmed(SignUp.endorsed), SignUp.place))
    .correlate(SignUp)
    .scalar_subquery()
)
"""Which somebody is of those who wait for a seat, in the order in which they get one; who came late waits for the secretariat."""
_NONE: Final = Totals(0, 0, 0, 0, 0, 0)


_CALL: Final = select(Call).where(Call.id == bindparam("id")).execution_options(populate_existing=True)
_LOCKED: Final = _CALL.with_for_update()
_HELD: Final = _CALL.with_for_update(read=True, key_share=True)


def call_row(session: Session, id_: int, *, lock: bool = False, hold: bool = False) -> Call:
    """A call by its number, its row locked where seats or its state are to be changed. Raises NotFound.

    ``hold``: it stays in its state to the end of the transaction, while others that hold it go on: for what is done in a call that has no
    seats to give. Nobody who holds it may lock it after that: two would wait for each other.
    """
    found: Call | None = session.scalar(_LOCKED if lock else _HELD if hold else _CALL, {"id": id_})
    if found is None:
        raise NotFound(str(id_))
    return found


def load_one(session: Session, call: Call) -> CallFacts:
    """One call as it stands in this transaction."""
    session.flush()
    return load(session, [call])[0]


def load_in_brief(session: Session, call: Call) -> CallInBrief:
    """One call, as far as it matters to one answer."""
    group = session.get(Group, call.group) if call.group else None
    return CallInBrief(
        id=call.id,
        state=cast("CallState", call.state),
        name=group.name if group else call.name,
        seats_each=call.seats_each,
        capped=call.capped,
        full=_full(call, totals(session, [call.id])[call.id]),
        closes_at=call.closes_at,
        closed_at=call.closed_at,
    )


def _full(call: Call, counted: Totals) -> bool:
    return bool(call.capped and call.seats and counted.seated >= call.seats)


def load(session: Session, calls: Sequence[Call]) -> tuple[CallFacts, ...]:
    """Calls as facts, in their order."""
    ids = [call.id for call in calls]
    groups = by_id(session, Group, {id_ for call in calls for id_ in (call.group, *call.councils.split()) if id_})
    priorities = by_id(session, Priority, {call.priority for call in calls if call.priority})
    places = jurisdictions(session, {id_ for call in calls for id_ in call.jurisdictions.split()})
    chairs, counted = chairs_of(session, ids), totals(session, ids)
    sitting = {
        (held.group, held.person.id)
        for held in holders.of_groups(session, {call.group for call in calls if call.group})
        if held.role == _CO_CHAIR
    }
    return tuple(
        _facts(
            call,
            groups=groups,
            priorities=priorities,
            places=places,
            chairs=chairs.get(call.id, ()),
            counted=counted[call.id],
            sitting=sitting,
        )
        for call in calls
    )


def _facts(
    call: Call,
    *,
    groups: Mapping[str, Group],
    priorities: Mapping[str, Priority],
    places: Mapping[str, JurisdictionRef],
    chairs: Sequence[tuple[PersonRef, bool]],
    counted: Totals,
    sitting: Collection[tuple[str | None, str]],
) -> CallFacts:
    group = groups.get(call.group) if call.group else None
    priority = priorities.get(call.priority) if call.priority else None
    councils = (groups[id_] for id_ in call.councils.split() if id_ in groups)
    return CallFacts(
        id=call.id,
        number=call.number,
        state=cast("CallState", call.state),
        group=call.group,
        priority=call.priority,
        priority_name=priority.name if priority else None,
        group_kind=group.kind if group else call.group_kind,
        owner=group.owner if group else call.owner,
        name=group.name if group else call.name,
        description=call.description or (group.description if group else None),
        asked=call.asked,
        commitment=call.commitment,
        criteria=call.criteria,
        roles=tuple(role for role in SOUGHT if role in call.roles.split()),
        seats=call.seats,
        seats_each=call.seats_each,
        capped=call.capped,
        full=_full(call, counted),
        confirms=call.confirms,
        public=call.public,
        first_meeting=call.first_meeting,
        chairs=tuple(chair for chair, _confirmed in chairs),
        co_chairs=tuple(chair for chair, confirmed in chairs if confirmed),
        sitting=tuple(chair for chair, _confirmed in chairs if (call.group, chair.id) in sitting),
        councils=tuple((each.id, each.name) for each in councils),
        jurisdictions=tuple(places[id_] for id_ in call.jurisdictions.split() if id_ in places),
        channels=tuple(call.channels.split()),
        opens_at=call.opens_at,
        closes_at=call.closes_at,
        opened_at=call.opened_at,
        closed_at=call.closed_at,
        made_by=call.made_by,
        reason=call.reason,
        totals=counted,
    )


def totals(session: Session, calls: Collection[int]) -> dict[int, Totals]:
    """What everybody may know of the answers, by call."""
    among = {"calls": sorted(calls)}
    offers = {row[0]: tuple(int(number) for number in row[1:]) for row in session.execute(_OFFERED, among)}
    invitations = {row[0]: (int(row[1]), int(row[2])) for row in session.execute(_ANSWERED, among)}
    return {
        call: Totals(*invitations.get(call, (0, 0)), *offers.get(call, (0, 0, 0, 0, 0))) if call in invitations or call in offers else _NONE
        for call in calls
    }


def _counted(which: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((which, 1), else_=0))


_CALLS: Final[BindParameter[Any]] = bindparam("calls", expanding=True)
_SEAT: Final = SignUp.role.in_(sorted(SEATED))
_ANSWERED: Final = (
    select(Invitation.call, func.count(), _counted(Invitation.state.not_in(sorted(UNANSWERED))))
    .where(Invitation.call.in_(_CALLS))
    .group_by(Invitation.call)
)
_OFFERED: Final = (
    select(
        SignUp.call,
        _counted(_SEAT),
        _counted(_SEAT & SignUp.waiting.is_(False) & (SignUp.state != "declined")),
        _counted(_SEAT & SignUp.waiting.is_(True)),
        _counted((SignUp.role == "observer") & (SignUp.state != "declined")),
        _counted(_SEAT & (SignUp.state == "accepted")),
    )
    .where(SignUp.call.in_(_CALLS), SignUp.state != "withdrawn", (SignUp.state == "accepted") | SignUp.late.is_(False))
    .group_by(SignUp.call)
)
"""Written once: to put them together takes SQLAlchemy longer than the database to answer them."""


def jurisdictions(session: Session, ids: Iterable[str]) -> dict[str, JurisdictionRef]:
    """Governments and municipal bodies by their id."""
    return {id_: _place(row) for id_, row in by_id(session, Jurisdiction, ids).items()}


def _place(row: Jurisdiction) -> JurisdictionRef:
    return JurisdictionRef(row.id, row.name, row.kind, cast("Article", row.article or ""))


def load_invitations(session: Session, call: Call, only: Collection[str] | None = None) -> tuple[InvitationFacts, ...]:
    """The grid of a call, or some rows of it, by the names of the jurisdictions."""
    query = select(Invitation).where(Invitation.call == call.id)
    over = call.state not in ANSWERABLE
    rows = session.scalars(query if only is None else query.where(Invitation.jurisdiction.in_(only))).all()
    wanted = [row.jurisdiction for row in rows]
    places, speaking = jurisdictions(session, wanted), representatives(session, call, wanted)
    given, added = delegates(session, [call.id]), delegates(session, [call.id], added=True)
    contacts = last_contacts(session, call, rows, speaking)
    refusals = {each.jurisdiction: each for each in session.scalars(select(LateRefusal).where(LateRefusal.call == call.id))}
    offers: dict[str, list[SignUpFacts]] = {}
    for each in load_sign_ups(session, (SignUp.call == call.id) & (SignUp.state != "withdrawn") & SignUp.jurisdiction.in_(wanted)):
        if each.jurisdiction:
            offers.setdefault(each.jurisdiction.id, []).append(each)
    facts = (
        _invitation(
            row,
            offers.get(row.jurisdiction, ()),
            refusals.get(row.jurisdiction),
            capped=call.capped,
            jurisdiction=places[row.jurisdiction],
            representatives=tuple(speaking[row.jurisdiction].values()),
            added=tuple(added.get((call.id, row.jurisdiction), {}).values()),
            delegates=tuple(given.get((call.id, row.jurisdiction), {}).values()),
            last_contact=contacts[row.id],
            late=beside.late(row, offers.get(row.jurisdiction, ()), refusals.get(row.jurisdiction), over=over),
        )
        for row in rows
    )
    return tuple(sorted(facts, key=lambda each: (each.jurisdiction.name.en or each.jurisdiction.id).casefold()))


def _invitation(
    row: Invitation, offers: Sequence[SignUpFacts], refusal: LateRefusal | None, *, capped: bool, **known: Any
) -> InvitationFacts:
    """A row of the grid. Where what came late was taken up, it comes from whoever said that."""
    active = [each for each in offers if each.state in ACTIVE]
    counted = [each for each in active if each.answers]
    late = refusal if refusal and refusal.taken_up and row.state == "declined" else None
    came: dict[str, Any] = {name: getattr(late or row, name) for name in ("answered_at", "answered_by", *_CAME)}
    if counted and all(each.came_late for each in counted):
        first = counted[0]
        came = {name: getattr(first, name) for name in _CAME}
        came |= {"answered_at": first.changed_at, "answered_by": first.given_by}
    not_taken_up = [each for each in offers if each.endorsed and each.state == "declined" and not each.came_late]
    return InvitationFacts(
        id=row.id,
        call=row.call,
        state=cast("Any", row.state),
        reason=(late or row).reason if row.state == "declined" else None,
        nominees=tuple(each.person for each in (not_taken_up if row.state == "not_taken_up" else counted)),
        seated=tuple(each.person for each in counted if each.state == "accepted" or (capped and each.role in SEATED and not each.waiting)),
        waiting=tuple(each.person for each in counted if each.waiting),
        volunteers=tuple(each.person for each in active if not each.endorsed),
        chosen=tuple(each.person for each in active if not each.endorsed and each.state == "accepted"),
        before=beside.before(row, offers, taken_up=late is not None or any(each.came_late for each in counted)),
        **came,
        **known,
    )


_CAME: Final = ("recorded_by", "said_by", "said_on", "way")


def load_sign_ups(session: Session, where: Any) -> tuple[SignUpFacts, ...]:
    """Answers of people, in the order in which they came."""
    rows = session.execute(
        select(SignUp, Person.name, Person.jurisdiction, Jurisdiction, case((SignUp.waiting.is_(True) & SignUp.late.is_(False), _QUEUE)))
        .join(Person, Person.id == SignUp.person)
        .outerjoin(Jurisdiction, Jurisdiction.id == SignUp.jurisdiction)
        .where(where)
        .order_by(SignUp.place.is_(None), SignUp.place, SignUp.made_at, SignUp.id)
    ).all()
    unspoken = _unspoken(session, [row for row, *_ in rows if row.endorsed == "" and row.state == "offered"])
    elsewhere = _elsewhere(session, [(row, of) for row, _name, of, *_ in rows if row.jurisdiction and of not in (None, row.jurisdiction)])
    filled = _filled(session, {row.call for row, *_ in rows if row.waiting})
    return tuple(
        _sign_up(
            row,
            name,
            place,
            queue,
            unspoken=row.id in unspoken,
            registered=elsewhere.get(row.id),
            own_full=row.waiting and (row.call, row.jurisdiction) in filled,
        )
        for row, name, _of, place, queue in rows
    )


def _elsewhere(session: Session, offers: Collection[tuple[SignUp, str]]) -> dict[int, JurisdictionRef]:
    """Of people who by the registry are of another jurisdiction than the one for which they take part, which that is: a department, or a
    city for which an association speaks, is of it.
    """
    if not offers:
        return {}
    named = jurisdictions(session, {of for _row, of in offers})
    invited = by_id(session, Call, {row.call for row, _of in offers})
    within = {id_: speaking.places(session, call.jurisdictions.split()) for id_, call in invited.items()}
    return {row.id: named[of] for row, of in offers if within[row.call].get(of, of) != row.jurisdiction}


def _filled(session: Session, calls: Collection[int]) -> set[tuple[int, str]]:
    """The jurisdictions of calls that have all the seats that each may have."""
    if not calls:
        return set()
    rows = session.execute(
        select(SignUp.call, SignUp.jurisdiction)
        .join(Call, Call.id == SignUp.call)
        .where(SignUp.call.in_(sorted(calls)), SignUp.state.in_(ACTIVE), _SEAT, SignUp.waiting.is_(False), SignUp.jurisdiction.is_not(None))
        .where((SignUp.state == "accepted") | SignUp.late.is_(False))
        .group_by(SignUp.call, SignUp.jurisdiction, Call.seats_each)
        .having(func.count() >= Call.seats_each)
    )
    return {(call, place) for call, place in rows if place}


def _unspoken(session: Session, waiting: Iterable[SignUp]) -> set[int]:
    """Of offers that are to be confirmed, those for whose jurisdiction nobody answers."""
    of_call: dict[int, list[SignUp]] = {}
    for row in waiting:
        of_call.setdefault(row.call, []).append(row)
    found: set[int] = set()
    for id_, rows in of_call.items():
        speaking = representatives(session, session.get_one(Call, id_), {row.jurisdiction for row in rows if row.jurisdiction})
        found |= {row.id for row in rows if not (row.jurisdiction and speaking[row.jurisdiction])}
    return found


def _sign_up(
    row: SignUp,
    name: str,
    place: Jurisdiction | None,
    queue: int | None,
    *,
    unspoken: bool,
    registered: JurisdictionRef | None,
    own_full: bool,
) -> SignUpFacts:
    return SignUpFacts(
        id=row.id,
        call=row.call,
        person=PersonRef(row.person, name),
        jurisdiction=_place(place) if place else None,
        stated=row.stated,
        role=cast("Any", row.role),
        experience=row.experience,
        language=cast("Any", row.language),
        state=cast("Any", row.state),
        endorsed={"yes": True, "no": False}.get(row.endorsed or ""),
        to_endorse=row.endorsed == "",
        place=row.place,
        waiting=row.waiting,
        queue=queue,
        late=row.late,
        spoken_late=row.spoken_late,
        nominated_by=row.nominated_by,
        endorsed_by=row.endorsed_by,
        made_at=row.made_at,
        changed_at=row.changed_at,
        recorded_by=row.recorded_by,
        said_by=row.said_by,
        said_on=row.said_on,
        way=cast("Any", row.way),
        message=row.message,
        message_fr=row.message_fr,
        unspoken=unspoken,
        registered=registered,
        settled_by=row.settled_by,
        settled_at=row.settled_at,
        own_full=own_full,
    )
