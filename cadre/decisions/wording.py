"""Questions, positions and decisions in words, once for all faces. Until it is confirmed, every face says that a decision is proposed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
    PlaceRef,
    PositionFacts,
    QuestionFacts,
    Result,
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


def state(question: QuestionFacts, reader: Reader) -> Words:
    """How a question stands."""
    return rules.STATES[question.state].for_(reader)


def kind(question: QuestionFacts, reader: Reader) -> Words:
    """Whether positions or comments are asked for."""
    return reader.gettext("Consultation") if question.consults else reader.gettext("Question to a council")


def until(question: QuestionFacts, reader: Reader, *, over: bool = False) -> Words | None:
    """Until when a position can be taken; since when not any more; when it opens."""
    _ = reader.gettext
    if question.state in ("draft", "scheduled"):
        return _("Opens {moment}", moment=reader.moment(question.opens_at)) if question.opens_at else None
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


def fixed(question: QuestionFacts, reader: Reader) -> Iterator[Words]:
    """What is fixed at the opening: rule, quorum, who sees the positions. That silence is no consent is said each time."""
    _ = reader.gettext
    if question.consults:
        yield _("Comments only: nothing is decided by this consultation.")
        yield _("Comments are seen by: {whom}.", whom=SEES[question.sees].for_(reader))
        return
    yield _RULE[question.rule].for_(reader)
    needed, seats = quorum.needed(question.quorum, len(question.seats)) or 0, len(question.seats)
    yield reader.ngettext(
        "Quorum: {needed} of {n} seat must take a position. Silence is never consent.",
        "Quorum: {needed} of {n} seats must take a position. Silence is never consent.",
        seats,
        needed=needed,
    )
    yield _("Positions are seen by: {whom}.", whom=SEES[question.sees].for_(reader))


def counted(view: Standing, reader: Reader) -> Words:
    """How many took a position, on all that is asked or in part, or commented."""
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


def by_whom(told: Words, held: PositionFacts, reader: Reader) -> Words:
    """A position as it reads, with who took it, how and when; and who recorded it, where it was given to the secretariat."""
    _, when = reader.gettext, reader.date(held.said_on) if held.said_on else reader.moment(held.taken_at)
    by = Words.joined(", ", (Words.verbatim(held.who), WAY[held.way].for_(reader), when))
    if held.recorded_by is None:
        return _("{position} ({by})", position=told, by=by)
    officer = Words.verbatim(named(held.recorded_by))
    return _("{position} ({by}; recorded by {officer})", position=told, by=by, officer=officer)


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


def came_of(view: DecisionView, reader: Reader) -> Words | None:
    """Where a decision was taken: on which question, or at a meeting; None where the registry does not have it."""
    if view.title:
        return reader.gettext("Source: the question “{title}”.", title=view.title.for_(reader))
    return reader.gettext("Source: a meeting.") if view.facts.meeting else None


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
    if view.superseded_by:
        yield _("Superseded by: {decision}.", decision=decision_name(view.superseded_by, reader))
    if facts.changed:
        yield _("What changes: {text}", text=facts.changed.marked(reader))
    if facts.follow_up:
        yield _("Follow-up: {text}", text=facts.follow_up.marked(reader))
    if facts.paper:
        yield _("Paper: {text}", text=facts.paper.marked(reader))


_DID: Final[Mapping[str, Message]] = {
    "continue": Message("{name} continues"),
    "leverage": Message("{name} supports the priorities"),
    "support": Message("{name} supports the priorities"),
    "transition": Message("{name} is of another kind"),
    "sunset": Message("{name} is dissolved"),
    "reopen": Message("{name} is reopened"),
    "restore": Message("{name} is as before"),
}
_TOLD: Final = 10


def carried(view: DecisionView, reader: Reader) -> Iterator[Words]:
    """What a decision did in the registry: when, for what; by whom, the secretariat is told."""
    _, ngettext = reader.gettext, reader.ngettext
    for at, by in dict.fromkeys((each.carried_at, each.carried_by) for each in view.carried):
        rows = [each for each in view.carried if (each.carried_at, each.carried_by) == (at, by)]
        told = [Message(_DID[row.action].msgid, {"name": row.name}).for_(reader) for row in rows if row.name and row.action in _DID]
        kinds = [row.target.partition(":")[0] for row in rows]
        more = [ngettext("and {n} more", "and {n} more", len(told) - _TOLD)] if len(told) > _TOLD else []
        priorities, plans = kinds.count("priority"), kinds.count("workplan")
        told = [*told[:_TOLD], *more]
        if priorities:
            told.append(ngettext("{n} priority has a working group", "{n} priorities have a working group", priorities))
        if plans:
            told.append(ngettext("{n} workplan is approved by it", "{n} workplans are approved by it", plans))
        values = {"moment": reader.moment(at), "what": Words.joined("; ", told)}
        if view.secretariat:
            yield _("Carried out {moment} by {who}: {what}.", **values, who=Words.verbatim(named(by)))
        else:
            yield _("Carried out {moment}: {what}.", **values)


def paragraph(view: DecisionView, reader: Reader) -> Words:
    """All of a decision as one paragraph, to be copied."""
    _ = reader.gettext
    name, told = decision_name(view.facts, reader), source(view, reader)
    head = _("{decision} ({source}):", decision=name, source=told) if told else _("{decision}:", decision=name)
    wording = _before_stop(view.facts.wording).marked(reader).strip()
    end = "" if wording.endswith((".", "!", "?")) else "."
    return Words.joined(" ", (head, Words.verbatim(f"{wording}{end}"), *details(view, reader)))


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
