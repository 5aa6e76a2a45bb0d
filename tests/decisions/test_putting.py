"""A question is drafted, opened and closed: what is fixed at the opening, and what becomes of those who speak."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.decisions import views
from bot.modals import Frame
from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.core.errors import Conflict, Forbidden, Invalid, NotFound
from cadre.core.marks import marks
from cadre.core.reader import OPERATOR, Reader
from cadre.decisions import papers, putting, putting_times, questions, rules
from cadre.decisions.models import Category
from cadre.decisions.putting import HowForm, StartForm, TextForm
from cadre.decisions.question_facts import QuestionFacts
from cadre.people.models import Role
from tests.decisions.world import BEA, FERN, OBI, ONA, OTTO, QUINN, SAM, UMA, YUKI, World
from tests.worlds import fields, give_role


def test_a_slide_is_a_question_with_an_item_for_each_group_and_the_seats_of_the_council(world: World) -> None:
    draft = world.draft()
    assert draft.state == "draft"
    assert draft.title == Bilingual("Continue", "Continue (fr)")
    asked = [(item.recommendation, item.wording.en) for item in draft.items]
    assert asked == [
        ("r-bees", "Bees: continue"),
        ("r-wasps", "Wasps: continue"),
    ]
    assert draft.items[0].wording.fr == "Bees (fr)\u00a0: continue (fr)"
    speaking = {seat.place.id: [person.id for person in seat.speaking] for seat in draft.seats}
    assert speaking == {"CA": ["fern"], "ON": ["ona", "otto"], "QC": ["quinn"], "YT": ["yuki"]}, "a department sits for its government"


def test_what_is_put_keeps_its_capitals_and_leaves_out_notes_on_the_deck(world: World) -> None:
    label = Bilingual("Support the IT procurement priority", "Dissolution officielle («\u00a0temporisation\u00a0» dans la présentation)")
    world.do(SAM, lambda session: setattr(session.get_one(Category, "continue"), "label", label))
    draft = world.draft()
    assert draft.title == Bilingual("Support the IT procurement priority", "Dissolution officielle")
    assert draft.items[0].wording == Bilingual("Bees: support the IT procurement priority", "Bees (fr)\u00a0: dissolution officielle")


def test_the_same_window_twice_makes_one_question(world: World) -> None:
    form = StartForm("council", category="continue", view_id="V1")
    assert world.do(SAM, putting.begin, form).id == world.do(SAM, putting.begin, form).id


def test_what_is_not_proposed_any_more_is_not_put(world: World) -> None:
    (slide,) = world.read(questions.slides)
    assert (slide[0], slide[2]) == ("continue", 2)
    assert [id_ for id_, _ in world.read(questions.recommendations)] == ["r-bees", "r-wasps"]
    with pytest.raises(NotFound):
        world.do(SAM, putting.begin, StartForm("council", recommendations=("r-gone",), title_en="Gone"))
    with pytest.raises(Invalid) as problem:
        world.do(SAM, putting.begin, StartForm("bees", category="continue"))
    assert fields(problem) == {"council"}


def test_only_the_secretariat_puts_questions(world: World) -> None:
    draft = world.draft()
    for fn in (putting_times.schedule, putting_times.open_now, putting_times.close_now, putting.remove_draft):
        with pytest.raises(Forbidden):
            world.do(ONA, fn, draft.id)
    with pytest.raises(Forbidden):
        world.do(ONA, putting.begin, StartForm("council", category="continue"))
    with pytest.raises(NotFound):
        world.standing(draft, ONA)


def test_it_opens_only_in_both_languages(world: World) -> None:
    draft = world.own(title_fr="", wording_fr="")
    with pytest.raises(Invalid) as problem:
        world.do(SAM, putting_times.open_now, draft.id)
    assert fields(problem) == {"title_fr", "items_fr"}
    world.do(SAM, putting.save_texts, draft.id, TextForm("Honey", "Miel", "", ""))
    world.do(SAM, putting.save_item, draft.id, draft.items[0].id, "Buy honey", "Acheter du miel")
    assert world.do(SAM, putting_times.open_now, draft.id).state == "open"


def test_what_is_missing_names_the_closing_too_and_it_is_not_offered_to_open_before_all_is_there(world: World) -> None:
    draft = world.draft(how={"closes_at": None})
    assert set(rules.owed(draft)) == {"closes_at"}
    assert "Open now" not in offered(world, draft)
    complete = world.draft()
    assert "Open now" in offered(world, complete)
    world.do(SAM, lambda session: setattr(session.get_one(Role, "council.yuki.member"), "until", PartialDate.parse("2020")))
    assert "Open now" not in offered(world, complete)


def offered(world: World, question: QuestionFacts) -> list[str]:
    """What the secretariat can do with it."""
    blocks = views.question(world.standing(question), Reader(), Frame(str(question.id))).blocks
    return [each["text"]["text"] for block in blocks if block["type"] == "actions" for each in block["elements"]]


def test_it_opens_and_closes_by_the_clock_once(world: World) -> None:
    draft = world.draft()
    world.do(SAM, putting_times.schedule, draft.id)
    assert world.read(putting_times.due) == ()
    assert world.read(putting_times.next_due) == draft.opens_at
    world.later(hours=2)
    assert world.read(putting_times.due) == (draft.id,)
    assert world.do(OPERATOR, putting_times.advance, draft.id)
    assert not world.do(OPERATOR, putting_times.advance, draft.id)
    assert [person for _, person in world.told("question_opened")] == ["fern", "ona", "otto", "quinn", "yuki"]
    world.later(days=21)
    assert world.do(OPERATOR, putting_times.advance, draft.id)
    assert world.standing(draft).question.state == "closed"
    assert [person for _, person in world.told("question_closed")] == ["sam"]
    assert world.read(putting_times.next_due) is None


def test_one_that_lacks_a_speaker_by_then_is_a_draft_again_and_the_secretariat_is_told(world: World) -> None:
    draft = world.draft()
    world.do(SAM, putting_times.schedule, draft.id)
    world.do(SAM, lambda session: setattr(session.get_one(Role, "council.yuki.member"), "until", PartialDate.parse("2020")))
    world.later(hours=2)
    world.do(OPERATOR, putting_times.advance, draft.id)
    assert world.standing(draft).question.state == "draft"
    assert world.told("question_not_opened") == [(draft.subject, "sam")]
    with pytest.raises(Invalid) as problem:
        world.do(SAM, putting_times.schedule, draft.id)
    assert fields(problem) == {"speakers"}


def test_who_speaks_is_read_off_the_roles_at_the_opening_and_frozen_then(world: World) -> None:
    draft = world.draft()
    world.do(SAM, lambda session: give_role(session, "bea", "alternate", group="council"))
    question = world.do(SAM, putting_times.open_now, draft.id)
    assert [person.id for person in question.seat(world.seat(question, "QC")).speaking] == ["quinn", "bea"]
    world.do(SAM, lambda session: give_role(session, "obi", "alternate", group="council"))
    assert [person.id for person in question.seat(world.seat(question, "ON")).speaking] == ["ona", "otto"]
    with pytest.raises(Forbidden):
        world.takes(OBI, question, "ON")


def test_what_the_secretariat_says_of_a_seat_stays(world: World) -> None:
    draft = world.draft()
    world.do(SAM, putting.set_seats, draft.id, ["ON", "QC"])
    world.do(SAM, putting.set_speakers, draft.id, world.seat(draft, "QC"), ["bea"], ["quinn"])
    question = world.do(SAM, putting_times.open_now, draft.id)
    speaking = {seat.place.id: [person.id for person in seat.speaking] for seat in question.seats}
    assert speaking == {
        "ON": ["ona", "otto"],
        "QC": ["bea", "quinn"],
    }
    with pytest.raises(Conflict) as problem:
        world.do(SAM, putting.set_seats, question.id, ["ON"])
    assert problem.value.who == SAM.label, "who opened it"


def test_a_representative_changes_while_the_question_is_open(world: World) -> None:
    """The position stands; whoever is new hears of it and may change it; whoever left cannot any more."""
    question = world.opened()
    world.takes(YUKI, question, "YT", "reserves")
    world.do(SAM, lambda session: setattr(session.get_one(Role, "council.yuki.member"), "until", PartialDate.parse("2020")))
    with pytest.raises(Forbidden):
        world.takes(YUKI, question, "YT", "supports", seen=1)
    assert not world.standing(question).question.seat(world.seat(question, "YT")).speaking
    world.do(SAM, putting.set_speakers, question.id, world.seat(question, "YT"), ["uma"], [])
    assert world.told("question_opened")[-1] == (f"question_seat:{world.seat(question, 'YT')}", "uma")
    assert world.stances(question)["YT"] == "reserves"
    world.takes(UMA, question, "YT", "supports", seen=1)
    assert world.stances(question)["YT"] == "supports"


def test_more_time_is_given_with_a_reason_and_told(world: World) -> None:
    question = world.opened()
    assert question.closes_at
    later = question.closes_at + timedelta(days=5)
    with pytest.raises(Invalid) as problem:
        world.do(SAM, putting_times.extend, question.id, question.closes_at, "Holidays", "")
    assert fields(problem) == {"closes_at", "reason_fr"}
    assert world.do(SAM, putting_times.extend, question.id, later, "Holidays", "Congés").closes_at == later
    assert len(world.told("question_extended")) == 5


def test_a_question_is_withdrawn_with_a_reason(world: World) -> None:
    question = world.opened()
    world.do(SAM, putting_times.cancel, question.id, "Moot", "Sans objet")
    assert world.standing(question, FERN).question.state == "cancelled"
    assert len(world.told("question_cancelled")) == 5
    with pytest.raises(Invalid):
        world.takes(FERN, question, "CA")


def test_a_draft_is_thrown_away(world: World) -> None:
    draft = world.draft()
    world.do(SAM, papers.add_paper, draft.id, ("Paper", "Document"), ("https://a.example", "https://b.example"))
    world.do(SAM, putting.remove_draft, draft.id)
    with pytest.raises(NotFound):
        world.standing(draft)


def test_of_two_who_say_who_has_a_seat_at_once_neither_erases_what_the_other_said(world: World) -> None:
    draft = world.own()
    seats = marks(putting.of_seats(("CA", "ON", "QC", "YT")))
    world.do(SAM, putting.set_seats, draft.id, ["CA", "ON"], shown=seats)
    with pytest.raises(Invalid) as problem:
        world.do(SAM, putting.set_seats, draft.id, ["QC", "YT"], shown=seats)
    assert fields(problem) == {"seats"}
    left = world.do(SAM, putting.set_seats, draft.id, ["CA", "ON", "QC", "YT"], shown=seats)
    assert [seat.place.id for seat in left.seats] == ["CA", "ON"], "whoever left it as it was changed nothing"


def test_nor_of_two_who_say_who_speaks_for_a_seat(world: World) -> None:
    question = world.opened_own()
    seat, shown = world.seat(question, "ON"), marks(putting.of_speakers(["ona"], ["otto"]))
    world.do(SAM, putting.set_speakers, question.id, seat, ["ona"], ["bea"], shown=shown)
    with pytest.raises(Invalid) as problem:
        world.do(SAM, putting.set_speakers, question.id, seat, ["ona"], ["uma"], shown=shown)
    assert fields(problem) == {"alternates"}
    both = world.do(SAM, putting.set_speakers, question.id, seat, ["quinn"], ["otto"], shown=shown).seat(seat)
    assert [(each.person.id, each.alternate) for each in both.speakers] == [("quinn", False), ("bea", True)]


def test_a_paper_stands_in_both_languages(world: World) -> None:
    draft = world.draft()
    with pytest.raises(Invalid) as problem:
        world.do(SAM, papers.add_paper, draft.id, ("Paper", ""), ("https://a.example", "b.example"))
    assert fields(problem) == {"title_fr", "address_fr"}
    facts = world.do(SAM, papers.add_paper, draft.id, ("Paper", "Document"), ("https://a.example", "https://b.example"))
    (paper,) = facts.papers
    assert world.do(SAM, papers.remove_paper, draft.id, paper.id).papers == ()


def test_those_of_the_council_may_know_of_it_and_nobody_else(world: World) -> None:
    question = world.opened()
    for actor in (SAM, FERN, OTTO, QUINN):
        assert world.standing(question, actor)
    for actor in (OBI, BEA, UMA):
        with pytest.raises(NotFound):
            world.standing(question, actor)


def test_two_officers_who_write_one_draft_lose_nothing(world: World) -> None:
    draft = world.own()
    shown = marks(putting.of_texts(draft))
    first = TextForm("Honey", "Miel", "There is little", "Il y en a peu")
    world.do(SAM, putting.save_texts, draft.id, first, shown=shown)
    found = world.do(SAM, putting.save_texts, draft.id, TextForm("Honey!", "Miel", "", ""), shown=shown)
    assert (found.title, found.background) == (Bilingual("Honey!", "Miel", "fr"), Bilingual("There is little", "Il y en a peu"))
    with pytest.raises(Invalid) as problem:
        world.do(SAM, putting.save_texts, draft.id, TextForm("Jam", "Miel", "", ""), shown=shown)
    assert fields(problem) == {"title_en"}
    assert draft.closes_at
    how = marks(putting.of_how(draft))
    times = (draft.opens_at, draft.closes_at)
    world.do(SAM, putting.save_how, draft.id, HowForm("majority", "majority", "seats", *times), shown=how)
    found = world.do(SAM, putting.save_how, draft.id, HowForm("consensus", "all", "seats", *times), shown=how)
    assert (found.rule, found.quorum) == ("majority", "all")
