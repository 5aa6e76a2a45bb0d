"""Questions, positions and decisions in words, once for all faces. Until it is confirmed, every face says that a decision is proposed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate, Precision
from cadre.core.errors import Message
from cadre.core.reader import Reader, named
from cadre.core.words import Words
from cadre.decisions import rules
from cadre.decisions.documents import VersionFacts
from cadre.decisions.facts import DecisionFacts
from cadre.decisions.question_facts import (
    STANCES,
    ItemFacts,
    Outcome,
    PaperFacts,
    PlaceRef,
    PositionFacts,
    QuestionFacts,
    QuestionRef,
    Result,
    SeatFacts,
    Sees,
    SpeakerFacts,
    Stance,
    Standing,
    Way,
)
from cadre.decisions.register import DecisionView
from cadre.groups import quorum

STANCE: Final[Mapping[Stance, Message]] = {
    "supports": Message("supports"),
    "supports_with_comment": Message("supports, with a comment"),
    "reserves": Message("reserves its position"),
    "objects": Message("objects"),
    "does_not_take_part": Message("does not take part"),
}
CHOICE: Final[Mapping[Stance, Message]] = {
    "supports": Message("Support"),
    "supports_with_comment": Message("Support, with a comment"),
    "reserves": Message("Reserve our position"),
    "objects": Message("Object (say why)"),
    "does_not_take_part": Message("Not take part"),
}
RESULT: Final[Mapping[Result, Message]] = {
    "agreed": Message("agreed"),
    "not_agreed": Message("not agreed"),
    "no_quorum": Message("no quorum"),
}
_RULE: Final[Mapping[str, Message]] = {
    "consensus": Message("By consensus: agreed where a seat supports it and no objection is sustained."),
    "majority": Message("By majority: agreed where more than half of the seats that take a position support it."),
}
RULE: Final[Mapping[str, Message]] = {"consensus": Message("Consensus"), "majority": Message("Majority")}
QUORUM: Final[Mapping[str, Message]] = {
    "half": Message("half of the seats"),
    "majority": Message("more than half of the seats"),
    "two_thirds": Message("two thirds of the seats"),
    "all": Message("all seats"),
}
SEES: Final[Mapping[Sees, Message]] = {
    "seats": Message("those who speak for a seat, and the secretariat"),
    "council": Message("everybody of the council, and the secretariat"),
    "secretariat": Message("the secretariat only"),
}
WAY: Final[Mapping[Way, Message]] = {
    "slack": Message("in Slack"),
    "phone": Message("by phone"),
    "email": Message("by e-mail"),
    "meeting": Message("at a meeting"),
    "letter": Message("by letter"),
}


def title(question: QuestionFacts, reader: Reader) -> Words:
    """What a question is called."""
    return question.title.marked(reader) if question.title else reader.gettext("(without a title)")


def place(of: PlaceRef, reader: Reader) -> Words:
    """A government or municipal body inside a sentence."""
    return reader.name(of.name.for_(reader), of.article)


def state(question: QuestionFacts, reader: Reader, *, over: bool = False) -> Words:
    """How a question stands. ``over``: nobody closed it yet, but its moment is past."""
    of = "closed" if over and question.state == "open" else question.state
    return (rules.CONSULTED if question.consults else rules.STATES)[of].for_(reader)


def kind(question: QuestionFacts, reader: Reader) -> Words:
    """Whether positions or comments are asked for."""
    return reader.gettext("Consultation") if question.consults else reader.gettext("Question to a council")


def until(question: QuestionFacts, reader: Reader, *, over: bool = False, missed: bool = False) -> Words | None:
    """Until when a position can be taken; since when not any more; when it opens and closes. ``missed``: it did not open then."""
    _ = reader.gettext
    if question.state in ("draft", "scheduled"):
        opens, closes = (reader.moment(at) if at else None for at in (question.opens_at, question.closes_at))
        if opens and missed:
            return _("The opening that was set is past: {moment}", moment=opens)
        if opens and closes:
            return _("Opens {opens}; closes {closes}", opens=opens, closes=closes)
        return _("Opens {moment}", moment=opens) if opens else _("Closes {moment}", moment=closes) if closes else None
    if question.state == "open" and question.closes_at and not over:
        return _("Open until {moment}", moment=reader.moment(question.closes_at))
    closed = question.closed_at or question.closes_at
    return _("Closed since {moment}", moment=reader.moment(closed)) if closed and question.state != "cancelled" else None


def opened(question: QuestionFacts, reader: Reader) -> Words | None:
    """Since when positions can be taken; None before that."""
    return reader.gettext("Opened: {moment}", moment=reader.moment(question.opened_at)) if question.opened_at else None


def speaker(of: SpeakerFacts, reader: Reader) -> Words:
    """Who speaks for a seat: whether as its alternate."""
    name = Words.verbatim(of.person.name)
    return reader.gettext("{name} (alternate)", name=name) if of.alternate else name


def paper(of: PaperFacts, reader: Reader) -> Words:
    """What a background paper is called, and where it is found."""
    _, title = reader.gettext, of.title.marked(reader)
    if of.address:
        return _("{title}: {address}", title=title, address=of.address.marked(reader))
    if of.number is None:
        return title
    if of.approved:
        return _("{title} (version {n})", title=title, n=of.number)
    return _("{title} (version {n}, proposed)", title=title, n=of.number)


def seats(question: QuestionFacts, reader: Reader) -> Iterator[Words]:
    """The seats, and who speaks for each."""
    for seat in question.seats:
        yield spoken(seat, place(seat.place, reader).sentence, reader)


def spoken(seat: SeatFacts, name: Words, reader: Reader) -> Words:
    """A seat, as it is named, and who speaks for it, or did at the closing."""
    names = [speaker(each, reader) for each in seat.speakers if each.spoke]
    if not names:
        return reader.gettext("{seat}: nobody speaks for it", seat=name)
    return reader.gettext("{seat}: {names}", seat=name, names=reader.listed(names))


def elsewhere(others: Iterable[QuestionRef], reader: Reader) -> Words:
    """That something is asked in other questions too."""
    _ = reader.gettext
    names = []
    for each in others:
        title = each.title.for_(reader) if each.title else _("(without a title)")
        names.append(_("“{title}” ({state})", title=title, state=rules.STATES[each.state].for_(reader)))
    return _("This is asked elsewhere too: {questions}.", questions=reader.listed(names))


def fixed(question: QuestionFacts, reader: Reader) -> Iterator[Words]:
    """What is fixed at the opening: rule, quorum, who sees the positions. That silence is no consent is said each time."""
    _ = reader.gettext
    if question.consults:
        yield _("Comments only: nothing is decided by this consultation.")
        yield _("Comments are seen by: {whom}.", whom=SEES[question.sees].for_(reader))
        return
    yield _RULE[question.rule].for_(reader)
    needed, seats = quorum.needed(question.quorum, len(question.seats)) or 0, len(question.seats)
    if not seats:
        yield _("Quorum: {rule}. Silence is never consent.", rule=QUORUM[question.quorum].for_(reader))
    else:
        yield reader.ngettext(
            "Quorum: {needed} of {n} seat must take a position. Silence is never consent.",
            "Quorum: {needed} of {n} seats must take a position. Silence is never consent.",
            seats,
            needed=needed,
        )
    yield _("Positions are seen by: {whom}.", whom=SEES[question.sees].for_(reader))


def counted(view: Standing, reader: Reader) -> Words:
    """How many took a position, on all that is asked or in part, or commented."""
    if view.question.consults and not view.answered:
        return reader.gettext("Nobody has commented.")
    if view.question.consults:
        return reader.ngettext("{n} person has commented.", "{n} people have commented.", view.answered)
    told = reader.ngettext(
        "{answered} of {n} seat has taken its position.",
        "{answered} of {n} seats have taken their position.",
        len(view.question.seats),
        answered=view.answered,
    )
    return Words.joined(" ", (told, reader.gettext("In part: {n}.", n=view.begun))) if view.begun else told


def stance(of: Stance, reader: Reader) -> Words:
    """A position, after the name of whose it is."""
    return STANCE[of].for_(reader)


def position(of: Stance, comment: str | None, reader: Reader) -> Words:
    """The same with its comment or reason."""
    if not comment:
        return stance(of, reader)
    return reader.gettext("{position}: “{comment}”", position=stance(of, reader), comment=Words.verbatim(comment))


def by(held: PositionFacts, reader: Reader) -> Words:
    """Who took a position, how and when; and who recorded it, where it was given to the secretariat."""
    _, who, way = reader.gettext, Words.verbatim(held.who), WAY[held.way].for_(reader)
    if held.said_on is None:
        return Words.joined(", ", (who, way, reader.moment(held.taken_at)))
    told = _("{who}, {way}, {date}", who=who, way=way, date=reader.date(held.said_on))
    if held.recorded_by is None:
        return told
    return _("{how}; recorded by {officer}", how=told, officer=Words.verbatim(named(held.recorded_by)))


def taken(position: Words, how: Words, reader: Reader) -> Words:
    """A position as it reads, with who took it, how and when."""
    return reader.gettext("{position} – {how}", position=position, how=how)


def counts(outcome: Outcome, reader: Reader) -> Words:
    """Seats by their position, and the silent ones: "3 support · 1 objects · 1 silent"."""
    ngettext = reader.ngettext
    told: Mapping[Stance, Words] = {
        "supports": ngettext("{n} supports", "{n} support", outcome.counts.get("supports", 0)),
        "supports_with_comment": ngettext(
            "{n} supports, with a comment", "{n} support, with a comment", outcome.counts.get("supports_with_comment", 0)
        ),
        "reserves": ngettext("{n} reserves its position", "{n} reserve their position", outcome.counts.get("reserves", 0)),
        "objects": ngettext("{n} objects", "{n} object", outcome.counts.get("objects", 0)),
        "does_not_take_part": ngettext("{n} does not take part", "{n} do not take part", outcome.counts.get("does_not_take_part", 0)),
    }
    parts = [told[each] for each in STANCES if outcome.counts.get(each)]
    if outcome.silent:
        parts.append(ngettext("{n} silent", "{n} silent", outcome.silent))
    return Words.joined(" · ", parts)


def proposed(outcome: Outcome, reader: Reader) -> Words:
    """What positions came to, while nobody has confirmed it."""
    result = RESULT[outcome.result].for_(reader)
    if outcome.result == "no_quorum":
        values = {"taken": outcome.taken, "needed": outcome.needed}
        return reader.gettext("Proposed: no decision, for want of a quorum ({taken} of {needed} needed).", **values)
    return reader.gettext("Proposed, to be confirmed: {result}.", result=result)


def decided(item: ItemFacts, reader: Reader) -> Words | None:
    """What was decided on something: "Decision 2027-03: agreed"."""
    if item.decision is None or item.outcome is None:
        return None
    result = RESULT["agreed" if item.outcome == "agreed" else "not_agreed"].for_(reader)
    return reader.gettext("Decision {number}: {text}", number=Words.verbatim(item.label), text=result)


def aside(item: ItemFacts, reader: Reader) -> tuple[Words, ...]:
    """That nothing is decided on something, and why; nothing of what was not set aside."""
    if not item.set_aside:
        return ()
    why = (reader.gettext("Reason: {reason}", reason=item.reason.for_(reader)),) if item.reason else ()
    return (Words.joined(" ", (reader.gettext("Set aside: nothing is decided."), *why)),)


def decision_name(facts: DecisionFacts, reader: Reader) -> Words:
    """ "Decision 2027-03"; that it was not agreed, where it was not; "Proposed decision" while nobody has confirmed it."""
    _ = reader.gettext
    if facts.number is None:
        return _("Proposed decision")
    if facts.outcome == "not_agreed":
        return _("Decision {number}, not agreed", number=facts.label)
    return _("Decision {number}", number=facts.label)


def outcome_of(view: DecisionView, reader: Reader) -> Words | None:
    """What was decided, and by which rule, unless it is otherwise than the positions came to; None of what a meeting decided."""
    _, outcome = reader.gettext, view.facts.outcome
    if outcome is None or view.rule is None:
        return None
    if view.facts.amended:
        return _("Agreed.") if outcome == "agreed" else _("Not agreed.")
    consensus = view.rule == "consensus"
    if outcome == "agreed":
        return _("Agreed by consensus.") if consensus else _("Agreed by majority.")
    return _("Not agreed: there was no consensus.") if consensus else _("Not agreed: there was no majority.")


def source(view: DecisionView, reader: Reader) -> Words | None:
    """Whose decision it is, and on which day it was taken."""
    _, taken = reader.gettext, view.facts.taken
    council = view.council_name.for_(reader) if view.council_name else None
    if council and taken:
        return _("{council}, {date}", council=council, date=reader.date(taken))
    return council or (reader.date(taken) if taken else None)


def named_in_full(view: DecisionView, reader: Reader) -> Words:
    """ "Decision 2027-03 (Joint Councils, March 15, 2027)"."""
    name, told = decision_name(view.facts, reader), source(view, reader)
    return reader.gettext("{decision} ({source})", decision=name, source=told) if told else name


def came_of(view: DecisionView, reader: Reader) -> Words | None:
    """Where a decision was taken: on which question, or at a meeting; None where the registry does not have it."""
    _ = reader.gettext
    if view.title:
        return _("Source: the question “{title}”.", title=view.title.for_(reader))
    if view.meeting is None:
        return None
    name, held = view.meeting.title or view.council_name, view.meeting.held or view.facts.taken
    title = name.for_(reader) if name else _("(without a title)")
    if held is None:
        return _("Source: the meeting “{title}”.", title=title)
    if held.precision is Precision.DAY:
        return _("Source: the meeting “{title}” of {date}.", title=title, date=reader.date(held))
    return _("Source: the meeting “{title}”, {date}.", title=title, date=reader.date(held))


def details(view: DecisionView, reader: Reader) -> Iterator[Words]:
    """All that is known of a decision besides its wording."""
    _, facts = reader.gettext, view.facts
    yield from (told for told in (came_of(view, reader), outcome_of(view, reader)) if told)
    if facts.amended:
        yield _("Otherwise than the positions came to: {reason}", reason=facts.amended.marked(reader))
    if facts.effective and facts.outcome != "not_agreed":
        yield _("In effect from: {date}.", date=reader.date(facts.effective))
    if facts.review:
        yield _("To be reviewed by: {date}.", date=reader.date(facts.review))
    if view.supersedes:
        yield _("Supersedes: {decision}.", decision=decision_name(view.supersedes, reader))
    if told := superseded(view, reader):
        yield told
    for each in view.approves:
        yield _("Approves: “{title}”, version {n}.", title=each.title.for_(reader), n=each.number)
    if facts.changed:
        yield _("What changes: {text}", text=facts.changed.marked(reader))
    if facts.follow_up:
        yield _("Follow-up: {text}", text=facts.follow_up.marked(reader))
    if facts.paper:
        yield _("Paper: {text}", text=facts.paper.marked(reader))


def superseded(view: DecisionView, reader: Reader) -> Words | None:
    """By which decisions it was superseded."""
    later = [decision_name(each, reader) for each in view.superseded_by]
    return reader.gettext("Superseded by: {decisions}.", decisions=reader.listed(later)) if later else None


def paragraph(view: DecisionView, reader: Reader) -> Words:
    """All of a decision as one paragraph, to be copied."""
    _ = reader.gettext
    name, told = decision_name(view.facts, reader), source(view, reader)
    head = _("{decision} ({source}):", decision=name, source=told) if told else _("{decision}:", decision=name)
    wording = _before_stop(view.facts.wording).marked(reader)
    return Words.joined(" ", (head, *(_ended(each) for each in (wording, *details(view, reader)))))


def _ended(text: Words) -> Words:
    """A text that ends as a sentence does: what people type often does not."""
    told = text.strip()
    return Words.verbatim(told if told.rstrip('"”») \u00a0').endswith((".", "!", "?", "…")) else f"{told}.")


def _before_stop(text: Bilingual) -> Bilingual:
    """A text without its last full stop, which is put after all that is said of it."""
    english, french = (each.strip().removesuffix(".") if each else each for each in (text.en, text.fr))
    return replace(text, en=english, fr=french)


def mandate(version: VersionFacts, day: date, reader: Reader) -> Words:
    """How a mandate stands on a day: "expired February 2027; version 2, decision 2026-01"."""
    _ = reader.gettext
    values: dict[str, Words | int] = {"n": version.number, "decision": version.by.label if version.by else Words.verbatim("")}
    told = _("version {n}, decision {decision}", **values)
    return Words.joined("; ", (*([_until(version.expires, day, reader)] if version.expires else ()), told))


def _until(expires: PartialDate, day: date, reader: Reader) -> Words:
    """That it ran out, or until when it is in force. A month or a year counts to its end."""
    _, by_day, over = reader.gettext, expires.precision is Precision.DAY, expires.last < day
    date_ = reader.name(reader.date(expires))
    if over:
        return _("expired on {date}", date=date_) if by_day else _("expired {date}", date=date_)
    return _("in force until {date}", date=date_) if by_day else _("in force until the end of {date}", date=date_)


def recorded(facts: DecisionFacts, reader: Reader) -> Words:
    """What a meeting decided, where it is recorded: proposed until it is confirmed."""
    text = facts.wording.marked(reader)
    if facts.number is None:
        return reader.gettext("Proposed decision: {text}", text=text)
    return reader.gettext("Decision {number}: {text}", number=facts.label, text=text)
