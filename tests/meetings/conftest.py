"""A registry with councils and people in it, on either database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.conftest import DATABASES, copied
from tests.meetings.world import World, made


@pytest.fixture(params=DATABASES)
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    """No call is written yet."""
    with copied(request, request.param, "meetings", made) as url:
        found = World(url)
        with closing(found.database):
            yield found
