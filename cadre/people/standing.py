"""How sure a fact is: said by the secretariat, confirmed by it, or only stated."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core import changes, clock
from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.core.models import Provenance, Source
from cadre.people.identities import CONFIRMED

RECORD: Final = "record"
"""The provenance of a record as a whole."""
_SECRETARIAT: Final = "secretariat"


def own_source(session: Session) -> str:
    """The source of what only the secretariat says."""
    return source_of_ours(session, _SECRETARIAT, Bilingual("Confirmed by the secretariat", "Confirmé par le secrétariat"))


def source_of_ours(session: Session, id_: str, title: Bilingual, origin: str = "ours") -> str:
    """A source of our own, made where it is not there yet. ``origin``: "stated" where it is people who say it, not Cadre."""
    if session.get(Source, id_) is None:
        session.add(Source(id=id_, origin=origin, title=title, attested=PartialDate.day(clock.today(session))))
        session.flush()
    return id_


def fact(session: Session, subject: str, id_: str, field: str = RECORD) -> Provenance | None:
    """Where a field of a record, or all of it, comes from."""
    of = (Provenance.subject == subject, Provenance.subject_id == id_, Provenance.field == field)
    found: Provenance | None = session.scalar(select(Provenance).where(*of))
    return found


def confirm_fact(session: Session, subject: str, id_: str, field: str = RECORD) -> None:
    """Whoever acts says that a fact stands; the words of its source stay with it."""
    found = fact(session, subject, id_, field)
    if found is None:
        found = Provenance(subject=subject, subject_id=id_, field=field, source=own_source(session))
        session.add(found)
    found.standing = CONFIRMED
    found.confirmed_by = changes.actor(session).label[:200]
    found.confirmed_on = clock.today(session)


def restate(session: Session, subject: str, id_: str, field: str, source: str, *, confirmed: bool) -> None:
    """A field says something new: what its earlier source said of it, in either language, is no longer where it comes from."""
    of = (Provenance.subject == subject, Provenance.subject_id == id_)
    for each in session.scalars(select(Provenance).where(*of, Provenance.field.in_((f"{field}.en", f"{field}.fr")))).all():
        session.delete(each)
    found = fact(session, subject, id_, field)
    if found is None:
        found = Provenance(subject=subject, subject_id=id_, field=field, source=source)
        session.add(found)
    found.source, found.words, found.note = source, None, None
    found.standing = CONFIRMED if confirmed else "stated"
    found.confirmed_by = changes.actor(session).label[:200] if confirmed else None
    found.confirmed_on = clock.today(session) if confirmed else None
    session.flush()


def state_record(session: Session, subject: str, id_: str, source: str, *, confirmed: bool = False) -> None:
    """Where a new record, as a whole, comes from. ``confirmed``: whoever acts says that it stands."""
    session.add(Provenance(subject=subject, subject_id=id_, field=RECORD, source=source, standing="stated"))
    session.flush()
    if confirmed:
        confirm_fact(session, subject, id_)
        session.flush()


def forget(session: Session, subject: str, id_: str) -> None:
    """A record goes: with it, where it came from."""
    for row in session.scalars(select(Provenance).where(Provenance.subject == subject, Provenance.subject_id == id_)).all():
        session.delete(row)
