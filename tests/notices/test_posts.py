"""Posts in channels stand there once, whatever Slack does, and show how things are now. Slack's log is the witness."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import update
from sqlalchemy.orm import Session

from bot.blocks import Message, section
from bot.face import Post
from bot.sandbox.slack.workspace import BOT
from cadre.core import clock
from cadre.core.reader import OPERATOR
from cadre.core.words import Words
from cadre.notices import deliveries, service
from cadre.notices.models import Delivery
from cadre.notices.posts import REDRAW, post, posts
from tests.conftest import DATABASES, registry_for_many
from tests.notices.scenarios import days, got, is_now
from tests.terminal.conftest import LANGUAGE, Terminal
from tests.workspace import ELSEWHERE, GENERAL, Shown, Workspace, running

HIVE = "hive:7"
HONEY: dict[str, int] = {}
"""What the posts of these tests tell of: hive -> its jars of honey."""
NIGHT = "2027-01-10T08:00"
"""A Sunday, 3:00 in Toronto (in UTC)."""


def reads(jars: int) -> Message:
    told = Words.verbatim(f"{jars} jars · {jars} pots")
    return Message(told, (section(told),))


POST = Post("hive", lambda session, subject: HONEY.get(subject), reads)


@pytest_asyncio.fixture(scope="module", params=DATABASES)
async def posting(request: pytest.FixtureRequest) -> AsyncIterator[Workspace]:
    """A workspace for all tests here, whose Cadre knows how a hive's post reads, and waits 0.3 s for what hangs."""
    with pytest.MonkeyPatch.context() as patched, registry_for_many(request, request.param) as url:
        patched.setattr("bot.slack.PATIENCE", 0.3)
        patched.setattr("bot.app.POSTS", (POST,))
        async with running(url, duties=None) as made:
            yield made


@pytest_asyncio.fixture
async def workspace(posting: Workspace) -> Workspace:
    await posting.start_over()
    is_now(posting, NIGHT)
    HONEY.clear()
    HONEY[HIVE] = 0
    return posting


def tells(workspace: Workspace, *channels: str) -> None:
    """Something is told in channels."""
    workspace.database.write(OPERATOR, post, HIVE, channels or (GENERAL,))


def fills(workspace: Workspace, jars: int) -> None:
    """The hive gives honey."""
    HONEY[HIVE] = jars
    workspace.database.write(OPERATOR, service.touch, "hive", HIVE)


async def ticks(workspace: Workspace) -> None:
    """A round of the worker, as time stands."""
    await workspace.sandbox.worker.tick()


async def stands(workspace: Workspace, channel: str = GENERAL) -> list[Shown]:
    return [each for each in await workspace.member().sees(channel) if each["is_bot"] and "jars" in each.headline]


async def only(workspace: Workspace, channel: str = GENERAL) -> Shown:
    """The one post, of which the registry knows where it stands."""
    (shown,) = await stands(workspace, channel)
    assert dict(workspace.database.read(posts, HIVE))[channel] == shown.ts
    return shown


async def calls(workspace: Workspace, *methods: str) -> list[dict[str, Any]]:
    """What Cadre asked Slack to do in channels."""
    return [each for each in await workspace.log(*methods) if each["sent"]["channel"] in (GENERAL, ELSEWHERE)]


async def test_a_post_stands_once_though_two_ask_for_it_at_the_same_moment_and_again_later(workspace: Workspace) -> None:
    both = (GENERAL, ELSEWHERE)
    await asyncio.gather(*(asyncio.to_thread(tells, workspace, *both) for _ in range(4)))
    await ticks(workspace)
    tells(workspace, *both)
    await ticks(workspace)
    for channel in both:
        assert (await only(workspace, channel)).headline == "0 jars · 0 pots", "at night on a Sunday too, and where Cadre is no member"
    assert len(await calls(workspace, "chat.postMessage")) == 2


async def test_a_post_shows_how_things_are_now(workspace: Workspace) -> None:
    tells(workspace)
    await ticks(workspace)
    await workspace.until(timedelta(minutes=1))
    fills(workspace, 3)
    await ticks(workspace)
    assert (await only(workspace)).headline == "3 jars · 3 pots"
    assert [each["sent"]["ts"] for each in await calls(workspace, "chat.update")] == [(await only(workspace)).ts]


async def test_a_hundred_changes_in_quick_succession_are_drawn_seldom_and_the_last_one_stays(workspace: Workspace) -> None:
    tells(workspace)
    await ticks(workspace)

    async def changes() -> None:
        for jars in range(1, 101):
            await asyncio.to_thread(fills, workspace, jars)
            await asyncio.sleep(0.03)

    changing = asyncio.create_task(changes())
    async with asyncio.timeout(30):
        while not changing.done() or (await only(workspace)).headline != "100 jars · 100 pots":
            await ticks(workspace)
            await asyncio.sleep(0.05)
    drawn = [datetime.fromisoformat(each["at"]) for each in await calls(workspace, "chat.postMessage", "chat.update")]
    assert len(drawn) >= 3, "and drawn meanwhile"
    assert all(later - earlier >= REDRAW for earlier, later in pairwise(drawn)), "at most four in ten seconds"


@pytest.mark.parametrize("channel", [GENERAL, ELSEWHERE], ids=["where Cadre is a member", "where it is not"])
async def test_slack_down_for_an_hour_delays_a_post_and_does_not_double_it(workspace: Workspace, channel: str) -> None:
    await workspace.fault("*", "down", times=1_000_000)
    tells(workspace, channel)
    await workspace.until(timedelta(hours=1))
    assert not await stands(workspace, channel)
    await workspace.fault("*", "down", times=0)
    await workspace.until(timedelta(hours=1))
    await only(workspace, channel)
    assert BOT in workspace.sandbox.workspace.conversations[channel].members, "to look whether it stood there, Cadre had to join"


@pytest.mark.parametrize("kind", ["down", "timeout"])
async def test_a_post_that_arrived_although_slack_said_otherwise_is_found_and_shows_what_changed_since(
    workspace: Workspace, kind: str
) -> None:
    await workspace.fault("chat.postMessage", kind, done=True)
    tells(workspace)
    await ticks(workspace)
    fills(workspace, 5)
    await workspace.until(timedelta(minutes=1))
    assert (await only(workspace)).headline == "5 jars · 5 pots"


async def test_a_sender_that_ends_between_slacks_answer_and_its_commit_doubles_no_post(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle = deliveries.settle

    def ends(*given: Any) -> bool:
        settle(*given)
        raise InterruptedError

    tells(workspace)
    with monkeypatch.context() as patched:
        patched.setattr("cadre.notices.deliveries.settle", ends)
        await ticks(workspace)
    assert len(await stands(workspace)) == 1
    assert workspace.database.read(posts, HIVE) == ((GENERAL, None),), "it stands there, and the registry does not know"
    workspace.database.write(OPERATOR, lapse)
    await ticks(workspace)
    await only(workspace)
    assert len(await calls(workspace, "chat.postMessage")) == 1
    assert await calls(workspace, "conversations.history")


def lapse(session: Session) -> None:
    """Let what a sender holds be over, as it is 90 seconds later."""
    session.execute(update(Delivery).values(leased_until=clock.real() - timedelta(seconds=1)))


async def test_of_what_is_gone_no_post_is_made_and_one_that_stands_is_left(workspace: Workspace, terminal: Terminal) -> None:
    tells(workspace)
    await ticks(workspace)
    HONEY.clear()
    tells(workspace, ELSEWHERE)
    workspace.database.write(OPERATOR, service.touch, "hive", HIVE)
    await workspace.until(timedelta(minutes=1))
    assert (await only(workspace)).headline == "0 jars · 0 pots"
    assert not await stands(workspace, ELSEWHERE)
    assert not await calls(workspace, "chat.update")
    first, second = terminal.run("notices", "posts").out.splitlines()
    assert re.search(rf"{ELSEWHERE}  {HIVE}  not needed any more \(no longer there\)", first)
    assert re.search(rf"{GENERAL}  {HIVE}  sent$", second)


@pytest.mark.parametrize(
    ("error", "why"),
    [
        ("channel_not_found", "the conversation is not there, or I am not in it"),
        ("not_in_channel", "I am not in this channel"),
        ("is_archived", "the conversation is archived"),
    ],
)
async def test_where_it_cannot_post_cadre_tells_the_secretariat_and_whoever_runs_it_can_try_again(
    workspace: Workspace, terminal: Terminal, error: str, why: str
) -> None:
    await workspace.fault("chat.postMessage", "error", error=error)
    tells(workspace)
    await ticks(workspace)
    assert len(await calls(workspace, "chat.postMessage")) == 1, "it failed at once"
    assert workspace.database.read(service.counts).failed == 1
    failed = terminal.run("notices", "posts").out
    assert f"{GENERAL}  {HIVE}  failed ({why})" in failed
    await workspace.until(timedelta(days=2))
    jordan = workspace.secretariat()
    (said,) = [each for each in await got(jordan) if why in each.text]
    assert f"A post in the channel {GENERAL} could not be sent ({why})" in said.text
    assert await days(jordan) == [said.day], "with the one message of its day"
    assert f"delivery:{failed.split()[0]}" in terminal.run("notices", "list").out
    assert terminal.run("notices", "retry", failed.split()[0]).code == 0
    await ticks(workspace)
    await only(workspace)
    assert workspace.database.read(service.counts).failed == 0


@pytest.fixture
def terminal(workspace: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    """A terminal on the registry of the workspace."""
    for name in LANGUAGE:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CADRE_DATABASE_URL", workspace.database.engine.url.render_as_string(hide_password=False))
    monkeypatch.setenv("CADRE_SANDBOX", "1")
    return Terminal(monkeypatch, capsys)
