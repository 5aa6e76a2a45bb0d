"""A text in headings, nested lists and tables, as plain data: a page makes HTML of it, Slack its own marks, the terminal lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cadre.core.words import Words


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a list, and what is under it. ``path``: the page of what it names."""

    text: Words
    items: tuple[Item, ...] = ()
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings; the first cell of a row names it. ``caption``: what the table is of."""

    caption: Words
    head: tuple[Words, ...]
    rows: tuple[tuple[Words, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a text: what it is about, a paragraph or so, a list, a table."""

    heading: Words
    items: tuple[Item, ...] = ()
    table: Table | None = None
    text: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """A whole text. ``intro``: of which day it is, and what of it is proposed."""

    title: Words
    intro: tuple[Words, ...]
    sections: tuple[Section, ...]


def lines(outline: Outline) -> Iterator[Words]:
    """The text as lines: lists indented, tables a line for each row."""
    yield outline.title
    yield from outline.intro
    for section in outline.sections:
        yield Words.verbatim("")
        yield section.heading
        yield from section.text
        yield from _listed(section.items, "")
        for row in section.table.rows if section.table else ():
            yield Words.joined(" ", (Words.verbatim("–"), Words.joined(" · ", (cell for cell in row if cell))))


def _listed(items: tuple[Item, ...], indent: str) -> Iterator[Words]:
    for item in items:
        yield Words.joined("", (Words.verbatim(f"{indent}– "), item.text))
        yield from _listed(item.items, indent + "  ")
