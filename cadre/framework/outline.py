"""The complete text equivalent of a map: headings, nested lists and tables, for screen readers, for Slack and the terminal."""

from __future__ import annotations

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
