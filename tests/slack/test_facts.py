"""``/cadre facts``: what of the registry is still to be confirmed, outside groups too, one by one."""

from __future__ import annotations

import pytest
import pytest_asyncio

from cadre.exchange import doubtful
from cadre.people.models import Role
from tests.conftest import one_database
from tests.slack.workplans import JORDAN
from tests.workspace import Member, Shown, Workspace

pytestmark = one_database


@pytest_asyncio.fixture
async def workspace(still: Workspace) -> Workspace:
    await still.start_over()
    return still


@pytest.fixture
def jordan(workspace: Workspace) -> Member:
    """Of the secretariat, in English."""
    return workspace.user("jordan-wrenwood")


async def of_kind(member: Member, kind: str, command: str = "facts") -> Shown:
    """The facts of one kind of record."""
    await member.commands(command)
    await member.clicks("facts.list", await member.window(), kind)
    return await member.window()


async def confirms(member: Member, window: Shown, fact: str) -> Shown:
    button = next(each for each in window.elements if each.get("value") == fact)
    await member.workspace.post("click", user=member.id, action_id=button["action_id"], block_id=button["block_id"], view_id=window.id)
    await member.workspace.quiet()
    return await member.window()


async def test_what_is_said_of_a_priority_is_confirmed(workspace: Workspace, jordan: Member) -> None:
    avery, asked = workspace.user("avery-plumridge"), "what is the digital identity priority?"
    assert "to be confirmed" in (await avery.asks(asked)).text
    window = await of_kind(jordan, "priority")
    assert "Digital Identity" in window.text
    assert "Reports to: Joint Councils" in window.text, "what it says is named, not its id"
    assert "In its words: “Priorités des CM”" in window.text
    window = await confirms(jordan, window, "priority/digital-identity/owner")
    assert "Confirmed." in window.text
    assert "priority/digital-identity/owner" not in str(window.raw)
    assert "to be confirmed" not in (await avery.asks(asked)).text
    assert workspace.database.write(JORDAN, doubtful.confirm, "priority/digital-identity/owner") is False, "a second click does no harm"


async def test_each_kind_of_record_has_its_page(workspace: Workspace, jordan: Member) -> None:
    await jordan.commands("facts")
    window = await jordan.window()
    (menu,) = [each for each in window.elements if each["action_id"] == "facts.list"]
    offered = {option["value"]: option["text"]["text"] for option in menu["options"]}
    for kind, label in {"priority": "Priorities", "meeting": "Meetings", "jurisdiction": "Governments", "rule": "Rules"}.items():
        assert offered[kind].startswith(label)
        window = await of_kind(jordan, kind)
        assert window.buttons.count("Confirm") > 0
    window = await of_kind(jordan, "jurisdiction")
    before = window.text
    await jordan.clicks("Those that follow", window)
    assert (await jordan.window()).text != before
    french = await of_kind(workspace.user("alix-beletang"), "alignment", "à confirmer")
    assert "Justification, en anglais" in french.text


async def test_who_leads_a_priority_is_confirmed_too(workspace: Workspace, jordan: Member) -> None:
    role = workspace.database.read(lambda session: session.query(Role).filter(Role.priority == "digital-identity").first())
    assert role
    window = await of_kind(jordan, "role")
    assert "Digital Identity" in window.text
    await confirms(jordan, window, f"role/{role.id}/record")
    assert f"role/{role.id}/record" not in str((await jordan.window()).raw)


async def test_only_the_secretariat_does_so(workspace: Workspace) -> None:
    told = await workspace.user("avery-plumridge").commands("facts")
    assert "Only the secretariat may do this." in told.text


async def test_it_is_found_where_groups_are_chosen_and_in_a_message(jordan: Member) -> None:
    await jordan.commands("group")
    await jordan.clicks("Facts to be confirmed", await jordan.window())
    assert (await jordan.window())["title"]["text"] == "To be confirmed"
    told = await jordan.asks("facts to be confirmed")
    await jordan.clicks("Look at them", told)
    assert (await jordan.window())["title"]["text"] == "To be confirmed"
