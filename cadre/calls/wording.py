"""How calls are worded wherever they are shown: post, letter, message, page. Once for all faces."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from cadre.calls.facts import (
    ANSWERS,
    Answer,
    CallFacts,
    CallInBrief,
    InvitationFacts,
    JurisdictionRef,
    LateFacts,
    SignUpFacts,
    SoughtRole,
    Totals,
    Way,
    WorkLanguage,
)
from cadre.calls.rules import REFUSED, STATES
from cadre.core.bilingual import Bilingual
from cadre.core.french import Name, article
from cadre.core.reader import DEFAULT_ZONE, Reader, named
from cadre.core.text import fold
from cadre.core.words import Words
from cadre.people.facts import PersonRef


def name(call: CallInBrief, reader: Reader) -> Words:
    """The group that is called for, ready for a sentence: « au Groupe de travail sur les canots »."""
    return group(call.name, reader) if call.name else reader.name(reader.gettext("a group without a name"))


def invited(call: CallFacts, reader: Reader) -> tuple[JurisdictionRef, ...]:
    """Those who are invited, in the order of the reader's language."""
    return tuple(sorted(call.jurisdictions, key=lambda each: fold(each.name.for_(reader))))


def group(name: Bilingual, reader: Reader) -> Name:
    """A group by its name, which a call may have given it before it is one: its article is that of its first noun."""
    found = name.for_(reader)
    return reader.name(found, article(found))


def place(jurisdiction: JurisdictionRef, reader: Reader) -> Name:
    """A government, ready for a sentence: « de la Colombie-Britannique », « au Manitoba »."""
    return reader.name(jurisdiction.name.for_(reader), jurisdiction.article)


def state(call: CallFacts, reader: Reader) -> Words:
    """ "Open"."""
    return STATES[call.state].for_(reader).sentence


def answer(answered: Answer, reader: Reader) -> Words:
    """What a jurisdiction answered: "Put forward"."""
    _ = reader.gettext
    names: dict[Answer, Words] = {
        "silent": _("Silent"),
        "seated": _("Takes part"),
        "nominated": _("Put forward"),
        "waiting": _("On the waiting list"),
        "observer": _("Observes"),
        "declined": _("Declined"),
        "delegated": _("Handed on, no answer yet"),
        "not_taken_up": _("Answered; not taken up"),
        "withdrawn": _("Answered; withdrawn since"),
    }
    return names[answered]


def counted_as(answered: Answer, reader: Reader) -> Words:
    """The heading of a count: one that was handed on is no answer yet, and is counted with the silent."""
    return reader.gettext("No answer yet") if answered == "silent" else answer(answered, reader)


def tally(each: Iterable[InvitationFacts], reader: Reader) -> Iterator[tuple[Answer, Words, int]]:
    """How many jurisdictions gave each answer: those without any first, also where there are none; the same wherever it is counted."""
    counted = Counter(one.counts_as for one in each)
    return ((kind, counted_as(kind, reader), counted[kind]) for kind in ANSWERS if counted[kind] or kind == "silent")


def answered(each: InvitationFacts, reader: Reader) -> Words:
    """What a jurisdiction answered, and with whom: "Takes part: Casey Larkfield. On the waiting list: Robin Ashgrove."."""
    _ = reader.gettext
    if each.state == "delegated" and each.delegates:
        return _("Handed on to {names}, no answer yet.", names=_names(each.delegates, reader))
    if not each.nominees:
        return _("{answer}.", answer=answer_of(each, reader))
    return Words.joined(
        " ", (_("{answer}: {names}.", answer=answer(kind, reader), names=_names(people, reader)) for kind, people in _by_kind(each))
    )


def _by_kind(each: InvitationFacts) -> Iterator[tuple[Answer, tuple[PersonRef, ...]]]:
    """Those with whom a jurisdiction answers: who takes part, who is put forward, who waits. All others go by its state."""
    if each.state != "nominated":
        yield each.state, each.nominees
        return
    sure: tuple[tuple[Answer, tuple[PersonRef, ...]], ...] = (("seated", each.seated), ("waiting", each.waiting))
    forward = tuple(person for person in each.nominees if person not in (*each.seated, *each.waiting))
    yield from ((kind, people) for kind, people in (sure[0], ("nominated", forward), sure[1]) if people)


def answer_of(each: InvitationFacts, reader: Reader) -> Words:
    """What a jurisdiction answered, without names: "On the waiting list" where all of its people wait for a seat."""
    return answer(each.stands_as, reader)


def standing(each: InvitationFacts, reader: Reader) -> Words:
    """The same; and that it came late, or another did: "Silent; late answer to be decided"."""
    _, answer, found = reader.gettext, answer_of(each, reader), each.late
    if found and found.to_decide:
        return _("{answer}; late answer to be decided", answer=answer)
    return _("{answer}; late answer taken up", answer=answer) if found and found.taken_up else answer


def late(each: InvitationFacts, reader: Reader) -> Words | None:
    """What came after the closing beside the answer that stands: "Late, on March 9, 2027: declines. To be decided."."""
    found = each.late
    if found is None:
        return None
    _, ngettext, n = reader.gettext, reader.ngettext, len(found.people)
    values = {"date": reader.date(found.said_on or reader.local(found.at).date()), "names": _names(found.people, reader)}
    if found.taken_up:
        return _late_taken_up(found, values, reader)
    if found.people and found.to_decide:
        return ngettext(
            "Late, on {date}: {names} is put forward; to be decided.",
            "Late, on {date}: {names} are put forward; to be decided.",
            n,
            **values,
        )
    if found.people:
        return ngettext(
            "Late, on {date}: {names} was put forward; not taken up.",
            "Late, on {date}: {names} were put forward; not taken up.",
            n,
            **values,
        )
    values |= {"reason": Words.verbatim(found.reason or "")}
    if found.to_decide:
        return _("Late, on {date}: declines, because “{reason}”; to be decided.", **values)
    return _("Late, on {date}: declined, because “{reason}”; not taken up.", **values)


def _late_taken_up(found: LateFacts, values: Mapping[str, Words], reader: Reader) -> Words:
    by = Words.verbatim(named(found.settled_by or ""))
    values = {**values, "who": by, "day": reader.date(reader.local(found.settled_at or found.at).date())}
    if not found.people:
        values |= {"reason": Words.verbatim(found.reason or "")}
        return reader.gettext("Late, on {date}: declined, because “{reason}”; taken up by {who} on {day}.", **values)
    return reader.ngettext(
        "Late, on {date}: {names} was put forward; taken up by {who} on {day}.",
        "Late, on {date}: {names} were put forward; taken up by {who} on {day}.",
        len(found.people),
        **values,
    )


def before(each: InvitationFacts, reader: Reader) -> Words | None:
    """What a jurisdiction had answered in time: "Before, in time: declined, because “No canoe” (Ona, March 2, 2027)."."""
    found, _ = each.before, reader.gettext
    if found is None:
        return None
    if found.state == "declined":
        who = Words.verbatim((found.said_by if found.recorded_by else None) or named(found.answered_by or ""))
        when = reader.date(found.said_on or reader.local(found.answered_at).date()) if found.answered_at else Words.verbatim("")
        reason = Words.verbatim(found.reason or "")
        return _("Before, in time: declined, because “{reason}” ({who}, {date}).", reason=reason, who=who, date=when)
    what = answer(found.state, reader)
    if not found.people:
        return _("Before, in time: {answer}.", answer=what)
    return _("Before, in time: {answer} ({names}).", answer=what, names=_names(found.people, reader))


def told(each: InvitationFacts, reader: Reader) -> Words:
    """What a jurisdiction answered, as sentences about it: "Casey Larkfield takes part for Bellorme."."""
    _ = reader.gettext
    if each.state in ("nominated", "observer"):
        return Words.joined(" ", (_of_people(kind, people, each, reader) for kind, people in _by_kind(each)))
    people = each.delegates if each.state == "delegated" else each.nominees
    values = {"jurisdiction": place(each.jurisdiction, reader), "names": _names(people, reader)}
    names = {
        "silent": _("{jurisdiction} has not answered.", **values),
        "declined": _("{jurisdiction} declined.", **values),
        "delegated": _("{jurisdiction} handed its answer on to {names}, and has not answered yet.", **values),
        "not_taken_up": _("{jurisdiction} answered with {names}; that was not taken up.", **values),
        "withdrawn": _("{jurisdiction} answered in time, and withdrew after the closing.", **values),
    }
    return names[each.state]


def _of_people(kind: Answer, people: tuple[PersonRef, ...], each: InvitationFacts, reader: Reader) -> Words:
    """How those stand with whom a jurisdiction answers."""
    ngettext, n = reader.ngettext, len(people)
    values = {"jurisdiction": place(each.jurisdiction, reader), "names": _names(people, reader)}
    match kind:
        case "seated":
            return ngettext("{names} takes part for {jurisdiction}.", "{names} take part for {jurisdiction}.", n, **values)
        case "waiting":
            return ngettext("{names} waits for a seat for {jurisdiction}.", "{names} wait for a seat for {jurisdiction}.", n, **values)
        case "observer":
            return ngettext("{names} observes for {jurisdiction}.", "{names} observe for {jurisdiction}.", n, **values)
    return ngettext("{names} is put forward for {jurisdiction}.", "{names} are put forward for {jurisdiction}.", n, **values)


def volunteers(each: InvitationFacts, reader: Reader) -> Words | None:
    """Who of a jurisdiction offered to take part, and for whom nobody who answers for it has spoken: "Casey Larkfield offered …"."""
    ngettext, chosen = reader.ngettext, each.chosen
    people, told = [person for person in each.volunteers if person not in chosen], []
    if people:
        told.append(ngettext("{names} offered to take part.", "{names} offered to take part.", len(people), names=_names(people, reader)))
    if chosen:
        took = ngettext(
            "{names} offered, and is accepted.", "{names} offered, and are accepted.", len(chosen), names=_names(chosen, reader)
        )
        told.append(took)
    return Words.joined(" ", told) if told else None


def _names(people: Iterable[PersonRef], reader: Reader) -> Words:
    return reader.listed(Words.verbatim(person.name) for person in people)


def role(sought: SoughtRole, reader: Reader) -> Words:
    """ "Member"."""
    return _role(sought, reader).sentence


def _role(sought: SoughtRole, reader: Reader) -> Words:
    _ = reader.gettext
    names: dict[SoughtRole, Words] = {"member": _("member"), "alternate": _("alternate"), "observer": _("observer")}
    return names[sought]


def language(of_work: WorkLanguage, reader: Reader) -> Words:
    """ "English", of the language that somebody works in."""
    _ = reader.gettext
    names: dict[WorkLanguage, Words] = {"en": _("English"), "fr": _("French"), "both": _("Both languages")}
    return names[of_work]


def way(came: Way, reader: Reader) -> Words:
    """How an answer came."""
    _ = reader.gettext
    names: dict[Way, Words] = {
        "slack": _("in Slack"),
        "email": _("by e-mail"),
        "phone": _("by phone"),
        "meeting": _("at a meeting"),
        "letter": _("by letter"),
    }
    return names[came]


def kind(of_jurisdiction: str, reader: Reader) -> Words:
    """ "Federal"."""
    _ = reader.gettext
    names = {
        "federal": _("Federal"),
        "department": _("Federal"),
        "province": _("Provincial"),
        "territory": _("Territorial"),
        "municipality": _("Municipal"),
        "association": _("Municipal"),
    }
    return names.get(of_jurisdiction, _("Other"))


def paragraphs(call: CallFacts, reader: Reader) -> Iterator[tuple[Words | None, Words]]:
    """What a call says, each paragraph with its heading: the same in the post, in the letter and on the page."""
    _ = reader.gettext
    if call.description:
        yield None, call.description.for_(reader)
    if call.asked:
        yield _("What is asked of participants"), call.asked.for_(reader)
    yield _("Who is sought"), sought(call, reader)
    if call.commitment:
        yield _("Time"), call.commitment.for_(reader)
    if call.first_meeting:
        yield _("First meeting"), reader.date(call.first_meeting)
    yield from _chosen(call, reader)
    if call.co_chairs:
        yield _("Co-chairs"), _names(call.co_chairs, reader)
        return
    if call.sitting:
        yield _("Co-chairs"), _names(call.sitting, reader)
    if proposed := [chair for chair in call.chairs if chair not in call.sitting]:
        yield _("Proposed co-chairs"), _names(proposed, reader)


def _chosen(call: CallFacts, reader: Reader) -> Iterator[tuple[Words, Words]]:
    """How a seat is had: by the order of a capped call, whatever was written of a choice; and who has a word in it."""
    _ = reader.gettext
    heading = _("How participants are chosen")
    if call.capped:
        yield heading, _("First come, first served: seats are filled in the order of the answers; whoever comes after that waits in order.")
    elif call.criteria:
        yield heading, call.criteria.for_(reader)
    if call.confirms:
        yield _("Who confirms"), _("Whoever answers for a jurisdiction confirms each offer for it, or puts somebody else forward.")


def taken(call: CallInBrief, offer: SignUpFacts, reader: Reader) -> Words:
    """Which seats are taken, where somebody waits for one: all of them, or those of their jurisdiction, or both."""
    every = reader.gettext("All seats are taken.")
    if offer.jurisdiction is None or not call.seats_each or not offer.own_full:
        return every
    own = reader.ngettext(
        "The seat for {jurisdiction} is taken.",
        "The {n} seats for {jurisdiction} are taken.",
        call.seats_each,
        jurisdiction=place(offer.jurisdiction, reader),
    )
    return Words.joined(" ", (every, own) if call.full else (own,))


def sought(call: CallFacts, reader: Reader) -> Words:
    """Roles and seats: "Member, alternate and observer. 20 seats in all, 2 for each jurisdiction."."""
    roles = reader.listed(_role(each, reader) for each in call.roles).sentence
    seats = (
        reader.ngettext("{n} seat in all.", "{n} seats in all.", call.seats) if call.seats else None,
        reader.ngettext("{n} for each jurisdiction.", "{n} for each jurisdiction.", call.seats_each) if call.seats_each else None,
    )
    return Words.joined(" ", (part for part in (reader.gettext("{roles}.", roles=roles), *seats) if part))


def closes(call: CallFacts, reader: Reader) -> Words | None:
    """Until when one may answer, where the reader is; or when the call closed, be it before its time."""
    if call.state == "cancelled":
        return None
    if call.closed_at:
        return reader.gettext("Closed {moment}", moment=reader.moment(call.closed_at))
    return reader.gettext("Answers until {moment}", moment=reader.moment(call.closes_at)) if call.closes_at else None


def state_and_moment(call: CallFacts, reader: Reader) -> tuple[Words, ...]:
    """ "Open", and until when; a call that is closed says both at once."""
    moment = closes(call, reader)
    return tuple(each for each in (None if moment and call.state == "closed" else state(call, reader), moment) if each)


def over(call: CallInBrief, reader: Reader) -> Words | None:
    """That a call takes no answers any more, and since when; None for one that is open."""
    if call.state == "closed" and call.closed_at:
        return reader.gettext("This call closed {moment}.", moment=reader.moment(call.closed_at))
    return REFUSED[call.state].for_(reader) if call.state != "open" else None


def counted(found: Totals, seats: int | None, reader: Reader) -> Words:
    """ "5 of 14 jurisdictions have answered. 20 seats wanted, 7 people offered. 3 accepted."."""
    answered = reader.ngettext(
        "{n} of {invited} jurisdictions has answered.",
        "{n} of {invited} jurisdictions have answered.",
        found.answered,
        invited=found.invited,
    )
    if not found.answered and found.invited > 1:
        answered = reader.gettext("None of the {invited} jurisdictions has answered.", invited=found.invited)
    wanted = reader.ngettext("{n} seat wanted.", "{n} seats wanted.", seats) if seats else None
    offered = reader.ngettext("{n} person offered.", "{n} people offered.", found.offered)
    if not found.offered:
        offered = reader.gettext("Nobody has offered yet.")
    waiting = reader.ngettext("{n} waits for a seat.", "{n} wait for a seat.", found.waiting) if found.waiting else None
    accepted = reader.ngettext("{n} accepted.", "{n} accepted.", found.accepted) if found.accepted else None
    return Words.joined(" ", (part for part in (answered, wanted, offered, waiting, accepted) if part))


ZONE: Final = DEFAULT_ZONE
"""Where the moments of a post and a letter are told for everybody: that of the secretariat, named with them."""
