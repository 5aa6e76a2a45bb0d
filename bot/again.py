"""Slack was away for a moment: what was to be said is said when it is back, and is said once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

from bot.blocks import Message
from bot.slack import Slack, may_be_done, may_pass

T = TypeVar("T")

AGAIN: Final = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
"""Seconds between attempts: a minute in which Slack is away leaves nobody without a word."""


async def until_it_passes(attempt: Callable[[], Awaitable[T]]) -> T:
    """Try something that may be done twice, again and again while it may go better a little later. Raises what came last."""
    for pause in AGAIN:
        try:
            return await attempt()
        except Exception as problem:  # raised again where waiting does not help
            if not may_pass(problem):
                raise
        await asyncio.sleep(pause)
    return await attempt()


async def write_to(slack: Slack, user: str, message: Message, key: str) -> tuple[str, str]:
    """Write to somebody once, whatever Slack answers on the way; gives the channel and the message's ``ts``.

    ``key``: names the message among all. What may have arrived is looked for by it before it is sent again.
    """
    doubtful = False

    async def attempt() -> tuple[str, str]:
        nonlocal doubtful
        channel = await slack.conversation_with(user)
        if doubtful and (ts := await slack.find(channel, key)):
            return channel, ts
        doubtful = False
        try:
            return channel, await slack.post(channel, message, key=key)
        except Exception as problem:
            doubtful = may_be_done(problem)
            raise

    return await until_it_passes(attempt)
