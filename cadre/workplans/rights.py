"""Who may see, write and settle a workplan: by the roles that the secretariat confirmed, as they are at that moment."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core import changes
from cadre.core.errors import Forbidden, NotFound
from cadre.core.reader import Actor
from cadre.groups.models import Link
from cadre.groups.rights import require_going
from cadre.people import holders
from cadre.people import service as people
from cadre.workplans.models import Activity, ActivityOwner, Cycle, Workplan
from cadre.workplans.owners import gone
from cadre.workplans.reading import EDITORS, LEAD, Target, target_of

Act = Literal["see", "say", "write", "settle"]
"""What somebody is about to do: look; say how an activity goes; write the workplan and hand it in; settle it, as the secretariat does."""
OVERSEES: Final = "oversees"
MEMBER: Final = "member"


@dataclass(frozen=True, slots=True)
class Rights:
    """What somebody may do now.

    ``writes``: whose workplans; ``sees``: those of what they hold a role in, or of groups that their groups oversee; ``groups``: where
    they hold a role: of these the Councils see all workplans that come to them; ``oversees``: the groups that theirs oversee; ``owns``:
    their activities, and in which workplan.
    """

    secretariat: bool = False
    writes: frozenset[Target] = frozenset()
    sees: frozenset[Target] = frozenset()
    groups: frozenset[str] = frozenset()
    oversees: frozenset[Target] = frozenset()
    owns: dict[int, str] = field(default_factory=dict)

    def may_edit(self, target: Target) -> bool:
        """Leads, co-chairs, their alternates and the secretariat."""
        return self.secretariat or target in self.writes

    def may_see(self, plan: str, target: Target, council: str, state: str) -> bool:
        """Besides those who may write it: members, its council, those who oversee, owners; approved ones: whoever has a role."""
        if self.secretariat or target in self.writes | self.sees or council in self.groups or plan in self.owns.values():
            return True
        return state == "approved" and bool(self.sees)

    def may_know_late(self, plan: str, target: Target) -> bool:
        """How late a workplan is: those who write it, carry something of it out or oversee it, and the secretariat; no other government."""
        return self.secretariat or target in self.writes | self.oversees or plan in self.owns.values()


def rights_of(session: Session, actor: Actor) -> Rights:
    """What somebody may do now."""
    secretariat = people.is_secretariat(session, actor)
    if actor.person is None:
        return Rights(secretariat)
    held = holders.of_person(session, actor.person)
    groups = frozenset(id_ for each in held for kind, id_ in (each.target,) if kind == "group")
    overseen = session.scalars(select(Link.target_group).where(Link.kind == OVERSEES, Link.source_group.in_(groups))) if groups else ()
    oversees: frozenset[Target] = frozenset(("group", id_) for id_ in overseen)
    owning = session.execute(
        select(Activity.id, Workplan)
        .join(ActivityOwner, ActivityOwner.activity == Activity.id)
        .join(Workplan, Workplan.id == Activity.workplan)
        .where(ActivityOwner.person == actor.person)
    ).all()
    left = gone(session, [(id_, actor.person, plan) for id_, plan in owning])
    return Rights(
        secretariat=secretariat,
        writes=frozenset(each.target for each in held if each.role in EDITORS),
        sees=frozenset(each.target for each in held) | oversees,
        groups=groups,
        oversees=oversees,
        owns={id_: plan.id for id_, plan in owning if (id_, actor.person) not in left},
    )


def of_actor(session: Session) -> Rights:
    """What the acting person may do now."""
    return rights_of(session, changes.actor(session))


def require_editor(session: Session, plan: Workplan) -> None:
    """Raises Forbidden for anyone but those who may write a workplan; Invalid for that of a group that was dissolved."""
    if not of_actor(session).may_edit(target_of(plan)):
        raise Forbidden(LEAD)
    require_going(session, plan.group)


def require(rights: Rights, plan: Workplan, to: Act, activity: int | None = None) -> None:
    """Raises Forbidden for whoever may not do something with a workplan, or with an activity of it."""
    if to == "settle" and not rights.secretariat:
        raise Forbidden
    if to in ("write", "say") and not (rights.may_edit(target_of(plan)) or (to == "say" and activity in rights.owns)):
        raise Forbidden(LEAD)


def require_sight(session: Session, plan: Workplan, seen_by: Actor) -> Rights:
    """What somebody may do, who may see a workplan. Raises Forbidden for anyone else."""
    rights = rights_of(session, seen_by)
    cycle = session.get(Cycle, plan.cycle)
    if not rights.may_see(plan.id, target_of(plan), cycle.council if cycle else "", plan.state):
        raise Forbidden(MEMBER)
    return rights


def plan_row(session: Session, id_: str, *, lock: bool = False) -> Workplan:
    """A workplan by its id, its row locked where it is to be changed. Raises NotFound."""
    query = select(Workplan).where(Workplan.id == id_).execution_options(populate_existing=True)
    found = session.scalar(query.with_for_update(key_share=True) if lock else query)
    if found is None:
        raise NotFound(id_)
    return found


def activity_row(session: Session, id_: int, *, lock: bool = False) -> Activity:
    """An activity by its id, its row locked where it is to be changed. Raises NotFound."""
    query = select(Activity).where(Activity.id == id_).execution_options(populate_existing=True)
    found = session.scalar(query.with_for_update() if lock else query)
    if found is None:
        raise NotFound(str(id_))
    return found
