"""Slack's side with Cadre in it keeps the same rules."""

from __future__ import annotations

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.claiming import says_who
from tests.workspace import GENERAL, Workspace


@pytest.fixture
def workspace(plain_workspace: Workspace) -> Workspace:
    """What is tested here does not depend on the database."""
    return plain_workspace


async def test_cadre_has_the_scopes_of_its_manifest_and_no_others(workspace: Workspace) -> None:
    client = AsyncWebClient(token=workspace.sandbox.api.keys.bot_token, base_url=f"{workspace.sandbox.address}/api/")
    posted = await client.chat_postMessage(channel=GENERAL, text="Hello")
    assert (await workspace.member().last(GENERAL)).ts == posted["ts"]
    headers = {"authorization": f"Bearer {client.token}"}
    refused = (await workspace.client.post("/api/team.info", headers=headers)).json()
    assert (refused["error"], refused["needed"]) == ("missing_scope", "team:read")
    held = "app_mentions:read channels:history channels:join chat:write chat:write.public commands files:read files:write"
    assert sorted(refused["provided"].split(",")) == [*held.split(), "im:history", "im:write", "users:read", "users:read.email"]


async def test_an_ephemeral_message_is_seen_by_one_alone(workspace: Workspace) -> None:
    lead, member = workspace.lead(), workspace.member()
    headers = {"authorization": f"Bearer {workspace.sandbox.api.keys.bot_token}"}
    sent = {"channel": GENERAL, "user": lead.id, "text": "Only you"}
    ts = (await workspace.client.post("/api/chat.postEphemeral", json=sent, headers=headers)).json()["message_ts"]
    (seen,) = await lead.sees(GENERAL)
    assert (seen.ts, seen["ephemeral"]) == (ts, True)
    assert await member.sees(GENERAL) == []
    assert await workspace.log("message") == [], "nor is it an event"


async def test_the_trigger_of_a_click_is_used_up_by_the_window_that_it_opened(workspace: Workspace) -> None:
    newcomer = workspace.newcomer()
    window = await says_who(newcomer)
    (opened,) = await workspace.sent("views.open")
    headers = {"authorization": f"Bearer {workspace.sandbox.api.keys.bot_token}"}
    sent = {"trigger_id": opened["trigger_id"], "view": {"type": "modal", "title": {"type": "plain_text", "text": "Another"}, "blocks": []}}
    again = await workspace.client.post("/api/views.open", json=sent, headers=headers)
    assert again.json()["error"] == "exchanged_trigger_id"
    assert [each.id for each in await newcomer.windows()] == [window.id]
