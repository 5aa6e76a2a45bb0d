"""How notices about decisions read: one that was confirmed, one that was corrected."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from sqlalchemy.orm import Session

from bot.blocks import Block, button, cut
from bot.decisions import actions, pages
from bot.face import Alike, Face, Told
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.decisions import correction_wording, register, wording
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
    _, name, last = reader.gettext, wording.decision_name(view.facts, reader), next(reversed(view.corrections), None)
    if last and not last.worded:
        return _("{decision} was corrected: {what}.", decision=name, what=correction_wording.fields(last, reader))
    return _("{decision} was corrected. It reads now: {text}", decision=name, text=short(view.facts.wording.marked(reader)))


def _confirmed_details(view: DecisionView, told: Told, reader: Reader) -> tuple[Words, ...]:
    """All of it; and that it reads otherwise than when it was sent, where it was corrected since."""
    return (*wording.details(view, reader), *map(short, correction_wording.corrections(view, reader)))


def _corrected_details(view: DecisionView, told: Told, reader: Reader) -> tuple[Words, ...]:
    if not view.corrections:
        return ()
    last = view.corrections[-1]
    why = reader.gettext("Reason: {reason}", reason=last.reason.for_(reader))
    before = (reader.gettext("It read before: {text}", text=short(last.before.for_(reader))),) if last.worded else ()
    return (why, *before, *(wording.details(view, reader) if last.fields != "wording" else ()))


def _controls(view: DecisionView, told: Told, reader: Reader) -> tuple[Block, ...]:
    return (button(reader.gettext("See the decision"), actions.DECISION, view.facts.id),)


def _page(view: DecisionView, told: Told) -> str | None:
    return pages.REGISTER


def short(text: Words) -> Words:
    """A wording as a notice has room for it."""
    return Words.verbatim(cut(text, _WORDING))


FACES: Final = (
    Face("decision_confirmed", _decisions, _confirmed_headline, _controls, _page, details=_confirmed_details, informs=True),
    Face("decision_corrected", _decisions, _corrected_headline, _controls, _page, details=_corrected_details, informs=True),
)
