"""Which meeting may have approved a workplan, what becomes of a wrong record, what changed since it was submitted. On both databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core import clock
from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.core.errors import Conflict, Forbidden, Invalid
from cadre.core.models import Change
from cadre.core.reader import OPERATOR
from cadre.meetings.models import Meeting
from cadre.people.models import Person
from cadre.workplans import service as workplans
from cadre.workplans.facts import ActivityFacts, Report
from cadre.workplans.models import Outcome, WorkplanText
from cadre.workplans.notices import ACTIVITIES
from cadre.workplans.rules import before, cannot_approve
from tests.workplans.world import ANN, CORA, GUY, OLA, SAM, World
from tests.worlds import at_once, both, fields

EVENING = datetime(2027, 2, 11, 3, tzinfo=UTC)
"""Late on 10 February, where the secretariat is."""
TODAY = date(2027, 2, 20)


def complete(world: World, id_: str | None = None) -> None:
    """A workplan that the Council can approve."""
    world.database.write(ANN, workplans.submit, id_ or world.bees)
    world.database.write(SAM, workplans.accept, id_ or world.bees)


def approve(world: World, meeting: str = "today", id_: str | None = None) -> None:
    world.database.write(SAM, workplans.approve, id_ or world.bees, meeting)


def unapprove(world: World, reason: str = "It was put off") -> None:
    world.database.write(SAM, workplans.unapprove, world.bees, reason)


def earlier(world: World, days: int) -> None:
    """Let a workplan have been submitted so many days ago."""

    def put_back(session: Session) -> None:
        for text in session.scalars(select(WorkplanText)):
            text.at = clock.now(session) - timedelta(days=days)

    world.database.write(OPERATOR, put_back)


# Which meeting


@pytest.mark.parametrize(
    ("held", "why"),
    [
        ("2027-02-09", "This meeting was held before the workplan was submitted."),
        ("2027-02-10", None),
        ("2027-02-20", None),
        ("2027-02-21", "This meeting is still to come."),
        ("2027-01", "This meeting was held before the workplan was submitted."),
        ("2027-02", None),
        ("2027-03", "This meeting is still to come."),
        ("2026", "This meeting was held before the workplan was submitted."),
        ("2027", None),
        (None, "The date of this meeting is not known yet."),
    ],
)
def test_a_meeting_approves_only_what_was_handed_in_by_as_much_of_its_date_as_is_known(held: str | None, why: str | None) -> None:
    told = cannot_approve(PartialDate.parse(held) if held else None, EVENING, TODAY)
    assert (told and told.msgid) == why


def test_it_is_the_last_time_that_it_was_handed_in_that_counts(world: World) -> None:
    world.add()
    complete(world)
    earlier(world, 30)
    world.database.write(SAM, workplans.return_, world.bees, "Where are the drones?")
    complete(world)
    with pytest.raises(Invalid) as problem:
        approve(world, "past")
    assert fields(problem) == {"meeting"}
    earlier(world, 30)
    approve(world, "past")
    assert world.plan().state == "approved"


def test_a_meeting_without_a_date_is_offered_once_it_has_one(world: World) -> None:
    def dated(session: Session, held: PartialDate | None) -> None:
        session.get_one(Meeting, "month").held = held

    def offered() -> set[str]:
        found = world.database.read(workplans.in_person_meetings, "council", world.plan().handed_in)
        return {each.id for each in found if each.refused is None}

    world.add()
    complete(world)
    world.database.write(OPERATOR, dated, None)
    assert offered() == {"today"}
    with pytest.raises(Invalid) as problem:
        approve(world, "month")
    assert fields(problem) == {"meeting"}
    world.database.write(OPERATOR, dated, PartialDate.day(world.today))
    assert offered() == {"today", "month"}


# A way back


def test_a_wrong_record_is_taken_back_with_a_reason_and_those_who_lead_are_told(world: World) -> None:
    world.add()
    complete(world)
    approve(world)
    unapprove(world)
    plan = world.plan()
    assert (plan.state, plan.reason, plan.settled_by) == ("complete", "It was put off", "Sam Okafor (U0SAM)")
    said = {"by": "Sam Okafor", "reason": "It was put off", "language": "en"}
    assert [(*each[0::2], each[3]) for each in world.announced()[-2:]] == [("workplan_unapproved", who, said) for who in ("ann", "guy")]
    texts = world.database.read(workplans.texts, world.bees, ANN)
    assert [each.event for each in texts] == ["withdrawn", "approved", "submitted"]
    assert (texts[0].by, texts[0].meeting_name) == ("Sam Okafor (U0SAM)", texts[1].meeting_name)
    assert texts[0].text == Bilingual("It was put off", None), "one language does not pass for both"
    assert "• Count the bees" in (texts[1].text.en or ""), "what was kept stays"
    approve(world)
    assert (world.plan().state, world.plan().reason) == ("approved", None)


def test_the_changes_keep_who_took_it_back(world: World) -> None:
    world.add()
    complete(world)
    approve(world)
    unapprove(world)
    of_state = select(Change).where(Change.subject == "workplan", Change.subject_id == world.bees, Change.field == "state")
    last = world.database.read(lambda session: session.scalars(of_state.order_by(Change.id.desc())).first())
    assert last
    assert (last.by, last.before, last.after) == ("Sam Okafor (U0SAM)", "approved", "complete")


def test_what_is_not_approved_any_more_is_not_taken_back_again(world: World) -> None:
    world.add()
    complete(world)
    approve(world)
    done = at_once(*[partial(unapprove, world)] * 3)
    assert sum(isinstance(each, Conflict) for each in done) == 2
    assert sum(kind == "workplan_unapproved" for kind, *_ in world.announced()) == 2, "once to each of two"


def test_only_the_secretariat_takes_an_approval_back_and_says_why(world: World) -> None:
    world.add()
    complete(world)
    approve(world)
    for by in (ANN, CORA, OLA):
        with pytest.raises(Forbidden):
            world.database.write(by, workplans.unapprove, world.bees, "Mine")
    for reason in (" ", "x" * 3001):
        with pytest.raises(Invalid) as problem:
            unapprove(world, reason)
        assert fields(problem) == {"reason"}
    with pytest.raises(Conflict):
        world.database.write(SAM, workplans.accept, world.bees)
    assert world.plan().state == "approved"


def test_a_text_whose_approval_was_taken_back_is_not_compared_with(world: World) -> None:
    world.add()
    complete(world)
    approve(world)
    unapprove(world)
    assert world.database.read(workplans.compared, world.bees, ANN, "en") is None
    approve(world)
    assert world.database.read(workplans.compared, world.bees, ANN, "en") == ()


def test_people_are_reminded_again_of_what_the_half_before_left_open(early: World) -> None:
    early.opened(before(early.half))
    open_still = early.add(workplan=f"bees.{before(early.half)}")
    early.opened()
    early.add()
    complete(early)
    approve(early)

    def settled() -> str | None:
        return early.database.read(ACTIVITIES.some, [open_still.subject])[open_still.subject].settled

    assert settled() == "replaced"
    early.forget_touched()
    unapprove(early)
    assert settled() is None
    assert open_still.subject in early.touched()


# Changed since it was handed in

EDITS: dict[str, Callable[[World, ActivityFacts], Any]] = {
    "the aim": lambda world, _: world.database.write(ANN, workplans.save_aim, world.bees, "Know them", "Les connaître"),
    "the aim in French": lambda world, _: world.database.write(ANN, workplans.save_aim, world.bees, "", "Les connaître"),
    "a title": lambda world, made: world.add(id=made.id, title_en="Count all bees"),
    "a title in French": lambda world, made: world.add(id=made.id, title_fr="Compter toutes les abeilles"),
    "a due date": lambda world, made: world.add(id=made.id, due=world.day(40)),
    "an outcome": lambda world, made: world.add(id=made.id, outcome="o2"),
    "an owner": lambda world, made: world.add(id=made.id, owners=("ola", "mel")),
    "another activity": lambda world, _: world.add(),
    "handed on": lambda world, made: world.database.write(OLA, workplans.reassign, made.id, ("mel",)),
}


def as_they_are(world: World, made: ActivityFacts) -> None:
    """Everything is saved as it stands."""
    world.add(id=made.id)
    world.database.write(ANN, workplans.save_aim, world.bees, "", "")


def there_and_back(world: World, made: ActivityFacts) -> None:
    """A title is changed, and changed back."""
    world.add(id=made.id, title_en="Count all bees", title_fr="Compter toutes les abeilles")
    world.add(id=made.id)


def reads_otherwise(world: World, made: ActivityFacts) -> None:
    """A name and an outcome are worded otherwise."""

    def corrected(session: Session) -> None:
        session.get_one(Person, "ola").name = "Ola Corrected"
        session.get_one(Outcome, "o1").wording = both("Bees are found")

    world.add(id=made.id, owners=("ola",), outcome="o1")
    world.database.write(SAM, workplans.return_, world.bees, "Once more")
    complete(world)
    world.database.write(OPERATOR, corrected)


PROGRESS: dict[str, Callable[[World, ActivityFacts], Any]] = {
    "a state": lambda world, made: world.database.write(OLA, workplans.say_state, made.id, "at_risk", "Rain", "en"),
    "a note": lambda world, made: world.database.write(OLA, workplans.report, Report({}, {made.id: "Il pleut"}, "fr")),
    "nothing changed": lambda world, _: world.database.write(ANN, workplans.nothing_changed, [world.bees]),
    "saved as it is": as_they_are,
    "there and back": there_and_back,
    "worded otherwise": reads_otherwise,
}


@pytest.mark.parametrize("edit", EDITS)
def test_a_workplan_that_plans_something_else_since_it_was_handed_in_says_so(laid_open: World, edit: str) -> None:
    world = laid_open
    (made,) = world.plan().activities
    assert not world.plan().changed_since
    EDITS[edit](world, made)
    assert world.plan().changed_since
    assert world.bees in {plan.id for plan in world.database.read(workplans.all_open, SAM) if plan.changed_since}


@pytest.mark.parametrize("said", PROGRESS)
def test_how_it_goes_is_no_change_of_the_plan(laid_open: World, said: str) -> None:
    world = laid_open
    (made,) = world.plan().activities
    PROGRESS[said](world, made)
    assert not world.plan().changed_since


def test_it_counts_from_the_last_time_that_it_was_handed_in(world: World) -> None:
    made = world.add()
    world.database.write(ANN, workplans.submit, world.bees)
    world.add(id=made.id, title_en="Count all bees")
    assert world.plan().changed_since, "before it is accepted too"
    world.database.write(SAM, workplans.return_, world.bees, "Where are the drones?")
    assert not world.plan().changed_since, "it is being written"
    assert not world.database.write(GUY, workplans.submit, world.bees).changed_since


def test_what_is_approved_is_the_text_as_it_stands_then(world: World) -> None:
    made = world.add()
    complete(world)
    world.add(id=made.id, title_en="Count all bees", title_fr="Compter toutes les abeilles")
    approve(world)
    text = world.database.read(workplans.texts, world.bees, ANN)[0]
    assert "• Compter toutes les abeilles" in (text.text.fr or "").splitlines()
    assert not world.plan().changed_since


def test_a_note_that_stands_in_one_language_does_not_keep_the_council_from_approving(world: World) -> None:
    made = world.add()
    world.database.write(OLA, workplans.say_state, made.id, "at_risk", "Rain", "en")
    complete(world)
    approve(world)
    assert world.plan().state == "approved"


def test_what_is_changed_after_the_approval_says_so_and_what_was_handed_in_may_be_what_was_approved(world: World) -> None:
    made = world.add()
    complete(world)
    world.add(id=made.id, title_en="Count all bees", title_fr="Compter toutes les abeilles")
    world.database.write(SAM, partial(workplans.approve, as_handed_in=True), world.bees, "today")
    text = world.database.read(workplans.texts, world.bees, ANN)[0]
    assert "• Count the bees" in (text.text.en or "").splitlines()
    assert world.plan().changed_since
    assert {line.text for line in world.database.read(workplans.since_kept, world.bees, SAM, "en")} == {
        "• Count the bees",
        "• Count all bees",
    }


def test_what_was_handed_in_in_one_language_is_not_approved_so(world: World) -> None:
    made = world.add(title_fr="")
    complete(world)
    world.add(id=made.id, title_fr="Compter les abeilles")
    with pytest.raises(Invalid) as problem:
        world.database.write(SAM, partial(workplans.approve, as_handed_in=True), world.bees, "today")
    assert set(problem.value.fields) == {"text"}
    approve(world)


def test_what_the_half_before_left_open_is_named_before_it_is_forgotten(early: World) -> None:
    early.opened(before(early.half))
    last = f"bees.{before(early.half)}"
    early.add(workplan=last)
    done = early.add(workplan=last, title_en="Feed the bees")
    early.database.write(OLA, workplans.say_state, done.id, "done", None, "en")
    early.opened()
    early.add(title_en="Sing")
    for by in (ANN, SAM):
        seen = early.database.read(workplans.workplan, early.bees, by)
        assert [each.title.en for each in seen.left_open] == ["Count the bees"]
    early.database.write(ANN, workplans.copy_last, early.bees)
    assert early.database.read(workplans.workplan, early.bees, ANN).left_open == ()
