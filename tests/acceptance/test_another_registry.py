"""The same questions put to a registry of other councils, other people and other days: nothing is known by heart."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date

from tests.acceptance.conftest import Asking
from tests.acceptance.invented import next_meeting


def test_whoever_leads_now(harbours: Asking) -> None:
    told = harbours("Who leads the Lighthouse Automation Working Group?")
    assert "Marie Okonkwo (N.L.)" in told.first
    assert "Marie Tremblay" not in told.first
    assert "As of" not in told.first, "attested last month"


def test_whoever_led_then(harbours: Asking) -> None:
    assert "Marie Tremblay" in harbours("Who led LAWG in 2016?").first
    assert "Marie Okonkwo" not in harbours("Who led LAWG in 2016?").text
    told = harbours("Qui dirigeait le GTAP en août 2018?")
    assert "Marie Okonkwo" in told.first
    assert told.lang == "fr"


def test_before_anybody_it_is_unknown(harbours: Asking) -> None:
    for question in ("Who led LAWG in 2010?", "Who led the Fog Signals Working Group in 2016?"):
        told = harbours(question)
        assert "not in the registry" in told.first


def test_the_day_of_the_source_is_a_day_on_which_it_is_known(harbours: Asking) -> None:
    assert harbours("Who led the Fog Signals Working Group in 2014?").first.startswith("As of 2014, Tom Penashue")


def test_old_and_fresh_sources(harbours: Asking) -> None:
    assert harbours("Who co-chairs the Ferry Safety Committee?").first.startswith("As of 2014, ")
    assert "As of" not in harbours("Who leads safe passage?").text


def test_a_role_confirmed_last_week_is_told_without_its_old_day(harbours: Asking) -> None:
    assert "As of" not in harbours("What is Ingrid Sorensen responsible for?").first


def test_a_first_name_that_two_people_share(harbours: Asking) -> None:
    for question in ("Who is Marie?", "What is Marie responsible for?", "Marie"):
        told = harbours(question).text
        assert "Did you mean" in told
        assert "Marie Okonkwo" in told
        assert "Marie Tremblay" in told
    assert "Voulez-vous dire" in harbours("De quoi Marie est-elle responsable?").text
    assert "Did you mean" not in harbours("Who is Zoe?").text


def test_what_was_approved_and_what_was_declined(harbours: Asking) -> None:
    approved = harbours("What is recommended for the Kelp Research Working Group?").first
    assert "approved" in approved
    assert "proposed" not in approved
    declined = harbours("What is recommended for the Ferry Safety Committee?").first
    assert "declined" in declined
    assert "proposed" in harbours("What is recommended for LAWG?").first
    assert "approuvée" in harbours("Que recommande-t-on pour le groupe sur le varech?").first


def test_rules_that_were_approved_are_rules(harbours: Asking) -> None:
    for question in (
        "What must every group have?",
        "Are the governance rules only proposed?",
        "Quelles règles chaque groupe doit-il respecter?",
    ):
        told = harbours(question).text
        assert "mandat" in told
        assert "propos" not in told


def test_the_next_meeting(harbours: Asking) -> None:
    day = next_meeting()
    told = harbours("When is the next meeting?").first
    assert "Shediac" in told
    assert format_date(date.fromisoformat(day), "long", "en_CA") in told
    assert "Shediac" in harbours("À quand la prochaine réunion?").first
    assert "Shediac" in harbours("Who leads LAWG, and where is the next meeting?").text


def test_meetings_of_a_year(harbours: Asking) -> None:
    told = harbours("Which meetings were held in 2024?").text
    assert "Gander" in told
    assert "Shediac" not in told


def test_decisions_and_next_steps(harbours: Asking) -> None:
    assert "Foghorns are to be tested every month" in harbours("What is decision 7?").first
    told = harbours("What are the next steps, and by when?").text
    assert "Count the buoys" in told
    assert "May 2031" in told


def test_people_are_listed_with_the_part_they_have(harbours: Asking) -> None:
    lines = harbours("Who is on the Lighthouse Automation Working Group?").text.splitlines()
    for name, part in (("Marie Okonkwo", "lead"), ("Zoé Lachance", "alternate"), ("Ingrid Sorensen", "observer")):
        assert any(name in line and part in line for line in lines)
    assert not any("Marie Tremblay" in line for line in lines), "she left in 2018"


def test_who_was_on_it_then(harbours: Asking) -> None:
    told = harbours("Who was on LAWG in 2017?").text
    assert "Marie Tremblay" in told
    assert "Marie Okonkwo" not in told


def test_states(harbours: Asking) -> None:
    assert "Ferry Safety Committee" in harbours("Which groups are dormant?").text
    assert "dissous" in harbours("Quel est l'état du groupe sur le varech?").first
    assert "not in the registry" in harbours("Is the Fog Signals Working Group active?").first


def test_an_owner_that_was_corrected(harbours: Asking) -> None:
    told = harbours("Who owns the Ferry Safety Committee?").text
    assert "Harbours Council" in told
    assert "to be confirmed" in told
    assert "Cour du Havre" in told, "the source's own words"


def test_acronyms_priorities_and_mandates(harbours: Asking) -> None:
    assert "Lighthouse Automation Working Group" in harbours("What does LAWG stand for?").first
    assert "automatisation des phares" in harbours("Que veut dire GTAP?").first
    assert "Lighthouse Automation" in harbours("Which groups support safe passage?").text
    assert "2030" in harbours("Quel est le mandat du GTAP?").text


def test_an_agency_whose_code_yaml_would_read_as_no(harbours: Asking) -> None:
    assert "Ingrid Sorensen" in harbours("Who represents the Northern Ocean Agency?").first


def test_what_only_the_real_registry_holds_is_not_here(harbours: Asking) -> None:
    for question in ("Who leads the Moonshine Working Group?", "What does PSCIOC stand for?", "Who represents Manitoba?"):
        assert "not in the registry" in harbours(question).text


def test_a_public_address_is_told_and_others_are_not(harbours: Asking) -> None:
    assert "zoe.lachance@harbours.example.org" in harbours("What is Zoé Lachance's e-mail?").first
    for question in ("What is Marie Okonkwo's e-mail?", "Tom Penashue's phone and email", "Quel est le courriel de Marie Okonkwo?"):
        assert "harbours.example.org" not in harbours(question).text
        assert "555" not in harbours(question).text
