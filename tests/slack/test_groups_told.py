"""What is told of groups that the secretariat keeps in order: in the words of whoever asks, once somebody wrote something."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

import pytest
import pytest_asyncio

from tests.conftest import one_database
from tests.slack.test_groups import behind, edits, opens
from tests.workspace import Member, Workspace

pytestmark = one_database
READING: Final = "this is Cadre's own reading"


@pytest_asyncio.fixture
async def workspace(still: Workspace) -> Workspace:
    await still.start_over()
    return still


@pytest.fixture
def jordan(workspace: Workspace) -> Member:
    """Of the secretariat, in English."""
    return workspace.user("jordan-wrenwood")


@pytest.fixture
def avery(workspace: Workspace) -> Member:
    """Of no group's lead, in English."""
    return workspace.user("avery-plumridge")


async def draws_up(jordan: Member, **typed: Any) -> None:
    await jordan.clicks("New group", await opens(jordan, "group"))
    await jordan.submits(**typed)


@pytest.mark.parametrize("owner", [{}, {"owner": "demo-council"}])
async def test_what_the_secretariat_creates_is_confirmed_by_it(jordan: Member, avery: Member, owner: dict[str, Any]) -> None:
    await draws_up(jordan, name_en="Kite Flying Working Group", name_fr="Groupe de travail sur les cerfs-volants", **owner)
    await jordan.clicks("Roles", await jordan.window())
    await jordan.clicks("Add a role", await jordan.window())
    await jordan.submits(name="Quinn Applewood", role="co_chair")
    for asked in ("what is the kite flying working group?", "who is Quinn Applewood?", "who co-chairs the kite flying working group?"):
        told = await avery.asks(asked)
        assert READING not in told.text
        assert "Invented for the demonstration" not in told.text
        assert "Confirmed by the secretariat" in told.text


async def test_of_two_who_choose_at_once_the_second_reads_who_chose_what(workspace: Workspace, jordan: Member) -> None:
    alix = workspace.user("alix-beletang")
    await edits(jordan, "Kind and state")
    await edits(alix, "Type et état", "groupe vergers")
    await jordan.submits(state="dormant", owner="jc", kind="committee")
    told = (await alix.submits(state="proposed", owner="pssdc", kind="community_of_practice"))["errors"]
    assert told["state"].startswith("Entre-temps, Jordan Wrenwood a écrit ici\u00a0: «\u00a0en veilleuse\u00a0»")
    assert "Conseils mixtes" in told["owner"]
    assert "comité" in told["kind"]


async def test_of_two_who_choose_the_seats_at_once_too(workspace: Workspace, jordan: Member) -> None:
    alix = workspace.user("alix-beletang")
    await edits(jordan, "Council seats", "group demonstration council")
    await edits(alix, "Sièges", "groupe conseil de démonstration")
    await jordan.submits(seats=["demo-borealia"])
    told = (await alix.submits(seats=["demo-bellorme"]))["errors"]["seats"]
    assert "Jordan Wrenwood" in told
    assert "Boréalie, démonstration" in told


async def test_of_two_who_change_a_role_at_once_too(workspace: Workspace, jordan: Member) -> None:
    alix = workspace.user("alix-beletang")
    for member, button, verb, change in ((jordan, "Roles", "group orchards", "Change"), (alix, "Rôles", "groupe vergers", "Modifier")):
        await behind(member, await edits(member, button, verb), "morgan-fernhill", change)
    await jordan.submits(role="lead", since="2026-10")
    told = (await alix.submits(role="observer", since="2026-09"))["errors"]
    assert "Jordan Wrenwood" in told["role"]
    assert "Responsable" in told["role"]
    assert "2026-10" in told["since"]


async def test_seats_that_changed_are_told_as_they_were_and_as_they_are(workspace: Workspace, jordan: Member) -> None:
    for seats in (["demo-bellorme", "demo-borealia"], ["demo-borealia"]):
        await edits(jordan, "Council seats", "group demonstration council")
        await jordan.submits(seats=seats)
        await workspace.until(timedelta(minutes=1))
    told = await jordan.asks("what changed in the Demonstration Council?")
    assert "Council seats: Borealia, demonstration (before: Bellorme, demonstration; Borealia, demonstration)" in told.text
    french = await workspace.user("alix-beletang").asks("quoi de neuf au Conseil de démonstration?")
    assert "Sièges\u00a0: Boréalie, démonstration (auparavant\u00a0: Bellorme, démonstration" in french.text
