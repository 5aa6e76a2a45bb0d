"""The post in a group's channel that says that it is dissolved, or goes on: in both languages at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from sqlalchemy.orm import Session

from bot.blocks import Block, Message, divider, section, unabridged
from bot.face import Post
from cadre.core.errors import NotFound
from cadre.core.i18n import LANGUAGES, LOCALES
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.oversight import carry_wording as wording
from cadre.oversight import closing
from cadre.oversight.closing import ClosingView
from cadre.oversight.doing import CLOSING


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


POST: Final = Post(CLOSING, load, message)
