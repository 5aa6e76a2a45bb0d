"""What can be done with calls, and read of them. Whoever writes is the acting person of the session; whoever reads is named."""

from __future__ import annotations

from cadre.calls.answering import confirm_jurisdiction, endorse, sign_up, withdraw
from cadre.calls.beginning import begin, councils, invited, invited_instead, sources
from cadre.calls.drafting import back_to_draft, cancel, extend, proposal, refusal, remove_draft, save_draft, schedule
from cadre.calls.invitations import (
    add_representative,
    colleagues,
    contacted,
    decline,
    delegate,
    has_colleagues,
    remove_representative,
    take_back,
)
from cadre.calls.opening import advance, close_now, due, next_due, open_now, stuck
from cadre.calls.queries import call, calls, grid, in_brief, invitation, letter, report, standing, standings
from cadre.calls.questions import answer, ask
from cadre.calls.settling import conclude, confirm_chairs, decide_late, settle

__all__ = [
    "add_representative",
    "advance",
    "answer",
    "ask",
    "back_to_draft",
    "begin",
    "call",
    "calls",
    "cancel",
    "close_now",
    "colleagues",
    "conclude",
    "confirm_chairs",
    "confirm_jurisdiction",
    "contacted",
    "councils",
    "decide_late",
    "decline",
    "delegate",
    "due",
    "endorse",
    "extend",
    "grid",
    "has_colleagues",
    "in_brief",
    "invitation",
    "invited",
    "invited_instead",
    "letter",
    "next_due",
    "open_now",
    "proposal",
    "refusal",
    "remove_draft",
    "remove_representative",
    "report",
    "save_draft",
    "schedule",
    "settle",
    "sign_up",
    "sources",
    "standing",
    "standings",
    "stuck",
    "take_back",
    "withdraw",
]
