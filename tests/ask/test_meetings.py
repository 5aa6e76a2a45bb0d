"""Questions about meetings: which come, who comes, what changed, what was decided and is to be done. To each, what they may know."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.ask.text import render
from cadre.ask.ledger import Ledger
from cadre.ask.service import answer
from cadre.core import clock
from cadre.core.bilingual import Bilingual
from cadre.core.database import Database
from cadre.core.reader import OPERATOR, Actor, Reader
from cadre.exchange.seed import demonstration
from cadre.exchange.service import import_file
from cadre.meetings import demonstration as invented
from cadre.meetings import service as meetings
from cadre.meetings.models import Invitee, Meeting, Minutes
from cadre.meetings.views import MeetingForm, Repeat
from tests.ask import meeting_room as world
from tests.ask.meeting_room import BEGAN, BEV, CODE, GUY, LINK, MARCH, NAT, OTHERS, SOPHIA, Asked, Room, asked, canoes, room_of
from tests.conftest import DATABASES

room, planned, going_on = world.room, world.planned, world.going_on


def along_the_river(room: Room) -> None:
    """Beside the canoes, one to which nobody is invited, and one to which Guy Gordon is."""
    room.met("paddles", MARCH + timedelta(days=1), title=Bilingual("Paddles", "Pagaies"))
    room.met("portage", MARCH + timedelta(days=2), title=Bilingual("Portages", "Portages"), invited=("guy-gordon",))


def on_the_ice(room: Room) -> None:
    """Beside the canoes, three that are told apart by their days alone."""
    for id_, month, day in (("ice", 1, 12), ("friday", 2, 12), ("week", 2, 19)):
        room.met(id_, datetime(2027, month, day, 18, 0, tzinfo=UTC), title=Bilingual("Ice", "Glace"))


def called_off(room: Room) -> None:
    def cancel(session: Session) -> None:
        row = session.get(Meeting, "canoes")
        assert row
        row.state, row.reason, row.revision = "cancelled", Bilingual("No water", "Pas d'eau"), 1

    room.do(cancel)


def put_off(room: Room) -> None:
    def move(session: Session) -> None:
        row = session.get(Meeting, "canoes")
        assert row
        row.starts_at, row.revision, row.changed_at = MARCH + timedelta(hours=1), 1, BEGAN
        row.reason = Bilingual("Ice", "Glace")

    room.do(move)


def in_the_orchard(room: Room) -> None:
    """Beside the teleconference of March 2, a summit on March 9; a teleconference in December that some attended."""
    called = Bilingual("Orchard summit", "Sommet des vergers")
    room.met("summit", datetime(2027, 3, 9, 18, 0, tzinfo=UTC), title=called, invited=("bev-dicks",))
    room.met("ice", datetime(2026, 12, 16, 18, 0, tzinfo=UTC), title=Bilingual("Ice", "Glace"), invited=("guy-gordon", "bev-dicks"))

    def attend(session: Session) -> None:
        for row in session.scalars(select(Invitee).where(Invitee.meeting == "ice")):
            row.attended = row.person == "guy-gordon"
        kept = Minutes(meeting="ice", state="approved", version=1, changed_at=BEGAN, changed_by="Natasha Clarke")
        kept.text = kept.sent = Bilingual("Skates!", "Patins!")
        session.add(kept)

    room.do(attend)


portages = room_of("room_portages", canoes, along_the_river)
winter = room_of("room_winter", canoes, on_the_ice)
moved = room_of("room_moved", canoes, put_off)
summit = room_of("room_summit", canoes, in_the_orchard)


@pytest.fixture(scope="module", params=DATABASES)
def both(request: pytest.FixtureRequest) -> Iterator[tuple[Asked, Asked]]:
    """Where the canoes are planned, and where they were called off."""
    for before in asked(request, "room_planned", canoes):
        for after in asked(request, "room_cancelled", canoes, called_off):
            yield before, after


NEXT = (
    "when is the next meeting of the Framework WG",
    "When is the next meeting of the Framework Working Group?",
    "next meeting",
    "when does the framework working group meet next?",
    "what time is the next framework wg meeting",
    "prochaine téléconférence",
    "quand est la prochaine réunion du GT sur le Cadre",
    "C'est quand la prochaine rencontre du groupe de travail sur le Cadre?",
    "à quelle heure est la prochaine réunion du GT sur le Cadre?",
    "when is the next teleconference of the Framework WG?",
    "upcoming meetings of the framework working group",
    "framework working group meetings",
    "réunions du groupe de travail sur le Cadre",
)


@pytest.mark.parametrize("question", NEXT)
def test_the_next_meeting_is_told_where_the_asker_is(planned: Asked, question: str) -> None:
    """18:30 UTC is half past one in Winnipeg, where clocks no longer change."""
    found = planned.told(question).splitlines()[0]
    assert "March 2, 2027, 1:30 p.m. (Winnipeg, UTC−5)" in found or "le mardi 2 mars 2027 à 13 h 30 (Winnipeg, UTC−5)" in found


def test_each_hears_it_in_their_own_zone(planned: Asked) -> None:
    told = planned.ask("when is the next meeting", zone="America/St_Johns").headline
    assert "3:00\u00a0p.m. (St. John's, UTC−3:30)" in told


def test_a_series_does_not_drown_what_else_there_is(going_on: Room) -> None:
    group, people = "framework-wg", ("guy-gordon", "natasha-clarke")
    weekly = MeetingForm(group, day=date(2027, 2, 11), at=time(14), invited=people, repeat=Repeat("week", until=date(2027, 5, 31)))
    going_on.do(meetings.schedule, weekly, by=NAT)
    told = going_on.told("framework working group meetings").splitlines()
    assert told[0] == "17 meetings are planned."
    assert told[1].endswith("· Every week, on Thursday, until May 31, 2027: 15 more")
    assert "Canoes" in told[2]
    following = going_on.told("prochaine téléconférence", lang="fr")
    assert following.count("Ensuite") == 2, "one more of the series, and what comes besides"
    assert "Canots" in following
    assert "Quand est la prochaine réunion" not in following, "that was just said"
    assert going_on.told("mes réunions", lang="fr").count("sans réponse") == 1


def test_a_question_that_goes_on_stays_with_the_group_that_was_spoken_of(going_on: Room) -> None:
    going_on.met("others", MARCH - timedelta(days=7), group="privacy")
    before = going_on.ask("when is the next meeting of the Framework WG")
    assert "2 mars 2027" in going_on.ask("et la prochaine téléconférence?", lang="fr", earlier=before).headline.replace("\u00a0", " ")
    assert "23 février 2027" in going_on.ask("prochaine téléconférence", lang="fr", earlier=before).headline.replace("\u00a0", " ")


def test_one_that_goes_on_is_told_and_one_that_is_over_is_not(going_on: Room) -> None:
    going_on.met("later", MARCH + timedelta(days=14))
    going_on.at(MARCH + timedelta(minutes=30))
    assert "March 2, 2027" in going_on.told("next meeting")
    going_on.at(MARCH + timedelta(minutes=61))
    assert "March 16, 2027" in going_on.ask("next meeting").headline
    assert "March 2, 2027" in going_on.told("when was the last meeting of the framework wg?")


def test_a_group_without_a_meeting_is_not_told_of_another_s(planned: Asked) -> None:
    told = planned.told("when is the next meeting of the Cloud Computing Working Group?")
    assert told.startswith("That is not in the registry: no coming meeting of the PSCIOC Cloud Computing Working Group is recorded.")
    assert "March 2" not in told


def test_of_another_kind_than_what_comes_none_is_planned_and_what_comes_is_told(planned: Asked) -> None:
    told = planned.told("next in-person meeting of the Framework WG")
    assert "no coming meeting in person of the Framework Working Group is recorded." in told
    assert "Next meeting: Canoes (Framework Working Group), Tuesday, March 2, 2027" in told
    told = planned.told("prochaine réunion en personne du GT sur le Cadre", lang="fr")
    assert "aucune réunion en personne à venir" in told
    assert "Prochaine réunion : Canots" in told
    assert "no coming meeting in person is recorded." in planned.told("next in-person meeting")


def test_how_to_join_is_for_those_invited_where_nobody_reads_along(planned: Asked) -> None:
    for question in ("when is the next meeting", "my meetings", "prochaine téléconférence", "meetings of the framework wg"):
        assert LINK in planned.told(question, GUY)
        assert CODE in planned.told(question, GUY)
        for by, channel in OTHERS:
            told = planned.told(question, by, channel=channel)
            assert LINK not in told
            assert CODE not in told


COMING = (
    "who is coming?",
    "Who's coming to the next meeting of the Framework WG?",
    "who is coming to the next meeting",
    "who will attend the framework wg meeting?",
    "who is invited to the next meeting?",
    "qui vient à la prochaine réunion",
    "Qui vient à la prochaine réunion du GT sur le Cadre?",
    "qui sera là à la prochaine téléconférence?",
    "qui assistera à la prochaine réunion du groupe de travail sur le Cadre?",
    "who is coming in March",
    "who's coming to the meeting next month",
)


@pytest.mark.parametrize("question", COMING)
def test_who_comes_is_told_by_name_to_those_invited_and_who_arrange(planned: Asked, question: str) -> None:
    for invited in (GUY, BEV, NAT):
        told = planned.told(question, invited)
        assert "Guy Gordon" in told
        assert "Bev Dicks" in told
        assert told.count("Guy Gordon") == 1
        assert "no answer yet" in told or "sans réponse" in told
    for by, channel in OTHERS:
        told = planned.told(question, by, channel=channel)
        assert "1 of 2 has accepted" in told or "1 présence confirmée sur 2" in told
        assert "Guy" not in told
        assert "Bev" not in told


@pytest.mark.parametrize(
    "question", ["is Manitoba coming?", "Is Manitoba coming to the next meeting?", "le Manitoba vient-il à la réunion?"]
)
def test_whether_a_jurisdiction_comes(planned: Asked, question: str) -> None:
    assert planned.ask(question, BEV).headline.startswith("Guy Gordon (")
    assert "Bev Dicks" not in planned.told(question, BEV)
    assert "Guy" not in planned.told(question, SOPHIA)
    assert planned.ask("is Yukon coming?", GUY).headline == "Nobody from Yukon is invited."
    assert "Guy" not in planned.told("is Guy Gordon coming?", SOPHIA).replace("Guy Gordon coming", "")
    assert planned.ask("is Guy Gordon coming to the meeting?", BEV).headline.endswith("accepted")


def test_who_comes_to_the_meeting_that_was_just_told(going_on: Room) -> None:
    going_on.met("sooner", MARCH - timedelta(days=1), "privacy", invited=("guy-gordon",), title=Bilingual("Locks", "Serrures"))
    first = going_on.ask("when is the next meeting of the Framework WG?")
    told = going_on.ask("who is coming?", earlier=first)
    assert "Canoes" in told.headline
    assert "Locks" in going_on.ask("who is coming?").headline


def test_who_stands_in_is_told(going_on: Room) -> None:
    def stand_in(session: Session) -> None:
        row = session.scalars(select(Invitee).where(Invitee.person == "bev-dicks")).one()
        row.answer, row.stands_in = "declined", "sophia-howse"

    going_on.do(stand_in)
    assert "declined; Sophia Howse is asked to come in their place" in going_on.told("who is coming to the meeting?", SOPHIA)


@pytest.mark.parametrize("question", ["my meetings", "what are my next meetings?", "mes réunions", "quelles sont mes prochaines réunions?"])
def test_ones_own_meetings(portages: Asked, question: str) -> None:
    own = portages.told(question, GUY)
    assert "Canoes" in own or "Canots" in own
    assert "Paddles" not in own
    assert "Pagaies" not in own
    assert portages.ask("my meetings", SOPHIA).headline == "You are invited to no coming meeting."
    assert portages.ask("my meetings", None).headline.startswith("I cannot tell who is asking")
    assert portages.ask("my meetings", GUY, channel="C0GENERAL").headline.startswith("I cannot tell who is asking")
    assert portages.ask("my meetings in April").headline == "You are invited to no meeting on these days."


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("meetings in March", "March 2027: 1 meeting."),
        ("which meetings are there in march?", "March 2027: 1 meeting."),
        ("réunions en mars", "Mars 2027 : 1 réunion."),
        ("Quelles réunions y a-t-il en mars?", "Mars 2027 : 1 réunion."),
        ("framework wg meetings in March", "March 2027: 1 meeting."),
        ("teleconferences in March", "March 2027: 1 meeting."),
        ("meetings next month", "March 2027: 1 meeting."),
        ("réunions le mois prochain", "Mars 2027 : 1 réunion."),
        ("meetings in March 2027", "March 2027: 1 meeting."),
        ("meetings in January", "January 2027: 1 meeting."),
        ("meetings in 2027", "2027: 4 meetings."),
        ("meetings this week", "From February 8, 2027 to February 14, 2027: 1 meeting."),
        ("meetings next week", "From February 15, 2027 to February 21, 2027: 1 meeting."),
        ("réunions cette semaine", "Du 8 février 2027 au 14 février 2027 : 1 réunion."),
        ("réunions la semaine prochaine", "Du 15 février 2027 au 21 février 2027 : 1 réunion."),
        ("meetings in May", "That is not in the registry: no meeting is recorded for these days (May 2027)."),
    ],
)
def test_the_meetings_of_some_days(winter: Asked, question: str, told: str) -> None:
    """A month without a year is the next that comes; where nothing comes in it, the last that was."""
    assert winter.told(question).splitlines()[0] == told


def test_a_month_is_that_of_where_the_reader_is(room: Room) -> None:
    """Three in the morning of March 1, UTC, is February in Winnipeg."""
    room.met("night", datetime(2027, 3, 1, 3, 0, tzinfo=UTC))
    assert room.ask("meetings in February").headline == "February 2027: 1 meeting."
    assert room.ask("meetings in February", zone="Europe/London").intent == "meeting_list"
    assert room.ask("meetings in March", zone="Europe/London").headline == "March 2027: 1 meeting."


@pytest.mark.parametrize(
    "question",
    [
        "was the meeting of the Framework WG cancelled?",
        "is the framework working group meeting cancelled",
        "la réunion du GT sur le Cadre a-t-elle été annulée?",
        "was the next meeting called off?",
    ],
)
def test_that_a_meeting_was_cancelled_and_why(both: tuple[Asked, Asked], question: str) -> None:
    planned, cancelled = both
    before = planned.told(question)
    assert before.startswith(("No coming meeting was cancelled.", "Aucune réunion à venir n'a été annulée."))
    told = cancelled.told(question)
    assert told.startswith(("Cancelled: Canoes", "Réunion annulée : Canots"))
    assert "No water" in told or "Pas d'eau" in told
    assert LINK not in told
    assert cancelled.ask("next meeting").headline.startswith("That is not in the registry")


@pytest.mark.parametrize(
    "question",
    [
        "when was the meeting of the Framework WG moved to?",
        "à quand la réunion du GT sur le Cadre a-t-elle été reportée?",
        "is the meeting still on?",
    ],
)
def test_when_a_meeting_was_moved_to(moved: Asked, question: str) -> None:
    told = moved.told(question)
    assert "2:30 p.m. (Winnipeg" in told.splitlines()[0] or "14 h 30 (Winnipeg" in told.splitlines()[0]
    assert "February 10, 2027" in told or "10 février 2027" in told
    assert "Ice" in told or "Glace" in told


def test_meetings_of_the_demonstration_are_told_by_its_name_only(room: Room) -> None:
    room.do(import_file, demonstration(BEGAN.date()))
    room.do(invented.populate, BEGAN.date())
    assert "no coming meeting" in room.told("when is the next meeting?")
    assert "no meeting is recorded" in room.told("meetings this month")
    assert "Spring honey" in room.told("when is the next meeting of the demonstration beehives working group?")
    room.met("canoes")
    for question in ("when is the next meeting?", "meetings this month", "list the meetings", "who is coming?"):
        assert "honey" not in room.told(question)


def test_in_a_sandbox_meetings_of_the_demonstration_are_as_good_as_any(sandbox_url: str) -> None:
    with closing(Database(sandbox_url)) as database:
        database.write(OPERATOR, invented.populate, clock.real().date())
        for question in ("when is the next meeting?", "prochaine téléconférence", "who is coming?", "list the meetings"):
            found = render(database.read(answer, question, Reader(), seen_by=Actor("Nobody")), Reader())
            assert "Spring honey" in found or "Miel de printemps" in found


def test_other_questions_read_no_meeting(planned: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("meetings were read")

    for reads in ("meetings", "past_meetings", "actions"):
        monkeypatch.setattr(Ledger, reads, refuse)
    assert "Bev Dicks" in planned.ask("who leads digital identity?").headline
    assert "Charlottetown" in planned.told("list the in-person meetings")
    with pytest.raises(AssertionError, match="meetings were read"):
        planned.ask("next meeting")


def test_the_meetings_of_the_seed_are_still_told(planned: Asked) -> None:
    assert "October 2017" in planned.told("When was the meeting in Charlottetown?")
    assert "Victoria" in planned.told("Where did the Joint Councils meet in 2016?")
    assert "Windsor" in planned.told("de quelle ville vient Harry Turnbull?")
    assert "Canoes" not in planned.told("list the in-person meetings")
    assert planned.ask("how many in-person meetings are recorded?").headline == "5 in-person meetings are recorded."


def test_a_meeting_is_found_by_its_title_and_its_day(summit: Asked) -> None:
    for question in (
        "who is coming to the orchard summit?",
        "who is coming to the meeting on March 9?",
        "qui vient au sommet des vergers ?",
        "qui vient à la réunion du 9 mars ?",
        "when is the orchard summit?",
        "où a lieu le sommet des vergers ?",
        "quand a lieu le sommet des vergers ?",
        "when is the orchard summit of the Framework WG?",
    ):
        head = summit.ask(question).headline.replace("\u00a0", " ")
        assert "March 9, 2027" in head or "9 mars 2027" in head, question
        assert "Orchard summit" in head or "Sommet des vergers" in head
    told = summit.told("quelles réunions le 9 mars ?")
    assert "1 réunion" in told.splitlines()[0]
    assert "Canots" not in told
    assert "Guy Gordon" in summit.told("qui participe à la prochaine réunion du GT sur le Cadre ?")
    assert "Canoes" in summit.ask("who is coming to the canoes meeting?").headline
    assert "no meeting is recorded" in summit.ask("who is coming to the meeting on March 10?").headline


def test_what_was_is_found_who_came_and_what_the_minutes_say(summit: Asked) -> None:
    for question in ("who came to the meeting on December 16?", "qui est venu à la réunion du 16 décembre ?"):
        told = summit.told(question, BEV)
        assert "Guy Gordon" in told
        assert "Bev Dicks" in told
        assert all("Guy" not in summit.told(question, by, channel=channel) for by, channel in OTHERS)
    for question in ("minutes of December 16", "procès-verbal du 16 décembre"):
        assert "Skates!" in summit.told(question, BEV) or "Patins!" in summit.told(question, BEV)
        assert all("Skates!" not in summit.told(question, by, channel=channel) for by, channel in OTHERS)
        assert "approved" in summit.told(question, SOPHIA) or "approuvé" in summit.told(question, SOPHIA)
    for question in ("past meetings of the Framework WG", "réunions passées du GT sur le Cadre"):
        told = summit.told(question, SOPHIA)
        assert "December 16, 2026" in told or "16 décembre 2026" in told
        assert "March" not in told
        assert "mars" not in told
