"""How guidelines, roadmaps and mandates read in Slack: a list, one with its versions, and the windows in which they are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from bot.blocks import (
    INPUT,
    Block,
    Modal,
    Option,
    actions,
    button,
    context,
    cut,
    field,
    header,
    listed,
    menu,
    search,
    section,
    text_input,
    unabridged,
)
from bot.decisions import actions as of
from bot.decisions.views import missing
from bot.decisions.windows import FIELD, pair, writing
from bot.markup import bold
from bot.modals import Frame, Page
from cadre.core.bilingual import Bilingual
from cadre.core.errors import Message
from cadre.core.i18n import Language
from cadre.core.marks import of_text
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.decisions.documents import KINDS, MANDATE, DocumentFacts, VersionFacts, mark_of, of_next, owed
from cadre.decisions.register import DecisionView

NEW_FORM: Final = "decisions.new_document_form"
WRITE_FORM: Final = "decisions.write_document_form"
MANDATE_FORM: Final = "decisions.write_mandate_form"
TITLE_FORM: Final = "decisions.document_title_form"
APPROVE_FORM: Final = "decisions.approve_document_form"
_MOST: Final = 30
_VERSIONS: Final = 10
"""Versions in one window: each may take several of its blocks."""
NAMES: Final[Mapping[str, Message]] = {
    "guidelines": Message("Guidelines"),
    "roadmap": Message("Roadmap"),
    "mandate": Message("Mandate"),
    "other": Message("Other document"),
}


def listed_documents(found: Sequence[DocumentFacts], reader: Reader, frame: Frame, note: Words | None = None, *, officer: bool) -> Modal:
    """All there are; those that nobody approved yet, for the secretariat only."""
    _ = reader.gettext
    shown = [each for each in found if officer or _approved(each)]
    blocks: list[Block] = [*(context(note) if note else ())]
    new = (button(_("New document"), of.NEW_DOCUMENT, style="primary"),) if officer else ()
    blocks += actions(*new, button(_("Decisions"), of.REGISTER), block="decisions.top")
    start = frame.start if frame.start < len(shown) else 0
    for each in shown[start : start + _MOST]:
        approved = _approved(each)
        told = version_name(approved[0], reader) if approved else _("Proposed: no version is approved yet.")
        lines = (bold(each.title.marked(reader)), NAMES[each.kind].for_(reader), told)
        blocks.append(section(Words.joined("\n", lines), button(_("Details"), of.DOCUMENT, each.id)))
    if not shown:
        blocks.append(section(_("There is no document yet.")))
    blocks += Page(start, _MOST, len(shown)).turns(of.DOCUMENTS, "", reader)
    return Modal(_("Documents"), tuple(blocks), close=_("Close"), metadata=frame.packed())


def document(found: DocumentFacts, reader: Reader, frame: Frame, note: Words | None = None, *, officer: bool) -> Modal:
    """A document with its versions, the newest first; a draft is the secretariat's only, and says that it is proposed."""
    _ = reader.gettext
    blocks: list[Block] = [*(context(note) if note else ()), header(found.title.marked(reader)), *context(NAMES[found.kind].for_(reader))]
    if officer:
        written = _("Change the draft") if found.draft else _("Write the next version")
        ways = [button(written, of.WRITE, found.id), button(_("Title"), of.TITLE, found.id)]
        wanting = owed(found) if found.draft else {}
        if found.draft and not wanting:
            value = f"{found.id}:{found.draft.id}:{mark_of(found.draft)}"
            ways.insert(0, button(_("Approved by a decision"), of.APPROVE, value, "primary"))
        blocks += actions(*ways, block="decisions.steps")
        if wanting:
            blocks += [section(bold(_("Still missing"))), *listed(missing(wanting, reader))]
    shown = [each for each in found.versions if officer or not each.draft]
    start = frame.start if frame.start < len(shown) else 0
    for each in shown[start : start + _VERSIONS]:
        blocks += [section(bold(version_name(each, reader))), *unabridged(each.text.marked(reader))]
    blocks += Page(start, _VERSIONS, len(shown)).turns(of.DOCUMENT, f"{found.id}/", reader)
    blocks += actions(button(_("Documents"), of.DOCUMENTS), block="decisions.back")
    return Modal(_("Document"), tuple(blocks), close=_("Close"), metadata=frame.packed())


def version_name(version: VersionFacts, reader: Reader) -> Words:
    """ "Version 2, in effect from March 2027, expires: 2029, approved by decision 2027-03"; that it is proposed while none approved it."""
    _ = reader.gettext
    parts = [_("Version {n}", n=version.number) if not version.draft else _("Version {n}, proposed", n=version.number)]
    if version.effective:
        parts.append(_("in effect from {date}", date=reader.date(version.effective)))
    if version.expires:
        parts.append(_("expires: {date}", date=reader.date(version.expires)))
    if version.by and not version.by.provisional:
        parts.append(_("approved by decision {number}", number=version.by.label))
    return Words.joined(", ", parts)


def _approved(found: DocumentFacts) -> list[VersionFacts]:
    return [each for each in found.versions if not each.draft]


def title(found: DocumentFacts, reader: Reader, frame: Frame) -> Modal:
    """What a document is called."""
    blocks = list(pair("title", _titles(reader), found.title, reader))
    return _form(reader.gettext("Title"), blocks, reader, frame, submit=reader.gettext("Save"), callback=TITLE_FORM)


def _titles(reader: Reader) -> dict[Language, Words]:
    _ = reader.gettext
    return {"en": _("Title, in English"), "fr": _("Title, in French")}


def begin(reader: Reader, frame: Frame) -> Modal:
    """A document of a council or group."""
    _ = reader.gettext
    kinds = [Option(NAMES[each].for_(reader), each) for each in KINDS]
    blocks = [
        field("kind", _("Kind"), menu(FIELD, kinds, KINDS[0])),
        field("group", _("Of which council or group"), search(of.GROUPS, _("Type a name"))),
        *pair("title", _titles(reader), None, reader),
    ]
    return _form(_("New document"), blocks, reader, frame, submit=_("Save"), callback=NEW_FORM)


def mandate(held: Bilingual | None, reader: Reader, frame: Frame) -> Modal:
    """The first version of a mandate, begun from what the group's record says: ``held``; one too long for a window is left out."""
    short = held if held and all(len(held.in_(language) or "") <= INPUT for language in reader.languages) else None
    shown = writing(frame, of_text("text", short))
    return _form(reader.gettext("Next version"), _texts(short, reader), reader, shown, submit=reader.gettext("Save"), callback=MANDATE_FORM)


def write(found: DocumentFacts, reader: Reader, frame: Frame) -> Modal:
    """The text of the next version, in both languages."""
    _ = reader.gettext
    base = found.draft or next(iter(found.versions), None)
    text = base.text if base else None
    blocks = _texts(text, reader, found.draft) if found.kind == MANDATE else list(pair("text", _languages(reader), text, reader, tall=True))
    title = _("Change the draft") if found.draft else _("Next version")
    return _form(title, blocks, reader, writing(frame, of_next(found)), submit=_("Save"), callback=WRITE_FORM)


def _languages(reader: Reader) -> dict[Language, Words]:
    _ = reader.gettext
    return {"en": _("Text, in English"), "fr": _("Text, in French")}


def _texts(held: Bilingual | None, reader: Reader, draft: VersionFacts | None = None) -> list[Block]:
    """The fields of a mandate: its text, from when and until when it is in force."""
    _ = reader.gettext
    hint = _("A day, a month or a year: 2027-03-15, 2027-03 or 2027.")
    effective, expires = (each.text if each else "" for each in (draft and draft.effective, draft and draft.expires))
    return [
        *pair("text", _languages(reader), held, reader, tall=True),
        field("effective", _("In effect from"), text_input(FIELD, effective), hint, optional=True),
        field("expires", _("Expires"), text_input(FIELD, expires), hint, optional=True),
    ]


def approve(decisions: Sequence[DecisionView], reader: Reader, frame: Frame) -> Modal:
    """Which decision approved the draft."""
    _ = reader.gettext
    if not decisions:
        return Modal(_("Approved"), (section(_("No decision is confirmed yet: a document is approved by one.")),), _("Back"))
    facts = [each.facts for each in decisions]
    options = [Option(Words.joined(" ", (each.label, Words.verbatim(cut(each.wording.for_(reader), 60)))), each.id) for each in facts]
    blocks = [section(_("An approved version is never changed.")), field("decision", _("Decision"), menu(FIELD, options))]
    return _form(_("Approved"), blocks, reader, frame, submit=_("Save"), callback=APPROVE_FORM)


def _form(heading: Words, blocks: Sequence[Block], reader: Reader, frame: Frame, *, submit: Words, callback: str) -> Modal:
    return Modal(heading, tuple(blocks), reader.gettext("Back"), submit, callback, frame.packed())
