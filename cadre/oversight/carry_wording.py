"""What carrying out a decision changes, in words: each change before and after, once for all faces."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.core.errors import Message
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.groups import wording as groups
from cadre.oversight.actions import Choice, Edit
from cadre.oversight.closing import ClosingView
from cadre.oversight.drafts import Offer
from cadre.people import wording as people

CHOICES: Final[Mapping[Choice, Message]] = {
    "continue": Message("Groups continue"),
    "leverage": Message("Groups are leveraged for priorities"),
    "support": Message("A group supports a priority"),
    "transition": Message("Groups become another kind of group"),
    "working_group": Message("Priorities become working groups, and calls are drafted"),
    "sunset": Message("Groups are dissolved"),
    "workplans": Message("Workplans are approved"),
    "undo": Message("What the earlier decision changed is undone"),
}
_STRENGTHS: Final[Mapping[str, Message]] = {
    "supports": Message("supports it"),
    "example": Message("is an example of it"),
    "could_support": Message("could support it"),
}


def line(edit: Edit, reader: Reader) -> Words:
    """One change: which record, before and after."""
    return _LINES[edit.what](edit, reader)


def _name(text: Bilingual | None, reader: Reader) -> Words:
    return text.for_(reader) if text else Words.verbatim("")


def _values(edit: Edit, reader: Reader) -> dict[str, Words]:
    return {"name": _name(edit.of, reader), "other": _name(edit.other, reader), "date": _date(edit.day, reader)}


def _date(day: PartialDate | None, reader: Reader) -> Words:
    return reader.date(day) if day else Words.verbatim("–")


def _state(edit: Edit, reader: Reader) -> Words:
    before, after = groups.state(edit.before or None, reader), groups.state(edit.after or None, reader)
    return reader.gettext("{name} – state: {before} → {after}", before=before, after=after, **_values(edit, reader))


def _kind(edit: Edit, reader: Reader) -> Words:
    _ = reader.gettext
    before, after = (text.for_(reader) if text else _("not stated") for text in (edit.was, edit.other))
    values = {"name": _name(edit.of, reader), "before": before, "after": after}
    if edit.what == "kind":
        return _("{name} – kind: {before} → {after}", **values)
    if not edit.after:
        return _("{name} – no other kind is proposed for it any more", **values)
    return _("{name} – kind that it is to become: {before} → {after}", **values)


def _strength(edit: Edit, reader: Reader) -> Words:
    before, after = (_STRENGTHS[each].for_(reader) for each in (edit.before, edit.after))
    return reader.gettext("{name} – priority {other}: {before} → {after}", before=before, after=after, **_values(edit, reader))


def _renew(edit: Edit, reader: Reader) -> Words:
    return reader.gettext("{name} – action for its co-chairs: renew the mandate, as {other}", **_values(edit, reader))


def offered(offer: Offer, reader: Reader) -> tuple[Words, Words | None]:
    """A change that is ticked: whose or what, and the rest in small letters, of which Slack shows the beginning."""
    _, edit, values = reader.gettext, offer.edit, _values(offer.edit, reader)
    name = values["name"] if offer.sure else _("{name} (to be confirmed)", **values)
    if edit.what == "begins":
        return name, _("{role}, from {date}", role=people.role(edit.after, reader), **values)
    return name, _("from {date}: co-chair of {other}", **values) if edit.what == "leads" else None


def _begins(edit: Edit, reader: Reader) -> Words:
    role = people.role(edit.after, reader)
    return reader.gettext("{name} – {role}, from {date}", role=role, **_values(edit, reader))


def _told(msgid: Message) -> Callable[[Edit, Reader], Words]:
    def told(edit: Edit, reader: Reader) -> Words:
        return Message(msgid.msgid, _values(edit, reader)).for_(reader)

    return told


_LINES: Final[Mapping[str, Callable[[Edit, Reader], Words]]] = {
    "state": _state,
    "kind": _kind,
    "target": _kind,
    "strength": _strength,
    "renew": _renew,
    "begins": _begins,
    "aligned": _told(Message("{name} – priority {other}: supports it, newly")),
    "unaligned": _told(Message("{name} – priority {other}: supports it no more")),
    "ends": _told(Message("{name} – role in {other}: ends {date}")),
    "leads": _told(Message("{name} – co-chair of {other}, from {date}")),
    "cancels": _told(Message("Meeting {name}, {date}: cancelled; those invited are told")),
    "ends_series": _told(Message("Series {name}: no meeting any more from {date} on; those invited are told")),
    "closes_poll": _told(Message("Poll {name}: closed")),
    "closes_call": _told(Message("Call for participation {name}: cancelled")),
    "drops": _told(Message("Action “{name}”: dropped")),
    "reopens": _told(Message("Action “{name}”: open again")),
    "unlinked": _told(Message("{name} – {other} takes over from it no more")),
    "becomes": _told(Message("{name} – what follows it: {other}")),
    "founds": _told(Message("{name} – a new working group, which carries the priority {other}")),
    "owner": _told(Message("{name} – reports to: {other}")),
    "call": _told(Message("{name} – a call for participation is drafted, to be looked at before it opens")),
    "approves": _told(Message("Workplan {name}: approved")),
    "under": _told(Message("Workplan {name}: its approval at the meeting comes under this decision")),
    "recommends": _told(Message("Recommendation “{name}”: proposed → approved")),
    "proposes": _told(Message("Recommendation “{name}”: approved → proposed")),
    "closing": _told(Message("{name} – what you write below is kept, and the group is read only")),
    "reopened": _told(Message("{name} – can be worked on again")),
    "tells": _told(Message("{name} – its channel is told")),
}


def closing(facts: ClosingView, reader: Reader) -> Iterator[Words]:
    """What is kept of a group that was dissolved, and what followed."""
    _ = reader.gettext
    if facts.note:
        yield facts.note.marked(reader)
    if facts.outcomes:
        yield _("What came of its work: {text}", text=facts.outcomes.marked(reader))
    if facts.unfinished:
        yield _("Left unfinished: {text}", text=facts.unfinished.marked(reader))
    if facts.successors:
        yield _("What follows it: {groups}", groups=reader.listed(each.for_(reader) for each in facts.successors))


def over(facts: ClosingView, reader: Reader) -> Words:
    """That a group is dissolved, since when, by which decision; that it goes on, where it was reopened."""
    _, name = reader.gettext, groups.named(facts.group_name, reader)
    if facts.reopened:
        return _("{group:The} goes on (decision {number}).", group=name, number=Words.verbatim(facts.reopened))
    values = {"group": name, "number": Words.verbatim(facts.decision), "date": _date(facts.day, reader)}
    return _("{group:The} is dissolved as of {date} (decision {number}).", **values)
