"""What App Home shows of calls."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from bot.blocks import Block
from bot.caller import Caller
from bot.calls import reading, views


def calls(session: Session, caller: Caller) -> Iterable[Block]:
    """What waits for an answer; for the secretariat what is open or being written."""
    return views.home(reading.listing(session, caller, rest=False), caller.reader)
