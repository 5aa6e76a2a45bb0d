"""Messages are sent once, whatever Slack does. Its log is the witness."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import AsyncIterator
from datetime import datetime, time, timedelta

import pytest
import pytest_asyncio
from sqlalchemy import select

from cadre.core.calendar import PLACES, is_working_day, moment
from cadre.core.reader import OPERATOR
from cadre.notices import service
from cadre.notices.drafts import WORD
from cadre.notices.models import Delivery
from tests.conftest import DATABASES, registry_for_many
from tests.workspace import Member, Workspace, running


def ten(now: datetime) -> datetime:
    """Ten o'clock in Vancouver, when people work from there to St. John's, on a day soon on which all of them do."""
    day = now.date() + timedelta(days=1)
    while not all(is_working_day(day, place) for place in PLACES):
        day += timedelta(days=1)
    return moment(day, time(10), "America/Vancouver")


@pytest_asyncio.fixture(scope="module", params=DATABASES)
async def sending(request: pytest.FixtureRequest) -> AsyncIterator[Workspace]:
    """A workspace for all tests here, whose Cadre waits 0.3 s for what hangs."""
    with pytest.MonkeyPatch.context() as patched, registry_for_many(request, request.param) as url:
        patched.setattr("bot.slack.PATIENCE", 0.3)
        async with running(url, duties=None) as made:
            yield made


@pytest_asyncio.fixture
async def workspace(sending: Workspace) -> Workspace:
    await sending.start_over()
    await sending.until(ten(sending.sandbox.now()))
    return sending


def people(workspace: Workspace) -> list[Member]:
    return sorted((each for each in workspace.members.values() if each.person and each.demo), key=lambda each: each.name)


async def says(workspace: Workspace, number: int = 1) -> None:
    """The secretariat writes to everybody, so many times."""
    persons = [each.person for each in people(workspace) if each.person]
    for n in range(number):
        workspace.database.write(
            OPERATOR, service.announce, WORD, f"word:{n}", persons, {"en": f"Word {n}", "fr": f"Mot {n}", "by": "Jordan"}
        )


async def got(member: Member) -> Counter[str]:
    return Counter(each.headline for each in await member.sees() if each["is_bot"])


async def missed(workspace: Workspace, number: int = 1) -> dict[str, Counter[str]]:
    """Who did not get so many words, or got something twice; with what they got."""
    each = {member.name: await got(member) for member in people(workspace)}
    return {
        name: words
        for name, words in each.items()
        if sum("Word" in text or "Mot" in text for text in words) != number or set(words.values()) != {1}
    }


async def test_each_is_written_to_once_in_their_language(workspace: Workspace) -> None:
    await says(workspace)
    await workspace.until(timedelta(minutes=1))
    assert await missed(workspace) == {}
    assert any("Mot 0" in text for text in await got(workspace.lead("fr-CA")))
    assert any("Word 0" in text for text in await got(workspace.lead("en-US")))


@pytest.mark.parametrize("kind", ["down", "error", "timeout"])
async def test_what_arrived_although_slack_said_otherwise_is_looked_for_and_not_repeated(workspace: Workspace, kind: str) -> None:
    await workspace.fault("chat.postMessage", kind, times=3, done=True)
    await says(workspace)
    await workspace.until(timedelta(minutes=10))
    assert await missed(workspace) == {}
    assert await workspace.log("conversations.history")


async def test_slack_down_for_an_hour_delays_everything_and_loses_nothing(workspace: Workspace) -> None:
    await workspace.fault("*", "down", times=1_000_000)
    await says(workspace, 2)
    await workspace.until(timedelta(hours=1))
    await workspace.fault("*", "down", times=0)
    await workspace.until(timedelta(hours=1))
    assert await missed(workspace, 2) == {}


async def test_each_third_call_too_many_is_obeyed(workspace: Workspace) -> None:
    await workspace.fault("chat.postMessage", "ratelimited", times=1000, every=3, retry_after=30)
    await says(workspace)
    await workspace.until(timedelta(minutes=30))
    await workspace.fault("chat.postMessage", "ratelimited", times=0)
    assert await missed(workspace) == {}
    assert [each for each in await workspace.log("chat.postMessage") if each["status"] == 429]


async def test_who_cannot_be_written_to_keeps_nobody_from_it_and_the_secretariat_hears_of_it(workspace: Workspace) -> None:
    await workspace.fault("chat.postMessage", "error", error="cannot_dm_bot")
    await says(workspace)
    await workspace.until(timedelta(minutes=1))
    failed = workspace.database.read(lambda session: session.scalars(select(Delivery.reason).where(Delivery.state == "failed")).all())
    assert failed == ["cannot_dm_bot"]
    await workspace.until(timedelta(days=3))
    officers = workspace.secretariat("en-US"), workspace.secretariat("fr-CA")
    why = "an app cannot be written to|on ne peut pas écrire à une application"
    told = [text for officer in officers for text in await got(officer) if re.search(why, text)]
    assert len(told) >= 1
