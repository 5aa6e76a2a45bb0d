"""What can be clicked about gaps and health, by name. The value of a button is a packed ``Frame`` unless said otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cadre.core.errors import Message
from cadre.oversight.facts import Requirement

GAPS: Final = "oversight.gaps"
"""The gap analysis, or a part of it: about what, the frame says (``draw`` in ``listeners``)."""
HEALTH: Final = "oversight.health"
"""How groups stand, or one of them: its record is what the frame is about."""
PAGE: Final = "oversight.page"
MAP: Final = "oversight.map"
"""The map; its value is that of ``bot.framework.map_views.SUBJECT``."""

# From a gap; the first is another capability's, contributed in bot.app. Its value is the record of the priority
CALL: Final = "oversight.call"
RECOMMEND: Final = "oversight.recommend"
"""The value is what it is about: "priority:…" or "group:…"."""

# Editions of the gap analysis. The value is the number of the edition unless said otherwise
BEGIN: Final = "oversight.begin"
"""No value."""
ENTRY: Final = "oversight.entry"
"""The window of one group and one priority: the value is the edition and both: "3:bees:light"."""
FINISH: Final = "oversight.finish"
DISCARD: Final = "oversight.discard"

CARRY: Final = "oversight.carry"
"""A decision to be carried out. The value is its record."""

# Buttons to mend what is to complete: other capabilities', contributed in bot.app
PLAN: Final = "oversight.plan"
"""The workplan to be looked at: a frame about it."""
MEET: Final = "oversight.meet"
"""No value."""
HELD: Final = "oversight.held"
"""The meetings that are over, with the actions that they agreed on. No value."""
MANDATE: Final = "oversight.mandate"
"""Of these three, for the secretariat, the value is the group."""
ROLES: Final = "oversight.roles"
FACTS: Final = "oversight.facts"
MENDS: Final[Mapping[Requirement, tuple[str, Message]]] = {
    "mandate": (MANDATE, Message("Open the mandate")),
    "workplan": (PLAN, Message("Open the workplan")),
    "meetings": (MEET, Message("Plan a meeting")),
    "council_co_chair": (ROLES, Message("Open the roles")),
    "leads": (ROLES, Message("Open the roles")),
    "actions": (HELD, Message("Meetings and actions")),
    "activities": (PLAN, Message("Open the workplan")),
    "facts": (FACTS, Message("Confirm facts")),
}
"""Where one goes from what is to complete."""
SECRETARIAT: Final[frozenset[Requirement]] = frozenset({"mandate", "council_co_chair", "leads", "facts"})
"""What only the secretariat can mend."""
