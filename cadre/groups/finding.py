"""Groups by what people call them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core.models import Alias
from cadre.core.text import fold
from cadre.groups.card import GroupRef
from cadre.groups.models import Group
from cadre.people.rules import matches

_ARTICLES: Final = ("the ", "le ", "la ", "les ", "l'")
_DASHES: Final = str.maketrans("-", " ")


def plain(name: str) -> str:
    """A name as it is compared: without accents, capitals, hyphens and the article before it."""
    text = " ".join(fold(name).translate(_DASHES).split())
    return next((text[len(each) :].strip() for each in _ARTICLES if text.startswith(each)), text)


def called(session: Session) -> dict[str, list[str]]:
    """Group -> all that it is called: id, names, aliases, acronyms."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in session.scalars(select(Group)):
        found[row.id] = [row.id, *(text for text in (row.name.en, row.name.fr) if text)]
    for id_, text in session.execute(select(Alias.subject_id, Alias.text).where(Alias.subject == "group")):
        found[id_].append(text)
    return found


def named(session: Session, text: str, *, nearly: bool = True) -> tuple[str, ...]:
    """The groups that are called exactly so; else, ``nearly``, those of which each word typed begins a word of one name."""
    names, typed = called(session), plain(text)
    exact = [id_ for id_, texts in names.items() if typed in map(plain, texts)]
    return tuple(sorted(exact or (id_ for id_, texts in names.items() if nearly and typed and matches(typed, texts))))


def shared(session: Session, id_: str, texts: Iterable[str]) -> tuple[tuple[str, tuple[GroupRef, ...]], ...]:
    """Those of some names for a group that others are called by, each with these; what it is called already is passed over."""
    names = called(session)
    others = {text: [each for each in names if each != id_ and plain(text) in map(plain, names[each])] for text in texts}
    own = set(map(plain, names[id_]))
    return tuple(
        (text, tuple(GroupRef(row.id, row.name) for each in found if (row := session.get(Group, each))))
        for text, found in others.items()
        if found and plain(text) not in own
    )


def search(session: Session, typed: str, limit: int = 99) -> tuple[GroupRef, ...]:
    """The groups of which a name holds every word typed, by their English name; over ones last."""
    found = {id_ for id_, texts in called(session).items() if matches(typed, texts)}
    rows = [row for row in session.scalars(select(Group)) if row.id in found]
    rows.sort(key=lambda row: (row.state == "sunset", row.name.en or row.name.fr or ""))
    return tuple(GroupRef(row.id, row.name) for row in rows[:limit])


def refs(session: Session, *kinds: str, state: str | None = None) -> tuple[GroupRef, ...]:
    """Groups of some kinds, or of all; in a state, or in any; by their English name."""
    query = select(Group)
    if kinds:
        query = query.where(Group.kind.in_(kinds))
    if state:
        query = query.where(Group.state == state)
    rows = sorted(session.scalars(query), key=lambda row: row.name.en or row.name.fr or "")
    return tuple(GroupRef(row.id, row.name) for row in rows)
