"""The kinds of notice that have a ladder, each declared by its own area: for planning, previews and people's choices."""

from __future__ import annotations

from typing import Final

from cadre.calls.notices import INVITATIONS
from cadre.decisions.notices import ACTIONS
from cadre.decisions.question_notices import SEATS
from cadre.framework.review_notices import KINDS as OF_REVIEWS
from cadre.meetings.notices import ANNOUNCED, MEETINGS
from cadre.meetings.poll_notices import KINDS as OF_POLLS
from cadre.meetings.preparing import AGENDAS, MINUTES_OWED, PAPERS
from cadre.notices.rules import Kind
from cadre.workplans.notices import ACTIVITIES, WORKPLANS

KINDS: Final[tuple[Kind, ...]] = (
    WORKPLANS,
    ACTIVITIES,
    INVITATIONS,
    SEATS,
    MEETINGS,
    ANNOUNCED,
    *OF_POLLS,
    AGENDAS,
    PAPERS,
    MINUTES_OWED,
    ACTIONS,
    *OF_REVIEWS,
)
