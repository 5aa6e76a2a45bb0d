"""A browser, and a workspace to look at in it."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, ViewportSize, expect

from tests.browser import chromium
from tests.workspace import Workspace, running

PHONE: Final = ViewportSize(width=360, height=740)
DESK: Final = ViewportSize(width=1280, height=800)
PATIENCE: Final = 15_000
"""Milliseconds. Only a machine that is busy elsewhere needs so many; what is not there by then is not there."""


@pytest_asyncio.fixture(scope="session")
async def lasting_workspace(sandbox_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Workspace]:
    """A workspace for all tests; on SQLite, for what a page shows does not depend on the database."""
    async with running(f"sqlite:///{shutil.copy(sandbox_sqlite, tmp_path_factory.mktemp('shown') / 'sandbox.sqlite')}") as made:
        yield made


@pytest_asyncio.fixture
async def workspace(lasting_workspace: Workspace) -> Workspace:
    """The workspace with Cadre in it, as at the start."""
    await lasting_workspace.start_over()
    return lasting_workspace


@pytest_asyncio.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One browser for all tests: to start it takes longer than most of what is done in it."""
    if reason := chromium.missing():
        pytest.skip(reason)
    async with chromium.browser() as started:
        yield started


@pytest_asyncio.fixture
async def window(request: pytest.FixtureRequest, browser: Browser) -> AsyncIterator[Page]:
    """A window of a French-speaking person in St. John's; ``phone`` in the test's marks makes it a narrow one.

    Nothing may go wrong in it unseen: what the page logs as an error fails the test.
    """
    narrow = request.node.get_closest_marker("phone") is not None
    context = await browser.new_context(
        viewport=PHONE if narrow else DESK, locale="fr-CA", timezone_id="America/St_Johns", reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    shown = await context.new_page()
    wrong: list[str] = []
    shown.on("pageerror", lambda error: wrong.append(str(error)))
    shown.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    yield shown
    await context.close()
    assert wrong == []


@pytest.fixture
def page(workspace: Workspace, window: Page) -> Page:
    """The same, closed before the workspace starts over: nothing that it shows goes away under it."""
    return window
