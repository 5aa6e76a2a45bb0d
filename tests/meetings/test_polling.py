"""A time is found: people say what suits them, silent ones are reminded, and one of the times becomes the meeting."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from cadre.core.errors import Conflict, Forbidden, Invalid, NotFound
from cadre.core.reader import OPERATOR, Actor
from cadre.meetings import poll_reading, polling
from cadre.meetings import service as meetings
from cadre.meetings.poll_notices import POLLS, VOICES
from cadre.meetings.polling import PollForm
from cadre.meetings.views import MeetingForm, PollFacts, SlotAnswer
from cadre.notices import planner
from cadre.notices.recipients import recipients
from cadre.notices.rules import Around, owed
from cadre.people.models import Person
from tests.meetings.world import EVERYBODY, GROUP, NIA, NOBODY, ONA, REGINA, SAM, VERA, WIN, World
from tests.worlds import at_once, fields

ASKED = tuple(Actor(name.title(), name) for name in EVERYBODY)


def form(world: World, **typed: Any) -> PollForm:
    """Three afternoons in two weeks; people answer within nine days."""
    first = world.today() + timedelta(days=14)
    slots = tuple((first + timedelta(days=n), time(13, 30)) for n in range(3))
    return replace(PollForm(GROUP, slots, world.today() + timedelta(days=9), title_en="Hives", zone="America/St_Johns"), **typed)


def opened(world: World, by: Actor = ONA, **typed: Any) -> PollFacts:
    return world.do(by, polling.open_poll, form(world, **typed))


def says(world: World, by: Actor, poll: PollFacts, *answers: SlotAnswer) -> PollFacts:
    """Somebody answers, of the first times."""
    return world.do(by, polling.answer, poll.id, dict(zip((each.id for each in poll.slots), answers, strict=False)))


def seen(world: World, poll: PollFacts, by: Actor = ONA) -> PollFacts:
    return world.read(poll_reading.poll, poll.id, by)


def reminded(world: World, kind: Any, poll: PollFacts, day: date) -> list[tuple[str, str]]:
    """Who is owed what from a day on, by the rungs of the registry: the rung, and the person."""
    around = Around(world.read(planner.steps), world.read(recipients))
    found = [each for subject in world.read(kind.batch, "", 100) for each in owed(subject, around, day, 60)]
    mine = {poll.subject, *(f"voice:{each.id}" for each in poll.voices)}
    return sorted((each.rung, each.person) for each in found if each.subject in mine)


def test_everybody_confirmed_in_the_group_is_asked_and_those_who_chair_it_are_needed(world: World) -> None:
    poll = opened(world)
    assert [(each.person.id, each.must) for each in poll.voices if each.must] == [("ona", True)]
    assert sorted(each.person.id for each in poll.voices) == sorted(EVERYBODY)
    assert world.told("poll_opened") == sorted(EVERYBODY)
    assert [each.instant.hour for each in poll.slots] in ([17] * 3, [16] * 3, [17, 17, 16], [17, 16, 16], [16, 17, 17], [16, 16, 17])


def test_who_is_asked_sees_their_own_answer_and_who_may_choose_sees_all(world: World) -> None:
    poll = opened(world)
    says(world, WIN, poll, "yes", "no")
    own = seen(world, poll, WIN)
    assert own.mine
    assert list(own.mine.answers.values()) == ["yes", "no"]
    assert (own.voices, own.asked, own.answered) == ((), 6, 1)
    assert {each.person.id: len(each.answers) for each in seen(world, poll).voices}["win"] == 2
    with pytest.raises(Forbidden):
        seen(world, poll, NIA)
    with pytest.raises(Forbidden):
        world.read(poll_reading.ranking, poll.id, WIN)


def test_an_answer_changes_what_it_names_and_nothing_else(world: World) -> None:
    poll = opened(world)
    says(world, WIN, poll, "yes", "no", "no")
    changed = says(world, WIN, poll, "if_needed")
    assert changed.mine
    assert list(changed.mine.answers.values()) == ["if_needed", "no", "no"]
    at = changed.mine.answered_at
    again = says(world, WIN, poll, "if_needed").mine
    assert again
    assert again.answered_at == at, "the same again changes nothing"


def test_what_cannot_be_taken_of_an_answer(world: World) -> None:
    poll, other = opened(world), opened(world)
    wrong: list[dict[int, Any]] = [{}, {other.slots[0].id: "yes"}, {poll.slots[0].id: "perhaps"}]
    for said in wrong:
        with pytest.raises(Invalid):
            world.do(WIN, polling.answer, poll.id, said)
    for stranger in (NIA, NOBODY):
        with pytest.raises(Forbidden):
            says(world, stranger, poll, "yes")
    with pytest.raises(NotFound):
        world.do(WIN, polling.answer, 4711, {1: "yes"})
    assert seen(world, poll).answered == 0


def test_the_secretariat_records_what_it_is_told_and_who_it_is_of_gets_a_confirmation(world: World) -> None:
    poll = opened(world)
    world.do(SAM, polling.answer, poll.id, {poll.slots[0].id: "yes"}, person="win")
    assert world.told("poll_recorded") == ["win"]
    assert seen(world, poll).answered == 1
    with pytest.raises(Forbidden):
        world.do(ONA, polling.answer, poll.id, {poll.slots[0].id: "yes"}, person="vera")


def test_what_cannot_be_taken_of_a_poll(world: World) -> None:
    today = world.today()
    wrong: dict[str, dict[str, Any]] = {
        "slots": {"slots": ((today + timedelta(days=14), time(9)),)},
        "closes_on": {"closes_on": today + timedelta(days=15)},
        "minutes": {"minutes": 0},
        "link": {"link": "meet.example.org"},
        "invited": {"invited": ("nobody-known",)},
        "title_en": {"title_en": "x" * 3001},
    }
    for field, typed in wrong.items():
        with pytest.raises(Invalid) as refused:
            opened(world, **typed)
        assert fields(refused) == {field}
    many = tuple((today + timedelta(days=20), time(hour, minute)) for hour in range(8, 15) for minute in (0, 20, 40))
    past, missing = ((today - timedelta(days=1), time(9)),), ((date(2027, 3, 14), time(2, 30)),)
    for slots in (many, (*form(world).slots, *past), (*form(world, zone="America/Toronto").slots, *missing)):
        with pytest.raises(Invalid) as refused:
            opened(world, slots=slots, zone="America/Toronto", closes_on=today)
        assert "slots" in fields(refused)
    with pytest.raises(Forbidden):
        opened(world, by=WIN)


def test_a_window_sent_twice_asks_once(world: World) -> None:
    first, second = (world.do(ONA, polling.open_poll, form(world), view_id="V1") for _ in range(2))
    assert first.id == second.id
    assert len(world.told("poll_opened")) == len(EVERYBODY)


def test_the_best_time_is_first_and_what_speaks_against_it_is_told(world: World) -> None:
    poll = opened(world)
    clash = world.do(SAM, meetings.schedule, MeetingForm("council", day=poll.slots[2].day, at=time(14), zone=poll.zone, invited=("vera",)))
    for actor in (WIN, REGINA, VERA):
        says(world, actor, poll, "yes", "no", "no")
    says(world, ONA, poll, "no", "if_needed", "yes")
    places = world.read(poll_reading.ranking, poll.id, ONA).places
    assert [each.standing.slot.id for each in places] == [poll.slots[2].id, poll.slots[1].id, poll.slots[0].id]
    assert [each.person.id for each in places[2].standing.lacking] == ["ona"]
    assert [each.other.id for each in places[0].cautions if each.other] == [clash.id]


def test_the_chosen_time_becomes_the_meeting_and_nobody_who_said_yes_is_asked_anew(world: World) -> None:
    poll = opened(world, link="https://meet.example.org/bees")
    says(world, WIN, poll, "yes")
    says(world, VERA, poll, "if_needed")
    made = world.do(ONA, polling.choose, poll.id, poll.slots[0].id, joining="4242#", view_id="V2")
    assert (made.facts.starts_at, made.facts.title and made.facts.title.en) == (poll.slots[0].instant, "Hives")
    assert world.told("meeting_invited") == sorted(set(EVERYBODY) - {"ona"})
    answers = {each.person.id: each.answer for each in world.read(meetings.invitees, made.id, ONA)}
    assert answers == dict.fromkeys(EVERYBODY, "") | {"win": "accepted", "vera": "tentative", "ona": "accepted"}
    assert made.joining
    assert (made.joining.link, made.joining.text) == ("https://meet.example.org/bees", "4242#")
    now = seen(world, poll, WIN)
    assert (now.state, now.meeting, now.begins) == ("chosen", made.id, poll.slots[0].instant)
    assert world.do(ONA, polling.choose, poll.id, poll.slots[0].id, view_id="V2").id == made.id, "sent twice, it is one"


def test_who_chooses_a_time_that_they_refused_does_not_come_and_does_not_count(world: World) -> None:
    poll = opened(world)
    says(world, ONA, poll, "no")
    says(world, WIN, poll, "yes")
    made = world.do(ONA, polling.choose, poll.id, poll.slots[0].id)
    assert (world.invitee(made.id, "ona").answer, made.counts.accepted) == ("declined", 1)


def test_who_answers_after_a_time_was_chosen_is_told_by_whom_and_nothing_is_stored(world: World) -> None:
    poll = opened(world)
    made = world.do(ONA, polling.choose, poll.id, poll.slots[0].id)
    with pytest.raises(Conflict) as late:
        says(world, WIN, poll, "yes")
    assert late.value.who == "Ona"
    with pytest.raises(Conflict):
        world.do(SAM, polling.choose, poll.id, poll.slots[1].id)
    with pytest.raises(Conflict):
        world.do(SAM, polling.close, poll.id)
    assert seen(world, poll).answered == 0
    assert world.invitee(made.id, "win").answer == ""


def test_a_poll_is_closed_at_the_moment_at_which_people_answer(world: World) -> None:
    poll = opened(world)
    made = at_once(
        lambda: world.do(SAM, polling.choose, poll.id, poll.slots[0].id),
        *[lambda by=each: says(world, by, poll, "yes", "yes", "yes") for each in ASKED],
    )
    late = [each for each in made[1:] if isinstance(each, Exception)]
    assert all(isinstance(each, Conflict) for each in late)
    now = world.read(poll_reading.poll, poll.id, SAM)
    assert now.answered == len(ASKED) - len(late)
    assert now.meeting
    invited = world.read(meetings.invitees, now.meeting, SAM)
    whole = {each.person.id for each in now.voices if len(each.answers) == len(poll.slots)}
    assert {each.person.id for each in now.voices if each.answers} == whole, "nothing is half done"
    assert {each.person.id for each in invited if each.answer == "accepted"} == whole


def test_two_who_choose_at_once_make_one_meeting(world: World) -> None:
    poll = opened(world)
    made = at_once(*[lambda slot=each: world.do(ONA, polling.choose, poll.id, slot.id) for each in poll.slots])
    assert [isinstance(each, Conflict) for each in made].count(False) == 1
    assert len(world.read(meetings.upcoming, ONA)) == 1


def test_whoever_made_it_hears_once_that_all_have_answered(world: World) -> None:
    poll = opened(world)
    at_once(*[lambda by=each: says(world, by, poll, "yes") for each in ASKED])
    says(world, WIN, poll, "no")
    assert world.told("poll_complete") in (["ona"], []), "not where their own answer was the last"
    other = opened(world)
    for each in sorted(ASKED, key=lambda actor: actor != ONA):
        says(world, each, other, "yes")
    assert [person for kind, subject, person, _ in world.announced() if (kind, subject) == ("poll_complete", other.subject)] == ["ona"]


def test_a_poll_may_be_closed_without_a_time_and_all_hear_of_it(world: World) -> None:
    poll = opened(world)
    with pytest.raises(Forbidden):
        world.do(WIN, polling.close, poll.id)
    assert world.do(ONA, polling.close, poll.id).state == "closed"
    assert world.told("poll_closed") == sorted(set(EVERYBODY) - {"ona"})
    assert world.read(poll_reading.polls, WIN) == ()


def test_after_its_last_day_nobody_answers_and_the_time_can_still_be_chosen(world: World) -> None:
    poll = opened(world)
    assert [each.id for each in world.read(poll_reading.polls, WIN)] == [poll.id]
    world.later(days=11)
    assert not seen(world, poll).takes_answers
    with pytest.raises(Invalid):
        says(world, WIN, poll, "yes")
    assert world.do(ONA, polling.choose, poll.id, poll.slots[2].id).counts.invited == len(EVERYBODY)


def test_a_time_that_is_past_is_not_chosen(world: World) -> None:
    poll = opened(world)
    world.later(days=15, hours=12)
    with pytest.raises(Invalid):
        world.do(ONA, polling.choose, poll.id, poll.slots[0].id)
    with pytest.raises(NotFound):
        world.do(ONA, polling.choose, poll.id, 4711)
    assert seen(world, poll).state == "open"


def test_only_the_silent_are_reminded_and_not_on_the_day_on_which_they_were_asked(world: World) -> None:
    poll, short = opened(world), opened(world, closes_on=world.today() + timedelta(days=2))
    assert reminded(world, VOICES, short, world.today()) == []
    world.later(days=1)
    assert {rung for rung, _ in reminded(world, VOICES, short, world.today())} == {"before-1", "due"}
    says(world, WIN, poll, "no")
    silent = [name for name in EVERYBODY if name != "win"]
    found = reminded(world, VOICES, poll, world.today())
    assert {person for _, person in found} == set(silent)
    assert {rung for rung, _ in found} == {"before-3", "before-1", "due"}
    world.do(ONA, polling.choose, poll.id, poll.slots[0].id)
    assert reminded(world, VOICES, poll, world.today()) == []


def test_once_it_is_over_its_arranger_is_asked_to_choose(world: World) -> None:
    poll, secretariats = opened(world), opened(world, by=SAM)
    assert reminded(world, POLLS, poll, world.today()) == [("due", "ona"), ("late-7", "ona")]
    assert reminded(world, POLLS, secretariats, world.today()) == [("due", "sam"), ("late-7", "sam")]
    world.do(ONA, polling.choose, poll.id, poll.slots[0].id)
    world.do(SAM, polling.close, secretariats.id)
    assert reminded(world, POLLS, poll, world.today()) == []


def test_three_hundred_are_asked(world: World) -> None:
    def crowd(session: Session) -> None:
        session.add_all(Person(id=f"p{number}", name=f"Person {number:03}", jurisdiction="BC") for number in range(300))

    world.do(OPERATOR, crowd)
    poll = opened(world, invited=tuple(f"p{number}" for number in range(300)))
    assert poll.asked == 300
    for number in range(3):
        says(world, Actor(f"p{number}", f"p{number}"), poll, "yes")
    made = world.do(ONA, polling.choose, poll.id, poll.slots[0].id)
    assert (made.counts.invited, made.counts.accepted) == (300, 3)
    assert len(world.read(poll_reading.ranking, poll.id, ONA).places) == len(poll.slots)
