"""Starting over: workspace and registry are as at the start, whatever was done."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core import schema
from cadre.core.reader import OPERATOR
from cadre.people.models import Person
from tests.slack.claiming import claims, says_who, set_standing
from tests.workspace import DM, ELSEWHERE, GENERAL, Workspace

QUESTION = "who leads digital identity"
OF_THE_RUN = {"registry_state", "change", "identity", "seen_event"}
"""Tables that hold what is counted on or remembered of a run: the clock and the revision, and who was met when."""


def rows(session: Session) -> dict[str, list[str]]:
    """All that the registry holds of the Councils, table by table."""
    tables = [table for table in schema.metadata().sorted_tables if table.name not in OF_THE_RUN]
    return {table.name: sorted(repr(tuple(row)) for row in session.execute(select(table))) for table in tables}


def rename(session: Session, person: str, name: str) -> None:
    session.get_one(Person, person).name = name


async def seen(workspace: Workspace) -> dict[str, Any]:
    """The state as far as it does not depend on the moment."""
    state = await workspace.get("state")
    for user in state["users"]:
        del user["time"], user["local"]
    return {name: state[name] for name in ("users", "channels", "next_due", "bot", "team")}


async def test_everything_is_as_at_the_start(workspace: Workspace) -> None:
    before, held = await seen(workspace), workspace.database.read(rows)
    newcomer, member = workspace.newcomer(), workspace.member()
    await claims(newcomer, "bev-dicks")
    await workspace.secretariat().clicks("Confirm")
    await member.commands("français")
    await member.commands("@Cadre", ELSEWHERE, "/invite")
    await member.home()
    await workspace.joins("Sam Roy")
    await says_who(workspace.newcomer(locale="fr-CA"))
    workspace.database.write(OPERATOR, set_standing, "digital-identity.bev-dicks", "confirmed")
    assert workspace.database.read(rows) != held
    await workspace.until(timedelta(days=400))
    await workspace.post("reset")
    assert workspace.database.read(rows) == held
    assert await seen(workspace) == before
    for who in (newcomer, member, workspace.secretariat()):
        assert await who.sees(DM) == []
        assert await who.sees(GENERAL) == []
        assert await who.windows() == []
        assert (await workspace.get("home", user=who.id))["view"] is None
    assert "I do not know yet who you are" in (await newcomer.commands("me")).text
    assert "You are" in (await member.commands("me")).text, "in the language of their Slack again"


async def test_the_clock_goes_with_the_real_one_again(workspace: Workspace) -> None:
    await workspace.until("2030-01-01T12:00")
    await workspace.post("reset")
    state = await workspace.get("state")
    assert state["offset_seconds"] == 0
    assert abs(datetime.fromisoformat(state["now"]) - datetime.now(UTC)) < timedelta(seconds=5)
    ts = await workspace.member().says("Hello", GENERAL)
    assert abs(float(ts) - datetime.now(UTC).timestamp()) < 5


async def test_what_was_kept_in_memory_is_read_anew(workspace: Workspace) -> None:
    """Answers are made from what is kept until the registry's revision changes: after a reset it must not be an older one."""
    member = workspace.member()
    workspace.database.write(OPERATOR, rename, "bev-dicks", "Beverley Somebody")
    assert "Beverley Somebody" in (await member.asks(QUESTION)).headline
    await workspace.post("reset")
    assert "Bev Dicks" in (await member.asks(QUESTION)).headline
    workspace.database.write(OPERATOR, rename, "bev-dicks", "Beverley Another")
    assert "Beverley Another" in (await member.asks(QUESTION)).headline
    await workspace.post("reset")
    assert "Bev Dicks" in (await member.asks(QUESTION)).headline


async def test_after_a_reset_all_can_be_done_again(workspace: Workspace) -> None:
    for _ in range(2):
        newcomer = workspace.newcomer()
        assert (await claims(newcomer, "bev-dicks"))["response_action"] == "update"
        await workspace.secretariat().clicks("Confirm")
        assert "Bev Dicks" in (await newcomer.last_dm()).text
        await workspace.post("reset")


async def test_faults_end_and_the_log_begins_anew(plain_workspace: Workspace) -> None:
    await plain_workspace.member().asks(QUESTION)
    last = (await plain_workspace.log())[-1]["n"]
    await plain_workspace.fault("*", "down", times=100)
    await plain_workspace.post("reset")
    entries = await plain_workspace.log()
    assert entries == []
    assert "Bev Dicks" in (await plain_workspace.member().asks(QUESTION)).headline
    assert (await plain_workspace.log())[0]["n"] > last, "numbers count up, so that whoever reads on misses nothing"


async def test_what_was_given_out_before_is_good_no_more(plain_workspace: Workspace) -> None:
    member = plain_workspace.member()
    await member.commands(QUESTION)
    (command,) = await plain_workspace.log("/cadre")
    await plain_workspace.post("reset")
    answer_at = command["sent"]["response_url"].removeprefix(plain_workspace.sandbox.address)
    assert (await plain_workspace.client.post(answer_at, json={"text": "Late"})).status_code == 404
    token = {"authorization": f"Bearer {plain_workspace.sandbox.api.keys.bot_token}"}
    view = {"type": "modal", "title": {"type": "plain_text", "text": "Late"}, "blocks": []}
    late = await plain_workspace.client.post(
        "/api/views.open", json={"trigger_id": command["sent"]["trigger_id"], "view": view}, headers=token
    )
    assert late.json()["error"] == "invalid_trigger_id"
    assert await member.sees(GENERAL) == []


async def test_a_reset_while_questions_are_answered(plain_workspace: Workspace) -> None:
    """What is under way comes to its end first; nothing of it is there afterwards."""
    members = [plain_workspace.member(), plain_workspace.lead(), plain_workspace.co_chair(), plain_workspace.alternate()]
    for member in members:
        await plain_workspace.post("message", user=member.id, channel=DM, text=QUESTION)
    await asyncio.gather(*(plain_workspace.post("reset") for _ in range(2)))
    await plain_workspace.quiet()
    assert [await member.sees(DM) for member in members] == [[]] * 4
    assert "Bev Dicks" in (await plain_workspace.member().asks(QUESTION)).headline
