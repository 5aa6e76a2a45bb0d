"""What is told of a mandate once it is kept in versions: which one stands, by which decision, and that it ran out."""

from __future__ import annotations

from typing import Final

import pytest

from cadre.decisions import documents, mandates
from cadre.decisions.documents import DocumentFacts, VersionForm
from tests.notices.scenarios import JORDAN, does
from tests.slack import put
from tests.slack.test_carrying_out import decided
from tests.workspace import Member, Workspace

workspace = put.workspace
ORCHARDS: Final = "demo-orchards"


def written(workspace: Workspace, text: str, effective: str = "", expires: str = "") -> DocumentFacts:
    """The draft of the next version of the orchards' mandate."""
    return does(workspace, JORDAN, mandates.draft, ORCHARDS, VersionForm(text, f"{text} (fr)", effective, expires))


def approved(workspace: Workspace, text: str, effective: str, expires: str) -> None:
    draft = written(workspace, text, effective, expires).draft
    assert draft
    does(workspace, JORDAN, documents.approve, draft.id, decided(workspace).id)


async def card(member: Member, verb: str = "group orchards") -> str:
    await member.commands(verb)
    return (await member.window()).text


def english(workspace: Workspace) -> Member:
    return workspace.user("avery-plumridge")


def french(workspace: Workspace) -> Member:
    return workspace.user("dominique-beaumarais")


@pytest.mark.parametrize(
    ("expires", "stands", "tient"),
    [
        ("2026-10", "expired October 2026", "échu en octobre 2026"),
        ("2026-10-31", "expired on October 31, 2026", "échu le 31\u00a0octobre 2026"),
        ("2028", "in force until the end of 2028", "en vigueur jusqu'à la fin de 2028"),
    ],
)
async def test_a_mandate_is_told_with_its_version_its_decision_and_that_it_ran_out(
    workspace: Workspace, expires: str, stands: str, tient: str
) -> None:
    approved(workspace, "Map every orchard.", "2026-01", expires)
    told = f"({stands}; version 1, decision 2027-01)"
    assert f"Mandate {told}: Map every orchard." in await card(english(workspace))
    answer = await english(workspace).asks("what is the mandate of the orchards working group?")
    assert f"The mandate of the Demonstration Orchards Working Group {told} reads: Map every orchard." in answer.text
    assert f"Mandate {told}: Map every orchard." in (await english(workspace).asks("what is the orchards working group?")).text
    dit = f"({tient}; version 1, décision 2027-01)"
    assert f"Mandat {dit}\u00a0: Map every orchard. (fr)" in await card(french(workspace), "groupe vergers")
    answer = await french(workspace).asks("quel est le mandat du groupe des vergers?")
    assert f"Le mandat du Groupe de travail de démonstration sur les vergers {dit} se lit ainsi\u00a0: Map" in answer.text


async def test_a_version_that_ran_out_before_it_was_approved_takes_the_place_of_the_one_before(workspace: Workspace) -> None:
    approved(workspace, "Map every orchard.", "2025", "")
    approved(workspace, "Prune every orchard.", "2026-01", "2026-10")
    told = await card(english(workspace))
    assert "Mandate (expired October 2026; version 2, decision 2027-02): Prune every orchard." in told
    assert "Map every orchard." not in told


async def test_the_secretariat_sees_on_the_card_that_a_draft_is_proposed(workspace: Workspace) -> None:
    written(workspace, "Map every orchard.")
    assert "Version 1 of its mandate is proposed, and approved by no decision yet." in await card(workspace.user("jordan-wrenwood"))
    assert "is proposed, and" not in await card(english(workspace))
