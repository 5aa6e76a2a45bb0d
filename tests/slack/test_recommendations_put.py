"""Recommendations of the registry as they are put to a council: worded as the decision would read, with a title and their own question."""

from __future__ import annotations

from sqlalchemy import select

from cadre.decisions import confirming, putting_times, questions
from cadre.decisions.confirming import DecisionDetails
from cadre.decisions.models import Decision, Question, Recommendation
from cadre.decisions.question_facts import QuestionFacts
from tests.notices.scenarios import JORDAN, does
from tests.slack import put
from tests.slack.calls import soon
from tests.slack.put import AVERY, CASEY, REMI, opened, takes
from tests.slack.test_carrying_out import officer, window_of
from tests.workspace import Shown, Workspace

workspace = put.workspace


async def begun(workspace: Workspace, source: str) -> Shown:
    """The draft that is begun from something of the registry."""
    jordan = officer(workspace)
    await jordan.commands("questions")
    await jordan.clicks("New question", await jordan.window())
    await jordan.submits(council="demo-council", source=source)
    return await jordan.window()


def draft(workspace: Workspace) -> QuestionFacts:
    row = workspace.database.read(lambda session: session.scalars(select(Question.id)).one())
    return workspace.database.read(questions.question, row, JORDAN).question


async def test_a_recommendation_worded_as_a_question_is_put_as_the_decision_reads(workspace: Workspace) -> None:
    shown = await begun(workspace, "recommendation:group-kinds")
    assert "(without a title)" not in shown.text
    assert "Are the following types of groups to be used from now on: working group" in shown.text, "its own question, as background"
    found = draft(workspace)
    assert found.title
    assert (found.title.en, found.title.fr) == ("Kinds of groups", "Types de groupes")
    (item,) = found.items
    assert item.wording.en == "The following types of groups are used from now on: working group, committee, community of practice."
    assert item.wording.fr
    assert item.wording.fr.endswith("utilisés dorénavant\u00a0: groupe de travail, comité, communauté de pratique.")


async def test_of_the_registry_nothing_is_put_that_would_be_no_decision(workspace: Workspace) -> None:
    """Each recommendation, in both languages, ends as a statement does."""
    for _id, wording in workspace.database.read(questions.recommendations):
        for text in (wording.en, wording.fr):
            assert text
            assert "?" not in text


async def test_what_is_agreed_instead_is_asked_by_itself_and_done_by_itself(workspace: Workspace) -> None:
    question = await opened(workspace, category="procurement_conditional", wording_en="", wording_fr="")
    first, second = question.items
    assert first.wording.en
    assert first.wording.en.startswith("The IT Procurement Working Group is tasked with activities to support progress on the IT")
    assert second.wording.en
    assert second.wording.en.startswith("The IT Procurement Working Group transitions to a community of practice, if it is not tasked")
    takes(workspace, CASEY, question, "demo-bellorme", ("objects", "Not ours"), ("supports", ""))
    for actor, place in ((AVERY, "demo-pommeraie"), (REMI, "demo-windmills")):
        takes(workspace, actor, question, place)
    does(workspace, JORDAN, putting_times.close_now, question.id)
    refused, agreed = does(workspace, JORDAN, confirming.confirm_all, question.id, DecisionDetails())
    assert (refused.outcome, agreed.outcome) == ("not_agreed", "agreed")
    assert workspace.database.read(lambda session: session.get_one(Recommendation, "it-procurement").status) == "approved"
    await soon(workspace)
    workspace.database.write(
        JORDAN, lambda session: setattr(session.get_one(Decision, agreed.id), "council", "jc")
    )  # an invented one may not
    jordan = officer(workspace)
    await jordan.clicks("Carry out…", await window_of(jordan, agreed))
    assert "kind: working group → community of practice" in (await jordan.window()).text, "there is nothing to choose"


async def test_notes_on_the_deck_stay_out_of_the_background_too(workspace: Workspace) -> None:
    await begun(workspace, "slide:sunset")
    found = draft(workspace)
    assert found.background
    assert found.background.fr == "Y a-t-il un accord sur la dissolution officielle des groupes de travail suivants?"


async def test_a_single_recommendation_on_a_group_is_called_by_it(workspace: Workspace) -> None:
    await begun(workspace, "recommendation:death-notification")
    found = draft(workspace)
    assert found.title
    assert found.title.en == "Death Notification Working Group: continue"
    assert found.title.fr == "Groupe de travail sur les avis de décès\u00a0: poursuivre ses travaux"
