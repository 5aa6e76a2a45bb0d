"""How the map reads in Slack: its pictures, the same in words under them, and the ways to what is next to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.blocks import IN_MESSAGE, Block, Message, Option, actions, button, context, cut, image, link, listed, menu, packed, section
from bot.markup import bold
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.framework import outline, telling
from cadre.framework.asking import Found, neighbours
from cadre.framework.graph import Graph
from cadre.framework.outlined import Item, Outline, Section, lines

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
_ALT: Final = 2000
PICTURES: Final = 12
_BLOCKS: Final = IN_MESSAGE - PICTURES - 6
"""So much text stands under the pictures; besides it there are the ways on."""
_ROOM: Final = 9_000
"""Characters of one message: Slack takes a little more."""
_PIECE: Final = 1_300
"""Characters of one line: a longer one goes on in the next."""
_UNDER: Final = "\u2003"
"""Before what stands under a line, as often as it is deep."""
MESSAGES: Final = 6
"""So many messages tell a map in words; what needs more of them is sent as a text."""


@dataclass(frozen=True, slots=True)
class Told:
    """A map in words, and the ways on from it. ``parts``: under the pictures first, then what goes into the thread, part by part."""

    title: Words
    parts: tuple[tuple[Block, ...], ...]
    near: tuple[Block, ...]
    whole: Outline
    found: Found


def in_words(found: Found, reader: Reader) -> Told:
    """The map without its pictures."""
    told = _outline(found, reader)
    return Told(told.title, tuple(_parted(_in_words(told, reader))), tuple(_near(found, reader)), told, found)


def message(told: Told, pictures: Sequence[tuple[str, Graph]], note: Words | None, web: str | None, reader: Reader) -> Message:
    """The map. ``pictures``: files that Slack holds, each with what it shows; ``note``: why there is none, or not yet, or not all."""
    shown = [image(file, cut(graph.alt, _ALT), graph.title[0]) for file, graph in pictures]
    notes = [note, reader.gettext("The rest of it in words is in the thread.") if len(told.parts) > 1 else None]
    ways = actions(*_whole(told.found, reader), *_page(web, reader))
    return Message(told.title, (*shown, *context(*filter(None, notes)), *told.parts[0], *told.near, *ways))


def further(told: Told) -> list[Message]:
    """What the thread under the map tells: the words that did not fit."""
    return [Message(told.title, part) for part in told.parts[1:]]


def text(told: Told) -> bytes:
    """All of it in words, as a file."""
    return ("\n".join(lines(told.whole)) + "\n").encode()


def _outline(found: Found, reader: Reader) -> Outline:
    if found.subject:
        return outline.micro(found.world, found.subject, reader)
    return (outline.sequence if found.sequence else outline.macro)(found.world, reader)


def _in_words(told: Outline, reader: Reader) -> Iterator[tuple[Block, ...]]:
    """All that is told, in pieces that stay together: a heading with what begins under it."""
    yield section(bold(told.title)), *context(*told.intro)
    for each in told.sections:
        under = [*listed(_lines(each, reader), sign="")]
        yield section(bold(each.heading)), *under[:1]
        yield from ((block,) for block in under[1:])


def _lines(of: Section, reader: Reader) -> Iterator[Words]:
    for each in of.text:
        yield from _pieces(each)
    for item in of.items:
        yield from _line(item, 0)
    for row in of.table.rows if of.table else ():
        assert of.table is not None
        cells = [
            Item(reader.gettext("{label}: {text}", label=head, text=cell))
            for head, cell in zip(of.table.head[1:], row[1:], strict=True)
            if cell
        ]
        yield from _line(Item(row[0], tuple(cells)), 0)


def _line(item: Item, depth: int) -> Iterator[Words]:
    """An item, and under it each that belongs to it."""
    before = Words.verbatim(_UNDER * depth + ("◦ " if depth else "• "))
    for number, piece in enumerate(_pieces(item.text)):
        yield piece if number else Words.joined("", (before, piece))
    for each in item.items:
        yield from _line(each, depth + 1)


def _pieces(words: Words) -> Iterator[Words]:
    """All of a text, in as many lines as it needs."""
    if len(words) <= _PIECE:
        yield words
        return
    rest = str(words)
    while rest:
        end = len(rest) if len(rest) <= _PIECE else rest.rfind(" ", 0, _PIECE) + 1 or _PIECE
        yield Words.verbatim(rest[:end])
        rest = rest[end:]


def _parted(pieces: Iterable[tuple[Block, ...]]) -> Iterator[tuple[Block, ...]]:
    """As much as fits in a message, then as much as fits in the next …"""
    blocks: list[Block] = []
    room = _ROOM
    for piece in pieces:
        long = sum(len(block["text"]["text"]) for block in piece if "text" in block)
        if blocks and (long > room or len(blocks) + len(piece) > _BLOCKS):
            yield tuple(blocks)
            blocks, room = [], _ROOM
        blocks += piece
        room -= long
    yield tuple(blocks)


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
