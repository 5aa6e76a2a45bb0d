"""What App Home shows of notices."""

from __future__ import annotations

from collections.abc import Iterable

from bot.blocks import Block
from bot.notices import views, windows
from bot.visit import Visit
from cadre.notices import service


async def summary(visit: Visit) -> Iterable[Block]:
    """When and how whoever looks is told; nothing for those whom no notice reaches."""
    person = visit.caller.reader.person
    if person is None:
        return ()
    known = await visit.registry.read(service.preference, person)
    own = views.summary(known, visit.caller.reader)
    return (*own, *windows.for_home(visit.caller.reader)) if visit.caller.secretariat else own
