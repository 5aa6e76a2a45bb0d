"""The winter of the Demonstration Council, in which the scenarios are played."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.notices.scenarios import begin, winter
from tests.workspace import Workspace


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def lasting(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Workspace]:
    """A workspace for all scenarios of a module."""
    async with winter(request, tmp_path_factory) as made:
        yield made


@pytest_asyncio.fixture(loop_scope="session")
async def workspace(lasting: Workspace) -> Workspace:
    """The same, on a Sunday in January on which the half is open and nothing planned."""
    await begin(lasting)
    return lasting
