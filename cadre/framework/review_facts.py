"""Reviews as facts: as they stand, for whoever looks at one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, Literal

from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.core.marks import mark
from cadre.framework.review_rules import PERSON, Kind
from cadre.people.facts import PersonRef

State = Literal["open", "closed", "ended"]
PACKET: Final = "review_packet"
ITEM: Final = "review_item"
"""What a subject of notices begins with: "review_packet:12"."""
OPEN: Final = "open"
ANSWERS: Final = ("accepted", "tentative", "declined")


@dataclass(frozen=True, slots=True)
class ReviewFacts:
    """A review. ``name``: of its meeting, told by place and date; ``held``: as precise as it is known; ``closed_by``: empty where it closed
    by itself; ``snapshot``: the number of that which was taken then. ``id``: 0 of one that is not opened yet.
    """

    id: int
    meeting: str
    council: str
    council_name: Bilingual
    name: Bilingual
    held: PartialDate | None
    state: State = "open"
    opened_at: datetime | None = None
    opened_by: str = ""
    closed_at: datetime | None = None
    closed_by: str = ""
    snapshot: int | None = None
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class PlanNeed:
    """Why word of a workplan is wanted: it is not handed in; activities are late, or nobody ever said how they go."""

    id: str
    due: date
    awaited: bool
    late: int = 0
    silent: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that a review asks, as it stands. ``name``: of the group, priority or person; ``says``: of a fact, what the registry has;
    of a slide, the description. ``owed``: any one of whom answers it.

    ``state``: open; right, wrong or done, as somebody answered; elsewhere: it was settled by itself; lapsed: nobody is to answer it any
    more; of attendance, the answer. ``who``: whose word it is; ``also``: of a slide, who
    wrote its other language; ``settled_by``: of the secretariat, who confirmed it, or saw to it.
    """

    id: int
    kind: Kind
    subject: str
    key: str
    name: Bilingual
    state: str = OPEN
    owed: tuple[PersonRef, ...] = ()
    says: Bilingual | None = None
    role: str | None = None
    plan: PlanNeed | None = None
    text: str | None = None
    slide: Bilingual | None = None
    who: str | None = None
    also: str | None = None
    at: datetime | None = None
    recorded_by: str | None = None
    settled_by: str | None = None

    @property
    def open(self) -> bool:
        """Whether an answer is still waited for."""
        return self.state == OPEN

    @property
    def counts(self) -> bool:
        """Whether it is asked of anybody at all."""
        return self.state != "lapsed"

    @property
    def own(self) -> bool:
        """Whether it is of one person alone."""
        return self.subject.startswith(f"{PERSON}:")

    @property
    def waits(self) -> bool:
        """Whether the secretariat has still to see to what was answered."""
        return self.state in ("right", "wrong") and not self.settled_by

    @property
    def mark(self) -> str:
        """Of what it says: whoever says that it is right has seen that, and nothing else."""
        return mark(f"{self.says.en}|{self.says.fr}" if self.says else "")


@dataclass(frozen=True, slots=True)
class View:
    """A review as it stands. ``packets``: the number of each person's; ``revision``: of the meeting, as it is now."""

    review: ReviewFacts
    lines: tuple[Line, ...]
    people: Mapping[str, PersonRef] = field(default_factory=dict)
    packets: Mapping[str, int] = field(default_factory=dict)
    revision: int = 0

    def of(self, person: str) -> tuple[Line, ...]:
        """What one person is asked, and what became of it."""
        return tuple(line for line in self.lines if any(each.id == person for each in line.owed))

    def by_subject(self) -> dict[str, tuple[Line, ...]]:
        """The lines of each group and priority; those of people themselves are in none."""
        found: dict[str, list[Line]] = {}
        for line in self.lines:
            if line.counts and not line.own:
                found.setdefault(line.subject, []).append(line)
        return {subject: tuple(lines) for subject, lines in found.items()}

    @property
    def unsettled(self) -> tuple[Line, ...]:
        """What somebody said is not right, and nobody saw to yet."""
        return tuple(line for line in self.lines if line.state == "wrong" and line.waits)

    @property
    def silent(self) -> tuple[PersonRef, ...]:
        """Those of whom something is still asked."""
        return tuple(each for id_, each in self.people.items() if any(line.open for line in self.of(id_)))


def standing(lines: tuple[Line, ...]) -> Literal["all", "part", "silent"]:
    """How far something is answered."""
    n = sum(line.open for line in lines if line.counts)
    if not n:
        return "all"
    return "part" if n < sum(line.counts for line in lines) else "silent"
