"""Writing activities, saying how they stand, and going on with those of the half before; on both databases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core.bilingual import Bilingual
from cadre.core.errors import Conflict, Forbidden, Invalid, NotFound
from cadre.core.models import Change
from cadre.core.reader import OPERATOR, Actor
from cadre.workplans import service as workplans
from cadre.workplans import writing
from cadre.workplans.facts import Copied, Report
from cadre.workplans.models import Activity, Workplan
from cadre.workplans.rules import before
from tests.workplans.world import ALEX, ANN, CORA, FAY, GUY, LOU, MEL, NOBODY, OLA, OSCAR, PAUL, SAM, UMA, World
from tests.worlds import at_once, fields

EDITORS = (ANN, GUY, ALEX, SAM)
ONLOOKERS = (MEL, CORA, OSCAR)
STRANGERS = (FAY, LOU, PAUL, UMA, NOBODY)


def test_an_activity_is_saved_with_all_that_was_said_of_it(world: World) -> None:
    made = world.add(owners=("ola", "mel"), note_fr="Bientôt")
    found = world.plan().activities
    assert found == (made,)
    assert (made.title, made.due, made.number) == (Bilingual("Count the bees", "Compter les abeilles"), world.day(30), 1)
    assert ([owner.name for owner in made.owners], made.outcome and made.outcome.id) == (["Mel", "Ola"], "o1")
    assert (made.note, made.state, made.target.en) == (Bilingual(None, "Bientôt"), "not_started", "Bees")
    assert world.add(title_fr="").number == 2
    assert world.database.read(workplans.workplan, world.bees, ANN).owed == ((f"note:{made.id}", "en"), ("title:2", "fr"))


def test_a_workplan_has_only_as_many_activities_as_can_be_read_in_one_window(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "MOST", 1)
    world.database.write(GUY, workplans.save_activity, world.form())
    with pytest.raises(Invalid) as refused:
        world.database.write(GUY, workplans.save_activity, replace(world.form(), view_id="V2"))
    assert set(refused.value.fields) == {"title_en"}


def test_the_same_window_submitted_twice_makes_one_activity(world: World) -> None:
    assert world.add(view_id="V1").id == world.add(view_id="V1").id
    assert len(world.plan().activities) == 1


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"title_en": " ", "title_fr": ""}, {"title_en"}),
        ({"title_en": "x" * 3001}, {"title_en"}),
        ({"title_fr": "x" * 3001, "note_en": "x" * 3001}, {"title_fr", "note_en"}),
        ({"due": -1}, {"due"}),
        ({"due": 4000}, {"due"}),
        ({"outcome": "nowhere"}, {"outcome"}),
        ({"outcome": "other"}, {"outcome"}),
        ({"owners": ("ola", "ghost")}, {"owners"}),
        ({"title_en": "", "title_fr": "", "due": -1, "owners": ("ghost",), "outcome": "x"}, {"title_en", "due", "owners", "outcome"}),
    ],
)
def test_what_cannot_be_taken_is_told_all_at_once_and_nothing_is_saved(world: World, said: dict[str, Any], wrong: set[str]) -> None:
    if "due" in said:
        said = {**said, "due": world.day(said["due"])}
    with pytest.raises(Invalid) as problem:
        world.add(**said)
    assert fields(problem) == wrong
    made = world.add(title_en="x" * 3000)
    with pytest.raises(Invalid) as problem:
        world.add(id=made.id, note_en="x" * 3001, **{name: value for name, value in said.items() if name != "note_en"})
    assert fields(problem) >= {"note_en", *wrong} - {"title_en"}
    assert world.plan().activities == (made,)


def test_a_due_date_that_has_passed_may_stay(world: World) -> None:
    made = world.add()

    def pass_by(session: Session) -> None:
        row = session.get(Activity, made.id)
        assert row
        row.due = world.day(-5)

    world.database.write(OPERATOR, pass_by)
    assert world.add(id=made.id, due=world.day(-5), title_en="Count all bees").due == world.day(-5)
    with pytest.raises(Invalid):
        world.add(id=made.id, due=world.day(-4))


def test_a_text_that_was_emptied_is_taken_away_and_a_title_stays_in_one_language_at_least(world: World) -> None:
    made = world.add(note_en="Soon", note_fr="Bientôt")
    with pytest.raises(Invalid) as problem:
        world.add(id=made.id, title_en="", title_fr=" ", note_en="", note_fr="")
    assert fields(problem) == {"title_en"}
    assert world.activity(made.id) == made, "nothing is saved in part"
    after = world.add(id=made.id, title_fr="", note_en="", note_fr="")
    assert (after.title, after.note) == (Bilingual("Count the bees", None), None)
    assert world.database.read(workplans.workplan, world.bees, ANN).owed == ((f"title:{made.id}", "fr"),)


def test_an_activity_of_another_workplan_is_not_changed_through_this_one(world: World) -> None:
    made = world.add()
    with pytest.raises(NotFound):
        world.database.write(LOU, workplans.save_activity, world.form(workplan=world.lights, id=made.id))


def test_one_language_changed_leaves_the_other_owed(world: World) -> None:
    made = world.add()
    world.add(id=made.id, title_en="Count all bees")
    assert world.database.read(workplans.workplan, world.bees, ANN).owed == ((f"title:{made.id}", "fr"),)


def test_new_owners_hear_of_it_but_nobody_of_what_they_did_themselves(world: World) -> None:
    made = world.add(owners=("ola", "ann"))
    world.add(by=GUY, id=made.id, owners=("ola", "mel"))
    told = [(kind, subject, person, said) for kind, subject, person, said in world.announced()]
    assert told == [
        ("activity_assigned", made.subject, "ola", {"by": "Ann"}),
        ("activity_assigned", made.subject, "mel", {"by": "Guy"}),
    ]
    assert [owner.id for owner in world.activity(made.id).owners] == ["mel", "ola"]


def test_an_owner_hands_an_activity_on_but_not_to_nobody(world: World) -> None:
    made = world.add()
    assert [owner.id for owner in world.database.write(OLA, workplans.reassign, made.id, ("mel",)).owners] == ["mel"]
    for owners in ((), ("ghost",)):
        with pytest.raises(Invalid) as problem:
            world.database.write(ANN, workplans.reassign, made.id, owners)
        assert fields(problem) == {"owners"}
    world.database.write(MEL, workplans.say_state, made.id, "done", None, "en")
    with pytest.raises(Conflict):
        world.database.write(ANN, workplans.reassign, made.id, ("ola",))


def test_the_aim_is_written_in_one_language_and_then_in_the_other(world: World) -> None:
    assert world.database.write(ANN, workplans.save_aim, world.bees, "Know all bees", "").aim == Bilingual("Know all bees", None)
    plan = world.database.write(GUY, workplans.save_aim, world.bees, "Know all bees", "Connaître toutes les abeilles")
    assert plan.aim == Bilingual("Know all bees", "Connaître toutes les abeilles")
    assert world.database.write(GUY, workplans.save_aim, world.bees, "", "Connaître toutes les abeilles").aim == Bilingual(
        None, "Connaître toutes les abeilles"
    )
    assert world.database.write(GUY, workplans.save_aim, world.bees, " ", "").aim is None, "what was wrong is taken away"
    with pytest.raises(Invalid) as problem:
        world.database.write(ANN, workplans.save_aim, world.bees, "x" * 3001, "x" * 3001)
    assert fields(problem) == {"aim_en", "aim_fr"}


# How activities stand


def test_one_screen_says_how_all_activities_stand(world: World) -> None:
    first, second, third = world.add(), world.add(), world.add()
    world.forget_touched()
    said = Report({first.id: "at_risk", second.id: "not_started"}, {first.id: "Rain", second.id: ""}, "en")
    assert [each.id for each in world.database.write(ANN, workplans.report, said)] == [first.id, second.id]
    states = {each.id: (each.state, each.note, each.told_by) for each in world.plan().activities}
    assert states == {
        first.id: ("at_risk", Bilingual("Rain", None), "Ann"),
        second.id: ("not_started", None, "Ann"),
        third.id: ("not_started", None, None),
    }
    assert world.touched() == {first.subject, second.subject}
    of_second = select(Change.field).where(Change.subject == "activity", Change.subject_id == str(second.id)).order_by(Change.id)
    changed = world.database.read(lambda session: session.scalars(of_second).all())
    assert set(changed[-2:]) == {"told_at", "told_by"}


def test_a_note_that_is_emptied_is_gone(world: World) -> None:
    made = world.add(note_en="Rain", note_fr="Pluie")
    world.database.write(ANN, workplans.report, Report({}, {made.id: ""}, "en"))
    assert world.activity(made.id).note is None


def test_a_report_that_is_wrong_anywhere_changes_nothing(world: World) -> None:
    first, second = world.add(), world.add()
    said = Report({first.id: "done", second.id: "done"}, {second.id: "x" * 3001}, "fr")
    with pytest.raises(Invalid) as problem:
        world.database.write(ANN, workplans.report, said)
    assert fields(problem) == {f"note:{second.id}"}
    with pytest.raises(Invalid) as problem:
        world.database.write(ANN, workplans.report, replace(said, states={first.id: "splendid"}, notes={}))  # type: ignore[dict-item]  # it comes from outside
    assert fields(problem) == {f"state:{first.id}"}
    with pytest.raises(NotFound):
        world.database.write(ANN, workplans.report, replace(said, states={first.id: "done", 4711: "done"}, notes={}))
    assert {each.state for each in world.plan().activities} == {"not_started"}


def test_who_did_something_stays_who_did_it_when_somebody_says_so_again(world: World) -> None:
    made = world.add()
    world.database.write(OLA, workplans.say_state, made.id, "done", None, "en")
    world.database.write(ANN, workplans.report, Report({made.id: "done"}, {}, "en"))
    assert world.activity(made.id).told_by == "Ola"
    world.database.write(ANN, workplans.report, Report({made.id: "on_track"}, {}, "en"))
    assert (world.activity(made.id).state, world.activity(made.id).told_by) == ("on_track", "Ann")


def test_nothing_changed_is_said_of_what_is_open_and_mine(world: World) -> None:
    own, other, done = world.add(), world.add(owners=()), world.add()
    world.database.write(OLA, workplans.say_state, done.id, "done", None, "en")
    said = world.activity(done.id).told_at
    world.database.write(OLA, workplans.nothing_changed, [world.bees])
    assert [world.activity(each.id).told_by for each in (own, other)] == ["Ola", None]
    assert world.activity(done.id).told_at == said
    with pytest.raises(Forbidden):
        world.database.write(CORA, workplans.nothing_changed, [world.bees])


def test_of_ten_who_click_done_at_once_one_changes_it_and_nine_hear_who_did(world: World) -> None:
    made = world.add()
    people = [Actor(f"{by.label} {number}", by.person, by.email) for number, by in enumerate((ANN, GUY, ALEX, OLA, SAM) * 2)]

    def click(by: Actor) -> Callable[[], object]:
        return lambda: world.database.write(by, workplans.say_state, made.id, "done", None, "en")

    outcomes = at_once(*(click(by) for by in people))
    conflicts = [each for each in outcomes if isinstance(each, Conflict)]
    winner = next(by.label for by, each in zip(people, outcomes, strict=True) if not isinstance(each, Exception))
    assert len(conflicts) == 9
    assert {each.who for each in conflicts} == {winner}
    changes = world.database.read(
        lambda session: session.scalars(
            select(Change.by).where(Change.subject == "activity", Change.subject_id == str(made.id), Change.after == "done")
        ).all()
    )
    assert changes == [winner]


def test_a_late_click_does_not_open_again_what_is_dropped(world: World) -> None:
    made = world.add()
    world.database.write(ANN, workplans.say_state, made.id, "dropped", "Too many bees", "en")
    with pytest.raises(Conflict) as problem:
        world.database.write(OLA, workplans.say_state, made.id, "on_track", None, "en")
    assert problem.value.who == "Ann"
    with pytest.raises(Invalid) as wrong:
        world.database.write(OLA, workplans.say_state, world.add().id, "at_risk", "x" * 3001, "fr")
    assert fields(wrong) == {"note_fr"}


# Due dates that move


def moved(world: World) -> list[tuple[str, str, str | None, str | None]]:
    return [(kind, who, detail.get("from"), detail.get("to")) for kind, _, who, detail in world.announced() if kind.endswith("_moved")]


def test_who_shares_an_activity_hears_that_somebody_moved_its_due_date(world: World) -> None:
    made = world.add(owners=("ola", "mel"))
    was, day = (world.day(n).isoformat() for n in (30, 8))
    world.add(by=ANN, id=made.id, owners=("ola", "mel", "guy"), due=world.day(8))
    assert moved(world) == [("activity_moved", who, was, day) for who in ("mel", "ola")], "Guy hears that it is his, and when it is due"
    world.add(by=ANN, id=made.id, owners=("ola", "mel", "guy"), due=None)
    world.database.write(ANN, workplans.say_state, made.id, "done", None, "en")
    assert len(moved(world)) == 2, "taken away is not moved"


def test_who_shares_it_hears_of_more_time_and_whoever_took_or_asked_for_it_not_twice(world: World) -> None:
    made = world.add(owners=("ola", "mel"))
    world.database.write(OLA, workplans.extend, made.subject, world.day(40), "Rain", None)
    assert moved(world) == [("activity_moved", "mel", world.day(30).isoformat(), world.day(40).isoformat())]
    plan, due = f"workplan:{world.bees}", world.plan().due
    asked = world.database.write(ANN, workplans.extend, plan, due + timedelta(days=40), "Rain", None)
    world.database.write(SAM, workplans.settle_extension, asked.id, True)
    told = [(kind, who) for kind, subject, who, _ in world.announced() if subject == plan and kind != "extension_asked"]
    assert told == [("workplan_moved", "guy"), ("extension_settled", "ann")], "both co-chairs"


# Copying


def test_the_last_plan_is_copied_once_with_what_it_left_open(early: World) -> None:
    early.opened(before(early.half))
    earlier = f"bees.{before(early.half)}"
    early.database.write(ANN, workplans.save_aim, earlier, "Aim", "But")
    coming, past, done = (early.add(workplan=earlier, title_en=title) for title in ("Coming", "Past", "Done"))
    early.database.write(OLA, workplans.say_state, coming.id, "at_risk", "Rain", "en")
    early.database.write(OLA, workplans.say_state, done.id, "done", None, "en")

    def pass_by(session: Session) -> None:
        row, plan = session.get(Activity, past.id), session.get(Workplan, earlier)
        assert row
        assert plan
        row.due, plan.state = early.day(-1), "approved"

    early.database.write(OPERATOR, pass_by)
    early.opened()
    early.add(title_en="New")
    assert early.database.read(workplans.workplan, early.bees, ANN).copied_from == earlier
    assert early.database.read(workplans.workplan, early.bees, CORA).copied_from is None
    assert early.database.write(ANN, workplans.copy_last, early.bees) == Copied(2, overdue=1)
    assert early.database.write(ANN, workplans.copy_last, early.bees) == Copied()
    plan = early.plan()
    assert plan.aim == Bilingual("Aim", "But")
    assert [(each.number, each.title.en, each.due, each.state) for each in plan.activities] == [
        (1, "New", early.day(30), "not_started"),
        (2, "Coming", early.day(30), "at_risk"),
        (3, "Past", None, "not_started"),
    ]
    copy = plan.activities[1]
    assert ([owner.id for owner in copy.owners], copy.note, copy.told_by) == (["ola"], Bilingual("Rain", None), "Ola")
    assert early.database.read(workplans.workplan, early.bees, ANN).copied_from is None
    assert early.database.read(workplans.workplan, earlier, OLA).mine == {done.id}
    assert early.database.read(workplans.workplan, earlier, ANN).going_on == {coming.id, past.id}


def test_a_late_plan_of_which_all_goes_on_in_the_next_one_is_not_to_be_filled_again(early: World) -> None:
    oldest, older = before(before(early.half)), before(early.half)
    for half in (oldest, older):
        early.opened(half)
    early.add(workplan=f"bees.{oldest}", title_en="Oldest")
    early.add(workplan=f"bees.{older}", title_en="Older")

    def offered() -> str | None:
        return early.database.read(workplans.workplan, f"bees.{older}", ANN).copied_from

    assert offered() == f"bees.{oldest}"
    early.opened()
    assert offered() == f"bees.{oldest}"
    assert early.database.write(ANN, workplans.copy_last, early.bees).activities == 1
    assert offered() is None


def test_no_more_is_copied_than_a_workplan_may_have(early: World, monkeypatch: pytest.MonkeyPatch) -> None:
    early.opened(before(early.half))
    earlier = f"bees.{before(early.half)}"
    early.database.write(ANN, workplans.save_aim, earlier, "Aim", "But")
    first, _second = (early.add(workplan=earlier, title_en=title) for title in ("Count", "Feed"))
    early.opened()
    early.add(title_en="New")
    monkeypatch.setattr(writing, "MOST", 2)
    with pytest.raises(Invalid) as refused:
        early.database.write(ANN, workplans.copy_last, early.bees)
    assert fields(refused) == {"activities"}
    assert ([each.title.en for each in early.plan().activities], early.plan().aim) == (["New"], None), "nothing is copied in part"
    early.database.write(OLA, workplans.say_state, first.id, "done", None, "en")
    assert early.database.write(ANN, workplans.copy_last, early.bees) == Copied(1)


def test_nothing_is_copied_where_nothing_was_before(world: World) -> None:
    assert world.database.read(workplans.workplan, world.bees, ANN).copied_from is None
    assert world.database.write(ANN, workplans.copy_last, world.bees) == Copied()
