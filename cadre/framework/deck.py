"""The deck: what a working group once took months to draw, from the registry, right on the day, in English, French or both."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Session

from cadre.core import clock
from cadre.core.reader import Actor
from cadre.core.words import Words
from cadre.framework import deck_beside as beside
from cadre.framework import deck_closing as closing
from cadre.framework import deck_facts
from cadre.framework import deck_groups as middle
from cadre.framework import deck_opening as opening
from cadre.framework.deck_changes import changed
from cadre.framework.deck_facts import DeckFacts
from cadre.framework.deck_writing import written
from cadre.framework.graph import Told
from cadre.framework.graph import Tongue as DeckLanguage
from cadre.framework.slides import Slide, Tongue
from cadre.framework.telling import as_of


def deck(session: Session, language: DeckLanguage, meeting: str | None = None, seen_by: Actor | None = None) -> bytes:
    """The deck of today as a PowerPoint file.

    ``meeting``: the one that it is for, by its id or what people call it. ``seen_by``: as somebody with a confirmed role may know the
    framework; None: what everybody may. Raises Invalid for no such meeting, or where several are called so.
    """
    return made(deck_facts.read(session, meeting, seen_by), language)


def made(facts: DeckFacts, language: DeckLanguage) -> bytes:
    """The same of what was read: takes no database, and some time."""
    tongue = Tongue.of(language)
    return drawn(facts, tongue, beside.pictures(facts, tongue, "png"))


def drawn(facts: DeckFacts, tongue: Tongue, pictures: beside.Pictures) -> bytes:
    """The same with pictures of the map that are there already, or none."""
    return written(tuple(slides(facts, tongue, pictures)), tongue, _footer(facts, tongue), clock.real())


def slides(facts: DeckFacts, tongue: Tongue, pictures: beside.Pictures) -> Iterator[Slide]:
    """All slides, in their order."""
    yield opening.cover(facts, tongue)
    yield from opening.agenda(facts, tongue)
    yield from opening.results(facts, tongue)
    yield from content(facts, tongue, pictures)


def content(facts: DeckFacts, tongue: Tongue, pictures: beside.Pictures = ()) -> Iterator[Slide]:
    """What a deck tells of the framework itself. ``pictures``: of the map, each with its title."""
    yield from opening.context(facts, tongue)
    yield from opening.logic_models(facts, tongue)
    yield from middle.current_state(facts, tongue)
    yield from beside.maps(pictures, tongue)
    yield from changed(facts, tongue)
    yield from middle.recommendations(facts, tongue)
    yield from middle.on_priorities(facts, tongue)
    yield from middle.governance(facts, tongue)
    yield from middle.others(facts, tongue)
    yield from closing.priorities(facts, tongue)
    yield from closing.decisions(facts, tongue)
    yield from closing.next_steps(facts, tongue)
    yield from closing.annex(facts, tongue)


def _footer(facts: DeckFacts, tongue: Tongue) -> Told:
    return tongue.say(lambda reader: Words.joined(" – ", (Words.verbatim("Cadre"), as_of(facts.world, reader))))
