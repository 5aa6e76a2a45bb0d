"""Who comes is counted; somebody may come in another's place; the secretariat records what it was told."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from cadre.core.dates import PartialDate
from cadre.core.errors import Forbidden, Invalid
from cadre.core.reader import OPERATOR, Reader
from cadre.meetings import notices, wording
from cadre.meetings import service as meetings
from cadre.meetings.inviting import attendance_mark
from cadre.meetings.service import Rsvp
from cadre.meetings.views import MeetingForm, Repeat
from tests.meetings.world import EVERYBODY, NIA, ONA, SAM, VERA, WIN, YUKI, World
from tests.worlds import fields


def test_answers_are_counted_and_the_quorum_is_told(world: World) -> None:
    made = world.scheduled()
    for name in ("neil", "regina"):
        world.do(SAM, meetings.respond, made.id, Rsvp("accepted", person=name, way="phone", said_by=name.title()))
    assert world.seen(made.id).counts.quorum is False, "three of six are no majority"
    world.do(WIN, meetings.respond, made.id, Rsvp("declined", stands_in="nia"))
    assert world.seen(made.id).counts.quorum is False, "who is asked to stand in has not agreed yet"
    world.do(NIA, meetings.stand_in, made.id, comes=True)
    counts = world.seen(made.id).counts
    assert (counts.accepted, counts.declined, counts.silent, counts.quorum) == (3, 1, 2, True), "who stands in counts"
    assert wording.counts(counts, Reader("en_CA")).endswith("The quorum is met: 4 come, and 4 of 6 must.")
    world.do(NIA, meetings.stand_in, made.id, comes=False)
    assert world.seen(made.id).counts.quorum is False, "who refuses does not"
    assert world.told("meeting_stand_in_refused") == ["win"]
    assert world.told("meeting_standing_in") == ["nia"]
    assert world.told("meeting_recorded") == ["neil", "regina"], "whom the secretariat answered for are told"
    world.later(days=11)
    world.do(ONA, meetings.attended, made.id, frozenset({"ona"}), quorum=False)
    assert wording.counts(world.seen(made.id).counts, Reader("en_CA")).endswith("There was no quorum, as recorded at it.")


def test_whoever_stands_in_is_told_how_to_join_and_when_they_need_not(world: World) -> None:
    made = world.scheduled(link="https://meet.example.org/bees")
    assert world.seen(made.id, NIA).joining is None
    world.do(WIN, meetings.respond, made.id, Rsvp("declined", stands_in="nia"))
    assert world.seen(made.id, NIA).joining
    world.do(WIN, meetings.respond, made.id, Rsvp("accepted"))
    assert world.told("meeting_standing_down") == ["nia"]
    world.do(VERA, meetings.respond, made.id, Rsvp("declined", stands_in="nia"))
    world.do(ONA, meetings.change, made.id, world.form(at=time(15)), shown=made.revision)
    assert world.told("meeting_standing_down") == ["nia", "nia"], "at another time people are asked again"


def test_only_those_invited_answer_and_only_the_secretariat_for_others(world: World) -> None:
    made = world.scheduled(invited=("ona", "win"))
    with pytest.raises(Forbidden):
        world.do(VERA, meetings.respond, made.id, Rsvp("accepted"))
    with pytest.raises(Forbidden):
        world.do(ONA, meetings.respond, made.id, Rsvp("accepted", person="win", way="phone"))


def test_what_cannot_be_taken_of_an_answer(world: World) -> None:
    made = world.scheduled()
    with pytest.raises(Invalid) as refused:
        world.do(WIN, meetings.respond, made.id, Rsvp("declined", stands_in="win"))
    assert set(fields(refused)) == {"stands_in"}
    with pytest.raises(Invalid):
        world.do(WIN, meetings.respond, made.id, Rsvp("declined", stands_in="yuki"))
    with pytest.raises(Invalid) as refused:
        world.do(WIN, meetings.respond, made.id, Rsvp("accepted", stands_in="nia"))
    assert set(fields(refused)) == {"stands_in"}
    with pytest.raises(Invalid) as refused:
        world.do(SAM, meetings.respond, made.id, Rsvp("accepted", person="win"))
    assert set(fields(refused)) == {"way"}


def test_one_registers_for_a_meeting_in_person(world: World) -> None:
    form = MeetingForm("council", "in_person", month=PartialDate.parse("2028-06"), place_en="Charlottetown", invited=("win", "yuki"))
    made = world.do(SAM, meetings.schedule, form)
    world.do(YUKI, meetings.respond, made.id, Rsvp("accepted", diet="No nuts", access="Step-free", interpretation=True))
    (mine,) = (each for each in world.read(meetings.invitees, made.id, SAM) if each.person.id == "yuki")
    assert (mine.answer, mine.diet, mine.access, mine.interpretation) == ("accepted", "No nuts", "Step-free", True)


def test_attendance_is_recorded_once_the_meeting_has_begun(world: World) -> None:
    made = world.scheduled()
    with pytest.raises(Invalid):
        world.do(ONA, meetings.attended, made.id, frozenset({"ona"}))
    world.later(days=11)
    with pytest.raises(Invalid):
        world.do(WIN, meetings.respond, made.id, Rsvp("accepted"))
    world.do(ONA, meetings.attended, made.id, frozenset({"ona", "win", "nia"}))
    present = {each.person.id: each.attended for each in world.read(meetings.invitees, made.id, ONA)}
    assert present == {name: name in ("ona", "win", "nia") for name in (*EVERYBODY, "nia")}
    assert world.seen(made.id).counts.invited == len(EVERYBODY), "whoever came besides was not invited by it"


def test_of_two_who_record_who_was_there_the_second_erases_nothing(world: World) -> None:
    made = world.scheduled()
    world.later(days=11)
    shown = attendance_mark(world.seen(made.id), world.read(meetings.invitees, made.id, ONA))
    world.do(ONA, meetings.attended, made.id, frozenset({"ona"}), quorum=True, shown=shown)
    with pytest.raises(Invalid) as problem:
        world.do(SAM, meetings.attended, made.id, frozenset({"win"}), shown=shown)
    assert fields(problem) == {"present"}
    assert world.invitee(made.id, "ona").attended
    assert world.seen(made.id).counts.recorded is True


def test_one_answer_may_be_for_all_that_come_of_a_series(world: World) -> None:
    made = world.scheduled(day=date(2028, 3, 7), at=time(13, 30), repeat=Repeat("week", until=date(2028, 3, 28)))
    world.do(WIN, meetings.respond, made.id, Rsvp("accepted", whole=True))
    coming = world.read(meetings.upcoming, WIN)
    assert [each.mine.answer for each in coming if each.mine] == ["accepted"] * 4
    world.do(WIN, meetings.respond, coming[2].id, Rsvp("declined"))
    assert [each.mine.answer for each in world.read(meetings.upcoming, WIN) if each.mine] == [
        "accepted",
        "accepted",
        "declined",
        "accepted",
    ]


def test_one_answers_for_a_series_though_one_was_taken_off_one_of_its_meetings(world: World) -> None:
    made = world.scheduled(day=date(2028, 3, 7), at=time(13, 30), repeat=Repeat("week", until=date(2028, 3, 28)))
    second = world.read(meetings.upcoming, ONA)[1]
    without = world.form(day=date(2028, 3, 14), at=time(13, 30), invited=("ona", "yuki"))
    world.do(ONA, meetings.change, second.id, without, shown=second.revision)
    world.do(WIN, meetings.respond, made.id, Rsvp("accepted", whole=True))
    assert [each.mine.answer if each.mine else None for each in world.read(meetings.upcoming, WIN)] == [
        "accepted",
        None,
        "accepted",
        "accepted",
    ]
    with pytest.raises(Forbidden):
        world.do(WIN, meetings.respond, second.id, Rsvp("accepted", whole=True))


def test_an_answer_is_to_the_time_that_was_seen(world: World) -> None:
    made = world.scheduled()
    moved = world.do(ONA, meetings.change, made.id, world.form(at=time(15)), shown=made.revision)
    with pytest.raises(Invalid):
        world.do(WIN, meetings.respond, made.id, Rsvp("accepted"), shown=made.revision)
    assert world.seen(made.id, WIN).mine.answer == ""  # type: ignore[union-attr]  # they are invited
    world.do(ONA, meetings.change, made.id, world.form(at=time(15), link="https://meet.example.org/bees"), shown=moved.revision)
    world.do(WIN, meetings.respond, made.id, Rsvp("accepted"), shown=moved.revision)
    assert world.seen(made.id, WIN).mine.answer == "accepted", "a link changes nothing of when they come"  # type: ignore[union-attr]  # as above


def test_shortly_before_only_who_agreed_to_come_in_somebodys_place_is_told_how_to_join(world: World) -> None:
    made = world.scheduled()
    for actor, other in ((WIN, "nia"), (VERA, "sam")):
        world.do(actor, meetings.respond, made.id, Rsvp("declined", stands_in=other))
    world.do(NIA, meetings.stand_in, made.id, comes=True)
    assert made.facts.starts_at
    world.at(made.facts.starts_at - timedelta(minutes=10))
    world.do(OPERATOR, notices.prompt)
    assert world.told(notices.PROMPT) == ["nia", "ona"]
