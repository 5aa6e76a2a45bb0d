"""What the workspace delivers to Cadre over HTTP, and what people see of it where it fails."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass

import aiohttp
import pytest
import pytest_asyncio
from slack_sdk.signature import SignatureVerifier
from starlette.responses import JSONResponse, PlainTextResponse

from bot.sandbox.slack.deliveries import Http
from bot.sandbox.slack.workspace import BOT
from tests.sandbox.conftest import Bot, Came
from tests.slack.claiming import says_who
from tests.workspace import DM, ELSEWHERE, GENERAL, Workspace

QUESTION = "who leads digital identity"
SECRET = "a secret"


@pytest.fixture
def workspace(plain_workspace: Workspace) -> Workspace:
    """What is tested here does not depend on the database."""
    return plain_workspace


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing waits between repetitions, what takes 0.8 s takes too long, and nobody waits longer."""
    monkeypatch.setattr("bot.sandbox.slack.deliveries.RETRIES", (0.0, 0.0, 0.0))
    monkeypatch.setattr("bot.sandbox.slack.deliveries.SECONDS", 0.8)
    monkeypatch.setattr("bot.sandbox.people.SECONDS", 0.8)


@pytest_asyncio.fixture
async def carriers(workspace: Workspace) -> AsyncIterator[Carriers]:
    """Ways to somebody else in Cadre's place, for as long as the test runs."""
    before = workspace.sandbox.deliveries.carrier
    async with aiohttp.ClientSession() as session:
        yield Carriers(workspace, session)
    workspace.sandbox.deliveries.carrier = before


@dataclass(frozen=True, slots=True)
class Carriers:
    """Puts somebody else in Cadre's place."""

    workspace: Workspace
    session: aiohttp.ClientSession

    def lead_to(self, address: str) -> None:
        """From now on deliver there, signed with the test's own secret."""
        self.workspace.sandbox.deliveries.carrier = Http(self.session, address, SECRET)


def is_signed(came: Came, secret: str) -> bool:
    return SignatureVerifier(secret).is_valid_request(came.body, came.headers)


async def test_cadre_accepts_what_is_signed_and_answers(workspace: Workspace) -> None:
    answer = await workspace.member().asks(QUESTION, GENERAL)
    (delivery,) = await workspace.log("app_mention")
    assert (delivery["status"], delivery.get("error"), delivery.get("retry")) == (200, None, None)
    assert delivery["sent"]["event"]["ts"] == answer["thread_ts"]
    assert "Bev Dicks" in answer.headline


async def test_cadre_refuses_another_secret(workspace: Workspace, carriers: Carriers) -> None:
    carriers.lead_to(f"{workspace.sandbox.address}/slack/events")
    await workspace.member().says(QUESTION)
    assert [each["status"] for each in await workspace.log("message")] == [401] * 4
    assert await workspace.log(kind="call") == []


async def test_what_is_delivered_is_signed_and_written_as_slack_does(workspace: Workspace, carriers: Carriers, bot: Bot) -> None:
    member, newcomer = workspace.member(), workspace.newcomer()
    told = await newcomer.commands("me")
    carriers.lead_to(bot.address)
    ts = await member.says(f"@Cadre <{QUESTION}> & more", GENERAL)
    await workspace.post("command", user=member.id, channel=DM, command="/cadre", text="é & <x>")
    await newcomer.clicks("This is me", told)
    mention, command, click = bot.came
    for came in bot.came:
        assert is_signed(came, SECRET)
        assert not is_signed(came, "another secret")
    form = "application/x-www-form-urlencoded"
    assert [came.headers["content-type"] for came in bot.came] == ["application/json", form, form]
    event = json.loads(mention.body)["event"]
    assert (event["type"], event["user"], event["channel"], event["ts"]) == ("app_mention", member.id, GENERAL, ts)
    assert event["text"] == f"<@{BOT}> &lt;{QUESTION}&gt; &amp; more"
    assert (command.form["command"], command.form["text"], command.form["user_id"]) == ("/cadre", "é & <x>", member.id)
    assert command.form["trigger_id"]
    assert command.form["response_url"].startswith(workspace.sandbox.address)
    payload = json.loads(click.form["payload"])
    assert (payload["type"], payload["user"]["id"], payload["container"]["is_ephemeral"]) == ("block_actions", newcomer.id, True)


async def test_only_what_happens_where_the_bot_is_comes_to_it(workspace: Workspace, carriers: Carriers, bot: Bot) -> None:
    carriers.lead_to(bot.address)
    member = workspace.member()
    await member.says(f"@Cadre {QUESTION}", ELSEWHERE)
    await member.says("no mention", GENERAL)
    assert bot.came == []
    await member.says(QUESTION)
    await member.says(f"@Cadre {QUESTION}", GENERAL)
    assert [json.loads(came.body)["event"]["type"] for came in bot.came] == ["message", "app_mention"]


async def test_cadres_own_messages_come_to_it_too_and_are_not_answered(workspace: Workspace) -> None:
    member = workspace.member()
    await member.asks(QUESTION)
    events = [each["sent"]["event"] for each in await workspace.log("message")]
    assert [each["user"] for each in events] == [member.id, BOT]
    assert events[1]["bot_id"]
    assert len(await workspace.sent("chat.postMessage")) == 1
    assert len(await member.sees(DM)) == 2


async def test_a_command_that_fails_is_shown_to_whoever_gave_it(workspace: Workspace, carriers: Carriers, bot: Bot) -> None:
    carriers.lead_to(bot.address)
    bot.fails(times=2)
    english, french = workspace.member(locale="en-US"), workspace.member(locale="fr-CA")
    told = [await member.commands(QUESTION) for member in (english, french)]
    assert [shown.text.replace("’", "'") for shown in told] == [
        "/cadre failed with the error “dispatch_failed”.",
        "/cadre a échoué avec l'erreur «\xa0dispatch_failed\xa0».",
    ]
    for shown in told:
        assert (shown["slackbot"], shown["failed"], shown["ephemeral"]) == (True, True, True)
    assert len(bot.came) == 2, "each came once"
    assert await workspace.lead().sees(GENERAL) == [], "nobody else sees it"


async def test_a_command_that_takes_too_long_is_shown_as_such(workspace: Workspace, carriers: Carriers, bot: Bot) -> None:
    carriers.lead_to(bot.address)
    bot.hangs(1.0)
    assert "operation_timeout" in (await workspace.member().commands(QUESTION)).text
    assert len(bot.came) == 1


async def test_a_command_may_be_answered_in_its_acknowledgement(workspace: Workspace, carriers: Carriers, bot: Bot) -> None:
    carriers.lead_to(bot.address)
    bot.answers.extend([PlainTextResponse("Only you"), JSONResponse({"text": "All", "response_type": "in_channel"})])
    member = workspace.member()
    assert [(await member.commands("x")).text for _ in range(2)] == ["Only you", "All"]
    assert [said.text for said in await workspace.lead().sees(GENERAL)] == ["All"]


@pytest.mark.parametrize(
    ("locale", "told"),
    [("en-US", "We had some trouble connecting. Try again?"), ("fr-CA", "La connexion pose problème. Réessayer?")],
)
async def test_a_click_that_fails_is_told_to_whoever_clicked(
    workspace: Workspace, carriers: Carriers, bot: Bot, locale: str, told: str
) -> None:
    newcomer = workspace.newcomer(locale=locale)
    shown = await newcomer.commands("me")
    carriers.lead_to(bot.address)
    bot.fails(times=2)
    (name,) = [element["action_id"] for element in shown.elements if element["type"] == "button" and "claim" in element["action_id"]]
    answered = await newcomer.clicks(name, shown)
    assert (answered["ok"], answered["failed"].replace("’", "'")) == (False, told)
    assert len(bot.came) == 1


async def test_a_window_that_cannot_be_sent_stays_with_what_was_typed(workspace: Workspace, carriers: Carriers, bot: Bot) -> None:
    newcomer = workspace.newcomer(locale="fr-CA")
    await newcomer.clicks("people.search", await says_who(newcomer), "bev-dicks")
    carriers.lead_to(bot.address)
    bot.fails(times=2)
    answered = await newcomer.submits()
    assert answered["failed"]
    assert "Try again" not in answered["failed"], "it is told in their language"
    held = (await newcomer.window())["state"]["values"]["person"]["people.search"]["selected_option"]
    assert held["value"] == "bev-dicks"
    assert len(bot.came) == 1


async def test_a_menu_that_cannot_be_looked_up_offers_nothing(workspace: Workspace, carriers: Carriers, bot: Bot) -> None:
    newcomer = workspace.newcomer()
    window = await says_who(newcomer)
    carriers.lead_to(bot.address)
    bot.fails(times=2)
    assert await newcomer.looks_up("people.search", "Verm", window) == []
    assert len(bot.came) == 1


async def test_app_home_that_is_not_drawn_stays_as_it_was(workspace: Workspace, carriers: Carriers, bot: Bot) -> None:
    member = workspace.member()
    before = await member.home()
    carriers.lead_to(bot.address)
    bot.fails(times=4)
    assert (await member.home()).raw == before.raw
    assert len(bot.came) == 4, "to look at it is an event"
