"""How gaps, health and load are told, once for Slack, the web and the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from cadre.core.bilingual import Bilingual
from cadre.core.errors import Message
from cadre.core.reader import Reader
from cadre.core.text import fold
from cadre.core.words import Words
from cadre.groups.wording import named
from cadre.oversight.editions import EditionFacts
from cadre.oversight.facts import GroupNow, Requirement, State, Strength, Tie, Weakness
from cadre.oversight.health import Report, Since
from cadre.oversight.load import Load
from cadre.oversight.matrix import Cover, Covered, Overlap, Serving
from cadre.oversight.rules import LONG_AGO, CycleState, Finding, Health
from cadre.people.facts import PersonRef
from cadre.workplans.wording import cycle

REQUIREMENTS: Final[Mapping[Requirement, Message]] = {
    "mandate": Message("Mandate"),
    "workplan": Message("Workplans"),
    "meetings": Message("Meetings"),
    "council_co_chair": Message("Co-chair from a Council"),
    "leads": Message("Leads and co-chairs"),
    "actions": Message("Actions of meetings"),
    "activities": Message("Activities of the workplan"),
    "facts": Message("Facts"),
}
STATES: Final[Mapping[State, Message]] = {
    "fulfilled": Message("In order"),
    "to_complete": Message("To complete"),
    "unknown": Message("Not known"),
    "not_applicable": Message("Not applicable"),
}
SHAPES: Final[Mapping[State, Words]] = {
    "fulfilled": Words.verbatim("✓"),
    "to_complete": Words.verbatim("▲"),
    "unknown": Words.verbatim("?"),
    "not_applicable": Words.verbatim("–"),
}
"""A shape for each state, beside its name: told apart without colour."""
COVERS: Final[Mapping[Cover, Message]] = {
    "none": Message("No group works on it"),
    "weak": Message("Only groups that cannot carry it now"),
    "contributed": Message("Contributed to, led by nobody"),
    "led": Message("Led"),
}
COVER_SHAPES: Final[Mapping[Cover, Words]] = {
    "none": Words.verbatim("✕"),
    "weak": Words.verbatim("▽"),
    "contributed": Words.verbatim("○"),
    "led": Words.verbatim("✓"),
}
STRENGTHS: Final[Mapping[Strength, Message]] = {
    "carries": Message("Carries it"),
    "supports": Message("Supports it"),
    "example": Message("Is an example of it"),
    "could_support": Message("Could support it (proposed)"),
    "none": Message("Does not contribute"),
}
STRENGTH_SHAPES: Final[Mapping[Strength, Words]] = {
    "carries": Words.verbatim("★"),
    "supports": Words.verbatim("●"),
    "example": Words.verbatim("◆"),
    "could_support": Words.verbatim("○"),
    "none": Words.verbatim("–"),
}
WEAKNESSES: Final[Mapping[Weakness, Message]] = {
    "proposed": Message("only proposed"),
    "dormant": Message("dormant"),
    "no_lead": Message("without a lead"),
    "expired": Message("its mandate ran out"),
    "no_workplan": Message("without a workplan"),
}
_UNKNOWN: Final[Mapping[str, Message]] = {
    "mandate": Message("its mandate"),
    "workplan": Message("its workplans"),
    "leads": Message("who leads it"),
}
_CYCLES: Final[Mapping[CycleState, Message]] = {
    "approved": Message("{cycle}: approved."),
    "waiting": Message("{cycle}: handed in, not approved yet."),
    "missing": Message("{cycle}: not handed in."),
    "unknown": Message("{cycle}: not in the registry."),
}
_REASONS: Final[Mapping[tuple[str, str], Message]] = {
    ("mandate", "expired"): Message("It ran out: {date}."),
    ("mandate", "until"): Message("Defined; it runs out: {date}."),
    ("mandate", "defined"): Message("Defined."),
    ("workplan", "state"): Message("Whether the group is active is not in the registry."),
    ("workplan", "no_council"): Message("It comes to no Council."),
    ("workplan", "no_cycle"): Message("No workplan was asked of it yet."),
    ("meetings", "none_planned"): Message("None is planned; the last one: {date}."),
    ("meetings", "long_ago"): Message("The last one was more than {months} months ago: {date}."),
    ("meetings", "next"): Message("The next one: {date}."),
    ("council_co_chair", "ended"): Message("The last co-chair has left."),
    ("council_co_chair", "no_member"): Message("No confirmed seat in a Council: {people}."),
    ("council_co_chair", "unconfirmed"): Message("To be confirmed: {people}."),
    ("council_co_chair", "held"): Message("{people}."),
    ("leads", "ended"): Message("The last one has left."),
    ("leads", "unconfirmed"): Message("To be confirmed: {people}."),
    ("leads", "held"): Message("{people}."),
    ("actions", "none_late"): Message("None is late."),
    ("activities", "no_cycle"): Message("No workplan was asked of it yet."),
    ("activities", "none_late"): Message("None is late."),
    ("facts", "confirmed"): Message("None is to be confirmed."),
}
"""What is told of a finding, by its requirement and its reason."""
_ANYWHERE: Final[Mapping[str, Message]] = {
    "kind": Message("This kind of group does not need it."),
    "proposed": Message("The group is only proposed."),
    "dormant": Message("The group does not meet at present."),
}
_UNRECORDED: Final = Message("Nothing of it is in the registry.")
_MISSING: Final = Message("There is none.")


def finding(found: Finding, reader: Reader) -> Words:
    """Why a group stands as it does in one thing: one sentence, or one for each cycle."""
    _, ngettext = reader.gettext, reader.ngettext
    if found.reason == "kind" and found.state == "unknown":
        return _("What kind of group this is, is not in the registry.")
    if found.reason == "absent":
        return (_MISSING if found.state == "to_complete" else _UNRECORDED).for_(reader)
    if found.reason == "cycles":
        return Words.joined(" ", (_cycle(half, state, reader) for half, state in found.cycles))
    if found.reason == "late" and found.requirement == "activities":
        return ngettext("{n} activity is late.", "{n} activities are late.", found.n)
    if found.reason == "late":
        return ngettext("{n} action is late.", "{n} actions are late.", found.n)
    if found.reason == "unclear":
        return ngettext("Of {n} action, nobody said whether it is done.", "Of {n} actions, nobody said whether they are done.", found.n)
    if found.requirement == "facts" and found.n:
        return ngettext("{n} fact is to be confirmed.", "{n} facts are to be confirmed.", found.n)
    message = _REASONS.get((found.requirement, found.reason)) or _ANYWHERE[found.reason]
    values: dict[str, Words | int] = {"people": names(found.people, reader), "months": LONG_AGO}
    if found.when:
        values["date"] = reader.date(found.when)
    return _(message.msgid, **values)


def _cycle(half: str, state: CycleState, reader: Reader) -> Words:
    return reader.gettext(_CYCLES[state].msgid, cycle=cycle(half, reader))


def line(found: Finding, reader: Reader) -> Words:
    """The same with its name, and its state where something is open: "▲ Mandate (to complete). There is none."."""
    _, name, shape = reader.gettext, REQUIREMENTS[found.requirement].for_(reader), SHAPES[found.state]
    if found.state in ("fulfilled", "not_applicable"):
        told = _("{name}.", name=name)
    else:
        told = _("{name} ({state}).", name=name, state=STATES[found.state].for_(reader).inside)
    return Words.joined(" ", (shape, told, finding(found, reader)))


def names(people: Iterable[PersonRef], reader: Reader) -> Words:
    """Their names."""
    return reader.listed(Words.verbatim(each.name) for each in people)


def standing(found: Health, reader: Reader) -> Words:
    """How a group stands as a whole: "▲ To complete: mandate and meetings"."""
    return reader.gettext("{shape} {name}", shape=SHAPES[found.state], name=state(found, reader))


def state(found: Health, reader: Reader) -> Words:
    """The same without its shape."""
    name = STATES[found.state].for_(reader)
    if found.state in ("fulfilled", "not_applicable"):
        return name
    told = reader.listed(REQUIREMENTS[each.requirement].for_(reader).inside for each in found.in_(found.state))
    return reader.gettext("{name}: {why}", name=name, why=told)


def in_order(found: Iterable[Health], reader: Reader) -> list[Health]:
    """Those to complete first, then those of which something is not known; by name, as the reader reads it."""
    return sorted(found, key=lambda each: (_FIRST.index(each.state), fold(each.group.name.for_(reader))))


_FIRST: Final[tuple[State, ...]] = ("to_complete", "unknown", "fulfilled", "not_applicable")


def total(report: Report, reader: Reader) -> Words:
    """How many groups are to complete."""
    n = sum(each.state == "to_complete" for each in report.all)
    all_ = len(report.all)
    if not all_:
        return reader.gettext("There is no group here whose state you may see.")
    if not n:
        return reader.gettext("Nothing is to complete.")
    return reader.ngettext("{n} of {all} groups has something to complete.", "{n} of {all} groups have something to complete.", n, all=all_)


def proposed_rules(reader: Reader) -> Words:
    """That the rules are not agreed yet."""
    return reader.gettext("The Councils have not approved these rules yet: they are proposed.")


def since(found: Health, earlier: Since | None, reader: Reader) -> Words | None:
    """What moved since the Councils met in person; None where nothing of then is kept."""
    if earlier is None:
        return None
    _, day = reader.gettext, reader.date(earlier.held)
    moved = earlier.moved(found)
    if not moved:
        return _("Since the meeting in person of {date}: no change.", date=day)
    told = reader.listed(
        _(
            "{name}: {before} → {now}",
            name=REQUIREMENTS[name].for_(reader).inside,
            before=STATES[before].for_(reader).inside,
            now=STATES[now].for_(reader).inside,
        )
        for name, before, now in moved
    )
    return _("Since the meeting in person of {date}: {changes}.", date=day, changes=told)


def nothing_kept(reader: Reader) -> Words:
    """Why there is no trend yet."""
    return reader.gettext("How groups stand is kept on the day of each meeting in person: there is none to compare with yet.")


def cover(found: Covered, reader: Reader) -> Words:
    """ "▽ Only groups that cannot carry it now"."""
    name = COVERS[found.cover].for_(reader)
    return reader.gettext("{shape} {name}", shape=COVER_SHAPES[found.cover], name=name)


def covered(found: Covered, reader: Reader) -> Iterator[Words]:
    """What is told of a priority below its state: who leads it, which groups work on it, which could."""
    _ = reader.gettext
    leads = _("Led by {people}", people=names(found.leads, reader)) if found.leads else _("Nobody is recorded as its lead.")
    yield leads
    for each in found.working:
        yield serving(each, reader)
    if found.proposed:
        yield _("Could support it (proposed): {groups}", groups=reader.listed(each.group.name.for_(reader) for each in found.proposed))
    for text in found.proposals:
        yield _("Recommended, not decided yet: {text}", text=text.for_(reader))


def serving(found: Serving, reader: Reader) -> Words:
    """A group that works on a priority: how, what is weak about it, what is not known of it."""
    _ = reader.gettext
    told = _("{group}: {strength}", group=found.group.name.for_(reader), strength=STRENGTHS[found.tie.strength].for_(reader).inside)
    remarks = []
    if found.weak:
        remarks.append(weak(found.weak, reader))
    if found.unknown:
        remarks.append(_("not known: {what}", what=reader.listed(_UNKNOWN[each].for_(reader) for each in found.unknown)))
    return _("{told} ({remarks})", told=told, remarks=Words.joined("; ", remarks)) if remarks else told


def weak(found: Iterable[Weakness], reader: Reader) -> Words:
    """ "dormant and without a workplan"."""
    return reader.listed(WEAKNESSES[each].for_(reader) for each in found)


def strength(tie: Tie | None, reader: Reader) -> Words:
    """What a group has to do with a priority; that nothing is stated, where nothing is."""
    return STRENGTHS[tie.strength].for_(reader) if tie else reader.gettext("Not stated")


def source(tie: Tie, reader: Reader) -> Words | None:
    """Where what is stated comes from, and who stated it."""
    _ = reader.gettext
    title = tie.source_title.for_(reader) if tie.source_title else None
    who = Words.verbatim(tie.stated_by) if tie.stated_by else None
    if title and who:
        return _("Source: {source}; stated by {who}", source=title, who=who)
    return _("Source: {source}", source=title) if title else _("Stated by {who}", who=who) if who else None


def overlap(found: Overlap, reader: Reader) -> Words:
    """Two groups that may do the same twice."""
    one, other = (each.name.for_(reader) for each in found.groups)
    priorities = reader.listed(each.name.for_(reader) for each in found.priorities)
    return reader.gettext(
        "{one} and {other} share {people}, and this: {priorities}.",
        one=one,
        other=other,
        people=names(found.people, reader),
        priorities=priorities,
    )


def edition(found: EditionFacts, reader: Reader) -> Words:
    """ "Edition of March 2, 2027 (draft)"."""
    _, day = reader.gettext, reader.date(found.day)
    return _("Edition of {date} (draft)", date=day) if found.draft else _("Edition of {date} (final)", date=day)


def by_name(loads: Iterable[Load], reader: Reader) -> list[Load]:
    """Governments by their names, as the reader reads them; those whose government is not recorded at the end."""
    return sorted(loads, key=lambda each: (each.name is None, fold(each.name.for_(reader)) if each.name else ""))


def load(found: Load, reader: Reader) -> Words:
    """What a government carries: "in 2 groups: a and b; leads or co-chairs a; leads the priority c"."""
    ngettext, _ = reader.ngettext, reader.gettext
    n, parts = len(found.groups), []
    if n:
        parts.append(ngettext("in {n} group: {groups}", "in {n} groups: {groups}", n, groups=_titles(found.groups, reader)))
    if found.leads:
        parts.append(_("leads or co-chairs {groups}", groups=_titles(found.leads, reader)))
    if found.priorities:
        parts.append(_("leads {priorities}", priorities=reader.listed(each.name.for_(reader) for each in found.priorities)))
    return Words.joined("; ", parts) if parts else _("nobody is recorded in any group")


def jurisdiction(found: Load, reader: Reader) -> Words:
    """Its name."""
    return found.name.for_(reader).sentence if found.name else reader.gettext("Government not in the registry")


def _titles(groups: Iterable[GroupNow], reader: Reader) -> Words:
    return reader.listed(each.name.for_(reader) for each in groups)


def recommended(about: Bilingual, cover_: Cover | None, reader: Reader) -> Words:
    """What is proposed as the wording of a recommendation: about a priority by how far it is covered, about a group that serves none."""
    _, name = reader.gettext, about.for_(reader)
    if cover_ is None:
        group = named(about, reader)
        return _("That it be decided which priority {group:the} is to serve, or whether it goes on.", group=group)
    if cover_ == "none":
        return _("That a working group be formed to carry “{name}”.", name=name)
    if cover_ == "weak":
        return _("That the groups that work on “{name}” be put in a position to carry it, or another group take it over.", name=name)
    if cover_ == "contributed":
        return _("That somebody be named to lead “{name}”.", name=name)
    return _("That the work on “{name}” go on as it is.", name=name)
