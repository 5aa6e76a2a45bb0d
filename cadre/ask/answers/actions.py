"""Actions that are still to be done: of a jurisdiction, of a group, of somebody, of whoever asks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from cadre.ask import diary
from cadre.ask.answer import Part
from cadre.ask.answers.records import next_steps
from cadre.ask.scene import Handler, Scene, by_name
from cadre.core.words import Words

if TYPE_CHECKING:
    from cadre.decisions.service import ActionView


def open_actions(scene: Scene) -> Part:
    """The actions that are open, the most urgent first; where none was recorded at a meeting, the next steps of the seed."""
    _ = scene.reader.gettext
    mine = scene.query.has("MYACTIONS")
    if mine and not scene.ledger.alone:
        unsure = _("I cannot tell who is asking: I answer this in a conversation of our own, to people whose record I know.")
        return replace(scene.part(unsure), known=False)
    scene.cite_record(scene.ledger.now)
    mention = scene.mention("jurisdiction", "person", "group", "priority")
    found = [each for each in _within(scene) if (each.mine if mine else _asked(scene, each))]
    if found and scene.ledger.anyone:
        return replace(
            scene.part(_("I tell only people whose record I know which actions are open, and only in private: /cadre me.")), known=False
        )
    if not found and not mine and (mention is None or mention.type in ("group", "priority")):
        return next_steps(scene)
    lines = [_line(scene, each) for each in found]
    if mine:
        return scene.part(_mine(scene, len(found)), lines)
    if mention is None:
        return scene.part(scene.reader.ngettext("{n} action is open.", "{n} actions are open.", len(found)), lines)
    subject = mention.subjects[0]
    name = scene.name(subject)
    if not found:
        return scene.part(_("No open action of {name:the} is recorded.", name=name), subject=subject)
    sentence = scene.reader.ngettext("{n} open action of {name:the}.", "{n} open actions of {name:the}.", len(found), name=name)
    return scene.part(sentence, lines, subject=subject)


def _mine(scene: Scene, n: int) -> Words:
    if not n:
        return scene.reader.gettext("You have no open action.")
    return scene.reader.ngettext("You have {n} open action.", "You have {n} open actions.", n)


def _within(scene: Scene) -> list[ActionView]:
    """Those of the real Councils, or of the demonstration where it was named; in a sandbox, all."""
    found, known = scene.ledger.actions(), scene.directory
    if scene.ledger.sandboxed and not scene.query.mentions:
        return list(found)
    return [each for each in found if each.facts.group in known.groups or (each.facts.group is None and each.facts.owner in known.people)]


def _asked(scene: Scene, action: ActionView) -> bool:
    """Whether an action is of all that the question names: of the people of a jurisdiction, of somebody, of a group or of its groups."""
    known, facts = scene.directory, action.facts
    owner = known.people.get(facts.owner or "")
    places = {subject for mention in scene.query.of("jurisdiction") for subject in mention.subjects}
    people = {subject for mention in scene.query.of("person") for subject in mention.subjects}
    groups = diary.groups(scene)
    return (
        (not places or (owner is not None and f"jurisdiction:{owner.jurisdiction}" in places))
        and (not people or f"person:{facts.owner}" in people)
        and (groups is None or bool({facts.group, facts.about, known.groups[facts.group].owner if facts.group else None} & groups))
    )


def _line(scene: Scene, action: ActionView) -> Words:
    """What, who, by when, and of which group; that it is late, to whoever does it or chairs the group, where they alone read the answer."""
    from cadre.meetings import drafting  # noqa: PLC0415  # see cadre.ask.ledger

    _, told = scene.reader.gettext, drafting.action(action, scene.reader)
    told_late = scene.ledger.channel is None and (action.mine or action.chairs)
    late = [_("late")] if told_late and action.due and action.due < scene.today else []
    group = [action.group_name.for_(scene.reader)] if action.group_name else []
    return Words.joined(" · ", (told, *group, *late))


HANDLERS: Final[dict[str, Handler]] = by_name(open_actions)
