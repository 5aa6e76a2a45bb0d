"""What the web page of changes and snapshots shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.web.personal import Other, Page, about
from cadre.core.errors import Message
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.framework import difference_wording as wording
from cadre.framework import ends, snapshot_wording
from cadre.framework.changing import BEGINNING, Changed
from cadre.framework.kept import SnapshotFacts

MOST: Final = 100
"""Snapshots on the page: the last ones."""
_FILES: Final = {"md": Message("As a text file"), "csv": Message("As a table")}


@dataclass(frozen=True, slots=True)
class Link:
    """A way to another page. ``here``: it is this one."""

    address: Words
    name: Words
    here: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """Changes of one kind."""

    heading: Words
    lines: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A snapshot, and the way to what changed since."""

    name: Words
    held: Words
    link: Link


@dataclass(frozen=True, slots=True)
class ChangesPage(Page):
    """All of it."""

    heading: Words
    summary: Words
    remarks: tuple[Words, ...]
    files: tuple[Link, ...]
    sections: tuple[Section, ...]
    since_name: Words
    since: tuple[Link, ...]
    snapshots_name: Words
    snapshots_about: Words
    snapshots: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Ways:
    """Addresses: of what changed since an end, by its key; of the files, by their format."""

    since: Callable[[str], str]
    files: Mapping[str, str]


def page(found: Changed, snapshots: Sequence[SnapshotFacts], ways: Ways, reader: Reader, other: Other) -> ChangesPage:
    """What changed, and since when else it could be asked."""
    _ = reader.gettext
    return ChangesPage(
        language=Words.verbatim(reader.language),
        title=wording.title(found, reader),
        about=about(reader),
        other=other,
        heading=wording.title(found, reader),
        summary=wording.summary(found, reader),
        remarks=tuple(wording.remarks(found, reader)),
        files=tuple(Link(Words.verbatim(address), _FILES[format_].for_(reader)) for format_, address in ways.files.items()),
        sections=tuple(Section(each.heading, tuple(text for _entry, text in each.lines)) for each in wording.told(found, reader)),
        since_name=_("Changes since…"),
        since=tuple(_since(found, ways.since, reader)),
        snapshots_name=_("Snapshots"),
        snapshots_about=snapshot_wording.total(snapshots, reader),
        snapshots=tuple(_row(each, ways.since, reader, who=found.whole) for each in snapshots),
    )


def _since(found: Changed, since: Callable[[str], str], reader: Reader) -> Iterator[Link]:
    """Meetings in person, and the beginning of the registry."""
    here = found.since.key
    for each in found.known.reviews:
        key = f"meeting:{each.meeting.id}"
        yield Link(Words.verbatim(since(key)), ends.named(each.meeting).for_(reader), key == here)
    yield Link(Words.verbatim(since(BEGINNING)), reader.gettext("The beginning of the registry"), here == BEGINNING)


def _row(each: SnapshotFacts, since: Callable[[str], str], reader: Reader, *, who: bool) -> Row:
    """Who took it is told to those with a role."""
    name, held = snapshot_wording.told(each, reader, who=who)
    return Row(name, held, Link(Words.verbatim(since(f"snapshot:{each.number}")), reader.gettext("Changes since then")))
