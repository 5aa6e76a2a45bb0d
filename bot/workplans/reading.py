"""What of the registry a window or a part of App Home shows: each of these is one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from bot.caller import Caller
from bot.workplans.views import Listing, Sheet, parts
from bot.workplans.windows import Meeting
from cadre.core import clock
from cadre.core.errors import NotFound
from cadre.workplans import service as workplans
from cadre.workplans.facts import ActivityFacts, OutcomeFacts, Seen, WorkplanFacts


def sheet(session: Session, id_: str, caller: Caller) -> Sheet:
    """A workplan as somebody sees it today. Raises NotFound, Forbidden."""
    return Sheet(workplans.workplan(session, id_, caller.actor), today(session, caller))


def listing(session: Session, caller: Caller) -> Listing:
    """All workplans that somebody may see; theirs apart."""
    day = today(session, caller)
    mine = tuple(seen.plan for seen in workplans.mine(session, caller.actor.person, day))
    own = {plan.id for plan in mine}
    if caller.secretariat:
        found = workplans.all_open(session, caller.actor)
        others = tuple(plan for plan in found if plan.id not in own)
        return Listing(mine, others, day, secretariat=True, extensions=tuple(workplans.pending_extensions(session, caller.actor)))
    others = tuple(plan for plan in workplans.visible(session, caller.actor) if plan.id not in own)
    return Listing(mine, others, day)


def thing(session: Session, about: str, caller: Caller) -> tuple[Seen, ActivityFacts | None]:
    """A workplan, and one of its activities where ``about`` names one. Raises NotFound, Forbidden."""
    id_, activity = parts(about)
    seen = workplans.workplan(session, id_, caller.actor)
    if activity is None:
        return seen, None
    found = next((each for each in seen.plan.activities if each.id == activity), None)
    if found is None:
        raise NotFound(str(activity))
    return seen, found


def with_outcomes(session: Session, about: str, caller: Caller) -> tuple[Seen, ActivityFacts | None, Sequence[OutcomeFacts]]:
    """The same, and the outcomes that its activities may feed."""
    seen, found = thing(session, about, caller)
    return seen, found, workplans.outcomes(session, seen.plan.council)


def with_meetings(session: Session, id_: str, caller: Caller) -> tuple[WorkplanFacts, Sequence[Meeting]]:
    """A workplan, and the in-person meetings of its council."""
    plan = workplans.workplan(session, id_, caller.actor).plan
    return plan, workplans.in_person_meetings(session, plan.council)


def today(session: Session, caller: Caller) -> date:
    """The day that it is where somebody is."""
    return clock.today(session, caller.reader.zone)
