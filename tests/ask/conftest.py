"""The real registry, read once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from cadre.ask.knowledge import Knowledge, current
from cadre.core.database import Database


@pytest.fixture(scope="session")
def registry(filled_sqlite: Path) -> Iterator[Database]:
    """A SQLite registry filled with the real data, for tests that only ask."""
    with closing(Database(f"sqlite:///{filled_sqlite}")) as database:
        yield database


@pytest.fixture(scope="session")
def known(registry: Database) -> Knowledge:
    """What is kept in memory of it."""
    return registry.read(current)
