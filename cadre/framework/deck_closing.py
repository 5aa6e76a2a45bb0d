"""The end of a deck: priorities one by one, decisions, next steps, and the annex on the groups that have objectives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Final

from cadre.core.bilingual import Bilingual
from cadre.core.errors import Message
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.framework import meeting_names as meetings
from cadre.framework.deck_facts import Aim, DeckFacts
from cadre.framework.deck_words import columned, people, proposed, unconfirmed, unknown, unstated
from cadre.framework.facts import NOT_AGREED, ActionIn, AlignmentIn, DecisionIn, GroupIn, PostIn, PriorityIn, World
from cadre.framework.graph import Told
from cadre.framework.slides import NOTHING, Column, Prose, Slide, Table, Tongue
from cadre.framework.telling import number, superseded
from cadre.groups import wording as groups
from cadre.oversight.facts import LEADING, Strength
from cadre.oversight.wording import STRENGTHS
from cadre.people import wording as roles

_STATES: Final = {"open": Message("open"), "done": Message("done"), "dropped": Message("dropped")}
_SERVING: Final[tuple[Strength, ...]] = ("supports", "example", "could_support")


def priorities(facts: DeckFacts, tongue: Tongue) -> Iterator[Slide]:
    """A slide for each priority, in their sequence: what it is, who leads it, which groups serve it and how."""
    section = tongue.say(lambda reader: reader.gettext("Presentations of the priorities"))
    for each in facts.world.in_sequence:
        yield _priority(facts, each, section, tongue)


def _priority(facts: DeckFacts, priority: PriorityIn, section: Told, tongue: Tongue) -> Slide:
    world = facts.world
    leads = world.leads(f"priority:{priority.id}")
    facts_told = [(Message("Leads"), _leads(facts, leads, tongue))]
    owner = world.groups.get(priority.owner or "")
    if owner:
        facts_told.append((Message("Priority of"), tongue.name(owner.name)))
    carrier = world.groups.get(priority.group or "")
    if carrier:
        facts_told.append((Message("Working group"), _with_state(carrier, tongue)))
    for strength in _SERVING:
        serving = [tie for tie in world.ties_of[priority.id] if tie.strength == strength]
        if serving:
            facts_told.append((STRENGTHS[strength], _groups(facts, serving, tongue)))
    title = tongue.say(lambda reader: reader.gettext("Priority: {name}", name=priority.name.for_(reader)))
    columns = (Column(NOTHING, 0.26), Column(NOTHING, 0.74))
    rows = tuple((tongue.say(heading.for_), told) for heading, told in facts_told)
    description = tongue.text(priority.description) if priority.description else _undescribed(tongue)
    records = [("priority", priority.id, priority.name), *(("role", post.id, _named(post)) for post in leads)]
    return Slide(
        title,
        (Prose((description,), "large"), Table(title, columns, rows)),
        section=section,
        footnotes=tuple(unconfirmed(leads, tongue)),
        notes=facts.notes(tongue, records),
    )


def _undescribed(tongue: Tongue) -> Told:
    return tongue.say(lambda reader: reader.gettext("Its description is not in the registry."))


def _named(post: PostIn) -> Bilingual:
    return Bilingual(post.name, post.name)


def _leads(facts: DeckFacts, posts: Sequence[PostIn], tongue: Tongue) -> Told:
    """With the abbreviation of where they are from."""
    if not posts:
        return unstated(tongue)
    return tongue.say(lambda reader: reader.listed(_lead(facts, post, reader) for post in posts))


def _lead(facts: DeckFacts, post: PostIn, reader: Reader) -> Words:
    seat, name = facts.seats.get(post.jurisdiction or ""), Words.verbatim(post.name)
    where = (seat.short or seat.name).for_(reader) if seat else None
    doubt = reader.gettext("to be confirmed") if post.doubtful else None
    more = Words.joined("; ", (part for part in (where, doubt) if part))
    return reader.gettext("{text} ({more})", text=name, more=more) if more else name


def _with_state(group: GroupIn, tongue: Tongue) -> Told:
    if group.state is None:
        return tongue.name(group.name)
    return tongue.say(
        lambda reader: reader.gettext("{text} ({more})", text=group.name.for_(reader), more=groups.state(group.state, reader))
    )


def _groups(facts: DeckFacts, ties: Iterable[AlignmentIn], tongue: Tongue) -> Told:
    found = [facts.world.groups[tie.group] for tie in ties if tie.group in facts.world.groups]
    return tongue.say(lambda reader: reader.listed(each.name.for_(reader) for each in found))


def decisions(facts: DeckFacts, tongue: Tongue) -> Iterator[Slide]:
    """What the meeting decided, and what was worded and awaits a decision."""
    title = tongue.say(lambda reader: reader.gettext("Decisions"))
    found = _decisions(facts)
    if not found:
        if facts.meeting:
            yield Slide(title, (Prose((tongue.say(lambda reader: reader.gettext("No decision of this meeting is in the registry.")),)),))
        return
    shares = [(Message("Decision"), 0.18), (Message("Wording"), 0.62), (Message("State"), 0.2)]
    columns = columned(tongue, shares)
    rows = tuple((_decision_name(each, tongue), tongue.text(each.wording), _decision_state(facts.world, each, tongue)) for each in found)
    origins = (facts.origin("decision", each.id) for each in found if not each.confirmed)
    footnotes = tuple(dict.fromkeys(tongue.text(origin.note) for origin in origins if origin and origin.note))
    notes = facts.notes(tongue, (("decision", each.id, each.wording) for each in found))
    badge = NOTHING if any(each.confirmed for each in found) else proposed(tongue)
    yield Slide(title, (Table(title, columns, rows),), badge=badge, footnotes=footnotes, notes=notes)


def _decisions(facts: DeckFacts) -> list[DecisionIn]:
    """Of a meeting that was named, its own, and those that no meeting took yet; else those since the meeting before the next, and these."""
    wanted, occasion = facts.meeting, facts.occasion
    earlier = [
        each
        for each in meetings.in_person(facts.world)
        if occasion and each.held and occasion.held and each.held.last < occasion.held.first
    ]
    since = earlier[-1].held if earlier else None

    def belongs(each: DecisionIn) -> bool:
        if wanted and each.meeting:
            return each.meeting == wanted.id
        if not each.confirmed:
            return True
        return wanted is None and (since is None or each.taken is None or each.taken.last > since.last)

    found = [each for each in facts.world.decisions.values() if belongs(each)]
    return sorted(found, key=lambda each: (each.year or 0, each.number or 0, each.id))


def _decision_name(each: DecisionIn, tongue: Tongue) -> Told:
    if each.number is None:
        return tongue.say(lambda reader: reader.gettext("Proposed decision"))
    return tongue.say(lambda reader: reader.gettext("Decision {number}", number=number(each)))


def _decision_state(world: World, each: DecisionIn, tongue: Tongue) -> Told:
    if not each.confirmed:
        return tongue.say(lambda reader: reader.gettext("proposed; not confirmed"))
    if each.outcome == NOT_AGREED:
        return tongue.say(lambda reader: reader.gettext("not agreed"))
    if by := world.superseding.get(each.id):
        return tongue.say(partial(superseded, by))
    taken = each.taken
    if taken is None:
        return tongue.say(lambda reader: reader.gettext("confirmed by the secretariat"))
    return tongue.say(lambda reader: reader.gettext("confirmed, {date}", date=reader.date(taken)))


def next_steps(facts: DeckFacts, tongue: Tongue) -> Iterator[Slide]:
    """What is to be done next: of the meeting that was named, and what no meeting stands for; else all that is open."""
    found = [each for each in facts.world.actions.values() if _to_do(facts, each)]
    if not found:
        return
    world = facts.world
    of = dict.fromkeys(each.group for each in found)
    one = world.groups.get(next(iter(of)) or "") if len(of) == 1 else None
    title = tongue.say(
        lambda reader: (
            reader.gettext("Next steps for {group:the}", group=groups.named(one.name, reader)) if one else reader.gettext("Next steps")
        )
    )
    shares = [(Message("What"), 0.46), (Message("Group"), 0.24)] if one is None else [(Message("What"), 0.64)]
    shares += [(Message("Owner"), 0.16), (Message("Due"), 0.14), (Message("State"), 0.12)]
    columns = columned(tongue, shares)
    rows = tuple(_step(facts, each, tongue, grouped=one is None) for each in sorted(found, key=lambda each: (each.group or "", each.id)))
    about = (facts.origin("action", each.id, "about") for each in found)
    footnotes = tuple(dict.fromkeys(tongue.text(origin.note) for origin in about if origin and origin.note and origin.doubtful))
    notes = facts.notes(tongue, (("action", each.id, each.wording) for each in found))
    yield Slide(title, (Table(title, columns, rows, row_heads=False),), footnotes=footnotes, notes=notes)


def _to_do(facts: DeckFacts, each: ActionIn) -> bool:
    if facts.meeting and each.meeting:
        return each.meeting == facts.meeting.id
    return each.state in (None, "open")


def _step(facts: DeckFacts, each: ActionIn, tongue: Tongue, *, grouped: bool) -> tuple[Told, ...]:
    group, due = facts.world.groups.get(each.group or ""), each.due
    owner = facts.people.get(each.owner or "")
    whose = (tongue.name(group.name) if group else unstated(tongue),) if grouped else ()
    return (
        tongue.text(each.wording),
        *whose,
        tongue.verbatim(owner) if owner else unstated(tongue),
        tongue.say(lambda reader: reader.date(due)) if due else unstated(tongue),
        tongue.say(_STATES[each.state].for_) if each.state in _STATES else unstated(tongue),
    )


def annex(facts: DeckFacts, tongue: Tongue) -> Iterator[Slide]:
    """Of each group with objectives: its scope, its objectives and how far they are, its members by jurisdiction."""
    with_aims = [group for id_ in dict.fromkeys(each.group for each in facts.aims) if (group := facts.world.groups.get(id_))]
    if not with_aims:
        return
    yield Slide(tongue.say(lambda reader: reader.gettext("Annex")), style="divider")
    for group in with_aims:
        if group.mandate:
            yield _scope(facts, group, group.mandate, tongue)
        yield _objectives(facts, group, [each for each in facts.aims if each.group == group.id], tongue)
        posts = [post for post in facts.world.posts_of.get(f"group:{group.id}", ()) if post.role != "secretariat"]
        if posts:
            yield _members(facts, group, posts, tongue)


def _scope(facts: DeckFacts, group: GroupIn, mandate: Bilingual, tongue: Tongue) -> Slide:
    title = tongue.say(lambda reader: reader.gettext("{group} – Scope", group=group.name.for_(reader)))
    told = [mandate.marked(reader).paragraphs for reader in tongue.readers]
    if len({len(each) for each in told}) == 1:
        paragraphs: tuple[Told, ...] = tuple(zip(*told, strict=True))
    else:  # the languages part it otherwise: each as a whole
        paragraphs = (tuple(Words.joined("\n", each) for each in told),)
    return Slide(title, (Prose(paragraphs),), notes=facts.notes(tongue, [("group", group.id, group.name)]))


def _objectives(facts: DeckFacts, group: GroupIn, aims: list[Aim], tongue: Tongue) -> Slide:
    title = tongue.say(lambda reader: reader.gettext("{group} – Objectives, state", group=group.name.for_(reader)))
    shares = [(Message("No."), 0.07), (Message("Objective"), 0.73), (Message("State"), 0.2)]
    columns = columned(tongue, shares)
    rows = tuple((tongue.verbatim(str(each.number)), tongue.text(each.wording), unknown(tongue)) for each in aims)
    return Slide(
        title,
        (Table(title, columns, rows),),
        notes=facts.notes(tongue, (("objective", each.id, each.wording) for each in aims)),
    )


def _members(facts: DeckFacts, group: GroupIn, posts: Sequence[PostIn], tongue: Tongue) -> Slide:
    title = tongue.say(lambda reader: reader.gettext("Members {group:of}", group=groups.named(group.name, reader)))
    columns = (
        Column(tongue.say(lambda reader: reader.gettext("Jurisdiction")), 0.5),
        Column(tongue.say(lambda reader: reader.gettext("Name")), 0.5),
    )
    rows = tuple((_seat(facts, post, tongue), _member(facts, post, tongue)) for post in posts)
    records = [("role", post.id, _named(post)) for post in posts]
    return Slide(title, (Table(title, columns, rows),), footnotes=tuple(unconfirmed(posts, tongue)), notes=facts.notes(tongue, records))


def _seat(facts: DeckFacts, post: PostIn, tongue: Tongue) -> Told:
    """ "City of Windsor, MISA East"; "Employment and Social Development Canada (ESDC/Service Canada)"; "Manitoba"."""
    seat = facts.seats.get(post.jurisdiction or "")
    if seat is None:
        return unstated(tongue)
    if seat.section:
        return tongue.joined(", ", (tongue.name(seat.name), tongue.name(seat.section)))
    if seat.short and post.jurisdiction in facts.world.parents:  # a part of a government: people know it by its abbreviation
        short = seat.short
        return tongue.say(lambda reader: reader.gettext("{text} ({more})", text=seat.name.for_(reader), more=short.for_(reader)))
    return tongue.name(seat.name)


def _member(facts: DeckFacts, post: PostIn, tongue: Tongue) -> Told:
    """ "Ann Lake"; "Ann Lake, co-chair on behalf of PSSDC"."""
    if post.role not in LEADING and post.role == "member":
        return people([post], tongue)
    council = facts.world.groups.get(post.on_behalf_of or "")

    def say(reader: Reader) -> Words:
        _ = reader.gettext
        role = roles.role(post.role, reader)
        if council:
            short = council.short.in_(reader.language) if council.short else None
            name = groups.named(Bilingual(short, short), reader, "le") if short else groups.named(council.name, reader)
            role = Words.joined(", ", (role, _("on behalf of {council:the}", council=name)))
        return _("{text} ({more})", text=Words.verbatim(post.name), more=role.inside)

    return tongue.say(say)
