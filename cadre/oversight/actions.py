"""What a decision that was agreed on does in the registry: a table of actions, and of the states of a group that each may start from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.core.errors import Message

State = Literal["unknown", "proposed", "active", "dormant", "sunset"]
"""How a group stands; what the registry does not say is unknown."""
Action = Literal["continue", "leverage", "transition", "support", "working_group", "sunset", "workplans", "reopen", "restore"]
Choice = Literal["continue", "leverage", "transition", "support", "working_group", "sunset", "workplans", "undo"]
"""What the secretariat chooses: to undo is to reopen what was dissolved, and to restore the rest."""

_GOING: Final[Mapping[State, State]] = {"unknown": "active", "active": "active", "dormant": "active"}
TRANSITIONS: Final[Mapping[Action, Mapping[State, State]]] = {
    "continue": _GOING,
    "leverage": _GOING,
    "transition": _GOING,
    "support": _GOING,
    "working_group": {**_GOING, "proposed": "active"},
    "sunset": {"unknown": "sunset", "proposed": "sunset", "active": "sunset", "dormant": "sunset"},
    "workplans": {"unknown": "unknown", "active": "active", "dormant": "dormant"},
    "reopen": {"sunset": "active"},
    "restore": {"unknown": "unknown", "proposed": "proposed", "active": "active", "dormant": "dormant"},
}
"""By action, from which state a group comes into which. What is not here cannot be: the decision is refused, and why is named."""

OF_CATEGORY: Final[Mapping[str, tuple[Choice, ...]]] = {
    "continue": ("continue",),
    "leverage": ("leverage",),
    "transition_cop": ("transition",),
    "procurement_conditional": ("support", "transition"),
    "sunset": ("sunset",),
}
"""What the recommendations of the deck do, by the question that puts them. Of two, the secretariat says which was agreed."""
OF_TOPIC: Final[Mapping[str, tuple[Choice, ...]]] = {"priorities": ("working_group",)}
BECOMES: Final[Mapping[str, str]] = {"transition_cop": "community_of_practice", "procurement_conditional": "community_of_practice"}
"""The kind that a group becomes, where its own record does not say."""
UNDOES: Final[frozenset[str]] = frozenset({"reopen", "restore"})
"""The actions by which an earlier decision is undone."""
FREE: Final[tuple[Choice, ...]] = ("continue", "leverage", "transition", "support", "working_group", "sunset", "workplans")
"""What can be chosen where no recommendation says it."""

What = Literal[
    "state", "kind", "target", "strength", "aligned", "unaligned", "ends", "begins", "leads", "cancels", "ends_series", "closes_poll",
    "closes_call", "drops", "reopens", "renew", "becomes", "unlinked", "founds", "owner", "call", "approves", "under", "recommends",
    "proposes", "tells", "closing", "reopened",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Edit:
    """One change that a decision makes: what, of which record, and how it reads before and after, as the registry keeps it.

    ``of``: what the record is called; ``other``: what else is named with it: a priority, a successor, the group of a role;
    ``was``: what stood there before, in words.
    """

    what: What
    record: str
    of: Bilingual
    before: str = ""
    after: str = ""
    other: Bilingual | None = None
    day: PartialDate | None = None
    was: Bilingual | None = None


def state_of(state: str | None) -> State:
    """A state as the table names it."""
    return next((each for each in TRANSITIONS["sunset"] if each == state), "sunset" if state == "sunset" else "unknown")


def into(action: Action, state: str | None) -> State | None:
    """The state into which an action brings a group; None where it cannot be done from the state in which the group is."""
    return TRANSITIONS[action].get(state_of(state))


def choices(category: str | None, topic: str | None) -> tuple[Choice, ...]:
    """What a recommendation does; nothing where its wording asks for nothing that the registry keeps."""
    return OF_CATEGORY.get(category or "", ()) or OF_TOPIC.get(topic or "", ())


def refusal(action: Action, state: str | None, group: Bilingual, decision: str | None = None) -> Message:
    """Why an action cannot be done for a group. ``decision``: the number of the one that made it impossible, where one did."""
    now = state_of(state)
    if action == "reopen":
        return Message("{group} is not dissolved: there is nothing to reopen.", {"group": group})
    if now == "proposed":
        return Message("{group} is only proposed so far: this cannot be carried out for it.", {"group": group})
    if decision:
        from_ = {"group": group, "decision": Bilingual(decision, decision)}
        return Message("{group} was dissolved under decision {decision}: this cannot be carried out for it any more.", from_)
    return Message("{group} was dissolved: this cannot be carried out for it any more.", {"group": group})
