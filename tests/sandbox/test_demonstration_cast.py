"""Who is there to be acted as, and what of the real Councils can be asked beside them."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.people.models import Person
from tests.workspace import GENERAL, Workspace

ROLES = ("lead", "co_chair", "member", "alternate", "secretariat")


async def test_each_role_in_each_language_has_somebody_to_act(workspace: Workspace) -> None:
    cast = [getattr(workspace, role)(locale=locale) for role in ROLES for locale in ("en-US", "fr-CA")]
    assert len({member.id for member in cast}) == 10
    users = {user["id"]: user for user in (await workspace.get("state"))["users"]}
    for role, member in zip([role for role in ROLES for _ in range(2)], cast, strict=True):
        assert role in users[member.id]["roles"]
        assert users[member.id]["demo"]
        assert users[member.id]["name"] == users[member.id]["person_name"]


async def test_they_are_known_by_their_address_and_their_roles_are_confirmed(workspace: Workspace) -> None:
    for role in ROLES:
        for locale, known, doubt in (("en-US", "You are", "to be confirmed"), ("fr-CA", "Vous êtes", "à confirmer")):
            member = getattr(workspace, role)(locale=locale)
            told = (await member.commands("me" if locale == "en-US" else "moi")).text
            assert known in told, member.name
            assert member.name in told
            assert doubt not in told.replace("\xa0", " "), member.name


async def test_the_secretariat_is_what_the_settings_need_not_name(workspace: Workspace) -> None:
    for locale, nothing in (("en-US", "Nobody asks to be recognized"), ("fr-CA", "Personne ne demande")):
        assert nothing in (await workspace.secretariat(locale=locale).home()).text
        assert nothing not in (await workspace.member(locale=locale).home()).text


def names(session: Session) -> set[str]:
    return set(session.scalars(select(Person.name)))


async def test_newcomers_have_a_record_that_is_not_known_to_be_theirs(plain_workspace: Workspace) -> None:
    for locale, asked, told in (("en-US", "me", "I do not know yet who you are"), ("fr-CA", "moi", "Je ne sais pas encore qui vous êtes")):
        newcomer = plain_workspace.newcomer(locale=locale)
        assert told in (await newcomer.commands(asked)).text
        assert not newcomer.demo
        assert newcomer.name in plain_workspace.database.read(names)


@pytest.mark.parametrize("locale", ["en-US", "fr-CA"])
async def test_the_demonstration_says_that_it_is_one(plain_workspace: Workspace, locale: str) -> None:
    questions = {"en-US": "who leads Lanterns, demonstration?", "fr-CA": "qui dirige les lanternes, démonstration?"}
    answer = await plain_workspace.member(locale=locale).asks(questions[locale])
    assert "Robin Ashgrove" in answer.headline
    assert ("demonstration" if locale == "en-US" else "démonstration") in answer.text


async def test_the_real_people_can_be_asked_about(plain_workspace: Workspace) -> None:
    english, french = plain_workspace.member(locale="en-US"), plain_workspace.member(locale="fr-CA")
    assert "Bev Dicks" in (await english.asks("who leads digital identity", GENERAL)).headline
    assert "Guy Gordon" in (await french.asks("qui représente le Manitoba?")).text
    assert "demonstration" not in (await english.asks("who represents Manitoba?")).text.casefold()


async def test_lists_of_the_real_councils_hold_nobody_invented(plain_workspace: Workspace) -> None:
    member = plain_workspace.member()
    invented = {each.name for each in plain_workspace.members.values()}
    for question in ("which working groups are there?", "who are the leads of the priorities?", "how many groups are there?"):
        told = (await member.asks(question)).text
        assert not [name for name in invented if name in told], question
        assert "demonstration" not in told.casefold(), question


async def test_nobody_acts_as_the_real_people_of_the_seed(plain_workspace: Workspace) -> None:
    users = (await plain_workspace.get("state"))["users"]
    assert all(user["demo"] for user in users if user["person"])
    assert {user["email"].rpartition("@")[2] for user in users} == {"demonstration.example", "newcomers.example"}
