"""What is said of an activity that goes on in a later workplan counts there; on both databases."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any

import pytest
from sqlalchemy.orm import Session

from bot.workplans.notices import FACES
from cadre.core.errors import Conflict, Forbidden, Invalid
from cadre.core.reader import OPERATOR
from cadre.workplans import service as workplans
from cadre.workplans import writing
from cadre.workplans.facts import ActivityFacts, Report
from cadre.workplans.models import Activity
from cadre.workplans.rules import before
from tests.workplans.world import ANN, GUY, MEL, OLA, SAM, World
from tests.worlds import fields


@pytest.fixture
def last(early: World) -> ActivityFacts:
    """An activity of the half before, and a new half that is open."""
    early.opened(before(early.half))
    made = early.add(workplan=f"bees.{before(early.half)}")
    early.opened()
    return made


def copied(early: World) -> ActivityFacts:
    """Go on with the last plan: what comes."""
    early.database.write(ANN, workplans.copy_last, early.bees)
    early.forget_touched()
    return early.plan().activities[-1]


SAYS: dict[str, tuple[Callable[[World, ActivityFacts], object], Callable[[World, ActivityFacts], object]]] = {
    "how it goes": (
        lambda world, each: world.database.write(OLA, workplans.say_state, each.id, "done", "Counted", "en"),
        lambda world, each: each.state == "done",
    ),
    "who carries it out": (
        lambda world, each: world.database.write(OLA, workplans.reassign, each.id, ("mel",)),
        lambda world, each: [owner.id for owner in each.owners] == ["mel"],
    ),
    "until when": (
        lambda world, each: world.database.write(OLA, workplans.extend, each.subject, world.day(40), "Rain", "V1"),
        lambda world, each: each.due == world.day(40),
    ),
}


@pytest.mark.parametrize(("says", "so"), SAYS.values(), ids=SAYS)
def test_what_is_said_of_it_where_it_was_is_so_where_it_goes_on(
    early: World, last: ActivityFacts, says: Callable[..., object], so: Callable[..., bool]
) -> None:
    copy = copied(early)
    says(early, last)
    assert so(early, early.activity(copy.id))
    assert early.activity(last.id) == last, "what the last plan says stays as it was"
    assert {last.subject, copy.subject} <= early.touched(), "the messages that told of either are drawn anew"


def test_a_message_about_the_last_plan_has_the_buttons_of_where_it_goes_on_by_now(early: World, last: ActivityFacts) -> None:
    (face,) = (face for face in FACES if face.kind == "activity")

    def of(early: World) -> ActivityFacts:
        found: ActivityFacts = early.database.read(face.load, [last.subject], "ola")[last.subject]
        return found

    assert of(early).id == last.id
    early.database.write(ANN, workplans.copy_last, early.bees)
    assert last.subject in early.touched(), "it is drawn anew"
    copy = early.plan().activities[-1]
    assert (of(early).id, of(early).workplan) == (copy.id, early.bees)


def test_it_goes_on_through_however_many_halves(early: World) -> None:
    first, second = before(before(early.half)), before(early.half)
    for half in (first, second, early.half):
        early.opened(half)
    made = early.add(workplan=f"bees.{first}")
    early.database.write(ANN, workplans.copy_last, f"bees.{second}")
    copy = copied(early)
    assert early.database.write(OLA, workplans.say_state, made.id, "done", None, "en").id == copy.id
    (between,) = early.plan(f"bees.{second}").activities
    assert early.touched() >= {made.subject, between.subject, copy.subject}
    with pytest.raises(Conflict):
        early.database.write(ANN, workplans.say_state, between.id, "on_track", None, "en")


def test_whoever_carries_it_out_no_more_in_the_new_plan_may_say_nothing_of_it(early: World, last: ActivityFacts) -> None:
    copy = copied(early)
    early.database.write(ANN, workplans.reassign, copy.id, ("mel",))
    with pytest.raises(Forbidden):
        early.database.write(OLA, workplans.say_state, last.id, "done", None, "en")
    assert early.database.write(MEL, workplans.say_state, last.id, "done", None, "en").id == copy.id


def test_a_screen_of_the_last_plan_that_was_drawn_before_is_not_taken_and_says_where_it_goes_on(early: World, last: ActivityFacts) -> None:
    copy = copied(early)
    for said in (Report({last.id: "done"}, {}, "en"), Report({}, {last.id: "Rain"}, "en")):
        with pytest.raises(Invalid) as refused:
            early.database.write(OLA, workplans.report, said)
        assert fields(refused) == {f"{'state' if said.states else 'note'}:{last.id}"}
    assert (early.activity(last.id), early.activity(copy.id)) == (last, copy)


@pytest.mark.parametrize("past", [False, True], ids=["due in time", "due long ago"])
def test_time_that_was_asked_for_before_is_given_where_it_goes_on(early: World, last: ActivityFacts, past: bool) -> None:
    asked = early.database.write(OLA, workplans.extend, last.subject, early.day(60), "Rain", "V1")
    assert asked.state == "asked"

    def pass_by(session: Session) -> None:
        row = session.get(Activity, last.id)
        assert row
        row.due = early.day(-1)

    if past:
        early.database.write(OPERATOR, pass_by)
    copy = copied(early)
    assert copy.due == (None if past else last.due)
    assert early.database.write(SAM, workplans.settle_extension, asked.id, True).state == "approved"
    assert early.activity(copy.id).due == early.day(60)


def test_what_is_said_while_it_is_copied_is_not_lost(early: World, last: ActivityFacts, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[Future[Any]] = []
    found = writing.to_copy
    with ThreadPoolExecutor(1) as pool:

        def meanwhile(*args: Any, **kwargs: Any) -> list[Activity]:
            rows = found(*args, **kwargs)
            done.append(pool.submit(early.database.write, GUY, workplans.say_state, last.id, "done", None, "en"))
            wait(done, 0.1)  # where it need not wait for the copy, it is over by then
            return rows

        monkeypatch.setattr(writing, "to_copy", meanwhile)
        early.database.write(ANN, workplans.copy_last, early.bees)
    assert done[0].result().id == early.plan().activities[-1].id
    assert early.plan().activities[-1].state == "done"
