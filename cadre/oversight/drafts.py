"""A decision that is about to be carried out: what the secretariat says of how, and what is found out, step by step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core.dates import PartialDate
from cadre.core.errors import CarriedOut, Invalid
from cadre.core.marks import mark
from cadre.core.models import Change
from cadre.core.reader import named
from cadre.decisions.models import Carried, Decision
from cadre.decisions.rules import shown
from cadre.groups.models import Group
from cadre.oversight import actions
from cadre.oversight.actions import Action, Choice, Edit
from cadre.priorities.models import Alignment


@dataclass(frozen=True, slots=True)
class CarryForm:
    """What the secretariat says of how a decision is carried out. ``choice``: what was agreed, where the recommendation does not say it.

    ``ticked``: what of that which is offered one by one is done; None: as it is proposed. ``seen``: a mark of the preview that was shown.
    Texts, of what is dissolved, are pairs, English and French.
    """

    choice: str = ""
    recommendation: str | None = None
    groups: tuple[str, ...] = ()
    priorities: tuple[str, ...] = ()
    kind: str | None = None
    ticked: tuple[str, ...] | None = None
    note: tuple[str, str] = ("", "")
    outcomes: tuple[str, str] = ("", "")
    unfinished: tuple[str, str] = ("", "")
    successors: tuple[str, ...] = ()
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One action on one thing: "group:bees", "priority:light", "workplan:…"."""

    action: Action
    target: str


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that is done only where it is ticked. ``ticked``: as it is proposed; ``edit``: what it changes; ``sure``: what it rests on
    was confirmed.
    """

    key: str
    edit: Edit
    ticked: bool
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a decision changes. ``day``: from which; ``offers``: what is done where it is ticked; ``kind``: what groups become."""

    choice: Choice
    day: PartialDate
    steps: tuple[Step, ...]
    edits: tuple[Edit, ...]
    offers: tuple[Offer, ...] = ()
    recommendation: str | None = None
    kind: str | None = None

    @property
    def mark(self) -> str:
        """By which it is known later whether it would do something else by now; what the preview itself asks for is left out."""
        parts = (*(each for each in self.edits if each.what != "becomes"), *(each.edit for each in self.offers))
        return mark("\n".join(f"{each.what} {each.record} {each.before} {each.after}" for each in parts))

    @property
    def closes(self) -> bool:
        """Whether something is dissolved, of which a note is kept."""
        return any(step.action == "sunset" for step in self.steps)


@dataclass(slots=True)
class Draft:
    """What is found out step by step."""

    session: Session
    decision: Decision
    form: CarryForm
    day: PartialDate
    groups: Mapping[str, Group] = field(default_factory=dict)
    category: str | None = None
    done: Mapping[tuple[str, str], Carried] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)
    aligned: dict[str, list[Alignment]] = field(default_factory=dict)

    def step(self, action: Action, target: str) -> None:
        """One more step. Raises Conflict, with who and when, for one that was carried out under this decision before."""
        if before := self.done.get((action, target)):
            raise CarriedOut(named(before.carried_by), before.carried_at)
        self.steps.append(Step(action, target))

    def state(self, action: Action, row: Group) -> None:
        """The state into which a group comes. Raises Invalid, with why, where the table has none."""
        into = actions.into(action, row.state)
        if into is None:
            raise Invalid(state=actions.refusal(action, row.state, row.name, blamed(self.session, row.id)))
        if into not in ("unknown", row.state):
            self.edits.append(Edit("state", row.id, row.name, row.state or "", into))


def blamed(session: Session, group: str) -> str | None:
    """The number of the decision under which a group came into its state, if it was one."""
    of = (Change.subject == "group", Change.subject_id == group, Change.field == "state")
    id_ = session.scalar(select(Change.decision).where(*of).order_by(Change.id.desc()).limit(1))
    row = session.get(Decision, id_) if id_ else None
    return shown(row.year, row.number) if row else None
