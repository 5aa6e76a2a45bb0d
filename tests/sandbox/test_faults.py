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
from bot.sandbox.workspace import BOT
from bot.settings import Mode
from bot.visit import Visit
from cadre.people.models import Claim, Identity
from tests.conftest import SECRETARIAT
from tests.sandbox.conftest import DATABASES, registry_for_many, shared, start_over
from tests.slack.claiming import claims, says_who
from tests.slack.raw import event, knocks
from tests.workspace import DM, GENERAL, Member, Shown, Workspace, running, until

pytestmark = shared
QUESTION = "who leads digital identity"
ANSWER = "Bev Dicks"
APOLOGY = "Something went wrong on my side"
ONCE = ("error", "timeout", "down")
"""How one call goes wrong, other than by being one too many."""


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cadre waits no longer than it is told to, where its library would add up to a second; and nobody waits long for Cadre."""
    monkeypatch.setattr("random.random", lambda: 0.0)
    monkeypatch.setattr("bot.sandbox.people.SECONDS", 1.0)
    monkeypatch.setattr("bot.sandbox.link.SECONDS", 0.3)


@asynccontextmanager
async def impatient(url: str, mode: Mode = Mode.HTTP) -> AsyncIterator[Workspace]:
    """A workspace whose Cadre waits 0.2 s for what hangs, for as long as the block runs."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("bot.app.PATIENCE", 0.2)
        async with running(url, mode=mode, secretariat=frozenset({SECRETARIAT})) as made:
            yield made


@pytest_asyncio.fixture(scope="module", loop_scope="session", params=DATABASES)
async def over_http(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Workspace]:
    """Such a workspace for all tests here."""
    with registry_for_many(request, tmp_path_factory, request.param) as url:
        async with impatient(url) as made:
            yield made


@pytest_asyncio.fixture(scope="module", loop_scope="session", params=DATABASES)
async def over_connections(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Workspace]:
    """The same, with Socket Mode."""
    with registry_for_many(request, tmp_path_factory, request.param) as url:
        async with impatient(url, Mode.SOCKET) as made:
            await until(lambda: made.sandbox.link.connected)
            yield made


@pytest_asyncio.fixture(loop_scope="session")
async def workspace(over_http: Workspace) -> Workspace:
    """A workspace that delivers over HTTP, as at the start."""
    await start_over(over_http)
    return over_http


@pytest_asyncio.fixture(loop_scope="session")
async def connected(over_connections: Workspace) -> Workspace:
    """One that delivers over a connection, as at the start."""
    await until(lambda: over_connections.sandbox.link.connected)
    await start_over(over_connections)
    return over_connections


async def one_after_the_other(workspace: Workspace, kinds: tuple[str, ...]) -> AsyncIterator[str]:
    """Each kind of fault, in a workspace that is as at the start."""
    for kind in kinds:
        yield kind
        await workspace.post("reset")


def pending(session: Session) -> list[tuple[str, str]]:
    """All claims: which record, and what became of it."""
    return [(claim.person, claim.state) for claim in session.scalars(select(Claim).order_by(Claim.id))]


def linked(session: Session, user: str) -> str | None:
    """The record that a user is linked to."""
    return session.scalars(select(Identity.person).where(Identity.user == user)).one()


def both(workspace: Workspace) -> tuple[Member, Member]:
    """The secretariat, which a claim is put to."""
    return workspace.secretariat(locale="en-US"), workspace.secretariat(locale="fr-CA")


async def bot_said(member: Member, channel: str = DM) -> list[str]:
    """What Cadre said there."""
    return [said.headline for said in await member.sees(channel) if said["is_bot"]]


async def asks_thrice(member: Member) -> None:
    """Ask directly, by mention and by command."""
    await member.says(QUESTION)
    await member.says(f"@Cadre {QUESTION}", GENERAL)
    await member.commands(QUESTION)


def count(said: list[str], words: str) -> int:
    return sum(words in each for each in said)


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
        await everything_once_too_often(workspace)


async def everything_once_too_often(workspace: Workspace) -> None:
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
    assert "1 request waits" in (await first.home()).text
    assert (await first.clicks("Confirm"))["ok"]
    assert workspace.database.read(pending) == [("bev-dicks", "confirmed")]
    assert workspace.database.read(linked, newcomer.id) == "bev-dicks"
    assert [len(await bot_said(each)) for each in (first, second, newcomer)] == [1, 1, 1]
    limited = Counter(each["name"] for each in await workspace.log(kind="call") if each["status"] == 429)
    assert limited == Counter(METHOD_SCOPES.keys())
    assert not [each for each in await workspace.log(kind="call") if each["status"] not in (200, 429)]


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
    async for kind in one_after_the_other(workspace, ONCE):
        for method in ("users.info", "auth.test"):
            await workspace.fault(method, kind)
        member = workspace.member()
        await asks_thrice(member)
        assert count(await bot_said(member), ANSWER) == 2
        assert count(await bot_said(member, GENERAL), ANSWER) == 2


async def test_whoever_asked_is_told_that_the_answer_could_not_be_posted(workspace: Workspace) -> None:
    """Where it is one call too many twice in a row, too."""
    async for kind in one_after_the_other(workspace, (*ONCE, "ratelimited")):
        member, other = workspace.member(), workspace.lead()
        times = 2 if kind == "ratelimited" else 1
        for channel in (DM, GENERAL):
            await workspace.fault("chat.postMessage", kind, times, retry_after=0)
            told = await member.asks(QUESTION, channel)
            await workspace.fault("chat.postMessage", kind, 0)
            assert APOLOGY in told.headline
        assert count(await bot_said(member, GENERAL), ANSWER) == 0
        assert await bot_said(other, GENERAL) == [], "nobody else sees it"
        assert ANSWER in (await member.asks(QUESTION)).headline, "the next question is answered"
        assert ANSWER in (await member.asks(QUESTION, GENERAL)).headline


async def test_whoever_gave_a_command_is_told_that_it_was_not_answered(workspace: Workspace) -> None:
    async for kind in one_after_the_other(workspace, (*ONCE, "ratelimited")):
        member = workspace.member()
        await workspace.fault("respond", kind, retry_after=0)
        assert APOLOGY in (await member.commands(QUESTION)).headline
        assert ANSWER in (await member.commands(QUESTION)).headline
        assert count(await bot_said(member, GENERAL), ANSWER) == 1


async def test_an_answer_that_arrived_although_slack_said_otherwise_is_given_once(workspace: Workspace) -> None:
    async for kind in one_after_the_other(workspace, ONCE):
        member = workspace.member()
        for channel in (DM, GENERAL):
            await workspace.fault("chat.postMessage", kind, done=True)
            await member.says(QUESTION if channel == DM else f"@Cadre {QUESTION}", channel)
            assert count(await bot_said(member, channel), ANSWER) == 1
        await workspace.fault("respond", kind, done=True)
        await member.commands(QUESTION)
        assert count(await bot_said(member, GENERAL), ANSWER) == 2


async def test_a_claim_is_kept_although_a_member_of_the_secretariat_cannot_be_asked(workspace: Workspace) -> None:
    async for kind in one_after_the_other(workspace, ONCE):
        newcomer, (first, second) = workspace.newcomer(), both(workspace)
        window = await says_who(newcomer)
        await workspace.fault("chat.postMessage", kind)
        assert (await newcomer.submits(window, person="bev-dicks"))["response_action"] == "update"
        assert workspace.database.read(pending) == [("bev-dicks", "pending")]
        assert sorted([len(await bot_said(first)), len(await bot_said(second))]) == [0, 1]
        for who, waits in ((first, "1 request waits"), (second, "1\xa0demande")):
            assert waits.replace("\xa0", " ") in (await who.home()).text.replace("\xa0", " "), "each finds it in App Home"
        asked = first if await bot_said(first) else second
        await workspace.fault("chat.postMessage", kind)
        await asked.clicks("Confirm" if asked is first else "Confirmer")
        assert workspace.database.read(pending) == [("bev-dicks", "confirmed")]
        assert "Bev Dicks" in (await newcomer.commands("me")).text, "who could not be told can ask"


async def test_a_request_that_arrived_although_slack_said_otherwise_is_made_once(workspace: Workspace) -> None:
    async for kind in one_after_the_other(workspace, ONCE):
        newcomer, (first, second) = workspace.newcomer(), both(workspace)
        window = await says_who(newcomer)
        await workspace.fault("chat.postMessage", kind, times=2, done=True)
        await newcomer.submits(window, person="bev-dicks")
        (submission,) = await workspace.log("view_submission")
        await knocks(workspace, submission["sent"])
        assert workspace.database.read(pending) == [("bev-dicks", "pending")]
        assert [len(await bot_said(each)) for each in (first, second)] == [1, 1]
        await workspace.fault("chat.postMessage", kind, done=True)
        await first.clicks("Confirm")
        assert workspace.database.read(pending) == [("bev-dicks", "confirmed")]
        assert len(await bot_said(newcomer)) == 1, "the verdict is told once"


async def test_a_window_that_does_not_open_is_told_and_can_be_tried_again(workspace: Workspace) -> None:
    async for kind in one_after_the_other(workspace, ONCE):
        newcomer = workspace.newcomer()
        told = await newcomer.commands("me")
        await workspace.fault("views.open", kind)
        await newcomer.clicks("This is me", told)
        assert await newcomer.windows() == []
        assert APOLOGY in (await newcomer.last(GENERAL)).headline
        assert (await claims(newcomer, "bev-dicks"))["response_action"] == "update"
        assert workspace.database.read(pending) == [("bev-dicks", "pending")]


async def test_a_confirmation_stands_although_it_cannot_be_drawn(workspace: Workspace) -> None:
    newcomer, (first, second) = workspace.newcomer(), both(workspace)
    await claims(newcomer, "bev-dicks")
    await workspace.fault("chat.update", "error", times=2)
    await first.clicks("Confirm")
    assert workspace.database.read(pending) == [("bev-dicks", "confirmed")]
    await second.clicks("Refuser")
    assert workspace.database.read(pending) == [("bev-dicks", "confirmed")], "who came second changed nothing"
    assert "Jordan Wrenwood" in (await second.last_dm()).text, "and sees who was first"
    assert len(await bot_said(newcomer)) == 1


async def test_what_was_claimed_while_slack_was_down_is_there_when_it_is_back(workspace: Workspace) -> None:
    newcomer, member, (first, _) = workspace.newcomer(), workspace.member(), both(workspace)
    window = await says_who(newcomer)
    await workspace.fault("*", "down", times=1000)
    assert (await newcomer.submits(window, person="bev-dicks"))["response_action"] == "update"
    assert workspace.database.read(pending) == [("bev-dicks", "pending")]
    assert [len(await bot_said(each)) for each in both(workspace)] == [0, 0]
    await workspace.fault("*", "down", times=0)
    assert "1 request waits" in (await first.home()).text
    await first.clicks("Confirm", await first.home())
    assert workspace.database.read(pending) == [("bev-dicks", "confirmed")]
    assert count(await bot_said(newcomer), "confirmed who you are") == 1
    assert ANSWER in (await member.asks(QUESTION)).headline


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
    assert workspace.database.read(pending) == [("bev-dicks", "pending")]
    assert [len(await bot_said(each)) for each in (first, second)] == [1, 1]
    asked = await first.last_dm()
    await asyncio.gather(*(first.clicks("Confirm", asked) for _ in range(3)))
    assert workspace.database.read(pending) == [("bev-dicks", "confirmed")]
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
    assert workspace.database.read(pending) == [("bev-dicks", "pending")]
    assert [len(await bot_said(each)) for each in (first, second)] == [1, 1]


async def test_what_is_asked_while_the_connection_is_broken_is_answered_once(connected: Workspace) -> None:
    member, other = connected.member(), connected.lead()
    for _ in range(2):
        await connected.fault("socket", "down")
        assert not connected.sandbox.link.connected
        await member.says(QUESTION)
        await until(lambda: connected.sandbox.link.connected)
    assert ANSWER in (await other.asks(QUESTION, GENERAL)).headline
    assert count(await bot_said(member), ANSWER) == 2
    assert len(await connected.sent("chat.postMessage")) == 3
    assert [each for each in await connected.log("message") if each.get("retry")], "it came again once there was a connection"


async def test_a_connection_that_breaks_while_a_question_comes_loses_nothing(connected: Workspace) -> None:
    """Whether it was acknowledged is not known then, so it comes again."""
    member = connected.member()
    for asked in range(1, 4):
        said = connected.post("message", user=member.id, channel=DM, text=QUESTION)
        await asyncio.gather(said, connected.fault("socket", "down"))
        await connected.quiet()
        await until(lambda: connected.sandbox.link.connected)
        assert count(await bot_said(member), ANSWER) == asked


async def test_a_claim_over_connections_that_break_is_made_and_confirmed_once(connected: Workspace) -> None:
    newcomer, (first, second) = connected.newcomer(), both(connected)
    await newcomer.clicks("people.search", await says_who(newcomer), "bev-dicks")
    await connected.fault("socket", "down")
    assert (await newcomer.submits())["failed"], "what could not be delivered is told"
    assert connected.database.read(pending) == []
    await until(lambda: connected.sandbox.link.connected)
    assert (await newcomer.submits())["response_action"] == "update", "and stands in the window still"
    assert connected.database.read(pending) == [("bev-dicks", "pending")]
    assert [len(await bot_said(each)) for each in (first, second)] == [1, 1]
    await connected.fault("socket", "down")
    assert not (await first.clicks("Confirm"))["ok"]
    await until(lambda: connected.sandbox.link.connected)
    assert (await first.clicks("Confirm"))["ok"]
    assert connected.database.read(pending) == [("bev-dicks", "confirmed")]
    assert len(await bot_said(newcomer)) == 1
