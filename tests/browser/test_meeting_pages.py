"""The web pages of meetings: readable by everybody, on a phone, in the dark and on paper, without JavaScript."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import Page, expect
from sqlalchemy.orm import Session

from bot import links
from bot.meetings import calendar_pages, pages
from bot.registry import Registry
from cadre.core import clock
from cadre.core.bilingual import Bilingual
from cadre.core.reader import OPERATOR
from cadre.meetings.models import AgendaItem
from cadre.meetings.views import IN_PERSON, Repeat
from tests.browser.site import BASE, SECRET, shown, site
from tests.browser.test_accessibility import violations
from tests.meetings.world import World, made

LONG: Final = "Approche recommandée pour le cadre de confiance pancanadien de l'identité numérique"


@pytest.fixture
def page(window: Page) -> Page:
    """Without a workspace: a page needs none."""
    return window


@pytest_asyncio.fixture(scope="module")
async def meetings(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[httpx.AsyncClient, str]]:
    """The pages of meetings, which tests only look at, and which meeting to open."""
    url = f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path_factory.mktemp('meetings') / 'meetings.sqlite')}"
    made(url)
    world = World(url)
    world.at(datetime(2027, 1, 11, 18, tzinfo=UTC))
    view = world.scheduled(day=date(2027, 1, 12), repeat=Repeat("week"), title_fr=LONG, link="https://example.org/join")
    world.scheduled(kind=IN_PERSON, day=date(2027, 1, 19), last_day=date(2027, 1, 21), title_en="Summit", place_en="Regina")
    world.do(OPERATOR, fill, view.id)
    with closing(Registry(world.database)) as registry:
        async with site([*calendar_pages.routes(registry, SECRET), *pages.routes(registry, SECRET)]) as client:
            yield client, view.id


@pytest_asyncio.fixture
async def addresses(page: Page, meetings: tuple[httpx.AsyncClient, str]) -> tuple[str, ...]:
    """The list, a month, a meeting as everybody sees it and by a link of one's own."""
    client, meeting = meetings
    await shown(page, client)
    own = links.address(BASE, SECRET, "yuki", pages.path(meeting), clock.real() + timedelta(hours=1))
    paths = (pages.LIST, "/meetings/2027-01", pages.path(meeting), f"{pages.LIST}?past=1", "/meetings/2026-06")
    return (*(f"{BASE}{path}{'&' if '?' in path else '?'}lang=fr" for path in paths), f"{own}&lang=fr")


def fill(session: Session, meeting: str) -> None:
    session.add(AgendaItem(meeting=meeting, number=1, kind="decision", title=Bilingual("The hive", "La ruche"), minutes=15))


async def test_everybody_can_read_them(page: Page, addresses: tuple[str, ...]) -> None:
    for address in addresses:
        await page.goto(address)
        assert await violations(page) == [], address


@pytest.mark.phone
async def test_on_a_phone_nothing_lies_beyond_the_edge(page: Page, addresses: tuple[str, ...]) -> None:
    for address in addresses:
        for language in ("fr", "en"):
            await page.goto(address.replace("lang=fr", f"lang={language}"))
            assert await page.evaluate("document.documentElement.scrollWidth") <= 360, address
        assert await violations(page) == [], address


@pytest.mark.phone
async def test_on_a_phone_a_month_is_the_days_on_which_something_is(page: Page, addresses: tuple[str, ...]) -> None:
    await page.goto(addresses[1])
    await expect(page.get_by_text("mardi 12 janvier 2027")).to_be_visible()
    await expect(page.get_by_text("mercredi 13 janvier 2027")).to_be_hidden()
    assert await page.locator(".month td:visible").count() == 5, "the twelfth, the nineteenth to the twenty-first, the twenty-sixth"


async def test_one_page_leads_to_the_next(page: Page, addresses: tuple[str, ...]) -> None:
    await page.goto(addresses[0])
    await page.get_by_role("link", name="Par mois").click()
    await expect(page.get_by_role("columnheader", name="Mardi")).to_be_visible()
    await page.get_by_role("link", name="Mois suivant").click()
    await expect(page.get_by_role("heading", name="Réunions, février 2027")).to_be_visible()
    await page.get_by_role("link", name=LONG).first.click()
    await expect(page.get_by_role("heading", name=LONG)).to_be_visible()
    await expect(page.get_by_role("rowheader", name="St. John's")).to_be_visible()
    await page.get_by_role("link", name="English").click()
    await expect(page.locator("html")).to_have_attribute("lang", "en")
    async with page.expect_download() as saving:
        await page.get_by_role("link", name="Add to my calendar").click()
    assert (await saving.value).suggested_filename.endswith(".ics")
    await page.get_by_role("link", name="All upcoming meetings").click()
    await expect(page.get_by_role("heading", name="January 2027")).to_be_visible()


async def test_on_paper_it_is_black_on_white(page: Page, addresses: tuple[str, ...]) -> None:
    for address in addresses:
        await page.goto(address)
        await page.emulate_media(media="print", color_scheme="dark")
        assert await page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        await expect(page.get_by_text("Dans votre calendrier")).to_be_hidden()
