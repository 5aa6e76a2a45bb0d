"""``cadre calls``: which calls there are, who answered, and files to take along. For operators."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

from bot import console, local_registry
from bot.console import Unusable, say
from cadre.calls import exports, service, summary, wording
from cadre.calls.facts import CallFacts, InvitationFacts, SignUpFacts
from cadre.calls.reach import Reach, last_contact, reach, reached
from cadre.core.database import Database
from cadre.core.errors import Message, NotFound
from cadre.core.i18n import LANGUAGES
from cadre.core.reader import OPERATOR, Reader
from cadre.core.words import Words

_COLUMNS: Final = Words.verbatim("  ")
_FORMATS: Final = ("csv", "xlsx")
_LARGEST: Final = 2**31 - 1


def main(arguments: list[str]) -> int:
    """Which calls there are, who answered, and files to take along."""
    own = console.reader()
    given = _parser(own).parse_args(arguments)
    with closing(local_registry.opened()) as database:
        try:
            for line in _VERBS[given.verb](database, given, own):
                say(line)
        except NotFound as problem:
            values = {"number": Words.verbatim(problem.what)}
            no_letter = Message("The call {number} has no letter.", values)
            raise Unusable(no_letter if given.verb == "letter" else Message("There is no call {number}.", values)) from problem
    return 0


def _parser(own: Reader) -> console.Parser:
    _ = own.gettext
    parser = console.parser("calls", Message("Calls for participation: which there are, who answered, and files to take along."), own)
    verbs = parser.add_subparsers(dest="verb", required=True, metavar=_("VERB"))

    def verb(name: str, summary: Message) -> argparse.ArgumentParser:
        found: argparse.ArgumentParser = verbs.add_parser(name, help=summary.for_(own), summary=summary, own=own)
        return found

    def numbered(name: str, summary: Message) -> argparse.ArgumentParser:
        found = verb(name, summary)
        found.add_argument("id", type=int, help=_("its number, as the list has it"))
        return found

    verb("list", Message("list all calls: the open ones first"))
    numbered("show", Message("show a call as everybody may see it"))
    numbered("grid", Message("show who answered what, and who did not"))
    taking = numbered("export", Message("write all answers to a file"))
    taking.add_argument("--format", choices=_FORMATS, default=_FORMATS[0], help=_("as what"))
    taking.add_argument("--language", choices=LANGUAGES, default=own.language, help=_("in which language"))
    letter = numbered("letter", Message("write the official letter to a file (Word), as it was issued"))
    for each in (taking, letter):
        each.add_argument("--out", type=Path, required=True, metavar=_("FILE"), help=_("where to write"))
    return parser


def _list(database: Database, given: argparse.Namespace, own: Reader) -> Iterator[Words]:
    found = database.read(service.calls, OPERATOR)
    if not found:
        yield own.gettext("There is no call yet.")
    for each in found:
        number = Words.verbatim(each.number or "–")
        state, *moment = wording.state_and_moment(each, own)
        yield Words.joined(_COLUMNS, (Words.verbatim(f"{each.id:>4}"), number, state, wording.name(each, own), *moment))


def _show(database: Database, given: argparse.Namespace, own: Reader) -> Iterator[Words]:
    call = database.read(service.call, _number(given), OPERATOR)
    yield from _head(call, own)
    for heading, text in wording.paragraphs(call, own):
        yield Words.verbatim("")
        if heading:
            yield heading
        yield text


def _head(call: CallFacts, own: Reader) -> Iterator[Words]:
    _ = own.gettext
    yield _("Call for participation: {name}", name=wording.name(call, own))
    if call.number:
        yield _("Letter {number}", number=Words.verbatim(call.number))
    yield from wording.state_and_moment(call, own)
    if call.opened_at:
        yield wording.counted(call.totals, call.seats, own)


def _grid(database: Database, given: argparse.Namespace, own: Reader) -> Iterator[Words]:
    report = database.read(service.report, _number(given), OPERATOR)
    ways = database.read(reach, report.grid, email=local_registry.has_mail())
    yield from _head(report.grid.call, own)
    yield Words.verbatim("")
    for each in summary.by_urgency(report.grid, own):
        yield _row(each, ways, own)
    yield Words.verbatim("")
    for offer in report.grid.sign_ups:
        yield _offer(offer, report.grid.call, own)
    yield Words.verbatim("")
    for line in summary.lines(report, own):
        yield own.gettext("{label}: {text}", label=line.label, text=line.text)


def _row(each: InvitationFacts, ways: Reach, own: Reader) -> Words:
    _ = own.gettext
    speaking = [_("{name} ({ways})", name=Words.verbatim(person.name), ways=reached(person, ways, own)) for person in each.representatives]
    parts = (
        wording.standing(each, own),
        each.jurisdiction.name.for_(own),
        own.listed(speaking) if speaking else None,
        _("Reason: {reason}", reason=Words.verbatim(each.reason)) if each.reason else None,
        summary.given_by(each, own),
        wording.before(each, own),
        wording.late(each, own),
        wording.volunteers(each, own),
        _("Last contact: {when}", when=last_contact(each, ways, own)),
    )
    return Words.joined(_COLUMNS, (part for part in parts if part))


def _offer(each: SignUpFacts, call: CallFacts, own: Reader) -> Words:
    where = (each.jurisdiction.name.for_(own),) if each.jurisdiction else ()
    told = (
        wording.role(each.role, own),
        wording.language(each.language, own),
        summary.stands(each, call, own),
        *summary.remarks(each, own),
    )
    given = (summary.given_by(each, own),)
    return Words.joined(_COLUMNS, (part for part in (Words.verbatim(each.person.name), *where, *told, *given) if part))


def _export(database: Database, given: argparse.Namespace, own: Reader) -> Iterator[Words]:
    reader = own.in_language(given.language)
    report = database.read(service.report, _number(given), OPERATOR)
    ways = database.read(reach, report.grid, email=local_registry.has_mail())
    made = exports.xlsx(report, ways, reader) if given.format == "xlsx" else exports.csv(report.grid, ways, reader)
    yield console.written(given.out, made, own)


def _letter(database: Database, given: argparse.Namespace, own: Reader) -> Iterator[Words]:
    _issued, content = database.read(service.letter, _number(given), OPERATOR)
    yield console.written(given.out, content, own)


def _number(given: argparse.Namespace) -> int:
    """The number that was typed. Raises NotFound for one that no row can have."""
    id_: int = given.id
    if not 0 < id_ <= _LARGEST:
        raise NotFound(str(id_))
    return id_


_VERBS: Final[dict[str, Callable[[Database, argparse.Namespace, Reader], Iterator[Words]]]] = {
    "list": _list,
    "show": _show,
    "grid": _grid,
    "export": _export,
    "letter": _letter,
}
