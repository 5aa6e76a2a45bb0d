"""Questions about what changed, from the Changes: to the secretariat and those who lead, all of it; to others, what is public."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from bot.ask.text import render
from cadre.ask.answer import Answer
from cadre.ask.knowledge import Knowledge
from cadre.ask.parse import parse
from cadre.ask.periods import since
from cadre.ask.service import answer
from cadre.core import changes, clock
from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.core.i18n import LOCALES, Language
from cadre.core.models import STATE_ROW, Provenance, State
from cadre.core.reader import OPERATOR, WORKER, Actor, Reader
from cadre.decisions import documents, mandates
from cadre.decisions.confirming import DecisionDetails, confirm_of_meeting
from cadre.decisions.documents import VersionForm
from cadre.decisions.models import Recommendation
from cadre.decisions.service import DecisionForm, record_decision
from cadre.groups import service as groups
from cadre.groups.models import Group, Link, Objective
from cadre.meetings.models import Meeting
from cadre.people.models import Role
from cadre.priorities.models import Alignment
from cadre.workplans import service as workplans
from tests.oversight import conftest
from tests.workplans.world import ANN, CORA, LOU, MEL, PAUL, SAM, SECRETARIAT, UMA, World
from tests.worlds import both, give_role

world = conftest.world
RECORDLESS = Actor("Sam Okafor (U0SAM)", None, SECRETARIAT)
"""Of the secretariat by the settings, without a record."""


def ask(world: World, question: str, by: Actor | None = None, lang: Language = "en", channel: str | None = None) -> Answer:
    reader = Reader(LOCALES[lang], "America/Toronto", by.person if by else None)
    return world.database.read(answer, question, reader, seen_by=by, channel=channel)


def told(world: World, question: str, by: Actor | None = None, lang: Language = "en", channel: str | None = None) -> str:
    found = ask(world, question, by, lang, channel)
    return render(found, Reader(LOCALES[found.language], "America/Toronto")).replace("\u00a0", " ")


def later(world: World, days: int) -> None:
    """Let so many days be over since the registry was filled."""
    seconds = timedelta(days=days).total_seconds()
    world.database.write(OPERATOR, lambda session: session.execute(update(State).where(State.id == STATE_ROW).values(clock_offset=seconds)))


@pytest.fixture
def moved(world: World) -> World:
    """Forty days after the registry was filled, much changes for the Bees; ten days later one asks."""
    later(world, 40)

    def change(session: Session) -> None:
        bees = session.get_one(Group, "bees")
        bees.name, bees.state, bees.mandate = Bilingual("Bumblebees", "Bourdons"), "dormant", both("Rest")
        session.get_one(Role, "bees.mel.member").until = PartialDate.parse("2027-01")
        give_role(session, "fay", "observer", group="bees")
        session.delete(session.get_one(Role, "bees.uma.co_chair"))
        session.get_one(Alignment, "bees.lights").strength = "example"
        session.add(Recommendation(id="r", topic="groups", status="proposed", number=1, group="bees", wording=both("Wake them")))
        session.add(Meeting(id="hive", kind="teleconference", group="bees", held=PartialDate.parse("2027-06-03")))

    world.database.write(SAM, change)
    later(world, 50)
    return world


def since_(world: World, days_ago: int, lang: Language = "en") -> str:
    day = world.database.read(clock.today) - timedelta(days=days_ago)
    return f"since {day}" if lang == "en" else f"depuis le {day}"


def test_what_changed_in_words_of_people(moved: World) -> None:
    found = told(moved, f"what changed in the Bumblebees {since_(moved, 20)}?", ANN)
    assert "changes are recorded for the Bumblebees since" in found.splitlines()[0]
    for line in (
        "Name: Bumblebees (before: Bees)",
        "State: dormant (before: active)",
        "Mandate: Rest",
        "Mel: member until January 2027",
        "Fay: observer, entered",
        "Uma: co-chair, taken out of the registry",
        "Bumblebees and Lights: is an example of it",
        "a recommendation was proposed",
        "a meeting was arranged (June 3, 2027)",
    ):
        assert line in found, line
    assert "(Sam Okafor)" in found
    assert "entered in the registry" not in found
    french = told(moved, f"qu'est-ce qui a changé dans le groupe Bourdons {since_(moved, 20, 'fr')}?", SAM, "fr")
    assert "changements sont consignés pour Bourdons depuis le" in french.splitlines()[0]
    for line in ("Nom : Bourdons (auparavant : Bees (fr))", "Mel : membre jusqu'à janvier 2027", "(Sam Okafor)"):
        assert line in french, line


def test_who_did_it_and_what_is_not_public_is_told_to_the_secretariat_and_those_who_lead(moved: World) -> None:
    moved.in_state("submitted")
    moved.database.write(OPERATOR, lambda session: setattr(session.get(Group, "bees"), "quorum", "all"))
    question = f"what has changed in the Bumblebees {since_(moved, 20)}?"
    for by in (ANN, SAM, RECORDLESS):
        found = told(moved, question, by)
        assert "workplan: submitted" in found, by
        assert "Quorum" in found, by
        assert "only the secretariat and those who lead it" not in found
    strangers: tuple[tuple[Actor | None, str | None], ...] = (
        (None, None),
        (MEL, None),
        (CORA, None),
        (UMA, None),
        (PAUL, None),
        (SAM, "C0GENERAL"),
        (ANN, "C0GENERAL"),
    )
    for who, channel in strangers:
        found = told(moved, question, who, channel=channel)
        assert "State: dormant" in found, who
        assert "Sam Okafor" not in found, who
        assert "workplan" not in found, who
        assert "Quorum" not in found, who
        assert "only the secretariat and those who lead it may know." in found


def test_only_what_changed_since_the_day_that_is_named(moved: World) -> None:
    assert told(moved, f"what changed in the Bumblebees {since_(moved, 5)}?", SAM).startswith(
        "No change is recorded for the Bumblebees since"
    )
    whole = told(moved, f"what changed in the Bumblebees {since_(moved, 60)}?", SAM)
    assert "entered in the registry" in whole
    assert "Ann" not in whole, "what came with it is not told one by one"
    assert "State: dormant" in told(moved, "what changed in the Bumblebees in the last 3 weeks?", SAM)
    assert "No change" in told(moved, "what changed in the Bumblebees in the last 5 days?", SAM)
    assert "State: dormant" in told(moved, "what's new in the Bumblebees?", SAM)
    assert "État : en veilleuse" in told(moved, "quoi de neuf dans le groupe Bourdons?", SAM, "fr")


def test_what_is_as_it_was_entered(world: World) -> None:
    later(world, 3)
    for question in ("what changed in the Larvae since 2017?", "what changed in the Larvae since January 2017?"):
        assert told(world, question).startswith("Nothing has changed for the Larvae since it was entered in the registry (")
    assert told(world, "qu'est-ce qui a changé dans Larvae depuis 2017?", None, "fr").startswith("Rien n'a changé pour Larvae (fr)")
    assert told(world, "what changed in the Larvae since yesterday?").startswith("No change is recorded for the Larvae since")


def test_what_changed_for_a_priority_and_what_was_done_by_a_decision(world: World) -> None:
    later(world, 10)

    def change(session: Session) -> None:
        changes.under_decision(session, "d1")
        give_role(session, "mel", "lead", priority="shadows")

    world.database.write(SAM, change)
    found = told(world, f"what changed for the Shadows {since_(world, 2)}?", LOU)
    assert "Mel: lead, entered" in found
    assert "Sam Okafor" not in found, "Lou leads another priority"
    assert "(Sam Okafor)" in told(world, f"what changed for the Shadows {since_(world, 2)}?", SAM)


def test_a_workplan_that_is_handed_in_is_one_change(world: World) -> None:
    later(world, 2)
    world.add()
    world.database.write(ANN, workplans.submit, world.bees)
    assert "workplan: submitted (Ann)" in told(world, f"what changed in the Bees {since_(world, 1)}?", ANN)


@pytest.mark.parametrize(
    ("question", "first", "told_as"),
    [
        ("since March", "2026-03-01", "2026-03"),
        ("since December", "2025-12-01", "2025-12"),
        ("since 2017", "2017-01-01", "2017"),
        ("since October 2017", "2017-10-01", "2017-10"),
        ("depuis octobre 2017", "2017-10-01", "2017-10"),
        ("since October 3, 2017", "2017-10-03", "2017-10-03"),
        ("depuis le 3 octobre 2017", "2017-10-03", "2017-10-03"),
        ("since 2026-02-10", "2026-02-10", "2026-02-10"),
        ("since 2026-02", "2026-02-01", "2026-02"),
        ("since last month", "2026-10-01", "2026-10"),
        ("depuis hier", "2026-11-28", "2026-11-28"),
        ("since yesterday", "2026-11-28", "2026-11-28"),
        ("in the last 30 days", "2026-10-30", "2026-10-30"),
        ("dans les 2 dernières semaines", "2026-11-15", "2026-11-15"),
        ("depuis trois mois", "2026-08-31", "2026-08-31"),
        ("since 2026-99-99", None, None),
        ("lately", None, None),
    ],
)
def test_since_when_a_question_asks(known: Knowledge, question: str, first: str | None, told_as: str | None) -> None:
    (query,) = parse(f"what changed in PSCIOC {question}", known.lexicon, known.councils, "en")
    day, said = since(query, date(2026, 11, 29))
    assert (day and day.isoformat(), said and said.text) == (first, told_as)


# -- who held which role then


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("who was co-chair of the Bees in 2019?", "Paul"),
        ("who was co-chair of the Bees in 2016?", "what was so in 2016 is not known."),
        ("who was co-chair of the Larvae in 2019?", "nobody is recorded as lead or co-chair"),
        ("qui coprésidait le groupe Bees en 2019?", "Paul"),
    ],
)
def test_who_was_co_chair_then(world: World, question: str, expected: str) -> None:
    def date_(session: Session) -> None:
        paul = session.get_one(Role, "bees.paul.co_chair")
        paul.since = PartialDate.parse("2018")
        for name in ("ann", "guy"):
            session.get_one(Role, f"bees.{name}.co_chair").since = PartialDate.parse("2021")
        give_role(session, "fay", "co_chair", group="larvae")
        session.flush()
        session.get_one(Role, "larvae.fay.co_chair").since = PartialDate.parse("2021")

    world.database.write(OPERATOR, date_)
    found = told(world, question)
    assert expected in found
    assert ("Fay: co-chairs the Larvae (since 2021)" in found) is ("Larvae" in question), "who was so at another time is told beside it"
    assert "Ann" not in found.splitlines()[0]


# -- what is no field of the record itself


def test_names_and_confirmed_facts_are_told(world: World) -> None:
    later(world, 2)
    names = {"name_en": "Bees", "name_fr": "Bees (fr)", "aliases_en": "Apiary\nHives", "acronyms_fr": "GTA"}
    world.database.write(SAM, groups.save_names, "bees", names, {})
    later(world, 3)
    world.database.write(SAM, groups.save_names, "bees", names | {"aliases_en": "Hives"}, {})
    world.database.write(SAM, groups.confirm, "bees", "role/bees.uma.co_chair/record")
    world.database.write(OPERATOR, lambda session: session.add(doubtful("name.fr")))
    world.database.write(SAM, groups.confirm, "bees", "group/bees/name.fr")
    question = f"what changed in the Bees {since_(world, 2)}?"
    found = told(world, question, SAM)
    for line in (
        "Other names: “Apiary” and “Hives” added (Sam Okafor)",
        "Acronyms: “GTA” added",
        "Other names: “Apiary” taken out",
        "Uma: co-chair, confirmed",
        "Name, in French: confirmed",
    ):
        assert line in found, line
    assert "Other names: confirmed" not in found, "what is written anew is not told twice"
    assert "5 changes are recorded" in found
    assert "“Apiary” and “Hives” added" in told(world, question), "everybody may know what it is called"
    french = told(world, f"qu'est-ce qui a changé dans Bees {since_(world, 2, 'fr')}?", SAM, "fr")
    for line in (
        "Autres noms : ajout de « Apiary » et « Hives »",
        "Uma : coprésidence, rôle confirmé",
        "Nom, en français : renseignement confirmé",
    ):
        assert line in french, line


def doubtful(field: str) -> Provenance:
    return Provenance(subject="group", subject_id="bees", field=field, source="deck", standing="inferred")


def test_versions_of_the_mandate_are_told_before_they_take_effect_and_when_they_do(world: World) -> None:
    later(world, 2)
    held = Meeting(id="m", kind="in_person", group="council", held=PartialDate.parse("2026-12"))
    world.database.write(OPERATOR, lambda session: session.add(held))
    day = world.database.read(clock.today) + timedelta(days=3)
    form = VersionForm("Count them", "Les compter", day.isoformat())
    draft = world.database.write(SAM, mandates.draft, "bees", form).draft
    assert draft
    question = f"what changed in the Bees {since_(world, 1)}?"
    assert "Mandate: version 1 was drafted (Sam Okafor)" in told(world, question, SAM)
    assert "drafted" not in told(world, question)
    later(world, 3)
    said = DecisionForm("council", "m", "So be it", "Soit", taken=PartialDate.parse("2026-11"))
    recorded = world.database.write(SAM, record_decision, said)
    decision = world.database.write(SAM, confirm_of_meeting, recorded.id, DecisionDetails())
    world.database.write(SAM, documents.approve, draft.id, decision.id)
    approved = f"Mandate: version 1 was approved, in effect from {Reader().date(day)}, by decision {decision.label}"
    assert approved in told(world, question)
    later(world, 5)
    world.database.write(WORKER, mandates.take_effect, day)
    found = told(world, f"what changed in the Bees {since_(world, 1)}?", SAM)
    assert f"Mandate: took effect on its day, by decision {decision.label}" in found
    assert "worker" not in found
    assert "Mandate: took effect on its day" in told(world, f"what changed in the Bees {since_(world, 1)}?"), "so everybody reads it"
    french = told(world, f"qu'est-ce qui a changé dans Bees {since_(world, 5, 'fr')}?", SAM, "fr")
    for line in ("Mandat : version 1 rédigée", "Mandat : version 1 approuvée", "Mandat : entré en vigueur à la date prévue"):
        assert line in french, line


def test_links_and_objectives_are_told(world: World) -> None:
    later(world, 2)

    def change(session: Session) -> None:
        session.add(Link(id="l", source_group="bees", kind="oversees", target_group="larvae"))
        session.add(Objective(id="o", group="bees", number=1, wording=both("Hum")))

    world.database.write(SAM, change)
    found = told(world, f"what changed in the Bees {since_(world, 1)}?", SAM)
    assert "Bees: oversees Larvae: entered" in found
    assert "Objective 1: entered" in found


def test_what_a_field_said_before_is_told(world: World) -> None:
    later(world, 2)
    for quorum, email in (("half", "hive@example.org"), ("majority", "bees@example.org")):
        typed = {"kind": "working_group", "state": "active", "owner": "council", "quorum": quorum}
        world.database.write(SAM, groups.save_settings, "bees", typed, {})
        world.database.write(SAM, groups.save_description, "bees", {"email": email, "description_en": "Count them. " * 20}, {})
        later(world, 3)
    found = told(world, f"what changed in the Bees {since_(world, 2)}?", SAM)
    assert "Quorum: more than half of those invited (before: half of those invited)" in found
    assert "E-mail address: bees@example.org (before: hive@example.org)" in found
    assert "Description: written anew" in found, "a long text is not told twice over"


def test_as_many_changes_are_counted_as_are_told(world: World) -> None:
    world.database.write(SAM, groups.save_description, "bees", {"email": "hive@example.org"}, {})
    found = told(world, "what changed in the Bees in the last 5 days?", SAM).splitlines()
    assert found[0].startswith("2 changes are recorded"), found
    assert "entered in the registry" in found[2]
