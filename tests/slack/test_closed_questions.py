"""A question after its closing: who spoke stays told, what came late is kept, what was decided is found from it."""

from __future__ import annotations

from datetime import timedelta

from cadre.core.dates import PartialDate
from cadre.decisions import confirming, putting_times
from cadre.decisions.confirming import DecisionDetails
from cadre.people.models import Role
from tests.notices.scenarios import JORDAN, does
from tests.slack import put
from tests.slack.calls import casey, maxime, soon, told
from tests.slack.put import AVERY, CASEY, CLOSES, REMI, opened, outcome_of, stances, supported, takes, window_of
from tests.workspace import Workspace

workspace = put.workspace


def leaves(workspace: Workspace, role: str, until: str = "2027-02") -> None:
    """A role in the council ends."""
    does(workspace, JORDAN, lambda session: setattr(session.get_one(Role, role), "until", PartialDate.parse(until)))


async def test_who_spoke_is_told_as_it_was_at_the_closing_when_they_leave_later(workspace: Workspace) -> None:
    question, jordan, sacha = await opened(workspace), workspace.user("jordan-wrenwood"), workspace.user("sacha-rivenord")
    takes(workspace, REMI, question, "demo-windmills")
    does(workspace, JORDAN, putting_times.close_now, question.id)
    leaves(workspace, "demo-council.remi-tourbillon")
    leaves(workspace, "demo-council.sacha-rivenord")
    await workspace.until("2027-03-15T18:00")
    shown = (await window_of(jordan, question)).text
    assert "Department of Windmills, demonstration*: Rémi Tourbillon" in shown
    assert "nobody speaks for it" not in shown
    assert "No longer of the council" not in shown
    seen = await window_of(sacha, question)
    assert "Vous parliez au nom" in seen.text
    assert "S'exprimer en retard" not in seen.buttons


async def test_of_a_consultation_too(workspace: Workspace) -> None:
    question, jordan = await opened(workspace, kind="consultation", wording_en="", wording_fr=""), workspace.user("jordan-wrenwood")
    does(workspace, JORDAN, putting_times.close_now, question.id)
    leaves(workspace, "demo-council.sacha-rivenord")
    await workspace.until("2027-03-15T18:00")
    shown = (await window_of(jordan, question)).text
    assert "Sacha Rivenord" in shown
    assert "No longer of the council" not in shown


async def test_what_came_late_is_kept_when_there_is_more_time_and_who_said_it_is_told_to_say_it_again(workspace: Workspace) -> None:
    question, jordan = await opened(workspace), workspace.user("jordan-wrenwood")
    does(workspace, JORDAN, putting_times.close_now, question.id)
    takes(workspace, CASEY, question, "demo-bellorme", ("objects", "Too red"))
    does(workspace, JORDAN, putting_times.extend, question.id, CLOSES + timedelta(days=3), "Ice", "Glace")
    await soon(workspace)
    again = "What your seat said after the closing does not count: say it again, if you still mean it."
    assert any(again in each for each in await told(casey(workspace)))
    assert any("Ce que votre siège a dit après la clôture ne compte pas" in each for each in await told(maxime(workspace)))
    assert not any("does not count" in each for each in await told(workspace.user("avery-plumridge")))
    assert stances(workspace, question) == {}
    does(workspace, JORDAN, putting_times.close_now, question.id)
    assert "Too red" in (await outcome_of(jordan, question)).text, "it was said to be kept"
    does(workspace, JORDAN, putting_times.extend, question.id, CLOSES + timedelta(days=3), "Ice", "Glace")
    takes(workspace, CASEY, question, "demo-bellorme", ("objects", "Still too red"))
    does(workspace, JORDAN, putting_times.close_now, question.id)
    window = (await outcome_of(jordan, question)).text
    assert "Still too red" in window
    assert "After the closing" not in window, "it was said again"


async def test_a_settled_question_tells_what_was_decided_and_leads_there(workspace: Workspace) -> None:
    question = await supported(workspace, items=2)
    does(workspace, JORDAN, confirming.confirm, question.items[0].id, DecisionDetails())
    does(workspace, JORDAN, confirming.set_aside, question.items[1].id, "Winter", "L'hiver")
    window = await window_of(casey(workspace), question)
    assert "Decision 2027-01: agreed" in window.text
    await casey(workspace).clicks("See the decision", window)
    assert "Paint the canoes red. Source: the question “Canoes”." in (await casey(workspace).window()).text
    assert "Décision 2027-01\u00a0: accord" in (await window_of(maxime(workspace), question)).text


async def test_who_says_something_late_knows_before_that_it_does_not_count(workspace: Workspace) -> None:
    question = await opened(workspace)
    does(workspace, JORDAN, putting_times.close_now, question.id)
    await casey(workspace).clicks("Say something late", await window_of(casey(workspace), question))
    window = await casey(workspace).window()
    assert window["title"]["text"] == "After the closing"
    assert window["submit"]["text"] == "Send"
    assert "This question is closed: what you say now does not count. It is kept, and the secretariat is told." in window.text


async def test_on_a_stale_screen_one_learns_who_closed_it_and_who_confirmed_all(workspace: Workspace) -> None:
    question, jordan, alix = await opened(workspace), workspace.user("jordan-wrenwood"), workspace.user("alix-beletang")
    for actor, place in ((CASEY, "demo-bellorme"), (AVERY, "demo-pommeraie"), (REMI, "demo-windmills")):
        takes(workspace, actor, question, place)
    closing = "Close now" if alix.locale.startswith("en") else "Clore maintenant"
    await alix.clicks(closing, await window_of(alix, question))
    await jordan.clicks("Close now", await window_of(jordan, question))
    await jordan.submits()
    await alix.submits()
    shown = "\n".join(each.text for each in await alix.windows())
    assert "Jordan Wrenwood" in shown
    assert "Cette question est close." in shown or "This question is closed." in shown


async def test_all_is_confirmed_where_something_had_a_quorum_and_a_second_officer_learns_who_did(
    workspace: Workspace,
) -> None:
    silent, jordan, alix = await opened(workspace, items=2), workspace.user("jordan-wrenwood"), workspace.user("alix-beletang")
    does(workspace, JORDAN, putting_times.close_now, silent.id)
    assert "Confirm all as they came to" not in (await outcome_of(jordan, silent)).buttons, "none had a quorum"
    question = await supported(workspace, items=2, title_en="Oars", title_fr="Rames")
    both = "Confirm all" if alix.locale.startswith("en") else "Tout confirmer"
    await alix.clicks(both, await outcome_of(alix, question))
    await jordan.clicks("Confirm all as they came to", await outcome_of(jordan, question))
    await jordan.submits()
    await alix.submits()
    assert any("Jordan Wrenwood" in each.text for each in await alix.windows())
