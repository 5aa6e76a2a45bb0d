"""Drafts: what the secretariat might write to those who are late, and to whom."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session, aliased

from cadre.core import changes, clock
from cadre.core.bilingual import Bilingual
from cadre.core.errors import CadreError, Conflict, Invalid, Message, NotFound
from cadre.core.i18n import LANGUAGES, LOCALES
from cadre.core.reader import Reader, named
from cadre.core.rows import found_or_added
from cadre.notices.models import Notice, Snooze
from cadre.notices.rules import Dated, Kind, drafts_of
from cadre.notices.service import LONGEST, WHILE_LATE, announce, require_secretariat, secretariat, touch
from cadre.people.models import Person

WORD: Final = "word"
"""A kind of notice: what the secretariat wrote, from a draft."""
_LATELY: Final = timedelta(days=2 * 366)


@dataclass(frozen=True, slots=True)
class Letter:
    """What the secretariat wrote about something: on which day, who, and the text that they sent in each language."""

    day: date
    by: str
    text: Bilingual
    notice: int = 0


@dataclass(frozen=True, slots=True)
class Proposal:
    """What might be written about something, as the area of its kind words it, and the letter before."""

    text: Bilingual | None
    last: Letter | None = None


class WrittenBefore(CadreError):
    """A letter about the same was sent already, which whoever sends this one has not seen."""


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
    if found is None or found.manner != "draft":
        raise NotFound(str(notice_id))
    subject = _late(session, found, kinds)
    holders = {person: role for role, persons in reversed(list(subject.people.items())) for person in persons}
    names = session.execute(select(Person.id, Person.name).where(Person.id.in_(holders)).order_by(Person.name))
    return Draft(
        notice=notice_id,
        kind=found.kind,
        subject=found.subject,
        name=kinds[found.kind].names(session, [found.subject]).get(found.subject) or Bilingual(found.subject, found.subject),
        due=subject.due or found.occurrence,
        days_late=(clock.today(session) - (subject.due or found.occurrence)).days,
        people=tuple((holders[row.id], row.id, row.name) for row in names),
        last=_last(session, found.subject),
        text=_text(session, kinds[found.kind], found.subject),
    )


def _late(session: Session, drafted: Notice, kinds: Mapping[str, Kind]) -> Dated:
    """What a draft is about. Raises NotFound; Invalid where it is not late any more."""
    if drafted.kind not in kinds:
        raise NotFound(str(drafted.id))
    found = kinds[drafted.kind].some(session, [drafted.subject]).get(drafted.subject)
    if found is None or found.settled or found.due is None:
        raise Invalid(state=Message("This is settled by now: there is nothing to write about."))
    if found.due >= clock.today(session):
        raise Invalid(state=Message("This was put off, and is not late any more: there is nothing to write about."))
    return found


def proposals(session: Session, drafts: Iterable[tuple[str, str]], kinds: Mapping[str, Kind]) -> dict[tuple[str, str], Proposal]:
    """What might be written about some things, by kind and subject, for the messages that tell the secretariat of these drafts."""
    of_kinds = ((kinds[name], subject) for name, subject in drafts if name in kinds)
    return {(kind.name, subject): Proposal(_text(session, kind, subject), _last(session, subject)) for kind, subject in of_kinds}


def _text(session: Session, kind: Kind, subject: str) -> Bilingual | None:
    texts = {language: kind.letter(session, subject, Reader(LOCALES[language])) for language in LANGUAGES}
    return Bilingual(texts["en"], texts["fr"]) if texts["en"] else None


def _last(session: Session, subject: str) -> Letter | None:
    """The letter about something that was sent last, whatever it was due on then."""
    sent = (
        select(Notice).where(Notice.subject == subject, Notice.kind == WORD, Notice.state != "skipped").order_by(Notice.id.desc()).limit(1)
    )
    found = session.scalar(sent)
    if found is None or found.detail is None:
        return None
    said = json.loads(found.detail)
    return Letter(found.occurrence, said["by"], Bilingual(said["en"], said["fr"]), found.id)


def send_word(
    session: Session, notice_id: int, persons: Iterable[str], texts: tuple[str, str], kinds: Mapping[str, Kind], *, after: int | None = None
) -> None:
    """Send a draft on, as the secretariat has worded it (``texts``: in English and French): to each in their language, unless it is late no
    more by then. ``after``: the letter about the same that was sent before, where whoever sends this one said to write again.

    Raises Forbidden for anyone but the secretariat, NotFound, Invalid for an empty text, for people whose it is not and where it is not
    late any more, Conflict where somebody sent or dropped it, WrittenBefore where there is another letter.
    """
    drafted = _open_draft(session, notice_id)
    (english, french), late, wanted = texts, _late(session, drafted, kinds), list(persons)
    wrong = {
        name: Message("Write it in both languages: each reads it in their own.")
        for name, text in (("text_en", english), ("text_fr", french))
        if not text.strip()
    }
    wrong |= {
        name: Message("At most {n} characters.", {"n": LONGEST})
        for name, text in (("text_en", english), ("text_fr", french))
        if len(text) > LONGEST
    }
    if not wanted or not {*wanted} <= {person for held in late.people.values() for person in held}:
        wrong["persons"] = Message("Choose who is told.")
    if wrong:
        raise Invalid(**wrong)
    if (last := _last(session, drafted.subject)) and last.notice != after:
        raise WrittenBefore
    by = named(changes.actor(session).label)
    announce(session, WORD, drafted.subject, wanted, {"en": english.strip(), "fr": french.strip(), "by": by, WHILE_LATE: drafted.kind})
    _close_draft(session, drafted, {"sent_by": by})


def drop_draft(session: Session, notice_id: int, *, for_good: bool = False) -> None:
    """Do not send it. ``for_good``: let none about this due day come again. Raises Forbidden, NotFound, Conflict as ``send_word``."""
    drafted = _open_draft(session, notice_id)
    if for_good:
        about = {"subject": drafts_of(drafted.subject), "occurrence": drafted.occurrence}
        same = select(Snooze).filter_by(**about)
        for person in sorted(secretariat(session)):
            found_or_added(session, same.filter_by(person=person), Snooze(person=person, until=date.max, **about))
    _close_draft(session, drafted, {"dropped_by": named(changes.actor(session).label)})


def _open_draft(session: Session, notice_id: int) -> Notice:
    """A draft that nobody answered, with all copies of it locked, always in the same order."""
    require_secretariat(session)
    copies = select(Notice.id).where(Notice.manner == "draft", *_same(notice_id)).order_by(Notice.id).with_for_update()
    if notice_id not in session.scalars(copies).all():
        raise NotFound(str(notice_id))
    found = session.get_one(Notice, notice_id, populate_existing=True)
    said: dict[str, Any] = json.loads(found.detail) if found.detail else {}
    if said:
        who = said.get("sent_by") or said.get("dropped_by") or ""
        raise Conflict(who, datetime.fromisoformat(said["at"]))
    return found


def _close_draft(session: Session, drafted: Notice, said: dict[str, str]) -> None:
    """For everybody of the secretariat who has the same draft."""
    detail = json.dumps(said | {"at": clock.now(session).isoformat()}, ensure_ascii=False)
    copies = update(Notice).where(Notice.manner == "draft", *_same(drafted.id)).values(detail=detail)
    session.execute(copies, execution_options={"synchronize_session": False})
    touch(session, drafted.kind, drafted.subject)


def _same(notice_id: int) -> Iterator[ColumnElement[bool]]:
    """What the copies of a draft have in common: of all who act for the secretariat, each has one."""
    one = aliased(Notice)
    for column, of in ((Notice.subject, one.subject), (Notice.occurrence, one.occurrence), (Notice.rung, one.rung)):
        yield column == select(of).where(one.id == notice_id).scalar_subquery()
