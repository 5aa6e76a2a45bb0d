"""A refusal in time, kept while somebody takes part for its jurisdiction all the same: it is the answer again once nobody does."""

from __future__ import annotations

from typing import Final

from sqlalchemy.orm import Session

from cadre.calls.facts import INVITATION
from cadre.calls.models import Invitation, LateRefusal
from cadre.core import changes
from cadre.core.reader import named
from cadre.notices.service import announce

_KEPT: Final = {
    "refused_at": "answered_at",
    "refused_by": "answered_by",
    "refused_recorded_by": "recorded_by",
    "refused_said_by": "said_by",
    "refused_said_on": "said_on",
    "refused_way": "way",
}
"""Where it is kept how a refusal came -> where that stands while it is the answer."""
_TAKING_PART: Final = ("nominated", "observer")


def keep(row: Invitation, refusal: LateRefusal | None = None) -> None:
    """Keep how a refusal came: the one that the row answers with, or one that was late and is in time after all."""
    for kept, stood in _KEPT.items():
        setattr(row, kept, getattr(refusal or row, stood))


def stands(row: Invitation) -> None:
    """The refusal is the answer, as it was given."""
    if row.refused_at:
        for kept, stood in _KEPT.items():
            setattr(row, stood, getattr(row, kept))


def tell(session: Session, row: Invitation, before: str, refuser: str | None) -> None:
    """Whoever declined (``refuser``) hears that another answers for their jurisdiction instead, and that their refusal stands again."""
    instead = before == "declined" and row.state in _TAKING_PART
    again = before in _TAKING_PART and row.state == "declined" and row.declined
    if instead or again:
        changed(session, row, refuser, instead=instead)


def changed(session: Session, row: Invitation, refuser: str | None, *, instead: bool) -> None:
    """Another answers than whoever declined, or does so no more."""
    _announce(session, "call_changed", row, refuser, {"instead": instead})


def settled(session: Session, row: Invitation, refusal: LateRefusal, *, in_time: bool = False) -> None:
    """Whoever declined late hears what the secretariat made of it; ``in_time``: it gave more time, by which it came in time."""
    _announce(session, "call_late_settled", row, refusal.refuser, {"taken_up": in_time or bool(refusal.taken_up), "in_time": in_time})


def _announce(session: Session, kind: str, row: Invitation, refuser: str | None, detail: dict[str, bool]) -> None:
    actor = changes.actor(session)
    told = [refuser] if refuser and refuser != actor.person else []
    announce(session, kind, f"{INVITATION}:{row.id}", told, {"by": named(actor.label), **detail})
