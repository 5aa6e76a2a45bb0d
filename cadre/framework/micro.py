"""The micro view, the *how*: one priority, group or council in the middle, its people, mandate and work, and one step around it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from cadre.core.errors import Message
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.framework import covering, nodes, telling
from cadre.framework.facts import ActivityIn, GroupIn, PartIn, World
from cadre.framework.graph import Cluster, Edge, Graph, Mark, Node, Told, Tongue
from cadre.framework.subject import Subject, subject
from cadre.framework.teller import Teller

_ABOVE, _SELF, _WORK = 0, 1, 2
"""Columns: what is above the subject, the subject itself, its work and what is below it. Then outcomes, stage by stage."""
_STAGES: Final = {"input": 3, "activity": 3, "output": 3, "short": 4, "medium": 5, "long": 6}
_MOST: Final = 10
"""So many activities stand on the picture; of more, how many. All are in the text beside it."""
_TEXT: Final = 260
"""Characters of a mandate that stand on the picture."""


def micro(world: World, of: str, language: Tongue) -> Graph:
    """The map of one priority, group or council: "priority:…", "group:…" or "council:…". Raises NotFound."""
    found, tell = subject(world, of), Teller.in_(language)
    under = [nodes.any_group(world, each, tell) for each in found.under]
    joined = _once([_self(found, world, tell), *_cards(found, world, tell), *_above(found, world, tell), *_work(found, world, tell)], under)
    edges = tuple(_edges(found, world, {node.id for node in joined}, tell))
    clusters = (Cluster("under", tell(telling.UNDER), tuple(node.id for node in under)),) if under else ()
    return Graph(
        title=tell(found.name),
        language=language,
        nodes=(*joined, *under),
        alt=tell.once(_alt, found),
        subtitle=nodes.subtitle(world, tell),
        edges=edges,
        clusters=clusters,
        legend=nodes.legend(world, (*joined, *under), edges, tell),
        councils=tuple(each.id for each in world.councils),
        free=frozenset({_ABOVE, *_STAGES.values()}),
    )


def _alt(found: Subject, reader: Reader) -> Words:
    return reader.gettext("A map of {what}, and one step around it.", what=found.name.for_(reader))


def _once(of: Iterable[Node], elsewhere: Iterable[Node]) -> tuple[Node, ...]:
    """Each but once, where it comes first: groups may oversee each other."""
    taken = {node.id for node in elsewhere}
    found: dict[str, Node] = {}
    for node in of:
        if node.id not in taken:
            found.setdefault(node.id, node)
    return tuple(found.values())


def _self(found: Subject, world: World, tell: Teller) -> Node:
    if found.group:
        return nodes.any_group(world, found.group, tell, _SELF)
    assert found.priority is not None
    cover = next(each.cover for each in covering.matrix(world).priorities if each.priority.id == found.priority.id)
    return nodes.priority(world, found.priority, cover, tell, _SELF)


# ---------------------------------------------------------------- what is told of the subject itself


def _cards(found: Subject, world: World, tell: Teller) -> Iterator[Node]:
    """Cards close below it; those that would hold nothing are left out, but for people and mandate, whose absence is told."""
    _ = Message
    people = [tell(telling.role_and_people, world, held, posts) for held, posts in found.roles]
    yield _card("people", _("People"), people or [tell(_("Nobody is recorded."))], tell)
    text = tell(found.text) if found.text else tell(_("None is recorded."))
    yield _card("mandate", telling.heading_of_text(found.group), [tuple(map(_cut, text))], tell)
    meetings = [tell(telling.meeting, held) for held in (*found.past, *found.coming)]
    items = [tuple(map(_cut, told)) for each in found.items if (told := tell(telling.referred_item, world, each))]
    decisions = [tuple(map(_cut, tell(telling.decision, world, each))) for each in found.decisions]
    proposed = [tuple(map(_cut, tell(telling.recommendation, world, each))) for each in found.recommendations]
    for kind, title, lines in (
        ("meetings", _("Meetings"), meetings),
        ("decisions", _("Decisions"), decisions),
        ("referrals", _("Decisions and next steps for it, or from it"), items),
        ("recommendations", _("Proposed, not decided"), proposed),
    ):
        if lines:
            yield _card(kind, title, lines, tell)


def _card(kind: str, heading: Message, lines: Iterable[Told], tell: Teller) -> Node:
    return Node(id=f"card:{kind}", kind=kind, name=tell(heading), lines=tuple(lines), column=_SELF, close=True)


def _cut(words: Words) -> Words:
    """As much of a text as stands on a picture."""
    return words if len(words) <= _TEXT else Words.verbatim(words[:_TEXT].rsplit(" ", 1)[0] + " …")


# ---------------------------------------------------------------- what is around it


def _above(found: Subject, world: World, tell: Teller) -> Iterator[Node]:
    for each in found.above:
        yield nodes.council(world, each, tell, _ABOVE)
    if found.group:
        covers = {each.priority.id: each.cover for each in covering.matrix(world).priorities}
        for tie in found.ties:
            yield nodes.priority(world, world.priorities[tie.priority], covers[tie.priority], tell, _ABOVE)
    yield from (nodes.any_group(world, each, tell, _ABOVE) for each in _linked(found, world, towards=True))
    tables = (world.groups[each.table] for each in found.referrals if each.table in world.groups)
    yield from (nodes.council(world, each, tell, _ABOVE) for each in tables)


def _linked(found: Subject, world: World, *, towards: bool) -> Iterator[GroupIn]:
    """The groups at the other end of links that lead towards it, or away from it."""
    for link in found.links:
        here, other = (link.target, link.source) if towards else (link.source, link.target)
        if found.group and here == found.group.id and other in world.groups and other != here:
            yield world.groups[other]


def _work(found: Subject, world: World, tell: Teller) -> Iterator[Node]:
    """Right of it: the priorities of a council; who serves a priority; groups that it oversees; its activities; what they lead to."""
    referred = [each.about.partition(":")[2] for each in found.items if each.about.startswith("priority:")]
    priorities = {each.id: each for each in (*found.owned, *(world.priorities[id_] for id_ in referred if id_ in world.priorities))}
    covers = {each.priority.id: each.cover for each in covering.matrix(world).priorities} if priorities else {}
    yield from (nodes.priority(world, each, covers[each.id], tell, _WORK) for each in priorities.values())
    groups = (world.groups.get(each.about.partition(":")[2]) for each in found.items if each.about.startswith("group:"))
    yield from (nodes.any_group(world, each, tell, _WORK) for each in groups if each)
    if found.priority:
        yield from (nodes.group(world, world.groups[tie.group], tell, _WORK) for tie in found.ties)
    yield from (nodes.any_group(world, each, tell, _WORK) for each in _linked(found, world, towards=False))
    yield from (activity(each, world, tell, _WORK) for each in found.activities[:_MOST])
    if (more := len(found.activities) - _MOST) > 0:
        yield Node("card:more", "workplan", tell(telling.more, more), column=_WORK)
    yield from (_part(each, world, tell) for each in found.parts)


def activity(found: ActivityIn, world: World, tell: Teller, column: int = 0, row: int = 0) -> Node:
    """An activity: what it is, how it stands, when it is due, whether it is late, and that nobody approved it yet."""
    late = (Mark("late", nodes.SIGNS["to_complete"], tell(Message("late"))),) if found.late else ()
    told = tell(telling.not_approved, world, found)
    waiting = (Mark("proposed", nodes.SIGNS["proposed"], told),) if told else ()
    return Node(
        id=f"activity:{found.id}",
        kind="activity",
        name=tell.marked(found.title),
        lines=(tell(telling.activity_standing, found),),
        marks=(*waiting, *late),
        state=found.state,
        column=column,
        row=row,
    )


def _part(found: PartIn, world: World, tell: Teller) -> Node:
    return Node(
        id=f"part:{found.id}",
        kind=found.term,
        name=tell.marked(found.wording),
        lines=(tell(telling.part, found),),
        council=found.council,
        column=_STAGES[found.term],
    )


def _edges(found: Subject, world: World, shown: set[str], tell: Teller) -> Iterator[Edge]:
    """Lines from what is above to it, from it to its work, and between the groups around it."""
    above = "part_of" if found.group and found.group.is_council else "owns"
    edges = [Edge(f"group:{each.id}", found.id, above) for each in found.above]
    edges += [Edge(found.id, f"priority:{each.id}", "owns") for each in found.owned]
    edges += [nodes.tie(world, tie, tell) for tie in found.ties]
    edges += [nodes.link(world, link, tell) for link in world.links if link.source != link.target]
    edges += [nodes.referred(world, each, tell) for each in (*found.referrals, *found.items)]
    edges += [Edge(found.id, f"activity:{each.id}", "tie") for each in found.activities]
    edges += [Edge(found.id, "card:more", "tie")]
    edges += [Edge(f"activity:{each.id}", f"part:{each.outcome}", "feeds") for each in found.activities if each.outcome]
    edges += [Edge(f"part:{source}", f"part:{target}", "feeds") for source, target in found.feeds]
    yield from (each for each in edges if each.source in shown and each.target in shown)
