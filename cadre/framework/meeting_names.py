"""Meetings by what people call them: "Charlottetown", "2017-10", "October 2017", « la rencontre d'octobre »."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Final

from cadre.core.errors import Invalid, Message
from cadre.core.i18n import LANGUAGES, LOCALES
from cadre.core.reader import Reader
from cadre.core.text import fold
from cadre.core.words import Words
from cadre.framework.facts import GroupIn, MeetingIn, World
from cadre.meetings.views import IN_PERSON

_READERS: Final = tuple(Reader(LOCALES[language]) for language in LANGUAGES)


def found(world: World, said: str) -> MeetingIn:
    """The meeting that somebody names: by its record, else by its title, place and date, all of whose words must be its own.

    Of several in person and others, the one in person. Raises Invalid for none, and where several are called so.
    """
    if said in world.meetings:
        return world.meetings[said]
    words = fold(said).replace(",", " ").split()
    called = [each for each in world.meetings.values() if words and set(words) <= _words(each)]
    in_person = [each for each in called if each.kind == IN_PERSON]
    match in_person or called:
        case []:
            raise Invalid(meeting=Message("No meeting in the registry is called {what}.", {"what": Words.verbatim(said)}))
        case [one]:
            return one
        case several:
            named = "; ".join(sorted(f"{name(each, world, _READERS[0])} ({each.id})" for each in several)[:_TOLD])
            values = {"what": Words.verbatim(said), "meetings": Words.verbatim(named)}
            raise Invalid(meeting=Message("Several meetings are called {what}: {meetings}.", values))


_TOLD: Final = 5


def _words(meeting: MeetingIn) -> set[str]:
    return set(" ".join(map(fold, _names(meeting))).replace(",", " ").split())


def _names(meeting: MeetingIn) -> Iterator[str]:
    for text in (meeting.title, meeting.place):
        yield from (each for each in (text.en, text.fr) if each) if text else ()
    if meeting.held:
        yield meeting.held.text
        yield from (reader.date(meeting.held) for reader in _READERS)


def name(meeting: MeetingIn, world: World, reader: Reader) -> Words:
    """What a meeting is called: its title, or its group; where and when it was or is."""
    group = world.groups.get(meeting.group)
    held = meeting.title or (group.name if group else None)
    parts = [
        held.for_(reader) if held else None,
        meeting.place.for_(reader) if meeting.place else None,
        reader.date(meeting.held) if meeting.held else None,
    ]
    return Words.joined(", ", (part for part in parts if part))


def in_person(world: World, council: str | None = None) -> list[MeetingIn]:
    """Meetings in person whose day is known at least to the year, the earliest first; of one council, where it is named."""
    wanted = (each for each in world.meetings.values() if each.kind == IN_PERSON and each.held and council in (None, each.group))
    return sorted(wanted, key=lambda each: (_first(each), each.id))


def above_all(world: World) -> GroupIn | None:
    """The council that most others are part of."""
    parts = Counter(each.parent for each in world.councils if each.parent)
    return max(world.councils, key=lambda each: (parts[each.id], -world.councils.index(each)), default=None)


def next_in_person(world: World) -> MeetingIn | None:
    """The one that comes next, else the one that was last; of the council that the others are part of."""
    council = above_all(world)
    meetings = in_person(world, council.id if council else None) or in_person(world)
    coming = [each for each in meetings if each.held and each.held.last >= world.day]
    return coming[0] if coming else meetings[-1] if meetings else None


def _first(meeting: MeetingIn) -> date:
    return meeting.held.first if meeting.held else date.max
