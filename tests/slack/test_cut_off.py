"""A connection that breaks off between a call and its answer: what may be done already is not done again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest

from bot.blocks import Message
from bot.slack import Slack, may_be_done
from cadre.core.words import Words


@asynccontextmanager
async def hangs_up(heard: list[str]) -> AsyncIterator[str]:
    """A Slack that reads each call to its end, and hangs up."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = next(int(line[15:]) for line in head.splitlines() if line.lower().startswith("content-length:"))
        await reader.readexactly(length)
        heard.append(head.split()[1])
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/api/"


async def test_a_message_that_was_cut_off_is_sent_once_and_may_have_arrived() -> None:
    heard: list[str] = []
    async with hangs_up(heard) as address, aiohttp.ClientSession() as session:
        slack = Slack.with_token("xoxb-test", address)
        slack.use(session)
        with pytest.raises(aiohttp.ServerDisconnectedError) as cut:
            await slack.post("C1", Message(Words.verbatim("Bev Dicks leads it.")))
    assert heard == ["/api/chat.postMessage"]
    assert may_be_done(cut.value)


async def test_a_slack_that_was_not_reached_is_tried_once_more() -> None:
    tried = 0

    async def count(*_: object) -> None:
        nonlocal tried
        tried += 1

    tracing = aiohttp.TraceConfig()
    tracing.on_connection_create_start.append(count)
    async with aiohttp.ClientSession(trace_configs=[tracing]) as session:
        slack = Slack.with_token("xoxb-test", "http://127.0.0.1:1/api/")
        slack.use(session)
        with pytest.raises(aiohttp.ClientConnectorError):
            await slack.post("C1", Message(Words.verbatim("Bev Dicks leads it.")))
    assert tried == 2
