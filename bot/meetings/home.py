"""What App Home shows of meetings."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from bot.blocks import Block
from bot.caller import Caller
from bot.meetings import lists, reading


def meetings(session: Session, caller: Caller) -> Iterable[Block]:
    """The next meetings of the reader; for whoever arranges meetings, the way to do so."""
    return lists.home(reading.listing(session, caller), caller.reader)
