"""The map in a browser: moved, searched, narrowed and walked in, by hand and by keyboard; readable by everybody, on a phone, on paper."""

from __future__ import annotations

import re
import shutil
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect
from sqlalchemy.orm import Session

from bot import links
from bot.framework import pages
from bot.registry import Registry
from cadre.core import clock
from cadre.core.bilingual import Bilingual
from cadre.core.database import Database
from cadre.core.reader import Actor
from cadre.framework.telling import ROOT
from cadre.groups.models import Group
from tests.browser.conftest import DESK, PHONE
from tests.browser.site import BASE, SECRET, shown, site
from tests.browser.test_accessibility import violations

DIGITAL = "priority:digital-identity"


def change(session: Session) -> None:
    session.get_one(Group, "channel-shift").name = Bilingual("x" * 300, "« é »" * 60)


@pytest_asyncio.fixture(scope="module")
async def client(sandbox_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[httpx.AsyncClient]:
    """The pages, which tests only look at."""
    path = shutil.copy(sandbox_sqlite, tmp_path_factory.mktemp("framework") / "registry.sqlite")
    with closing(Registry(database := Database(f"sqlite:///{path}"))) as registry:
        database.write(Actor("Jordan"), change)
        async with site(pages.routes(registry, SECRET)) as found:
            yield found


@pytest_asyncio.fixture
async def page(window: Page, client: httpx.AsyncClient) -> Page:
    """Without a workspace: a page needs none."""
    await shown(window, client)
    return window


def address(path: str = ROOT, more: str = "", language: str = "en") -> str:
    until = clock.real() + timedelta(hours=1)
    return f"{BASE}{path}?{links.TOKEN}={links.sign(SECRET, 'jordan-wrenwood', ROOT, until)}&lang={language}{more}"


async def box(page: Page) -> list[float]:
    """What part of the picture is in its frame: x, y, width, height."""
    return [float(each) for each in (await page.locator("#map").get_attribute("viewBox") or "").split()]


def node(page: Page, id_: str) -> Any:
    return page.locator(f'[id="{id_}"]')


@pytest.mark.parametrize("path", [ROOT, f"{ROOT}/priority/digital-identity"], ids=["whole", "one"])
@pytest.mark.parametrize("language", ["en", "fr"])
async def test_everybody_can_read_it_in_light_and_dark(page: Page, path: str, language: str) -> None:
    await page.goto(address(path, language=language))
    await page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    assert await violations(page) == []


@pytest.mark.phone
@pytest.mark.parametrize("language", ["en", "fr"])
async def test_on_a_phone_nothing_lies_beyond_the_edge(page: Page, language: str) -> None:
    for width, path in ((390, ROOT), (360, ROOT), (360, f"{ROOT}/group/channel-shift")):
        await page.set_viewport_size({"width": width, "height": 740})
        await page.goto(address(path, language=language))
        assert await page.evaluate("document.documentElement.scrollWidth") <= width
    await page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    assert await page.evaluate("document.documentElement.scrollWidth") <= width
    assert await violations(page) == []


async def test_it_is_moved_and_zoomed_by_hand_and_by_keys(page: Page) -> None:
    await page.goto(address())
    _x, _y, width, height = await box(page)
    await page.get_by_role("button", name="Zoom in").click()
    assert (await box(page))[2] < width
    await page.get_by_role("button", name="Zoom out").click()
    assert (await box(page))[2] == pytest.approx(width)
    await page.locator("#canvas").focus()
    for key, changed in (("ArrowRight", 0), ("ArrowDown", 1)):
        before = await box(page)
        await page.keyboard.press(key)
        assert (await box(page))[changed] > before[changed]
    await page.keyboard.press("+")
    assert (await box(page))[2] == pytest.approx(width / 1.25)
    await page.keyboard.press("0")
    assert (await box(page))[3] > height  # all of it
    frame = await page.locator("#canvas").bounding_box()
    assert frame
    before = await box(page)
    await page.mouse.move(frame["x"] + 500, frame["y"] + 300)
    await page.mouse.down()
    await page.mouse.move(frame["x"] + 400, frame["y"] + 250, steps=3)
    await page.mouse.up()
    after = await box(page)
    assert after[0] > before[0]
    assert after[1] > before[1]
    await page.keyboard.down("Control")
    await page.mouse.wheel(0, -100)
    await page.keyboard.up("Control")
    await page.wait_for_function("(width) => document.getElementById('map').viewBox.baseVal.width < width", arg=after[2])
    await expect(page.locator("#panel")).to_be_hidden()  # dragging opens nothing


async def test_what_is_searched_for_is_shown_counted_and_stepped_through(page: Page) -> None:
    await page.goto(address())
    field = page.get_by_role("searchbox", name="Find on the map")
    await field.fill("identité NUMÉRIQUE")
    await expect(page.get_by_role("status").first).to_have_text("Nothing is found.")
    await field.fill("DIGITAL  idéntity")
    await expect(page.locator("#told")).to_have_text("Found: 2")
    await expect(node(page, DIGITAL)).to_have_class(re.compile(r"\bfound\b"))
    assert await page.evaluate("getComputedStyle(document.getElementById('group:jc')).opacity") == "0.2"
    await field.press("Enter")
    await expect(page.locator("#told")).to_have_text("1 of 2: Digital Identity")
    await page.get_by_role("button", name="Next").click()
    await expect(page.locator("#told")).to_have_text("2 of 2: Digital Identity Working Group")
    assert "q=DIGITAL++id%C3%A9ntity" in page.url
    await page.reload()
    await expect(page.locator("#told")).to_have_text("Found: 2")


async def test_it_is_narrowed_without_another_drawing(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    await page.goto(address())
    await page.get_by_text("Choose what to see").click()
    await page.get_by_label("Dormant").check()
    await expect(page.locator("#told")).to_contain_text("Shown:")
    assert [each for each in asked if "state=" in each and "part=words" not in each] == []
    assert "out" in (await node(page, "group:research").get_attribute("class") or "")
    assert "state=dormant" in page.url
    await expect(page.locator("#words")).not_to_contain_text("Research Committee")
    await expect(page.get_by_role("link", name="CSV")).to_have_attribute("href", re.compile("state=dormant"))
    await page.get_by_label("Dormant").uncheck()
    await expect(page.locator("#words")).to_contain_text("Research Committee")


async def test_a_card_opens_what_is_around_it_and_back_closes_it(page: Page) -> None:
    await page.goto(address())
    link = node(page, DIGITAL).locator("a")
    await link.focus()
    await page.keyboard.press("Enter")
    panel = page.get_by_role("dialog", name="Digital Identity")
    await expect(panel.get_by_role("heading", name="People")).to_be_visible()
    assert await violations(page) == []
    assert page.url.endswith("#priority/digital-identity")
    await panel.locator("#panel-shown li a", has_text="Identity Management").first.click()
    deeper = page.get_by_role("dialog", name="Identity Management Sub-Committee")
    await expect(deeper.get_by_role("heading", name="Priorities that it serves")).to_be_visible()
    await page.go_back()
    await expect(panel.get_by_role("heading", name="People")).to_be_visible()
    await page.go_forward()
    await expect(deeper).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.locator("#panel")).to_be_hidden()
    assert "#" not in page.url
    await expect(link).to_be_focused()
    await page.goto(f"{address()}#priority/digital-identity")
    await panel.get_by_role("link", name="Open its page").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Digital Identity")


async def test_cards_are_reached_in_the_order_in_which_one_reads(page: Page) -> None:
    await page.goto(address())
    await page.locator("#canvas").focus()
    reached = []
    for _ in range(12):
        await page.keyboard.press("Tab")
        reached.append(await page.evaluate("document.activeElement.closest('.node')?.id"))
    assert reached[-4:] == ["priority:digital-strategy", "group:digital-strategy-wg", DIGITAL, "group:digital-identity-wg"]
    assert all(each.startswith("group:") for each in reached[:5])  # councils and tables
    frame, card = await page.locator("#canvas").bounding_box(), await node(page, reached[-1]).bounding_box()
    assert frame
    assert card
    assert frame["y"] <= card["y"] <= frame["y"] + frame["height"]  # it is brought into view


async def test_light_and_dark_are_chosen_and_kept(page: Page) -> None:
    await page.goto(address())
    paper = "getComputedStyle(document.body).backgroundColor + getComputedStyle(document.querySelector('#map polygon')).fill"
    assert await page.evaluate(paper) == "rgb(255, 255, 255)rgb(255, 255, 255)"
    await page.get_by_role("button", name="Light or dark").click()
    assert await page.evaluate(paper) == "rgb(18, 24, 31)rgb(18, 24, 31)"
    assert await violations(page) == []
    await page.reload()
    assert await page.evaluate(paper) == "rgb(18, 24, 31)rgb(18, 24, 31)"
    await page.emulate_media(media="print")
    assert await page.evaluate(paper) == "rgb(255, 255, 255)rgb(255, 255, 255)"
    await expect(page.locator("#asked")).to_be_hidden()
    await expect(page.locator("#words")).to_be_visible()


async def test_without_a_script_it_is_a_picture_a_form_and_the_words(browser: Browser, client: httpx.AsyncClient) -> None:
    context = await browser.new_context(viewport=DESK, java_script_enabled=False)
    page = await context.new_page()
    await shown(page, client)
    await page.goto(address())
    await expect(page.locator("#tools")).to_be_hidden()
    await expect(page.get_by_role("heading", name="Councils and tables")).to_be_visible()
    await page.get_by_text("Choose what to see").click()
    await page.get_by_label("Dormant").check()
    await page.get_by_role("button", name="Show").click()
    await expect(node(page, "group:research")).to_have_count(0)
    await page.get_by_role("searchbox").fill("toboggans")
    await page.get_by_role("button", name="Find").click()
    await expect(page.locator("#told")).to_have_text("1 found on the map")
    await page.locator("#results a").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Demonstration Toboggans Committee")
    await context.close()


SMALLEST = "[...document.querySelectorAll('{} text')].reduce((least, each) => Math.min(least, each.getBoundingClientRect().height), 99)"
"""How high the smallest text of a picture stands on the screen, in pixels."""


@pytest.mark.phone
async def test_on_a_phone_a_panel_can_be_read_and_closed_without_searching(page: Page) -> None:
    await page.goto(f"{address()}#priority/digital-identity")
    panel = page.get_by_role("dialog", name="Digital Identity")
    await expect(panel.get_by_role("heading", name="People")).to_be_visible()
    assert await page.evaluate(SMALLEST.format("#panel-shown")) >= 8
    name, close = await page.locator("#panel-name").bounding_box(), await page.locator("#close").bounding_box()
    assert name
    assert close
    assert close["y"] < name["y"] + name["height"], "the way out stands beside the name"
    card = await page.locator("#panel-shown .node.priority", has_text="Digital Identity").first.bounding_box()
    assert card
    assert 0 <= card["x"] < card["x"] + card["width"] <= 360, "what it is about is seen first"


@pytest.mark.phone
@pytest.mark.parametrize("path", [ROOT, f"{ROOT}/priority/digital-identity"], ids=["whole", "one"])
async def test_on_a_phone_the_map_begins_with_its_first_card(page: Page, path: str) -> None:
    await page.goto(address(path))
    first = await page.evaluate("JSON.parse(document.getElementById('data').textContent).nodes[0][0]")
    card, frame = await node(page, first).bounding_box(), await page.locator("#canvas").bounding_box()
    assert card
    assert frame
    assert frame["x"] <= card["x"] < frame["x"] + 60
    assert frame["y"] <= card["y"] < frame["y"] + 0.6 * frame["height"]


async def test_two_fingers_zoom_and_one_moves_it(browser: Browser, client: httpx.AsyncClient) -> None:
    context = await browser.new_context(viewport=PHONE, has_touch=True)
    page = await context.new_page()
    await shown(page, client)
    await page.goto(address())
    await page.locator("#canvas").scroll_into_view_if_needed()
    frame = await page.locator("#canvas").bounding_box()
    assert frame
    x, y = frame["x"] + frame["width"] / 2, frame["y"] + 150
    hand = await context.new_cdp_session(page)

    async def touch(kind: str, *points: tuple[float, float]) -> None:
        at = [{"x": right, "y": down, "id": n} for n, (right, down) in enumerate(points)]
        await hand.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": at})

    before = await box(page)
    await touch("touchStart", (x - 20, y), (x + 20, y))
    for apart in (30, 45, 60):
        await touch("touchMove", (x - apart, y), (x + apart, y))
    await touch("touchEnd")
    nearer = await box(page)
    assert nearer[2] < before[2] / 2
    await touch("touchStart", (x, y))
    for further in (20, 40, 60):
        await touch("touchMove", (x - further, y))
    await touch("touchEnd")
    assert (await box(page))[0] > nearer[0]
    assert (await box(page))[2] == pytest.approx(nearer[2])
    await expect(page.locator("#panel")).to_be_hidden()
    await context.close()
