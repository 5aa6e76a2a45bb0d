"""How the secretariat hears that a call could not open, or close, at its moment: something is missing, or by a fault of Cadre."""

from __future__ import annotations

from typing import Final

from bot.blocks import Block, button
from bot.calls import actions, offers
from bot.calls.notice_parts import about, call_page, calls
from bot.face import Face, Told
from cadre.calls import rules
from cadre.calls.facts import CallFacts
from cadre.core.reader import Reader
from cadre.core.words import Words


def _headline(call: CallFacts, told: Told, reader: Reader) -> Words:
    """What did not happen; and, as long as it has not, that Cadre goes on trying."""
    values, closing = about(call, told, reader), bool(told.detail.get("closing"))
    if closing:
        what = reader.gettext("{group}: the call could not close at its time, because of a fault of Cadre.", **values)
    else:
        what = reader.gettext("{group}: the call could not open at its time, because of a fault of Cadre.", **values)
    if not _is_stuck(call, told):
        return offers.sentences(what, rules.REFUSED[call.state].for_(reader))
    return offers.sentences(what, reader.gettext("It is tried again every few seconds; whoever runs Cadre finds the fault in its log."))


def _is_stuck(call: CallFacts, told: Told) -> bool:
    return call.state == ("open" if told.detail.get("closing") else "scheduled")


def _controls(call: CallFacts, told: Told, reader: Reader) -> tuple[Block, ...]:
    return (button(reader.gettext("Open"), actions.OPEN, str(call.id)),) if _is_stuck(call, told) else ()


def _not_opened_headline(call: CallFacts, told: Told, reader: Reader) -> Words:
    values = about(call, told, reader)
    if call.state != "draft":
        what = reader.gettext("{group}: the call could not open at its time, because something was missing.", **values)
        return offers.sentences(what, rules.REFUSED[call.state].for_(reader))
    return reader.gettext("{group}: the call could not open at its time, because something is missing. It is a draft again.", **values)


def _not_opened_controls(call: CallFacts, told: Told, reader: Reader) -> tuple[Block, ...]:
    return (button(reader.gettext("Open"), actions.OPEN, str(call.id), style="primary"),) if call.state == "draft" else ()


def _not_opened_details(call: CallFacts, told: Told, reader: Reader) -> tuple[Words, ...]:
    return tuple(dict.fromkeys(why.for_(reader) for why in rules.owed(call).values())) if call.state == "draft" else ()


def _no_draft(call: CallFacts, told: Told) -> bool:
    return call.state != "draft"


FACES: Final = (
    Face("call_stuck", calls, _headline, _controls, call_page),
    Face("call_not_opened", calls, _not_opened_headline, _not_opened_controls, call_page, _no_draft, _not_opened_details),
)
