"""Lists and counts of groups: of a council, of a kind, in a state, by recommendation; and the councils."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from cadre.ask.answer import Part
from cadre.ask.answers.ended import dissolved
from cadre.ask.answers.groups import group_owner, state_name
from cadre.ask.scene import Handler, Scene, by_name
from cadre.core.french import Name
from cadre.core.words import Words
from cadre.decisions.facts import RecommendationFacts
from cadre.groups.facts import GroupFacts


def _list(scene: Scene, groups: Sequence[GroupFacts], sentence: Words, extra: Iterable[Words] = ()) -> Part:
    for group in groups:
        scene.cite("group", group.id)
    return scene.part(scene.told(sentence), [*scene.listed(f"group:{g.id}" for g in groups), *extra])


def reviewed(scene: Scene) -> list[GroupFacts]:
    """The groups of the gap analysis, in its order: those on which something is recommended."""
    known = scene.directory
    return [known.groups[r.group] for r in known.recommendations if r.group and r.topic == "groups"]


def own_groups(scene: Scene) -> list[GroupFacts]:
    """All groups that are not councils."""
    return [g for g in scene.directory.groups.values() if not g.is_council]


def groups_by_council(scene: Scene) -> Part:
    """The groups that report to a council: those reviewed, then any others."""
    ngettext, _ = scene.reader.ngettext, scene.reader.gettext
    council = scene.subject("group")[6:]
    if not scene.directory.groups[council].is_council:
        return group_owner(scene)
    of_review = [g for g in reviewed(scene) if g.owner == council]
    kinds = {f[5:] for f in scene.query.features if f.startswith("KIND:")} - {"council"}
    kinds = set() if kinds == {"working_group"} else kinds
    if kinds:
        of_review = [g for g in of_review if g.kind in kinds]
    others = [g for g in own_groups(scene) if g.owner == council and g not in of_review and not kinds]
    name = scene.short(f"group:{council}")
    if not of_review and not others:
        return scene.unknown(_("no such group of {council:the} is recorded.", council=name), (), f"group:{council}")
    for g in of_review:
        scene.cite("group", g.id, "owner")
    sentence = ngettext(
        "{n} group reports to {council:the}.", "{n} groups report to {council:the}.", len(of_review or others), council=name
    )
    if of_review and others:
        sentence = _(
            "{n} groups that were reviewed report to {council:the}; {total} groups in all.",
            n=len(of_review),
            total=len(of_review) + len(others),
            council=name,
        )
    lines = [_flagged(scene, g) for g in of_review or others]
    more = [_("Also recorded under it: {groups}", groups=scene.reader.listed(scene.listed(f"group:{g.id}" for g in others)))]
    return scene.part(scene.told(sentence), [*lines, *(more if others and of_review else [])], subject=f"group:{council}")


def _flagged(scene: Scene, group: GroupFacts) -> Words:
    label = scene.label(f"group:{group.id}")
    return scene.reader.gettext("{name} (to be confirmed)", name=label) if scene.directory.doubt("group", group.id, "owner") else label


def group_count(scene: Scene) -> Part:
    """How many groups: of a kind, of a recommendation, or all that were reviewed."""
    ngettext = scene.reader.ngettext
    if scene.query.has("SUNSET", "CONTINUE", "LEVERAGE", "TRANSITION"):
        return list_by_recommendation(scene)
    if scene.mention("group"):
        return groups_by_council(scene)
    if any(f.startswith("KIND:") and f not in ("KIND:working_group", "KIND:council") for f in scene.query.features):
        return list_by_kind(scene)
    groups = reviewed(scene)
    if scene.query.has("KIND:working_group") and not scene.query.has("REVIEWED"):
        return list_by_kind(scene)
    sentence = ngettext("{n} group was reviewed in the gap analysis.", "{n} groups were reviewed in the gap analysis.", len(groups))
    everything = own_groups(scene)
    if not scene.query.has("REVIEWED") and len(everything) > len(groups):
        return group_list(scene)
    return _list(scene, groups, sentence)


def group_list(scene: Scene) -> Part:
    """All groups: the reviewed ones, and the others that are named."""
    groups = reviewed(scene)
    others = [g for g in own_groups(scene) if g not in groups]
    ngettext, _ = scene.reader.ngettext, scene.reader.gettext
    total = len(groups) + len(others)
    if not groups:
        return _list(scene, others, ngettext("{n} group is in the registry.", "{n} groups are in the registry.", total))
    sentence = _("{total} groups are in the registry; {n} groups have a recommendation.", total=total, n=len(groups))
    more = [_("Also named: {groups}", groups=scene.reader.listed(scene.listed(f"group:{g.id}" for g in others)))] if others else []
    return _list(scene, groups, sentence, more)


_CATEGORIES: Final = (("sunset", "SUNSET"), ("leverage", "LEVERAGE"), ("transition_cop", "TRANSITION"), ("continue", "CONTINUE"))


def list_by_recommendation(scene: Scene) -> Part:
    """The groups for which one thing is recommended."""
    ngettext, _ = scene.reader.ngettext, scene.reader.gettext
    wanted = next((category for category, concept in _CATEGORIES if scene.query.has(concept)), None)
    if scene.query.has("GONE"):
        return dissolved(scene) or scene.unknown(_("no group is recorded as {state}.", state=state_name(scene, "sunset")))
    if wanted == "sunset" and not scene.query.has("RECOMMENDED", "MUST") and (over := dissolved(scene)):
        return over
    if wanted is None:
        wanted = "transition_cop"
    if wanted == "transition_cop" and scene.query.has("KIND:working_group") and not scene.query.has("KIND:community_of_practice", "GROUP"):
        groups = [g for g in own_groups(scene) if g.target_kind == "working_group"]
    else:
        groups = [scene.directory.groups[r.group] for r in scene.directory.recommendations if r.category == wanted and r.group]
    category = scene.directory.categories.get(wanted)
    if not groups or category is None:
        return scene.unknown(_("no group with such a recommendation is recorded."))
    asked = [r for r in scene.directory.recommendations if r.group in {g.id for g in groups} and r.category]
    for r in asked:
        scene.cite("recommendation", r.id)
        scene.cite_step("recommendation", r.id, "status")
    what = Name.make((category.short or category.label).for_(scene.reader), scene.reader.language, "", False)
    open_ = sum(r.status == "proposed" for r in asked)
    sentence = ngettext(
        "it is proposed, without a decision yet, for {n} group to {what}:",
        "it is proposed, without a decision yet, for {n} groups to {what}:",
        open_,
        what=what,
    )
    if not open_:
        sentence = ngettext(
            "it was decided on {n} group whether to {what}:", "it was decided on {n} groups whether to {what}:", len(asked), what=what
        )
    lines = [with_status(scene, r) for r in asked if r.group]
    return scene.part(scene.told(sentence), [*lines, *(_if_refused(scene) if wanted == "transition_cop" else ())])


def with_status(scene: Scene, asked: RecommendationFacts) -> Words:
    """A group on which something is recommended, with what became of the recommendation."""
    _ = scene.reader.gettext
    name = scene.label(f"group:{asked.group}")
    if asked.status == "approved":
        return _("{name} (approved)", name=name)
    return _("{name} (declined)", name=name) if asked.status == "declined" else name


def _if_refused(scene: Scene) -> list[Words]:
    """The IT procurement group becomes a community of practice only if the first proposal is refused."""
    _ = scene.reader.gettext
    return [
        _("Only if its first proposal is refused: {group}", group=scene.label(f"group:{r.group}"))
        for r in scene.directory.recommendations
        if r.group and r.category == "procurement_conditional"
    ]


def list_by_kind(scene: Scene) -> Part:
    """The groups of a kind."""
    kinds = [f[5:] for f in sorted(scene.query.features) if f.startswith("KIND:") and f != "KIND:council"]
    if "sub_committee" in kinds and not scene.query.has("two_kinds"):
        kinds = ["sub_committee"]
    groups = [g for g in own_groups(scene) if g.kind in kinds]
    ngettext, _ = scene.reader.ngettext, scene.reader.gettext
    if not groups or not kinds:
        return scene.unknown(_("no group of that kind is recorded."))
    for group in groups:
        scene.cite_step("group", group.id, "kind")
    kind = scene.directory.kinds[kinds[0]]
    name = kind.name.for_(scene.reader) if len(groups) == 1 else kind.plural.for_(scene.reader)
    sentence = ngettext("{n} {kind} is recorded.", "{n} {kind} are recorded.", len(groups), kind=name)
    unsure = {r.group for r in scene.directory.recommendations if r.category == "procurement_conditional"}
    becoming = [g for g in own_groups(scene) if g.target_kind in kinds and g.id not in unsure]
    names = scene.reader.listed(scene.listed(f"group:{g.id}" for g in becoming))
    more = [_("Proposed to become one: {groups}", groups=names)] if becoming else []
    more += _if_refused(scene) if "community_of_practice" in kinds else []
    return _list(scene, groups, sentence, more)


def list_by_state(scene: Scene) -> Part:
    """The groups in a state. What nobody said is not in the list, and the answer says so."""
    wanted = next(f[6:] for f in sorted(scene.query.features) if f.startswith("STATE:"))
    if wanted == "sunset" and (over := dissolved(scene)):
        return over
    groups = [g for g in own_groups(scene) if g.state == wanted]
    ngettext, _ = scene.reader.ngettext, scene.reader.gettext
    if not groups:
        return scene.unknown(_("no group is recorded as {state}.", state=state_name(scene, wanted)))
    for group in groups:
        scene.cite("group", group.id, "state")
    silent = sum(g.state is None for g in own_groups(scene))
    sentence = ngettext(
        "{n} group is recorded as {state}.", "{n} groups are recorded as {state}.", len(groups), state=state_name(scene, wanted)
    )
    return _list(
        scene,
        groups,
        sentence,
        [ngettext("The state of {n} other group was not said.", "The state of {n} other groups was not said.", silent)],
    )


def groups_by_term(scene: Scene) -> Part:
    """The groups whose owner the source gives in these words, such as "Justice Canada", with how they are read."""
    _ = scene.reader.gettext
    term = scene.directory.terms[scene.subject("term")[5:]]
    groups = [
        g for g in reviewed(scene) if (said := scene.directory.doubt("group", g.id, "owner")) and said.words in (term.name.en, term.name.fr)
    ]
    definition = term.definition.for_(scene.reader) if term.definition else term.name.for_(scene.reader)
    scene.cite("term", term.id)
    lines = [_flagged(scene, group) for group in groups]
    return scene.part(_("{name}: {text}", name=term.name.for_(scene.reader), text=definition), lines, subject=f"term:{term.id}")


def leaderless(scene: Scene) -> Part:
    """The reviewed groups for which nobody is recorded as lead or co-chair."""
    led = {role.target for role in scene.roles() if role.role in ("lead", "co_chair")}
    groups = [g for g in reviewed(scene) if f"group:{g.id}" not in led]
    ngettext = scene.reader.ngettext
    sentence = ngettext(
        "no lead is recorded for {n} reviewed group: it is not in the registry.",
        "no lead is recorded for {n} reviewed groups: it is not in the registry.",
        len(groups),
    )
    return _list(scene, groups, sentence)


def without_mandate(scene: Scene) -> Part:
    """The reviewed groups of which no mandate is recorded."""
    groups = [g for g in reviewed(scene) if not g.mandate]
    ngettext = scene.reader.ngettext
    sentence = ngettext(
        "no mandate is recorded for {n} reviewed group: it is not in the registry.",
        "no mandate is recorded for {n} reviewed groups: it is not in the registry.",
        len(groups),
    )
    return _list(scene, groups, sentence)


def unaligned_groups(scene: Scene) -> Part:
    """The reviewed groups for which no priority is recorded; of a registry of which nothing was reviewed, all that are not over."""
    tied = {tie.group for tie in scene.directory.alignments} | {priority.group for priority in scene.directory.priorities.values()}
    of_review = reviewed(scene)
    groups = [g for g in of_review or own_groups(scene) if g.id not in tied and g.state != "sunset"]
    ngettext = scene.reader.ngettext
    if not of_review:
        return _list(
            scene,
            groups,
            ngettext(
                "no priority is recorded for {n} group: it is not in the registry.",
                "no priority is recorded for {n} groups: it is not in the registry.",
                len(groups),
            ),
        )
    sentence = ngettext(
        "no priority is recorded for {n} reviewed group: it is not in the registry.",
        "no priority is recorded for {n} reviewed groups: it is not in the registry.",
        len(groups),
    )
    return _list(scene, groups, sentence)


def note_search(scene: Scene) -> Part:
    """Which groups carry a note, of a tab or a footnote."""
    _ = scene.reader.gettext
    noted = [g for g in scene.directory.groups.values() if g.note]
    if scene.query.number:
        numbered = [g for g in noted if g.note and f" {scene.query.number}" in g.note.for_(scene.reader)]
        if not numbered:
            return scene.unknown(_("no group has such a note."))
        noted = numbered
    for group in noted:
        scene.cite("group", group.id, "note")
    lines = [_("{name}: {note}", name=scene.label(f"group:{g.id}"), note=g.note.for_(scene.reader)) for g in noted if g.note]
    names = scene.reader.listed(scene.label(f"group:{g.id}") for g in noted)
    return scene.part(scene.told(_("noted: {groups}.", groups=names)), lines)


def council_info(scene: Scene) -> Part:
    """What a council is: its parts, its groups."""
    ngettext, _ = scene.reader.ngettext, scene.reader.gettext
    council = scene.directory.groups[scene.subject("group")[6:]]
    subject = f"group:{council.id}"
    scene.cite("group", council.id)
    details = [council.description.for_(scene.reader)] if council.description else []
    parts = [scene.with_acronym(f"group:{g.id}") for g in scene.directory.groups.values() if g.parent == council.id]
    if parts:
        details.append(_("Made up of: {councils}", councils=scene.reader.listed(parts)))
    if council.parent:
        details.append(_("Part of {council:the}", council=scene.name(f"group:{council.parent}")))
    groups = [g for g in reviewed(scene) if g.owner == council.id]
    if groups:
        names = scene.reader.listed(scene.listed(f"group:{g.id}" for g in groups))
        details.append(ngettext("{n} reviewed group: {names}", "{n} reviewed groups: {names}", len(groups), names=names))
    name, short = scene.name(subject), scene.acronym(subject)
    sentence = (
        _("{acronym} is short for {council:the}.", acronym=short, council=name)
        if short
        else _("{council:the} is in the registry.", council=name)
    )
    return scene.part(scene.told(sentence), details, subject=subject)


def council_list(scene: Scene) -> Part:
    """The councils."""
    ngettext = scene.reader.ngettext
    councils = [g for g in scene.directory.groups.values() if g.kind == "council"]
    names = scene.reader.listed(scene.with_acronym(f"group:{g.id}") for g in councils)
    for council in councils:
        scene.cite("group", council.id)
    return scene.part(
        scene.told(
            ngettext("{n} council is in the registry: {names}.", "{n} councils are in the registry: {names}.", len(councils), names=names)
        )
    )


HANDLERS: Final[dict[str, Handler]] = by_name(
    groups_by_term,
    leaderless,
    without_mandate,
    groups_by_council,
    group_count,
    group_list,
    list_by_recommendation,
    list_by_kind,
    list_by_state,
    unaligned_groups,
    note_search,
    council_info,
    council_list,
)
