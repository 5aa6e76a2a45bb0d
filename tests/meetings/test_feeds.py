"""Calendars that people subscribe to, as a calendar program is given them: by HTTP, on either database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import httpx
import icalendar
import pytest
import recurring_ical_events
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.applications import Starlette

from bot import links
from bot.meetings import calendar_pages as pages
from bot.registry import Registry
from cadre.core import clock
from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.core.errors import Forbidden, NotFound
from cadre.core.reader import OPERATOR, Actor
from cadre.meetings import calendars, feeds
from cadre.meetings import service as meetings
from cadre.meetings.calendars import Shelf, Style
from cadre.meetings.inviting import Rsvp
from cadre.meetings.models import Feed, Meeting
from cadre.meetings.views import IN_PERSON, MeetingForm, MeetingView, Repeat
from tests.meetings.world import GROUP, NIA, NOBODY, ONA, SAM, VERA, YUKI, World
from tests.worlds import at_once

SECRET = "of the signatures"  # of tests
LINK = "https://example.org/join?pwd=honey"
OF_GROUP = pages.GROUP.format(id=GROUP)


@dataclass
class Site:
    """The calendars as the web server gives them."""

    client: httpx.AsyncClient
    world: World

    async def read(self, address: str, **query: str) -> list[Any]:
        """The events of a calendar."""
        given = await self.client.get(address, params=query or None)
        assert given.status_code == 200
        assert given.headers["content-type"] == "text/calendar; charset=utf-8"
        return list(icalendar.Calendar.from_ical(given.content).walk("VEVENT"))

    async def status(self, address: str) -> int:
        return (await self.client.get(address)).status_code

    def signed(self, id_: str, person: str) -> str:
        """The address of a file of one's own."""
        path = pages.FILE.format(id=id_)
        return links.address("", SECRET, person, path, clock.real() + timedelta(hours=1))

    def own(self, by: Actor) -> str:
        return pages.own_address("https://cadre.example/", self.world.do(by, feeds.make))


@pytest.fixture
async def site(world: World) -> AsyncIterator[Site]:
    with closing(Registry(world.database)) as registry:
        app = Starlette(routes=pages.routes(registry, SECRET, "https://cadre.example"))
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="https://cadre.example") as client:
            yield Site(client, world)


def weekly(world: World, **typed: Any) -> MeetingView:
    return world.scheduled(link=LINK, joining="Code 4711", repeat=Repeat("week"), **typed)


def moved(view: MeetingView, **but: Any) -> MeetingForm:
    """The form of a meeting that stands, changed."""
    facts = view.facts
    assert facts.held
    assert facts.at
    form = MeetingForm(GROUP, title_en="Hives", day=facts.held.first, at=facts.at, zone=facts.zone or "", link=LINK, joining="Code 4711")
    return replace(form, **but)


def rows(session: Session) -> list[Meeting]:
    return list(session.scalars(select(Meeting).where(Meeting.state == "planned").order_by(Meeting.starts_at)))


def occurrences(content: bytes, last: date) -> list[datetime]:
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(content)).between(date(2020, 1, 1), last)
    return sorted(each["DTSTART"].dt.astimezone(UTC) for each in found if each["STATUS"] == "CONFIRMED")


async def test_everybody_reads_when_meetings_are_and_nobody_how_to_join(site: Site) -> None:
    view = site.world.scheduled(link=LINK, joining="Code 4711")
    for address in (pages.ALL, OF_GROUP, pages.COUNCIL.format(id="council"), pages.FILE.format(id=view.id)):
        [event] = await site.read(address)
        assert event["DTSTART"].dt == view.facts.starts_at
        assert event["SUMMARY"] == "Hives (Bees)"
        text = event.to_ical().decode()
        for secret in (LINK, "4711", "ona", "Ona", "ATTENDEE", "ORGANIZER"):
            assert secret not in text, address
        assert event["URL"] == f"https://cadre.example/meetings/{view.id}?lang=en"


async def test_a_series_leads_to_its_page_and_a_reason_says_in_which_language_it_is(site: Site) -> None:
    view = site.world.scheduled(repeat=Repeat("week"))
    [event] = await site.read(OF_GROUP)
    assert event["URL"] == f"https://cadre.example/meetings?series={view.series}&lang=en"
    site.world.do(ONA, meetings.cancel, view.id, Bilingual(None, "Congés"), shown=view.revision)
    off = [each for each in await site.read(OF_GROUP) if each["STATUS"] == "CANCELLED"]
    assert [each["DESCRIPTION"] for each in off] == ["Reason: Congés (in French only)"]


async def test_a_calendar_is_in_the_language_that_is_asked_for(site: Site) -> None:
    site.world.scheduled(title_fr="Ruches")
    [event] = await site.read(OF_GROUP, lang="fr")
    assert event["SUMMARY"].startswith("Ruches")
    [event] = await site.read(OF_GROUP)
    assert event["SUMMARY"].startswith("Hives")


async def test_a_group_that_is_not_there_has_no_calendar(site: Site) -> None:
    for address in (pages.GROUP.format(id="wasps"), pages.COUNCIL.format(id="wasps"), pages.COUNCIL.format(id=GROUP)):
        assert await site.status(address) == 404
    for address in (pages.PERSON.format(id="x" * 43), pages.FILE.format(id="nothing")):
        assert await site.status(address) == 404


async def test_the_calendar_of_a_group_holds_no_other_groups_meetings(site: Site) -> None:
    site.world.scheduled()
    council = site.world.scheduled(SAM, group="council", title_en="Spring", invited=("vera",))
    assert [str(each["UID"]) for each in await site.read(pages.GROUP.format(id="council"))] == [calendars.uid(council.id)]
    assert len(await site.read(pages.COUNCIL.format(id="council"))) == 2


async def test_a_series_is_the_same_in_a_calendar_and_in_the_registry(site: Site) -> None:
    world = site.world
    first = weekly(world)
    all_ = world.read(rows)
    second, third, fifth = (world.seen(all_[n].id) for n in (1, 2, 4))
    world.do(ONA, meetings.change, second.id, moved(second, at=time(15)), shown=second.revision)
    world.do(ONA, meetings.cancel, third.id, None, shown=third.revision)
    world.do(ONA, meetings.change, fifth.id, moved(fifth, at=time(9), zone="America/Vancouver"), shown=fifth.revision, onwards=True)
    content = (await site.client.get(OF_GROUP)).content
    held = [row.starts_at for row in world.read(rows)]
    last = world.today() + timedelta(days=300)
    assert occurrences(content, last) == [each for each in held if each and each < datetime.combine(last, time(), UTC)]
    gone = [each for each in await site.read(OF_GROUP) if each["STATUS"] == "CANCELLED"]
    assert [each["DTSTART"].dt for each in gone] == [third.facts.starts_at]
    assert first.series


async def test_the_number_of_a_series_is_raised_with_each_change_of_it(site: Site) -> None:
    world = site.world
    weekly(world)
    numbers = [(await site.read(OF_GROUP))[0]["SEQUENCE"]]
    for n in (1, 2):
        view = world.seen(world.read(rows)[n].id)
        world.do(ONA, meetings.change, view.id, moved(view, at=time(15)), shown=view.revision)
        numbers.append((await site.read(OF_GROUP))[0]["SEQUENCE"])
    view = world.seen(world.read(rows)[3].id)
    world.do(ONA, meetings.cancel, view.id, None, shown=view.revision, onwards=True)
    numbers.append((await site.read(OF_GROUP))[0]["SEQUENCE"])
    assert sorted(set(numbers)) == numbers


async def test_a_meeting_that_is_known_to_the_month_stands_in_no_calendar(site: Site) -> None:
    month = PartialDate.parse((site.world.today() + timedelta(days=90)).isoformat()[:7])
    view = site.world.scheduled(kind=IN_PERSON, day=None, at=None, month=month)
    assert await site.read(pages.ALL) == []
    assert await site.status(pages.FILE.format(id=view.id)) == 404


async def test_a_cancelled_meeting_is_there_as_cancelled(site: Site) -> None:
    view = site.world.scheduled()
    site.world.do(ONA, meetings.cancel, view.id, Bilingual("The bees swarm", "Les abeilles essaiment"), shown=view.revision)
    [event] = await site.read(OF_GROUP, lang="fr")
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)
    assert "Les abeilles essaiment" in event["DESCRIPTION"]


# -- one's own


async def test_ones_own_calendar_holds_ones_own_meetings_and_how_to_join(site: Site) -> None:
    site.world.scheduled(link=LINK, joining="Code 4711", invited=("yuki",))
    site.world.scheduled(title_en="Wax", invited=("vera",))
    address = site.own(YUKI)
    [event] = await site.read(address)
    assert event["SUMMARY"].startswith("Hives")
    assert LINK in event["DESCRIPTION"]
    assert event["LOCATION"] == LINK


async def test_whoever_comes_in_somebodys_place_has_it_too(site: Site) -> None:
    view = site.world.scheduled(link=LINK)
    address = site.own(NIA)
    assert await site.read(address) == []
    site.world.do(VERA, meetings.respond, view.id, Rsvp("declined", stands_in="nia"))
    [event] = await site.read(address)
    assert LINK in event["DESCRIPTION"]


async def test_an_answer_is_seen_at_once_though_it_raises_no_revision(site: Site) -> None:
    view, address = site.world.scheduled(), site.own(VERA)
    before = await site.client.get(address)
    site.world.do(VERA, meetings.respond, view.id, Rsvp("declined"))
    again = await site.client.get(address, headers={"if-none-match": before.headers["etag"]})
    assert again.status_code == 200
    assert b"TRANSP:TRANSPARENT" in again.content


async def test_who_is_asked_to_some_of_a_series_has_those_alone(site: Site) -> None:
    world = site.world
    weekly(world, invited=("yuki",))
    some = [world.seen(row.id) for row in world.read(rows)[1:3]]
    for view in some:
        world.do(ONA, meetings.change, view.id, moved(view, invited=("yuki", "vera")), shown=view.revision)
    content = (await site.client.get(site.own(VERA))).content
    assert occurrences(content, world.today() + timedelta(days=3000)) == [view.facts.starts_at for view in some]


async def test_a_new_secret_ends_the_old_one_and_none_is_kept(site: Site) -> None:
    old, new = site.own(YUKI), site.own(YUKI)
    assert (await site.status(old), await site.status(new)) == (404, 200)
    kept = site.world.read(lambda session: [row.digest for row in session.scalars(select(Feed))])
    assert len(kept) == 1
    assert kept[0] not in new
    assert new.split("/")[-1].removesuffix(".ics") not in kept[0]
    assert site.world.read(feeds.made_at, YUKI) is not None
    assert site.world.do(YUKI, feeds.revoke) is True
    assert site.world.do(YUKI, feeds.revoke) is False
    assert await site.status(new) == 404
    assert site.world.read(feeds.made_at, YUKI) is None


def test_clicked_twice_at_once_one_secret_is_left(world: World) -> None:
    tokens = at_once(*[lambda: world.do(YUKI, feeds.make)] * 4)
    assert [each for each in tokens if not isinstance(each, str)] == []

    def opens(token: object) -> bool:
        try:
            return bool(world.read(feeds.opened, str(token)))
        except NotFound:
            return False

    assert [opens(each) for each in tokens].count(True) == 1


def test_somebody_unknown_has_no_calendar_of_their_own(world: World) -> None:
    with pytest.raises(Forbidden):
        world.do(NOBODY, feeds.make)


# -- how it is asked for


async def test_a_program_that_has_it_already_is_not_sent_it_again(site: Site) -> None:
    view = site.world.scheduled()
    given = await site.client.get(OF_GROUP)
    assert given.headers["cache-control"] == "public, max-age=300"
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n" in given.content
    assert b"X-PUBLISHED-TTL:PT1H\r\n" in given.content
    known = {"if-none-match": f'"other", W/{given.headers["etag"]}'}
    again = await site.client.get(OF_GROUP, headers=known)
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", given.headers["etag"])
    site.world.do(ONA, meetings.cancel, view.id, None, shown=view.revision)
    assert (await site.client.get(OF_GROUP, headers=known)).status_code == 200


async def test_nobody_between_keeps_what_is_ones_own(site: Site) -> None:
    view, address = site.world.scheduled(), site.own(YUKI)
    for each in (address, site.signed(view.id, "yuki")):
        headers = (await site.client.get(each)).headers
        assert headers["cache-control"] == "private, no-cache"
        assert headers["referrer-policy"] == "no-referrer"


async def test_asked_for_a_hundred_times_it_is_drawn_once(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.world.scheduled()
    drawn: list[Shelf] = []
    draw = calendars.calendar

    def counted(shelf: Shelf, style: Style) -> bytes:
        drawn.append(shelf)
        return draw(shelf, style)

    monkeypatch.setattr(calendars, "calendar", counted)
    address = site.own(YUKI)
    for _ in range(50):
        await site.client.get(OF_GROUP)
        await site.client.get(address)
    assert len(drawn) == 2


# -- the file of one meeting


async def test_a_link_of_ones_own_gives_an_invitation(site: Site) -> None:
    view = site.world.scheduled(link=LINK)
    site.world.do(YUKI, meetings.respond, view.id, Rsvp("accepted"))
    given = await site.client.get(site.signed(view.id, "yuki"))
    assert given.headers["content-disposition"] == f'attachment; filename="{view.id}.ics"'
    assert icalendar.Calendar.from_ical(given.content)["METHOD"] == "REQUEST"
    [event] = await site.read(site.signed(view.id, "yuki"))
    assert str(event["ATTENDEE"]) == "mailto:yuki@iccs.example.org"
    assert event["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"
    assert LINK in event["DESCRIPTION"]


async def test_a_link_opens_nothing_that_is_anothers(site: Site) -> None:
    view = site.world.scheduled(link=LINK, invited=("yuki",))
    for person in ("nia", "nobody-at-all"):
        [event] = await site.read(site.signed(view.id, person))
        assert "DESCRIPTION" not in event, person
    stolen = site.signed(view.id, "yuki").replace(view.id, site.world.scheduled(title_en="Wax", invited=("yuki",), link=LINK).id)
    [event] = await site.read(stolen)
    assert "DESCRIPTION" not in event, "signed for another meeting"


async def test_whoever_arranges_a_meeting_sees_how_to_join(site: Site) -> None:
    view = site.world.scheduled(link=LINK, invited=("yuki",))
    [event] = await site.read(site.signed(view.id, "ona"))
    assert LINK in event["DESCRIPTION"]
    assert "ATTENDEE" not in event


async def test_new_rules_of_the_clocks_raise_the_number(site: Site) -> None:
    view = site.world.scheduled()
    assert view.facts.starts_at
    earlier = view.facts.starts_at - timedelta(hours=1)
    site.world.do(OPERATOR, lambda session: session.execute(select(Meeting)).scalars().one().__setattr__("starts_at", earlier))
    site.world.do(OPERATOR, meetings.recompute, site.world.today())
    [event] = await site.read(OF_GROUP)
    assert (event["SEQUENCE"], event["DTSTART"].dt) == (1, view.facts.starts_at)
