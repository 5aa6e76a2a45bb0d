"""Attendance, decisions and actions of a meeting; its minutes, from the draft to their approval; what is carried over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from threading import Event
from time import sleep
from typing import Any, Final

import pytest
from sqlalchemy.orm import Session

from cadre.core import clock
from cadre.core.dates import PartialDate
from cadre.core.errors import Conflict, Forbidden, Invalid
from cadre.core.reader import Actor
from cadre.decisions import service as decisions
from cadre.decisions.models import Decision
from cadre.decisions.notices import ACTIONS
from cadre.decisions.service import ActionView
from cadre.meetings import agenda, minutes, outcomes
from cadre.meetings import service as meetings
from cadre.meetings.item_forms import ItemForm
from cadre.meetings.minutes import Meanwhile
from cadre.meetings.preparing import MINUTES_OWED
from cadre.meetings.views import MeetingView
from tests.meetings.world import EVERYBODY, NIA, ONA, SAM, VERA, WIN, YUKI, World
from tests.worlds import at_once, fields

LONG_ENOUGH: Final = 0.3
"""Seconds in which whoever does not wait for another transaction would be done."""


def held(world: World) -> MeetingView:
    """A meeting that took place yesterday."""
    made = world.scheduled()
    world.do(ONA, agenda.save_item, ItemForm(made.id, "decision", "Honey", "Miel"))
    world.later(days=11)
    return made


def given(world: World, meeting: str, by: Actor = ONA, **typed: Any) -> ActionView:
    known: dict[str, Any] = {"owner": "win", "due": world.today() + timedelta(days=20)} | typed
    return world.do(by, outcomes.agree, meeting, "Buy smoke", "Acheter de la fumée", **known)


def refused(*acts: Callable[[], object], with_: type[Exception]) -> None:
    for act in acts:
        with pytest.raises(with_):
            act()


def written(world: World, meeting: str, english: str = "We met.", french: str = "Nous nous sommes réunis.", version: int = 0) -> None:
    world.do(ONA, minutes.save, meeting, english, french, version=version)


def test_a_decision_is_provisional_and_has_no_number(world: World) -> None:
    made = held(world)
    (item,) = world.read(agenda.agenda, made.id, ONA).items
    one = world.do(ONA, outcomes.decide, made.id, "Buy bees", "", item=item.id, view_id="V1")
    assert (one.state, one.number, one.meeting, one.item, one.wording.owed()) == ("provisional", None, made.id, item.id, ("fr",))
    assert world.do(ONA, outcomes.decide, made.id, "Buy bees", "", view_id="V1").id == one.id, "a window sent twice makes one"
    again = world.do(SAM, outcomes.decide, made.id, "", "Acheter des abeilles", known=one.id)
    assert (again.wording.en, again.wording.fr) == ("Buy bees", "Acheter des abeilles")
    assert len(world.read(decisions.decisions_of, made.id)) == 1
    said = ["Buy bees", *(world.do(ONA, outcomes.decide, made.id, f"Hive {n}", "", item=item.id).wording.en for n in range(9))]
    assert [each.wording.en for each in world.read(decisions.decisions_of, made.id)] == said, "in the order in which they were recorded"
    with pytest.raises(Invalid):
        world.do(ONA, agenda.remove_item, item.id)


def test_only_those_who_arrange_it_record_what_came_of_it_and_not_before_it_has_begun(world: World) -> None:
    early = world.scheduled()
    refused(lambda: world.do(ONA, outcomes.decide, early.id, "x", "x"), lambda: given(world, early.id), with_=Invalid)
    made = held(world)
    refused(
        lambda: world.do(VERA, outcomes.decide, made.id, "x", "x"),
        lambda: given(world, made.id, VERA),
        lambda: world.do(VERA, minutes.save, made.id, "x", "x", version=0),
        with_=Forbidden,
    )


def test_an_action_needs_what_who_and_by_when(world: World) -> None:
    made = held(world)
    with pytest.raises(Invalid) as wrong:
        world.do(ONA, outcomes.agree, made.id, "", "", owner=None, due=world.today() - timedelta(days=1))
    assert fields(wrong) == {"wording", "owner", "due"}


def test_whoever_is_to_do_something_is_told_and_does_it_once(world: World) -> None:
    made = held(world)
    one = given(world, made.id)
    assert world.told("action_given") == ["win"]
    assert world.read(ACTIONS.some, [one.subject])[one.subject].people == {"owner": ("win",), "chair": ("ona",)}
    refused(lambda: world.do(VERA, decisions.settle_action, one.id, "done"), with_=Forbidden)
    refused(lambda: world.do(WIN, decisions.settle_action, one.id, "dropped"), with_=Forbidden)
    assert world.do(WIN, decisions.settle_action, one.id, "done").facts.state == "done"
    with pytest.raises(Conflict) as second:
        world.do(ONA, decisions.settle_action, one.id, "dropped")
    assert second.value.who == "Win"
    assert world.read(ACTIONS.some, [one.subject])[one.subject].settled == "done"


def test_more_time_is_given_to_a_later_day_and_the_chair_hears_of_it(world: World) -> None:
    one = given(world, held(world).id)
    refused(lambda: world.do(WIN, decisions.put_off_action, one.id, one.due), with_=Invalid)
    refused(lambda: world.do(YUKI, decisions.put_off_action, one.id, world.today() + timedelta(days=40)), with_=Forbidden)
    assert world.do(WIN, decisions.put_off_action, one.id, world.today() + timedelta(days=40)).due == world.today() + timedelta(days=40)
    assert world.told("action_put_off") == ["ona"]


def test_two_who_settle_at_once_settle_once(world: World) -> None:
    one = given(world, held(world).id)
    results = at_once(*(lambda by=by: world.do(by, decisions.settle_action, one.id, "done") for by in (WIN, ONA)))
    assert sorted(isinstance(each, Conflict) for each in results) == [False, True]


def test_open_actions_are_found_by_group_jurisdiction_and_person_and_carried_over(world: World) -> None:
    made = held(world)
    first = given(world, made.id)
    second = given(world, made.id, owner="vera", due=world.today() + timedelta(days=2))
    assert [each.id for each in world.read(decisions.open_actions, group="bees")] == [second.id, first.id], "the most urgent first"
    assert [each.id for each in world.read(decisions.open_actions, jurisdiction="MB")] == [first.id]
    assert [each.id for each in world.read(decisions.open_actions, person="vera")] == [second.id]
    following = world.scheduled()
    assert len(world.read(agenda.agenda, following.id, ONA).carried) == 2
    world.do(WIN, decisions.settle_action, first.id, "done")
    assert [each.id for each in world.read(agenda.agenda, following.id, ONA).carried] == [second.id]
    assert world.read(agenda.agenda, made.id, ONA).carried == (), "its own are not carried over to itself"


def test_minutes_are_proposed_from_what_is_known(world: World) -> None:
    made = held(world)
    world.do(ONA, meetings.attended, made.id, frozenset({"ona", "win"}))
    (item,) = world.read(agenda.agenda, made.id, ONA).items
    world.do(ONA, outcomes.decide, made.id, "Buy bees", "Acheter des abeilles", item=item.id)
    given(world, made.id)
    text = world.read(minutes.minutes, made.id, ONA).text
    assert text.en
    assert text.fr
    for said in ("Hives", "Present: Ona and Win", "1. Honey (for decision)", "Decision (provisional): Buy bees", "Buy smoke (Win, by "):
        assert said in text.en
    assert "1. Miel" in text.fr
    assert "Acheter de la fumée (Win" in text.fr


def test_of_two_who_write_at_once_the_second_sees_what_the_first_wrote(world: World) -> None:
    made = held(world)
    written(world, made.id)
    with pytest.raises(Meanwhile) as second:
        world.do(SAM, minutes.save, made.id, "They met.", "", version=0)
    assert second.value.facts.text
    assert second.value.facts.text.en == "We met."
    world.do(SAM, minutes.save, made.id, "They met.", "Ils se sont réunis.", version=second.value.facts.version)
    found = world.read(minutes.minutes, made.id, ONA).facts
    assert found
    assert (found.version, found.changed_by) == (2, SAM.label)


def test_minutes_go_to_all_who_are_invited_once_and_anew_with_what_changed(world: World) -> None:
    made = held(world)
    refused(lambda: world.read(minutes.minutes, made.id, WIN), with_=Invalid)
    written(world, made.id, french="")
    with pytest.raises(Invalid) as owed:
        world.do(ONA, minutes.circulate, made.id)
    assert fields(owed) == {"text_fr"}
    written(world, made.id, version=1)
    for _ in range(2):
        assert world.do(ONA, minutes.circulate, made.id).state == "circulated"
    others = sorted(set(EVERYBODY) - {"ona"})
    assert world.told("minutes_circulated") == others
    assert world.read(MINUTES_OWED.some, [f"minutes:{made.id}"])[f"minutes:{made.id}"].settled == "circulated"
    written(world, made.id, "We met twice.", "Nous nous sommes réunis deux fois.", version=2)
    assert world.read(minutes.minutes, made.id, WIN).text.en == "We met.", "others see what was circulated"
    world.do(ONA, minutes.circulate, made.id)
    assert world.told("minutes_again") == others
    changed = next(detail["changed"] for kind, _, _, detail in world.announced() if kind == "minutes_again")
    assert changed["en"] == ["− We met.", "+ We met twice."], "what was stands before what is"
    assert changed["fr"][1] == "+ Nous nous sommes réunis deux fois."


def test_whoever_is_invited_sends_a_correction_to_the_chair_once(world: World) -> None:
    made = held(world)
    written(world, made.id)
    world.do(ONA, minutes.circulate, made.id)
    for _ in range(2):
        world.do(WIN, minutes.correct, made.id, "It was Tuesday.")
    assert world.told("minutes_correction") == ["ona"]
    refused(lambda: world.do(NIA, minutes.correct, made.id, "It was Friday."), with_=Forbidden)
    refused(lambda: world.do(WIN, minutes.correct, made.id, "  "), with_=Invalid)


def test_minutes_are_approved_at_a_later_meeting_of_the_group_that_has_begun(world: World) -> None:
    made = held(world)
    written(world, made.id)
    following = world.scheduled()
    world.do(ONA, minutes.circulate, made.id)
    refused(
        lambda: world.do(ONA, minutes.approve, made.id, following.id),
        lambda: world.do(ONA, minutes.approve, made.id, made.id),
        with_=Invalid,
    )
    world.later(days=22)
    refused(lambda: world.do(WIN, minutes.approve, made.id, following.id), with_=Forbidden)
    assert world.read(minutes.minutes, made.id, ONA).draft
    done = world.do(ONA, minutes.approve, made.id, following.id)
    assert (done.state, done.approved_at) == ("approved", following.id)
    assert not world.read(minutes.minutes, made.id, WIN).draft
    refused(
        lambda: written(world, made.id, "Other.", version=1),
        lambda: world.do(WIN, minutes.correct, made.id, "Late."),
        lambda: world.do(ONA, minutes.approve, made.id, following.id),
        with_=Conflict,
    )
    assert world.seen(made.id).minutes_state == "approved"


def test_what_was_changed_since_it_was_circulated_cannot_be_approved(world: World) -> None:
    made = held(world)
    written(world, made.id)
    following = world.scheduled()
    world.do(ONA, minutes.circulate, made.id)
    written(world, made.id, "We met twice.", "Nous nous sommes réunis deux fois.", version=1)
    world.later(days=22)
    refused(lambda: world.do(ONA, minutes.approve, made.id, following.id), with_=Invalid)


def test_only_the_corrections_that_were_shown_are_taken_up(world: World) -> None:
    made = held(world)
    written(world, made.id)
    world.do(ONA, minutes.circulate, made.id)
    world.do(WIN, minutes.correct, made.id, "It was Tuesday.")
    seen = world.read(minutes.minutes, made.id, ONA).corrections
    world.do(VERA, minutes.correct, made.id, "I was there too.")
    written(world, made.id, "We met on Tuesday.", "Nous nous sommes réunis mardi.", version=1)
    world.do(ONA, minutes.circulate, made.id, heard=seen[-1].id)
    assert [each.text for each in world.read(minutes.minutes, made.id, ONA).corrections] == ["I was there too."]


def test_of_two_who_word_a_decision_anew_the_second_hears_of_the_first(world: World) -> None:
    made = held(world)
    one = world.do(ONA, outcomes.decide, made.id, "Buy bees", "Acheter des abeilles")
    shown = decisions.shown(one)
    world.do(SAM, outcomes.decide, made.id, "Buy ten bees", "Acheter dix abeilles", known=one.id, shown=shown)
    with pytest.raises(Conflict) as second:
        world.do(ONA, outcomes.decide, made.id, "Buy bees now", "Acheter des abeilles", known=one.id, shown=shown)
    assert (second.value.who, second.value.what is not None) == ("Sam Okafor", True)
    (now,) = world.read(decisions.decisions_of, made.id)
    assert now.wording.en == "Buy ten bees"


def test_who_words_a_decision_anew_while_another_does_so_waits_for_the_other_and_nothing_is_lost(world: World) -> None:
    made = held(world)
    one = world.do(ONA, outcomes.decide, made.id, "Buy bees", "Acheter des abeilles")
    known: dict[str, Any] = {"known": one.id, "shown": decisions.shown(one)}
    begun = Event()

    def slowly(session: Session) -> None:
        outcomes.decide(session, made.id, "Buy ten bees", "Acheter dix abeilles", **known)
        begun.set()
        sleep(LONG_ENOUGH)

    def meanwhile() -> object:
        begun.wait()
        return world.do(ONA, outcomes.decide, made.id, "Buy bees now", "Acheter des abeilles", **known)

    first, second = at_once(lambda: world.do(SAM, slowly), meanwhile)
    assert first is None
    assert isinstance(second, Conflict)
    (now,) = world.read(decisions.decisions_of, made.id)
    assert (now.wording.en, now.wording.fr) == ("Buy ten bees", "Acheter dix abeilles")


def test_whoever_words_a_decision_that_was_confirmed_hears_by_whom_and_when(world: World) -> None:
    made = held(world)
    one = world.do(ONA, outcomes.decide, made.id, "Buy bees", "Acheter des abeilles")
    world.do(SAM, lambda session: setattr(session.get_one(Decision, one.id), "state", "confirmed"))
    confirmed = world.read(clock.now)
    world.later(days=12)
    with pytest.raises(Conflict) as late:
        world.do(ONA, outcomes.decide, made.id, "Buy wax", "Acheter de la cire", known=one.id)
    assert (late.value.who, late.value.when - confirmed < timedelta(minutes=1)) == ("Sam Okafor", True)


def test_minutes_of_a_meeting_that_is_known_to_the_month_are_approved_too(world: World) -> None:
    month = PartialDate.parse((world.today() + timedelta(days=40)).isoformat()[:7])
    made = world.scheduled(kind="in_person", day=None, at=None, month=month)
    world.later(days=90)
    written(world, made.id)
    world.do(ONA, minutes.circulate, made.id)
    following = world.scheduled()
    assert [each.id for each in world.read(agenda.agenda, following.id, ONA).proposed] == [made.id]
    world.later(days=110)
    assert world.do(ONA, minutes.approve, made.id, following.id).state == "approved"
