"""The official letter of a call: a Word document in both languages, from the co-chairs named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any, Final

from docx import Document
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from cadre.calls import wording
from cadre.calls.facts import CallFacts
from cadre.core.i18n import LANGUAGES, LOCALES
from cadre.core.reader import DEFAULT_ZONE, Reader
from cadre.core.words import Words

_FONT: Final = "Calibri"
_TAGS: Final = {"en": "en-CA", "fr": "fr-CA"}


def written(call: CallFacts, day: date) -> bytes:
    """The letter as it is issued on a day: English, then French from a new page on, so that either can be read alone.

    The call has its number. Gives the bytes of a DOCX file.
    """
    document = Document()
    _format(document)
    for language in LANGUAGES:
        reader = Reader(LOCALES[language], DEFAULT_ZONE)
        if language != LANGUAGES[0]:
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        _letter(document, call, day, reader)
    properties = document.core_properties
    properties.title = str(_titles(call))
    properties.author = ", ".join(chair.name for chair in call.chairs)[:255]
    properties.subject = call.number or ""
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def file_name(number: str) -> str:
    """What the letter is saved as."""
    return f"appel-call-{number}.docx"


def _titles(call: CallFacts) -> Words:
    readers = [Reader(LOCALES[language]) for language in LANGUAGES]
    return Words.joined(" / ", [_title(call, reader) for reader in readers])


def _title(call: CallFacts, reader: Reader) -> Words:
    return reader.gettext("Call for participation: {name}", name=wording.name(call, reader))


def _format(document: Any) -> None:
    style = document.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(11)
    style.paragraph_format.space_after = Pt(8)
    for name in ("Heading 1", "Heading 2"):
        heading = document.styles[name]
        heading.font.name = _FONT
        heading.element.rPr.rFonts.set(qn("w:asciiTheme"), "minorHAnsi")
    for section in document.sections:
        section.page_width, section.page_height = Cm(21.59), Cm(27.94)
        section.left_margin = section.right_margin = Cm(2.5)


def _letter(document: Any, call: CallFacts, day: date, reader: Reader) -> None:
    _ = reader.gettext
    _add(document, _("Joint Councils of Canada"), reader)
    _add(document, _("Letter {number}", number=Words.verbatim(call.number or "")), reader)
    _add(document, reader.date(day), reader)
    _add(document, _title(call, reader), reader, style="Heading 1")
    for text in _opening(call, reader):
        _add(document, text, reader)
    for heading, text in wording.paragraphs(call, reader):
        if heading:
            _add(document, heading, reader, style="Heading 2")
        for line in text.splitlines():
            _add(document, Words.verbatim(line), reader)
    _add(document, _("How to answer"), reader, style="Heading 2")
    for text in _closing(call, reader):
        _add(document, text, reader)
    for chair in call.chairs:
        _add(document, Words.joined("\n", [Words.verbatim(chair.name), _("Proposed co-chair")]), reader)


def _opening(call: CallFacts, reader: Reader) -> Iterator[Words]:
    _ = reader.gettext
    yield _("To the members of the Joint Councils who represent a jurisdiction that is invited:")
    if call.priority_name:
        yield _("This call serves the priority {priority}.", priority=call.priority_name.for_(reader))
    yield _("You are invited to take part in: {name}.", name=wording.name(call, reader))


def _closing(call: CallFacts, reader: Reader) -> Iterator[Words]:
    _ = reader.gettext
    closes = wording.closes(call, reader)
    if closes:
        yield Words.joined("", [closes, Words.verbatim(".")])
    yield _("Answer in Slack, by the button of the message that Cadre sent you, or by a word to the secretariat, which records it.")
    places = reader.listed(each.name.for_(reader) for each in call.jurisdictions)
    yield _("Invited: {jurisdictions}.", jurisdictions=places)


def _add(document: Any, text: Words, reader: Reader, style: str | None = None) -> None:
    """A paragraph, marked with its language: a screen reader changes its voice by that."""
    run = document.add_paragraph(style=style).add_run(text)
    tag = OxmlElement("w:lang")
    tag.set(qn("w:val"), _TAGS[reader.language])
    run._element.get_or_add_rPr().append(tag)  # noqa: SLF001  # the library has no other way to a run's language
