"""A registry with councils and people in it, on either database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.calls.world import World


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    """No call is written yet."""
    made = World(database_url)
    with closing(made.database):
        yield made
