"""Drafts: what the secretariat might write to those who are late, and to whom."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cadre.core import changes, clock
from cadre.core.bilingual import Bilingual
from cadre.core.errors import Invalid, Message, NotFound
from cadre.core.i18n import LANGUAGES, LOCALES
from cadre.core.reader import Reader
from cadre.notices.models import Notice
from cadre.notices.rules import Kind
from cadre.notices.service import require_secretariat
from cadre.notices.steering import WORD
from cadre.people.models import Person

_LATELY: Final = timedelta(days=2 * 366)


@dataclass(frozen=True, slots=True)
class Letter:
    """What the secretariat wrote about something: on which day, who, and the text that they sent in each language."""

    day: date
    by: str
    text: Bilingual


@dataclass(frozen=True, slots=True)
class Draft:
    """What is late, by how many days, and those to whom it might be written: role word, person, name. ``last``: the letter before."""

    notice: int
    kind: str
    subject: str
    name: Bilingual
    due: date
    days_late: int
    people: tuple[tuple[str, str, str], ...]
    last: Letter | None = None
    text: Bilingual | None = None
    """What might be written, as the area of its kind words it."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A draft that the secretariat has neither sent nor dropped: about what, since when that is late, and by how many days."""

    notice: int
    kind: str
    name: Bilingual
    due: date
    days_late: int


def waiting(session: Session, kinds: Mapping[str, Kind]) -> tuple[Waiting, ...]:
    """The drafts of the acting person that wait, what is latest first: the last of each thing that is still late, and was due in the last
    two years. Raises Forbidden for anyone but the secretariat.
    """
    require_secretariat(session)
    today, found = clock.today(session), []
    theirs = (Notice.person == changes.actor(session).person, Notice.state == "sent", Notice.manner == "draft")
    last = select(func.max(Notice.id)).where(*theirs, Notice.occurrence > today - _LATELY).group_by(Notice.kind, Notice.subject)
    waiting_ = session.scalars(select(Notice).where(Notice.id.in_(last), Notice.detail.is_(None))).all()
    for name, kind in kinds.items():
        rows = {row.subject: row for row in waiting_ if row.kind == name}
        dated, names = (kind.some(session, rows), kind.names(session, rows)) if rows else ({}, {})
        for subject, row in rows.items():
            one = dated.get(subject)
            if one and one.settled is None and one.due == row.occurrence:
                found.append(Waiting(row.id, name, names.get(subject) or Bilingual(subject, subject), one.due, (today - one.due).days))
    return tuple(sorted(found, key=lambda each: (each.due, each.notice)))


def draft(session: Session, notice_id: int, kinds: Mapping[str, Kind]) -> Draft:
    """What a draft is about. Raises Forbidden for anyone but the secretariat, NotFound, Invalid where it is not late any more."""
    require_secretariat(session)
    found = session.get(Notice, notice_id)
    if found is None or found.manner != "draft" or found.kind not in kinds:
        raise NotFound(str(notice_id))
    subject = kinds[found.kind].some(session, [found.subject]).get(found.subject)
    if subject is None or subject.settled or subject.due is None:
        raise Invalid(state=Message("This is settled by now: there is nothing to write about."))
    holders = {person: role for role, persons in reversed(list(subject.people.items())) for person in persons}
    names = session.execute(select(Person.id, Person.name).where(Person.id.in_(holders)).order_by(Person.name))
    return Draft(
        notice=notice_id,
        kind=found.kind,
        subject=found.subject,
        name=kinds[found.kind].names(session, [found.subject]).get(found.subject) or Bilingual(found.subject, found.subject),
        due=subject.due,
        days_late=(clock.today(session) - subject.due).days,
        people=tuple((holders[row.id], row.id, row.name) for row in names),
        last=_last(session, found.subject),
        text=_text(session, kinds[found.kind], found.subject),
    )


def _text(session: Session, kind: Kind, subject: str) -> Bilingual | None:
    texts = {language: kind.letter(session, subject, Reader(LOCALES[language])) for language in LANGUAGES}
    return Bilingual(texts["en"], texts["fr"]) if texts["en"] else None


def _last(session: Session, subject: str) -> Letter | None:
    """The letter about something that was sent last, whatever it was due on then."""
    sent = select(Notice).where(Notice.subject == subject, Notice.kind == WORD).order_by(Notice.id.desc()).limit(1)
    found = session.scalar(sent)
    if found is None or found.detail is None:
        return None
    said = json.loads(found.detail)
    return Letter(found.occurrence, said["by"], Bilingual(said["en"], said["fr"]))
