"""What App Home shows of questions."""

from __future__ import annotations

from collections.abc import Iterable

from bot.ask import views
from bot.blocks import Block
from bot.visit import Visit


async def examples(visit: Visit) -> Iterable[Block]:
    """Questions to begin with, as buttons."""
    return views.examples(visit.caller.reader)
