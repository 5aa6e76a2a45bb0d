"""Files that are sent to whoever asked for them, in their conversation with Cadre."""

from __future__ import annotations

import logging
from typing import Final

from aiohttp import ClientError

from bot.blocks import Message as Post
from bot.blocks import section
from bot.slack import FileRefused, SlackError
from bot.visit import Visit
from cadre.core.words import Words

log: Final = logging.getLogger("cadre.uploads")


def sends(visit: Visit, name: str, content: bytes, comment: Words) -> None:
    """Send a file to whoever asked for it, once what they look at is drawn. Where Slack does not take it, they are told."""

    async def send() -> None:
        channel = await visit.slack.conversation_with(visit.place.user)
        try:
            await visit.slack.upload(channel, name, content, comment)
        except (FileRefused, SlackError, ClientError, TimeoutError) as problem:
            log.warning("the file %s could not be sent: %s", name, problem)
            told = visit.caller.reader.gettext(
                "Slack did not take the file {name}. If that goes on, I must be installed anew, so that I may send files.",
                name=Words.verbatim(name),
            )
            await visit.slack.post(channel, Post(told, (section(told),)))

    visit.later.append(send)
