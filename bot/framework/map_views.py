"""How the map reads in Slack: its pictures, the same in words under them, and the ways to what is next to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.blocks import Block, Message, Option, actions, button, context, cut, image, link, listed, menu, packed, section
from bot.markup import bold
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.framework import outline, telling
from cadre.framework.asking import Found, neighbours
from cadre.framework.graph import Graph
from cadre.framework.outline import Item, Outline, Section

SHOW: Final = "framework.map"
"""A button; the value, packed: what the map is of, as of when, in which language, and whether it is over time."""
NEIGHBOUR: Final = "framework.neighbour"
"""A menu; the value of an option is a subject."""
WHEN: Final = "framework.as_of"
"""A day of the calendar."""
PAGE: Final = "framework.map_page"
SUBJECT: Final = "framework.map_of"
"""A button elsewhere ("Show on the map"); the value is the subject."""
_SPOT: Final = "framework.spot"
OF: Final = "of"
_FEW: Final = 4
"""So many neighbours have a button of their own; more stand in a menu."""
_MENU: Final = 99
_ITEMS: Final = 12
"""So many lines of a section are told; the rest is on the page."""
_SECTIONS: Final = 8
_LINE: Final = 280
_ALT: Final = 2000
PICTURES: Final = 12


@dataclass(frozen=True, slots=True)
class Told:
    """A map in words, and the ways on from it."""

    title: Words
    blocks: tuple[Block, ...]
    found: Found


def in_words(found: Found, reader: Reader) -> Told:
    """The map without its pictures."""
    told = _outline(found, reader)
    return Told(told.title, (*_in_words(told, reader), *_near(found, reader)), found)


def message(told: Told, pictures: Sequence[tuple[str, Graph]], note: Words | None, web: str | None, reader: Reader) -> Message:
    """The map. ``pictures``: files that Slack holds, each with what it shows; ``note``: why there is none, or not yet, or not all."""
    shown = [image(file, cut(graph.alt, _ALT), graph.title[0]) for file, graph in pictures]
    noted = context(note) if note else ()
    return Message(told.title, (*shown, *noted, *told.blocks, *actions(*_whole(told.found, reader), *_page(web, reader))))


def _outline(found: Found, reader: Reader) -> Outline:
    if found.subject:
        return outline.micro(found.world, found.subject, reader)
    return (outline.sequence if found.sequence else outline.macro)(found.world, reader)


def _in_words(told: Outline, reader: Reader) -> Iterator[Block]:
    yield section(bold(told.title))
    yield from context(*told.intro)
    sections = [each for each in told.sections if each.items or each.text]
    for each in sections[:_SECTIONS]:
        yield section(bold(each.heading))
        yield from listed(_lines(each, reader))


def _lines(of: Section, reader: Reader) -> Iterator[Words]:
    yield from of.text
    for item in of.items[:_ITEMS]:
        yield Words.verbatim(cut(_line(item), _LINE))
    if len(of.items) > _ITEMS:
        yield reader.ngettext("and {n} more, on the page", "and {n} more, on the page", len(of.items) - _ITEMS)


def _line(item: Item) -> Words:
    """An item with what is under it, on one line."""
    if not item.items:
        return item.text
    return Words.joined(" – ", (item.text, Words.joined("; ", (_line(each) for each in item.items))))


def _near(found: Found, reader: Reader) -> Iterator[Block]:
    """To what is next to it."""
    near = [(each, _name(found, each, reader)) for each in neighbours(found)]
    if len(near) <= _FEW:
        yield from actions(*(_button(found, name, f"{SHOW}:{n}", reader, of=each) for n, (each, name) in enumerate(near)))
    else:
        options = [Option(name, each) for each, name in near[:_MENU]]
        chooser = menu(NEIGHBOUR, options, placeholder=reader.gettext("What is next to it"))
        yield from actions(chooser, block=f"{_SPOT}:{_packed(found, reader, of='')}")


def _whole(found: Found, reader: Reader) -> Iterator[Block]:
    """To the whole, and to priorities over time."""
    if found.subject or found.sequence:
        yield _button(found, reader.gettext("The whole map"), f"{SHOW}:whole", reader, of="")
    if not found.sequence:
        yield _button(found, reader.gettext("Priorities over time"), f"{SHOW}:time", reader, of="", sequence="1")


def _page(web: str | None, reader: Reader) -> Iterator[Block]:
    if web:
        yield link(reader.gettext("Web page"), PAGE, web)


def _button(found: Found, label: Words, action: str, reader: Reader, *, of: str, sequence: str | None = None) -> Block:
    return button(label, action, _packed(found, reader, of=of, sequence=sequence))


def _packed(found: Found, reader: Reader, *, of: str, sequence: str | None = None) -> str:
    return packed(OF, of, when=None if found.end.now else found.end.key, lang=reader.language, sequence=sequence)


def _name(found: Found, subject: str, reader: Reader) -> Words:
    kind, _, id_ = subject.partition(":")
    return telling.priority_name(found.world.priorities[id_], reader) if kind == "priority" else found.world.groups[id_].name.for_(reader)


def which(subjects: Sequence[tuple[str, Words]], when: str, reader: Reader) -> Message:
    """Several things are called so."""
    told = reader.gettext("Which one do you mean?")
    values = (packed(OF, each, when=when or None, lang=reader.language) for each, _name in subjects)
    buttons = (button(name, f"{SHOW}:{n}", value) for n, ((_each, name), value) in enumerate(zip(subjects, values, strict=True)))
    return Message(told, (section(told), *actions(*buttons)))
