"""The official letter of a call: a Word document in both languages, from the co-chairs named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, time
from io import BytesIO
from typing import Any, Final

from cadre.calls import wording
from cadre.calls.facts import CallFacts
from cadre.core.calendar import moment
from cadre.core.i18n import LANGUAGES, LOCALES
from cadre.core.reader import DEFAULT_ZONE, Reader
from cadre.core.text import printable
from cadre.core.words import Words

_FONT: Final = "Calibri"
_TAGS: Final = {"en": "en-CA", "fr": "fr-CA"}
_TITLE: Final = "Heading 1"
_HEADING: Final = "Heading 2"
_PROPERTY: Final = 255
"""Characters that a property of a document holds."""


def written(call: CallFacts, day: date, mailbox: str | None = None) -> bytes:
    """The letter as it is issued on a day: English, then French from a new page on, so that either can be read alone.

    The call has its number, unless it is only looked at before it opens. ``mailbox``: where the secretariat is written to. Gives the bytes
    of a DOCX file.
    """
    from docx import Document  # noqa: PLC0415  # 18 MB, which processes that issue no letter do without
    from docx.enum.text import WD_BREAK  # noqa: PLC0415  # as above

    document = Document()
    _format(document)
    for language in LANGUAGES:
        reader = Reader(LOCALES[language], DEFAULT_ZONE)
        if language != LANGUAGES[0]:
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        _letter(document, call, day, reader, mailbox)
    _described(document, call, day)
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def text(call: CallFacts, day: date, reader: Reader, mailbox: str | None = None) -> tuple[Words, ...]:
    """What the letter says in the reader's language, paragraph by paragraph: to be looked at before it is issued."""
    return tuple(paragraph for _style, paragraph in _paragraphs(call, day, reader, mailbox))


def file_name(number: str) -> str:
    """What the letter is saved as."""
    return f"appel-call-{number}.docx"


def _described(document: Any, call: CallFacts, day: date) -> None:
    """What the file says of itself: the library's template says that it was made in 2013, by the library."""
    properties, moment_ = document.core_properties, moment(day, time(), DEFAULT_ZONE).astimezone(UTC)
    properties.title = printable(_titles(call))[:_PROPERTY]
    properties.author = properties.last_modified_by = printable(", ".join(chair.name for chair in call.chairs))[:_PROPERTY]
    properties.subject = call.number or ""
    properties.comments = properties.keywords = ""
    properties.created = properties.modified = moment_
    properties.language = ", ".join(_TAGS[language] for language in LANGUAGES)


def _titles(call: CallFacts) -> Words:
    readers = [Reader(LOCALES[language]) for language in LANGUAGES]
    return Words.joined(" / ", [_title(call, reader) for reader in readers])


def _title(call: CallFacts, reader: Reader) -> Words:
    return reader.gettext("Call for participation: {name}", name=wording.name(call, reader))


def _format(document: Any) -> None:
    from docx.oxml.ns import qn  # noqa: PLC0415  # as above
    from docx.shared import Cm, Pt  # noqa: PLC0415  # as above

    style = document.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(11)
    style.paragraph_format.space_after = Pt(8)
    for name in (_TITLE, _HEADING):
        heading = document.styles[name]
        heading.font.name = _FONT
        heading.element.rPr.rFonts.set(qn("w:asciiTheme"), "minorHAnsi")
    for section in document.sections:
        section.page_width, section.page_height = Cm(21.59), Cm(27.94)
        section.left_margin = section.right_margin = Cm(2.5)


def _letter(document: Any, call: CallFacts, day: date, reader: Reader, mailbox: str | None) -> None:
    styles = {name: document.styles[name].style_id for name in (_TITLE, _HEADING)}
    for style, paragraph in _paragraphs(call, day, reader, mailbox):
        _add(document, paragraph, reader, styles[style] if style else None)


def _paragraphs(call: CallFacts, day: date, reader: Reader, mailbox: str | None) -> Iterator[tuple[str | None, Words]]:
    """All that the letter says in one language, each with the style that it has."""
    _ = reader.gettext
    yield None, _("Joint Councils of Canada")
    number = Words.verbatim(call.number) if call.number else None
    yield None, _("Letter {number}", number=number) if number else _("The letter gets its number when the call opens.")
    yield None, reader.date(day).sentence
    yield _TITLE, _title(call, reader)
    yield from ((None, each) for each in _opening(call, reader))
    for heading, said in wording.paragraphs(call, reader):
        if heading:
            yield _HEADING, heading
        yield from ((None, Words.verbatim(line)) for line in said.splitlines())
    yield _HEADING, _("How to answer")
    yield from ((None, each) for each in _closing(call, reader, mailbox))
    for chair in call.chairs:
        yield None, Words.joined("\n", [Words.verbatim(chair.name), _("Co-chair") if chair in call.sitting else _("Proposed co-chair")])


def _opening(call: CallFacts, reader: Reader) -> Iterator[Words]:
    _ = reader.gettext
    yield _("To the members of the Joint Councils who represent a jurisdiction that is invited:")
    if call.priority_name:
        yield _("This call serves the priority {priority}.", priority=call.priority_name.for_(reader))
    yield _("You are invited to take part in: {name}.", name=wording.name(call, reader))


def _closing(call: CallFacts, reader: Reader, mailbox: str | None) -> Iterator[Words]:
    _ = reader.gettext
    closes = wording.closes(call, reader)
    if closes:
        yield Words.joined("", [closes, Words.verbatim(".")])
    yield _("Answer in Slack, by the button of the message that Cadre sent you, or by a word to the secretariat, which records it.")
    if mailbox:
        yield _("The secretariat: {address}", address=Words.verbatim(mailbox))
    places = reader.listed(each.name.for_(reader) for each in wording.invited(call, reader))
    yield _("Invited: {jurisdictions}.", jurisdictions=places)


def _add(document: Any, text: Words, reader: Reader, style: str | None = None) -> None:
    """A paragraph, marked with its language: a screen reader changes its voice by that. ``style``: by its id, for the library takes longer
    to find a style by its name than to write the paragraph.
    """
    from docx.oxml import OxmlElement  # noqa: PLC0415  # as above
    from docx.oxml.ns import qn  # noqa: PLC0415  # as above

    paragraph = document.add_paragraph()
    paragraph._p.style = style  # noqa: SLF001  # as above
    run = paragraph.add_run(printable(text))
    tag = OxmlElement("w:lang")
    tag.set(qn("w:val"), _TAGS[reader.language])
    run._element.get_or_add_rPr().append(tag)  # noqa: SLF001  # the library has no other way to a run's language
