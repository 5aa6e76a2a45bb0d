"""The web pages of meetings: what everybody may read, what a link of one's own shows besides, in both languages."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from html import unescape

import httpx
import pytest
from sqlalchemy.orm import Session
from starlette.applications import Starlette

from bot import links
from bot.meetings import calendar_pages, pages
from bot.registry import Registry
from cadre.core import clock
from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.core.reader import OPERATOR, Reader
from cadre.decisions.models import Decision
from cadre.meetings import minutes, outcomes, wording
from cadre.meetings import service as meetings
from cadre.meetings.models import AgendaItem
from cadre.meetings.views import IN_PERSON, MeetingView, Repeat
from tests.meetings.test_feeds import LINK
from tests.meetings.world import GROUP, ONA, SAM, World

SECRET = "of the signatures"  # of tests


@dataclass
class Site:
    """The pages as the web server gives them."""

    client: httpx.AsyncClient
    world: World

    async def read(self, path: str, **query: str) -> str:
        given = await self.client.get(path, params={"lang": "en"} | query)
        assert given.status_code == 200, path
        return " ".join(unescape(given.text).split()).replace("\xa0", " ")

    async def status(self, path: str) -> int:
        return (await self.client.get(path)).status_code

    async def own(self, view: MeetingView, person: str, hours: int = 1) -> str:
        """A meeting by somebody's own link."""
        key = links.sign(SECRET, person, pages.path(view.id), clock.real() + timedelta(hours=hours))
        return await self.read(pages.path(view.id), k=key)


@pytest.fixture
async def site(world: World) -> AsyncIterator[Site]:
    world.at(datetime(2027, 1, 11, 18, tzinfo=UTC))
    with closing(Registry(world.database)) as registry:
        app = Starlette(routes=[*calendar_pages.routes(registry, SECRET), *pages.routes(registry, SECRET)])
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="https://cadre.example") as client:
            yield Site(client, world)


async def test_the_meetings_that_come_stand_month_by_month(site: Site) -> None:
    site.world.scheduled(day=date(2027, 2, 2), title_en="Second")
    first = site.world.scheduled(day=date(2027, 1, 12), title_en="First", title_fr="Première")
    shown = await site.read(pages.LIST)
    assert shown.index("January 2027") < shown.index("First") < shown.index("February 2027") < shown.index("Second")
    assert f'href="meetings/{first.id}?lang=en"' in shown
    assert "Tuesday, January 12, 2027, 1:30 p.m. (St. John's, UTC−3:30); 12:00 p.m. (Toronto, UTC−5)" in shown, "as it is where it is first"
    french = await site.read(pages.LIST, lang="fr")
    assert "Janvier 2027" in french
    assert "Première" in french
    assert "Le mardi 12 janvier 2027 à 13 h 30 (St. John's, UTC−3 h 30); 12 h (Toronto, UTC−5)" in french


async def test_one_looks_at_one_group_or_a_council_with_its_groups(site: Site) -> None:
    site.world.scheduled(title_en="Hives")
    site.world.scheduled(SAM, group="council", title_en="Spring", invited=("vera",))
    both = await site.read(pages.LIST)
    assert "?council=council&lang=en" in both
    assert "Meetings shown: All groups</summary>" in both, "folded, so that a phone shows meetings first"
    assert f"?group={GROUP}&lang=en" in both
    alone = await site.read(pages.LIST, group=GROUP)
    assert "Hives" in alone
    assert "Spring" not in alone
    assert f'href="calendars/groups/{GROUP}.ics?lang=en"' in alone
    council = await site.read(pages.LIST, council="council")
    assert "Hives" in council
    assert "Spring" in council
    assert f"?group={GROUP}&lang=fr" in alone, "the other language shows the same"
    assert await site.status(f"{pages.LIST}?council=wasps") == 404


async def test_no_meeting_is_said(site: Site) -> None:
    assert "No meeting is planned." in await site.read(pages.LIST)
    assert "Aucune réunion n'est prévue." in await site.read(pages.LIST, lang="fr")


async def test_past_meetings_and_what_they_decided(site: Site) -> None:
    view = site.world.scheduled(title_en="Hives", day=date(2027, 1, 12))
    site.world.do(OPERATOR, decide, view.id)
    assert "Hives" not in await site.read(pages.LIST, past="1")
    site.world.at(datetime(2027, 3, 1, tzinfo=UTC))
    assert "Hives" not in await site.read(pages.LIST)
    listed = await site.read(pages.LIST, past="1")
    assert "Hives" in listed
    assert "Bees come first" in listed, "what was decided can be found a year later"
    assert "Smoke is out" not in listed
    anybody = await site.read(pages.path(view.id))
    assert "Bees come first" in anybody
    assert "Smoke is out" not in anybody, "what is provisional is for those who were there"
    assert "Decisions that are still provisional are shown only to those who were invited." in anybody
    assert "Provisional: Smoke is out" in await site.own(view, "yuki")


def decide(session: Session, meeting: str) -> None:
    session.add(Decision(id="d1", wording=Bilingual("Bees come first", "Les abeilles d'abord"), state="confirmed", meeting=meeting))
    session.add(Decision(id="d2", wording=Bilingual("Smoke is out", "Plus de fumée"), state="provisional", meeting=meeting))


async def test_a_meeting_says_when_it_is_from_coast_to_coast(site: Site) -> None:
    view = site.world.scheduled(day=date(2027, 1, 12), at=time(13, 30), zone="America/St_Johns")
    shown = await site.read(pages.path(view.id))
    there = {
        "St. John's": "1:30 p.m., UTC−3:30",
        "Halifax": "1:00 p.m., UTC−4",
        "Toronto": "12:00 p.m., UTC−5",
        "Winnipeg": "12:00 p.m., UTC−5",
        "Edmonton": "11:00 a.m., UTC−6",
        "Regina": "11:00 a.m., UTC−6",
        "Whitehorse": "10:00 a.m., UTC−7",
        "Vancouver": "10:00 a.m., UTC−7",
    }
    for city, wall in there.items():
        row = next(each for each in shown.split("<tr")[1:] if city in each)
        assert f"Tuesday, January 12, 2027, {wall}" in row, city
        assert row.count(city) == 1, "Yellowknife's clocks are Edmonton's now"


async def test_nobody_but_who_is_invited_reads_how_to_join_and_who_comes(site: Site) -> None:
    view = site.world.scheduled(link=LINK, joining="Code 4711", invited=("yuki", "vera"))
    for shown in (await site.read(pages.path(view.id)), await site.own(view, "nia"), await site.own(view, "no-such-person")):
        assert [each for each in ("example.org", "4711", "Yuki", "Vera") if each in shown] == []
        assert "2 have not answered" in shown
    for person in ("yuki", "ona"):
        own = await site.own(view, person)
        assert f'<a href="{LINK}">' in own
        for each in ("Code 4711", "Yuki: no answer yet", "Vera"):
            assert each in own


async def test_a_link_that_is_not_good_any_more_shows_what_everybody_may_know(site: Site) -> None:
    view = site.world.scheduled(link=LINK)
    shown = await site.own(view, "yuki", hours=-1)
    assert "This link is not good any more" in shown
    assert "example.org" not in shown


async def test_a_page_leads_to_the_file_for_ones_own_calendar(site: Site) -> None:
    view = site.world.scheduled(link=LINK)
    own = await site.own(view, "yuki")
    address = own.split(f'href="..{pages.path(view.id)}.ics')[1].split('"')[0]
    given = await site.client.get(f"{pages.path(view.id)}.ics{address}")
    assert "METHOD:REQUEST" in given.text
    assert LINK in given.text.replace("\r\n ", "")


async def test_the_agenda_is_everybodys_and_its_papers_are_for_those_who_come(site: Site) -> None:
    view = site.world.scheduled()
    site.world.do(OPERATOR, fill, view.id)
    anybody, own = await site.read(pages.path(view.id)), await site.own(view, "yuki")
    assert "The hive" in anybody
    assert "decision, 15 minutes" in anybody
    assert "papers.example" not in anybody
    assert 'href="https://papers.example/1"' in own
    assert "javascript:" not in own


def fill(session: Session, meeting: str) -> None:
    paper = Bilingual("https://papers.example/1", None)
    item = AgendaItem(meeting=meeting, number=1, kind="decision", title=Bilingual("The hive", "La ruche"), minutes=15, paper=paper)
    bad = AgendaItem(meeting=meeting, number=2, kind="update", title=Bilingual("Wax", "Cire"), paper=Bilingual("javascript:alert(1)", None))
    session.add_all([item, bad])


async def test_a_cancelled_meeting_says_so_and_why(site: Site) -> None:
    view = site.world.scheduled(link=LINK, day=date(2027, 1, 14))
    site.world.do(ONA, meetings.cancel, view.id, Bilingual("The bees swarm", "Les abeilles essaiment"), shown=view.revision)
    own = await site.own(view, "yuki")
    assert "Cancelled" in own
    assert "Reason: The bees swarm" in own
    assert [each for each in ("have not answered", "coast to coast", "Add to my calendar") if each in own] == []
    address = own.split(f'href="..{pages.path(view.id)}/off.ics')[1]
    assert address.partition(">")[2].startswith("Remove from my calendar")
    given = await site.client.get(f"{pages.path(view.id)}/off.ics{address.partition(chr(34))[0]}")
    assert "METHOD:CANCEL" in given.text
    assert "Remove from my calendar" not in await site.read(pages.path(view.id)), "whoever was not to come has nothing to remove"
    assert "Yuki" not in own, "who would have come"
    assert "example.org" not in own
    assert "Cancelled" in await site.read("/meetings/2027-01")


async def test_a_series_is_one_line_of_the_list_and_a_page_of_its_own(site: Site) -> None:
    weekly = site.world.scheduled(repeat=Repeat("week", until=date(2027, 2, 23)), day=date(2027, 1, 12))
    site.world.scheduled(day=date(2027, 1, 13), title_en="Smoke")
    shown = await site.read(pages.LIST)
    assert shown.count("Hives (Bees)") == 1
    address = f"meetings?series={weekly.series}&lang=en"
    assert f'<a href="{address}">Every week, on Tuesday, until February 23, 2027: 6 more</a>' in shown
    second = [each for each in site.world.read(meetings.upcoming, ONA) if each.series][1]
    form = site.world.form(day=date(2027, 1, 20), at=time(15))
    site.world.do(ONA, meetings.change, second.id, form, shown=second.revision)
    site.world.do(ONA, meetings.cancel, weekly.id, None, shown=weekly.revision)
    listed = await site.read(pages.LIST)
    assert "5 more" in listed
    assert "Cancelled" not in listed, "the next that comes stands for the series"
    alone = await site.read(pages.LIST, series=str(weekly.series))
    assert "Every week, on Tuesday, until February 23, 2027, at 1:30 p.m. (St. John's time)" in alone
    assert alone.count('<li class="card">') == 7
    assert "Moved: it was to be Tuesday, January 19, 2027, 1:30 p.m. (St. John's, UTC−3:30)." in alone
    assert "Moved: it was to be" in await site.read(pages.path(second.id))
    assert await site.status(f"{pages.LIST}?series=99") == await site.status(f"{pages.LIST}?series=x") == 404


async def test_what_came_of_a_meeting_stands_on_its_page_for_those_who_were_there(site: Site) -> None:
    view = site.world.scheduled(day=date(2027, 1, 12), link=LINK)
    site.world.at(datetime(2027, 1, 20, 18, tzinfo=UTC))
    site.world.do(ONA, meetings.attended, view.id, frozenset({"ona", "yuki"}))
    site.world.do(ONA, outcomes.agree, view.id, "Buy smoke", "Acheter de la fumée", owner="win", due=date(2027, 2, 1))
    site.world.do(ONA, minutes.save, view.id, "All went well.", "Tout s'est bien passé.", version=0)
    assert "All went well." not in await site.own(view, "yuki"), "they are not circulated yet"
    site.world.do(ONA, minutes.circulate, view.id)
    own = await site.own(view, "yuki")
    assert "Who was there" in own
    assert [each for each in ("How to join", "no answer yet", "Add to my calendar") if each in own] == [], "it is over"
    for each in ("<h2>Minutes (draft)</h2>", "All went well.", "Present: Ona and Yuki", "Buy smoke (Win, by February 1, 2027)"):
        assert each in own
    anybody = await site.read(pages.path(view.id))
    assert [each for each in ("All went well", "Present", "Buy smoke") if each in anybody] == []


async def test_of_a_meeting_that_is_over_nobody_reads_who_comes(site: Site) -> None:
    view = site.world.scheduled(day=date(2027, 1, 12))
    assert "have not answered" in await site.read(pages.path(view.id))
    site.world.at(datetime(2027, 1, 20, 18, tzinfo=UTC))
    anybody, own = await site.read(pages.path(view.id)), await site.own(view, "yuki")
    for shown in (anybody, own):
        assert [each for each in ("have not answered", "Who comes", "no answer yet") if each in shown] == []
    assert "Who was there is not recorded yet." in own
    assert "Who was there" not in anybody


async def test_a_page_says_once_who_was_there_and_at_which_meeting_its_minutes_were_approved(site: Site) -> None:
    view = site.world.scheduled(day=date(2027, 1, 12))
    later = site.world.scheduled(day=date(2027, 1, 26))
    site.world.at(datetime(2027, 1, 27, 18, tzinfo=UTC))
    site.world.do(ONA, meetings.attended, view.id, frozenset({"ona"}))
    site.world.do(ONA, minutes.save, view.id, "Present: Ona and Yuki", "Présences\u00a0: Ona et Yuki", version=0)
    site.world.do(ONA, minutes.circulate, view.id)
    site.world.do(ONA, minutes.approve, view.id, later.id)
    own = await site.own(view, "yuki")
    assert own.count("Present: ") == 1, "the minutes that a meeting approved count"
    assert "Absent: " not in own
    assert "Approved at the meeting of January 26, 2027." in own


async def test_a_month_shows_each_meeting_on_its_day(site: Site) -> None:
    site.world.scheduled(repeat=Repeat("week"), day=date(2027, 1, 12))
    site.world.scheduled(kind=IN_PERSON, day=date(2027, 1, 19), last_day=date(2027, 1, 21), title_en="Summit", place_en="Regina")
    site.world.scheduled(kind=IN_PERSON, day=None, at=None, month=PartialDate.parse("2027-01"), title_en="Someday")
    shown = await site.read("/meetings/2027-01")
    days = {each.split("</p>")[0]: each for each in shown.split('<p class="name">')[1:]}
    assert len(days) == 31
    assert [day for day, text in days.items() if "Hives" in text] == [f"Tuesday, January {n}, 2027" for n in (12, 19, 26)]
    assert [day.split(",")[1] for day, text in days.items() if "Summit" in text] == [" January 19", " January 20", " January 21"]
    assert shown.index("Day to be fixed") < shown.index("Someday")
    assert "12:00 p.m." in days["Tuesday, January 12, 2027"]
    assert ["1:30 p.m." in text for text in days.values() if "Summit" in text] == [True, False, False]
    assert 'href="../meetings/2026-12?lang=en"' in shown
    assert 'href="../meetings/2027-02?lang=en"' in shown
    assert "Someday" not in await site.read("/meetings/2027-02")


async def test_a_meeting_stands_on_the_day_that_it_is_where_one_reads(site: Site) -> None:
    site.world.scheduled(day=date(2027, 1, 31), at=time(22, 30), zone="America/Vancouver")
    assert "Hives" not in await site.read("/meetings/2027-01")
    assert "Hives" in await site.read("/meetings/2027-02"), "in Toronto it is past midnight"


@pytest.mark.parametrize("path", ["/meetings/nothing", "/meetings/2027-13", "/meetings/1-1", "/meetings/9999-12", "/meetings/2027-0"])
async def test_what_is_not_there_says_so(site: Site, path: str) -> None:
    given = await site.client.get(path, params={"lang": "fr"})
    assert given.status_code == 404
    assert "Il n'y a rien ici" in unescape(given.text)


async def test_a_month_without_a_meeting_says_so(site: Site) -> None:
    assert "No meeting is in the registry for this month." in await site.read("/meetings/2027-06")


def test_a_council_and_the_groups_below_it_agree_in_number() -> None:
    joint, service = Bilingual("Joint Councils", "Conseils mixtes"), Bilingual("Service Council", "Conseil des services")
    assert wording.with_groups(joint, Reader("fr_CA")) == "Les Conseils mixtes et leurs groupes"
    assert wording.with_groups(service, Reader("fr_CA")) == "Le Conseil des services et ses groupes"
    assert wording.with_groups(joint, Reader("en_CA")) == "The Joint Councils and their groups"
