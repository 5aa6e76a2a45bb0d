"""Who people are: what Cadre knows of them, and what it makes of what Slack says of them."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.sandbox.slack.workspace import BOT
from cadre.core.models import SeenEvent
from cadre.core.reader import OPERATOR
from cadre.people.models import Identity
from tests.conftest import SECRETARIAT, one_database, one_registry
from tests.slack.claiming import claims, give_address
from tests.slack.raw import event, knocks
from tests.workspace import GENERAL, Workspace

UNKNOWN = "I do not know yet who you are"
ADDRESS = "bev.dicks@gov.example.org"


@one_database
async def test_me_tells_what_cadre_knows_and_nobody_else_sees_it(workspace: Workspace) -> None:
    newcomer = workspace.newcomer()
    told = await newcomer.commands("me")
    assert told["ephemeral"]
    assert UNKNOWN in told.headline
    answer = await newcomer.asks("Who am I?", GENERAL)
    assert answer["ephemeral"]
    assert UNKNOWN in answer.headline
    assert [said["is_bot"] for said in await workspace.member().sees(GENERAL)] == [False], "the question is all that others see"
    assert await workspace.sent("chat.postMessage") == []


async def test_a_verified_address_says_who_somebody_is(workspace: Workspace) -> None:
    workspace.database.write(OPERATOR, give_address, "bev-dicks", "Bev.Dicks@gov.example.org")
    bev = await workspace.joins("Bev D.", email="bev.dicks@GOV.example.org")
    told = (await bev.commands("me")).text
    assert "You are Bev Dicks" in told
    assert "Lead, Digital Identity (British Columbia): to be confirmed" in told


@one_database
async def test_an_address_that_slack_does_not_vouch_for_says_nothing(workspace: Workspace) -> None:
    workspace.database.write(OPERATOR, give_address, "bev-dicks", ADDRESS)
    for about in ({"is_email_confirmed": False}, {"team_id": "T0OTHER"}, {"is_stranger": True}):
        eve = await workspace.joins("Eve", email=ADDRESS, more=about)
        assert UNKNOWN in (await eve.commands("me")).headline


@one_database
async def test_a_workspace_named_by_the_payload_vouches_for_nobody(workspace: Workspace) -> None:
    """In a shared channel the payload may carry the other organization's workspace, whose administrators confirm what they like."""
    workspace.database.write(OPERATOR, give_address, "bev-dicks", ADDRESS)
    eve = await workspace.joins("Eve", email=ADDRESS, more={"team_id": "T0FOREIGN"})
    mal = await workspace.joins("Mal", email=SECRETARIAT, more={"team_id": "T0FOREIGN"})
    foreign = {"team_id": "T0FOREIGN", "enterprise_id": "E0FOREIGN"}
    for somebody in (eve, mal):
        said = event(workspace, type="app_mention", user=somebody.id, text=f"<@{BOT}> me", channel=GENERAL)
        await knocks(workspace, said | foreign)
        assert UNKNOWN in (await somebody.last(GENERAL)).headline
        await somebody.commands("help")
        command = (await workspace.log("/cadre"))[-1]["sent"]
        await knocks(workspace, command | foreign | {"text": "me"})
        told = await somebody.last(GENERAL)
        assert UNKNOWN in told.headline
        assert "secretariat" not in told.text
    written = select(Identity.email).where(Identity.user.in_([eve.id, mal.id]))
    assert workspace.database.read(lambda session: set(session.scalars(written))) == {None}
    assert "T0FOREIGN" not in workspace.database.read(teams_of_events)


def teams_of_events(session: Session) -> set[str]:
    return set(session.scalars(select(SeenEvent.team)))


@one_registry
async def test_in_an_enterprise_grid_being_asked_takes_no_right_away(fresh_workspace: Workspace) -> None:
    fresh_workspace.sandbox.workspace.grid = {"enterprise_id": "E0OURS"}
    sister = {"team_id": "T0SISTER", "enterprise_user": {"enterprise_id": "E0OURS"}}
    sam = await fresh_workspace.joins("Sam Okafor", email=SECRETARIAT, more=sister)
    assert "Nobody asks to be recognized" in (await sam.home()).text
    await claims(fresh_workspace.newcomer(), "bev-dicks")
    await sam.clicks("Confirm", await sam.last_dm())
    assert "Confirmed by Sam Okafor" in (await sam.last_dm()).headline
