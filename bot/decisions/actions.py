"""What can be clicked about a question or a decision, by name. The value of a button is the number of the question, unless it is said."""

from __future__ import annotations

from typing import Final

LIST: Final = "decisions.questions"
OPEN: Final = "decisions.question"
PAGE: Final = "decisions.page"

# Those who speak for a seat. Value: the question and the seat, "12:7"
SUPPORT: Final = "decisions.support"
"""Support all of it, with one click."""
ANSWER: Final = "decisions.answer"
"""One position on all of it."""
EACH: Final = "decisions.answer_each"
"""Group by group."""
COMMENT: Final = "decisions.comment"

# The secretariat, before and around the opening
NEW: Final = "decisions.new"
TEXTS: Final = "decisions.texts"
HOW: Final = "decisions.how"
SEATS: Final = "decisions.seats"
ADD_ITEM: Final = "decisions.add_item"
ITEM: Final = "decisions.item"
"""Value: the question and the item, as of the confirmation below."""
PAPER: Final = "decisions.paper"
REMOVE_PAPER: Final = "decisions.remove_paper"
READ_PAPER: Final = "decisions.read_paper"
"""Value: the question and the paper, as of the removal."""
SPEAKERS: Final = "decisions.speakers"
"""Value: the question and the seat, as of the record below."""
RECORD: Final = "decisions.record"
SCHEDULE: Final = "decisions.schedule"
BACK: Final = "decisions.back_to_draft"
OPEN_NOW: Final = "decisions.open_now"
CLOSE: Final = "decisions.close"
EXTEND: Final = "decisions.extend"
CANCEL: Final = "decisions.cancel"
REMOVE: Final = "decisions.remove"
SEAT: Final = "decisions.seat"
"""What can be done about a seat, behind one ⋯."""

# What comes of it
OUTCOME: Final = "decisions.outcome"
CONFIRM_ALL: Final = "decisions.confirm_all"
CONFIRM: Final = "decisions.confirm"
AMEND: Final = "decisions.amend"
SET_ASIDE: Final = "decisions.set_aside"
CONCLUDE: Final = "decisions.conclude"

# The register. Value: the decision
REGISTER: Final = "decisions.register"
DECISION: Final = "decisions.decision"
CONFIRM_RECORDED: Final = "decisions.confirm_recorded"
"""Confirm what a meeting decided."""
CORRECT: Final = "decisions.correct"
CARRY_OUT: Final = "decisions.carry_out"
"""Another capability's, contributed in bot.app, as is the meeting, whose value is the meeting."""
MEETING: Final = "decisions.meeting"

# Documents. Value: the document, or the version
DOCUMENTS: Final = "decisions.documents"
DOCUMENT: Final = "decisions.document"
NEW_DOCUMENT: Final = "decisions.new_document"
WRITE: Final = "decisions.write_document"
APPROVE: Final = "decisions.approve_document"
TITLE: Final = "decisions.document_title"

MANDATE: Final = "decisions.mandate"
"""The mandate of a group. Value: the group."""

# What is for a table of deputy ministers, or comes from it
REFERRALS: Final = "decisions.referrals"
REFER: Final = "decisions.refer"
"""Value: what is to be marked, "group:bees"; nothing where that is still to be chosen."""
UNREFER: Final = "decisions.unrefer"
"""Value: the mark."""
GROUP_CARD: Final = "decisions.group_card"
"""The card of a group: another capability's, contributed in bot.app. Value: the group."""

# Menus that are looked up as one types
PEOPLE: Final = "decisions.people"
GROUPS: Final = "decisions.groups"
PLACES: Final = "decisions.places"
THINGS: Final = "decisions.things"
