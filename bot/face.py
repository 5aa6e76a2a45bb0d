"""How notices of one kind read, wherever they are shown, and posts in channels: what an area contributes about its own (``bot.app``)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from sqlalchemy.orm import Session

from bot.blocks import Block, Message, button
from bot.links import Links
from cadre.core.errors import Message as Sentence
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.notices.service import JOINED

LATER: Final = "notices.later"
WHY: Final = "notices.why"
DRAFT: Final = "notices.draft"
DROP: Final = "notices.drop"
DRAFTS: Final = "notices.drafts"
MORE: Final = "notices.more"
"""What can be done about any notice, whatever it is about."""


def drafts_that_wait(n: int, reader: Reader) -> tuple[Block, ...]:
    """The way to the drafts, for the secretariat; nothing where none waits."""
    return (button(reader.gettext("Drafts waiting: {n}", n=n), DRAFTS),) if n else ()


@dataclass(frozen=True, slots=True)
class Told:
    """One notice as it is told. ``day``: where the reader is, the day on which it is told; ``detail``: what an announcement says.

    A message that is drawn anew counts from the day on which it was sent, as one does that was not. ``today``: where that is another.
    """

    id: int
    kind: str
    subject: str
    occurrence: date
    rung: str
    manner: str
    person: str
    day: date
    detail: Mapping[str, Any] = field(default_factory=dict)
    today: date | None = None
    due: date | None = None
    """Its due day by now, where notices know of one."""

    @property
    def due_day(self) -> date:
        """The day on which it is due by now; else that for which it was told."""
        return self.due or self.occurrence

    @property
    def reminds(self) -> bool:
        """Whether it can be put off: it is a reminder, or says that what reminders told of was moved."""
        return self.manner in ("digest", "alone", "orphan") or JOINED in self.detail

    def is_past(self, day: date) -> bool:
        """Whether a day is over by now, whenever the message was sent."""
        return day < (self.today or self.day)


@dataclass(frozen=True, slots=True)
class File:
    """A calendar file that goes with a letter. ``method``: what a calendar program is to do with it, by RFC 5546: REQUEST or CANCEL."""

    name: str
    method: str
    content: bytes


class Alike:
    """Facts that are the same for whoever reads of them: they are loaded once for many messages."""

    def __init__(self, load: Callable[[Session, Collection[str]], Mapping[str, Any]]) -> None:
        self._load = load

    def __call__(self, session: Session, subjects: Collection[str], person: str = "") -> Mapping[str, Any]:
        """By subject; what is gone is left out."""
        return self._load(session, subjects)


def _never(facts: Any, told: Told) -> bool:
    return False


def _nothing(facts: Any, told: Told, reader: Reader) -> tuple[Words, ...]:
    return ()


def _no_files(session: Session, told: Told, reader: Reader) -> tuple[File, ...]:
    return ()


def _no_ways(facts: Any, told: Told, links: Links, reader: Reader) -> tuple[Block, ...]:
    return ()


def _no_rows(facts: Any, told: Told, reader: Reader) -> tuple[Block, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Face:
    """How one kind reads.

    ``load``: facts by subject, for one person, or ``Alike`` for all; what is gone is left out. ``headline``: one sentence: what, due when,
    how late, or who settled it. ``controls``: the elements of one row of buttons, none once it is settled. ``link``: the path of its page.
    ``moot``: whether an announcement that was not sent yet has become needless. ``details``: paragraphs below the headline.
    ``title``: the subject of an e-mail; None: the headline, cut. ``letter``: the details there, where they are others: it has no buttons.
    ``own``: whether it concerns nobody but its reader, who answers for no others in it.
    ``passes``: whether nothing is to be told of it after its day: no reminder is offered for later.
    ``files``: what goes with a letter that tells of it.
    ``ways``: to files and pages, in Slack beside the controls, where people reach the web pages.
    ``place``: where all of its kind are found. ``part``: whether it stands in something else that is told of too.
    ``beside``: how many of its controls are shown; the others stand behind a ⋯.
    ``informs``: whether nothing waits for its reader: its controls only lead on.
    ``rows``: what stands in place of them in a message in Slack that tells of nothing else: blocks with controls of their own.
    """

    kind: str
    load: Callable[[Session, Collection[str], str], Mapping[str, Any]]
    headline: Callable[[Any, Told, Reader], Words]
    controls: Callable[[Any, Told, Reader], tuple[Block, ...]]
    link: Callable[[Any, Told], str | None]
    moot: Callable[[Any, Told], bool] = _never
    details: Callable[[Any, Told, Reader], tuple[Words, ...]] = _nothing
    title: Callable[[Any, Told, Reader], Words] | None = None
    own: bool = False
    passes: bool = False
    files: Callable[[Session, Told, Reader], tuple[File, ...]] = _no_files
    ways: Callable[[Any, Told, Links, Reader], tuple[Block, ...]] = _no_ways
    rows: Callable[[Any, Told, Reader], tuple[Block, ...]] = _no_rows
    letter: Callable[[Any, Told, Reader], tuple[Words, ...]] | None = None
    place: Sentence | None = None
    part: bool = False
    beside: int = 3
    informs: bool = False


def placed(faces: Iterable[Face], place: Sentence) -> tuple[Face, ...]:
    """How some kinds read, all of which are found in one place."""
    return tuple(replace(face, place=place) for face in faces)


@dataclass(frozen=True, slots=True)
class Post:
    """How a post in a channel reads. In both languages, because the whole channel reads it: it has no reader.

    ``prefix``: what its subjects begin with, "call" for "call:12". ``load``: its facts; None for what is gone, of which no post is made,
    and one that stands is left as it is.
    """

    prefix: str
    load: Callable[[Session, str], Any]
    message: Callable[[Any], Message]
