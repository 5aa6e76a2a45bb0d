"""Gaps and health on web pages: for those with a confirmed role, by a signed link, in either language."""

from __future__ import annotations

import re
import shutil
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from bot import links
from bot.oversight import pages
from bot.registry import Registry
from cadre.core import clock
from cadre.core.database import Database
from cadre.core.reader import OPERATOR
from cadre.oversight import editions
from cadre.workplans import demonstration

SECRET = "of the signatures"


@pytest.fixture
async def site(sandbox_sqlite: Path, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    path = shutil.copy(sandbox_sqlite, tmp_path / "registry.sqlite")
    with closing(Registry(database := Database(f"sqlite:///{path}"))) as registry:
        database.write(OPERATOR, demonstration.populate, clock.real().date())
        database.write(OPERATOR, editions.begin)
        database.write(OPERATOR, editions.finish, 1)
        database.write(OPERATOR, editions.begin)
        app = Starlette(routes=pages.routes(registry, SECRET))
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="https://cadre.example") as client:
            yield client


def link(person: str, path: str = pages.GAPS, *, hours: int = 1) -> str:
    return links.address("", SECRET, person, path, clock.real() + timedelta(hours=hours))


async def test_the_whole_matrix_stands_on_one_page_in_both_languages(site: httpx.AsyncClient) -> None:
    english = (await site.get(link("robin-ashgrove"))).text
    assert '<th role="rowheader" scope="row">Demonstration Orchards Working Group</th>' in english
    assert 'Demonstration Beehives Working Group<p class="soft">No priority stated</p>' in english
    assert re.search(r"Demonstration Lanterns</span> <span[^>]*>●</span> <span[^>]*>Supports it</span>", english)
    assert "Whoever picks apples" in english
    assert english.index("Demonstration Canoes <span") < english.index("Demonstration Lanterns <span"), "the worst covered first"
    french = (await site.get(link("robin-ashgrove") + "&lang=fr")).text
    assert '<html lang="fr">' in french
    assert "L'appuie" in french.replace("&#39;", "'")


async def test_pages_lead_to_each_other(site: httpx.AsyncClient) -> None:
    english = (await site.get(link("robin-ashgrove"))).text
    assert "(draft)" not in english, "a draft is for the secretariat"
    ways = [each.replace("&amp;", "&") for each in re.findall(r'<li><a href="([^"]+)"', english)]
    assert len(ways) == 2
    for address in ways:
        assert (await site.get(address)).status_code == 200, address
    assert "(draft)" in (await site.get(link("jordan-wrenwood"))).text


async def test_ones_own_groups_are_unfolded(site: httpx.AsyncClient) -> None:
    page = (await site.get(link("morgan-fernhill", pages.HEALTH))).text
    own, _, others = page.partition("<h2>Other groups</h2>")
    assert "<details open>\n<summary>Demonstration Beehives" in own
    assert "▲ Co-chair from a Council (to complete). No confirmed seat in a Council: Morgan Fernhill." in own
    assert "<details open>" not in others
    page = (await site.get(link("jordan-wrenwood", pages.HEALTH))).text
    assert re.search(r"<summary>Demonstration Beehives.*To complete: [a-z]", page), "a row that is closed says what"


@pytest.mark.parametrize(
    ("address", "status"),
    [
        (link("nobody"), 404),
        (link("jordan-wrenwood", "/gaps/editions/7"), 404),
        (link("jordan-wrenwood", f"/gaps/editions/{2**40}"), 404),
        (link("robin-ashgrove", "/gaps/editions/2"), 404),
        (link("jordan-wrenwood", hours=-1), 403),
        (link("jordan-wrenwood", pages.HEALTH).replace(pages.HEALTH, pages.GAPS), 403),
        (pages.GAPS, 403),
    ],
    ids=["nobody", "no such edition", "no such number", "a draft", "an old link", "a link of another page", "no link"],
)
async def test_nobody_else_sees_them(site: httpx.AsyncClient, address: str, status: int) -> None:
    refused = await site.get(address)
    assert refused.status_code == status
    assert "Robin Ashgrove" not in refused.text
