"""Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from playwright.async_api import Browser, async_playwright

REQUIRE: Final = "CADRE_REQUIRE_CHROMIUM"
_ARGUMENTS: Final = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


def program() -> str | None:
    """Where the browser is; None where it is not installed."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def missing() -> str | None:
    """Why nothing can be tried in a browser here; None where it can, or must."""
    if program() or os.environ.get(REQUIRE):
        return None
    return "Chromium is not installed (Debian: apt install chromium)"


@asynccontextmanager
async def browser() -> AsyncIterator[Browser]:
    """A browser without a window."""
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=program(), args=list(_ARGUMENTS))
        try:
            yield started
        finally:
            await started.close()
