"""Jurisdictions by name."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core.bilingual import Bilingual
from cadre.people.models import Jurisdiction
from cadre.people.rules import matches


def names(session: Session) -> dict[str, Bilingual]:
    """All of them."""
    return {row.id: row.name for row in session.scalars(select(Jurisdiction))}


def search(session: Session, typed: str, limit: int = 99) -> tuple[tuple[str, Bilingual], ...]:
    """Those whose name, in either language, holds every word typed; by their English name."""
    found = [(id_, name) for id_, name in names(session).items() if matches(typed, [text for text in (name.en, name.fr) if text])]
    return tuple(sorted(found, key=lambda each: each[1].en or "")[:limit])
