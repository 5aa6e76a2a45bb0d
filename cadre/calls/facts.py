"""Calls, invitations, answers and reports as facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.core.french import Article
from cadre.people.facts import PersonRef

CallState = Literal["draft", "scheduled", "open", "closed", "concluded", "cancelled"]
InvitationState = Literal["silent", "nominated", "observer", "declined", "delegated", "not_taken_up", "withdrawn"]
Answer = InvitationState | Literal["seated", "waiting"]
"""What the answer of a jurisdiction is counted as: of those with whom it answers, somebody has a seat, or all wait for one."""
SignUpState = Literal["offered", "withdrawn", "accepted", "declined"]
SoughtRole = Literal["member", "alternate", "observer"]
WorkLanguage = Literal["en", "fr", "both"]
Way = Literal["slack", "email", "phone", "meeting", "letter"]

ANSWERS: Final[tuple[Answer, ...]] = ("silent", "seated", "nominated", "waiting", "observer", "declined", "not_taken_up", "withdrawn")
"""In this order they are counted; an answer that was handed on counts as none."""
INVITATION_STATES: Final[tuple[InvitationState, ...]] = (
    "silent",
    "nominated",
    "observer",
    "declined",
    "delegated",
    "not_taken_up",
    "withdrawn",
)
SOUGHT: Final[tuple[SoughtRole, ...]] = ("member", "alternate", "observer")
WORK_LANGUAGES: Final[tuple[WorkLanguage, ...]] = ("en", "fr", "both")
WAYS: Final[tuple[Way, ...]] = ("phone", "email", "meeting", "letter")
"""By which an answer comes that the secretariat records; one that is given here comes by ``slack``."""
CALL: Final = "call"
INVITATION: Final = "invitation"
SIGN_UP: Final = "sign_up"
QUESTION: Final = "question"
"""What a subject of notices and posts begins with: ``call:12``, ``invitation:7``, ``sign_up:31``, ``question:4``."""


@dataclass(frozen=True, slots=True)
class JurisdictionRef:
    """A government or municipal body. ``kind``: federal, province, territory, municipality, association …; ``article``: its French one."""

    id: str
    name: Bilingual
    kind: str
    article: Article = ""


@dataclass(frozen=True, slots=True)
class Totals:
    """What everybody may know of the answers. ``invited``, ``answered``: jurisdictions; ``offered``: people for seats, those who wait
    included, whatever became of them since, unless they withdrew; ``seated``: those of a capped call who have a seat; ``accepted``: those
    whom the secretariat has accepted for a seat.
    """

    invited: int
    answered: int
    offered: int
    seated: int
    waiting: int
    observers: int
    accepted: int = 0


@dataclass(frozen=True, slots=True)
class CallInBrief:
    """A call, as far as it matters to one answer. ``name``: of its group, which may still have to be made; ``full``: no seat is left."""

    id: int
    state: CallState
    name: Bilingual | None
    seats_each: int | None
    capped: bool
    full: bool
    closes_at: datetime | None
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class CallFacts(CallInBrief):
    """A call. ``description``: of its group, as ``name``; None while nothing is written.

    ``councils``, ``jurisdictions``: who is invited; ``channels``: Slack channels in which it is posted.
    """

    number: str | None
    group: str | None
    priority: str | None
    priority_name: Bilingual | None
    group_kind: str | None
    owner: str | None
    description: Bilingual | None
    asked: Bilingual | None
    commitment: Bilingual | None
    criteria: Bilingual | None
    roles: tuple[SoughtRole, ...]
    seats: int | None
    confirms: bool
    public: bool
    first_meeting: PartialDate | None
    chairs: tuple[PersonRef, ...]
    councils: tuple[tuple[str, Bilingual], ...]
    jurisdictions: tuple[JurisdictionRef, ...]
    channels: tuple[str, ...]
    opens_at: datetime | None
    opened_at: datetime | None
    made_by: str
    reason: Bilingual | None
    totals: Totals
    co_chairs: tuple[PersonRef, ...] = ()
    """Those who were confirmed; ``chairs`` are all who were proposed or named."""
    sitting: tuple[PersonRef, ...] = ()
    """Those of ``chairs`` who co-chair the group already: nobody proposes them."""

    @property
    def subject(self) -> str:
        """What notices and posts call it."""
        return f"{CALL}:{self.id}"


@dataclass(frozen=True, slots=True)
class LateFacts:
    """What a jurisdiction answered after the closing, and whether the secretariat has yet to decide on it (``to_decide``).

    ``people``: whom it puts forward; nobody where it declines, for what ``reason``. ``said_on``: the day, where it was told. ``taken_up``:
    it is the answer; ``settled_by``, ``settled_at``: who took it up or left it, and when.
    """

    people: tuple[PersonRef, ...]
    reason: str | None
    at: datetime
    said_on: date | None
    to_decide: bool
    taken_up: bool = False
    settled_by: str | None = None
    settled_at: datetime | None = None
    in_time: tuple[PersonRef, ...] = ()
    """Of the people, those who offered in time, and for whom only the word of their government came late."""
    refuser: str | None = None
    """The record of whoever declined, who hears what becomes of it."""


@dataclass(frozen=True, slots=True)
class BeforeFacts:
    """What a jurisdiction had answered in time, before what it answers now: a refusal, or, where what came late was taken up, whatever
    stood at the closing, be it silence. ``people``: with whom; ``answered_at`` …: as of an answer.
    """

    state: InvitationState
    reason: str | None
    people: tuple[PersonRef, ...]
    answered_at: datetime | None
    answered_by: str | None
    recorded_by: str | None
    said_by: str | None
    said_on: date | None
    way: Way | None


@dataclass(frozen=True, slots=True)
class InvitationFacts:
    """A row of the grid. ``representatives``: confirmed members and alternates, and those added; ``declined`` for what ``reason``.

    ``way``: by which the answer came, or None; ``nominees``: those with whom it answers, also where the secretariat took up none of them;
    ``volunteers``: those of it who offered to take part, and for whom nobody who answers for it has spoken. ``last_contact``: when
    something was last sent to them, or the secretariat last spoke to them; None for never.
    """

    id: int
    call: int
    jurisdiction: JurisdictionRef
    state: InvitationState
    reason: str | None
    representatives: tuple[PersonRef, ...]
    delegates: tuple[PersonRef, ...]
    nominees: tuple[PersonRef, ...]
    answered_at: datetime | None
    answered_by: str | None
    recorded_by: str | None
    said_by: str | None
    way: Way | None
    last_contact: datetime | None
    said_on: date | None = None
    volunteers: tuple[PersonRef, ...] = ()
    chosen: tuple[PersonRef, ...] = ()
    """Of the volunteers, those whom the secretariat accepted."""
    seated: tuple[PersonRef, ...] = ()
    """Of those with whom it answers, who is sure of a place: they have a seat of a capped call, or were accepted."""
    waiting: tuple[PersonRef, ...] = ()
    """Of those with whom it answers, who waits for a seat."""
    added: tuple[PersonRef, ...] = ()
    """Of its representatives, those whom the secretariat added to this call."""
    late: LateFacts | None = None
    """What came after the closing: beside this answer, which stands until the secretariat takes up the other; then it is this answer."""
    before: BeforeFacts | None = None
    """What this answer came in place of."""

    @property
    def subject(self) -> str:
        """What notices call it."""
        return f"{INVITATION}:{self.id}"

    @property
    def counts_as(self) -> Answer:
        """As what its answer is counted: one that was handed on is none yet."""
        return "silent" if self.state == "delegated" else self.stands_as

    @property
    def stands_as(self) -> Answer:
        """How its answer stands: who only waits, or is put forward, does not take part."""
        if self.state == "nominated" and self.seated:
            return "seated"
        return "waiting" if self.state == "nominated" and self.waiting == self.nominees else self.state


@dataclass(frozen=True, slots=True)
class SignUpFacts:
    """Somebody who offers to take part. See ``models.SignUp``."""

    id: int
    call: int
    person: PersonRef
    jurisdiction: JurisdictionRef | None
    stated: bool
    role: SoughtRole
    experience: str | None
    language: WorkLanguage
    state: SignUpState
    endorsed: bool | None
    """Whether it speaks for its jurisdiction: a representative or the secretariat said it, or confirmed it. None while none has."""
    to_endorse: bool
    place: int | None
    waiting: bool
    queue: int | None
    """Which they are of those who wait for a seat; None for whoever does not."""
    late: bool
    nominated_by: str | None
    made_at: datetime
    recorded_by: str | None
    said_by: str | None
    way: Way
    message: str | None
    changed_at: datetime
    said_on: date | None = None
    endorsed_by: str | None = None
    """Who confirmed what somebody else had offered."""
    own_full: bool = False
    """It waits, and the seats of its jurisdiction are taken, whatever is left of the others."""
    spoken_late: bool = False
    """A representative spoke for it after the closing only."""
    unspoken: bool = False
    """It is to be confirmed, and nobody answers for its jurisdiction: the secretariat confirms it."""
    registered: JurisdictionRef | None = None
    """Of which government they are by the registry, where that is another than the one for which they take part."""
    settled_by: str | None = None
    settled_at: datetime | None = None
    message_fr: str | None = None
    """As ``message``, which is in English."""

    @property
    def word(self) -> Bilingual | None:
        """What the secretariat wrote to them when it accepted or declined."""
        return Bilingual(self.message, self.message_fr) if self.message or self.message_fr else None

    @property
    def counts(self) -> bool:
        """Whether it is of those whom all totals count as offered for a seat: late ones are once the secretariat accepted them."""
        return self.role == "member" and (self.state == "accepted" or (self.state != "withdrawn" and not self.late))

    @property
    def answers(self) -> bool:
        """Whether its jurisdiction answers with it: what was said late does once the secretariat accepted it."""
        in_time = self.state == "offered" and not self.came_late
        return bool(self.endorsed) and (in_time or self.state == "accepted")

    @property
    def given_by(self) -> str:
        """Who gave it, as an answer of its jurisdiction: whoever recorded it, put them forward or confirmed it; else they themselves."""
        return self.recorded_by or self.nominated_by or self.endorsed_by or self.person.name

    @property
    def came_late(self) -> bool:
        """Whether its jurisdiction answered with it after the closing only."""
        return self.late or self.spoken_late

    @property
    def subject(self) -> str:
        """What notices call it."""
        return f"{SIGN_UP}:{self.id}"


@dataclass(frozen=True, slots=True)
class QuestionFacts:
    """What somebody asked about a call, and the answer, if there is one."""

    id: int
    call: int
    call_name: Bilingual
    person: PersonRef
    text: str
    asked_at: datetime
    answer: str | None
    answered_by: str | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How somebody stands to a call: what they may do, and what they answered.

    ``jurisdiction``: the one for which they take part, by their record; ``represents``: for which they may answer, with their
    invitations; ``mine``: their own answer; ``ours``: those of others of these jurisdictions; ``to_endorse``: of them, those that wait
    for their word.
    """

    call: CallFacts
    person: str | None
    jurisdiction: JurisdictionRef | None
    represents: tuple[InvitationFacts, ...]
    mine: SignUpFacts | None
    ours: tuple[SignUpFacts, ...]
    to_endorse: tuple[SignUpFacts, ...]
    secretariat: bool

    @property
    def reads_letter(self) -> bool:
        """Whether the official letter is for them: for the secretariat, its co-chairs and those who answer for a jurisdiction."""
        return self.secretariat or bool(self.represents) or self.person in {chair.id for chair in self.call.chairs}

    @property
    def owed(self) -> tuple[InvitationFacts, ...]:
        """Those that wait for this person's answer: one that was handed on waits for those to whom it was, as reminders have it."""
        if self.call.state != "open":
            return ()
        silent = (each for each in self.represents if each.counts_as == "silent" and not each.late)
        return tuple(each for each in silent if not each.delegates or self.person in {to.id for to in each.delegates})


@dataclass(frozen=True, slots=True)
class Grid:
    """All that the secretariat sees of a call."""

    call: CallFacts
    invitations: tuple[InvitationFacts, ...]
    sign_ups: tuple[SignUpFacts, ...]
    questions: tuple[QuestionFacts, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What came of a call: who, what is missing against the seats wanted, and how it is balanced.

    ``missing``: seats for which nobody is surely offered, None where no number was wanted; ``doubtful``: offers that fill none yet, for
    they are unconfirmed, late or of whom nobody invited; ``short``: jurisdictions that put forward fewer than each was asked for;
    ``silent``: those that have not answered. ``by_kind``: federal, province, territory, municipality … -> people who are sure of a seat;
    ``by_language``: en, fr, both -> the same; ``waiting``: how many wait for a seat; ``besides``: alternates and observers. ``chairs``:
    co-chairs, proposed until they are confirmed, and whether each is a council member (rule G2); ``council_chair``: whether one of them is.
    """

    grid: Grid
    missing: int | None
    short: tuple[JurisdictionRef, ...]
    by_kind: Mapping[str, int]
    by_language: Mapping[str, int]
    chairs: tuple[tuple[PersonRef, bool], ...]
    council_chair: bool
    doubtful: tuple[SignUpFacts, ...]
    silent: tuple[JurisdictionRef, ...]
    besides: Mapping[SoughtRole, int]
    waiting: int = 0
    surplus: int = 0
    """How many more are sure of a seat than seats were wanted."""
    over: tuple[tuple[JurisdictionRef, int], ...] = ()
    """Jurisdictions of which more are sure of a seat than each was asked for, and how many."""
