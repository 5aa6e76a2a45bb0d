"""Saying which record is one's own, and the one click by which the secretariat confirms it."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cadre.core.models import Change
from cadre.core.reader import OPERATOR
from cadre.people import service as people
from cadre.people.models import Person
from tests.conftest import SECRETARIAT, one_database, one_registry
from tests.slack.claiming import appoint, claims, give_address, says_who, set_standing, standing
from tests.slack.raw import knocks
from tests.workspace import DM, Shown, Workspace, until

ROLES = ("framework-wg.annette-vermaeten", "digital-identity.annette-vermaeten")
CONFIRMED = ("demo-council.jordan-wrenwood", "demo-council.alix-beletang")
"""The roles of the secretariat that are confirmed when the workspace begins."""


async def asked(workspace: Workspace) -> Counter[str]:
    """In which conversations Cadre wrote how often."""
    return Counter(message["channel"] for message in await workspace.sent("chat.postMessage"))


@one_database
async def test_records_are_found_by_the_letters_typed(workspace: Workspace) -> None:
    newcomer = workspace.newcomer()
    window = await says_who(newcomer)
    found = await newcomer.looks_up("people.search", "Verm", window)
    assert [option["value"] for option in found] == ["annette-vermaeten"]
    assert found[0]["description"]["text"]
    everybody = workspace.database.read(lambda session: session.scalar(select(func.count()).select_from(Person)))
    assert len(await newcomer.looks_up("people.search", "", window)) == everybody
    assert await newcomer.looks_up("people.search", "zzz", window) == []


async def test_a_claim_is_confirmed_with_one_role_unticked(workspace: Workspace) -> None:
    sam = await workspace.joins("Sam Okafor", email=SECRETARIAT)
    lois = workspace.newcomer(locale="fr-CA")
    assert (await claims(lois, "annette-vermaeten"))["response_action"] == "update"
    assert "Annette Vermaeten" in (await lois.window()).text
    asked = await sam.last_dm()  # found in Slack by the address of the settings
    assert "Loïs Valdombre says: in the registry I am Annette Vermaeten" in asked.headline
    boxes = asked.element("people.roles:0")
    assert {option["value"] for option in boxes["initial_options"]} == set(ROLES), "all are ticked"

    await sam.clicks("people.roles:0", asked, [ROLES[0]])
    await sam.clicks("Confirm", asked)
    drawn = await sam.again(asked)
    assert "Confirmed by Sam Okafor" in drawn.headline
    assert drawn.buttons == []
    assert "Le secrétariat a confirmé" in (await lois.last_dm()).headline
    by = f"Sam Okafor ({sam.id})"
    assert workspace.database.read(standing, ROLES[0]) == ("confirmed", by)
    assert workspace.database.read(standing, ROLES[1])[0] != "confirmed"
    assert workspace.database.read(changes_by, by) >= {("identity", "person"), ("provenance", "standing"), ("claim", "state")}


def changes_by(session: Session, who: str) -> set[tuple[str, str]]:
    return {(row.subject, row.field) for row in session.scalars(select(Change).where(Change.by == who))}


async def test_what_is_settled_is_not_settled_again(workspace: Workspace) -> None:
    """By somebody to whom the buttons were still shown."""
    secretariat, newcomer = workspace.secretariat(), workspace.newcomer()
    await claims(newcomer, "annette-vermaeten")
    await secretariat.clicks("people.roles:0", value=[])
    await secretariat.clicks("Confirm")
    click = (await workspace.log("block_actions"))[-1]["sent"]
    (held,) = (element for block in click["state"]["values"].values() for element in block.values())
    held["selected_options"] = [{"value": role, "text": {"type": "plain_text", "text": role}} for role in ROLES]
    before = len(await workspace.sent("chat.postMessage"))
    await knocks(workspace, click)
    assert "Jordan Wrenwood settled it on " in (await secretariat.last_dm()).headline
    assert len(await workspace.sent("chat.postMessage")) == before + 1
    assert workspace.database.read(standing, ROLES[1])[0] != "confirmed"


async def test_a_claim_that_is_declined_may_be_made_again(workspace: Workspace) -> None:
    secretariat, newcomer = workspace.secretariat(), workspace.newcomer()
    await claims(newcomer, "bev-dicks")
    await secretariat.clicks("Decline")
    assert "Declined by Jordan Wrenwood" in (await secretariat.last_dm()).headline
    assert "did not link you to Bev Dicks" in (await newcomer.last_dm()).headline
    assert (await claims(newcomer, "bev-dicks"))["response_action"] == "update"


@one_database
async def test_only_the_secretariat_decides(workspace: Workspace) -> None:
    secretariat, member = workspace.secretariat(), workspace.member()
    await claims(workspace.newcomer(), "annette-vermaeten")
    asked = await secretariat.last_dm()
    await member.clicks("Which groups", await member.asks("who leads digital identity"))
    click = (await workspace.log("block_actions"))[-1]["sent"]
    await knocks(workspace, click | {"actions": [asked.element("Confirm")]})
    assert "Only the secretariat" in (await member.last_dm()).headline
    assert "Confirm" in (await secretariat.again(asked)).buttons
    assert await workspace.log("chat.update") == []


async def test_a_second_claim_waits_for_the_first_which_can_be_withdrawn(workspace: Workspace) -> None:
    newcomer = workspace.newcomer()
    told = await newcomer.commands("me")
    await newcomer.clicks("This is me", told)
    await newcomer.submits(person="bev-dicks")
    await newcomer.clicks("This is me", told)
    assert "waiting already" in (await newcomer.submits(person="guy-gordon"))["errors"]["person"]
    told = await newcomer.commands("me")
    assert "waits for the secretariat" in told.text
    await newcomer.clicks("Withdraw", told)
    assert "withdrew" in (await workspace.secretariat().last_dm()).headline
    assert (await claims(newcomer, "guy-gordon"))["response_action"] == "update"


async def test_a_window_sent_twice_makes_one_claim(workspace: Workspace) -> None:
    secretariat, newcomer = workspace.secretariat(), workspace.newcomer()
    await claims(newcomer, "bev-dicks")
    (submission,) = await workspace.log("view_submission")
    again = await knocks(workspace, submission["sent"])
    assert again.json()["response_action"] == "update"
    assert len(await secretariat.sees(DM)) == 1, "the secretariat is asked once"
    assert "1 person asks to be recognized" in (await secretariat.home()).text


@one_database
async def test_a_record_of_somebody_else_cannot_be_had(workspace: Workspace) -> None:
    await claims(workspace.newcomer(), "bev-dicks")
    await workspace.secretariat().clicks("Confirm")
    eve = await workspace.joins("Eve")
    refused = await claims(eve, "bev-dicks")
    assert refused["response_action"] == "errors", "what was typed stays, and what is wrong stands beside it"
    assert "Somebody else is linked to this record already" in refused["errors"]["person"]
    assert chosen(await eve.window()) == "bev-dicks"


@one_database
async def test_a_submission_that_fails_keeps_what_was_typed(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("bot.people.listeners.people.claim", broken)
    newcomer = workspace.newcomer()
    assert (await claims(newcomer, "bev-dicks"))["response_action"] == "push"
    filled, over_it = await newcomer.windows()
    assert "reference" in over_it.text
    assert chosen(filled) == "bev-dicks"


def chosen(window: Shown) -> str:
    """The record that is chosen in a window."""
    found: str = window["state"]["values"]["person"]["people.search"]["selected_option"]["value"]
    return found


@pytest.fixture
def slow_claims(monkeypatch: pytest.MonkeyPatch) -> None:
    """Claims that are stored after the deadline."""
    store = people.claim

    def slowly(*args: Any) -> Any:
        time.sleep(0.4)
        return store(*args)

    monkeypatch.setattr("bot.people.listeners.people.claim", slowly)
    monkeypatch.setattr("bot.door.DEADLINE", 0.1)


@one_database
@pytest.mark.usefixtures("slow_claims")
async def test_a_submission_past_the_deadline_is_done_all_the_same_and_told(workspace: Workspace) -> None:
    lois = workspace.newcomer(locale="fr-CA")
    assert (await claims(lois, "annette-vermaeten"))["response_action"] == "push"
    assert "plus longtemps que d'habitude" in (await lois.window()).text.replace("’", "'")
    everybody = {lois.dm, workspace.secretariat("en-US").dm, workspace.secretariat("fr-CA").dm}
    assert set(await asked(workspace)) == everybody, "the claimant is told, and the secretariat asked"
    assert "Annette Vermaeten" in (await lois.last_dm()).text


@one_database
@pytest.mark.usefixtures("slow_claims")
async def test_a_submission_that_is_refused_past_the_deadline_is_told(workspace: Workspace) -> None:
    newcomer = workspace.newcomer()
    workspace.database.write(OPERATOR, lambda session: session.add(Person(id="gone", name="Somebody Gone")))
    await newcomer.clicks("people.search", await says_who(newcomer), "gone")
    workspace.database.write(OPERATOR, lambda session: session.delete(session.get_one(Person, "gone")))
    assert (await newcomer.submits())["response_action"] == "push"
    assert await asked(workspace) == {newcomer.dm: 1}
    assert "not in the registry any more" in (await newcomer.last_dm()).headline


@one_database
async def test_the_secretariat_confirmed_in_the_registry_is_asked_too(workspace: Workspace) -> None:
    """A role that somebody confirmed gives the right; the same role, only stated, does not."""
    workspace.database.write(OPERATOR, appoint, "karla-hale")
    workspace.database.write(OPERATOR, give_address, "karla-hale", "karla@example.org")
    karla = await workspace.joins("Karla Hale", email="karla@example.org", locale="fr-FR")
    await karla.commands("moi")
    await claims(workspace.newcomer(locale="en-US"), "bev-dicks")
    assert not await karla.sees(DM)
    workspace.database.write(OPERATOR, set_standing, "secretariat.karla-hale", "confirmed")
    await claims(workspace.newcomer(locale="fr-CA"), "guy-gordon")
    await karla.clicks("Confirmer")
    assert "Confirmé par Karla Hale" in (await karla.last_dm()).headline
    jordan = workspace.secretariat(locale="en-US")
    assert "Confirmed by Karla Hale" in (await jordan.last_dm()).headline, "drawn anew for all, for each in their language"
    assert len(await jordan.sees(DM)) == 2


@one_database
async def test_an_address_that_cannot_be_looked_up_keeps_nobody_from_being_asked(
    workspace: Workspace, caplog: pytest.LogCaptureFixture
) -> None:
    sam = await workspace.joins("Sam Okafor", email=SECRETARIAT)
    await workspace.fault("users.lookupByEmail", "error", error="missing_scope")
    await claims(workspace.newcomer(), "bev-dicks")
    assert not await sam.sees(DM)
    assert set(await asked(workspace)) == {workspace.secretariat("en-US").dm, workspace.secretariat("fr-CA").dm}
    assert "looking for a member" in caplog.text


@one_database
async def test_if_nobody_is_found_the_same_window_asks_again(workspace: Workspace) -> None:
    for role in CONFIRMED:
        workspace.database.write(OPERATOR, set_standing, role, "stated")
    sam = await workspace.joins("Sam Okafor", email=SECRETARIAT)
    await workspace.fault("users.lookupByEmail", "error", error="missing_scope")
    await claims(workspace.newcomer(), "bev-dicks")
    assert not await asked(workspace)
    (submission,) = await workspace.log("view_submission")
    await knocks(workspace, submission["sent"])
    assert await asked(workspace) == {sam.dm: 1}


@one_registry
async def test_who_answers_while_others_are_asked_has_all_messages_drawn_anew(
    fresh_workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Slack lets Cadre wait before it may open the conversation with the second member."""
    monkeypatch.setattr("random.random", lambda: 0.3)  # the seconds that its library waits longer than it is told to
    first, second = fresh_workspace.secretariat(locale="en-US"), fresh_workspace.secretariat(locale="fr-CA")
    await first.commands("who leads digital identity")  # so the conversation with them is open, and the other's is not
    before = len(await first.sees(DM))
    window = await says_who(fresh_workspace.newcomer())
    await fresh_workspace.fault("conversations.open", "ratelimited", retry_after=0)
    sending = asyncio.create_task(fresh_workspace.newcomer().submits(window, person="bev-dicks"))
    conversation = fresh_workspace.sandbox.workspace.conversations[first.dm]
    await until(lambda: len(conversation.messages) > before)
    assert not await second.sees(DM)
    await first.clicks("Decline")
    await sending
    assert "Declined by Jordan Wrenwood" in (await first.last_dm()).headline
    assert "Refusé par Jordan Wrenwood" in (await second.last_dm()).headline
