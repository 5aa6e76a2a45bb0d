"""The Demonstration Council beside the real registry, on both databases: whole, marked, and kept apart."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core.database import Database
from cadre.core.models import Provenance
from cadre.core.reader import OPERATOR, Actor
from cadre.exchange.layout import SECTION_OF, SECTIONS, Kind
from cadre.exchange.reading import InvalidFile
from cadre.exchange.seed import demonstration, real_registry
from cadre.exchange.service import ImportReport, count_groups, export, import_file
from cadre.people import service as people
from cadre.people.rules import SlackProfile
from tests.conftest import DATABASES, FILLED, copied, fill

DAY = date(2026, 11, 22)
MARKS = {"en": "demonstration", "fr": "démonstration"}
TEN = {
    "robin-ashgrove": "lead",
    "morgan-fernhill": "co_chair",
    "avery-plumridge": "member",
    "casey-larkfield": "alternate",
    "jordan-wrenwood": "secretariat",
    "camille-clairval": "lead",
    "dominique-beaumarais": "co_chair",
    "maxime-grandchene": "member",
    "sacha-rivenord": "alternate",
    "alix-beletang": "secretariat",
}
CLAIMABLE = ("charlie-oakmere", "lois-valdombre")
BY_EMAIL = ("ellis-marshgrove", "remi-tourbillon")
"""Members of the council who are not in Slack."""
SHOWN = {
    "sources": "title",
    "jurisdictions": "name",
    "groups": "name",
    "priorities": "name",
    "objectives": "wording",
    "meetings": "place",
}
"""What of a record is shown without anything of the demonstration beside it, by section."""


@pytest.fixture
def real(registry_url: str) -> Iterator[Database]:
    """The real registry."""
    with closing(Database(registry_url)) as database:
        yield database


@pytest.fixture(params=DATABASES)
def shown(request: pytest.FixtureRequest) -> Iterator[Database]:
    """The same, with the Demonstration Council."""
    taken = partial(fill, text=demonstration(DAY))
    with copied(request, request.param, "exchange_shown", taken, of=FILLED) as url, closing(Database(url)) as database:
        yield database


@pytest.fixture(scope="module")
def file() -> dict[str, list[dict[str, Any]]]:
    """The sections of the file."""
    sections: dict[str, Any] = yaml.load(demonstration(DAY), yaml.CSafeLoader)
    return {name: records for name, records in sections.items() if name != "format"}


def take(registry: Database, day: date = DAY) -> ImportReport:
    return registry.write(OPERATOR, import_file, demonstration(day))


def profile(person: str, user: str = "U1") -> SlackProfile:
    return SlackProfile("T1", user, person, f"{person.replace('-', '.')}@demonstration.example", email_confirmed=True)


# -- apart from the real registry


def test_the_real_registry_is_exported_as_if_nothing_were_beside_it(real: Database) -> None:
    before = real.read(export)
    take(real)
    assert real.read(export) == before


def test_the_demonstration_is_exported_where_it_is_asked_for(shown: Database, migrated_sqlite: Path, tmp_path: Path) -> None:
    text = shown.read(export, demonstration=True)
    assert "Demonstration Lanterns" in text
    with closing(Database(f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'other.sqlite')}")) as other:
        other.write(OPERATOR, import_file, text)
        assert other.read(export, demonstration=True) == text


def test_it_adds_no_group_to_those_that_are_counted(real: Database) -> None:
    before = real.read(count_groups)
    take(real)
    assert real.read(count_groups) == before > 0


def test_whoever_looks_for_their_record_finds_the_real_people_first(real: Database) -> None:
    before = real.read(people.search_people, "")
    take(real)
    found = real.read(people.search_people, "")
    assert found[: len(before)] == before
    assert {choice.id for choice in found[len(before) :]} == {*TEN, *CLAIMABLE, *BY_EMAIL}
    assert [choice.id for choice in real.read(people.search_people, "grandchene")] == ["maxime-grandchene"]


def test_it_stands_beside_the_real_registry_only(sqlite_url: str) -> None:
    with closing(Database(sqlite_url)) as empty, pytest.raises(InvalidFile):
        take(empty)


# -- always fresh


def test_taking_it_in_again_changes_nothing(shown: Database) -> None:
    again = take(shown)
    assert (again.added, again.changed) == (0, 0)


def test_on_a_later_day_it_is_attested_and_confirmed_on_that_day(shown: Database) -> None:
    later = DAY + timedelta(days=500)
    report = take(shown, later)
    assert report.added == 0

    def confirmed(session: Session) -> set[date | None]:
        query = select(Provenance.confirmed_on).where(Provenance.standing == "confirmed", Provenance.source == "demonstration")
        return set(session.scalars(query))

    assert shown.read(confirmed) == {later}
    assert f'attested: "{later.isoformat()}"' in shown.read(export, demonstration=True)


# -- somebody to act


@pytest.mark.parametrize(("person", "role"), TEN.items())
def test_each_of_the_ten_acts_in_their_role(shown: Database, person: str, role: str) -> None:
    met = shown.write(OPERATOR, people.identify, profile(person))
    assert met.person == person
    assert met.roles == {role}
    assert met.secretariat is (role == "secretariat")
    assert shown.read(people.recognise, profile(person)) == met


@pytest.mark.parametrize("person", CLAIMABLE)
def test_whose_role_nobody_confirmed_has_no_right_until_the_secretariat_confirms_it(shown: Database, person: str) -> None:
    newcomer = shown.write(OPERATOR, people.identify, SlackProfile("T1", "U2", "Newcomer"))
    officer = shown.write(OPERATOR, people.identify, profile("jordan-wrenwood"))
    claim = shown.write(OPERATOR, people.claim, newcomer.identity, person, "V1")
    assert [role.confirmed for role in claim.roles] == [False]
    actor = Actor(officer.name, officer.person)
    shown.write(actor, people.confirm_claim, claim.id, [role.id for role in claim.roles])
    met = shown.read(people.recognise, SlackProfile("T1", "U2", "Newcomer"))
    assert met is not None
    assert met.person == person
    assert met.roles == {"member"}


# -- whole and marked


def test_every_record_says_that_it_is_invented(file: dict[str, list[dict[str, Any]]]) -> None:
    assert [source["origin"] for source in file["sources"]] == ["demonstration"]
    for name, records in file.items():
        for record in records:
            assert name == "sources" or {entry["source"] for entry in record["provenance"].values()} == {"demonstration"}, record["id"]


def test_every_text_is_there_in_both_languages(file: dict[str, list[dict[str, Any]]]) -> None:
    for section in SECTIONS:
        texts = [field.name for field in section.fields if field.kind is Kind.BILINGUAL]
        for record in file.get(section.name, []):
            for name in texts:
                assert name not in record or (record[name]["en"] and record[name]["fr"]), (record["id"], name)
    assert all(group["description"] for group in file["groups"])
    assert all(priority["description"] for priority in file["priorities"])


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_name_that_is_shown_says_that_it_is_of_the_demonstration(file: dict[str, list[dict[str, Any]]], language: str) -> None:
    for section, name in SHOWN.items():
        for record in file[section]:
            assert MARKS[language] in record[name][language].lower(), (record["id"], name)
    jurisdictions = {record["id"] for record in file["jurisdictions"]}
    assert {person["jurisdiction"] for person in file["people"]} == jurisdictions, "a person is shown with theirs"
    assert all("short" not in record for record in file["jurisdictions"]), "a short name would be shown instead"
    assert not [record for records in file.values() for record in records if "acronyms" in record], "so would an acronym"


def test_it_refers_to_itself_and_to_the_kinds_of_group_only(file: dict[str, list[dict[str, Any]]]) -> None:
    real = yaml.load(real_registry(), yaml.CSafeLoader)
    ids = {name: {record["id"] for record in records} for name, records in file.items()}
    for section in SECTIONS:
        assert not ids.get(section.name, set()) & {record["id"] for record in real.get(section.name, [])}, section.name
        for field in section.fields:
            if field.kind is Kind.REFERENCE and field.table != "group_kind":
                told = {record[field.name] for record in file.get(section.name, []) if field.name in record}
                assert told <= ids.get(SECTION_OF[field.table].name, set()), (section.name, field.name)


def test_nobody_in_it_can_be_written_to_by_mistake(file: dict[str, list[dict[str, Any]]]) -> None:
    addresses = [person["email"] for person in file["people"]]
    assert len(set(addresses)) == len(addresses) == len(TEN) + len(CLAIMABLE) + len(BY_EMAIL)
    assert all(address.isascii() and address.endswith("@demonstration.example") for address in addresses)


def test_its_governments_are_spread_over_the_country(file: dict[str, list[dict[str, Any]]]) -> None:
    assert len({place["zone"] for place in file["jurisdictions"]}) == 5
    assert {place["kind"] for place in file["jurisdictions"]} == {"federal", "province", "territory", "municipality"}
