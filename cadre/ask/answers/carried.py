"""Whether decisions were carried out: which, on which day and for what, and which are still to be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from cadre.ask.answer import Group, Part
from cadre.ask.answers import register
from cadre.ask.scene import Handler, Scene, by_name
from cadre.core.dates import PartialDate
from cadre.core.words import Words

if TYPE_CHECKING:
    from cadre.decisions.register import DecisionView

_EACH: Final = 10
"""Decisions that are told one by one."""


def decisions_carried(scene: Scene) -> Part:
    """Whether a decision was carried out; of several which were, or were not. What was not agreed, or was superseded, is not to be."""
    _, query = scene.reader.gettext, scene.query
    there = _there(scene)
    scene.cite_record(scene.ledger.now)
    if not there:
        return scene.unknown(_("whether such a decision was carried out is not recorded."), register.put(scene))
    if len(there) == 1:
        return _one(scene, there[0])
    waiting = [each for each in there if not each.carried and _to_be_done(each)]
    if query.has("negated", "NONE", "STILL", "LEFT", "TODO"):
        return _several(scene, waiting, done=False)
    done = [each for each in there if each.carried]
    told = _several(scene, done, done=True)
    n = len(waiting)
    more = scene.reader.ngettext("{n} decision is still to be carried out.", "{n} decisions are still to be carried out.", n)
    return replace(told, details=(*told.details, more)) if done and n else told


def _there(scene: Scene) -> list[DecisionView]:
    """The confirmed decisions of the register that are asked about, the newest first."""
    subjects, query = register.meant(scene), scene.query
    found = [each for each in register.there(scene) if each.facts.year and not each.facts.provisional]
    if query.number is not None:
        year = query.when.first.year if query.when else None
        found = [each for each in found if each.facts.number == query.number and year in (None, each.facts.year)]
        before = any(each.number == query.number and not each.year for each in scene.directory.decisions)
        return [] if before and year is None else found
    if subjects or register.of_priorities(scene):
        found = [each for each in found if register.fits(scene, subjects, each)]
    return register.within(scene, found)


def _to_be_done(view: DecisionView) -> bool:
    return view.facts.outcome != "not_agreed" and not view.superseded_by


def _one(scene: Scene, view: DecisionView) -> Part:
    _, number = scene.reader.gettext, view.facts.label
    if view.carried:
        day = PartialDate.day(scene.reader.local(view.carried[0].carried_at).date())
        sentence = _("Decision {number} was carried out on {date}.", number=number, date=scene.reader.date(day))
    elif _to_be_done(view):
        sentence = _("Decision {number} has not been carried out.", number=number)
    else:
        sentence = _("There is nothing to carry out of decision {number}.", number=number)
    return scene.part(sentence, [_worded(scene, view), *register.particulars(scene, view)])


def _several(scene: Scene, found: Sequence[DecisionView], *, done: bool) -> Part:
    _, ngettext, n = scene.reader.gettext, scene.reader.ngettext, len(found)
    if not found:
        return scene.part(_("No decision was carried out.") if done else _("No decision is still to be carried out."))
    sentence = ngettext("{n} decision is still to be carried out.", "{n} decisions are still to be carried out.", n)
    if done:
        sentence = ngettext("{n} decision was carried out.", "{n} decisions were carried out.", n)
    told = tuple(Group(_worded(scene, each), tuple(register.particulars(scene, each))) for each in found[:_EACH])
    more = [ngettext("{n} earlier decision.", "{n} earlier decisions.", n - _EACH)] if n > _EACH else []
    return replace(scene.part(sentence, more), groups=told)


def _worded(scene: Scene, view: DecisionView) -> Words:
    """ "Decision 2027-03: The Ants continue"."""
    from cadre.decisions import wording  # noqa: PLC0415  # see cadre.ask.ledger

    return wording.recorded(view.facts, scene.reader)


HANDLERS: Final[dict[str, Handler]] = by_name(decisions_carried)
