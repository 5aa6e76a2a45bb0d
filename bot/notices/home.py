"""What App Home shows of notices."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from bot.blocks import Block
from bot.caller import Caller
from bot.notices import views, windows
from cadre.notices import service


def summary(session: Session, caller: Caller) -> Iterable[Block]:
    """When and how whoever looks is told; nothing for those whom no notice reaches."""
    person = caller.reader.person
    if person is None:
        return ()
    own = views.summary(service.preference(session, person), caller.reader)
    return (*own, *windows.for_home(caller.reader)) if caller.secretariat else own
