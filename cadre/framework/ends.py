"""Between which days something is compared, as people say it: "since Charlottetown", « depuis octobre 2017 », "since the last snapshot".

Pure: what there is (``Known``) and what was said -> an ``End``. What cannot be understood is told with what could have been said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal, TypeAlias

from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.core.errors import Invalid, Message
from cadre.core.i18n import LANGUAGES, LOCALES
from cadre.core.reader import Reader
from cadre.core.text import fold
from cadre.core.words import Words
from cadre.framework.facts import MeetingIn
from cadre.framework.said import SaidDate, dated
from cadre.meetings.views import IN_PERSON
from cadre.people.rules import matches

Side: TypeAlias = Literal["since", "until", "as_of"]
_READERS: Final = tuple(Reader(LOCALES[language]) for language in LANGUAGES)
_TOLD: Final = 5
"""So many meetings are named where none or several are meant."""
_LONGEST: Final = 60
"""Characters that are shown of what was said."""
_TODAY: Final = frozenset({"", "now", "today", "maintenant", "aujourd'hui"})
_BEGINNING: Final = frozenset({"beginning", "start", "ever", "debut", "commencement", "toujours"})
_ARTICLE: Final = re.compile(r"\A(?:the |la |le |les |l')\s*")
_SNAPSHOT: Final = re.compile(r"(?:snapshot|instantane)s?(?:\s*:\s*|\s+(?:no\.?|number|numero|#)?\s*)(\d{1,9})|#\s*(\d{1,9})")
_LAST_SNAPSHOT: Final = re.compile(r"(?:last|latest|dernier) (?:snapshot|instantane)|(?:snapshot|instantane)")
_MEETING: Final = "meeting:"
_OF_A_MEETING: Final = frozenset("meeting meetings reunion rencontre seance".split())
_LAST: Final = frozenset("last latest previous derniere dernier precedente".split())
_PERSON: Final = frozenset({"person", "personne"})
_LITTLE: Final = frozenset("the of in at on held la le les l de du des d a au aux en tenue s".split()) | _OF_A_MEETING | _LAST | _PERSON


@dataclass(frozen=True, slots=True)
class Called:
    """A meeting with what it is called by: ``own``: its place, title and other names; ``group``: those of its group.

    ``council``: whether that is a council, whose meetings in person review the framework.
    """

    meeting: MeetingIn
    own: tuple[str, ...]
    group: tuple[str, ...] = ()
    council: bool = False

    @property
    def reviews(self) -> bool:
        """Whether the framework is reviewed at it."""
        return self.council and self.meeting.kind == IN_PERSON


@dataclass(frozen=True, slots=True)
class Taken:
    """A snapshot: its number, its day, and the record of the meeting at which it was taken."""

    number: int
    day: date
    meeting: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What can be named: meetings that were not cancelled, snapshots (the last first), and when the registry began."""

    today: date
    meetings: tuple[Called, ...] = ()
    snapshots: tuple[Taken, ...] = ()
    began: date | None = None

    @property
    def reviews(self) -> tuple[Called, ...]:
        """Meetings in person of councils that were, the last first."""
        found = [each for each in self.meetings if each.reviews and _first(each.meeting) <= self.today]
        return tuple(sorted(found, key=lambda each: (_last(each.meeting), each.meeting.id), reverse=True))

    def snapshot_of(self, meeting: str) -> Taken | None:
        """The first that was taken at a meeting: one that was taken when its review was closed later holds what came after it too."""
        return next((each for each in reversed(self.snapshots) if each.meeting == meeting), None)


@dataclass(frozen=True, slots=True)
class End:
    """One end of what is compared. ``day``: the last day that counts; ``said``: a date as it was named.

    ``meeting``: which it is; ``snapshot``: that holds how it was. ``now``: this moment; ``beginning``: what the registry began with.
    """

    day: date
    said: PartialDate | None = None
    meeting: MeetingIn | None = None
    snapshot: int | None = None
    now: bool = False
    beginning: bool = False

    @property
    def key(self) -> str:
        """What means the same again: for addresses and buttons."""
        if self.meeting:
            return f"{_MEETING}{self.meeting.id}"
        if self.snapshot is not None:
            return f"snapshot:{self.snapshot}"
        if self.beginning:
            return "beginning"
        return "now" if self.now else (self.said or PartialDate.day(self.day)).text


def resolved(text: str, known: Known, side: Side = "since") -> End:
    """Which end was meant. Raises Invalid, under the name of the side, with what could have been said instead."""
    said = _ARTICLE.sub("", " ".join(fold(text).split()).strip(' .,;:!?"«»“”'))
    if said in _TODAY:
        return End(known.today, now=True)
    if said in _BEGINNING:
        return End((known.began or known.today) - timedelta(days=1), beginning=True)
    if found := _SNAPSHOT.fullmatch(said):
        return _snapshot(int(found[1] or found[2]), known, side)
    if _LAST_SNAPSHOT.fullmatch(said):
        return _snapshot(known.snapshots[0].number if known.snapshots else None, known, side)
    if record := next((each for each in known.meetings if said == fold(f"{_MEETING}{each.meeting.id}")), None):
        return _at(record, known, side)
    exact = any(said == fold(name) for each in known.meetings for name in each.own)  # Sept-Îles is no month
    when = SaidDate(None, tuple(said.replace("-", " ").split())) if exact else dated(said, known.today)
    words = [word for word in when.rest if word not in _LITTLE]
    if when.date and not words and not _OF_A_MEETING.intersection(when.rest):
        return _on(when.date, known, side)
    return _meeting(text, when, words, known, side)


def ordered(since: End, until: End) -> None:
    """Raises Invalid where the end lies before the beginning."""
    backwards = (since.day, since.now) > (until.day, until.now)
    if since.snapshot is not None and until.snapshot is not None and since.day == until.day:
        backwards = since.snapshot > until.snapshot
    if backwards:
        raise Invalid(until=Message("The second date lies before the first: turn them round."))


def _snapshot(number: int | None, known: Known, side: Side) -> End:
    taken = next((each for each in known.snapshots if each.number == number), None)
    if taken:
        return End(taken.day, snapshot=taken.number)
    if not known.snapshots:
        raise Invalid(**{side: Message("There is no snapshot yet.")})
    raise Invalid(
        **{side: Message("There is no snapshot {number}; the last one is {last}.", _numbers(number or 0, known.snapshots[0].number))}
    )


def _numbers(number: int, last: int) -> dict[str, Words]:
    return {"number": Words.verbatim(str(number)), "last": Words.verbatim(str(last))}


def _on(when: PartialDate, known: Known, side: Side) -> End:
    """A date, up to its end; one that goes on, up to now."""
    if when.first > known.today:
        raise Invalid(**{side: Message("{date} is still to come: name a day that was.", {"date": _each(lambda reader: reader.date(when))})})
    return End(min(when.last, known.today), said=when)


def _meeting(text: str, when: SaidDate, words: Sequence[str], known: Known, side: Side) -> End:
    """The meeting that is called so. One in person of a council goes before others; several of one day are as good as one."""
    pool: Sequence[Called] = [each for each in known.meetings if each.meeting.kind == IN_PERSON or not _PERSON.intersection(when.rest)]
    if when.date:
        pool = [each for each in pool if each.meeting.held and each.meeting.held.within(when.date)]
    if words:
        typed = " ".join(words)
        pool = [each for each in pool if matches(typed, each.own)] or [each for each in pool if matches(typed, each.group)]
    pool = [each for each in pool if each.reviews] or pool
    was = sorted((each for each in pool if _first(each.meeting) <= known.today), key=lambda each: _last(each.meeting), reverse=True)
    if not pool or not (words or when.date or _LAST.intersection(when.rest)):
        raise Invalid(**{side: _unknown(text, known)})
    if not was:
        raise Invalid(**{side: Message("{meeting} is still to come: name a meeting that was.", {"meeting": named(pool[0].meeting)})})
    if not _LAST.intersection(when.rest) and len({_last(each.meeting) for each in was}) > 1:
        several = _several((each.meeting for each in was), Reader.either)
        values: dict[str, Words | int | date | Bilingual] = {"what": _shown(text), "meetings": several}
        raise Invalid(**{side: Message("“{what}” may be {meetings}. Say its date too, such as 2027-03.", values)})
    same = [each for each in was if _last(each.meeting) == _last(was[0].meeting)]
    return _at(next((each for each in same if known.snapshot_of(each.meeting.id)), same[0]), known, side)


def _at(called: Called, known: Known, side: Side) -> End:
    meeting = called.meeting
    if _first(meeting) > known.today:
        raise Invalid(**{side: Message("{meeting} is still to come: name a meeting that was.", {"meeting": named(meeting)})})
    taken = known.snapshot_of(meeting.id)
    day = taken.day if taken else min(_last(meeting), known.today)
    return End(day, meeting=meeting, snapshot=taken.number if taken else None)


def _unknown(text: str, known: Known) -> Message:
    what = _shown(text)
    if not known.reviews:
        return Message("I find no meeting, date or snapshot called “{what}”. Name a date, such as 2027-03-02.", {"what": what})
    meetings = _several((each.meeting for each in known.reviews), Reader.listed)
    return Message(
        "I find no meeting, date or snapshot called “{what}”. The last meetings in person: {meetings}. Or name a date, such as 2027-03-02.",
        {"what": what, "meetings": meetings},
    )


def named(meeting: MeetingIn) -> Bilingual:
    """A meeting as it is told: its place, else its title, and as much of its date as is known: "Charlottetown (October 2017)"."""

    def told(reader: Reader) -> Words:
        name = next((text.for_(reader) for text in (meeting.place, meeting.title) if text), None)
        held = reader.date(meeting.held) if meeting.held else None
        if name and held:
            return reader.gettext("{text} ({more})", text=name, more=held)
        return name or held or Words.verbatim(meeting.id)

    return _each(told)


def _several(meetings: Iterable[MeetingIn], listed: Callable[[Reader, Iterable[Words]], Words]) -> Bilingual:
    first = [named(each) for each in meetings][:_TOLD]
    return _each(lambda reader: listed(reader, (each.for_(reader) for each in first)))


def _each(told: Callable[[Reader], Words]) -> Bilingual:
    return Bilingual(*(str(told(reader)) for reader in _READERS))


def _shown(text: str) -> Words:
    tidy = " ".join(text.split())
    return Words.verbatim(tidy if len(tidy) <= _LONGEST else f"{tidy[: _LONGEST - 1]}…")


def _first(meeting: MeetingIn) -> date:
    """A meeting without a date is none that was."""
    return meeting.held.first if meeting.held else date.max


def _last(meeting: MeetingIn) -> date:
    return meeting.held.last if meeting.held else date.max
