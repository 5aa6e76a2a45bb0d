"""The same in Slack, as its people see it."""

from __future__ import annotations

from contextlib import closing

import pytest
from sqlalchemy.orm import Session

from cadre.core.database import Database
from cadre.core.reader import OPERATOR
from cadre.people.models import Person
from tests.conftest import one_database
from tests.slack.claiming import claims
from tests.slack.raw import knocks, signed
from tests.workspace import DM, GENERAL, Member, Workspace


def _address(session: Session, person: str, visibility: str) -> None:
    found = session.get_one(Person, person)
    found.email, found.phone, found.visibility = f"{person}@gov.example.org", "250 555-0199", visibility


@pytest.fixture
def addresses(workspace: Workspace) -> None:
    """Three people gave an address: for all, for members, for the secretariat."""
    for person, visibility in (("bev-dicks", "public"), ("guy-gordon", "members"), ("mark-burns", "secretariat")):
        workspace.database.write(OPERATOR, _address, person, visibility)


async def confirmed(workspace: Workspace, person: str) -> Member:
    """Somebody who joins, says which record is theirs, and is confirmed by the secretariat with all roles."""
    newcomer = await workspace.joins(person)
    await claims(newcomer, person)
    await workspace.secretariat().clicks("Confirm")
    return newcomer


@pytest.mark.usefixtures("addresses")
@pytest.mark.parametrize(
    ("user", "seen"),
    [
        ("Charlie Oakmere", {"bev-dicks"}),
        ("Jordan Wrenwood", {"bev-dicks", "guy-gordon", "mark-burns"}),
    ],
)
async def test_contact_details_are_for_those_entitled(workspace: Workspace, user: str, seen: set[str]) -> None:
    """A stranger sees what is public; the secretariat all."""
    for person, name in (("bev-dicks", "Bev Dicks"), ("guy-gordon", "Guy Gordon"), ("mark-burns", "Mark Burns")):
        for question in (f"What is {name}'s e-mail?", f"Quel est le numéro de téléphone de {name}?"):
            told = (await workspace.user(user).asks(question)).text
            assert ("@gov" in told or "555" in told) == (person in seen), told


@one_database
@pytest.mark.usefixtures("addresses")
async def test_in_a_thread_everybody_reads_so_only_what_is_public_is_told(workspace: Workspace) -> None:
    assert "mark-burns@" not in (await workspace.secretariat().asks("What is Mark Burns's e-mail?", GENERAL)).text


@one_database
@pytest.mark.usefixtures("addresses")
async def test_neither_does_sharing_an_answer_tell_more(workspace: Workspace) -> None:
    secretariat = workspace.secretariat()
    aside = await secretariat.commands("What is Mark Burns's e-mail?")
    assert "mark-burns@" in aside.text
    await secretariat.clicks("Share in channel", aside)
    (shared,) = await workspace.member().sees(GENERAL)
    assert "Mark Burns" in shared.text
    assert "mark-burns@" not in shared.text


@one_database
async def test_a_mention_is_answered_in_its_thread_and_in_its_language(workspace: Workspace) -> None:
    member = workspace.member(locale="en-US")
    answer = await member.asks("qui dirige l'identité numérique", GENERAL)
    question, _ = await member.sees(GENERAL)
    assert answer["thread_ts"] == question.ts
    assert answer.headline.replace("\xa0", " ").startswith("En date d'octobre 2017, Bev Dicks")


@one_database
async def test_two_threads_in_two_languages_do_not_mix(workspace: Workspace) -> None:
    english, french = workspace.member(locale="en-US"), workspace.member(locale="fr-CA")
    for _ in range(3):
        for member, question in ((english, "who leads digital strategy"), (french, "qui dirige la stratégie numérique")):
            await workspace.post("message", user=member.id, channel=GENERAL, text=f"@Cadre {question}")
    await workspace.quiet()
    said = {each.ts: each for each in await english.sees(GENERAL)}
    answers = [each for each in said.values() if each["is_bot"]]
    assert len(answers) == 6
    for answer in answers:
        assert ("responsables" in answer.headline) == (said[answer["thread_ts"]]["user"] == french.id)


@one_database
async def test_two_questions_of_one_message(workspace: Workspace) -> None:
    told = (await workspace.member().asks("Who leads digital identity? Who represents Manitoba?")).text
    assert "Bev Dicks" in told
    assert "Guy Gordon" in told


@one_database
async def test_a_command_is_answered_aside_and_kept(workspace: Workspace) -> None:
    member = workspace.member(locale="fr-CA")
    assert (await member.commands("qui dirige l'identité numérique"))["ephemeral"]
    (kept,) = await member.sees(DM)
    assert "Bev Dicks" in kept.text


@one_database
async def test_help_names_me_in_both_languages(workspace: Workspace) -> None:
    assert "/cadre me" in (await workspace.member(locale="en-US").commands("help")).text
    assert "/cadre moi" in (await workspace.member(locale="fr-CA").commands("aide")).text


@one_database
async def test_replays_and_forgeries_are_refused(workspace: Workspace) -> None:
    body, kind = b"command=%2Fcadre&text=SCGI&user_id=U0AVERY&team_id=T0CADRE", {"content-type": "application/x-www-form-urlencoded"}
    replayed = await knocks(workspace, body, kind | signed(body, workspace.sandbox.settings.signing_secret, ago=86_400))
    forged = await knocks(workspace, body, kind | signed(body, "0" * 32))
    assert (replayed.status_code, forged.status_code) == (401, 401)
    assert await workspace.log() == []


async def test_what_a_claim_confirmed_is_told_as_of_today(workspace: Workspace) -> None:
    """A role that the secretariat confirmed is no old fact any more."""
    member = workspace.member()
    assert "As of October 2017" in (await member.asks("who leads digital strategy")).text
    for person in ("guy-gordon", "sean-mcleish"):
        await confirmed(workspace, person)
    told = (await member.asks("who leads digital strategy")).text
    assert "Guy Gordon (Man.) and Sean McLeish (Y.T.) lead" in told
    assert "As of" not in told
    assert "As of October 2017" in (await member.asks("who leads digital identity")).text


async def test_names_changed_by_another_process_are_known_at_once(workspace: Workspace) -> None:
    member = workspace.member()
    assert "Bev Dicks" in (await member.asks("who leads digital identity")).text

    def rename(session: Session) -> None:
        session.get_one(Person, "bev-dicks").name = "Beverley Dixon"

    with closing(Database(workspace.url)) as other:
        other.write(OPERATOR, rename)
    assert "Beverley Dixon" in (await member.asks("who leads digital identity")).text
    assert "Digital Identity" in (await member.asks("who is Beverley Dixon?")).text
