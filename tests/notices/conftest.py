"""The winter of the Demonstration Council, in which the scenarios are played."""

from __future__ import annotations

import pytest_asyncio

from tests.notices import scenarios
from tests.notices import world as registry
from tests.workspace import Workspace

lasting = scenarios.lasting
world = registry.world


@pytest_asyncio.fixture(loop_scope="session")
async def workspace(lasting: Workspace) -> Workspace:
    """The same, on a Sunday in January on which the half is open and nothing planned."""
    await scenarios.begin(lasting)
    return lasting
