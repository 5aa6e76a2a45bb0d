"""What changed, and the snapshots, on a web page: by a signed link, or, where the framework is public, for everybody."""

from __future__ import annotations

import re
import shutil
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy.orm import Session
from starlette.applications import Starlette

from bot import links
from bot.framework import changes_pages as pages
from bot.registry import Registry
from cadre.core import clock
from cadre.core.bilingual import Bilingual
from cadre.core.database import Database
from cadre.core.reader import OPERATOR, Actor
from cadre.framework import kept
from cadre.groups.models import Group

SECRET = "of the signatures"


def change(session: Session) -> None:
    session.get_one(Group, "research").state = "dormant"
    session.get_one(Group, "channel-shift").name = Bilingual("<script>alert(1)</script> \u202eshift", "« Chaînes »")


@pytest.fixture(params=[False, True], ids=["signed", "public"])
async def site(request: pytest.FixtureRequest, sandbox_sqlite: Path, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    path = shutil.copy(sandbox_sqlite, tmp_path / "registry.sqlite")
    with closing(Registry(database := Database(f"sqlite:///{path}"))) as registry:
        database.write(OPERATOR, kept.take)
        database.write(Actor("Jordan"), change)
        app = Starlette(routes=pages.routes(registry, SECRET, public=request.param))
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="https://cadre.example") as client:
            yield client


signed = pytest.mark.parametrize("site", [False], indirect=True, ids=["signed"])
public = pytest.mark.parametrize("site", [True], indirect=True, ids=["public"])


def link(person: str, path: str = pages.CHANGES, *, hours: int = 1, **asked: str) -> str:
    address = links.address("", SECRET, person, path, clock.real() + timedelta(hours=hours))
    return str(httpx.URL(address).copy_merge_params(asked))


@signed
async def test_what_changed_stands_on_one_page_in_both_languages(site: httpx.AsyncClient) -> None:
    english = (await site.get(link("jordan-wrenwood", since="Charlottetown"))).text
    assert "<h1>Changes since the meeting in Charlottetown (October 2017)</h1>" in english
    assert "<li>Research Committee: dormant, until now not stated</li>" in english
    assert "The registry begins on" in english
    assert "&lt;script&gt;alert(1)" in english
    assert "<script>" not in english
    french = (await site.get(link("jordan-wrenwood", since="Charlottetown", lang="fr"))).text
    assert '<html lang="fr">' in french
    assert "<h2>Changements d&#39;état</h2>" in french
    assert "Comité de recherche\u00a0: en veilleuse; jusqu&#39;ici non précisé" in french


@signed
async def test_it_leads_to_other_meetings_to_snapshots_and_to_files(site: httpx.AsyncClient) -> None:
    page = (await site.get(link("jordan-wrenwood", since="snapshot 1"))).text
    assert "Changes since snapshot 1" in page
    assert "Snapshot 1: taken" in page
    ways = dict(re.findall(r'<li><a href="([^"]+)"[^>]*>([^<]+)</a>', page))
    assert {"As a text file", "As a table", "Ottawa (February 2017)", "The beginning of the registry"} <= set(ways.values())
    for address in ways:
        answered = await site.get(address.replace("&amp;", "&"))
        assert answered.status_code == 200, address
    text, table = (next(address for address, name in ways.items() if name == each) for each in ("As a text file", "As a table"))
    read = await site.get(text.replace("&amp;", "&"))
    assert re.fullmatch(r'attachment; filename="Changes_[0-9-]{10}-1_[0-9-]{10}.md"', read.headers["content-disposition"])
    assert "- Research Committee: dormant" in read.text
    assert "group:research" in (await site.get(table.replace("&amp;", "&"))).text
    here = re.search(r'aria-current="page">([^<]+)<', (await site.get(link("jordan-wrenwood", since="Ottawa"))).text)
    assert here
    assert here[1] == "Ottawa (February 2017)"


@signed
@pytest.mark.parametrize(
    ("address", "status", "told"),
    [
        (link("jordan-wrenwood", since="Moncton"), 400, "I find no meeting, date or snapshot called “Moncton”."),
        (link("jordan-wrenwood", since="2017", until="2016"), 400, "turn them round"),
        (link("nobody"), 404, "Ask the secretariat."),
        (link("jordan-wrenwood", hours=-1), 403, "not good any more"),
        (link("jordan-wrenwood", "/gaps").replace("/gaps", pages.CHANGES), 403, "not good any more"),
        (pages.CHANGES, 403, "not good any more"),
        (f"{pages.CHANGES}.md", 403, "not good any more"),
    ],
    ids=["no such meeting", "turned round", "nobody", "an old link", "a link of another page", "no link", "no link to a file"],
)
async def test_what_cannot_be_shown_says_why(site: httpx.AsyncClient, address: str, status: int, told: str) -> None:
    refused = await site.get(address)
    assert refused.status_code == status
    assert told in refused.text
    assert "Research Committee" not in refused.text


@public
async def test_where_the_framework_is_public_everybody_sees_what_they_may(site: httpx.AsyncClient) -> None:
    page = (await site.get(pages.CHANGES, params={"since": "Charlottetown"})).text
    assert "Research Committee: dormant" in page
    assert "are told to those whose roles the secretariat has confirmed" in page
    assert "?k=" not in page, "nothing is signed for nobody"
    assert "Snapshot 1: taken" in page
    assert "whoever runs Cadre" not in page
    file = await site.get(f"{pages.CHANGES}.csv", params={"since": "Charlottetown", "lang": "fr"})
    assert file.headers["content-disposition"].startswith('attachment; filename="Changements_2017-10-')
    assert "Changements d'état" in file.text
    assert (await site.get(link("jordan-wrenwood", hours=-1))).status_code == 403, "an old link stays one"
