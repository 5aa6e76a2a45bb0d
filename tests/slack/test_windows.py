"""Windows whose content takes its time, or fails."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.blocks import Modal, section
from bot.caller import Caller
from bot.slack import Slack
from bot.visit import Place, Visit, Where
from cadre.core.reader import Actor, Reader
from cadre.core.words import Words
from tests.slack.standin import TEAM, StandIn
from tests.slack.workspace import text_of

W = Words.verbatim


@pytest.fixture
async def visit(slack: StandIn, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Visit]:
    monkeypatch.setattr("bot.visit.SKELETON_AFTER", 0.05)
    caller = Caller(TEAM, "U0ANNE", None, 1, "Anne", Reader(), Actor("Anne"), secretariat=False)
    nothing: Any = None
    async with aiohttp.ClientSession() as session:
        client = Slack.with_token("xoxb-test", slack.api)
        client.use(session)
        yield Visit({"trigger_id": "1.2"}, Place(Where.VIEW, TEAM, "U0ANNE"), caller, nothing, client, nothing)


async def build(seconds: float, problem: Exception | None = None) -> Modal:
    await asyncio.sleep(seconds)
    if problem:
        raise problem
    return Modal(W("Built"), (section(W("all of it")),), close=W("Close"))


async def test_what_is_built_in_time_is_opened(visit: Visit, slack: StandIn) -> None:
    await visit.open_modal(lambda: build(0))
    assert [call.method for call in slack.calls] == ["views.open"]
    assert "all of it" in text_of(slack.calls[0].sent)


async def test_what_takes_long_opens_empty_and_is_then_drawn(visit: Visit, slack: StandIn) -> None:
    await visit.open_modal(lambda: build(0.1))
    opened, drawn = slack.calls
    assert (opened.sent["trigger_id"], drawn.sent["view_id"]) == ("1.2", opened.sent["view"]["id"])
    assert "all of it" not in text_of(opened.sent)
    assert "all of it" in text_of(drawn.sent)


async def test_what_fails_late_is_told_in_the_window(visit: Visit, slack: StandIn) -> None:
    await visit.open_modal(lambda: build(0.1, ZeroDivisionError()))
    assert "reference" in text_of(slack.made("views.update")[0]["view"])
