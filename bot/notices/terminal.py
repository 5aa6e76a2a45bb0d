"""``cadre notices``: what is planned and what became of it; trying again, skipping, looking ahead. For operators."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from typing import Final

from sqlalchemy.orm import Session

from bot import console, local_registry
from bot.console import Unusable, say
from bot.notices.unsent import again, what
from bot.notices.views import rung
from bot.notices.windows import brings, messages_of
from bot.reasons import worded
from cadre.core import clock
from cadre.core.bilingual import Bilingual
from cadre.core.changes import seen_by
from cadre.core.database import Database
from cadre.core.errors import Invalid, Message, NotFound
from cadre.core.reader import OPERATOR, Reader
from cadre.core.words import Words
from cadre.notices import failures, steering
from cadre.notices.preview import DAYS, Foreseen
from cadre.notices.steering import NoticeFacts

_COLUMNS: Final = Words.verbatim("  ")
_LONGEST: Final = 366


def notices(arguments: list[str]) -> int:
    """What is planned and what became of it; trying again, skipping, looking ahead."""
    own = console.reader()
    given = _parser(own).parse_args(arguments)
    with closing(local_registry.opened()) as database:
        try:
            for line in _VERBS[given.verb](database, given, own):
                say(line)
        except NotFound as problem:
            raise Unusable(Message("There is no {what} here.", {"what": Words.verbatim(problem.what)})) from problem
        except Invalid as problem:
            raise Unusable(next(iter(problem.fields.values()))) from problem
    return 0


def _parser(own: Reader) -> console.Parser:
    _ = own.gettext
    parser = console.parser("notices", Message("What is planned and what became of it; trying again, skipping, looking ahead."), own)
    verbs = parser.add_subparsers(dest="verb", required=True, metavar=_("VERB"))

    def verb(name: str, summary: Message) -> argparse.ArgumentParser:
        found: argparse.ArgumentParser = verbs.add_parser(name, help=summary.for_(own), summary=summary, own=own)
        return found

    listing = verb("list", Message("list notices: the next ones first"))
    listing.add_argument("--state", choices=(*steering.STATES, "failed"), help=_("only those in this state"))
    listing.add_argument("--person", help=_("only those for this person, by the id of the record"))
    listing.add_argument("--limit", type=int, default=100, help=_("so many at most"))
    verb("show", Message("show a notice and the messages that brought it")).add_argument("id", type=int, help=_("its number"))
    posting = verb("posts", Message("list the posts in channels: the newest first"))
    posting.add_argument("--limit", type=int, default=100, help=_("so many at most"))
    verb("retry", Message("try a failed delivery again")).add_argument("id", type=int, help=_("its number"))
    verb("skip", Message("never send a planned notice")).add_argument("id", type=int, help=_("its number"))
    looking = verb("preview", Message("look ahead: who would get what, and when"))
    looking.add_argument("--days", type=int, default=DAYS, help=_("so many days ahead"))
    return parser


def _list(database: Database, given: argparse.Namespace, own: Reader) -> Iterator[Words]:
    if given.state == "failed":
        yield from _unsent(database, given, own)
        return
    found = database.read(seen_by(OPERATOR, steering.notices), given.state, given.person, max(1, given.limit))
    if not found:
        yield own.gettext("No notices.")
    for each in found:
        yield _line(each, own)


def _unsent(database: Database, given: argparse.Namespace, own: Reader) -> Iterator[Words]:
    """Messages that failed, each by the number that ``retry`` takes."""
    from bot.kinds import KINDS  # noqa: PLC0415  # the other verbs do not wait for it

    found = database.read(seen_by(OPERATOR, failures.failures), KINDS, given.person)[: max(1, given.limit)]
    if not found:
        yield own.gettext("No messages that could not be sent.")
    for each in found:
        reason = own.gettext("{state} ({reason})", state=DELIVERIES["failed"].for_(own), reason=_reason(each.reason, own))
        yield Words.joined(_COLUMNS, (Words.verbatim(f"{each.delivery:>6}"), own.moment(each.at), what(each, own), reason))
    if found:
        yield own.gettext("To try one again: cadre notices retry, with its number.")


def _line(each: NoticeFacts, own: Reader) -> Words:
    state = STATES[each.state].for_(own)
    if each.reason:
        dropped = each.reason == "dropped" and each.manner != "draft"  # an activity; else the drafts about it
        reason = own.gettext("dropped") if dropped else _reason(each.reason, own)
        state = own.gettext("{state} ({reason})", state=state, reason=reason)
    parts = (
        Words.verbatim(f"{each.id:>6}"),
        own.moment(each.at),
        Words.verbatim(each.name),
        Words.verbatim(each.subject),
        rung(each.rung, own),
        state,
    )
    return Words.joined(_COLUMNS, parts)


def _show(database: Database, given: argparse.Namespace, own: Reader) -> Iterator[Words]:
    each = database.read(seen_by(OPERATOR, steering.notice), given.id)
    yield _line(each, own)
    yield own.gettext("Key: {key}", key=Words.verbatim(each.key))
    yield own.gettext("About what is due on {day}; its day: {on}.", day=own.date(each.occurrence), on=own.date(each.on))
    for id_, via, state, reason, sent in each.deliveries:
        told = own.gettext("Delivery {id} by {via}: {state}", id=id_, via=Words.verbatim(via), state=DELIVERIES[state].for_(own))
        if sent:
            told = own.gettext("{told}, {moment}", told=told, moment=own.moment(sent))
        yield own.gettext("{told} ({reason})", told=told, reason=_reason(reason, own)) if reason else told


def _posts(database: Database, given: argparse.Namespace, own: Reader) -> Iterator[Words]:
    found = database.read(seen_by(OPERATOR, steering.posts), max(1, given.limit))
    if not found:
        yield own.gettext("No posts.")
    for each in found:
        state = DELIVERIES[each.state].for_(own)
        if each.reason:
            state = own.gettext("{state} ({reason})", state=state, reason=_reason(each.reason, own))
        where = (Words.verbatim(f"{each.id:>6}"), own.moment(each.at), Words.verbatim(each.channel), Words.verbatim(each.subject))
        yield Words.joined(_COLUMNS, (*where, state))


def _retry(database: Database, given: argparse.Namespace, own: Reader) -> Iterator[Words]:
    at = database.write(OPERATOR, failures.retry, given.id)
    yield again(at, own, now=database.read(clock.now))


def _skip(database: Database, given: argparse.Namespace, own: Reader) -> Iterator[Words]:
    database.write(OPERATOR, steering.skip, given.id)
    yield own.gettext("It will not be sent.")


def _preview(database: Database, given: argparse.Namespace, own: Reader) -> Iterator[Words]:
    from bot.kinds import KINDS  # noqa: PLC0415  # the other verbs do not wait for it
    from bot.settings import Settings  # noqa: PLC0415  # as above

    def look(session: Session) -> tuple[tuple[Foreseen, ...], dict[str, Bilingual]]:
        from cadre.notices.preview import names, preview  # noqa: PLC0415  # as above

        found = preview(session, KINDS, given.days)
        return found, names(session, found, KINDS)

    if not 1 <= given.days <= _LONGEST:
        raise Unusable(Message("Look ahead 1 to {days} days.", {"days": _LONGEST}))
    found, names = database.read(seen_by(OPERATOR, look))
    if not Settings().mail:
        yield own.gettext("E-mail is off: whoever is not in Slack gets nothing.")
    yield from foreseen(found, names, own)


def foreseen(found: Sequence[Foreseen], names: Mapping[str, Bilingual], own: Reader) -> Iterator[Words]:
    """Who would get what and when, then how many messages a person. ``names``: what the subjects are called."""
    for each in found:
        yield Words.joined(_COLUMNS, (own.date(each.day, weekday=True), Words.verbatim(each.recipient.name), brings(each, names, own)))
    people = Counter(each.recipient for each in found)
    for recipient in sorted(people, key=lambda one: (one.name, one.person)):
        yield messages_of(recipient.name, people[recipient], own)
    if not found:
        yield own.gettext("Nothing is foreseen.")


def _reason(reason: str, own: Reader) -> Words:
    known = REASONS.get(reason)
    return known.for_(own) if known else worded(reason, own)


STATES: Final = {
    "planned": Message("planned"),
    "queued": Message("on its way"),
    "sent": Message("sent"),
    "skipped": Message("skipped"),
}
DELIVERIES: Final = {
    "due": Message("due"),
    "sent": Message("sent"),
    "redraw": Message("to be drawn anew"),
    "failed": Message("failed"),
    "skipped": Message("not needed any more"),
}
REASONS: Final = {
    "superseded": Message("the due day moved"),
    "overtaken": Message("a later reminder came first"),
    "taken_off": Message("this reminder was taken off the ladder"),
    "held_back": Message("held back by a pause, after which a later reminder comes"),
    "another": Message("another reminder of the same stands for it"),
    "dropped": Message("the secretariat wants no more drafts about it"),
    "snoozed": Message("put off"),
    "left": Message("no longer in that role"),
    "off": Message("switched off"),
    "gone": Message("no longer there"),
    "failed": Message("could not be sent"),
    "heard": Message("they were just told of it"),
    "nobody": Message("nobody is to come"),
    "unreachable": Message("nothing reaches them"),
    "by_hand": Message("by hand"),
    "settled": Message("settled meanwhile"),
    "replaced": Message("another took its place"),
    "submitted": Message("submitted"),
    "complete": Message("found complete"),
    "approved": Message("approved"),
    "done": Message("done"),
    "given": Message("handed over"),
    "over": Message("it is over"),
    "answered": Message("answered"),
    "new": Message("it only just began"),
    "closed": Message("closed"),
    "cancelled": Message("cancelled"),
    "sunset": Message("the group was dissolved"),
    "dormant": Message("the group does not meet at present"),
    "proposed": Message("the group is only proposed"),
}
_VERBS: Final[dict[str, Callable[[Database, argparse.Namespace, Reader], Iterator[Words]]]] = {
    "list": _list,
    "show": _show,
    "posts": _posts,
    "retry": _retry,
    "skip": _skip,
    "preview": _preview,
}
