"""What App Home shows of gaps and health: the way there. To compute them each time that App Home is drawn would take too long."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from bot.blocks import Block, actions, button, packed
from bot.caller import Caller
from bot.modals import Frame
from bot.oversight import actions as of


def ways(_session: Session, caller: Caller) -> Iterable[Block]:
    """The map, for everybody; two more buttons for those whose role is confirmed and for the secretariat."""
    _, start = caller.reader.gettext, Frame().packed()
    whole = button(_("Map"), of.MAP, packed("of", ""))
    if not (caller.reader.roles or caller.secretariat):
        return actions(whole)
    return actions(whole, button(_("State of groups"), of.HEALTH, start), button(_("Gap analysis"), of.GAPS, start))
