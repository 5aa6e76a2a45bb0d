"""The opening and the closing of calls: by the clock or by hand, once."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from cadre.calls import letter, rules
from cadre.calls.drafting import come_into, is_done, tell_concerned
from cadre.calls.facts import CALL, INVITATION, CallFacts
from cadre.calls.models import Call, CallChair, Invitation, Letter
from cadre.calls.reading import call_row, load_one
from cadre.calls.records import proposed, proposed_role
from cadre.calls.speaking import representatives
from cadre.core import clock
from cadre.core.errors import Invalid, Message
from cadre.core.ids import free_id, spelled
from cadre.groups.models import Group
from cadre.groups.rights import one_by_one
from cadre.notices.models import Notice
from cadre.notices.posts import post
from cadre.notices.recipients import secretariat_mailbox
from cadre.notices.service import announce, announce_each, require_secretariat, secretariat, touch
from cadre.priorities.models import Alignment, Priority

_ID: Final = 80


def due(session: Session) -> tuple[int, ...]:
    """The calls that are to open or to close by now."""
    now = clock.now(session)
    opening = (Call.state == "scheduled") & (Call.opens_at <= now)
    closing = (Call.state == "open") & (Call.closes_at <= now)
    return tuple(session.scalars(select(Call.id).where(or_(opening, closing)).order_by(Call.id)))


def advance(session: Session, id_: int) -> bool:
    """Open a call that is to open by now, or close it; gives whether anything changed. One call a transaction: what hinders one hinders no
    other, and no two wait for each other.

    Any number of processes may say it at once: the row is locked and looked at again. Raises NotFound.
    """
    row = call_row(session, id_, lock=True)
    if not _due(session, row):
        return False
    if row.state == "open":
        _close(session, row)
    elif _missing(session, row):
        _not_opened(session, row)
    else:
        _open(session, row)
    return True


def stuck(session: Session, id_: int) -> None:
    """A call could be neither opened nor closed at its moment, by a fault; the next round tries again. The secretariat is told, once."""
    row = call_row(session, id_, lock=True)
    moment, subject = _due(session, row), f"{CALL}:{row.id}"
    if moment is None:
        return  # another process opened or closed it meanwhile
    told = select(Notice.id).where(Notice.kind == "call_stuck", Notice.subject == subject, Notice.at >= moment)
    if not session.scalar(told.limit(1)):
        announce(session, "call_stuck", subject, secretariat(session), {"closing": row.state == "open"})


def _due(session: Session, row: Call) -> datetime | None:
    """The moment at which a call was to open or to close; None where that is yet to come."""
    moment = {"scheduled": row.opens_at, "open": row.closes_at}.get(row.state)
    return moment if moment and moment <= clock.now(session) else None


def next_due(session: Session) -> datetime | None:
    """The next moment at which a call opens or closes; None where none does."""
    opening = session.scalar(select(func.min(Call.opens_at)).where(Call.state == "scheduled"))
    closing = session.scalar(select(func.min(Call.closes_at)).where(Call.state == "open"))
    return min((moment for moment in (opening, closing) if moment), default=None)


def open_now(session: Session, id_: int) -> CallFacts:
    """Open a call now, whatever its time. Sent twice, it is done once. Raises Forbidden for anyone but the secretariat; NotFound; Conflict
    where somebody else did it; Invalid where it cannot be.
    """
    require_secretariat(session)
    row = call_row(session, id_, lock=True)
    if is_done(session, row, "open"):
        return load_one(session, row)
    if row.state != "scheduled":
        come_into(session, row, "scheduled")
    row.opens_at = clock.now(session)
    if wrong := _missing(session, row):
        raise Invalid(**wrong)
    _open(session, row)
    return load_one(session, row)


def close_now(session: Session, id_: int) -> CallFacts:
    """Close an open call before its time; those who have not answered are told.

    Sent twice, it is done once. Raises Forbidden for anyone but the secretariat; NotFound; Conflict where somebody else did it; Invalid
    where it is not open.
    """
    require_secretariat(session)
    row = call_row(session, id_, lock=True)
    if is_done(session, row, "closed"):
        return load_one(session, row)
    _close(session, row)
    tell_concerned(session, row, "call_ended", unanswered_only=True)
    return load_one(session, row)


def _missing(session: Session, row: Call) -> dict[str, Message]:
    return {**rules.owed(load_one(session, row)), **rules.wrong_times(row.opens_at, row.closes_at, clock.now(session))}


def _open(session: Session, row: Call) -> None:
    """Everything that the opening brings about, in one transaction: the group, the invitations, the letter, the posts, the word to each
    representative.
    """
    come_into(session, row, "open")
    one_by_one(session)  # letters and groups are numbered
    row.opened_at = clock.now(session)
    if row.group is None:
        row.group = _found(session, row).id
    else:
        _described(session, row)
    speaking = representatives(session, row)
    invited = [Invitation(call=row.id, jurisdiction=place, state="silent") for place in row.jurisdictions.split()]
    session.add_all(invited)
    session.flush()
    subjects = {f"{INVITATION}:{each.id}": each for each in invited}
    announce_each(session, "call_opened", ((who, subject) for subject, each in subjects.items() for who in speaking[each.jurisdiction]))
    for subject in subjects:
        touch(session, INVITATION, subject)
    post(session, f"{CALL}:{row.id}", row.channels.split())
    _issue(session, row)
    announce(session, "call_issued", f"{CALL}:{row.id}", _chairs(session, row))


def _not_opened(session: Session, row: Call) -> None:
    """It was to open and something is missing by now: a draft again, and the secretariat is told."""
    come_into(session, row, "draft")
    announce(session, "call_not_opened", f"{CALL}:{row.id}", secretariat(session))


def _close(session: Session, row: Call) -> None:
    come_into(session, row, "closed")
    row.closed_at = clock.now(session)
    answered = (Invitation.call == row.id) & Invitation.state.not_in(sorted(rules.UNANSWERED))
    for each in session.scalars(select(Invitation).where(answered)):
        each.stood = True
    announce(session, "call_closed", f"{CALL}:{row.id}", secretariat(session))


def _chairs(session: Session, row: Call) -> list[str]:
    """Those in whose name the letter goes out."""
    return list(session.scalars(select(CallChair.person).where(CallChair.call == row.id).order_by(CallChair.person)))


def _described(session: Session, row: Call) -> None:
    """A group that is there and of which nothing is written, or not in both languages, gets what the call says of it."""
    group = session.get_one(Group, row.group)
    if row.description and (group.description is None or group.description.owed()):
        group.description = row.description


def _found(session: Session, row: Call) -> Group:
    """The group that the call proposes: made now, proposed, with its proposed co-chairs; nothing of it is confirmed."""
    assert row.name is not None  # an opening without it was refused
    id_ = free_id(session, Group, spelled(row.name.en or row.name.fr or "", "group"))
    made = Group(id=id_, name=row.name, kind=row.group_kind, state="proposed", owner=row.owner, description=row.description)
    session.add(made)
    session.flush()
    proposed(session, "group", id_, row.priority)
    for chair in _chairs(session, row):
        proposed_role(session, id_, chair, "co_chair", row.priority)
    if row.priority and (carried := session.get(Priority, row.priority)):
        align = f"{id_}.{carried.id}"[:_ID]
        session.add(Alignment(id=align, group=id_, priority=carried.id, strength="supports"))
        proposed(session, "alignment", align, row.priority)
        carried.group = carried.group or id_
    return made


def _issue(session: Session, row: Call) -> None:
    """The official letter: numbered, and kept as it is now."""
    now = clock.now(session)
    row.number = rules.letter_number(clock.today(session).year, session.scalars(select(Letter.number)))
    session.flush()
    content = letter.written(load_one(session, row), clock.today(session), secretariat_mailbox(session))
    session.add(Letter(number=row.number, call=row.id, issued_at=now, content=content))
    session.flush()
