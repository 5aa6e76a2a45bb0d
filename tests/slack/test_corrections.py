"""What was recorded wrong of a decision is put right, all of it; dates that cannot be are refused."""

from __future__ import annotations

from cadre.oversight.carrying import carry_out
from cadre.oversight.drafts import CarryForm
from tests.notices.scenarios import JORDAN, does
from tests.slack import put
from tests.slack.calls import casey, maxime, soon
from tests.slack.put import opened, outcome_of, supported, window_of
from tests.slack.test_carrying_out import decided, officer
from tests.slack.test_carrying_out import window_of as decision_of
from tests.workspace import Workspace

workspace = put.workspace
WHY = {"reason_en": "Typo", "reason_fr": "Coquille"}


async def test_a_review_before_the_decision_is_refused_beside_its_field(workspace: Workspace) -> None:
    question, jordan = await supported(workspace), officer(workspace)
    await jordan.clicks("Confirm", await outcome_of(jordan, question))
    refused = await jordan.submits(review="2026-01")
    assert refused["errors"] == {"review": "It must come after the day from which it is in effect."}
    refused = await jordan.submits(review="2028-01", effective="2028-02")
    assert list(refused["errors"]) == ["review"]
    await jordan.submits(review="2028-01", effective="2027-02")
    assert "It is decision 2027-01 now." in (await jordan.window()).text


async def test_a_position_by_phone_was_not_given_before_the_opening(workspace: Workspace) -> None:
    question, jordan = await opened(workspace), officer(workspace)
    window = await window_of(jordan, question)
    seat = next(each.id for each in question.seats if each.place.id == "demo-borealia")
    menus = (each for each in window.elements if each["type"] == "overflow")
    menu = next(each for each in menus if any(f":{seat}" in option["value"] for option in each["options"]))
    record = next(option["value"] for option in menu["options"] if option["text"]["text"] == "Record a position")
    spot = {"action_id": menu["action_id"], "block_id": menu["block_id"], "view_id": window.id}
    await workspace.post("click", user=jordan.id, value=record, **spot)
    await workspace.quiet()
    said = {"teller": "ellis-marshgrove", "way": "phone", f"stance:{question.items[0].id}": "supports"}
    refused = await jordan.submits(None, said_on="2027-01-10", **said)
    assert refused["errors"] == {"said_on": "The question opened on January 11, 2027: nobody gave a position before."}


async def test_all_that_is_recorded_of_a_decision_can_be_corrected(workspace: Workspace) -> None:
    earlier = decided(workspace, "Paint them", "Les peindre")
    wrong = decided(workspace, "Paint them red", "Les peindre en rouge", review="2029", follow_up=("Buy blue", "Acheter du bleu"))
    await soon(workspace)
    first, jordan = await casey(workspace).last_dm(), officer(workspace)
    await jordan.clicks("Correct", await decision_of(jordan, wrong))
    held = {each["block_id"]: each.get("initial_value") for each in (await jordan.window()).elements}
    assert (held["review"], held["follow_up_en"], held["wording_fr"]) == ("2029", "Buy blue", "Les peindre en rouge")
    assert (await jordan.submits(None, **WHY))["errors"] == {"wording_en": "This is how it reads already."}
    assert list((await jordan.submits(None, **WHY, review="2020"))["errors"]) == ["review"]
    changed = {"review": "2028-06", "effective": "2027-02", "follow_up_en": "Buy red", "follow_up_fr": "Acheter du rouge"}
    await jordan.submits(None, **WHY, **changed, supersedes=earlier.id)
    shown = (await jordan.window()).text
    for said in ("To be reviewed by: June 2028.", "In effect from: February 2027.", "Follow-up: Buy red", "Supersedes: Decision 2027-01."):
        assert said in shown
    assert "Corrected January 11, 2027: date of effect, review date, follow-up, what it supersedes. Reason: Typo" in shown
    await soon(workspace)
    told = await casey(workspace).last_dm()
    assert "Decision 2027-02 was corrected: date of effect, review date, follow-up, what it supersedes." in told.headline
    assert "Follow-up: Buy red" in told.text
    again = await casey(workspace).again(first)
    assert "Corrected January 11, 2027" in again.text, "what was sent says that it reads otherwise now"
    french = (await maxime(workspace).last_dm()).text
    assert "Décision 2027-02 corrigée\u00a0: entrée en vigueur, réexamen, suivi, décision remplacée." in french


async def test_what_a_decision_supersedes_can_be_taken_back_until_it_has_undone_that(workspace: Workspace) -> None:
    earlier = decided(workspace, "Let the bees go", "Laisser partir les abeilles")
    does(workspace, JORDAN, carry_out, earlier.id, CarryForm("sunset", groups=("demo-beehives",)))
    wrong = decided(workspace, "Bees again", "Les abeilles de nouveau", supersedes=earlier.id)
    jordan = officer(workspace)
    await jordan.clicks("Correct", await decision_of(jordan, wrong))
    await jordan.submits(None, **WHY, supersedes="-")
    assert "Supersedes" not in (await jordan.window()).text.replace("corrected: supersedes", "")
    await jordan.clicks("Correct", await jordan.window())
    await jordan.submits(None, **WHY, supersedes=earlier.id)
    does(workspace, JORDAN, carry_out, wrong.id, CarryForm("undo"))
    await jordan.clicks("Correct", await jordan.window())
    refused = await jordan.submits(None, **WHY, supersedes="-")
    assert refused["errors"] == {"supersedes": "It has undone what that decision did: only another decision changes that."}


async def test_who_corrected_it_meanwhile_is_named(workspace: Workspace) -> None:
    made, jordan, alix = decided(workspace), officer(workspace), workspace.user("alix-beletang")
    for each in (jordan, alix):
        verb = "decisions" if each.locale.startswith("en") else "décisions"
        await each.clicks("Correct" if each is jordan else "Corriger", await decision_of(each, made, verb))
    await jordan.submits(None, **WHY, wording_en="So it is", wording_fr="C'est ainsi")
    await alix.submits(None, **WHY, wording_en="Be it so", wording_fr="Qu'il en soit ainsi")
    told = [each.text for each in await alix.windows()]
    assert any("Modification par Jordan Wrenwood" in each or "Changed by Jordan Wrenwood" in each for each in told)
    assert not any("Décision prise par" in each or "Decided by" in each for each in told)
