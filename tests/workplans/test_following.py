"""Due dates follow the in-person meeting that is to approve the workplans: by themselves, and those who lead hear of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from cadre.core.dates import PartialDate
from cadre.core.reader import OPERATOR, Actor
from cadre.meetings.models import Meeting
from cadre.workplans import moving
from cadre.workplans import service as workplans
from cadre.workplans.models import Cycle
from cadre.workplans.notices import WORKPLANS
from cadre.workplans.rules import calendar_due, opens
from tests.workplans.world import SAM, World

WORKER = Actor("worker")
THREE_WEEKS = timedelta(days=21)


@pytest.fixture
def open_half(world: World) -> World:
    """A half is open, and the next meeting is known to the month."""
    fixed(world, None)
    return world


def fixed(world: World, due: date | None, state: str = "planned") -> None:
    """Let the next meeting be three weeks after a day."""

    def fix(session: Session) -> None:
        meeting = session.get(Meeting, "coming")
        assert meeting
        meeting.state = state
        meeting.held = PartialDate.day(due + THREE_WEEKS) if due else PartialDate.parse(f"{world.today.year + 1}-05")

    world.database.write(OPERATOR, fix)


def follows(world: World) -> list[tuple[str, date, date]]:
    """What a day brings about, or a meeting that changed: who is told of which due date, and what it was before."""
    before = len(world.announced())
    world.database.write(WORKER, workplans.follow_meetings, world.today)
    told = [each for each in world.announced()[before:] if each[0] == "workplan_moved" and each[1] == f"workplan:{world.bees}"]
    return sorted((person, date.fromisoformat(said["from"]), date.fromisoformat(said["to"])) for _, _, person, said in told)


def test_once_a_meeting_is_fixed_the_workplans_are_due_for_it_and_those_who_lead_hear_of_it(open_half: World) -> None:
    world, calendar = open_half, calendar_due(open_half.half)
    assert follows(world) == []
    assert (world.plan().due, world.plan().meeting) == (calendar, None)
    day = calendar + timedelta(days=9)
    fixed(world, day)
    assert follows(world) == [("ann", calendar, day), ("guy", calendar, day)]
    assert world.announced()[-1][3]["follows"] == "meeting"
    assert (world.plan().due, world.plan().due_by, world.plan().meeting) == (day, "meeting", "coming")
    assert follows(world) == [], "they were told"
    heard = world.database.read(WORKPLANS.some, [f"workplan:{world.bees}"])[f"workplan:{world.bees}"].heard
    assert set(heard) == {"ann", "guy"}, "no reminder of the same day tells them once more when it is due"


def test_where_it_moves_or_is_cancelled_they_hear_that_too(open_half: World) -> None:
    world, calendar = open_half, calendar_due(open_half.half)
    day = calendar + timedelta(days=9)
    world.database.write(SAM, workplans.set_meeting, world.cycle, "coming", -21)
    fixed(world, day)
    assert [to for _, _, to in follows(world)] == [day, day]
    fixed(world, day + timedelta(days=7))
    assert [to for _, _, to in follows(world)] == [day + timedelta(days=7)] * 2
    fixed(world, day, "cancelled")
    assert world.plan().due == calendar
    assert follows(world) == [], "that it is as it was told before is no news"
    assert [each.id for each in world.database.read(workplans.in_person_meetings, "council")] == ["today", "past", "month"]


def test_what_is_handed_in_already_moves_without_a_word(open_half: World) -> None:
    open_half.in_state("submitted")
    fixed(open_half, calendar_due(open_half.half) + timedelta(days=9))
    assert follows(open_half) == []


def test_what_the_secretariat_said_stays(open_half: World) -> None:
    world, calendar = open_half, calendar_due(open_half.half)
    world.database.write(SAM, workplans.set_meeting, world.cycle, None, -14)
    fixed(world, calendar + timedelta(days=9))
    assert follows(world) == []
    assert (world.plan().due, world.plan().meeting) == (calendar, None)


@pytest.mark.parametrize("world", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
def test_what_the_secretariat_says_at_the_same_moment_stays_too(open_half: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where two write at once at all: the worker found another meeting before the secretariat said that it goes by none."""
    world, calendar = open_half, calendar_due(open_half.half)
    fixed(world, calendar + timedelta(days=9))
    lock, said = moving._cycle, list[str]()

    def said_first(session: Session, id_: str, **kwargs: bool) -> Cycle:
        if kwargs.get("lock") and not said:
            said.append(id_)
            world.database.write(SAM, workplans.set_meeting, world.cycle, None, -14)
        return lock(session, id_, **kwargs)

    monkeypatch.setattr(moving, "_cycle", said_first)
    assert follows(world) == []
    assert said == [world.cycle]
    assert (world.plan().due, world.plan().meeting) == (calendar, None)


@pytest.mark.parametrize("days", [91, -1000])
def test_a_meeting_of_another_half_or_too_soon_is_not_taken(open_half: World, days: int) -> None:
    """What would be late at once, no machine decides."""
    calendar = calendar_due(open_half.half)
    fixed(open_half, max(calendar + timedelta(days=days), open_half.today - timedelta(days=1)))
    assert follows(open_half) == []
    assert open_half.plan().due == calendar


def test_a_half_that_opens_is_due_for_the_meeting_that_is_fixed_and_nothing_moved(early: World) -> None:
    day = calendar_due(early.half) + timedelta(days=9)
    fixed(early, day)
    early.database.write(WORKER, workplans.open_cycles, opens(early.half))
    assert early.plan().due == day
    assert follows(early) == []
