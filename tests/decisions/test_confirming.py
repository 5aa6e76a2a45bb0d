"""From positions to a decision: confirmed, amended, set aside, corrected; and what a meeting decided."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.decisions import register_views
from bot.modals import Frame
from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.core.errors import Conflict, Forbidden, Invalid, NotFound
from cadre.core.models import Change
from cadre.core.reader import Reader
from cadre.decisions import confirming, putting_times, register, wording
from cadre.decisions import service as decisions
from cadre.decisions.confirming import DecisionDetails
from cadre.decisions.facts import DecisionFacts
from cadre.decisions.models import Decision, Question, Recommendation
from cadre.decisions.register import DecisionView
from cadre.decisions.service import DecisionForm
from cadre.meetings.models import Meeting
from tests.decisions.world import BEA, ONA, SAM, SPEAKING, World
from tests.worlds import at_once, both, fields, meanwhile

ALL = dict.fromkeys(SPEAKING, "supports")


def test_what_was_agreed_becomes_a_decision_with_its_number_when_it_is_confirmed(world: World) -> None:
    question = world.closed(ALL)
    year = world.now().year
    assert world.read(register.register, ONA) == ()
    made = world.confirm(question.items[0].id, review="2030", follow_up=("Buy pots", "Acheter des pots"))
    assert (made.label, made.outcome, made.state) == (f"{year}-01", "agreed", "confirmed")
    assert made.wording == Bilingual("Buy honey", "Acheter du miel")
    (view,) = world.read(register.register, ONA)
    assert view.title == Bilingual("Honey", "Miel")
    assert (view.rule, view.facts.review and view.facts.review.text) == ("consensus", "2030")
    assert world.standing(question).question.state == "settled"
    assert [whom for _, whom in world.told("decision_confirmed")] == ["fern", "obi", "ona", "otto", "quinn", "yuki"]


def test_an_objection_that_is_sustained_makes_it_not_agreed(world: World) -> None:
    question = world.closed(ALL | {"QC": "objects"})
    made = world.confirm(question.items[0].id)
    assert made.outcome == "not_agreed"
    for reader, said in ((Reader(), "not agreed (Council"), (Reader(locale="fr_CA"), "sans accord (Council (fr)")):
        assert said in wording.paragraph(world.read(register.decision, made.id, ONA), reader), "nobody takes it for what was agreed"


def test_what_was_not_agreed_is_in_effect_from_no_day(world: World) -> None:
    made = world.confirm(world.closed(ALL | {"QC": "objects"}).items[0].id)
    assert "In effect from" not in wording.paragraph(world.read(register.decision, made.id, ONA), Reader())


def test_what_is_otherwise_than_the_positions_came_to_is_not_said_to_be_by_their_rule(world: World) -> None:
    question = world.closed({"ON": "supports"}, how={"rule": "majority"})
    made = world.confirm(question.items[0].id, outcome="agreed", amended=("As said", "Comme convenu"))
    view = world.read(register.decision, made.id, ONA)
    assert "Agreed. Otherwise than the positions came to: As said" in wording.paragraph(view, Reader())
    assert "Accord. " in wording.paragraph(view, Reader(locale="fr_CA"))


def test_a_wording_in_one_language_ends_with_one_full_stop(world: World) -> None:
    view = DecisionView(DecisionFacts("d", 1, Bilingual("Lanterns are lit at four.", None), None, None), None)
    assert wording.paragraph(view, Reader(locale="fr_CA")).endswith("Lanterns are lit at four (en anglais seulement).")
    assert wording.paragraph(view, Reader()).endswith("Lanterns are lit at four.")


def test_a_decision_says_what_it_came_of(world: World) -> None:
    made = world.confirm(world.closed(ALL).items[0].id)
    view = world.read(register.decision, made.id, ONA)
    assert "Source: the question “Honey”." in wording.paragraph(view, Reader())
    assert "Source\u00a0: la question «\u00a0Miel\u00a0»." in wording.paragraph(view, Reader(locale="fr_CA"))


def test_the_paragraph_that_can_be_copied_is_whole_however_long_it_is(world: World) -> None:
    long = ("Honey " * 490, "Miel " * 590)
    made = world.confirm(world.closed(ALL).items[0].id, follow_up=long, changed=long, paper=("The end", "La fin"))
    view = world.read(register.decision, made.id, ONA)
    blocks = register_views.decision(view, (), Reader(), Frame()).payload()["blocks"]
    told = "".join(each["text"]["text"] for each in blocks if each["type"] == "section")
    for reader in (Reader(), Reader(locale="fr_CA")):
        assert wording.paragraph(view, reader) in told


def test_only_the_secretariat_confirms_and_only_once(world: World) -> None:
    question = world.closed(ALL)
    (item,) = question.items
    with pytest.raises(Forbidden):
        world.do(ONA, confirming.confirm, item.id, DecisionDetails())
    first = world.do(SAM, confirming.confirm, item.id, DecisionDetails(), view_id="V1")
    assert world.do(SAM, confirming.confirm, item.id, DecisionDetails(), view_id="V1").id == first.id
    with pytest.raises(Conflict) as problem:
        world.confirm(item.id)
    assert problem.value.who == "Sam Okafor"


def test_nothing_is_confirmed_before_the_closing(world: World) -> None:
    question = world.opened_own()
    with pytest.raises(Invalid):
        world.confirm(question.items[0].id)


def test_it_is_amended_only_with_a_reason_in_both_languages(world: World) -> None:
    question = world.closed(ALL)
    (item,) = question.items
    for details in ({"outcome": "not_agreed"}, {"wording": ("Buy jam", "Acheter de la confiture")}):
        with pytest.raises(Invalid) as problem:
            world.confirm(item.id, **details, amended=("As said", ""))
        assert fields(problem) == {"amended_en", "amended_fr"}
    made = world.confirm(item.id, wording=("Buy jam", "Acheter de la confiture"), amended=("As said", "Comme convenu"))
    assert (made.wording.en, made.amended and made.amended.fr) == ("Buy jam", "Comme convenu")


def test_without_a_quorum_nothing_is_decided_but_with_a_reason(world: World) -> None:
    question = world.closed({"ON": "supports"})
    (item,) = question.items
    with pytest.raises(Invalid) as problem:
        world.confirm(item.id)
    assert "outcome" in fields(problem)
    world.do(SAM, confirming.set_aside, item.id, "No quorum", "Pas de quorum")
    assert world.standing(question).question.items[0].set_aside
    assert world.standing(question).question.state == "settled"
    with pytest.raises(Conflict):
        world.confirm(item.id, outcome="agreed", amended=("Yes", "Oui"))


def test_a_slide_is_confirmed_as_a_whole_and_its_recommendations_are_approved(world: World) -> None:
    question = world.opened()
    bees, wasps = (item.id for item in question.items)
    for place, actor in SPEAKING.items():
        world.takes(actor, question, place, "supports", items=(bees,))
    world.takes(ONA, question, "ON", "objects", "They sting", items=(wasps,))
    world.do(SAM, putting_times.close_now, question.id)
    (made,) = world.do(SAM, confirming.confirm_all, question.id, DecisionDetails())
    assert world.standing(question).question.state == "closed", "of the other one nothing is decided: it had no quorum"
    statuses = world.read(lambda session: dict(session.execute(select(Recommendation.id, Recommendation.status)).all()))
    assert statuses == {"r-bees": "approved", "r-wasps": "proposed", "r-rules": "approved"}
    under = world.read(lambda session: session.scalars(select(Change.subject).where(Change.decision == made.id)).all())
    assert list(under) == ["recommendation"]
    assert "bea" in [whom for _, whom in world.told("decision_confirmed")], "who co-chairs the group hears of it"


def test_decisions_confirmed_at_once_get_numbers_of_their_own(world: World) -> None:
    first, second = world.closed(ALL), world.closed(ALL)
    made = at_once(*(lambda id_=each.items[0].id: world.confirm(id_) for each in (first, second)))
    assert sorted(each.number for each in made) == [1, 2]  # type: ignore[attr-defined]  # both are decisions


def test_those_who_speak_hear_that_something_is_set_aside(world: World) -> None:
    question = world.closed({"ON": "supports"})
    world.do(SAM, confirming.set_aside, question.items[0].id, "No quorum", "Pas de quorum")
    assert sorted(whom for _, whom in world.told("item_set_aside")) == ["fern", "ona", "otto", "quinn", "yuki"]


def test_what_is_set_aside_at_the_same_moment_is_not_confirmed(world: World) -> None:
    (item,) = world.closed(ALL).items
    leaves = partial(confirming.set_aside, item_id=item.id, reason_en="Winter", reason_fr="L'hiver")
    outcome, done = meanwhile(world.database.write, lambda: world.confirm(item.id), SAM, leaves)
    assert not isinstance(done, Exception)
    assert isinstance(outcome, Conflict), outcome
    assert world.read(register.register, SAM) == ()


def test_it_is_taken_on_the_day_on_which_the_question_closed_where_the_councils_are(world: World) -> None:
    question = world.closed(ALL)
    evening = datetime(2027, 1, 1, 2, 30, tzinfo=UTC)  # on the last day of the year before, in Ottawa
    world.do(SAM, lambda session: setattr(session.get_one(Question, question.id), "closed_at", evening))
    made = world.confirm(question.items[0].id)
    assert (made.taken and made.taken.text, made.label) == ("2026-12-31", "2026-01")


def test_a_decision_supersedes_another(world: World) -> None:
    earlier = world.confirm(world.closed(ALL).items[0].id)
    later = world.confirm(world.closed(ALL).items[0].id, supersedes=earlier.id)
    assert [each.id for each in world.read(register.decision, earlier.id, ONA).superseded_by] == [later.id]
    with pytest.raises(NotFound):
        world.confirm(world.closed(ALL).items[0].id, supersedes="gone")


def test_a_correction_reaches_all_who_got_the_text(world: World) -> None:
    made = world.confirm(world.closed(ALL).items[0].id)
    shown, why = confirming.shown_of(made), ("Typo", "Coquille")
    anew = DecisionDetails(wording=("Buy some honey", "Acheter un peu de miel"))
    with pytest.raises(Forbidden):
        world.do(ONA, confirming.correct, made.id, anew, why, seen=shown)
    world.do(SAM, confirming.correct, made.id, anew, why, seen=shown, view_id="V1")
    world.do(SAM, confirming.correct, made.id, anew, why, seen=shown, view_id="V1")
    got = [whom for _, whom in world.told("decision_confirmed")]
    assert [whom for _, whom in world.told("decision_corrected")] == got
    view = world.read(register.decision, made.id, ONA)
    (correction,) = view.corrections
    assert (correction.before.en, correction.reason.fr, correction.fields) == ("Buy honey", "Coquille", "wording")
    with pytest.raises(Conflict):
        world.do(SAM, confirming.correct, made.id, DecisionDetails(wording=("Buy jam", "Acheter")), why, seen=shown)
    with pytest.raises(Invalid) as problem:
        world.do(SAM, confirming.correct, made.id, anew, why, seen=confirming.shown_of(view.facts))
    assert fields(problem) == {"wording_en"}


def test_no_decision_comes_to_supersede_itself(world: World) -> None:
    first = world.confirm(world.closed(ALL).items[0].id)
    second = world.confirm(world.closed(ALL).items[0].id, supersedes=first.id)
    third = world.confirm(world.closed(ALL).items[0].id, supersedes=second.id)
    details = DecisionDetails(wording=("Buy honey", "Acheter du miel"), supersedes=third.id)
    with pytest.raises(Invalid) as problem:
        world.do(SAM, confirming.correct, first.id, details, ("Typo", "Coquille"), seen=confirming.shown_of(first))
    assert fields(problem) == {"supersedes"}


def test_what_a_meeting_decided_is_confirmed_the_same_way(world: World) -> None:
    def met(session: Session) -> None:
        session.add(Meeting(id="m1", kind="in_person", group="council", held=PartialDate.parse("2027-03-15"), title=both("Spring")))

    world.do(SAM, met)
    form = DecisionForm("council", "m1", "Buy smoke", "", taken=PartialDate.parse("2027-03-15"))
    recorded = world.do(SAM, decisions.record_decision, form)
    assert [view.facts.id for view in world.read(register.register, SAM)] == [recorded.id]
    assert world.read(register.register, ONA) == (), "until it is confirmed"
    with pytest.raises(Invalid) as problem:
        world.do(SAM, confirming.confirm_of_meeting, recorded.id, DecisionDetails())
    assert fields(problem) == {"wording_fr"}
    details = DecisionDetails(wording=("Buy smoke", "Acheter de la fumée"))
    with pytest.raises(Forbidden):
        world.do(BEA, confirming.confirm_of_meeting, recorded.id, details)
    made = world.do(SAM, confirming.confirm_of_meeting, recorded.id, details, seen=decisions.shown(recorded))
    assert made.label == "2027-01"
    view = world.read(register.decision, made.id, ONA)
    assert "Buy smoke. Source: the meeting “Spring” of March 15, 2027." in wording.paragraph(view, Reader())
    assert "Source\u00a0: la réunion «\u00a0Spring (fr)\u00a0» du 15\u00a0mars 2027." in wording.paragraph(view, Reader(locale="fr_CA"))
    assert world.told("decision_confirmed")
    with pytest.raises(Conflict):
        world.do(SAM, confirming.confirm_of_meeting, recorded.id, details)


def test_a_consultation_ends_without_a_decision(world: World) -> None:
    question = world.opened_own(kind="consultation", wording_en="", wording_fr="")
    world.do(SAM, putting_times.close_now, question.id)
    assert world.do(SAM, confirming.conclude, question.id).state == "settled"
    assert world.read(lambda session: session.scalars(select(Decision)).all()) == []
