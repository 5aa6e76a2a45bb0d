"""What can be done with workplans. Whoever writes is the acting person of the session; whoever reads is named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from cadre.core import clock
from cadre.core.bilingual import Bilingual
from cadre.core.errors import Forbidden
from cadre.core.reader import Actor
from cadre.core.rows import by_id
from cadre.groups.rights import require_going
from cadre.meetings.models import Meeting
from cadre.people import service as people
from cadre.people.identities import person_choices
from cadre.people.rules import PersonChoice, matches
from cadre.people.service import require_secretariat
from cadre.workplans.carrying import carried
from cadre.workplans.comparing import compared, since_kept
from cadre.workplans.cycles import Later, earlier_plans, later, next_opening, of_target, open_cycles
from cadre.workplans.extensions import extend, extensions_of, given_at_once, pending_extensions, request, settle_extension
from cadre.workplans.facts import EVENTS, ActivityFacts, OutcomeFacts, Seen, Standing, TextFacts, WorkplanFacts
from cadre.workplans.logic_rules import FED
from cadre.workplans.models import Cycle, Outcome, Workplan, WorkplanText
from cadre.workplans.moving import coming_meetings, cycle_facts, follow_meetings, in_person_meetings, move_all, move_due, set_meeting
from cadre.workplans.reading import LEAD, held_in, load, load_activities, load_one, meeting_name, outcome_facts, target_of
from cadre.workplans.rights import Act, Rights, plan_row, require, require_sight, rights_of
from cadre.workplans.rules import before, late_first, most_urgent, owed
from cadre.workplans.settling import accept, approve, handed_in, return_, submit, unapprove
from cadre.workplans.writing import copy_last, nothing_changed, reassign, report, save_activity, save_aim, say_state, to_copy

__all__ = [
    "accept",
    "all_open",
    "approve",
    "candidates",
    "coming_meetings",
    "compared",
    "copy_last",
    "cycle_facts",
    "extend",
    "extensions_of",
    "follow_meetings",
    "given_at_once",
    "handed_in_text",
    "in_person_meetings",
    "mine",
    "move_all",
    "move_due",
    "next_opening",
    "nothing_changed",
    "open_activities",
    "open_cycles",
    "outcomes",
    "pending_extensions",
    "reassign",
    "report",
    "request",
    "return_",
    "save_activity",
    "save_aim",
    "say_state",
    "set_meeting",
    "settle_extension",
    "since_kept",
    "standings",
    "submit",
    "texts",
    "unapprove",
    "workplan",
]

_CHOICES: Final = 100
"""As many as a menu of Slack offers."""


def workplan(session: Session, id_: str, seen_by: Actor, to: Act = "see", activity: int | None = None) -> Seen:
    """A workplan as somebody sees it. ``to``: what they are about to do with it, or with an activity of it. Raises NotFound; Forbidden
    for whoever may not.
    """
    plan = plan_row(session, id_)
    rights = require_sight(session, plan, seen_by)
    require(rights, plan, to, activity)
    if to in ("write", "say"):
        require_going(session, plan.group, hold=False)
    halves = of_target(session, target_of(plan))
    cycles = by_id(session, Cycle, (other.cycle for _, other in halves))
    others = tuple(
        (half, other.id)
        for half, other in halves
        if other.id != plan.id and rights.may_see(other.id, target_of(plan), cycles[other.cycle].council, other.state)
    )
    return replace(_seen(session, plan, load_one(session, plan), rights), others=others)


def mine(session: Session, person: str | None, today: date) -> tuple[Seen, ...]:
    """The workplans that somebody may write or owns activities in, of the halves that still count; the most urgent first.

    ``today``: the day that it is where they are.
    """
    if person is None:
        return ()
    rights = rights_of(session, Actor("", person))
    written = {kind: sorted(id_ for of, id_ in rights.writes if of == kind) for kind in ("group", "priority")}
    theirs = or_(
        Workplan.id.in_(sorted(set(rights.owns.values()))),
        Workplan.group.in_(written["group"]),
        Workplan.priority.in_(written["priority"]),
    )
    plans = session.scalars(select(Workplan).where(theirs).order_by(Workplan.id)).all()
    following = later(session, {target_of(plan) for plan in plans})
    facts = {each.id: each for each in load(session, plans)}
    seen = [
        _seen(session, plan, facts[plan.id], rights)
        for plan in plans
        if not (following[target_of(plan), facts[plan.id].half].replaces_activities or facts[plan.id].given_up)
    ]
    counting = [each for each in seen if _counts(each, following[(each.plan.target_kind, each.plan.target), each.plan.half])]
    return tuple(sorted(counting, key=lambda each: most_urgent(each.plan, each.mine)))


def _counts(seen: Seen, following: Later) -> bool:
    """Whether somebody still has to do with a workplan of theirs: the last one always, an earlier one while something is open."""
    if not following.states:
        return True
    return (seen.plan.awaited and not following.replaces_plan) or any(each.open and each.id in seen.mine for each in seen.plan.activities)


def _seen(session: Session, plan: Workplan, facts: WorkplanFacts, rights: Rights) -> Seen:
    may_edit = rights.may_edit(target_of(plan))
    theirs = {each.id for each in facts.activities if may_edit or each.id in rights.owns}
    going_on = carried(session, [each.id for each in facts.activities])
    return Seen(
        plan=facts,
        may_edit=may_edit,
        may_settle=rights.secretariat,
        mine=frozenset(theirs - going_on),
        going_on=frozenset(going_on),
        owed=owed(facts),
        **({"copied_from": None} | (_left(session, plan, facts, begun=bool(going_on)) if may_edit or rights.secretariat else {})),
    )


def _left(session: Session, plan: Workplan, facts: WorkplanFacts, *, begun: bool) -> dict[str, Any]:
    """Of the workplan before: whether there is something to copy from it, and what of it is not taken over. ``begun``: whether the one
    after this was begun with what this one left open.
    """
    last = next(iter(earlier_plans(session, plan)), None)
    if last is None or facts.state == "approved":
        return {}
    open_ones = load_activities(session, to_copy(session, last))
    copied = facts.awaited and not begun and (open_ones or (last.aim and not plan.aim))
    return {"copied_from": last.id if copied else None, "left_open": open_ones}


def all_open(session: Session, seen_by: Actor) -> tuple[WorkplanFacts, ...]:
    """All workplans of each council's last half, and those before them that are not approved and still awaited; late ones first. Of a
    dissolved group only what was approved.

    Raises Forbidden for anyone but the secretariat.
    """
    require_secretariat(session, seen_by)
    last: dict[str, str] = {}
    for council, half in session.execute(select(Cycle.council, Cycle.half)):
        last[council] = max(half, last.get(council, ""))
    rows = session.execute(select(Workplan, Cycle.council, Cycle.half).join(Cycle, Cycle.id == Workplan.cycle).order_by(Workplan.id))
    near = [(plan, half, half == last[council]) for plan, council, half in rows if half in (last[council], before(last[council]))]
    following = later(session, {target_of(plan) for plan, _, _ in near})
    counting = [
        plan for plan, half, newest in near if newest or not (plan.state == "approved" or following[target_of(plan), half].replaces_plan)
    ]
    today = clock.today(session)
    there = [facts for facts in load(session, counting) if not facts.given_up]
    return tuple(sorted(there, key=lambda facts: late_first(facts, today)))


def standings(session: Session, seen_by: Actor) -> tuple[Standing, ...]:
    """All workplans that somebody may see, those of the last half first, each with what they may know of it. Of a dissolved group only
    what was approved.
    """
    rights = rights_of(session, seen_by)
    rows = session.execute(select(Workplan, Cycle.council).join(Cycle, Cycle.id == Workplan.cycle).order_by(Cycle.half.desc(), Workplan.id))
    plans = load(session, [plan for plan, council in rows if rights.may_see(plan.id, target_of(plan), council, plan.state)])
    following = later(session, {(plan.target_kind, plan.target) for plan in plans})
    return tuple(
        Standing(
            plan,
            counts=not following[target, plan.half].replaces_plan,
            lateness=rights.may_know_late(plan.id, target),
            mine=target in rights.writes,
        )
        for plan in plans
        if not plan.given_up
        for target in ((plan.target_kind, plan.target),)
    )


def open_activities(session: Session, seen_by: Actor) -> tuple[tuple[Standing, ActivityFacts], ...]:
    """The activities that somebody waits for of the workplans that somebody may see, each with its workplan, the first due first."""
    there = [each for each in standings(session, seen_by) if not each.plan.asleep]
    following = later(session, {(each.plan.target_kind, each.plan.target) for each in there})
    found = [
        (each, activity)
        for each in there
        if not following[(each.plan.target_kind, each.plan.target), each.plan.half].replaces_activities
        for activity in each.plan.activities
        if activity.open
    ]
    going_on = carried(session, [activity.id for _, activity in found])
    return tuple(sorted((each for each in found if each[1].id not in going_on), key=lambda each: (each[1].due or date.max, each[1].id)))


def texts(session: Session, id_: str, seen_by: Actor) -> tuple[TextFacts, ...]:
    """The texts of a workplan that were frozen, the last one first. Raises NotFound, Forbidden."""
    require_sight(session, plan_row(session, id_), seen_by)
    rows = session.scalars(select(WorkplanText).where(WorkplanText.workplan == id_).order_by(WorkplanText.version.desc())).all()
    meetings = by_id(session, Meeting, (row.meeting for row in rows if row.meeting))
    return tuple(
        TextFacts(
            version=row.version,
            event=next(event for event in EVENTS if event == row.event),
            at=row.at,
            by=row.by,
            meeting_name=meeting_name(meetings[row.meeting]) if row.meeting in meetings else None,
            text=row.text,
        )
        for row in rows
    )


def handed_in_text(session: Session, id_: str, seen_by: Actor) -> Bilingual:
    """The text of a workplan as it was handed in last. Raises NotFound, Forbidden."""
    require_sight(session, plan_row(session, id_), seen_by)
    return handed_in(session, id_)


def outcomes(session: Session, id_: str, seen_by: Actor) -> tuple[OutcomeFacts, ...]:
    """What activities of a workplan may feed, of its council's logic model: outputs, and outcomes of the short, medium and long term.
    Raises NotFound; Forbidden for anyone who may not write it.
    """
    plan = plan_row(session, id_)
    require(rights_of(session, seen_by), plan, "write")
    council = select(Cycle.council).where(Cycle.id == plan.cycle).scalar_subquery()
    fed = select(Outcome).where(Outcome.council == council, Outcome.retired.is_(None), Outcome.term.in_(FED))
    rows = session.scalars(fed.order_by(Outcome.number, Outcome.id)).all()
    return tuple(outcome_facts(row) for term in FED for row in rows if row.term == term)


def candidates(session: Session, id_: str, typed: str, seen_by: Actor) -> tuple[PersonChoice, ...]:
    """Whom an activity may be given to: those with a role in what the workplan is of first, then all others. Raises NotFound; Forbidden
    for anyone who neither writes it nor carries something of it out.
    """
    plan, rights = plan_row(session, id_), rights_of(session, seen_by)
    if not (rights.may_edit(target_of(plan)) or id_ in rights.owns.values()):
        raise Forbidden(LEAD)
    near = dict.fromkeys(each.person for each in held_in(session, {target_of(plan)}).get(target_of(plan), ()))
    found = {choice.id: choice for choice in people.search_people(session, typed, _CHOICES)}
    first = person_choices(session, [each.id for each in near if each.id in found or matches(typed, [each.name])])
    return tuple({choice.id: choice for choice in (*first, *found.values())}.values())[:_CHOICES]
