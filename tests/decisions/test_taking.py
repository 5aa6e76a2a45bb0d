"""Positions of seats: taken, changed until the closing, recorded, refused after it; and who sees them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cadre.core.errors import Conflict, Forbidden, Invalid, NotFound
from cadre.core.reader import Actor
from cadre.decisions import putting_times, questions, taking
from cadre.decisions.taking import PositionForm, Said
from tests.decisions.world import BEA, FERN, OBI, ONA, OTTO, QUINN, SAM, YUKI, World
from tests.worlds import at_once, fields, statements


def test_a_seat_takes_its_position_on_all_at_once_or_group_by_group(world: World) -> None:
    question = world.opened()
    bees, wasps = (item.id for item in question.items)
    world.takes(FERN, question, "CA")
    world.takes(ONA, question, "ON", "supports", items=(bees,))
    world.takes(ONA, question, "ON", "objects", "They sting", items=(wasps,))
    view = world.standing(question)
    assert view.answered == 2
    found = view.position(wasps, world.seat(question, "ON"))
    assert found
    assert (found.stance, found.comment, found.person, found.version) == ("objects", "They sting", "ona", 1)


def test_the_alternate_speaks_too_and_nobody_else(world: World) -> None:
    question = world.opened_own()
    world.takes(OTTO, question, "ON", "reserves")
    assert world.stances(question) == {"ON": "reserves"}
    for actor, place in ((QUINN, "ON"), (OBI, "ON"), (SAM, "ON"), (ONA, "QC")):
        with pytest.raises(Forbidden):
            world.takes(actor, question, place)


def test_it_is_changed_until_the_closing_and_whoever_took_it_before_hears_of_it(world: World) -> None:
    question = world.opened_own()
    world.takes(ONA, question, "ON", "reserves")
    world.takes(ONA, question, "ON", "supports", seen=1)
    assert world.told("position_changed") == []
    world.takes(OTTO, question, "ON", "objects", "Too dear", seen=2)
    assert world.stances(question) == {"ON": "objects"}
    assert world.told("position_changed") == [(f"question_seat:{world.seat(question, 'ON')}", "ona")]


def test_sent_twice_it_is_one(world: World) -> None:
    question = world.opened_own()
    world.takes(ONA, question, "ON")
    world.takes(ONA, question, "ON")
    (position,) = world.standing(question).positions
    assert position.version == 1


def test_of_two_positions_of_one_seat_one_stands_and_the_other_is_told(world: World) -> None:
    question = world.opened_own()
    world.takes(ONA, question, "ON", "supports")
    with pytest.raises(Conflict) as problem:
        world.takes(OTTO, question, "ON", "reserves")
    assert problem.value.who == "Ona"
    assert world.stances(question) == {"ON": "supports"}


def test_the_same_at_the_same_moment(world: World) -> None:
    question = world.opened_own()
    outcomes = at_once(lambda: world.takes(ONA, question, "ON", "supports"), lambda: world.takes(OTTO, question, "ON", "reserves"))
    assert sorted(type(each).__name__ for each in outcomes) == ["Conflict", "Taken"]
    assert len(world.standing(question).positions) == 1


def test_an_objection_without_a_reason_is_refused_beside_its_field(world: World) -> None:
    question = world.opened_own()
    with pytest.raises(Invalid) as problem:
        world.takes(ONA, question, "ON", "objects", "  ")
    assert fields(problem) == {f"comment:{question.items[0].id}"}


def test_the_secretariat_records_what_it_was_told_and_whoever_said_it_is_told_so(world: World) -> None:
    question = world.opened_own()
    said = Said("yuki", "phone", world.now().date())
    world.takes(SAM, question, "YT", "supports_with_comment", "In spring", said=said)
    world.takes(SAM, question, "YT", "supports_with_comment", "In spring", said=said)
    (position,) = world.standing(question).positions
    assert (position.way, position.person, position.recorded_by) == ("phone", "yuki", "Sam Okafor (U0SAM)")
    assert [whom for _, whom in world.told("position_recorded")] == ["yuki"], "once"
    with pytest.raises(Forbidden):
        world.takes(ONA, question, "YT", said=said, seen=1)
    with pytest.raises(Invalid) as problem:
        world.takes(SAM, question, "YT", said=Said("yuki", "dove", None), seen=1)
    assert fields(problem) == {"way"}
    with pytest.raises(NotFound):
        world.takes(SAM, question, "YT", said=Said("nobody-known", "phone", None), seen=1)


def test_what_a_seat_took_itself_stays_its_own_where_the_secretariat_records_something_else(world: World) -> None:
    question = world.opened()
    bees, wasps = (item.id for item in question.items)
    world.takes(YUKI, question, "YT", "supports", items=(bees,))
    seat, said = world.seat(question, "YT"), Said("yuki", "phone", world.now().date())
    both = {bees: ("supports", ""), wasps: ("objects", "They sting")}  # all of it stands in the window
    world.do(SAM, taking.take, PositionForm(question.id, seat, both, {bees: 1, wasps: 0}, said))
    found = {each.item: each for each in world.standing(question).positions}
    assert (found[bees].way, found[bees].recorded_by, found[bees].version) == ("slack", None, 1)
    assert (found[wasps].way, found[wasps].person) == ("phone", "yuki")
    assert [detail["items"] for kind, _, _, detail in world.announced() if kind == "position_recorded"] == [[wasps]]


def test_nobody_gave_a_position_on_a_day_to_come(world: World) -> None:
    question = world.opened_own()
    with pytest.raises(Invalid) as problem:
        world.takes(SAM, question, "YT", said=Said("yuki", "phone", world.now().date() + timedelta(days=2)))
    assert fields(problem) == {"said_on"}


def test_an_objection_after_the_closing_does_not_count_and_the_secretariat_is_told(world: World) -> None:
    question = world.closed({"CA": "supports", "QC": "supports", "YT": "supports"})
    assert world.takes(ONA, question, "ON", "objects", "Too dear").late
    assert world.takes(ONA, question, "ON", "objects", "Too dear").late
    view = world.standing(question)
    assert view.outcomes[question.items[0].id].result == "agreed"
    assert [(each.stance, each.comment) for each in view.late] == [("objects", "Too dear")]
    assert [whom for _, whom in world.told("position_late")] == ["sam"], "once"
    assert world.standing(question, ONA).late == ()


def test_it_is_too_late_from_the_moment_on_also_where_nobody_closed_it_yet(world: World) -> None:
    question = world.opened_own()
    world.takes(ONA, question, "ON", "supports")
    world.later(days=21)
    assert world.takes(ONA, question, "ON", "supports").late
    assert world.told("position_late") == [], "it says what it said in time"
    assert world.takes(ONA, question, "ON", "objects", "No", seen=1).late
    assert world.stances(question) == {"ON": "supports"}


def test_with_more_time_what_came_late_is_said_again_by_whoever_means_it(world: World) -> None:
    question = world.closed({"CA": "supports"})
    world.takes(ONA, question, "ON", "objects", "Too dear")
    world.do(SAM, putting_times.extend, question.id, world.now() + timedelta(days=3), "Ontario", "Ontario")
    assert [each.comment for each in world.standing(question).late] == ["Too dear"], "it was said to be kept"
    assert "ON" not in world.stances(question)
    world.takes(ONA, question, "ON", "objects", "Too dear")
    assert world.stances(question)["ON"] == "objects"
    assert world.standing(question).late == ()


@pytest.mark.parametrize(("sees", "seat", "another", "secretariat"), [("seats", 2, 2, 2), ("secretariat", 1, 1, 2)])
def test_who_sees_positions_is_fixed_at_the_opening(world: World, sees: str, seat: int, another: int, secretariat: int) -> None:
    question = world.opened_own(how={"sees": sees})
    world.takes(FERN, question, "CA")
    world.takes(ONA, question, "ON")
    found = [len(world.standing(question, actor).positions) for actor in (FERN, OTTO, SAM)]
    assert found == [seat, another, secretariat]
    assert world.standing(question, QUINN).answered == 2, "how many, everybody who sees it may know"
    assert world.standing(question, ONA).outcomes == {}


def test_what_waits_for_somebody(world: World) -> None:
    question = world.opened()
    bees, wasps = (item.id for item in question.items)
    world.takes(YUKI, question, "YT", items=(bees,))
    assert [view.question.id for view in world.read(questions.waiting, YUKI)] == [question.id]
    world.takes(YUKI, question, "YT", items=(wasps,))
    assert world.read(questions.waiting, YUKI) == ()
    assert [view.question.id for view in world.read(questions.questions, YUKI)] == [question.id]


def test_a_list_takes_no_more_statements_however_many_questions_there_are(world: World) -> None:
    def asked(**positions: str) -> None:
        world.takes(QUINN, world.closed(positions), "QC", "objects", "Late")
        world.do(ONA, taking.comment, world.opened_own(kind="consultation", wording_en="", wording_fr="").id, "More bees")

    def taken(by: Actor) -> int:
        return statements(world.database.engine, lambda: world.read(questions.questions, by))

    asked(ON="objects")
    before = [taken(by) for by in (SAM, ONA, BEA)]
    for _ in range(3):
        asked(ON="supports", CA="reserves")
    assert [taken(by) for by in (SAM, ONA, BEA)] == before


def test_nothing_strange_is_taken(world: World) -> None:
    question = world.opened_own()
    seat = world.seat(question, "ON")
    for form in (PositionForm(question.id, 999, {}, {}), PositionForm(question.id, seat, {999: ("supports", "")}, {})):
        with pytest.raises(NotFound):
            world.do(ONA, taking.take, form)
    with pytest.raises(Invalid):
        world.do(ONA, taking.take, PositionForm(question.id, seat, {}, {}))


def test_a_consultation_takes_comments_and_no_positions(world: World) -> None:
    question = world.opened_own(kind="consultation", wording_en="", wording_fr="")
    with pytest.raises(Invalid):
        world.do(ONA, taking.take, PositionForm(question.id, world.seat(question, "ON"), {}, {}))
    world.do(ONA, taking.comment, question.id, "More bees", view_id="V1")
    world.do(ONA, taking.comment, question.id, "More bees", view_id="V1")
    with pytest.raises(NotFound):
        world.do(OBI, taking.comment, question.id, "Me too")
    with pytest.raises(Invalid):
        world.do(ONA, taking.comment, question.id, " ")
    (written,) = world.standing(question).comments
    assert (written.person.id, written.place and written.place.id, written.text) == ("ona", "ON", "More bees")
    world.do(SAM, putting_times.close_now, question.id)
    with pytest.raises(Invalid):
        world.do(QUINN, taking.comment, question.id, "Late")
