"""Editions of the gap analysis: begun as a copy of the live alignments, edited by the secretariat, then frozen.

An edition records what was stated, by whom, at a time. It changes no alignment: the Councils' decisions do.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core import changes, clock, marks
from cadre.core.bilingual import Bilingual
from cadre.core.errors import Conflict, Invalid, Message, NotFound
from cadre.core.models import Source
from cadre.core.reader import Actor, named
from cadre.core.rows import added
from cadre.core.typed import replaced, tidy, too_long
from cadre.groups.models import Group
from cadre.oversight.facts import GroupNow, PriorityNow, Strength, Tie
from cadre.oversight.matrix import stated
from cadre.oversight.models import GapEdition, GapEntry
from cadre.oversight.reading import picture
from cadre.oversight.rights import require_secretariat, sight
from cadre.priorities.models import Priority

STRENGTHS: Final[tuple[Strength, ...]] = ("carries", "supports", "example", "could_support", "none")
"""What can be stated of a group and a priority."""
TEXTS: Final = frozenset({"rationale_en", "rationale_fr", "stated_by"})
"""The fields of which somebody can read what stands in them."""
_BY: Final = 200
"""Characters of who stated something."""


@dataclass(frozen=True, slots=True)
class EditionFacts:
    """An edition: of which day, whether it is a draft, who made it, and who made it final and when."""

    id: int
    day: date
    draft: bool
    made_by: str
    settled_at: datetime | None
    settled_by: str | None


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition with all that it states: by group, then by priority. ``groups`` and ``priorities``: all that it could state something of,
    those of the registry while it is a draft, and those that there were when it was made final.
    """

    facts: EditionFacts
    entries: Mapping[tuple[str, str], Tie]
    groups: Mapping[str, GroupNow]
    priorities: tuple[PriorityNow, ...]
    councils: Mapping[str, Bilingual]

    def of_group(self, group: str) -> Mapping[str, Tie]:
        """What it states of a group, by priority."""
        return {priority: tie for (each, priority), tie in self.entries.items() if each == group}


@dataclass(frozen=True, slots=True)
class EntryForm:
    """What stands in the window of one group and one priority. ``strength``: empty for "not stated". ``shown``: marks of what it showed."""

    edition: int
    group: str
    priority: str
    strength: str = ""
    rationale_en: str = ""
    rationale_fr: str = ""
    source: str | None = None
    stated_by: str = ""
    shown: Mapping[str, str] = field(default_factory=dict)


def begin(session: Session) -> EditionFacts:
    """A new edition: a copy of the live matrix. Where there is a draft already, that one, whoever began it.

    Raises Forbidden for anyone but the secretariat.
    """
    actor = changes.actor(session)
    require_secretariat(session, actor)
    drafts = select(GapEdition).where(GapEdition.draft.is_(True))
    fresh = GapEdition(day=clock.today(session), draft=True, made_by=actor.label[:200])
    if session.scalars(drafts).first() is None and added(session, fresh, drafts):
        session.add_all(_entry(fresh.id, tie) for ties in stated(picture(session, fresh.day)).values() for tie in ties.values())
        session.flush()
    return _facts(session.scalars(drafts).one())


def _entry(edition: int, tie: Tie) -> GapEntry:
    entry = GapEntry(edition=edition, group=tie.group, priority=tie.priority, strength=tie.strength, source=tie.source)
    entry.rationale = tie.rationale
    entry.stated_by = named(tie.stated_by)[:_BY] if tie.stated_by else None
    return entry


def editions(session: Session, seen_by: Actor) -> tuple[EditionFacts, ...]:
    """All, the newest first; drafts for the secretariat only. Raises Forbidden for whoever holds no confirmed role."""
    seen = sight(session, seen_by)
    rows = session.scalars(select(GapEdition).order_by(GapEdition.id.desc()))
    return tuple(_facts(row) for row in rows if seen.everything or not row.draft)


def edition(session: Session, id_: int, seen_by: Actor) -> Edition:
    """One of them. Raises NotFound, for a draft also for anyone but the secretariat; Forbidden for whoever holds no confirmed role."""
    seen = sight(session, seen_by)
    row = session.get(GapEdition, id_)
    if row is None or (row.draft and not seen.everything):
        raise NotFound(str(id_))
    titles = dict(sources(session))
    rows = session.scalars(select(GapEntry).where(GapEntry.edition == id_))
    entries = {(each.group, each.priority): _tie(each, titles.get(each.source or "")) for each in rows}
    scope = json.loads(row.scope) if row.scope else None
    now = picture(session, row.day, scope["groups"] if scope else ())
    return Edition(
        facts=_facts(row),
        entries=entries,
        groups={id_: group for id_, group in now.groups.items() if not scope or id_ in scope["groups"]},
        priorities=tuple(each for each in now.priorities if not scope or each.id in scope["priorities"]),
        councils=now.councils,
    )


def sources(session: Session) -> tuple[tuple[str, Bilingual], ...]:
    """What an entry can come from, by id."""
    return tuple((row.id, row.title) for row in session.scalars(select(Source).order_by(Source.id)))


def values(tie: Tie | None) -> dict[str, str]:
    """What the window of an entry shows, field by field."""
    return {
        "strength": tie.strength if tie else "",
        "rationale_en": (tie and tie.why_en) or "",
        "rationale_fr": (tie and tie.why_fr) or "",
        "source": (tie and tie.source) or "",
        "stated_by": (tie and tie.stated_by) or "",
    }


def save_entry(session: Session, form: EntryForm) -> Edition:
    """Say of a group and a priority what is stated, or that nothing is. What another wrote meanwhile, and whoever saves left, stays.

    Raises Forbidden for anyone but the secretariat; NotFound; Conflict for an edition that is final; Invalid with all that cannot be taken,
    and for each field in which two people wrote differently.
    """
    actor = changes.actor(session)
    require_secretariat(session, actor)
    _draft(session, form.edition)
    if session.get(Group, form.group) is None or session.get(Priority, form.priority) is None:
        raise NotFound(form.group)
    key = (form.edition, form.group, form.priority)
    row = session.get(GapEntry, key, populate_existing=True)
    before = values(_tie(row) if row else None)
    typed = _typed(form)
    left = marks.kept(before, typed, form.shown, TEXTS)
    after = before | {name: value for name, value in typed.items() if name not in left}
    if wrong := _wrong(session, after):
        raise Invalid(**wrong)
    _store(session, row, key, after)
    session.flush()
    return edition(session, form.edition, actor)


def written_by(session: Session, id_: int, group: str, priority: str, field_: str) -> str | None:
    """Who wrote a field of an entry last, by name; None where nobody did since the edition was begun."""
    found = changes.last(session, GapEntry.__tablename__, f"{id_}/{group}/{priority}", field_)
    return named(found[0]) if found else None


def _typed(form: EntryForm) -> dict[str, str]:
    texts = {name: tidy(getattr(form, name)) for name in TEXTS}
    return {"strength": form.strength, "source": form.source or "", **texts}


def _wrong(session: Session, after: Mapping[str, str]) -> dict[str, Message]:
    wrong = too_long({name: after[name] for name in ("rationale_en", "rationale_fr")}) | too_long({"stated_by": after["stated_by"]}, _BY)
    if after["strength"] and after["strength"] not in STRENGTHS:
        raise ValueError(after["strength"])
    if after["strength"] and not (after["source"] or after["stated_by"]):
        wrong["stated_by"] = Message("Say who stated it, or choose the source that does.")
    if after["source"] and session.get(Source, after["source"]) is None:
        wrong["source"] = Message("This source is not in the registry any more. Choose another.")
    return wrong


def _store(session: Session, row: GapEntry | None, key: tuple[int, str, str], after: Mapping[str, str]) -> None:
    if not after["strength"]:
        if row:
            session.delete(row)
        return
    if row is None:
        edition_, group, priority = key
        row = GapEntry(edition=edition_, group=group, priority=priority)
        session.add(row)
    row.strength, row.source, row.stated_by = after["strength"], after["source"] or None, after["stated_by"] or None
    row.rationale = replaced(row.rationale, after["rationale_en"], after["rationale_fr"])


def finish(session: Session, id_: int) -> EditionFacts:
    """Freeze an edition. Raises Forbidden for anyone but the secretariat; NotFound; Conflict where somebody did already."""
    actor = changes.actor(session)
    require_secretariat(session, actor)
    row = _draft(session, id_)
    row.draft, row.day = None, clock.today(session)
    row.settled_at, row.settled_by = clock.now(session), actor.label[:200]
    stated = session.scalars(select(GapEntry.group).where(GapEntry.edition == id_).distinct())
    now = picture(session, row.day, tuple(stated))
    row.scope = json.dumps({"groups": list(now.groups), "priorities": [each.id for each in now.priorities]})
    session.flush()
    return _facts(row)


def discard(session: Session, id_: int) -> None:
    """Take a draft away. Raises Forbidden for anyone but the secretariat; NotFound; Conflict for one that is final."""
    require_secretariat(session, changes.actor(session))
    row = _draft(session, id_)
    for entry in session.scalars(select(GapEntry).where(GapEntry.edition == id_)).all():
        session.delete(entry)
    session.flush()
    session.delete(row)
    session.flush()


def _draft(session: Session, id_: int) -> GapEdition:
    """A draft, its row locked: of two who edit at once, the second sees what the first did."""
    query = select(GapEdition).where(GapEdition.id == id_).with_for_update().execution_options(populate_existing=True)
    row = session.scalar(query)
    if row is None:
        raise NotFound(str(id_))
    if not row.draft:
        told = Message("This edition is final: nothing in it can be changed.")
        raise Conflict(named(row.settled_by or ""), row.settled_at or clock.now(session), told)
    return row


def _tie(row: GapEntry, title: Bilingual | None = None) -> Tie:
    why = row.rationale or Bilingual(None, None)
    strength = cast("Strength", row.strength)
    return Tie(row.group, row.priority, strength, why.en, why.fr, why.stale, row.source, title, row.stated_by)


def _facts(row: GapEdition) -> EditionFacts:
    settled_by = named(row.settled_by) if row.settled_by else None
    return EditionFacts(row.id, row.day, bool(row.draft), named(row.made_by), row.settled_at, settled_by)
