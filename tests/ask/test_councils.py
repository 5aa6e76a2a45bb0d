"""Questions about what is put to the Councils and what they decided: to each, what they may know."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from bot.ask.text import render
from cadre.ask.answer import Answer
from cadre.ask.service import answer
from cadre.core.i18n import LOCALES, Language
from cadre.core.reader import OPERATOR, Actor, Reader
from cadre.decisions import confirming, putting_times, register
from cadre.decisions.confirming import DecisionDetails
from cadre.decisions.facts import DecisionFacts
from cadre.decisions.models import Decision, Recommendation
from cadre.decisions.question_facts import QuestionFacts
from cadre.meetings.models import Meeting
from tests.decisions import conftest
from tests.decisions.world import BEA, FERN, OBI, ONA, QUINN, SAM, SECRETARIAT, UMA, World
from tests.worlds import both

world = conftest.world
RECORDLESS = Actor("Sam Okafor (U0SAM)", None, SECRETARIAT)
"""Of the secretariat by the settings, without a record."""


def ask(world: World, question: str, by: Actor | None = None, lang: Language = "en", channel: str | None = None) -> Answer:
    reader = Reader(LOCALES[lang], "America/Toronto", by.person if by else None)
    return world.read(answer, question, reader, seen_by=by, channel=channel)


def told(world: World, question: str, by: Actor | None = None, lang: Language = "en", channel: str | None = None) -> str:
    found = ask(world, question, by, lang, channel)
    return render(found, Reader(LOCALES[found.language], "America/Toronto")).replace("\u00a0", " ")


@pytest.fixture
def decided(world: World) -> World:
    """The slide is closed; of its two items the one on the Bees is confirmed as agreed."""
    question = world.opened()
    for by, place in ((FERN, "CA"), (ONA, "ON"), (QUINN, "QC")):
        world.takes(by, question, place)
    world.do(SAM, putting_times.close_now, question.id)
    world.confirm(question.items[0].id, review="2031-05")
    return world


def number(world: World) -> str:
    """Of the only decision that has one."""
    return next(str(each.label) for each in confirmed(world))


def confirmed(world: World) -> tuple[DecisionFacts, ...]:
    return tuple(view.facts for view in world.read(register.register, SAM))


@pytest.mark.parametrize(
    "question",
    [
        "what was decided about the bees",
        "What did the Councils decide on the Bees?",
        "any decision about the Bees group?",
        "Qu'est-ce qui a été décidé au sujet des Bees?",
        "qu'ont décidé les Conseils sur le groupe Bees",
    ],
)
def test_what_was_decided_about_a_group_is_told_to_everybody_with_number_date_and_source(decided: World, question: str) -> None:
    found = told(decided, question)
    assert number(decided) in found.splitlines()[0]
    assert "ees" in found.splitlines()[0]
    english = "décid" not in question
    assert ("Agreed by consensus." if english else "consensus") in found
    assert ("Source: the question “Continue”." if english else "Source : la question « Continue (fr) ».") in found
    assert ("May 2031" if english else "mai 2031") in found, "when it is to be reviewed"
    day = Reader("en_CA" if english else "fr_CA").date(decided.now().date()).replace("\u00a0", " ")
    assert day in found


def test_what_is_proposed_is_told_only_to_those_who_may_know_it(decided: World) -> None:
    question = "what was decided about the wasps?"
    strangers: tuple[tuple[Actor | None, str | None], ...] = ((None, None), (OBI, None), (SAM, "C0GENERAL"), (UMA, None))
    for by, channel in strangers:
        found = told(decided, question, by, channel=channel)
        assert found.startswith("It is only proposed: a decision on the Wasps is not in the registry."), by
        assert "Put to" not in found, by
        assert "agreed" not in found, by
    member = told(decided, question, ONA)
    assert "Put to the Council: “Continue”." in member
    assert "Proposed, to be confirmed" not in member
    for officer in (SAM, RECORDLESS):
        assert "Proposed, to be confirmed: agreed." in told(decided, question, officer)
    assert "Question soumise à Council (fr) : « Continue (fr) »." in told(
        decided, "qu'est-ce qui a été décidé au sujet des Wasps?", ONA, "fr"
    )


def test_for_want_of_a_quorum_is_told_of_each_thing_that_was_asked(world: World) -> None:
    question = world.opened()
    world.do(SAM, putting_times.close_now, question.id)
    found = told(world, "what was decided about the bees?", SAM)
    assert "for want of a quorum (0 of 3 needed). (Bees: continue)" in found
    assert "Wasps" not in found


def test_a_decision_is_found_by_its_words_by_its_council_and_when_it_names_a_group(world: World) -> None:
    question = world.closed({"CA": "supports", "ON": "supports", "QC": "objects"}, wording_en="Buy honey for the Wasps")
    world.confirm(question.items[0].id)
    said = f"what does decision {number(world)} say?"
    for asked in ("what was decided about honey?", "what did the Council decide?", "what was decided about the wasps?", said):
        found = told(world, asked)
        assert "not agreed: Buy honey for the Wasps" in found.splitlines()[0], asked
        assert "Not agreed: there was no consensus." in found
    assert "honey" not in told(world, "what was decided about the bees?")
    assert "no decision of 2019 is recorded" in told(world, "which decisions were taken in 2019?")


def test_what_a_council_decided_at_a_meeting_about_a_group_is_found_and_is_proposed_until_confirmed(world: World) -> None:
    def record(session: Session) -> None:
        session.add(Meeting(id="spring", kind="in_person", group="council", place=both("Spring")))
        session.flush()
        session.add(Decision(id="d1", state="provisional", council="council", meeting="spring", wording=both("The Bees get a hive")))

    world.do(OPERATOR, record)
    question = "what was decided about the bees?"
    assert "hive" not in told(world, question)
    assert "hive" not in told(world, question, SAM, channel="C0GENERAL")
    assert told(world, question, SAM).startswith("Proposed decision: The Bees get a hive")
    world.do(SAM, confirming.confirm_of_meeting, "d1", DecisionDetails())
    assert "reads: The Bees get a hive" in told(world, question).splitlines()[0]
    assert "Source: the meeting “Council”." in told(world, question)


def test_several_decisions_about_one_thing_come_newest_first(decided: World) -> None:
    question = decided.closed({"CA": "supports", "ON": "supports", "QC": "supports"}, wording_en="Feed the Bees")
    decided.confirm(question.items[0].id, supersedes=confirmed(decided)[0].id)
    found = told(decided, "what was decided about the bees?")
    assert found.startswith("2 decisions are recorded.")
    assert found.index("Feed the Bees") < found.index("Superseded by")
    assert "Supersedes: Decision" in found


def test_which_recommendations_are_still_proposed_by_slide(decided: World) -> None:
    for by in (None, SAM):
        found = told(decided, "which recommendations are still proposed?", by)
        assert found.startswith("1 recommendation on a group is still proposed.")
        assert "Continue (1)" in found
        assert "Wasps" in found
        assert "Bees" not in found
        assert "2 recommendations were decided on." in found
    french = told(decided, "quelles recommandations sont encore proposées?", None, "fr")
    assert french.startswith("1 recommandation visant un groupe est encore proposée.")

    def decline(session: Session) -> None:
        session.get_one(Recommendation, "r-wasps").status = "declined"

    decided.do(OPERATOR, decline)
    assert told(decided, "what recommendations are still pending?").startswith("No recommendation is still proposed.")


# -- while they are open


@pytest.fixture
def open_question(world: World) -> QuestionFacts:
    question = world.opened()
    world.takes(ONA, question, "ON", "reserves", "Too cold")
    return question


@pytest.mark.parametrize(
    ("question", "lang"),
    [("which questions are open?", "en"), ("what questions are put to the Council", "en"), ("quelles questions sont ouvertes?", "fr")],
)
def test_which_questions_are_open_to_those_who_may_see_them(
    world: World, open_question: QuestionFacts, question: str, lang: Language
) -> None:
    for by in (ONA, QUINN, SAM, RECORDLESS):
        found = told(world, question, by, lang)
        assert found.startswith("1 question is open." if lang == "en" else "1 question est ouverte."), by
        assert "Continue" in found
        assert ("1 of 4 seats" if lang == "en" else "1 siège") in found or lang == "fr"
    assert ("No position of QC yet." if lang == "en" else "Aucune position de QC (fr) à ce jour.") in told(world, question, QUINN, lang)
    assert "No position of" not in told(world, question, ONA, lang)
    strangers: tuple[tuple[Actor | None, str | None], ...] = (
        (None, None),
        (BEA, None),
        (UMA, None),
        (ONA, "C0GENERAL"),
        (SAM, "C0GENERAL"),
    )
    for who, channel in strangers:
        assert "Continue" not in told(world, question, who, lang, channel), who


def test_closed_questions_wait_for_the_secretariat(decided: World) -> None:
    assert "Closed, to be settled: Continue (Council)" in told(decided, "which questions are open?", SAM)
    assert "Continue" not in told(decided, "which questions are open?", ONA)


def test_nobody_is_told_to_have_taken_no_position_on_what_was_never_put_or_is_withdrawn(world: World) -> None:
    asked = "what is ON's position on honey?"
    world.own()
    assert "has taken no position" not in told(world, asked, SAM)
    withdrawn = world.opened_own()
    assert "ON has taken no position (“Buy honey”)." in told(world, asked, SAM)
    world.do(SAM, putting_times.cancel, withdrawn.id, "Snow", "Neige")
    for by in (SAM, ONA):
        assert "has taken no position" not in told(world, asked, by)


def test_our_position_is_told_to_those_who_speak_for_the_seat(world: World, open_question: QuestionFacts) -> None:
    found = told(world, "what is our position on the bees?", ONA)
    assert found.startswith("ON reserves its position: “Too cold” (“Bees: continue”).")
    assert "Wasps" not in found
    assert told(world, "what is our position on the wasps?", QUINN).startswith("QC has taken no position (“Wasps: continue”).")
    french = told(world, "quelle est notre position sur le groupe Bees?", ONA, "fr")
    assert french.startswith("ON (fr) réserve sa position : « Too cold » (« Bees")
    assert "You speak for no seat" not in told(world, "what is our position on the bees?", SAM)
    assert "no question about this" in told(world, "what is our position on gold?", QUINN)
    assert "no question about this" in told(world, "what is our position on the bees?", BEA), "there is none that she may see"
    strangers: tuple[tuple[Actor | None, str | None], ...] = ((None, None), (BEA, None), (UMA, None), (ONA, "C0GENERAL"))
    for by, channel in strangers:
        assert "reserves" not in told(world, "what is our position on the bees?", by, channel=channel), by


def test_the_position_of_another_government_is_told_as_was_fixed_at_the_opening(world: World) -> None:
    question = world.opened(how={"sees": "secretariat"})
    world.takes(ONA, question, "ON", "objects", "Too cold")
    assert "Too cold" not in told(world, "what is Ontario's position on the bees?", QUINN)
    assert "Too cold" not in told(world, "what is ON's position on the bees?", QUINN)
    assert "Too cold" in told(world, "what is ON's position on the bees?", SAM)
    assert "Too cold" in told(world, "what is ON's position on the bees?", ONA)


@pytest.mark.parametrize(
    ("question", "lang"),
    [
        ("which seats are silent?", "en"),
        ("which seats have not taken a position?", "en"),
        ("quels sièges sont silencieux?", "fr"),
        ("quels sièges n'ont pas pris position sur les Bees?", "fr"),
    ],
)
def test_which_seats_are_silent_only_the_secretariat_hears(
    world: World, open_question: QuestionFacts, question: str, lang: Language
) -> None:
    for by in (SAM, RECORDLESS):
        found = told(world, question, by, lang)
        assert found.startswith("3 seats are silent." if lang == "en" else "3 sièges sont silencieux."), by
        assert "Quinn" in found
        assert "Ona" not in found
    strangers: tuple[tuple[Actor | None, str | None], ...] = ((None, None), (ONA, None), (BEA, None), (SAM, "C0GENERAL"))
    for who, channel in strangers:
        assert "Quinn" not in told(world, question, who, lang, channel), who
    assert "1 of 4 seats" in told(world, "which seats are silent?", ONA), "how many, everybody may know who sees the question"


def test_no_question_is_open_and_no_seat_silent(world: World) -> None:
    assert told(world, "which questions are open?", SAM).startswith("No question is open.")
    assert told(world, "which questions are open?", ONA).startswith("No question that you may see is open.")
    assert told(world, "which seats are silent?", SAM).startswith("No question is open.")
    question = world.opened_own()
    for by, place in ((FERN, "CA"), (ONA, "ON"), (QUINN, "QC")):
        world.takes(by, question, place)
    assert told(world, "which seats are silent?", SAM).startswith("1 seat is silent.")


@pytest.mark.parametrize(
    "question",
    [
        "quelle est la position d'ON sur les Bees?",
        "quelle est la position de l'ON au sujet du groupe Bees?",
        "quelle est la position de l'ON?",
        "what is the position of ON?",
        "what is ON's position on the bees?",
    ],
)
def test_the_position_of_a_government_is_not_who_represents_it(world: World, question: str) -> None:
    asked = world.opened()
    world.takes(ONA, asked, "ON", "objects", "Too cold")
    assert "Too cold" in told(world, question, SAM)
