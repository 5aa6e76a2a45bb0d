"""The shape of the database: all tables, and bringing one up to date."""

from __future__ import annotations

import importlib
import re
from functools import cache
from pathlib import Path
from typing import Final

from sqlalchemy import Engine, MetaData, inspect, text

from cadre.core.models import Base

ROOT: Final = Path(__file__).parents[2]
MIGRATIONS: Final = ROOT / "migrations"


def metadata() -> MetaData:
    """The tables of all areas: loads each ``models`` module of the package."""
    for path in sorted((ROOT / "cadre").glob("*/models.py")):
        importlib.import_module(f"cadre.{path.parent.name}.models")
    return Base.metadata


@cache
def newest() -> str:
    """The newest revision, by the names of the files: Alembic itself would take longer to load than a question to answer."""
    return max(match[0] for path in (MIGRATIONS / "versions").glob("*.py") if (match := re.match(r"\d{4}", path.name)))


def revision(engine: Engine) -> str | None:
    """The revision that a database has; None for one that was never migrated."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return found


def upgrade(engine: Engine) -> None:
    """Bring a database to the newest revision, in one transaction."""
    from alembic import command  # noqa: PLC0415  # 0.2 s to load, needed once in a database's life
    from alembic.config import Config  # noqa: PLC0415  # as above

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.execution_options(writes=True).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
