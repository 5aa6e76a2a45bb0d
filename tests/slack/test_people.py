"""Who people are: what Cadre knows of them, what they say, and what the secretariat confirms."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.slack import Slack
from cadre.core.database import Database
from cadre.core.models import Change, Provenance, SeenEvent
from cadre.core.reader import OPERATOR, Actor
from cadre.people import service as people
from cadre.people.models import Identity, Person
from tests.slack.conftest import SECRETARIAT
from tests.slack.standin import TEAM, StandIn
from tests.slack.workspace import Workspace, text_of

ROLES = ("framework-wg.annette-vermaeten", "digital-identity.annette-vermaeten")


async def test_me_tells_what_cadre_knows_and_nobody_else_sees_it(workspace: Workspace, slack: StandIn) -> None:
    await workspace.command("U0ANNE", "me")
    (told,) = slack.made("respond")
    assert told["response_type"] == "ephemeral"
    assert "I do not know yet who you are" in told["text"]
    await workspace.mention("U0ANNE", "Who am I?")
    assert slack.made("chat.postEphemeral")[-1]["user"] == "U0ANNE"
    assert slack.made("chat.postMessage") == []


async def test_a_verified_address_says_who_somebody_is(workspace: Workspace, slack: StandIn, database: Database) -> None:
    database.write(OPERATOR, give_address, "bev-dicks", "Bev.Dicks@gov.example.org")
    workspace.join("U0BEV", "Bev D.", email="bev.dicks@GOV.example.org")
    await workspace.command("U0BEV", "me")
    told = text_of(slack.made("respond")[-1])
    assert "You are Bev Dicks" in told
    assert "Lead, Digital Identity (British Columbia): to be confirmed" in told


@pytest.mark.parametrize("about", [{"confirmed": False}, {"team_id": "T0OTHER"}, {"is_stranger": True}])
async def test_an_address_that_slack_does_not_vouch_for_says_nothing(
    workspace: Workspace, slack: StandIn, database: Database, about: dict[str, Any]
) -> None:
    database.write(OPERATOR, give_address, "bev-dicks", "bev.dicks@gov.example.org")
    workspace.join("U0EVE", "Eve", email="bev.dicks@gov.example.org", **about)
    await workspace.command("U0EVE", "me")
    assert "I do not know yet who you are" in slack.made("respond")[-1]["text"]


async def test_a_workspace_named_by_the_payload_vouches_for_nobody(workspace: Workspace, slack: StandIn, database: Database) -> None:
    """In a shared channel the payload may carry the other organization's workspace, whose administrators confirm what they like."""
    database.write(OPERATOR, give_address, "bev-dicks", "bev.dicks@gov.example.org")
    workspace.join("U0EVE", "Eve", email="bev.dicks@gov.example.org", team_id="T0FOREIGN")
    workspace.join("U0MAL", "Mal", email=SECRETARIAT, team_id="T0FOREIGN")
    for user in ("U0EVE", "U0MAL"):
        said = {"type": "app_mention", "user": user, "text": "<@U0CADRE> me", "channel": "C0GENERAL"}
        body = workspace.envelope(said) | {"team_id": "T0FOREIGN", "enterprise_id": "E0FOREIGN"}
        await workspace.post(json.dumps(body).encode(), "application/json")
        await workspace.quiet()
        assert "I do not know yet who you are" in slack.made("chat.postEphemeral")[-1]["text"]
        workspace.team = "T0FOREIGN"
        await workspace.command(user, "me")
        workspace.team = TEAM
        assert "I do not know yet who you are" in slack.made("respond")[-1]["text"]
        assert "secretariat" not in text_of(slack.made("respond")[-1])
    assert database.read(lambda session: set(session.scalars(select(Identity.email)))) == {None}
    assert "T0FOREIGN" not in database.read(lambda session: set(session.scalars(select(SeenEvent.team))))


async def test_in_an_enterprise_grid_being_asked_takes_no_right_away(workspace: Workspace, slack: StandIn) -> None:
    slack.results["auth.test"] = {"enterprise_id": "E0OURS"}
    workspace.join("U0SAM", "Sam Okafor", email=SECRETARIAT, team_id="T0SISTER", enterprise_user={"enterprise_id": "E0OURS"})
    assert "No request waits" in text_of(await workspace.open_home("U0SAM"))
    await claim(workspace, slack, "U0ANNE", "bev-dicks")
    asked = slack.made("chat.postMessage")[-1]
    assert asked["channel"] == "D0SAM"
    await workspace.click("U0SAM", asked, "Confirm", state={})
    assert "Confirmed by Sam Okafor" in slack.made("chat.update")[-1]["text"]


async def test_an_address_that_cannot_be_looked_up_keeps_nobody_from_being_asked(
    workspace: Workspace, slack: StandIn, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    await secretariat_of_two(workspace, database)
    slack.failing["users.lookupByEmail"] = "internal_error"
    await claim(workspace, slack, "U0ANNE", "bev-dicks")
    assert {message["channel"] for message in slack.made("chat.postMessage")} == {"D0KARLA"}
    assert "looking for a member" in caplog.text


async def test_if_nobody_is_found_the_same_window_asks_again(workspace: Workspace, slack: StandIn) -> None:
    slack.failing["users.lookupByEmail"] = "internal_error"
    await claim(workspace, slack, "U0ANNE", "bev-dicks")
    assert slack.made("chat.postMessage") == []
    slack.failing.clear()
    view = slack.made("views.open")[-1]["view"]
    await workspace.submit("U0ANNE", view, {"person": {"people.search": {"selected_option": {"value": "bev-dicks"}}}})
    assert [message["channel"] for message in slack.made("chat.postMessage")] == ["D0SAM"]


async def test_who_answers_while_others_are_asked_has_all_messages_drawn_anew(
    workspace: Workspace, slack: StandIn, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await secretariat_of_two(workspace, database)
    post = Slack.post

    async def slowly(self: Slack, channel: str, *args: Any) -> str:
        ts = await post(self, channel, *args)
        if channel == "D0SAM":
            claims = database.read(people.pending_claims, TEAM, Actor("Sam", email=SECRETARIAT))
            database.write(Actor("Sam", email=SECRETARIAT), people.decline_claim, claims[0].id)
        return ts

    monkeypatch.setattr(Slack, "post", slowly)
    await claim(workspace, slack, "U0ANNE", "bev-dicks")
    drawn = {message["channel"]: message["text"] for message in slack.made("chat.update")}
    assert set(drawn) == {"D0SAM", "D0KARLA"}
    assert "Declined by Sam" in drawn["D0SAM"]


async def secretariat_of_two(workspace: Workspace, database: Database) -> None:
    """Karla, confirmed in the registry, whom Cadre knows; and Sam, of the settings, whom it does not know yet."""
    database.write(OPERATOR, appoint, "karla-hale")
    database.write(OPERATOR, confirm_role, "secretariat.karla-hale")
    database.write(OPERATOR, give_address, "karla-hale", "karla@example.org")
    workspace.join("U0KARLA", "Karla Hale", email="karla@example.org")
    await workspace.command("U0KARLA", "me")


def give_address(session: Session, person: str, email: str) -> None:
    session.get_one(Person, person).email = email


async def claim(workspace: Workspace, slack: StandIn, user: str = "U0MARIE", person: str = "annette-vermaeten") -> Any:
    """Say "this is me", and give what the window answered."""
    await workspace.command(user, "moi" if user == "U0MARIE" else "me")
    await workspace.click(user, slack.made("respond")[-1], "C'est moi" if user == "U0MARIE" else "This is me")
    view = slack.made("views.open")[-1]["view"]
    chosen = {"person": {"people.search": {"selected_option": {"value": person}}}}
    return (await workspace.submit(user, view, chosen)).json()


async def test_records_are_found_by_the_letters_typed(workspace: Workspace) -> None:
    found = await workspace.options("U0ANNE", "people.search", "Verm")
    assert [option["value"] for option in found] == ["annette-vermaeten"]
    assert found[0]["description"]["text"]
    assert len(await workspace.options("U0ANNE", "people.search", "")) == 12
    assert await workspace.options("U0ANNE", "people.search", "zzz") == []


async def test_a_claim_is_confirmed_with_one_role_unticked(workspace: Workspace, slack: StandIn, database: Database) -> None:
    answered = await claim(workspace, slack)
    assert answered["response_action"] == "update"
    assert "Annette Vermaeten" in text_of(answered["view"])
    asked = slack.made("chat.postMessage")[-1]
    assert asked["channel"] == "D0SAM", "found in Slack by the address of the settings"
    assert "Marie Roy says: in the registry I am Annette Vermaeten" in asked["text"]
    boxes = ticks(asked)
    assert {option["value"] for option in boxes["initial_options"]} == set(ROLES), "all are ticked"

    await workspace.click("U0SAM", asked, "Confirm", state=state_of(asked, ROLES[:1]))
    drawn = slack.made("chat.update")[-1]
    assert (drawn["channel"], drawn["ts"]) == ("D0SAM", asked["ts"])
    assert "Confirmed by Sam Okafor" in drawn["text"]
    assert "Confirm" not in [element["text"]["text"] for block in drawn["blocks"] for element in block.get("elements", [])]
    told = slack.made("chat.postMessage")[-1]
    assert told["channel"] == "D0MARIE"
    assert database.read(standing, ROLES[0]) == ("confirmed", "Sam Okafor (U0SAM)")
    assert database.read(standing, ROLES[1])[0] != "confirmed"
    assert database.read(changes_by, "Sam Okafor (U0SAM)") >= {("identity", "person"), ("provenance", "standing"), ("claim", "state")}

    before = len(slack.made("chat.postMessage"))
    await workspace.click("U0SAM", asked, "Confirm", state=state_of(asked, ROLES))
    assert "Already settled by Sam Okafor" in slack.made("chat.postMessage")[-1]["text"]
    assert len(slack.made("chat.postMessage")) == before + 1
    assert database.read(standing, ROLES[1])[0] != "confirmed"


async def test_a_claim_that_is_declined_may_be_made_again(workspace: Workspace, slack: StandIn) -> None:
    await claim(workspace, slack, "U0ANNE", "bev-dicks")
    await workspace.click("U0SAM", slack.made("chat.postMessage")[-1], "Decline")
    assert "Declined by Sam Okafor" in slack.made("chat.update")[-1]["text"]
    assert "did not link you to Bev Dicks" in slack.made("chat.postMessage")[-1]["text"]
    assert (await claim(workspace, slack, "U0ANNE", "bev-dicks"))["response_action"] == "update"


async def test_only_the_secretariat_decides(workspace: Workspace, slack: StandIn) -> None:
    await claim(workspace, slack)
    asked = slack.made("chat.postMessage")[-1]
    await workspace.click("U0ANNE", asked, "Confirm", state=state_of(asked, ROLES))
    assert "Only the secretariat" in slack.made("chat.postMessage")[-1]["text"]
    assert slack.made("chat.update") == []


async def test_a_second_claim_waits_for_the_first_which_can_be_withdrawn(workspace: Workspace, slack: StandIn) -> None:
    await claim(workspace, slack, "U0ANNE", "bev-dicks")
    view = slack.made("views.open")[-1]["view"] | {"id": "V0OTHER"}
    again = await workspace.submit("U0ANNE", view, {"person": {"people.search": {"selected_option": {"value": "guy-gordon"}}}})
    assert "waiting already" in again.json()["errors"]["person"]
    await workspace.command("U0ANNE", "me")
    assert "waits for the secretariat" in slack.made("respond")[-1]["text"]
    await workspace.click("U0ANNE", slack.made("respond")[-1], "Withdraw")
    assert "withdrew" in slack.made("chat.update")[-1]["text"]
    assert (await claim(workspace, slack, "U0ANNE", "guy-gordon"))["response_action"] == "update"


async def test_a_window_sent_twice_makes_one_claim(workspace: Workspace, slack: StandIn) -> None:
    await claim(workspace, slack, "U0ANNE", "bev-dicks")
    view = slack.made("views.open")[-1]["view"]
    again = await workspace.submit("U0ANNE", view, {"person": {"people.search": {"selected_option": {"value": "bev-dicks"}}}})
    assert again.json()["response_action"] == "update"
    assert len(slack.made("chat.postMessage")) == 1, "the secretariat is asked once"
    home = await workspace.open_home("U0SAM")
    assert "1 request waits" in text_of(home)


async def test_a_record_of_somebody_else_cannot_be_had(workspace: Workspace, slack: StandIn) -> None:
    await claim(workspace, slack, "U0ANNE", "bev-dicks")
    asked = slack.made("chat.postMessage")[-1]
    await workspace.click("U0SAM", asked, "Confirm", state={})
    workspace.join("U0EVE", "Eve")
    refused = await claim(workspace, slack, "U0EVE", "bev-dicks")
    assert refused["response_action"] == "errors", "what was typed stays, and what is wrong stands beside it"
    assert "Somebody else is linked to this record already" in refused["errors"]["person"]


async def test_a_submission_that_fails_keeps_what_was_typed(workspace: Workspace, slack: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("bot.people.listeners.people.claim", broken)
    answered = await claim(workspace, slack, "U0ANNE", "bev-dicks")
    assert answered["response_action"] == "push"
    assert "reference" in text_of(answered["view"])


@pytest.fixture
def slow_claims(monkeypatch: pytest.MonkeyPatch) -> None:
    """Claims that are stored after the deadline."""
    store = people.claim

    def slowly(*args: Any) -> Any:
        time.sleep(0.4)
        return store(*args)

    monkeypatch.setattr("bot.people.listeners.people.claim", slowly)
    monkeypatch.setattr("bot.door.DEADLINE", 0.1)


@pytest.mark.usefixtures("slow_claims")
async def test_a_submission_past_the_deadline_is_done_all_the_same_and_told(workspace: Workspace, slack: StandIn) -> None:
    answered = await claim(workspace, slack)
    assert answered["response_action"] == "push"
    assert "plus longtemps que d'habitude" in text_of(answered["view"]).replace("’", "'")
    posted = {message["channel"]: message for message in slack.made("chat.postMessage")}
    assert set(posted) == {"D0MARIE", "D0SAM"}, "the claimant is told, and the secretariat asked"
    assert "Annette Vermaeten" in text_of(posted["D0MARIE"])


@pytest.mark.usefixtures("slow_claims")
async def test_a_submission_that_is_refused_past_the_deadline_is_told(workspace: Workspace, slack: StandIn) -> None:
    assert (await claim(workspace, slack, "U0ANNE", "nobody"))["response_action"] == "push"
    (told,) = slack.made("chat.postMessage")
    assert told["channel"] == "D0ANNE"
    assert "not in the registry any more" in told["text"]


async def test_the_secretariat_confirmed_in_the_registry_is_asked_too(workspace: Workspace, slack: StandIn, database: Database) -> None:
    """A role that somebody confirmed gives the right; the same role, only stated, does not."""
    database.write(OPERATOR, appoint, "karla-hale")
    database.write(OPERATOR, give_address, "karla-hale", "karla@example.org")
    workspace.join("U0KARLA", "Karla Hale", email="karla@example.org", locale="fr-FR")
    await workspace.command("U0KARLA", "me")
    await claim(workspace, slack, "U0ANNE", "bev-dicks")
    assert {message["channel"] for message in slack.made("chat.postMessage")} == {"D0SAM"}
    database.write(OPERATOR, confirm_role, "secretariat.karla-hale")
    await claim(workspace, slack, "U0MARIE", "guy-gordon")
    asked = {message["channel"]: message for message in slack.made("chat.postMessage")[-2:]}
    assert set(asked) == {"D0SAM", "D0KARLA"}
    await workspace.click("U0KARLA", asked["D0KARLA"], "Confirmer", state={})
    drawn = {message["channel"]: message["text"] for message in slack.made("chat.update")}
    assert "Confirmed by Karla Hale" in drawn["D0SAM"], "drawn anew for all, for each in their language"
    assert "Confirmé par Karla Hale" in drawn["D0KARLA"]


def appoint(session: Session, person: str) -> None:
    from cadre.people.models import Role

    session.add(Role(id=f"secretariat.{person}", person=person, role="secretariat", group="jc"))
    session.add(Provenance(subject="role", subject_id=f"secretariat.{person}", field="record", source="ours", standing="stated"))


def confirm_role(session: Session, role: str) -> None:
    found = session.scalars(select(Provenance).where(Provenance.subject == "role", Provenance.subject_id == role)).one()
    found.standing = "confirmed"


def standing(session: Session, role: str) -> tuple[str, str | None]:
    where = select(Provenance).where(Provenance.subject == "role", Provenance.subject_id == role, Provenance.field == "record")
    found = session.scalars(where).one()
    return found.standing, found.confirmed_by


def changes_by(session: Session, who: str) -> set[tuple[str, str]]:
    return {(row.subject, row.field) for row in session.scalars(select(Change).where(Change.by == who))}


def ticks(message: dict[str, Any]) -> dict[str, Any]:
    found: list[dict[str, Any]]
    found = [e for block in message["blocks"] for e in block.get("elements", []) if e["type"] == "checkboxes"]
    assert len(found) == 1
    return found[0]


def state_of(message: dict[str, Any], ticked: tuple[str, ...]) -> dict[str, Any]:
    """The boxes of a message, with some of them ticked."""
    (block,) = (b for b in message["blocks"] if "checkboxes" in json.dumps(b))
    options = [option for option in ticks(message)["options"] if option["value"] in ticked]
    return {block["block_id"]: {ticks(message)["action_id"]: {"type": "checkboxes", "selected_options": options}}}
