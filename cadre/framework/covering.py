"""How far each priority is covered, and which groups overlap, by the rules of the gap analysis, on any day."""

from __future__ import annotations

from cadre.framework.facts import World
from cadre.oversight import matrix as rules
from cadre.oversight.facts import GroupNow, Picture, Post, PriorityNow, Tie
from cadre.oversight.matrix import Matrix
from cadre.people.facts import PersonRef


def matrix(world: World) -> Matrix:
    """The gap analysis of the framework on its day. What is no part of it (mandates that ran out, say) weakens nothing here."""
    groups = {each.id: GroupNow(each.id, each.name, each.state, council=world.council_of.get(each.id)) for each in world.working}
    posts = (
        Post(PersonRef(each.person, each.name), each.role, True, each.group, each.priority, each.jurisdiction, each.confirmed)
        for each in world.posts
    )
    return rules.matrix(
        Picture(
            day=world.day,
            groups=groups,
            priorities=tuple(
                PriorityNow(each.id, each.name, each.number, each.group if each.group in groups else None, each.owner)
                for each in world.in_sequence
            ),
            ties=tuple(Tie(each.group, each.priority, each.strength) for each in world.alignments if each.group in groups),
            posts=tuple(posts),
            councils={each.id: each.name for each in world.councils},
        )
    )
