"""The calendar files that go with what people are told: each as a calendar program takes it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import icalendar
import pytest
import recurring_ical_events
from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core.dates import PartialDate
from cadre.core.reader import Reader
from cadre.meetings import invitations
from cadre.meetings import service as meetings
from cadre.meetings.inviting import Rsvp
from cadre.meetings.models import Meeting
from cadre.meetings.views import IN_PERSON, MeetingView, Repeat
from tests.meetings.test_feeds import LINK, moved
from tests.meetings.world import ONA, VERA, YUKI, World

FRENCH = Reader("fr_CA")


def came(world: World, person: str, kind: str) -> list[tuple[str, str, Any]]:
    """The files that went with the last word of a kind: name, method and what is read in it."""
    subject, detail = [(subject, detail) for told, subject, whom, detail in world.announced() if (told, whom) == (kind, person)][-1]
    id_ = subject.partition(":")[2]
    found = world.read(invitations.files, kind, id_, person=person, detail=detail, reader=FRENCH)
    for each in found:
        assert icalendar.Calendar.from_ical(each.content)["METHOD"] == each.method
    return [(each.name, each.method, icalendar.Calendar.from_ical(each.content)) for each in found]


def only(found: list[tuple[str, str, Any]]) -> tuple[str, Any]:
    """The method and the event of the one file that holds one."""
    [(_, method, content)] = found
    [event] = content.walk("VEVENT")
    return method, event


def rows(session: Session) -> list[Meeting]:
    return list(session.scalars(select(Meeting).where(Meeting.state == "planned").order_by(Meeting.starts_at)))


def nth(world: World, n: int) -> MeetingView:
    return world.seen(world.read(rows)[n].id)


class Program:
    """A calendar program: it takes files by RFC 5546, and forgets nothing that it was not told to."""

    def __init__(self) -> None:
        self.known: dict[str, dict[str, Any]] = {}

    def takes(self, files: list[tuple[str, str, Any]]) -> None:
        for _, method, content in files:
            for event in content.walk("VEVENT"):
                uid, which = str(event["UID"]), str(event["RECURRENCE-ID"].dt) if "RECURRENCE-ID" in event else ""
                here = self.known.setdefault(uid, {})
                newest = max((each["SEQUENCE"] for each in here.values()), default=0)
                assert event["SEQUENCE"] >= newest, "older than what is known is left aside"
                if method == "CANCEL" and not which:
                    here.clear()
                elif not which:
                    here.clear()
                    here[""] = event
                else:
                    here[which] = event

    def shows(self, last: date) -> list[datetime]:
        found: list[datetime] = []
        for here in self.known.values():
            whole = icalendar.Calendar()
            for event in here.values():
                whole.add_component(event)
            events = recurring_ical_events.of(whole).between(date(2020, 1, 1), last) if here else []
            found += [each["DTSTART"].dt.astimezone(UTC) for each in events if each["STATUS"] != "CANCELLED"]
        return sorted(found)


def test_an_invitation_is_in_the_language_of_whoever_is_invited(world: World) -> None:
    world.scheduled(title_fr="Ruches", link=LINK)
    method, event = only(came(world, "yuki", "meeting_invited"))
    assert method == "REQUEST"
    assert event["SUMMARY"].startswith("Ruches")
    assert event["DESCRIPTION"].endswith(f"\xa0: {LINK}")
    assert str(event["ATTENDEE"]) == "mailto:yuki@iccs.example.org"
    assert str(event["ORGANIZER"]) == "mailto:sam@iccs.example.org"


def test_each_change_raises_the_number_and_asks_again(world: World) -> None:
    view = world.scheduled()
    world.do(YUKI, meetings.respond, view.id, Rsvp("accepted"))
    world.do(ONA, meetings.change, view.id, moved(view, at=time(15)), shown=0)
    method, event = only(came(world, "yuki", "meeting_changed"))
    assert (method, event["SEQUENCE"], event["ATTENDEE"].params["PARTSTAT"]) == ("REQUEST", 1, "NEEDS-ACTION")
    world.do(ONA, meetings.cancel, view.id, None, shown=1)
    method, event = only(came(world, "yuki", "meeting_cancelled"))
    assert (method, event["SEQUENCE"], event["STATUS"]) == ("CANCEL", 2, "CANCELLED")


def test_whoever_need_not_come_any_more_loses_it_from_their_calendar(world: World) -> None:
    view = world.scheduled(link=LINK)
    form = moved(view, invited=tuple(each for each in ("ona", "yuki", "neil")))
    world.do(ONA, meetings.change, view.id, form, shown=0)
    method, event = only(came(world, "vera", "meeting_left"))
    assert (method, event["STATUS"]) == ("CANCEL", "CANCELLED")
    assert LINK not in event.to_ical().decode()
    assert event["SEQUENCE"] == 1


def test_whoever_comes_in_somebodys_place_gets_it_and_loses_it_again(world: World) -> None:
    view = world.scheduled(link=LINK)
    world.do(VERA, meetings.respond, view.id, Rsvp("declined", stands_in="nia"))
    method, event = only(came(world, "nia", "meeting_standing_in"))
    assert (method, event["LOCATION"]) == ("REQUEST", LINK)
    world.at(datetime.now(UTC) + timedelta(minutes=5))
    world.do(VERA, meetings.respond, view.id, Rsvp("accepted"))
    method, off = only(came(world, "nia", "meeting_standing_down"))
    assert (method, off["SEQUENCE"]) == ("CANCEL", event["SEQUENCE"])
    assert off["DTSTAMP"].dt > event["DTSTAMP"].dt, "of two of the same number calendars take the later"


def test_a_month_is_no_invitation(world: World) -> None:
    month = PartialDate.parse((world.today() + timedelta(days=90)).isoformat()[:7])
    world.scheduled(kind=IN_PERSON, day=None, at=None, month=month)
    assert came(world, "yuki", "meeting_invited") == []


@pytest.mark.parametrize("onwards_from", [0, 4])
def test_a_calendar_that_takes_all_files_shows_what_the_registry_has(world: World, onwards_from: int) -> None:
    """Invited to a series; one moved, one cancelled, from one on at another time, the last ones cancelled."""
    program = Program()
    world.scheduled(repeat=Repeat("week"))
    program.takes(came(world, "yuki", "meeting_invited"))
    view = nth(world, 2)
    world.do(ONA, meetings.change, view.id, moved(view, at=time(15)), shown=view.revision)
    program.takes(came(world, "yuki", "meeting_changed"))
    view = nth(world, 3)
    world.do(ONA, meetings.cancel, view.id, None, shown=view.revision)
    program.takes(came(world, "yuki", "meeting_cancelled"))
    view = nth(world, onwards_from)
    world.do(ONA, meetings.change, view.id, moved(view, at=time(10), zone="America/Vancouver"), shown=view.revision, onwards=True)
    program.takes(came(world, "yuki", "meeting_changed"))
    last = world.today() + timedelta(days=200)
    until = datetime.combine(last, time(), UTC)
    assert program.shows(last) == [row.starts_at for row in world.read(rows) if row.starts_at and row.starts_at < until]
    view = nth(world, 9)
    world.do(ONA, meetings.cancel, view.id, None, shown=view.revision, onwards=True)
    program.takes(came(world, "yuki", "meeting_cancelled"))
    assert program.shows(last + timedelta(days=3000)) == [row.starts_at for row in world.read(rows)]
    view = nth(world, onwards_from)
    world.do(ONA, meetings.cancel, view.id, None, shown=view.revision, onwards=True)
    program.takes(came(world, "yuki", "meeting_cancelled"))
    assert program.shows(last) == [row.starts_at for row in world.read(rows)]


@pytest.mark.parametrize("link", ["", LINK])
def test_whoever_is_taken_off_from_one_meeting_on_keeps_those_before_it(world: World, link: str) -> None:
    program = Program()
    world.scheduled(repeat=Repeat("week"))
    program.takes(came(world, "yuki", "meeting_invited"))
    view = nth(world, 2)
    form = moved(view, invited=("ona", "neil"), link=link)
    world.do(ONA, meetings.change, view.id, form, shown=view.revision, onwards=True)
    program.takes(came(world, "yuki", "meeting_left"))
    last = world.today() + timedelta(days=3000)
    assert program.shows(last) == [row.starts_at for row in world.read(rows)[:2]]
