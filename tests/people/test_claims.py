"""Claims, where several people act at once; and what gives somebody a right."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from cadre.core.bilingual import Bilingual
from cadre.core.database import Database
from cadre.core.dates import PartialDate
from cadre.core.errors import Conflict, Forbidden, Invalid, NotFound
from cadre.core.models import Provenance, Source
from cadre.core.reader import OPERATOR, Actor
from cadre.groups.models import Group, GroupKind
from cadre.people import service as people
from cadre.people.models import Claim, Identity, Person, Role
from cadre.people.rules import ConfirmedRole, SlackProfile, matches, rights

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
    roles = [ConfirmedRole("lead", until=PartialDate.parse("2026-11")), ConfirmedRole("member")]
    assert rights(roles, date(2026, 11, 30)) == {"lead", "member"}
    assert rights(roles, date(2026, 12, 1)) == {"member"}


def test_a_role_gives_no_right_before_it_begins() -> None:
    roles = [ConfirmedRole("lead", since=PartialDate.parse("2026-12"))]
    assert rights(roles, date(2026, 11, 30)) == frozenset()
    assert rights(roles, date(2026, 12, 1)) == {"lead"}


def test_a_role_to_come_gives_no_right_and_can_be_confirmed(database: Database) -> None:
    def to_come(session: Session) -> None:
        session.get_one(Role, "jc.bev").since = PartialDate.parse("2199")

    database.write(OPERATOR, to_come)
    claim = database.write(ANNE, people.claim, newcomer(database, "anne"), "bev", "V1")
    database.write(SAM, people.confirm_claim, claim.id, ["jc.bev"])
    assert database.write(OPERATOR, people.identify, profile("anne")).roles == frozenset()


@pytest.mark.parametrize(("kind", "may"), [("joint_council", True), ("council", True), ("working_group", False), (None, False)])
def test_the_secretariat_of_a_council_alone_acts_for_cadre(database: Database, kind: str | None, may: bool) -> None:
    def appoint(session: Session) -> None:
        if kind:
            session.add(GroupKind(id=kind, name=Bilingual("Kind", "Sorte"), plural=Bilingual("Kinds", "Sortes")))
        session.get_one(Group, "jc").kind = kind
        session.get_one(Role, "jc.bev").role = "secretariat"

    database.write(OPERATOR, appoint)
    claim = database.write(ANNE, people.claim, newcomer(database, "anne"), "bev", "V1")
    database.write(SAM, people.confirm_claim, claim.id, ["jc.bev"])
    known = database.write(OPERATOR, people.identify, profile("anne"))
    assert known.secretariat is may
    assert known.roles == ({"secretariat"} if may else frozenset())
    assert [one.name for one in database.read(people.secretariat_identities, "T1")] == (["Anne"] if may else [])


def test_the_secretariat_of_a_priority_does_not_act_for_cadre() -> None:
    assert rights([ConfirmedRole("secretariat")], date(2026, 12, 1)) == frozenset()


def test_two_users_of_a_workspace_cannot_own_one_record(database: Database) -> None:
    def linked(session: Session, user: str) -> None:
        session.add(Identity(team="T1", user=user, person="bev"))

    database.write(OPERATOR, linked, "anne")
    with pytest.raises(IntegrityError):
        database.write(OPERATOR, linked, "eve")


def test_a_record_taken_at_the_last_moment_is_a_conflict_or_left(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where two processes look first and write then, at the same moment."""
    claim = database.write(ANNE, people.claim, newcomer(database, "anne"), "bev", "V1")
    newcomer(database, "bev", email="bev@example.org", email_confirmed=True)
    looked = people._refuse_taken
    looks = []

    def look(*args: Any) -> None:
        looks.append(args)
        if len(looks) > 1:
            looked(*args)

    monkeypatch.setattr(people, "_refuse_taken", look)
    with pytest.raises(Conflict) as conflict:
        database.write(SAM, people.confirm_claim, claim.id, ["jc.bev"])
    assert conflict.value.who == "Bev"
    assert database.read(people.claim_facts, claim.id).state == "pending"
    monkeypatch.setattr("cadre.people.identities._by_email", lambda *_: "bev")
    late = database.write(OPERATOR, people.identify, profile("eve", email="bev@example.org", email_confirmed=True))
    assert (late.name, late.person) == ("Eve", None)


INCOMPLETE: list[dict[str, Any]] = [
    {"email": None, "email_confirmed": True},
    {"email": "bev@example.org", "email_confirmed": None},
    {"email": "bev@example.org", "email_confirmed": True, "at_home": None},
]


@pytest.mark.parametrize("more", INCOMPLETE)
def test_an_incomplete_profile_takes_no_address_away(database: Database, more: dict[str, Any]) -> None:
    newcomer(database, "bev", email="bev@example.org", email_confirmed=True)
    assert database.write(OPERATOR, people.identify, profile("bev", **more)).email == "bev@example.org"


@pytest.mark.parametrize("more", [{"email": "b@example.org", "email_confirmed": False}, {"email": None, "at_home": False}])
def test_an_address_that_slack_takes_back_counts_no_more(database: Database, more: dict[str, Any]) -> None:
    newcomer(database, "bev", email="bev@example.org", email_confirmed=True)
    assert database.write(OPERATOR, people.identify, profile("bev", **more)).email is None


def test_whom_a_slack_user_is_is_named_as_in_the_registry(database: Database) -> None:
    newcomer(database, "bev", email="bev@example.org", email_confirmed=True, name="bevvy")
    newcomer(database, "eve")
    assert database.read(people.person_name_of, "T1", "bev") == "Bev"
    assert database.read(people.person_name_of, "T1", "eve") is None


@pytest.mark.parametrize(("typed", "found"), [("dicks b", True), ("BÉV", True), ("icks", False), ("", True), ("bev dickson", False)])
def test_names_by_the_beginnings_of_their_words(typed: str, found: bool) -> None:
    assert matches(typed, ["Bev Dicks"]) is found
