"""A picture of the framework as plain data: what stands in it and what joins what. How it looks is not said here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from cadre.core.words import Words

Tongue = Literal["en", "fr", "both"]
"""In which language a picture is; both: each text in English with the French under it."""
Told = tuple[Words, ...]
"""One text, in each language of the picture; once where it is the same in both."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What is to be seen at once of something: by a shape and by words, never by colour alone. ``kind``: gap, to_complete, unknown,
    proposed, table …
    """

    kind: str
    shape: str
    text: Told


@dataclass(frozen=True, slots=True)
class Node:
    """A council, priority, group, activity …

    ``id``: "group:bees". ``kind``: of a group its kind; else priority, people, activity, short … ``number``: a priority's place in the
    sequence. ``badge``: the council that it comes to, in a word; ``council``: its id, by which it has its hue. ``lines``: what is told
    below its name, smaller. ``path``: the address of its own view, on our own pages only. ``column`` and ``row``: where it stands (see
    ``Graph``); ``close``: to the one above it. Raises ValueError for a path that is not ours.
    """

    id: str
    kind: str
    name: Told
    lines: tuple[Told, ...] = ()
    marks: tuple[Mark, ...] = ()
    state: str | None = None
    council: str | None = None
    badge: Told = ()
    number: int | None = None
    path: str | None = None
    tooltip: Words | None = None
    column: int = 0
    row: int = 0
    close: bool = False

    def __post_init__(self) -> None:
        if self.path is not None and (not self.path.startswith("/") or self.path.startswith("//")):
            raise ValueError(f"{self.path!r} is no page of ours")


@dataclass(frozen=True, slots=True)
class Edge:
    """What joins two nodes. ``kind``: carries, supports, example, could_support; part_of, oversees, becomes, depends_on, feeds …
    ``council``: by which it has its hue.
    """

    source: str
    target: str
    kind: str
    label: Told = ()
    tooltip: Words | None = None
    council: str | None = None


@dataclass(frozen=True, slots=True)
class Cluster:
    """Nodes that stand together in a frame below all others, side by side, by their ids."""

    id: str
    label: Told
    nodes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Key:
    """A line of the legend: how something looks, by an edge's, mark's, group's or state's kind, and what it means."""

    of: Literal["edge", "mark", "kind", "state"]
    kind: str
    text: Told
    shape: str = ""


@dataclass(frozen=True, slots=True)
class Graph:
    """A picture. ``councils``: in the order of their hues. ``alt``: what it shows, in two sentences, for whoever does not see it.

    ``layout``: "columns": from left to right, in each as they are listed, but for ``free`` columns, where they stand so that few lines
    cross; of more cards than ``tall``, half of a free last column stand behind the others. "lanes": a table, whose first row and column
    say what the others are; several in one cell stand one above the other. ``now``: a column and how far the day is in it, on a picture
    over time. ``narrow``: cards and what stands around them are, so that texts can be read where a picture is shown small.
    """

    title: Told
    language: Tongue
    nodes: tuple[Node, ...]
    alt: Words
    subtitle: tuple[Told, ...] = ()
    edges: tuple[Edge, ...] = ()
    clusters: tuple[Cluster, ...] = ()
    legend: tuple[Key, ...] = ()
    councils: tuple[str, ...] = ()
    layout: Literal["columns", "lanes"] = "columns"
    free: frozenset[int] = frozenset()
    tall: int = 18
    now: float | None = None
    narrow: bool = False
