"""What can be clicked about agendas, minutes, decisions and actions, by name. The value is the meeting's id unless said otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bot.blocks import Block, button
from cadre.core.reader import Reader

AGENDA: Final = "meetings.agenda"
"""The agenda in a window: for everybody who is invited."""
ADD: Final = "meetings.item_add"
ITEM: Final = "meetings.item"
"""What is folded behind the ⋯ of an item or action."""
EDIT: Final = "meetings.item_edit"
"""Value: the number of the item, as of the five that follow."""
UP: Final = "meetings.item_up"
DOWN: Final = "meetings.item_down"
ASK: Final = "meetings.item_ask"
REMOVE: Final = "meetings.item_remove"
GIVE: Final = "meetings.item_give"
PUBLISH: Final = "meetings.agenda_post"

CHANNEL: Final = "meetings.agenda_channel"
"""Where it is to be posted, for a group without a channel."""
PROPOSE: Final = "meetings.item_propose"
"""Put the approval of earlier minutes on the agenda. Value: the meeting, and after a colon the earlier one."""

ATTENDANCE: Final = "meetings.attendance"
DECIDE: Final = "meetings.decide"
"""Value: the meeting, and after a colon the item, and after another the decision that is worded anew."""
TAKE_BACK: Final = "meetings.take_back"
"""A decision that was not taken. Value as of the one above."""
AGREE: Final = "meetings.agree"
"""An action is recorded."""

DONE: Final = "meetings.action_done"
"""Value: the id of the action, as of the two that follow."""
MORE_TIME: Final = "meetings.action_time"
DROP: Final = "meetings.action_drop"

MINUTES: Final = "meetings.minutes"
"""The minutes in a window."""
WRITE: Final = "meetings.minutes_write"
CIRCULATE: Final = "meetings.minutes_circulate"
STANDS: Final = "meetings.minutes_stand"
"""The language that was not corrected fits the other as it is."""
CORRECT: Final = "meetings.minutes_correct"
APPROVE: Final = "meetings.minutes_approve"
"""Value: the meeting whose minutes they are, and after a colon the one that approves them, where that is known."""
ASIDE: Final = "meetings.minutes_aside"
"""A correction is not taken up: the value is its number."""

PEOPLE: Final = "meetings.prep_people"
"""The menu in which people are looked up as one types."""


def recording(meeting: str, reader: Reader) -> Iterator[Block]:
    """The buttons of whoever records what came of a meeting, wherever they look at it."""
    _ = reader.gettext
    yield button(_("Attendance"), ATTENDANCE, meeting)
    yield button(_("Record a decision"), DECIDE, meeting)
    yield button(_("Record an action"), AGREE, meeting)
