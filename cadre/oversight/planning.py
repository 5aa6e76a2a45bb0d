"""What a decision changes in the registry, change by change, before anything is done: the preview, and what is carried out then."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.calls.drafting import proposal
from cadre.core import clock
from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.core.errors import Invalid, Message, NotFound
from cadre.core.rows import by_id
from cadre.decisions.asking import worded
from cadre.decisions.models import Decision, QuestionItem, Recommendation
from cadre.groups import rights
from cadre.groups.facts import COUNCILS
from cadre.groups.models import Group, GroupKind
from cadre.oversight import actions, closing, settled
from cadre.oversight.actions import BECOMES, Choice, Edit
from cadre.oversight.drafts import CarryForm, Draft, Offer, Plan
from cadre.people import holders
from cadre.people.models import Person, Role
from cadre.people.rules import ended, holds
from cadre.priorities.models import Alignment, Priority

CO_CHAIR: Final = "co_chair"
WORKING_GROUP: Final = "working_group"
COULD: Final = "could_support"
SUPPORTS: Final = "supports"
_LEADING: Final = ("lead", "co_chair")


def plan(session: Session, decision: Decision, form: CarryForm) -> Plan:
    """What carrying out a decision changes now. Raises Invalid where it is not said what was agreed or about what, and with the name of
    what cannot be done any more; NotFound.
    """
    asked = _recommendation(session, decision, form)
    choice = chosen(session, decision, asked, form)
    day = day_of(decision)
    before = {(row.action, row.target): row for row in settled.done_by(session, decision.id)}
    draft = Draft(session, decision, form, day, category=asked.category if asked else None, done=before)
    if choice == "undo":
        settled.undo(draft)
    elif choice == "workplans":
        settled.workplans(draft)
    elif choice == "working_group":
        for id_ in _priorities(session, form, asked):
            _working_group(draft, id_)
    else:
        _of_groups(draft, choice, form.groups or ((asked.group,) if asked and asked.group else ()), asked)
    if asked and asked.status == "proposed" and choice != "undo":
        draft.edits.append(Edit("recommends", asked.id, worded(session, asked), asked.status, "approved"))
    kind = next((edit.after for edit in draft.edits if edit.what == "renew"), None)
    return Plan(choice, day, tuple(draft.steps), tuple(draft.edits), tuple(draft.offers), asked.id if asked else None, kind)


def day_of(decision: Decision) -> PartialDate:
    """From when what a decision changes counts: it is in effect, else was taken, else was confirmed."""
    assert decision.confirmed_at, "only what is confirmed is carried out"
    return decision.effective or decision.taken or PartialDate.day(clock.day(decision.confirmed_at))


def chosen(session: Session, decision: Decision, asked: Recommendation | None, form: CarryForm) -> Choice:
    """What was agreed. Raises Invalid where that is still to be said."""
    offered = offered_of(session, decision, asked)
    if not form.choice and len(offered) == 1:
        return offered[0]
    found = next((each for each in offered if each == form.choice), None)
    if found is None:
        raise Invalid(choice=Message("Choose what was agreed."))
    return found


def offered_of(session: Session, decision: Decision, asked: Recommendation | None) -> tuple[Choice, ...]:
    """What can be chosen for a decision: to undo what it supersedes, before all others. That, and what the recommendation that was put
    asks for, are done once; what a meeting decides may do several things.
    """
    done = {row.action for row in settled.done_by(session, decision.id)}
    undoes: tuple[Choice, ...] = ("undo",) if decision.supersedes and settled.done_by(session, decision.supersedes) else ()
    of_asked = _asked_for(session, decision, actions.choices(asked.category, asked.topic)) if asked else ()
    over = of_asked and done - actions.UNDOES and recommendation_of(session, decision)
    return (*(() if done & actions.UNDOES else undoes), *(() if over else of_asked or actions.FREE))


def _asked_for(session: Session, decision: Decision, choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """Of what a recommendation does, what a decision is about: where the question asks several things by it, each of them is one of that,
    in their order.
    """
    item = session.get(QuestionItem, decision.question_item) if decision.question_item else None
    if item is None:
        return choices
    same = (QuestionItem.question == item.question) & (QuestionItem.recommendation == item.recommendation)
    asked = list(session.scalars(select(QuestionItem.id).where(same).order_by(QuestionItem.number)))
    return (choices[asked.index(item.id)],) if 1 < len(asked) == len(choices) else choices


def recommendation_of(session: Session, decision: Decision) -> Recommendation | None:
    """The recommendation that a decision answers, by the question that was put."""
    item = session.get(QuestionItem, decision.question_item) if decision.question_item else None
    return session.get(Recommendation, item.recommendation) if item and item.recommendation else None


def _recommendation(session: Session, decision: Decision, form: CarryForm) -> Recommendation | None:
    own = recommendation_of(session, decision)
    if own or not form.recommendation:
        return own
    found = session.get(Recommendation, form.recommendation)
    if found is None:
        raise NotFound(form.recommendation)
    return found


def _of_groups(draft: Draft, choice: Choice, ids: tuple[str, ...], asked: Recommendation | None) -> None:
    if not ids:
        raise Invalid(groups=Message("Choose which groups."))
    draft.groups = by_id(draft.session, Group, ids)
    if gone := [id_ for id_ in ids if id_ not in draft.groups]:
        raise NotFound(", ".join(gone))
    _require_one_world(draft, "groups", {id_: draft.groups[id_].name for id_ in ids})
    if choice in ("leverage", "support"):
        for each in _alignments(draft.session, ids):
            draft.aligned.setdefault(each.group, []).append(each)
    for id_ in ids:
        row = draft.groups[id_]
        if row.kind in COUNCILS:
            raise Invalid(groups=Message("{group} is a council: choose among its groups.", {"group": row.name}))
        draft.step(choice, f"group:{id_}")  # type: ignore[arg-type]  # what is left of the choices is an action
        _DO[choice](draft, row)
    draft.edits += _recommended(draft, choice, asked.id if asked else None)


def _require_one_world(draft: Draft, field: str, named: Mapping[str, Bilingual]) -> None:
    """Raises Invalid where a council that was invented to show Cadre decides on what is real, or the other way round. ``named``: what it
    decides on, by the group, or the council of a priority, that tells.
    """
    session, council = draft.session, draft.decision.council
    invented = rights.invented(session, [*named, *((council,) if council else ())])
    name = next((name for id_, name in named.items() if (id_ in invented) is not (council in invented)), None)
    if name is None:
        return
    told = Message("{name} was invented to show Cadre: no real council decides on it.", {"name": name})
    if council in invented:
        values = {"council": session.get_one(Group, council).name, "name": name}
        told = Message("{council} was invented to show Cadre: it decides on what was invented with it, not on {name}.", values)
    raise Invalid(**{field: told})


def _recommended(draft: Draft, choice: Choice, asked: str | None) -> Iterator[Edit]:
    """The recommendations of the registry that ask for just this, and are still proposed: they are approved by it."""
    proposed = select(Recommendation).where(Recommendation.status == "proposed", Recommendation.group.is_not(None))
    for row in draft.session.scalars(proposed.order_by(Recommendation.number, Recommendation.id)):
        group = draft.groups.get(row.group or "")
        if group is not None and row.id != asked and choice in actions.choices(row.category, row.topic):
            yield Edit("recommends", row.id, worded(draft.session, row), row.status, "approved")


def _alignments(session: Session, groups: tuple[str, ...]) -> Iterator[Alignment]:
    query = select(Alignment).order_by(Alignment.id)
    for start in range(0, len(groups), 500):
        yield from session.scalars(query.where(Alignment.group.in_(groups[start : start + 500])))


def _continue(draft: Draft, row: Group) -> None:
    draft.state("continue", row)


def _support(draft: Draft, row: Group) -> None:
    """What it could support it supports: of some priorities where these are named, else of all."""
    draft.state("support", row)
    if row.target_kind and len(actions.choices(draft.category, None)) > 1:  # the other of the two was not agreed
        draft.edits.append(Edit("target", row.id, row.name, row.target_kind, ""))
    wanted, there = draft.form.priorities, draft.aligned.get(row.id, ())
    held = [each for each in there if each.strength == COULD and (not wanted or each.priority in wanted)]
    new = [id_ for id_ in wanted if all(each.priority != id_ for each in there)]
    names = by_id(draft.session, Priority, [*(each.priority for each in held), *new])
    draft.edits += [Edit("strength", each.id, row.name, each.strength, SUPPORTS, names[each.priority].name) for each in held]
    draft.edits += [Edit("aligned", row.id, row.name, "", id_, names[id_].name) for id_ in new if id_ in names]


def _transition(draft: Draft, row: Group) -> None:
    """The group is of another kind, whose duties it has from then on: its mandate is to be renewed."""
    draft.state("transition", row)
    kind = draft.form.kind or row.target_kind or BECOMES.get(draft.category or "")
    held = by_id(draft.session, GroupKind, [each for each in (kind, row.kind) if each])
    if kind is None or kind not in held:
        raise Invalid(kind=Message("Choose what kind of group {group} becomes.", {"group": row.name}))
    if row.kind != kind:
        was = held[row.kind].name if row.kind else None
        draft.edits.append(Edit("kind", row.id, row.name, row.kind or "", kind, held[kind].name, was=was))
    if row.target_kind:
        draft.edits.append(Edit("target", row.id, row.name, row.target_kind, ""))
    draft.edits.append(Edit("renew", row.id, row.name, "", kind, held[kind].name))


def _sunset(draft: Draft, row: Group) -> None:
    draft.state("sunset", row)
    draft.edits += closing.edits(draft.session, row, draft.day, draft.form.successors)


_DO: Final[Mapping[str, Callable[[Draft, Group], None]]] = {
    "continue": _continue,
    "leverage": _support,
    "support": _support,
    "transition": _transition,
    "sunset": _sunset,
}


def _priorities(session: Session, form: CarryForm, asked: Recommendation | None) -> tuple[str, ...]:
    """Which priorities: those named, the one that a recommendation is about, else all of which a working group is proposed."""
    if form.priorities or (asked and asked.priority):
        return form.priorities or (str(asked.priority if asked else ""),)
    proposed = select(Priority.id).join(Group, Group.id == Priority.group).where(Group.state == "proposed")
    if found := tuple(session.scalars(proposed.order_by(Priority.number, Priority.id))) if asked else ():
        return found
    raise Invalid(priorities=Message("Choose which priorities."))


def _working_group(draft: Draft, id_: str) -> None:
    """A priority is carried by a working group, co-chaired by those who lead it; a call for participation is drafted."""
    session, carried = draft.session, draft.session.get(Priority, id_)
    if carried is None:
        raise NotFound(id_)
    if carried.owner:
        _require_one_world(draft, "priorities", {carried.owner: carried.name})
    draft.step("working_group", f"priority:{id_}")
    row = session.get(Group, carried.group) if carried.group else None
    name = row.name if row else proposal(session, priority=id_).name
    if row is None:
        draft.edits.append(Edit("founds", id_, name, "", WORKING_GROUP, carried.name))
    else:
        draft.state("working_group", row)
        kind = session.get(GroupKind, WORKING_GROUP)
        if row.kind != WORKING_GROUP and kind:
            draft.edits.append(Edit("kind", row.id, name, row.kind or "", WORKING_GROUP, kind.name))
        if row.owner is None and carried.owner and (council := session.get(Group, carried.owner)):
            draft.edits.append(Edit("owner", row.id, name, "", carried.owner, council.name))
        tie = session.scalar(select(Alignment).where(Alignment.group == row.id, Alignment.priority == id_))
        if tie is None:
            draft.edits.append(Edit("aligned", row.id, name, "", id_, carried.name))
        elif tie.strength == COULD:
            draft.edits.append(Edit("strength", tie.id, name, COULD, SUPPORTS, carried.name))
    draft.offers += _leads(session, carried, row, name, draft.day)
    draft.edits.append(Edit("call", id_, name))


def _leads(session: Session, carried: Priority, row: Group | None, name: Bilingual, day: PartialDate) -> Iterator[Offer]:
    """Those who lead a priority become co-chairs: ticked are those of whom the secretariat confirmed that they lead it; if none is, all."""
    confirmed = {each.person.id for each in holders.of_priorities(session, [carried.id])}
    there = {each.person.id for each in holders.of_groups(session, [row.id]) if each.role == CO_CHAIR} if row else set()
    query = select(Role, Person.name).join(Person, Person.id == Role.person)
    held = query.where(Role.priority == carried.id, Role.role.in_(_LEADING)).order_by(Role.number, Role.id)
    seen: set[str] = set()
    for role, person in session.execute(held):
        if role.person in there | seen or not holds(role.since, role.until, max(day.first, day.last)) or ended(role.until, day.last):
            continue
        seen.add(role.person)
        edit = Edit("leads", f"{carried.id}|{role.person}", Bilingual(person, person), "", role.jurisdiction or "", name, day)
        sure = role.person in confirmed
        yield Offer(f"lead:{carried.id}:{role.person}", edit, sure or not confirmed, sure)
