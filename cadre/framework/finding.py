"""What part of the framework somebody means."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core.models import Alias
from cadre.groups import finding as groups
from cadre.groups.finding import plain
from cadre.people.rules import matches
from cadre.priorities.models import Priority


def subjects(session: Session, text: str) -> tuple[str, ...]:
    """The priorities and groups that are called so, by "priority:…" and "group:…", by a name, an acronym or an id.

    Those called exactly so; else those of which each word typed begins a word of one name. A priority comes before the group of its name.
    """
    kind, _, id_ = text.strip().partition(":")
    if id_ and kind in ("group", "council", "priority"):
        own, text = ("group" if kind == "council" else kind), id_
    else:
        own = ""
    priorities = {row.id: [row.id, *(name for name in (row.name.en, row.name.fr) if name)] for row in session.scalars(select(Priority))}
    for subject, alias in session.execute(select(Alias.subject_id, Alias.text).where(Alias.subject == "priority")):
        priorities.setdefault(subject, []).append(alias)
    called = [(f"priority:{each}", names) for each, names in sorted(priorities.items())]
    called += [(f"group:{each}", names) for each, names in sorted(groups.called(session).items())]
    called = [(subject, names) for subject, names in called if subject.startswith(own)]
    typed = plain(text)
    exact = [subject for subject, names in called if typed in map(plain, names)]
    return tuple(exact or (subject for subject, names in called if typed and matches(typed, names)))
