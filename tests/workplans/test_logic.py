"""The logic model of a council: read by everybody with a role, kept by the secretariat; on both databases."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core.errors import Conflict, Forbidden, Invalid, NotFound
from cadre.core.marks import mark, marks
from cadre.core.models import Change, Provenance
from cadre.core.reader import OPERATOR, Actor
from cadre.workplans import logic
from cadre.workplans import service as workplans
from cadre.workplans.logic_rules import Model, Part, unfed
from cadre.workplans.models import Activity, Feed, Outcome
from cadre.workplans.rules import after
from tests.workplans.world import ANN, CORA, LOU, MEL, NOBODY, SAM, UMA, World
from tests.worlds import at_once, fields

JO = Actor("Jo Officer", None, SAM.email)
"""Another of the secretariat."""


def model(world: World, by: Actor = SAM, council: str = "council") -> Model:
    return world.database.read(logic.model, council, by)


def add(world: World, term: str = "output", en: str = "A map", fr: str = "Une carte", by: Actor = SAM, **more: Any) -> Part:
    typed = {"term": term, "wording_en": en, "wording_fr": fr, "priority": more.pop("priority", "")}
    return world.database.write(by, logic.add_part, "council", typed, **more)


def feed(world: World, source: str, *targets: str, by: Actor = SAM) -> tuple[str, ...]:
    """By somebody who sees all that it feeds."""
    shown = [mark(each.id) for each in model(world).targets.get(source, ())]
    return world.database.write(by, logic.set_feeds, source, targets, shown)


def remove(world: World, id_: str, to: str | None = None, by: Actor = SAM) -> logic.Removed:
    return world.database.write(by, logic.remove_part, id_, to)


def approved(world: World, **said: Any) -> int:
    """An activity of a workplan in force."""
    made = world.add(**said)
    world.in_state("approved")
    return made.id


# -- who may


@pytest.mark.parametrize("by", [ANN, MEL, CORA, LOU, SAM, OPERATOR])
def test_everybody_with_a_role_reads_it(world: World, by: Actor) -> None:
    assert [part.id for part in model(world, by).parts] == ["o1", "o2", "o3"]


@pytest.mark.parametrize("by", [NOBODY, UMA])
def test_nobody_else_does(world: World, by: Actor) -> None:
    with pytest.raises(Forbidden):
        model(world, by)
    with pytest.raises(Forbidden):
        world.database.read(logic.councils, by)


@pytest.mark.parametrize("by", [ANN, LOU, NOBODY])
def test_only_the_secretariat_writes_it(world: World, by: Actor) -> None:
    acts: tuple[Callable[[], object], ...] = (
        lambda: add(world, by=by),
        lambda: world.database.write(by, logic.save_part, "o1", {"wording_en": "Else"}, {}),
        lambda: world.database.write(by, logic.set_feeds, "o1", ["o3"], []),
        lambda: remove(world, "o1", by=by),
        lambda: world.database.write(by, logic.bring_back, "o1"),
    )
    for act in acts:
        with pytest.raises(Forbidden):
            act()
    assert not model(world, ANN).edits
    assert model(world).feeds == ()


def test_ones_own_council_comes_first_then_the_joint_one(world: World) -> None:
    assert [(each.id, each.parts) for each in world.database.read(logic.councils, LOU)] == [("council", 3), ("joint", 0), ("elsewhere", 1)]
    assert next(each.id for each in world.database.read(logic.councils, SAM)) == "joint"


def test_only_a_council_has_one(world: World) -> None:
    for id_ in ("bees", "nowhere"):
        with pytest.raises(NotFound):
            model(world, council=id_)
        with pytest.raises(NotFound):
            world.database.write(SAM, logic.add_part, id_, {"term": "input", "wording_en": "Money"})


# -- parts


def test_a_part_is_added_last_of_its_stage_with_where_it_comes_from(world: World) -> None:
    part = add(world, "short", priority="lights")
    assert (part.id, part.number, part.priority) == ("council.short-3", 3, "lights")
    assert [each.id for each in model(world).parts] == ["o1", "o2", part.id, "o3"]

    def recorded(session: Session) -> tuple[set[str], str]:
        changed = select(Change.field).where(Change.subject == "outcome", Change.subject_id == part.id, Change.by == SAM.label)
        stated = select(Provenance.standing).where(Provenance.subject == "outcome", Provenance.subject_id == part.id)
        return set(session.scalars(changed)), session.scalars(stated).one()

    told, standing = world.database.read(recorded)
    assert {"term", "number", "wording_en", "wording_fr", "priority"} <= told
    assert standing == "confirmed"


def test_the_same_window_twice_makes_one_part(world: World) -> None:
    assert add(world, view_id="V1") == add(world, view_id="V1")
    assert len(model(world).parts) == 4


def test_one_language_is_enough_and_the_other_is_owed(world: World) -> None:
    part = add(world, en="", fr="Une carte")
    assert part.wording.owed() == ("en",)


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"en": "", "fr": " "}, {"wording"}),
        ({"term": "wish"}, {"term"}),
        ({"en": "x" * 3001}, {"wording_en"}),
        ({"priority": "nowhere"}, {"priority"}),
    ],
)
def test_what_cannot_be_taken_is_told_by_field(world: World, typed: dict[str, Any], wrong: set[str]) -> None:
    with pytest.raises(Invalid) as problem:
        add(world, **typed)
    assert fields(problem) == wrong


def test_a_model_holds_a_hundred_parts_and_says_so(world: World) -> None:
    def many(session: Session) -> None:
        session.add_all(Outcome(id=f"m{n}", council="council", term="input", number=n, wording=model_wording) for n in range(97))

    model_wording = model(world).parts[0].wording
    world.database.write(OPERATOR, many)
    with pytest.raises(Invalid) as problem:
        add(world)
    assert fields(problem) == {"term"}


def test_a_part_is_worded_anew_and_what_another_changed_meanwhile_stays(world: World) -> None:
    now = logic.of_part(model(world).by_id["o1"])
    world.database.write(JO, logic.save_part, "o1", {**now, "priority": "lights"}, marks(now))
    saved = world.database.write(SAM, logic.save_part, "o1", {**now, "wording_fr": "Des abeilles"}, marks(now))
    assert (saved.priority, saved.wording.fr, saved.wording.stale) == ("lights", "Des abeilles", "en")
    with pytest.raises(Invalid) as problem:
        world.database.write(JO, logic.save_part, "o1", {**now, "wording_fr": "Des guêpes"}, marks(now))
    assert fields(problem) == {"wording_fr"}


def test_a_part_moves_to_another_stage_last_there(world: World) -> None:
    now = logic.of_part(model(world).by_id["o1"])
    saved = world.database.write(SAM, logic.save_part, "o1", {**now, "term": "long"}, marks(now))
    assert (saved.term, saved.number) == ("long", 2)


def test_a_part_that_activities_feed_becomes_no_input(world: World) -> None:
    world.add(outcome="o1")
    now = logic.of_part(model(world).by_id["o1"])
    with pytest.raises(Invalid) as problem:
        world.database.write(SAM, logic.save_part, "o1", {**now, "term": "input"}, marks(now))
    assert fields(problem) == {"term"}


# -- feeds


def test_a_part_feeds_later_stages_of_its_own_council(world: World) -> None:
    output = add(world).id
    assert feed(world, output, "o1", "o3") == ("o1", "o3")
    assert [each.id for each in model(world).sources["o3"]] == [output]
    assert feed(world, output, "o3") == ("o3",)
    for target in (output, "other", "nowhere", add(world, "input").id):
        with pytest.raises(Invalid) as problem:
            feed(world, output, target)
        assert fields(problem) == {"targets"}
    with pytest.raises(Invalid):
        feed(world, "o3", "o1")


def test_of_two_who_say_what_a_part_feeds_neither_takes_away_what_the_other_added(world: World) -> None:
    output = add(world).id
    world.database.write(JO, logic.set_feeds, output, ["o1"], [])
    assert world.database.write(SAM, logic.set_feeds, output, ["o2"], []) == ("o1", "o2")


def test_at_once_each_feed_stands_once(world: World) -> None:
    output = add(world).id
    done = at_once(*[lambda: world.database.write(SAM, logic.set_feeds, output, ["o1", "o2"], [])] * 6)
    assert set(done) == {("o1", "o2")}
    assert len(model(world).feeds) == 2


def test_what_a_file_had_go_backwards_is_not_shown(world: World) -> None:
    world.database.write(OPERATOR, lambda session: session.add(Feed(id="odd", source="o3", target="o1")))
    assert model(world).feeds == ()


# -- activities


def test_activities_of_workplans_in_force_feed_outcomes_and_those_of_drafts_are_planned(world: World) -> None:
    world.add(outcome="o2")
    assert model(world).fed_by("o2") == ()
    assert [each.target for each in model(world).fed_by("o2", in_force=False)] == ["bees"]
    assert model(world, LOU).fed_by("o2", in_force=False) == (), "a draft of others is not theirs to see"
    world.in_state("approved")
    assert [each.target for each in model(world, LOU).fed_by("o2")] == ["bees"]
    assert [part.id for part in unfed(model(world))] == ["o1", "o3"]


def test_what_was_dropped_feeds_nothing(world: World) -> None:
    made = approved(world)
    world.database.write(ANN, workplans.say_state, made, "dropped", None, "en")
    assert model(world).activities == ()


def test_outputs_and_outcomes_are_offered_to_activities_inputs_and_lines_of_work_are_not(world: World) -> None:
    output = add(world).id
    line = add(world, "activity").id
    assert [each.id for each in world.database.read(workplans.outcomes, world.bees, ANN)] == [output, "o1", "o2", "o3"]
    assert world.add(outcome=output).outcome
    with pytest.raises(Invalid) as problem:
        world.add(outcome=line)
    assert fields(problem) == {"outcome"}


# -- removal


def test_a_part_that_nothing_names_goes_with_its_feeds(world: World) -> None:
    output = add(world).id
    feed(world, output, "o1")
    assert remove(world, output).stays is False
    assert [each.id for each in model(world).parts] == ["o1", "o2", "o3"]

    def left(session: Session) -> list[str]:
        stated = select(Provenance.subject_id).where(Provenance.subject.in_(("outcome", "feed")))
        return [*session.scalars(select(Feed.id)), *session.scalars(stated)]

    assert world.database.read(left) == []
    with pytest.raises(NotFound):
        remove(world, output)


def test_a_part_that_activities_feed_goes_only_where_these_feed_another(world: World) -> None:
    made = approved(world, outcome="o1")
    with pytest.raises(Invalid) as problem:
        remove(world, "o1")
    assert fields(problem) == {"to"}
    for to in ("o1", "other", add(world, "input").id):
        with pytest.raises(Invalid):
            remove(world, "o1", to)
    world.forget_touched()
    done = remove(world, "o1", "o2")
    assert (done.moved, done.stays) == (1, False)
    told = world.activity(made).outcome
    assert told
    assert told.id == "o2"
    assert f"workplan:{world.bees}" in world.touched()


def test_what_a_workplan_that_is_over_names_stays_as_a_record_and_can_be_brought_back(world: World) -> None:
    made = approved(world, outcome="o1")
    following = after(world.half)
    world.opened(following)
    world.in_state("approved", f"bees.{following}")
    assert remove(world, "o1").stays
    found = model(world)
    assert [part.id for part in found.parts] == ["o2", "o3"]
    assert [part.id for part in found.former] == ["o1"]
    told = world.activity(made).outcome
    assert told
    assert told.wording.en == "o1", "it reads as it did"
    with pytest.raises(Conflict) as problem:
        remove(world, "o1")
    assert problem.value.who == "Sam Okafor"
    world.database.write(SAM, logic.bring_back, "o1")
    assert "o1" in model(world).by_id


def test_an_activity_that_is_copied_does_not_feed_what_was_taken_out(world: World) -> None:
    world.add(outcome="o1")
    following = after(world.half)
    world.opened(following)

    def retire(session: Session) -> None:
        session.get_one(Outcome, "o1").retired = world.today

    world.database.write(OPERATOR, retire)
    world.database.write(ANN, workplans.copy_last, f"bees.{following}")
    (copy,) = world.plan(f"bees.{following}").activities
    assert copy.outcome is None


def test_while_a_part_goes_no_activity_begins_to_feed_it(world: World) -> None:
    output = add(world).id
    done = at_once(*[lambda: world.add(outcome=output), lambda: remove(world, output)] * 3)
    assert all(isinstance(each, Invalid | NotFound) for each in done if isinstance(each, Exception)), done

    def dangling(session: Session) -> list[int]:
        named = select(Activity.id).where(Activity.outcome.is_not(None), Activity.outcome.not_in(select(Outcome.id)))
        return list(session.scalars(named))

    assert world.database.read(dangling) == []
    assert (output in model(world).by_id) is bool(world.plan().activities)
