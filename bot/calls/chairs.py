"""How those hear of a call in whose name its letter goes out: that it is open, and that the group was formed without them as co-chairs."""

from __future__ import annotations

from typing import Final

from bot.blocks import Block
from bot.calls import offers
from bot.calls.notice_parts import about, call_page, calls, no_controls, paragraphs, with_letter
from bot.face import Face, Told
from cadre.calls import rules
from cadre.calls.facts import CallFacts
from cadre.core.reader import Reader
from cadre.core.words import Words


def _issued_headline(call: CallFacts, told: Told, reader: Reader) -> Words:
    values = about(call, told, reader) | {"number": Words.verbatim(call.number or "")}
    if call.state != "open":
        what = reader.gettext("Call for participation in {group}: letter {number} went out in your name.", **values)
        return offers.sentences(what, rules.REFUSED[call.state].for_(reader))
    return reader.gettext(
        "Call for participation in {group}: letter {number} went out in your name. The call is open until {moment}.", **values
    )


def _issued_details(call: CallFacts, told: Told, reader: Reader) -> tuple[Words, ...]:
    """What it says; the letter itself is one click away, at the call."""
    return paragraphs(call, reader) if call.state == "open" else ()


def _issued_rows(call: CallFacts, told: Told, reader: Reader) -> tuple[Block, ...]:
    return with_letter(call, _issued_details(call, told, reader), reader)


def _concluded_headline(call: CallFacts, told: Told, reader: Reader) -> Words:
    return reader.gettext(
        "{group}: the group is formed, with other co-chairs. Thank you for having lent the call your name.", **about(call, told, reader)
    )


FACES: Final = (
    Face("call_issued", calls, _issued_headline, no_controls, call_page, details=_issued_details, rows=_issued_rows),
    Face("call_concluded", calls, _concluded_headline, no_controls, call_page),
)
