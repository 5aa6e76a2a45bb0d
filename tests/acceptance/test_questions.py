"""What the Councils' people ask the real registry, in their words."""

from __future__ import annotations

import pytest

from tests.acceptance.conftest import Asking

IDENTITY = ("Bev Dicks", "Annette Vermaeten")
STRATEGY = ("Guy Gordon", "Sean McLeish")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("who leads digital identity", IDENTITY),
        ("WHO LEADS DIGITAL IDENTITY???", IDENTITY),
        ("hi there, who's the lead on digital identity pls? thx!", IDENTITY),
        ("who leads dgital identty", IDENTITY),
        ("who leads identité numérique", IDENTITY),
        ("digital identity's leads", IDENTITY),
        ("Qui dirige l'identité numérique?", IDENTITY),
        ("QUI DIRIGE L'IDENTITE NUMERIQUE", IDENTITY),
        ("kisse qui mène l'identité numérique", IDENTITY),
        ("qui dirige digital identity", IDENTITY),
        ("Bonjour, c'est qui le boss de la strategie numerique svp? Merci!", STRATEGY),
        ("la stratégie numérique, c'est qui qui s'en occupe?", STRATEGY),
    ],
)
def test_however_it_is_put(ask: Asking, question: str, expected: tuple[str, ...]) -> None:
    first = ask(question).first
    for name in expected:
        assert name in first


def test_the_answer_comes_first_then_source_and_day_then_follow_ups(ask: Asking) -> None:
    first, source, *rest = ask("who leads digital identity").text.splitlines()
    assert "Bev Dicks (B.C.) and Annette Vermaeten (ESDC/Service Canada)" in first
    assert source == "Source: Framework Working Group deck, October 2017"
    assert 1 <= sum(line.endswith("?") for line in rest) <= 3


def test_old_facts_are_told_as_of_their_day(ask: Asking) -> None:
    assert ask("who leads digital strategy").first.startswith("As of October 2017, ")
    assert ask("qui dirige la stratégie numérique").first.startswith("En date d'octobre 2017, ")


@pytest.mark.parametrize(
    "question", ["who led digital identity in 2016?", "Who led digital identity in February 2017?", "who led digital identity in 2025"]
)
def test_who_led_it_on_a_day_that_no_source_speaks_of_is_unknown(ask: Asking, question: str) -> None:
    told = ask(question)
    assert "not in the registry" in told.first
    assert "Bev Dicks" not in told.first
    assert "As of October 2017" in told.text, "the nearest thing that is known"


def test_unknown_in_french(ask: Asking) -> None:
    told = ask("Qui dirigeait l'identité numérique en 2016?")
    assert "ne figure pas dans le registre" in told.first
    assert told.lang == "fr"


def test_who_led_it_in_the_month_of_the_source(ask: Asking) -> None:
    assert "Bev Dicks" in ask("Who led digital identity in October 2017?").first


@pytest.mark.parametrize(
    ("question", "marker", "candidates"),
    [
        ("SCGI", "Did you mean", ("Identity Management Sub-Committee", "Information Management Sub-Committee")),
        ("que veut dire SCGI?", "Voulez-vous dire", ("gestion de l'identité", "gestion de l'information")),
        ("who leads the working group?", "Did you mean", ("Framework Working Group",)),
        ("qui sont les membres du groupe de travail?", "Voulez-vous dire", ("Groupe de travail",)),
    ],
)
def test_what_may_be_several_things_is_asked_back(ask: Asking, question: str, marker: str, candidates: tuple[str, ...]) -> None:
    told = ask(question, lang="en" if marker == "Did you mean" else "fr").text
    assert marker in told
    for name in candidates:
        assert name in told


@pytest.mark.parametrize(
    "question",
    [
        "What is the budget of the Privacy Sub-Committee?",
        "What's the weather in Ottawa?",
        "When is the next meeting?",
        "Who leads Service Mapping?",
    ],
)
def test_what_the_registry_does_not_hold_is_said_so(ask: Asking, question: str) -> None:
    assert "not in the registry" in ask(question).text


def test_absent_governments_are_absent_even_if_a_meeting_was_held_there(ask: Asking) -> None:
    assert "not in the registry" in ask("Who represents Newfoundland and Labrador?").first
    assert "ne figure pas dans le registre" in ask("Qui représente l'Île-du-Prince-Édouard?").first


@pytest.mark.parametrize(
    "question", ["Was the Channel Shift group sunset?", "What is recommended for Service Mapping?", "Are the governance rules in force?"]
)
def test_what_is_only_proposed_says_so(ask: Asking, question: str) -> None:
    told = ask(question).text
    assert "proposed" in told
    assert "approved recommendation" not in told


def test_proposed_in_french(ask: Asking) -> None:
    assert "propos" in ask("Le groupe sur le changement de chaînes a-t-il été aboli?").text


@pytest.mark.parametrize(
    "group", ["open government", "IMSC", "death notification", "Privacy Sub-Committee", "Service Mapping", "Channel Shift"]
)
def test_a_corrected_owner_is_to_be_confirmed(ask: Asking, group: str) -> None:
    told = ask(f"Which council does {group} report to?")
    assert "Joint Councils" in told.first
    assert "to be confirmed" in told.text
    assert "Department of Justice" not in told.text


def test_the_three_other_owners_need_no_confirmation(ask: Asking) -> None:
    assert "to be confirmed" not in ask("Which council does the Cloud Computing Working Group report to?").text


def test_a_search_for_justice_canada_finds_the_groups_and_the_note(ask: Asking) -> None:
    told = ask("Which groups belong to Justice Canada?").text
    assert "to be confirmed" in told
    for group in ("Canada Open Government", "Research Committee", "Death Notification"):
        assert group in told


def test_two_questions_in_one_message_are_both_answered(ask: Asking) -> None:
    told = ask("Who leads digital identity? And where was the meeting in February 2016?").text
    assert "Bev Dicks" in told
    assert "Toronto" in told
    told = ask("Qui dirige l'identité numérique et où s'est tenue la réunion de février 2016?").text
    assert "Bev Dicks" in told
    assert "Toronto" in told


@pytest.mark.parametrize(
    ("question", "reader", "lang"),
    [
        ("who leads identité numérique", "fr", "en"),
        ("qui dirige digital identity", "en", "fr"),
        ("NCSIP", "fr", "fr"),
        ("NCSIP", "en", "en"),
        ("Bev Dicks", "fr", "fr"),
    ],
)
def test_the_answer_is_in_the_question_s_language_else_in_the_reader_s(ask: Asking, question: str, reader: str, lang: str) -> None:
    assert ask(question, lang=reader).lang == lang


def test_nobody_s_contact_details_are_invented(ask: Asking) -> None:
    for question in ("What is Bev Dicks's email?", "Give me Guy Gordon's phone number", "le courriel de Sophia Howse?"):
        text = ask(question).text
        assert "@" not in text
        assert "not in the registry" in text or "ne figure pas dans le registre" in text


def test_people_of_a_government_and_the_municipal_ones_beside_it(ask: Asking) -> None:
    told = ask("Who represents Ontario?")
    assert "Robert Devries" in told.first
    assert "Harry Turnbull" not in told.first
    for name in ("Mark Burns", "Sean McLeish"):
        assert name in ask("Qui représente le Yukon?").text


def test_a_co_chair_for_a_council_is_not_the_council_s_chair(ask: Asking) -> None:
    assert "not in the registry" in ask("Does Natasha Clarke chair PSSDC?").text
    assert "Natasha Clarke" in ask("Who co-chairs the Framework Working Group for PSSDC?").first


def test_meetings_are_known_to_the_month(ask: Asking) -> None:
    told = ask("When was the Charlottetown meeting?").text
    assert "October 2017" in told
    assert "October 1" not in told


def test_decision_1_is_told_as_worded_and_its_adoption_is_unknown(ask: Asking) -> None:
    told = ask("Was Decision 1 adopted?").text
    assert "workplans" in told
    assert "not in the registry" in told


def test_french_typography(ask: Asking) -> None:
    """No space before a question mark, none but no-break spaces inside guillemets and before a colon."""
    told = ask("qui dirige l'identité numérique?").text
    assert " ?" not in told
    assert "Source : " in told
