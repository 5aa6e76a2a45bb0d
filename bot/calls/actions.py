"""What can be clicked about a call, by name. The value of a button is the number of the call unless said otherwise."""

from __future__ import annotations

from typing import Final

LIST: Final = "calls.list"
OPEN: Final = "calls.open"
"""A call in a window: what everybody may see of it, and what the reader can do."""
PAGE: Final = "calls.page"
LETTER: Final = "calls.letter"
"""The way to the official letter, for those who may read it."""

# The secretariat, before and around the opening
NEW: Final = "calls.new"
NEW_FOR: Final = "calls.new_for"
"""The same, with a priority chosen: value, its record."""
EDIT: Final = "calls.edit"
PREVIEW: Final = "calls.preview"
SCHEDULE: Final = "calls.schedule"
BACK: Final = "calls.back_to_draft"
OPEN_NOW: Final = "calls.open_now"
REMOVE: Final = "calls.remove"
CLOSE: Final = "calls.close"
EXTEND: Final = "calls.extend"
CANCEL: Final = "calls.cancel"

# Those who answer
ANSWER: Final = "calls.answer"
"""The window in which one chooses how to answer."""
TAKE_PART: Final = "calls.take_part"
OBSERVE: Final = "calls.observe"
NOMINATE: Final = "calls.nominate"
DECLINE: Final = "calls.decline"
DELEGATE: Final = "calls.delegate"
TAKE_BACK: Final = "calls.take_back"
"""Value: the call, the jurisdiction and the person to whom its answer was handed on."""
ASK: Final = "calls.ask"
WITHDRAW: Final = "calls.withdraw"
"""Value: the number of the answer (sign-up), as of the two that follow."""
ENDORSE: Final = "calls.endorse"
CONFIRM: Final = "calls.confirm"
"""The same, by the secretariat in the grid."""
REPLACE: Final = "calls.replace"

# The secretariat, about the answers
GRID: Final = "calls.grid"
INVITATION: Final = "calls.invitation"
"""One row of the grid. Value: the number of the invitation, as of the three that follow."""
RECORD: Final = "calls.record"
ADD_REPRESENTATIVE: Final = "calls.add_representative"
REMOVE_REPRESENTATIVE: Final = "calls.remove_representative"
"""Value: the number of the invitation, and the person: ``7:ona``."""
CONTACTED: Final = "calls.contacted"
LATE: Final = "calls.late"
"""What came after the closing is taken up, or not. Value: the invitation, and yes or no: ``7:yes``."""
REPLY: Final = "calls.reply"
"""Value: the number of the question."""
REPORT: Final = "calls.report"
SETTLE: Final = "calls.settle"
CHAIRS: Final = "calls.chairs"
CONCLUDE: Final = "calls.conclude"

# Menus that are looked up as one types
PEOPLE: Final = "calls.people"
COLLEAGUES: Final = "calls.colleagues"
TELLER: Final = "calls.teller"
JURISDICTIONS: Final = "calls.jurisdictions"
GROUPS: Final = "calls.groups"
