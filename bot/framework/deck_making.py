"""``/cadre deck`` and ``/cadre binder``: files that are made in a thread of their own, and sent to whoever asked for them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Final

from bot.blocks import Message as Post
from bot.blocks import section
from bot.framework.deck_said import Wanted, wanted
from bot.uploads import sends
from bot.visit import Visit
from cadre.core.i18n import LANGUAGES, Language
from cadre.core.words import Words
from cadre.framework import binder as binders
from cadre.framework import deck as decks
from cadre.framework import deck_facts
from cadre.framework.file_names import binder_file, deck_file

_MAKER: Final = ThreadPoolExecutor(1, thread_name_prefix="deck")
"""One file after the other: each takes all of a processor for a moment."""


async def deck(visit: Visit) -> None:
    """The deck, in the language that was asked for; as much of it as whoever asks may know."""
    asked, _ = wanted(visit.rest) or Wanted(), visit.reply_reader.gettext
    language = asked.language or visit.reply_reader.language
    facts = await visit.registry.read(deck_facts.read, asked.meeting, visit.caller.actor)
    await _announce(visit, _("I am making the deck. In a moment it is in your conversation with me."))
    content = await _made(partial(decks.made, facts, language))
    comment = _("The deck, as of today. Each slide's notes say where what stands on it comes from.")
    if facts.reserved:
        more = _("It shows what is only for people with a confirmed role: do not pass it on further.")
        comment = Words.joined(" ", (comment, more))
    sends(visit, deck_file(facts, language), content, comment)


async def binder(visit: Visit) -> None:
    """The binder of a meeting, by default of the next one in person: a file in each language that was asked for."""
    asked, _ = wanted(visit.rest) or Wanted(), visit.reply_reader.gettext
    facts = await visit.registry.read(binders.read, asked.meeting, visit.caller.actor)
    languages: tuple[Language, ...] = LANGUAGES if asked.language == "both" else (asked.language or visit.reply_reader.language,)
    await _announce(visit, _("I am making the binder. In a moment it is in your conversation with me."))
    for language in languages:
        content = await _made(partial(binders.made, facts, language))
        comment = _("The binder, for those who are invited. Its last part lists what is missing.")
        sends(visit, binder_file(facts.deck, language), content, comment)


async def _announce(visit: Visit, told: Words) -> None:
    await visit.whisper(Post(told, (section(told),)))


async def _made(make: Callable[[], bytes]) -> bytes:
    return await asyncio.get_running_loop().run_in_executor(_MAKER, make)
