"""How a call will look once it opens: its post in the channels, and the message to a representative in either language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from bot.blocks import Block, Modal, actions, context, divider, folded, paragraphs, section
from bot.calls import notices, post
from bot.calls.actions import PAGE
from bot.face import MORE, Told
from cadre.calls.facts import CallFacts, InvitationFacts
from cadre.core.reader import Reader

_KIND: Final = "call_opened"
_BUTTONS: Final = 3
"""As many as a message shows; the rest stands behind a ⋯ (``bot.delivery.views``)."""


def window(call: CallFacts, day: date, reader: Reader) -> Modal:
    """The post in both languages, then the message, the reader's own language first. Its buttons do nothing."""
    _ = reader.gettext
    shown: list[Block] = [*context(_("In the channels:")), *post.message(call).blocks]
    names = {"en": _("To a representative who reads English:"), "fr": _("To a representative who reads French:")}
    for language in reader.languages:
        if call.jurisdictions:
            shown += [divider(), *context(names[language]), *_message(call, day, reader.in_language(language))]
    return Modal(_("Preview"), tuple(_inert(shown)), close=_("Back"))


def _message(call: CallFacts, day: date, reader: Reader) -> Iterator[Block]:
    """As the first of the jurisdictions will get it."""
    face = next(face for face in notices.FACES if face.kind == _KIND)
    facts = notices.Invited(replace(call, state="open"), _silent(call))
    told = Told(0, _KIND, facts.invitation.subject, day, "", "announcement", "", day)
    yield section(face.headline(facts, told, reader))
    if details := face.details(facts, told, reader):
        yield paragraphs(details)
    controls = face.controls(facts, told, reader)
    rest = controls[_BUTTONS:]
    yield from actions(*controls[:_BUTTONS], *((folded(MORE, rest),) if rest else ()))


def _silent(call: CallFacts) -> InvitationFacts:
    return InvitationFacts(
        id=0,
        call=call.id,
        jurisdiction=call.jurisdictions[0],
        state="silent",
        reason=None,
        representatives=(),
        delegates=(),
        nominees=(),
        answered_at=None,
        answered_by=None,
        recorded_by=None,
        said_by=None,
        way=None,
        last_contact=None,
    )


def _inert(blocks: Iterable[Block]) -> Iterator[Block]:
    """The same, with controls that look as they will and do nothing."""
    number = 0
    for block in blocks:
        elements = []
        for element in block.get("elements", ()):
            number += 1
            elements.append(element | {"action_id": f"{PAGE}:{number}"} if "action_id" in element else element)
        yield block | ({"elements": elements} if elements else {})
