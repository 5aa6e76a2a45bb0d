"""How notices about decisions read, and what can be done about them where they stand."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from sqlalchemy.orm import Session

from bot.blocks import Block, button, cut
from bot.decisions import actions, pages
from bot.face import Alike, Face, Told
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.decisions import register, wording
from cadre.decisions.register import DecisionView

_WORDING: Final = 600


@Alike
def _decisions(session: Session, subjects: Collection[str]) -> Mapping[str, DecisionView]:
    found = register.some(session, [subject.partition(":")[2] for subject in subjects])
    return {view.subject: view for view in found.values() if not view.facts.provisional}


def _confirmed_headline(view: DecisionView, told: Told, reader: Reader) -> Words:
    name, source = wording.decision_name(view.facts, reader), wording.source(view, reader)
    text = short(view.facts.wording.marked(reader))
    if source is None:
        return reader.gettext("{decision}: {text}", decision=name, text=text)
    return reader.gettext("{decision} ({source}): {text}", decision=name, source=source, text=text)


def _corrected_headline(view: DecisionView, told: Told, reader: Reader) -> Words:
    text = short(view.facts.wording.marked(reader))
    return reader.gettext("{decision} was corrected. It reads now: {text}", decision=wording.decision_name(view.facts, reader), text=text)


def _confirmed_details(view: DecisionView, told: Told, reader: Reader) -> tuple[Words, ...]:
    return tuple(wording.details(view, reader))


def _corrected_details(view: DecisionView, told: Told, reader: Reader) -> tuple[Words, ...]:
    if not view.corrections:
        return ()
    last = view.corrections[-1]
    return (
        reader.gettext("Reason: {reason}", reason=last.reason.for_(reader)),
        reader.gettext("It read before: {text}", text=short(last.before.for_(reader))),
    )


def _decision_controls(view: DecisionView, told: Told, reader: Reader) -> tuple[Block, ...]:
    return (button(reader.gettext("See the decision"), actions.DECISION, view.facts.id),)


def _register_page(view: DecisionView, told: Told) -> str | None:
    return pages.REGISTER


def short(text: Words) -> Words:
    """As much of a wording as a notice holds."""
    return Words.verbatim(cut(text, _WORDING))


FACES: Final = (
    Face("decision_confirmed", _decisions, _confirmed_headline, _decision_controls, _register_page, details=_confirmed_details),
    Face("decision_corrected", _decisions, _corrected_headline, _decision_controls, _register_page, details=_corrected_details),
)
