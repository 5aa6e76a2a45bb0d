"""What can be clicked about a group, by name. The value of a button is the group's id unless said otherwise."""

from __future__ import annotations

from typing import Final

CARD: Final = "groups.card"
ROLES: Final = "groups.roles"
"""Value: the group, and where there are many, the first role that is shown: ``bees/40``."""
FACTS: Final = "groups.facts"
FIND: Final = "groups.find"
"""The menu by which a group is found."""
NEW: Final = "groups.new"
MANDATE: Final = "groups.mandate"
"""The mandate in its versions: another capability's, contributed in bot.app."""
REFER: Final = "groups.refer"
"""To mark it as for a table of deputy ministers, or as coming from one. Value: "group:bees"."""
REFERRALS: Final = "groups.referrals"
"""All that is marked so. Both are another capability's too."""
EDIT: Final = "groups.edit"
"""One of the windows in which a group is written: ``groups.edit:names``."""
ADD_ROLE: Final = "groups.add_role"
ROLE: Final = "groups.role"
"""What is behind the ⋯ of a role. Value: the role."""
EDIT_ROLE: Final = "groups.edit_role"
CONFIRM_ROLE: Final = "groups.confirm_role"
REMOVE_ROLE: Final = "groups.remove_role"
CONFIRM: Final = "groups.confirm"
"""Value: the fact."""
GUIDE: Final = "groups.guide"
"""Which kind of group do we need? Value: the draft to keep it with, if any."""

# Menus that are looked up as one types
GROUPS: Final = "groups.groups"
PEOPLE: Final = "groups.people"
JURISDICTIONS: Final = "groups.jurisdictions"
