"""Decisions by their number, since a day, on something, or at a meeting, as they are worded."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from cadre.ask.answer import Part
from cadre.ask.answers import diaries, register
from cadre.ask.answers.referred import referred
from cadre.ask.scene import Handler, Scene, by_name
from cadre.core.words import Words
from cadre.decisions.facts import DecisionFacts


def decision(scene: Scene) -> Part:
    """A decision by its number, or all: of a group or about something, where the question says so."""
    if scene.query.number is None and (taken := register.decided(scene, reads)):
        more = _to_all_leads(scene) if register.of_priorities(scene) else ()
        return replace(taken, details=(*taken.details, *more))
    return _none_of_that(scene) or _by_number(scene)


def _none_of_that(scene: Scene) -> Part | None:
    """That nothing was decided since a day, by a group or on a priority, where a question names one: the register would have it."""
    _ = scene.reader.gettext
    if day := register.from_day(scene):
        return scene.unknown(_("no decision since {date} is recorded.", date=scene.dated(day)), register.put(scene))
    if named := scene.groups():
        subject = f"group:{named[0].id}"
        return scene.unknown(_("no decision of {group:the} is recorded.", group=scene.name(subject)), register.put(scene), subject)
    if scene.query.number is None and scene.query.of("priority"):
        return scene.unknown(_none_on(scene), [*_to_all_leads(scene), *register.put(scene)])
    return None


def _by_number(scene: Scene) -> Part:
    """A decision by its number; all, where the question names nothing."""
    ngettext, _ = scene.reader.ngettext, scene.reader.gettext
    known = _told_to_all(scene)
    wanted = [d for d in known if scene.query.number in (None, d.number)]
    if scene.query.number is not None and (scene.query.when or not wanted) and (there := register.numbered(scene, reads)):
        return there
    if scene.query.when:
        dated = [d for d in wanted if d.taken and d.taken.within(scene.query.when)]
        if not dated and any(d.taken for d in wanted):
            return scene.unknown(_("no decision of {date} is recorded.", date=scene.reader.date(scene.query.when)))
        wanted = dated or wanted
    if not wanted and scene.query.number is None:
        return scene.unknown(_none_on(scene), register.put(scene))
    if not wanted:
        return scene.unknown(
            _("there is no decision with that number."), [ngettext("{n} decision is recorded.", "{n} decisions are recorded.", len(known))]
        )
    told = _read_out(scene, wanted)
    if scene.query.unknown and not scene.query.mentions and scene.query.number is None and not scene.query.when:
        return scene.unknown(_none_on(scene), [told.headline, *told.details] if len(wanted) == 1 else ())
    return told


def _to_all_leads(scene: Scene) -> list[Words]:
    """What was decided about the priorities before there was a register: told beside what it has of them."""
    found = [each for each in _told_to_all(scene) if not each.year and register.speaks_of_priorities(each)]
    for each in found:
        scene.cite("decision", each.id)
    return [reads(scene, each).sentence for each in found]


def _none_on(scene: Scene) -> Words:
    """That nothing was decided on what is asked about."""
    _, mention = scene.reader.gettext, scene.mention("priority")
    if mention:
        return _("no decision on {group:the} is recorded.", group=scene.name(mention.subjects[0]))
    if scene.query.unknown:
        return _("no decision about “{words}” is recorded.", words=Words.verbatim(scene.query.unknown))
    return _("no decision is recorded.")


def _read_out(scene: Scene, wanted: list[DecisionFacts]) -> Part:
    """Decisions as worded, with when they were taken; those of the register with all that it says of them."""
    ngettext, _ = scene.reader.ngettext, scene.reader.gettext
    if any(each.year for each in wanted):
        return register.those(scene, reads, {each.id for each in wanted})
    for each in wanted:
        scene.cite("decision", each.id)
    lines = [reads(scene, each).sentence for each in wanted]
    undated = [
        _("Decision {number} was taken: {date}", number=d.label, date=scene.reader.date(d.taken)) for d in wanted if d.taken and d.number
    ]
    if scene.query.has("WHEN", "DEADLINE") and not undated:
        undated = [_("When it was taken is not in the registry.")]
    if not any(d.taken or d.meeting for d in wanted):
        undated.append(_("Whether the Councils adopted it is not in the registry."))
    undated += [line for each in wanted for line in referred(scene, f"decision:{each.id}")]
    if len(lines) == 1:
        return scene.part(scene.told(lines[0]), undated)
    return scene.part(scene.told(ngettext("{n} decision is recorded.", "{n} decisions are recorded.", len(lines))), [*lines, *undated])


def _told_to_all(scene: Scene) -> list[DecisionFacts]:
    """Decisions that everybody may know: not what a meeting decided that nobody has confirmed."""
    return [each for each in scene.directory.decisions if each.meeting is None or each.state != "provisional"]


def reads(scene: Scene, of: DecisionFacts) -> Words:
    """A decision as worded. One that is provisional has no number yet."""
    text = scene.wording("decision", of.id, "wording", of.wording)
    if of.number is None:
        return scene.reader.gettext("Proposed decision: {text}", text=text)
    if of.outcome == "not_agreed":
        return scene.reader.gettext("Decision {number}, not agreed: {text}", number=of.label, text=text)
    return scene.reader.gettext("Decision {number} reads: {text}", number=of.label, text=text)


def decisions_at(scene: Scene) -> Part:
    """What was decided at a meeting: only what is recorded as decided there."""
    ngettext, _ = scene.reader.ngettext, scene.reader.gettext
    if not scene.query.of("meeting"):
        return diaries.decided(scene, reads)
    meetings = {subject[8:] for m in scene.query.of("meeting") for subject in m.subjects}
    arranged = diaries.recorded(scene, reads)
    if arranged:
        return arranged
    taken = [d for d in _told_to_all(scene) if d.meeting in meetings]
    lines = [reads(scene, each) for each in taken or _told_to_all(scene)]
    if not taken:
        return scene.unknown(_("no decision is recorded for this meeting."), [_("Without a meeting: {text}", text=line) for line in lines])
    return scene.part(scene.told(ngettext("{n} decision was taken there.", "{n} decisions were taken there.", len(taken))), lines)


HANDLERS: Final[dict[str, Handler]] = by_name(decision, decisions_at)
