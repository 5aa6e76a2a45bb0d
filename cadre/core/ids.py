"""Ids of new records: what a name looks like in one, and one that nothing else has."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core.text import fold

_WORDS: Final = 60
_LONGEST: Final = 76
"""Of the 80 characters of a key, four are left for a number."""


def free_id(session: Session, model: Any, base: str) -> str:
    """An id that begins as it is asked for, and that no record of the table has."""
    base = base[:_LONGEST]
    taken = set(session.scalars(select(model.id).where(model.id.startswith(base, autoescape=True))))
    return next(id_ for n in range(1, len(taken) + 2) if (id_ := base if n == 1 else f"{base}-{n}") not in taken)


def spelled(name: str, otherwise: str) -> str:
    """A name as an id spells it: "Identité numérique" -> "identite-numerique"."""
    return "-".join("".join(c if c.isalnum() else " " for c in fold(name)).split())[:_WORDS].strip("-") or otherwise
