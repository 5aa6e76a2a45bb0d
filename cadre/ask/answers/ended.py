"""Groups that are dissolved: which they are, since when and by which decision; and which took over from them."""

from __future__ import annotations

from typing import Final

from cadre.ask.answer import Part
from cadre.ask.answers.groups import about, closing_lines, link_lines, state_line
from cadre.ask.scene import Handler, Scene, by_name
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


def group_successors(scene: Scene) -> Part:
    """Which groups took over from a group."""
    group, subject, name = about(scene)
    _, ngettext = scene.reader.gettext, scene.reader.ngettext
    links = [link for link in scene.directory.links if link.kind == "becomes" and link.source_group == group.id]
    details = [*state_line(scene, group), *closing_lines(scene, group)]
    if not links:
        return scene.unknown(
            _("no group is recorded that takes over from {group:the}.", group=name), [*details, *link_lines(scene, group)], subject
        )
    for link in links:
        scene.cite("link", link.id)
    groups = scene.reader.listed(scene.the_label(f"group:{link.target_group}") for link in links)
    sentence = ngettext(
        "{groups} takes over from {group:the}.", "{groups} take over from {group:the}.", len(links), groups=groups, group=name
    )
    return scene.part(scene.told(sentence), details, subject=subject)


HANDLERS: Final[dict[str, Handler]] = by_name(group_successors)
