"""Questions about workplans: how one stands, when it is due, which are late. To each, what they may know."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.ask.text import render
from cadre.ask.answer import Answer
from cadre.ask.service import answer
from cadre.core.dates import PartialDate
from cadre.core.i18n import LOCALES, Language
from cadre.core.models import STATE_ROW, State
from cadre.core.reader import OPERATOR, Actor, Reader
from cadre.groups.models import Group
from cadre.workplans import service as workplans
from cadre.workplans.rules import calendar_due, half_of
from cadre.workplans.rules import days_late as days_late_of
from tests.workplans import conftest
from tests.workplans.world import ANN, CORA, FAY, LOU, MEL, OLA, OSCAR, SAM, SECRETARIAT, World

world = conftest.world
RECORDLESS = Actor("Sam Okafor (U0SAM)", None, SECRETARIAT)
"""Of the secretariat by the settings, without a record."""


def ask(world: World, question: str, by: Actor | None = ANN, lang: Language = "en", channel: str | None = None) -> Answer:
    reader = Reader(LOCALES[lang], "America/Toronto", by.person if by else None)
    return world.database.read(answer, question, reader, seen_by=by, channel=channel)


def first(answered: Answer) -> str:
    """The answer itself, without the cycle that it names."""
    headline = str(answered.headline)
    assert re.search(r"\(cycle (of|de) ", headline), headline
    return re.sub(r" \(cycle [^)]*\)", "", headline).replace("\u00a0", " ")


def told(world: World, question: str, by: Actor | None = ANN, lang: Language = "en", channel: str | None = None) -> str:
    found = ask(world, question, by, lang, channel)
    return render(found, Reader(LOCALES[found.language], "America/Toronto")).replace("\u00a0", " ")


def days_late(world: World, days: int) -> None:
    """Let the workplans be due so many days ago."""
    seconds = (world.plan().due - world.today + timedelta(days=days)).total_seconds()
    world.database.write(OPERATOR, lambda session: session.execute(update(State).where(State.id == STATE_ROW).values(clock_offset=seconds)))


def test_whether_a_workplan_is_approved_and_what_it_waits_for(world: World) -> None:
    world.add()
    assert first(ask(world, "is the workplan of the Bees approved?")) == (
        "The workplan of the Bees is not approved yet: it has not been submitted."
    )
    world.database.write(ANN, workplans.submit, world.bees)
    french = ask(world, "le plan de travail des Bees est-il approuvé?", MEL, "fr")
    assert first(french) == "Le plan de travail de Bees (fr) n'est pas encore approuvé : il a été remis et se trouve au secrétariat."
    world.database.write(SAM, workplans.accept, world.bees)
    assert "it was accepted, and waits for the Council." in told(world, "has the Council approved the workplan of the Bees", CORA)
    world.database.write(SAM, workplans.approve, world.bees, "today")
    for by in (ANN, LOU, SAM, RECORDLESS):
        found = ask(world, "is the workplan of the Bees approved?", by)
        assert first(found).startswith("The workplan of the Bees was approved at the meeting Today ("), by
        assert found.parts[0].subject == "group:bees"
    found = ask(world, "is the workplan of the Bees approved?", SAM)
    assert "When is the workplan of the Bees due?" in found.follow_ups
    again = world.database.read(answer, "and Lights?", Reader(LOCALES["en"], person="sam"), found, seen_by=SAM)
    assert first(again) == "The workplan of the Lights priority is not approved yet: it has not been submitted."


def test_when_a_workplan_is_due_and_to_whom_it_is_said_how_late_it_is(world: World) -> None:
    due = Reader().date(world.plan().due)
    days_late(world, 3)
    for by in (ANN, SAM, RECORDLESS, OSCAR):
        assert first(ask(world, "when is the workplan of the Bees due?", by)) == f"The workplan of the Bees is due {due}, 3 days late.", by
    for by in (MEL, CORA):
        assert first(ask(world, "when is the workplan of the Bees due?", by)) == f"The workplan of the Bees is due {due}.", by
    assert "en retard de 3 jours" in told(world, "quand est dû le plan de travail des Bees, quelle est son échéance?", ANN, "fr")


@pytest.mark.parametrize(("by", "channel"), [(FAY, None), (None, None), (None, "C0GENERAL"), (ANN, "C0GENERAL"), (SAM, "C0GENERAL")])
def test_whoever_may_not_see_a_workplan_hears_nothing_of_it_and_nobody_in_a_channel(
    world: World, by: Actor | None, channel: str | None
) -> None:
    days_late(world, 3)
    for question in ("is the workplan of the Bees approved?", "when is the workplan of the Bees due?"):
        found = ask(world, question, by, channel=channel)
        assert found.headline.endswith("I tell in a conversation of our own, and only those who may see it.")
        assert not found.parts[0].known
    late = told(world, "which workplans are late?", by, channel=channel)
    assert "How late a workplan is, I tell in a conversation of our own" in late
    assert "Bees" not in late


def test_which_workplans_are_late_to_those_who_may_know_it(world: World) -> None:
    assert ask(world, "which workplans are late?", SAM).headline == "No workplan is late."
    days_late(world, 3)
    whole = told(world, "which workplans are late?", SAM)
    assert "3 workplans are late." in whole
    assert "Bees: Cycle of " in whole
    assert "3 days late" in whole
    for by in (ANN, OSCAR):
        own = told(world, "which workplans are overdue?", by)
        assert "1 workplan is late." in own
        assert "Lights" not in own
        assert "How late a workplan is, I tell" in own, "that there may be others is said"
    assert "Bees" not in told(world, "which workplans are late?", LOU)
    assert "3 plans de travail sont en retard." in told(world, "quels plans de travail sont en retard?", SAM, "fr")
    world.add(due=None)
    world.database.write(ANN, workplans.submit, world.bees)
    assert "None of the workplans of which you may know it is late." in told(world, "which workplans are late?", OSCAR)


def test_ones_own_workplans_and_which_are_approved(world: World) -> None:
    assert ask(world, "when is my workplan due?").headline.startswith("Bees: Cycle of ")
    assert ask(world, "mon plan de travail est-il approuvé?", OLA, "fr").headline == "Vous ne rédigez aucun plan de travail."
    assert not ask(world, "when is my workplan due?", None).parts[0].known
    world.add()
    world.database.write(ANN, workplans.submit, world.bees)
    world.database.write(SAM, workplans.accept, world.bees)
    assert "3 workplans are not approved yet." in told(world, "which workplans are not approved yet?", SAM)
    world.database.write(SAM, workplans.approve, world.bees, "today")
    assert "1 workplan is approved." in told(world, "which workplans are approved?", SAM)
    assert "1 plan de travail est approuvé." in told(world, "quels plans de travail sont approuvés?", FAY, "fr")


def test_the_cycle_that_is_asked_about_and_the_plan_that_is_in_force(world: World) -> None:
    world.add()
    world.database.write(ANN, workplans.submit, world.bees)
    due = Reader().date(world.plan().due)
    assert f"is due {due}, and is submitted already." in told(world, "is the workplan of the Bees approved?")
    submitted = first(ask(world, "when was the workplan of the Bees submitted?"))
    assert submitted == f"The workplan of the Bees was submitted on {Reader().date(world.today)}."
    world.database.write(SAM, workplans.accept, world.bees)
    world.database.write(SAM, workplans.approve, world.bees, "today")
    days_late(world, 1)
    world.opened(half_of(world.plan().due + timedelta(days=1)))
    newer, older = (each.plan for each in world.database.read(workplans.standings, ANN) if each.plan.target == "bees")
    assert "1 workplan is approved." in told(world, "which workplans are approved?", SAM), "the one in force counts"
    headline = str(ask(world, "is the workplan of the Bees approved?").headline)
    assert "is not approved yet" in headline
    assert f"Until then that of the cycle of {Reader().date(month_of(older.half))} is in force, which was approved." in headline
    for plan, what in ((newer, "n'est pas encore approuvé"), (older, "a été approuvé à la réunion de Today (")):
        month = Reader("fr_CA").date(month_of(plan.half))
        assert what in ask(world, f"le plan de travail de {month} des Bees est-il approuvé ?", ANN, "fr").headline.replace("\u00a0", " ")
    assert "no workplan of the Bees is recorded for March 2018" in told(world, "was the workplan of the Bees of March 2018 approved?")


def month_of(half: str) -> PartialDate:
    return PartialDate.parse(f"{calendar_due(half):%Y-%m}")


def test_which_workplans_are_submitted_returned_or_due_in_a_month(world: World) -> None:
    world.add()
    world.database.write(ANN, workplans.submit, world.bees)
    assert "1 workplan was submitted." in told(world, "which workplans were submitted?", SAM)
    for question in ("who has not submitted their workplan?", "which workplans have not been submitted yet?"):
        assert "2 workplans are not submitted yet." in told(world, question, SAM)
    assert "2 plans de travail ne sont pas encore remis." in told(world, "quels plans de travail ne sont pas encore remis ?", SAM, "fr")
    world.database.write(SAM, workplans.return_, world.bees, "Too short")
    assert "1 workplan was returned." in told(world, "which workplans were returned?", SAM)
    assert "is not submitted again yet" in told(world, "when was the workplan of the Bees submitted?")
    month = world.plan().due
    assert f"{month:%B %Y}: 3 workplans." in told(world, f"which workplans are due in {month:%B}?", SAM)
    assert "0 workplans." in told(world, "which workplans are due in May?", SAM)


def test_activities_are_told_to_those_whom_they_concern(world: World) -> None:
    world.add(due=world.day(1))
    mine = told(world, "what are my activities?", OLA)
    assert "1 activity is to be done." in mine
    assert "Count the bees: not started" in mine
    assert "0 activities are to be done." in told(world, "what are my activities?", LOU)
    assert "1 activity is to be done." in told(world, "what are the activities of the Bees?", MEL)
    days_late(world, 1)
    for by in (ANN, OLA, OSCAR, SAM):
        assert "1 activity is late." in told(world, "which activities of the Bees are late?", by)
    assert "1 activité est en retard." in told(world, "quelles activités sont en retard ?", SAM, "fr")
    strangers: tuple[Actor | None, ...] = (MEL, CORA, FAY, None)
    for stranger in strangers:
        late = told(world, "which activities are late?", stranger)
        assert "Which activities are late, I tell in a conversation of our own" in late
        assert "Count" not in late


def test_nobody_waits_for_the_workplan_of_a_group_that_is_dormant(world: World) -> None:
    world.database.write(OPERATOR, lambda session: setattr(session.get(Group, "bees"), "state", "dormant"))
    days_late(world, 3)
    whole = told(world, "which workplans are late?", SAM)
    assert "2 workplans are late." in whole
    assert "Bees" not in whole
    assert "days late" not in told(world, "when is the workplan of the Bees due?", SAM)
    late = [plan.id for plan in world.database.read(workplans.all_open, SAM) if days_late_of(plan, world.plan().due + timedelta(days=3))]
    assert world.lights in late
    assert world.bees not in late


def over(world: World) -> None:
    """The Bees are dissolved."""
    world.database.write(OPERATOR, lambda session: setattr(session.get_one(Group, "bees"), "state", "sunset"))


def test_of_a_dissolved_group_no_workplan_is_awaited(world: World) -> None:
    world.add()
    over(world)
    for question in ("is the workplan of the Bees approved?", "when is the workplan of the Bees due?"):
        assert told(world, question, SAM).startswith("The Bees is dissolved: no workplan of it is awaited any more.")
    french = told(world, "le plan de travail des Bees est-il approuvé?", SAM, "fr")
    assert french.startswith("Bees (fr) n'existe plus : aucun plan de travail n'en est attendu.")
    assert "Bees" not in told(world, "which workplans are not approved?", SAM)
    assert "bees" not in {plan.target for plan in world.database.read(workplans.all_open, SAM)}


def test_what_a_dissolved_group_had_approved_is_still_told(world: World) -> None:
    world.add()
    world.database.write(ANN, workplans.submit, world.bees)
    world.database.write(SAM, workplans.accept, world.bees)
    world.database.write(SAM, workplans.approve, world.bees, "today")
    over(world)
    found = told(world, "is the workplan of the Bees approved?", SAM)
    assert found.startswith("The Bees is dissolved")
    assert "Approved" in found
    assert "bees" in {plan.target for plan in world.database.read(workplans.all_open, SAM)}
