"""The workspace's own API, as its page and other tools use it."""

from __future__ import annotations

import asyncio
import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.sandbox.slack.workspace import BOT, Upload
from cadre.core import clock
from tests.slack.claiming import says_who
from tests.workspace import DM, ELSEWHERE, GENERAL, Workspace

QUESTION = "who leads digital identity"


@pytest.fixture
def workspace(plain_workspace: Workspace) -> Workspace:
    """What is tested here does not depend on the database."""
    return plain_workspace


async def test_the_state_says_who_is_there_and_what_time_it_is(workspace: Workspace) -> None:
    state = await workspace.get("state")
    users = {user["id"]: user for user in state["users"]}
    avery = users["U0AVERY"]
    assert (avery["name"], avery["locale"], avery["tz"], avery["dm"]) == ("Avery Plumridge", "en-US", "America/Vancouver", "D0AVERY")
    assert (avery["person"], avery["person_name"], avery["roles"], avery["demo"]) == (
        "avery-plumridge",
        "Avery Plumridge",
        ["member"],
        True,
    )
    assert avery["email"].endswith("@demonstration.example")
    assert avery["initials"] == "AP"
    channels = {channel["id"]: channel for channel in state["channels"]}
    assert channels[GENERAL]["name"] == "general"
    assert set(users) <= set(channels[GENERAL]["members"])
    assert BOT in channels[GENERAL]["members"]
    assert BOT not in channels[ELSEWHERE]["members"]
    assert (state["bot"], state["next_due"], state["offset_seconds"]) == ({"id": BOT, "name": "Cadre"}, None, 0)


async def test_what_is_typed_becomes_slacks_markup(workspace: Workspace) -> None:
    member, lead = workspace.member(), workspace.lead()
    await member.says(f"@Cadre, @{lead.name} & <b>: https://example.org/a?b=1.", GENERAL)
    assert (await lead.sees(GENERAL))[0].text == f"<@{BOT}>, <@{lead.id}> &amp; &lt;b&gt;: <https://example.org/a?b=1>."
    await member.says("mail me@example.org, @nobody, @CADRE", GENERAL)
    said = [each.text for each in await lead.sees(GENERAL) if each["user"] == member.id]
    assert said[-1] == f"mail me@example.org, @nobody, <@{BOT}>"


async def test_a_reply_stands_in_its_thread(workspace: Workspace) -> None:
    member = workspace.member()
    parent = await workspace.lead().says("Who knows?", GENERAL)
    reply = await member.says("Not I.", GENERAL, parent)
    deeper = await member.says("Nor I.", GENERAL, reply)
    await member.says("Something else", GENERAL)
    thread = (await workspace.get("messages", user=member.id, channel=GENERAL, thread_ts=parent))["messages"]
    assert [each["ts"] for each in thread] == [parent, reply, deeper]
    assert {each["thread_ts"] for each in thread} == {parent}
    assert thread[0]["reply_count"] == 2
    assert len(await member.sees(GENERAL)) == 4


async def test_messages_are_shown_with_who_said_them_and_when(workspace: Workspace) -> None:
    member = workspace.member()
    answer = await member.asks(QUESTION, GENERAL)
    asked, answered = await workspace.lead(locale="fr-CA").sees(GENERAL)
    assert (asked["name"], asked["is_bot"], answered["name"], answered["is_bot"]) == (member.name, False, "Cadre", True)
    assert answered.ts == answer.ts
    assert asked["day"].split()[0] in "lundi mardi mercredi jeudi vendredi samedi dimanche".split()
    assert "\xa0h" in asked["time"], "as it is written in French"
    newest = (await workspace.get("messages", user=member.id, channel=GENERAL, limit=1))["messages"]
    assert [each["ts"] for each in newest] == [answer.ts]


async def test_only_members_of_a_conversation_see_it_and_act_in_it(workspace: Workspace) -> None:
    member, lead = workspace.member(), workspace.lead()
    await member.asks(QUESTION)
    workspace.sandbox.workspace.conversations[GENERAL].members.remove(lead.id)
    for channel in (member.dm, GENERAL):
        said = {"user": lead.id, "channel": channel}
        tries = [
            await workspace.client.post("/_sandbox/message", json=said | {"text": "Hello"}),
            await workspace.client.post("/_sandbox/command", json=said | {"command": "/cadre", "text": "help"}),
            await workspace.client.post("/_sandbox/click", json=said | {"action_id": "x"}),
            await workspace.client.get("/_sandbox/messages", params=said),
        ]
        assert [(each.status_code, each.json()["field"]) for each in tries] == [(400, "channel")] * 4, channel
    assert len(await member.sees(DM)) == 2
    assert {each["sent"]["event"]["user"] for each in await workspace.log("message")} == {member.id, BOT}


async def test_a_command_that_does_not_exist_is_told_to_whoever_gave_it(workspace: Workspace) -> None:
    member = workspace.member(locale="fr-CA")
    shown = await member.commands("x", command="/nothing")
    assert (shown["slackbot"], shown["ephemeral"]) == (True, True)
    assert "/nothing" in shown.text
    assert await workspace.log() == []
    assert await workspace.lead().sees(GENERAL) == []


async def test_cadre_is_invited_to_a_channel(workspace: Workspace) -> None:
    member = workspace.member()
    await member.says(f"@Cadre {QUESTION}", ELSEWHERE)
    _, told = await member.sees(ELSEWHERE)
    assert (told["slackbot"], told["ephemeral"]) == (True, True)
    assert "/invite @Cadre" in told.text
    assert await workspace.log() == [], "nothing comes from where Cadre is not"
    await member.commands("@Cadre", ELSEWHERE, "/invite")
    channels = {channel["id"]: channel["members"] for channel in (await workspace.get("state"))["channels"]}
    assert channels[ELSEWHERE].count(BOT) == 1
    assert "Bev Dicks" in (await member.asks(QUESTION, ELSEWHERE)).headline
    again = await member.commands("@Cadre", ELSEWHERE, "/invite")
    assert (again["slackbot"], (await workspace.get("state"))["channels"][2]["members"].count(BOT)) == (True, 1)


async def test_nobody_else_is_invited_nor_into_direct_messages(workspace: Workspace) -> None:
    member = workspace.member()
    for text, channel in (("@Somebody", ELSEWHERE), ("", ELSEWHERE), ("@Cadre", DM)):
        told = await member.commands(text, channel, "/invite")
        assert (told["slackbot"], told["ephemeral"]) == (True, True), text
    assert BOT not in (await workspace.get("state"))["channels"][2]["members"]


async def test_a_command_gives_what_first_comes_of_it(workspace: Workspace) -> None:
    member = workspace.member()
    said = {"user": member.id, "channel": GENERAL, "command": "/cadre", "text": QUESTION}
    response = (await workspace.post("command", **said))["response"]
    assert "Bev Dicks" in response["text"]
    assert response["ts"] == (await member.last(GENERAL)).ts


async def test_somebody_new_is_in_all_channels_and_cadre_is_told(workspace: Workspace) -> None:
    sam = await workspace.joins("Sam Roy", locale="fr-CA", tz="America/St_Johns", email="sam@example.org")
    state = await workspace.get("state")
    assert all(sam.id in channel["members"] for channel in state["channels"])
    shown = next(user for user in state["users"] if user["id"] == sam.id)
    assert (shown["email"], shown["locale"], shown["tz"]) == ("sam@example.org", "fr-CA", "America/St_Johns")
    assert (shown["person"], shown["roles"], shown["demo"]) == (None, [], False)
    assert "Bev Dicks" in (await sam.asks("qui dirige l'identité numérique")).headline


async def test_a_change_of_language_comes_to_cadre(workspace: Workspace) -> None:
    member = workspace.member(locale="en-US")
    assert "You are" in (await member.commands("me")).text
    await member.turns_to("fr-CA")
    (told,) = await workspace.log("user_change")
    assert (told["sent"]["event"]["user"]["id"], told["sent"]["event"]["user"]["locale"]) == (member.id, "fr-CA")
    assert told["status"] == 200
    shown = next(user for user in (await workspace.get("state"))["users"] if user["id"] == member.id)
    assert (shown["locale"], shown["name"], shown["tz"]) == ("fr-CA", member.name, member.tz), "only what was given changes"
    assert "Vous êtes" in (await member.commands("moi")).text


async def test_app_home_is_opened_and_looked_at_again(workspace: Workspace) -> None:
    member = workspace.member()
    assert (await workspace.get("home", user=member.id))["view"] is None
    home = await member.home()
    assert home["type"] == "home"
    assert (await workspace.get("home", user=member.id))["view"]["id"] == home.id
    assert len(await workspace.log("app_home_opened")) == 1, "looking again opens it no second time"


async def test_windows_are_filled_sent_and_closed(workspace: Workspace) -> None:
    newcomer = workspace.newcomer()
    window = await says_who(newcomer)
    assert [view["id"] for view in (await workspace.get("views", user=newcomer.id))["views"]] == [window.id]
    assert (await workspace.get("views", user=workspace.lead().id))["views"] == []
    before = len(await workspace.log(kind="delivery"))
    empty = await newcomer.submits()
    assert (empty["response_action"], list(empty["errors"])) == ("errors", ["person"])
    assert len(await workspace.log(kind="delivery")) == before, "what Slack checks by itself is not even sent"
    assert list((await newcomer.window())["errors"]) == ["person"]
    await newcomer.clicks("people.search", await newcomer.window(), "bev-dicks")
    held = (await newcomer.window())["state"]["values"]["person"]["people.search"]["selected_option"]
    assert held["value"] == "bev-dicks"
    assert len(await workspace.log("block_actions")) == 1, "what was chosen is told only when the window is sent"
    assert (await newcomer.submits())["response_action"] == "update"
    await newcomer.closes()
    assert await newcomer.windows() == []


async def test_only_the_window_in_front_is_sent_or_closed(workspace: Workspace) -> None:
    newcomer = workspace.newcomer()
    below = await says_who(newcomer)
    token = {"authorization": f"Bearer {workspace.sandbox.api.keys.bot_token}"}
    view = {"type": "modal", "title": {"type": "plain_text", "text": "Over it"}, "blocks": []}
    sent = {"trigger_id": workspace.sandbox.triggers.give(newcomer.id), "view": view}
    assert (await workspace.client.post("/api/views.push", json=sent, headers=token)).json()["ok"]
    for call in ("submit", "close"):
        response = await workspace.client.post(f"/_sandbox/{call}", json={"user": newcomer.id, "view_id": below.id})
        assert (response.status_code, response.json()["field"]) == (400, "view_id"), call
    assert [each["title"]["text"] for each in await newcomer.windows()][1:] == ["Over it"]
    await newcomer.closes()
    assert [each.id for each in await newcomer.windows()] == [below.id]
    assert (await workspace.client.post("/api/views.push", json=sent, headers=token)).json()["error"] == "exchanged_trigger_id"
    sent["trigger_id"] = workspace.sandbox.triggers.give(newcomer.id)
    assert (await workspace.client.post("/api/views.push", json=sent, headers=token)).json()["ok"]
    await workspace.post("close", user=newcomer.id, view_id=(await newcomer.window()).id, all=True)
    assert await newcomer.windows() == []


async def test_what_is_required_is_told_in_the_language_of_whoever_sends(workspace: Workspace) -> None:
    told = []
    for locale in ("en-US", "fr-CA"):
        newcomer = workspace.newcomer(locale=locale)
        await says_who(newcomer)
        told.append((await newcomer.submits())["errors"]["person"])
    english, french = told
    assert english
    assert french
    assert english != french


async def test_the_log_has_everything_in_order_with_real_time(workspace: Workspace) -> None:
    await workspace.until(timedelta(hours=1))
    await workspace.quiet()
    start = (await workspace.get("log"))["last"]
    await workspace.member().asks(QUESTION)
    answered = await workspace.get("log", since=start)
    entries = answered["entries"]
    assert [each["n"] for each in entries] == list(range(start + 1, answered["last"] + 1))
    assert {each["kind"] for each in entries} == {"call", "delivery"}
    assert all(datetime.fromisoformat(each["at"]) <= clock.real() for each in entries)
    (posted,) = [each for each in entries if each["name"] == "chat.postMessage"]
    assert posted["sent"]["channel"] == workspace.member().dm
    assert (posted["answer"]["ok"], posted["status"]) == (True, 200)
    assert 0 <= posted["seconds"] < 5
    assert not any("token" in each["sent"] for each in entries if each["kind"] == "call"), "tokens are not for the log"
    assert (await workspace.get("log", since=answered["last"]))["entries"] == []
    assert (await workspace.get("log", since=start + 2))["entries"] == entries[2:]


async def test_a_fault_lasts_as_often_as_it_was_told_to(workspace: Workspace) -> None:
    token = {"authorization": f"Bearer {workspace.sandbox.api.keys.bot_token}"}

    async def status() -> int:
        return (await workspace.client.post("/api/auth.test", headers=token)).status_code

    await workspace.fault("auth.test", "error", times=2)
    assert [await status() for _ in range(3)] == [500, 500, 200]
    await workspace.fault("*", "ratelimited", times=9, retry_after=7)
    limited = await workspace.client.post("/api/auth.test", headers=token)
    assert (limited.status_code, limited.headers["retry-after"], limited.json()["error"]) == (429, "7", "ratelimited")
    await workspace.fault("*", "ratelimited", times=0)
    assert await status() == 200, "it is over"
    await workspace.fault("auth.test", "error", error="fatal_error")
    assert (await workspace.client.post("/api/auth.test", headers=token)).json() == {"ok": False, "error": "fatal_error"}


async def test_a_call_that_hangs_keeps_nobody_else_waiting(workspace: Workspace) -> None:
    await workspace.fault("auth.test", "timeout")
    token = {"authorization": f"Bearer {workspace.sandbox.api.keys.bot_token}"}
    hanging = asyncio.create_task(workspace.client.post("/api/auth.test", headers=token))
    await asyncio.sleep(0.05)
    assert "Bev Dicks" in (await workspace.member().asks(QUESTION)).headline
    assert not hanging.done()
    hanging.cancel()


async def test_a_file_is_shown_or_offered_to_keep(workspace: Workspace) -> None:
    files = {
        "F1": Upload("F1", "map.png", 4, data=b"\x89PNG"),
        "F2": Upload("F2", "page.html", 25, data=b"<script>alert(1)</script>"),
    }
    workspace.sandbox.workspace.files.update(files)
    picture, page = [await workspace.client.get(f"/_sandbox/file/{id_}") for id_ in files]
    assert (picture.content, picture.headers["content-type"]) == (b"\x89PNG", "image/png")
    assert page.content == files["F2"].data
    assert page.headers["content-disposition"].startswith("attachment"), "it must not run in the page"
    assert "html" not in page.headers["content-type"]
    assert (await workspace.client.get("/_sandbox/file/F3")).status_code == 404


async def test_whoever_listens_is_told_what_changed(workspace: Workspace) -> None:
    """Until everything that was waited for has come."""
    told: list[dict[str, Any]] = []

    async def listen() -> None:
        async with workspace.client.stream("GET", "/_sandbox/stream") as response:
            assert response.headers["content-type"].startswith("text/event-stream")
            async for line in response.aiter_lines():
                told.extend([json.loads(line.removeprefix("data: "))] if line.startswith("data: ") else [])
                if {"messages", "views", "home", "state", "log"} <= {each["kind"] for each in told}:
                    return

    listening = asyncio.create_task(listen())
    await asyncio.sleep(0.05)
    newcomer = workspace.newcomer()
    await says_who(newcomer)
    await newcomer.home()
    await newcomer.turns_to("fr-CA")
    await asyncio.wait_for(listening, 5)
    assert {"messages", "log"} <= {each["kind"] for each in told}
    assert any(each["kind"] == "messages" and each["channel"] == GENERAL for each in told)
    assert any(each["kind"] == "views" and each["user"] == newcomer.id for each in told)


async def test_the_page_has_its_texts_in_both_languages(workspace: Workspace) -> None:
    english, french = await workspace.get("texts", locale="en-CA"), await workspace.get("texts", locale="fr-CA")
    assert english.keys() == french.keys()
    assert english["language"] == "Language"
    assert french["language"] == "Langue"


async def test_nothing_from_elsewhere_runs_in_the_page(workspace: Workspace) -> None:
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    for path in ("/", "/_sandbox/page/main.js", "/_sandbox/page/page.css", "/_sandbox/texts"):
        response = await workspace.client.get(path)
        assert (response.status_code, response.headers["content-security-policy"]) == (200, policy), path
    assert (await workspace.client.get("/_sandbox/page/..%2f__init__.py")).status_code == 404
