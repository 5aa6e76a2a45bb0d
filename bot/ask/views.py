"""How an answer reads in Slack."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.blocks import PLACE, Block, Message, actions, button, context, listed, packed, said, section
from cadre.ask.answer import Answer, Part
from cadre.core.reader import Reader
from cadre.core.words import Words

CANDIDATE: Final = "ask.candidate"
FOLLOW_UP: Final = "ask.follow_up"
SHARE: Final = "ask.share"
MEETING: Final = "ask.meeting"
"""A click on the meeting that an answer tells of: whoever puts the areas together says what opens it."""
MAP: Final = "ask.map"
"""A click on what an answer is about, to see it on the map: whoever puts the areas together says what shows it."""
SUBJECT: Final = "subject"
QUESTION: Final = "question"
ONCE: Final = "once"
_ON_THE_MAP: Final = ("group:", "priority:")


@dataclass(frozen=True, slots=True)
class Sharing:
    """What the button that shares an answer must know: the key under which it is shared once, and the candidate chosen."""

    once: str
    chosen: str | None


def answer(found: Answer, reader: Reader, *, share: Sharing | None = None, asked: bool = False) -> Message:
    """An answer: the first line is the answer, the source stands small below, then what to ask next.

    ``share``: where it may be shared; ``asked``: repeat the question, where it does not stand above.
    """
    blocks = [*_facts(found, reader), *context(*_origin(found, reader, asked)), *_next(found)]
    return Message(found.headline, (*blocks, *actions(*_sharing(found, reader, share))))


def shared(found: Answer, reader: Reader, user: str) -> Message:
    """An answer that somebody shared: with the question and with who it was."""
    by = said(reader.gettext("Shared by {user}", user=PLACE), (user,))
    return Message(found.headline, (*_facts(found, reader), *context(*_origin(found, reader, True)), by, *_next(found)))


def after_sharing(found: Answer, reader: Reader, note: Words) -> Message:
    """What the person who shared it sees from then on: the same answer, without the button."""
    return Message(found.headline, (*_facts(found, reader), *context(*_origin(found, reader, False), note), *_next(found)))


def examples(reader: Reader) -> Iterator[Block]:
    """Questions to begin with."""
    _ = reader.gettext
    questions = (
        _("Who leads digital identity?"),
        _("What is the Framework Working Group for?"),
        _("Which groups support no priority?"),
        _("When did the Councils last meet?"),
    )
    yield section(_("Questions to begin with"))
    yield from actions(*_questions(questions))


def _facts(found: Answer, reader: Reader) -> Iterator[Block]:
    for number, part in enumerate(found.parts):
        yield section(part.headline)
        for group in part.groups:
            yield section(group.headline)
            yield from listed(group.details)
        yield from listed(part.details)
        yield from actions(*_candidates(part), block=f"{CANDIDATE}:{number}")
        if part.meeting:
            yield from actions(button(reader.gettext("Open"), MEETING, part.meeting))
        if part.known and part.subject and part.subject.startswith(_ON_THE_MAP):
            value = packed("of", part.subject, lang=reader.language)
            yield from actions(button(reader.gettext("Show on the map"), f"{MAP}:{number}", value))


def _candidates(part: Part) -> Iterator[Block]:
    for number, candidate in enumerate(part.candidates):
        value = packed(QUESTION, part.question, **{SUBJECT: candidate.subject})
        yield button(candidate.short, f"{CANDIDATE}:{number}", value)


def _origin(found: Answer, reader: Reader, asked: bool) -> Iterator[Words]:
    if found.sources:
        yield Words.joined(" · ", found.sources)
    if asked:
        yield reader.gettext("Question: {question}", question=Words.verbatim(found.question))


def _next(found: Answer) -> Iterator[Block]:
    yield from actions(*_questions(found.follow_ups), block=FOLLOW_UP)


def _questions(questions: tuple[Words, ...]) -> Iterator[Block]:
    for number, question in enumerate(questions):
        yield button(question, f"{FOLLOW_UP}:{number}", packed(QUESTION, question))


def _sharing(found: Answer, reader: Reader, share: Sharing | None) -> Iterator[Block]:
    if share and not any(part.candidates for part in found.parts):
        value = packed(QUESTION, found.question, **{SUBJECT: share.chosen, ONCE: share.once})
        yield button(reader.gettext("Share in channel"), SHARE, value)
