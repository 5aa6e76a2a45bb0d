"""How roles and people are worded, once for all faces."""

from __future__ import annotations

from typing import Final

from cadre.core.reader import Reader
from cadre.core.words import Words

ROLES: Final = ("lead", "co_chair", "member", "alternate", "observer", "secretariat")
"""All that somebody may be in a group or on a priority, in the order in which a group lists them."""


def role(held: str, reader: Reader) -> Words:
    """ "Co-chair"."""
    _ = reader.gettext
    names = {
        "lead": _("Lead"),
        "co_chair": _("Co-chair"),
        "member": _("Member"),
        "alternate": _("Alternate"),
        "observer": _("Observer"),
        "secretariat": _("Secretariat"),
    }
    return names.get(held, Words.verbatim(held))
