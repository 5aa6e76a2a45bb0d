"""What of a group is still to be confirmed, fact by fact; and the secretariat's word that one of them stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.core.errors import NotFound
from cadre.core.models import NAMES, Alias, Base, Provenance, Source
from cadre.core.rows import called, referred
from cadre.groups.models import Link, Objective
from cadre.groups.rights import group_row
from cadre.people.models import Person, Role
from cadre.people.service import require_secretariat
from cadre.people.standing import confirm_fact

DOUBTFUL: Final = ("inferred", "corrected")
"""The standings of what was read otherwise than written, or by reasoning."""
_CONFIRMED: Final = "confirmed"


@dataclass(frozen=True, slots=True)
class Doubt:
    """One fact that nobody of the secretariat confirmed. ``field``: of the record, "record" for all of it, or one language ("name.en").

    ``says``: what it says, as the registry has it; ``source``: where it comes from, and ``words`` and ``note``: in which words, and why it
    is read so. ``role``: of a role, what it is.
    """

    subject: str
    id: str
    field: str
    says: Bilingual
    source: Bilingual | None
    words: str | None
    note: Bilingual | None
    role: str | None = None

    @property
    def key(self) -> str:
        """By which it is found again: in the value of a button."""
        return f"{self.subject}/{self.id}/{self.field}"


def of_group(session: Session, id_: str) -> tuple[Doubt, ...]:
    """Of a group, its links and its objectives: what was read otherwise than written, or by reasoning; and roles that nobody confirmed."""
    group = group_row(session, id_)
    records: dict[tuple[str, str], Base] = {("group", id_): group}
    records |= {("link", row.id): row for row in session.scalars(select(Link).where(Link.source_group == id_))}
    records |= {("objective", row.id): row for row in session.scalars(select(Objective).where(Objective.group == id_))}
    asked = tuple_(Provenance.subject, Provenance.subject_id).in_(list(records))
    rows = session.execute(
        select(Provenance, Source.title)
        .join(Source, Source.id == Provenance.source)
        .where(asked, Provenance.standing.in_(DOUBTFUL))
        .order_by(Provenance.subject, Provenance.id)
    )
    found = [
        Doubt(
            row.subject,
            row.subject_id,
            row.field,
            says(session, records[row.subject, row.subject_id], row.field),
            title,
            row.words,
            row.note,
        )
        for row, title in rows
    ]
    return (*found, *_of_roles(session, id_))


def _of_roles(session: Session, id_: str) -> list[Doubt]:
    of_role = (Provenance.subject == "role") & (Provenance.subject_id == Role.id) & (Provenance.field == "record")
    rows = session.execute(
        select(Role, Person.name, Provenance, Source.title)
        .join(Person, Person.id == Role.person)
        .outerjoin(Provenance, of_role)
        .outerjoin(Source, Source.id == Provenance.source)
        .where(Role.group == id_)
        .order_by(Role.number, Role.id)
    )
    return [
        Doubt("role", role.id, "record", Bilingual(name, name), title, row.words if row else None, row.note if row else None, role.role)
        for role, name, row, title in rows
        if row is None or row.standing != _CONFIRMED
    ]


def says(session: Session, row: Any, field: str) -> Bilingual:
    """What a field of a record says, in the language that is in doubt where it is one; of a reference, what that is called."""
    name, _, language = field.partition(".")
    value: Any
    if name in NAMES:
        of = (Alias.subject == row.__tablename__, Alias.subject_id == row.id, Alias.kind == NAMES[name])
        texts = session.execute(select(Alias.language, Alias.text).where(*of).order_by(Alias.id)).all()
        value = "; ".join(text for spoken, text in texts if language in ("", spoken))
    elif name == "record":
        value = called(session, row)
    elif other := referred(session, row, name):
        value = called(session, other)
    else:
        value = getattr(row, name, None)
    if isinstance(value, Bilingual):
        return (
            Bilingual(value.en, value.fr) if not language else Bilingual(value.en, None) if language == "en" else Bilingual(None, value.fr)
        )
    value = value.text if isinstance(value, PartialDate) else value
    return Bilingual(str(value or ""), str(value or ""))


def confirm(session: Session, group: str, key: str) -> bool:
    """One fact of a group stands; False where it was confirmed by somebody before. Raises Forbidden for anyone but the secretariat,
    NotFound for what is no fact of this group.
    """
    require_secretariat(session)
    group_row(session, group, lock=True)
    subject, id_, field = [*key.split("/"), "", ""][:3]
    if key in {each.key for each in of_group(session, group)}:
        confirm_fact(session, subject, id_, field)
        session.flush()
        return True
    if subject not in ("group", "role", "link", "objective"):
        raise NotFound(key)
    return False
