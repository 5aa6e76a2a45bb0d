"""The call of the demonstration, as the README has it tried: on a weekend too."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path

from bot.sandbox import registry
from cadre.core import clock
from cadre.core.database import Database
from cadre.exchange import seed
from tests.conftest import SECRETARIAT
from tests.workspace import GENERAL, running


async def test_on_a_saturday_the_call_that_is_ready_is_opened_and_answered_under_its_post(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'sandbox.sqlite'}"
    with closing(Database(url)) as database:
        registry.make(database, seed.real_registry())
    today = clock.real()
    saturday = (today + timedelta(days=(5 - today.weekday()) % 7)).replace(hour=15, tzinfo=None)
    async with running(url, duties=None, secretariat=frozenset({SECRETARIAT}), at=saturday.isoformat()) as workspace:
        jordan, maxime = workspace.secretariat(), workspace.user("maxime-grandchene")
        await jordan.commands("call")
        await jordan.clicks("Details", await jordan.window())
        await jordan.clicks("Open now", await jordan.window())
        assert "It is posted in 1 channel" in (await jordan.window()).text
        await jordan.submits()
        await workspace.until(timedelta(minutes=1))
        (post,) = [each for each in await maxime.sees(GENERAL) if each["is_bot"]]
        await maxime.clicks("Answer / Répondre", post)
        await maxime.clicks("Participer moi-même", await maxime.window())
        await maxime.submits(language="fr")
        assert [each for each in await maxime.sees() if each["is_bot"]] == [], "messages wait for working hours"
        await workspace.until(timedelta(days=3))
        assert [each for each in await maxime.sees() if each["is_bot"]] != []
