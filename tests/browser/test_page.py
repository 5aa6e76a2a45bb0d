"""The page, as a person uses it in a real browser: Debian's Chromium."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Page, expect

from bot.sandbox.slack.workspace import BOT, Upload
from cadre.core.schema import ROOT
from tests.exchange.test_roster import book
from tests.workspace import GENERAL, Workspace

TRICKS = "<script>document.title='broken'</script> <b>bold</b> &amp; *not* <!channel> <javascript:alert(1)|click> \u202eright to left"


async def arrives(page: Page, workspace: Workspace, user: str, place: str = "dm") -> None:
    """Open the page as somebody, somewhere."""
    await page.goto(f"{workspace.sandbox.address}/#user={user}&place={place}")
    await expect(page.locator("html.ready")).to_be_visible()


async def writes(page: Page, text: str) -> None:
    """Write where one writes, and send it."""
    field = page.locator("#composer").get_by_role("textbox")
    await field.fill(text)
    await field.press("Enter")


async def test_member_asks_in_french_follows_up_and_opens_help(page: Page, workspace: Workspace) -> None:
    member = workspace.member("fr-CA")
    await arrives(page, workspace, member.id)
    await expect(page.locator("html")).to_have_attribute("lang", re.compile("^fr"))
    await writes(page, "qui dirige l'identité numérique?")
    answer = page.locator("#messages").get_by_text("Bev Dicks (C.-B.) et Annette Vermaeten").first
    await expect(answer).to_be_visible()
    await page.get_by_role("button", name="Quel est le but de la priorité Identité numérique?").click()
    await expect(page.locator("#messages").get_by_text("feuille de route").first).to_be_visible()
    await writes(page, "/cadre aide")
    await expect(page.locator("#messages").get_by_text("/cadre moi").first).to_be_visible()


async def test_newcomer_claims_a_record_and_the_secretariat_confirms_it(page: Page, workspace: Workspace) -> None:
    newcomer, officer = workspace.newcomer("fr-CA"), workspace.secretariat("fr-CA")
    await arrives(page, workspace, newcomer.id, "home")
    await page.get_by_role("button", name="C'est moi").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("button", name="Envoyer").click()
    await expect(dialog.get_by_text("Veuillez remplir ce champ obligatoire.")).to_be_visible()
    await dialog.get_by_role("combobox").fill("Valdombre")
    await page.get_by_role("option", name=re.compile("Loïs Valdombre")).click()
    await dialog.get_by_role("button", name="Envoyer").click()
    await expect(dialog.get_by_text("Votre demande est au secrétariat")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(dialog).to_be_hidden()

    await arrives(page, workspace, officer.id)
    await page.locator("#messages").get_by_role("button", name="Confirmer").last.click()
    await expect(page.locator("#messages").get_by_text("Confirmé par").last).to_be_visible()
    await expect(page.locator("#messages").get_by_role("button", name="Confirmer")).to_have_count(0)
    await workspace.quiet()
    assert "Loïs Valdombre" in (await newcomer.last_dm()).text


async def test_what_somebody_types_is_shown_as_text(page: Page, workspace: Workspace) -> None:
    await arrives(page, workspace, "U0AVERY", GENERAL)
    title = await page.title()
    await writes(page, TRICKS)
    said = page.locator("#messages").get_by_text("<script>document.title='broken'</script>").first
    await expect(said).to_be_visible()
    assert await page.title() == title
    assert await page.locator("#messages a[href^='javascript']").count() == 0
    assert await page.locator("#messages b").count() == 0


async def test_two_windows_act_as_two_people_and_both_live(page: Page, workspace: Workspace) -> None:
    await arrives(page, workspace, "U0AVERY", GENERAL)
    other = await page.context.new_page()
    await arrives(other, workspace, "U0CAMILLE", GENERAL)
    await writes(page, "Good morning, Camille")
    await expect(other.locator("#messages").get_by_text("Good morning, Camille")).to_be_visible()
    await page.reload()
    await expect(page.locator("#messages").get_by_text("Good morning, Camille")).to_be_visible()
    await expect(page.locator("#acting")).to_have_value(re.compile("Avery Plumridge"))


async def test_app_home_in_two_windows_comes_to_rest(page: Page, workspace: Workspace) -> None:
    """What one window draws is not opened again by the other, which would open it in the first."""
    await arrives(page, workspace, "U0AVERY", "home")
    other = await page.context.new_page()
    await arrives(other, workspace, "U0AVERY", "home")
    await expect(other.get_by_text("Questions to begin with")).to_be_visible()
    await page.wait_for_timeout(300)
    before = len(await workspace.log())
    await page.wait_for_timeout(500)
    assert len(await workspace.log()) == before


async def test_the_clock_goes_a_week_on(page: Page, workspace: Workspace) -> None:
    await arrives(page, workspace, "U0CASEY")
    shown = page.locator("#clock-time")
    before = await shown.inner_text()
    assert "St. John's, UTC" in before
    await page.get_by_role("button", name="+1 week").click()
    await expect(shown).not_to_have_text(before)
    assert workspace.sandbox.clock.offset > 6 * 86400


async def test_a_command_that_fails_is_shown_as_failed(page: Page, workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    await arrives(page, workspace, "U0MAXIME", GENERAL)
    monkeypatch.setattr(workspace.sandbox.deliveries, "carrier", None)  # nobody is there to take it
    await writes(page, "/cadre qui dirige l'identité numérique?")
    await expect(page.locator("#messages").get_by_text("a échoué avec l'erreur")).to_be_visible()


@pytest.mark.phone
async def test_on_a_phone_nothing_is_cut_off(page: Page, workspace: Workspace) -> None:
    await workspace.member("fr-CA").asks("quels groupes relèvent des Conseils mixtes?")
    await arrives(page, workspace, "U0MAXIME")
    await expect(page.locator("#messages").get_by_text("Source").or_(page.locator("#messages .message")).first).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    await page.locator("#menu").click()
    await expect(page.get_by_role("link", name="Accueil de l'application")).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


async def test_by_keyboard_alone(page: Page, workspace: Workspace) -> None:
    await arrives(page, workspace, "U0AVERY")
    await page.locator("#composer").get_by_role("textbox").focus()
    await page.keyboard.type("who leads digital identity?")
    await page.keyboard.press("Enter")
    await expect(page.locator("#messages").get_by_text("Bev Dicks").first).to_be_visible()
    follow_up = page.get_by_role("button", name="What is the goal of the Digital Identity priority?")
    for _ in range(12):
        await page.keyboard.press("Shift+Tab")
        if await follow_up.evaluate("node => node === document.activeElement"):
            break
    await page.keyboard.press("Enter")
    await expect(page.locator("#messages").get_by_text("roadmap").first).to_be_visible()


async def test_a_picture_that_was_shared_is_shown_with_its_description(page: Page, workspace: Workspace) -> None:
    """Nothing in Cadre shares files yet: it is put there as the three calls of an upload leave it."""
    drawn = (ROOT / "docs" / "images" / "sandbox.fr.png").read_bytes()
    slack = workspace.sandbox.workspace
    slack.files["F1"] = Upload("F1", "carte.png", len(drawn), "La carte des priorités", data=drawn, shared=True)
    slack.post(slack.conversations[GENERAL], BOT, {"text": ":map: La carte", "files": ["F1"]})
    await arrives(page, workspace, "U0MAXIME", GENERAL)
    picture = page.get_by_role("img", name="La carte des priorités")
    await expect(picture).to_be_visible()
    await page.wait_for_function("document.querySelector('.picture img').naturalWidth === 1200")


async def test_a_file_is_chosen_in_a_window(page: Page, workspace: Workspace) -> None:
    officer = workspace.secretariat()
    await arrives(page, workspace, officer.id)
    await writes(page, "/cadre roster")
    dialog = page.get_by_role("dialog")
    content = book(("Quilts", "Quinn Applewood", "", "Member", "", "", "2026-10", ""))
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    await dialog.locator("input[type=file]").set_input_files({"name": "roster.xlsx", "mimeType": kind, "buffer": content})
    await expect(dialog.get_by_role("listitem").get_by_text("roster.xlsx")).to_be_visible()
    await dialog.get_by_role("button", name="Look at it").click()
    await expect(dialog.get_by_text("Row 2: Quinn Applewood")).to_be_visible()
    await dialog.get_by_role("button", name="Import").click()
    await expect(dialog.get_by_text("1 role is added")).to_be_visible()
