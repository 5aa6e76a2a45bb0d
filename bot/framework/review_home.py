"""What App Home shows of reviews: one's own packet; how they stand, for the secretariat."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from bot.blocks import Block
from bot.caller import Caller
from bot.framework import review_views as views
from cadre.framework import review, review_reading
from cadre.framework.review_facts import OPEN


def reviews(session: Session, caller: Caller) -> Iterable[Block]:
    """Nothing where none is open, and none can be opened."""
    packet = review_reading.packet_of(session, caller.actor.person) if caller.actor.person else None
    if not caller.secretariat:
        return views.home((), packet, 0, caller.reader)
    open_ = [each for each in review_reading.reviews(session, caller.actor) if each.state == OPEN]
    found = [review_reading.coverage(session, each.id, caller.actor) for each in open_]
    return views.home(found, packet, len(review.upcoming(session, caller.actor)), caller.reader)
