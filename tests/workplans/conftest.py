"""A registry before a cycle opens and after, on either database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.conftest import DATABASES, copied
from tests.workplans.world import World, made, opened


@pytest.fixture(params=DATABASES)
def early(request: pytest.FixtureRequest) -> Iterator[World]:
    """No cycle is open yet."""
    with copied(request, request.param, "workplans_early", made) as url:
        found = World(url)
        with closing(found.database):
            yield found


@pytest.fixture(params=DATABASES)
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    """A cycle is open."""
    with copied(request, request.param, "workplans", opened) as url:
        found = World(url)
        with closing(found.database):
            yield found
