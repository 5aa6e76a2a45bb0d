"""The web pages of gaps and health: readable by everybody, on a phone too."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from bot import links
from bot.oversight import pages
from bot.registry import Registry
from cadre.core import clock
from cadre.core.database import Database
from cadre.core.reader import OPERATOR
from cadre.oversight import editions
from tests.browser.site import BASE, SECRET, shown, site
from tests.browser.test_accessibility import violations


@pytest.fixture
def page(window: Page) -> Page:
    """Without a workspace: a page needs none."""
    return window


@pytest_asyncio.fixture(scope="module")
async def client(sandbox_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[httpx.AsyncClient]:
    """The pages, which tests only look at, with an edition."""
    path = shutil.copy(sandbox_sqlite, tmp_path_factory.mktemp("oversight") / "registry.sqlite")
    with closing(Registry(database := Database(f"sqlite:///{path}"))) as registry:
        database.write(OPERATOR, editions.begin)
        async with site(pages.routes(registry, SECRET)) as found:
            yield found


@pytest_asyncio.fixture
async def addresses(page: Page, client: httpx.AsyncClient) -> tuple[str, ...]:
    """The live matrix, an edition, and how groups stand."""
    await shown(page, client)
    until = clock.real() + timedelta(hours=1)
    paths = (pages.GAPS, pages.edition_path(1), pages.HEALTH)
    return tuple(f"{links.address(BASE, SECRET, 'jordan-wrenwood', path, until)}&lang=en" for path in paths)


async def test_everybody_can_read_them(page: Page, addresses: tuple[str, ...]) -> None:
    for address in addresses:
        await page.goto(address)
        await page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        assert await violations(page) == [], address


@pytest.mark.phone
async def test_on_a_phone_nothing_lies_beyond_the_edge(page: Page, addresses: tuple[str, ...]) -> None:
    for address in addresses:
        for language in ("en", "fr"):
            await page.goto(address.replace("lang=en", f"lang={language}"))
            await page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
            assert await page.evaluate("document.documentElement.scrollWidth") <= 360, address
        assert await violations(page) == [], address
    await page.goto(addresses[0])
    cell = page.get_by_role("row", name="Demonstration Orchards Working Group").get_by_role("cell")
    await expect(cell.get_by_text("Supports it")).to_be_visible()
    await expect(cell.get_by_text("Demonstration Lanterns")).to_be_visible()
