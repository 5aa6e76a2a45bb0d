"""Roles of a group, as the secretariat keeps them."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from sqlalchemy.orm import Session

from cadre.core.database import Database
from cadre.core.errors import Forbidden, Invalid, NotFound
from cadre.core.marks import marks
from cadre.groups import roles
from cadre.groups import service as groups
from cadre.groups.roles import RoleEntry
from cadre.people import holders
from cadre.people.models import Person
from tests.groups.conftest import Does
from tests.workplans.world import ANN, SAM
from tests.worlds import at_once, fields

NEW = {"person": "cora", "role": "co_chair", "jurisdiction": "south", "on_behalf_of": "council", "since": "2026-10", "until": ""}


def of(database: Database, id_: str) -> RoleEntry:
    return database.read(roles.role_of, id_)[1]


def test_a_role_from_a_month_on_gives_its_rights(database: Database, does: Does) -> None:
    made = does(SAM, groups.add_role, "bees", NEW)
    assert (made.name, made.role, made.jurisdiction, made.since.text, made.confirmed) == ("Cora", "co_chair", "south", "2026-10", True)
    assert made.on_behalf_of_name.en == "Council"
    held = database.read(holders.of_groups, ("bees",))
    assert ("cora", "co_chair") in [(each.person.id, each.role) for each in held]


def test_somebody_new_gets_a_record_once(database: Database, does: Does) -> None:
    new = NEW | {"person": "", "name": "Zoé Tremblay", "email": "Zoe@Example.org"}
    made = does(SAM, groups.add_role, "bees", new)
    again = does(SAM, groups.add_role, "larvae", new | {"name": "Zoe T."})
    assert (made.person, again.person) == ("zoe-tremblay", "zoe-tremblay"), "the address tells that it is the same person"
    assert database.read(lambda session: session.get_one(Person, "zoe-tremblay").email) == "zoe@example.org"


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"person": "", "name": " "}, {"person"}),
        ({"role": ""}, {"role"}),
        ({"since": "yesterday"}, {"since"}),
        ({"since": "2026-10", "until": "2026-09"}, {"until"}),
        ({"jurisdiction": "nowhere"}, {"jurisdiction"}),
        ({"on_behalf_of": "nobody"}, {"on_behalf_of"}),
        ({"person": "", "name": "Zoé", "email": "zoe"}, {"email"}),
        ({"person": "ann"}, {"person"}),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(does: Does, changes: dict[str, Any], wrong: set[str]) -> None:
    with pytest.raises(Invalid) as problem:
        does(SAM, groups.add_role, "bees", NEW | changes)
    assert fields(problem) == wrong


def test_a_role_ends_on_a_day_and_stays_known(database: Database, does: Does) -> None:
    entry = of(database, "bees.ann.co_chair")
    does(SAM, groups.save_role, entry.id, roles.of_role(entry) | {"until": "2020-06"}, marks(roles.of_role(entry)))
    assert of(database, entry.id).over
    assert [each.name for each in database.read(groups.card, "bees", SAM).roles if each.over] == ["Ann", "Paul"]


def test_of_two_who_change_one_role_neither_erases_what_the_other_wrote(database: Database, does: Does) -> None:
    entry = of(database, "bees.ann.co_chair")
    shown = marks(roles.of_role(entry))
    does(SAM, groups.save_role, entry.id, roles.of_role(entry) | {"since": "2019"}, shown)
    does(SAM, groups.save_role, entry.id, roles.of_role(entry) | {"jurisdiction": "west"}, shown)
    found = of(database, entry.id)
    assert (found.since and found.since.text, found.jurisdiction) == ("2019", "west")
    with pytest.raises(Invalid) as problem:
        does(SAM, groups.save_role, entry.id, roles.of_role(entry) | {"since": "2018"}, shown)
    assert fields(problem) == {"since"}


def test_a_role_that_never_was_is_taken_out(database: Database, does: Does) -> None:
    assert does(SAM, groups.remove_role, "bees.uma.co_chair") == "bees"
    with pytest.raises(NotFound):
        of(database, "bees.uma.co_chair")


def test_only_the_secretariat_keeps_roles(does: Does) -> None:
    for act in (
        partial(groups.add_role, group="bees", typed=NEW),
        partial(groups.save_role, id_="bees.mel.member", typed={}, shown={}),
        partial(groups.remove_role, id_="bees.mel.member"),
    ):
        with pytest.raises(Forbidden):
            does(ANN, act)


def test_of_two_who_add_the_same_role_at_once_one_does(database: Database) -> None:
    def add() -> object:
        return database.write(SAM, groups.add_role, "bees", NEW)

    results = at_once(add, add)
    assert sorted(type(each).__name__ for each in results) == ["Invalid", "RoleEntry"]


def test_whose_role_is_of_another_government_is_told_with_it(database: Database, does: Does) -> None:
    def move(session: Session) -> None:
        session.get_one(Person, "ann").jurisdiction = "north"

    does(SAM, move)
    entry = of(database, "bees.ann.co_chair")
    assert (entry.jurisdiction, entry.jurisdiction_name and entry.jurisdiction_name.en) == (None, "North")
