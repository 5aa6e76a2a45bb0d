"""The framework as of a day, for whoever looks; on both databases."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core.dates import PartialDate
from cadre.core.models import Change
from cadre.core.reader import OPERATOR
from cadre.decisions.models import Decision, Referral
from cadre.framework import facts, reading
from cadre.groups.models import Group
from cadre.people.models import Role
from cadre.priorities.models import Alignment
from cadre.workplans.models import Outcome
from tests.workplans.world import NOBODY, SAM, World
from tests.worlds import both, give_role

WEEK = timedelta(days=7)


def as_of(world: World, day: date | None = None) -> facts.World:
    return world.database.read(reading.world, day or world.today, SAM)


def a_week_ago(session: Session) -> None:
    """All that was recorded so far was recorded a week ago."""
    for row in session.scalars(select(Change)).all():
        row.at -= WEEK


def test_the_framework_has_all_groups_priorities_and_who_leads_them(world: World) -> None:
    found = as_of(world)
    assert found.groups["bees"].name.en
    assert found.council_of["bees"] == "council"
    assert [post.person for post in found.leads("priority:lights")] == ["lou"]
    assert {tie.group for tie in found.ties_of["lights"]} >= {"bees", "larvae"}
    assert found.whole
    assert world.bees in found.workplans


def test_everybody_may_know_the_public_part_only(world: World) -> None:
    for found in (world.database.read(reading.world, world.today), world.database.read(reading.world, world.today, NOBODY)):
        assert found.groups
        assert not found.whole
        assert (found.workplans, found.activities, found.health, found.parts, found.feeds) == ({}, {}, {}, {}, ())


def test_what_is_marked_of_a_provisional_decision_waits_for_its_confirmation(world: World) -> None:
    def marks(session: Session) -> None:
        session.add(Decision(id="d", state="provisional", wording=both("Plant clover")))
        session.flush()
        session.add(Referral(id="r", table="elsewhere", direction="for", decision="d", note=both("Say it softly")))

    def confirms(session: Session) -> None:
        decision = session.get_one(Decision, "d")
        decision.state, decision.number, decision.year = "confirmed", 1, 2027

    world.database.write(OPERATOR, marks)
    assert not as_of(world).referrals
    world.database.write(OPERATOR, confirms)
    assert [each.about for each in as_of(world).referrals] == ["decision:d"]


def test_a_day_that_lies_behind_shows_what_was_recorded_by_then(world: World) -> None:
    world.database.write(OPERATOR, a_week_ago)

    def change(session: Session) -> None:
        bees = session.get(Group, "bees")
        assert bees
        bees.state, bees.kind = "sunset", None
        session.delete(session.scalars(select(Alignment).where(Alignment.group == "larvae")).one())
        session.add(Group(id="new", name=bees.name, kind="working_group", state="active"))

    before, yesterday = as_of(world), world.today - timedelta(days=1)
    world.database.write(OPERATOR, change)
    now, then = as_of(world), as_of(world, yesterday)
    assert now.groups["bees"].state == "sunset"
    assert "new" in now.groups
    assert (then.groups, then.alignments, then.ties_of) == (before.groups, before.alignments, before.ties_of)
    assert then.recorded == yesterday


def test_a_day_before_the_registry_began_shows_its_beginning(world: World) -> None:
    then = as_of(world, date(2017, 10, 1))
    assert then.groups == as_of(world).groups
    assert (then.day, then.recorded) == (date(2017, 10, 1), world.today)


def test_what_was_taken_out_of_the_logic_model_is_in_it_only_before_that(world: World) -> None:
    def retires(session: Session) -> None:
        session.get_one(Outcome, "o1").retired = world.today

    world.database.write(OPERATOR, a_week_ago)
    world.database.write(OPERATOR, retires)
    assert set(as_of(world).parts) == {"o2", "o3", "other"}
    assert "o1" in as_of(world, world.today - timedelta(days=1)).parts


def test_roles_go_by_their_dates_also_where_they_were_recorded_late(world: World) -> None:
    world.database.write(OPERATOR, a_week_ago)
    days_ago = [world.today - timedelta(days=n) for n in range(5)]

    def change(session: Session) -> None:
        give_role(session, "fay", "lead", priority="lights")
        give_role(session, "ola", "lead", priority="lights", until=days_ago[3].isoformat())
        dated = session.get(Role, "lights.ola.lead")
        assert dated
        dated.since = PartialDate.day(days_ago[4])

    world.database.write(OPERATOR, change)
    leads = {day: {post.person for post in as_of(world, day).leads("priority:lights")} for day in days_ago}
    assert leads[days_ago[0]] == {"lou", "fay"}
    assert leads[days_ago[1]] == {"lou"}  # nobody knew of Fay, and no date says that she led by then
    assert leads[days_ago[3]] == {"lou", "ola"}
