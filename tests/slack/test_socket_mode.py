"""Socket Mode: Cadre calls Slack, is handed what happens over the connection, and acknowledges it there."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.settings import Mode
from tests.conftest import one_registry
from tests.slack.raw import event, knocks
from tests.workspace import GENERAL, Workspace, running, until

QUESTION = "who leads digital identity"
pytestmark = one_registry


@pytest.fixture
async def workspace(sandbox_url: str) -> AsyncIterator[Workspace]:
    """A workspace whose Cadre has no address, once it is connected."""
    async with running(sandbox_url, mode=Mode.SOCKET) as made:
        await until(lambda: made.sandbox.link.connected)
        yield made


async def test_a_question_over_the_connection(workspace: Workspace) -> None:
    assert "Bev Dicks" in (await workspace.member().asks(QUESTION, GENERAL)).headline
    (delivery,) = await workspace.log("app_mention")
    assert (delivery["status"], delivery["answer"], delivery.get("error")) == (200, None, None)
    assert (await workspace.client.get("/health")).json()["socket"] == "connected"
    mention = event(workspace, **delivery["sent"]["event"])
    assert (await knocks(workspace, mention)).status_code == 404, "no way in by HTTP"


async def test_commands_clicks_and_windows_over_the_connection(workspace: Workspace) -> None:
    newcomer = workspace.newcomer()
    await newcomer.clicks("This is me", await newcomer.commands("me"))
    assert (await newcomer.submits(person="bev-dicks"))["response_action"] == "update"
    assert "Charlie Oakmere says" in (await workspace.secretariat().last_dm()).headline
