"""The small council of these tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any, TypeAlias

import pytest
from sqlalchemy.orm import Session

from cadre.core.database import Database
from cadre.core.models import Provenance
from cadre.core.reader import OPERATOR, Actor
from cadre.groups.models import GroupKind
from cadre.people.models import Jurisdiction, Person
from tests.conftest import DATABASES, copied
from tests.workplans.world import SECRETARIAT, fill
from tests.worlds import both

Does: TypeAlias = Callable[..., Any]


def _fill(url: str) -> None:
    with closing(Database(url)) as database:
        database.write(OPERATOR, fill)
        database.write(OPERATOR, _more)


def _more(session: Session) -> None:
    """Governments, which people of the council speak for; kinds to choose between; a fact that was only reasoned out."""
    for id_ in ("north", "south", "west"):
        session.add(Jurisdiction(id=id_, kind="province", name=both(id_.title())))
    for id_ in ("committee", "community_of_practice"):
        session.add(GroupKind(id=id_, name=both(id_), plural=both(id_), needs_mandate=True))
    session.flush()
    session.get_one(Person, "cora").jurisdiction = "north"
    session.add(Provenance(subject="group", subject_id="bees", field="name.fr", source="deck", standing="inferred", words="abeilles"))


@pytest.fixture(params=DATABASES)
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A council with groups and people: on SQLite and on PostgreSQL."""
    with copied(request, request.param, "groups_world", _fill) as url, closing(Database(url, frozenset({SECRETARIAT}))) as made:
        yield made


@pytest.fixture
def does(database: Database) -> Does:
    """Somebody does something: ``does(SAM, fn, …)``."""

    def act(by: Actor, fn: Callable[..., Any], *args: Any, **more: Any) -> Any:
        return database.write(by, fn, *args, **more)

    return act
