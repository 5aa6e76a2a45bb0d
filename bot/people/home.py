"""What App Home shows of people."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from bot.blocks import Block
from bot.caller import Caller
from bot.people import views
from cadre.people import service as people


def me(session: Session, caller: Caller) -> Iterable[Block]:
    """What Cadre knows of the one who looks."""
    return views.about(people.me(session, caller.identity), caller.reader)


def requests(session: Session, caller: Caller) -> Iterable[Block]:
    """For the secretariat: the claims that wait."""
    if not caller.secretariat:
        return ()
    return views.requests(people.pending_claims(session, caller.team, caller.actor), caller.reader)
