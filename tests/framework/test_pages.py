"""The framework on web pages: by a signed link, or, where it is public, for everybody; in both languages; with bad input."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import threading
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import timedelta
from html import unescape
from pathlib import Path

import httpx
import pytest
from sqlalchemy.orm import Session
from starlette.applications import Starlette

from bot import links
from bot.app import create_app
from bot.framework import pages
from bot.registry import Registry
from bot.settings import Framework, Settings
from cadre.core import clock
from cadre.core.bilingual import Bilingual
from cadre.core.database import Database
from cadre.core.reader import OPERATOR, Actor
from cadre.framework import kept
from cadre.framework.drawing import DrawingFailed
from cadre.framework.telling import ROOT
from cadre.groups.models import Group
from tests.framework.made import HOSTILE

SECRET = "of the signatures"
DIGITAL = f"{ROOT}/group/research"


def change(session: Session) -> None:
    session.get_one(Group, "research").state = "dormant"
    session.get_one(Group, "channel-shift").name = Bilingual("<script>alert(1)</script> \u202eنحل 🐝 \"x\" 'y'", "« Chaînes »")


@pytest.fixture(scope="module")
def kept_registry(sandbox_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = Path(shutil.copy(sandbox_sqlite, tmp_path_factory.mktemp("framework") / "registry.sqlite"))
    with closing(Database(f"sqlite:///{path}")) as database:
        database.write(OPERATOR, kept.take)
        database.write(Actor("Jordan"), change)
    return path


@pytest.fixture(params=[False, True], ids=["signed", "public"])
async def site(request: pytest.FixtureRequest, kept_registry: Path) -> AsyncIterator[httpx.AsyncClient]:
    with closing(Registry(Database(f"sqlite:///{kept_registry}"))) as registry:
        app = Starlette(routes=pages.routes(registry, SECRET, "https://cadre.example/in", public=request.param))
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="https://cadre.example") as client:
            yield client


signed = pytest.mark.parametrize("site", [False], indirect=True, ids=["signed"])
public = pytest.mark.parametrize("site", [True], indirect=True, ids=["public"])


def link(path: str = ROOT, person: str = "jordan-wrenwood", *, hours: int = 1, of: str | None = None, **asked: str) -> str:
    token = links.sign(SECRET, person, of or path, clock.real() + timedelta(hours=hours))
    return str(httpx.URL(path).copy_merge_params({"k": token, **asked}))


def addresses(page: str) -> list[str]:
    return [unescape(each) for each in re.findall(r'href="(/[^"]*)"', page)]


def nodes(page: str) -> set[str]:
    found = re.search(r'id="data">(.*?)</script>', page)
    assert found
    return {node[0] for node in json.loads(found[1])["nodes"]}


@signed
async def test_the_map_its_words_and_its_files_stand_on_one_page_in_both_languages(site: httpx.AsyncClient) -> None:
    english = (await site.get(link(lang="en"))).text
    assert "<h1>The framework of the Councils</h1>" in english
    assert 'role="graphics-document" aria-label="A map of' in english
    assert '<h3 id="part-0">Councils and tables</h3>' in english
    french = (await site.get(link(lang="fr"))).text
    assert '<html lang="fr">' in french
    assert "<h1>Le cadre des Conseils</h1>" in french
    assert "En texte" in french
    both = (await site.get(link(lang="fr", both="1"))).text
    assert "Conseils mixtes</text>" in both
    assert "Joint Councils</text>" in both


@signed
async def test_every_way_from_the_map_opens(site: httpx.AsyncClient) -> None:
    page = (await site.get(link(lang="en", as_of="2026-11"))).text
    ways = [each for each in dict.fromkeys(addresses(page)) if not each.startswith("/framework/changes")]
    assert all("k=" in each for each in ways if "/parts/" not in each)
    kinds = {each.split("?")[0].rpartition("/")[0]: each for each in ways}
    assert {"/framework/group", "/framework/priority", "/framework/council"} <= set(kinds)
    assert "as_of=2026-11" in kinds["/framework/group"]
    for address in kinds.values():
        assert (await site.get(address)).status_code == 200, address


@signed
@pytest.mark.parametrize(
    ("path", "begins", "name"),
    [
        (f"{ROOT}.svg", b"<?xml", "Framework.svg"),
        (f"{ROOT}.png", b"\x89PNG", "Framework.png"),
        (f"{ROOT}.pdf", b"%PDF", "Framework.pdf"),
        (f"{ROOT}.csv", b"\xef\xbb\xbfPriority", "Framework.csv"),
        (f"{ROOT}/priority/digital-identity.svg", b"<?xml", "Framework-digital-identity.svg"),
        (f"{DIGITAL}.csv", b"\xef\xbb\xbfPart", "Framework-research.csv"),
    ],
)
async def test_each_view_may_be_taken_along(site: httpx.AsyncClient, path: str, begins: bytes, name: str) -> None:
    given = await site.get(link(path, of=ROOT, lang="en"))
    assert given.content.startswith(begins)
    assert given.headers["content-disposition"] == f'attachment; filename="{name}"'
    if path.endswith("svg"):
        assert b"?k=" not in given.content  # it may be passed on
        assert b'xlink:href="https://cadre.example/in/framework/' in given.content


@signed
async def test_it_is_narrowed_by_what_the_address_says_and_unknown_values_narrow_nothing(site: httpx.AsyncClient) -> None:
    whole = nodes((await site.get(link())).text)
    dormant = nodes((await site.get(link(state="dormant"))).text)
    assert "group:research" in dormant
    assert dormant < whole
    page = (await site.get(link(state="dormant", lang="en"))).text
    assert re.search(r'value="dormant" checked', page)
    assert nodes((await site.get(link(state="nowhere", council="'; --", view="sideways", both="7"))).text) == whole
    words = (await site.get(link(state="dormant", part="words"))).text
    assert nodes(words) == dormant
    assert "<svg" not in words


@signed
async def test_what_is_searched_for_is_marked_and_listed(site: httpx.AsyncClient) -> None:
    page = (await site.get(link(q="RESEARCH committee", lang="en"))).text
    assert "1 found on the map" in page
    assert '<g id="group:research" class="node found ' in page
    nothing = (await site.get(link(q='"><script>', lang="en"))).text
    assert "0 found on the map" in nothing
    assert 'value="&#34;&gt;&lt;script&gt;"' in nothing


@signed
async def test_as_of_a_day_a_meeting_or_a_snapshot(site: httpx.AsyncClient) -> None:
    now = (await site.get(link(DIGITAL, lang="en"))).text
    assert "dormant" in now
    then = (await site.get(link(DIGITAL, lang="en", as_of="snapshot 1"))).text
    assert "dormant" not in then
    met = (await site.get(link(lang="en", as_of="Charlottetown"))).text
    assert "As of October 31, 2017" in met
    assert 'value="Charlottetown (October 2017)"' in met


@pytest.mark.parametrize("site", [True, False], indirect=True, ids=["public", "signed"])
async def test_names_break_out_of_nothing(site: httpx.AsyncClient) -> None:
    for path in (ROOT, f"{ROOT}/group/channel-shift"):
        page = (await site.get(link(path, lang="en"))).text
        assert "alert(1)" in page
        assert "<script>alert" not in page
        assert len(re.findall(r"<script", page)) == 2  # data, and ours


@signed
@pytest.mark.parametrize(
    ("address", "status", "told"),
    [
        (link(as_of="Moncton"), 400, "I find no meeting, date or snapshot called “Moncton”."),
        (link(as_of="2099"), 400, "is still to come"),
        (link(person="nobody"), 404, "Ask the secretariat."),
        (link(f"{ROOT}/group/none", of=ROOT), 404, "no such group"),
        (link(f"{ROOT}/sheep/jc", of=ROOT), 404, "no such group"),
        (link(f"{ROOT}/group/none.pdf", of=ROOT), 404, "no such group"),
        (link(hours=-1), 403, "not good any more"),
        (link(of="/gaps"), 403, "not good any more"),
        (link(of=DIGITAL), 403, "not good any more"),
        (ROOT, 403, "not good any more"),
        (f"{ROOT}.png", 403, "not good any more"),
    ],
    ids="no-meeting to-come nobody no-group no-kind no-file an-old-link of-another-page of-a-part no-link no-link-to-a-file".split(),
)
async def test_what_cannot_be_shown_says_why(site: httpx.AsyncClient, address: str, status: int, told: str) -> None:
    refused = await site.get(address)
    assert refused.status_code == status
    assert told in refused.text
    assert "Research Committee" not in refused.text


@pytest.mark.parametrize("address", [link(as_of="Moncton"), link(f"{ROOT}/group/none", of=ROOT)], ids=["no-meeting", "no-group"])
@signed
async def test_what_cannot_be_shown_leads_back_to_the_map(site: httpx.AsyncClient, address: str) -> None:
    (way,) = addresses((await site.get(address)).text)
    back = await site.get(way)
    assert back.status_code == 200
    assert 'id="map"' in back.text


@signed
async def test_whose_link_is_too_old_is_told_the_command_that_gives_another(site: httpx.AsyncClient) -> None:
    assert "/cadre map" in (await site.get(link(hours=-1, lang="en"))).text
    assert "/cadre carte" in (await site.get(link(hours=-1, lang="fr"))).text


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
@public
async def test_whatever_is_asked_is_answered(site: httpx.AsyncClient, name: str) -> None:
    name = name.encode(errors="replace").decode()
    for params in ({"q": name}, {"council": name}, {"as_of": name}, {"lang": name}, {"view": name}):
        assert (await site.get(ROOT, params={**params, "part": "words"})).status_code in (200, 400)
    assert (await site.get(f"{ROOT}/group/x{httpx.URL('/').copy_with(params={'n': name}).query.decode()}")).status_code == 404


@public
async def test_everybody_sees_what_everybody_may_know(site: httpx.AsyncClient) -> None:
    answered = await site.get(ROOT, params={"lang": "en"})
    assert answered.headers["x-robots-tag"] == "noindex"
    assert "Research Committee" in answered.text
    assert "k=" not in " ".join(addresses(answered.text))
    assert "What workplans hold is shown to those who have a role" in (await site.get("/framework/group/demo-orchards?lang=en")).text
    for path in (ROOT, "/framework/group/demo-orchards", "/framework/priority/digital-identity"):
        assert "@" not in re.sub(r"<style.*?</style>", "", (await site.get(path)).text, flags=re.DOTALL)
    assert (await site.get(link(hours=-1))).status_code == 403
    assert "What workplans hold" not in (await site.get(link("/framework/group/demo-orchards", of=ROOT, lang="en"))).text


@public
async def test_a_picture_that_fails_leaves_the_words(site: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> bytes:
        raise DrawingFailed("the drawing process ended with -11")

    monkeypatch.setattr(pages, "draw", fail)
    page = await site.get(ROOT, params={"lang": "fr"})
    assert page.status_code == 200
    assert "Nous sommes désolés" in page.text
    assert "<svg" not in page.text
    assert "Comité de recherche" in page.text
    assert (await site.get(f"{ROOT}.pdf")).status_code == 503


@public
async def test_a_picture_that_takes_too_long_keeps_nobody_waiting(site: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    over = threading.Event()

    def slow(*_: object) -> bytes:
        over.wait(5)
        raise DrawingFailed("too late")

    monkeypatch.setattr(pages, "draw", slow)
    monkeypatch.setattr(pages, "PATIENCE", 0.1)
    try:
        page, table = await asyncio.gather(site.get(ROOT), site.get(f"{ROOT}.csv"))
        assert "We are sorry" in page.text
        assert table.status_code == 200
    finally:
        over.set()


@public
async def test_script_and_type_face_are_ours_and_kept(site: httpx.AsyncClient) -> None:
    page = await site.get(ROOT)
    policy = page.headers["content-security-policy"]
    nonce = re.search(r"script-src 'nonce-([^']+)'", policy)
    assert nonce
    script = re.search(rf'<script src="([^"]+)" nonce="{re.escape(nonce[1])}"', page.text)
    assert script
    for address in (script[1], f"{ROOT}/parts/Inter-Regular.otf"):
        given = await site.get(address)
        assert given.status_code == 200
        assert "immutable" in given.headers["cache-control"]
    assert (await site.get(f"{ROOT}/parts/LICENCE-Inter.txt")).status_code == 404


@pytest.mark.parametrize(("setting", "status"), [(Framework.SIGNED, 403), (Framework.PUBLIC, 200)])
async def test_the_setting_opens_the_map_and_what_changed(kept_registry: Path, setting: Framework, status: int) -> None:
    with closing(Registry(Database(f"sqlite:///{kept_registry}"))) as registry:
        settings = Settings(SLACK_BOT_TOKEN="xoxb-1", SLACK_SIGNING_SECRET=SECRET, CADRE_FRAMEWORK=setting)  # type: ignore[call-arg]  # by alias
        _, web = create_app(settings, registry)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=web), base_url="https://cadre.example") as client:
            for path in (ROOT, f"{ROOT}/changes", f"{ROOT}.csv"):
                assert (await client.get(path)).status_code == status, path
            assert (await client.get(link())).status_code == 200
