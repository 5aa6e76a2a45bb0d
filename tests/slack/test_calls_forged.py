"""Clicks and windows that somebody forged: nobody but the secretariat sees and settles the answers of a call."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any, Final

import pytest

from cadre.calls import service as calls
from cadre.calls.facts import Grid
from tests.notices.scenarios import JORDAN, does
from tests.slack import calls as world
from tests.slack.calls import (
    answers,
    casey,
    invitation_of,
    offers,
    opened,
    row_of,
    stands,
)
from tests.slack.raw import knocks
from tests.workspace import GENERAL, Workspace

workspace = world.workspace


def answered_(workspace: Workspace, call: int) -> Grid:
    """What was answered: when people were last written to may change while what was said before goes out."""
    found = stands(workspace, call)
    return replace(found, invitations=tuple(replace(each, last_contact=None) for each in found.invitations))


@pytest.mark.parametrize(
    "callback", ["calls.recorded", "calls.named", "calls.decided_late", "calls.settled", "calls.chaired", "calls.concluded"]
)
@pytest.mark.parametrize("forger", ["robin-ashgrove", "casey-larkfield"])
async def test_nobody_else_records_or_settles(workspace: Workspace, callback: str, forger: str) -> None:
    """Rights are asked for when something is sent, not only when the window is drawn: of a member, and of a representative."""
    call = await opened(workspace)
    officer, other = workspace.secretariat(), workspace.user(forger)
    await officer.clicks("Record an answer", await row_of(officer, call, "demo-borealia"))
    await officer.submits(said_by="E", way="phone", answer="declines", reason="No")
    submission = (await workspace.log("view_submission"))[-1]["sent"]
    offers(workspace, JORDAN, call, person="charlie-oakmere", said_by="E", way="phone")
    does(workspace, JORDAN, calls.close_now, call)
    before = answered_(workspace, call)
    settling = callback not in ("calls.recorded", "calls.named", "calls.decided_late")
    about = f"report:{call}" if settling else f"row:{invitation_of(workspace, call, 'demo-bellorme')}"
    values = submission["view"]["state"]["values"] | _chosen(str(before.sign_ups[0].id))
    view = submission["view"] | {"callback_id": callback, "private_metadata": json.dumps({"about": about}), "state": {"values": values}}
    answered = await knocks(workspace, submission | {"user": submission["user"] | {"id": other.id}, "view": view})
    assert "Only the secretariat may do this." in answered.text
    assert answered_(workspace, call) == before


def _chosen(sign_up: str) -> dict[str, Any]:
    """What stands in the fields of the other windows."""
    return {
        "people": {"calls.field": {"type": "multi_static_select", "selected_options": [{"value": sign_up}]}},
        "accepted": {"calls.field": {"type": "radio_buttons", "selected_option": {"value": "yes"}}},
        "chairs": {"calls.people": {"type": "multi_external_select", "selected_options": [{"value": "robin-ashgrove"}]}},
        "person": {"calls.people": {"type": "external_select", "selected_option": {"value": "robin-ashgrove"}}},
    }


OF_A_ROW: Final = ("invitation", "record", "add_representative", "remove_representative", "contacted", "late")
CLICKS: Final = ("grid", *OF_A_ROW, "report", "settle", "chairs", "conclude")


@pytest.mark.parametrize("action", CLICKS)
async def test_a_representative_who_forges_a_click_sees_and_changes_nothing(workspace: Workspace, action: str) -> None:
    call = await opened(workspace)
    await answers(casey(workspace))
    await casey(workspace).closes()
    click = (await workspace.log("block_actions"))[-1]["sent"]
    value = invitation_of(workspace, call, "demo-bellorme") if action in OF_A_ROW else call
    before = stands(workspace, call)
    await knocks(workspace, click | {"actions": [click["actions"][0] | {"action_id": f"calls.{action}", "value": str(value)}]})
    assert "Only the secretariat may do this." in (await casey(workspace).last(GENERAL)).text
    assert await casey(workspace).windows() == []
    assert stands(workspace, call) == before
