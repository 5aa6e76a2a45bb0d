"""A registry before a cycle opens and after, on either database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.workplans.world import World


@pytest.fixture
def early(database_url: str) -> Iterator[World]:
    """No cycle is open yet."""
    made = World(database_url)
    with closing(made.database):
        yield made


@pytest.fixture
def world(early: World) -> World:
    """A cycle is open."""
    early.opened()
    return early
