"""The web pages of a call: readable by everybody, on a phone and on paper."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from bot import links
from bot.calls import pages
from bot.registry import Registry
from cadre.core import clock
from cadre.core.database import Database
from tests.browser.site import BASE, SECRET, shown, site
from tests.browser.test_accessibility import violations
from tests.calls.answered import GROUP, of_sandbox


@pytest.fixture
def page(window: Page) -> Page:
    """Without a workspace: a page needs none."""
    return window


@pytest_asyncio.fixture(scope="module")
async def calls(sandbox_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[httpx.AsyncClient, int]]:
    """The pages of calls, which tests only look at, and which call to open."""
    url, call = of_sandbox(sandbox_sqlite, tmp_path_factory.mktemp("calls"))
    with closing(Registry(Database(url))) as registry:
        async with site(pages.routes(registry, SECRET, email=True)) as client:
            yield client, call


@pytest_asyncio.fixture
async def addresses(page: Page, calls: tuple[httpx.AsyncClient, int]) -> tuple[str, ...]:
    """The list, the call as everybody sees it, as a representative does, and all answers."""
    client, call = calls
    await shown(page, client)
    until = clock.real() + timedelta(hours=1)
    own = links.address(BASE, SECRET, "maxime-grandchene", pages.path(call), until)
    grid = links.address(BASE, SECRET, "jordan-wrenwood", pages.grid_path(call), until)
    return f"{BASE}{pages.LIST}?lang=en", f"{BASE}{pages.path(call)}?lang=en", f"{own}&lang=en", f"{grid}&lang=en"


async def test_everybody_can_read_them(page: Page, addresses: tuple[str, ...]) -> None:
    for address in addresses:
        await page.goto(address)
        assert await violations(page) == [], address


@pytest.mark.phone
async def test_on_a_phone_nothing_lies_beyond_the_edge(page: Page, addresses: tuple[str, ...]) -> None:
    for address in addresses:
        for language in ("en", "fr"):
            await page.goto(address.replace("lang=en", f"lang={language}"))
            assert await page.evaluate("document.documentElement.scrollWidth") <= 360, address
        assert await violations(page) == [], address
    await expect(page.get_by_role("table").first.get_by_text("Ellis Marshgrove")).to_be_visible()


async def test_one_page_leads_to_the_next(page: Page, addresses: tuple[str, ...]) -> None:
    listed, _call, _own, grid = addresses
    await page.goto(listed)
    await page.get_by_role("link", name=GROUP).click()
    await expect(page.get_by_role("heading", name=GROUP)).to_be_visible()
    await page.get_by_role("link", name="Français").click()
    await expect(page.locator("html")).to_have_attribute("lang", "fr")
    await page.goto(grid)
    await page.get_by_role("link", name="The text of the call").click()
    await page.get_by_role("link", name="Who answered, and who did not").click()
    await expect(page.get_by_role("rowheader", name="Borealia, demonstration")).to_be_visible()
    async with page.expect_download() as saving:
        await page.get_by_role("link", name="CSV, in French").click()
    assert (await saving.value).suggested_filename.endswith("-reponses.csv")


async def test_on_paper_it_is_black_on_white(page: Page, addresses: tuple[str, ...]) -> None:
    await page.goto(addresses[1])
    await page.emulate_media(media="print", color_scheme="dark")
    assert await page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    await expect(page.get_by_role("link", name="All open calls")).to_be_hidden()
