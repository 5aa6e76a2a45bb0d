"""What changed as a file to take along: Markdown to read, CSV to count, in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from cadre.core import sheets
from cadre.core.reader import Reader
from cadre.core.sheets import Column
from cadre.core.words import Words
from cadre.decisions.rules import shown
from cadre.framework import difference_wording as wording
from cadre.framework.changing import Changed
from cadre.framework.differences import Entry

FORMATS: Final = ("md", "csv")
_WIDTH: Final = 30
_MARKUP: Final = re.compile(r"([\\`*_{}\[\]<>#|~])")


def written(found: Changed, format_: str, reader: Reader) -> bytes:
    """The file in a format of ``FORMATS``."""
    return csv(found, reader) if format_ == "csv" else markdown(found, reader)


def name(found: Changed, format_: str, reader: Reader) -> str:
    """What the file is called: "Changes_2017-10-31_2026-11-29.md"; of a snapshot, with its number."""
    ends = (f"{each.day.isoformat()}{f'-{each.snapshot}' if each.snapshot is not None else ''}" for each in (found.since, found.until))
    return f"{'_'.join((str(reader.gettext('Changes')), *ends))}.{format_}"


def markdown(found: Changed, reader: Reader) -> bytes:
    """A heading for each section, a line for each change. What people wrote is shown letter by letter: none of it is markup."""
    return ("\n".join(_lines(found, reader)) + "\n").encode()


def _lines(found: Changed, reader: Reader) -> Iterator[str]:
    yield f"# {_plain(wording.title(found, reader))}"
    yield ""
    yield _plain(wording.summary(found, reader))
    for remark in wording.remarks(found, reader):
        yield f"\n{_plain(remark)}"
    for section in wording.told(found, reader):
        yield f"\n## {_plain(section.heading)}\n"
        yield from (f"- {_plain(text)}" for _entry, text in section.lines)


def _plain(text: Words) -> str:
    return _MARKUP.sub(r"\\\1", text.replace("\n", " "))


def csv(found: Changed, reader: Reader) -> bytes:
    """A line for each change: its section, what it is about, what changed, under which decision, which record."""
    _ = reader.gettext
    columns = (_("Section"), _("About"), _("What changed"), _("Decision"), _("Id of the record"))
    lines = [
        (section.heading, entry.name.for_(reader), text, _decision(entry), Words.verbatim(entry.about))
        for section in wording.told(found, reader)
        for entry, text in section.lines
    ]
    return sheets.csv((tuple(Column(heading, _WIDTH) for heading in columns), lines), reader)


def _decision(entry: Entry) -> Words | None:
    return Words.verbatim(shown(entry.decision.year, entry.decision.number)) if entry.decision else None
