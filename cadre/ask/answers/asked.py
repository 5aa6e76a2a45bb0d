"""What the Councils are asked to agree on, worded by what became of it: recommendations, rules, kinds of group, oversight."""

from __future__ import annotations

from typing import Final

from cadre.ask.answer import Part
from cadre.ask.answers.groups import settled
from cadre.ask.names import NOTHING
from cadre.ask.scene import Handler, Scene, by_name
from cadre.ask.tokens import words
from cadre.core.words import Words
from cadre.decisions.facts import RecommendationFacts, RuleFacts

_ASPECTS: Final = {"mandate": "MANDATE", "workplan": "WORKPLAN", "meetings": "MEETING", "council_co_chair": "COCHAIR"}


def topic(scene: Scene, about: str) -> list[RecommendationFacts]:
    """The recommendations on one topic, cited."""
    found = [r for r in scene.directory.recommendations if r.topic == about]
    for each in found:
        scene.cite("recommendation", each.id)
        scene.cite_step("recommendation", each.id, "status")
    return found


def recommendations(scene: Scene) -> Part:
    """All that is recommended, by what would happen; and what the Councils decided on already."""
    ngettext, _ = scene.reader.ngettext, scene.reader.gettext
    asked = topic(scene, "groups")
    of = {status: [r for r in asked if r.status == status] for status in ("proposed", "approved", "declined")}

    def names(found: list[RecommendationFacts]) -> Words:
        return scene.reader.listed(scene.listed([f"group:{r.group}" for r in found if r.group]))

    lines = []
    for category in scene.directory.categories.values():
        there = [r for r in of["proposed"] if r.category == category.id]
        if there:
            lines.append(_("{label} ({n}): {groups}", label=category.label.for_(scene.reader), n=len(there), groups=names(there)))
    lines += [_("Agreed to: {groups}", groups=names(of["approved"]))] if of["approved"] else []
    lines += [_("Not agreed to: {groups}", groups=names(of["declined"]))] if of["declined"] else []
    n = len(of["proposed"])
    if asked and not n:
        return scene.part(_("every recommendation on groups was decided on.").sentence, lines)
    sentence = ngettext("{n} recommendation on a group is proposed.", "{n} recommendations on groups are proposed.", n)
    return scene.part(scene.told(sentence), lines)


def call(scene: Scene) -> Part:
    """Whether the priorities become working groups and a call for participation is issued: a question still put to the Councils."""
    scene.proposed = (("calls_open", scene.reader.gettext("Which calls for participation are open?")),)
    return _worded(scene, "priorities")


def guidelines(scene: Scene) -> Part:
    """Whether guidelines or a checklist are to be drafted."""
    return _worded(scene, "guidelines")


def _worded(scene: Scene, about: str) -> Part:
    _ = scene.reader.gettext
    asked = topic(scene, about)
    texts = [
        scene.wording("recommendation", r.id, name, text)
        for r in asked
        for name, text in (("wording", r.wording), ("consequence", r.consequence))
        if text
    ]
    if not texts:
        return scene.unknown(_("no recommendation on this is recorded."))
    first, *rest = texts
    match settled(scene, about):
        case "approved":
            return scene.part(_("the Councils agreed to this: {text}", text=first).sentence, rest)
        case "declined":
            return scene.part(_("the Councils did not agree to this: {text}", text=first).sentence, rest)
    if all(r.status == "proposed" for r in asked):
        rest.append(_("Whether the Councils agreed is not in the registry."))
    return scene.part(scene.told(_("proposed to the Councils, not yet decided: {text}", text=first)), rest)


def governance_rule(scene: Scene) -> Part:
    """What every group should meet. These are proposed: they are no rules before the Councils agree."""
    _ = scene.reader.gettext
    rules = scene.directory.rules
    for rule in rules:
        scene.cite("rule", rule.id)
        scene.cite_step("recommendation", rule.recommendation or "", "status")
    aspects = {aspect for aspect, concept in _ASPECTS.items() if scene.query.has(concept)} - _met(scene)
    numbered = {subject[5:] for m in scene.query.of("rule") for subject in m.subjects}
    chosen = [rule for rule in rules if rule.id in numbered] or [rule for rule in rules if rule.requires in aspects] or list(rules)
    if not chosen:
        return scene.unknown(_("no rule for groups is recorded."))
    if len(chosen) == 1:
        return _one_rule(scene, chosen[0])
    lines = [
        _("{number}: {text}", number=Words.verbatim(rule.number), text=scene.wording("rule", rule.id, "wording", rule.wording))
        for rule in chosen
    ]
    match agreed(scene, chosen):
        case "approved":
            return scene.part(_("these are the rules for every group.").sentence, lines)
        case "declined":
            return scene.part(_("the Councils did not agree to these requirements: they are no rules.").sentence, lines)
    return scene.part(scene.told(_("these requirements are proposed for every group; they are not yet rules.")), lines)


def _met(scene: Scene) -> set[str]:
    """Meetings are not what is asked about by "the rules that groups must meet"."""
    said = words(scene.query.text)
    verb = "meet" in said and not any(each.startswith("meeting") for each in said)
    return {"meetings"} if verb and scene.query.has("RULE") and not scene.query.has("OFTEN") else set()


def _one_rule(scene: Scene, rule: RuleFacts) -> Part:
    text = scene.wording("rule", rule.id, "wording", rule.wording)
    told = _rule(scene, rule, text)
    return scene.part(scene.told(told) if agreed(scene, [rule]) == "proposed" else told.sentence)


def rule_line(scene: Scene, rule: RuleFacts) -> Words:
    """A rule as a line beside something else, with what became of it."""
    return _rule(scene, rule, rule.wording.for_(scene.reader)).sentence


def _rule(scene: Scene, rule: RuleFacts, text: Words) -> Words:
    _ = scene.reader.gettext
    match agreed(scene, [rule]):
        case "approved":
            return _("a rule: {text}", text=text)
        case "declined":
            return _("the Councils did not agree to this requirement: it is no rule: {text}", text=text)
    return _("proposed, not yet a rule: {text}", text=text)


def agreed(scene: Scene, rules: list[RuleFacts]) -> str:
    """What became of the recommendations that some rules rest on: approved or declined, where all of them were; else proposed."""
    asked = {rule.recommendation for rule in rules}
    found = {r.status for r in scene.directory.recommendations if r.id in asked}
    return found.pop() if len(found) == 1 else "proposed"


def group_kinds(scene: Scene) -> Part:
    """The kinds of group that the Councils are asked to use from now on."""
    _ = scene.reader.gettext
    for asked in topic(scene, "group_kinds"):
        scene.cite("recommendation", asked.id)
    kinds = [kind for kind in scene.directory.kinds.values() if kind.proposed]
    names = scene.reader.listed(kind.name.for_(scene.reader) for kind in kinds)
    if not kinds:
        return scene.unknown(_("no kind of group is proposed."))
    match settled(scene, "group_kinds"):
        case "approved":
            return scene.part(_("the kinds of group that the Councils agreed to use are: {kinds}.", kinds=names).sentence)
        case "declined":
            return scene.part(_("the Councils did not agree to use these kinds of group: {kinds}.", kinds=names).sentence)
    return scene.part(scene.told(_("the kinds of group proposed, not yet decided, are: {kinds}.", kinds=names)))


def oversight(scene: Scene) -> Part:
    """Which group oversees which, as what and for what."""
    _ = scene.reader.gettext
    keepers = [r for g in scene.groups(councils=False) for r in scene.roles(target=f"group:{g.id}", role="secretariat")]
    if keepers and scene.query.has("SECRETARIAT"):
        people = scene.reader.listed(scene.person(role) for role in keepers)
        sentence = _("{people}: secretariat of {group:the}.", people=people, group=scene.name(keepers[0].target))
        return scene.part(scene.told(sentence), subject=keepers[0].target)
    links = [link for link in scene.directory.links if link.kind == "oversees"]
    named = {group.id for group in scene.groups()}
    chosen = [link for link in links if {link.source_group, link.target_group} & named]
    if named and not chosen:
        name = scene.name(f"group:{scene.groups()[0].id}")
        return scene.unknown(_("no oversight of {group:the} is recorded.", group=name))
    chosen = chosen or links
    if not chosen:
        return scene.unknown(_("no oversight is recorded."))
    for link in chosen:
        scene.cite("link", link.id)
    first = chosen[0]
    values = {
        "source": scene.name(f"group:{first.source_group}"),
        "targets": scene.reader.listed(scene.name(f"group:{link.target_group}").form("the") for link in chosen),
        "capacity": first.capacity.for_(scene.reader) if first.capacity else NOTHING,
    }
    match settled(scene, "oversight"):
        case "approved":
            sentence = _("{source:the} oversees {targets} (“{capacity}”).", **values).sentence
        case "declined":
            sentence = _("the Councils did not agree that {source:the} oversee {targets} (“{capacity}”).", **values).sentence
        case _other:
            sentence = scene.told(_("it is proposed that {source:the} oversee {targets} (“{capacity}”).", **values))
    purpose = [_("Purpose: {text}", text=first.purpose.for_(scene.reader))] if first.purpose else []
    wording = [scene.wording("recommendation", r.id, "wording", r.wording) for r in topic(scene, "oversight") if r.wording]
    return scene.part(sentence, [*purpose, *wording], subject=f"group:{first.source_group}")


HANDLERS: Final[dict[str, Handler]] = by_name(recommendations, call, guidelines, governance_rule, group_kinds, oversight)
