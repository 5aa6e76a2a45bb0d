"""The real registry, read once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cadre.ask.knowledge import Knowledge, current
from cadre.core.database import Database
from cadre.core.reader import OPERATOR
from cadre.core.schema import upgrade
from cadre.exchange.seed import real_registry
from cadre.exchange.service import import_file


@pytest.fixture(scope="session")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A SQLite registry filled with the real data, for tests that only ask."""
    path: Path = tmp_path_factory.mktemp("registry") / "real.sqlite"
    database = Database(f"sqlite:///{path}")
    upgrade(database.engine)
    database.write(OPERATOR, import_file, real_registry())
    yield database
    database.close()


@pytest.fixture(scope="session")
def known(registry: Database) -> Knowledge:
    """What is kept in memory of it."""
    return registry.read(current)
