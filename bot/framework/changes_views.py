"""How what changed reads in Slack: the first few of each kind, with menus to choose between what; the rest is in a file and on the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from bot.blocks import Block, Message, Modal, Option, actions, button, context, cut, divider, link, listed, menu, section
from bot.markup import bold
from bot.modals import Frame
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.framework import difference_wording as wording
from cadre.framework import ends, snapshot_wording
from cadre.framework.change_files import FORMATS
from cadre.framework.changing import BEGINNING, Changed
from cadre.framework.difference_wording import Told
from cadre.framework.ends import Known
from cadre.framework.kept import SnapshotFacts

SINCE: Final = "framework.since"
"""What is chosen is the key of an end; the other one stands in the id of the block, with the language of the message."""
UNTIL: Final = "framework.until"
FILE: Final = "framework.changes_file"
"""The value: its format, the language, and both ends."""
OPEN: Final = "framework.changes"
"""The window of what changed since an end, whose key is the value."""
SNAPSHOTS: Final = "framework.snapshots"
"""The value is a packed ``Frame``."""
TAKE: Final = "framework.take_snapshot"
PAGE: Final = "framework.page"
_BLOCK: Final = "framework.between"
_APART: Final = "|"
_NOW: Final = "now"
_FEW: Final = 6
"""Changes of a kind that a message tells one by one."""
_MANY: Final = 40
"""In a window."""
_LONGEST: Final = 300
"""Characters of one change: more of it is in the file."""
_MEETINGS: Final = 40
_KEPT: Final = 20
"""Snapshots in a menu, or on one screen."""


def message(found: Changed, web: str | None, reader: Reader) -> Message:
    """What changed, with menus for both ends, and ways to the whole of it."""
    told = wording.title(found, reader)
    blocks = [*_head(found, reader), *_sections(found, reader, _FEW), *_between(found, reader), *actions(*_ways(found, web, reader))]
    return Message(Words.joined(" – ", (told, wording.summary(found, reader))), tuple(blocks))


def window(found: Changed, web: str | None, reader: Reader, frame: Frame, note: Words | None = None) -> Modal:
    """The same over a list of snapshots: since one of them. ``note``: what was just done."""
    blocks = [
        *(context(note) if note else ()),
        *_head(found, reader),
        *_sections(found, reader, _MANY),
        *actions(*_ways(found, web, reader)),
    ]
    return Modal(reader.gettext("Changes"), tuple(blocks), close=reader.gettext("Back"), metadata=frame.packed())


def _head(found: Changed, reader: Reader) -> Iterator[Block]:
    yield section(Words.joined("\n", (bold(wording.title(found, reader)), wording.summary(found, reader))))
    yield from context(*wording.remarks(found, reader))


def _sections(found: Changed, reader: Reader, most: int) -> Iterator[Block]:
    for each in wording.told(found, reader):
        yield section(bold(each.heading))
        yield from listed(_lines(each, reader, most))


def _lines(told: Told, reader: Reader, most: int) -> Iterator[Words]:
    for _entry, text in told.lines[:most]:
        yield Words.verbatim(cut(text, _LONGEST))
    if len(told.lines) > most:
        more = len(told.lines) - most
        yield reader.ngettext("and {n} more, in the file and on the page", "and {n} more, in the file and on the page", more)


def _between(found: Changed, reader: Reader) -> Iterator[Block]:
    """Menus of both ends."""
    _ = reader.gettext
    since, until = found.since.key, found.until.key
    block = f"{_BLOCK}:{_APART.join((reader.language, since, until))}"
    offered = _ends(found.known, reader)
    begins = _with(offered, Option(wording.end(found.since, reader).sentence, since))
    stops = _with([Option(_("Now"), _NOW), *offered[:-1]], Option(wording.end(found.until, reader).sentence, until))
    yield from actions(menu(SINCE, begins, since, _("Since when")), menu(UNTIL, stops, until, _("Until when")), block=block)


def _ends(known: Known, reader: Reader) -> list[Option]:
    """Meetings, snapshots, the beginning."""
    _ = reader.gettext
    meetings = [Option(ends.named(each.meeting).for_(reader), f"meeting:{each.meeting.id}") for each in known.reviews[:_MEETINGS]]
    snapshots = [
        Option(
            _("Snapshot {number} ({date})", number=Words.verbatim(str(each.number)), date=reader.date(each.day)), f"snapshot:{each.number}"
        )
        for each in known.snapshots[:_KEPT]
    ]
    return [*meetings, *snapshots, Option(_("The beginning of the registry"), BEGINNING)]


def _with(offered: Sequence[Option], own: Option) -> list[Option]:
    """With the one that was chosen, where it is another than those that are offered."""
    return list(offered) if any(each.value == own.value for each in offered) else [own, *offered]


def chosen(action: str, value: str, block: str) -> tuple[str, str, str]:
    """The language of the message, and both ends after a choice in one of the menus."""
    language, since, until = block.removeprefix(f"{_BLOCK}:").split(_APART)
    return (language, value, until) if action == SINCE else (language, since, value)


def _ways(found: Changed, web: str | None, reader: Reader) -> Iterator[Block]:
    _ = reader.gettext
    labels = dict(zip(FORMATS, (_("As a text file"), _("As a table")), strict=True))
    for format_, label in labels.items():
        yield button(label, f"{FILE}:{format_}", _APART.join((format_, reader.language, found.since.key, found.until.key)))
    yield button(_("Snapshots"), SNAPSHOTS, Frame().packed())
    if web:
        yield link(_("Web page"), PAGE, web)


def file_of(value: str) -> tuple[str, str, str, str]:
    """What a file's button asks for: format, language, since, until."""
    format_, language, since, until = value.split(_APART)
    return format_, language, since, until


def snapshots(found: Sequence[SnapshotFacts], reader: Reader, frame: Frame, *, takes: bool, note: Words | None = None) -> Modal:
    """All snapshots, the last first; for the secretariat, a button to take one. ``note``: what was just done."""
    _ = reader.gettext
    blocks: list[Block] = [*(context(note) if note else ()), section(snapshot_wording.total(found, reader))]
    if takes:
        blocks += actions(button(_("Take a snapshot now"), TAKE, style="primary"))
    blocks += [divider()] if found else []
    for each in found[frame.start : frame.start + _KEPT]:
        text = snapshot_wording.told(each, reader)
        ways = button(_("Changes since then"), OPEN, f"snapshot:{each.number}", spoken=_("Changes since snapshot {n}", n=each.number))
        blocks.append(section(Words.joined("\n", (bold(text[0]), *text[1:])), ways))
    blocks += _turns(frame, len(found), reader)
    return Modal(_("Snapshots"), tuple(blocks), close=_("Close"), metadata=frame.packed())


def snapshots_message(found: Sequence[SnapshotFacts], reader: Reader) -> Message:
    """The same where no window can be opened: the last few, and the button that opens it."""
    told = snapshot_wording.total(found, reader)
    lines = (Words.joined(". ", snapshot_wording.told(each, reader)) for each in found[:_FEW])
    opens = button(reader.gettext("Snapshots"), SNAPSHOTS, Frame().packed())
    return Message(told, (section(told), *listed(lines), *actions(opens)))


def taken(done: SnapshotFacts, reader: Reader, *, again: bool) -> Words:
    """What came of a click: a snapshot, or that the last one says all there is."""
    number = Words.verbatim(str(done.number))
    if again:
        return reader.gettext("Nothing has changed since snapshot {number}, so it stands for now too.", number=number)
    return reader.gettext("Snapshot {number} is taken.", number=number)


def _turns(frame: Frame, all_: int, reader: Reader) -> Iterator[Block]:
    """Those before and after the ones that are shown."""
    _ = reader.gettext
    ways = []
    if frame.start:
        ways.append(button(_("Later"), f"{SNAPSHOTS}:before", Frame(start=max(0, frame.start - _KEPT)).packed()))
    if frame.start + _KEPT < all_:
        ways.append(button(_("Earlier"), f"{SNAPSHOTS}:after", Frame(start=frame.start + _KEPT).packed()))
    return actions(*ways)
