"""How notices about questions read, and what can be done about them where they stand."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.blocks import Block, button
from bot.decisions import actions, decision_notices, pages
from bot.decisions.decision_notices import short
from bot.decisions.taken import positions
from bot.face import Alike, Face, Told
from cadre.core.bilingual import Bilingual
from cadre.core.reader import OPERATOR, Reader, named
from cadre.core.words import Words
from cadre.decisions import question_reading as reading
from cadre.decisions import questions, rules, wording
from cadre.decisions.models import Question, QuestionSeat
from cadre.decisions.question_facts import SEAT, QuestionFacts, SeatFacts, Standing


@dataclass(frozen=True, slots=True)
class Seated:
    """A seat, and the question with all positions: what of them is told goes by who is told."""

    view: Standing
    seat: SeatFacts

    @property
    def question(self) -> QuestionFacts:
        """What is asked."""
        return self.view.question

    @property
    def asks(self) -> bool:
        """Whether it waits for the position of the seat, or for comments."""
        return self.view.waits(self.seat) or (self.question.consults and self.question.state == "open" and not self.view.over)

    @property
    def taken(self) -> int:
        """On how many things the seat took its position."""
        return sum(self.view.position(item.id, self.seat.id) is not None for item in self.question.items)

    def speaks(self, told: Told) -> bool:
        """Whether whoever is told speaks for the seat still, or did at the closing: a message is drawn anew long after it was sent."""
        return self.seat.spoken_by(told.person)


@Alike
def _seats(session: Session, subjects: Collection[str]) -> Mapping[str, Seated]:
    rows = session.scalars(select(QuestionSeat).where(QuestionSeat.id.in_(_ids(subjects)))).all()
    asked = _standings(session, {row.question for row in rows})
    return {f"{SEAT}:{row.id}": Seated(asked[row.question], asked[row.question].question.seat(row.id)) for row in rows}


@Alike
def _questions(session: Session, subjects: Collection[str]) -> Mapping[str, Standing]:
    return {view.question.subject: view for view in _standings(session, _ids(subjects)).values()}


def _ids(subjects: Collection[str]) -> set[int]:
    return {int(subject.partition(":")[2]) for subject in subjects}


def _standings(session: Session, ids: Collection[int]) -> dict[int, Standing]:
    rows = session.scalars(select(Question).where(Question.id.in_(ids)).order_by(Question.id)).all()
    return {view.question.id: view for view in questions.standings(session, reading.load(session, rows), OPERATOR)}


def _values(found: QuestionFacts, told: Told, reader: Reader) -> dict[str, Words]:
    """What most sentences name: the question, its council, who did it, until when."""
    who = told.detail.get("by")
    return {
        "title": wording.title(found, reader),
        "council": found.council_name.for_(reader),
        "who": Words.verbatim(named(who)) if who else reader.gettext("the secretariat"),
        "moment": reader.moment(found.closes_at) if found.closes_at else Words.verbatim(""),
    }


def _about(facts: Seated, told: Told, reader: Reader) -> dict[str, Words]:
    return _values(facts.question, told, reader) | {"seat": wording.place(facts.seat.place, reader)}


def _sentences(*told: Words | None) -> Words:
    return Words.joined(" ", (each for each in told if each))


# A seat that is asked


def _asked_headline(facts: Seated, told: Told, reader: Reader) -> Words:
    _, values = reader.gettext, _about(facts, told, reader)
    if facts.question.consults:
        what = _("{title}: {council} consults; comments are taken until {moment}.", **values)
        return what if facts.asks else _sentences(what, wording.state(facts.question, reader, over=facts.view.over).sentence)
    if facts.asks:
        return _("{title}: {seat} is asked for its position by {moment}.", **values)
    return _stands(facts, told, reader)


def _stands(facts: Seated, told: Told, reader: Reader) -> Words:
    """What the seat took, for those who speak for it; and whether it can be changed."""
    _, values = reader.gettext, _about(facts, told, reader)
    if facts.question.state != "open" or facts.view.over:
        state = wording.state(facts.question, reader, over=facts.view.over)
        return _("{title}: this question is {state}.", state=state, **values)
    if not facts.speaks(told):
        return _("{title}: {seat} has taken its position.", **values)
    return _("{title}: {seat} has taken its position. It can be changed until {moment}.", **values)


def _asked_details(facts: Seated, told: Told, reader: Reader) -> tuple[Words, ...]:
    """All that is asked and fixed, for a letter as for a message; what the seat took on it, for those who speak for it."""
    _, found = reader.gettext, facts.question
    if not facts.asks:
        return tuple(_asked_items(facts, told, reader)) if facts.speaks(told) and facts.taken else ()
    background = found.background.marked(reader).paragraphs if found.background else []
    papers = [wording.paper(each, reader) for each in found.papers]
    seats = _("Who is asked") if found.consults else _("The seats")
    opened = (line,) if (line := wording.opened(found, reader)) else ()
    otherwise = _("The secretariat also takes a position by phone or e-mail, and records it for you.")
    return (
        *opened,
        *background,
        *_asked_items(facts, told, reader),
        *papers,
        Words.joined("\n", (seats, *wording.seats(found, reader))),
        *wording.fixed(found, reader),
        *(() if found.consults else (otherwise,)),
    )


def _asked_items(facts: Seated, told: Told, reader: Reader) -> Iterator[Words]:
    """Each thing that is asked, or that a notice is about; below it what the seat took, for those who speak for it; and who took it."""
    about = told.detail.get("items") or [item.id for item in facts.question.items]
    held, same = positions(facts.view, facts.seat, reader, knows=True) if facts.speaks(told) else ({}, None)
    for item in facts.question.items:
        if item.id in about:
            yield reader.gettext("{n}. {what}", n=item.number, what=short(item.wording.marked(reader)))
            yield from (held[item.id].sentence,) if item.id in held else ()
    if same:
        yield same


def _asked_controls(facts: Seated, told: Told, reader: Reader) -> tuple[Block, ...]:
    _, found, value = reader.gettext, facts.question, f"{facts.question.id}:{facts.seat.id}"
    details = button(_("Details"), actions.OPEN, str(found.id))
    if told.manner == "orphan" and not facts.speaks(told):
        return (button(_("Record a position"), actions.RECORD, value, "primary"), details) if facts.asks else ()
    if not facts.speaks(told) or found.state != "open" or facts.view.over:
        return ()
    if found.consults:
        return button(_("Write a comment"), actions.COMMENT, str(found.id), "primary"), details
    if not facts.asks:
        return button(_("Change the position"), actions.EACH, value), details
    several = len(found.items) > 1
    untouched = all(facts.view.position(item.id, facts.seat.id) is None for item in found.items)
    support = (button(_("Support all") if several else _("Support"), actions.SUPPORT, value, "primary"),) if untouched else ()
    each = button(_("Group by group"), actions.EACH, value) if several else button(_("Another position"), actions.ANSWER, value)
    all_ = (button(_("One position on all"), actions.ANSWER, value),) if several else ()
    return (*support, *all_, each, details)


def _reminder_headline(facts: Seated, told: Told, reader: Reader) -> Words:
    if not facts.asks or facts.question.closes_at is None:
        return _stands(facts, told, reader)
    days = (reader.local(facts.question.closes_at).date() - told.day).days
    values = _about(facts, told, reader)
    if facts.taken:
        return _sentences(_taken_in_part(facts, values, reader), _closing(days, values, reader))
    if days <= 0:
        return reader.gettext("{title}: {seat} has not taken its position. It closes today: {moment}.", **values)
    return reader.ngettext(
        "{title}: {seat} has not taken its position. It closes in {n} day: {moment}.",
        "{title}: {seat} has not taken its position. It closes in {n} days: {moment}.",
        days,
        **values,
    )


def _taken_in_part(facts: Seated, values: Mapping[str, Words], reader: Reader) -> Words:
    return reader.ngettext(
        "{title}: {seat} has taken its position on {n} of {all} points.",
        "{title}: {seat} has taken its position on {n} of {all} points.",
        facts.taken,
        all=len(facts.question.items),
        **values,
    )


def _closing(days: int, values: Mapping[str, Words], reader: Reader) -> Words:
    if days <= 0:
        return reader.gettext("It closes today: {moment}.", moment=values["moment"])
    return reader.ngettext("It closes in {n} day: {moment}.", "It closes in {n} days: {moment}.", days, moment=values["moment"])


def _reminder_details(facts: Seated, told: Told, reader: Reader) -> tuple[Words, ...]:
    return (reader.gettext("Silence is never consent."),) if facts.asks else ()


def _page(facts: Any, told: Told) -> str | None:
    return pages.path(facts.question.id)


def _not_open(facts: Any, told: Told) -> bool:
    return bool(facts.question.state != "open")


# What became of a position


def _recorded_headline(facts: Seated, told: Told, reader: Reader) -> Words:
    values = _about(facts, told, reader)
    return reader.gettext("{title}: {who} recorded the position of {seat}, as you gave it.", **values)


def _changed_headline(facts: Seated, told: Told, reader: Reader) -> Words:
    return reader.gettext("{title}: {who} changed the position of {seat} that you had taken.", **_about(facts, told, reader))


def _own_details(facts: Seated, told: Told, reader: Reader) -> tuple[Words, ...]:
    """What the seat takes now, on what the notice is about, for whoever speaks for it."""
    if not facts.speaks(told):
        return ()
    return (*_asked_items(facts, told, reader), reader.gettext("If this is not right, change it, or tell the secretariat."))


def _own_letter(facts: Seated, told: Told, reader: Reader) -> tuple[Words, ...]:
    """The same in a letter, where no button changes it: whoever reads letters answers them."""
    if not facts.speaks(told):
        return ()
    return (*_asked_items(facts, told, reader), reader.gettext("If this is not right, reply to this e-mail."))


def _own_controls(facts: Seated, told: Told, reader: Reader) -> tuple[Block, ...]:
    if not facts.speaks(told) or facts.question.state != "open" or facts.view.over:
        return ()
    value = f"{facts.question.id}:{facts.seat.id}"
    return (button(reader.gettext("See or change the position"), actions.EACH, value),)


def _late_headline(facts: Seated, told: Told, reader: Reader) -> Words:
    values = _about(facts, told, reader)
    return reader.gettext("{title}: {who} spoke for {seat} after the closing. It does not count, and is kept beside the outcome.", **values)


def _outcome_controls(facts: Any, told: Told, reader: Reader) -> tuple[Block, ...]:
    if facts.question.state != "closed":
        return ()
    if facts.question.consults:
        return (button(reader.gettext("See the comments"), actions.OPEN, str(facts.question.id), "primary"),)
    return (button(reader.gettext("See the outcome"), actions.OUTCOME, str(facts.question.id), "primary"),)


def _unspoken_headline(facts: Seated, told: Told, reader: Reader) -> Words:
    _, values = reader.gettext, _about(facts, told, reader)
    if facts.seat.speaking:
        names = reader.listed(wording.speaker(each, reader) for each in facts.seat.speakers if not each.left)
        return _("{title}: {names} may speak for {seat} now.", names=names, **values)
    if facts.question.state != "open":
        return _("{title}: nobody speaks for {seat} any more.", **values)
    return _("{title}: nobody speaks for {seat} any more. Until {moment}, say who does.", **values)


def _unspoken_controls(facts: Seated, told: Told, reader: Reader) -> tuple[Block, ...]:
    if facts.seat.speaking or facts.question.state != "open":
        return ()
    who = button(reader.gettext("Who speaks"), actions.SPEAKERS, f"{facts.question.id}:{facts.seat.id}", "primary")
    return who, button(reader.gettext("Details"), actions.OPEN, str(facts.question.id))


def _unseated_headline(facts: Seated, told: Told, reader: Reader) -> Words:
    return reader.gettext("{title}: {who} noted that you no longer speak for {seat}.", **_about(facts, told, reader))


# A question as a whole


def _closed_headline(view: Standing, told: Told, reader: Reader) -> Words:
    _, values = reader.gettext, _values(view.question, told, reader)
    if view.question.state != "closed":
        state = wording.state(view.question, reader)
        return _("{title}: this question is {state}.", state=state, **values)
    if view.question.consults:
        return _sentences(_("{title}: the consultation is closed.", **values), wording.counted(view, reader))
    told_ = _("Its outcome is proposed until you confirm it.")
    return _sentences(_("{title}: the question is closed.", **values), wording.counted(view, reader), told_)


def _open_button(view: Standing, told: Told, reader: Reader) -> tuple[Block, ...]:
    return (button(reader.gettext("Open"), actions.OPEN, str(view.question.id), "primary"),)


def _not_opened_headline(view: Standing, told: Told, reader: Reader) -> Words:
    values = _values(view.question, told, reader)
    if view.question.state != "draft":
        what = reader.gettext("{title}: the question could not open at its time, because something was missing.", **values)
        return _sentences(what, rules.REFUSED[view.question.state].for_(reader))
    return reader.gettext("{title}: the question could not open at its time, because something is missing. It is a draft again.", **values)


def _not_opened_details(view: Standing, told: Told, reader: Reader) -> tuple[Words, ...]:
    owed = rules.owed(view.question) if view.question.state == "draft" else {}
    return tuple(dict.fromkeys(why.for_(reader) for why in owed.values()))


def _stuck_headline(view: Standing, told: Told, reader: Reader) -> Words:
    values = _values(view.question, told, reader)
    if told.detail.get("closing"):
        what = reader.gettext("{title}: the question could not close at its time, because of a fault of Cadre.", **values)
    else:
        what = reader.gettext("{title}: the question could not open at its time, because of a fault of Cadre.", **values)
    if view.question.state != ("open" if told.detail.get("closing") else "scheduled"):
        return _sentences(what, rules.REFUSED[view.question.state].for_(reader))
    return _sentences(what, reader.gettext("It is tried again every few seconds; whoever runs Cadre finds the fault in its log."))


def _no_controls(facts: Any, told: Told, reader: Reader) -> tuple[Block, ...]:
    return ()


def _why(reason: Bilingual | None, reader: Reader) -> Words | None:
    return reader.gettext("Reason: {reason}", reason=short(reason.for_(reader))) if reason else None


def _extended_headline(facts: Seated, told: Told, reader: Reader) -> Words:
    _, values = reader.gettext, _about(facts, told, reader)
    if facts.question.state != "open":
        return _sentences(_("{title}: {who} gave more time.", **values), rules.REFUSED[facts.question.state].for_(reader))
    again = _("What your seat said after the closing does not count: say it again, if you still mean it.")
    said = any(each.seat == facts.seat.id for each in facts.view.late) and facts.speaks(told)
    more = _("{title}: {who} gave more time, until {moment}.", **values)
    return _sentences(more, _why(facts.question.reason, reader), again if said else None)


def _cancelled_headline(facts: Seated, told: Told, reader: Reader) -> Words:
    what = reader.gettext("{title}: {who} withdrew this question. Nothing is decided.", **_about(facts, told, reader))
    return _sentences(what, _why(facts.question.reason, reader))


def _aside_headline(facts: Seated, told: Told, reader: Reader) -> Words:
    _, values, items = reader.gettext, _about(facts, told, reader), facts.question.items
    item = facts.question.item(told.detail["items"][0])
    if len(items) == 1:
        what = _("{title}: {who} set this question aside. Nothing is decided.", **values)
    else:
        what = _("{title}: {who} set point {n} aside. Nothing is decided on it.", n=item.number, **values)
    return _sentences(what, _why(item.reason, reader))


def _aside_details(facts: Seated, told: Told, reader: Reader) -> tuple[Words, ...]:
    return (short(facts.question.item(told.detail["items"][0]).wording.marked(reader)),)


def _ended_headline(facts: Seated, told: Told, reader: Reader) -> Words:
    values = _about(facts, told, reader)
    return reader.gettext("{title}: {who} closed this question before the announced time ({moment}).", **values)


FACES: Final = (
    Face(SEAT, _seats, _reminder_headline, _asked_controls, _page, details=_reminder_details),
    Face("question_opened", _seats, _asked_headline, _asked_controls, _page, _not_open, _asked_details),
    Face("question_extended", _seats, _extended_headline, _asked_controls, _page, _not_open),
    Face("question_cancelled", _seats, _cancelled_headline, _no_controls, _page),
    Face("item_set_aside", _seats, _aside_headline, _no_controls, _page, details=_aside_details),
    Face("question_ended", _seats, _ended_headline, _no_controls, _page),
    Face("position_recorded", _seats, _recorded_headline, _own_controls, _page, details=_own_details, letter=_own_letter),
    Face("position_changed", _seats, _changed_headline, _own_controls, _page, details=_own_details, letter=_own_letter),
    Face("position_late", _seats, _late_headline, _outcome_controls, _page),
    Face("question_unspoken", _seats, _unspoken_headline, _unspoken_controls, _page),
    Face("question_unseated", _seats, _unseated_headline, _no_controls, _page),
    Face("question_closed", _questions, _closed_headline, _outcome_controls, _page),
    Face("question_not_opened", _questions, _not_opened_headline, _open_button, _page, details=_not_opened_details),
    Face("question_stuck", _questions, _stuck_headline, _open_button, _page),
    *decision_notices.FACES,
)
