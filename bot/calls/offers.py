"""How offers to take part and answers of jurisdictions are worded: in windows, receipts and messages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bot.blocks import cut
from cadre.calls import rules, summary, wording
from cadre.calls.facts import Answer, CallInBrief, InvitationFacts, SignUpFacts, Standing
from cadre.calls.rules import SEATED, UNANSWERED
from cadre.core.reader import Reader
from cadre.core.words import Words

TEXT: Final = 700
"""Characters that are shown of what somebody wrote."""


SHAPES: Final[dict[Answer, Words]] = {
    "silent": Words.verbatim("○"),
    "seated": Words.verbatim("✓"),
    "nominated": Words.verbatim("△"),
    "waiting": Words.verbatim("◷"),
    "observer": Words.verbatim("◆"),
    "declined": Words.verbatim("✕"),
    "delegated": Words.verbatim("→"),
    "not_taken_up": Words.verbatim("–"),
    "withdrawn": Words.verbatim("↩"),
}
"""A shape for each answer, beside its name: told apart without colour."""


def offer(each: SignUpFacts, reader: Reader) -> Words:
    """As what and for whom: "Member, Bellorme (to be confirmed), works in French"."""
    _ = reader.gettext
    where: Words | None = wording.place(each.jurisdiction, reader) if each.jurisdiction else None
    if where and each.stated:
        where = _("{jurisdiction} (to be confirmed)", jurisdiction=where)
    works = {"en": _("works in English"), "fr": _("works in French"), "both": _("works in both languages")}[each.language]
    return Words.joined("; ", (part for part in (wording.role(each.role, reader), where, works) if part))


def outlook(call: CallInBrief, each: SignUpFacts, reader: Reader, *, mine: bool) -> Words:
    """What happens next. ``mine``: it is the reader's own offer."""
    _ = reader.gettext
    match each.state:
        case "withdrawn":
            return _("Withdrawn.")
        case "accepted":
            return _("Accepted.")
        case "declined":
            return _("Not accepted.")
    if call.state == "cancelled":
        return rules.REFUSED["cancelled"].for_(reader)
    if each.late:
        return _("This came after the call had closed: it is kept, and the secretariat decides.")
    return sentences(*_waits(call, each, reader, mine=mine))


def _waits(call: CallInBrief, each: SignUpFacts, reader: Reader, *, mine: bool) -> Iterator[Words]:
    _, name = reader.gettext, Words.verbatim(each.person.name)
    if each.to_endorse and each.unspoken:
        yield _("Nobody answers for this jurisdiction yet: the secretariat is asked to confirm it.")
    elif each.to_endorse and each.jurisdiction:
        yield _("Whoever answers for {jurisdiction} is asked to confirm it.", jurisdiction=wording.place(each.jurisdiction, reader))
    if each.waiting:
        yield wording.taken(call, each, reader)
        yield _queued(call, each, reader, mine=mine)
    elif call.capped and each.role in SEATED and each.to_endorse:
        yield _("A seat is kept until it is confirmed.")
    elif call.capped and each.role in SEATED:
        yield _("You have a seat.") if mine else _("{name} has a seat.", name=name)
    elif call.state == "closed":
        yield _("The call is closed: the secretariat chooses now, and I will write to you.") if mine else _("The secretariat chooses now.")
    elif mine:
        yield _("The secretariat chooses once the call is closed, and I will write to you then.")
    else:
        yield _("The secretariat chooses once the call is closed.")


def _queued(call: CallInBrief, each: SignUpFacts, reader: Reader, *, mine: bool) -> Words:
    """Of somebody who waits for a seat: in what order; or that nobody moves up any more, for the call is closed."""
    _ = reader.gettext
    if call.state == "closed":
        return _("The call is closed: the secretariat gives any seat that becomes free.")
    if mine:
        return _("You are number {n} on the waiting list. I will write to you as soon as a seat is free.", n=_queue(each))
    return _("{name} is number {n} on the waiting list.", name=Words.verbatim(each.person.name), n=_queue(each))


def _queue(each: SignUpFacts) -> int:
    return each.queue or 0


def answered(each: InvitationFacts, reader: Reader) -> Words:
    """What a jurisdiction answered, and who did: "Takes part: Casey Larkfield. Answered by Maxime Grandchêne, in Slack, March 2, 2027."."""
    return sentences(wording.answered(each, reader), *_came(each, reader))


def told(each: InvitationFacts, reader: Reader) -> Words:
    """The same where nothing said yet which jurisdiction it is about."""
    return sentences(wording.told(each, reader), *_came(each, reader))


def _came(each: InvitationFacts, reader: Reader) -> tuple[Words | None, ...]:
    """Who gave the answer; what it came in place of; what came late beside it; who offered by themselves."""
    return summary.given_by(each, reader), wording.before(each, reader), wording.late(each, reader), wording.volunteers(each, reader)


def quoted(text: str | None, reader: Reader) -> Words | None:
    """What somebody wrote, in quotation marks; None for nothing."""
    return reader.gettext("“{text}”", text=short(text)) if text else None


def short(text: str) -> Words:
    """The beginning of a text that may fill a screen by itself, as it was typed."""
    return Words.verbatim(cut(text, TEXT))


def sentences(*told: Words | None) -> Words:
    """One after the other; those that are not there are left out."""
    return Words.joined(" ", (sentence for sentence in told if sentence))


def what_it_does(standing: Standing, invited: InvitationFacts | None, reader: Reader) -> Iterator[Words]:
    """For which jurisdiction somebody takes part who answers for another than theirs, and what that does to the answers of both.

    ``invited``: the one for which they take part in this form; None: their own.
    """
    _, place = reader.gettext, invited.jurisdiction if invited else standing.jurisdiction
    held = standing.mine if standing.mine and standing.mine.state == "offered" else None
    if place and held and held.jurisdiction and held.jurisdiction != place:
        yield _(
            "You take part for {jurisdiction} so far: what you send here takes the place of that.",
            jurisdiction=wording.place(held.jurisdiction, reader),
        )
    for each in (invited,) if invited else standing.represents:
        if each.jurisdiction == place:
            yield from (told for told in (in_its_name(standing.call, each, reader),) if told)
        elif place:
            values = {"own": wording.place(place, reader), "jurisdiction": wording.place(each.jurisdiction, reader)}
            yield _("By your record you take part for {own}: what you send here is no answer of {jurisdiction}.", **values)


def in_its_name(call: CallInBrief, invited: InvitationFacts, reader: Reader) -> Words | None:
    """What an offer does to the answer of a jurisdiction for which its reader answers: it is that, or takes the place of a refusal."""
    _, name = reader.gettext, wording.place(invited.jurisdiction, reader)
    if call.state != "open":
        return None
    if invited.state == "declined":
        told = _("{jurisdiction} has declined. What you send here is its answer instead, and whoever declined is told.", jurisdiction=name)
        return sentences(told, answered(invited, reader), _("The refusal stands again if this is withdrawn."))
    if invited.state in UNANSWERED:
        return _("You answer for {jurisdiction}: what you send here is also its answer.", jurisdiction=name)
    return None
