"""Workplans, activities and outcomes as facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, Literal

from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.core.errors import Message
from cadre.core.i18n import Language
from cadre.people.facts import PersonRef

WorkplanState = Literal["draft", "submitted", "complete", "returned", "approved"]
TextEvent = Literal["submitted", "approved", "withdrawn"]
ActivityState = Literal["not_started", "on_track", "at_risk", "off_track", "done", "dropped"]
WORKPLAN_STATES: Final[tuple[WorkplanState, ...]] = ("draft", "submitted", "complete", "returned", "approved")
EVENTS: Final[tuple[TextEvent, ...]] = ("submitted", "approved", "withdrawn")
ACTIVITY_STATES: Final[tuple[ActivityState, ...]] = ("not_started", "on_track", "at_risk", "off_track", "done", "dropped")
WORKPLAN: Final = "workplan"
ACTIVITY: Final = "activity"
"""The kinds of notice, and what a subject begins with: ``workplan:demo-orchards.2027-1``, ``activity:12``."""


@dataclass(frozen=True, slots=True)
class PutOff:
    """Who gave or took more time, on which day it had been due before, and when that was. ``taken``: whether by those whose it is, by
    right, and not given to them by somebody else.
    """

    who: str
    before: date
    at: datetime
    taken: bool = False


@dataclass(frozen=True, slots=True)
class OutcomeFacts:
    """What an activity feeds of the logic model. ``term``: output, short, medium or long."""

    id: str
    term: str
    number: int
    wording: Bilingual


@dataclass(frozen=True, slots=True)
class ActivityFacts:
    """One thing that a workplan sets out to do. ``target``: the name of the group or priority whose workplan it stands in.

    ``told_at``, ``told_by``: when and by whom its state was last said. ``open``: neither done nor dropped.
    """

    id: int
    workplan: str
    target: Bilingual
    number: int
    title: Bilingual
    due: date | None
    state: ActivityState
    note: Bilingual | None
    outcome: OutcomeFacts | None
    owners: tuple[PersonRef, ...]
    told_at: datetime | None
    told_by: str | None
    asked_until: date | None = None
    """Until when the secretariat was asked for more time, and has not answered yet."""
    put_off: PutOff | None = None
    """The more time by which it is due when it is."""
    gone: tuple[PersonRef, ...] = ()
    """Of the owners of one that is open, those who left the role in which they were given it."""

    @property
    def remaining(self) -> tuple[PersonRef, ...]:
        """Those who carry it out by now."""
        return tuple(owner for owner in self.owners if owner not in self.gone)

    @property
    def subject(self) -> str:
        """What notices call it."""
        return f"{ACTIVITY}:{self.id}"

    @property
    def open(self) -> bool:
        """Whether something is still to be done."""
        return self.state not in ("done", "dropped")


@dataclass(frozen=True, slots=True)
class WorkplanFacts:
    """A workplan. ``half``: ``2027-1``; ``cycle``: its id; ``due_by``: what the due date goes by: ``calendar``, ``meeting`` or ``moved``.

    ``leads``, ``co_chairs``, ``alternates``: those whom the secretariat confirmed, now.
    """

    id: str
    half: str
    cycle: str
    council: str
    council_name: Bilingual
    target_kind: Literal["group", "priority"]
    target: str
    target_name: Bilingual
    state: WorkplanState
    aim: Bilingual | None
    due: date
    due_by: Literal["calendar", "meeting", "moved"]
    meeting: str | None
    meeting_name: Bilingual | None
    """The in-person meeting that is to approve it, told by its place and month."""
    reason: str | None
    """Why it was returned; of a complete one, why its approval was taken back: as it was written, in ``reason_in`` where that is known."""
    settled_at: datetime | None
    settled_by: str | None
    activities: tuple[ActivityFacts, ...]
    leads: tuple[PersonRef, ...]
    co_chairs: tuple[PersonRef, ...]
    alternates: tuple[PersonRef, ...]
    handed_in: datetime | None = None
    """When one that is submitted, complete or approved was handed in last."""
    changed_since: bool = False
    """Whether it plans something else since it was handed in or, once it is, approved: another text, due date, owner or outcome. How it
    goes is no change of the plan.
    """
    approved_name: Bilingual | None = None
    """The meeting that approved it, told as ``meeting_name``."""
    decision: str | None = None
    """The number of the decision that did, where there is one: "2027-03"."""
    asked_until: date | None = None
    """Until when the secretariat was asked for more time, and has not answered yet."""
    put_off: PutOff | None = None
    """The more time by which it is due when it is."""
    reason_in: str | None = None
    meeting_over: date | None = None
    """The day after which the in-person meeting that is to approve it is over, by as much of its date as is known."""
    asleep: bool = False
    """Whether it is of a group that meets no more, or not at present: nobody waits for its work."""
    dissolved: bool = False
    """Whether it is of a group that is dissolved."""

    @property
    def subject(self) -> str:
        """What notices call it."""
        return f"{WORKPLAN}:{self.id}"

    @property
    def awaited(self) -> bool:
        """Whether it is still to be handed in."""
        return self.state in ("draft", "returned")

    @property
    def waited_for(self) -> bool:
        """Whether somebody waits for it, so that it can be late."""
        return self.awaited and not self.asleep

    @property
    def given_up(self) -> bool:
        """Whether nothing comes of it: its group was dissolved before it was approved."""
        return self.dissolved and self.state != "approved"


@dataclass(frozen=True, slots=True)
class HandedIn:
    """One time that a workplan was handed in, and the state into which it came last before it was handed in again, if any: when, and by
    whom.
    """

    state: WorkplanState
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Seen:
    """A workplan as one person sees it: what they may do with it, and which languages its texts still owe."""

    plan: WorkplanFacts
    may_edit: bool
    """Leads, co-chairs, their alternates and the secretariat: write it and hand it in."""
    may_settle: bool
    """The secretariat: accept, return, record the approval, move the due date."""
    mine: frozenset[int]
    """The activities whose state they may say: all for those who may edit, else those that they own."""
    owed: tuple[tuple[str, Language], ...]
    """What is still to be written, or looked at again: field (``aim``, ``title:12``, ``note:12``) and language."""
    copied_from: str | None
    """The workplan of the half before, which can be copied."""
    others: tuple[tuple[str, str], ...] = ()
    """The workplans of the same group or priority in other halves that they may see: half and id, the latest first."""
    going_on: frozenset[int] = frozenset()
    """Activities that go on in a later workplan: there is their state said."""
    left_open: tuple[ActivityFacts, ...] = ()
    """Activities of the half before that are open, and go on nowhere: nobody is reminded of them once this workplan is approved."""


@dataclass(frozen=True, slots=True)
class Copied:
    """How many activities came from the last workplan. ``overdue``: those of them that were due on a day that is past, now on none."""

    activities: int = 0
    overdue: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """A workplan that somebody may see. ``counts``: whether no later one took its place; ``lateness``: whether they may know how late it
    is; ``mine``: whether they write it.
    """

    plan: WorkplanFacts
    counts: bool
    lateness: bool
    mine: bool


@dataclass(frozen=True, slots=True)
class TextFacts:
    """A frozen text: of which event, by whom, when. ``text``: in each language, a line for each thing said.

    Where the approval before it was taken back (``withdrawn``), the text is the reason, as it was written.
    """

    version: int
    event: TextEvent
    at: datetime
    by: str
    meeting_name: Bilingual | None
    text: Bilingual


@dataclass(frozen=True, slots=True)
class LastChange:
    """Who changed something last, and when."""

    who: str
    when: datetime


@dataclass(frozen=True, slots=True)
class CycleFacts:
    """What the due dates of a cycle go by: see ``cadre.workplans.models.Cycle``."""

    id: str
    meeting: str | None
    offset: int
    moved_to: date | None


@dataclass(frozen=True, slots=True)
class MeetingChoice:
    """An in-person meeting, told by its place and date. ``refused``: why it cannot have approved the workplan in question."""

    id: str
    name: Bilingual
    held: PartialDate | None
    refused: Message | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a difference: ``same``, ``added`` or ``removed``."""

    change: Literal["same", "added", "removed"]
    text: str


@dataclass(frozen=True, slots=True)
class ExtensionFacts:
    """More time that somebody took or asks for. ``name``: of the workplan's target, or the activity's title; ``plan``, ``target``: the
    workplan that it is or stands in, and of what; ``due``: now; ``before``, ``taken``: when it was due, and how many days had been
    given for it all in all, when this was asked.
    """

    id: int
    subject: str
    name: Bilingual
    before: date
    until: date
    reason: str
    state: Literal["granted", "asked", "approved", "refused"]
    asked_by: str
    asked_at: datetime
    settled_by: str | None
    target: Bilingual
    plan: str
    due: date | None
    taken: int


@dataclass(frozen=True, slots=True)
class ActivityForm:
    """What stands in the window of an activity. ``id``: None for a new one; ``view_id``: the window, for a new one.

    The window shows both languages: one that is left empty is taken away, and owed.
    """

    workplan: str
    id: int | None
    title_en: str
    title_fr: str
    due: date | None
    owners: tuple[str, ...]
    outcome: str | None
    note_en: str = ""
    note_fr: str = ""
    view_id: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody says of activities on one screen, of whichever workplans: activity -> state, and a note in the language that they
    write in. ``shown``: marks of the state and the note (``note_en``) that the screen showed of each.
    """

    states: Mapping[int, ActivityState]
    notes: Mapping[int, str]
    language: Language
    shown: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
