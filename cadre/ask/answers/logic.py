"""The logic model of a council: what feeds its outcomes, which of them nothing feeds; to those with a role, where they read it alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from cadre.ask.answer import Part
from cadre.ask.scene import Handler, Scene, by_name
from cadre.ask.tokens import words
from cadre.core.words import Words
from cadre.groups.wording import named
from cadre.workplans import logic_wording as wording
from cadre.workplans.logic_rules import OUTCOMES, Model, Stage, unfed
from cadre.workplans.logic_rules import Part as LogicPart

_TERMS: Final[dict[str, Stage]] = {"short": "short", "court": "short", "medium": "medium", "moyen": "medium", "long": "long"}
_DIGITS: Final = re.compile(r"\d{1,3}")


def logic_unfed(scene: Scene) -> Part:
    """Which outcomes nothing feeds: no other part of the model, and no activity of a workplan in force."""
    model = _model(scene)
    if isinstance(model, Part):
        return model
    _, ngettext = scene.reader.gettext, scene.reader.ngettext
    found, council = _asked(scene, unfed(model)), named(model.name, scene.reader)
    if not found and len(_asked(scene, model.parts)) < len(model.parts):
        return scene.part(_("Something feeds each of these outcomes."), subject=_of(scene, model))
    if not found:
        return scene.part(_("Something feeds each outcome {council:of}.", council=council), subject=_of(scene, model))
    told = ngettext("Nothing feeds {n} outcome {council:of}.", "Nothing feeds {n} outcomes {council:of}.", len(found), council=council)
    lines = [line for part in found for line in (wording.full(part, scene.reader), *_planned(model, part, scene))]
    return scene.part(told, lines, subject=_of(scene, model))


def logic_feeds(scene: Scene) -> Part:
    """What feeds the outcomes of a logic model; of one, where its term and number are named."""
    model = _model(scene)
    if isinstance(model, Part):
        return model
    _, found = scene.reader.gettext, _asked(scene, (part for part in model.parts if part.term in OUTCOMES))
    if not found:
        told = _("the logic model has no such outcome.")
        return scene.unknown(told, [wording.gaps(model, scene.reader)], _of(scene, model))
    if len(found) == 1:
        return scene.part(wording.full(found[0], scene.reader), wording.around(model, found[0], scene.reader), subject=_of(scene, model))
    lines = [Words.joined(" · ", (wording.full(part, scene.reader), *wording.around(model, part, scene.reader))) for part in found]
    return scene.part(wording.summary(model, scene.reader), lines, subject=_of(scene, model))


def _of(scene: Scene, model: Model) -> str | None:
    """The council, where it is one of those that are spoken of."""
    return f"group:{model.council}" if model.council in scene.directory.groups else None


def _model(scene: Scene) -> Model | Part:
    """The model of the council that is named, else the first that holds something, one's own before others; or why there is none to tell
    of.
    """
    _, councils = scene.reader.gettext, scene.ledger.logic_models()
    if councils is None:
        told = _("What feeds the outcomes of a logic model, I tell in a conversation of our own, and only those who hold a role.")
        return replace(scene.part(told), known=False)
    asked = {group.id for group in scene.groups(councils=True)}
    meant = asked or {each.id for each in councils if scene.ledger.sandboxed or each.id in scene.directory.groups}
    there = [each for each in councils if each.id in meant]
    chosen = next((each for each in there if each.parts), None)
    if chosen is None:
        return replace(scene.part(wording.empty(scene.reader)), known=False)
    scene.cite_record(scene.ledger.now)
    return scene.ledger.logic_model(chosen.id)


def _asked(scene: Scene, parts: Iterable[LogicPart]) -> list[LogicPart]:
    """Those of the term and number that the question names; all, where it names none."""
    said = words(scene.query.text)
    terms = {_TERMS[word] for word in said if word in _TERMS}
    numbers = {int(word) for word in said if _DIGITS.fullmatch(word)}
    return [part for part in parts if (not terms or part.term in terms) and (not numbers or part.number in numbers)]


def _planned(model: Model, part: LogicPart, scene: Scene) -> Iterator[Words]:
    """That workplans which are not approved yet would feed it."""
    if planned := model.fed_by(part.id, in_force=False):
        yield scene.reader.gettext(
            "Planned in workplans that are not approved yet: {names}", names=wording.by_target(planned, scene.reader)
        )


HANDLERS: Final[dict[str, Handler]] = by_name(logic_unfed, logic_feeds)
