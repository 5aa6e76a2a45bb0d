"""What comes of a meeting, recorded at it or after: who was there, what was decided, what is to be done next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from cadre.core.errors import Invalid, Message, NotFound
from cadre.decisions import service as decisions
from cadre.decisions.facts import DecisionFacts
from cadre.decisions.service import ActionForm, ActionView, DecisionForm
from cadre.meetings.models import AgendaItem, Meeting
from cadre.meetings.records import is_over
from cadre.meetings.rights import meeting_row, require_arranger, require_planned
from cadre.meetings.views import AGENDA, MINUTES
from cadre.notices.service import touch


def decide(
    session: Session,
    meeting: str,
    wording_en: str,
    wording_fr: str,
    *,
    item: int | None = None,
    known: str | None = None,
    shown: str | None = None,
    view_id: str | None = None,
) -> DecisionFacts:
    """Record a decision of a meeting, under an item of its agenda or none; ``known``: the one that is worded anew, ``shown``: what the
    window showed of it (``decisions.shown``).

    Raises NotFound; Forbidden for anyone who may not arrange the meeting; Conflict where it was cancelled, or somebody worded the decision
    anew since; Invalid before it has begun.
    """
    row = _held(session, meeting)
    if item is not None and ((found := session.get(AgendaItem, item)) is None or found.meeting != meeting):
        raise NotFound(str(item))
    form = DecisionForm(row.group, meeting, wording_en, wording_fr, item, row.held, known, shown)
    made = decisions.record_decision(session, form, view_id=view_id)
    touch(session, AGENDA, f"{AGENDA}:{meeting}")
    return made


def take_back(session: Session, meeting: str, decision: str, why: str) -> None:
    """Take back a provisional decision that the meeting did not take. ``why`` is kept with the record, as who did it and when.

    Raises as ``decide``; Invalid without a reason; Conflict for one that was confirmed since.
    """
    row = _held(session, meeting)
    decisions.withdraw_decision(session, decision, meeting, row.group, why)
    for what in (AGENDA, MINUTES):
        touch(session, what, f"{what}:{meeting}")


def agree(
    session: Session, meeting: str, wording_en: str, wording_fr: str, *, owner: str | None, due: date | None, view_id: str | None = None
) -> ActionView:
    """Record an action that a meeting agreed on. Raises as ``decide``; Invalid for what cannot be taken."""
    row = _held(session, meeting)
    form = replace(ActionForm(row.group, wording_en, wording_fr, owner, due), meeting=meeting)
    return decisions.record_action(session, form, view_id=view_id)


def _held(session: Session, id_: str) -> Meeting:
    """A meeting that has begun, its row locked."""
    row = meeting_row(session, id_, lock=True)
    require_arranger(session, row.group)
    require_planned(session, row)
    if not is_over(session, row):
        raise Invalid(meeting=Message("This meeting has not begun yet."))
    return row
