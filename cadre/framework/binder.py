"""The binder of a meeting: one PDF with tabs, for those who are invited: agenda, papers, the deck's content, the map, what is missing."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from cadre.core import clock
from cadre.core.errors import Invalid, Message
from cadre.core.i18n import LOCALES, Language
from cadre.core.reader import Actor, Reader
from cadre.framework import binder_parts, deck, deck_beside, deck_facts, reading
from cadre.framework.binder_pdf import typeset
from cadre.framework.deck_facts import DeckFacts
from cadre.framework.meeting_names import found, next_in_person
from cadre.framework.slides import Tongue
from cadre.meetings import agenda
from cadre.meetings.agenda import AgendaView


@dataclass(frozen=True)
class BinderFacts:
    """All that a binder is made from: the agenda as whoever asks may see it, and what everybody may know of the framework, for it
    is handed on to all who are invited.
    """

    deck: DeckFacts
    agenda: AgendaView


def read(session: Session, meeting: str | None, seen_by: Actor) -> BinderFacts:
    """What the binder of a meeting tells, by its id or what people call it; None: of the next one in person, else the last.

    Raises Invalid for no such meeting, or where several are called so; Forbidden for whoever is neither invited nor may arrange it.
    """
    known = reading.world(session, clock.today(session))
    wanted = found(known, meeting) if meeting else next_in_person(known)
    if wanted is None:
        raise Invalid(meeting=Message("There is no meeting in person in the registry."))
    seen = agenda.agenda(session, wanted.id, seen_by)
    return BinderFacts(deck_facts.of(session, known, wanted, items=seen.items), seen)


def made(facts: BinderFacts, language: Language) -> bytes:
    """The binder in one language, as a PDF file. Takes no database, and some time."""
    tongue, reader = Tongue.of(language), Reader(LOCALES[language])
    content = tuple(deck.content(facts.deck, tongue))
    pictures = deck_beside.pictures(facts.deck, tongue, "svg")
    return typeset(binder_parts.binder(facts.deck, facts.agenda, content, pictures, reader), reader, clock.real())


def binder(session: Session, meeting: str, language: Language, seen_by: Actor) -> bytes:
    """Both steps at once. Raises as ``read`` does."""
    return made(read(session, meeting, seen_by), language)
