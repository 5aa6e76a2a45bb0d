"""What is on record: recommendations and their outcome, decisions, next steps, rules, objectives, oversight."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from cadre.ask.answer import Part
from cadre.ask.answers import diaries, register
from cadre.ask.answers.decided import reads
from cadre.ask.answers.ended import dissolved
from cadre.ask.answers.groups import group_status, recommended
from cadre.ask.answers.lists import list_by_recommendation, with_status
from cadre.ask.answers.people import the_group
from cadre.ask.scene import Handler, Scene, by_name
from cadre.ask.tokens import words
from cadre.core.bilingual import Bilingual
from cadre.core.text import fold
from cadre.core.words import Words
from cadre.groups.facts import ObjectiveFacts


def decision_outcome(scene: Scene) -> Part:
    """Whether the Councils agreed: the registry holds what was proposed, and the outcome only where it is recorded."""
    _ = scene.reader.gettext
    if not scene.groups(councils=False):
        if scene.query.has("SUNSET") and not scene.query.has("RECOMMENDED", "MUST") and (over := dissolved(scene)):
            return over
        listed = list_by_recommendation(scene) if scene.query.has("SUNSET", "LEVERAGE", "TRANSITION", "CONTINUE") else None
        settled = [r for r in scene.directory.recommendations if r.status != "proposed"]
        if settled and not listed:
            lines = [with_status(scene, r) for r in settled if r.group]
            return scene.part(_("These recommendations were decided on:"), lines)
        if listed and any(r.group and with_status(scene, r) in listed.details for r in settled):
            return listed
        headline = _("It is only proposed: whether the Councils agreed is not in the registry.")
        return replace(scene.part(headline, (listed.headline, *listed.details) if listed else ()), known=False)
    taken = register.decided(scene, reads, of_meetings=scene.query.has("DECISION"))
    if taken:
        return taken
    subject = the_group(scene)
    group = scene.directory.groups[subject[6:]]
    found = recommended(scene, group)
    decided = any(r.group == group.id and r.status != "proposed" for r in scene.directory.recommendations)
    put = register.put(scene)
    if found is None:
        return scene.unknown(_("no decision on {group:the} is recorded.", group=scene.name(subject)), put, subject)
    if decided:
        return group_status(scene)
    told = scene.told(found)
    return scene.part(
        _("It is only proposed: a decision on {group:the} is not in the registry.", group=scene.name(subject)),
        [told, *put],
        subject=subject,
    )


def next_steps(scene: Scene) -> Part:
    """What is to be done next; by when and by whom only where it is recorded. Of a teleconference that is arranged, when it is."""
    _ = scene.reader.gettext
    calls = scene.query.has("TELECONF")
    if calls and (arranged := diaries.planned(scene)):
        return arranged
    named = [group.id for group in scene.groups(councils=False)]
    told = (None,) if scene.ledger.anyone else (None, "open")  # what a meeting agreed on is for those whom the registry knows
    undone = [a for a in scene.directory.actions if a.state in told and (not calls or _speaks_of_a_call(a.wording))]
    steps = [a for a in undone if not named or {a.group, a.about} & set(named)]
    if not steps and calls:
        return diaries.none_of(scene)
    if not steps:
        name = scene.name(f"group:{named[0]}") if named else None
        what = _("no next step of {group:the} is recorded.", group=name) if name else _("no next step is recorded.")
        return scene.unknown(what)
    for step in steps:
        scene.cite("action", step.id)
    first, *rest = (_step(scene, step.id) for step in steps)
    if scene.query.has("WHEN", "DEADLINE") and not any(step.due for step in steps):
        return scene.unknown(_("no date is recorded for this next step."), [first, *rest])
    if scene.query.has("LEAD", "WHO") and not any(step.owner for step in steps):
        return scene.unknown(_("nobody is named for this next step."), [first, *rest])
    return scene.part(scene.told(first), rest)


def _speaks_of_a_call(wording: Bilingual) -> bool:
    """Whether a next step is about a teleconference: any other is no answer to when one is."""
    return any("teleconference" in fold(text) for text in (wording.en, wording.fr) if text)


def _step(scene: Scene, id_: str) -> Words:
    _ = scene.reader.gettext
    step = next(a for a in scene.directory.actions if a.id == id_)
    text = scene.wording("action", step.id, "wording", step.wording)
    if step.group:
        text = _("the next step of {group:the}: {text}", group=scene.name(f"group:{step.group}"), text=text)
    if step.owner:
        text = _("{text} Owner: {person}", text=text, person=scene.name(f"person:{step.owner}"))
    return _("{text} Due: {date}", text=text, date=scene.reader.date(step.due)) if step.due else text


def expected_results(scene: Scene) -> Part:
    """What the presentation was to bring."""
    ngettext = scene.reader.ngettext
    results = scene.directory.expected_results
    for result in results:
        scene.cite("expected_result", result.id)
    if not results:
        return scene.unknown(scene.reader.gettext("no expected result is recorded."))
    sentence = ngettext("{n} result was expected.", "{n} results were expected.", len(results))
    return scene.part(scene.told(sentence), [scene.wording("expected_result", result.id, "wording", result.wording) for result in results])


def objective(scene: Scene) -> Part:
    """The objectives of a group: one by its number, those that speak of something, or all."""
    ngettext, _ = scene.reader.ngettext, scene.reader.gettext
    known = scene.directory.objectives
    named = scene.groups(councils=False)
    if named and not {group.id for group in named} & {o.group for o in known} and not _speaking_of(scene):
        subject = f"group:{named[0].id}"
        return scene.unknown(_("no objective of {group:the} is recorded.", group=scene.name(subject)), (), subject)
    numbered = [o for o in known if o.number == scene.query.number]
    if scene.query.number and not numbered:
        return scene.unknown(
            _("there is no objective with that number."),
            [ngettext("{n} objective is recorded.", "{n} objectives are recorded.", len(known))],
        )
    whole = scene.query.has("HOWMANY", "LIST")
    chosen = numbered or (not whole and _speaking_of(scene)) or list(known)
    lines = [_("Objective {number}: {text}", number=o.number, text=scene.wording("objective", o.id, "wording", o.wording)) for o in chosen]
    if not lines:
        return scene.unknown(_("no objective is recorded."))
    if len(lines) == 1:
        return scene.part(scene.told(lines[0]), subject=f"group:{chosen[0].group}")
    name = scene.name(f"group:{known[0].group}")
    sentence = ngettext("{group:the} has {n} objective.", "{group:the} has {n} objectives.", len(known), group=name)
    if len(chosen) < len(known):
        sentence = ngettext("{n} objective speaks of it.", "{n} objectives speak of it.", len(chosen))
    return scene.part(scene.told(sentence), lines, subject=f"group:{known[0].group}")


def _speaking_of(scene: Scene) -> list[ObjectiveFacts]:
    """The objectives that hold the rare words of a question: those that stand in few of them."""
    stems = {w[:6] for w in words(scene.query.text) if len(w) > 3}
    texts = {
        o.id: {w[:6] for language in (o.wording.en, o.wording.fr) for w in words(language or "") if len(w) > 3}
        for o in scene.directory.objectives
    }
    rare = {stem for stem in stems if 0 < sum(stem in text for text in texts.values()) <= 2}
    scores = {o: len(texts[o.id] & rare) for o in scene.directory.objectives}
    best = max(scores.values(), default=0)
    return [o for o, score in scores.items() if score == best] if best else []


def secretariat(scene: Scene) -> Part:
    """Who is the secretariat of the Councils, or of the one that is named."""
    _ = scene.reader.gettext
    named = {group.id for group in scene.groups()}
    councils = [group for group in scene.directory.groups.values() if group.is_council and (not named or group.id in named)]
    keepers = [(group, role) for group in councils for role in scene.roles(target=f"group:{group.id}", role="secretariat")]
    if not keepers:
        return scene.unknown(_("no member of the secretariat is recorded."))
    subject = f"group:{keepers[0][0].id}"
    people = scene.reader.listed(scene.person(role) for _group, role in keepers)
    sentence = _("{people}: secretariat of {group:the}.", people=people, group=scene.name(subject))
    return scene.part(scene.told(sentence), subject=subject)


HANDLERS: Final[dict[str, Handler]] = by_name(
    decision_outcome,
    next_steps,
    expected_results,
    objective,
    secretariat,
)
