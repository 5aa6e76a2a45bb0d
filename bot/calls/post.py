"""The post of a call in a channel: in both languages at once, and without whatever is not everybody's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from sqlalchemy.orm import Session

from bot.blocks import Block, Message, actions, button, context, cut, divider, header, literal, section
from bot.calls.actions import ANSWER
from bot.face import Post
from bot.markup import bold, looks_marked
from cadre.calls import wording
from cadre.calls.facts import CALL, CallFacts
from cadre.calls.models import Call
from cadre.calls.reading import load_one
from cadre.core.i18n import LANGUAGES, LOCALES
from cadre.core.reader import Reader
from cadre.core.words import Words

PARAGRAPH: Final = 900
"""Characters of a paragraph that are shown where two languages stand in one message."""
LINE: Final = 100
"""Characters of a paragraph that stands on a line with its heading."""
OVER: Final = frozenset({"closed", "concluded", "cancelled"})
"""States in which a post asks for nothing any more."""
ENDED: Final = frozenset({"concluded", "cancelled"})
"""States in which nothing can be answered any more, not even late."""
_BOTH: Final = Words.verbatim("Answer / Répondre")
"""The one button, for readers of either language."""
_LATE: Final = Words.verbatim("Answer late / Répondre en retard")
"""The same after the closing."""


def load(session: Session, subject: str) -> CallFacts | None:
    """The call that a post tells of; None for one that is gone."""
    row = session.get(Call, int(subject.partition(":")[2]))
    return load_one(session, row) if row else None


def message(call: CallFacts) -> Message:
    """The whole post: English, French, and one button while the call takes answers, in time or late."""
    readers = [Reader(LOCALES[language], wording.ZONE) for language in LANGUAGES]
    blocks: list[Block] = []
    for reader in readers:
        blocks += [*in_language(call, reader), divider()]
    label = _LATE if call.state == "closed" else _BOTH
    closing = () if call.state in ENDED else actions(button(label, ANSWER, str(call.id), style="primary"))
    return Message(Words.joined(" / ", (_headline(call, reader) for reader in readers)), (*(blocks if closing else blocks[:-1]), *closing))


def in_language(call: CallFacts, reader: Reader) -> Iterator[Block]:
    """All that the post says, in one language."""
    yield header(_title(call, reader))
    yield from paragraphs(call, reader)
    yield section(Words.joined("\n", stands(call, reader)))
    yield from context(counted(call, reader))


def paragraphs(call: CallFacts, reader: Reader) -> Iterator[Block]:
    """What is asked, and by whom: a section for each paragraph, its heading in bold; short ones that follow each other stand in one."""
    lines: list[Words] = []
    for heading, text in wording.paragraphs(call, reader):
        if heading and len(text) <= LINE and not looks_marked(text):
            lines.append(labelled(heading, text, reader))
            continue
        if lines:
            yield section(Words.joined("\n", lines))
        yield from paragraph(heading, Words.verbatim(cut(text, PARAGRAPH)))
        lines = []
    if lines:
        yield section(Words.joined("\n", lines))


def paragraph(heading: Words | None, text: Words) -> Iterator[Block]:
    """A text below its heading, in bold; what people typed is shown as they typed it."""
    if looks_marked(text):
        yield from (section(bold(heading)), literal(text)) if heading else (literal(text),)
    else:
        yield section(Words.joined("\n", (bold(heading), text)) if heading else text)


def labelled(heading: Words, text: Words, reader: Reader) -> Words:
    """A text on one line with its heading."""
    return Words.joined(" ", (bold(reader.gettext("{heading}:", heading=heading)), text))


def stands(call: CallFacts, reader: Reader) -> Iterator[Words]:
    """Until when one may answer; or that the call is over, and why."""
    _ = reader.gettext
    until = wording.closes(call, reader)
    match call.state:
        case "cancelled" | "concluded" | "closed":
            yield from (bold(over) for over in (wording.over(call, reader),) if over)
        case _ if until:
            yield bold(_("{until}.", until=until))
    if call.reason and call.state in ("open", "cancelled"):
        why = Words.verbatim(cut(call.reason.for_(reader), PARAGRAPH))
        cancelled = call.state == "cancelled"
        yield _("Reason: {reason}", reason=why) if cancelled else _("More time was given. Reason: {reason}", reason=why)


def counted(call: CallFacts, reader: Reader) -> Words:
    """How many answered. Of a call that is not open yet: as it will read when it opens."""
    totals = call.totals if call.opened_at else replace(call.totals, invited=len(call.jurisdictions))
    return wording.counted(totals, call.seats, reader)


def _title(call: CallFacts, reader: Reader) -> Words:
    return reader.gettext("Call for participation: {name}", name=wording.name(call, reader))


def _headline(call: CallFacts, reader: Reader) -> Words:
    """What the notification says."""
    title, until = _title(call, reader), wording.closes(call, reader)
    if call.state in OVER or until is None:
        return reader.gettext("{title} ({state})", title=title, state=wording.state(call, reader))
    return reader.gettext("{title}. {until}.", title=title, until=until)


POST: Final = Post(CALL, load, message)
