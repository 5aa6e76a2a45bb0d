"""A registry with councils and people in it, on either database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing

import pytest

from tests.calls.world import World
from tests.conftest import DATABASES, copied


@pytest.fixture(params=DATABASES)
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    """No call is written yet."""
    with ExitStack() as stack, closing(World(lambda name, fill: stack.enter_context(copied(request, request.param, name, fill)))) as found:
        yield found
