"""The priorities: what they are for, whose they are, and which groups serve which."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from cadre.ask.answer import Part
from cadre.ask.answers.groups import about, aligned, group_info, status_lines
from cadre.ask.answers.people import listed
from cadre.ask.answers.referred import referred
from cadre.ask.lexicon import Mention
from cadre.ask.scene import Handler, Scene, by_name
from cadre.core.text import fold

_ONE: Final = re.compile(r"\b(?:group|wg|groupe|gt)\b")
"""One group, not several."""


def priority_description(scene: Scene) -> Part:
    """What a priority is for, and who leads it."""
    _ = scene.reader.gettext
    priority = scene.directory.priorities[scene.subject("priority")[9:]]
    subject = f"priority:{priority.id}"
    scene.cite("priority", priority.id)
    leads = scene.roles(target=subject, role="lead")
    details = [_("Leads: {people}", people=listed(scene, leads))] if leads else []
    if priority.owner:
        doubts = scene.doubt("priority", priority.id, "owner")
        owner = scene.with_acronym(f"group:{priority.owner}")
        details.append(
            _("A priority of {council:the} (to be confirmed)", council=owner) if doubts else _("A priority of {council:the}", council=owner)
        )
    details += referred(scene, subject)
    name = scene.name(subject)
    if not priority.description and priority.owner and not scene.query.has("GOAL"):
        council = scene.name(f"group:{priority.owner}")
        return scene.part(
            scene.told(_("{priority:the} is a priority of {council:the}.", priority=name, council=council)), details, subject=subject
        )
    if not priority.description:
        return scene.unknown(_("no description of {priority:the} is recorded.", priority=name), details, subject)
    text = scene.wording("priority", priority.id, "description", priority.description)
    return scene.part(scene.told(_("the goal of {priority:the} reads: {text}", priority=name, text=text)), details, subject=subject)


def priority_list(scene: Scene) -> Part:
    """The priorities of the Joint Councils, then those of one council only."""
    ngettext, _ = scene.reader.ngettext, scene.reader.gettext
    joint = {g.id for g in scene.directory.groups.values() if g.kind == "joint_council"}
    ranked = sorted(scene.directory.priorities.values(), key=lambda p: (p.number or 99, p.id))
    own = next((g.id for g in scene.groups(councils=True) if g.id not in joint), None)
    chosen = [p for p in ranked if (p.owner == own if own else p.owner in joint or p.owner is None)]
    others = [p for p in ranked if p not in chosen and not scene.groups()]
    owner = own or next((p.owner for p in chosen if p.owner), None)
    if not chosen or not owner:
        what = (
            _("no priority of {council:the} is recorded.", council=scene.name(f"group:{owner}")) if owner else _("no priority is recorded.")
        )
        return scene.unknown(what)
    for p in chosen:
        scene.cite("priority", p.id)
    council, names = scene.name(f"group:{owner}"), scene.reader.listed(p.name.for_(scene.reader) for p in chosen)
    sentence = ngettext(
        "{n} priority {council:of}: {names}.", "{n} priorities {council:of}: {names}.", len(chosen), council=council, names=names
    )
    more = [
        _("A priority of {council:the} only: {name}", council=scene.name(f"group:{p.owner}"), name=p.name.for_(scene.reader))
        for p in others
    ]
    return scene.part(scene.told(sentence), more)


def priority_groups(scene: Scene) -> Part:
    """The groups that support a priority, and those that could; of "what is the working group on it", the one that carries it."""
    ngettext, _ = scene.reader.ngettext, scene.reader.gettext
    subject = scene.subject("priority")
    own = scene.directory.groups.get(scene.directory.priorities[subject[9:]].group or "")
    if own and scene.query.has("DESCRIBE") and not scene.query.has("SUPPORT", "LIST", "HOWMANY") and _ONE.search(fold(scene.query.text)):
        scene.query = replace(scene.query, mentions=(Mention((f"group:{own.id}",), frozenset(), 1.0),), intent="group_info")
        return group_info(scene)
    ties = [tie for tie in scene.directory.alignments if f"priority:{tie.priority}" == subject]
    name = scene.name(subject)
    if not ties:
        return scene.unknown(_("no group that supports {priority:the} is recorded.", priority=name), (), subject)
    for tie in ties:
        scene.cite("alignment", tie.id)
    sure = [scene.label(f"group:{tie.group}") for tie in ties if tie.strength != "could_support"]
    could = [scene.label(f"group:{tie.group}") for tie in ties if tie.strength == "could_support"]
    lines = [_("Proposed, could support it: {groups}", groups=scene.reader.listed(could))] if could else []
    if not sure:
        return scene.part(
            scene.told(
                _("it is proposed that {priority:the} could be supported by: {groups}.", priority=name, groups=scene.reader.listed(could))
            ),
            subject=subject,
        )
    sentence = ngettext(
        "{n} group supports {priority:the}: {groups}.",
        "{n} groups support {priority:the}: {groups}.",
        len(sure),
        priority=name,
        groups=scene.reader.listed(sure),
    )
    return scene.part(scene.told(sentence), lines, subject=subject)


def priorities_without_lead(scene: Scene) -> Part:
    """The priorities for which nobody is recorded as lead."""
    ngettext = scene.reader.ngettext
    led = {role.target for role in scene.roles(role="lead")}
    found = [p for p in scene.directory.priorities.values() if f"priority:{p.id}" not in led]
    sentence = ngettext(
        "no lead is recorded for {n} priority: it is not in the registry.",
        "no lead is recorded for {n} priorities: it is not in the registry.",
        len(found),
    )
    return scene.part(scene.told(sentence), [p.name.for_(scene.reader) for p in found])


def group_priority(scene: Scene) -> Part:
    """Which priorities a group supports. No row means that none is recorded, never that there is none."""
    group, subject, name = about(scene)
    _ = scene.reader.gettext
    if group.is_council:
        return priority_list(scene)
    priorities = aligned(scene, group.id)
    if not priorities:
        carried = [p.name.for_(scene.reader) for p in scene.directory.priorities.values() if p.group == group.id]
        if carried:
            sentence = _(
                "it is proposed that {group:the} carry this priority: {priorities}.", group=name, priorities=scene.reader.listed(carried)
            )
            return scene.part(scene.told(sentence), subject=subject)
        return scene.unknown(_("no priority that {group:the} supports is recorded.", group=name), status_lines(scene, group), subject)
    sentence = _("{group:the} supports: {priorities}.", group=name, priorities=scene.reader.listed(priorities))
    if all(t.strength == "could_support" for t in scene.directory.alignments if t.group == group.id):
        names = [scene.directory.priorities[t.priority].name.for_(scene.reader) for t in scene.directory.alignments if t.group == group.id]
        sentence = _("it is proposed that {group:the} could support: {priorities}.", group=name, priorities=scene.reader.listed(names))
    return scene.part(scene.told(sentence), subject=subject)


HANDLERS: Final[dict[str, Handler]] = by_name(
    priority_description,
    priority_list,
    priorities_without_lead,
    priority_groups,
    group_priority,
)
