"""What axe-core finds in the page, in its states and in both colour schemes: nothing. WCAG 2.1 A and AA, and its best practices."""

from __future__ import annotations

from typing import Any, Final, Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.async_api import Page, expect

from tests.browser.test_page import arrives
from tests.workspace import GENERAL, Workspace

_LOOKED_FOR: Final[tuple[tuple[Literal["dark", "light"], dict[str, Any]], ...]] = (
    ("dark", {"runOnly": ["color-contrast", "link-in-text-block"], "iframes": False}),
    ("light", {"pingWaitTime": 1}),
)
"""By scheme. They differ in their colours and in nothing else, so in one of them the rules of colours are all that can find anything.

In a letter's frame nothing runs, so nobody there answers, however long one waits (half a second, unless told otherwise).
"""
_LOOK: Final = """async (more) => {
  const found = await axe.run({ resultTypes: ["violations"], ...more });
  return found.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.html.slice(0, 160)}`));
}"""


async def violations(page: Page) -> list[str]:
    """Each rule that is broken in either colour scheme, and where."""
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(AXE_SCRIPT)
    found = []
    for scheme, more in _LOOKED_FOR:
        await page.emulate_media(color_scheme=scheme)
        found += [f"{scheme}, {each}" for each in await page.evaluate(_LOOK, more)]
    return found


async def test_a_conversation_a_thread_and_the_inspector(page: Page, workspace: Workspace) -> None:
    member = workspace.member("fr-CA")
    await member.asks("qui dirige l'identité numérique?", GENERAL)
    await member.commands("que veut dire SCGI?")
    await arrives(page, workspace, member.id, GENERAL)
    await expect(page.locator("#messages").get_by_text("SCGI peut désigner")).to_be_visible()
    assert await violations(page) == []
    await page.locator("#messages").get_by_text("1 réponse").click()
    await expect(page.locator("#thread-messages").get_by_text("Bev Dicks")).to_be_visible()
    assert await violations(page) == []
    await page.locator("#inspector-toggle").click()
    await page.locator("#inspector summary").first.click()
    await expect(page.locator("#log").get_by_text("chat.postMessage").first).to_be_visible()
    assert await violations(page) == []


async def test_app_home_and_a_window_with_an_error(page: Page, workspace: Workspace) -> None:
    newcomer = workspace.newcomer("fr-CA")
    await arrives(page, workspace, newcomer.id, "home")
    await page.get_by_role("button", name="C'est moi").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("button", name="Envoyer").click()
    await expect(dialog.get_by_text("Veuillez remplir ce champ obligatoire.")).to_be_visible()
    assert await violations(page) == []
    await dialog.get_by_role("combobox").fill("b")
    await expect(page.get_by_role("option").first).to_be_visible()
    assert await violations(page) == []


@pytest.mark.phone
async def test_the_menu_on_a_phone(page: Page, workspace: Workspace) -> None:
    await arrives(page, workspace, workspace.lead("fr-CA").id)
    await page.locator("#menu").click()
    assert await violations(page) == []
