"""What can be clicked about reviews, by name. A value that begins with a number begins with that of the packet."""

from __future__ import annotations

from typing import Final

OPEN: Final = "review.open"
"""A window: the value is what it shows (``bot.modals.Frame``): "list", "coverage:3", "packet:12", "facts:12:group:bees",
"attend:12", "ahead:m1"."""
RIGHT: Final = "review.right"
"""Value: the packet, and each fact with the mark of what it says: "12|34:1a2b3c4d,35:…"."""
WRONG: Final = "review.wrong"
"""Value: the packet and the item, "12:34", as of the two that follow."""
UP_TO_DATE: Final = "review.up_to_date"
SLIDE: Final = "review.slide"
ATTEND: Final = "review.attend"
"""Value: the packet, the answer, and the revision of the meeting that was seen."""

REMIND: Final = "review.remind"
"""For the secretariat. Value: the review, as of the two that follow."""
CONFIRM: Final = "review.confirm"
CLOSE: Final = "review.close"
SEEN_TO: Final = "review.seen_to"
"""Value: the item."""

OPENED: Final = "review.opened"
CORRECTED: Final = "review.corrected"
WRITTEN: Final = "review.written"
CLOSED: Final = "review.closed"
"""Windows that are filled in."""

PLAN: Final = "review.plan"
GROUP: Final = "review.group"
"""Other capabilities', contributed in bot.app: a workplan, the card of a group."""
