"""A group that is dissolved, or goes on: the post in its channel, in both languages at once, and the word to those who had a role in it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Final

from sqlalchemy.orm import Session

from bot.blocks import Block, Message, divider, section, unabridged
from bot.face import Alike, Face, Post, Told
from cadre.core.errors import NotFound
from cadre.core.i18n import LANGUAGES, LOCALES
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.oversight import carry_wording as wording
from cadre.oversight import closing
from cadre.oversight.closing import ClosingView
from cadre.oversight.doing import CLOSING, DISSOLVED, REOPENED


def load(session: Session, subject: str) -> ClosingView | None:
    """What a post tells of, "closing:12" that a group is dissolved, "closing:12:reopened" that it goes on; None for what is gone."""
    _, id_, *reopened = subject.split(":")
    try:
        found = closing.kept(session, int(id_))
    except NotFound:
        return None
    return found if reopened else replace(found, reopened=None)


def message(facts: ClosingView) -> Message:
    """The whole post: English, then French."""
    readers = [Reader(LOCALES[language]) for language in LANGUAGES]
    blocks = [block for reader in readers for block in (*_in_language(facts, reader), divider())]
    return Message(Words.joined(" / ", (wording.over(facts, reader) for reader in readers)), tuple(blocks[:-1]))


def _in_language(facts: ClosingView, reader: Reader) -> Iterator[Block]:
    yield section(wording.over(facts, reader))
    if not facts.reopened:
        for text in wording.closing(facts, reader):
            yield from unabridged(text)


@Alike
def _closings(session: Session, subjects: Collection[str]) -> Mapping[str, ClosingView]:
    found = {subject: load(session, f"{subject}:reopened") for subject in subjects}
    return {subject: facts for subject, facts in found.items() if facts}


def _dissolved(facts: ClosingView, told: Told, reader: Reader) -> Words:
    over = wording.over(replace(facts, reopened=None), reader)
    return Words.joined(" ", (over, reader.gettext("Your role in it ends with that.")))


def _goes_on(facts: ClosingView, told: Told, reader: Reader) -> Words:
    return Words.joined(" ", (wording.over(facts, reader), reader.gettext("Your role in it begins anew.")))


def _kept(facts: ClosingView, told: Told, reader: Reader) -> tuple[Words, ...]:
    return tuple(wording.closing(facts, reader))


def _none(facts: ClosingView, told: Told, reader: Reader) -> tuple[Block, ...]:
    return ()


def _page(facts: ClosingView, told: Told) -> str | None:
    return None


FACES: Final = (
    Face(DISSOLVED, _closings, _dissolved, _none, _page, details=_kept),
    Face(REOPENED, _closings, _goes_on, _none, _page),
)
"""What those hear whose roles end with a group, or begin anew."""
POST: Final = Post(CLOSING, load, message)
