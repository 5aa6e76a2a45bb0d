"""Questions about meetings: which come, who comes, what changed, what was decided and is to be done. To each, what they may know."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.ask.text import render
from cadre.ask.answer import Answer
from cadre.ask.ledger import Ledger
from cadre.ask.service import answer
from cadre.core import clock
from cadre.core.bilingual import Bilingual
from cadre.core.database import Database
from cadre.core.dates import PartialDate
from cadre.core.i18n import LOCALES, Language
from cadre.core.models import STATE_ROW, State
from cadre.core.reader import OPERATOR, Actor, Reader
from cadre.decisions import service as decisions
from cadre.decisions.models import Decision
from cadre.exchange.seed import demonstration
from cadre.exchange.service import import_file
from cadre.meetings import demonstration as invented
from cadre.meetings.models import Invitee, Meeting
from cadre.people import service as people
from cadre.people.models import Role

FRAMEWORK: Final = "framework-wg"
LINK: Final = "https://meet.example.org/canoes"
CODE: Final = "555 0123, code 4242"
GUY: Final = Actor("Guy Gordon", "guy-gordon")
"""Of Manitoba; invited."""
BEV: Final = Actor("Bev Dicks", "bev-dicks")
"""Of British Columbia; invited."""
NAT: Final = Actor("Natasha Clarke", "natasha-clarke")
"""Co-chairs the group, and arranges its meetings by that."""
SOPHIA: Final = Actor("Sophia Howse", "sophia-howse")
"""Known, and not invited."""
MARCH: Final = datetime(2027, 3, 2, 18, 30, tzinfo=UTC)
OTHERS: Final[tuple[tuple[Actor | None, str | None], ...]] = ((SOPHIA, None), (None, None), (None, "C0GENERAL"), (GUY, "C0GENERAL"))
"""Who is not invited, or does not read the answer alone."""
BEGAN: Final = datetime(2027, 2, 10, 15, 0, tzinfo=UTC)
"""A Wednesday, on which all is asked."""


def confirm_chair(session: Session) -> None:
    """As the secretariat does, once the co-chair was asked: only what is confirmed gives rights."""
    held = session.scalars(select(Role).where(Role.person == NAT.person, Role.group == FRAMEWORK)).one()
    people._confirm_role(session, held.id)


class Room:
    """The real registry on a day in February 2027, and meetings in it."""

    def __init__(self, url: str) -> None:
        self.database = Database(url)
        self.at(BEGAN)
        self.do(confirm_chair)

    def at(self, moment: datetime) -> None:
        offset = (moment - clock.real()).total_seconds()
        self.do(lambda session: session.execute(update(State).where(State.id == STATE_ROW).values(clock_offset=offset)))

    def do(self, fn: Any, *args: Any, by: Actor = OPERATOR, **said: Any) -> Any:
        return self.database.write(by, fn, *args, **said)

    def met(self, id_: str, starts: datetime = MARCH, group: str = FRAMEWORK, invited: tuple[str, ...] = (), **said: Any) -> None:
        """A teleconference, with what people answered: "guy-gordon accepted"."""

        def add(session: Session) -> None:
            known = {"kind": "teleconference", "title": Bilingual("Canoes", "Canots"), "minutes": 60, "link": LINK, "joining": CODE} | said
            row = Meeting(id=id_, group=group, state=known.pop("state", "planned"), zone="UTC", at=starts.time(), starts_at=starts, **known)
            row.held = PartialDate.day(starts.date())
            session.add(row)
            session.flush()
            for each in invited:
                person, _, said_ = each.partition(" ")
                session.add(Invitee(meeting=id_, person=person, must=False, answer=said_))

        self.do(add)

    def ask(self, question: str, by: Actor | None = GUY, lang: Language = "en", zone: str = "America/Winnipeg", **said: Any) -> Answer:
        reader = Reader(LOCALES[lang], zone, by.person if by else None)
        return self.database.read(answer, question, reader, seen_by=by, **said)

    def told(self, question: str, by: Actor | None = GUY, lang: Language = "en", channel: str | None = None) -> str:
        found = self.ask(question, by, lang, channel=channel)
        return render(found, Reader(LOCALES[found.language], "America/Winnipeg")).replace("\u00a0", " ").replace("\u202f", " ")


@pytest.fixture
def room(registry_url: str) -> Iterator[Room]:
    made = Room(registry_url)
    with closing(made.database):
        yield made


@pytest.fixture
def planned(room: Room) -> Room:
    """A teleconference in March to which Guy Gordon said yes, and Bev Dicks said nothing."""
    room.met("canoes", invited=("guy-gordon accepted", "bev-dicks"))
    return room


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
def test_the_next_meeting_is_told_where_the_asker_is(planned: Room, question: str) -> None:
    """18:30 UTC is half past one in Winnipeg, where clocks no longer change."""
    found = planned.told(question).splitlines()[0]
    assert "March 2, 2027, 1:30 p.m. (Winnipeg, UTC−5)" in found or "le mardi 2 mars 2027 à 13 h 30 (Winnipeg, UTC−5)" in found


def test_each_hears_it_in_their_own_zone(planned: Room) -> None:
    told = planned.ask("when is the next meeting", zone="America/St_Johns").headline
    assert "3:00\u00a0p.m. (St. John's, UTC−3:30)" in told


def test_one_that_goes_on_is_told_and_one_that_is_over_is_not(planned: Room) -> None:
    planned.met("later", MARCH + timedelta(days=14))
    planned.at(MARCH + timedelta(minutes=30))
    assert "March 2, 2027" in planned.told("next meeting")
    planned.at(MARCH + timedelta(minutes=61))
    assert "March 16, 2027" in planned.ask("next meeting").headline
    assert "March 2, 2027" in planned.told("when was the last meeting of the framework wg?")


def test_a_group_without_a_meeting_is_not_told_of_another_s(planned: Room) -> None:
    told = planned.told("when is the next meeting of the Cloud Computing Working Group?")
    assert told.startswith("That is not in the registry: no coming meeting of the PSCIOC Cloud Computing Working Group is recorded.")
    assert "March 2" not in told


def test_how_to_join_is_for_those_invited_where_nobody_reads_along(planned: Room) -> None:
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
def test_who_comes_is_told_by_name_to_those_invited_and_who_arrange(planned: Room, question: str) -> None:
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
def test_whether_a_jurisdiction_comes(planned: Room, question: str) -> None:
    assert planned.ask(question, BEV).headline.startswith("Guy Gordon (")
    assert "Bev Dicks" not in planned.told(question, BEV)
    assert "Guy" not in planned.told(question, SOPHIA)
    assert planned.ask("is Yukon coming?", GUY).headline == "Nobody from Yukon is invited."
    assert "Guy" not in planned.told("is Guy Gordon coming?", SOPHIA).replace("Guy Gordon coming", "")
    assert planned.ask("is Guy Gordon coming to the meeting?", BEV).headline.endswith("accepted")


def test_who_comes_to_the_meeting_that_was_just_told(planned: Room) -> None:
    planned.met("sooner", MARCH - timedelta(days=1), "privacy", invited=("guy-gordon",), title=Bilingual("Locks", "Serrures"))
    first = planned.ask("when is the next meeting of the Framework WG?")
    told = planned.ask("who is coming?", earlier=first)
    assert "Canoes" in told.headline
    assert "Locks" in planned.ask("who is coming?").headline


def test_who_stands_in_is_told(planned: Room) -> None:
    def stand_in(session: Session) -> None:
        row = session.scalars(select(Invitee).where(Invitee.person == "bev-dicks")).one()
        row.answer, row.stands_in = "declined", "sophia-howse"

    planned.do(stand_in)
    assert "declined; Sophia Howse comes in their place" in planned.told("who is coming to the meeting?", SOPHIA)


@pytest.mark.parametrize("question", ["my meetings", "what are my next meetings?", "mes réunions", "quelles sont mes prochaines réunions?"])
def test_ones_own_meetings(planned: Room, question: str) -> None:
    planned.met("paddles", MARCH + timedelta(days=1), title=Bilingual("Paddles", "Pagaies"))
    planned.met("portage", MARCH + timedelta(days=2), title=Bilingual("Portages", "Portages"), invited=("guy-gordon",))
    own = planned.told(question, GUY)
    assert "Canoes" in own or "Canots" in own
    assert "Paddles" not in own
    assert "Pagaies" not in own
    assert planned.ask("my meetings", SOPHIA).headline == "You are invited to no coming meeting."
    assert planned.ask("my meetings", None).headline.startswith("I cannot tell who is asking")
    assert planned.ask("my meetings", GUY, channel="C0GENERAL").headline.startswith("I cannot tell who is asking")
    assert planned.ask("my meetings in April").headline == "You are invited to no meeting on these days."


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
def test_the_meetings_of_some_days(planned: Room, question: str, told: str) -> None:
    """A month without a year is the next that comes; where nothing comes in it, the last that was."""
    planned.met("ice", datetime(2027, 1, 12, 18, 0, tzinfo=UTC), title=Bilingual("Ice", "Glace"))
    planned.met("friday", datetime(2027, 2, 12, 18, 0, tzinfo=UTC), title=Bilingual("Ice", "Glace"))
    planned.met("week", datetime(2027, 2, 19, 18, 0, tzinfo=UTC), title=Bilingual("Ice", "Glace"))
    assert planned.told(question).splitlines()[0] == told


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
def test_that_a_meeting_was_cancelled_and_why(planned: Room, question: str) -> None:
    before = planned.told(question)
    assert before.startswith(("No coming meeting was cancelled.", "Aucune réunion à venir n'a été annulée."))

    def cancel(session: Session) -> None:
        row = session.get(Meeting, "canoes")
        assert row
        row.state, row.reason, row.revision = "cancelled", Bilingual("No water", "Pas d'eau"), 1

    planned.do(cancel)
    told = planned.told(question)
    assert told.startswith(("Cancelled: Canoes", "Réunion annulée : Canots"))
    assert "No water" in told or "Pas d'eau" in told
    assert LINK not in told
    assert planned.ask("next meeting").headline.startswith("That is not in the registry")


@pytest.mark.parametrize(
    "question",
    [
        "when was the meeting of the Framework WG moved to?",
        "à quand la réunion du GT sur le Cadre a-t-elle été reportée?",
        "is the meeting still on?",
    ],
)
def test_when_a_meeting_was_moved_to(planned: Room, question: str) -> None:
    def move(session: Session) -> None:
        row = session.get(Meeting, "canoes")
        assert row
        row.starts_at, row.revision, row.changed_at = MARCH + timedelta(hours=1), 1, BEGAN
        row.reason = Bilingual("Ice", "Glace")

    planned.do(move)
    told = planned.told(question)
    assert "2:30 p.m. (Winnipeg" in told.splitlines()[0] or "14 h 30 (Winnipeg" in told.splitlines()[0]
    assert "February 10, 2027" in told or "10 février 2027" in told
    assert "Ice" in told or "Glace" in told


def decide(room: Room, id_: str, text: str, meeting: str, *, number: int | None = None) -> None:
    def add(session: Session) -> None:
        row = Decision(id=id_, number=number, meeting=meeting, state=None if number else "provisional")
        row.wording = Bilingual(text, f"Texte : {text}")
        session.add(row)

    room.do(add)


@pytest.mark.parametrize(
    "question",
    [
        "what was decided at the last meeting of the Framework WG?",
        "what did the framework working group decide at its last meeting",
        "Qu'est-ce qui a été décidé à la dernière réunion du GT sur le Cadre?",
        "décisions de la dernière réunion du groupe de travail sur le Cadre",
    ],
)
def test_what_the_last_meeting_decided_and_that_it_is_provisional(planned: Room, question: str) -> None:
    planned.met("ice", datetime(2027, 1, 12, 18, 0, tzinfo=UTC))
    planned.met("older", datetime(2026, 12, 8, 18, 0, tzinfo=UTC))
    decide(planned, "d-ice", "Buy sleds.", "ice")
    decide(planned, "d-older", "Sell skates.", "older")
    told = planned.told(question)
    assert "Buy sleds." in told
    assert "Provisional decision" in told or "provisoire" in told
    assert "Sell skates" not in told
    assert "January 12, 2027" in told or "12 janvier 2027" in told


def agreed(room: Room) -> None:
    """An action of Manitoba's that is late, one of British Columbia's, and one that is done."""
    for owner, text, due in (("guy-gordon", "Fetch paddles", 2), ("bev-dicks", "Wax the sled", 20), ("guy-gordon", "Buy rope", 30)):
        form = decisions.ActionForm(FRAMEWORK, text, f"Texte : {text}", owner, (BEGAN + timedelta(days=due)).date())
        made = room.do(decisions.record_action, form)
        if text == "Buy rope":
            room.do(decisions.settle_action, made.id, "done")
    room.at(BEGAN + timedelta(days=5))


@pytest.mark.parametrize(
    "question",
    [
        "open actions of Manitoba",
        "what are Manitoba's open actions?",
        "suivis ouverts du Manitoba",
        "quelles sont les mesures de suivi du Manitoba?",
        "overdue actions of Manitoba",
        "what are my open actions",
        "my actions",
        "mes suivis",
        "what do I have to do?",
        "open actions of Guy Gordon",
    ],
)
def test_the_open_actions_of_a_jurisdiction_and_ones_own(planned: Room, question: str) -> None:
    agreed(planned)
    told = planned.told(question, GUY)
    assert "Fetch paddles" in told
    assert "late" in told or "en retard" in told
    assert "Wax the sled" not in told
    assert "Buy rope" not in told


@pytest.mark.parametrize(
    "question", ["actions of the Framework WG", "open actions", "suivis du groupe de travail sur le Cadre", "suivis ouverts"]
)
def test_the_open_actions_of_a_group(planned: Room, question: str) -> None:
    agreed(planned)
    told = planned.told(question, SOPHIA)
    assert told.index("Fetch paddles") < told.index("Wax the sled")
    assert "Buy rope" not in told


def test_nobody_unknown_is_told_of_actions_of_their_own(planned: Room) -> None:
    agreed(planned)
    assert planned.ask("my actions", None).headline.startswith("I cannot tell who is asking")
    assert planned.ask("my actions", SOPHIA).headline == "You have no open action."
    assert planned.ask("open actions of Yukon").headline == "No open action of Yukon is recorded."


def test_what_is_done_is_no_next_step(planned: Room) -> None:
    agreed(planned)
    told = planned.told("what are the next steps of the framework working group?")
    assert "Buy rope" not in told
    assert "Fetch paddles" in told


def test_what_is_offered_next_is_answered(planned: Room) -> None:
    agreed(planned)
    offered = planned.ask("when is the next meeting").follow_ups
    assert len(offered) == 2
    assert [planned.ask(question).intent for question in offered] == ["meeting_coming", "open_actions"]
    french = planned.ask("quand est la prochaine réunion", lang="fr").follow_ups
    assert [planned.ask(question, lang="fr").intent for question in french] == ["meeting_coming", "open_actions"]


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


def test_other_questions_read_no_meeting(planned: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("meetings were read")

    for reads in ("meetings", "past_meetings", "actions"):
        monkeypatch.setattr(Ledger, reads, refuse)
    assert "Bev Dicks" in planned.ask("who leads digital identity?").headline
    assert "Charlottetown" in planned.told("list the in-person meetings")
    with pytest.raises(AssertionError, match="meetings were read"):
        planned.ask("next meeting")


def test_the_meetings_of_the_seed_are_still_told(planned: Room) -> None:
    assert "October 2017" in planned.told("When was the meeting in Charlottetown?")
    assert "Victoria" in planned.told("Where did the Joint Councils meet in 2016?")
    assert "Windsor" in planned.told("de quelle ville vient Harry Turnbull?")
    assert "Canoes" not in planned.told("list the in-person meetings")
    assert planned.ask("how many in-person meetings are recorded?").headline == "5 in-person meetings are recorded."
