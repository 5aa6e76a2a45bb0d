"""How groups stand by the rules, and what nobody works on: to each, what they may see. What nobody recorded is not known, never missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from cadre.ask.answer import Group, Part
from cadre.ask.answers.groups import about, status_lines
from cadre.ask.scene import Handler, Scene, by_name
from cadre.core.words import Words
from cadre.groups.facts import GroupFacts
from cadre.oversight import wording
from cadre.oversight.facts import OVER, Requirement
from cadre.oversight.health import Report
from cadre.oversight.rules import Finding, Health

_CO_CHAIR: Final = "council_co_chair"
_PUBLIC: Final[tuple[Requirement, ...]] = ("mandate", "council_co_chair", "leads")
"""What everybody may know, for it is asked about by itself too: what a group is for, and who is in it."""
_TOLD: Final = frozenset({"absent", "held", "defined", "until", "unconfirmed"})
_WORKS: Final = frozenset({"supports", "example"})
"""By which a group works on a priority, besides the one that is to carry it."""


# -- whether groups are in good standing


def group_health(scene: Scene) -> Part:
    """Whether a group is in good standing, and what is to complete; to others than those who may see it, only what everybody may know."""
    group, subject, name = about(scene)
    _, found = scene.reader.gettext, _of(scene.ledger.health(), group.id)
    if found is None:
        return _withheld(scene, group, subject)
    scene.cite_record(scene.ledger.now)
    report = scene.ledger.health()
    told = {
        "to_complete": _("{group:the} still has this to complete: {what}.", group=name, what=_what(scene, found)),
        "unknown": _("Whether {group:the} is in good standing is not known: {what}.", group=name, what=_what(scene, found)),
        "fulfilled": _("{group:the} is in good standing.", group=name),
        "not_applicable": _("No rule applies to {group:the}.", group=name),
    }[found.state]
    order = [*found.in_("to_complete"), *found.in_("unknown"), *found.in_("fulfilled")]
    details = [wording.line(each, scene.reader) for each in order]
    if report and not report.agreed:
        details.append(wording.proposed_rules(scene.reader))
    if report and (moved := wording.since(found, report.since.get(group.id), scene.reader)):
        details.append(moved)
    scene.proposed = (
        ("what_changed", _("What has changed for {group:the}?", group=name)),
        ("decision_outcome", _("What was decided about {group:the}?", group=name)),
    )
    return scene.part(told.sentence, details, subject=subject)


def _of(report: Report | None, group: str) -> Health | None:
    return next((each for each in report.all if each.group.id == group), None) if report else None


def _what(scene: Scene, found: Health) -> Words:
    return scene.reader.listed(wording.REQUIREMENTS[each.requirement].for_(scene.reader).inside for each in found.in_(found.state))


def _withheld(scene: Scene, group: GroupFacts, subject: str) -> Part:
    """That somebody may not see how a group stands; and what anybody may know: whether it is over, and what is proposed of it."""
    _, name = scene.reader.gettext, scene.name(subject)
    if group.state == OVER:
        return scene.part(_("{group:the} is over: no rule applies to it.", group=name).sentence, subject=subject)
    told = _("Whether {group:the} is in good standing, I tell in a conversation of our own, and only those who may see it.", group=name)
    public = [each for each in _public(scene, group) if each.reason in _TOLD]
    details = [*(wording.line(each, scene.reader) for each in public), *_rules(scene), *status_lines(scene, group)]
    if any(each.reason == "absent" for each in public):
        return scene.unknown(_("whether {group:the} is in good standing.", group=name), [*details, told], subject)
    return replace(scene.part(told, details, subject=subject), known=False)


def _public(scene: Scene, group: GroupFacts) -> list[Finding]:
    """What follows from facts that everybody may know: of what is not there only that it is not recorded."""
    findings = [each.of(name) for each in scene.ledger.standing_of_all() if each.group.id == group.id for name in _PUBLIC]
    return [replace(each, state="unknown") if each.reason == "absent" else each for each in findings]


def _rules(scene: Scene) -> Iterator[Words]:
    """What it goes by, while that is only proposed."""
    known = scene.directory
    statuses = {each.status for each in known.recommendations if each.id in {rule.recommendation for rule in known.rules}}
    if statuses and statuses != {"approved"}:
        yield wording.proposed_rules(scene.reader)


def groups_health(scene: Scene) -> Part:
    """Which groups have something to complete, and what, of those that whoever asks may see; of one council where it is named."""
    _, report = scene.reader.gettext, scene.ledger.health()
    if report is None:
        told = _("How groups stand, I tell in a conversation of our own, and only those who may see it.")
        return replace(scene.part(told, _rules(scene)), known=False)
    scene.cite_record(scene.ledger.now)
    own, others = (tuple(_asked(scene, each)) for each in (report.own, report.others))
    report = replace(report, own=own, others=others)
    shown = [each for each in wording.in_order(report.all, scene.reader) if each.state in ("to_complete", "unknown")]
    lines = [
        _("{group}: {standing}", group=each.group.name.for_(scene.reader), standing=wording.standing(each, scene.reader)) for each in shown
    ]
    if not report.agreed:
        lines.append(wording.proposed_rules(scene.reader))
    return scene.part(wording.total(report, scene.reader), lines)


def _asked(scene: Scene, found: Iterable[Health]) -> Iterator[Health]:
    """Those of the real Councils, or of the demonstration where it was named; in a sandbox, all. Of a council that is named, its own."""
    councils = {group.id for group in scene.groups(councils=True)}
    every = scene.ledger.sandboxed and not scene.query.mentions
    for each in found:
        if (every or each.group.id in scene.directory.groups) and (not councils or councils & each.group.above):
            yield each


# -- co-chairs from the Councils


def no_council_chair(scene: Scene) -> Part:
    """The groups without a co-chair who is a member of a council: those where it is missing apart from those where it is not known, for
    those who may see how they stand; for everybody, of which groups none is recorded.
    """
    _, ngettext, report = scene.reader.gettext, scene.reader.ngettext, scene.ledger.health()
    seen = {each.group.id for each in report.all} if report else set()
    found = [(each, each.of(_CO_CHAIR)) for each in _asked(scene, scene.ledger.standing_of_all())]
    open_ = [(each, finding) for each, finding in found if finding.state in ("to_complete", "unknown")]
    missing = [each for each in open_ if each[0].group.id in seen and each[1].state == "to_complete"]
    if not open_:
        return scene.part(_("Each group that needs one has a co-chair who is a member of a Council."))
    scene.cite_record(scene.ledger.now)
    rest = [each for each in open_ if each not in missing]
    unrecorded = ngettext(
        "No co-chair who is a member of a Council is recorded for {n} group: whether it has one is not in the registry.",
        "No co-chair who is a member of a Council is recorded for {n} groups: whether they have one is not in the registry.",
        len(rest),
    )
    if not missing:
        return scene.part(unrecorded, _by_group(scene, rest))
    sentence = ngettext(
        "{n} group has no co-chair who is a member of a Council.", "{n} groups have no co-chair who is a member of a Council.", len(missing)
    )
    groups = [Group(wording.STATES["to_complete"].for_(scene.reader), tuple(_by_group(scene, missing, why=True)))]
    groups += [Group(unrecorded, tuple(_by_group(scene, rest)))] if rest else []
    return replace(scene.part(sentence), groups=tuple(groups))


def _by_group(scene: Scene, found: Sequence[tuple[Health, Finding]], *, why: bool = False) -> list[Words]:
    """A line a group; why, where it says more than that nothing is recorded."""
    lines = []
    for each, finding in found:
        name = each.group.name.for_(scene.reader)
        said = why or finding.reason in ("unconfirmed", "no_member", "ended")
        lines.append(
            scene.reader.gettext("{group}: {standing}", group=name, standing=wording.finding(finding, scene.reader)) if said else name
        )
    return lines


# -- priorities that nobody carries


def priorities_without_group(scene: Scene) -> Part:
    """The priorities on which no group is recorded to work; to those of a council also the ones that only groups carry that cannot now."""
    _, ngettext, known = scene.reader.gettext, scene.reader.ngettext, scene.directory
    working = {tie.priority for tie in known.alignments if tie.strength in _WORKS}
    found = [each for each in known.priorities.values() if not each.group and each.id not in working]
    for each in found:
        scene.cite("priority", each.id)
    sentence = ngettext(
        "no group that works on it is recorded for {n} priority: it is not in the registry.",
        "no group that works on them is recorded for {n} priorities: it is not in the registry.",
        len(found),
    )
    if not found:
        return scene.part(_("A group is recorded for each priority."), _weakly(scene))
    return scene.part(scene.told(sentence), [*(_uncarried(scene, each.id) for each in found), *_weakly(scene)])


def _uncarried(scene: Scene, priority: str) -> Words:
    """A priority, with the groups that could support it, as is proposed."""
    known, name = scene.directory, scene.directory.priorities[priority].name.for_(scene.reader)
    could = [scene.label(f"group:{tie.group}") for tie in known.alignments if (tie.priority, tie.strength) == (priority, "could_support")]
    if not could:
        return name
    return scene.reader.gettext("{priority} (proposed, could support it: {groups})", priority=name, groups=scene.reader.listed(could))


def _weakly(scene: Scene) -> Iterator[Words]:
    """The priorities that only groups work on which cannot carry them now, and why."""
    gaps = scene.ledger.gaps()
    for each in gaps.matrix.priorities if gaps else ():
        if each.cover == "weak" and each.priority.id in scene.directory.priorities:
            groups = scene.reader.listed(wording.serving(serving, scene.reader) for serving in each.working)
            name = each.priority.name.for_(scene.reader)
            yield scene.reader.gettext("{priority}: only groups that cannot carry it now: {groups}", priority=name, groups=groups)


HANDLERS: Final[dict[str, Handler]] = by_name(group_health, groups_health, no_council_chair, priorities_without_group)
