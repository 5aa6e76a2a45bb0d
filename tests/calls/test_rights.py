"""Questions about calls, and who may do what."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from cadre.calls import service as calls
from cadre.core.errors import Conflict, Forbidden, Invalid, NotFound
from tests.calls.world import FERN, LEA, NIA, NOBODY, ONA, SAM, World
from tests.worlds import at_once, fields


@pytest.mark.parametrize("by", [ONA, LEA, NIA, NOBODY])
def test_only_the_secretariat_writes_opens_closes_and_settles(world: World, by: Any) -> None:
    draft, call = world.draft(), world.opened(priority=None)
    made = world.offer(FERN, call)
    asked = world.do(FERN, calls.ask, call.id, "How long?", "V1")
    later = world.now() + timedelta(days=40)
    verbs: list[tuple[Any, ...]] = [
        (calls.save_draft, world.form()),
        (calls.save_draft, world.form(id=draft.id)),
        (calls.schedule, draft.id),
        (calls.back_to_draft, draft.id),
        (calls.remove_draft, draft.id),
        (calls.open_now, draft.id),
        (calls.close_now, call.id),
        (calls.extend, call.id, later, "Why", "Pourquoi"),
        (calls.cancel, call.id, "Why", "Pourquoi"),
        (calls.settle, call.id, [made.id]),
        (calls.confirm_chairs, call.id, ["lea"]),
        (calls.conclude, call.id),
        (calls.add_representative, call.id, "ON", "nia"),
        (calls.contacted, call.id, "ON"),
        (calls.answer, asked.id, "Two years"),
    ]
    before = (world.call(draft.id), world.grid(call))
    for verb, *said in verbs:
        with pytest.raises(Forbidden) as problem:
            world.do(by, verb, *said, **({"accepted": True} if verb is calls.settle else {}))
        assert problem.value.who == "secretariat"
    for look in (calls.grid, calls.report):
        with pytest.raises(Forbidden):
            world.read(look, call.id, by)
    assert (world.call(draft.id), world.grid(call)) == before


def test_of_a_public_call_everybody_may_know_and_of_others_those_whom_cadre_knows(world: World) -> None:
    call, public = world.opened(), world.opened(priority=None, public=True)
    assert [each.id for each in world.read(calls.calls, NOBODY)] == [public.id]
    with pytest.raises(Forbidden):
        world.call(call.id, NOBODY)
    assert world.call(call.id, NIA) == call
    assert (world.standing(public, NOBODY).mine, world.standing(public, NOBODY).represents) == (None, ())


def test_what_is_not_there_is_said_so(world: World) -> None:
    for look in (calls.call, calls.grid, calls.report, calls.standing, calls.invitation, calls.letter):
        with pytest.raises(NotFound):
            world.read(look, 99, SAM)
    with pytest.raises(NotFound):
        world.offer(ONA, 99)


def test_a_question_goes_to_the_secretariat_whose_answer_is_told(world: World) -> None:
    call = world.opened()
    made = world.do(NIA, calls.ask, call.id, " How long? ", "V1")
    assert (made.text, made.person.name, made.call_name, made.answer) == ("How long?", "Nia", call.name, None)
    assert world.told("call_question") == [(f"question:{made.id}", "sam")]
    done = world.do(SAM, calls.answer, made.id, "Two years")
    assert (done.answer, done.answered_by, world.told("call_answered")) == ("Two years", SAM.label, [(f"question:{made.id}", "nia")])
    with pytest.raises(Conflict) as problem:
        world.do(SAM, calls.answer, made.id, "Three")
    assert problem.value.who == SAM.label
    assert world.grid(call).questions == (done,)


def test_the_same_window_asks_once(world: World) -> None:
    call = world.opened()
    made = at_once(*[lambda: world.do(NIA, calls.ask, call.id, "How long?", "V1")] * 3)
    assert made == [world.grid(call).questions[0]] * 3
    assert len(world.told("call_question")) == 1


def test_a_question_says_something_and_is_about_a_call_that_one_may_know_of(world: World) -> None:
    call, draft = world.opened(), world.draft()
    for text in (" ", "x" * 3001):
        with pytest.raises(Invalid) as problem:
            world.do(NIA, calls.ask, call.id, text, "V1")
        assert fields(problem) == {"text"}
    for by, id_ in ((NIA, draft.id), (NOBODY, call.id)):
        with pytest.raises(Forbidden):
            world.do(by, calls.ask, id_, "How long?", "V1")
    with pytest.raises(NotFound):
        world.do(SAM, calls.answer, 99, "Two years")
    made = world.do(NIA, calls.ask, call.id, "How long?", "V1")
    with pytest.raises(Invalid):
        world.do(SAM, calls.answer, made.id, " ")
