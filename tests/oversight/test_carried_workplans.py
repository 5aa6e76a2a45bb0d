"""Workplans that a meeting approved come under its decision; those that are complete are approved by it. On both databases."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from functools import partial

import pytest
from sqlalchemy.orm import Session

from bot.workplans.wording import settled
from cadre.ask.service import answer
from cadre.core.dates import PartialDate
from cadre.core.errors import Invalid
from cadre.core.i18n import LOCALES
from cadre.core.reader import OPERATOR, Reader
from cadre.decisions.confirming import DecisionDetails, confirm_of_meeting
from cadre.decisions.service import DecisionForm, record_decision
from cadre.groups.models import Group
from cadre.oversight import carrying
from cadre.oversight.drafts import CarryForm
from cadre.workplans import service as workplans
from cadre.workplans.models import Workplan
from tests.conftest import DATABASES, copied
from tests.workplans.world import SAM, World, laid
from tests.worlds import both, statements

APPROVES = CarryForm("workplans")


@pytest.fixture(params=DATABASES)
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    """The workplan of the Bees is complete."""
    with copied(request, request.param, "workplans_complete", partial(laid, "complete")) as url:
        found = World(url)
        with closing(found.database):
            yield found


def decided(world: World, meeting: str = "today") -> str:
    """What that meeting decided, confirmed."""
    form = DecisionForm("council", meeting, "Approved", "Approuvé", taken=PartialDate.day(world.day(0)))
    id_ = world.database.write(SAM, record_decision, form).id
    return world.database.write(SAM, confirm_of_meeting, id_, DecisionDetails()).id


def stands(world: World) -> tuple[str, str | None, str | None]:
    def look(session: Session) -> tuple[str, str | None, str | None]:
        row = session.get_one(Workplan, world.bees)
        return row.state, row.approved_at, row.decision

    return world.database.read(look)


def test_a_decision_approves_the_workplans_that_are_ticked(world: World) -> None:
    id_ = decided(world)
    seen = world.database.read(carrying.preview, id_, APPROVES, SAM)
    assert [(each.key, each.ticked) for each in seen.plan.offers] == [(f"plan:{world.bees}", True)]
    (named,) = (each.edit.of for each in seen.plan.offers)
    assert str(named.en).startswith("Bees (cycle of ")
    assert str(named.fr).startswith("Bees (fr) (cycle de ")
    (done,) = world.database.write(SAM, carrying.carry_out, id_, APPROVES)
    assert (done.action, done.target) == ("workplans", f"workplan:{world.bees}")
    assert stands(world) == ("approved", "today", id_)
    assert "(decision " in str(settled(world.plan(), Reader(LOCALES["en"])))
    assert world.announced()[-1][0] == "workplan_approved"


def test_what_was_approved_at_the_meeting_comes_under_its_decision(world: World) -> None:
    world.database.write(SAM, workplans.approve, world.bees, "today")
    id_ = decided(world)
    assert [each.what for each in world.database.read(carrying.preview, id_, APPROVES, SAM).plan.edits] == ["under"]
    world.database.write(SAM, carrying.carry_out, id_, APPROVES)
    assert stands(world) == ("approved", "today", id_)
    world.database.write(SAM, workplans.unapprove, world.bees, "It was put off")
    assert stands(world) == ("complete", None, None)


def test_where_none_can_be_approved_that_is_said(world: World) -> None:
    id_ = decided(world)
    world.database.write(OPERATOR, lambda session: setattr(session.get_one(Workplan, world.bees), "state", "draft"))
    with pytest.raises(Invalid, match="choice"):
        world.database.read(carrying.preview, id_, APPROVES, SAM)


def test_whoever_asks_whether_it_is_approved_hears_by_which_decision(world: World) -> None:
    world.database.write(SAM, carrying.carry_out, decided(world), APPROVES)
    found = world.database.read(answer, "is the workplan of the Bees approved?", Reader(LOCALES["en"]), seen_by=SAM)
    assert f"Decision {world.plan().decision}" in found.parts[0].details


def test_the_preview_takes_no_more_statements_however_many_workplans_are_complete(world: World) -> None:
    id_ = decided(world)

    def taken() -> int:
        return statements(world.database.engine, lambda: world.database.read(carrying.preview, id_, APPROVES, SAM))

    def more(session: Session) -> None:
        like = session.get_one(Workplan, world.bees)
        for n in range(5):
            session.add(Group(id=f"swarm-{n}", name=both(f"Swarm {n}"), kind="working_group", state="active", owner="council"))
            session.flush()
            session.add(Workplan(id=f"{like.cycle}.swarm-{n}", cycle=like.cycle, group=f"swarm-{n}", state="complete"))

    before = taken()
    world.database.write(OPERATOR, more)
    assert taken() == before
