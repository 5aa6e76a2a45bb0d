"""What App Home shows of questions."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from bot.ask import views
from bot.blocks import Block
from bot.caller import Caller


def examples(session: Session, caller: Caller) -> Iterable[Block]:
    """Questions to begin with, as buttons."""
    return views.examples(caller.reader)
