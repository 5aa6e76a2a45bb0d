"""Questions put to the Councils, their seats, positions and comments as facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, Literal

from cadre.core.bilingual import Bilingual
from cadre.core.french import Article
from cadre.people.facts import PersonRef

Kind = Literal["position", "consultation"]
State = Literal["draft", "scheduled", "open", "closed", "settled", "cancelled"]
Stance = Literal["supports", "supports_with_comment", "reserves", "objects", "does_not_take_part"]
Rule = Literal["consensus", "majority"]
Sees = Literal["seats", "council", "secretariat"]
Result = Literal["agreed", "not_agreed", "no_quorum"]
Way = Literal["slack", "phone", "email", "meeting", "letter"]

CONSULTATION: Final = "consultation"
STANCES: Final[tuple[Stance, ...]] = ("supports", "supports_with_comment", "reserves", "objects", "does_not_take_part")
RULES: Final[tuple[Rule, ...]] = ("consensus", "majority")
QUORUMS: Final = ("half", "majority", "two_thirds", "all")
SEES: Final[tuple[Sees, ...]] = ("seats", "council", "secretariat")
WAYS: Final[tuple[Way, ...]] = ("phone", "email", "meeting", "letter")
"""By which a position comes that the secretariat records; one that is taken here comes by ``slack``."""
QUESTION: Final = "council_question"
SEAT: Final = "question_seat"
DECISION: Final = "decision"
"""What a subject of notices begins with: ``council_question:12``, ``question_seat:7``, ``decision:3f…``."""


@dataclass(frozen=True, slots=True)
class PlaceRef:
    """A government or municipal body. ``article``: its French one."""

    id: str
    name: Bilingual
    article: Article = ""


@dataclass(frozen=True, slots=True)
class SpeakerFacts:
    """Somebody who takes the position of a seat. ``left``: the registry has them in that council no more, so they cannot any more.

    ``spoke``: they did so to the end: of a question that is closed, at its closing, whatever became of their role since.
    """

    person: PersonRef
    alternate: bool
    left: bool = False
    spoke: bool = True


@dataclass(frozen=True, slots=True)
class SeatFacts:
    """A jurisdiction entitled to a position, and who speaks for it."""

    id: int
    place: PlaceRef
    speakers: tuple[SpeakerFacts, ...]
    by_hand: bool = False

    @property
    def subject(self) -> str:
        """What notices call it."""
        return f"{SEAT}:{self.id}"

    @property
    def speaking(self) -> tuple[PersonRef, ...]:
        """Those who can take its position now."""
        return tuple(each.person for each in self.speakers if not each.left)

    def spoken_by(self, person: str | None) -> bool:
        """Whether somebody speaks for it; of a question that is closed, whether they did so at the closing."""
        return any(each.person.id == person and each.spoke for each in self.speakers)

    def is_of(self, person: str | None) -> bool:
        """Whether somebody can take its position now."""
        return any(each.id == person for each in self.speaking)


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """One thing on which each seat takes a position. ``decision``: what was decided on it, with its number (``label``) and ``outcome``;
    ``set_aside``: that nothing is.
    """

    id: int
    number: int
    recommendation: str | None
    wording: Bilingual
    decision: str | None = None
    set_aside: bool = False
    reason: Bilingual | None = None
    label: str = ""
    outcome: str | None = None

    @property
    def settled(self) -> bool:
        """Whether nothing is left to be decided on it."""
        return self.decision is not None or self.set_aside


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """A background paper, found at an ``address``; or a version of a document, with its ``number`` and ``text``, and whether it is
    ``approved`` by now.
    """

    id: int
    title: Bilingual
    address: Bilingual | None = None
    number: int | None = None
    text: Bilingual | None = None
    approved: bool = False


@dataclass(frozen=True, slots=True)
class PositionFacts:
    """The position of one seat on one item. ``recorded_by``: of the secretariat, where it came by another way on a day (``said_on``).

    ``who``: the name of whoever took or gave it; ``version``: how often it was taken or changed.
    """

    item: int
    seat: int
    stance: Stance
    comment: str | None
    person: str | None
    taken_by: str
    taken_at: datetime
    way: Way
    recorded_by: str | None
    said_on: date | None
    version: int
    who: str = ""


@dataclass(frozen=True, slots=True)
class LateFacts:
    """What a seat said after the closing: it does not count. ``who``: the name of whoever said it."""

    item: int
    seat: int
    stance: Stance
    comment: str | None
    taken_by: str
    taken_at: datetime
    who: str = ""


@dataclass(frozen=True, slots=True)
class CommentFacts:
    """What somebody wrote in a consultation. ``place``: of which government they are."""

    id: int
    person: PersonRef
    place: PlaceRef | None
    text: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class QuestionFacts:
    """A question, all that was fixed of it included."""

    id: int
    kind: Kind
    state: State
    council: str
    council_name: Bilingual
    category: str | None
    title: Bilingual | None
    background: Bilingual | None
    rule: Rule
    quorum: str
    sees: Sees
    opens_at: datetime | None
    closes_at: datetime | None
    opened_at: datetime | None
    closed_at: datetime | None
    settled_at: datetime | None
    made_by: str
    reason: Bilingual | None
    items: tuple[ItemFacts, ...]
    papers: tuple[PaperFacts, ...]
    seats: tuple[SeatFacts, ...]

    @property
    def subject(self) -> str:
        """What notices call it."""
        return f"{QUESTION}:{self.id}"

    @property
    def consults(self) -> bool:
        """Whether only comments are asked for, and nothing is decided."""
        return self.kind == CONSULTATION

    @property
    def speaking(self) -> tuple[tuple[str, str], ...]:
        """Each who speaks for a seat, and what notices call the seat."""
        return tuple((person.id, seat.subject) for seat in self.seats for person in seat.speaking)

    def item(self, id_: int) -> ItemFacts:
        """One thing that is asked."""
        return next(each for each in self.items if each.id == id_)

    def seat(self, id_: int) -> SeatFacts:
        """One of its seats."""
        return next(each for each in self.seats if each.id == id_)


@dataclass(frozen=True, slots=True)
class QuestionRef:
    """Another question."""

    id: int
    title: Bilingual | None
    state: State


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the positions on one item come to. ``counts``: seats by their position; ``silent``: those that took none.

    ``taken``: seats that count for the quorum, of which ``needed`` must be there.
    """

    result: Result
    counts: Mapping[Stance, int] = field(default_factory=dict)
    silent: int = 0
    taken: int = 0
    needed: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """A question as one person sees it. ``mine``: seats for which they speak, or did at the closing; ``now``: of these, those of which they
    can take the position now; ``positions``: those that they may see.

    ``answered``: seats that took a position on every item, or in a consultation people who commented; ``begun``: seats that took one on
    some: everybody who sees the question may know how many. ``missed``: it is a draft still, though its opening was set for an earlier
    moment. For the secretariat only: ``late``; ``outcomes``, by item, once it is closed; ``elsewhere``, by item, while it is written, other
    questions that ask it and are not settled.
    """

    question: QuestionFacts
    mine: tuple[SeatFacts, ...]
    positions: tuple[PositionFacts, ...]
    answered: int
    secretariat: bool
    sees_all: bool
    over: bool
    comments: tuple[CommentFacts, ...] = ()
    late: tuple[LateFacts, ...] = ()
    outcomes: Mapping[int, Outcome] = field(default_factory=dict)
    begun: int = 0
    now: tuple[SeatFacts, ...] = ()
    missed: bool = False
    elsewhere: Mapping[int, tuple[QuestionRef, ...]] = field(default_factory=dict)

    def knows(self, seat: SeatFacts) -> bool:
        """Whether they may know who took the position of a seat: those of that seat, and the secretariat."""
        return self.secretariat or seat in self.mine

    def position(self, item: int, seat: int) -> PositionFacts | None:
        """That of a seat on an item, where it took one that they may see."""
        return next((each for each in self.positions if (each.item, each.seat) == (item, seat)), None)

    def waits(self, seat: SeatFacts) -> bool:
        """Whether a seat of theirs is silent on something while it can still take a position."""
        asks = self.question.state == "open" and not self.over and not self.question.consults
        return asks and any(self.position(item.id, seat.id) is None for item in self.question.items)
