"""Questions about the logic model, and what answers say of a table of deputy ministers: to each, what they may know."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from bot.ask.text import render
from cadre.ask.service import answer
from cadre.core.i18n import LOCALES, Language
from cadre.core.reader import OPERATOR, Actor, Reader
from cadre.decisions import referrals
from cadre.decisions.models import Decision
from cadre.decisions.referrals import TABLE, ReferralForm
from cadre.groups.models import Group, GroupKind
from cadre.workplans.models import Feed, Outcome
from tests.workplans import conftest
from tests.workplans.world import ANN, LOU, NOBODY, SAM, UMA, World
from tests.worlds import both

world = conftest.world


def told(world: World, question: str, by: Actor | None = None, lang: Language = "en", channel: str | None = None) -> str:
    reader = Reader(LOCALES[lang], "America/Toronto", by.person if by else None)
    found = world.database.read(answer, question, reader, seen_by=by, channel=channel)
    return render(found, Reader(LOCALES[found.language], "America/Toronto")).replace("\u00a0", " ")


@pytest.fixture
def fed(world: World) -> World:
    """An output feeds the first outcome, an activity of a workplan in force the second, and nothing the third; a draft would."""

    def model(session: Session) -> None:
        session.add(Outcome(id="map", council="council", term="output", number=1, wording=both("A map")))
        session.add(Feed(id="map.o1", source="map", target="o1"))

    world.database.write(OPERATOR, model)
    world.add(outcome="o2")
    world.in_state("approved")
    world.add(by=LOU, workplan=world.lights, outcome="o3")
    return world


@pytest.mark.parametrize(
    ("question", "lang"),
    [
        ("which outcomes does nothing feed?", "en"),
        ("which outcomes are fed by nothing?", "en"),
        ("outcomes that nothing feeds in the Council", "en"),
        ("quels résultats rien n'alimente?", "fr"),
        ("quels résultats ne sont alimentés par rien?", "fr"),
    ],
)
def test_which_outcomes_nothing_feeds(fed: World, question: str, lang: Language) -> None:
    text = told(fed, question, SAM, lang)
    assert "o3" in text
    assert not [each for each in ("o1", "o2", "A map") if each in text]
    assert ("Nothing feeds 1 outcome of the Council." if lang == "en" else "Rien n'alimente 1 résultat de Council") in text
    assert "Lights" in text, "planned by a workplan that is not approved yet"


def test_what_feeds_an_outcome(fed: World) -> None:
    assert "Fed by: output 1" in told(fed, "what feeds short-term outcome 1?", ANN)
    assert "Fed by 1 activity of workplans: Bees" in told(fed, "what feeds short-term outcome 2?", ANN)
    assert "Alimenté par : extrant 1" in told(fed, "qu'est-ce qui alimente le résultat à court terme 1?", ANN, "fr")
    assert "Something feeds each of these outcomes." in told(fed, "which short-term outcomes does nothing feed?", ANN)
    assert "the logic model has no such outcome" in told(fed, "what feeds outcome 7?", ANN)


@pytest.mark.parametrize(("by", "channel"), [(None, None), (NOBODY, None), (UMA, None), (SAM, "C0GENERAL")])
def test_whoever_has_no_role_or_is_read_by_others_is_told_who_may_know(fed: World, by: Actor | None, channel: str | None) -> None:
    text = told(fed, "which outcomes does nothing feed?", by, channel=channel)
    assert "only those who hold a role" in text
    assert "o3" not in text


def test_a_council_without_a_model_says_that_the_picture_is_lost(fed: World) -> None:
    assert "a picture that is lost; nothing is entered yet" in told(fed, "which outcomes of the Joint does nothing feed?", SAM)


def test_answers_say_what_is_for_the_deputy_ministers_and_what_comes_from_them(world: World) -> None:
    def fill(session: Session) -> None:
        session.add(GroupKind(id=TABLE, name=both("deputy ministers' table"), plural=both("tables")))
        session.flush()
        session.add(Group(id="ministers", name=both("Ministers Table"), kind=TABLE))
        session.add(Decision(id="d1", number=1, wording=both("Plant lavender.")))

    world.database.write(OPERATOR, fill)
    assert "Ministers Table" not in told(world, "what are the Bees?"), "kept in memory before"
    for about, direction in (("group:bees", "from"), ("priority:lights", "for"), ("decision:d1", "for")):
        world.database.write(SAM, referrals.mark, ReferralForm(about, "ministers", direction, "They ask", "On le demande"))
    assert "From the Ministers Table, since " in told(world, "what are the Bees?")
    assert ": They ask" in told(world, "what are the Bees?")
    assert "For the Ministers Table" in told(world, "what is the goal of Lights?")
    assert "For the Ministers Table" in told(world, "what is decision 1?")
    table = told(world, "what is the Ministers Table?")
    assert "For it: Lights priority; Plant lavender." in table
    assert "From it: Bees" in table
