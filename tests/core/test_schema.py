"""Bringing a database up to date."""

from __future__ import annotations

from sqlalchemy import func, inspect, select
from sqlalchemy.orm import Session

from cadre.core import schema
from cadre.core.database import Database
from cadre.core.models import State
from cadre.core.reader import OPERATOR
from cadre.people.models import Person


def test_a_second_upgrade_changes_nothing(bare_database_url: str) -> None:
    database = Database(bare_database_url)
    assert schema.revision(database.engine) is None
    schema.upgrade(database.engine)
    assert schema.revision(database.engine) == schema.newest()
    assert set(inspect(database.engine).get_table_names()) == {*schema.metadata().tables, "alembic_version"}

    database.write(OPERATOR, lambda session: session.add(Person(id="bev", name="Bev")))
    schema.upgrade(database.engine)
    assert schema.revision(database.engine) == schema.newest()

    def left(session: Session) -> tuple[int, int, str]:
        states = session.scalars(select(func.count(State.id))).one()
        return states, session.scalars(select(State.revision)).one(), session.scalars(select(Person.name)).one()

    assert database.read(left) == (1, 1, "Bev")
    database.close()


def test_the_tables_of_every_area_are_known() -> None:
    areas = {path.parent.name for path in (schema.ROOT / "cadre").glob("*/models.py")}
    assert {"core", "people", "groups", "priorities", "meetings", "decisions"} <= areas
    assert {"change", "person", "group", "priority", "meeting", "decision"} <= set(schema.metadata().tables)


def test_every_constraint_has_a_name() -> None:
    for table in schema.metadata().sorted_tables:
        assert all(constraint.name for constraint in table.constraints), table.name
