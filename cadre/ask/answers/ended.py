"""Groups that are dissolved: which they are, since when and by which decision."""

from __future__ import annotations

from cadre.ask.answer import Part
from cadre.ask.scene import Scene
from cadre.core.words import Words
from cadre.groups.facts import GroupFacts


def dissolved(scene: Scene) -> Part | None:
    """The groups that are dissolved; None where none is."""
    groups = [group for group in scene.directory.groups.values() if group.state == "sunset" and not group.is_council]
    if not groups:
        return None
    for group in groups:
        scene.cite("group", group.id, "state")
    ngettext = scene.reader.ngettext
    silent = sum(group.state is None for group in scene.directory.groups.values() if not group.is_council)
    more = [ngettext("The state of {n} other group was not said.", "The state of {n} other groups was not said.", silent)] if silent else []
    sentence = ngettext("{n} group was dissolved.", "{n} groups were dissolved.", len(groups))
    return scene.part(scene.told(sentence), [*(_line(scene, group) for group in groups), *more])


def _line(scene: Scene, group: GroupFacts) -> Words:
    """A group with the day on which it was dissolved, and the decision, as far as they are known."""
    _, name, kept = scene.reader.gettext, scene.label(f"group:{group.id}"), scene.directory.closings.get(group.id)
    if kept is None:
        return name
    decision = next((each for each in scene.directory.decisions if each.id == kept.decision), None)
    more = [scene.reader.date(kept.day)] if kept.day else []
    more += [_("decision {number}", number=decision.label)] if decision else []
    return _("{text} ({more})", text=name, more=Words.joined(", ", more)) if more else name
