"""Texts of the registry that are owed in one language: listed, given out as a workbook of two columns, and taken back."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core.bilingual import Bilingual, Standing
from cadre.core.errors import Conflict, Invalid, Message, NotFound
from cadre.core.i18n import LANGUAGES, LOCALES, Language
from cadre.core.marks import mark
from cadre.core.models import Base
from cadre.core.reader import Reader
from cadre.core.rows import called
from cadre.core.sheets import Column, Row, Table, Unreadable, rows, workbook
from cadre.core.text import fold
from cadre.core.typed import LONGEST, tidy
from cadre.core.words import Words
from cadre.exchange.layout import SECTIONS, Kind, Section
from cadre.people.service import require_secretariat
from cadre.people.standing import own_source, restate

_WIDTH: Final = 70
_SEPARATOR: Final = "|"


@dataclass(frozen=True, slots=True)
class OwedText:
    """A text that is to be written in a language, or looked at again there. ``subject``, ``id``, ``field``: where it stands; ``record``:
    what that is called; ``other``: the text in the other language; ``text``: what stands in this one, and was left behind.
    """

    subject: str
    id: str
    field: str
    record: Bilingual
    other: str
    text: str | None

    @property
    def key(self) -> str:
        """Where it stands, and a mark of what the other language said: by that a translation is known from one of another text."""
        return _SEPARATOR.join((self.subject, self.id, self.field, mark(self.other)))

    @property
    def stale(self) -> bool:
        """Whether it was written once, and the other language changed since."""
        return self.text is not None


@dataclass(frozen=True, slots=True)
class Translation:
    """A row that can be taken in."""

    row: int
    owed: OwedText
    text: str


@dataclass(frozen=True, slots=True)
class Wrong:
    """A row that cannot be taken in, and why."""

    row: int
    problem: Message


@dataclass(frozen=True, slots=True)
class Plan:
    """What a workbook would do to the registry as it is now. ``empty``: rows in which nothing was written yet."""

    translations: tuple[Translation, ...]
    wrong: tuple[Wrong, ...]
    empty: int

    @property
    def mark(self) -> str:
        """By which it is known from a plan that would do something else."""
        return f"{zlib.crc32(repr(self.translations).encode()):08x}"


class Changed(Conflict):
    """The registry changed since a plan was looked at. ``plan``: what the same file would do now."""

    def __init__(self, now: Plan) -> None:
        Exception.__init__(self, "the registry changed since")
        self.plan = now


def owed(session: Session, language: Language) -> tuple[OwedText, ...]:
    """All that is owed in a language, in the order of the registry file. Raises Forbidden for anyone but the secretariat."""
    require_secretariat(session)
    return tuple(each for section in SECTIONS for each in _of_section(session, section, language))


def counts(session: Session) -> dict[Language, int]:
    """How many texts are owed in each language. Raises Forbidden for anyone but the secretariat."""
    return {language: len(owed(session, language)) for language in LANGUAGES}


def _of_section(session: Session, section: Section, language: Language) -> Iterator[OwedText]:
    fields = [field.name for field in section.fields if field.kind is Kind.BILINGUAL]
    if not fields:
        return
    for row in session.scalars(select(section.model).order_by(section.model.id)):
        for name in fields:
            text: Bilingual | None = getattr(row, name)
            if text and text.standing(language) is not Standing.WRITTEN and (other := text.in_(_other(language))):
                yield OwedText(section.table, row.id, name, called(session, row), other, text.in_(language))


def _other(language: Language) -> Language:
    return "fr" if language == "en" else "en"


def write(session: Session, key: str, language: Language, text: str) -> None:
    """Write one text in the language in which it was owed. Raises Forbidden for anyone but the secretariat, Invalid, NotFound; Conflict
    where the other language says something else by now.
    """
    require_secretariat(session)
    found = _find(session, key, language)
    text = tidy(text)
    if not text:
        raise Invalid(text=Message("Write the text."))
    if len(text) > LONGEST:
        raise Invalid(text=Message("Use {n} characters at most.", {"n": LONGEST}))
    _set(session, found, language, text)


def still_right(session: Session, key: str, language: Language) -> None:
    """Somebody read a text that was left behind: it still fits. Raises as ``write``."""
    require_secretariat(session)
    found = _find(session, key, language)
    if found.stale:
        row = session.get_one(_model(found.subject), found.id)
        setattr(row, found.field, getattr(row, found.field).still_right())
        session.flush()


def _find(session: Session, key: str, language: Language) -> OwedText:
    """A text that is still owed. Raises NotFound for one that is not any more, Invalid where the other language changed."""
    subject, id_, field, said = [*key.split(_SEPARATOR), "", "", "", ""][:4]
    row = session.get(_model(subject), id_, with_for_update={"key_share": True})
    text = getattr(row, field, None)
    if row is None or not isinstance(text, Bilingual) or text.standing(language) is Standing.WRITTEN:
        raise NotFound(f"{id_}: {field}")
    found = OwedText(subject, id_, field, called(session, row), text.in_(_other(language)) or "", text.in_(language))
    if mark(found.other) != said:
        raise Invalid(text=Message("The text in the other language changed meanwhile. Open this window again to see it."))
    return found


def _model(subject: str) -> type[Base]:
    found: type[Base] | None = next((section.model for section in SECTIONS if section.table == subject), None)
    if found is None:
        raise NotFound(subject)
    return found


def _set(session: Session, found: OwedText, language: Language, text: str) -> None:
    row = session.get_one(_model(found.subject), found.id)
    before: Bilingual = getattr(row, found.field)
    setattr(row, found.field, before.edited(en=text) if language == "en" else before.edited(fr=text))
    session.flush()
    restate(session, found.subject, found.id, f"{found.field}.{language}", own_source(session), confirmed=True)


def given_out(session: Session, language: Language, reader: Reader) -> bytes:
    """What is owed in a language as a workbook: English, French, and a hidden column by which it is found again. Raises Forbidden."""
    in_both = {"en": reader.gettext("English"), "fr": reader.gettext("French")}
    columns = (*(Column(in_both[each], _WIDTH) for each in LANGUAGES), Column(reader.gettext("Leave as it is"), 30, hidden=True))
    lines = []
    for each in owed(session, language):
        texts = {language: each.text, _other(language): each.other}
        told = [Words.verbatim(text) if (text := texts[one]) else None for one in LANGUAGES]
        lines.append((*told, Words.verbatim(each.key)))
    table: Table = (columns, lines)
    name = reader.gettext("Texts owed")
    return workbook(name, [(name, table)], reader)


def plan(session: Session, lines: Sequence[Row], language: Language) -> Plan:
    """What a workbook that comes back would do. Raises Forbidden for anyone but the secretariat.

    Where the hidden column was lost, a text is found by what it says in the other language: it goes wherever that is said.
    """
    known = owed(session, language)
    by_key, by_text = {each.key: each for each in known}, _by_text(known)
    places = {each.subject + _SEPARATOR + each.id + _SEPARATOR + each.field for each in known}
    found: dict[str, Translation] = {}
    wrong: list[Wrong] = []
    empty = 0
    for number, other, text, key in _texts(lines, language):
        targets = [by_key[key]] if key in by_key else by_text.get(other, []) if not key else []
        if not text or (targets and all(text == each.text for each in targets)):
            empty += 1
        elif len(text) > LONGEST:
            wrong.append(Wrong(number, Message("Use {n} characters at most.", {"n": LONGEST})))
        elif not targets:
            wrong.append(Wrong(number, _why(key, places)))
        else:
            found |= {each.key: Translation(number, each, text) for each in targets}
    return Plan(tuple(found.values()), tuple(wrong), empty)


def _why(key: str, places: set[str]) -> Message:
    if key.rpartition(_SEPARATOR)[0] in places:
        return Message("The text in the other language changed since this file was made.")
    return Message("Nothing is owed there any more, or this row is of another file.")


def _by_text(known: tuple[OwedText, ...]) -> Mapping[str, list[OwedText]]:
    found: dict[str, list[OwedText]] = {}
    for each in known:
        found.setdefault(tidy(each.other), []).append(each)
    return found


def read(content: bytes) -> tuple[Row, ...]:
    """The rows of a workbook that comes back. It takes a while, in which nobody waits: no session is needed for it. Raises Unreadable for
    another file.
    """
    found = rows(content)
    readers = [Reader(locale) for locale in LOCALES.values()]
    heads = {"en": {fold(each.gettext("English")) for each in readers}, "fr": {fold(each.gettext("French")) for each in readers}}
    head = found[0].cells if found else ()
    if len(head) < len(LANGUAGES) or fold(head[0]) not in heads["en"] or fold(head[1]) not in heads["fr"]:
        raise Unreadable(Message("This is not a workbook of texts owed: its first row says English and French."))
    return found[1:]


def _texts(lines: Sequence[Row], language: Language) -> Iterator[tuple[int, str, str, str]]:
    """Row, the text in the other language, the text in this one, and the key, which may have been lost."""
    for row in lines:
        english, french, key = [*row.cells, "", "", ""][:3]
        texts = {"en": english, "fr": french}
        yield row.number, texts[_other(language)], texts[language], key


def take(session: Session, lines: Sequence[Row], language: Language, mark_: str) -> Plan:
    """Take translations in. ``mark_``: of the plan that was looked at. Raises Changed where it would do something else by now."""
    found = plan(session, lines, language)
    if found.mark != mark_:
        raise Changed(found)
    for each in found.translations:
        _set(session, each.owed, language, each.text)
    return found
