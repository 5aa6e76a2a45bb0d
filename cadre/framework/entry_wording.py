"""One thing that changed, in words: a line for a list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final, cast

from cadre.core.bilingual import Bilingual
from cadre.core.errors import Message
from cadre.core.i18n import LANGUAGES, Language
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.framework.differences import Entry, Moved, Value, What
from cadre.framework.facts import NOT_AGREED, PostIn
from cadre.framework.telling import number
from cadre.groups import wording as groups
from cadre.meetings.wording import NAMED, crowd
from cadre.oversight.facts import Requirement, State, Strength
from cadre.oversight.wording import REQUIREMENTS, STATES, STRENGTHS
from cadre.people import wording as people
from cadre.workplans import wording as workplans


def line(entry: Entry, reader: Reader) -> Words:
    """One thing that changed: a line for a list, without a full stop."""
    words = LINES[entry.what](entry, reader)
    if entry.decision and entry.what != "decision":
        words = reader.gettext("{text} (decision {number})", text=words, number=number(entry.decision))
    return reader.gettext("{text}; to be confirmed", text=words) if entry.doubtful else words


def _decision(entry: Entry, reader: Reader) -> Words:
    assert entry.decision
    values = {"number": number(entry.decision), "text": entry.name.marked(reader)}
    if entry.after == NOT_AGREED:
        return reader.gettext("Decision {number} (not agreed): {text}", **values)
    return reader.gettext("Decision {number}: {text}", **values)


def _recommendation(entry: Entry, reader: Reader) -> Words:
    _ = reader.gettext
    text = entry.name.marked(reader)
    what = _("{name}: {text}", name=entry.other.for_(reader), text=text) if entry.other else text
    if entry.after == "approved":
        return _("Recommendation approved: {text}", text=what)
    return (
        _("Recommendation declined: {text}", text=what) if entry.after == "declined" else _("Recommendation (proposed): {text}", text=what)
    )


def _workplan(entry: Entry, reader: Reader) -> Words:
    half = workplans.cycle(str(entry.after), reader).inside
    return reader.gettext("Workplan approved: {name}, {cycle}", name=entry.name.for_(reader), cycle=half)


def _group(entry: Entry, reader: Reader) -> Words:
    _, name = reader.gettext, entry.name.for_(reader)
    if entry.section == "ended":
        return _("{name}: dissolved", name=name) if entry.after else _("{name}: no longer in the registry", name=name)
    more = []
    if isinstance(entry.detail, Bilingual):
        more.append(entry.detail.for_(reader))
    if entry.after not in (None, "active"):
        more.append(groups.state(str(entry.after), reader))
    return _with(_("Group: {name}", name=name), (*more, *_above_and_led(entry, reader)), reader)


def _priority(entry: Entry, reader: Reader) -> Words:
    told_ = reader.gettext("Priority: {name}", name=entry.name.for_(reader))
    return _with(told_, tuple(_above_and_led(entry, reader)), reader)


def _above_and_led(entry: Entry, reader: Reader) -> Iterator[Words]:
    if entry.other:
        yield reader.gettext("reports to {council:the}", council=groups.named(entry.other, reader))
    if entry.people:
        yield reader.ngettext("lead: {people}", "leads: {people}", len(entry.people), people=_people(entry.people, reader))


def _with(words: Words, more: Sequence[Words], reader: Reader) -> Words:
    return reader.gettext("{text} ({more})", text=words, more=Words.joined("; ", more)) if more else words


_TIES: Final[Mapping[str, Message]] = {
    "oversees": Message("{name} oversees {other}"),
    "becomes": Message("{name} is to become {other}"),
    "depends_on": Message("{name} depends on {other}"),
}


def _link(entry: Entry, reader: Reader) -> Words:
    assert entry.other
    tie = _TIES.get(str(entry.after), Message("{name} is tied to {other}"))
    words = reader.gettext(tie.msgid, name=groups.named(entry.name, reader), other=groups.named(entry.other, reader))
    return _with(words, [entry.detail.for_(reader)] if isinstance(entry.detail, Bilingual) else [], reader)


def _referral(entry: Entry, reader: Reader) -> Words:
    assert entry.other
    values = {"name": entry.name.for_(reader), "table": groups.named(entry.other, reader)}
    if entry.after == "from":
        return reader.gettext("From {table:the}: {name}", **values)
    return reader.gettext("For {table:the}: {name}", **values)


def _joined(entry: Entry, reader: Reader) -> Words:
    values = {"name": groups.named(entry.name, reader), "people": _people(entry.people, reader)}
    if entry.about.startswith("priority:"):
        return reader.gettext("New roles on the priority “{name}”: {people}", **values)
    return reader.gettext("New roles in {name:the}: {people}", **values)


def _left(entry: Entry, reader: Reader) -> Words:
    values = {"name": groups.named(entry.name, reader), "people": _people(entry.were, reader)}
    if entry.about.startswith("priority:"):
        return reader.gettext("Roles that ended on the priority “{name}”: {people}", **values)
    return reader.gettext("Roles that ended in {name:the}: {people}", **values)


def _people(posts: Sequence[PostIn], reader: Reader, *, roles: bool = True) -> Words:
    """ "Ann Lake (co-chair) and Guy Hill (member; to be confirmed)"; of a crowd, the first ones. ``roles``: are to be told."""

    def one(post: PostIn) -> Words:
        more = [people.role(post.role, reader).inside] if roles else []
        more += [reader.gettext("to be confirmed")] if post.doubtful else []
        return _with(Words.verbatim(post.name), more, reader)

    return crowd([one(post) for post in posts], reader, NAMED)


def _led(entry: Entry, reader: Reader) -> Words:
    """By their names alone, where all have or had the same role."""
    roles = len({post.role for post in (*entry.people, *entry.were)}) > 1
    now = _people(entry.people, reader, roles=roles) if entry.people else reader.gettext("nobody any more")
    before = _people(entry.were, reader, roles=roles) if entry.were else reader.gettext("nobody recorded")
    return _moved(entry, now, before, reader)


def _moved(entry: Entry, now: Words, before: Words, reader: Reader) -> Words:
    """ "Bees: Ann, until now Guy"."""
    return reader.gettext("{name}: {now}, until now {before}", name=entry.name.for_(reader), now=now, before=before)


def _kind(entry: Entry, reader: Reader) -> Words:
    return _moved(entry, _named(entry.after, reader), _named(entry.before, reader), reader)


def _named(value: Value, reader: Reader) -> Words:
    """A name; that it is not stated, where there is none."""
    return value.for_(reader) if isinstance(value, Bilingual) else reader.gettext("not stated")


def _target(entry: Entry, reader: Reader) -> Words:
    assert isinstance(entry.after, Bilingual)
    values = {"name": entry.name.for_(reader), "kind": groups.kind(entry.after, reader)}
    return reader.gettext("{name}: proposed to become {kind:a}", **values)


def _state(entry: Entry, reader: Reader) -> Words:
    again = entry.after == "active" and entry.before in ("dormant", "sunset")
    now = reader.gettext("active again") if again else groups.state(cast("str | None", entry.after), reader)
    return _moved(entry, now, groups.state(cast("str | None", entry.before), reader), reader)


_PLACES: Final[Mapping[What, tuple[Message, Message, Message]]] = {
    "owner": (
        Message("{name}: reports to {now:the}, until now to {before:the}"),
        Message("{name}: reports to {now:the}"),
        Message("{name}: reports to nobody any more, until now to {before:the}"),
    ),
    "parent": (
        Message("{name}: is part of {now:the}, until now of {before:the}"),
        Message("{name}: is part of {now:the}"),
        Message("{name}: is part of nothing any more, until now of {before:the}"),
    ),
    "carried": (
        Message("{name}: carried by {now:the}, until now by {before:the}"),
        Message("{name}: carried by {now:the}"),
        Message("{name}: carried by nobody any more, until now by {before:the}"),
    ),
}
"""Where both are named, where only what is so now is, and where only what was is."""


def _place(entry: Entry, reader: Reader) -> Words:
    both, only_now, only_before = _PLACES[entry.what]
    values: dict[str, Words | int] = {"name": entry.name.for_(reader)}
    for name, value in (("now", entry.after), ("before", entry.before)):
        if isinstance(value, Bilingual):
            values[name] = groups.named(value, reader)
    message = both if len(values) > 2 else only_now if "now" in values else only_before
    return reader.gettext(message.msgid, **values)


def _sequence(entry: Entry, reader: Reader) -> Words:
    _, name = reader.gettext, entry.name.for_(reader)
    now, before = (Words.verbatim(str(each)) if each is not None else _("none") for each in (entry.after, entry.before))
    return _("{name}: place {now} in the sequence, until now {before}", name=name, now=now, before=before)


def _name(entry: Entry, reader: Reader) -> Words:
    """In the reader's language; where only the other name changed, that one."""
    assert isinstance(entry.before, Bilingual)
    assert isinstance(entry.after, Bilingual)
    language = next(each for each in reader.languages if entry.before.in_(each) and entry.before.in_(each) != entry.after.in_(each))
    values = {"before": _in(entry.before, language), "now": _in(entry.after, language)}
    if language == reader.language:
        return reader.gettext("“{before}” is now called “{now}”", **values)
    if language == LANGUAGES[0]:
        return reader.gettext("“{before}” is now called “{now}” in English", **values)
    return reader.gettext("“{before}” is now called “{now}” in French", **values)


def _in(text: Bilingual, language: Language) -> Words:
    return Words.verbatim(text.in_(language) or "–")


def _alignment(entry: Entry, reader: Reader) -> Words:
    assert entry.other
    now, before = (_strength(each, reader) for each in (entry.after, entry.before))
    values = {"name": entry.name.for_(reader), "priority": entry.other.for_(reader), "now": now, "before": before}
    return reader.gettext("{name} and “{priority}”: {now}, until now {before}", **values)


def _strength(value: Value, reader: Reader) -> Words:
    return STRENGTHS[cast("Strength", value)].for_(reader).inside if value else reader.gettext("not stated")


def _mandate(entry: Entry, reader: Reader) -> Words:
    _, name = reader.gettext, entry.name.for_(reader)
    if entry.before is None:
        return _("{name}: its mandate is defined", name=name)
    return _("{name}: its mandate is worded otherwise", name=name) if entry.after else _("{name}: its mandate is taken out", name=name)


def _activity(entry: Entry, reader: Reader) -> Words:
    assert entry.other
    told_ = reader.gettext("{name}: {text}", name=entry.name.for_(reader), text=entry.other.marked(reader))
    return _with(told_, [workplans.due(date.fromisoformat(str(entry.after)), None, reader)] if entry.after else [], reader)


def _facts(entry: Entry, reader: Reader) -> Words:
    n = cast("int", entry.after)
    if not entry.about:
        return reader.ngettext("Other records: {n} fact confirmed", "Other records: {n} facts confirmed", n)
    return reader.ngettext("{name}: {n} fact confirmed", "{name}: {n} facts confirmed", n, name=entry.name.for_(reader))


def _health(entry: Entry, reader: Reader) -> Words:
    _ = reader.gettext
    moved = (
        _(
            "{name}: {before} → {now}",
            name=REQUIREMENTS[cast("Requirement", requirement)].for_(reader).inside,
            before=_standing(before, reader),
            now=_standing(now, reader),
        )
        for requirement, before, now in cast("Moved", entry.detail)
    )
    return _("{name} – {text}", name=entry.name.for_(reader), text=Words.joined("; ", moved))


def _standing(state: str | None, reader: Reader) -> Words:
    return STATES[cast("State", state)].for_(reader).inside if state else reader.gettext("nothing open")


LINES: Final[Mapping[What, Callable[[Entry, Reader], Words]]] = {
    "decision": _decision,
    "recommendation": _recommendation,
    "workplan": _workplan,
    "group": _group,
    "priority": _priority,
    "joined": _joined,
    "left": _left,
    "led": _led,
    "link": _link,
    "referral": _referral,
    "kind": _kind,
    "target": _target,
    "state": _state,
    "owner": _place,
    "parent": _place,
    "carried": _place,
    "number": _sequence,
    "name": _name,
    "alignment": _alignment,
    "mandate": _mandate,
    "activity": _activity,
    "facts": _facts,
    "health": _health,
}
"""In the order in which they stand in a section."""
