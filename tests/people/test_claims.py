"""Claims, where several people act at once; and what gives somebody a right."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core.bilingual import Bilingual
from cadre.core.database import Database
from cadre.core.dates import PartialDate
from cadre.core.errors import Conflict, Forbidden, Invalid, NotFound
from cadre.core.models import Provenance, Source
from cadre.core.reader import OPERATOR, Actor
from cadre.groups.models import Group
from cadre.people import service as people
from cadre.people.models import Claim, Identity, Person, Role
from cadre.people.rules import SlackProfile, matches, rights

SAM = Actor("Sam", email="Sam@iccs.example.org")
ANNE = Actor("Anne")


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url, frozenset({"sam@ICCS.example.org"}))
    database.write(OPERATOR, _fill)
    yield database
    database.close()


def _fill(session: Session) -> None:
    session.add(Source(id="deck", origin="seed", title=Bilingual("Deck", "Présentation")))
    session.add(Group(id="jc", name=Bilingual("Joint Councils", "Conseils mixtes")))
    for name in ("bev", "guy"):
        session.add(Person(id=name, name=name.title(), email=f"{name}@Example.org"))
        session.add(Role(id=f"jc.{name}", person=name, role="lead", group="jc"))
    session.add(Role(id="old.bev", person="bev", role="member", group="jc", until=PartialDate.parse("2016")))
    session.add(Provenance(subject="role", subject_id="jc.bev", field="record", source="deck", standing="stated"))


def profile(user: str, **more: Any) -> SlackProfile:
    return SlackProfile("T1", user, **{"name": user.title(), **more})


def newcomer(database: Database, user: str, **more: Any) -> int:
    return database.write(OPERATOR, people.identify, profile(user, **more)).identity


def at_once(*calls: Callable[[], object]) -> list[object]:
    """What calls give that are made at the same moment: results or exceptions."""

    def outcome(call: Callable[[], object]) -> object:
        try:
            return call()
        except Exception as problem:  # noqa: BLE001  # what it was is looked at by the test
            return problem

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(outcome, calls))


def test_two_events_of_a_newcomer_make_one_identity(database: Database) -> None:
    calls = [lambda: database.write(OPERATOR, people.identify, profile("anne"))] * 6
    known = at_once(*calls)
    assert len({one.identity for one in known}) == 1  # type: ignore[attr-defined]  # an exception has none, and fails


def test_of_two_clicks_at_the_same_moment_one_decides(database: Database) -> None:
    claim = database.write(ANNE, people.claim, newcomer(database, "anne"), "bev", "V1")
    outcomes = at_once(
        lambda: database.write(SAM, people.confirm_claim, claim.id, ["jc.bev"]),
        lambda: database.write(SAM, people.decline_claim, claim.id),
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["ClaimFacts", "Conflict"]
    (conflict,) = (outcome for outcome in outcomes if isinstance(outcome, Conflict))
    assert conflict.who == "Sam"


def test_of_two_claims_of_one_record_one_is_confirmed(database: Database) -> None:
    claims = [database.write(ANNE, people.claim, newcomer(database, user), "bev", f"V{user}") for user in ("anne", "eve")]
    outcomes = at_once(*(lambda id_=claim.id: database.write(SAM, people.confirm_claim, id_, []) for claim in claims))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["ClaimFacts", "Conflict"]
    linked = database.read(lambda session: len(session.scalars(select(Identity).where(Identity.person == "bev")).all()))
    assert linked == 1


def test_the_same_window_sent_twice_at_once_makes_one_claim(database: Database) -> None:
    identity = newcomer(database, "anne")
    outcomes = at_once(*[lambda: database.write(ANNE, people.claim, identity, "bev", "V1")] * 4)
    assert len({outcome.id for outcome in outcomes}) == 1  # type: ignore[attr-defined]  # an exception has none, and fails
    assert database.read(lambda session: len(session.scalars(select(Claim)).all())) == 1


def test_who_may_not_decide_changes_nothing(database: Database) -> None:
    claim = database.write(ANNE, people.claim, newcomer(database, "anne"), "bev", "V1")
    for act in (people.decline_claim, lambda session, id_: people.confirm_claim(session, id_, [])):
        with pytest.raises(Forbidden):
            database.write(Actor("Eve", "guy", "eve@example.org"), act, claim.id)
    with pytest.raises(Forbidden):
        database.read(people.pending_claims, "T1", ANNE)
    assert database.read(people.claim_facts, claim.id).state == "pending"


def test_a_role_of_another_person_is_not_confirmed_on_the_way(database: Database) -> None:
    claim = database.write(ANNE, people.claim, newcomer(database, "anne"), "bev", "V1")
    for strange in ("jc.guy", "old.bev", "none"):
        with pytest.raises(NotFound):
            database.write(SAM, people.confirm_claim, claim.id, ["jc.bev", strange])
    assert database.read(people.me, claim.identity).person is None


def test_a_confirmed_role_gives_its_right_and_an_unticked_one_does_not(database: Database) -> None:
    anne, eve = newcomer(database, "anne"), newcomer(database, "eve")
    for identity, person, ticked in ((anne, "bev", ["jc.bev"]), (eve, "guy", [])):
        claim = database.write(ANNE, people.claim, identity, person, f"V{person}")
        database.write(SAM, people.confirm_claim, claim.id, ticked)
    assert database.write(OPERATOR, people.identify, profile("anne")).roles == {"lead"}
    assert database.write(OPERATOR, people.identify, profile("eve")).roles == frozenset()
    database.write(OPERATOR, lambda session: setattr(session.get(Role, "jc.bev"), "until", PartialDate.parse("2020")))
    assert database.write(OPERATOR, people.identify, profile("anne")).roles == frozenset()


def test_a_role_without_a_source_is_confirmed_by_the_secretariat_s_word(database: Database) -> None:
    claim = database.write(ANNE, people.claim, newcomer(database, "anne"), "guy", "V1")
    settled = database.write(SAM, people.confirm_claim, claim.id, ["jc.guy"])
    assert [role.confirmed for role in settled.roles] == [True]


def test_a_confirmed_address_links_once_in_a_workspace(database: Database) -> None:
    sure = {"email": "BEV@example.org", "email_confirmed": True}
    assert database.write(OPERATOR, people.identify, profile("bev", **sure)).person == "bev"
    assert database.write(OPERATOR, people.identify, profile("eve", **sure)).person is None
    other = SlackProfile("T2", "bev", name="Bev", email="bev@example.org", email_confirmed=True)
    assert database.write(OPERATOR, people.identify, other).person == "bev", "a person may be in several workspaces"
    with pytest.raises(Invalid):
        database.write(OPERATOR, people.claim, newcomer(database, "bev", **sure), "guy", "V9")


def test_without_an_answer_of_slack_nothing_is_forgotten(database: Database) -> None:
    newcomer(database, "bev", email="bev@example.org", email_confirmed=True)
    known = database.read(people.recognise, SlackProfile("T1", "bev"))
    assert known
    assert (known.name, known.email, known.person) == ("Bev", "bev@example.org", "bev")
    assert database.read(people.recognise, profile("bev", email="new@example.org", email_confirmed=True)) is None


def test_nobody_withdraws_the_claim_of_another(database: Database) -> None:
    claim = database.write(ANNE, people.claim, newcomer(database, "anne"), "bev", "V1")
    with pytest.raises(NotFound):
        database.write(ANNE, people.withdraw_claim, newcomer(database, "eve"), claim.id)


def test_rights_by_day() -> None:
    roles = [("lead", PartialDate.parse("2026-11")), ("member", None)]
    assert rights(roles, date(2026, 11, 30)) == {"lead", "member"}
    assert rights(roles, date(2026, 12, 1)) == {"member"}


@pytest.mark.parametrize(("typed", "found"), [("dicks b", True), ("BÉV", True), ("icks", False), ("", True), ("bev dickson", False)])
def test_names_by_the_beginnings_of_their_words(typed: str, found: bool) -> None:
    assert matches(typed, ["Bev Dicks"]) is found
