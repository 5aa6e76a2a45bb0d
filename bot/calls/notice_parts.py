"""What the faces of all notices about calls share."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.blocks import Block, button
from bot.blocks import actions as row
from bot.blocks import paragraphs as in_paragraphs
from bot.calls import actions, offers, pages
from bot.face import Alike, Told
from cadre.calls import wording
from cadre.calls.facts import CallFacts, Way
from cadre.calls.models import Call
from cadre.calls.reading import load
from cadre.core.reader import Reader, named
from cadre.core.words import Words


@Alike
def calls(session: Session, subjects: Collection[str]) -> Mapping[str, CallFacts]:
    """Calls by their subject."""
    rows = session.scalars(select(Call).where(Call.id.in_(ids(subjects)))).all()
    return {call.subject: call for call in load(session, rows)}


def ids(subjects: Collection[str]) -> list[int]:
    """The numbers in subjects such as ``call:12``."""
    return sorted({int(subject.partition(":")[2]) for subject in subjects})


def about(call: CallFacts, told: Told, reader: Reader) -> dict[str, Words]:
    """What most sentences name: the group, who did it, until when."""
    until = reader.moment(call.closes_at) if call.closes_at else Words.verbatim("")
    return {"group": wording.name(call, reader), "who": by(told, reader), "moment": until}


def by(told: Told, reader: Reader) -> Words:
    """Who did it."""
    who = told.detail.get("by")
    return Words.verbatim(named(who)) if who else reader.gettext("the secretariat")


def came_from(told: Told, reader: Reader) -> dict[str, Words]:
    """From whom the secretariat has what it recorded, and how that came, for those who answer for the same jurisdiction."""
    return {"from": Words.verbatim(str(told.detail.get("from"))), "way": wording.way(cast("Way", told.detail.get("way")), reader)}


def reason(call: CallFacts, reader: Reader) -> Words | None:
    """Why it was extended or cancelled."""
    return reader.gettext("Reason: {reason}", reason=offers.short(call.reason.for_(reader))) if call.reason else None


def paragraphs(call: CallFacts, reader: Reader) -> tuple[Words, ...]:
    """All that the call says, for a letter as for a message."""
    return tuple(
        reader.gettext("{heading}: {text}", heading=heading, text=text) if heading else text
        for heading, text in wording.paragraphs(call, reader)
    )


def with_letter(call: CallFacts, told: Iterable[Words], reader: Reader) -> tuple[Block, ...]:
    """In a message in Slack: what it says, and the way to the letter."""
    way = button(reader.gettext("Official letter {number}", number=letter_number(call, reader)), actions.LETTER, str(call.id))
    texts = tuple(told)
    return (*((in_paragraphs(texts),) if texts else ()), *row(way, block=f"calls.letter:{call.id}"))


def letter_number(call: CallFacts, reader: Reader) -> Words:
    """The number of the official letter; in a preview, that it is still to come."""
    return Words.verbatim(call.number) if call.number else reader.gettext("(its number comes with the opening)")


def grid(call: CallFacts, reader: Reader) -> tuple[Block, ...]:
    """The way to all answers, for the secretariat."""
    return (button(reader.gettext("Who answered"), actions.GRID, str(call.id), style="primary"),)


def no_controls(facts: Any, told: Told, reader: Reader) -> tuple[Block, ...]:
    """Nothing is to be done."""
    return ()


def call_page(call: CallFacts, told: Told) -> str | None:
    """Where the call stands on the web."""
    return pages.path(call.id)
