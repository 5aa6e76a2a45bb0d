"""What one may ask next: up to three questions about what was just told."""

from __future__ import annotations

from typing import Final

from cadre.ask.answer import Part
from cadre.ask.scene import Scene
from cadre.core.words import Words

MOST: Final = 3


def follow_ups(scene: Scene, part: Part) -> tuple[Words, ...]:
    """Questions that the registry can answer about the subject of an answer, other than the one that was asked."""
    if scene.proposed is not None:
        return tuple(text for intent, text in scene.proposed if intent != part.intent)[:MOST]
    if part.candidates or part.subject is None:
        return ()
    kind, _sep, id_ = part.subject.partition(":")
    name = scene.name(part.subject)
    match kind:
        case "priority":
            found = _of_priority(scene, id_, name)
        case "group":
            found = _of_group(scene, id_, name)
        case "person":
            found = _of_person(scene, id_)
        case _:
            found = []
    return tuple(text for intent, text in found if intent != part.intent)[:MOST]


def _of_priority(scene: Scene, id_: str, name: Words) -> list[tuple[str, Words]]:
    _ = scene.reader.gettext
    found = [
        ("priority_description", _("What is the goal of {priority:the}?", priority=name)),
        ("who_leads", _("Who leads {target:the}?", target=name)),
    ]
    if any(tie.priority == id_ for tie in scene.directory.alignments):
        found.insert(1, ("priority_groups", _("Which groups support {priority:the}?", priority=name)))
    return found


def _of_group(scene: Scene, id_: str, name: Words) -> list[tuple[str, Words]]:
    _ = scene.reader.gettext
    known = scene.directory
    group = known.groups[id_]
    if group.is_council:
        return [("groups_by_council", _("Which groups report to {council:the}?", council=name))]
    found = []
    if any(role.group == id_ for role in known.roles):
        found.append(("members", _("Who is on {group:the}?", group=name)))
    if any(asked.group == id_ for asked in known.recommendations):
        found.append(("group_status", _("What is recommended for {group:the}?", group=name)))
    if any(tie.group == id_ for tie in known.alignments):
        found.append(("group_priority", _("Which priority does {group:the} support?", group=name)))
    if group.owner:
        found.append(("group_owner", _("Which council does {group:the} report to?", group=name)))
    if any(o.group == id_ for o in known.objectives):
        found.append(("objective", _("What are the objectives of {group:the}?", group=name)))
    return found


def _of_person(scene: Scene, id_: str) -> list[tuple[str, Words]]:
    _ = scene.reader.gettext
    roles = [role for role in scene.directory.roles if role.person == id_]
    targets = dict.fromkeys(role.target for role in roles)
    found = [("who_leads", _("Who leads {target:the}?", target=scene.name(t))) for t in targets if t.startswith("priority:")]
    found += [("members", _("Who is on {group:the}?", group=scene.name(t))) for t in targets if t.startswith("group:")]
    return found
