"""The web pages of decisions and questions: what everybody may read, what a link opens, and what it does not show."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta

import httpx
import pytest
from starlette.applications import Starlette

from bot import links
from bot.decisions import pages
from bot.registry import Registry
from cadre.core import clock
from cadre.core.database import Database
from cadre.decisions import confirming, putting_times, taking
from cadre.decisions.confirming import DecisionDetails
from cadre.oversight import carrying
from cadre.oversight.drafts import CarryForm
from tests.decisions.world import FERN, ONA, QUINN, SAM, SECRETARIAT, YUKI, World

SECRET = "of the signatures"


@dataclass(frozen=True)
class Site:
    """The pages as the web server gives them."""

    client: httpx.AsyncClient
    world: World

    async def question(self, id_: int, by: str | None, lang: str = "en", of: str | None = None) -> httpx.Response:
        path = pages.path(id_)
        key = {"k": links.sign(SECRET, by, of or path, clock.real() + timedelta(hours=1))} if by else {}
        return await self.client.get(path, params={"lang": lang, **key})

    async def register(self, **query: str) -> httpx.Response:
        return await self.client.get(pages.REGISTER, params={"lang": "en"} | query)


@pytest.fixture
async def site(world: World) -> AsyncIterator[Site]:
    url = world.database.engine.url.render_as_string(hide_password=False)
    with closing(Registry(Database(url, frozenset({SECRETARIAT})))) as registry:
        app = Starlette(routes=pages.routes(registry, SECRET))
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://cadre", verify=False) as client:
            yield Site(client, world)


async def test_a_question_shows_the_positions_to_those_who_may_see_them(site: Site) -> None:
    question = site.world.opened()
    site.world.takes(ONA, question, "ON", "objects", "They <sting>")
    seen = (await site.question(question.id, "fern")).text
    for said in (
        "Continue",
        "Bees: continue",
        "no objection is sustained",
        "1. objects: “They &lt;sting&gt;”",
        "Ona and Otto (alternate)",
        "silent",
        "Opened: ",
    ):
        assert said in seen
    assert "A position is taken in Slack" in seen
    assert "Ona, in Slack" not in seen, "who took it, those of that seat and the secretariat know"
    assert "Ona, in Slack" in (await site.question(question.id, "sam")).text
    french = (await site.question(question.id, "quinn", "fr")).text
    assert "Ouverte; clôture" in french
    assert "<p>Ouverte.</p>" not in french
    assert "s&#39;oppose\u00a0: «\u00a0They &lt;sting&gt;\u00a0»" in french
    assert "Le silence ne vaut jamais consentement." in french


async def test_positions_that_are_the_secretariats_are_no_one_elses(site: Site) -> None:
    question = site.world.opened(how={"sees": "secretariat"})
    site.world.takes(ONA, question, "ON", "objects", "They sting")
    assert "They sting" not in (await site.question(question.id, "fern")).text
    assert "They sting" in (await site.question(question.id, "sam")).text


async def test_a_question_opens_by_a_link_of_ones_own_only(site: Site) -> None:
    question = site.world.opened()
    assert (await site.question(question.id, None)).status_code == 403
    assert (await site.question(question.id, "fern", of="/questions/99")).status_code == 403
    assert (await site.question(question.id, "bea")).status_code == 404
    assert (await site.question(99, "fern")).status_code == 404
    draft = site.world.draft()
    assert (await site.question(draft.id, "fern")).status_code == 404


async def test_everybody_reads_the_register_and_nothing_that_is_proposed(site: Site) -> None:
    question = site.world.opened()
    bees, wasps = (item.id for item in question.items)
    for actor, place in ((FERN, "CA"), (ONA, "ON"), (QUINN, "QC"), (YUKI, "YT")):
        site.world.takes(actor, question, place)
    site.world.do(SAM, putting_times.close_now, question.id)
    assert "No decision is recorded." in (await site.register()).text
    made = site.world.confirm(bees, follow_up=("Buy pots", "Acheter des pots"))
    seen = (await site.register()).text
    for said in (f"Decision {made.label}", "Bees: continue", "Agreed by consensus.", "Follow-up: Buy pots"):
        assert said in seen
    assert "Wasps: continue" not in seen
    site.world.do(SAM, confirming.confirm, wasps, DecisionDetails())
    assert "Wasps: continue" in (await site.register(council="council", year=str(made.year))).text
    assert "Wasps: continue" not in (await site.register(year="1999")).text
    assert (await site.register(year="soon")).status_code == 404


async def test_a_settled_question_leads_to_what_was_decided_and_the_register_to_how_it_read_before(site: Site) -> None:
    world = site.world
    question = world.opened()
    for actor, place in ((FERN, "CA"), (ONA, "ON"), (QUINN, "QC"), (YUKI, "YT")):
        world.takes(actor, question, place)
    world.do(SAM, putting_times.close_now, question.id)
    made = world.confirm(question.items[0].id)
    seen = (await site.question(question.id, "fern")).text
    assert f"Decision {made.label}: agreed</a>" in seen
    assert f'href="/decisions?lang=en#decision-{made.id}"' in seen
    assert f'id="decision-{made.id}"' in (await site.register()).text
    anew = DecisionDetails(wording=("Bees go on", "Les abeilles continuent"))
    world.do(SAM, confirming.correct, made.id, anew, ("Typo", "Coquille"), seen=confirming.shown_of(made))
    assert "It read before: Bees: continue" in (await site.register()).text


async def test_comments_on_the_page_say_whose_and_when(site: Site) -> None:
    question = site.world.opened_own(kind="consultation", wording_en="", wording_fr="")
    site.world.do(ONA, taking.comment, question.id, "More bees")
    shown = (await site.question(question.id, "sam")).text
    assert "Ona · ON · " in shown


async def test_the_register_says_what_a_decision_did(site: Site) -> None:
    question = site.world.opened()
    for actor, place in ((FERN, "CA"), (ONA, "ON"), (QUINN, "QC"), (YUKI, "YT")):
        site.world.takes(actor, question, place)
    site.world.do(SAM, putting_times.close_now, question.id)
    made = site.world.confirm(question.items[1].id)
    assert "Carried out" not in (await site.register()).text
    site.world.do(SAM, carrying.carry_out, made.id, CarryForm())
    assert "UTC−5): Wasps continues." in (await site.register()).text
    assert "Mise en œuvre le " in (await site.register(lang="fr")).text
    assert "Sam Okafor" not in (await site.register()).text, "who did it is the secretariat's to know"
