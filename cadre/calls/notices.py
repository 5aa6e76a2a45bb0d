"""Of invitations, what reminders need to know: until when, answered or not, and who answers for the jurisdiction."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.calls.facts import CALL, INVITATION
from cadre.calls.models import Call, Invitation
from cadre.calls.reading import jurisdictions, load
from cadre.calls.rules import UNANSWERED
from cadre.calls.speaking import delegates, representatives
from cadre.core.bilingual import Bilingual
from cadre.core.calendar import last_morning
from cadre.core.errors import Message
from cadre.core.reader import DEFAULT_ZONE
from cadre.core.rows import chunks
from cadre.notices.rules import Dated, Kind
from cadre.notices.service import told_last

REPRESENTATIVE: Final = "representative"
_ROWS: Final = select(Invitation, Call).join(Call, Call.id == Invitation.call)


def _batch(session: Session, after: str, limit: int) -> Sequence[Dated]:
    """Invitations of calls that are open, after one, in order of their number."""
    first = int(after.partition(":")[2] or 0)
    rows = session.execute(_ROWS.where(Invitation.id > first, Call.state == "open").order_by(Invitation.id).limit(limit)).all()
    return _dated(session, rows)


def _some(session: Session, subjects: Collection[str]) -> Mapping[str, Dated]:
    rows = [row for some in chunks(_ids(subjects)) for row in session.execute(_ROWS.where(Invitation.id.in_(some)))]
    return {each.subject: each for each in _dated(session, rows)}


def _ids(subjects: Iterable[str]) -> list[int]:
    return sorted({int(id_) for subject in subjects if (id_ := subject.partition(":")[2]).isdecimal()})


def _dated(session: Session, rows: Iterable[Any]) -> list[Dated]:
    found = [(invitation, call) for invitation, call in rows]
    speaking: dict[tuple[int, str], tuple[str, ...]] = {}
    for call in {call.id: call for _, call in found}.values():
        asked = [invitation.jurisdiction for invitation, of in found if of.id == call.id]
        speaking |= {(call.id, where): tuple(people) for where, people in representatives(session, call, asked).items()}
    for where, people in delegates(session, {call.id for _, call in found}).items():
        if where in speaking:
            speaking[where] = tuple(people)  # the answer is theirs to give now
    zone = ZoneInfo(DEFAULT_ZONE)
    extended = told_last(session, ["call_extended"], {f"{CALL}:{call.id}" for _, call in found})  # that there is more time
    return [
        Dated(
            INVITATION,
            f"{INVITATION}:{invitation.id}",
            last_morning(call.closes_at.astimezone(zone)) if call.closes_at else None,
            _settled(invitation, call),
            {REPRESENTATIVE: speaking[call.id, invitation.jurisdiction]},
            begins=call.opened_at.astimezone(zone).date() if call.opened_at else None,
            heard=extended.get(f"{CALL}:{call.id}", {}),
        )
        for invitation, call in found
    ]


def _settled(invitation: Invitation, call: Call) -> str | None:
    """Why a jurisdiction is reminded of nothing: it answered, or the call takes no answers. Whoever gave the answer over did not answer."""
    if call.state != "open":
        return call.state
    return None if invitation.state in UNANSWERED else "answered"


def _names(session: Session, subjects: Collection[str]) -> Mapping[str, Bilingual]:
    """The jurisdiction that is silent, and the call."""
    rows = [row for some in chunks(_ids(subjects)) for row in session.execute(_ROWS.where(Invitation.id.in_(some)))]
    places = jurisdictions(session, {invitation.jurisdiction for invitation, _ in rows})
    calls = {facts.id: facts.name for facts in load(session, list({call.id: call for _, call in rows}.values()))}

    def named(invitation: Invitation) -> Bilingual:
        place, call = places[invitation.jurisdiction].name, calls[invitation.call] or Bilingual("", "")
        return Bilingual(f"{call.en}: {place.en}", f"{call.fr}\u00a0: {place.fr}")

    return {f"{INVITATION}:{invitation.id}": named(invitation) for invitation, _ in rows}


INVITATIONS: Final = Kind(INVITATION, Message("Calls that wait for an answer"), _batch, _some, _names)
