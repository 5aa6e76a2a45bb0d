"""Meetings, invitations, agendas, minutes and polls, as one person sees them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final, Literal
from zoneinfo import ZoneInfo

from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.core.reader import DEFAULT_ZONE
from cadre.meetings.facts import MeetingFacts
from cadre.meetings.series import Every, Wall, instant
from cadre.people.facts import PersonRef

MEETING: Final = "meeting"
INVITEE: Final = "invitee"
POLL: Final = "poll"
VOICE: Final = "voice"
ACTION: Final = "action"
AGENDA: Final = "agenda"
ITEM: Final = "agenda_item"
MINUTES: Final = "minutes"
"""What notices call them: "meeting:3f…", "poll:12"."""

Answer = Literal["", "accepted", "tentative", "declined"]
SlotAnswer = Literal["yes", "if_needed", "no"]
ItemKind = Literal["decision", "discussion", "update"]
MinutesState = Literal["draft", "circulated", "approved"]
MeetingKind = Literal["in_person", "teleconference"]
IN_PERSON: Final = "in_person"
TELECONFERENCE: Final = "teleconference"


@dataclass(frozen=True, slots=True)
class Joining:
    """How to take part from afar. Only whoever is invited, and whoever arranges the meeting, is told."""

    link: str | None
    text: str | None


@dataclass(frozen=True, slots=True)
class Counts:
    """Who comes. ``standing_in``: of those who declined, how many have somebody come in their place who agreed to, and counts for
    the quorum.

    ``needed``: how many must be there by the group's rule; None where no rule is known. ``recorded``: whether there was a quorum, as the
    chair recorded it at the meeting.
    """

    invited: int
    accepted: int
    tentative: int
    declined: int
    standing_in: int = 0
    needed: int | None = None
    recorded: bool | None = None

    @property
    def coming(self) -> int:
        """Who counts for the quorum: those who accepted, and those who come in somebody's place."""
        return self.accepted + self.standing_in

    @property
    def quorum(self) -> bool | None:
        """Whether the group's rule is met; None where no rule is known."""
        return None if self.needed is None else self.coming >= self.needed

    @property
    def silent(self) -> int:
        """Who has not answered."""
        return self.invited - self.accepted - self.tentative - self.declined


@dataclass(frozen=True, slots=True)
class InviteeFacts:
    """Somebody who is invited, and what they answered. ``zone``: where they live; ``whole``: they answered for all of the series."""

    id: int
    meeting: str
    person: PersonRef
    jurisdiction: str | None
    zone: str
    must: bool
    answer: Answer
    answered_at: datetime | None
    stands_in: PersonRef | None
    stand_in_agreed: bool
    recorded_by: str | None
    said_by: str | None
    way: str | None
    diet: str | None
    access: str | None
    interpretation: bool | None
    attended: bool | None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class MeetingView:
    """A meeting as one person sees it. ``joining``: None for whoever is not invited; ``mine``: their own invitation; ``in_place_of``: the
    invitation of somebody else in whose place they are to come.

    ``may_arrange``: they may change it; ``inside``: they may, are invited, or come in somebody's place: they see who comes, how to join,
    and what is provisional still. ``ends_at``: when it is over, on the last of its days. ``repeats``: the series that it is one of;
    ``occurrence``: the day that its rule gives. ``results``: what one in person is to bring.
    """

    facts: MeetingFacts
    group_name: Bilingual
    channel: str | None
    fold: int
    ends_at: datetime | None
    joining: Joining | None
    counts: Counts
    mine: InviteeFacts | None
    in_place_of: InviteeFacts | None
    may_arrange: bool
    inside: bool
    reason: Bilingual | None
    revision: int
    changed_at: datetime | None
    changed_by: str | None
    made_by: str | None
    series: int | None
    occurrence: date | None
    repeats: SeriesFacts | None
    minutes_state: MinutesState | None
    results: tuple[Bilingual, ...] = ()

    @property
    def id(self) -> str:
        """Its record."""
        return self.facts.id

    @property
    def subject(self) -> str:
        """What notices and posts call it."""
        return f"{MEETING}:{self.facts.id}"

    @property
    def cancelled(self) -> bool:
        """Whether it does not take place."""
        return self.facts.state == "cancelled"

    @property
    def moved_from(self) -> datetime | None:
        """Of one of a series that was moved: when it would have been by the rule, UTC."""
        if self.repeats is None or self.occurrence is None or self.facts.starts_at is None:
            return None
        usual = instant(Wall(self.occurrence, self.repeats.at), ZoneInfo(self.repeats.zone))
        return usual if usual != self.facts.starts_at else None


@dataclass(frozen=True, slots=True)
class SeriesFacts:
    """A series: its rule, as ``cadre.meetings.series`` reads it."""

    id: int
    group: str
    title: Bilingual | None
    first: date
    at: time
    zone: str
    minutes: int
    every: Every
    interval: int
    until: date | None
    state: Literal["going", "ended"]


@dataclass(frozen=True, slots=True)
class Repeat:
    """How a meeting comes again. ``until``: the last day on which it may come; None for no end."""

    every: Every
    interval: int = 1
    until: date | None = None


@dataclass(frozen=True, slots=True)
class MeetingForm:
    """What is typed of a meeting. ``day`` and ``at`` are what the wall of ``zone`` shows; ``month``: of one in person without a day yet.

    ``fold``: which of two is meant where the time comes twice, 0 or 1; None while nobody was asked. ``invited``: people by their
    records; None for everybody who is confirmed in the group. ``repeat``: None for a single meeting. ``results_en``, ``results_fr``: what
    one in person is to bring, one a line.
    """

    group: str
    kind: MeetingKind = "teleconference"
    title_en: str = ""
    title_fr: str = ""
    day: date | None = None
    at: time | None = None
    zone: str = DEFAULT_ZONE
    fold: int | None = None
    minutes: int = 60
    month: PartialDate | None = None
    last_day: date | None = None
    place_en: str = ""
    place_fr: str = ""
    results_en: str = ""
    results_fr: str = ""
    jurisdiction: str | None = None
    link: str = ""
    joining: str = ""
    invited: tuple[str, ...] | None = None
    repeat: Repeat | None = None


@dataclass(frozen=True, slots=True)
class Caution:
    """Something about a time that whoever chooses it should know: it keeps nobody from choosing it.

    ``kind``: ``holiday`` (``holiday``: its name by language), ``weekend`` (``local``: their day), ``odd`` (an hour at which people do not
    work; ``local``: their time, ``ends``: of the end, where only that is outside) or ``clash`` (``other``: the meeting to which the same
    people are asked at that time). ``days``: of a series, those on which it is so.
    """

    kind: Literal["holiday", "weekend", "odd", "clash"]
    people: tuple[PersonRef, ...]
    local: datetime | None = None
    holiday: Bilingual | None = None
    other: MeetingFacts | None = None
    ends: bool = False
    days: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """One thing on an agenda. ``paper``: its address by language; ``asked_on``: when its owner was asked for what is missing.

    ``approves``: the earlier meeting whose minutes it is to approve.
    """

    id: int
    meeting: str
    number: int
    kind: ItemKind
    title: Bilingual
    tab: str | None
    owner: PersonRef | None
    minutes: int | None
    paper: Bilingual | None
    needs_paper: bool
    asked_on: date | None
    approves: str | None = None


@dataclass(frozen=True, slots=True)
class MinutesFacts:
    """The minutes of a meeting. ``version``: what a window was drawn from, to see whether somebody wrote meanwhile."""

    meeting: str
    text: Bilingual | None
    state: MinutesState
    version: int
    changed_at: datetime
    changed_by: str
    circulated_at: datetime | None
    approved_at: str | None
    sent: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class CorrectionFacts:
    """What somebody wants corrected in minutes, and still waits for."""

    id: int
    by: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class SlotFacts:
    """One time that a poll asks about. ``instant``: UTC."""

    id: int
    day: date
    at: time
    instant: datetime


@dataclass(frozen=True, slots=True)
class VoiceFacts:
    """Somebody who is asked, and what they said of each time."""

    id: int
    person: PersonRef
    zone: str
    must: bool
    answers: dict[int, SlotAnswer]
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class PollFacts:
    """A poll as one person sees it. ``may_arrange``: they may choose a time and close it; only they see what others said (``voices``).

    ``mine``: what the reader said, if they are asked. ``asked``, ``answered``: how many are, and did. ``takes_answers``: it is open, and
    its last day is not past. ``begins``: when the meeting is that it became.
    """

    id: int
    group: str
    group_name: Bilingual
    title: Bilingual | None
    zone: str
    minutes: int
    closes_on: date
    state: Literal["open", "chosen", "closed"]
    takes_answers: bool
    made_by: str
    meeting: str | None
    begins: datetime | None
    slots: tuple[SlotFacts, ...]
    voices: tuple[VoiceFacts, ...]
    mine: VoiceFacts | None
    asked: int
    answered: int
    may_arrange: bool

    @property
    def subject(self) -> str:
        """What notices call it."""
        return f"{POLL}:{self.id}"

    @property
    def silent(self) -> int:
        """How many have said nothing yet."""
        return self.asked - self.answered
