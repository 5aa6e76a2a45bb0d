"""What notices are told of workplans and activities; on both databases."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from cadre.core.calendar import moment
from cadre.core.database import Database
from cadre.core.dates import PartialDate
from cadre.core.errors import Forbidden
from cadre.core.models import Change
from cadre.core.reader import DEFAULT_ZONE, OPERATOR
from cadre.groups.models import Group
from cadre.notices.rules import Dated, Kind
from cadre.people.models import Jurisdiction, Person, Role
from cadre.workplans import service as workplans
from cadre.workplans.cycles import open_half
from cadre.workplans.facts import ActivityFacts
from cadre.workplans.models import Workplan
from cadre.workplans.notices import ACTIVITIES, WORKPLANS
from cadre.workplans.rules import before, calendar_due
from tests.workplans.world import ANN, MEL, OLA, SAM, World
from tests.worlds import both, give_role


def told(world: World, kind: Kind, subject: str) -> Dated:
    found = world.database.read(kind.some, [subject])[subject]
    listed = {each.subject: each for each in world.database.read(kind.batch, "", 100)}
    assert listed[subject] == found
    return found


def lives(world: World, place: str, *persons: str) -> None:
    """People who act for one government."""

    def settle(session: Session) -> None:
        session.add(Jurisdiction(id=place, kind="province", name=both(place)))
        session.flush()
        for person in persons:
            session.get_one(Person, person).jurisdiction = place

    world.database.write(OPERATOR, settle)


def statements(database: Database, kind: Kind) -> int:
    """How many statements a batch takes."""
    count = 0

    def counted(*_: Any) -> None:
        nonlocal count
        count += 1

    event.listen(database.engine, "before_cursor_execute", counted)
    database.read(kind.batch, "", 500)
    event.remove(database.engine, "before_cursor_execute", counted)
    return count


def test_a_workplan_is_due_to_those_who_lead_and_a_group_without_a_lead_is_led_by_its_co_chairs(world: World) -> None:
    lives(world, "ON", "guy", "alex")
    bees = told(world, WORKPLANS, f"workplan:{world.bees}")
    assert (bees.kind, bees.due, bees.settled) == ("workplan", calendar_due(world.half), None)
    assert bees.people == {"lead": ("ann", "guy"), "co_chair": ("ann", "guy"), "alternate": ("alex",)}
    assert told(world, WORKPLANS, f"workplan:{world.lights}").people["lead"] == ("lou",)
    world.database.write(OPERATOR, lambda session: give_role(session, "mel", "lead", group="bees"))
    assert told(world, WORKPLANS, f"workplan:{world.bees}").people["lead"] == ("mel",)


def test_an_activity_is_due_to_its_owners_and_one_that_nobody_owns_to_those_who_lead(world: World) -> None:
    lives(world, "ON", "ola", "alex")
    owned, free = world.add(owners=("ola", "mel")), world.add(owners=(), due=None)
    assert told(world, ACTIVITIES, owned.subject) == Dated(
        "activity",
        owned.subject,
        world.day(30),
        None,
        {"owner": ("mel", "ola"), "lead": ("ann", "guy"), "co_chair": ("ann", "guy"), "alternate": ("alex",)},
    )
    assert (told(world, ACTIVITIES, free.subject).people["owner"], told(world, ACTIVITIES, free.subject).due) == (("ann", "guy"), None)


def test_an_alternate_hears_only_of_what_those_of_the_same_government_carry_out(world: World) -> None:
    lives(world, "ON", "alex", "ann", "guy")
    lives(world, "QC", "ola")
    owned, free = world.add(owners=("ola",)), world.add(owners=())
    assert told(world, ACTIVITIES, owned.subject).people["alternate"] == ()
    assert told(world, ACTIVITIES, free.subject).people["alternate"] == ("alex",)
    assert told(world, WORKPLANS, f"workplan:{world.bees}").people["alternate"] == ("alex",)


def test_what_is_settled_says_why(world: World) -> None:
    made = world.add()
    for state in ("submitted", "complete", "approved"):
        world.in_state(state)
        assert told(world, WORKPLANS, f"workplan:{world.bees}").settled == state
    assert told(world, ACTIVITIES, made.subject).settled is None
    world.database.write(OLA, workplans.say_state, made.id, "dropped", None, "en")
    assert told(world, ACTIVITIES, made.subject).settled == "dropped"


def test_nobody_is_reminded_of_the_work_of_a_group_that_is_sunset(world: World) -> None:
    made = world.add()

    def end(session: Session) -> None:
        group = session.get(Group, "bees")
        assert group
        group.state = "sunset"

    world.database.write(OPERATOR, end)
    assert told(world, WORKPLANS, f"workplan:{world.bees}").settled == "sunset"
    assert told(world, ACTIVITIES, made.subject).settled == "sunset"


def test_what_goes_on_in_the_next_half_is_told_of_there_only(early: World) -> None:
    early.opened(before(early.half))
    last = f"bees.{before(early.half)}"
    made, other = early.add(workplan=last), early.add(workplan=last)
    early.opened()
    assert told(early, WORKPLANS, f"workplan:{last}").settled is None
    early.database.write(ANN, workplans.copy_last, early.bees)
    early.forget_touched()
    first, second = early.plan().activities
    assert [told(early, ACTIVITIES, each.subject).settled for each in (made, first, second)] == ["replaced", None, None]
    early.database.write(ANN, workplans.submit, early.bees)
    assert told(early, WORKPLANS, f"workplan:{last}").settled == "replaced"
    assert {f"workplan:{last}", f"workplan:{early.bees}"} == early.touched()
    early.database.write(SAM, workplans.accept, early.bees)
    early.database.write(SAM, workplans.approve, early.bees, "today")
    assert other.subject in early.touched()
    assert told(early, ACTIVITIES, other.subject).settled == "replaced"


def test_the_activities_of_the_last_half_count_until_the_new_workplan_is_approved(early: World) -> None:
    early.opened(before(early.half))
    made = early.add(workplan=f"bees.{before(early.half)}")
    early.opened()
    for state, settled in (("draft", None), ("submitted", None), ("complete", None), ("approved", "replaced")):
        early.in_state(state)
        assert told(early, ACTIVITIES, made.subject).settled == settled


def test_batches_go_through_all_of_them_in_order(world: World) -> None:
    made = [world.add().subject for _ in range(5)]
    for kind, subjects in (
        (ACTIVITIES, made),
        (WORKPLANS, sorted(f"workplan:{id_}.{world.half}" for id_ in ("bees", "larvae", "lights"))),
    ):
        seen: list[str] = []
        after = ""
        while found := world.database.read(kind.batch, after, 2):
            seen += [each.subject for each in found]
            after = seen[-1]
        assert seen == subjects


def test_what_is_gone_or_was_never_there_is_left_out(world: World) -> None:
    assert world.database.read(ACTIVITIES.some, ["activity:4711", "activity:x"]) == {}
    assert world.database.read(WORKPLANS.some, ["workplan:ghost"]) == {}


def test_as_many_statements_for_fifty_as_for_one(world: World) -> None:
    world.add()
    one = [statements(world.database, kind) for kind in (WORKPLANS, ACTIVITIES)]

    def more(session: Session) -> None:
        for number in range(50):
            session.add(Group(id=f"g{number}", name=both(f"Group {number}"), kind="working_group", state="active", owner="council"))
            give_role(session, "ann", "co_chair", group=f"g{number}")
        open_half(session, world.half)
        session.flush()
        assert session.get(Workplan, f"g49.{world.half}")

    world.database.write(OPERATOR, more)
    for number in range(50):
        world.add(workplan=f"g{number}.{world.half}")
    many = [statements(world.database, kind) for kind in (WORKPLANS, ACTIVITIES)]
    assert many == one


@pytest.mark.parametrize("ended", [True, False], ids=["ended", "taken out of the registry"])
def test_what_was_given_and_what_ended_in_an_evening_was_of_that_day(world: World, ended: bool) -> None:
    """By UTC it is the day after already."""
    made, evening = world.add(owners=("mel",)), moment(world.day(-1), time(21), DEFAULT_ZONE)

    def leave(session: Session) -> None:
        role = session.get(Role, "bees.mel.member")
        assert role
        if ended:
            role.until = PartialDate.day(world.day(-1))
        else:
            session.delete(role)
            session.flush()
        for change in session.scalars(select(Change).where(Change.subject.in_(("activity", "role")))):
            change.at = evening

    world.database.write(OPERATOR, leave)
    assert told(world, ACTIVITIES, made.subject).people["owner"] == ("ann", "guy"), "given on the last day in the role"
    world.database.write(ANN, workplans.reassign, made.id, ("mel",))
    assert told(world, ACTIVITIES, made.subject).people["owner"] == ("mel",), "given on the day after"


@pytest.mark.parametrize("ended", [True, False], ids=["ended", "taken out of the registry"])
def test_an_owner_who_left_the_group_hears_no_more_and_those_who_lead_hear_instead(world: World, ended: bool) -> None:
    made, named, both_ = world.add(owners=("mel",)), world.add(owners=("ola", "paul")), world.add(owners=("mel", "ola"))

    def leave(session: Session) -> None:
        role = session.get(Role, "bees.mel.member")
        assert role
        if ended:
            role.until = PartialDate.day(world.day(-1))
        else:
            session.delete(role)
        for change in session.scalars(select(Change).where(Change.field == "owners")):
            change.at -= timedelta(days=3)

    def settle_in(session: Session) -> None:
        """It was on another day that they left."""
        for change in session.scalars(select(Change).where(Change.subject == "role")):
            change.at -= timedelta(days=1)

    def owners(of: ActivityFacts) -> tuple[str, ...]:
        return told(world, ACTIVITIES, of.subject).people["owner"]

    assert (owners(made), owners(both_)) == (("mel",), ("mel", "ola"))
    world.database.write(OPERATOR, leave)
    assert (owners(made), owners(both_)) == (("ann", "guy"), ("ola",))
    assert owners(named) == ("ola", "paul"), "who was named without a role, or after it ended, stays"
    assert [each.id for each in world.activity(made.id).gone] == ["mel"]
    with pytest.raises(Forbidden):
        world.database.write(MEL, workplans.say_state, made.id, "done", None, "en")
    world.database.write(OPERATOR, settle_in)
    world.database.write(ANN, workplans.reassign, made.id, ("mel",))
    assert owners(made) == ("mel",), "named all the same"
    world.database.write(MEL, workplans.say_state, made.id, "on_track", None, "en")
