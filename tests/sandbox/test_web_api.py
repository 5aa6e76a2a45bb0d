"""Slack's Web API as the workspace has it: tokens and scopes, people and conversations, pages, and what is malformed."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import httpx
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.slack.methods import METHODS
from bot.sandbox.slack.workspace import BOT, User
from tests.sandbox.conftest import ALEX, APP_TOKEN, BOT_TOKEN, HERE, SAM, SCOPES, THERE, Side, Stand

DM = "D0ALEX"
NO_NUMBERS: Any = (0, -1, 1001, "many", [], {})
OF_APP = "apps.connections.open"
FORM = "application/x-www-form-urlencoded"
AUTHORIZED = {"authorization": f"Bearer {BOT_TOKEN}"}


async def test_the_methods_that_the_issue_asks_for_are_there(slack: Side) -> None:
    asked = """auth.test chat.postMessage chat.update chat.delete chat.postEphemeral chat.getPermalink conversations.open
        conversations.list conversations.info conversations.members conversations.history conversations.replies conversations.join
        users.info users.list users.lookupByEmail views.open views.push views.update views.publish files.getUploadURLExternal
        files.completeUploadExternal files.info team.info apps.connections.open"""
    for method in asked.split():
        assert (await slack.answers(method)).get("error") != "unknown_method", method
    assert await slack.refuses("chat.scheduleMessage") == "unknown_method"
    assert await slack.refuses("auth.TEST") == "unknown_method"


async def test_each_call_needs_a_token_of_the_right_kind(slack: Side) -> None:
    for method in METHODS:
        assert await slack.refuses(method, None) == "not_authed", method
        assert await slack.refuses(method, "xoxb-wrong") == "invalid_auth", method
        other = BOT_TOKEN if method == OF_APP else APP_TOKEN
        assert await slack.refuses(method, other) == "not_allowed_token_type", method


async def test_the_token_may_come_as_a_header_or_in_a_form(slack: Side) -> None:
    sent = {"authorization": f"bearer {BOT_TOKEN}"}
    assert (await slack.client.post("/api/auth.test", headers=sent)).json()["user_id"] == BOT
    assert (await slack.client.post("/api/auth.test", data={"token": BOT_TOKEN})).json()["user_id"] == BOT
    assert (await slack.client.post("/api/auth.test", data={"token": "xoxb-wrong"})).json()["error"] == "invalid_auth"


SCOPE_OF: list[tuple[str, dict[str, Any], str]] = [
    ("chat.postMessage", {"channel": HERE, "text": "Hello"}, "chat:write"),
    ("chat.update", {"channel": HERE, "ts": "1.2", "text": "Hello"}, "chat:write"),
    ("chat.delete", {"channel": HERE, "ts": "1.2"}, "chat:write"),
    ("chat.postEphemeral", {"channel": HERE, "user": ALEX, "text": "Hello"}, "chat:write"),
    ("conversations.open", {"users": ALEX}, "im:write"),
    ("conversations.list", {}, "channels:read"),
    ("conversations.list", {"types": "im"}, "im:read"),
    ("conversations.info", {"channel": HERE}, "channels:read"),
    ("conversations.info", {"channel": DM}, "im:read"),
    ("conversations.members", {"channel": HERE}, "channels:read"),
    ("conversations.members", {"channel": DM}, "im:read"),
    ("conversations.history", {"channel": HERE}, "channels:history"),
    ("conversations.history", {"channel": DM}, "im:history"),
    ("conversations.replies", {"channel": HERE, "ts": "1.2"}, "channels:history"),
    ("conversations.replies", {"channel": DM, "ts": "1.2"}, "im:history"),
    ("conversations.join", {"channel": THERE}, "channels:join"),
    ("users.info", {"user": ALEX}, "users:read"),
    ("users.list", {}, "users:read"),
    ("users.lookupByEmail", {"email": "alex@example.org"}, "users:read.email"),
    ("files.getUploadURLExternal", {"filename": "a.txt", "length": 1}, "files:write"),
    ("files.completeUploadExternal", {"files": [{"id": "F1"}]}, "files:write"),
    ("files.info", {"file": "F1"}, "files:read"),
    ("team.info", {}, "team:read"),
]


async def test_a_scope_that_is_missing_is_named(stand: Stand) -> None:
    for held in (frozenset[str](), frozenset({"commands", "app_mentions:read"})):
        slack = stand.put_up(held)
        for method, args, needed in SCOPE_OF:
            refused = await slack.answers(method, **args)
            assert refused["error"] == "missing_scope", method
            assert refused["needed"] == needed, method
            assert set(filter(None, refused["provided"].split(","))) == held, method


async def test_the_scope_that_is_needed_is_enough(stand: Stand) -> None:
    for method, args, needed in SCOPE_OF:
        answer = await stand.put_up(frozenset({needed})).answers(method, **args)
        assert answer.get("error") != "missing_scope", method


async def test_an_address_is_shown_to_those_who_may_see_it(stand: Stand) -> None:
    for scopes, shown in ((frozenset({"users:read"}), None), (frozenset({"users:read", "users:read.email"}), "alex@example.org")):
        slack = stand.put_up(scopes)
        assert (await slack.calls("users.info", user=ALEX))["user"]["profile"].get("email") == shown


async def test_whose_the_token_is_and_where(slack: Side) -> None:
    whose = await slack.calls("auth.test")
    assert whose["user_id"] == BOT
    assert whose["team_id"] == (await slack.calls("team.info"))["team"]["id"]


async def test_people_are_shown_with_language_and_zone(slack: Side) -> None:
    alex = (await slack.calls("users.info", user=ALEX, include_locale=True))["user"]
    offset = datetime.now(ZoneInfo("America/St_Johns")).utcoffset()
    assert offset
    assert (alex["id"], alex["real_name"], alex["locale"], alex["is_bot"]) == (ALEX, "Alex Tremblay", "fr-CA", False)
    assert (alex["tz"], alex["tz_offset"]) == ("America/St_Johns", offset.total_seconds())
    assert "locale" not in (await slack.calls("users.info", user=ALEX))["user"], "only where it is asked for"
    assert await slack.refuses("users.info", user="U0NOBODY") == "user_not_found"


async def test_people_are_found_by_their_address(slack: Side) -> None:
    assert (await slack.calls("users.lookupByEmail", email="Alex@Example.ORG"))["user"]["id"] == ALEX
    for nobody in ("nobody@example.org", "alex", " "):
        assert await slack.refuses("users.lookupByEmail", email=nobody) == "users_not_found", nobody


async def test_a_conversation_with_somebody_is_always_the_same(slack: Side) -> None:
    opened = [(await slack.calls("conversations.open", users=users))["channel"]["id"] for users in (ALEX, [ALEX], SAM)]
    assert opened[0] == opened[1] != opened[2]
    assert (await slack.calls("conversations.open", users=ALEX, return_im=True))["channel"]["user"] == ALEX
    ts = await slack.says("Hello", ALEX)
    (said,) = (await slack.calls("conversations.history", channel=opened[0]))["messages"]
    assert said["ts"] == ts, "the user's id stands for the conversation"
    assert await slack.refuses("conversations.open", users="U0NOBODY") == "user_not_found"
    assert await slack.refuses("conversations.open", users=BOT) == "cannot_dm_bot"
    assert await slack.refuses("conversations.open") == "users_list_not_supplied"


async def test_channels_and_who_is_in_them(slack: Side) -> None:
    listed = {each["id"]: each for each in (await slack.calls("conversations.list"))["channels"]}
    assert {id_: each["is_member"] for id_, each in listed.items()} == {HERE: True, THERE: False}
    shown = (await slack.calls("conversations.info", channel=HERE, include_num_members=True))["channel"]
    assert (shown["name"], shown["num_members"]) == ("here", 3)
    assert set((await slack.calls("conversations.members", channel=THERE))["members"]) == {ALEX, SAM}
    await slack.calls("conversations.open", users=SAM)
    assert [each["user"] for each in (await slack.calls("conversations.list", types="im"))["channels"]] == [SAM]
    assert await slack.refuses("conversations.list", types="public_channel,forum") == "invalid_types"


async def test_a_channel_that_the_bot_is_not_in_can_be_joined(slack: Side) -> None:
    for method in ("chat.postMessage", "conversations.history"):
        assert await slack.refuses(method, channel=THERE, text="Hello") == "not_in_channel", method
    assert (await slack.calls("conversations.join", channel=THERE))["channel"]["is_member"]
    await slack.calls("conversations.join", channel=THERE)
    assert (await slack.calls("conversations.members", channel=THERE))["members"].count(BOT) == 1
    assert await slack.says("Hello", THERE)
    assert await slack.refuses("conversations.join", channel=DM) == "method_not_supported_for_channel_type"


async def test_with_the_scope_for_it_the_bot_writes_into_public_channels_that_it_is_not_in(stand: Stand) -> None:
    slack = stand.put_up(SCOPES | {"chat:write.public"})
    ts = await slack.says("Hello", THERE)
    await slack.calls("chat.update", channel=THERE, ts=ts, text="Hello again")
    assert await slack.refuses("conversations.history", channel=THERE) == "not_in_channel"
    assert await slack.refuses("chat.postEphemeral", channel=THERE, user=SAM, text="Hello") == "not_in_channel"


async def test_a_channel_that_does_not_exist_is_refused_everywhere(slack: Side) -> None:
    methods = [
        name for name in METHODS if name.startswith(("chat", "conversations")) and name not in ("conversations.open", "conversations.list")
    ]
    assert len(methods) == 10
    for method in methods:
        for channel in ("C0NOWHERE", "D0NOBODY", "#nowhere", "nonsense"):
            refused = await slack.refuses(method, channel=channel, text="Hello", ts="1.2", user=ALEX, message_ts="1.2")
            assert refused == "channel_not_found", (method, channel)


async def test_history_is_newest_first_between_two_moments(slack: Side) -> None:
    first, second, third = [await slack.says(text) for text in ("one", "two", "three")]
    await slack.says("a reply", thread_ts=second)

    async def between(**bounds: Any) -> list[str]:
        found = await slack.calls("conversations.history", channel=HERE, **bounds)
        return [each["ts"] for each in found["messages"]]

    assert await between() == [third, second, first], "what is answered in a thread stands there"
    assert await between(oldest=first) == [third, second]
    assert await between(latest=third) == [second, first]
    assert await between(oldest=first, latest=third) == [second]
    assert await between(oldest=first, latest=third, inclusive=True) == [third, second, first]
    assert await between(oldest="0", latest=second, inclusive="true") == [second, first]
    for name in ("oldest", "latest"):
        assert (await slack.refuses("conversations.history", channel=HERE, **{name: "yesterday"})).startswith("invalid_ts"), name


async def test_a_thread_is_its_message_and_the_replies_oldest_first(slack: Side) -> None:
    parent = await slack.says("one")
    replies = [await slack.says(text, thread_ts=parent) for text in ("two", "three")]
    found = (await slack.calls("conversations.replies", channel=HERE, ts=parent))["messages"]
    assert [each["ts"] for each in found] == [parent, *replies]
    assert found[0]["reply_count"] == 2
    assert {each["thread_ts"] for each in found} == {parent}
    deeper = await slack.says("four", thread_ts=replies[0])
    assert (await slack.calls("conversations.replies", channel=HERE, ts=parent))["messages"][-1]["ts"] == deeper, "threads have no threads"
    assert await slack.refuses("conversations.replies", channel=HERE, ts="1.2") == "thread_not_found"


async def test_pages_cover_everything_exactly_once(slack: Side) -> None:
    for number in range(9):
        slack.workspace.users[f"U0MORE{number}"] = User(f"U0MORE{number}", f"More {number}")
        slack.workspace.conversations[HERE].members.append(f"U0MORE{number}")
    parent = await slack.says("parent")
    replies = [await slack.says(str(number), thread_ts=parent) for number in range(6)]
    said = [await slack.says(str(number)) for number in range(6)]
    everything: list[tuple[str, dict[str, Any], str, Callable[[Any], Any], list[str]]] = [
        ("users.list", {}, "members", lambda each: each["id"], list(slack.workspace.users)),
        ("conversations.list", {}, "channels", lambda each: each["id"], [HERE, THERE]),
        ("conversations.members", {"channel": HERE}, "members", str, slack.workspace.conversations[HERE].members),
        ("conversations.history", {"channel": HERE}, "messages", lambda each: each["ts"], [*said[::-1], parent]),
        ("conversations.replies", {"channel": HERE, "ts": parent}, "messages", lambda each: each["ts"], [parent, *replies]),
    ]
    for method, args, name, key, expected in everything:
        for limit in (1, 2, 3, 5, len(expected), 100):
            pages = await paged(slack, method, name, **args, limit=limit)
            assert [key(each) for page in pages for each in page] == expected, (method, limit)
            assert all(len(page) == limit for page in pages[:-1]), (method, limit)
            assert pages[-1], "a cursor leads to something"


async def paged(slack: Side, method: str, name: str, **args: Any) -> list[list[Any]]:
    """All pages of a list."""
    pages, cursor = [], None
    while cursor != "":
        found = await slack.calls(method, **args, **({"cursor": cursor} if cursor else {}))
        cursor = found["response_metadata"]["next_cursor"]
        assert found.get("has_more", bool(cursor)) == bool(cursor)
        pages.append(found[name])
    return pages


async def test_slacks_own_client_turns_the_pages(slack: Side) -> None:
    said = [await slack.says(str(number)) for number in range(5)]
    client = AsyncWebClient(token=BOT_TOKEN, base_url=f"{slack.api.address}/api/")
    pages = [page["messages"] async for page in await client.conversations_history(channel=HERE, limit=2)]
    assert [len(page) for page in pages] == [2, 2, 1]
    assert [each["ts"] for page in pages for each in page] == said[::-1]
    assert all(later["ts"] < sooner["ts"] for page in pages for sooner, later in pairwise(page))


async def test_limits_and_cursors_that_mean_nothing(slack: Side) -> None:
    parent = await slack.says()
    for method in ("users.list", "conversations.list", "conversations.members", "conversations.history", "conversations.replies"):
        for limit in NO_NUMBERS:
            assert await slack.refuses(method, channel=HERE, ts=parent, limit=limit) == "invalid_limit", (method, limit)
        for cursor in ("nonsense", "dGhpcw==", "c3RhcnQ6eA==", "c3RhcnQ6LTE=", "===="):
            assert await slack.refuses(method, channel=HERE, ts=parent, cursor=cursor) == "invalid_cursor", (method, cursor)


async def test_arguments_may_come_as_json_as_a_form_or_in_the_address(slack: Side) -> None:
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "*é*"}}]
    as_form = urlencode({"channel": HERE, "text": "é", "blocks": json.dumps(blocks)})
    headers = AUTHORIZED | {"content-type": FORM}
    posted = (await slack.client.post("/api/chat.postMessage", content=as_form, headers=headers)).json()
    assert posted["message"]["text"] == "é"
    assert posted["message"]["blocks"][0]["text"] == blocks[0]["text"]
    looked_up = await slack.client.get("/api/users.info", params={"user": ALEX, "include_locale": "true"}, headers=AUTHORIZED)
    assert looked_up.json()["user"]["locale"] == "fr-CA"


async def test_bodies_that_cannot_be_read(slack: Side) -> None:
    too_large = json.dumps({"channel": HERE, "text": "x" * 2_000_000})
    for body, kind, error in [
        (b"{", "application/json", "invalid_json"),
        (b"", "application/json; charset=utf-8", "invalid_json"),
        (b"[" * 100_000, "application/json", "invalid_json"),
        (b"[]", "application/json", "json_not_object"),
        (b'"x"', "application/json", "json_not_object"),
        (b"\xff", FORM, "invalid_form_data"),
        (b"x", "text/plain", "invalid_post_type"),
        (b"x", "multipart/mixed", "invalid_post_type"),
        (too_large.encode(), "application/json", "request_too_large"),
    ]:
        response = await slack.client.post("/api/chat.postMessage", content=body, headers=AUTHORIZED | {"content-type": kind})
        assert (response.status_code, response.json()) == (200, {"ok": False, "error": error}), (body[:10], kind)
    assert await slack.says(), "all is well after it"


NAMES = """channel text blocks metadata user users ts thread_ts message_ts view view_id external_id trigger_id user_id hash limit cursor
    types email oldest latest inclusive include_locale files filename length file channel_id initial_comment title alt_txt token
    include_all_metadata return_im""".split()
LIKELY = st.sampled_from(
    [HERE, THERE, DM, ALEX, BOT, "1.2", "[]", "{}", "modal", {"type": "home", "blocks": []}, {"type": "modal"}, [{"id": "F1"}]]
)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
VALUES = LIKELY | st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3), max_leaves=6
)
ARGUMENTS = st.dictionaries(st.sampled_from(NAMES) | st.text(), VALUES, max_size=8)
FORMS = st.dictionaries(st.sampled_from(NAMES) | st.text(), LIKELY.filter(lambda each: isinstance(each, str)) | st.text(), max_size=8)
BODIES = st.one_of(
    ARGUMENTS.map(lambda args: (json.dumps(args).encode(), "application/json")),
    VALUES.map(lambda value: (json.dumps(value).encode(), "application/json")),
    FORMS.map(lambda form: (urlencode(form).encode(), FORM)),
    st.tuples(st.binary(max_size=60), st.sampled_from(["application/json", FORM, "text/plain", "multipart/form-data", "", "x"])),
)


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(method=st.sampled_from([*sorted(METHODS), "no.such"]), sent=BODIES)
@example(method="chat.postMessage", sent=(json.dumps({"channel": HERE, "text": "x", "blocks": [None]}).encode(), "application/json"))
async def test_whatever_is_sent_is_answered_in_slacks_words(slack: Side, method: str, sent: tuple[bytes, str]) -> None:
    body, kind = sent
    response = await slack.client.post(f"/api/{method}", content=body, headers=AUTHORIZED | {"content-type": kind})
    assert_slacks_words(response)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sent=BODIES)
async def test_whatever_is_sent_to_an_address_of_answers_is_refused(slack: Side, sent: tuple[bytes, str]) -> None:
    response = await slack.client.post("/respond/nowhere", content=sent[0], headers={"content-type": sent[1]})
    assert 400 <= response.status_code < 500
    assert response.json()["error"]


def assert_slacks_words(response: httpx.Response) -> None:
    """Whether it came through or was refused is said as Slack says it."""
    assert response.status_code == 200, response.text
    answer = response.json()
    assert isinstance(answer["ok"], bool)
    assert answer["ok"] or (isinstance(answer["error"], str) and answer["error"])
