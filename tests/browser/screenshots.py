"""``make screenshots``: the pictures that README.md and LISEZMOI.md show, drawn from the page itself."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Final

from playwright.async_api import Browser, Page, ViewportSize, expect

from bot.sandbox.registry import make
from cadre.core.database import Database
from cadre.core.schema import ROOT
from cadre.exchange.seed import real_registry
from tests.browser import chromium
from tests.browser.test_page import arrives, writes
from tests.workspace import GENERAL, Workspace, running

FOLDER: Final = ROOT / "docs" / "images"
SIZE: Final = ViewportSize(width=1200, height=720)
MOMENT: Final = "2027-03-01T09:30:00-05:00"
"""By the workspace's clock, so that the pictures are the same another day."""
_ASKED: Final = {
    "en": ("en-US", "who leads digital identity?", "what does SCGI mean?", "Did you mean", "1 reply", "Bev Dicks"),
    "fr": ("fr-CA", "qui dirige l'identité numérique?", "que veut dire SCGI?", "Voulez-vous dire", "1 réponse", "Bev Dicks"),
}


async def main() -> None:
    """Draw them."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/registry.sqlite"
        with closing(Database(url)) as database:
            make(database, real_registry())
        async with running(url) as workspace, chromium.browser() as browser:
            await workspace.until(MOMENT)
            for language in _ASKED:
                await drawn(workspace, browser, language)


async def drawn(workspace: Workspace, browser: Browser, language: str) -> None:
    """A member who asked in a channel, with the answer in its thread, and asked something else for themselves."""
    locale, question, acronym, clarified, replies, answered = _ASKED[language]
    await workspace.post("reset")
    await workspace.until(MOMENT)
    page = await (await browser.new_context(viewport=SIZE, locale=locale, reduced_motion="reduce")).new_page()
    await arrives(page, workspace, workspace.member(locale).id, GENERAL)
    await writes(page, f"@Cadre {question}")
    await page.locator("#messages").get_by_text(replies).click()
    await expect(page.locator("#thread-messages").get_by_text(answered)).to_be_visible()
    await writes(page, f"/cadre {acronym}")
    await expect(page.locator("#messages").get_by_text(clarified)).to_be_visible()
    await settled(page)
    await page.screenshot(path=FOLDER / f"sandbox.{language}.png", animations="disabled", caret="hide")
    await page.context.close()


async def settled(page: Page) -> None:
    """Nothing is drawn any more."""
    await page.mouse.move(0, 0)
    await page.evaluate("document.activeElement?.blur()")
    await page.wait_for_load_state("load")
    await page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


if __name__ == "__main__":
    if chromium.program() is None:
        sys.exit(chromium.missing())
    asyncio.run(main())
    sys.stdout.writelines(f"{path.relative_to(Path.cwd())}\n" for path in sorted(FOLDER.glob("*.png")))
