"""What App Home shows of workplans."""

from __future__ import annotations

from collections.abc import Iterable

from bot.blocks import Block
from bot.visit import Visit
from bot.workplans import reading, views


async def workplans(visit: Visit) -> Iterable[Block]:
    """My own; for the secretariat also who is late, what waits to be looked at, and who asks for more time."""
    listing = await visit.registry.read(reading.listing, visit.caller)
    return views.home(listing, visit.caller.reader)
