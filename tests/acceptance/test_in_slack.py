"""The same in Slack, through signed requests."""

from __future__ import annotations

from contextlib import closing

import pytest
from sqlalchemy.orm import Session

from cadre.core.database import Database
from cadre.core.reader import OPERATOR
from cadre.people.models import Person
from tests.slack.standin import StandIn
from tests.slack.workspace import Workspace, signed, text_of


def _address(session: Session, person: str, visibility: str) -> None:
    found = session.get_one(Person, person)
    found.email, found.phone, found.visibility = f"{person}@gov.example.org", "250 555-0199", visibility


@pytest.fixture
def addresses(database: Database) -> None:
    """Three people gave an address: for all, for members, for the secretariat."""
    for person, visibility in (("bev-dicks", "public"), ("guy-gordon", "members"), ("mark-burns", "secretariat")):
        database.write(OPERATOR, _address, person, visibility)


async def asked(workspace: Workspace, slack: StandIn, user: str, question: str) -> str:
    """What stands in somebody's conversation with Cadre after a question."""
    await workspace.direct(user, question)
    return text_of(slack.made("chat.postMessage")[-1])


async def confirmed(workspace: Workspace, slack: StandIn, user: str, person: str) -> None:
    """Somebody who reads English says who they are, and the secretariat confirms it with all roles."""
    await workspace.command(user, "me")
    await workspace.click(user, slack.made("respond")[-1], "This is me")
    view = slack.made("views.open")[-1]["view"]
    await workspace.submit(user, view, {"person": {"people.search": {"selected_option": {"value": person}}}})
    request = next(each for each in reversed(slack.made("chat.postMessage")) if each["channel"] == "D0SAM")
    block, ticks = next((b, e) for b in request["blocks"] for e in b.get("elements", []) if e["type"] == "checkboxes")
    state = {block["block_id"]: {ticks["action_id"]: {"type": "checkboxes", "selected_options": ticks["initial_options"]}}}
    await workspace.click("U0SAM", request, "Confirm", state=state)


@pytest.mark.parametrize(
    ("user", "seen"),
    [
        ("U0ANNE", {"bev-dicks"}),
        ("U0SAM", {"bev-dicks", "guy-gordon", "mark-burns"}),
    ],
)
async def test_contact_details_are_for_those_entitled(
    workspace: Workspace, slack: StandIn, addresses: None, user: str, seen: set[str]
) -> None:
    """A stranger sees what is public; the secretariat all."""
    for person, name in (("bev-dicks", "Bev Dicks"), ("guy-gordon", "Guy Gordon"), ("mark-burns", "Mark Burns")):
        for question in (f"What is {name}'s e-mail?", f"Quel est le numéro de téléphone de {name}?"):
            told = await asked(workspace, slack, user, question)
            assert ("@gov" in told or "555" in told) == (person in seen), told


async def test_in_a_thread_everybody_reads_so_only_what_is_public_is_told(workspace: Workspace, slack: StandIn, addresses: None) -> None:
    await workspace.mention("U0SAM", "What is Mark Burns's e-mail?")
    assert "mark-burns@" not in text_of(slack.made("chat.postMessage")[-1])


async def test_neither_does_sharing_an_answer_tell_more(workspace: Workspace, slack: StandIn, addresses: None) -> None:
    await workspace.command("U0SAM", "What is Mark Burns's e-mail?")
    aside = slack.made("respond")[-1]
    assert "mark-burns@" in text_of(aside)
    await workspace.click("U0SAM", aside, "Share in channel")
    assert "mark-burns@" not in text_of(slack.made("chat.postMessage")[-1])


async def test_a_mention_is_answered_in_its_thread_and_in_its_language(workspace: Workspace, slack: StandIn) -> None:
    await workspace.mention("U0ANNE", "qui dirige l'identité numérique", ts="1790000009.000100")
    posted = slack.made("chat.postMessage")[-1]
    assert posted["thread_ts"] == "1790000009.000100"
    assert posted["text"].replace("\xa0", " ").startswith("En date d'octobre 2017, Bev Dicks")


async def test_two_threads_in_two_languages_do_not_mix(workspace: Workspace, slack: StandIn) -> None:
    for number in range(3):
        await workspace.mention("U0ANNE", "who leads digital strategy", ts=f"179000001{number}.000100")
        await workspace.mention("U0MARIE", "qui dirige la stratégie numérique", ts=f"179000002{number}.000100")
    for posted in slack.made("chat.postMessage"):
        assert ("responsables" in posted["text"]) == posted["thread_ts"].startswith("179000002")


async def test_two_questions_of_one_message(workspace: Workspace, slack: StandIn) -> None:
    told = await asked(workspace, slack, "U0ANNE", "Who leads digital identity? Who represents Manitoba?")
    assert "Bev Dicks" in told
    assert "Guy Gordon" in told


async def test_a_command_is_answered_aside_and_kept(workspace: Workspace, slack: StandIn) -> None:
    await workspace.command("U0MARIE", "qui dirige l'identité numérique")
    assert slack.made("respond")[-1]["response_type"] == "ephemeral"
    kept = slack.made("chat.postMessage")[-1]
    assert (kept["channel"], "Bev Dicks" in text_of(kept)) == ("D0MARIE", True)


async def test_help_names_me_in_both_languages(workspace: Workspace, slack: StandIn) -> None:
    await workspace.command("U0ANNE", "help")
    assert "/cadre me" in text_of(slack.made("respond")[-1])
    await workspace.command("U0MARIE", "aide")
    assert "/cadre moi" in text_of(slack.made("respond")[-1])


async def test_replays_and_forgeries_are_refused(workspace: Workspace, slack: StandIn) -> None:
    body = b"command=%2Fcadre&text=SCGI&user_id=U0ANNE&team_id=T0CADRE"
    kind = "application/x-www-form-urlencoded"
    assert (await workspace.post(body, kind, signed(body, at=1_700_000_000))).status_code == 401
    assert (await workspace.post(body, kind, signed(body, secret="0" * 32))).status_code == 401
    assert slack.calls == []


async def test_what_a_claim_confirmed_is_told_as_of_today(workspace: Workspace, slack: StandIn) -> None:
    """A role that the secretariat confirmed is no old fact any more."""
    assert "As of October 2017" in await asked(workspace, slack, "U0ANNE", "who leads digital strategy")
    for user, person in (("U0GUY", "guy-gordon"), ("U0SEAN", "sean-mcleish")):
        workspace.join(user, person)
        await confirmed(workspace, slack, user, person)
    told = await asked(workspace, slack, "U0ANNE", "who leads digital strategy")
    assert "Guy Gordon (Man.) and Sean McLeish (Y.T.) lead" in told
    assert "As of" not in told
    assert "As of October 2017" in await asked(workspace, slack, "U0ANNE", "who leads digital identity")


async def test_names_changed_by_another_process_are_known_at_once(workspace: Workspace, slack: StandIn, registry_url: str) -> None:
    assert "Bev Dicks" in await asked(workspace, slack, "U0ANNE", "who leads digital identity")

    def rename(session: Session) -> None:
        session.get_one(Person, "bev-dicks").name = "Beverley Dixon"

    with closing(Database(registry_url)) as other:
        other.write(OPERATOR, rename)
    assert "Beverley Dixon" in await asked(workspace, slack, "U0ANNE", "who leads digital identity")
    assert "Digital Identity" in await asked(workspace, slack, "U0ANNE", "who is Beverley Dixon?")
