"""What a deck tells of what changed since the Councils last met in person."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from cadre.core.errors import Message
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.framework import difference_wording as wording
from cadre.framework.deck_facts import DeckFacts
from cadre.framework.deck_words import columned
from cadre.framework.entry_wording import line
from cadre.framework.slides import Prose, Slide, Table, Tongue


def changed(facts: DeckFacts, tongue: Tongue) -> Iterator[Slide]:
    """What changed, by what a Council cares about; nothing where no meeting in person came before."""
    found = facts.changes
    if found is None:
        return
    title = tongue.say(partial(wording.title, found))
    rows = tuple(
        (tongue.say(wording.SECTIONS[each.section].for_), tongue.say(partial(line, entry)))
        for each in wording.told(found, tongue.readers[0])
        for entry, _words in each.lines
    )
    remarks = tuple(zip(*(wording.remarks(found, reader) for reader in tongue.readers), strict=True))
    if rows:
        columns = columned(tongue, [(Message("Kind of change"), 0.28), (Message("What changed"), 0.72)])
        yield Slide(title, (Table(title, columns, rows),), footnotes=remarks)
    else:
        yield Slide(title, (Prose((tongue.say(_nothing),)),), footnotes=remarks)


def _nothing(reader: Reader) -> Words:
    return reader.gettext("Nothing that the framework shows has changed.")
