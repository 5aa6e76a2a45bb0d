"""Somebody whose jurisdiction is only their own word: what the secretariat is told, and where it confirms or corrects it."""

from __future__ import annotations

from typing import Final

from bot.blocks import Block, Modal, button, field, search, section
from bot.calls import actions, results
from bot.calls.notice_parts import about
from bot.calls.results import Offered
from bot.face import Face, Told
from bot.modals import Frame
from cadre.calls import wording
from cadre.calls.facts import SignUpFacts
from cadre.calls.rules import ANSWERABLE
from cadre.core.reader import Reader
from cadre.core.words import Words

CORRECTED: Final = "calls.corrected"
_FIELD: Final = "calls.field"


def ways(each: SignUpFacts, reader: Reader, *, named: bool = False) -> tuple[Block, ...]:
    """Confirm, or correct. ``named``: of whom, where several stand together. Nothing where it is no word of theirs alone."""
    if not each.stated or each.jurisdiction is None or each.state == "withdrawn":
        return ()
    _, name, id_ = reader.gettext, Words.verbatim(each.person.name), str(each.id)
    confirm = _("Confirm {name}: {jurisdiction}", name=name, jurisdiction=each.jurisdiction.name.for_(reader).sentence)
    correct = _("Correct the government of {name}", name=name)
    return (
        button(confirm if named else _("Confirm"), f"{actions.PLACE}:{id_}", id_, "primary", confirm),
        button(correct if named else _("Correct"), f"{actions.MISPLACED}:{id_}", id_, spoken=correct),
    )


def correct(each: SignUpFacts, reader: Reader, frame: Frame) -> Modal:
    """Where the secretariat says of which jurisdiction somebody is."""
    _, where = reader.gettext, each.jurisdiction
    said = wording.place(where, reader) if where else Words.verbatim("")
    told = _("{name} said: {jurisdiction}. The registry does not know it yet.", name=Words.verbatim(each.person.name), jurisdiction=said)
    hint = _("The registry knows it from then on. They are told.")
    menu = search(actions.JURISDICTIONS, _("Type a name"))
    blocks = (section(told), field("jurisdiction", _("Government or body"), menu, hint=hint))
    return Modal(_("Government or body"), blocks, _("Cancel"), _("Save"), CORRECTED, frame.packed())


def _headline(facts: Offered, told: Told, reader: Reader) -> Words:
    offer, where = facts.offer, facts.offer.jurisdiction
    values = about(facts.call, told, reader) | {"name": reader.name(offer.person.name)}
    values |= {"jurisdiction": wording.place(where, reader) if where else reader.name("")}
    if _settled(facts, told):
        return reader.gettext("{group}: {name} offered to take part, for {jurisdiction}.", **values)
    return reader.gettext(
        "{group}: {name} offers to take part, and says that they act for {jurisdiction}. "
        "The registry does not know it: confirm or correct it.",
        **values,
    )


def _controls(facts: Offered, told: Told, reader: Reader) -> tuple[Block, ...]:
    return () if _settled(facts, told) else ways(facts.offer, reader)


def _settled(facts: Offered, told: Told) -> bool:
    return not (facts.offer.stated and facts.offer.state != "withdrawn" and facts.call.state in ANSWERABLE)


FACES: Final = (Face("sign_up_stated", results.sign_ups, _headline, _controls, results.offer_page, _settled),)
