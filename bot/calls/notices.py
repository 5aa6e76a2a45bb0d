"""How notices about calls read, and what can be done about them where they stand."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.blocks import Block, button
from bot.calls import actions, answers, offers, places, questions, titles
from bot.calls.notice_parts import (
    about,
    call_page,
    calls,
    came_from,
    grid,
    ids,
    letter_number,
    no_controls,
    paragraphs,
    reason,
    with_letter,
)
from bot.face import Alike, Face, Told
from cadre.calls import rules, wording
from cadre.calls.facts import INVITATION, CallFacts, InvitationFacts
from cadre.calls.models import Invitation
from cadre.calls.reading import call_row, load_invitations, load_one
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.notices.service import secretariat


@dataclass(frozen=True, slots=True)
class Invited:
    """A jurisdiction that was asked, and the call. ``officers``: those who act for the secretariat, who read every answer."""

    call: CallFacts
    invitation: InvitationFacts
    officers: tuple[str, ...] = ()


@Alike
def _invitations(session: Session, subjects: Collection[str]) -> Mapping[str, Invited]:
    found: dict[str, Invited] = {}
    wanted: dict[int, list[str]] = {}
    officers = secretariat(session)
    for row in session.scalars(select(Invitation).where(Invitation.id.in_(ids(subjects)))):
        wanted.setdefault(row.call, []).append(row.jurisdiction)
    for id_, jurisdictions in wanted.items():
        of = call_row(session, id_)
        call = load_one(session, of)
        found |= {each.subject: Invited(call, each, officers) for each in load_invitations(session, of, jurisdictions)}
    return found


# A jurisdiction that is asked


def _asks(facts: Invited) -> bool:
    return facts.call.state == "open" and facts.invitation.state in rules.UNANSWERED


def _asked_headline(facts: Invited, told: Told, reader: Reader) -> Words:
    values = about(facts.call, told, reader) | {"jurisdiction": wording.place(facts.invitation.jurisdiction, reader)}
    if facts.call.state != "open":
        return _over_headline(facts, told, values, reader)
    what = reader.gettext("Call for participation in {group}: {jurisdiction} is asked to answer by {moment}.", **values)
    if not _may_read(facts, told):
        return what
    if _asks(facts):
        return offers.sentences(what, wording.volunteers(facts.invitation, reader))
    answered = reader.gettext("Call for participation in {group}.", **values), offers.told(facts.invitation, reader)
    return offers.sentences(*answered, reader.gettext("You can change this until the call closes, {moment}.", **values))


def _over_headline(facts: Invited, told: Told, values: Mapping[str, Words], reader: Reader) -> Words:
    """What a jurisdiction answered that is asked no more; and since when the call takes no answers."""
    what, over = reader.gettext("Call for participation in {group}.", **values), wording.over(facts.call, reader)
    return offers.sentences(what, offers.told(facts.invitation, reader) if _may_read(facts, told) else None, over)


def _reminder_headline(facts: Invited, told: Told, reader: Reader) -> Words:
    """Until when, and how many days that is; who offered to take part, without anybody having answered."""
    values = about(facts.call, told, reader) | {"jurisdiction": wording.place(facts.invitation.jurisdiction, reader)}
    if not _asks(facts) or facts.call.closes_at is None:
        return _over_headline(facts, told, values, reader)
    days = (reader.local(facts.call.closes_at).date() - told.day).days
    what = reader.ngettext(
        "Call for participation in {group}: {jurisdiction} has not answered. It closes in {n} day: {moment}.",
        "Call for participation in {group}: {jurisdiction} has not answered. It closes in {n} days: {moment}.",
        days,
        **values,
    )
    if days <= 0:
        what = reader.gettext("Call for participation in {group}: {jurisdiction} has not answered. It closes today: {moment}.", **values)
    return offers.sentences(what, wording.volunteers(facts.invitation, reader))


def _handed(facts: Invited, told: Told) -> bool:
    """Whether the answer is still theirs to give, or to change: it was handed on to them, and not taken back."""
    return facts.call.state == "open" and any(each.id == told.person for each in facts.invitation.delegates)


def _not_handed(facts: Invited, told: Told) -> bool:
    return not _handed(facts, told)


def _delegated_headline(facts: Invited, told: Told, reader: Reader) -> Words:
    _, values = reader.gettext, about(facts.call, told, reader) | {"jurisdiction": wording.place(facts.invitation.jurisdiction, reader)}
    what = _("Call for participation in {group}: {who} lets you answer for {jurisdiction}, by {moment}.", **values)
    if facts.call.state != "open":
        return _over_headline(facts, told, values, reader)
    if not _handed(facts, told):
        return offers.sentences(what, _("This was taken back since."))
    return what if _asks(facts) else offers.sentences(what, _so_far(facts, told, reader))


def _delegated_controls(facts: Invited, told: Told, reader: Reader) -> tuple[Block, ...]:
    return _opened_controls(facts, told, reader) if _handed(facts, told) else ()


def _delegated_details(facts: Invited, told: Told, reader: Reader) -> tuple[Words, ...]:
    return (*paragraphs(facts.call, reader), _otherwise(reader)) if _handed(facts, told) else ()


def _delegated_rows(facts: Invited, told: Told, reader: Reader) -> tuple[Block, ...]:
    """The same in Slack, where the letter is one click away."""
    return with_letter(facts.call, _delegated_details(facts, told, reader), reader) if _handed(facts, told) else ()


def _taken_back_headline(facts: Invited, told: Told, reader: Reader) -> Words:
    values = about(facts.call, told, reader) | {"jurisdiction": wording.place(facts.invitation.jurisdiction, reader)}
    return reader.gettext(
        "Call for participation in {group}: you need not answer for {jurisdiction} any more. {who} took it back.", **values
    )


def _stated_headline(facts: Invited, told: Told, reader: Reader) -> Words:
    """To whoever gave a refusal that the secretariat recorded."""
    values = about(facts.call, told, reader) | {"jurisdiction": wording.place(facts.invitation.jurisdiction, reader)}
    if told.detail.get("from") == facts.invitation.said_by and facts.invitation.said_by and _may_read(facts, told):
        what = reader.gettext("{group}: {who} recorded the answer of {jurisdiction}.", **values)  # who gave it is told with the answer
    elif told.detail.get("from"):
        values |= came_from(told, reader)
        what = reader.gettext("{group}: {who} recorded the answer of {jurisdiction}. {from} gave it, {way}.", **values)
    else:
        what = reader.gettext("{group}: {who} recorded your answer for {jurisdiction}.", **values)
    said = facts.invitation.reason if _may_read(facts, told) else told.detail.get("reason")
    why = reader.gettext("Reason: {reason}", reason=offers.short(said)) if said else None
    return offers.sentences(what, _so_far(facts, told, reader), why)


def _stated_details(facts: Invited, told: Told, reader: Reader) -> tuple[Words, ...]:
    return (reader.gettext("If this is not right, tell the secretariat."),) if facts.call.state in rules.ANSWERABLE else ()


def _so_far(facts: Invited, told: Told, reader: Reader) -> Words | None:
    """What the jurisdiction answered, for those who may read it; and that the call takes no answers, where it takes none."""
    answered = offers.answered(facts.invitation, reader) if _may_read(facts, told) else None
    return offers.sentences(answered, wording.over(facts.call, reader))


def _may_read(facts: Invited, told: Told) -> bool:
    """Whether whoever is told may read what the jurisdiction answers now: a message that was sent is drawn anew long after that, and
    whoever told the secretariat of an answer may be anybody. As ``queries.invitation`` has it.
    """
    return told.person in facts.officers or _answers(facts, told)


def _answers(facts: Invited, told: Told) -> bool:
    """Whether whoever is told answers for the jurisdiction: an officer hears of one for which nobody does."""
    return any(each.id == told.person for each in (*facts.invitation.representatives, *facts.invitation.delegates))


def _asked_controls(facts: Invited, told: Told, reader: Reader) -> tuple[Block, ...]:
    if not (_asks(facts) and _may_read(facts, told)):
        return ()
    _, id_, row = reader.gettext, facts.call.id, str(facts.invitation.id)
    if told.manner == "orphan" and not _answers(facts, told):
        record = button(_("Record an answer"), actions.RECORD, row, style="primary")
        return record, button(_("Add a representative"), actions.ADD_REPRESENTATIVE, row)
    name, value = wording.place(facts.invitation.jurisdiction, reader), answers.value(id_, facts.invitation.jurisdiction.id)
    return (
        button(_("Answer the call"), actions.ANSWER, str(id_), style="primary"),
        button(_("Decline for {jurisdiction}", jurisdiction=name), actions.DECLINE, value),
        button(_("Let somebody else answer"), actions.DELEGATE, value),
        button(_("Ask a question"), actions.ASK, str(id_)),
    )


def _reminder_details(facts: Invited, told: Told, reader: Reader) -> tuple[Words, ...]:
    """What it is about: all of it was told when the call opened."""
    asked = facts.call.asked
    if not _asks(facts) or asked is None:
        return ()
    return (asked.for_(reader), *(() if told.manner == "orphan" else (_otherwise(reader),)))


def _changed_headline(facts: Invited, told: Told, reader: Reader) -> Words:
    """To whoever declined: that a colleague answered instead, or that the refusal stands again."""
    values = about(facts.call, told, reader) | {"jurisdiction": wording.place(facts.invitation.jurisdiction, reader)}
    late = facts.invitation.late
    if told.detail.get("instead") and late and late.taken_up and told.person in {person.id for person in late.people}:
        what = reader.gettext("{group}: your late answer for {jurisdiction} was taken up by {who}.", **values)
    elif told.detail.get("instead"):
        what = reader.gettext("{group}: you declined for {jurisdiction}, and {who} changed that answer.", **values)
    else:
        what = reader.gettext("{group}: {who} took back what had changed your answer for {jurisdiction}.", **values)
    return offers.sentences(what, _so_far(facts, told, reader))


def _changed_controls(facts: Invited, told: Told, reader: Reader) -> tuple[Block, ...]:
    if not _may_read(facts, told) or facts.call.state not in rules.ANSWERABLE:
        return ()
    return (button(reader.gettext("See or change the answer"), actions.ANSWER, str(facts.call.id)),)


def _otherwise(reader: Reader) -> Words:
    """The other ways to answer: whoever gets it as a letter has no buttons."""
    return reader.gettext("The secretariat also takes an answer by phone or e-mail, and records it for you.")


def _opened_controls(facts: Invited, told: Told, reader: Reader) -> tuple[Block, ...]:
    """While nobody answered, all that can be answered; after that, the window in which it can be changed."""
    if _asks(facts) or facts.call.state != "open":
        return _asked_controls(facts, told, reader)
    if not _may_read(facts, told):
        return ()
    return (button(reader.gettext("See or change the answer"), actions.ANSWER, str(facts.call.id)),)


def _opened_details(facts: Invited, told: Told, reader: Reader) -> tuple[Words, ...]:
    """All that the call says, also where somebody else answered already; and its letter."""
    if facts.call.state != "open":
        return ()
    number = letter_number(facts.call, reader)
    letter = reader.gettext("Official letter {number}: on the web page of the call, or from the secretariat.", number=number)
    return (*paragraphs(facts.call, reader), letter, _otherwise(reader))


def _opened_rows(facts: Invited, told: Told, reader: Reader) -> tuple[Block, ...]:
    """The same in Slack, where the letter is one click away."""
    if facts.call.state != "open":
        return with_letter(facts.call, (), reader) if facts.call.number else ()
    return with_letter(facts.call, (*paragraphs(facts.call, reader), _otherwise(reader)), reader)


def _is_over(facts: Invited, told: Told) -> bool:
    return facts.call.state != "open"


def _late_headline(facts: Invited, told: Told, reader: Reader) -> Words:
    values = about(facts.call, told, reader) | {"jurisdiction": wording.place(facts.invitation.jurisdiction, reader)}
    what = reader.gettext("{group}: {jurisdiction} answered after the call had closed ({who}).", **values)
    decide = reader.gettext("You decide.") if _to_decide(facts) else None
    return offers.sentences(what, _so_far(facts, told, reader), decide)


def _late_settled_headline(facts: Invited, told: Told, reader: Reader) -> Words:
    """To whoever declined after the closing: whether the secretariat took that up."""
    _, values = reader.gettext, about(facts.call, told, reader) | {"jurisdiction": wording.place(facts.invitation.jurisdiction, reader)}
    if told.detail.get("in_time"):
        what = _("{group}: {who} gave more time, and so you declined for {jurisdiction} in time.", **values)
    elif told.detail.get("taken_up"):
        what = _("{group}: you declined for {jurisdiction} after the closing, and {who} took that up. It is the answer now.", **values)
    else:
        what = _("{group}: you declined for {jurisdiction} after the closing, and {who} did not take that up.", **values)
    return offers.sentences(what, offers.answered(facts.invitation, reader) if _may_read(facts, told) else None)


def _to_decide(facts: Invited) -> bool:
    return facts.call.state == "closed" and facts.invitation.late is not None and facts.invitation.late.to_decide


def _late_controls(facts: Invited, told: Told, reader: Reader) -> tuple[Block, ...]:
    """The way to the jurisdiction, where it is decided."""
    if not _to_decide(facts):
        return ()
    return (button(reader.gettext("See and decide"), actions.INVITATION, str(facts.invitation.id), style="primary"),)


# A call as a whole


def _extended_headline(call: CallFacts, told: Told, reader: Reader) -> Words:
    _, values = reader.gettext, about(call, told, reader)
    if call.state != "open":
        return offers.sentences(_("{group}: {who} gave more time to answer.", **values), rules.REFUSED[call.state].for_(reader))
    return offers.sentences(_("{group}: {who} gave more time to answer, until {moment}.", **values), reason(call, reader))


def _extended_controls(call: CallFacts, told: Told, reader: Reader) -> tuple[Block, ...]:
    return (button(reader.gettext("Answer the call"), actions.ANSWER, str(call.id), style="primary"),) if call.state == "open" else ()


def _more_time_controls(call: CallFacts, told: Told, reader: Reader) -> tuple[Block, ...]:
    """For those who owe no answer: they may look at the call."""
    return (button(reader.gettext("See the call"), actions.OPEN, str(call.id)),) if call.state == "open" else ()


def _cancelled_headline(call: CallFacts, told: Told, reader: Reader) -> Words:
    what = reader.gettext("{group}: {who} cancelled the call for participation.", **about(call, told, reader))
    return offers.sentences(what, reason(call, reader))


def _closed_headline(call: CallFacts, told: Told, reader: Reader) -> Words:
    counted = wording.counted(call.totals, call.seats, reader)
    if call.state != "closed":
        return offers.sentences(_since_closed(call, told, reader), counted)
    return offers.sentences(reader.gettext("{group}: the call for participation is closed.", **about(call, told, reader)), counted)


def _since_closed(call: CallFacts, told: Told, reader: Reader) -> Words:
    """What became of a call that had closed."""
    _, values = reader.gettext, about(call, told, reader)
    if call.state == "concluded":
        return _("{group}: the call for participation is concluded, and its members are named.", **values)
    if call.state == "cancelled":
        return _("{group}: the call for participation was cancelled after it had closed.", **values)
    return _("{group}: the call for participation had closed, and is open again.", **values)


def _closed_controls(call: CallFacts, told: Told, reader: Reader) -> tuple[Block, ...]:
    if call.state != "closed":
        return ()
    return (*grid(call, reader), button(reader.gettext("Report"), actions.REPORT, str(call.id)))


def _ended_headline(call: CallFacts, told: Told, reader: Reader) -> Words:
    """To whoever has not answered, that there is no time left: the moment that was announced has not come."""
    values = about(call, told, reader)
    what = reader.gettext("{group}: {who} closed the call for participation before the announced time ({moment}).", **values)
    if call.state != "closed":
        return offers.sentences(what, _since_closed(call, told, reader))
    return offers.sentences(what, reader.gettext("You can still answer late: the secretariat decides on it."))


def _ended_controls(call: CallFacts, told: Told, reader: Reader) -> tuple[Block, ...]:
    return (button(reader.gettext("Answer late"), actions.ANSWER, str(call.id), style="primary"),) if call.state == "closed" else ()


def _invitation_page(facts: Invited, told: Told) -> str | None:
    return call_page(facts.call, told)


def _not_open(call: CallFacts, told: Told) -> bool:
    return call.state != "open"


FACES: Final = (
    Face(INVITATION, _invitations, _reminder_headline, _asked_controls, _invitation_page, details=_reminder_details, title=titles.invited),
    Face(
        "call_opened",
        _invitations,
        _asked_headline,
        _opened_controls,
        _invitation_page,
        _is_over,
        _opened_details,
        titles.invited,
        rows=_opened_rows,
    ),
    Face(
        "call_delegated",
        _invitations,
        _delegated_headline,
        _delegated_controls,
        _invitation_page,
        _not_handed,
        _delegated_details,
        titles.invited,
        rows=_delegated_rows,
    ),
    Face("call_changed", _invitations, _changed_headline, _changed_controls, _invitation_page),
    Face("call_taken_back", _invitations, _taken_back_headline, no_controls, _invitation_page, _handed),
    Face("call_recorded", _invitations, _stated_headline, no_controls, _invitation_page, details=_stated_details),
    Face("call_late", _invitations, _late_headline, _late_controls, _invitation_page),
    Face("call_late_settled", _invitations, _late_settled_headline, no_controls, _invitation_page),
    Face("call_extended", calls, _extended_headline, _extended_controls, call_page, _not_open, title=titles.extended),
    Face("call_more_time", calls, _extended_headline, _more_time_controls, call_page, _not_open, title=titles.extended),
    Face("call_cancelled", calls, _cancelled_headline, no_controls, call_page, title=titles.cancelled),
    Face("call_ended", calls, _ended_headline, _ended_controls, call_page),
    Face("call_closed", calls, _closed_headline, _closed_controls, call_page),
    *questions.FACES,
    *places.FACES,
)
