"""Questions put to the Councils, positions and what they come to, on plain data: no session, no clock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Final

from cadre.core.dates import PartialDate
from cadre.core.errors import Message
from cadre.decisions.question_facts import STANCES, Outcome, QuestionFacts, Result, Rule, Stance, State
from cadre.groups import quorum

SUPPORTING: Final[frozenset[Stance]] = frozenset({"supports", "supports_with_comment"})
COMMENTED: Final[frozenset[Stance]] = frozenset({"supports_with_comment", "objects"})
"""Positions that say nothing without a text."""
TRANSITIONS: Final[Mapping[State, frozenset[State]]] = {
    "draft": frozenset({"scheduled", "cancelled"}),
    "scheduled": frozenset({"draft", "open", "cancelled"}),
    "open": frozenset({"closed", "cancelled"}),
    "closed": frozenset({"open", "settled", "cancelled"}),
    "settled": frozenset(),
    "cancelled": frozenset(),
}
"""Into which states a question may come from each. A closed one opens again by an extension."""
STATES: Final[Mapping[State, Message]] = {
    "draft": Message("in preparation"),
    "scheduled": Message("scheduled to open"),
    "open": Message("open"),
    "closed": Message("closed, not yet decided"),
    "settled": Message("settled"),
    "cancelled": Message("withdrawn"),
}
CONSULTED: Final[Mapping[State, Message]] = {**STATES, "closed": Message("closed to comments"), "settled": Message("ended")}
"""The same of a consultation: nothing is decided by it."""
REFUSED: Final[Mapping[State, Message]] = {
    "draft": Message("This question is a draft: it is to be scheduled first."),
    "scheduled": Message("This question is scheduled, and not open yet."),
    "open": Message("This question is open."),
    "closed": Message("This question is closed."),
    "settled": Message("This question is settled."),
    "cancelled": Message("This question is withdrawn."),
}
"""Why something cannot be done with a question, by the state that it is in."""
PAST: Final = Message("This moment is past.")
UNTIL: Final = Message("Say when the question closes.")
FARTHEST: Final = timedelta(days=366)
MOST_ITEMS: Final = 20
"""Items of one question: more do not fit into a window."""
MOST_PAPERS: Final = 10
LONGEST_TITLE: Final = 200
LONGEST_COMMENT: Final = 2000


def outcome(rule: Rule, quorum_rule: str, seats: int, positions: Iterable[Stance]) -> Outcome:
    """What positions come to by the rule that was fixed at the opening. ``seats``: all that are entitled.

    Silence is never consent: a seat that took no position neither supports nor counts for the quorum, and nor does one that does not take
    part. Consensus: some seat supports it, and no objection is sustained, that is, stands at the closing. Majority: more than half of
    those that count support it; who reserves its position does not.
    """
    counts: Counter[Stance] = Counter(positions)
    taken = counts.total() - counts["does_not_take_part"]
    needed = quorum.needed(quorum_rule, seats) or 1
    supporting = sum(counts[stance] for stance in SUPPORTING)
    if taken < needed:
        result: Result = "no_quorum"
    elif rule == "consensus":
        result = "agreed" if supporting and not counts["objects"] else "not_agreed"
    else:
        result = "agreed" if 2 * supporting > taken else "not_agreed"
    return Outcome(result, dict(counts), seats - counts.total(), taken, needed)


def is_over(state: str, closes_at: datetime | None, now: datetime) -> bool:
    """Whether what comes now comes after the closing, also where its moment is past and nobody closed it yet."""
    return state in ("closed", "settled") or (state == "open" and closes_at is not None and closes_at <= now)


def wrong_position(stance: str, comment: str) -> dict[str, Message]:
    """What cannot be taken of a position, by its field."""
    wrong: dict[str, Message] = {}
    if stance not in STANCES:
        wrong["stance"] = Message("Choose one of those offered.")
    elif stance == "objects" and not comment:
        wrong["comment"] = Message("Say why you object: an objection needs its reason.")
    elif stance in COMMENTED and not comment:
        wrong["comment"] = Message("Write the comment.")
    if len(comment) > LONGEST_COMMENT:
        wrong["comment"] = Message("Use {n} characters at most.", {"n": LONGEST_COMMENT})
    return wrong


def wrong_day(said_on: date | None, opened: date | None) -> Message | None:
    """Why a position was not given on a day; None where it may have been. ``opened``: the day on which the question opened."""
    if said_on and opened and said_on < opened:
        return Message("The question opened on {date}: nobody gave a position before.", {"date": opened})
    return None


def owed(question: QuestionFacts) -> dict[str, Message]:
    """Why a question cannot be put yet: field -> what is missing. Empty where nothing is."""
    wrong: dict[str, Message] = {}
    if question.title is None:
        wrong |= {f"title_{language}": Message("Give it a title.") for language in ("en", "fr")}
    for name, text in (("title", question.title), ("background", question.background)):
        if text is not None:
            wrong |= {f"{name}_{language}": _OWED[language] for language in text.owed()}
    if not question.items and not question.consults:
        wrong["items"] = Message("Say what is asked: one recommendation at least, or a wording of your own.")
    for language in sorted({language for item in question.items for language in item.wording.owed()}):
        wrong[f"items_{language}"] = _OWED[language]
    if any(paper.text and (paper.text.owed() or paper.title.owed()) for paper in question.papers):
        wrong["papers"] = Message("The document that is put with it is still to be written in both languages, its title too.")
    unspoken = sum(not seat.speaking for seat in question.seats)
    if not question.seats:
        wrong["seats"] = Message("Say which governments have a seat.")
    elif unspoken:
        wrong["speakers"] = Message("Say who speaks for each seat. Seats for which nobody does: {n}.", {"n": unspoken})
    if question.closes_at is None:
        wrong["closes_at"] = UNTIL
    return wrong


_OWED: Final[Mapping[str, Message]] = {
    "en": Message("Still to be written in English, or looked at again."),
    "fr": Message("Still to be written in French, or looked at again."),
}


def wrong_times(opens_at: datetime | None, closes_at: datetime | None, now: datetime) -> dict[str, Message]:
    """What is wrong with the time of a question that is to be put."""
    if opens_at is None:
        return {"opens_at": Message("Say when the question opens.")}
    if closes_at is None:
        return {"closes_at": UNTIL}
    if no := wrong_closing(closes_at, now):
        return {"closes_at": no}
    if closes_at <= opens_at:
        return {"closes_at": Message("The question must close after it opens.")}
    return {}


def wrong_closing(moment: datetime, now: datetime) -> Message | None:
    """Why no question closes at a moment; None where one may."""
    if moment <= now:
        return PAST
    return None if moment < now + FARTHEST else Message("Choose a moment within the coming year.")


def status_of(outcomes: Collection[str | None]) -> str:
    """What becomes of a recommendation by what was decided on all that is asked by it, None of what is open: approved where one of that was
    agreed, declined where nothing was.
    """
    if "agreed" in outcomes:
        return "approved"
    return "declined" if set(outcomes) == {"not_agreed"} else "proposed"


def wrong_review(review: PartialDate | None, effective: PartialDate | None) -> Message | None:
    """Why a decision cannot be reviewed by then; None where it may. ``effective``: from when it is in effect."""
    if review and effective and review.last <= effective.first:
        return Message("It must come after the day from which it is in effect.")
    return None


def next_number(earlier: Iterable[int | None]) -> int:
    """Which of its year a decision is. ``earlier``: the numbers that were given in that year, by that council."""
    return max((number for number in earlier if number), default=0) + 1


def shown(year: int | None, number: int | None) -> str:
    """How the number of a decision is written: 2027-03; of one of the seed, whose year is not known, 1."""
    return "" if number is None else f"{year}-{number:02d}" if year else str(number)
