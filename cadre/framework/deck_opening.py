"""How a deck begins: what it is, what the meeting is to bring, how the Councils came here, their logic model."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final

from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.core.errors import Message
from cadre.core.reader import Reader
from cadre.core.text import fold
from cadre.core.words import Words
from cadre.framework import meeting_names as meetings
from cadre.framework.deck_facts import DeckFacts, Result
from cadre.framework.deck_words import columned, unstated
from cadre.framework.facts import MeetingIn, PartIn
from cadre.framework.graph import Told
from cadre.framework.slides import NOTHING, Block, Bullets, Prose, Slide, Table, Tiles, Timeline, Tongue
from cadre.framework.telling import as_of
from cadre.groups import wording as groups
from cadre.meetings import drafting
from cadre.workplans.logic_rules import STAGES
from cadre.workplans.logic_wording import empty, stage


def cover(facts: DeckFacts, tongue: Tongue) -> Slide:
    """What it is, for which meeting, as of which day, and how far it is to be believed."""
    world, about = facts.world, facts.council
    title = tongue.say(
        lambda reader: (
            reader.gettext("The framework {council:of}", council=groups.named(about.name, reader))
            if about
            else reader.gettext("The framework of the Councils")
        )
    )
    said = [_occasion(facts, facts.meeting, tongue)] if facts.meeting else []
    said.append(tongue.say(partial(as_of, world)))
    said.append(
        tongue.say(
            lambda reader: reader.gettext(
                "Made by Cadre from the registry. Nothing in it is agreed until the Councils have confirmed it: it is proposed."
            )
        )
    )
    if facts.reserved:
        said.append(
            tongue.say(lambda reader: reader.gettext("It shows what is only for people with a confirmed role: do not pass it on further."))
        )
    return Slide(title, (Prose(tuple(said)),), style="cover")


def agenda(facts: DeckFacts, tongue: Tongue) -> Iterator[Slide]:
    """The agenda of the meeting, for those who may see it."""
    if not facts.items or facts.meeting is None:
        return
    shares = [(Message("No."), 0.07), (Message("Item"), 0.45), (Message("For"), 0.14), (Message("Tab"), 0.1), (Message("Owner"), 0.24)]
    columns = columned(tongue, shares)
    rows = tuple(
        (
            tongue.verbatim(str(number)),
            tongue.text(each.title),
            tongue.say(partial(drafting.kind, each.kind)),
            tongue.verbatim(each.tab) if each.tab else NOTHING,
            tongue.verbatim(each.owner.name) if each.owner else NOTHING,
        )
        for number, each in enumerate(facts.items, 1)
    )
    title = tongue.say(lambda reader: reader.gettext("Agenda"))
    yield Slide(title, (Table(title, columns, rows),), section=_occasion(facts, facts.meeting, tongue))


def _occasion(facts: DeckFacts, meeting: MeetingIn, tongue: Tongue) -> Told:
    return tongue.say(lambda reader: meetings.name(meeting, facts.world, reader))


def results(facts: DeckFacts, tongue: Tongue) -> Iterator[Slide]:
    """What the meeting is to bring; where none was named and nothing is recorded of the next, what the last one was to."""
    title = tongue.say(lambda reader: reader.gettext("Expected results"))
    meeting, found = _with_results(facts)
    if not found:
        if facts.meeting:
            empty = tongue.say(lambda reader: reader.gettext("No expected results of this meeting are in the registry."))
            yield Slide(title, (Prose((empty,)),), section=_occasion(facts, facts.meeting, tongue))
        return
    notes = facts.notes(tongue, (("expected_result", each.id, each.wording) for each in found))
    yield Slide(
        title,
        (Bullets(tuple(tongue.text(each.wording) for each in found)),),
        section=_occasion(facts, meeting, tongue) if meeting else NOTHING,
        notes=notes,
    )


def _with_results(facts: DeckFacts) -> tuple[MeetingIn | None, list[Result]]:
    world = facts.world
    wanted = [facts.meeting] if facts.meeting else [facts.occasion, *reversed(meetings.in_person(world))]
    for meeting in wanted:
        found = [each for each in facts.results if meeting and each.meeting == meeting.id]
        if found:
            return meeting, found
    return None, [] if facts.meeting else [each for each in facts.results if each.meeting is None]


def context(facts: DeckFacts, tongue: Tongue) -> Iterator[Slide]:
    """The meetings in person up to the one that it is for, and what the sources set beside them."""
    council, occasion = facts.council, facts.occasion
    last = occasion.held.last if occasion and occasion.held else facts.world.day
    held = [each for each in meetings.in_person(facts.world, council.id if council else None) if each.held and each.held.last <= last]
    if not held:
        return
    about = tongue.say(lambda reader: reader.gettext("Meetings in person, one after the other"))
    blocks: list[Block] = [Timeline(about, tuple((_place(each, tongue), _when(each.held, tongue)) for each in held))]
    footnotes: list[Told] = []
    if facts.labels:
        blocks.append(Tiles(tongue.say(lambda reader: reader.gettext("What came on the way")), _labels(facts, tongue)))
        origins = (facts.origin("excerpt", each.id) for each in facts.labels)
        footnotes += [tongue.text(origin.note) for origin in origins if origin and origin.note]
    records = [("excerpt", each.id, each.wording) for each in facts.labels]
    records += [("meeting", each.id, each.place or Bilingual(each.id, each.id)) for each in held]
    yield Slide(
        tongue.say(lambda reader: reader.gettext("Context – How did we get here?")),
        tuple(blocks),
        footnotes=tuple(footnotes),
        notes=facts.notes(tongue, records),
    )


def _labels(facts: DeckFacts, tongue: Tongue) -> tuple[Told, ...]:
    return tuple(tongue.text(each.wording) for each in facts.labels)


def _place(meeting: MeetingIn, tongue: Tongue) -> Told:
    return tongue.name(meeting.place) if meeting.place else unstated(tongue)


def _when(held: PartialDate | None, tongue: Tongue) -> Told:
    return tongue.say(lambda reader: reader.date(held)) if held else NOTHING


def logic_models(facts: DeckFacts, tongue: Tongue) -> Iterator[Slide]:
    """The logic model of each council that has one; where none is entered, that there is none; or that it is not for everybody."""
    found: dict[str, list[PartIn]] = {}
    for part in facts.world.parts.values():
        found.setdefault(part.council, []).append(part)
    for council in facts.world.councils:
        if council.id in found:
            yield _logic_model(facts, council.id, found[council.id], tongue)
    if not found and facts.council and facts.modelled:
        yield Slide(_title(facts, facts.council.id, tongue), (Prose((tongue.say(_reserved),)),))
    elif not found and facts.council:
        yield _no_logic_model(facts, facts.council.id, tongue)


def _title(facts: DeckFacts, council: str, tongue: Tongue) -> Told:
    name = facts.world.groups[council].name
    return tongue.say(lambda reader: reader.gettext("{council} – Logic model", council=name.for_(reader)))


def _logic_model(facts: DeckFacts, council: str, parts: list[PartIn], tongue: Tongue) -> Slide:
    title = _title(facts, council, tongue)
    columns = columned(tongue, [(Message("Stage"), 0.3), (Message("What"), 0.7)])
    ordered = sorted(parts, key=lambda each: (STAGES.index(each.term), each.number))
    rows = tuple((tongue.say(partial(stage, each.term)), tongue.text(each.wording)) for each in ordered)
    notes = facts.notes(tongue, (("outcome", each.id, each.wording) for each in ordered))
    return Slide(title, (Table(title, columns, rows),), notes=notes)


def _no_logic_model(facts: DeckFacts, council: str, tongue: Tongue) -> Slide:
    lost = next((each for each in facts.sections if _names_it(each.wording)), None)
    origin = facts.origin("excerpt", lost.id) if lost else None
    said = [tongue.say(empty)]
    if origin and origin.note:
        said.append(tongue.text(origin.note))
    notes = facts.notes(tongue, [("excerpt", lost.id, lost.wording)]) if lost else ()
    return Slide(_title(facts, council, tongue), (Prose(tuple(said)),), notes=notes)


def _reserved(reader: Reader) -> Words:
    return reader.gettext("The logic model is shown to those who have a role in the Councils.")


_LOGIC: Final = ("logic model", "modele logique")


def _names_it(wording: Bilingual) -> bool:
    """Whether a heading of a source is of the logic model: what the source says of it is told where nothing is entered."""
    return any(name in fold(text or "") for text in (wording.en, wording.fr) for name in _LOGIC)
