"""Jurisdictions by name."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core.bilingual import Bilingual
from cadre.core.models import Alias
from cadre.people.models import Jurisdiction
from cadre.people.rules import matches


def names(session: Session) -> dict[str, Bilingual]:
    """All of them."""
    return {row.id: row.name for row in session.scalars(select(Jurisdiction))}


def search(session: Session, typed: str, limit: int = 99) -> tuple[tuple[str, Bilingual], ...]:
    """Those one of whose names, in either language, holds every word typed, be it short, another or an acronym; by their English name."""
    called: dict[str, list[str]] = {}
    for of, text in session.execute(select(Alias.subject_id, Alias.text).where(Alias.subject == "jurisdiction")):
        called.setdefault(of, []).append(text)
    found = []
    for row in session.scalars(select(Jurisdiction)):
        known = [text for name in (row.name, row.short) if name for text in (name.en, name.fr) if text]
        if matches(typed, [*known, *called.get(row.id, ())]):
            found.append((row.id, row.name))
    return tuple(sorted(found, key=lambda each: each[1].en or "")[:limit])
