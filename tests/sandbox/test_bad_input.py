"""Whatever is sent to the workspace's own API is done or refused with the field that is wrong; and only its own page may send it."""

from __future__ import annotations

import json
from typing import Any

import pytest
import pytest_asyncio
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.sandbox.slack.workspace import BOT
from tests.slack.claiming import says_who
from tests.workspace import DM, GENERAL, Workspace

AVERY, ALIX = "U0AVERY", "U0ALIX"
SAID = {"user": AVERY, "channel": DM, "text": "help"}
NEW = {"name": "Sam Roy", "locale": "en-US", "tz": "America/Halifax"}
WRONG: list[tuple[str, Any, str]] = [
    ("message", SAID | {"user": "U0NOBODY"}, "user"),
    ("message", SAID | {"user": BOT}, "user"),
    ("message", SAID | {"user": 7}, "user"),
    ("message", {"channel": DM, "text": "help"}, "user"),
    ("message", SAID | {"channel": "C0NOWHERE"}, "channel"),
    ("message", SAID | {"channel": "D0ALIX"}, "channel"),
    ("message", SAID | {"channel": ""}, "channel"),
    ("message", SAID | {"text": " \n"}, "text"),
    ("message", SAID | {"text": None}, "text"),
    ("message", SAID | {"text": "x" * 40_001}, "text"),
    ("message", SAID | {"thread_ts": "1.2"}, "thread_ts"),
    ("message", SAID | {"colour": "red"}, "colour"),
    ("command", SAID, "command"),
    ("command", SAID | {"command": "/cadre", "channel": "D0ALIX"}, "channel"),
    ("click", {"user": AVERY, "action_id": "nothing"}, "action_id"),
    ("click", {"user": AVERY, "action_id": "x", "channel": "D0ALIX", "message_ts": "1.2"}, "channel"),
    ("click", {"user": AVERY, "action_id": "x", "channel": DM, "message_ts": "1.2"}, "message_ts"),
    ("click", {"user": AVERY, "action_id": "x", "view_id": "V0NOTHING"}, "view_id"),
    ("click", {"user": AVERY, "action_id": "x", "view_id": "home"}, "view_id"),
    ("click", {"user": AVERY}, "action_id"),
    ("submit", {"user": AVERY, "view_id": "V0NOTHING"}, "view_id"),
    ("submit", {"user": AVERY, "view_id": "V0NOTHING", "values": []}, "values"),
    ("close", {"user": AVERY, "view_id": "V0NOTHING"}, "view_id"),
    ("close", {"user": AVERY, "view_id": "V0NOTHING", "all": "yes"}, "all"),
    ("options", {"user": AVERY, "action_id": "x", "view_id": "V0NOTHING", "value": "a"}, "view_id"),
    ("options", {"user": AVERY, "action_id": "x", "value": 7}, "value"),
    ("shortcut", {"user": AVERY, "callback_id": "nothing"}, "callback_id"),
    ("shortcut", {"user": AVERY, "callback_id": "nothing", "channel": DM, "message_ts": "1.2"}, "callback_id"),
    ("home", {"user": "U0NOBODY"}, "user"),
    ("home", {}, "user"),
    ("user", {"name": "Sam Roy", "tz": "America/Halifax"}, "locale"),
    ("user", NEW | {"locale": "French"}, "locale"),
    ("user", NEW | {"tz": "Halifax"}, "tz"),
    ("user", NEW | {"tz": "../../etc/passwd"}, "tz"),
    ("user", NEW | {"email": "sam"}, "email"),
    ("user", NEW | {"name": ""}, "name"),
    ("user", NEW | {"id": "sam"}, "id"),
    ("user", NEW | {"id": BOT}, "id"),
    ("user", {"id": AVERY, "locale": "fr"}, "locale"),
    ("clock", {"advance": "a week"}, "advance"),
    ("clock", {"advance": "P"}, "advance"),
    ("clock", {"advance": "P7D7D"}, "advance"),
    ("clock", {"advance": 7}, "advance"),
    ("clock", {"set": "2027-03-01T09:00:00"}, "set"),
    ("clock", {"set": "2027-03-01T09:00:00", "zone": "Halifax"}, "zone"),
    ("clock", {"set": "yesterday"}, "set"),
    ("clock", {"set": "9999-12-31T23:59:59-05:00"}, "set"),
    ("clock", {"next": True}, "next"),
    ("fault", {"method": "chat.shout", "kind": "error"}, "method"),
    ("fault", {"method": "chat.update", "kind": "earthquake"}, "kind"),
    ("fault", {"method": "chat.update", "kind": "error", "times": -1}, "times"),
    ("fault", {"method": "chat.update", "kind": "error", "error": "Not A Code"}, "error"),
    ("fault", {"method": "chat.update", "kind": "ratelimited", "retry_after": "soon"}, "retry_after"),
    ("fault", {"method": "socket", "kind": "down"}, "method"),
    ("redeliver", {"last": 0}, "last"),
    ("redeliver", {"last": "all"}, "last"),
    ("redeliver", {}, "last"),
    ("reset", {"now": True}, "now"),
]
CALLS = sorted({call for call, _, _ in WRONG})


@pytest.fixture
def workspace(plain_workspace: Workspace) -> Workspace:
    """What is tested here does not depend on the database."""
    return plain_workspace


async def test_what_is_wrong_is_refused_with_its_field(workspace: Workspace) -> None:
    for call, body, field in WRONG:
        response = await workspace.client.post(f"/_sandbox/{call}", json=body)
        assert response.status_code == 400, (call, body)
        refused = response.json()
        assert (refused["error"], refused["field"]) == ("invalid", field), (call, body)
        assert refused["message"], (call, body)
    assert await workspace.log() == [], "nothing of it came to Cadre"


async def test_a_clock_is_moved_by_one_of_three(workspace: Workspace) -> None:
    for body in ({}, {"advance": "P1D", "next": True}, {"advance": "P1D", "set": "2027-03-01T09:00:00-05:00"}):
        response = await workspace.client.post("/_sandbox/clock", json=body)
        assert (response.status_code, response.json()["error"]) == (400, "invalid"), body


async def test_what_is_no_json_is_refused(workspace: Workspace) -> None:
    for call in CALLS:
        for body in (b"{", b"[]", b"null", b"7", b'"x"', b"\xff", b"NaN", b"[" * 100_000, b'{"user": "\\ud800"}', b'{"user": 1e999}'):
            response = await workspace.client.post(f"/_sandbox/{call}", content=body)
            assert (response.status_code, response.json()["error"]) == (400, "invalid"), (call, body[:20])
    large = json.dumps(SAID | {"text": "x" * 1_000_000})
    response = await workspace.client.post("/_sandbox/message", content=large)
    assert (response.status_code, response.json()["field"]) == (400, "body")


async def test_questions_to_the_workspace_are_checked_too(workspace: Workspace) -> None:
    for query, field in [
        ("messages", "user"),
        ("messages?user=U0NOBODY", "user"),
        (f"messages?user={BOT}", "user"),
        (f"messages?user={AVERY}&channel=C0NOWHERE", "channel"),
        (f"messages?user={AVERY}&channel=D0ALIX", "channel"),
        (f"messages?user={AVERY}&limit=many", "limit"),
        (f"messages?user={AVERY}&limit=-1", "limit"),
        ("views", "user"),
        ("views?user=U0NOBODY", "user"),
        ("home?user=U0NOBODY", "user"),
        ("log?since=yesterday", "since"),
        ("log?since=-1", "since"),
        ("log?since=²", "since"),
        (f"log?since={'9' * 5000}", "since"),
    ]:
        response = await workspace.client.get(f"/_sandbox/{query}")
        assert (response.status_code, response.json()["field"]) == (400, field), query[:60]


async def test_what_stands_in_a_window_is_checked(workspace: Workspace) -> None:
    newcomer = workspace.newcomer()
    window = await says_who(newcomer)

    async def refused(call: str, **body: Any) -> str:
        response = await workspace.client.post(f"/_sandbox/{call}", json={"user": newcomer.id, "view_id": window.id} | body)
        assert response.status_code == 400, response.text
        field: str = response.json()["field"]
        return field

    assert await refused("click", action_id="people.search", value="nobody-at-all") == "value"
    assert await refused("click", action_id="people.search", value=["bev-dicks"]) == "value"
    assert await refused("click", action_id="people.nothing") == "action_id"
    assert await refused("submit", values={"nothing": "x"}) == "values.nothing"
    assert await refused("submit", values={"person": ["bev-dicks"]}) == "values.person"
    for call in ("submit", "close"):
        assert await refused(call, user=ALIX) == "view_id", "it is somebody else's"
    assert await refused("options", action_id="people.search", value="Verm", user=ALIX) == "view_id"
    assert await newcomer.windows() != []


@pytest_asyncio.fixture
async def good(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> dict[str, dict[str, Any]]:
    """For each call a body that is well: somebody has a window open, and a message with buttons. Nobody waits for what does not come."""
    monkeypatch.setattr("bot.sandbox.people.SECONDS", 0.05)
    newcomer = workspace.newcomer()
    window = {"user": newcomer.id, "view_id": (await says_who(newcomer)).id}
    answer = await workspace.user(AVERY).asks("who leads digital identity")
    pressed = answer.element(answer.buttons[0])
    clicked = {"user": AVERY, "action_id": pressed["action_id"], "block_id": pressed["block_id"], "channel": DM, "message_ts": answer.ts}
    return {
        "message": SAID | {"thread_ts": answer.ts},
        "command": SAID | {"channel": GENERAL, "command": "/cadre"},
        "click": clicked | {"value": None, "view_id": None},
        "submit": window | {"values": {"person": None}},
        "close": window | {"all": False},
        "options": window | {"action_id": "people.search", "value": "Verm", "block_id": "person"},
        "shortcut": {"user": AVERY, "callback_id": "x", "channel": DM, "message_ts": answer.ts},
        "home": {"user": AVERY},
        "user": NEW | {"id": "U0SAM", "email": "sam@example.org"},
        "clock": {"advance": "PT1H", "set": None, "next": False},
        "fault": {"method": "chat.update", "kind": "error", "times": 0, "error": "x", "retry_after": 1, "done": False},
        "redeliver": {"last": 1},
        "reset": {},
    }


LIKELY = (AVERY, ALIX, BOT, DM, GENERAL, "/cadre", "home", "1.2", "bev-dicks", "fr-CA", "UTC", "P1D", "down", "2027-03-01T09:00:00Z")
SCALARS = st.sampled_from(LIKELY) | st.none() | st.booleans() | st.integers() | st.floats() | st.text()
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3), max_leaves=5)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
async def test_whatever_comes_is_done_or_refused(workspace: Workspace, good: dict[str, dict[str, Any]], data: st.DataObject) -> None:
    call = data.draw(st.sampled_from(CALLS))
    fields = st.dictionaries(st.sampled_from([*good[call], "nothing"]), VALUES, min_size=1, max_size=2)
    body = data.draw(fields.map(lambda changed: good[call] | changed) | VALUES)
    response = await workspace.client.post(f"/_sandbox/{call}", content=json.dumps(body))
    assert response.status_code in (200, 400), response.text
    if response.status_code == 400:
        refused = response.json()
        assert refused["error"] == "invalid"
        assert isinstance(refused["field"], str)
        assert refused["field"]
        assert refused["message"]


@pytest_asyncio.fixture
async def shaken(workspace: Workspace) -> Workspace:
    """A workspace to which all sorts of things were sent."""
    fault = {"method": "*", "kind": "error", "times": 9}
    bodies: tuple[Any, ...] = ({}, [], SAID, SAID | {"command": "/cadre"}, {"user": AVERY, "view_id": "home"}, fault)
    for call in CALLS:
        for body in bodies:
            await workspace.client.post(f"/_sandbox/{call}", json=body)
    await workspace.post("fault", method="*", kind="error", times=0)
    return workspace


async def test_after_all_that_a_question_is_answered(shaken: Workspace) -> None:
    await shaken.refresh()
    assert "Bev Dicks" in (await shaken.member().asks("who leads digital identity")).headline


async def test_another_site_in_the_same_browser_can_do_nothing(workspace: Workspace) -> None:
    """Every browser says where a request comes from by Origin, newer ones by Sec-Fetch-Site too."""
    elsewhere = ("https://example.org", "null", workspace.sandbox.address.replace("http:", "https:").replace("127.0.0.1", "localhost"))
    for headers in (*({"sec-fetch-site": site} for site in ("cross-site", "same-site")), *({"origin": origin} for origin in elsewhere)):
        for call in CALLS:
            response = await workspace.client.post(f"/_sandbox/{call}", json=SAID, headers=headers)
            assert response.status_code == 403, (call, headers)
    assert await workspace.member().sees() == []
    own = {"sec-fetch-site": "same-origin", "origin": workspace.sandbox.address}
    assert (await workspace.client.post("/_sandbox/message", json=SAID, headers=own)).status_code == 200


@pytest.mark.parametrize("host", ["sandbox.example.org", "localhost.example.org", "127.0.0.1.example.org"])
async def test_another_name_that_leads_here_is_refused(workspace: Workspace, host: str) -> None:
    """A site can point its own name at this computer, and would then be of the same origin."""
    for path in ("/", "/_sandbox/state", "/_sandbox/log", "/api/auth.test", "/health"):
        assert (await workspace.client.get(path, headers={"host": host})).status_code == 400, path
    assert (await workspace.client.post("/_sandbox/reset", json={}, headers={"host": host})).status_code == 400
