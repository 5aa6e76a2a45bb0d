"""``/cadre owed``: texts that are owed in one language, written one by one or brought back in a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy.orm import Session

from bot import modals, uploads
from bot.blocks import (
    Block,
    Message,
    Modal,
    actions,
    button,
    context,
    cut,
    field,
    file_input,
    header,
    listed,
    section,
    text_input,
    unabridged,
    written,
)
from bot.door import Door
from bot.groups import files
from bot.modals import Frame, Page, push, under
from bot.visit import Visit
from cadre.core import changes
from cadre.core.errors import Forbidden, NotFound
from cadre.core.i18n import Language, is_language
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.exchange import owed
from cadre.exchange.owed import OwedText, Plan
from cadre.groups.wording import field as field_name

LIST: Final = "owed.list"
"""Value: the language, and the first text that is shown: ``fr/20``."""
WRITE: Final = "owed.write"
"""Value: the text, as of the one that follows."""
RIGHT: Final = "owed.right"
OUT: Final = "owed.out"
IN: Final = "owed.in"
WRITTEN: Final = "owed.written"
CHOSEN: Final = "owed.chosen"
TAKEN: Final = "owed.taken"
_FIELD: Final = "owed.field"
_PAGE: Final = 15
_CUT: Final = 300
_BRIEF: Final = 120
"""Characters of a text in a list of many."""
_SHOWN: Final = 30


@dataclass(frozen=True, slots=True)
class Listing:
    """What is owed in a language, and how much in both."""

    language: Language
    texts: tuple[OwedText, ...]
    counts: dict[Language, int]


@dataclass(frozen=True, slots=True)
class Looked(Frame):
    """What a preview keeps of itself: the file, and a mark of what it would do. ``about``: the language."""

    file: str = ""
    mark: str = ""


def register(door: Door) -> None:
    """At the door."""
    modals.register_clicks(door, {LIST: list_, WRITE: write, RIGHT: right, OUT: out, IN: in_})
    modals.register_forms(door, {WRITTEN: written_, CHOSEN: chosen, TAKEN: taken})


async def texts(visit: Visit) -> None:
    """What is owed; where a message was written, how much, and a button that leads there."""
    if not visit.caller.secretariat:
        raise Forbidden
    if "trigger_id" in visit.body:
        return await visit.open_modal(lambda: draw(visit, Frame()))
    reader = visit.reply_reader
    found = await visit.registry.read(changes.seen_by(visit.caller.actor, listing), None)
    first = counted(found, reader)
    return await visit.whisper(Message(first, (section(first), *actions(button(reader.gettext("Look at them"), LIST, style="primary")))))


def listing(session: Session, language: Language | None) -> Listing:
    """What is owed in a language; in none named, in that in which more is."""
    counts = owed.counts(session)
    chosen_: Language = language or ("fr" if counts["fr"] >= counts["en"] else "en")
    return Listing(chosen_, owed.owed(session, chosen_), counts)


async def draw(visit: Visit, frame: Frame, note: Words | None = None) -> Modal:
    """The list as the registry has it now. ``frame``: about the language, from a text on."""
    language = frame.about if is_language(frame.about) else None
    found = await visit.registry.read(changes.seen_by(visit.caller.actor, listing), language)
    return window(found, visit.caller.reader, replace(frame, about=found.language), note)


def window(found: Listing, reader: Reader, frame: Frame, note: Words | None = None) -> Modal:
    """A page of the list, and the ways to work through it."""
    _ = reader.gettext
    start = frame.start if frame.start < len(found.texts) else 0
    blocks: list[Block] = [section(note)] if note else []
    blocks += [section(counted(found, reader)), *actions(*_ways(found, reader), block="owed.ways")]
    for number, each in enumerate(found.texts[start : start + _PAGE]):
        blocks += _text(each, found.language, number, reader)
    if not found.texts:
        blocks.append(section(_("Nothing is owed in this language.")))
    blocks += Page(start, _PAGE, len(found.texts)).turns(LIST, f"{found.language}/", reader)
    return Modal(_("Texts owed"), tuple(blocks), close=_("Close"), metadata=replace(frame, start=start).packed())


def counted(found: Listing, reader: Reader) -> Words:
    """How many texts are owed, in either language."""
    _, ngettext, (en, fr) = reader.gettext, reader.ngettext, (found.counts["en"], found.counts["fr"])
    if not en and not fr:
        return _("No text is owed.")
    english = ngettext("{n} text is owed in English", "{n} texts are owed in English", en) if en else _("No text is owed in English")
    french = ngettext("{n} in French", "{n} in French", fr) if fr else _("none in French")
    return _("{first}; {second}.", first=english, second=french)


def _ways(found: Listing, reader: Reader) -> Iterator[Block]:
    _ = reader.gettext
    if found.texts:
        yield button(_("Send me the workbook"), OUT, found.language)
        yield button(_("Bring the workbook back"), IN, found.language)
    other: Language = "fr" if found.language == "en" else "en"
    if found.counts[other]:
        yield button(_("Those in English") if other == "en" else _("Those in French"), f"{LIST}:other", f"{other}/0")


def _text(each: OwedText, language: Language, number: int, reader: Reader) -> Iterator[Block]:
    """Where it stands, what it says, and what can be done."""
    _ = reader.gettext
    where = _where(each, reader)
    value = f"{language}/{each.key}"
    yield section(where, button(_("Write"), f"{WRITE}:{number}", value, spoken=where))
    yield from context(_cut(each.other))
    if each.text:
        told = _("Before the other language was changed: “{text}”", text=_cut(each.text))
        yield section(told, button(_("Still right"), f"{RIGHT}:{number}", value, spoken=where))


def _cut(text: str) -> Words:
    return Words.verbatim(cut(text, _CUT))


def _where(each: OwedText, reader: Reader) -> Words:
    """Which text of which record."""
    return reader.gettext("{record}: {field}", record=each.record.for_(reader), field=field_name(each.field, reader))


async def list_(visit: Visit) -> None:
    """Another page, or the other language."""
    language, _, start = (visit.action.get("value") or "").partition("/")
    await modals.show(visit, lambda: draw(visit, Frame(language, int(start or 0))))


async def write(visit: Visit) -> None:
    """The window in which one text is written."""
    language, key, found = await _one(visit)
    _, reader = visit.caller.reader.gettext, visit.caller.reader
    label = _("In English") if language == "en" else _("In French")
    blocks = [
        header(found.record.for_(reader)),
        *unabridged(Words.verbatim(found.other)),
        field("text", label, text_input(_FIELD, found.text or "", tall=True)),
    ]
    frame = Frame(f"{language}/{key}", under=under(visit))
    await push(visit, Modal(field_name(found.field, reader), tuple(blocks), _("Cancel"), _("Save"), WRITTEN, frame.packed()))


async def _one(visit: Visit) -> tuple[Language, str, OwedText]:
    """The text that a button is about. Raises NotFound for one that is owed no more."""
    language, _, key = visit.action["value"].partition("/")
    assert is_language(language)
    known = await visit.registry.read(changes.seen_by(visit.caller.actor, owed.owed), language)
    found = next((each for each in known if each.key == key), None)
    if found is None:
        raise NotFound(key.partition("|")[2].partition("|")[0])
    return language, key, found


async def written_(visit: Visit) -> Modal | None:
    """One text is written; the list below is drawn anew."""
    frame = modals.frame_of(visit)
    language, _, key = frame.about.partition("/")
    assert is_language(language)
    await visit.write(owed.write, key, language, written(visit.state, "text"))
    note = visit.caller.reader.gettext("Saved.")
    if not frame.under:
        return await draw(visit, Frame(language), note)
    modals.redraw_below(visit, lambda: draw(visit, Frame.unpacked(frame.under), note))
    return None


async def right(visit: Visit) -> None:
    """A text that was left behind still fits."""
    language, _, key = visit.action["value"].partition("/")
    assert is_language(language)
    await visit.write(owed.still_right, key, language)
    frame = modals.frame_of(visit)
    await modals.redraw(visit, lambda: draw(visit, frame, visit.caller.reader.gettext("Saved.")))


async def out(visit: Visit) -> None:
    """The workbook, in the conversation with Cadre."""
    _, reader, language = visit.caller.reader.gettext, visit.caller.reader, visit.action["value"]
    made = await visit.registry.read(changes.seen_by(visit.caller.actor, owed.given_out), language, reader)
    name = _("Texts owed")
    uploads.sends(
        visit, f"{name}.xlsx", made, _("Two columns, English and French. Fill in what is empty or out of date, and bring the file back.")
    )
    frame = modals.frame_of(visit)
    await modals.redraw(visit, lambda: draw(visit, frame, _("The workbook is on its way to your conversation with me.")))


async def in_(visit: Visit) -> None:
    """The field for the workbook that comes back."""
    _ = visit.caller.reader.gettext
    hint = _("Nothing is changed before you have seen what would be.")
    blocks = (field(files.FILE, _("Workbook"), file_input(_FIELD, "xlsx"), hint),)
    frame = Frame(visit.action["value"], under=under(visit))
    await push(visit, Modal(_("Texts owed"), blocks, _("Cancel"), _("Look at it"), CHOSEN, frame.packed()))


async def chosen(visit: Visit) -> Modal:
    """What the workbook would do."""
    frame, file = modals.frame_of(visit), files.chosen(visit)
    held = await files.parsed(visit, file, owed.read)
    found = await visit.registry.read(changes.seen_by(visit.caller.actor, owed.plan), held, _language(frame))
    return preview(found, visit.caller.reader, Looked(frame.about, under=frame.under, file=file, mark=found.mark))


def _language(frame: Frame) -> Language:
    assert is_language(frame.about)
    return frame.about


def preview(found: Plan, reader: Reader, frame: Looked, note: Words | None = None) -> Modal:
    """Which texts would be written, and what is wrong."""
    _ = reader.gettext
    blocks: list[Block] = [section(note)] if note else []
    n = len(found.translations)
    blocks.append(section(reader.ngettext("{n} text is written.", "{n} texts are written.", n)))
    blocks += listed(
        _("{where}: “{text}”", where=_where(each.owed, reader), text=Words.verbatim(cut(each.text, _BRIEF)))
        for each in found.translations[:_SHOWN]
    )
    if n > _SHOWN:
        blocks += context(reader.ngettext("and {n} other text", "and {n} other texts", n - _SHOWN))
    if found.empty:
        blocks += context(reader.ngettext("{n} row says nothing new.", "{n} rows say nothing new.", found.empty))
    if found.wrong:
        told = (
            _("Row {row}: {problem}", row=Words.verbatim(str(each.row)), problem=each.problem.for_(reader)) for each in found.wrong[:_SHOWN]
        )
        blocks += [header(_("What is wrong")), *listed(told), *context(_("These rows are left out."))]
    if not n:
        return Modal(_("Nothing to import"), tuple(blocks), close=_("Back"))
    return Modal(_("Texts owed"), tuple(blocks), _("Cancel"), _("Import"), TAKEN, frame.packed())


async def taken(visit: Visit) -> Modal | None:
    """They are written; where the registry changed since it was looked at, it is shown once more."""
    reader, frame = visit.caller.reader, Looked.unpacked(visit.body["view"]["private_metadata"])
    held = await files.parsed(visit, frame.file, owed.read)
    try:
        done = await visit.write(owed.take, held, _language(frame), frame.mark)
    except owed.Changed as problem:
        note = reader.gettext("The registry was changed meanwhile. This is what the file would do now.")
        return preview(problem.plan, reader, replace(frame, mark=problem.plan.mark), note)
    note = reader.ngettext("{n} text is written.", "{n} texts are written.", len(done.translations))
    if not frame.under:
        return await draw(visit, Frame(frame.about), note)
    modals.redraw_below(visit, lambda: draw(visit, Frame(frame.about), note))
    return None
