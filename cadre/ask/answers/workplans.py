"""Workplans: whether that of a group or priority is approved, when it is due, which are late. To each, what they may know."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from cadre.ask.answer import Part
from cadre.ask.answers.groups import status_lines
from cadre.ask.scene import Handler, Scene, by_name
from cadre.core.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cadre.core.french import Name
    from cadre.workplans.facts import Standing, WorkplanFacts

_DONE: Final = frozenset({"done", "dropped"})


# -- one


def group_workplan(scene: Scene) -> Part:
    """How the workplan of a group or priority stands, and when it is due; what is proposed of workplans, where there is none."""
    there = [each for each in scene.ledger.workplans() if _known(scene, each.plan)]
    having = {subject for each in there for subject in _subjects(scene, each.plan)}
    subject = scene.subject("priority", "group", fits=lambda meant: meant in having)
    found = [each for each in there if subject in _subjects(scene, each.plan)]
    if not found:
        return _none(scene, subject)
    scene.cite_record(scene.ledger.now)
    _propose(scene, subject)
    first, *others = found
    name = _name(scene, first.plan)
    headline, rest = _stands(scene, first.plan, name), _due(scene, first, name)
    if scene.query.has("WHEN", "DEADLINE", "LATE", "UNTIL"):
        headline, rest = rest, headline
    approved = next((each for each in others if each.plan.state == "approved"), None)
    former = [_line(scene, approved)] if approved and first.plan.state != "approved" else []
    return scene.part(headline, (rest, *_details(scene, first), *former), subject=subject)


def _none(scene: Scene, subject: str) -> Part:
    """That no workplan is recorded, with what is proposed of workplans; or that there is one of which whoever asks may know nothing."""
    _, name, (kind, _sep, id_) = scene.reader.gettext, scene.name(subject), subject.partition(":")
    if scene.ledger.has_workplan(kind, id_):
        told = _(
            "How the workplan of {target:the} stands, I tell in a conversation of our own, and only those who may see it.", target=name
        )
        return replace(scene.part(told, subject=subject), known=False)
    rules = [rule.wording.for_(scene.reader) for rule in scene.directory.rules if rule.requires == "workplan"]
    details = [_("Proposed, not yet a rule: {text}", text=text) for text in rules]
    details += status_lines(scene, scene.directory.groups[id_]) if kind == "group" else []
    return scene.unknown(_("no workplan of {group:the} is recorded.", group=name), details, subject)


def _stands(scene: Scene, plan: WorkplanFacts, name: Name) -> Words:
    """Whether it is approved."""
    _, values = scene.reader.gettext, _which(scene, plan, name)
    match plan.state:
        case "approved" if plan.approved_name:
            meeting = plan.approved_name.for_(scene.reader)
            return _("The workplan of {target:the} ({cycle}) was approved at the meeting {meeting}.", **values, meeting=meeting)
        case "approved":
            return _("The workplan of {target:the} ({cycle}) is approved.", **values)
        case "complete":
            return _("The workplan of {target:the} ({cycle}) is not approved yet: it was accepted, and waits for the Council.", **values)
        case "submitted":
            return _("The workplan of {target:the} ({cycle}) is not approved yet: it was submitted, and is with the secretariat.", **values)
        case "returned":
            return _("The workplan of {target:the} ({cycle}) is not approved yet: it was returned to those who write it.", **values)
        case _:
            return _("The workplan of {target:the} ({cycle}) is not approved yet: it has not been submitted.", **values)


def _due(scene: Scene, standing: Standing, name: Name) -> Words:
    from cadre.workplans import wording  # noqa: PLC0415  # see cadre.ask.ledger

    _, plan = scene.reader.gettext, standing.plan
    values = _which(scene, plan, name)
    if not plan.awaited:
        return _("The workplan of {target:the} ({cycle}) was due {date}.", **values, date=scene.reader.date(plan.due))
    due = wording.due(plan.due, scene.today if standing.lateness else None, scene.reader)
    return _("The workplan of {target:the} ({cycle}) is {due}.", **values, due=due)


def _which(scene: Scene, plan: WorkplanFacts, name: Name) -> dict[str, Words]:
    """Whose workplan, and of which cycle: of the last one nobody may know yet who sees only what is approved."""
    from cadre.workplans import wording  # noqa: PLC0415  # see cadre.ask.ledger

    told = wording.cycle(plan.half, scene.reader)
    return {"target": name, "cycle": Words.verbatim(told[:1].lower() + told[1:])}


def _details(scene: Scene, standing: Standing) -> Iterable[Words]:
    from cadre.workplans import wording  # noqa: PLC0415  # see cadre.ask.ledger

    reader, plan = scene.reader, standing.plan
    asked = wording.more_time(plan.asked_until, reader) if standing.lateness else None
    told = (wording.to_be_approved(plan, reader), wording.changed_since(plan, reader), asked)
    yield from (line.sentence for line in told if line)
    n = len(plan.activities)
    if n:
        done = sum(activity.state in _DONE for activity in plan.activities)
        yield reader.ngettext("{n} activity; done or dropped: {done}", "{n} activities; done or dropped: {done}", n, done=done)


# -- several


def late_workplans(scene: Scene) -> Part:
    """Which workplans are late: of those of which whoever asks may know it."""
    _, ngettext = scene.reader.gettext, scene.reader.ngettext
    there = [each for each in _asked(scene) if each.lateness and each.counts]
    if not there and not scene.ledger.secretariat:
        return replace(scene.part(_hint(scene)), known=False)
    scene.cite_record(scene.ledger.now)
    late = sorted((each for each in there if each.plan.awaited and each.plan.due < scene.today), key=lambda each: each.plan.due)
    partly = [] if scene.ledger.secretariat else [_hint(scene)]
    if not late:
        none = _("No workplan is late.") if scene.ledger.secretariat else _("None of the workplans of which you may know it is late.")
        return scene.part(none, partly)
    sentence = ngettext("{n} workplan is late.", "{n} workplans are late.", len(late))
    return scene.part(sentence, [*(_line(scene, each) for each in late), *partly])


def workplan_list(scene: Scene) -> Part:
    """Which workplans there are, or which of them are approved, or not: the last of each group and priority."""
    _, ngettext = scene.reader.gettext, scene.reader.ngettext
    found = _last(_asked(scene))
    if not found:
        return scene.unknown(_("no workplan that you may know of."), _aside(scene))
    scene.cite_record(scene.ledger.now)
    approved = [each for each in found if each.plan.state == "approved"]
    if not scene.query.has("APPROVED"):
        return scene.part(ngettext("{n} workplan.", "{n} workplans.", len(found)), [_line(scene, each) for each in found])
    if scene.query.has("negated"):
        found = [each for each in found if each not in approved]
        sentence = ngettext("{n} workplan is not approved yet.", "{n} workplans are not approved yet.", len(found))
    else:
        found = approved
        sentence = ngettext("{n} workplan is approved.", "{n} workplans are approved.", len(found))
    return scene.part(sentence, [_line(scene, each) for each in found])


def my_workplans(scene: Scene) -> Part:
    """How the workplans stand that whoever asks writes, and when they are due."""
    _, ngettext = scene.reader.gettext, scene.reader.ngettext
    if not scene.ledger.alone:
        unsure = _("I cannot tell who is asking: I answer this in a conversation of our own, to people whose record I know.")
        return replace(scene.part(unsure), known=False)
    there = [each for each in scene.ledger.workplans() if each.mine and each.counts]
    mine = [each for each in there if each.plan.awaited or each in _last(there)]
    scene.cite_record(scene.ledger.now)
    if not mine:
        return scene.part(_("You write no workplan."))
    lines, command = [_line(scene, each) for each in mine], _("All of it: {command}", command=_("/cadre workplan"))
    if len(mine) == 1:
        return scene.part(lines[0], [command])
    return scene.part(ngettext("You write {n} workplan.", "You write {n} workplans.", len(mine)), [*lines, command])


# -- which, and how they are told


def _asked(scene: Scene) -> list[Standing]:
    """Those of the real Councils, or of the demonstration where it was named; in a sandbox, of all; of a council, where one is named."""
    named = {group.id for group in scene.groups(councils=True)}
    found = scene.ledger.workplans()
    if not (scene.ledger.sandboxed and not scene.query.mentions):
        found = tuple(each for each in found if _known(scene, each.plan))
    return [each for each in found if not named or each.plan.council in named]


def _last(there: Iterable[Standing]) -> list[Standing]:
    """Of each group and priority the workplan of its last cycle."""
    found: dict[tuple[str, str], Standing] = {}
    for each in there:
        found.setdefault((each.plan.target_kind, each.plan.target), each)
    return list(found.values())


def _known(scene: Scene, plan: WorkplanFacts) -> bool:
    known = scene.directory
    return plan.target in (known.groups if plan.target_kind == "group" else known.priorities)


def _subjects(scene: Scene, plan: WorkplanFacts) -> set[str]:
    """What a workplan is of: the group or priority, and the priority that the group is there for."""
    own = {f"{plan.target_kind}:{plan.target}"}
    if plan.target_kind == "group":
        own |= {f"priority:{each.id}" for each in scene.directory.priorities.values() if each.group == plan.target}
    return own


def _name(scene: Scene, plan: WorkplanFacts) -> Name:
    return scene.name(f"{plan.target_kind}:{plan.target}")


def _line(scene: Scene, standing: Standing) -> Words:
    """ "Orchards Working Group: Cycle of March 2027 · Draft · due March 1, 2027, 3 days late"."""
    from cadre.workplans import wording  # noqa: PLC0415  # see cadre.ask.ledger

    plan, reader = standing.plan, scene.reader
    stands = wording.standing(plan, scene.today if standing.lateness else None, reader)
    told = wording.dots((wording.cycle(plan.half, reader), stands))
    return reader.gettext("{target}: {standing}", target=plan.target_name.for_(reader), standing=told)


def _hint(scene: Scene) -> Words:
    return scene.reader.gettext(
        "How late a workplan is, I tell in a conversation of our own, and only those who write it or carry it out, those who oversee it, "
        "and the secretariat."
    )


def _aside(scene: Scene) -> list[Words]:
    """To whom more is told, where nothing says who asks."""
    hint = scene.reader.gettext("Workplans are told only to people whom Cadre knows: ask me in a conversation of our own.")
    return [] if scene.ledger.alone or scene.ledger.secretariat else [hint]


def _propose(scene: Scene, subject: str) -> None:
    """Questions about a workplan, and about whose it is, that can be answered."""
    _, name = scene.reader.gettext, scene.name(subject)
    other = _("When is the workplan of {target:the} due?", target=name)
    if scene.query.has("WHEN", "DEADLINE"):
        other = _("Is the workplan of {target:the} approved?", target=name)
    scene.proposed = (
        ("workplan", other),
        ("late_workplans", _("Which workplans are late?")),
        ("who_leads", _("Who leads {target:the}?", target=name)),
    )


HANDLERS: Final[dict[str, Handler]] = by_name(group_workplan, late_workplans, workplan_list, my_workplans)
