"""What can be clicked about a meeting, by name. The value of a button is the meeting's record unless said otherwise."""

from __future__ import annotations

from typing import Final

LIST: Final = "meetings.list"
"""All that come. The value is the first one shown."""
PAST: Final = "meetings.past"
"""Those that are over. No value."""
SERIES: Final = "meetings.series"
"""All of a series. The value is its number."""
OPEN: Final = "meetings.open"
"""One in a window: what everybody may see of it, and what the reader can do."""
PAGE: Final = "meetings.page"

# Whoever arranges it
NEW: Final = "meetings.new"
NEW_IN_PERSON: Final = "meetings.new_in_person"
EDIT: Final = "meetings.edit"
CANCEL: Final = "meetings.cancel"
RECORD: Final = "meetings.record"
"""An answer that the secretariat was told."""

# Those who are invited. The value of an answer is the meeting and its revision, "3f2a:4": what was seen when it was given
ACCEPT: Final = "meetings.accept"
TENTATIVE: Final = "meetings.tentative"
DECLINE: Final = "meetings.decline"
WHOLE: Final = "meetings.accept_whole"
DECLINE_WHOLE: Final = "meetings.decline_whole"
"""For all that come of a series."""
STAND_IN: Final = "meetings.stand_in"
COME: Final = "meetings.stand_in_yes"
STAY: Final = "meetings.stand_in_no"
"""Whether one comes in the place of whoever named one for it."""
REGISTER: Final = "meetings.register"
WHO: Final = "meetings.who"
PEOPLE: Final = "meetings.people"
"""People by the letters typed."""

# One's own calendar, to subscribe to; none of these has a value
CALENDAR: Final = "meetings.calendar"
"""The window about it."""
CALENDAR_NEW: Final = "meetings.calendar_new"
"""Make its secret address, or another that ends the old one: it is shown this once."""
CALENDAR_END: Final = "meetings.calendar_end"
"""The address opens nothing any more."""

# Finding a time. The value of a button is the number of the poll unless said otherwise
POLLS: Final = "meetings.polls"
"""All that are open."""
FIND: Final = "meetings.find"
"""The form of a poll. No value."""
POLL: Final = "meetings.poll"
"""One in a window: the ranking for whoever may choose, else what the reader said."""
SAY: Final = "meetings.poll_say"
"""The window in which one answers for all times."""
SAY_YES: Final = "meetings.poll_yes"
SAY_IF_NEEDED: Final = "meetings.poll_if_needed"
SAY_NO: Final = "meetings.poll_no"
"""An answer for one time: the value is its number."""
POLL_RECORD: Final = "meetings.poll_record"
POLL_CLOSE: Final = "meetings.poll_close"
CHOOSE: Final = "meetings.poll_choose"
"""The value is the number of the time."""
