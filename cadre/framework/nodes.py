"""What stands on a map for each group and priority, whatever the map."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from cadre.core.errors import Message
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.framework import look, telling
from cadre.framework.facts import TABLE, AlignmentIn, GroupIn, LinkIn, PriorityIn, ReferralIn, World
from cadre.framework.graph import Edge, Key, Mark, Node
from cadre.framework.teller import Teller
from cadre.groups import wording as groups
from cadre.groups.facts import COUNCILS
from cadre.oversight.matrix import Cover
from cadre.oversight.wording import COVER_SHAPES, COVERS

WOULD_CARRY: Final = "would_carry"
"""A group that is only proposed is to carry a priority."""
SIGNS: Final = {"to_complete": "▲", "unknown": "?", "proposed": "◇", "table": "⚑"}
"""The shape of each kind of mark; that of a gap says which."""
_EDGES: Final = {
    "carries": Message("carries the priority"),
    WOULD_CARRY: Message("is to carry it (proposed)"),
    "supports": Message("supports it"),
    "example": Message("is an example of it"),
    "could_support": Message("could support it (proposed)"),
    "part_of": Message("is part of"),
    "oversees": Message("oversees"),
    "becomes": Message("becomes"),
    "depends_on": Message("depends on"),
    "overlap": Message("overlaps: same people, same priority"),
    "feeds": Message("feeds"),
    "referred": Message("for or from the Deputy Ministers' Table"),
}
_MARKS: Final = {
    "gap": Message("a gap"),
    "to_complete": Message("to complete"),
    "unknown": Message("not known"),
    "proposed": Message("proposed, not decided"),
    "table": Message("for or from the Deputy Ministers' Table"),
}
_STATES: Final = {"proposed": "⬚", "dormant": "▭", "sunset": "▭"}


def council(world: World, group: GroupIn, tell: Teller, column: int = 0) -> Node:
    """A council, or a table of deputy ministers: its acronym, its name, when it meets next."""
    lines = [tell(telling.leads, world, f"group:{group.id}")]
    if held := telling.next_in_person(world, group.id):
        lines.append(tell(telling.next_meeting, held))
    return Node(
        id=f"group:{group.id}",
        kind=group.kind or "group",
        name=tell(group.name),
        lines=tuple(filter(None, lines)),
        marks=tuple(_to_complete(world, group.id, tell)),
        state=group.state,
        council=group.id if group.is_council else None,
        badge=tell(group.short) if group.short else (),
        path=telling.address(telling.subject_of(group)),
        column=column,
    )


def priority(world: World, found: PriorityIn, cover: Cover, tell: Teller, column: int = 0) -> Node:
    """A priority: its number, its name, who leads it, and whether there is a gap."""
    id_ = f"priority:{found.id}"
    marks = [] if cover == "led" else [Mark("gap", COVER_SHAPES[cover], tell(COVERS[cover]))]
    return Node(
        id=id_,
        kind="priority",
        name=tell(found.name),
        lines=(tell(telling.leads_or_none, world, id_),),
        marks=(*marks, *_referred(world, id_, tell)),
        council=found.owner,
        number=found.number,
        path=telling.address(id_),
        column=column,
    )


def group(world: World, found: GroupIn, tell: Teller, column: int = 0) -> Node:
    """A group: its kind, council and state, what is proposed of it, what is to complete."""
    id_, owner = f"group:{found.id}", world.council_of.get(found.id)
    made = list(telling.proposals(world, found)) or list(telling.could_support(world, found))
    proposed = [Mark("proposed", SIGNS["proposed"], tell(make)) for make in made]
    above = world.groups[owner] if owner else None
    return Node(
        id=id_,
        kind=found.kind or "group",
        name=tell(found.name),
        lines=(tell(telling.kind_line, world, found),),
        marks=(*proposed, *_referred(world, id_, tell), *_to_complete(world, found.id, tell)),
        state=found.state,
        council=owner,
        badge=tell(telling.short, above) if above else (),
        path=telling.address(telling.subject_of(found)),
        column=column,
    )


def any_group(world: World, found: GroupIn, tell: Teller, column: int = 0) -> Node:
    """A council, table or group as each is shown."""
    return (council if found.is_council or found.is_table else group)(world, found, tell, column)


def _to_complete(world: World, id_: str, tell: Teller) -> Iterator[Mark]:
    for state in ("to_complete", "unknown"):
        if told := tell(telling.to_complete, world, id_, state):
            yield Mark(state, SIGNS[state], told)


def _referred(world: World, of: str, tell: Teller) -> Iterator[Mark]:
    for found in {(each.table, each.direction): each for each in world.referred.get(of, ())}.values():
        yield Mark("table", SIGNS["table"], tell(telling.referral, world, found))


def tie(world: World, found: AlignmentIn, tell: Teller) -> Edge:
    """How strongly a group serves a priority. A carrier that is only proposed is told from one that carries."""
    kind = WOULD_CARRY if found.strength == "carries" and world.groups[found.group].state == "proposed" else str(found.strength)
    owner, told = world.priorities[found.priority].owner, tell.once(telling.tie, world, found)
    return Edge(f"priority:{found.priority}", f"group:{found.group}", kind, tooltip=told, council=owner)


def link(world: World, found: LinkIn, tell: Teller) -> Edge:
    """One group oversees, becomes or depends on another."""
    return Edge(f"group:{found.source}", f"group:{found.target}", found.kind, tooltip=tell.once(telling.whole_link, world, found))


def within(world: World, tell: Teller) -> Iterator[Edge]:
    """That a council or table is part of another."""
    for each in world.groups.values():
        above = world.groups.get(each.parent or "")
        if above and (each.is_council or each.is_table):
            told = tell.once(lambda reader, each=each, above=above: telling.part_of(each, above, reader))
            yield Edge(f"group:{above.id}", f"group:{each.id}", "part_of", tooltip=told)


def together(world: World, groups: Iterable[GroupIn]) -> list[GroupIn]:
    """The same groups, each followed by those that a line joins it to."""
    left = {each.id: each for each in groups}
    found: list[GroupIn] = []
    while left:
        waiting = [next(iter(left))]
        while waiting:
            if each := left.pop(waiting.pop(0), None):
                found.append(each)
                waiting += [other for link in world.links if each.id in (link.source, link.target) for other in (link.source, link.target)]
    return found


def referred(world: World, found: ReferralIn, tell: Teller) -> Edge:
    """Something is for a table of deputy ministers, or comes from it."""
    return Edge(f"group:{found.table}", found.about, "referred", tooltip=tell.once(telling.referral, world, found))


def legend(world: World, of: Iterable[Node], edges: Iterable[Edge], tell: Teller) -> tuple[Key, ...]:
    """What is to be explained of a map: what is on it, and nothing else."""
    nodes = tuple(of)
    lines, kinds = {each.kind for each in edges}, {each.kind for each in nodes}
    marks, states = [mark for each in nodes for mark in each.marks], {each.state for each in nodes}
    keys = [Key("edge", kind, tell(text)) for kind, text in _EDGES.items() if kind in lines]
    keys += [
        Key("kind", id_, tell(found.name), look.KIND_SHAPES.get(id_, look.ANY_KIND))
        for id_, found in world.kinds.items()
        if id_ in kinds - {TABLE, *COUNCILS}
    ]
    keys += [Key("state", state, tell(groups.state, state), shape) for state, shape in _STATES.items() if state in states]
    for kind, text in _MARKS.items():
        if shapes := dict.fromkeys(mark.shape for mark in marks if mark.kind == kind):
            keys.append(Key("mark", kind, tell(text), " ".join(shapes)))
    return tuple(keys)


def subtitle(world: World, tell: Teller) -> tuple[tuple[Words, ...], ...]:
    """Of which day a map is, and what of it is proposed or to be confirmed."""
    makes = (telling.as_of, telling.before_records, telling.standing)
    return tuple(filter(None, (tell(make, world) for make in makes)))


def counted(world: World, reader: Reader) -> Words:
    """How much a map holds."""
    ngettext = reader.ngettext
    parts = [
        ngettext("{n} council", "{n} councils", len(world.councils)),
        ngettext("{n} priority", "{n} priorities", len(world.priorities)),
        ngettext("{n} group", "{n} groups", len(world.working)),
    ]
    return reader.listed(parts)


def alt(world: World, reader: Reader) -> Words:
    """What a map of the whole shows, for whoever does not see it."""
    return reader.gettext("A map of {what}.", what=counted(world, reader))
