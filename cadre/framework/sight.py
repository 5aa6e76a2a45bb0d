"""Who may see what of the framework: workplans, lateness and how groups stand by their rights; the rest everybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from sqlalchemy.orm import Session

from cadre.core.errors import Forbidden
from cadre.core.reader import OPERATOR, Actor
from cadre.framework.facts import WorkplanIn, World
from cadre.oversight import health, rights
from cadre.oversight.facts import State
from cadre.oversight.rules import Health
from cadre.workplans import rights as workplan_rights
from cadre.workplans.rights import Rights

_OPEN: Final = frozenset({"to_complete", "unknown"})


@dataclass(frozen=True, slots=True)
class Sight:
    """What somebody may see now. ``rights``: to workplans; None: only what everybody may see.

    ``health``: how the groups stand that they may know it of; nothing where nobody asked.
    """

    rights: Rights | None = None
    health: Mapping[str, Mapping[str, State]] = field(default_factory=dict)

    def seen(self, whole: World) -> World:
        """What they may see of a World that holds everything."""
        if self.rights is None:
            return replace(whole, whole=False, workplans={}, activities={}, health={})
        may = self.rights
        plans = {id_: plan for id_, plan in whole.workplans.items() if may.may_see(id_, _target(plan), plan.council or "", plan.state)}
        return replace(
            whole,
            workplans=plans,
            activities={
                id_: replace(each, late=each.late and may.may_know_late(each.workplan, _target(plans[each.workplan])))
                for id_, each in whole.activities.items()
                if each.workplan in plans
            },
            health={id_: open_ for id_, open_ in whole.health.items() if id_ in self.health},
        )


def sight(session: Session, seen_by: Actor | None, *, with_health: bool = True) -> Sight:
    """What somebody may see now. Without ``with_health`` no group's state: to find it takes longer."""
    if seen_by is None:
        return Sight()
    try:
        rights.sight(session, seen_by)
    except Forbidden:  # whoever holds no role sees what everybody does
        return Sight()
    may = Rights(secretariat=True) if seen_by == OPERATOR else workplan_rights.rights_of(session, seen_by)
    report = health.report(session, seen_by).all if with_health else ()
    return Sight(may, {each.group.id: _open(each) for each in report})


def _open(found: Health) -> dict[str, State]:
    """What is to complete in a group, and what is not known of it."""
    return {each.requirement: each.state for each in found.findings if each.state in _OPEN}


def _target(plan: WorkplanIn) -> tuple[Literal["group", "priority"], str]:
    return ("group", plan.group) if plan.group else ("priority", str(plan.priority))
