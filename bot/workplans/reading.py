"""What of the registry a window or a part of App Home shows: each of these is one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from bot.caller import Caller
from bot.workplans.deciding import DueDates, Settling
from bot.workplans.views import MINE, Listing, Sheet, parts
from cadre.core import clock
from cadre.core.changes import seen_by
from cadre.core.errors import NotFound
from cadre.notices.drafts import waiting
from cadre.workplans import service as workplans
from cadre.workplans.carrying import newest
from cadre.workplans.facts import ActivityFacts, OutcomeFacts, Seen
from cadre.workplans.meanwhile import last_planned
from cadre.workplans.notices import ACTIVITIES, WORKPLANS
from cadre.workplans.rights import Act, activity_row


def sheet(session: Session, id_: str, caller: Caller) -> Sheet:
    """A workplan as somebody sees it today. Raises NotFound, Forbidden."""
    seen, day = workplans.workplan(session, id_, caller.actor), today(session, caller)
    return Sheet(seen, day, several=len(workplans.mine(session, caller.actor.person, day)) > 1)


def own(session: Session, caller: Caller) -> tuple[Sheet, ...]:
    """The workplans that somebody writes or carries something out of, the most urgent first."""
    day = today(session, caller)
    return tuple(Sheet(seen, day) for seen in workplans.mine(session, caller.actor.person, day))


def known(session: Session, about: str, caller: Caller) -> tuple[Sheet, ...]:
    """What a window with fields is about: all workplans of somebody, or one. Raises NotFound, Forbidden."""
    return own(session, caller) if about == MINE else (sheet(session, about, caller),)


def listing(session: Session, caller: Caller) -> Listing:
    """All workplans that somebody may see; theirs apart, and those of cycles that are over."""
    found = near(session, caller)
    if not found.secretariat:
        return found
    there = {plan.id for plan in (*found.mine, *found.others)}
    seen = (each.plan for each in workplans.standings(session, caller.actor))
    return replace(found, earlier=tuple(plan for plan in seen if plan.id not in there))


def near(session: Session, caller: Caller) -> Listing:
    """The same; for the secretariat only those of cycles that still count."""
    day = today(session, caller)
    mine = tuple(sheet.seen.plan for sheet in own(session, caller))
    theirs = {plan.id for plan in mine}
    if caller.secretariat:
        found = workplans.all_open(session, caller.actor)
        others = tuple(plan for plan in found if plan.id not in theirs)
        drafts = len(seen_by(caller.actor, waiting)(session, {WORKPLANS.name: WORKPLANS, ACTIVITIES.name: ACTIVITIES}))
        requests = tuple(workplans.pending_extensions(session, caller.actor))
        waited_for = (activity for _, activity in workplans.open_activities(session, caller.actor))
        late = tuple(each for each in waited_for if each.due and each.due < day)
        return Listing(mine, others, day, secretariat=True, extensions=requests, drafts=drafts, late=late)
    rest = [each for each in workplans.standings(session, caller.actor) if each.plan.id not in theirs]
    former, foreign = tuple(each.plan for each in rest if each.mine), [each for each in rest if not each.mine]
    last = {(each.plan.target_kind, each.plan.target): each.plan.id for each in reversed(foreign)}.values()
    current = [each for each in foreign if each.plan.id in last or (each.counts and each.plan.awaited)]
    there = {each.plan.id for each in current}
    earlier = tuple(each.plan for each in foreign if each.plan.id not in there)
    return Listing(mine, tuple(each.plan for each in current), day, former=former, earlier=earlier)


def thing(session: Session, about: str, caller: Caller, to: Act = "see") -> tuple[Seen, ActivityFacts | None]:
    """A workplan, and one of its activities where ``about`` names one. ``to``: what they are about to do. Raises NotFound, Forbidden.

    One that goes on in a later workplan by now is told of there, but to those who write the earlier one.
    """
    id_, activity = parts(about)
    if activity is not None and to != "write" and (last := newest(session, [activity])[activity]) != activity:
        id_, activity = activity_row(session, last).workplan, last
    seen = workplans.workplan(session, id_, caller.actor, to, activity)
    if activity is None:
        return seen, None
    found = next((each for each in seen.plan.activities if each.id == activity), None)
    if found is None:
        raise NotFound(str(activity))
    return seen, found


def more_time(session: Session, about: str, caller: Caller) -> tuple[Seen, ActivityFacts | None, date | None]:
    """The same, and the last day that is given at once, if any is left."""
    seen, found = thing(session, about, caller, "say")
    due = found.due if found else seen.plan.due
    subject = found.subject if found else seen.plan.subject
    return seen, found, workplans.given_at_once(session, subject, due, today(session, caller)) if due else None


def with_outcomes(session: Session, about: str, caller: Caller) -> tuple[Seen, ActivityFacts | None, Sequence[OutcomeFacts]]:
    """The same, and the outcomes that its activities may feed."""
    seen, found = thing(session, about, caller, "write")
    return seen, found, workplans.outcomes(session, seen.plan.id, caller.actor)


def settling(session: Session, id_: str, caller: Caller) -> Settling:
    """A workplan whose approval is to be recorded. Raises NotFound, Forbidden."""
    seen = workplans.workplan(session, id_, caller.actor, "settle")
    return Settling(
        seen,
        workplans.in_person_meetings(session, seen.plan.council, seen.plan.handed_in),
        workplans.handed_in_text(session, id_, caller.actor),
        workplans.since_kept(session, id_, caller.actor, caller.reader.language),
        last_planned(session, seen.plan),
    )


def due_dates(session: Session, id_: str, caller: Caller) -> DueDates:
    """What the due dates of a workplan and its cycle go by. Raises NotFound, Forbidden."""
    plan = workplans.workplan(session, id_, caller.actor, "settle").plan
    cycle = workplans.cycle_facts(session, plan.cycle)
    return DueDates(plan, cycle, workplans.coming_meetings(session, plan.council, cycle.meeting))


def today(session: Session, caller: Caller) -> date:
    """The day that it is where somebody is."""
    return clock.today(session, caller.reader.zone)
