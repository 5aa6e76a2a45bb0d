"""What App Home shows of people."""

from __future__ import annotations

from collections.abc import Iterable

from bot.blocks import Block
from bot.people import views
from bot.visit import Visit
from cadre.people import service as people


async def me(visit: Visit) -> Iterable[Block]:
    """What Cadre knows of the one who looks."""
    known = await visit.registry.read(people.me, visit.caller.identity)
    return views.about(known, visit.caller.reader)


async def requests(visit: Visit) -> Iterable[Block]:
    """For the secretariat: the claims that wait."""
    if not visit.caller.secretariat:
        return ()
    claims = await visit.registry.read(people.pending_claims, visit.caller.team, visit.caller.actor)
    return views.requests(claims, visit.caller.reader)
