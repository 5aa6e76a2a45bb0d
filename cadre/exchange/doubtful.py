"""All facts of the registry that are still to be confirmed, whatever record they are of; and the secretariat's word that one stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core.bilingual import Bilingual
from cadre.core.errors import NotFound
from cadre.core.models import Provenance, Source
from cadre.core.rows import by_id, called
from cadre.exchange.layout import RECORD, SECTION_OF, SECTIONS
from cadre.groups.doubts import DOUBTFUL, Doubt, says
from cadre.people.identities import CONFIRMED
from cadre.people.models import Role
from cadre.people.service import require_secretariat
from cadre.people.standing import confirm_fact, fact


@dataclass(frozen=True, slots=True)
class Doubted:
    """A fact to be confirmed, and what the record is called that it is of."""

    record: Bilingual
    doubt: Doubt


def doubtful(session: Session) -> tuple[Doubted, ...]:
    """What was read otherwise than written, or by reasoning, in the order of the registry file; and who holds a role on a priority where
    nobody confirmed it. Roles in groups stand with each group. Raises Forbidden for anyone but the secretariat.
    """
    require_secretariat(session)
    query = select(Provenance, Source.title).join(Source, Source.id == Provenance.source).where(Provenance.standing.in_(DOUBTFUL))
    found = session.execute(query.order_by(Provenance.subject_id, Provenance.id)).all()
    rows = {
        section.table: by_id(session, section.model, {each.subject_id for each, _ in found if each.subject == section.table})
        for section in SECTIONS
    }
    known = [
        _doubted(session, rows[each.subject][each.subject_id], each, title)
        for section in SECTIONS
        for each, title in found
        if each.subject == section.table and each.subject_id in rows[each.subject]
    ]
    return (*known, *_leading(session))


def _doubted(session: Session, row: Any, held: Provenance, title: Bilingual) -> Doubted:
    doubt = Doubt(held.subject, held.subject_id, held.field, says(session, row, held.field), title, held.words, held.note)
    return Doubted(called(session, row), doubt)


def _leading(session: Session) -> Iterator[Doubted]:
    """Roles on priorities that nobody confirmed."""
    of_role = (Provenance.subject == "role") & (Provenance.subject_id == Role.id) & (Provenance.field == RECORD)
    query = select(Role, Provenance, Source.title).outerjoin(Provenance, of_role).outerjoin(Source, Source.id == Provenance.source)
    for role, held, title in session.execute(query.where(Role.priority.is_not(None)).order_by(Role.priority, Role.number, Role.id)):
        if held is None or held.standing not in (CONFIRMED, *DOUBTFUL):
            who = says(session, role, "person")
            doubt = Doubt("role", role.id, RECORD, who, title, held.words if held else None, held.note if held else None, role.role)
            yield Doubted(says(session, role, "priority"), doubt)


def confirm(session: Session, key: str) -> bool:
    """One fact stands; False where it was confirmed by somebody before. Raises Forbidden for anyone but the secretariat, NotFound."""
    require_secretariat(session)
    subject, id_, field = [*key.split("/"), "", ""][:3]
    section = SECTION_OF.get(subject)
    if section is None or session.get(section.model, id_, with_for_update={"key_share": True}) is None:
        raise NotFound(key)
    if key not in {each.doubt.key for each in doubtful(session)}:
        if fact(session, subject, id_, field) is None:
            raise NotFound(key)
        return False
    confirm_fact(session, subject, id_, field)
    session.flush()
    return True
