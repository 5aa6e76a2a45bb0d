"""What people asked of Cadre beyond the plain cases: dates, outcomes, names that nobody bears, several questions at once."""

from __future__ import annotations

import pytest

from tests.acceptance.conftest import Asking
from tests.acceptance.test_in_slack import addresses, confirmed
from tests.workspace import Workspace

__all__ = ["addresses"]


@pytest.mark.parametrize(
    "question",
    [
        "Who is on the Tourism Sub-Committee?",
        "Is the Tourism Working Group active?",
        "How many members does the Tourism Committee have?",
        "Was the Tourism Working Group sunset?",
        "What is the state of the Tourism group?",
        "Which groups support the tourism priority?",
    ],
)
def test_a_group_that_is_not_there_is_not_answered_with_another(ask: Asking, question: str) -> None:
    """Never an invented fact: "the Tourism Sub-Committee" has no members, and those of the Framework Working Group are not its own."""
    assert "not in the registry" in ask(question).first


@pytest.mark.usefixtures("addresses")
@pytest.mark.parametrize("person", ["guy-gordon", "natasha-clarke"])
async def test_what_members_may_see_members_see(workspace: Workspace, person: str) -> None:
    """Visibility "members": somebody whose role the secretariat confirmed is a member."""
    member = await confirmed(workspace, person)
    assert "guy-gordon@" in (await member.asks("What is Guy Gordon's e-mail?")).text


def test_a_list_by_recommendation_knows_what_was_decided(harbours: Asking) -> None:
    """One was approved and one was declined: neither is "proposed, without a decision yet"."""
    assert "without a decision" not in harbours("Which groups are recommended to be sunset?").text


def test_groups_that_are_sunset_are_those_in_that_state(harbours: Asking) -> None:
    told = harbours("Which groups are sunset?").text
    assert "Kelp Research" in told
    assert "Ferry Safety" not in told, "dormant, and its sunset was declined"


def test_what_was_approved_is_listed(harbours: Asking) -> None:
    told = harbours("Which recommendations were approved?").text
    assert "only proposed" not in told


def test_the_last_meeting_was_held_already(harbours: Asking) -> None:
    assert "Gander" in harbours("When was the last meeting?").first
    assert "Gander" in harbours("Où a eu lieu la dernière réunion?").first


def test_when_a_decision_was_taken(harbours: Asking) -> None:
    told = harbours("When was decision 7 taken?").text
    assert "June 12, 2024" in told
    assert "not in the registry" not in told


def test_what_was_decided_at_a_meeting(harbours: Asking) -> None:
    assert "Foghorns" in harbours("What was decided at the Gander meeting?").text
    assert "Cornes" in harbours("Qu'est-ce qui a été décidé à Gander?").text.title()


def test_decisions_of_another_year_are_not_told(harbours: Asking) -> None:
    assert "Foghorns" not in harbours("What decisions were taken in 2020?").first


def test_two_questions_joined_in_french(ask: Asking) -> None:
    told = ask("qui dirige l'identité numérique et que veut dire CDPISP?").text
    assert "Bev Dicks" in told
    assert "Conseil des dirigeants principaux de l'information du secteur public" in told


def test_a_second_question_that_says_it(ask: Asking) -> None:
    assert "proposed" in ask("Who owns the Privacy Sub-Committee and is it going to continue?").text


def test_the_leads_of_the_priorities_are_counted(harbours: Asking) -> None:
    """One person leads a priority; three lead, or once led, something."""
    assert "1 person leads" in harbours("Who leads the priorities?").first


def test_a_priority_that_is_not_there_is_not_in_the_registry(harbours: Asking) -> None:
    assert "not in the registry" in harbours("Who leads digital identity?").first


def test_the_secretariat_of_a_group(harbours: Asking) -> None:
    assert "Ingrid Sorensen" in harbours("Who is the secretariat of the Fog Signals Working Group?").text


def test_observers_and_alternates(harbours: Asking) -> None:
    assert "Ingrid Sorensen" in harbours("Who are the observers on LAWG?").text
    assert "Zoé Lachance" in harbours("Qui sont les substituts du GTAP?").text + harbours("Who are the alternates on LAWG?").text


def test_a_person_s_part_as_of_a_day_is_yes_no_or_unknown(ask: Asking, harbours: Asking) -> None:
    """He is recorded, as of October 2017; of 2015 nothing is known. She is recorded until June 2018: in 2019 the answer is no."""
    told = ask("Was Guy Gordon a member of the Framework Working Group in 2015?").text
    assert "2015" in told
    assert "October 2017" in told
    told = harbours("Did Marie Tremblay lead LAWG in 2019?").text
    assert "June 2018" in told


def test_who_was_on_it_is_not_who_led_it(ask: Asking) -> None:
    assert "who led" not in ask("Who was on the Framework Working Group in 2016?").first


def test_somebody_who_left_is_told_in_the_past(harbours: Asking) -> None:
    assert "leads" not in harbours("Who led LAWG in 2016?").first


def test_both_leads_of_a_year_in_which_they_changed(harbours: Asking) -> None:
    told = harbours("Who led LAWG in 2018?")
    assert "not recorded" not in told.first
    assert "Marie Tremblay" in told.first
    assert "Marie Okonkwo" in told.first


def test_since_when(harbours: Asking) -> None:
    assert "July 2018" in harbours("Since when has Marie Okonkwo led LAWG?").text


def test_former_roles_of_a_person_are_known(harbours: Asking) -> None:
    assert "no role" not in harbours("What is Marie Tremblay's role?").first
    assert "Lighthouse" in harbours("What is Marie Tremblay's role?").text


def test_a_fresh_fact_is_not_told_as_of_the_day_of_an_old_one(harbours: Asking) -> None:
    """Her only role was attested last month; his lead of Safe Passage too."""
    assert "As of 2014, Tom Penashue and Marie Okonkwo" not in harbours("Who represents Newfoundland and Labrador?").first
    first = harbours("What is Tom Penashue responsible for?").first
    assert not (first.startswith("As of 2014") and "Safe Passage" in first)


def test_a_role_confirmed_last_week_is_fresh_wherever_it_is_told(harbours: Asking) -> None:
    assert "As of 2014" not in harbours("Who represents the Northern Ocean Agency?").first


def test_all_groups_of_a_council_are_counted(harbours: Asking) -> None:
    told = harbours("How many groups report to the Harbours Council?").first
    assert "4 groups" in told


def test_the_deck_s_gap_analysis_is_not_everybody_s(harbours: Asking) -> None:
    assert "gap analysis" not in harbours("How many groups are there?").text


def test_what_a_group_is_includes_its_state_and_mandate(harbours: Asking) -> None:
    """Point 3: description, mandate, kind, owner, parent, state, recommendation, priority, oversight, notes."""
    assert (
        "sunset" in harbours("What is the Kelp Research Working Group?").first
        or "State" in harbours("What is the Kelp Research Working Group?").text
    )
    assert "2030" in harbours("Tell me about the Lighthouse Automation Working Group").text


def test_whose_next_step_it_is(harbours: Asking) -> None:
    assert "Tom Penashue" in harbours("What is the next step, and whose is it?").text
