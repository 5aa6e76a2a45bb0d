"""Workplans: whether that of a group or priority is approved, when it is due, which are late. To each, what they may know."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from cadre.ask.answer import Part
from cadre.ask.answers.asked import rule_line
from cadre.ask.answers.groups import closing_lines, status_lines
from cadre.ask.periods import Days, periods
from cadre.ask.scene import Handler, Scene, by_name
from cadre.core.dates import PartialDate
from cadre.core.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cadre.core.french import Name
    from cadre.workplans.facts import ActivityFacts, Standing, WorkplanFacts

_DONE: Final = frozenset({"done", "dropped"})
_OVER: Final = "sunset"
_CYCLES: Final = (3, 9)
"""The months by which cycles are called."""


# -- one


def group_workplan(scene: Scene) -> Part:
    """How the workplan of a group or priority stands, and when it is due; what is proposed of workplans, where there is none."""
    there = [each for each in scene.ledger.workplans() if _known(scene, each.plan)]
    having = {subject for each in there for subject in _subjects(scene, each.plan)}
    subject = scene.subject("priority", "group", fits=lambda meant: meant in having)
    found = [each for each in there if subject in _subjects(scene, each.plan)]
    if (group := scene.directory.groups.get(subject.removeprefix("group:"))) and group.state == _OVER:
        scene.cite_record(scene.ledger.now)
        lines = [_line(scene, each) for each in found]
        over = scene.reader.gettext("{group:The} is dissolved: no workplan of it is awaited any more.", group=scene.name(subject))
        return scene.part(over, [*lines, *closing_lines(scene, group)], subject=subject)
    if not found:
        return _none(scene, subject)
    scene.cite_record(scene.ledger.now)
    _propose(scene, subject)
    named = _named_cycle(scene, found)
    if named == []:
        return _none_then(scene, subject, found)
    first, *others = named or found
    name = _name(scene, first.plan)
    told = [_stands(scene, first.plan, name), _due(scene, first, name)]
    query = scene.query
    if query.has("SUBMITTED"):
        told.insert(0, _submitted(scene, first.plan, name))
    elif query.has("DEADLINE", "LATE", "UNTIL") or (query.has("WHEN") and not query.has("APPROVED")):
        told.reverse()
    elif first.plan.state != "approved" and named is None:
        told[0] = Words.joined(" ", (told[0], *_in_force(scene, others)))
        return scene.part(told[0], (*told[1:], *_details(scene, first)), subject=subject)
    approved = next((each for each in others if each.plan.state == "approved"), None)
    former = [_line(scene, approved)] if approved and first.plan.state != "approved" else []
    return scene.part(told[0], (*told[1:], *_details(scene, first), *former), subject=subject)


def _named_cycle(scene: Scene, found: Sequence[Standing]) -> list[Standing] | None:
    """Those of the cycle that the question names: by the month of the cycle, or by a day on which they are due. None where it names none,
    or the month of something else.
    """
    from cadre.workplans.rules import calendar_due  # noqa: PLC0415  # see cadre.ask.ledger

    spans = periods(scene.query, scene.today)
    for first, last in spans:
        then = [each for each in found if first <= calendar_due(each.plan.half) <= last or first <= each.plan.due <= last]
        if then:
            return then
    return [] if scene.query.when or any(first.month in _CYCLES for first, _last_day in spans) else None


def _none_then(scene: Scene, subject: str, found: Sequence[Standing]) -> Part:
    """That none is recorded of the cycle that the question names, and how the last one stands."""
    _, ((first, last), *_others) = scene.reader.gettext, periods(scene.query, scene.today)
    when = scene.query.when or PartialDate.parse(f"{first:%Y-%m}" if first.month == last.month else f"{first:%Y}")
    told = _("no workplan of {group:the} is recorded for {when}.", group=scene.name(subject), when=scene.reader.date(when))
    return scene.unknown(told, [_line(scene, found[0])], subject)


def _in_force(scene: Scene, others: Iterable[Standing]) -> Iterable[Words]:
    """Which one was approved, where the last one is not yet."""
    approved = next((each.plan for each in others if each.plan.state == "approved"), None)
    if approved:
        yield scene.reader.gettext("Until then that of the {cycle} is in force, which was approved.", cycle=_cycle(scene, approved))


def _submitted(scene: Scene, plan: WorkplanFacts, name: Name) -> Words:
    """When it was handed in last, or that it is not."""
    _, values = scene.reader.gettext, _which(scene, plan, name)
    if plan.handed_in:
        day = scene.reader.date(scene.reader.local(plan.handed_in).date())
        return _("The workplan of {target:the} ({cycle}) was submitted on {date}.", date=day, **values)
    if plan.state == "returned":
        return _("The workplan of {target:the} ({cycle}) was returned, and is not submitted again yet.", **values)
    if plan.awaited:
        return _("The workplan of {target:the} ({cycle}) is not submitted yet.", **values)
    return _("On which day the workplan of {target:the} ({cycle}) was submitted is not recorded.", **values)


def _none(scene: Scene, subject: str) -> Part:
    """That no workplan is recorded, with what is proposed of workplans; or that there is one of which whoever asks may know nothing."""
    _, name, (kind, _sep, id_) = scene.reader.gettext, scene.name(subject), subject.partition(":")
    if scene.ledger.has_workplan(kind, id_):
        told = _(
            "How the workplan of {target:the} stands, I tell in a conversation of our own, and only those who may see it.", target=name
        )
        return replace(scene.part(told, subject=subject), known=False)
    details = [rule_line(scene, rule) for rule in scene.directory.rules if rule.requires == "workplan"]
    details += status_lines(scene, scene.directory.groups[id_]) if kind == "group" else []
    return scene.unknown(_("no workplan of {group:the} is recorded.", group=name), details, subject)


def _stands(scene: Scene, plan: WorkplanFacts, name: Name) -> Words:
    """Whether it is approved."""
    from cadre.workplans import wording  # noqa: PLC0415  # see cadre.ask.ledger

    _, values = scene.reader.gettext, _which(scene, plan, name)
    match plan.state:
        case "approved" if plan.approved_name:
            meeting = wording.meeting(plan.approved_name, scene.reader)
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
        values["date"] = scene.reader.date(plan.due)
        if plan.due >= scene.today:
            return _("The workplan of {target:the} ({cycle}) is due {date}, and is submitted already.", **values)
        return _("The workplan of {target:the} ({cycle}) was due {date}.", **values)
    due = wording.due(plan.due, scene.today if standing.lateness and plan.waited_for else None, scene.reader)
    return _("The workplan of {target:the} ({cycle}) is {due}.", **values, due=due)


def _which(scene: Scene, plan: WorkplanFacts, name: Name) -> dict[str, Words]:
    """Whose workplan, and of which cycle: of the last one nobody may know yet who sees only what is approved."""
    return {"target": name, "cycle": _cycle(scene, plan)}


def _cycle(scene: Scene, plan: WorkplanFacts) -> Words:
    """ "cycle of March 2027"."""
    from cadre.workplans import wording  # noqa: PLC0415  # see cadre.ask.ledger

    told = wording.cycle(plan.half, scene.reader)
    return Words.verbatim(told[:1].lower() + told[1:])


def _details(scene: Scene, standing: Standing) -> Iterable[Words]:
    from cadre.workplans import wording  # noqa: PLC0415  # see cadre.ask.ledger

    reader, plan = scene.reader, standing.plan
    asked = wording.more_time(plan.asked_until, reader) if standing.lateness else None
    told = (wording.to_be_approved(plan, scene.today, reader), wording.changed_since(plan, reader), asked)
    yield from (line.sentence for line in told if line)
    n = len(plan.activities)
    if plan.decision and plan.state == "approved":
        yield reader.gettext("Decision {number}", number=Words.verbatim(plan.decision))
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
    late = sorted((each for each in there if each.plan.waited_for and each.plan.due < scene.today), key=lambda each: each.plan.due)
    partly = [] if scene.ledger.secretariat else [_hint(scene)]
    if not late:
        none = _("No workplan is late.") if scene.ledger.secretariat else _("None of the workplans of which you may know it is late.")
        return scene.part(none, partly)
    sentence = ngettext("{n} workplan is late.", "{n} workplans are late.", len(late))
    return scene.part(sentence, [*(_line(scene, each) for each in late), *partly])


def workplan_list(scene: Scene) -> Part:
    """Which workplans there are, or which of them are approved, submitted, returned, or due then, or not: the last of each group and
    priority; of those that are approved, the last that is.
    """
    from cadre.workplans.rules import before, half_of  # noqa: PLC0415  # see cadre.ask.ledger

    ngettext, query, there = scene.reader.ngettext, scene.query, _asked(scene)
    last, no = _last(there), query.has("negated")
    if not last:
        return scene.unknown(scene.reader.gettext("no workplan that you may know of."), _aside(scene))
    scene.cite_record(scene.ledger.now)
    if spans := periods(query, scene.today):
        return _due_then(scene, spans, there)
    if query.has("SUBMITTED") and no:
        found = [each for each in last if each.plan.waited_for]
        sentence = ngettext("{n} workplan is not submitted yet.", "{n} workplans are not submitted yet.", len(found))
    elif query.has("SUBMITTED"):
        found = [each for each in last if not each.plan.awaited]
        sentence = ngettext("{n} workplan was submitted.", "{n} workplans were submitted.", len(found))
    elif query.has("RETURNED"):
        found = [each for each in last if each.plan.state == "returned"]
        sentence = ngettext("{n} workplan was returned.", "{n} workplans were returned.", len(found))
    elif query.has("APPROVED") and no:
        found = [each for each in last if each.plan.state != "approved"]
        sentence = ngettext("{n} workplan is not approved yet.", "{n} workplans are not approved yet.", len(found))
    elif query.has("APPROVED"):
        since = before(half_of(scene.today))
        found = _last(each for each in there if each.plan.state == "approved" and each.plan.half >= since)
        sentence = ngettext("{n} workplan is approved.", "{n} workplans are approved.", len(found))
    else:
        found, sentence = last, ngettext("{n} workplan.", "{n} workplans.", len(last))
    return scene.part(sentence, [_line(scene, each) for each in found])


def _due_then(scene: Scene, spans: Sequence[Days], there: Sequence[Standing]) -> Part:
    """Which workplans are due in the month that is named, or are of its cycle; in the state that is asked for."""
    found = _named_cycle(scene, there) or []
    query, no = scene.query, scene.query.has("negated")
    if query.has("APPROVED"):
        found = [each for each in found if (each.plan.state == "approved") is not no]
    elif query.has("SUBMITTED"):
        found = [each for each in found if each.plan.awaited is no]
    elif query.has("RETURNED"):
        found = [each for each in found if each.plan.state == "returned"]
    first = spans[0][0]
    month = scene.reader.date(query.when or PartialDate.parse(f"{first:%Y-%m}"))
    sentence = scene.reader.ngettext("{month}: {n} workplan.", "{month}: {n} workplans.", len(found), month=month)
    return scene.part(sentence.sentence, [_line(scene, each) for each in found])


def my_workplans(scene: Scene) -> Part:
    """How the workplans stand that whoever asks writes, and when they are due."""
    _, ngettext = scene.reader.gettext, scene.reader.ngettext
    if not scene.ledger.alone:
        return _unsure(scene)
    there = [each for each in scene.ledger.workplans() if each.mine and each.counts]
    mine = [each for each in there if each.plan.awaited or each in _last(there)]
    scene.cite_record(scene.ledger.now)
    if not mine:
        return scene.part(_("You write no workplan."))
    lines, command = [_line(scene, each) for each in mine], _("All of it: {command}", command=_("/cadre workplan"))
    if len(mine) == 1:
        return scene.part(lines[0], [command])
    return scene.part(ngettext("You write {n} workplan.", "You write {n} workplans.", len(mine)), [*lines, command])


def plan_activities(scene: Scene) -> Part:
    """Which activities are to be done: of whoever asks, of a workplan, or those that are late, to those who may know it."""
    _, ngettext, query = scene.reader.gettext, scene.reader.ngettext, scene.query
    there = [(each, one) for each, one in scene.ledger.activities() if scene.ledger.sandboxed or _known(scene, each.plan)]
    subject, late = None, query.has("LATE")
    if scene.mention("group", "priority"):
        plans = [each for each in scene.ledger.workplans() if _known(scene, each.plan)]
        having = {held for each in plans for held in _subjects(scene, each.plan)}
        subject = scene.subject("priority", "group", fits=lambda meant: meant in having)
        if subject not in having:
            return _none(scene, subject)
        there = [(each, one) for each, one in there if subject in _subjects(scene, each.plan)]
    elif query.has("me"):
        if not scene.ledger.alone:
            return _unsure(scene)
        me = scene.ledger.seen_by.person
        there = [(each, one) for each, one in there if each.mine or any(owner.id == me for owner in one.owners)]
    if late and not any(each.lateness for each, _one in there) and not (query.has("me") or scene.ledger.secretariat):
        return replace(scene.part(_late_hint(scene), subject=subject), known=False)
    scene.cite_record(scene.ledger.now)
    if late:
        there = [(each, one) for each, one in there if each.lateness and one.due and one.due < scene.today]
        sentence = ngettext("{n} activity is late.", "{n} activities are late.", len(there))
    else:
        sentence = ngettext("{n} activity is to be done.", "{n} activities are to be done.", len(there))
    lines = [_activity(scene, each, one) for each, one in there]
    partly = [_late_hint(scene)] if late and not (subject or query.has("me") or scene.ledger.secretariat) else []
    command = [_("All of it: {command}", command=_("/cadre workplan"))] if query.has("me") else []
    return scene.part(sentence, [*lines, *partly, *command], subject=subject)


def _activity(scene: Scene, standing: Standing, activity: ActivityFacts) -> Words:
    """ "Count the bees: on track · due March 1, 2027, 3 days late · Ola · Bees"."""
    from cadre.workplans import wording  # noqa: PLC0415  # see cadre.ask.ledger
    from cadre.workplans.rules import STATES  # noqa: PLC0415  # see cadre.ask.ledger

    reader, today = scene.reader, scene.today if standing.lateness else None
    due = wording.due(activity.due, today, reader) if activity.due else reader.gettext("no due date")
    who = reader.listed(Words.verbatim(owner.name) for owner in activity.owners)
    told = wording.dots((STATES[activity.state].for_(reader), due, who or None, activity.target.for_(reader)))
    return reader.gettext("{target}: {standing}", target=activity.title.for_(reader), standing=told)


# -- which, and how they are told


def _unsure(scene: Scene) -> Part:
    unsure = scene.reader.gettext("I cannot tell who is asking: I answer this in a conversation of our own, to people whose record I know.")
    return replace(scene.part(unsure), known=False)


def _late_hint(scene: Scene) -> Words:
    return scene.reader.gettext(
        "Which activities are late, I tell in a conversation of our own, and only those who write the workplan, carry something of it "
        "out or oversee it, and the secretariat."
    )


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


HANDLERS: Final[dict[str, Handler]] = by_name(group_workplan, late_workplans, workplan_list, my_workplans, plan_activities)
