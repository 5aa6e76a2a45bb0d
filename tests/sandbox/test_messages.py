"""Messages by the Web API: posted, changed, taken away, seen by one shared, with files; and answers at the addresses of clicks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import httpx
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.slack.triggers import ResponseAddress
from bot.sandbox.slack.workspace import BOT
from tests.sandbox.conftest import ALEX, BOT_TOKEN, HERE, SAM, THERE, Side

NOTHING: Any = ([], {}, 7)
METADATA = {"event_type": "reminder", "event_payload": {"key": "call-7:2027-03-01:first:sam", "n": 1}}
ISSUING = ("chat.postMessage", "chat.update", "chat.postEphemeral")
"""The methods that say something."""


def section(text: str = "*Hello*", **more: Any) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def button(action_id: str) -> dict[str, Any]:
    return {"type": "button", "action_id": action_id, "text": {"type": "plain_text", "text": "Go"}}


async def history(slack: Side, **args: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await slack.calls("conversations.history", channel=HERE, **args))["messages"]
    return found


async def test_what_was_posted_stands_in_the_channel(slack: Side) -> None:
    posted = await slack.calls("chat.postMessage", channel="#here", text="Hello", blocks=[section()])
    assert posted["channel"] == HERE
    (said,) = await history(slack)
    assert posted["message"] == said
    assert (said["ts"], said["user"], said["text"]) == (posted["ts"], BOT, "Hello")
    assert said["bot_id"] == (await slack.calls("auth.test"))["bot_id"]
    (block,) = said["blocks"]
    assert block["text"]["text"] == "*Hello*"
    assert block["block_id"], "a block without a name is given one"


async def test_no_two_messages_have_the_same_timestamp(slack: Side) -> None:
    before = [await slack.says(str(number)) for number in range(20)]
    assert before == sorted(set(before))
    slack.later(timedelta(days=-1))
    slack.workspace.clock_was_set()
    assert len({*before, *[await slack.says(str(number)) for number in range(20)]}) == 40


async def test_nothing_to_say_is_refused(slack: Side) -> None:
    ts = await slack.says()
    for method in ISSUING:
        for given in ({}, {"text": ""}, {"blocks": [section()]}, {"text": "", "blocks": [section()]}):
            assert await slack.refuses(method, channel=HERE, ts=ts, user=ALEX, **given) == "no_text", (method, given)


async def test_forty_thousand_characters_are_as_many_as_a_message_holds(slack: Side) -> None:
    ts = await slack.says("é" * 40_000)
    for method in ISSUING:
        assert await slack.refuses(method, channel=HERE, ts=ts, user=ALEX, text="é" * 40_001) == "msg_too_long", method
    assert (await history(slack))[0]["text"] == "é" * 40_000


async def test_the_path_to_what_is_wrong_in_a_block_is_told(slack: Side) -> None:
    ts = await slack.says()
    twice = {"type": "actions", "elements": [button("go"), button("go")]}
    for blocks, path in [
        ([section(), section("")], "/blocks/1/text/text"),
        ([section("x" * 3001)], "/blocks/0/text/text"),
        ([section(colour="red")], "/blocks/0"),
        ([{"type": "poem"}], "/blocks/0/type"),
        ([section(block_id="a"), section(block_id="a")], "/blocks/1/block_id"),
        ([twice], "/blocks/0/elements/1/action_id"),
        ([section()] * 51, "/blocks"),
        ({}, "/blocks"),
        ([{"type": "section"}], "/blocks/0/type"),
        ([section(accessory={"type": "static_select", "action_id": "a", "options": []})], "/blocks/0/accessory/options"),
    ]:
        for method in ISSUING:
            refused = await slack.answers(method, channel=HERE, ts=ts, user=ALEX, text="Hello", blocks=blocks)
            assert refused["error"] == "invalid_blocks", (method, path)
            messages = refused["response_metadata"]["messages"]
            assert any(f"[json-pointer:{path}]" in message for message in messages), (path, messages)
    assert len(await history(slack)) == 1, "nothing of it was posted"


async def test_metadata_is_kept_and_shown_to_whoever_asks_for_it(slack: Side) -> None:
    posted = await slack.calls("chat.postMessage", channel=HERE, text="Hello", metadata=METADATA)
    assert posted["message"]["metadata"] == METADATA
    await slack.says("Hello again", thread_ts=posted["ts"], metadata=METADATA)
    replies = {"channel": HERE, "ts": posted["ts"]}
    for method, args in (("conversations.history", {"channel": HERE}), ("conversations.replies", replies)):
        told = (await slack.calls(method, **args, include_all_metadata=True))["messages"]
        assert all(each["metadata"] == METADATA for each in told), method
        assert not any("metadata" in each for each in (await slack.calls(method, **args))["messages"]), method


async def test_metadata_outlives_a_change_of_the_message(slack: Side) -> None:
    ts = await slack.says("Hello", metadata=METADATA)
    await slack.calls("chat.update", channel=HERE, ts=ts, text="Hello, all")
    assert (await history(slack, include_all_metadata=True))[0]["metadata"] == METADATA
    other = {"event_type": "done", "event_payload": {}}
    await slack.calls("chat.update", channel=HERE, ts=ts, text="Hello, all", metadata=other)
    assert (await history(slack, include_all_metadata=True))[0]["metadata"] == other


async def test_metadata_that_is_malformed_is_refused(slack: Side) -> None:
    payload = {"event_payload": {"key": "1"}}
    for malformed in (*NOTHING, payload, {"event_type": "a"}, {"event_type": 7, **payload}, {"event_type": "a", "event_payload": "b"}):
        assert await slack.refuses("chat.postMessage", channel=HERE, text="Hello", metadata=malformed) == "invalid_metadata_format", (
            malformed
        )
    large = {"event_type": "a", "event_payload": {"key": "x" * 16_001}}
    assert await slack.refuses("chat.postMessage", channel=HERE, text="Hello", metadata=large) == "metadata_too_large"
    assert await history(slack) == []


async def test_a_reply_stands_in_its_thread(slack: Side) -> None:
    parent = await slack.says()
    posted = await slack.calls("chat.postMessage", channel=HERE, text="A reply", thread_ts=parent)
    assert posted["message"]["thread_ts"] == parent
    assert await slack.refuses("chat.postMessage", channel=HERE, text="A reply", thread_ts="1.2") == "thread_not_found"


async def test_own_messages_are_changed_and_taken_away(slack: Side) -> None:
    ts, other = await slack.says("Hello"), await slack.says("Another")
    changed = await slack.calls("chat.update", channel=HERE, ts=ts, text="Good day", blocks=[section("*Good day*")])
    assert (changed["ts"], changed["text"]) == (ts, "Good day")
    newest, said = await history(slack)
    assert newest["text"] == "Another"
    assert (said["text"], said["blocks"][0]["text"]["text"]) == ("Good day", "*Good day*")
    assert said["edited"]["user"] == BOT
    await slack.calls("chat.delete", channel=HERE, ts=ts)
    assert [each["ts"] for each in await history(slack)] == [other]
    for method in ("chat.update", "chat.delete"):
        assert await slack.refuses(method, channel=HERE, ts=ts, text="x") == "message_not_found", method


async def test_what_others_said_is_neither_changed_nor_taken_away(slack: Side) -> None:
    said = slack.workspace.post(slack.workspace.conversations[HERE], ALEX, {"text": "My own words"})
    assert await slack.refuses("chat.update", channel=HERE, ts=said.ts, text="x") == "cant_update_message"
    assert await slack.refuses("chat.delete", channel=HERE, ts=said.ts) == "cant_delete_message"
    assert (await history(slack))[0]["text"] == "My own words"


async def test_an_ephemeral_message_is_in_no_history_and_cannot_be_touched(slack: Side) -> None:
    parent = await slack.says()
    ts = (await slack.calls("chat.postEphemeral", channel=HERE, user=ALEX, text="Only you", thread_ts=parent))["message_ts"]
    assert [each["ts"] for each in await history(slack)] == [parent]
    assert len((await slack.calls("conversations.replies", channel=HERE, ts=parent))["messages"]) == 1
    assert await slack.refuses("chat.update", channel=HERE, ts=ts, text="x") == "message_not_found"
    assert await slack.refuses("chat.delete", channel=HERE, ts=ts) == "message_not_found"
    assert await slack.refuses("chat.getPermalink", channel=HERE, message_ts=ts) == "message_not_found"
    assert await slack.refuses("conversations.replies", channel=HERE, ts=ts) == "thread_not_found"
    assert await slack.refuses("chat.postEphemeral", channel=HERE, user="U0NOBODY", text="x") == "user_not_in_channel"
    slack.workspace.conversations[HERE].members.remove(SAM)
    assert await slack.refuses("chat.postEphemeral", channel=HERE, user=SAM, text="x") == "user_not_in_channel"


async def test_a_permalink_leads_to_a_message(slack: Side) -> None:
    parent = await slack.says()
    reply = await slack.says("A reply", thread_ts=parent)
    link = (await slack.calls("chat.getPermalink", channel=HERE, message_ts=parent))["permalink"]
    assert httpx.URL(link).path == f"/archives/{HERE}/p{parent.replace('.', '')}"
    within = (await slack.calls("chat.getPermalink", channel=HERE, message_ts=reply))["permalink"]
    assert httpx.URL(within).params["thread_ts"] == parent
    assert await slack.refuses("chat.getPermalink", channel=HERE, message_ts="1.2") == "message_not_found"


async def announced(slack: Side, **more: Any) -> dict[str, Any]:
    """A file of three bytes that is announced."""
    return await slack.calls("files.getUploadURLExternal", filename="plan.ics", length=3, **more)


async def test_a_file_is_announced_filled_and_shared(slack: Side) -> None:
    parent = await slack.says()
    upload = await announced(slack, alt_txt="A plan")
    assert (await slack.client.post(upload["upload_url"], content=b"abc")).status_code == 200
    shared = {"id": upload["file_id"], "title": "The plan"}
    answered = await slack.calls("files.completeUploadExternal", files=[shared], channel_id=HERE, initial_comment="Here", thread_ts=parent)
    assert answered["files"][0]["id"] == upload["file_id"]
    said = (await slack.calls("conversations.replies", channel=HERE, ts=parent))["messages"][1]
    (file,) = said["files"]
    assert (said["text"], file["name"], file["title"], file["size"]) == ("Here", "plan.ics", "The plan", 3)
    assert (file["mimetype"], file["alt_txt"]) == ("text/calendar", "A plan")
    assert slack.workspace.files[upload["file_id"]].data == b"abc"


async def test_slacks_own_client_uploads(slack: Side) -> None:
    client = AsyncWebClient(token=BOT_TOKEN, base_url=f"{slack.api.address}/api/")
    data = bytes(range(256)) * 100
    done = await client.files_upload_v2(channel=HERE, content=data, filename="map.png", title="The map", initial_comment="See")
    assert slack.workspace.files[done["file"]["id"]].data == data
    assert (await history(slack))[0]["files"][0]["title"] == "The map"
    with pytest.raises(SlackApiError, match="not_in_channel"):
        await client.files_upload_v2(channel=THERE, content=data, filename="map.png")


async def test_a_file_is_what_was_announced_and_is_shared_once(slack: Side) -> None:
    upload = await announced(slack)
    unfilled = await slack.refuses("files.completeUploadExternal", files=[{"id": upload["file_id"]}], channel_id=HERE)
    assert unfilled == "file_not_found"
    assert (await slack.client.post(upload["upload_url"], content=b"abcd")).status_code == 400
    assert (await slack.client.post(upload["upload_url"], content=b"abc")).status_code == 200
    assert (await slack.client.post(upload["upload_url"], content=b"xyz")).status_code == 404, "it is filled"
    assert (await slack.client.post(f"{upload['upload_url']}x", content=b"abc")).status_code == 404
    await slack.calls("files.completeUploadExternal", files=[{"id": upload["file_id"]}], channel_id=HERE)
    again = await slack.refuses("files.completeUploadExternal", files=[{"id": upload["file_id"]}], channel_id=HERE)
    assert again == "file_not_found"
    assert len(await history(slack)) == 1
    for files in (None, *NOTHING, "F1", [{}], [{"id": 7}]):
        assert await slack.refuses("files.completeUploadExternal", files=files) == "invalid_arguments", files
    for length in (None, 0, -1, "many"):
        assert await slack.refuses("files.getUploadURLExternal", filename="a", length=length), length


@pytest.fixture
def clicked(slack: Side) -> ResponseAddress:
    """Where a click in the bot's message, by one person, is answered."""
    said = slack.workspace.post(slack.workspace.conversations[HERE], BOT, {"text": "Which?"})
    return ResponseAddress(ALEX, HERE, slack.workspace.now(), said.ts)


async def respond(slack: Side, at: ResponseAddress | str, **said: Any) -> int:
    """Answer at an address: the status that comes back."""
    name = at if isinstance(at, str) else slack.api.triggers.address(at)
    return (await slack.client.post(f"/respond/{name}", json=said)).status_code


async def test_an_answer_is_for_one_unless_it_says_that_all_may_see_it(slack: Side, clicked: ResponseAddress) -> None:
    assert await respond(slack, clicked, text="Only you") == 200
    assert await respond(slack, clicked, text="You too", response_type="ephemeral") == 200
    assert [each["text"] for each in await history(slack)] == ["Which?"]
    assert await respond(slack, clicked, text="All", response_type="in_channel") == 200
    assert [each["text"] for each in await history(slack)] == ["All", "Which?"]
    seen = {said.payload["text"]: said.seen_by for said in slack.workspace.conversations[HERE].messages.values()}
    assert seen == {"Which?": None, "Only you": ALEX, "You too": ALEX, "All": None}


async def test_an_answer_replaces_or_takes_away_what_was_clicked_in(slack: Side, clicked: ResponseAddress) -> None:
    assert await respond(slack, clicked, text="This one", replace_original=True, blocks=[section()]) == 200
    (said,) = await history(slack)
    assert (said["ts"], said["text"]) == (clicked.ts, "This one")
    assert await respond(slack, clicked, delete_original=True) == 200
    assert await history(slack) == []


async def test_an_answer_is_posted_where_the_bot_is_not(slack: Side) -> None:
    at = ResponseAddress(ALEX, THERE, slack.workspace.now())
    assert await respond(slack, at, text="All", response_type="in_channel") == 200
    assert [said.payload["text"] for said in slack.workspace.conversations[THERE].messages.values()] == ["All"]


async def test_an_address_takes_five_answers(slack: Side, clicked: ResponseAddress) -> None:
    name = slack.api.triggers.address(clicked)
    assert [await respond(slack, name, text=str(number)) for number in range(7)] == [200] * 5 + [404] * 2
    assert len(slack.workspace.conversations[HERE].messages) == 1 + 5


async def test_an_address_takes_answers_for_half_an_hour(slack: Side, clicked: ResponseAddress) -> None:
    name = slack.api.triggers.address(clicked)
    slack.later(timedelta(minutes=29, seconds=50))
    assert await respond(slack, name, text="In time") == 200
    slack.later(timedelta(seconds=20))
    assert await respond(slack, name, text="Too late") == 404
    assert len(slack.workspace.conversations[HERE].messages) == 1 + 1


async def test_answers_are_checked_as_messages_are(slack: Side, clicked: ResponseAddress) -> None:
    for said in ({}, {"text": "x" * 40_001}, {"text": "x", "blocks": [{"type": "poem"}]}, {"text": "x", "response_type": "shouted"}):
        assert await respond(slack, slack.api.triggers.address(clicked), **said) == 400, said
    assert await respond(slack, "nowhere", text="Hello") == 404
    assert len(slack.workspace.conversations[HERE].messages) == 1
