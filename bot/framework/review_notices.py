"""How notices of reviews read: the packet, its reminders, what became of a review, and what is not right."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.blocks import Block, button
from bot.face import Alike, Face, Told
from bot.framework import review_actions as of
from bot.framework import review_rows as rows
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.framework import review_wording as wording
from cadre.framework.models import Review, ReviewItem, ReviewPacket
from cadre.framework.review import AHEAD, ASKED, CLOSED, ENDED, MOVED, OPENED
from cadre.framework.review_answers import RECORDED, WRONG
from cadre.framework.review_facts import ITEM, OPEN, PACKET, Line, ReviewFacts, View
from cadre.framework.review_reading import of_meeting, review_row, view
from cadre.framework.review_rules import ATTENDANCE
from cadre.meetings.models import Meeting
from cadre.meetings.views import MEETING
from cadre.people.facts import PersonRef
from cadre.people.models import Person


@dataclass(frozen=True, slots=True)
class Packet:
    """What one person is asked, as a message tells of it."""

    id: int
    person: PersonRef
    view: View

    @property
    def lines(self) -> tuple[Line, ...]:
        """What is theirs."""
        return self.view.of(self.person.id)

    @property
    def open(self) -> tuple[Line, ...]:
        """What still waits; nothing once the review is over."""
        return tuple(line for line in self.lines if line.open) if self.view.review.state == OPEN else ()


def _packets(session: Session, subjects: Collection[str], person: str) -> Mapping[str, Packet]:
    found: dict[str, Packet] = {}
    for subject in subjects:
        row = session.get(ReviewPacket, int(subject.partition(":")[2]))
        if row:
            whose = PersonRef(row.person, session.get_one(Person, row.person).name)
            found[subject] = Packet(row.id, whose, view(session, review_row(session, row.review), only=row.person))
    return found


@Alike
def _meetings(session: Session, subjects: Collection[str]) -> Mapping[str, tuple[ReviewFacts, bool]]:
    """Meetings before which a review can be opened, and whether it was."""
    found = {}
    for subject in subjects:
        meeting = session.get(Meeting, subject.partition(":")[2])
        if meeting:
            opened = session.scalar(select(Review.id).where(Review.meeting == meeting.id)) is not None
            found[f"{MEETING}:{meeting.id}"] = (of_meeting(session, meeting), opened)
    return found


@Alike
def _items(session: Session, subjects: Collection[str]) -> Mapping[str, tuple[ReviewFacts, Line]]:
    found = {}
    for subject in subjects:
        row = session.get(ReviewItem, int(subject.partition(":")[2]))
        whole = view(session, review_row(session, row.review)) if row else None
        line = next((each for each in whole.lines if each.id == row.id), None) if row and whole else None
        if whole and line:
            found[f"{ITEM}:{line.id}"] = (whole.review, line)
    return found


def _by(told: Told, reader: Reader) -> Words:
    by = told.detail.get("by")
    return Words.verbatim(by) if by else reader.gettext("the secretariat")


# The packet


def _headline(facts: Packet, told: Told, reader: Reader) -> Words:
    review, n = facts.view.review, len(facts.open)
    if review.state != OPEN:
        return wording.over(review, reader)
    if not n:
        return reader.gettext("{review}: all that was asked of you is answered. Thank you.", review=wording.title(review, reader))
    return reader.ngettext(
        "{review}. {n} thing is asked of you.", "{review}. {n} things are asked of you.", n, review=wording.title(review, reader)
    )


def _asked(facts: Packet, told: Told, reader: Reader) -> Words:
    if not facts.open:
        return _headline(facts, told, reader)
    return Words.joined(" ", (reader.gettext("{who} asks you again.", who=_by(told, reader)), _headline(facts, told, reader)))


def _moved(facts: Packet, told: Told, reader: Reader) -> Words:
    said = [reader.gettext("The meeting has another day: its review goes with it."), _headline(facts, told, reader)]
    if any(line.kind == ATTENDANCE for line in facts.open):
        said.append(reader.gettext("Answer again for your attendance."))
    return Words.joined(" ", said)


def _recorded(facts: Packet, told: Told, reader: Reader) -> Words:
    values = {"who": _by(told, reader), "review": wording.title(facts.view.review, reader)}
    return reader.gettext("{review}. {who} recorded an answer for you, as you gave it.", **values)


def _controls(facts: Packet, told: Told, reader: Reader) -> tuple[Block, ...]:
    if not facts.open:
        return ()
    return (button(reader.gettext("Answer"), of.OPEN, rows.frame("packet", facts.id), "primary"),)


def _own_controls(facts: Packet, told: Told, reader: Reader) -> tuple[Block, ...]:
    return (button(reader.gettext("See what is recorded"), of.OPEN, rows.frame("packet", facts.id)),)


def _rows(facts: Packet, told: Told, reader: Reader) -> tuple[Block, ...]:
    if facts.view.review.state != OPEN:
        return ()
    return tuple(rows.packet(facts.id, facts.lines, facts.view.revision, reader))


def _letter(facts: Packet, told: Told, reader: Reader) -> tuple[Words, ...]:
    """Everything in full: whoever has no buttons answers by a reply, and the secretariat records it."""
    return tuple(_in_letter(facts, reader)) if facts.open else ()


def _in_letter(facts: Packet, reader: Reader) -> Iterator[Words]:
    _ = reader.gettext
    for number, line in enumerate(facts.open, 1):
        yield _("{n}. {what}", n=number, what=wording.each(line, reader))
    yield _("Of each fact, say whether it is right, or what is. For the slide, a sentence or two, in one language or both.")


def _page(facts: object, told: Told) -> str | None:
    return None


def _none(facts: object, told: Told, reader: Reader) -> tuple[Block, ...]:
    return ()


def _silent(facts: Packet, told: Told) -> bool:
    return not facts.open


# What became of a review


def _over(facts: Packet, told: Told, reader: Reader) -> Words:
    review, n = facts.view.review, int(told.detail.get("open", 0))
    stayed = reader.ngettext("{n} thing stayed open.", "{n} things stayed open.", n) if n else reader.gettext("Everything is answered.")
    ended = review.state == "ended"
    said = (wording.over(review, reader), None if ended else stayed, wording.kept(review, reader))
    return Words.joined(" ", (each for each in said if each))


# For the secretariat


def _wrong(facts: tuple[ReviewFacts, Line], told: Told, reader: Reader) -> Words:
    review, line = facts
    values = {"review": wording.title(review, reader), "name": line.name.for_(reader)}
    return reader.gettext("{review}. {name}: {what}", what=wording.state(line, reader), **values)


def _wrong_details(facts: tuple[ReviewFacts, Line], told: Told, reader: Reader) -> tuple[Words, ...]:
    line = facts[1]
    return (reader.gettext("The registry has: {what}", what=wording.fact(line, reader)),) if line.says else ()


def _wrong_controls(facts: tuple[ReviewFacts, Line], told: Told, reader: Reader) -> tuple[Block, ...]:
    line = facts[1]
    return tuple(rows.corrected(line, reader)) if line.waits else ()


def _ahead(facts: tuple[ReviewFacts, bool], told: Told, reader: Reader) -> Words:
    review, opened = facts
    if review.cancelled:
        return reader.gettext("{review}: the meeting is cancelled.", review=wording.title(review, reader))
    if opened:
        return reader.gettext("{review}: it was opened.", review=wording.title(review, reader))
    how = reader.gettext("It can be opened: each who leads something is then asked for what is missing.")
    return Words.joined(". ", (wording.title(review, reader), how))


def _ahead_controls(facts: tuple[ReviewFacts, bool], told: Told, reader: Reader) -> tuple[Block, ...]:
    review, opened = facts
    if opened or review.cancelled:
        return ()
    return (button(reader.gettext("See who is asked what"), of.OPEN, rows.frame("ahead", review.meeting), "primary"),)


FACES: Final = (
    Face(OPENED, _packets, _headline, _controls, _page, _silent, rows=_rows, letter=_letter),
    Face(ASKED, _packets, _asked, _controls, _page, _silent, rows=_rows, letter=_letter),
    Face(MOVED, _packets, _moved, _controls, _page, _silent, rows=_rows, letter=_letter),
    Face(PACKET, _packets, _headline, _controls, _page, rows=_rows, letter=_letter, passes=True),
    Face(RECORDED, _packets, _recorded, _own_controls, _page),
    Face(CLOSED, _packets, _over, _none, _page),
    Face(ENDED, _packets, _over, _none, _page),
    Face(WRONG, _items, _wrong, _wrong_controls, _page, details=_wrong_details),
    Face(AHEAD, _meetings, _ahead, _ahead_controls, _page, passes=True),
)
