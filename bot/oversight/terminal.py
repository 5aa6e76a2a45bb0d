"""``cadre health``: how groups stand, for operators. Ends with 1 where something is to complete."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import closing

from bot import console, local_registry
from bot.console import Unusable, say
from cadre.core.changes import seen_by
from cadre.core.errors import Message, NotFound
from cadre.core.reader import OPERATOR, Reader
from cadre.core.words import Words
from cadre.oversight import health as state
from cadre.oversight import wording
from cadre.oversight.health import Report
from cadre.oversight.rules import Health


def health(arguments: list[str]) -> int:
    """How groups stand, by the rules that each must meet. Gives 1 where something is to complete, which a timer can act on."""
    own = console.reader()
    given = _parser(own).parse_args(arguments)
    with closing(local_registry.opened()) as database:
        found = database.read(seen_by(OPERATOR, state.report), OPERATOR)
    chosen = _chosen(found, given)
    for line in _lines(chosen, found, own, all_=given.all):
        say(line)
    return int(any(each.state == "to_complete" for each in chosen))


def _parser(own: Reader) -> console.Parser:
    _ = own.gettext
    parser = console.parser("health", Message("How groups stand. Ends with 1 where something is to complete."), own)
    parser.add_argument("--group", help=_("only this one, by the id of its record"))
    parser.add_argument("--all", action="store_true", help=_("what is in order too"))
    return parser


def _chosen(found: Report, given: argparse.Namespace) -> tuple[Health, ...]:
    if not given.group:
        return found.all
    try:
        return (found.of(given.group),)
    except NotFound as problem:
        raise Unusable(Message("There is no group {what} here.", {"what": Words.verbatim(problem.what)})) from problem


def _lines(chosen: tuple[Health, ...], found: Report, own: Reader, *, all_: bool) -> Iterator[Words]:
    if chosen == found.all:
        yield wording.total(found, own)
    if not found.agreed:
        yield wording.proposed_rules(own)
    for each in wording.in_order(chosen, own):
        told = each.findings if all_ else (*each.in_("to_complete"), *each.in_("unknown"))
        if told:
            yield own.gettext("{group} ({id})", group=each.group.name.for_(own), id=Words.verbatim(each.group.id))
        for one in told:
            yield Words.joined("  ", (Words.verbatim(""), wording.line(one, own)))
        if told and (moved := wording.since(each, found.since.get(each.group.id), own)):
            yield Words.joined("  ", (Words.verbatim(""), moved))
