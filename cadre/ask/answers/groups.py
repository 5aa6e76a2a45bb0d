"""What one group is: whose it is, of what kind, in what state, what is recommended for it, what oversees it."""

from __future__ import annotations

import re
from typing import Final

from cadre.ask.answer import Part
from cadre.ask.answers.people import listed, the_group
from cadre.ask.answers.referred import at_table, referred
from cadre.ask.directory import StepFacts
from cadre.ask.names import NOTHING
from cadre.ask.scene import Handler, Scene, by_name
from cadre.core.bilingual import Bilingual
from cadre.core.french import Name
from cadre.core.text import fold
from cadre.core.words import Words
from cadre.groups.facts import GroupFacts
from cadre.oversight.actions import choices


def about(scene: Scene) -> tuple[GroupFacts, str, Name]:
    """The group that a question is about, its subject and its name."""
    subject = the_group(scene)
    group = scene.directory.groups[subject[6:]]
    scene.cite("group", group.id)
    return group, subject, scene.name(subject)


def owner_lines(scene: Scene, group: GroupFacts) -> list[Words]:
    """Whose a group is, with what is doubtful about it."""
    if not group.owner:
        return []
    _ = scene.reader.gettext
    owner = scene.with_acronym(f"group:{group.owner}")
    doubts = scene.doubt("group", group.id, "owner")
    return [_("Reports to {owner:the} (to be confirmed)", owner=owner), *doubts] if doubts else [_("Reports to {owner:the}", owner=owner)]


def group_owner(scene: Scene) -> Part:
    """Which council a group reports to; corrected readings say so and quote the source."""
    group, subject, name = about(scene)
    _ = scene.reader.gettext
    if not group.owner:
        return scene.unknown(_("which council {group:the} reports to is not recorded.", group=name), status_lines(scene, group), subject)
    scene.cite("group", group.id, "owner")
    owner = scene.with_acronym(f"group:{group.owner}")
    doubts = scene.doubt("group", group.id, "owner")
    if doubts:
        sentence = _("{group:the} reports to {owner:the} (to be confirmed).", group=name, owner=owner)
    else:
        sentence = _("{group:the} reports to {owner:the}.", group=name, owner=owner)
    return scene.part(scene.told(sentence), doubts, subject=subject)


def _kind_name(scene: Scene, kind: str) -> Name:
    return scene.name(f"group_kind:{kind}")


def group_type(scene: Scene) -> Part:
    """What kind of group it is, and what it is proposed to become."""
    group, subject, name = about(scene)
    scene.cite_step("group", group.id, "kind")
    _ = scene.reader.gettext
    if not group.kind:
        return scene.unknown(
            _("the kind of group that {group:the} is was not stated.", group=name), scene.doubt("group", group.id, "kind"), subject
        )
    sentence = (
        _("{group:the} is currently {kind:a}.", group=name, kind=_kind_name(scene, group.kind))
        if group.target_kind
        else _("{group:the} is {kind:a}.", group=name, kind=_kind_name(scene, group.kind))
    )
    return scene.part(scene.told(sentence), [*target_line(scene, group), *scene.doubt("group", group.id, "kind")], subject=subject)


def target_line(scene: Scene, group: GroupFacts) -> list[Words]:
    """What kind it is proposed that a group become; what was decided on that, where it is not so yet or was undone."""
    if not group.target_kind:
        return []
    _ = scene.reader.gettext
    kind = _kind_name(scene, group.target_kind)
    waiting = waiting_lines(scene, group)
    asked = next((r for r in scene.directory.recommendations if r.group == group.id and r.category), None)
    category, became = (asked.category, asked.status) if asked else (None, "proposed")
    conditional = category == "procurement_conditional"
    if became == "approved" and not conditional:
        return [_("The Councils agreed that it become {kind:a}.", kind=kind), *waiting]
    if waiting:
        return waiting
    if step := undone(scene, group, "transition"):
        return [_("It was to become {kind:a}: decision {number} undid that.", kind=kind, number=step.decision.label)]
    match conditional, became:
        case True, "proposed":
            return [_("Only if the first proposal is refused, it would become {kind:a}.", kind=kind)]
        case True, "declined":
            return [_("The Councils did not agree to the first proposal: it would become {kind:a}.", kind=kind)]
        case (True, _) | (_, "declined"):
            return []
    return [_("It is proposed that it become {kind:a}.", kind=kind)]


def settled(scene: Scene, topic: str) -> str:
    """What became of the recommendations on a topic: approved or declined, where all of them were; else proposed."""
    found = {r.status for r in scene.directory.recommendations if r.topic == topic}
    return found.pop() if len(found) == 1 else "proposed"


def undone(scene: Scene, group: GroupFacts, *did: str) -> StepFacts | None:
    """How a later decision undid what one did to a group; None where it was not undone, or was something else."""
    step = scene.directory.steps.get(("group", group.id))
    return step if step and step.undid in did else None


def waiting_lines(scene: Scene, group: GroupFacts) -> list[Words]:
    """The decisions that name a group and were not carried out."""
    known = scene.directory.decisions
    taken = [each for each in known if each.year and not each.provisional and each.outcome != "not_agreed"]
    over = {each.supersedes for each in taken} | scene.directory.carried_out
    found = [each for each in taken if each.id not in over and scene.named_in(f"group:{group.id}", each.wording)]
    return [scene.reader.gettext("Decision {number} is about it, and has not been carried out.", number=each.label) for each in found]


def aligned(scene: Scene, group: str) -> list[Words]:
    """The priorities of a group, each with how it is tied to it."""
    _ = scene.reader.gettext
    lines = []
    for tie in scene.directory.alignments:
        if tie.group == group:
            scene.cite("alignment", tie.id)
            name = scene.directory.priorities[tie.priority].name.for_(scene.reader)
            match tie.strength:
                case "could_support":
                    lines.append(_("{priority} (proposed: it could support it)", priority=name))
                case "example":
                    lines.append(_("{priority} (named as an example of it)", priority=name))
                case _:
                    lines.append(name)
    return lines


def recommended(scene: Scene, group: GroupFacts) -> Words | None:
    """What is recommended for a group, as one sentence; None if nothing is."""
    _ = scene.reader.gettext
    for asked in scene.directory.recommendations:
        category = scene.directory.categories.get(asked.category or "")
        if asked.group == group.id and category:
            scene.cite("recommendation", asked.id)
            scene.cite_step("recommendation", asked.id, "status")
            what = Name.make((category.short or category.label).for_(scene.reader), scene.reader.language, "", False)
            name = scene.name(f"group:{group.id}")
            if step := undone(scene, group, *choices(asked.category, asked.topic)):
                scene.cite_step("group", group.id, "state")
                values = {"group": name, "what": what, "number": step.decision.label}
                return _("the recommendation for {group:the} was to {what}; decision {number} undid what was done.", **values)
            if asked.status == "proposed" and waiting_lines(scene, group):
                return _("the recommendation for {group:the} is to {what}.", group=name, what=what)
            if asked.status == "approved":
                return _("the approved recommendation for {group:the} is to {what}.", group=name, what=what)
            if asked.status == "declined":
                return _("the recommendation for {group:the}, which was declined, was to {what}.", group=name, what=what)
            return _("the recommendation for {group:the}, proposed and not yet decided, is to {what}.", group=name, what=what)
    return None


def _labels(scene: Scene, group: GroupFacts) -> list[Words]:
    """What is recommended for a group, by its short label, without the note in brackets that the recommendation itself has."""
    asked = (scene.directory.categories.get(r.category or "") for r in scene.directory.recommendations if r.group == group.id)
    labels = [(category.label.for_(scene.reader), (category.short or category.label).for_(scene.reader)) for category in asked if category]
    heads = [(re.split(r"[(,;]", label)[0].strip(), label.partition(" (")[0], said) for label, said in labels]
    return [Words.verbatim(plain) for head, plain, said in heads if fold(head) not in fold(said)]


def status_lines(scene: Scene, group: GroupFacts) -> list[Words]:
    """What is recommended for a group, as a line of details."""
    found = recommended(scene, group)
    return [found.sentence] if found else []


def group_status(scene: Scene) -> Part:
    """What is recommended for a group: never more than proposed until a decision says so."""
    group, subject, name = about(scene)
    _ = scene.reader.gettext
    if group.state == "sunset" and group.id in scene.directory.closings:
        return group_state(scene)  # what became of it is known
    found = recommended(scene, group)
    if found is None:
        links = link_lines(scene, group)
        return scene.unknown(_("no recommendation on {group:the} is recorded.", group=name), [*links, *state_line(scene, group)], subject)
    details = [*_labels(scene, group), *(target_line(scene, group) or waiting_lines(scene, group)), *link_lines(scene, group)]
    if group.note:
        details.append(scene.wording("group", group.id, "note", group.note))
    return scene.part(scene.told(found), [*details, *_settled(scene, group)], subject=subject)


def _settled(scene: Scene, group: GroupFacts) -> list[Words]:
    """By which decisions what is recommended for a group was decided on, the newest first; that none is recorded."""
    from cadre.decisions import wording  # noqa: PLC0415  # see cadre.ask.ledger

    _, asked = scene.reader.gettext, [each for each in scene.directory.recommendations if each.group == group.id]
    if all(each.status == "proposed" for each in asked):
        known = waiting_lines(scene, group) or any(undone(scene, group, *choices(each.category, each.topic)) for each in asked)
        return [] if known else [_("A decision on it is not in the registry.")]
    ids = {each.id for each in asked}
    found = [each for each in scene.ledger.decisions() if each.recommendation in ids]
    return [wording.named_in_full(each, scene.reader) for each in found]


def link_lines(scene: Scene, group: GroupFacts) -> list[Words]:
    """The groups that oversee it, that it oversees, that it becomes."""
    _, lines = scene.reader.gettext, []
    for link in scene.directory.links:
        if group.id not in (link.source_group, link.target_group):
            continue
        scene.cite("link", link.id)
        other = scene.name(f"group:{link.target_group if link.source_group == group.id else link.source_group}")
        match link.kind, link.source_group == group.id:
            case "oversees", source:
                lines += _overseeing(scene, other, link.capacity, source=source)
            case "becomes", True if group.state == "sunset":
                lines.append(_("What follows it: {group:the}", group=other))
            case "becomes", True:
                lines.append(_("It is to become {group:the}", group=other))
            case "becomes", False:
                lines.append(_("It comes from {group:the}", group=other))
            case _:
                lines.append(_("Tied to {group:the}", group=other))
    return lines


def _overseeing(scene: Scene, other: Name, capacity: Bilingual | None, *, source: bool) -> list[Words]:
    """That a group oversees another, or is overseen by it: as the Councils decided; nothing where they did not agree to it."""
    _, became = scene.reader.gettext, settled(scene, "oversight")
    values = {"group": other, "capacity": capacity.for_(scene.reader) if capacity else NOTHING}
    match became, source:
        case "declined", _source:
            return []
        case "approved", True:
            return [_("It oversees {group:the} (“{capacity}”)", **values)]
        case "approved", False:
            return [_("It is overseen by {group:the} (“{capacity}”)", **values)]
        case _status, True:
            return [_("Proposed: that it oversee {group:the} (“{capacity}”)", **values)]
    return [_("Proposed: oversight by {group:the} (“{capacity}”)", **values)]


def state_line(scene: Scene, group: GroupFacts) -> list[Words]:
    """In which state a group is, where that is said."""
    return [scene.reader.gettext("State: {state}", state=state_name(scene, group.state))] if group.state else []


def state_name(scene: Scene, state: str) -> Words:
    """A state in the reader's language."""
    _ = scene.reader.gettext
    return {"active": _("active"), "dormant": _("dormant"), "sunset": _("sunset")}.get(state, _("proposed"))


def group_state(scene: Scene) -> Part:
    """Whether a group is active, dormant, proposed or sunset; what is proposed is no state."""
    group, subject, name = about(scene)
    _ = scene.reader.gettext
    if not group.state:
        return scene.unknown(_("whether {group:the} is active is not recorded.", group=name), status_lines(scene, group), subject)
    scene.cite("group", group.id, "state")
    doubts = scene.doubt("group", group.id, "state")
    sentence = _("{group:the} is {state}.", group=name, state=state_name(scene, group.state))
    followed = [*closing_lines(scene, group), *link_lines(scene, group)] if group.state == "sunset" else []
    return scene.part(scene.told(sentence), [*followed, *doubts, *status_lines(scene, group)], subject=subject)


def closing_lines(scene: Scene, group: GroupFacts) -> list[Words]:
    """What is kept of a group that was dissolved, by which decision it was, and what followed."""
    _, kept = scene.reader.gettext, scene.directory.closings.get(group.id)
    if group.state != "sunset" or kept is None:
        return []
    decision = next((each for each in scene.directory.decisions if each.id == kept.decision), None)
    lines = [_("Dissolved: {date}", date=scene.reader.date(kept.day))] if kept.day else []
    if decision:
        scene.cite("decision", decision.id)
        lines.append(_("Decision {number}", number=decision.label))
    lines += [kept.note.marked(scene.reader)] if kept.note else []
    lines += [_("What came of its work: {text}", text=kept.outcomes.marked(scene.reader))] if kept.outcomes else []
    lines += [_("Left unfinished: {text}", text=kept.unfinished.marked(scene.reader))] if kept.unfinished else []
    return lines


def group_note(scene: Scene) -> Part:
    """What the source notes beside a group's name, such as "Tab 3"."""
    group, subject, name = about(scene)
    _ = scene.reader.gettext
    if not group.note:
        return scene.unknown(_("no note on {group:the} is recorded.", group=name), (), subject)
    scene.cite("group", group.id, "note")
    sentence = _("the note on {group:the} reads: {note}", group=name, note=scene.wording("group", group.id, "note", group.note))
    return scene.part(scene.told(sentence), subject=subject)


def group_info(scene: Scene) -> Part:
    """What a group is: kind, owner, people, mandate, priorities, recommendation, oversight, notes."""
    group, subject, name = about(scene)
    scene.cite_step("group", group.id, "kind", "state")
    _ = scene.reader.gettext
    if group.kind and group.target_kind:
        headline = _("{group:the} is currently {kind:a}.", group=name, kind=_kind_name(scene, group.kind))
    elif group.kind and group.state == "sunset":
        headline = _("{group:the} was {kind:a}, and is sunset.", group=name, kind=_kind_name(scene, group.kind))
    elif group.kind:
        headline = _("{group:the} is {kind:a}.", group=name, kind=_kind_name(scene, group.kind))
        if group.state == "proposed":
            headline = _("{group:the} is {kind:a}, only proposed so far.", group=name, kind=_kind_name(scene, group.kind))
    else:
        headline = _("{group:the} is a body whose kind is not recorded.", group=name)
    details: list[Words] = []
    if group.description:
        details.append(scene.wording("group", group.id, "description", group.description))
    if group.mandate:
        details.append(_mandate_line(scene, group.id, scene.wording("group", group.id, "mandate", group.mandate).paragraphs[0]))
    chairs = [*scene.roles(target=subject, role="lead"), *scene.roles(target=subject, role="co_chair")]
    if chairs:
        details.append(_("Co-chairs: {people}", people=listed(scene, chairs)))
    details += [*state_line(scene, group), *owner_lines(scene, group), *status_lines(scene, group), *_labels(scene, group)]
    priorities = aligned(scene, group.id)
    if priorities:
        details.append(_("Priorities: {priorities}", priorities=scene.reader.listed(priorities)))
    details += [*closing_lines(scene, group), *link_lines(scene, group), *referred(scene, subject), *at_table(scene, group.id)]
    if group.note:
        details.append(_("Note: {note}", note=scene.wording("group", group.id, "note", group.note)))
    details += [*target_line(scene, group), *scene.doubt("group", group.id, "record"), *scene.doubt("group", group.id, "name.fr")]
    return scene.part(scene.told(headline), list(dict.fromkeys(details)), subject=subject)


def _mandate_line(scene: Scene, group: str, text: Words) -> Words:
    _, stands = scene.reader.gettext, _standing(scene, group)
    return _("Mandate ({standing}): {text}", standing=stands, text=text) if stands else _("Mandate: {text}", text=text)


def _standing(scene: Scene, group: str) -> Words | None:
    """How the mandate of a group stands, where it is kept in versions: it may have run out."""
    version = scene.ledger.mandate(group)
    if version is None:
        return None
    from cadre.decisions import wording  # noqa: PLC0415  # see cadre.ask.ledger

    return wording.mandate(version, scene.today, scene.reader)


def mandate(scene: Scene) -> Part:
    """The scope of a group, whole."""
    group, subject, name = about(scene)
    _ = scene.reader.gettext
    text = group.mandate or group.description
    if text is None:
        return scene.unknown(_("no mandate of {group:the} is recorded.", group=name), status_lines(scene, group), subject)
    first, *rest = scene.wording("group", group.id, "mandate" if group.mandate else "description", text).paragraphs
    stands = _standing(scene, group.id) if group.mandate else None
    if stands:
        told = _("the mandate of {group:the} ({standing}) reads: {text}", group=name, standing=stands, text=first)
    else:
        told = _("the mandate of {group:the} reads: {text}", group=name, text=first)
    return scene.part(scene.told(told), rest, subject=subject)


HANDLERS: Final[dict[str, Handler]] = by_name(
    group_owner,
    group_type,
    group_status,
    group_state,
    group_note,
    group_info,
    mandate,
)
