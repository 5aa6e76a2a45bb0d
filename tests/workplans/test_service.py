"""Cycles, who may see and write, activities and how they stand; on both databases."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from bot.caller import Caller
from bot.workplans.reading import due_dates
from cadre.core.errors import Forbidden, NotFound
from cadre.core.reader import OPERATOR, Actor, Reader
from cadre.groups.models import Group
from cadre.people.models import Role
from cadre.workplans import service as workplans
from cadre.workplans.facts import Report
from cadre.workplans.rules import before, calendar_due, opens
from tests.workplans.world import ALEX, ANN, CORA, FAY, GUY, LOU, MEL, NOBODY, OLA, OSCAR, PAUL, SAM, UMA, World
from tests.worlds import at_once, both

EDITORS = (ANN, GUY, ALEX, SAM)
ONLOOKERS = (MEL, CORA, OSCAR)
STRANGERS = (FAY, LOU, PAUL, UMA, NOBODY)


# Cycles


def test_a_cycle_opens_for_active_groups_that_need_a_workplan_and_for_priorities_with_a_confirmed_lead(world: World) -> None:
    plans = [each.plan for each in world.database.read(workplans.standings, SAM)]
    assert {(plan.target_kind, plan.target, plan.council) for plan in plans} == {
        ("group", "bees", "council"),
        ("group", "larvae", "council"),  # owned by a group that is the council's
        ("priority", "lights", "council"),
    }
    assert {(plan.state, plan.due, plan.due_by) for plan in plans} == {("draft", calendar_due(world.half), "calendar")}
    assert "workplan:" + world.bees in world.touched()


def test_a_cycle_opens_once_and_on_its_day(early: World) -> None:
    day = opens(early.half)
    assert early.database.write(OPERATOR, workplans.open_cycles, day - timedelta(days=1)) == 0
    assert early.database.write(OPERATOR, workplans.open_cycles, day) == 3
    assert early.database.write(OPERATOR, workplans.open_cycles, day + timedelta(days=1)) == 0
    assert {each[0] for each in early.announced()} == {"workplan_opened"}, "those who lead are told"


def test_two_workers_that_open_the_same_cycle_open_it_once(early: World) -> None:
    done = at_once(*[lambda: early.database.write(OPERATOR, workplans.open_cycles, opens(early.half))] * 4)
    assert sum(number for number in done if isinstance(number, int)) == 3
    assert [each for each in done if isinstance(each, Exception)] == []
    assert len(early.database.read(workplans.standings, SAM)) == 3


def test_a_group_that_becomes_active_meanwhile_gets_its_workplan(world: World) -> None:
    def wake(session: Session) -> None:
        group = session.get(Group, "sleepy")
        assert group
        group.state = "active"

    world.database.write(OPERATOR, wake)
    assert world.opened() == 1
    assert world.plan(f"sleepy.{world.half}").state == "draft"


def test_two_groups_whose_long_names_begin_alike_get_a_workplan_each(world: World) -> None:
    def add(session: Session) -> None:
        for end in ("early", "later"):
            name = f"{'the-working-group-on-' * 4}"[:75] + end
            session.add(Group(id=name, name=both(name), kind="working_group", state="active", owner="council"))

    world.database.write(OPERATOR, add)
    assert world.opened() == 2


def test_the_due_dates_of_a_council_with_a_long_name_are_found(world: World) -> None:
    name = f"{'the-council-on-' * 5}later"

    def add(session: Session) -> None:
        session.add(Group(id=name, name=both(name), kind="council", state="active"))
        session.add(Group(id="wasps", name=both("Wasps"), kind="working_group", state="active", owner=name))

    world.database.write(OPERATOR, add)
    assert world.opened() == 1
    sam = Caller("", "", None, 0, "Sam", Reader("en_CA"), SAM, secretariat=True)
    dates = world.database.read(due_dates, f"wasps.{world.half}", sam)
    assert (dates.plan.council, dates.cycle.id) == (name, dates.plan.cycle)


# Who may


@pytest.mark.parametrize("actor", [*EDITORS, *ONLOOKERS], ids=lambda actor: actor.label)
def test_those_who_have_to_do_with_a_group_see_its_workplan(world: World, actor: Actor) -> None:
    seen = world.database.read(workplans.workplan, world.bees, actor)
    assert (seen.may_edit, seen.may_settle) == (actor in EDITORS, actor is SAM)
    assert world.bees in {each.plan.id for each in world.database.read(workplans.standings, actor)}


@pytest.mark.parametrize("actor", STRANGERS, ids=lambda actor: actor.label)
def test_others_do_not_see_it_while_it_is_not_approved(world: World, actor: Actor) -> None:
    for read in (workplans.workplan, workplans.texts):
        with pytest.raises(Forbidden):
            world.database.read(read, world.bees, actor)
    with pytest.raises(Forbidden):
        world.database.read(workplans.compared, world.bees, actor, "en")
    assert world.bees not in {each.plan.id for each in world.database.read(workplans.standings, actor)}


def test_an_approved_workplan_is_seen_by_whoever_has_a_confirmed_role(world: World) -> None:
    world.in_state("approved")
    for actor in (FAY, LOU):
        assert world.database.read(workplans.workplan, world.bees, actor).may_edit is False
    for actor in (PAUL, UMA, NOBODY):
        with pytest.raises(Forbidden):
            world.database.read(workplans.workplan, world.bees, actor)


@pytest.mark.parametrize("actor", [*ONLOOKERS, *STRANGERS, OLA], ids=lambda actor: actor.label)
def test_only_those_who_lead_and_their_alternates_write(world: World, actor: Actor) -> None:
    made = world.add()
    calls: tuple[tuple[Any, ...], ...] = (
        (workplans.save_aim, world.bees, "Aim", "But"),
        (workplans.save_activity, world.form()),
        (workplans.save_activity, world.form(id=made.id)),
        (workplans.copy_last, world.bees),
        (workplans.submit, world.bees),
    )
    for fn, *args in calls:
        with pytest.raises(Forbidden):
            world.database.write(actor, fn, *args)
    assert (world.plan().aim, len(world.plan().activities), world.plan().state) == (None, 1, "draft")


def test_whoever_leaves_the_role_loses_the_right_at_once(world: World) -> None:
    world.database.write(ANN, workplans.save_aim, world.bees, "Aim", "But")

    def leave(session: Session) -> None:
        role = session.get(Role, "bees.ann.co_chair")
        assert role
        session.delete(role)

    world.database.write(OPERATOR, leave)
    with pytest.raises(Forbidden):
        world.database.write(ANN, workplans.save_aim, world.bees, "Another aim", "")


def test_an_owner_says_how_their_own_activity_stands_and_no_other(world: World) -> None:
    own, other = world.add(), world.add(owners=("mel",))
    assert world.database.read(workplans.workplan, world.bees, OLA).mine == {own.id}
    assert world.database.write(OLA, workplans.say_state, own.id, "on_track", None, "en").state == "on_track"
    for call in (
        lambda: world.database.write(OLA, workplans.say_state, other.id, "done", None, "en"),
        lambda: world.database.write(OLA, workplans.report, Report({own.id: "done", other.id: "done"}, {}, "en")),
        lambda: world.database.write(OLA, workplans.reassign, other.id, ("ola",)),
    ):
        with pytest.raises(Forbidden):
            call()
    assert (world.activity(own.id).state, world.activity(other.id).state) == ("on_track", "not_started")


# Reading


def test_mine_are_those_i_write_or_own_something_in_the_most_urgent_first(world: World) -> None:
    world.add(owners=("ola", "lou"), due=world.day(3))
    assert [seen.plan.id for seen in world.database.read(workplans.mine, "lou", world.today)] == [world.bees, world.lights]
    assert [seen.plan.id for seen in world.database.read(workplans.mine, "ola", world.today)] == [world.bees]
    assert world.database.read(workplans.mine, "cora", world.today) == ()
    assert world.database.read(workplans.mine, None, world.today) == ()


def test_the_half_before_is_mine_while_something_is_open_in_it(early: World) -> None:
    early.opened(before(early.half))
    earlier = f"bees.{before(early.half)}"
    made = early.add(workplan=earlier)
    early.in_state("approved", earlier)
    early.opened()
    assert {seen.plan.id for seen in early.database.read(workplans.mine, "ann", early.today)} == {earlier, early.bees}
    early.database.write(OLA, workplans.say_state, made.id, "done", None, "en")
    assert [seen.plan.id for seen in early.database.read(workplans.mine, "ann", early.today)] == [early.bees]


def test_only_the_secretariat_sees_all_that_is_open(world: World) -> None:
    world.database.write(SAM, workplans.move_due, world.lights, world.day(1))
    found = world.database.read(workplans.all_open, SAM)
    assert (len(found), found[0].id) == (3, world.lights)
    with pytest.raises(Forbidden):
        world.database.read(workplans.all_open, CORA)


def test_outcomes_are_told_by_term_and_number(world: World) -> None:
    assert [each.id for each in world.database.read(workplans.outcomes, world.bees, ANN)] == ["o1", "o2", "o3"]


def test_those_who_hold_a_role_in_the_group_are_offered_first(world: World) -> None:
    offered = [choice.id for choice in world.database.read(workplans.candidates, world.bees, "", ANN)]
    assert set(offered[:4]) == {"ann", "guy", "alex", "mel"}
    assert len(offered) == len(set(offered)) == 12
    assert [choice.id for choice in world.database.read(workplans.candidates, world.bees, "o", ANN)] == ["ola", "oscar"]


def test_only_those_who_fill_in_its_windows_are_offered_anything(world: World) -> None:
    world.add()
    assert world.database.read(workplans.candidates, world.bees, "o", OLA), "who carries something out may hand it on"
    for by in (MEL, CORA, FAY):
        with pytest.raises(Forbidden):
            world.database.read(workplans.candidates, world.bees, "", by)
        with pytest.raises(Forbidden):
            world.database.read(workplans.outcomes, world.bees, by)


def test_there_is_no_workplan_of_that_name(world: World) -> None:
    with pytest.raises(NotFound):
        world.database.read(workplans.workplan, "bees.1867-1", SAM)
    with pytest.raises(NotFound):
        world.database.write(SAM, workplans.say_state, 4711, "done", None, "en")
