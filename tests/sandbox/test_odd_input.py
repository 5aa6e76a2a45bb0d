"""Odd input: the workspace refuses it in good order, and goes on."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from bot import cli
from tests.sandbox.conftest import ALEX, HERE, SAM, Side
from tests.sandbox.test_connections import connect
from tests.sandbox.test_web_api import AUTHORIZED, assert_slacks_words
from tests.slack.claiming import says_who
from tests.workspace import GENERAL, Workspace

JSON = AUTHORIZED | {"content-type": "application/json"}


@pytest.mark.parametrize(
    ("method", "body"),
    [
        ("chat.postMessage", rb'{"channel":"C0HERE","text":"\ud800"}'),
        ("conversations.info", rb'{"channel":"\ud800"}'),
        ("views.publish", rb'{"user_id":"U0ALEX","view":{"type":"home","private_metadata":"\ud800","blocks":[]}}'),
        ("chat.postMessage", b'{"channel":"C0HERE","text":"x","metadata":{"event_type":"a","event_payload":{"n":NaN}}}'),
        ("users.list", b'{"limit":1e999}'),
        ("files.getUploadURLExternal", b'{"filename":"a","length":1e999}'),
        ("users.list", '{"cursor":"é"}'.encode()),
    ],
)
async def test_strange_json_is_refused_in_slacks_words(slack: Side, method: str, body: bytes) -> None:
    assert_slacks_words(await slack.client.post(f"/api/{method}", content=body, headers=JSON))
    assert (await slack.calls("conversations.history", channel=HERE, include_all_metadata=True))["ok"]


async def test_metadata_of_any_depth_is_taken_or_refused(slack: Side) -> None:
    for depth in range(900, 1000, 5):
        payload = '{"a":' * depth + "1" + "}" * depth
        body = f'{{"channel":"C0HERE","text":"x","metadata":{{"event_type":"a","event_payload":{payload}}}}}'
        assert_slacks_words(await slack.client.post("/api/chat.postMessage", content=body, headers=JSON))


async def test_strange_json_at_an_address_of_answers_is_refused(slack: Side) -> None:
    assert (await slack.client.post("/respond/nowhere", content=rb'{"text":"\ud800"}')).status_code in (400, 404)


async def test_what_was_posted_can_always_be_looked_at(plain_workspace: Workspace) -> None:
    """A NaN that got in breaks the page for good."""
    token = {"authorization": f"Bearer {plain_workspace.sandbox.api.keys.bot_token}", "content-type": "application/json"}
    body = b'{"channel":"C0GENERAL","text":"x","metadata":{"event_type":"a","event_payload":{"n":NaN}}}'
    await plain_workspace.client.post("/api/chat.postMessage", content=body, headers=token)
    assert await plain_workspace.member().sees(GENERAL) is not None


@pytest_asyncio.fixture
async def session() -> Any:
    async with aiohttp.ClientSession() as made:
        yield made


@pytest.mark.parametrize("said", [b"\xff", '{"envelope_id": []}'])
async def test_nonsense_over_a_connection_is_no_exception(
    slack: Side, session: aiohttp.ClientSession, caplog: pytest.LogCaptureFixture, said: str | bytes
) -> None:
    connection, _ = await connect(slack, session)
    await (connection.send_str(said) if isinstance(said, str) else connection.send_bytes(said))
    await asyncio.sleep(0.1)
    await connection.close()
    assert "Exception" not in caplog.text


@pytest.mark.parametrize("advance", ["P99999999999D", "P999999D", "-P999999D"])
async def test_a_clock_moved_out_of_this_century_is_refused(plain_workspace: Workspace, advance: str) -> None:
    response = await plain_workspace.client.post("/_sandbox/clock", json={"advance": advance})
    assert (response.status_code, response.json()["field"]) == (400, "advance")


async def test_a_value_of_any_shape_is_refused_by_a_menu_that_looks_up(plain_workspace: Workspace) -> None:
    newcomer = plain_workspace.newcomer()
    window = await says_who(newcomer)
    clicked = {"user": newcomer.id, "view_id": window.id, "action_id": "people.search", "value": {"a": 1}}
    response = await plain_workspace.client.post("/_sandbox/click", json=clicked)
    assert (response.status_code, response.json()["field"]) == (400, "value")


@pytest.mark.parametrize(("about", "field"), [({"id": "USLACKBOT"}, "id"), ({"name": " "}, "name"), ({"name": "a\x00b"}, "name")])
async def test_nobody_is_slackbot_or_nameless(plain_workspace: Workspace, about: dict[str, str], field: str) -> None:
    new = {"name": "Sam", "locale": "en-US", "tz": "America/Halifax"} | about
    response = await plain_workspace.client.post("/_sandbox/user", json=new)
    assert (response.status_code, response.json()["field"]) == (400, field)


async def test_somebody_called_cadre_takes_no_mention_away(plain_workspace: Workspace) -> None:
    await plain_workspace.joins("Cadre")
    assert "Bev Dicks" in (await plain_workspace.member().asks("who leads digital identity", GENERAL)).headline


async def test_a_conversation_with_several_is_not_one_with_the_first(slack: Side) -> None:
    answer = await slack.answers("conversations.open", users=f"{ALEX},{SAM}")
    assert answer.get("channel", {}).get("id") != "D0ALEX"


async def test_a_port_that_does_not_exist_leaks_no_socket(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["sandbox", "--port", "70000", "--no-open"]) == 1  # ResourceWarning: socket.create_server leaves it open
    assert "70000" in capsys.readouterr().err
