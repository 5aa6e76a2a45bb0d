"""The web pages of calls: what is public, what a link opens, what only the secretariat sees, and the files."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Final

import httpx
import openpyxl
import pytest
from docx import Document
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.applications import Starlette

from bot import links
from bot.calls import pages
from bot.registry import Registry
from cadre.calls import service as calls
from cadre.calls.forms import Newcomer, SignUpForm
from cadre.calls.models import Call
from cadre.core import clock
from cadre.core.database import Database
from cadre.people.models import Role
from tests.calls.answered import GROUP, JORDAN, MAXIME, QUESTION, REFUSAL, SECRETS, of_sandbox

SECRET: Final = "of the signatures"
REPRESENTATIVE: Final = "ellis-marshgrove"
CHAIR: Final = "camille-clairval"
NOBODY: Final = "charlie-oakmere"
"""Known to Cadre, and nothing more."""


@dataclass(frozen=True)
class Site:
    """The pages as the web server gives them."""

    client: httpx.AsyncClient
    database: Database
    call: int

    async def get(
        self, page: str = "", *, by: str | None = None, of: str | None = None, hours: int = 1, lang: str = "en"
    ) -> httpx.Response:
        """A page of the call, for anybody or by somebody's link, which was signed for the call or for another page (``of``)."""
        path = f"{pages.path(self.call)}{page}"
        key = links.sign(SECRET, by, of or pages.path(self.call), clock.real() + timedelta(hours=hours)) if by else None
        return await self.client.get(path, params={"lang": lang, **({"k": key} if key else {})})


@pytest.fixture
async def site(sandbox_sqlite: Path, tmp_path: Path) -> AsyncIterator[Site]:
    url, call = of_sandbox(sandbox_sqlite, tmp_path)
    with closing(Registry(database := Database(url, mailbox="secretariat@demonstration.example"))) as registry:
        app = Starlette(routes=pages.routes(registry, SECRET, email=True))
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="https://cadre.example") as client:
            yield Site(client, database, call)


def hide(session: Session) -> None:
    session.scalars(select(Call)).one().public = False


def dismiss(session: Session) -> None:
    """Jordan Wrenwood no longer acts for the secretariat."""
    session.delete(session.get_one(Role, "demo-council.jordan-wrenwood"))


async def test_everybody_can_read_a_public_call(site: Site) -> None:
    shown = await site.get()
    assert shown.status_code == 200
    number = site.database.read(calls.call, site.call, JORDAN).number
    assert number
    for told in (
        GROUP,
        number,
        "Open for answers",
        "4 of 5 jurisdictions have answered",
        "dry pair of socks",
        "Camille Clairval",
        "/cadre calls",
    ):
        assert told in shown.text
    french = await site.get(lang="fr")
    assert '<html lang="fr">' in french.text
    assert "une paire de bas secs" in french.text


@pytest.mark.parametrize("by", [None, NOBODY, CHAIR])
async def test_the_page_of_a_call_tells_nothing_that_is_the_secretariats(site: Site, by: str | None) -> None:
    shown = (await site.get(by=by)).text
    assert ("The secretariat: secretariat@demonstration.example" in shown) == (by is not None), "where to write to, for whom a link names"
    shown = shown.replace("secretariat@demonstration.example", "")
    assert [secret for secret in SECRETS if secret in shown] == []
    assert "/grid" not in shown


async def test_a_call_that_is_not_public_takes_a_link(site: Site) -> None:
    site.database.write(JORDAN, hide)
    refused = await site.get()
    assert refused.status_code == 403
    assert "/cadre calls" in refused.text, "what to do"
    assert GROUP not in refused.text
    assert GROUP in (await site.get(by=NOBODY)).text
    assert (await site.get(by="no-such-person")).status_code == 404
    assert (await site.get(by=NOBODY, hours=-1)).status_code == 403
    assert (await site.get(by=NOBODY, of="/calls/999")).status_code == 403


async def test_a_draft_is_the_secretariats(site: Site) -> None:
    draft = site.database.write(JORDAN, calls.begin, group=None, priority="demo-lanterns").id
    other = Site(site.client, site.database, draft)
    assert (await other.get()).status_code == 403
    assert (await other.get(by=NOBODY)).status_code == 404
    shown = await other.get(by="jordan-wrenwood")
    assert shown.status_code == 200
    assert "In preparation" in shown.text
    assert "letter.docx" not in shown.text
    assert "Nobody is invited yet" in (await other.get("/grid", by="jordan-wrenwood")).text


async def test_a_link_tells_its_owner_how_they_stand(site: Site) -> None:
    silent = (await site.get(by=REPRESENTATIVE)).text
    assert "You answer for: Borealia, demonstration (Silent)." in silent
    assert "Vous répondez au nom de la Boréalie, démonstration (Sans réponse)." in (await site.get(by=REPRESENTATIVE, lang="fr")).text
    offered = (await site.get(by="maxime-grandchene")).text
    assert "You offered to take part: Member" in offered
    new = Newcomer("Zoé Bâton", "zoe@demonstration.example")
    put = SignUpForm(site.call, "alternate", "en", newcomer=new, jurisdiction="demo-bellorme")
    zoe = site.database.write(MAXIME, calls.sign_up, put).person.id
    assert "Maxime Grandchêne put you forward: Alternate" in (await site.get(by=zoe)).text
    assert "You have a seat" in offered


async def test_the_public_calls_that_are_open(site: Site) -> None:
    listed = await site.client.get(pages.LIST, params={"lang": "en"})
    assert GROUP in listed.text
    assert f'href="calls/{site.call}?lang=en"' in listed.text
    site.database.write(JORDAN, hide)
    assert "No public call is open now" in (await site.client.get(pages.LIST, params={"lang": "en"})).text


async def test_a_closed_call_says_so_and_is_no_longer_listed(site: Site) -> None:
    site.database.write(JORDAN, calls.close_now, site.call)
    assert "This call closed" in (await site.get()).text
    assert GROUP not in (await site.client.get(pages.LIST)).text


async def test_a_cancelled_call_says_why(site: Site) -> None:
    site.database.write(JORDAN, calls.cancel, site.call, "The lake froze", "Le lac a gelé")
    shown = await site.get(lang="fr")
    assert "Le lac a gelé" in shown.text


async def test_the_secretariat_sees_who_answered_and_who_did_not(site: Site) -> None:
    shown = (await site.get("/grid", by="jordan-wrenwood")).text
    for told in ("Borealia, demonstration", "Silent", "Ellis Marshgrove", REFUSAL, "Number 1 on the waiting list", QUESTION, "Rule G2"):
        assert told in shown
    for told in ("@Pat Pinewater, by phone", "Recorded by Jordan Wrenwood", "Nobody answers for it", "in Slack", "by e-mail"):
        assert told in shown
    assert shown.index('row">Borealia') < shown.index('row">Bellorme'), "who is silent comes first"


async def test_without_a_mail_server_nobody_is_reached_by_e_mail(site: Site) -> None:
    with closing(Registry(site.database)) as registry:
        app = Starlette(routes=pages.routes(registry, SECRET, email=False))
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="https://cadre.example") as client:
            for page in ("/grid", "/answers.csv"):
                shown = (await replace(site, client=client).get(page, by="jordan-wrenwood")).text
                assert "nothing reaches them" in shown
                assert "by e-mail" not in shown


@pytest.mark.parametrize("page", ["/grid", "/answers.csv", "/answers.xlsx"])
async def test_nobody_else_sees_the_answers(site: Site, page: str) -> None:
    for by in (NOBODY, CHAIR, REPRESENTATIVE, "no-such-person"):
        refused = await site.get(page, by=by)
        assert refused.status_code == 404
        assert REFUSAL not in refused.text
    assert (await site.get(page)).status_code == 403
    assert (await site.get(page, by="jordan-wrenwood", hours=-1)).status_code == 403
    assert (await site.get(page, by="jordan-wrenwood", of="/calls/999")).status_code == 403
    site.database.write(JORDAN, dismiss)
    assert (await site.get(page, by="jordan-wrenwood")).status_code == 404, "rights are asked for each time"


@pytest.mark.parametrize("of", ["", "/grid", "/answers.csv"])
async def test_a_link_to_one_page_of_a_call_opens_the_files_too(site: Site, of: str) -> None:
    assert (await site.get("/answers.csv", by="jordan-wrenwood", of=f"{pages.path(site.call)}{of}")).status_code == 200


async def test_the_answers_can_be_taken_along_in_both_languages(site: Site) -> None:
    text = await site.get("/answers.csv", by="jordan-wrenwood", lang="fr")
    assert text.headers["content-type"] == "text/csv; charset=utf-8"
    assert text.headers["content-disposition"].endswith('-reponses.csv"')
    assert text.headers["cache-control"] == "no-store"
    assert "Ministère des Moulins, démonstration" in text.content.decode("utf-8-sig")
    book = await site.get("/answers.xlsx", by="jordan-wrenwood")
    assert book.headers["content-disposition"].endswith('-answers.xlsx"')
    assert openpyxl.load_workbook(BytesIO(book.content)).sheetnames == ["Answers", "People", "Report"]


@pytest.mark.parametrize(("by", "status"), [("jordan-wrenwood", 200), (CHAIR, 200), (REPRESENTATIVE, 200), (NOBODY, 404), (None, 403)])
async def test_the_letter_is_for_whom_it_was_written(site: Site, by: str | None, status: int) -> None:
    given = await site.get("/letter.docx", by=by)
    assert given.status_code == status
    if status == 200:
        assert GROUP in "\n".join(paragraph.text for paragraph in Document(BytesIO(given.content)).paragraphs)
    assert ("letter.docx" in (await site.get(by=by)).text) is (status == 200), "it is offered to them alone"


@pytest.mark.parametrize("number", ["999", "99999999999999999999", "0"])
async def test_a_call_that_is_not_there(site: Site, number: str) -> None:
    other = Site(site.client, site.database, int(number))
    assert (await other.get()).status_code == 403, "not told apart from one that is not public"
    assert (await other.get(by="jordan-wrenwood")).status_code == 404
