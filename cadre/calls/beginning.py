"""Beginning a call: what it can be made from, and what is proposed with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.calls.drafting import proposal, save_draft
from cadre.calls.facts import SOUGHT, CallFacts
from cadre.calls.forms import DraftForm, Proposal
from cadre.core.bilingual import Bilingual
from cadre.core.models import Provenance, Source
from cadre.groups.facts import COUNCILS
from cadre.groups.models import Group
from cadre.people.models import Jurisdiction
from cadre.priorities.models import Priority

_COUNCIL: Final = "council"
_OVER: Final = "sunset"
_GOVERNMENTS: Final = ("federal", "province", "territory")
_INVENTED: Final = "demonstration"


@dataclass(frozen=True, slots=True)
class Sources:
    """What a call can be made from: priorities, and groups that are no councils and not over. Each its id and its name."""

    priorities: tuple[tuple[str, Bilingual], ...]
    groups: tuple[tuple[str, Bilingual], ...]


def sources(session: Session) -> Sources:
    """All there are, what was invented to show Cadre after the rest."""
    invented = {subject: _invented(session, subject) for subject in ("priority", "group")}
    priorities = session.scalars(select(Priority).order_by(Priority.number, Priority.id)).all()
    rows = session.scalars(select(Group).order_by(Group.id)).all()
    groups = [row for row in rows if row.kind not in COUNCILS and row.state != _OVER]
    return Sources(
        tuple((row.id, row.name) for row in sorted(priorities, key=lambda row: row.id in invented["priority"])),
        tuple((row.id, row.name) for row in sorted(groups, key=lambda row: row.id in invented["group"])),
    )


def councils(session: Session) -> tuple[tuple[str, Bilingual], ...]:
    """The councils whose members can be invited, what was invented after the rest."""
    rows = session.scalars(select(Group).where(Group.kind == _COUNCIL).order_by(Group.id)).all()
    invented = _invented(session, "group")
    return tuple((row.id, row.name) for row in sorted(rows, key=lambda row: row.id in invented))


def begin(
    session: Session, *, group: str | None, priority: str | None, name_en: str = "", name_fr: str = "", view_id: str | None = None
) -> CallFacts:
    """A draft with all that is proposed for a group, for a priority, or for a name alone: invited are the federal, provincial and
    territorial governments. The same window submitted twice makes one.

    Raises Forbidden for anyone but the secretariat; NotFound; Invalid where nothing is chosen and nothing named.
    """
    found = (
        proposal(session, group=group, priority=priority) if group or priority else Proposal(None, None, Bilingual(None, None), None, ())
    )
    inviting = _inviting(session, found)
    there = session.get(Group, found.group) if found.group else None
    text = None if there and there.description else found.description
    form = DraftForm(
        id=None,
        group=found.group,
        priority=found.priority,
        name_en=name_en or ("" if there else found.name.en) or "",
        name_fr=name_fr or ("" if there else found.name.fr) or "",
        description_en=(text and text.en) or "",
        description_fr=(text and text.fr) or "",
        asked_en="",
        asked_fr="",
        commitment_en="",
        commitment_fr="",
        criteria_en="",
        criteria_fr="",
        roles=SOUGHT,
        seats=None,
        seats_each=None,
        capped=False,
        confirms=False,
        public=False,
        first_meeting="",
        chairs=tuple(chair.id for chair in found.chairs),
        councils=inviting,
        jurisdictions=invited(session, inviting),
        channels=(),
        opens_at=None,
        closes_at=None,
        view_id=view_id,
    )
    proposed = {} if found.group or name_en or name_fr else {"name": found.name}
    return save_draft(session, form, {**proposed, "description": text})


def _inviting(session: Session, found: Proposal) -> tuple[str, ...]:
    """The council that a group or priority belongs to; the councils below it, where it belongs to the joint one; all real ones without."""
    row = session.get(Group, found.group) if found.group else session.get(Priority, found.priority) if found.priority else None
    owner = row.owner if row else None
    if owner is None and found.priority and (carried := session.get(Priority, found.priority)):
        owner = carried.owner
    every = session.scalars(select(Group).where(Group.kind == _COUNCIL).order_by(Group.id)).all()
    if owner in {each.id for each in every}:
        return (str(owner),)
    invented = _invented(session, "group")
    return tuple(each.id for each in every if each.id not in invented)


def invited(session: Session, inviting: tuple[str, ...]) -> tuple[str, ...]:
    """Those who sit in councils; of one that was invented, all that were invented with it."""
    rows = session.scalars(select(Jurisdiction).order_by(Jurisdiction.id)).all()
    invented = _invented(session, "jurisdiction")
    if inviting and set(inviting) <= _invented(session, "group"):
        return tuple(row.id for row in rows if row.id in invented)
    return tuple(row.id for row in rows if row.id not in invented and row.kind in _GOVERNMENTS)


def invited_instead(session: Session, before: tuple[str, ...], inviting: tuple[str, ...], chosen: tuple[str, ...]) -> tuple[str, ...]:
    """Who is invited once other councils invite than ``before``: theirs, in place of those of the councils before. What was ``chosen``
    besides stays.
    """
    if not inviting or set(before) == set(inviting):
        return chosen
    theirs, gone = invited(session, inviting), set(invited(session, before))
    return (*theirs, *(each for each in chosen if each not in gone and each not in theirs))


def _invented(session: Session, subject: str) -> frozenset[str]:
    """The records of a kind that were invented to show Cadre."""
    origin = select(Provenance.subject_id).join(Source, Source.id == Provenance.source).where(Source.origin == _INVENTED)
    return frozenset(session.scalars(origin.where(Provenance.subject == subject, Provenance.field == "record")))
