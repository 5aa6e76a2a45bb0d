"""What Slack would refuse of blocks and views, said as Slack says it.

From https://docs.slack.dev/reference/block-kit/: what is not on those pages, or newer than them, counts as unknown and is refused.
"""

from __future__ import annotations

from bot.sandbox.slack.blockkit.blocks import BLOCKS, VIEWS
from bot.sandbox.slack.blockkit.elements import Surface

__all__ = ["Surface", "problems", "view_problems"]


def problems(blocks: object, surface: Surface) -> tuple[str, ...]:
    """What is wrong with blocks, whatever the JSON was: one text a fault, with the path to it; none where all is well.

    As in ``response_metadata.messages``, without Slack's "[ERROR] " before, and without the lines by which it says of each union
    on the way that no member of it fits. A message whose ``blocks`` is an empty list is one without blocks.
    """
    return tuple(str(fault.under("blocks")) for fault in BLOCKS[surface].faults(blocks))


def view_problems(view: object) -> tuple[str, ...]:
    """The same of a view, as ``views.open``, ``push``, ``update`` and ``publish`` take it: pointers begin with /view."""
    return tuple(str(fault.under("view")) for fault in VIEWS.faults(view))
