"""``cadre deck`` and ``cadre binder``: files for a meeting, written where they are wanted."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import get_args

from bot import console, local_registry
from bot.console import Unusable, say
from cadre.core.database import Database
from cadre.core.errors import Invalid, Message
from cadre.core.i18n import LANGUAGES
from cadre.core.reader import OPERATOR, Reader
from cadre.core.words import Words
from cadre.framework import binder as binders
from cadre.framework import deck as decks
from cadre.framework import deck_facts
from cadre.framework.file_names import binder_file, deck_file
from cadre.framework.graph import Tongue as DeckLanguage


def deck(arguments: list[str]) -> int:
    """The deck of today as a PowerPoint file."""
    own = console.reader()
    parser = _parser("deck", Message("The deck of the framework as a PowerPoint file, from the registry as it is today."), own)
    _languages(parser, own, get_args(DeckLanguage))
    parser.add_argument("--whole", action="store_true", help=own.gettext("also what only people with a confirmed role may know"))
    given = parser.parse_args(arguments)

    def made(database: Database) -> tuple[Words, bytes]:
        facts = database.read(deck_facts.read, given.meeting, OPERATOR if given.whole else None)
        return deck_file(facts, given.lang), decks.made(facts, given.lang)

    return _write(made, given, own)


def binder(arguments: list[str]) -> int:
    """The binder of a meeting as a PDF file."""
    own = console.reader()
    parser = _parser("binder", Message("The binder of a meeting as a PDF file: agenda, papers, the deck's content, what is missing."), own)
    _languages(parser, own, LANGUAGES)
    given = parser.parse_args(arguments)

    def made(database: Database) -> tuple[Words, bytes]:
        facts = database.read(binders.read, given.meeting, OPERATOR)
        return binder_file(facts.deck, given.lang), binders.made(facts, given.lang)

    return _write(made, given, own)


def _parser(name: str, summary: Message, own: Reader) -> console.Parser:
    _ = own.gettext
    parser = console.parser(name, summary, own)
    parser.add_argument("--meeting", metavar=_("MEETING"), help=_("for which meeting: its place, date or title, or the id of its record"))
    parser.add_argument(
        "-o", "--output", type=Path, metavar=_("FILE"), help=_("where to write; by default here, under a name that says what it is")
    )
    return parser


def _languages(parser: console.Parser, own: Reader, languages: tuple[str, ...]) -> None:
    parser.add_argument("--lang", choices=languages, default=own.language, help=own.gettext("in which language"))


def _write(made: Callable[[Database], tuple[Words, bytes]], given: argparse.Namespace, own: Reader) -> int:
    with closing(local_registry.ready()) as database:
        try:
            name, content = made(database)
        except Invalid as problem:
            raise Unusable(next(iter(problem.fields.values()))) from problem
    say(console.written(given.output or Path(name), content, own))
    return 0
