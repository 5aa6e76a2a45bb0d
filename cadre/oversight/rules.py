"""The health of a group by the rules G1 and G2, for a day, on plain data: no session, no clock.

What nobody recorded is unknown, and not missing: a source that does not speak of a thing does not say that it is not there. It is missing
once the secretariat confirmed the record of the group, or where the registry itself would hold it: a role that ended, a workplan of a cycle
that was opened, a meeting after the last one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from cadre.core.dates import PartialDate
from cadre.oversight.facts import (
    ACTIVE,
    DORMANT,
    LEADING,
    PROPOSED,
    REQUIREMENTS,
    RULES,
    Actions,
    Activities,
    CycleNow,
    GroupNow,
    Mandate,
    Meetings,
    Picture,
    Post,
    Requirement,
    State,
    Weakness,
)
from cadre.people.facts import PersonRef
from cadre.workplans.rules import before, calendar_due, half_of

CYCLES: Final = 2
"""Of so many cycles the workplan is to be approved. Source: governance rule G1 ("twice a year"), seed deck."""
LONG_AGO: Final = 6
"""Months after which a last meeting was too long ago. Ours: G1 asks for scheduled meetings, and names no interval."""
_HANDED_IN: Final = frozenset({"submitted", "complete", "approved"})
CycleState = Literal["approved", "waiting", "missing", "unknown"]


@dataclass(frozen=True, slots=True)
class Finding:
    """How a group stands in one thing, and why.

    ``reason``: a word for each way to stand so (``cadre.oversight.wording``); ``when``: the date that it speaks of; ``n``: how many;
    ``people``: of whom; ``cycles``: of workplans, the latest half first; ``plan``: the workplan to be looked at.
    """

    requirement: Requirement
    state: State
    reason: str
    when: PartialDate | None = None
    n: int = 0
    people: tuple[PersonRef, ...] = ()
    cycles: tuple[tuple[str, CycleState], ...] = ()
    plan: str | None = None


@dataclass(frozen=True, slots=True)
class Health:
    """How a group stands in everything, in the order of ``REQUIREMENTS``."""

    group: GroupNow
    findings: tuple[Finding, ...]

    def of(self, requirement: Requirement) -> Finding:
        """How it stands in one thing."""
        return self.findings[REQUIREMENTS.index(requirement)]

    def in_(self, state: State) -> tuple[Finding, ...]:
        """The findings in one state."""
        return tuple(each for each in self.findings if each.state == state)

    @property
    def state(self) -> State:
        """To complete where anything is; else unknown where anything is; else fulfilled, or not applicable where no rule applies."""
        states = {each.state for each in self.findings}
        ruled = any(each.requirement in RULES and each.state != "not_applicable" for each in self.findings)
        settled: State = "fulfilled" if ruled else "not_applicable"
        return "to_complete" if "to_complete" in states else "unknown" if "unknown" in states else settled


def health(picture: Picture, group: GroupNow) -> Health:
    """How a group stands on the day of the picture. Source: governance rules G1 and G2, seed deck; what is besides them is ours."""
    return Health(group, tuple(_finding(picture, group, requirement) for requirement in REQUIREMENTS))


def weaknesses(picture: Picture, found: Health) -> Iterator[Weakness]:
    """Why a group does not carry a priority forward, whatever it is aligned with. What is unknown is no weakness."""
    group = found.group
    if group.state == PROPOSED:
        yield "proposed"
    if group.state == DORMANT:
        yield "dormant"
    if found.of("leads").state == "to_complete":
        yield "no_lead"
    if found.of("mandate").reason == "expired":
        yield "expired"
    if _latest_missing(picture, group):
        yield "no_workplan"


def _finding(picture: Picture, group: GroupNow, requirement: Requirement) -> Finding:
    if requirement in RULES:
        if group.needs is None:
            return Finding(requirement, "unknown", "kind")
        if requirement not in group.needs:
            return Finding(requirement, "not_applicable", "kind")
    if group.state == PROPOSED and requirement not in ("actions", "activities", "facts"):
        return Finding(requirement, "not_applicable", "proposed")
    if group.state == DORMANT and requirement in ("workplan", "meetings", "activities"):
        return Finding(requirement, "not_applicable", "dormant")
    return _CHECKS[requirement](picture, group)


def _absent(group: GroupNow, requirement: Requirement, reason: str = "absent") -> Finding:
    """What is not there: missing where the secretariat confirmed what is, else unknown."""
    return Finding(requirement, "to_complete" if group.looked_at else "unknown", reason)


def _mandate(picture: Picture, group: GroupNow) -> Finding:
    mandate = picture.mandates.get(group.id, Mandate(defined=False))
    if not mandate.defined:
        return _absent(group, "mandate")
    if mandate.expires and mandate.expires.last < picture.day:
        return Finding("mandate", "to_complete", "expired", mandate.expires)
    return Finding("mandate", "fulfilled", "until" if mandate.expires else "defined", mandate.expires)


def counting(cycles: tuple[CycleNow, ...], day: date) -> tuple[tuple[str, CycleNow | None], ...]:
    """The last two halves whose workplans are to be approved by a day, the latest first; None for one of which the registry has no cycle.

    A half counts once the meeting that is to approve it is over, or, where no day of one is fixed, once its workplans were due.
    """
    known = {cycle.half: cycle for cycle in cycles}
    found: list[tuple[str, CycleNow | None]] = []
    half = half_of(day)
    if half not in known:
        half = before(half)
    while len(found) < CYCLES:
        cycle = known.get(half)
        if (cycle is None and calendar_due(half) < day) or (cycle and _over(cycle, day)):
            found.append((half, cycle))
        half = before(half)
    return tuple(found)


def _over(cycle: CycleNow, day: date) -> bool:
    return (cycle.held.last if cycle.held else cycle.due) < day


def _workplan(picture: Picture, group: GroupNow) -> Finding:
    """Where applicable: a half that was opened without a workplan of the group asks for none of it."""
    if group.state != ACTIVE:
        return Finding("workplan", "unknown", "state")
    if group.council is None:
        return Finding("workplan", "not_applicable", "no_council")
    plans = picture.plans.get(group.id, {})
    states: list[tuple[str, CycleState]] = []
    for half, cycle in counting(picture.cycles.get(group.council, ()), picture.day):
        plan = plans.get(half)
        if cycle is None:
            states.append((half, "unknown"))
        elif plan:
            states.append((half, "approved" if plan.state == "approved" else "waiting" if plan.state in _HANDED_IN else "missing"))
    told = {state for _, state in states}
    owed = next((plans[half].id for half, state in states if state in ("missing", "waiting")), None)
    state: State = "to_complete" if told & {"missing", "waiting"} else "unknown" if "unknown" in told else "fulfilled"
    if not states:
        return Finding("workplan", "not_applicable", "no_cycle")
    return Finding("workplan", state, "cycles", cycles=tuple(states), plan=owed)


def _latest_missing(picture: Picture, group: GroupNow) -> bool:
    """Whether a group handed no workplan in for the last half that counts: one that waits for its approval is one."""
    found = _finding(picture, group, "workplan")
    return bool(found.cycles) and found.cycles[0][1] == "missing"


def _meetings(picture: Picture, group: GroupNow) -> Finding:
    meetings = picture.meetings.get(group.id, Meetings())
    if meetings.next is None:
        if meetings.last:
            return Finding("meetings", "to_complete", "none_planned", meetings.last)
        return _absent(group, "meetings")
    if meetings.last and meetings.last.older_than(LONG_AGO, picture.day):
        return Finding("meetings", "to_complete", "long_ago", meetings.last)
    return Finding("meetings", "fulfilled", "next", meetings.next)


def _co_chair(picture: Picture, group: GroupNow) -> Finding:
    """Who is a co-chair by reasoning only, or whose seat in a council nobody confirmed, leaves it open."""
    posts = [post for post in picture.posts_of.get(group.id, ()) if post.role == "co_chair"]
    held = [post for post in posts if post.held]
    if not held:
        return Finding("council_co_chair", "to_complete", "ended") if posts else _absent(group, "council_co_chair")
    seats = picture.council_members
    sure = [post for post in held if not post.doubtful and seats.get(post.person.id)]
    if sure:
        return Finding("council_co_chair", "fulfilled", "held", people=_people(sure))
    if any(post.doubtful or not post.confirmed or post.person.id in seats for post in held):
        return Finding("council_co_chair", "unknown", "unconfirmed", people=_people(held))
    return Finding("council_co_chair", "to_complete", "no_member", people=_people(held))


def _leads(picture: Picture, group: GroupNow) -> Finding:
    posts = [post for post in picture.posts_of.get(group.id, ()) if post.role in LEADING]
    held = [post for post in posts if post.held]
    if not held:
        return Finding("leads", "to_complete", "ended") if posts else _absent(group, "leads")
    if all(post.doubtful for post in held):
        return Finding("leads", "unknown", "unconfirmed", people=_people(held))
    return Finding("leads", "fulfilled", "held", people=_people(held))


def _people(posts: list[Post]) -> tuple[PersonRef, ...]:
    return tuple(dict.fromkeys(post.person for post in posts))


def _actions(picture: Picture, group: GroupNow) -> Finding:
    actions = picture.actions.get(group.id, Actions())
    if actions.late:
        return Finding("actions", "to_complete", "late", n=actions.late)
    if actions.unclear:
        return Finding("actions", "unknown", "unclear", n=actions.unclear)
    return Finding("actions", "fulfilled", "none_late")


def _activities(picture: Picture, group: GroupNow) -> Finding:
    found = picture.activities.get(group.id, Activities())
    if found.late:
        return Finding("activities", "to_complete", "late", n=found.late, plan=found.plan)
    if group.id not in picture.plans:
        return Finding("activities", "not_applicable", "no_cycle")
    return Finding("activities", "fulfilled", "none_late")


def _facts(picture: Picture, group: GroupNow) -> Finding:
    """Facts that were read otherwise than written, or by reasoning, and roles that nobody confirmed."""
    roles = sum(post.held and not post.confirmed for post in picture.posts_of.get(group.id, ()))
    n = roles + picture.doubtful.get(group.id, 0)
    return Finding("facts", "to_complete" if n else "fulfilled", "unconfirmed" if n else "confirmed", n=n)


_CHECKS: Final[Mapping[Requirement, Callable[[Picture, GroupNow], Finding]]] = {
    "mandate": _mandate,
    "workplan": _workplan,
    "meetings": _meetings,
    "council_co_chair": _co_chair,
    "leads": _leads,
    "actions": _actions,
    "activities": _activities,
    "facts": _facts,
}
