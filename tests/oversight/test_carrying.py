"""A decision is carried out: previewed, done once, as of its day, each Change under it; refused where another made it impossible."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.calls.models import Call
from cadre.core.errors import Conflict, Forbidden, Invalid
from cadre.core.models import Provenance
from cadre.core.reader import OPERATOR, Actor
from cadre.decisions import confirming, register
from cadre.decisions import service as decisions
from cadre.decisions.confirming import DecisionDetails, confirm_of_meeting
from cadre.decisions.facts import DecisionFacts
from cadre.decisions.models import Action, Decision, Recommendation
from cadre.decisions.service import DecisionForm, record_decision
from cadre.groups.models import Group
from cadre.oversight import carrying
from cadre.oversight.drafts import CarryForm
from cadre.people import holders
from cadre.priorities.models import Alignment, Priority
from tests.conftest import DATABASES, copied
from tests.decisions.world import BEA, ONA, SAM, SECRETARIAT, SPEAKING
from tests.oversight.carried import FORM, World
from tests.worlds import at_once, both, fields, give_role, statements


@pytest.fixture(params=DATABASES)
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    """No decision is taken yet."""
    with ExitStack() as stack, closing(World(lambda name, fill: stack.enter_context(copied(request, request.param, name, fill)))) as found:
        yield found


def test_a_group_continues_as_the_preview_said_and_the_changes_name_the_decision(world: World) -> None:
    decision = world.agreed("r-wasps")
    seen = world.preview(decision)
    assert [(each.what, each.before, each.after) for each in seen.plan.edits] == [("state", "dormant", "active")]
    assert world.group("wasps")[0] == "dormant", "nothing is done by looking"
    (done,) = world.carry(decision, CarryForm(seen=seen.plan.mark))
    assert (done.action, done.target, done.carried_by) == ("continue", "group:wasps", SAM.label)
    assert world.group("wasps")[0] == "active"
    assert world.changes(decision)["group", "wasps", "state"] == ("dormant", "active")


def test_the_second_is_told_who_did_it_and_the_same_window_twice_does_it_once(world: World) -> None:
    decision = world.agreed("r-wasps")
    first = world.carry(decision, view_id="V1")
    assert world.carry(decision, view_id="V1") == first
    for again in (lambda: world.carry(decision, view_id="V2"), lambda: world.preview(decision)):
        with pytest.raises(Conflict) as told:
            again()
        assert told.value.who == "Sam Okafor"


def test_of_two_at_once_one_does_it(world: World) -> None:
    decision = world.agreed("r-wasps")
    came = at_once(lambda: world.carry(decision, view_id="V1"), lambda: world.carry(decision, view_id="V2"))
    assert sorted(type(each).__name__ for each in came) == ["CarriedOut", "tuple"]


def test_only_the_secretariat_and_only_what_is_confirmed_agreed_and_in_effect(world: World) -> None:
    decision = world.agreed("r-wasps")
    with pytest.raises(Forbidden):
        world.do(ONA, carrying.carry_out, decision.id, CarryForm())
    with pytest.raises(Forbidden):
        world.read(carrying.preview, decision.id, CarryForm(), ONA)
    later = world.decided("Later", effective=(world.today() + timedelta(days=40)).isoformat())
    with pytest.raises(Invalid) as early:
        world.preview(later, CarryForm("continue", groups=("wasps",)))
    assert fields(early) == {"state"}
    declined = world.closed(dict.fromkeys(SPEAKING, "objects"))
    refused = world.confirm(declined.items[0].id)
    with pytest.raises(Invalid):
        world.preview(refused, CarryForm("continue", groups=("wasps",)))


def test_a_group_is_leveraged_for_the_priorities_that_it_could_support(world: World) -> None:
    decision = world.agreed("r-leverage")
    world.carry(decision, CarryForm(priorities=("light", "sound")))
    ties = world.read(lambda session: {row.priority: row.strength for row in session.scalars(select(Alignment))})
    assert ties == {"light": "supports", "sound": "supports"}
    assert world.changes(decision)["alignment", "ants.light", "strength"] == ("could_support", "supports")


def test_a_group_that_is_of_another_kind_has_its_mandate_to_renew(world: World) -> None:
    decision = world.agreed("r-transition_cop")
    assert world.preview(decision).kind is not None
    world.carry(decision)
    assert world.group("ants") == ("active", "community_of_practice", None)
    (todo,) = world.read(lambda session: [(row.group, row.wording.en, row.wording.fr) for row in session.scalars(select(Action))])
    assert todo[0] == "ants"
    assert str(todo[1]) == f"Renew the mandate of Ants (now: community of practice; decision {decision.label})"
    assert str(todo[2]).startswith("Renouveler le mandat")


def test_whoever_carries_a_decision_out_gives_the_co_chairs_their_action(world: World) -> None:
    decision = world.agreed("r-transition_cop")
    world.do(OPERATOR, give_role, "bea", "co_chair", group="ants")
    world.do(Actor("Alix Roy (U0ALIX)", None, SECRETARIAT), carrying.carry_out, decision.id, FORM)
    assert [(whom, said["by"]) for kind, _, whom, said in world.announced() if kind == "action_given"] == [("bea", "Alix Roy")]


def test_of_two_the_secretariat_says_which_was_agreed(world: World) -> None:
    decision = world.agreed("r-procurement_conditional")
    assert world.read(carrying.options, decision.id, SAM).choices == ("support", "transition")
    with pytest.raises(Invalid) as asked:
        world.preview(decision)
    assert fields(asked) == {"choice"}
    world.carry(decision, CarryForm("support"))
    assert world.group("ants")[1:] == ("working_group", None), "the other of the two is proposed no more"
    assert world.read(lambda session: session.get_one(Alignment, "ants.light").strength) == "supports"


def test_of_two_only_the_one_that_was_agreed_is_done(world: World) -> None:
    decision = world.agreed("r-procurement_conditional")
    world.carry(decision, CarryForm("support"))
    for again in (lambda: world.carry(decision, CarryForm("transition")), lambda: world.read(carrying.options, decision.id, SAM)):
        with pytest.raises(Conflict):
            again()
    assert world.group("ants")[1] == "working_group"


def test_of_two_decisions_about_one_group_at_once_the_second_sees_what_the_first_did(world: World) -> None:
    transition, over = world.agreed("r-transition_cop"), world.decided("Dissolve the ants")
    came = at_once(lambda: world.carry(transition), lambda: world.carry(over, CarryForm("sunset", groups=("ants",))))
    assert {type(each).__name__ for each in came} <= {"tuple", "Invalid"}
    assert isinstance(came[1], tuple), "a group of any kind can be dissolved"
    assert world.group("ants")[0] == "sunset"


def test_priorities_become_working_groups_co_chaired_by_their_leads_and_a_call_is_drafted(world: World) -> None:
    decision = world.agreed("r-priorities")
    seen = world.preview(decision, CarryForm(priorities=("light", "sound")))
    assert [(each.key, each.ticked) for each in seen.plan.offers] == [("lead:light:fern", True), ("lead:light:uma", False)]
    world.carry(decision, CarryForm(priorities=("light", "sound")))
    assert world.group("light-wg")[:2] == ("active", "working_group")
    new = world.read(lambda session: str(session.get_one(Priority, "sound").group))
    assert world.group(new)[:2] == ("active", "working_group")
    held = world.read(holders.of_groups, ["light-wg"])
    assert [(each.person.id, each.role) for each in held] == [("fern", "co_chair")]
    calls = world.read(lambda session: [(row.group, row.state) for row in session.scalars(select(Call).order_by(Call.id))])
    assert calls == [("light-wg", "draft"), (new, "draft")]


def test_current_leads_are_ticked_where_none_of_them_is_confirmed_and_the_preview_says_so(world: World) -> None:
    world.do(OPERATOR, give_role, "quinn", "lead", priority="sound", confirmed=False)
    decision = world.agreed("r-priorities")
    (offer,) = world.preview(decision, CarryForm(priorities=("sound",))).plan.offers
    assert (offer.ticked, offer.sure) == (True, False)
    world.carry(decision, CarryForm(priorities=("sound",)))
    new = world.read(lambda session: str(session.get_one(Priority, "sound").group))
    assert [each.person.id for each in world.read(holders.of_groups, [new])] == ["quinn"]


def test_a_recommendation_about_a_gap_leaves_open_what_is_done_and_names_its_priority(world: World) -> None:
    gap = Recommendation(id="r-gap", topic="gaps", status="proposed", priority="sound", wording=both("Mind the sound"))
    world.do(OPERATOR, lambda session: session.add(gap))
    decision = world.agreed("r-gap")
    assert world.read(carrying.options, decision.id, SAM).free
    assert [step.target for step in world.preview(decision, CarryForm("working_group")).plan.steps] == ["priority:sound"]


def test_a_decision_of_a_meeting_takes_a_recommendation_over_or_says_freely_what_it_does(world: World) -> None:
    decision = world.decided()
    assert "undo" not in world.read(carrying.options, decision.id, SAM).choices
    world.carry(decision, CarryForm(recommendation="r-wasps"))
    assert world.read(lambda session: session.get_one(Recommendation, "r-wasps").status) == "approved"
    world.carry(decision, CarryForm("transition", groups=("ants", "bees"), kind="community_of_practice"))
    statuses = world.read(lambda session: {row.id: row.status for row in session.scalars(select(Recommendation))})
    assert statuses["r-transition_cop"] == "approved", "it asked for just this"
    assert statuses["r-leverage"] == "proposed"
    assert world.group("bees")[1] == "community_of_practice"
    with pytest.raises(Invalid) as asked:
        world.preview(decision, CarryForm("transition", groups=("wasps",)))
    assert fields(asked) == {"kind"}


def test_what_changed_since_the_preview_is_looked_at_again(world: World) -> None:
    decision = world.agreed("r-wasps")
    seen = world.preview(decision).plan.mark
    world.do(OPERATOR, lambda session: setattr(session.get_one(Group, "wasps"), "state", "active"))
    with pytest.raises(carrying.Changed) as told:
        world.carry(decision, CarryForm(seen=seen))
    assert [each.what for each in told.value.preview.plan.edits] == [], "it is shown at once what would be done now"


def test_a_transition_that_another_decision_made_impossible_is_refused_and_named(world: World) -> None:
    transition = world.agreed("r-transition_cop")
    first = world.decided("Dissolve the ants")
    world.carry(first, CarryForm("sunset", groups=("ants",)))
    for refused in (lambda: world.preview(transition), lambda: world.carry(transition)):
        with pytest.raises(Invalid) as told:
            refused()
        assert told.value.fields["state"].values["decision"].en == first.label  # type: ignore[union-attr]  # a name in both languages
    assert world.group("ants")[1] == "working_group"


def test_what_a_decision_changed_is_as_before_once_another_supersedes_it_but_for_what_changed_since(world: World) -> None:
    first = world.agreed("r-transition_cop")
    world.carry(first)
    world.do(OPERATOR, lambda session: setattr(session.get_one(Group, "ants"), "state", "dormant"))
    second = world.decided("As before", supersedes=first.id)
    assert world.read(carrying.options, second.id, SAM).choices[0] == "undo"
    world.carry(second, CarryForm("undo"))
    assert world.group("ants") == ("dormant", "working_group", "community_of_practice")
    with pytest.raises(Invalid):
        world.preview(first)
    with pytest.raises(Conflict):
        world.carry(second, CarryForm("undo"))


def ties(world: World) -> dict[str, str]:
    """Which priorities the ants serve, and how much."""
    return world.read(lambda session: {row.priority: row.strength for row in session.scalars(select(Alignment))})


def status(world: World, id_: str) -> str:
    return world.read(lambda session: session.get_one(Recommendation, id_).status)


def test_what_a_decision_added_is_taken_out_and_what_it_approved_is_proposed_again(world: World) -> None:
    first = world.agreed("r-leverage")
    world.carry(first, CarryForm(priorities=("light", "sound")))
    second = world.decided("As before", supersedes=first.id)
    whats = [(each.what, each.before, each.after) for each in world.preview(second, CarryForm("undo")).plan.edits]
    assert ("unaligned", "supports", "") in whats
    assert ("proposes", "approved", "proposed") in whats
    world.carry(second, CarryForm("undo"))
    assert ties(world) == {"light": "could_support"}
    assert status(world, "r-leverage") == "proposed"
    facts = select(Provenance.subject_id).where(Provenance.subject == "alignment", Provenance.subject_id == "ants.sound")
    assert world.read(lambda session: session.scalars(facts).all()) == []


def test_what_somebody_changed_since_stays(world: World) -> None:
    first = world.agreed("r-leverage")
    world.carry(first, CarryForm(priorities=("light", "sound")))
    world.do(OPERATOR, lambda session: setattr(session.get_one(Alignment, "ants.sound"), "rationale", both("They hum")))
    world.carry(world.decided("As before", supersedes=first.id), CarryForm("undo"))
    assert ties(world) == {"light": "could_support", "sound": "supports"}


def test_nobody_renews_the_mandate_of_a_group_that_is_of_its_earlier_kind_again(world: World) -> None:
    first = world.agreed("r-transition_cop")
    world.carry(first)
    world.carry(world.decided("As before", supersedes=first.id), CarryForm("undo"))
    assert world.read(lambda session: session.scalars(select(Action.state)).all()) == ["dropped"]
    assert status(world, "r-transition_cop") == "proposed"


def test_a_working_group_that_a_decision_made_is_dissolved_and_not_undone(world: World) -> None:
    first = world.decided("Light")
    world.carry(first, CarryForm("working_group", priorities=("light",)))
    second = world.decided("As before", supersedes=first.id)
    with pytest.raises(Invalid) as told:
        world.preview(second, CarryForm("undo"))
    assert "choose “Groups are dissolved”" in told.value.fields["choice"].msgid
    world.carry(second, CarryForm("sunset", groups=("light-wg",)))
    assert world.group("light-wg")[0] == "sunset"


def test_what_became_of_a_working_group_goes_its_own_way(world: World) -> None:
    first = world.decided("Light and wasps")
    world.carry(first, CarryForm("working_group", priorities=("light",)))
    world.carry(first, CarryForm("continue", groups=("wasps",)))
    world.carry(world.decided("As before", supersedes=first.id), CarryForm("undo"))
    assert world.group("wasps")[0] == "dormant"
    assert world.group("light-wg")[:2] == ("active", "working_group")
    assert world.read(lambda session: session.scalars(select(Alignment.group).where(Alignment.priority == "light")).all())


def against(world: World, earlier: DecisionFacts) -> DecisionFacts:
    """A decision that would supersede another, and was not agreed."""
    declined = world.closed(dict.fromkeys(SPEAKING, "objects"))
    made = world.do(SAM, confirming.confirm, declined.items[0].id, DecisionDetails())

    def supersedes(session: Session) -> None:  # as older versions let it be recorded
        session.get_one(Decision, made.id).supersedes = earlier.id

    world.do(OPERATOR, supersedes)
    return made


def test_what_was_not_agreed_supersedes_nothing(world: World) -> None:
    earlier = world.agreed("r-wasps")
    against(world, earlier)
    assert world.read(register.decision, earlier.id, SAM).superseded_by == ()
    later = world.decided("Otherwise", supersedes=earlier.id)
    against(world, earlier)
    with pytest.raises(Invalid) as told:
        world.preview(earlier)
    assert told.value.fields["state"].values["number"].en == later.label  # type: ignore[union-attr]  # a name in both languages
    assert [each.id for each in world.read(register.decision, earlier.id, SAM).superseded_by] == [later.id]
    declined = world.closed(dict.fromkeys(SPEAKING, "objects"))
    with pytest.raises(Invalid) as refused:
        world.confirm(declined.items[0].id, supersedes=later.id)
    assert fields(refused) == {"supersedes"}


def test_a_decision_that_supersedes_another_does_what_its_own_recommendation_says_besides_undoing(world: World) -> None:
    first = world.decided("Let the wasps go on")
    world.carry(first, CarryForm("continue", groups=("wasps",)))
    second = world.agreed("r-transition_cop", supersedes=first.id)
    assert world.read(carrying.options, second.id, SAM).choices == ("undo", "transition")
    world.carry(second, CarryForm("undo"))
    assert world.group("wasps")[0] == "dormant"
    assert world.read(lambda session: session.get_one(Recommendation, "r-transition_cop").status) == "approved", "by the question"
    assert world.read(carrying.options, second.id, SAM).choices == ("transition",)
    world.carry(second)
    assert world.group("ants")[1] == "community_of_practice"
    with pytest.raises(Conflict):
        world.read(carrying.options, second.id, SAM)


def test_a_decision_of_a_meeting_without_a_day_counts_from_the_day_on_which_it_was_confirmed(world: World) -> None:
    recorded = world.do(SAM, record_decision, DecisionForm("council", "january", "Go on", "Continuer"))
    decision = world.do(SAM, confirm_of_meeting, recorded.id, DecisionDetails())
    assert world.preview(decision, CarryForm("continue", groups=("wasps",))).plan.day.first == world.today()


def test_nothing_happens_where_one_of_several_cannot_be(world: World) -> None:
    world.carry(world.decided("Dissolve the ants"), CarryForm("sunset", groups=("ants",)))
    with pytest.raises(Invalid):
        world.carry(world.decided("Go on"), CarryForm("continue", groups=("wasps", "ants")))
    assert world.group("wasps")[0] == "dormant"


def test_a_council_is_no_group_of_its_own(world: World) -> None:
    with pytest.raises(Invalid) as told:
        world.carry(world.decided(), CarryForm("sunset", groups=("council",)))
    assert fields(told) == {"groups"}
    assert {each.id for each in world.read(carrying.groups, "")} == {"ants", "bees", "light-wg", "wasps"}


def test_texts_that_are_too_long_are_refused(world: World) -> None:
    decision = world.decided()
    form = CarryForm("sunset", groups=("ants",), note=("x" * 3001, ""))
    with pytest.raises(Invalid) as told:
        world.carry(decision, form)
    assert fields(told) == {"note_en"}
    assert world.carry(decision, replace(form, note=("Thanks", "Merci")))


def test_next_steps_of_many_groups_take_no_more_statements_than_of_one(world: World) -> None:
    def taken() -> int:
        return statements(world.database.engine, lambda: world.read(decisions.open_actions, seen_by=BEA))

    world.acts("bees", "quinn")
    before = taken()
    for group in ("ants", "wasps", "council"):
        world.acts(group, "quinn")
    assert taken() == before
    found = world.read(decisions.open_actions, seen_by=BEA)
    assert [each.facts.group for each in found if each.chairs] == ["bees"]
