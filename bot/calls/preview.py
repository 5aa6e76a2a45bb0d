"""How a call will look once it opens: its post in the channels, the message, the e-mail and the official letter in either language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from bot import letters
from bot.blocks import SECTION, Block, Modal, actions, context, divider, folded, paragraphs, section
from bot.calls import notices, post, titles
from bot.calls.actions import PAGE
from bot.calls.reading import Draft
from bot.face import MORE, Face, Told
from cadre.calls import letter
from cadre.calls.came import day_of
from cadre.calls.facts import CallFacts, InvitationFacts
from cadre.core.reader import DEFAULT_ZONE, Reader
from cadre.core.words import Words
from cadre.people.facts import PersonRef

_KIND: Final = "call_opened"
_BUTTONS: Final = 3
"""As many as a message shows; the rest stands behind a ⋯ (``bot.delivery.views``)."""
_READER: Final = PersonRef("", "")
"""Who answers for it, and gets the message."""
_ESCAPED: Final = 200
"""Characters that are kept for what becomes longer in Slack's markup."""


def window(draft: Draft, reader: Reader, *, linked: bool) -> Modal:
    """The post in both languages, then the message, the e-mail and the letter, each in the reader's own language first. Its buttons do
    nothing. ``linked``: messages lead to the web page of the call.
    """
    _, call = reader.gettext, draft.call
    day = day_of(max(draft.now, call.opens_at or draft.now))
    shown: list[Block] = [*context(_("In the channels:")), *post.message(call).blocks]
    names = {"en": _("To a representative who reads English:"), "fr": _("To a representative who reads French:")}
    mailed = {"en": _("By e-mail, in English:"), "fr": _("By e-mail, in French:")}
    issued = {"en": _("The official letter, in English:"), "fr": _("The official letter, in French:")}
    theirs = [(language, reader.in_language(language)) for language in reader.languages]
    if call.jurisdictions:
        shown += [block for of, them in theirs for block in (divider(), *context(names[of]), *_message(call, day, them))]
        shown += [block for of, them in theirs for block in (divider(), *context(mailed[of]), *_email(draft, day, them, linked=linked))]
        shown += context(*_in_both(draft.audience.in_both, reader))
    for of, them in theirs:
        said = letter.text(call, day, Reader(them.locale, DEFAULT_ZONE), draft.mailbox)
        shown += [divider(), *context(issued[of]), *_in_sections(said)]
    return Modal(_("Preview"), tuple(_inert(shown)), close=_("Back"))


def _message(call: CallFacts, day: date, reader: Reader) -> Iterator[Block]:
    """As the first of the jurisdictions will get it."""
    face, facts, told = _told(call, day)
    yield section(face.headline(facts, told, reader))
    yield from face.rows(facts, told, reader)
    controls = face.controls(facts, told, reader)
    rest = controls[_BUTTONS:]
    yield from actions(*controls[:_BUTTONS], *((folded(MORE, rest),) if rest else ()))


def _email(draft: Draft, day: date, reader: Reader, *, linked: bool) -> Iterator[Block]:
    """The same as it goes to somebody who is not in Slack."""
    face, facts, told = _told(draft.call, day)
    headline = face.headline(facts, told, reader)
    yield section(post.labelled(reader.gettext("Subject"), letters.subject(titles.invited(facts, told, reader)), reader))
    page = (reader.gettext("Open the page"),) if linked else ()
    said = (headline, *face.details(facts, told, reader), *page)
    yield from _in_sections((*said, *letters.closing(reader, draft.mailbox, asks=True, in_slack=False)))


def _in_both(n: int, reader: Reader) -> Iterator[Words]:
    """That some letters have both languages: nobody's is guessed."""
    if n:
        yield reader.ngettext(
            "Of {n} representative no language is known: they get the e-mail in both, one after the other.",
            "Of {n} representatives no language is known: they get the e-mail in both, one after the other.",
            n,
        )


def _told(call: CallFacts, day: date) -> tuple[Face, notices.Invited, Told]:
    face = next(face for face in notices.FACES if face.kind == _KIND)
    facts = notices.Invited(replace(call, state="open"), _silent(call))
    return face, facts, Told(0, _KIND, facts.invitation.subject, day, "", "announcement", _READER.id, day)


def _in_sections(said: Iterable[Words]) -> Iterator[Block]:
    """Paragraphs, as many in a section as it holds."""
    held: list[Words] = []
    for text in said:
        if held and sum(len(each) + 2 for each in (*held, text)) > SECTION - _ESCAPED:
            yield paragraphs(held)
            held = []
        held.append(text)
    if held:
        yield paragraphs(held)


def _silent(call: CallFacts) -> InvitationFacts:
    return InvitationFacts(
        id=0,
        call=call.id,
        jurisdiction=call.jurisdictions[0],
        state="silent",
        reason=None,
        representatives=(_READER,),
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
        shown = {name: part for name, part in block.items() if name != "block_id"}
        yield shown | ({"elements": elements} if elements else {})
