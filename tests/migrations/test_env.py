"""How a migration runs: all or nothing, one at a time, and without breaking references."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from cadre.core.database import connect
from cadre.core.schema import MIGRATIONS

FIRST = """
import sqlalchemy as sa
from alembic import op
revision, down_revision = "0001", None

def upgrade():
    op.create_table("parent", sa.Column("id", sa.Integer, primary_key=True), sa.Column("spare", sa.Text))
    op.create_table(
        "child",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("parent", sa.Integer, sa.ForeignKey("parent.id", name="fk_child_parent", ondelete="CASCADE")),
    )
    op.execute("INSERT INTO parent (id) VALUES (1)")
    op.execute("INSERT INTO child (id, parent) VALUES (1, 1)")
"""
REBUILT = """
from alembic import op
revision, down_revision = "0002", "0001"

def upgrade():
    with op.batch_alter_table("parent") as batch:
        batch.drop_column("spare")
"""
BROKEN = """
from alembic import op
revision, down_revision = "0003", "0002"

def upgrade():
    op.execute("CREATE TABLE half (id INTEGER)")
    op.execute("INSERT INTO child (id, parent) VALUES (2, 99)")
"""


@pytest.fixture
def versions(tmp_path: Path) -> Path:
    folder = tmp_path / "versions"
    folder.mkdir()
    for name, script in {"0001_first": FIRST, "0002_rebuilt": REBUILT, "0003_broken": BROKEN}.items():
        (folder / f"{name}.py").write_text(script)
    return folder


def upgrade(connection: Connection, versions: Path, to: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("version_locations", str(versions))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def test_table_is_rebuilt_under_its_references(bare_database_url: str, versions: Path) -> None:
    engine = connect(bare_database_url)
    for revision in ("0001", "0002"):
        with engine.execution_options(writes=True).begin() as connection:
            upgrade(connection, versions, revision)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT * FROM parent")).all() == [(1,)]
        assert connection.execute(text("SELECT * FROM child")).all() == [(1, 1)]
        if engine.dialect.name == "sqlite":
            assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
    engine.dispose()


def test_migration_that_breaks_a_reference_leaves_nothing(bare_database_url: str, versions: Path) -> None:
    engine = connect(bare_database_url)
    with engine.execution_options(writes=True).begin() as connection:
        upgrade(connection, versions, "0002")
    with pytest.raises(Exception, match=r"references|foreign key"), engine.begin() as connection:
        upgrade(connection, versions, "head")
    with engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == "0002"
        assert connection.execute(text("SELECT count(*) FROM child")).scalar() == 1
        assert not engine.dialect.has_table(connection, "half")
        if engine.dialect.name == "sqlite":
            assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
    engine.dispose()
