"""``cadre import`` and ``cadre export``."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

from bot import console, local_registry
from bot.console import Unusable, say, tell
from cadre.core.errors import Message
from cadre.core.reader import OPERATOR, Reader
from cadre.core.words import Words
from cadre.exchange import service
from cadre.exchange.reading import InvalidFile

_STREAM: Final = Path("-")
_MANY: Final = 12
"""So many new records are named; of more, only their number is told."""


def import_(arguments: list[str]) -> int:
    """Take a registry file in, all or nothing. Says what it added, what it changed and what it left."""
    own = console.reader()
    summary = Message("Take a registry file in, all or nothing. Says what it added, what it changed and what it left.")
    parser = console.parser("import", summary, own)
    parser.add_argument("file", type=Path, help=own.gettext("a registry file (docs/registry-file.md); - reads standard input"))
    text = _read(parser.parse_args(arguments).file)
    try:
        report = _taken(text)
    except InvalidFile as invalid:
        for problem in invalid.problems:
            tell(problem.for_(own))
        n = len(invalid.problems)
        tell(own.ngettext("{n} problem. Nothing was imported.", "{n} problems. Nothing was imported.", n))
        return 1
    say(Words.joined("\n", told(report, own)))
    return 0


def _taken(text: bytes) -> service.ImportReport:
    """Into the registry that is there; else into one that is made of this file alone."""
    path = local_registry.missing()
    report = local_registry.create(path, text) if path else None
    if report is None:
        with closing(local_registry.opened()) as database:
            report = database.write(OPERATOR, service.import_file, text)
    return report


def export(arguments: list[str]) -> int:
    """Write the registry as a file that cadre import reads."""
    own = console.reader()
    parser = console.parser("export", Message("Write the registry as a file that cadre import reads."), own)
    parser.add_argument("file", type=Path, nargs="?", default=_STREAM, help=own.gettext("where to write; else standard output"))
    parser.add_argument("--demonstration", action="store_true", help=own.gettext("with what was invented to show Cadre"))
    given = parser.parse_args(arguments)
    with closing(local_registry.ready()) as database:
        text = database.read(service.export, demonstration=given.demonstration)
    if given.file == _STREAM:
        sys.stdout.write(text)
        return 0
    try:
        given.file.write_bytes(text.encode())
    except OSError as problem:
        raise Unusable(_refused(Message("{file} cannot be written ({reason})."), given.file, problem)) from problem
    return 0


def _read(file: Path) -> bytes:
    try:
        return sys.stdin.buffer.read() if file == _STREAM else file.read_bytes()
    except OSError as problem:
        raise Unusable(_refused(Message("{file} cannot be read ({reason})."), file, problem)) from problem


def _refused(message: Message, file: Path, problem: OSError) -> Message:
    return Message(message.msgid, {"file": Words.verbatim(str(file)), "reason": Words.verbatim(problem.strerror or "")})


def told(report: service.ImportReport, own: Reader) -> Iterator[Words]:
    """What an import did: a line for each section, and one for each record that it changed."""
    _ = own.gettext
    for section in report.sections:
        yield _section(section, own)
        if 0 < len(section.added) <= _MANY and (section.unchanged or section.changed or section.absent):
            yield _below(_("added: {ids}", ids=_listed(section.added)))
        for touched in section.changed:
            yield _below(_("changed: {id} ({fields})", id=Words.verbatim(touched.id), fields=_listed(touched.fields)))
        for touched in section.kept:
            values = {"id": Words.verbatim(touched.id), "fields": _listed(touched.fields)}
            yield _below(_("kept as confirmed, although the file says otherwise: {id} ({fields})", **values))
    if report.added or report.changed:
        yield _("In all: {added} added, {changed} changed.", added=report.added, changed=report.changed)
    else:
        yield _("Nothing to change: the registry holds all of this already.")


def _section(section: service.SectionReport, own: Reader) -> Words:
    counts: dict[str, Words | int] = {
        "section": Words.verbatim(section.section),
        "added": len(section.added),
        "changed": len(section.changed),
        "unchanged": section.unchanged,
        "absent": section.absent,
    }
    if section.absent:
        return own.gettext(
            "{section}: {added} added, {changed} changed, {unchanged} unchanged, {absent} only in the registry",
            **counts,
        )
    return own.gettext("{section}: {added} added, {changed} changed, {unchanged} unchanged", **counts)


def _below(words: Words) -> Words:
    return Words.joined("", (Words.verbatim("  "), words))


def _listed(names: Iterable[str]) -> Words:
    return Words.joined(", ", map(Words.verbatim, names))
