"""The logic model of a council, from rows to facts: its parts, and the activities of workplans that feed them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core.errors import Forbidden, NotFound
from cadre.core.reader import OPERATOR, Actor
from cadre.groups.facts import COUNCILS
from cadre.groups.models import Group
from cadre.people import holders
from cadre.priorities.models import Priority
from cadre.workplans.cycles import council_of, later
from cadre.workplans.logic_rules import DROPPED, FED, CouncilChoice, Feeder, Model, Part, Stage, in_order, may_feed
from cadre.workplans.models import Activity, Cycle, Feed, Outcome, Workplan
from cadre.workplans.reading import ACTIVE, names_of, target_of
from cadre.workplans.rights import MEMBER, Rights, rights_of

APPROVED = "approved"


def councils(session: Session, seen_by: Actor) -> tuple[CouncilChoice, ...]:
    """The councils, each with how many parts its logic model has: those of one's own roles first, then joint ones, by English name.

    Raises Forbidden for whoever holds no confirmed role.
    """
    sight(session, seen_by)
    groups = {group.id: group for group in session.scalars(select(Group))}
    own = _own(session, groups, seen_by)
    parts: dict[str, int] = {}
    for council in session.scalars(select(Outcome.council).where(Outcome.retired.is_(None))):
        parts[council] = parts.get(council, 0) + 1
    found = [group for group in groups.values() if group.kind in COUNCILS]
    found.sort(key=lambda each: (each.id not in own, each.kind != "joint_council", each.name.en or each.name.fr or ""))
    return tuple(CouncilChoice(each.id, each.name, parts.get(each.id, 0)) for each in found)


def _own(session: Session, groups: Mapping[str, Group], actor: Actor) -> set[str]:
    """The councils that somebody's roles come to."""
    held = holders.of_person(session, actor.person) if actor.person else ()
    owners = dict(session.execute(select(Priority.id, Priority.owner)).all()) if held else {}
    found = (each.group or owners.get(each.priority or "") for each in held)
    return {council for id_ in found if (council := council_of(groups, id_))} if held else set()


def sight(session: Session, actor: Actor) -> Rights:
    """What somebody may see of logic models. Raises Forbidden for whoever holds no confirmed role."""
    rights = rights_of(session, actor)
    if actor == OPERATOR:
        rights = replace(rights, secretariat=True)
    if not (rights.secretariat or rights.sees):
        raise Forbidden(MEMBER)
    return rights


def model(session: Session, council: str, seen_by: Actor) -> Model:
    """The logic model of a council. Of workplans that are not approved, only those that somebody may see count as planned.

    Raises NotFound for what is no council; Forbidden for whoever holds no confirmed role.
    """
    rights = sight(session, seen_by)
    of = session.get(Group, council)
    if of is None or of.kind not in COUNCILS:
        raise NotFound(council)
    rows = session.scalars(select(Outcome).where(Outcome.council == council)).all()
    parts = in_order(part_of(row) for row in rows if row.retired is None)
    terms = {part.id: part.term for part in parts}
    feeds = session.execute(select(Feed.source, Feed.target).join(Outcome, Outcome.id == Feed.source).where(Outcome.council == council))
    priorities = _priorities(session, council, parts)
    return Model(
        council=council,
        name=of.name,
        parts=parts,
        feeds=tuple(sorted((a, b) for a, b in feeds if a in terms and b in terms and may_feed(terms[a], terms[b]))),
        activities=tuple(_feeders(session, council, rights)),
        former=in_order(part_of(row) for row in rows if row.retired is not None),
        priorities={each.id: each.name for each in priorities},
        edits=rights.secretariat,
    )


def model_with(session: Session, id_: str, seen_by: Actor) -> tuple[Model, Part]:
    """A part, and the model that it stands in. Raises NotFound, also for one that is in it no more; Forbidden as ``model``."""
    row = session.get(Outcome, id_)
    if row is None or row.retired is not None:
        raise NotFound(id_)
    return model(session, row.council, seen_by), part_of(row)


def part_of(row: Outcome) -> Part:
    """A part as facts."""
    return Part(row.id, cast("Stage", row.term), row.number, row.wording, row.priority)


def _priorities(session: Session, council: str, parts: Collection[Part]) -> list[Priority]:
    """Those that come to a council, and those that parts of its model are of; in their order."""
    groups = {group.id: group for group in session.scalars(select(Group))}
    named = {part.priority for part in parts}
    rows = session.scalars(select(Priority)).all()
    found = [each for each in rows if each.id in named or council_of(groups, each.owner) == council]
    return sorted(found, key=lambda each: (each.number is None, each.number or 0, each.id))


def _feeders(session: Session, council: str, rights: Rights) -> Iterator[Feeder]:
    """The activities of workplans that count, by the order of what these are of: none of groups that do not meet, none that was dropped."""
    plans = {plan.id: (plan, half) for plan, half in _counting(session, council, rights)}
    names = names_of(session, [plan for plan, _half in plans.values()])
    numbers = dict(session.execute(select(Priority.id, Priority.number)).all())

    def order(row: Activity) -> tuple[bool, bool, int, str, str, int, int]:
        plan, half = plans[row.workplan]
        kind, id_ = target_of(plan)
        number = numbers.get(id_) if kind == "priority" else None
        return kind != "priority", number is None, number or 0, names[plan.id].en or id_, half, row.number, row.id

    rows = session.scalars(select(Activity).where(Activity.workplan.in_(list(plans)), Activity.state != DROPPED)).all() if plans else ()
    for row in sorted(rows, key=order):
        plan, _half = plans[row.workplan]
        kind, id_ = target_of(plan)
        yield Feeder(row.id, row.title, plan.id, kind, id_, names[plan.id], row.outcome, in_force=plan.state == APPROVED)


def _counting(session: Session, council: str, rights: Rights) -> Iterator[tuple[Workplan, str]]:
    """The workplans of a council whose activities are not over, each with its half, that somebody may see."""
    of = select(Workplan, Cycle.half).join(Cycle, Cycle.id == Workplan.cycle).where(Cycle.council == council)
    rows = [(plan, half) for plan, half in session.execute(of)]
    following = later(session, {target_of(plan) for plan, _half in rows})
    asleep = set(session.scalars(select(Group.id).where(Group.state.is_distinct_from(ACTIVE))))
    for plan, half in rows:
        target = target_of(plan)
        over = plan.group in asleep or following[target, half].replaces_activities
        if not over and rights.may_see(plan.id, target, council, plan.state):
            yield plan, half


def held(session: Session, ids: Collection[str]) -> set[str]:
    """Those of some parts that activities of workplans may feed, held as they are until the transaction ends: none goes meanwhile."""
    query = select(Outcome.id).where(Outcome.id.in_(sorted(ids)), Outcome.retired.is_(None), Outcome.term.in_(FED)).order_by(Outcome.id)
    return set(session.scalars(query.with_for_update(read=True, key_share=True))) if ids else set()
