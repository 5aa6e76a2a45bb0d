"""What App Home shows of gaps and health: the way there. To compute them each time that App Home is drawn would take too long."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from bot.blocks import Block, actions, button
from bot.caller import Caller
from bot.modals import Frame
from bot.oversight import actions as of


def ways(_session: Session, caller: Caller) -> Iterable[Block]:
    """Two buttons, for those whose role is confirmed and for the secretariat."""
    if not (caller.reader.roles or caller.secretariat):
        return ()
    _, start = caller.reader.gettext, Frame().packed()
    return actions(button(_("State of groups"), of.HEALTH, start), button(_("Gap analysis"), of.GAPS, start))
