"""What can be done about groups: look at one, keep it in order, and find out which kind is needed."""

from __future__ import annotations

from cadre.groups.card import GroupCard, GroupRef, KindFacts, SeatFacts, card, kind, kinds, written_by
from cadre.groups.doubts import Doubt, confirm
from cadre.groups.editing import add_group, adopt_mandate, save_description, save_names, save_seats, save_settings
from cadre.groups.finding import named, refs, search, shared
from cadre.groups.kinds import advise, keep_advice, kept_advice, questions
from cadre.groups.rights import led_by
from cadre.groups.roles import RoleEntry, add_role, remove_role, role_of, save_role
from cadre.people.service import require_secretariat

__all__ = [
    "Doubt",
    "GroupCard",
    "GroupRef",
    "KindFacts",
    "RoleEntry",
    "SeatFacts",
    "add_group",
    "add_role",
    "adopt_mandate",
    "advise",
    "card",
    "confirm",
    "keep_advice",
    "kept_advice",
    "kind",
    "kinds",
    "led_by",
    "named",
    "questions",
    "refs",
    "remove_role",
    "require_secretariat",
    "role_of",
    "save_description",
    "save_names",
    "save_role",
    "save_seats",
    "save_settings",
    "search",
    "shared",
    "written_by",
]
