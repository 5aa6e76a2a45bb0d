"""The winter of the Demonstration Council, in which the scenarios are played."""

from __future__ import annotations

import pytest_asyncio

from tests.notices import scenarios
from tests.notices import world as registry
from tests.workspace import Workspace

world = registry.world


@pytest_asyncio.fixture
async def workspace(busy: Workspace) -> Workspace:
    """The same, on a Sunday in January on which the half is open and nothing planned."""
    await busy.start_over(scenarios.opened)
    return busy
