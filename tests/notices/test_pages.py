"""The coming weeks on a web page: for the secretariat alone, by a signed link, in either language."""

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
from bot.kinds import KINDS
from bot.notices import pages
from bot.registry import Registry
from cadre.core import clock
from cadre.core.database import Database
from cadre.core.reader import OPERATOR
from cadre.workplans import demonstration

SECRET = "of the signatures"


@pytest.fixture
async def site(sandbox_sqlite: Path, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    path = shutil.copy(sandbox_sqlite, tmp_path / "registry.sqlite")
    with closing(Registry(database := Database(f"sqlite:///{path}"))) as registry:
        database.write(OPERATOR, demonstration.populate, clock.real().date())
        app = Starlette(routes=pages.routes(registry, SECRET, KINDS, email=False))
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="https://cadre.example") as client:
            yield client


def link(person: str, *, hours: int = 1, path: str = pages.PATH) -> str:
    return links.address("", SECRET, person, path, clock.real() + timedelta(hours=hours)).replace(path, pages.PATH)


async def test_the_secretariat_looks_ahead_in_its_language(site: httpx.AsyncClient) -> None:
    english = await site.get(link("jordan-wrenwood"))
    assert english.status_code == 200
    assert "Robin Ashgrove" in english.text
    assert "E-mail is off" in english.text
    french = await site.get(link("alix-beletang"), headers={"accept-language": "fr-CA"})
    assert '<html lang="fr">' in french.text
    assert "Nombre de messages par personne" in french.text
    for page in (english.text, french.text):
        outside = re.sub(r"<details>.*?</details>", "", page, flags=re.DOTALL)
        assert "<li>" not in outside, "all of it is folded, so that it can be found its way through on a telephone"
    assert re.search(r"<summary>Week of [A-Z][a-z]+ \d+, \d{4}: \d+ messages?</summary>", english.text)
    assert re.search(r"<summary>Semaine du \d+(er)?\s[a-zéû]+ \d{4}\s: \d+\smessages?</summary>", french.text)
    assert "(in English only)" not in english.text
    assert "(en anglais seulement)" in french.text, "a title that stands in one language only, as it is marked elsewhere"


@pytest.mark.parametrize(
    ("address", "status"),
    [
        (link("robin-ashgrove"), 404),
        (link("nobody"), 404),
        (link("jordan-wrenwood", hours=-1), 403),
        (link("jordan-wrenwood", path="/notices/other"), 403),
        (pages.PATH, 403),
    ],
)
async def test_nobody_else_does(site: httpx.AsyncClient, address: str, status: int) -> None:
    refused = await site.get(address)
    assert refused.status_code == status
    assert "Robin Ashgrove" not in refused.text
