"""``cadre changes`` and ``cadre snapshots``: what changed between two days or meetings, and what was kept. For operators."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from bot import console, local_registry
from bot.console import Unusable, say
from cadre.core.errors import Invalid, Message
from cadre.core.i18n import LANGUAGES
from cadre.core.reader import OPERATOR, Reader
from cadre.core.words import Words
from cadre.framework import change_files, changing, kept, snapshot_wording
from cadre.framework import difference_wording as wording
from cadre.framework.changing import Changed


def changes(arguments: list[str]) -> int:
    """What changed, on the screen or in a file."""
    own = console.reader()
    given = _parser(own).parse_args(arguments)
    reader = own.in_language(given.lang)
    if given.output and given.output.suffix.removeprefix(".") not in change_files.FORMATS:
        raise Unusable(Message("The file must end in .md or .csv.", {}))
    with closing(local_registry.ready()) as database:
        try:
            found = database.read(changing.changed, given.since, given.until, None if given.public else OPERATOR)
        except Invalid as problem:
            raise Unusable(next(iter(problem.fields.values()))) from problem
    if given.output:
        content = change_files.written(found, given.output.suffix.removeprefix("."), reader)
        say(console.written(given.output, content, own))
        return 0
    for line in _lines(found, reader):
        say(line)
    return 0


def _parser(own: Reader) -> console.Parser:
    _ = own.gettext
    parser = console.parser("changes", Message("What changed between two days or meetings."), own)
    parser.add_argument("--since", default="", metavar=_("WHEN"), help=_("a date, a meeting by its place, or a snapshot"))
    parser.add_argument("--until", default="", metavar=_("WHEN"), help=_("the same; without it, until now"))
    parser.add_argument("--lang", choices=LANGUAGES, default=own.language, help=_("in which language"))
    parser.add_argument("--public", action="store_true", help=_("only what everybody may know"))
    parser.add_argument("-o", "--output", type=Path, metavar=_("FILE"), help=_("write it to a file that ends in .md or .csv"))
    return parser


def _lines(found: Changed, reader: Reader) -> Iterator[Words]:
    yield wording.title(found, reader)
    yield wording.summary(found, reader)
    yield from wording.remarks(found, reader)
    for section in wording.told(found, reader):
        yield Words.verbatim("")
        yield section.heading
        yield from (Words.joined(" ", (Words.verbatim("  –"), text)) for _entry, text in section.lines)


def snapshots(arguments: list[str]) -> int:
    """The snapshots, and one more where that is asked for."""
    own = console.reader()
    given = _snapshots_parser(own).parse_args(arguments)
    with closing(local_registry.ready()) as database:
        if given.verb == "take":
            taken = database.write(OPERATOR, kept.take)
            say(Words.joined(". ", snapshot_wording.told(taken, own)))
            return 0
        found = database.read(kept.snapshots)
    say(snapshot_wording.total(found, own))
    for each in found:
        say(Words.joined(". ", snapshot_wording.told(each, own)))
    return 0


def _snapshots_parser(own: Reader) -> console.Parser:
    parser = console.parser("snapshots", Message("Snapshots of the framework: which there are, and a new one."), own)
    verbs = parser.add_subparsers(dest="verb", metavar=own.gettext("VERB"))
    for name, summary in (("list", Message("list all snapshots")), ("take", Message("take a snapshot now"))):
        verbs.add_parser(name, help=summary.for_(own), summary=summary, own=own)
    return parser
