"""Mandates of groups as documents: a draft begun from the group's own record, and versions that come into force on their day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core import clock
from cadre.core.bilingual import Bilingual
from cadre.core.errors import NotFound
from cadre.core.i18n import LOCALES
from cadre.core.reader import Reader
from cadre.decisions import documents
from cadre.decisions.documents import MANDATE, DocumentFacts, VersionFacts, VersionForm
from cadre.decisions.models import Document
from cadre.groups.models import Group
from cadre.groups.wording import named


def of_group(session: Session, group: str) -> tuple[DocumentFacts | None, Bilingual | None]:
    """The mandate of a group as a document, where it is one; and what its record says. Raises NotFound."""
    row = session.get(Group, group)
    if row is None:
        raise NotFound(group)
    return documents.mandates(session, [group]).get(group), row.mandate


def standing(session: Session, group: str) -> VersionFacts | None:
    """The version that a group's record reads as, be it one that ran out; None where its mandate is kept in none. Raises NotFound."""
    found, text = of_group(session, group)
    version = found.standing(clock.today(session)) if found else None
    return version if version and version.text == text else None


def draft(
    session: Session, group: str, form: VersionForm, *, shown: Mapping[str, str] | None = None, view_id: str | None = None
) -> DocumentFacts:
    """The draft of the next version of a group's mandate; the document is made where it is not there yet. ``shown``: as of
    ``documents.save_draft``.

    Raises Forbidden for anyone but the secretariat, NotFound, Invalid.
    """
    row = session.get(Group, group)
    if row is None:
        raise NotFound(group)
    titles = (
        reader.gettext("Mandate of {group:the}", group=named(row.name, reader, row.article))  # type: ignore[arg-type]  # one of the five
        for reader in (Reader(LOCALES["en"]), Reader(LOCALES["fr"]))
    )
    made = documents.begin(session, MANDATE, group, *titles)
    return documents.save_draft(session, made.id, form, shown=shown, view_id=view_id)


def take_effect(session: Session, day: date) -> int:
    """Each group's record reads as the version of its mandate that stands on a day. Gives of how many that was another text.

    Groups are locked in the order in which whoever carries out a decision locks them.
    """
    groups = session.scalars(select(Document.group).where(Document.kind == MANDATE).distinct().order_by(Document.group)).all()
    found = documents.mandates(session, groups)
    return sum(documents.adopt(session, found[group], day) for group in groups)
