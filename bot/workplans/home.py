"""What App Home shows of workplans."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from bot.blocks import Block
from bot.caller import Caller
from bot.workplans import reading, views


def workplans(session: Session, caller: Caller) -> Iterable[Block]:
    """My own; for the secretariat also who is late, what waits to be looked at, and who asks for more time."""
    return views.home(reading.near(session, caller), caller.reader)
