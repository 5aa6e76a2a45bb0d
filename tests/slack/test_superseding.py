"""Decisions that supersede others: what the windows offer, what they warn of, what the register says."""

from __future__ import annotations

from typing import Any

from tests.slack import put
from tests.slack.calls import casey, maxime
from tests.slack.put import outcome_of, supported
from tests.slack.test_carrying_out import decided, officer, window_of
from tests.workspace import Member, Shown, Workspace

workspace = put.workspace


def offered(window: Shown) -> dict[str, list[str]]:
    """What can be superseded, under the headings of the menu."""
    menus: list[dict[str, Any]] = [each for each in window.elements if each["block_id"] == "supersedes"]
    groups = [group for menu in menus for group in menu["option_groups"]]
    return {group["label"]["text"]: [each["text"]["text"] for each in group["options"]] for group in groups}


async def confirming(workspace: Workspace, jordan: Member, button: str = "Confirm") -> Shown:
    """The window in which what the positions came to is confirmed, or amended."""
    question = await supported(workspace)
    await jordan.clicks(button, await outcome_of(jordan, question))
    return await jordan.window()


async def test_a_decision_that_was_superseded_is_offered_under_a_heading_that_says_so(workspace: Workspace) -> None:
    first = decided(workspace, "Paint them", "Les peindre")
    decided(workspace, "Paint them twice", "Les peindre deux fois", supersedes=first.id)
    shown = offered(await confirming(workspace, officer(workspace)))
    assert shown == {
        "In effect": ["2027-02 Paint them twice"],
        "Superseded already": ["2027-01 Paint them (by 2027-02)"],
    }


async def test_what_was_not_agreed_supersedes_nothing_and_is_not_superseded(workspace: Workspace) -> None:
    decided(workspace, "Sink them", "Les couler", outcome="not_agreed")
    jordan = officer(workspace)
    assert offered(await confirming(workspace, jordan)) == {}


async def test_a_window_that_says_not_agreed_offers_nothing_to_supersede(workspace: Workspace) -> None:
    decided(workspace, "Paint them", "Les peindre")
    jordan, question = officer(workspace), await supported(workspace, objection="Too red")
    await jordan.clicks("Confirm", await outcome_of(jordan, question))
    window = await jordan.window()
    assert "Proposed, to be confirmed: not agreed." in window.text
    assert offered(window) == {}


async def test_all_that_supersede_a_decision_are_named_in_its_window_and_in_the_list(workspace: Workspace) -> None:
    first = decided(workspace, "Paint them", "Les peindre")
    for english, french in (("Red", "En rouge"), ("Blue", "En bleu")):
        decided(workspace, english, french, supersedes=first.id)
    seen = await window_of(casey(workspace), first)
    assert "Superseded by: Decision 2027-02 and Decision 2027-03." in seen.text
    await casey(workspace).commands("decisions")
    (row,) = [block["text"]["text"] for block in (await casey(workspace).window()).blocks if "Paint them" in str(block)]
    assert "Superseded by: Decision 2027-02 and Decision 2027-03." in row
    await maxime(workspace).commands("décisions")
    assert "Remplacée par\u00a0: Décision 2027-02 et Décision 2027-03." in (await maxime(workspace).window()).text
