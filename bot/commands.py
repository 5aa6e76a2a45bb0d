"""One table of verbs, English and French: the same for /cadre, mentions and direct messages. All else is a question."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from bot.blocks import Block, context, listed, section
from bot.blocks import Message as Post
from bot.door import Body, Door, Listener
from bot.visit import Visit
from cadre.core.errors import Message
from cadre.core.i18n import Language
from cadre.core.reader import Reader
from cadre.core.text import fold
from cadre.core.words import Words

COMMAND: Final = "/cadre"
_HELP: Final = ("help",)
LONGEST: Final = 10_000
"""Characters of a question."""
_LONGEST_RAW: Final = 2 * LONGEST
"""Of what Slack sends, in which mentions and addresses are longer than what they stand for."""
_NAMED: Final = 5
"""So many users who are spoken of are looked up."""
_MARKED: Final = re.compile(r"<([@#!]?)([^<>|]{1,3000})(?:\|([^<>]{0,3000}))?>")
"""No part of it may hold a ``<``: so a text is read once, whatever it is."""
_MENTIONED: Final = re.compile(r"<@([^<>|]{1,20})(?=[>|])")
_FIRST: Final = re.compile(r"\A<@\w{1,20}(?:\|[^<>]{0,200})?>")
_ADDRESSES: Final = ("http://", "https://", "mailto:")
_AROUND: Final = " \t\n.,;:!?…\"'«»()"


@dataclass(frozen=True, slots=True)
class Verb:
    """Something to be said to Cadre that is no question. The first name in each language is the one that help shows.

    ``takes``: whether a sentence may follow one of its names, by that name (folded) and the sentence; it is the visit's ``rest`` then.
    """

    en: tuple[str, ...]
    fr: tuple[str, ...]
    help: Message
    listener: Listener
    takes: Callable[[str, str], bool] | None = None

    def named(self, language: Language) -> Words:
        """What to type in a language."""
        return Words.verbatim((self.en if language == "en" else self.fr)[0])


@dataclass(frozen=True, slots=True)
class Commands:
    """The verbs, and what takes everything else."""

    verbs: tuple[Verb, ...]
    question: Listener

    def with_help(self) -> Commands:
        """The same, with the verb that shows them all."""
        if self.verbs and self.verbs[0].en == _HELP:
            return self
        told = Message("what you can ask me")
        return replace(self, verbs=(Verb(_HELP, ("aide",), told, self.help), *self.verbs))

    def register(self, door: Door) -> None:
        """At the door: all three ways of saying something to Cadre."""
        door.messages["app_mention"] = self.take
        door.messages["message.im"] = self.take
        door.commands[COMMAND] = self.take

    async def take(self, visit: Visit) -> None:
        """A verb, or a question."""
        text = visit.text = await _spoken(visit)
        if not text.strip(_AROUND):
            return await self.help(visit)
        found = find(self.verbs, text)
        if found is None:
            return await self.question(visit)
        verb, language, visit.rest = found
        if language:
            visit.answered_as = visit.caller.reader.in_language(language)
        return await verb.listener(visit)

    async def help(self, visit: Visit) -> None:
        """What can be said to Cadre."""
        await visit.whisper(help_message(self.with_help().verbs, visit.reply_reader))


async def _spoken(visit: Visit) -> str:
    """What was typed, with the names of the people who are spoken of."""
    names = {user: await visit.callers.name(visit.place.team, user) for user in mentioned(visit.body)}
    return said(visit.body, {user: name for user, name in names.items() if name})


def mentioned(body: Body) -> tuple[str, ...]:
    """The users who are spoken of, the first few of them; not Cadre itself."""
    own = _own(body)
    return tuple(user for user in dict.fromkeys(_MENTIONED.findall(_raw(body))) if user not in own)[:_NAMED]


def said(body: Body, names: Mapping[str, str] | None = None) -> str:
    """What was typed, without the mention of Cadre, and without Slack's markup. ``names``: of users who are spoken of.

    https://docs.slack.dev/messaging/formatting-message-text/ (retrieving messages): ``&``, ``<`` and ``>`` are escaped, and
    users, channels and addresses stand between ``<`` and ``>``.
    """
    known = {user: name.replace("&", "&amp;") for user, name in (names or {}).items()} | dict.fromkeys(_own(body), " ")

    def plain(found: re.Match[str]) -> str:
        kind, what, label = found.groups()
        if kind == "@" and what in known:
            return known[what]
        if label is not None:
            return str(label)
        return what if what.startswith(_ADDRESSES) else found[0]

    text = _MARKED.sub(plain, _raw(body)).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return "".join(c if c.isprintable() or c == "\n" else " " for c in text).strip()[:LONGEST]


def _raw(body: Body) -> str:
    """What was typed, as Slack gives it. Without its authorizations the first mention is taken for the one of Cadre."""
    if "command" in body:
        return (body.get("text") or "")[:_LONGEST_RAW]
    raw = (body["event"].get("text") or "").lstrip()[:_LONGEST_RAW]
    return raw if _own(body) else _FIRST.sub(" ", raw)


def _own(body: Body) -> frozenset[str]:
    return frozenset(each["user_id"] for each in body.get("authorizations") or () if each.get("user_id"))


@cache
def _folded(names: tuple[str, ...]) -> frozenset[str]:
    """Each message is compared with them."""
    return frozenset(fold(name) for name in names)


def find(verbs: Sequence[Verb], text: str) -> tuple[Verb, Language | None, str] | None:
    """The verb that is the whole text, accents and capitals aside, or that the text begins with, where a sentence may follow it; the
    language that it is in, if in one only; and that sentence.
    """
    typed = " ".join(fold(text).strip(_AROUND).removeprefix("/").split())
    for verb in verbs:
        in_en, in_fr = (typed in _folded(names) for names in (verb.en, verb.fr))
        if in_en or in_fr:
            return verb, None if in_en and in_fr else "en" if in_en else "fr", ""
    for verb in verbs:
        if verb.takes and (found := _followed(verb, verb.takes, text)):
            return found
    return None


def _followed(verb: Verb, takes: Callable[[str, str], bool], text: str) -> tuple[Verb, Language | None, str] | None:
    words = text.strip(_AROUND).removeprefix("/").split()
    languages: tuple[tuple[Language, tuple[str, ...]], ...] = (("en", verb.en), ("fr", verb.fr))
    for language, names in languages:
        for name in names:
            many = len(name.split())
            rest = " ".join(words[many:])
            if rest and fold(" ".join(words[:many])) == fold(name) and takes(fold(name), rest):
                return verb, language, rest
    return None


def help_message(verbs: Sequence[Verb], reader: Reader) -> Post:
    """Help, as the table has it."""
    _ = reader.gettext
    opening = _("Ask me about the Joint Councils in your own words: who leads what, what a group is for, when the Councils met.")
    ways = [
        _("In a channel: @Cadre and your question. I answer in the thread."),
        _("Here or anywhere: /cadre and your question. Only you see the answer, and you may share it."),
        _("In a direct message: just your question."),
    ]
    spoken = [_("/cadre {verb}: {help}", verb=verb.named(reader.language), help=verb.help.for_(reader)) for verb in verbs]
    blocks: list[Block] = [section(opening), *listed(ways), *listed(spoken)]
    blocks += context(_("I answer in the language of your question, English or French. Everything I say comes from the registry."))
    return Post(opening, tuple(blocks))
