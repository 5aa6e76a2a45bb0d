"""What changed between two Worlds, grouped by what a Council cares about: pure. ``difference_wording`` puts it into words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal, TypeAlias, TypeVar, get_args

from cadre.core.bilingual import Bilingual
from cadre.core.i18n import LANGUAGES
from cadre.framework.facts import RECOMMENDED, SUNSET, DecisionIn, PostIn, World
from cadre.oversight.facts import LEADING

Section: TypeAlias = Literal[
    "decided",
    "approved",
    "new",
    "ended",
    "led",
    "kind",
    "state",
    "structure",
    "renamed",
    "aligned",
    "mandates",
    "late",
    "confirmed",
    "health",
]
SECTIONS: Final[tuple[Section, ...]] = get_args(Section)
"""In the order in which they are told."""
What: TypeAlias = Literal[
    "decision", "recommendation", "workplan", "group", "priority", "link", "referral", "part", "joined", "left", "led", "kind", "target",
    "state", "owner", "parent", "carried", "number", "name", "alignment", "mandate", "activity", "facts", "health",
]  # fmt: skip
"""What an entry says, by which it is put into words."""
Moved: TypeAlias = tuple[tuple[str, str | None, str | None], ...]
"""How a group stands otherwise: in what, before and now; None where nothing is open in that: it is in order, or does not apply."""
Value: TypeAlias = Bilingual | str | int | Moved | None
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that changed. ``about``: the record, "group:bees"; ``name``: its name; ``other``: of what it has to do with, if anything.

    ``before``, ``after``: what is so no more, and what is so now: a name, a word of the registry, a number; None for nothing or not known.
    ``people``, ``were``: who is in the role now, and who was. ``field``: of the record, as Changes name it. ``decision``: under which it
    was done. ``detail``: what else is told of it, as ``before`` and ``after`` are. ``doubtful``: it is new, and nobody confirmed it yet.
    """

    section: Section
    what: What
    about: str
    name: Bilingual
    other: Bilingual | None = None
    before: Value = None
    after: Value = None
    people: tuple[PostIn, ...] = ()
    were: tuple[PostIn, ...] = ()
    field: str | None = None
    decision: DecisionIn | None = None
    detail: Value = None
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Differences:
    """All that changed, by section in the order of ``SECTIONS``, then in the order of the registry. Those without an entry are left out."""

    sections: Mapping[Section, tuple[Entry, ...]] = field(default_factory=dict)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All of them."""
        return tuple(entry for entries in self.sections.values() for entry in entries)


def differences(before: World, after: World) -> Differences:
    """What changed from one World to the other. What only one of them may know of is not compared: health, lateness, workplans."""
    found: dict[Section, list[Entry]] = {section: [] for section in SECTIONS}
    for compare in _COMPARED:
        for entry in compare(before, after):
            found[entry.section].append(entry)
    return Differences({section: tuple(entries) for section, entries in found.items() if entries})


def _decided(before: World, after: World) -> Iterator[Entry]:
    known = {each.id for each in before.decisions.values() if each.confirmed}
    for decision in after.decisions.values():
        if decision.confirmed and decision.id not in known:
            yield Entry("decided", "decision", f"decision:{decision.id}", decision.wording, after=decision.outcome, decision=decision)


def _recommended(before: World, after: World) -> Iterator[Entry]:
    """New ones, and those that the Councils answered."""
    for id_, asked in after.recommendations.items():
        was = before.recommendations.get(id_)
        of = after.groups.get(asked.group or "") or after.priorities.get(asked.priority or "")
        category = after.categories.get(asked.category or "")
        wording = asked.wording or (category.label if category else Bilingual(None, None))
        entry = Entry("new", "recommendation", f"recommendation:{id_}", wording, of.name if of else None, None, asked.status)
        if asked.status != RECOMMENDED and (was is None or was.status != asked.status):
            section: Section = "approved" if asked.status == "approved" else "decided"
            yield replace(entry, section=section, before=was.status if was else None, field="status")
        elif was is None:
            yield entry


def _planned(before: World, after: World) -> Iterator[Entry]:
    """Workplans that were approved."""
    for id_, plan in after.workplans.items():
        was = before.workplans.get(id_)
        if plan.state == "approved" and (was is None or was.state != "approved"):
            name = _name(after, plan.of)
            yield Entry("approved", "workplan", f"workplan:{id_}", name, before=was.state if was else None, after=plan.half, field="state")


def _new(before: World, after: World) -> Iterator[Entry]:
    for id_, group in _added(before.groups, after.groups):
        council = after.groups.get(after.council_of.get(id_, ""))
        kind, of = _kind(after, group.kind), f"group:{id_}"
        entry = Entry("new", "group", of, group.name, council.name if council else None, None, group.state, after.leads(of), detail=kind)
        yield replace(entry, doubtful=_is_doubtful(after, of))
    for id_, priority in _added(before.priorities, after.priorities):
        owner, of = after.groups.get(priority.owner or ""), f"priority:{id_}"
        name = owner.name if owner else None
        yield Entry("new", "priority", of, priority.name, name, people=after.leads(of), doubtful=_is_doubtful(after, of))
    yield from _links(before, after, "new")
    for about in dict.fromkeys(each.about for each in after.referrals):
        known = {(each.table, each.direction) for each in before.referred.get(about, ())}
        for each in after.referred[about]:
            if (each.table, each.direction) not in known and each.table in after.groups:
                name = _name(after, about)
                yield Entry("new", "referral", about, name, after.groups[each.table].name, after=each.direction)
    yield from _parts(before, after, "new")


def _ended(before: World, after: World) -> Iterator[Entry]:
    """Groups that were dissolved, and what is not in the registry any more."""
    for id_, group in before.groups.items():
        now = after.groups.get(id_)
        if now is None or (now.state == SUNSET and group.state != SUNSET):
            name, state = (now or group).name, now.state if now else None
            yield Entry("ended", "group", f"group:{id_}", name, None, group.state, state, field="state")
    for id_, priority in _added(after.priorities, before.priorities):
        yield Entry("ended", "priority", f"priority:{id_}", priority.name)
    yield from _links(after, before, "ended")
    yield from _parts(after, before, "ended")


def _links(known: World, other: World, section: Section) -> Iterator[Entry]:
    """Those of one World that the other does not have; of groups that it does not have either, none: that they came or went is told."""
    there = {(each.source, each.kind, each.target) for each in known.links}
    for link in other.links:
        ends = (link.source, link.target)
        if (
            (link.source, link.kind, link.target) not in there
            and not _over(known, other, *ends)
            and all(id_ in other.groups for id_ in ends)
        ):
            source, target = (other.groups[id_].name for id_ in ends)
            entry = Entry(section, "link", f"group:{link.source}", source, target, after=link.kind, detail=link.capacity)
            yield replace(entry, doubtful=section == "new" and _is_doubtful(other, f"link:{link.id}"))


def _parts(known: World, other: World, section: Section) -> Iterator[Entry]:
    """Parts of logic models that one World does not have."""
    for id_, each in _added(known.parts, other.parts):
        of = f"outcome:{id_}"
        doubtful = section == "new" and _is_doubtful(other, of)
        council = _group(other, each.council)
        yield Entry(section, "part", of, each.wording, council, after=each.term, detail=each.number, doubtful=doubtful)


def _is_doubtful(world: World, of: str) -> bool:
    return f"{of}:record" in world.doubts


def _over(before: World, after: World, *groups: str) -> bool:
    """Whether one of some groups is in one of the Worlds only, or over."""
    return any(id_ not in each.groups or each.groups[id_].state == SUNSET for id_ in groups for each in (before, after))


def _roles(before: World, after: World) -> Iterator[Entry]:
    """Who leads what both Worlds have, and who came into another role or left it."""
    for of in _in_both(before, after):
        name, now, were = _name(after, of), after.posts_of.get(of, ()), before.posts_of.get(of, ())
        leads, led = (tuple(post for post in posts if post.role in LEADING) for posts in (now, were))
        if {_seat(post) for post in leads} != {_seat(post) for post in led}:
            yield Entry("led", "led", of, name, people=leads, were=led)
        others, before_ = ([post for post in posts if post.role not in LEADING] for posts in (now, were))
        joined, left = _without(others, before_), _without(before_, others)
        if joined:
            yield Entry("new", "joined", of, name, people=joined)
        if left:
            yield Entry("ended", "left", of, name, were=left)


def _seat(post: PostIn) -> tuple[str, str]:
    return post.person, post.role


def _without(posts: Iterable[PostIn], others: Iterable[PostIn]) -> tuple[PostIn, ...]:
    there = {_seat(post) for post in others}
    return tuple(post for post in posts if _seat(post) not in there)


def _in_both(before: World, after: World) -> Iterator[str]:
    """Groups that are not over, and priorities, that both Worlds have."""
    yield from (f"group:{id_}" for id_ in after.groups if not _over(before, after, id_))
    yield from (f"priority:{id_}" for id_ in after.priorities if id_ in before.priorities)


def _of_groups(before: World, after: World) -> Iterator[Entry]:
    """Kind, state and place of the groups that both Worlds have; a group that ended is told of as that."""
    for id_, was, now in _both(before.groups, after.groups):
        about = f"group:{id_}"
        if was.kind != now.kind:
            yield Entry("kind", "kind", about, now.name, None, _kind(before, was.kind), _kind(after, now.kind), field="kind")
        elif now.target_kind and was.target_kind != now.target_kind:
            yield Entry("kind", "target", about, now.name, None, None, _kind(after, now.target_kind), field="target_kind")
        if was.state != now.state and now.state != SUNSET:
            yield Entry("state", "state", about, now.name, None, was.state, now.state, field="state")
        for what, of, to in (("owner", was.owner, now.owner), ("parent", was.parent, now.parent)):
            yield from _moved("owner" if what == "owner" else "parent", about, now.name, (_group(before, of), _group(after, to)), of != to)
        if (was.mandate is None) != (now.mandate is None) or (now.mandate and _said(was.mandate, now.mandate)):
            yield Entry("mandates", "mandate", about, now.name, None, was.mandate, now.mandate, field="mandate")


def _of_priorities(before: World, after: World) -> Iterator[Entry]:
    for id_, was, now in _both(before.priorities, after.priorities):
        about = f"priority:{id_}"
        yield from _moved("carried", about, now.name, (_group(before, was.group), _group(after, now.group)), was.group != now.group)
        yield from _moved("owner", about, now.name, (_group(before, was.owner), _group(after, now.owner)), was.owner != now.owner)
        yield from _moved("number", about, now.name, (was.number, now.number), was.number != now.number)


_FIELDS: Final[Mapping[str, str]] = {"carried": "group"}
"""Fields of a record that go by another name there."""


def _moved(what: What, about: str, name: Bilingual, values: tuple[Value, Value], differ: bool) -> Iterator[Entry]:
    if differ:
        yield Entry("structure", what, about, name, None, *values, field=_FIELDS.get(what, what))


def _renamed(before: World, after: World) -> Iterator[Entry]:
    """What has another name in a language; one that was only translated has none."""
    groups = ((f"group:{id_}", was.name, now.name) for id_, was, now in _both(before.groups, after.groups))
    priorities = ((f"priority:{id_}", was.name, now.name) for id_, was, now in _both(before.priorities, after.priorities))
    for about, was, now in (*groups, *priorities):
        if _said(was, now):
            yield Entry("renamed", "name", about, now, None, was, now, field="name")


def _said(was: Bilingual | None, now: Bilingual | None) -> bool:
    """Whether a text says something else in a language in which it was there."""
    if was is None or now is None:
        return False
    return any(was.in_(language) and was.in_(language) != now.in_(language) for language in LANGUAGES)


def _aligned(before: World, after: World) -> Iterator[Entry]:
    """What groups do for priorities, where both are in both Worlds, or the group is new."""
    was, now = ({(each.group, each.priority): each.strength for each in world.alignments} for world in (before, after))
    for pair in dict.fromkeys((*was, *now)):
        group, priority = pair
        new = group not in before.groups and group in after.groups
        if was.get(pair) == now.get(pair) or priority not in after.priorities or priority not in before.priorities:
            continue
        if new or not _over(before, after, group):
            about = f"group:{group}"
            yield Entry("aligned", "alignment", about, _name(after, about), after.priorities[priority].name, was.get(pair), now.get(pair))


def _late(before: World, after: World) -> Iterator[Entry]:
    """Activities that became late, for whoever may know of it."""
    for id_, activity in after.activities.items():
        was = before.activities.get(id_)
        if activity.late and not (was and was.late):
            name = _name(after, after.workplans[activity.workplan].of)
            due = activity.due.isoformat() if activity.due else None
            yield Entry("late", "activity", f"activity:{id_}", name, activity.title, after=due)


def _confirmed(before: World, after: World) -> Iterator[Entry]:
    """Facts that the secretariat confirmed, counted by the group or priority that they belong to."""
    owners = _owners(after)
    counted = Counter(of for fact in sorted(before.doubts - after.doubts) if (of := owners(fact)) is not None)
    for about, n in counted.items():
        yield Entry("confirmed", "facts", about, _name(after, about), after=n)


def _owners(world: World) -> Callable[[str], str | None]:
    """To which group or priority a fact belongs: "group:…", "priority:…", or "" for another record; None for one that is gone."""
    known: Mapping[str, Mapping[str, str]] = {
        "group": {id_: f"group:{id_}" for id_ in world.groups},
        "priority": {id_: f"priority:{id_}" for id_ in world.priorities},
        "role": {each.id: f"group:{each.group}" if each.group else f"priority:{each.priority}" for each in world.posts},
        "alignment": {each.id: f"group:{each.group}" for each in world.alignments},
        "link": {each.id: f"group:{each.source}" for each in world.links},
        "recommendation": {each.id: f"group:{each.group}" if each.group else "" for each in world.recommendations.values()},
        "group_kind": dict.fromkeys(world.kinds, ""),
        "jurisdiction": dict.fromkeys(world.jurisdictions, ""),
        "meeting": dict.fromkeys(world.meetings, ""),
        "decision": dict.fromkeys(world.decisions, ""),
        "action": dict.fromkeys(world.actions, ""),
        "outcome": dict.fromkeys(world.parts, ""),
    }

    def owner(fact: str) -> str | None:
        kind, id_, _field = fact.split(":", 2)
        return known[kind].get(id_) if kind in known else ""

    return owner


def _health(before: World, after: World) -> Iterator[Entry]:
    """How groups stand, where both Worlds know it."""
    for id_, now in after.health.items():
        was = before.health.get(id_, now)
        moved = tuple((each, was.get(each), now.get(each)) for each in dict.fromkeys((*was, *now)) if was.get(each) != now.get(each))
        if moved:
            about = f"group:{id_}"
            yield Entry("health", "health", about, _name(after, about), detail=moved)


def _added(before: Mapping[str, T], after: Mapping[str, T]) -> Iterator[tuple[str, T]]:
    return ((id_, each) for id_, each in after.items() if id_ not in before)


def _both(before: Mapping[str, T], after: Mapping[str, T]) -> Iterator[tuple[str, T, T]]:
    return ((id_, before[id_], now) for id_, now in after.items() if id_ in before and before[id_] != now)


def _name(world: World, about: str) -> Bilingual:
    """What a group, priority, decision or action is called; its id, where it is not in this World."""
    kind, _, id_ = about.partition(":")
    found: Bilingual | None = None
    match kind:
        case "group":
            found = _group(world, id_)
        case "priority" if id_ in world.priorities:
            found = world.priorities[id_].name
        case "decision" if id_ in world.decisions:
            found = world.decisions[id_].wording
        case "action" if id_ in world.actions:
            found = world.actions[id_].wording
    return found or Bilingual(id_, id_)


def _group(world: World, id_: str | None) -> Bilingual | None:
    return world.groups[id_].name if id_ and id_ in world.groups else None


def _kind(world: World, id_: str | None) -> Bilingual | None:
    return world.kinds[id_].name if id_ and id_ in world.kinds else None


_COMPARED: Final[tuple[Callable[[World, World], Iterator[Entry]], ...]] = (
    _decided,
    _recommended,
    _planned,
    _new,
    _ended,
    _roles,
    _of_groups,
    _of_priorities,
    _renamed,
    _aligned,
    _late,
    _confirmed,
    _health,
)
