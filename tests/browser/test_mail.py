"""The mailbox in the page: letters as they are designed, in a frame in which nothing runs."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.async_api import Page, expect

from bot.delivery.email import Letter, Part
from bot.face import File
from cadre.core.words import Words
from tests.browser.test_accessibility import violations
from tests.browser.test_page import arrives
from tests.workspace import Member, Workspace

OFFICER = "Avery <script>parent.document.title='broken'</script> & co"


def letter(workspace: Workspace, who: Member, subject: str = "Plan de travail : identité numérique, dû le 1er mars") -> Letter:
    words = Words.verbatim
    return Letter.of(
        to=workspace.sandbox.workspace.users[who.id].email or "",
        name=who.name,
        subject=words(subject),
        parts=(
            Part(None, (words(f"Bonjour {who.name},"), words(OFFICER))),
            Part(
                words("Identité numérique"),
                (words("Le plan de travail est dû le 1er mars 2027. " * 4),),
                ((words("Ouvrir le plan de travail"), f"{workspace.sandbox.address}/health"),),
            ),
        ),
        key=f"workplan:{subject}",
        language="fr",
    )


async def test_letters_are_read_as_they_are_designed(page: Page, workspace: Workspace) -> None:
    lead = workspace.lead("fr-CA")
    await workspace.sandbox.mailbox.send(letter(workspace, lead))
    await arrives(page, workspace, lead.id, "mail")
    shown = page.get_by_role("article", name="Plan de travail : identité numérique")
    await expect(shown.get_by_text("cadre@demonstration.example")).to_be_visible()
    inside = page.frame_locator("iframe")
    await expect(inside.get_by_role("heading", name="Identité numérique", exact=True)).to_be_visible()
    await expect(inside.get_by_text(OFFICER)).to_be_visible()
    assert "broken" not in await page.title()
    whole = await page.locator("iframe").evaluate("frame => frame.contentDocument.documentElement.scrollHeight - frame.clientHeight")
    assert whole <= 0, "a letter is shown whole"
    assert await violations(page) == []
    await page.locator("summary", has_text="texte brut").press("Enter")
    await expect(shown.locator("pre")).to_contain_text("/health")
    assert await violations(page) == []


async def test_a_link_in_a_letter_opens_beside_it(page: Page, workspace: Workspace) -> None:
    lead = workspace.lead("fr-CA")
    await workspace.sandbox.mailbox.send(letter(workspace, lead))
    await arrives(page, workspace, lead.id, "mail")
    async with page.context.expect_page() as opening:
        await page.frame_locator("iframe").get_by_role("link", name="Ouvrir le plan de travail").click()
    await expect((await opening.value).get_by_text("answers")).to_be_visible()
    await expect(page.get_by_role("heading", name="Courriel", level=1)).to_be_visible()


async def test_what_came_with_a_letter_stands_in_its_head(page: Page, workspace: Workspace) -> None:
    lead = workspace.lead("fr-CA")
    files = (File("series-1.ics", "REQUEST", b"BEGIN:VCALENDAR"), File("series-2.ics", "CANCEL", b"END:VCALENDAR"))
    await workspace.sandbox.mailbox.send(replace(letter(workspace, lead), files=files))
    await arrives(page, workspace, lead.id, "mail")
    head = page.locator(".letter-head")
    await expect(head).to_contain_text("Pièces jointes")
    await expect(head).to_contain_text("series-1.ics (REQUEST), series-2.ics (CANCEL)")
    async with page.expect_download() as saving:
        await head.get_by_role("link", name="series-2.ics (CANCEL)").click()
    assert (await saving.value).suggested_filename == "series-2.ics"
    assert await violations(page) == []


async def test_a_letter_that_comes_is_marked_and_read_by_keyboard(page: Page, workspace: Workspace) -> None:
    lead = workspace.lead("fr-CA")
    await arrives(page, workspace, lead.id)
    tab = page.locator("#app-places").get_by_role("link", name="Courriel")
    await expect(tab).to_have_accessible_name("Courriel")
    await workspace.sandbox.mailbox.send(letter(workspace, workspace.member("fr-CA")))
    await workspace.sandbox.mailbox.send(letter(workspace, lead, "Premier"))
    await expect(tab).to_have_accessible_name("Courriel Nouveaux messages")
    await tab.press("Enter")
    await expect(page.get_by_role("article", name="Premier")).to_be_visible()
    await expect(tab).to_have_accessible_name("Courriel")
    await workspace.sandbox.mailbox.send(letter(workspace, lead, "Deuxième"))
    await expect(page.get_by_role("article")).to_have_count(2)
    assert [await each.inner_text() for each in await page.locator(".letter > h2").all()] == ["Deuxième", "Premier"]


async def test_an_empty_mailbox_says_whose_it_is(page: Page, workspace: Workspace) -> None:
    lead = workspace.lead("fr-CA")
    await workspace.sandbox.mailbox.send(letter(workspace, workspace.member("fr-CA")))
    await arrives(page, workspace, lead.id, "mail")
    await expect(page.locator("#mail-empty")).to_contain_text("demonstration.example")
    await expect(page.get_by_role("article")).to_have_count(0)


@pytest.mark.phone
async def test_on_a_phone_a_letter_fits(page: Page, workspace: Workspace) -> None:
    lead = workspace.lead("fr-CA")
    await workspace.sandbox.mailbox.send(letter(workspace, lead))
    await arrives(page, workspace, lead.id, "mail")
    await expect(page.frame_locator("iframe").get_by_role("link")).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert await page.locator("iframe").evaluate("frame => frame.contentDocument.documentElement.scrollWidth <= frame.clientWidth")
    assert await violations(page) == []
