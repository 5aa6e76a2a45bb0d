"""How the framework is told: in one language or both, once for the map and its text equivalent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, cast
from urllib.parse import quote

from cadre.core.errors import Message
from cadre.core.reader import Reader
from cadre.core.text import fold
from cadre.core.words import Words
from cadre.decisions.referral_wording import where
from cadre.decisions.rules import shown
from cadre.framework import look
from cadre.framework.facts import (
    NOT_AGREED,
    ActivityIn,
    AlignmentIn,
    DecisionIn,
    GroupIn,
    LinkIn,
    MeetingIn,
    PartIn,
    PostIn,
    PriorityIn,
    RecommendationIn,
    ReferralIn,
    WorkplanIn,
    World,
)
from cadre.groups import wording as groups
from cadre.meetings.views import IN_PERSON
from cadre.oversight.wording import REQUIREMENTS, STRENGTHS
from cadre.people.wording import ROLES, role
from cadre.workplans import logic_wording as logic
from cadre.workplans import wording as workplans
from cadre.workplans.facts import ActivityState, WorkplanState
from cadre.workplans.logic_rules import Part, Stage
from cadre.workplans.rules import STATES

ROOT: Final = "/framework"
NAMED: Final = 3
"""Of what is to complete, so many things are named on the map; of more, only how many there are."""
LINKS: Final[Mapping[str, Message]] = {
    "oversees": Message("oversees"),
    "becomes": Message("becomes"),
    "depends_on": Message("depends on"),
}
BACKWARDS: Final[Mapping[str, Message]] = {
    "oversees": Message("is overseen by"),
    "becomes": Message("comes from"),
    "depends_on": Message("is needed by"),
}
UNDER: Final = Message("Councils and groups that come to it")


def address(subject: str) -> str:
    """Where the micro view of "group:bees" is."""
    kind, _, id_ = subject.partition(":")
    return f"{ROOT}/{kind}/{quote(id_, safe='')}"


def subject_of(group: GroupIn) -> str:
    """What a group is called by in an address: "council:pssdc", "group:bees"."""
    return f"{'council' if group.is_council or group.is_table else 'group'}:{group.id}"


# ---------------------------------------------------------------- groups


def short(group: GroupIn, reader: Reader) -> Words:
    """Its acronym; its name where it has none."""
    return (group.short.for_(reader) if group.short else None) or group.name.for_(reader)


def heading_of_text(group: GroupIn | None) -> Message:
    """What the text of a subject is: of a group its mandate, or what it is for; else what a priority is about."""
    if group is None:
        return Message("Description")
    return Message("What it is for") if group.description and not group.mandate else Message("Mandate")


def kind(world: World, group: GroupIn, reader: Reader) -> Words:
    """What kind of group it is."""
    known = world.kinds.get(group.kind or "")
    return known.name.for_(reader) if known else reader.gettext("kind not stated")


def kind_line(world: World, group: GroupIn, reader: Reader) -> Words:
    """The same with the shape of its kind: "● working group · proposed"."""
    shape = look.KIND_SHAPES.get(group.kind or "", look.ANY_KIND)
    return Words.joined(" ", (Words.verbatim(shape), kind_and_state(world, group, reader)))


def kind_and_state(world: World, group: GroupIn, reader: Reader) -> Words:
    """ "working group · proposed"; that one is active goes without saying."""
    parts = [kind(world, group, reader)]
    if group.state not in (None, "active"):
        parts.append(groups.state(group.state, reader))
    return Words.joined(" · ", parts)


def proposals(world: World, group: GroupIn) -> Iterator[Message | Callable[[Reader], Words]]:
    """What is proposed of a group and not decided: by recommendations, and what kind it is to become."""
    asked = (world.categories.get(each.category or "") for each in world.proposals(f"group:{group.id}"))
    labels = [category.label for category in asked if category]
    for label in labels:
        yield Message("Proposed: {what}", {"what": label})
    target = world.kinds.get(group.target_kind or "")
    if target and not any(fold(target.name.en or "–") in fold(label.en or "") for label in labels):
        yield lambda reader: reader.gettext("Proposed: to become {kind:a}", kind=groups.kind(target.name, reader))


def could_support(world: World, group: GroupIn) -> Iterator[Callable[[Reader], Words]]:
    """That it is proposed that a group support priorities, where it is."""
    n = sum(tie.strength == "could_support" for tie in world.serving.get(group.id, ()))
    if n:
        yield lambda reader: reader.ngettext("Proposed: could support {n} priority", "Proposed: could support {n} priorities", n)


def to_complete(world: World, group: str, state: str, reader: Reader, *, all_: bool = False) -> Words | None:
    """ "To complete: mandate, meetings", "Not known: 5 things"; ``all_``: each by its name; None where nothing is."""
    _, ngettext = reader.gettext, reader.ngettext
    found = world.health.get(group, {})
    names = [name.for_(reader) for each, name in REQUIREMENTS.items() if found.get(each) == state]
    if not names:
        return None
    known = state == "to_complete"
    if len(names) > NAMED and not all_:
        n = len(names)
        if known:
            return ngettext("To complete: {n} thing", "To complete: {n} things", n)
        return ngettext("Not known: {n} thing", "Not known: {n} things", n)
    what = Words.joined(", ", (name.inside for name in names))
    return _("To complete: {what}", what=what) if known else _("Not known: {what}", what=what)


# ---------------------------------------------------------------- people, meetings, tables


def person(world: World, post: PostIn, reader: Reader) -> Words:
    """ "Guy Gordon (Manitoba)"; that it is to be confirmed, where a source leaves it open."""
    _, place = reader.gettext, world.jurisdictions.get(post.jurisdiction or "")
    name = Words.verbatim(post.name)
    told = _("{text} ({more})", text=name, more=place.for_(reader).sentence) if place else name
    return _("{text}; to be confirmed", text=told) if post.doubtful else told


def people(world: World, posts: Iterable[PostIn], reader: Reader) -> Words:
    """Several of them."""
    return reader.listed(person(world, post, reader) for post in posts)


def roles(world: World, of: str) -> Iterator[tuple[str, tuple[PostIn, ...]]]:
    """Who is in a group or on a priority, by role."""
    posts = world.posts_of.get(of, ())
    for each in ROLES:
        if found := tuple(post for post in posts if post.role == each):
            yield each, found


def role_and_people(world: World, held: str, posts: Iterable[PostIn], reader: Reader) -> Words:
    """ "Co-chair: Ann Lake (Bellorme)"."""
    return reader.gettext("{label}: {text}", label=role(held, reader), text=people(world, posts, reader))


def leads(world: World, of: str, reader: Reader) -> Words | None:
    """ "Led by …"; None where nobody is recorded."""
    found = world.leads(of)
    return reader.gettext("Led by {people}", people=people(world, found, reader)) if found else None


def leads_or_none(world: World, of: str, reader: Reader) -> Words:
    """The same, and that nobody is recorded, where nobody is."""
    return leads(world, of, reader) or reader.gettext("Nobody is recorded as its lead.")


def meeting(held: MeetingIn, reader: Reader) -> Words:
    """ "Charlottetown, October 2017"; its title, or the day alone, where its place is not known."""
    where = held.place or held.title
    when = reader.date(held.held) if held.held else reader.gettext("date to be fixed")
    return Words.joined(", ", (where.for_(reader), when)) if where else when


def number(found: DecisionIn) -> Words:
    """Which decision it is: "2027-03"; nothing where it has no number yet."""
    return Words.verbatim(shown(found.year, found.number))


def decision(world: World, found: DecisionIn, reader: Reader) -> Words:
    """ "Decision 2027-03: …"; that it was not agreed, is superseded, or is only proposed, where it is so."""
    _, given = reader.gettext, number(found)
    name = _("Decision {number}", number=given) if given else _("Decision")
    if not found.confirmed:
        name = _("{text} (proposed)", text=name)
    elif found.outcome == NOT_AGREED:
        name = _("Decision {number}, not agreed", number=given)
    elif by := world.superseding.get(found.id):
        name = _("{text} ({more})", text=name, more=superseded(by, reader))
    return _("{label}: {text}", label=name, text=found.wording.for_(reader))


def superseded(by: DecisionIn, reader: Reader) -> Words:
    """That a decision stands no more, and by which it is superseded."""
    return reader.gettext("superseded by decision {number}", number=number(by))


def recommendation(world: World, found: RecommendationIn, reader: Reader) -> Words:
    """What the Councils are asked: in its own words, else by its category."""
    category = world.categories.get(found.category or "")
    text = found.wording or (category.label if category else None)
    return text.for_(reader) if text else reader.gettext("Recommendation {number}", number=Words.verbatim(found.id))


def activity_state(found: ActivityIn, reader: Reader) -> Words:
    """ "on track"."""
    return STATES[cast("ActivityState", found.state)].for_(reader)


def activity_standing(found: ActivityIn, reader: Reader) -> Words:
    """ "✓ done · due March 1, 2027"."""
    _ = reader.gettext
    told = Words.joined(" ", (workplans.SHAPES[cast("ActivityState", found.state)], activity_state(found, reader)))
    return workplans.dots((told, _("due {date}", date=reader.date(found.due)) if found.due else None))


def not_approved(world: World, found: ActivityIn, reader: Reader) -> Words | None:
    """ "draft, not approved": what an activity is as long as the workplan that it is in is not approved."""
    _, state = reader.gettext, cast("WorkplanState", world.workplans[found.workplan].state)
    told: Mapping[WorkplanState, Words | None] = {
        "draft": _("draft, not approved"),
        "submitted": _("submitted, not approved"),
        "complete": _("accepted, not approved"),
        "returned": _("returned, not approved"),
        "approved": None,
    }
    return told[state]


def next_meeting(held: MeetingIn, reader: Reader) -> Words:
    """ "Next in person: Charlottetown, March 2027"."""
    return reader.gettext("Next in person: {meeting}", meeting=meeting(held, reader))


def next_in_person(world: World, group: str) -> MeetingIn | None:
    """The next meeting in person of a council."""
    found = [
        each
        for each in world.meetings.values()
        if each.kind == IN_PERSON and each.group == group and each.held and each.held.last >= world.day
    ]
    return min(found, key=lambda each: each.held.first if each.held else world.day, default=None)


def referral(world: World, found: ReferralIn, reader: Reader) -> Words:
    """That something is for a table of deputy ministers, or comes from it: "For the Deputy Ministers' Table"."""
    return where(groups.named(world.groups[found.table].name, reader), found.direction, reader)


def in_order(world: World) -> list[PriorityIn]:
    """Priorities council by council, each council's in their sequence."""
    order = _order(world)
    return sorted(world.in_sequence, key=lambda each: order.get(each.owner or "", len(order)))


def _order(world: World) -> dict[str, int]:
    return {council.id: number for number, council in enumerate(world.councils)}


def strength(world: World, tie: AlignmentIn, reader: Reader) -> Words:
    """How strongly a group serves a priority; that it is proposed, where the group is."""
    _, told = reader.gettext, STRENGTHS[tie.strength].for_(reader).inside
    proposed = tie.strength == "carries" and world.groups[tie.group].state == "proposed"
    return _("{text} (proposed)", text=told) if proposed else told


def tie(world: World, found: AlignmentIn, reader: Reader) -> Words:
    """ "Digital Identity – Privacy Sub-Committee: could support it (proposed)"."""
    names = (world.priorities[found.priority].name.for_(reader), world.groups[found.group].name.for_(reader))
    return reader.gettext("{label}: {text}", label=Words.joined(" – ", names), text=strength(world, found, reader))


def whole_link(world: World, found: LinkIn, reader: Reader) -> Words:
    """ "Digital Identity Working Group oversees: Identity Management Sub-Committee"."""
    source = world.groups.get(found.source)
    told = link(world, found, found.source, reader)
    return Words.joined(" ", (source.name.for_(reader), told)) if source else told


def part_of(found: GroupIn, above: GroupIn, reader: Reader) -> Words:
    """ "PSSDC – Part of: Joint Councils"."""
    told = reader.gettext("Part of: {group}", group=above.name.for_(reader))
    return Words.joined(" – ", (short(found, reader), told))


def link(world: World, found: LinkIn, seen_from: str, reader: Reader) -> Words:
    """ "oversees: Identity Management Sub-Committee", as one of its ends sees it."""
    forth = found.source == seen_from
    other = world.groups.get(found.target if forth else found.source)
    told = (LINKS if forth else BACKWARDS)[found.kind].for_(reader)
    name = other.name.for_(reader) if other else Words.verbatim(found.target if forth else found.source)
    return reader.gettext("{label}: {text}", label=told, text=name)


def part(found: PartIn, reader: Reader) -> Words:
    """A part of the logic model by its stage and number: "short-term outcome 2"."""
    return logic.label(Part(found.id, cast("Stage", found.term), found.number, found.wording, found.priority), reader)


def plan(found: WorkplanIn, reader: Reader) -> Words:
    """ "Cycle of March 2027 · Approved"."""
    return workplans.dots((workplans.cycle(found.half, reader), workplans.plan_state(cast("WorkplanState", found.state), reader)))


def referred_item(world: World, found: ReferralIn, reader: Reader) -> Words | None:
    """A decision or next step that is for a table, or comes from it; None for what is shown as itself."""
    kind_, _, id_ = found.about.partition(":")
    if kind_ == "decision" and id_ in world.decisions:
        text = decision(world, world.decisions[id_], reader)
    elif kind_ == "action" and id_ in world.actions:
        text = world.actions[id_].wording.for_(reader)
    else:
        return None
    return reader.gettext("{label}: {text}", label=referral(world, found, reader), text=text)


def by_council(world: World, of: Iterable[GroupIn]) -> list[GroupIn]:
    """Groups council by council, by name; those that come to none last."""
    order = _order(world)
    return sorted(of, key=lambda each: (order.get(world.council_of.get(each.id, ""), len(order)), fold(each.name.en or each.name.fr or "")))


# ---------------------------------------------------------------- the whole


def more(activities: int, reader: Reader) -> Words:
    """How many there are besides those shown."""
    return reader.ngettext("and {n} activity more", "and {n} activities more", activities)


def title(world: World, reader: Reader) -> Words:
    """ "The framework of the Joint Councils"; of the Councils, where there is not one above all others."""
    highest = [each for each in world.councils if each.parent is None]
    if len(highest) == 1:
        return reader.gettext("The framework {council:of}", council=groups.named(highest[0].name, reader))
    return reader.gettext("The framework of the Councils")


def as_of(world: World, reader: Reader) -> Words:
    """ "As of October 3, 2017"."""
    return reader.gettext("As of {date}", date=reader.date(world.day))


def standing(world: World, reader: Reader) -> Words | None:
    """How much of the whole framework is proposed only, and how much nobody confirmed: until then, each face says so, whatever it shows."""
    _, ngettext = reader.gettext, reader.ngettext
    waiting = sum(each.status == "proposed" for each in world.recommendations.values())
    records = [f"group:{each}" for each in world.groups] + [f"priority:{each}" for each in world.priorities]
    open_ = sum(f"{each}:record" in world.doubts for each in records)
    parts = []
    if waiting:
        parts.append(
            ngettext(
                "Proposed: {n} recommendation in the whole framework waits for the Councils' decision.",
                "Proposed: {n} recommendations in the whole framework wait for the Councils' decision.",
                waiting,
            )
        )
    if open_:
        parts.append(
            ngettext(
                "{n} record of the {all} in the whole framework is to be confirmed.",
                "{n} records of the {all} in the whole framework are to be confirmed.",
                open_,
                all=len(records),
            )
        )
    return Words.joined(" ", parts) if parts else None


def before_records(world: World, reader: Reader) -> Words | None:
    """That the registry begins later than the day, so that what it held at its beginning is shown."""
    if world.recorded <= world.day:
        return None
    return reader.gettext("The registry begins on {date}: what it held then is shown.", date=reader.date(world.recorded))


def priority_name(priority: PriorityIn, reader: Reader) -> Words:
    """ "2. Digital Identity"."""
    if priority.number is None:
        return priority.name.for_(reader)
    return reader.gettext("{n}. {what}", n=priority.number, what=priority.name.for_(reader))
