"""Questions about how groups stand and what nobody works on: to each, what they may see, and what is not known is never missing."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from bot.ask.text import render
from cadre.ask.answer import Answer
from cadre.ask.service import answer
from cadre.core.dates import PartialDate
from cadre.core.i18n import LOCALES, Language
from cadre.core.models import Provenance
from cadre.core.reader import OPERATOR, Actor, Reader
from cadre.groups.models import Group, GroupKind
from cadre.people.models import Role
from cadre.priorities.models import Alignment, Priority
from tests.oversight import conftest
from tests.workplans.world import ANN, CORA, FAY, LOU, OSCAR, SAM, SECRETARIAT, UMA, World
from tests.worlds import both, give_role

world = conftest.world
RECORDLESS = Actor("Sam Okafor (U0SAM)", None, SECRETARIAT)
"""Of the secretariat by the settings, without a record."""
NOBODYS: tuple[tuple[Actor | None, str | None], ...] = ((None, None), (UMA, None), (FAY, None), (SAM, "C0GENERAL"), (ANN, "C0GENERAL"))
"""Who may not see how the Bees stand: nobody known, of an unconfirmed role, of another council; and whoever asks where others read."""


def ask(world: World, question: str, by: Actor | None = None, lang: Language = "en", channel: str | None = None) -> Answer:
    reader = Reader(LOCALES[lang], "America/Toronto", by.person if by else None)
    return world.database.read(answer, question, reader, seen_by=by, channel=channel)


def told(world: World, question: str, by: Actor | None = None, lang: Language = "en", channel: str | None = None) -> str:
    found = ask(world, question, by, lang, channel)
    return render(found, Reader(LOCALES[found.language], "America/Toronto")).replace("\u00a0", " ")


@pytest.fixture
def ruled(world: World) -> World:
    """Working groups need a mandate and a co-chair from a council; the record of the Bees is confirmed, that of the Larvae is not."""

    def rule(session: Session) -> None:
        kind = session.get_one(GroupKind, "working_group")
        kind.needs_mandate = kind.needs_council_co_chair = True
        session.add(Provenance(subject="group", subject_id="bees", field="record", source="deck", standing="confirmed"))
        session.get_one(Role, "bees.uma.co_chair").until = PartialDate.parse("2020")

    world.database.write(OPERATOR, rule)
    return world


@pytest.mark.parametrize(
    ("question", "lang"),
    [
        ("is the Bees group in good standing?", "en"),
        ("what do the Bees still have to complete?", "en"),
        ("what is missing for the Bees?", "en"),
        ("do the Bees meet the rules?", "en"),
        ("le groupe Bees est-il en règle?", "fr"),
        ("que reste-t-il à compléter pour le groupe Bees?", "fr"),
        ("qu'est-ce qui manque au groupe Bees?", "fr"),
    ],
)
def test_what_a_group_still_has_to_complete(ruled: World, question: str, lang: Language) -> None:
    for by in (ANN, CORA, OSCAR, SAM, RECORDLESS):
        first = told(ruled, question, by, lang).splitlines()[0]
        assert ("still has this to complete: mandate" if lang == "en" else "À compléter pour Bees (fr) : mandat") in first, by
        assert ("co-chair from a Council" if lang == "en" else "coprésidence") in first, by
    for who, channel in NOBODYS:
        found = told(ruled, question, who, lang, channel)
        assert "still has this" not in found, who
        assert "compléter" not in found, who
        assert ("conversation of our own" if lang == "en" else "conversation privée") in found


def test_what_may_be_asked_next_is_answered(ruled: World) -> None:
    for question, lang in (("is the Bees group in good standing?", "en"), ("le groupe Bees est-il en règle?", "fr")):
        found = ask(ruled, question, ANN, "fr" if lang == "fr" else "en")
        assert [ask(ruled, str(each), ANN).intent for each in found.follow_ups] == ["what_changed", "decision_outcome"]
        assert all("Bees" in ask(ruled, str(each), ANN).headline for each in found.follow_ups)


def test_what_is_not_known_is_not_missing(ruled: World) -> None:
    found = told(ruled, "are the Larvae in good standing?", SAM)
    assert found.startswith("Whether the Larvae is in good standing is not known: mandate")
    assert "(not known). Nothing of it is in the registry." in found
    assert "to complete" not in found
    public = told(ruled, "are the Larvae in good standing?")
    assert public.startswith("That is not in the registry: whether the Larvae is in good standing.")
    assert "Mandate (not known)" in public
    assert "Workplan" not in public
    assert "Actions" not in public


def test_a_group_in_good_standing_and_one_that_is_over(ruled: World) -> None:
    def settle(session: Session) -> None:
        session.get_one(GroupKind, "working_group").needs_workplan = False
        session.get_one(GroupKind, "working_group").needs_council_co_chair = False
        bees = session.get_one(Group, "bees")
        bees.mandate = both("Count bees")
        session.get_one(Group, "sleepy").state = "sunset"

    ruled.database.write(OPERATOR, settle)
    assert told(ruled, "is the Bees group in good standing?", ANN).startswith("The Bees is in good standing.")
    assert told(ruled, "is Sleepy in good standing?", SAM).startswith("The Sleepy is over: no rule applies to it.")
    assert "Bees" not in told(ruled, "is the Elsewhere council in good standing?", SAM)


@pytest.mark.parametrize(
    ("question", "lang"),
    [
        ("which groups are not in good standing?", "en"),
        ("which groups have something to complete?", "en"),
        ("quels groupes ne sont pas en règle?", "fr"),
        ("quels groupes ont encore quelque chose à compléter?", "fr"),
    ],
)
def test_which_groups_have_something_to_complete(ruled: World, question: str, lang: Language) -> None:
    whole = told(ruled, question, SAM, lang)
    assert "Bees" in whole
    assert "Orphans" in whole
    assert ("something to complete" if lang == "en" else "compléter") in whole.splitlines()[0]
    own = told(ruled, question, ANN, lang)
    assert "Bees" in own
    assert "Orphans" not in own
    for who, channel in ((None, None), (SAM, "C0GENERAL")):
        assert "Bees" not in told(ruled, question, who, lang, channel)


@pytest.mark.parametrize(
    ("question", "lang"),
    [
        ("which groups have no council co-chair?", "en"),
        ("which groups lack a co-chair who is a council member?", "en"),
        ("quels groupes n'ont pas de coprésident membre d'un Conseil?", "fr"),
        ("quels groupes sont sans coprésidence d'un conseil?", "fr"),
    ],
)
def test_which_groups_have_no_co_chair_from_a_council(ruled: World, question: str, lang: Language) -> None:
    officer = told(ruled, question, SAM, lang)
    assert officer.startswith("1 group has no co-chair" if lang == "en" else "1 groupe n'a pas de coprésidence")
    assert ("Bees: No confirmed seat in a Council: Ann" if lang == "en" else "Bees (fr) :") in officer
    assert officer.index("Bees") < officer.index("Larvae"), "what is not known stands apart"
    public = told(ruled, question, None, lang)
    assert public.startswith("No co-chair who is a member" if lang == "en" else "Aucune coprésidence")
    assert "Bees" in public

    def seat(session: Session) -> None:
        give_role(session, "ann", "member", group="council")

    ruled.database.write(OPERATOR, seat)
    assert "Bees" not in told(ruled, question, SAM, lang)


@pytest.mark.parametrize(
    ("question", "lang"),
    [
        ("which priorities have no group?", "en"),
        ("priorities without a group", "en"),
        ("what priorities are supported by no group?", "en"),
        ("quelles priorités n'ont pas de groupe?", "fr"),
        ("quelles sont les priorités sans groupe?", "fr"),
    ],
)
def test_which_priorities_have_no_group(world: World, question: str, lang: Language) -> None:
    def add(session: Session) -> None:
        session.add(Priority(id="darkness", name=both("Darkness"), owner="council"))
        session.flush()
        row = Alignment(id="bees.darkness", group="bees", priority="darkness", strength="none")
        session.add(row)

    world.database.write(OPERATOR, add)
    for by in (None, CORA, SAM):
        found = told(world, question, by, lang)
        assert ("1 priority" if lang == "en" else "1 priorité") in found.splitlines()[0]
        assert "Darkness" in found
        assert "Lights" not in found
        assert ("Shadows" in found) is (by is not None), "only a dormant group works on it"


def test_what_was_stated_not_to_support_a_priority_does_not(world: World) -> None:
    def state(session: Session) -> None:
        session.add(Alignment(id="orphans.lights", group="orphans", priority="lights", strength="none"))

    world.database.write(OPERATOR, state)
    assert "Orphans" not in told(world, "which groups support the Lights?")
    for question in ("which group serves no priority?", "which groups serve no priority?"):
        assert "Orphans" in told(world, question)
    assert "Bees" not in told(world, "quels groupes ne servent aucune priorité?", None, "fr")


def test_which_priorities_nobody_leads(world: World) -> None:
    for question in ("which priorities are led by nobody?", "quelles priorités ne sont dirigées par personne?"):
        found = told(world, question, LOU)
        assert "Shadows" in found
        assert "Lights" not in found
