"""A council with seats, on either database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing

import pytest

from tests.conftest import DATABASES, copied
from tests.decisions.world import World


@pytest.fixture(params=DATABASES)
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    """No question is written yet."""
    with ExitStack() as stack, closing(World(lambda name, fill: stack.enter_context(copied(request, request.param, name, fill)))) as found:
        yield found
