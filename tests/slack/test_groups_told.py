"""What is told of groups that the secretariat keeps in order: in the words of whoever asks, once somebody wrote something."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

import pytest
import pytest_asyncio

from tests.conftest import one_database
from tests.slack.test_groups import edits, opens
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


async def test_seats_that_changed_are_told_as_they_were_and_as_they_are(workspace: Workspace, jordan: Member) -> None:
    for seats in (["demo-bellorme", "demo-borealia"], ["demo-borealia"]):
        await edits(jordan, "Council seats", "group demonstration council")
        await jordan.submits(seats=seats)
        await workspace.until(timedelta(minutes=1))
    told = await jordan.asks("what changed in the Demonstration Council?")
    assert "Council seats: Borealia, demonstration (before: Bellorme, demonstration; Borealia, demonstration)" in told.text
    french = await workspace.user("alix-beletang").asks("quoi de neuf au Conseil de démonstration?")
    assert "Sièges\u00a0: Boréalie, démonstration (auparavant\u00a0: Bellorme, démonstration" in french.text
