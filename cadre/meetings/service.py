"""What can be done with meetings, and read of them. Whoever writes is the acting person of the session; whoever reads is named."""

from __future__ import annotations

from cadre.meetings.arranging import Meanwhile, cancel, change, schedule, what_changed
from cadre.meetings.choosing import attendees, cautions
from cadre.meetings.inviting import Rsvp, attended, respond, stand_in
from cadre.meetings.notices import turn
from cadre.meetings.queries import groups, invitees, meeting, of_series, participants, past, upcoming
from cadre.meetings.repeating import extend
from cadre.meetings.zones import recompute

__all__ = [
    "Meanwhile",
    "Rsvp",
    "attended",
    "attendees",
    "cancel",
    "cautions",
    "change",
    "extend",
    "groups",
    "invitees",
    "meeting",
    "of_series",
    "participants",
    "past",
    "recompute",
    "respond",
    "schedule",
    "stand_in",
    "turn",
    "upcoming",
    "what_changed",
]
