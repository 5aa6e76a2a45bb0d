"""What somebody may read of calls for participation: each function checks what they may see, at the moment of the question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.calls.facts import CallFacts, CallInBrief, Grid, InvitationFacts, JurisdictionRef, Report, Standing
from cadre.calls.models import Call, CallQuestion, Invitation, Letter, SignUp
from cadre.calls.questions import load_questions
from cadre.calls.reading import (
    ACTIVE,
    call_row,
    jurisdictions,
    load,
    load_in_brief,
    load_invitations,
    load_one,
    load_sign_ups,
)
from cadre.calls.report import council_members, reported
from cadre.calls.rights import may_see, sees_all
from cadre.calls.rules import is_over
from cadre.calls.speaking import place_of, represented
from cadre.core import clock
from cadre.core.errors import Forbidden, NotFound
from cadre.core.reader import Actor
from cadre.core.rows import by_id
from cadre.people import service as people
from cadre.people.models import Person

InBrief = TypeVar("InBrief", bound=CallInBrief)


def calls(session: Session, seen_by: Actor) -> tuple[CallFacts, ...]:
    """All calls that somebody may know of: open ones first, the one that closes next before the others; then the newest."""
    found = session.scalars(select(Call).order_by(Call.id.desc())).all()
    rows = found if sees_all(session, seen_by) else [row for row in found if may_see(session, row, seen_by)]
    order = ("open", "scheduled", "draft", "closed", "concluded", "cancelled")

    def urgency(facts: CallFacts) -> tuple[int, float]:
        closes = facts.closes_at.timestamp() if facts.closes_at else 0.0
        return order.index(facts.state), closes if facts.state == "open" else -facts.id

    return tuple(sorted((_now(session, each) for each in load(session, rows)), key=urgency))


def _now(session: Session, facts: InBrief) -> InBrief:
    """A call whose moment is past is closed to whoever reads of it, also before it was closed: what they send is late."""
    if facts.state != "open" or not is_over(facts.state, facts.closes_at, clock.now(session)):
        return facts
    return replace(facts, state="closed", closed_at=facts.closes_at)


def call(session: Session, id_: int, seen_by: Actor) -> CallFacts:
    """A call as everybody who may know of it sees it. Raises NotFound, Forbidden."""
    return _now(session, load_one(session, _seen(session, id_, seen_by)))


def in_brief(session: Session, id_: int, seen_by: Actor) -> CallInBrief:
    """The same, as far as it matters to one answer: whoever gave it waits for this. Raises NotFound, Forbidden."""
    return _now(session, load_in_brief(session, _seen(session, id_, seen_by)))


def _seen(session: Session, id_: int, seen_by: Actor) -> Call:
    row = call_row(session, id_)
    if not may_see(session, row, seen_by):
        raise Forbidden
    return row


def standing(session: Session, id_: int, seen_by: Actor) -> Standing:
    """How somebody stands to a call: what they answered, and for whom they may answer. Raises NotFound, Forbidden."""
    return standings(session, [call(session, id_, seen_by)], seen_by)[id_]


def standings(session: Session, found: Sequence[CallFacts], seen_by: Actor) -> dict[int, Standing]:
    """How somebody stands to each of some calls that they may know of."""
    person = session.get(Person, seen_by.person) if seen_by.person else None
    rows = by_id(session, Call, [facts.id for facts in found])
    answers = load_sign_ups(session, SignUp.call.in_(list(rows)) & (SignUp.person == seen_by.person)) if person and rows else ()
    mine, secretariat = {each.call: each for each in answers}, people.is_secretariat(session, seen_by)
    told: dict[int, Standing] = {}
    for facts in found:
        own = represented(session, rows[facts.id], seen_by.person)
        others = SignUp.state.in_(ACTIVE) & SignUp.jurisdiction.in_(own) & (SignUp.person != seen_by.person)
        ours = load_sign_ups(session, (SignUp.call == facts.id) & others) if own else ()
        told[facts.id] = Standing(
            call=facts,
            person=seen_by.person,
            jurisdiction=_home(session, rows[facts.id], person),
            represents=load_invitations(session, rows[facts.id], own) if own else (),
            mine=mine.get(facts.id),
            ours=ours,
            to_endorse=tuple(each for each in ours if each.to_endorse and each.state == "offered"),
            secretariat=secretariat,
        )
    return told


def _home(session: Session, call: Call, person: Person | None) -> JurisdictionRef | None:
    """For which jurisdiction somebody takes part where nothing else is said."""
    if person is None or person.jurisdiction is None:
        return None
    place = place_of(session, call, person.jurisdiction)
    return jurisdictions(session, [place])[place]


def invitation(session: Session, id_: int, seen_by: Actor) -> InvitationFacts:
    """A row of the grid. Raises NotFound; Forbidden for anyone but the secretariat and those who answer for the jurisdiction."""
    row = session.get(Invitation, id_)
    if row is None:
        raise NotFound(str(id_))
    of = call_row(session, row.call)
    if not (people.is_secretariat(session, seen_by) or represented(session, of, seen_by.person, among=[row.jurisdiction])):
        raise Forbidden
    return load_invitations(session, of, [row.jurisdiction])[0]


def grid(session: Session, id_: int, seen_by: Actor) -> Grid:
    """Who answered what, who is silent, and what was asked. Raises NotFound; Forbidden for anyone but the secretariat."""
    row = call_row(session, id_)
    if not sees_all(session, seen_by):
        raise Forbidden
    return Grid(
        call=load_one(session, row),
        invitations=load_invitations(session, row),
        sign_ups=load_sign_ups(session, SignUp.call == id_),
        questions=load_questions(session, CallQuestion.call == id_),
    )


def report(session: Session, id_: int, seen_by: Actor) -> Report:
    """What came of a call. Raises NotFound; Forbidden for anyone but the secretariat."""
    found = grid(session, id_, seen_by)
    chairs = found.call.co_chairs or found.call.chairs
    return reported(found, chairs, council_members(session, [chair.id for chair in chairs]))


def letter(session: Session, id_: int, seen_by: Actor) -> tuple[str, bytes]:
    """The number and the file (DOCX) of the letter of a call, as it was issued.

    Raises NotFound while none was; Forbidden for anyone but the secretariat, its co-chairs and those who answer for a jurisdiction.
    """
    if not (standing(session, id_, seen_by).reads_letter or sees_all(session, seen_by)):
        raise Forbidden
    found = session.scalar(select(Letter).where(Letter.call == id_))
    if found is None:
        raise NotFound(str(id_))
    return found.number, found.content
