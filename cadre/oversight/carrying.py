"""Carrying out a decision: what it would change, shown; all of it done in one transaction, dated, each Change under the decision."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.calls.models import Call
from cadre.core import changes, clock
from cadre.core.bilingual import Bilingual
from cadre.core.errors import CarriedOut, Conflict, Invalid, Message
from cadre.core.facts import of_row
from cadre.core.reader import Actor, named
from cadre.core.rows import by_id
from cadre.core.typed import too_long
from cadre.decisions import questions
from cadre.decisions.confirming import CONFIRMED
from cadre.decisions.facts import DecisionFacts
from cadre.decisions.models import Carried, Decision
from cadre.decisions.question_facts import DECISION
from cadre.decisions.register import CarriedFacts, carried_out, superseding
from cadre.decisions.rules import shown
from cadre.decisions.service import decision_row
from cadre.groups import card, finding
from cadre.groups.card import KindFacts
from cadre.groups.facts import COUNCILS
from cadre.groups.models import Group, GroupKind
from cadre.groups.rights import OVER, invented, one_by_one
from cadre.meetings import ending
from cadre.meetings.models import Poll
from cadre.notices.service import plan_anew, touch
from cadre.oversight import actions, planning
from cadre.oversight.actions import Choice, Edit
from cadre.oversight.closing import UNSETTLED
from cadre.oversight.doing import Doing, do, tell, why
from cadre.oversight.drafts import CarryForm, Plan, Step
from cadre.oversight.rights import require_secretariat
from cadre.oversight.settled import done_by
from cadre.priorities.models import Priority

TEXTS = ("note", "outcomes", "unfinished")


@dataclass(frozen=True, slots=True)
class Named:
    """A record by its id and name."""

    id: str
    name: Bilingual


@dataclass(frozen=True, slots=True)
class Options:
    """What can be chosen before a decision is previewed."""

    decision: DecisionFacts
    choices: tuple[Choice, ...]
    priorities: tuple[Named, ...]
    kinds: tuple[Named, ...]
    recommendations: tuple[Named, ...]

    @property
    def free(self) -> bool:
        """Whether no recommendation says what is done: about which groups or priorities is to be said too."""
        return set(actions.FREE) <= set(self.choices)

    @property
    def settled(self) -> bool:
        """Whether there is nothing to choose: the preview comes at once."""
        return len(self.choices) == 1


@dataclass(frozen=True, slots=True)
class Preview:
    """A decision, all that it changes, and what groups must have that are of another kind then."""

    decision: DecisionFacts
    plan: Plan
    kind: KindFacts | None


class Changed(Conflict):
    """The registry changed since a preview was shown. ``preview``: what would be done now; nothing was."""

    def __init__(self, now: Preview) -> None:
        Exception.__init__(self, "the registry changed since")
        self.preview = now


def options(session: Session, id_: str, seen_by: Actor) -> Options:
    """What is to be said before a decision can be carried out. Raises as ``preview``."""
    require_secretariat(session, seen_by)
    row = _ready(session, id_, lock=False)
    offered = _require_undone(session, row)
    asked = planning.recommendation_of(session, row)
    kinds = select(GroupKind).where(GroupKind.proposed).order_by(GroupKind.id)
    return Options(
        decision=of_row(row, DecisionFacts),
        choices=offered,
        priorities=_priorities(session, row.council),
        kinds=tuple(Named(each.id, each.name) for each in session.scalars(kinds)),
        recommendations=() if asked else tuple(Named(each, name) for each, name in questions.recommendations(session)),
    )


def preview(session: Session, id_: str, form: CarryForm, seen_by: Actor) -> Preview:
    """Every change that carrying out a decision would make now; nothing is done.

    Raises Forbidden for anyone but the secretariat; NotFound; Conflict, with who and when, for what was carried out before; Invalid for a
    decision that is not confirmed, does not agree, takes effect later or is superseded, where it is not said what was agreed, and for what
    another decision made impossible, by its name.
    """
    require_secretariat(session, seen_by)
    row = _ready(session, id_, lock=False)
    _require_undone(session, row, form.choice)
    return _preview(session, row, planning.plan(session, row, form))


def _preview(session: Session, row: Decision, made: Plan) -> Preview:
    return Preview(of_row(row, DecisionFacts), made, card.kind(session, made.kind) if made.kind else None)


def carry_out(session: Session, id_: str, form: CarryForm, *, view_id: str | None = None) -> tuple[CarriedFacts, ...]:
    """Do all that a decision changes, as of its day. The same window sent twice does it once.

    Raises as ``preview``; Invalid for texts that are too long; Changed where the registry changed since the preview, so that it would do
    something else.
    """
    require_secretariat(session, changes.actor(session))
    row = _ready(session, id_, lock=True)
    if view_id and any(each.view_id == view_id for each in done_by(session, id_)):
        return carried_out(session, [id_])[id_]
    _require_undone(session, row, form.choice)
    _lock(session, form)
    made = planning.plan(session, row, form)
    _require_short(form)
    if form.seen and form.seen != made.mark:
        raise Changed(_preview(session, row, made))
    changes.under_decision(session, id_)
    _do(session, row, form, made)
    steps = (*made.steps, *_ticked_plans(made, form))
    now, by = clock.now(session), changes.actor(session).label[:200]
    rows = [Carried(decision=id_, action=each.action, target=each.target, carried_at=now, carried_by=by) for each in steps]
    for each in rows:
        each.view_id = view_id
    session.add_all(rows)
    session.flush()
    changes.under_decision(session, None)
    plan_anew(session)
    touch(session, DECISION, f"{DECISION}:{id_}")
    return carried_out(session, [id_]).get(id_, ())


def _do(session: Session, row: Decision, form: CarryForm, made: Plan) -> None:
    of = Doing(session, row, form, made.day)
    for edit in _chosen(made, form):
        do(of, edit)
    for step in made.steps:
        if step.action == "sunset":
            ending.stop(session, step.target.partition(":")[2], why(of))
    tell(of)
    session.flush()


def _chosen(made: Plan, form: CarryForm) -> list[Edit]:
    """All changes, and of those that are offered one by one those that are ticked: before a call is drafted, which names the co-chairs."""
    ticked = [each.edit for each in made.offers if (each.ticked if form.ticked is None else each.key in form.ticked)]
    first = [edit for edit in made.edits if edit.what != "call"]
    return [*first, *ticked, *(edit for edit in made.edits if edit.what == "call")]


def _ticked_plans(made: Plan, form: CarryForm) -> list[Step]:
    """The workplans that are approved one by one."""
    return [Step("workplans", f"workplan:{edit.record}") for edit in _chosen(made, form) if edit.what == "approves"]


def _require_short(form: CarryForm) -> None:
    wrong: dict[str, Message] = {}
    for name in TEXTS:
        wrong |= too_long({f"{name}_{language}": text for language, text in zip(("en", "fr"), getattr(form, name), strict=True)})
    if wrong:
        raise Invalid(**wrong)


def _lock(session: Session, form: CarryForm) -> None:
    """All groups: of two decisions at once, the second sees what the first one did. Before them what may end with one: who opens a call,
    or makes a time of a poll the meeting, locks that first and looks at the group then. The same of a workplan: those that are approved
    change no group.
    """
    for model, states in ((Call, UNSETTLED), (Poll, ("open",))):
        session.execute(select(model.id).where(model.state.in_(states)).order_by(model.id).with_for_update())
    one_by_one(session)
    if form.choice != "workplans":
        session.execute(select(Group.id).order_by(Group.id).with_for_update(key_share=True))


def _ready(session: Session, id_: str, *, lock: bool) -> Decision:
    """A decision that can be carried out now."""
    row = decision_row(session, id_, lock=lock)
    if row.state != CONFIRMED:
        raise Invalid(state=Message("Only a confirmed decision is carried out: this one is still proposed."))
    if row.outcome == "not_agreed":
        raise Invalid(state=Message("It was not agreed: there is nothing to carry out."))
    day = planning.day_of(row)
    if day.first > clock.today(session):
        raise Invalid(state=Message("This decision takes effect on {date}: it can be carried out from then on.", {"date": day.first}))
    if later := superseding(session, [id_]):
        number = shown(later[-1].year, later[-1].number)
        raise Invalid(state=Message("Decision {number} has superseded this one.", {"number": Bilingual(number, number)}))
    return row


def _require_undone(session: Session, row: Decision, choice: str = "") -> tuple[Choice, ...]:
    """What can still be chosen. Raises Conflict, with who and when, where that is nothing, or not any more what is chosen."""
    left = planning.offered_of(session, row, planning.recommendation_of(session, row))
    before = done_by(session, row.id)
    if before and (not left or choice not in ("", *left)):
        last = next((each for each in before if (each.action in actions.UNDOES) == (choice == "undo")), before[0])
        raise CarriedOut(named(last.carried_by), last.carried_at)
    return left


def _priorities(session: Session, council: str | None) -> tuple[Named, ...]:
    """The priorities that a council decides on: of one that was invented, those that were invented with it; of a real one, real ones."""
    rows = session.scalars(select(Priority).order_by(Priority.number, Priority.id)).all()
    made_up = invented(session, {each for each in (council, *(row.owner for row in rows)) if each})
    return tuple(Named(row.id, row.name) for row in rows if (row.owner in made_up) is (council in made_up))


def groups(session: Session, typed: str, decision: str | None = None) -> tuple[Named, ...]:
    """The groups that a decision may be about, by the letters typed: no councils, and none that is over; where it is said which decision,
    none that is real of a council that was invented, and the other way round.
    """
    found = [each.id for each in finding.search(session, typed)]
    rows = by_id(session, Group, found)
    going = [rows[id_] for id_ in found if rows[id_].kind not in COUNCILS and rows[id_].state != OVER]
    made = session.get(Decision, decision) if decision else None
    if made and made.council:
        made_up = invented(session, [made.council, *(row.id for row in going)])
        going = [row for row in going if (row.id in made_up) is (made.council in made_up)]
    return tuple(Named(row.id, row.name) for row in going)
