"""Records by their whole names, as they stand in a workbook: groups, jurisdictions, people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core.errors import Message
from cadre.core.models import Alias
from cadre.core.words import Words
from cadre.groups.finding import plain
from cadre.groups.models import Group
from cadre.people.models import Jurisdiction, Person

R = TypeVar("R", Group, Jurisdiction, Person)


@dataclass(frozen=True, slots=True)
class Names(Generic[R]):
    """Records of one table: by id, and by all that each is called, compared plainly."""

    rows: Mapping[str, R]
    called: Mapping[str, frozenset[str]]

    def all(self, name: str) -> list[str]:
        """Those that are called so."""
        return sorted(self.called.get(plain(name), ()))

    def one(self, name: str, problems: list[Message]) -> str | None:
        """The one that is called so; None for no name. Where there is none, or several, that is added to ``problems``."""
        found = self.all(name) if name else []
        if name and not found:
            problems.append(Message("Nothing in the registry is called “{name}”.", {"name": Words.verbatim(name)}))
        if len(found) > 1:
            problems.append(Message("Several are called “{name}”: write the whole name.", {"name": Words.verbatim(name)}))
        return found[0] if len(found) == 1 else None


def groups(session: Session) -> Names[Group]:
    """All groups."""
    rows = session.scalars(select(Group)).all()
    return _names(session, rows, {row.id: (row.name.en, row.name.fr) for row in rows}, "group")


def jurisdictions(session: Session) -> Names[Jurisdiction]:
    """All jurisdictions, also by their abbreviations."""
    rows = session.scalars(select(Jurisdiction)).all()
    called = {row.id: [text for each in (row.name, row.short) if each for text in (each.en, each.fr)] for row in rows}
    return _names(session, rows, called, "jurisdiction")


def people(session: Session) -> Names[Person]:
    """All people."""
    rows = session.scalars(select(Person)).all()
    return _names(session, rows, {row.id: (row.name,) for row in rows}, "person")


def _names(session: Session, rows: Iterable[R], named: Mapping[str, Iterable[str | None]], subject: str) -> Names[R]:
    """With the aliases and acronyms of each."""
    called: dict[str, set[str]] = defaultdict(set)
    for id_ in named:
        called[plain(id_)].add(id_)
        for text in named[id_]:
            if text:
                called[plain(text)].add(id_)
    for subject_id, alias in session.execute(select(Alias.subject_id, Alias.text).where(Alias.subject == subject)):
        if subject_id in named:
            called[plain(alias)].add(subject_id)
    return Names({row.id: row for row in rows}, {name: frozenset(ids) for name, ids in called.items()})
