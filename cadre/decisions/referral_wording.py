"""What is for a table of deputy ministers, or comes from it, in words, once for all faces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cadre.core.french import Name
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.groups.wording import named

if TYPE_CHECKING:  # answers are worded without what keeps the marks
    from cadre.decisions.facts import ReferredFacts
    from cadre.decisions.referrals import ReferralFacts, Thing


def thing(of: Thing, reader: Reader) -> Words:
    """What is referred, said by itself: "Decision 2027-03: Warn by phone." """
    _, text = reader.gettext, of.name.marked(reader)
    match of.kind:
        case "priority":
            return _("Priority: {priority}", priority=text)
        case "decision" if of.number:
            return _("Decision {number}: {text}", number=Words.verbatim(of.number), text=text)
        case "decision":
            return _("Proposed decision: {text}", text=text)
        case "action":
            return _("Next step: {text}", text=text)
        case _:
            return text


def where(table: Name, direction: str, reader: Reader) -> Words:
    """ "For the Deputy Ministers' Table"."""
    _ = reader.gettext
    return _("For {table:the}", table=table) if direction == "for" else _("From {table:the}", table=table)


def which_way(table: Name, found: ReferralFacts | ReferredFacts, reader: Reader) -> Words:
    """ "For the Deputy Ministers' Table, since November 3, 2026"."""
    _ = reader.gettext
    told = where(table, found.direction, reader)
    return _("{text}, since {date}", text=told, date=reader.date(found.since)) if found.since else told


def told(table: Name, found: ReferralFacts | ReferredFacts, reader: Reader) -> Words:
    """The same with its note."""
    way = which_way(table, found, reader)
    return reader.gettext("{name}: {what}", name=way, what=found.note.marked(reader)) if found.note else way


def mark(found: ReferralFacts, reader: Reader) -> Words:
    """How it is told of what is marked."""
    return told(named(found.table.name, reader), found, reader)


def way(found: ReferralFacts, reader: Reader) -> Words:
    """The same without the note."""
    return which_way(named(found.table.name, reader), found, reader)
