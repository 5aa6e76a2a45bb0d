"""``/cadre roster``: a roster as a workbook, given out, looked at, and taken in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from bot import modals, uploads
from bot.blocks import Block, Message, Modal, actions, button, context, field, file_input, header, listed, section
from bot.door import Door
from bot.groups import files
from bot.modals import Frame, push
from bot.visit import Visit
from cadre.core import changes
from cadre.core.errors import Forbidden
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.exchange import roster, roster_sheet
from cadre.exchange.roster import Entry, Plan
from cadre.groups import wording
from cadre.people import wording as people

OPEN: Final = "rosters.open"
CURRENT: Final = "rosters.current"
CHOSEN: Final = "rosters.chosen"
TAKEN: Final = "rosters.taken"
_FIELD: Final = "rosters.field"
_SHOWN: Final = 30
"""So many rows of each kind are shown; the file has them all."""


@dataclass(frozen=True, slots=True)
class Looked(Frame):
    """What a preview keeps of itself: the file, and a mark of what it would do."""

    file: str = ""
    mark: str = ""


def register(door: Door) -> None:
    """At the door."""
    modals.register_clicks(door, {OPEN: roster_, CURRENT: current})
    modals.register_forms(door, {CHOSEN: chosen, TAKEN: taken})


async def roster_(visit: Visit) -> None:
    """Where a roster is chosen; where a message was written, a button that leads there."""
    _ = visit.reply_reader.gettext
    if not visit.caller.secretariat:
        raise Forbidden
    if "trigger_id" in visit.body:
        return await push(visit, window(visit.caller.reader))
    first = _("A roster comes in a window, as an XLSX file.")
    return await visit.whisper(Message(first, (section(first), *actions(button(_("Import a roster"), OPEN, style="primary")))))


def window(reader: Reader, note: Words | None = None) -> Modal:
    """What a roster holds, the one that stands, and the field for a file."""
    _ = reader.gettext
    columns = reader.listed(roster_sheet.heading(name, reader) for name in roster_sheet.COLUMNS)
    blocks: list[Block] = [section(note)] if note else []
    blocks += [
        section(
            _(
                "A roster is an XLSX file with a row for each role. Its columns, in either language: {columns}.",
                columns=columns,
            )
        ),
        *context(_("An empty cell leaves what the registry says. Roles that are not in the file stay as they are.")),
        *actions(button(_("Send me the roster as it stands"), CURRENT)),
        field(files.FILE, _("Roster"), file_input(_FIELD, "xlsx"), _("Nothing is changed before you have seen what would be.")),
    ]
    return Modal(_("Import a roster"), tuple(blocks), _("Cancel"), _("Look at it"), CHOSEN, Frame().packed())


async def current(visit: Visit) -> None:
    """The roster of all real groups, as a file to change and to bring back."""
    _, reader = visit.caller.reader.gettext, visit.caller.reader
    made = await visit.registry.read(changes.seen_by(visit.caller.actor, roster.current), None, reader)
    name = _("Roster")
    uploads.sends(visit, f"{name}.xlsx", made, _("The roster as it stands. Change it, and bring it back with /cadre roster."))
    note = _("The file is on its way to your conversation with me.")

    async def drawn() -> Modal:
        return window(reader, note)

    await modals.redraw(visit, drawn)


async def chosen(visit: Visit) -> Modal:
    """What the file would do."""
    file = files.chosen(visit)
    held = await files.parsed(visit, file, roster_sheet.read)
    found = await visit.registry.read(changes.seen_by(visit.caller.actor, roster.plan), held)
    return preview(found, visit.caller.reader, Looked(file=file, mark=found.mark))


def preview(found: Plan, reader: Reader, frame: Looked, note: Words | None = None) -> Modal:
    """What would be done, row by row, and what is wrong."""
    _ = reader.gettext
    blocks: list[Block] = [section(note)] if note else []
    blocks += [*_unknown(found, reader), section(_counted(found, reader)), *_rows(found, reader)]
    if found.wrong:
        blocks += [header(_("What is wrong")), *listed(_wrong(found, reader))]
        blocks += context(_("These rows are left out. I will send them to you as a file, to correct and to bring back."))
    if not found.of("add") and not found.of("change"):
        return Modal(_("Nothing to import"), tuple(blocks), close=_("Back"))
    return Modal(_("Roster"), tuple(blocks), _("Cancel"), _("Import"), TAKEN, frame.packed())


def _unknown(found: Plan, reader: Reader) -> Iterator[Block]:
    """Columns that are not read: what stands in them would be left out, a date as well."""
    if found.unknown:
        columns = reader.listed(map(Words.verbatim, found.unknown[:_SHOWN]))
        yield section(
            reader.ngettext(
                "I do not know the column {columns}: nothing of it is imported.",
                "I do not know the columns {columns}: nothing of them is imported.",
                len(found.unknown),
                columns=columns,
            )
        )


def _counted(found: Plan, reader: Reader) -> Words:
    parts = [
        reader.ngettext("{n} role is added", "{n} roles are added", len(found.of("add"))),
        reader.ngettext("{n} is changed or confirmed", "{n} are changed or confirmed", len(found.of("change"))),
        reader.ngettext("{n} stays as it is", "{n} stay as they are", len(found.of("keep"))),
        reader.ngettext("{n} row is left out", "{n} rows are left out", len(found.wrong)),
    ]
    return Words.joined("", (reader.listed(parts), Words.verbatim(".")))


def _rows(found: Plan, reader: Reader) -> Iterator[Block]:
    _ = reader.gettext
    if found.new_people:
        names = reader.listed(map(Words.verbatim, found.new_people[:_SHOWN]))
        yield section(_("New in the registry: {names}.", names=names))
    for heading, does in ((_("Added"), "add"), (_("Changed"), "change")):
        entries = found.of(does)
        if entries:
            yield header(heading)
            yield from listed(_entry(each, reader) for each in entries[:_SHOWN])
            yield from _rest(len(entries), reader)


def _rest(count: int, reader: Reader) -> Iterator[Block]:
    if count > _SHOWN:
        yield from context(reader.ngettext("and {n} other row", "and {n} other rows", count - _SHOWN))


def _entry(each: Entry, reader: Reader) -> Words:
    """ "Row 3: Ann Lake (Bellorme), Co-chair, Bees Working Group, on behalf of PSSDC, since October 2017 (ann@example.org, confirmed)"."""
    _ = reader.gettext
    row, who = Words.verbatim(str(each.row)), Words.verbatim(each.name)
    if each.jurisdiction_name:
        who = _("{text} ({more})", text=who, more=each.jurisdiction_name.for_(reader))
    said = _("Row {row}: {who}, {role}, {group}", row=row, who=who, role=people.role(each.role, reader), group=each.group_name.for_(reader))
    behalf = _("on behalf of {council:the}", council=wording.named(each.on_behalf_of_name, reader)) if each.on_behalf_of_name else None
    said = Words.joined(", ", [said, *([behalf] if behalf else []), *wording.time(each.since, each.until, reader)])
    unseen = {"email": Words.verbatim(each.email), "confirmed": _("confirmed")}
    what = [unseen[name] for name in each.changes if name in unseen]
    return _("{text} ({more})", text=said, more=Words.joined(", ", what)) if what else said


def _wrong(found: Plan, reader: Reader) -> Iterable[Words]:
    _ = reader.gettext
    for each in found.wrong[:_SHOWN]:
        told = Words.joined(" ", (problem.for_(reader) for problem in each.problems))
        yield _("Row {row}: {problem}", row=Words.verbatim(str(each.row)), problem=told)
    if len(found.wrong) > _SHOWN:
        yield reader.ngettext("and {n} other row", "and {n} other rows", len(found.wrong) - _SHOWN)


async def taken(visit: Visit) -> Modal:
    """It is taken in; where the registry changed since it was looked at, it is shown once more."""
    _, reader = visit.caller.reader.gettext, visit.caller.reader
    frame = Looked.unpacked(visit.body["view"]["private_metadata"])
    held = await files.parsed(visit, frame.file, roster_sheet.read)
    try:
        done = await visit.write(roster.take, held, frame.mark)
    except roster.Changed as problem:
        note = _("The registry was changed meanwhile. This is what the file would do now.")
        return preview(problem.plan, reader, replace(frame, mark=problem.plan.mark), note)
    if done.wrong:
        name = _("Rows with problems")
        uploads.sends(
            visit,
            f"{name}.xlsx",
            roster.rejected(done, reader),
            _("The rows that were left out, and why. Correct them, and bring them back."),
        )
    blocks = (section(_("Done.")), section(_counted(done, reader)))
    return Modal(_("Imported"), blocks, close=_("Close"))
