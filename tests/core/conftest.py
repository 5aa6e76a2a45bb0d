"""An empty registry, and the shipped one as plain data."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
import yaml

from cadre.core.database import Database
from cadre.exchange.seed import real_registry


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    with closing(Database(database_url)) as database:
        yield database


@pytest.fixture
def sqlite(sqlite_url: str) -> Iterator[Database]:
    with closing(Database(sqlite_url)) as database:
        yield database


@pytest.fixture(scope="session")
def shipped() -> dict[str, list[dict[str, Any]]]:
    """The sections of the registry file that Cadre brings."""
    sections: dict[str, list[dict[str, Any]]] = yaml.load(real_registry(), yaml.CSafeLoader)
    return sections
