"""The web page of a workplan: by a signed link alone, readable by everybody, on a phone and on paper."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import httpx
import pytest
import pytest_asyncio
from jinja2 import Environment, nodes
from markupsafe import Markup
from playwright.async_api import Page, expect

from bot import links
from bot.registry import Registry
from bot.web.templates import FRAME, environment
from bot.workplans import pages
from cadre.core import clock
from cadre.core.database import Database
from cadre.core.words import Words
from tests.browser import site as sites
from tests.browser.site import BASE, SECRET
from tests.browser.test_accessibility import violations
from tests.slack.workplans import LANTERNS, page_registry

LEAD: Final = "robin-ashgrove"
TEMPLATES: Final = Path(pages.__file__).with_name("templates")
BOT: Final = Path(pages.__file__).parents[1]
NOW: Final = datetime(2027, 2, 1, tzinfo=UTC)


@pytest.fixture
def page(window: Page) -> Page:
    """Without a workspace: a page needs none."""
    return window


@pytest_asyncio.fixture(scope="module")
async def site(sandbox_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[httpx.AsyncClient]:
    """The page, which tests only look at."""
    with closing(Registry(Database(page_registry(sandbox_sqlite, tmp_path_factory.mktemp("workplans"))))) as registry:
        async with sites.site(pages.routes(registry, SECRET)) as client:
            yield client


def link(person: str = LEAD, plan: str = LANTERNS, *, hours: int = 1, secret: str = SECRET) -> str:
    """A link for somebody, good for so many hours."""
    return links.address("", secret, person, pages.path(plan), clock.real() + timedelta(hours=hours))


async def opens(page: Page, site: httpx.AsyncClient, path: str) -> None:
    """Open an address of the site in the browser."""
    await sites.shown(page, site)
    await page.goto(f"{BASE}{path}")


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_everybody_can_read_it(page: Page, site: httpx.AsyncClient, language: str) -> None:
    await opens(page, site, f"{link()}&lang={language}")
    for summary in await page.locator("summary").all():
        await summary.click()
    assert await violations(page) == []


@pytest.mark.phone
async def test_on_a_phone_nothing_lies_beyond_the_edge(page: Page, site: httpx.AsyncClient) -> None:
    await opens(page, site, link())
    await expect(page.get_by_role("row").first).to_be_attached()
    assert await page.evaluate("document.documentElement.scrollWidth") <= 360
    assert await violations(page) == []


async def test_the_other_language_is_one_click_away(page: Page, site: httpx.AsyncClient) -> None:
    await opens(page, site, link())
    await expect(page.locator("html")).to_have_attribute("lang", "fr")  # as this browser asks
    await page.get_by_role("link", name="English").click()
    await expect(page.locator("html")).to_have_attribute("lang", "en")
    await expect(page.get_by_role("heading", name="Activities")).to_be_visible()


async def test_states_are_told_in_words_and_by_shape(page: Page, site: httpx.AsyncClient) -> None:
    await opens(page, site, f"{link()}&lang=en")
    states = await page.locator("td.state").all_inner_texts()
    assert "▲ At risk" in states
    assert "✓ Done" in states


async def test_what_changed_is_told_without_colour(page: Page, site: httpx.AsyncClient) -> None:
    await opens(page, site, f"{link()}&lang=en")
    added, removed = page.locator("ins").first, page.locator("del").first
    assert re.match(r"Added:\s*\+", await added.inner_text())
    assert re.match(r"Removed:\s*−", await removed.inner_text())
    assert await removed.evaluate("node => getComputedStyle(node).textDecorationLine") == "line-through"


async def test_on_paper_it_is_black_on_white(page: Page, site: httpx.AsyncClient) -> None:
    await opens(page, site, link())
    await page.emulate_media(media="print", color_scheme="dark")
    assert await page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    await expect(page.get_by_role("link", name="English")).to_be_hidden()


@pytest.mark.parametrize(
    "path",
    [
        pages.path(LANTERNS),
        link(hours=-1),
        link(secret="another"),
        link(plan="demo-orchards.2027-1").replace("demo-orchards.2027-1", LANTERNS),
        f"{pages.path(LANTERNS)}?k=ImEi.x",
    ],
    ids=["no key", "expired", "signed by another", "for another page", "invented"],
)
async def test_without_a_link_that_is_good_nothing_is_shown(site: httpx.AsyncClient, path: str) -> None:
    refused = await site.get(path, headers={"accept-language": "en"})
    assert refused.status_code == 403
    assert "/cadre workplan" in refused.text, "what to do"
    assert "Lantern" not in refused.text


async def test_rights_are_asked_for_each_time(site: httpx.AsyncClient) -> None:
    """A link does not show what its owner may not see (any more)."""
    assert (await site.get(link())).status_code == 200
    for person in ("charlie-oakmere", "nobody"):
        refused = await site.get(link(person))
        assert refused.status_code == 404
        assert "Lantern" not in refused.text


async def test_a_workplan_that_is_not_there(site: httpx.AsyncClient) -> None:
    assert (await site.get(link(plan="gone.2027-1"))).status_code == 404


async def test_it_stays_with_whom_it_was_made_for(site: httpx.AsyncClient) -> None:
    headers = (await site.get(link())).headers
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert "script" not in headers["content-security-policy"]
    assert "default-src 'none'" in headers["content-security-policy"]


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("fr-CA,fr;q=0.9,en;q=0.8", "fr"),
        ("en;q=0.5, fr;q=0.7", "fr"),
        ("de, en-GB;q=0.2", "en"),
        ("fr;q=0, de", "en"),
        ("fr;q=x", "en"),
        ("", "en"),
    ],
)
async def test_it_comes_in_the_language_that_the_browser_asks_for(site: httpx.AsyncClient, accepted: str, language: str) -> None:
    assert f'<html lang="{language}">' in (await site.get(link(), headers={"accept-language": accepted})).text


def test_a_link_names_its_owner_until_it_expires() -> None:
    token = links.sign(SECRET, LEAD, "/a", NOW)
    assert links.verify(SECRET, token, "/a", NOW - timedelta(seconds=1)) == LEAD
    assert links.verify(SECRET, token, "/a", NOW) is None
    assert links.verify(SECRET, token, "/b", NOW - timedelta(days=1)) is None
    assert links.verify("another", token, "/a", NOW - timedelta(days=1)) is None
    assert links.verify(SECRET, f"x{token}", "/a", NOW - timedelta(days=1)) is None


def test_without_a_secret_nothing_is_signed() -> None:
    with pytest.raises(ValueError, match="secret"):
        links.sign("", LEAD, "/a", NOW)


@pytest.fixture
def templates(tmp_path: Path) -> Environment:
    """A template that shows one value."""
    (tmp_path / "one.html").write_text("{{ page }}")
    return environment(tmp_path)


@pytest.mark.parametrize("value", ["a text", None, True, ["words"]])
def test_a_page_shows_no_text_that_nobody_worded(templates: Environment, value: object) -> None:
    with pytest.raises(TypeError, match="not"):
        templates.get_template("one.html").render(page=value)


def test_a_page_shows_words_escaped_markup_and_numbers(templates: Environment) -> None:
    shown = [templates.get_template("one.html").render(page=value) for value in (Words.verbatim("<b>"), Markup("<b>"), 7)]
    assert shown == ["&lt;b&gt;", "<b>", "7"]


_STYLE = re.compile(r"\.drawn \[(?:fill|stroke)=\"\"\] \{ (?:fill|stroke): light-dark\(, \); \}")
"""What says which colour of a picture becomes which, on a dark page."""


@pytest.mark.parametrize("path", sorted([*BOT.glob("*/templates/*.html"), *FRAME.glob("*.html")]), ids=lambda path: path.name)
def test_templates_hold_no_text_of_their_own(path: Path) -> None:
    """What people read is worded in both languages, so none of it stands in a template."""
    tree = environment(TEMPLATES).parse(path.read_text("utf-8"))
    markup = "".join(part.data for part in tree.find_all(nodes.TemplateData))
    text = re.sub(r"<[^>]*>", "", _STYLE.sub("", markup))
    assert not re.search(r"\w", text), text
    assert not re.search(r'(?:alt|title|aria-label|placeholder)="[^"{]+"', path.read_text("utf-8"))
