"""Slack misbehaves: nothing is lost, and nothing is done twice. The workspace's log is the witness.

A question is answered, or whoever asked is told that it was not; a claim that somebody was shown as sent is in the registry.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.blocks import Modal
from bot.manifest import METHOD_SCOPES
from bot.people import views
from bot.sandbox.slack.workspace import BOT
from bot.visit import Visit
from cadre.people.models import Identity
from tests.conftest import DATABASES, SECRETARIAT, registry_for_many
from tests.sandbox.witness import all_came, bot_said, both, claimed, count
from tests.slack.claiming import claims, says_who
from tests.slack.raw import event, knocks
from tests.workspace import DM, GENERAL, Member, Shown, Workspace, running, until

QUESTION = "who leads digital identity"
ANSWER = "Bev Dicks"
APOLOGIES = ("Something went wrong on my side", "Slack did not say whether my answer arrived")
"""What is told of an answer that did not arrive, and of one that may have."""
ONCE = ("error", "timeout", "down")
"""How one call goes wrong, other than by being one too many."""
CLAIMED = dict(zip(ONCE, (("bev-dicks", "Bev Dicks"), ("guy-gordon", "Guy Gordon"), ("mark-burns", "Mark Burns")), strict=True))
"""For each of them a record that somebody may say is theirs."""


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cadre waits no longer than it is told to, where its library would add up to a second; what lasts a minute lasts 0.35 s."""
    monkeypatch.setattr("random.random", lambda: 0.0)
    monkeypatch.setattr("bot.sandbox.people.SECONDS", 1.0)
    monkeypatch.setattr("bot.again.AGAIN", (0.05,) * 7)


@asynccontextmanager
async def impatient(url: str) -> AsyncIterator[Workspace]:
    """A workspace whose Cadre waits 0.3 s for what hangs, for as long as the block runs."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("bot.slack.PATIENCE", 0.3)
        async with running(url, secretariat=frozenset({SECRETARIAT})) as made:
            yield made


@pytest_asyncio.fixture(scope="module", params=DATABASES)
async def over_http(request: pytest.FixtureRequest) -> AsyncIterator[Workspace]:
    """Such a workspace for all tests here."""
    with registry_for_many(request, request.param) as url:
        async with impatient(url) as made:
            yield made


@pytest_asyncio.fixture
async def workspace(over_http: Workspace) -> Workspace:
    """A workspace that delivers over HTTP, as at the start."""
    await over_http.start_over()
    return over_http


def linked(session: Session, user: str) -> str | None:
    """The record that a user is linked to."""
    return session.scalars(select(Identity.person).where(Identity.user == user)).one()


def others(workspace: Workspace) -> tuple[Member, ...]:
    """People who ask in English."""
    return workspace.member(), workspace.lead(), workspace.co_chair(), workspace.alternate()


def is_apology(said: Shown) -> bool:
    return said.headline.startswith(APOLOGIES)


async def answers(member: Member) -> list[bool]:
    """Of what Cadre said to somebody, aside, or in a thread that they began: whether it answered the question."""
    said = await member.sees(GENERAL)
    asked = {each.ts for each in said if each["user"] == member.id}
    return [ANSWER in each.headline for each in said if each["is_bot"] and (each["ephemeral"] or each.get("thread_ts") in asked)]


async def asks_thrice(member: Member) -> None:
    """Ask directly, by mention and by command."""
    await member.says(QUESTION)
    await member.says(f"@Cadre {QUESTION}", GENERAL)
    await member.commands(QUESTION)


@pytest.fixture
def slow_window(monkeypatch: pytest.MonkeyPatch) -> None:
    """The window of a claim takes so long that an empty one opens first. It must be there before the workspace."""

    async def opened(visit: Visit) -> None:
        async def build() -> Modal:
            await asyncio.sleep(0.05)
            return views.claim_window(visit.caller.reader)

        await visit.open_modal(build)

    monkeypatch.setattr("bot.people.listeners.open_claim", opened)
    monkeypatch.setattr("bot.visit.SKELETON_AFTER", 0.01)


async def test_too_many_calls_at_once_delay_everything_and_lose_nothing(slow_window: None, sandbox_url: str) -> None:
    """Each method that Cadre calls is refused the first time, with Retry-After."""
    async with impatient(sandbox_url) as workspace:
        member, newcomer, (first, second) = workspace.member(), workspace.newcomer(), both(workspace)
        for method in METHOD_SCOPES:
            await workspace.fault(method, "ratelimited", retry_after=0)
        await asks_thrice(member)
        assert count(await bot_said(member), ANSWER) == 2, "asked directly, and kept of the command"
        assert count(await bot_said(member, GENERAL), ANSWER) == 2
        await member.says("@Cadre help", GENERAL)
        assert (await member.last(GENERAL))["ephemeral"]
        assert (await claims(newcomer, "bev-dicks"))["response_action"] == "update"
        assert [len(await bot_said(each)) for each in (first, second)] == [1, 1]
        assert "1 person asks to be recognized" in (await first.home()).text
        await workspace.fault("chat.postMessage", "error", done=True)  # the verdict, which is then looked for
        assert (await first.clicks("Confirm"))["ok"]
        assert workspace.database.read(claimed, "bev-dicks") == ["confirmed"]
        assert workspace.database.read(linked, newcomer.id) == "bev-dicks"
        assert [len(await bot_said(each)) for each in (first, second, newcomer)] == [1, 1, 1]
        await first.commands("notices")
        await first.clicks("Look ahead", await first.window())
        assert "Look ahead" in (await first.window()).text
        await first.closes()
        await first.commands("roster")
        await first.clicks("Send me the roster", await first.window())
        roster = await first.file("Roster.xlsx")
        await first.submits(file=await first.attaches("Roster.xlsx", roster))
        assert "stay as they are" in (await first.window()).text
        limited = Counter(each["name"] for each in await workspace.log(kind="call") if each["status"] == 429)
        assert limited == Counter(METHOD_SCOPES.keys() - {"conversations.join"}), "only a post in doubt joins a channel"
        others = [each for each in await workspace.log(kind="call") if each["status"] not in (200, 429)]
        assert len(others) == 1, "the verdict"


@pytest.mark.parametrize("over_http", ["sqlite"], indirect=True)
async def test_cadre_waits_as_long_as_it_is_told_to(workspace: Workspace) -> None:
    """It takes a second, which is the least that Slack asks for."""
    await workspace.fault("chat.postMessage", "ratelimited", retry_after=1)
    member = workspace.member()
    assert ANSWER in (await member.asks(QUESTION)).headline
    limited, posted = await workspace.log("chat.postMessage")
    waited = datetime.fromisoformat(posted["at"]) - datetime.fromisoformat(limited["at"])
    assert (limited["status"], posted["status"]) == (429, 200)
    assert 1 <= waited.total_seconds() < 1.5
    assert limited["sent"] == posted["sent"]


async def test_a_question_whose_asker_cannot_be_looked_up_is_answered(workspace: Workspace) -> None:
    for kind, member in zip(ONCE, others(workspace), strict=False):
        await member.turns_to(member.locale)  # so they are asked for again
        await workspace.fault("users.info", kind)
        await asks_thrice(member)
        assert all_came(workspace), kind
        assert count(await bot_said(member), ANSWER) == 2, kind
        assert await answers(member) == [True, True], kind


async def test_whoever_asked_is_told_that_the_answer_could_not_be_posted(workspace: Workspace) -> None:
    """Where it is one call too many twice in a row, too."""
    for kind, member in zip((*ONCE, "ratelimited"), others(workspace), strict=False):
        for channel in (DM, GENERAL):
            await workspace.fault("chat.postMessage", kind, times=2 if kind == "ratelimited" else 1, retry_after=0)
            assert is_apology(await member.asks(QUESTION, channel)), kind
            assert all_came(workspace), kind
        assert await answers(member) == [False], kind
        assert ANSWER in (await member.asks(QUESTION)).headline, "the next question is answered"
        assert ANSWER in (await member.asks(QUESTION, GENERAL)).headline
    assert not any(map(is_apology, await workspace.newcomer().sees(GENERAL))), "nobody else sees it"


async def test_whoever_gave_a_command_is_told_that_it_was_not_answered(workspace: Workspace) -> None:
    for kind, member in zip(ONCE, others(workspace), strict=False):
        await workspace.fault("respond", kind)
        await member.commands(QUESTION)
        assert all_came(workspace), kind
        await member.commands(QUESTION)
        assert await answers(member) == [False, True], kind


async def test_an_answer_that_arrived_although_slack_said_otherwise_is_given_once(workspace: Workspace) -> None:
    for kind, member in zip(ONCE, others(workspace), strict=False):
        await workspace.fault("chat.postMessage", kind, done=True)
        await member.says(QUESTION)
        assert count(await bot_said(member), ANSWER) == 1, kind
        await workspace.fault("chat.postMessage", kind, done=True)
        await member.says(f"@Cadre {QUESTION}", GENERAL)
        assert sum(await answers(member)) == 1, kind
        await workspace.fault("respond", kind, done=True)
        await member.commands(QUESTION)
        assert sum(await answers(member)) == 2, kind
        assert all_came(workspace), kind


async def test_whoever_could_not_be_written_to_about_a_claim_is_written_to_again(workspace: Workspace) -> None:
    first, second = both(workspace)
    for kind, (person, name) in CLAIMED.items():
        newcomer = await workspace.joins(f"Sam {kind}")
        window = await says_who(newcomer)
        await workspace.fault("chat.postMessage", kind)
        assert (await newcomer.submits(window, person=person))["response_action"] == "update", kind
        assert workspace.database.read(claimed, person) == ["pending"]
        await workspace.quiet()
        assert [count(await bot_said(each), name) for each in (first, second)] == [1, 1], kind
        await workspace.fault("chat.postMessage", kind)
        await first.clicks("Confirm")
        await workspace.quiet()
        assert all_came(workspace), kind
        assert workspace.database.read(claimed, person) == ["confirmed"]
        assert len(await bot_said(newcomer)) == 1, kind


async def test_a_claim_is_kept_although_a_member_of_the_secretariat_cannot_be_asked(workspace: Workspace) -> None:
    """Slack says no to each attempt: whoever is not asked finds it in App Home."""
    newcomer, (first, second) = workspace.newcomer(), both(workspace)
    await workspace.fault("chat.postMessage", "error", error="cannot_dm_bot")
    assert (await claims(newcomer, "bev-dicks"))["response_action"] == "update"
    await workspace.quiet()
    asked = [count(await bot_said(each), ANSWER) for each in (first, second)]
    assert sorted(asked) == [0, 1]
    for who, waits in ((first, "1 person asks to be recognized"), (second, "1 personne demande")):
        assert waits in (await who.home()).text.replace("\xa0", " ")
    await workspace.fault("chat.postMessage", "error", error="cannot_dm_bot")
    who, word = (first, "Confirm") if asked[0] else (second, "Confirmer")
    await who.clicks(word)
    await workspace.quiet()
    assert workspace.database.read(claimed, "bev-dicks") == ["confirmed"]
    assert ANSWER in (await newcomer.commands("me")).text, "who could not be told can ask"


async def test_a_request_that_arrived_although_slack_said_otherwise_is_made_once(workspace: Workspace) -> None:
    first, second = both(workspace)
    for kind, (person, name) in CLAIMED.items():
        newcomer = await workspace.joins(f"Sam {kind}")
        window = await says_who(newcomer)
        await workspace.fault("chat.postMessage", kind, times=2, done=True)
        await newcomer.submits(window, person=person)
        await knocks(workspace, (await workspace.log("view_submission"))[-1]["sent"])
        assert all_came(workspace), kind
        assert workspace.database.read(claimed, person) == ["pending"]
        assert [count(await bot_said(each), name) for each in (first, second)] == [1, 1], kind
        await workspace.fault("chat.postMessage", kind, done=True)
        await first.clicks("Confirm")
        assert all_came(workspace), kind
        assert workspace.database.read(claimed, person) == ["confirmed"]
        assert len(await bot_said(newcomer)) == 1, "the verdict is told once"


async def test_a_window_that_does_not_open_is_told_and_can_be_tried_again(workspace: Workspace) -> None:
    for kind, (person, _) in CLAIMED.items():
        newcomer = await workspace.joins(f"Sam {kind}")
        told = await newcomer.commands("me")
        await workspace.fault("views.open", kind)
        await newcomer.clicks("This is me", told)
        assert all_came(workspace), kind
        assert await newcomer.windows() == []
        assert is_apology(await newcomer.last(GENERAL)), kind
        assert (await claims(newcomer, person))["response_action"] == "update", kind
        assert workspace.database.read(claimed, person) == ["pending"]


async def test_a_confirmation_stands_although_it_cannot_be_drawn(workspace: Workspace) -> None:
    newcomer, (first, second) = workspace.newcomer(), both(workspace)
    await claims(newcomer, "bev-dicks")
    await workspace.fault("chat.update", "error", times=2, error="cant_update_message")
    await first.clicks("Confirm")
    assert workspace.database.read(claimed, "bev-dicks") == ["confirmed"]
    await second.clicks("Décliner")
    assert workspace.database.read(claimed, "bev-dicks") == ["confirmed"], "who came second changed nothing"
    assert "Jordan Wrenwood" in (await second.last_dm()).text, "and sees who was first"
    assert len(await bot_said(newcomer)) == 1


async def test_what_was_claimed_and_confirmed_while_slack_was_down_is_told_when_it_is_back(workspace: Workspace) -> None:
    newcomer, member, (first, second) = workspace.newcomer(), workspace.member(), both(workspace)
    window = await says_who(newcomer)
    await workspace.fault("*", "down", times=1000)
    sent = await workspace.post("submit", user=newcomer.id, view_id=window.id, values={"person": "bev-dicks"})
    assert sent["response_action"] == "update"
    assert workspace.database.read(claimed, "bev-dicks") == ["pending"]
    assert [len(await bot_said(each)) for each in both(workspace)] == [0, 0]
    await workspace.fault("*", "down", times=0)
    await workspace.quiet()
    assert [count(await bot_said(each), ANSWER) for each in (first, second)] == [1, 1]
    asked = await first.last_dm()
    await workspace.fault("*", "down", times=1000)
    button = asked.element("Confirm")
    spot = {"action_id": button["action_id"], "block_id": button["block_id"], "channel": DM, "message_ts": asked.ts}
    await workspace.post("click", user=first.id, **spot)
    await until(lambda: workspace.database.read(claimed, "bev-dicks") == ["confirmed"])
    await workspace.fault("*", "down", times=0)
    await workspace.quiet()
    assert count(await bot_said(newcomer), "confirmed who you are") == 1
    assert "Jordan Wrenwood" in (await second.last_dm()).text, "the messages are drawn anew"
    assert ANSWER in (await member.asks(QUESTION)).headline


@pytest.mark.parametrize("kind", ["down", "ratelimited"])
async def test_whoever_asked_while_slack_was_away_is_told_once_it_is_back(workspace: Workspace, kind: str) -> None:
    """Their question was taken, so Slack does not send it again."""
    members = others(workspace)[:3]
    await workspace.fault("*", kind, times=1000, retry_after=0)
    direct, mention, command = members
    await workspace.post("message", user=direct.id, channel=DM, text=QUESTION)
    await workspace.post("message", user=mention.id, channel=GENERAL, text=f"@Cadre {QUESTION}")
    giving = asyncio.create_task(workspace.post("command", user=command.id, channel=GENERAL, command="/cadre", text=QUESTION))
    await asyncio.sleep(0.15)
    assert await bot_said(direct) == []
    await workspace.fault("*", kind, times=0)
    await workspace.quiet()
    await giving
    assert [len(await bot_said(direct)), len(await answers(mention))] == [1, 1]
    aside, kept = await answers(command), await bot_said(command)
    assert (len(aside), len(kept)) == (1, 1 if aside == [True] else 0) or (aside == [] and len(kept) == 1)


async def test_the_same_question_three_times_at_once_is_answered_once(workspace: Workspace) -> None:
    member = workspace.member()
    direct = event(workspace, type="message", channel_type="im", user=member.id, text=QUESTION, channel=member.dm)
    ts = await member.says("?", GENERAL)
    mention = event(workspace, type="app_mention", user=member.id, text=f"<@{BOT}> {QUESTION}", channel=GENERAL, ts=ts)
    for said in (direct, mention):
        answers = await asyncio.gather(*(knocks(workspace, said) for _ in range(3)))
        assert [answer.status_code for answer in answers] == [200] * 3, "each is taken, so that Slack sends it no more"
    assert Counter(sent["channel"] for sent in await workspace.sent("chat.postMessage")) == {member.dm: 1, GENERAL: 1}


async def test_the_last_questions_come_again_all_at_once_and_are_answered_once(workspace: Workspace) -> None:
    members = [workspace.member(), workspace.lead(), workspace.co_chair()]
    for member in members:
        await workspace.post("message", user=member.id, channel=DM, text=QUESTION)
    await asyncio.gather(*(workspace.redelivers(3) for _ in range(3)))
    await workspace.quiet()
    assert [count(await bot_said(member), ANSWER) for member in members] == [1, 1, 1]
    again = [each for each in await workspace.log("message", kind="delivery") if each.get("retry")]
    assert len(again) == 9
    assert {each["status"] for each in again} == {200}


async def test_the_same_claim_and_confirmation_three_times_at_once_count_once(workspace: Workspace) -> None:
    newcomer, (first, second) = workspace.newcomer(), both(workspace)
    await claims(newcomer, "bev-dicks")
    (submission,) = await workspace.log("view_submission")
    await asyncio.gather(*(knocks(workspace, submission["sent"]) for _ in range(3)))
    assert workspace.database.read(claimed, "bev-dicks") == ["pending"]
    assert [len(await bot_said(each)) for each in (first, second)] == [1, 1]
    asked = await first.last_dm()
    await asyncio.gather(*(first.clicks("Confirm", asked) for _ in range(3)))
    assert workspace.database.read(claimed, "bev-dicks") == ["confirmed"]
    assert len(await bot_said(newcomer)) == 1


async def test_the_same_window_sent_three_times_at_once_makes_one_claim(workspace: Workspace) -> None:
    """None of the three was there before the others."""
    newcomer, (first, second) = workspace.newcomer(), both(workspace)
    window: Shown = await says_who(newcomer)
    await newcomer.clicks("people.search", window, "bev-dicks")
    view = (await newcomer.window()).raw
    who = {"id": newcomer.id, "username": "x", "name": "x", "team_id": "T0CADRE"}
    submission: dict[str, Any] = {"type": "view_submission", "team": {"id": "T0CADRE"}, "user": who, "view": view}
    answers = await asyncio.gather(*(knocks(workspace, submission | {"trigger_id": "x", "response_urls": []}) for _ in range(3)))
    assert [answer.json()["response_action"] for answer in answers] == ["update"] * 3
    assert workspace.database.read(claimed, "bev-dicks") == ["pending"]
    assert [len(await bot_said(each)) for each in (first, second)] == [1, 1]
