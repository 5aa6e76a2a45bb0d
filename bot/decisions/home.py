"""What App Home shows of questions to the Councils."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from bot.blocks import Block
from bot.caller import Caller
from bot.decisions import reading, views


def questions(session: Session, caller: Caller) -> Iterable[Block]:
    """What waits for a position; for the secretariat what is open, closed or being written."""
    return views.home(reading.home(session, caller), caller.reader, officer=caller.secretariat)
