"""The page of what changed: readable by everybody, on a phone too."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import Page
from sqlalchemy.orm import Session

from bot import links
from bot.framework import changes_pages as pages
from bot.registry import Registry
from cadre.core import clock
from cadre.core.bilingual import Bilingual
from cadre.core.database import Database
from cadre.core.reader import OPERATOR, Actor
from cadre.framework import kept
from cadre.groups.models import Group
from tests.browser.site import BASE, SECRET, shown, site
from tests.browser.test_accessibility import violations


def change(session: Session) -> None:
    session.get_one(Group, "research").state = "dormant"
    session.get_one(Group, "channel-shift").name = Bilingual("x" * 300, "« é »" * 60)


@pytest.fixture
def page(window: Page) -> Page:
    """Without a workspace: a page needs none."""
    return window


@pytest_asyncio.fixture(scope="module")
async def client(sandbox_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[httpx.AsyncClient]:
    """The page, which tests only look at, with a snapshot and a few changes."""
    path = shutil.copy(sandbox_sqlite, tmp_path_factory.mktemp("changes") / "registry.sqlite")
    with closing(Registry(database := Database(f"sqlite:///{path}"))) as registry:
        database.write(OPERATOR, kept.take)
        database.write(Actor("Jordan"), change)
        async with site(pages.routes(registry, SECRET)) as found:
            yield found


def address(language: str) -> str:
    until = clock.real() + timedelta(hours=1)
    return f"{links.address(BASE, SECRET, 'jordan-wrenwood', pages.CHANGES, until)}&since=Charlottetown&lang={language}"


async def test_everybody_can_read_it_in_light_and_dark(page: Page, client: httpx.AsyncClient) -> None:
    await shown(page, client)
    for scheme in ("light", "dark"):
        await page.emulate_media(color_scheme=scheme)
        for language in ("en", "fr"):
            await page.goto(address(language))
            assert await violations(page) == []


@pytest.mark.phone
async def test_on_a_phone_nothing_lies_beyond_the_edge(page: Page, client: httpx.AsyncClient) -> None:
    await shown(page, client)
    for language in ("en", "fr"):
        await page.goto(address(language))
        assert await page.evaluate("document.documentElement.scrollWidth") <= 360
        assert await violations(page) == []


async def test_one_goes_from_meeting_to_meeting_and_to_snapshots(page: Page, client: httpx.AsyncClient) -> None:
    await shown(page, client)
    await page.goto(address("en"))
    await page.get_by_role("link", name="Ottawa (February 2017)").click()
    assert await page.title() == "Changes since the meeting in Ottawa (February 2017)"
    await page.get_by_role("link", name="Changes since then").click()
    assert (await page.title()).startswith("Changes since snapshot 1")
    await page.get_by_role("link", name="Français").click()
    assert (await page.title()).startswith("Changements depuis l'instantané 1")
