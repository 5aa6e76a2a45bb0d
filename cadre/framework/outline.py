"""The complete text equivalent of a map: headings, nested lists and tables, for screen readers, for Slack and the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cadre.core.errors import Message
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.framework import covering, telling
from cadre.framework.choosing import ALL, Filter, narrowed
from cadre.framework.facts import ActivityIn, AlignmentIn, GroupIn, PriorityIn, World
from cadre.framework.macro import NONE, serving_none
from cadre.framework.outlined import Item, Outline, Section, Table
from cadre.framework.sequence import AROUND, HIDDEN, MEETINGS, OTHER, Quarter, When, planned, whose
from cadre.framework.subject import Subject, subject
from cadre.groups import wording as groups
from cadre.oversight import wording as oversight
from cadre.oversight.matrix import Matrix
from cadre.workplans import logic_wording as logic
from cadre.workplans.logic_rules import STAGES

__all__ = ["Item", "Outline", "Section", "Table", "macro", "micro", "sequence"]


def macro(world: World, reader: Reader, chosen: Filter = ALL) -> Outline:
    """All that the macro view shows, in words."""
    seen = narrowed(world, chosen)
    gaps = covering.matrix(seen)
    sections = (_councils(seen, reader), _priorities(seen, gaps, reader), _none(seen, reader), _over(seen, reader), _overlaps(gaps, reader))
    kept = [each for each in sections if each.items or each.text]
    return Outline(telling.title(world, reader), _intro(world, reader), (*kept, _all(seen, reader)))


def micro(world: World, of: str, reader: Reader) -> Outline:
    """All that the micro view of "priority:…", "group:…" or "council:…" shows, in words. Raises NotFound."""
    found = subject(world, of)
    made = (_itself, _referred, _people, _text, _plan, _outcomes, _meetings, _decisions, _proposed, _around, _under)
    sections = (each(found, world, reader) for each in made)
    return Outline(found.name.for_(reader), _intro(world, reader), tuple(each for each in sections if each.items or each.text))


def sequence(world: World, reader: Reader, chosen: Filter = ALL) -> Outline:
    """All that the sequence view shows, in words: by priority, then by quarter."""
    seen, _ = narrowed(world, chosen), reader.gettext
    found = planned(seen)
    held = [each for quarter in found.meetings.values() for each in quarter]
    sections = [Section(MEETINGS.for_(reader), tuple(Item(telling.meeting(each, reader)) for each in held))] if held else []
    for lane in found.lanes:
        heading = telling.priority_name(lane.priority, reader) if lane.priority else OTHER.for_(reader)
        cells = ((when, lane.cells[when]) for when in found.columns if when in lane.cells)
        items = tuple(Item(_when(when, reader), tuple(_activity(each, seen, reader) for each in some)) for when, some in cells)
        sections.append(Section(heading, items, text=() if items else (_("Nothing is planned that can be shown."),)))
    hidden = () if world.whole else (HIDDEN.for_(reader),)
    return Outline(_("Priorities over time"), (*_intro(world, reader), *hidden), tuple(sections))


def _intro(world: World, reader: Reader) -> tuple[Words, ...]:
    made = (telling.as_of(world, reader), telling.before_records(world, reader), telling.standing(world, reader))
    return tuple(each for each in made if each)


def _items(lines: Iterable[Words | None]) -> tuple[Item, ...]:
    return tuple(Item(line) for line in lines if line)


# ---------------------------------------------------------------- macro


def _councils(world: World, reader: Reader) -> Section:
    tables = [each for each in world.groups.values() if each.is_table]
    items = tuple(_council(each, world, reader) for each in (*tables, *world.councils))
    return Section(reader.gettext("Councils and tables"), items)


def _council(found: GroupIn, world: World, reader: Reader) -> Item:
    """A council, what it is part of, who leads it, when it meets next, its priorities."""
    _, held = reader.gettext, telling.next_in_person(world, found.id)
    above = world.groups.get(found.parent or "")
    lines = [
        _("Part of: {group}", group=above.name.for_(reader)) if above else None,
        telling.leads(world, f"group:{found.id}", reader),
        telling.next_meeting(held, reader) if held else None,
        *_to_complete(found.id, world, reader),
    ]
    owned = [Item(telling.priority_name(each, reader)) for each in telling.in_order(world) if each.owner == found.id]
    named = (Item(_("Priorities"), tuple(owned)),) if owned else ()
    return Item(_full_name(found, reader), (*_items(lines), *named), telling.address(telling.subject_of(found)))


def _full_name(found: GroupIn, reader: Reader) -> Words:
    acronym = found.short.for_(reader) if found.short else None
    name = found.name.for_(reader)
    return reader.gettext("{text} ({more})", text=name, more=acronym) if acronym else name


def _priorities(world: World, gaps: Matrix, reader: Reader) -> Section:
    covers = {each.priority.id: oversight.cover(each, reader) for each in gaps.priorities}
    items = tuple(_priority(each, world, covers[each.id], reader) for each in telling.in_order(world))
    return Section(reader.gettext("Priorities in their sequence"), items)


def _priority(found: PriorityIn, world: World, cover: Words, reader: Reader) -> Item:
    _, id_ = reader.gettext, f"priority:{found.id}"
    owner = world.groups.get(found.owner or "")
    lines = (
        telling.leads_or_none(world, id_, reader),
        cover,
        _("Of: {council}", council=owner.name.for_(reader)) if owner else None,
        *(telling.referral(world, each, reader) for each in world.referred.get(id_, ())),
    )
    ties = tuple(_tie(tie, world, reader) for tie in world.ties_of[found.id] if tie.strength != "none")
    serving = (Item(_("Groups around it"), ties),) if ties else ()
    return Item(telling.priority_name(found, reader), (*_items(lines), *serving), telling.address(id_))


def _tie(tie: AlignmentIn, world: World, reader: Reader) -> Item:
    """A group around a priority, how strongly it serves it, and why."""
    found = world.groups[tie.group]
    told = reader.gettext("{label}: {text}", label=found.name.for_(reader), text=telling.strength(world, tie, reader))
    lines = [tie.rationale.for_(reader) if tie.rationale else None, *_links(found.id, world, reader)]
    return Item(told, _items(lines), telling.address(telling.subject_of(found)))


def _links(group: str, world: World, reader: Reader) -> Iterator[Words]:
    return (telling.link(world, link, group, reader) for link in world.links if group in (link.source, link.target))


def _proposals(found: GroupIn, world: World, reader: Reader) -> Iterator[Words]:
    return (each.for_(reader) if isinstance(each, Message) else each(reader) for each in telling.proposals(world, found))


def _group(found: GroupIn, world: World, reader: Reader) -> Item:
    """A group: its kind, state and council, what is proposed of it, what is to complete."""
    _, above = reader.gettext, world.groups.get(world.council_of.get(found.id, ""))
    lines = [
        telling.kind_and_state(world, found, reader),
        _("Reports to: {council}", council=above.name.for_(reader)) if above else None,
        *_proposals(found, world, reader),
        *(telling.referral(world, each, reader) for each in world.referred.get(f"group:{found.id}", ())),
        *_links(found.id, world, reader),
        *_to_complete(found.id, world, reader),
    ]
    return Item(found.name.for_(reader), _items(lines), telling.address(telling.subject_of(found)))


def _to_complete(group: str, world: World, reader: Reader) -> Iterator[Words | None]:
    yield telling.to_complete(world, group, "to_complete", reader, all_=True)
    yield telling.to_complete(world, group, "unknown", reader, all_=True)


def _none(world: World, reader: Reader) -> Section:
    found = telling.by_council(world, serving_none(world))
    return Section(NONE.for_(reader), tuple(_named(each, world, reader) for each in found))


def _named(found: GroupIn, world: World, reader: Reader) -> Item:
    return Item(found.name.for_(reader), _items(_links(found.id, world, reader)), telling.address(telling.subject_of(found)))


def _over(world: World, reader: Reader) -> Section:
    found = [each for each in world.groups.values() if each.state == "sunset"]
    return Section(reader.gettext("Groups that are over"), tuple(_named(each, world, reader) for each in telling.by_council(world, found)))


def _overlaps(gaps: Matrix, reader: Reader) -> Section:
    return Section(reader.gettext("Overlaps"), _items(oversight.overlap(each, reader) for each in gaps.overlaps))


def _all(world: World, reader: Reader) -> Section:
    """All groups as a table, with all that stands on their cards."""
    _ = reader.gettext
    head = (_("Group"), _("Kind"), _("Council"), _("Priorities"), _("Proposed"), _("To complete"))
    table = Table(_("All groups"), head, tuple(_row(each, world, reader) for each in telling.by_council(world, world.working)))
    return Section(_("All groups"), table=table)


def _row(found: GroupIn, world: World, reader: Reader) -> tuple[Words, ...]:
    above = world.groups.get(world.council_of.get(found.id, ""))
    served = (
        reader.gettext("{label}: {text}", label=world.priorities[tie.priority].name.for_(reader), text=telling.strength(world, tie, reader))
        for tie in world.serving.get(found.id, ())
    )
    council = telling.short(above, reader) if above else Words("")
    proposed = (
        *_proposals(found, world, reader),
        *(telling.referral(world, each, reader) for each in world.referred.get(f"group:{found.id}", ())),
    )
    open_ = (each for each in _to_complete(found.id, world, reader) if each)
    kind = telling.kind_and_state(world, found, reader)
    return found.name.for_(reader), kind, council, *(Words.joined("; ", each) for each in (served, proposed, open_))


# ---------------------------------------------------------------- micro


def _itself(found: Subject, world: World, reader: Reader) -> Section:
    """What it is."""
    if found.group:
        made = (_council if found.group.is_council or found.group.is_table else _group)(found.group, world, reader)
        state = reader.gettext("State: {state}", state=groups.state(found.group.state, reader))
        return Section(reader.gettext("At a glance"), (*made.items, Item(state)))
    assert found.priority is not None
    cover = next(each for each in covering.matrix(world).priorities if each.priority.id == found.priority.id)
    made = _priority(found.priority, world, oversight.cover(cover, reader), reader)
    return Section(reader.gettext("At a glance"), made.items)


def _referred(found: Subject, world: World, reader: Reader) -> Section:
    """What is for a table of deputy ministers, or comes from it."""
    items = []
    for each in found.items:
        kind, _colon, id_ = each.about.partition(":")
        named = world.priorities.get(id_) if kind == "priority" else world.groups.get(id_) if kind == "group" else None
        if named:
            told = reader.gettext("{label}: {text}", label=telling.referral(world, each, reader), text=named.name.for_(reader))
            items.append(Item(told, path=telling.address(each.about)))
        elif text := telling.referred_item(world, each, reader):
            items.append(Item(text))
    return Section(reader.gettext("For this table, and from it"), tuple(items))


def _people(found: Subject, world: World, reader: Reader) -> Section:
    lines = [telling.role_and_people(world, held, posts, reader) for held, posts in found.roles]
    text = () if lines else (reader.gettext("Nobody is recorded."),)
    return Section(reader.gettext("People"), _items(lines), text=text)


def _text(found: Subject, world: World, reader: Reader) -> Section:
    text = found.text.marked(reader) if found.text else reader.gettext("None is recorded.")
    return Section(telling.heading_of_text(found.group).for_(reader), text=(text,))


def _plan(found: Subject, world: World, reader: Reader) -> Section:
    """Its workplan, and each activity with what it feeds."""
    _ = reader.gettext
    if not world.whole:
        return Section(_("Workplan"), text=(HIDDEN.for_(reader),))
    items = tuple(_activity(each, world, reader, whose_=False) for each in found.activities)
    if found.plan is None:
        return Section(_("Workplan"), items, text=() if items else (_("None is recorded."),))
    aim = (found.plan.aim.marked(reader),) if found.plan.aim else ()
    return Section(_("Workplan"), items, text=(telling.plan(found.plan, reader), *aim))


def _activity(found: ActivityIn, world: World, reader: Reader, *, whose_: bool = True) -> Item:
    _, of = reader.gettext, whose(world, found)[0] if whose_ else None
    title = _("{label}: {text}", label=found.title.marked(reader), text=telling.activity_standing(found, reader))
    part = world.parts.get(found.outcome or "")
    lines = (
        told.sentence if (told := telling.not_approved(world, found, reader)) else None,
        _("Late") if found.late else None,
        _("Workplan of: {whose}", whose=of.for_(reader)) if of else None,
        _("Feeds: {parts}", parts=Words.joined(" – ", (telling.part(part, reader), part.wording.marked(reader)))) if part else None,
    )
    return Item(title, _items(lines))


def _outcomes(found: Subject, world: World, reader: Reader) -> Section:
    """What its work leads to, stage by stage."""
    stages = {term: [each for each in found.parts if each.term == term] for term in STAGES}
    items = (
        Item(logic.stage(term, reader), _items(each.wording.marked(reader) for each in parts)) for term, parts in stages.items() if parts
    )
    return Section(reader.gettext("What it leads to"), tuple(items))


def _meetings(found: Subject, world: World, reader: Reader) -> Section:
    return Section(reader.gettext("Meetings"), _items(telling.meeting(each, reader) for each in (*found.past, *found.coming)))


def _decisions(found: Subject, world: World, reader: Reader) -> Section:
    return Section(reader.gettext("Decisions"), _items(telling.decision(world, each, reader) for each in found.decisions))


def _proposed(found: Subject, world: World, reader: Reader) -> Section:
    lines = (telling.recommendation(world, each, reader) for each in found.recommendations)
    return Section(reader.gettext("Proposed, not decided"), _items(lines))


def _around(found: Subject, world: World, reader: Reader) -> Section:
    """The priorities that a group serves: its links are told at a glance."""
    items = []
    for tie in found.ties if found.group else ():
        priority = world.priorities[tie.priority]
        text = telling.strength(world, tie, reader)
        why = _items([tie.rationale.for_(reader) if tie.rationale else None])
        label = reader.gettext("{label}: {text}", label=telling.priority_name(priority, reader), text=text)
        items.append(Item(label, why, telling.address(f"priority:{priority.id}")))
    return Section(reader.gettext("Priorities that it serves"), tuple(items))


def _under(found: Subject, world: World, reader: Reader) -> Section:
    return Section(telling.UNDER.for_(reader), tuple(_group(each, world, reader) for each in found.under))


# ---------------------------------------------------------------- sequence


def _when(when: When, reader: Reader) -> Words:
    return when.named(reader) if isinstance(when, Quarter) else AROUND[when].for_(reader)
