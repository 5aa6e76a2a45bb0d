"""What is for a table of deputy ministers, or comes from it, in words, once for all faces."""

from __future__ import annotations

from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.decisions.referrals import ReferralFacts, Thing
from cadre.groups.wording import named


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


def which_way(found: ReferralFacts, reader: Reader) -> Words:
    """ "For the Deputy Ministers' Table, since November 3, 2026"."""
    _, table = reader.gettext, named(found.table.name, reader)
    told = _("For {table:the}", table=table) if found.direction == "for" else _("From {table:the}", table=table)
    return _("{text}, since {date}", text=told, date=reader.date(found.since)) if found.since else told


def mark(found: ReferralFacts, reader: Reader) -> Words:
    """The same with its note: how it is told of what is marked."""
    told = which_way(found, reader)
    return reader.gettext("{name}: {what}", name=told, what=found.note.marked(reader)) if found.note else told
