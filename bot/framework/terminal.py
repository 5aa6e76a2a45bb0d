"""``cadre map``: the framework as a picture in a file, as a table, or in words."""

from __future__ import annotations

import argparse
from contextlib import closing
from pathlib import Path
from typing import Final, cast, get_args

from bot import console, local_registry
from bot.console import Unusable, say
from cadre.core.database import Database
from cadre.core.errors import Invalid, Message
from cadre.core.i18n import LANGUAGES, language_of
from cadre.core.reader import OPERATOR, Reader
from cadre.core.words import Words
from cadre.framework import changing, finding
from cadre.framework.drawing import FORMS, DrawingFailed, Form, draw
from cadre.framework.facts import World
from cadre.framework.graph import Tongue
from cadre.framework.outlined import lines
from cadre.framework.views import WHOLE, View

_CSV: Final = "csv"


def map_(arguments: list[str]) -> int:
    """The map on a day: written to a file of the kind that its name ends with; else told in words."""
    own = console.reader()
    given = _parser(own).parse_args(arguments)
    with closing(local_registry.ready()) as database:
        seen = _world(database, given)
        view = View(_subject(database, given.of) if given.of else None, given.view)
    reader = own if given.lang in (None, "both") else own.in_language(language_of(given.lang))
    if given.output is None:
        readers = [own.in_language(each) for each in LANGUAGES] if given.lang == "both" else [reader]
        for number, each in enumerate(readers):
            for line in (*([Words("")] if number else ()), *lines(view.outline(seen, each))):
                say(line)
        return 0
    say(console.written(given.output, _made(seen, view, given, reader), own))
    return 0


def _parser(own: Reader) -> console.Parser:
    _ = own.gettext
    summary = Message("The framework of the Councils, drawn from the registry: as a picture in a file, or in words.")
    parser = console.parser("map", summary, own)
    parser.add_argument("--of", metavar=_("NAME"), help=_("only this priority, group or council, and one step around it"))
    told = _("as it was on a day: 2027-03-15, the end of 2027-03, a meeting such as Charlottetown")
    parser.add_argument("--as-of", metavar=_("DATE"), help=told)
    parser.add_argument("--view", choices=WHOLE, default=WHOLE[0], help=_("the whole, or priorities over time"))
    parser.add_argument("--lang", choices=get_args(Tongue), help=_("in which language; pictures also in both"))
    parser.add_argument("--public", action="store_true", help=_("only what everybody may know"))
    parser.add_argument("-o", "--output", type=Path, metavar=_("FILE"), help=_("a file to write: .svg, .png, .pdf or .csv"))
    return parser


def _world(database: Database, given: argparse.Namespace) -> World:
    try:
        _end, seen = database.read(changing.as_of, given.as_of or "", None if given.public else OPERATOR)
    except Invalid as problem:
        raise Unusable(next(iter(problem.fields.values()))) from problem
    return seen


def _subject(database: Database, text: str) -> str:
    found = database.read(finding.subjects, text)
    values = {"what": Words.verbatim(text), "subjects": Words.verbatim(", ".join(found))}
    if not found:
        raise Unusable(Message("There is no priority, group or council called {what}.", values))
    if len(found) > 1:
        raise Unusable(Message("{what} may be one of these; name it so: {subjects}", values))
    return found[0]


def _made(seen: World, view: View, given: argparse.Namespace, reader: Reader) -> bytes:
    """What the file holds. Raises Unusable where its name says no kind, or it cannot be drawn."""
    kind = given.output.suffix.lower().removeprefix(".")
    if kind == _CSV:
        return view.csv(seen, reader)
    if kind not in FORMS:
        values = {"file": Words.verbatim(str(given.output))}
        raise Unusable(Message("{file}: its name must end in .svg, .png, .pdf or .csv.", values))
    try:
        return draw(view.graph(seen, given.lang or reader.language), cast("Form", kind))
    except DrawingFailed as problem:
        raise Unusable(Message("The picture could not be drawn. Without -o, the same is told in words.")) from problem
