"""A registry before a cycle opens and after, on either database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from functools import partial

import pytest

from tests.conftest import DATABASES, copied
from tests.workplans.world import World, laid, made, opened


@pytest.fixture(params=DATABASES)
def early(request: pytest.FixtureRequest) -> Iterator[World]:
    """No cycle is open yet."""
    with copied(request, request.param, "workplans_early", made) as url:
        found = World(url)
        with closing(found.database):
            yield found


@pytest.fixture
def state() -> str:
    """How far the workplan of ``laid_open`` is, where the test does not say otherwise."""
    return "complete"


@pytest.fixture(params=DATABASES)
def laid_open(request: pytest.FixtureRequest, state: str) -> Iterator[World]:
    """A cycle is open, and the workplan has an activity; it is in a ``state``, by the way there."""
    with copied(request, request.param, f"workplans_{state}", partial(laid, state)) as url:
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
