"""The three views of the framework, each as a picture, in words and as a table: what a page, a message and a file all show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from cadre.core.reader import Reader
from cadre.framework import outline, tables
from cadre.framework.choosing import ALL, Filter
from cadre.framework.facts import World
from cadre.framework.graph import Graph, Tongue
from cadre.framework.macro import macro
from cadre.framework.micro import micro
from cadre.framework.outlined import Outline
from cadre.framework.sequence import sequence

Whole: TypeAlias = Literal["macro", "sequence"]
WHOLE: Final[tuple[Whole, ...]] = ("macro", "sequence")
"""The views of the whole."""


@dataclass(frozen=True, slots=True)
class View:
    """What of the framework is shown. ``of``: one priority, group or council, "group:bees", and one step around it; None for the whole,
    of which ``chosen`` may be a part. Each function raises NotFound where there is no such thing.
    """

    of: str | None = None
    whole: Whole = "macro"
    chosen: Filter = ALL

    def graph(self, world: World, language: Tongue) -> Graph:
        """As a picture."""
        if self.of:
            return micro(world, self.of, language)
        return (sequence if self.whole == "sequence" else macro)(world, language, self.chosen)

    def outline(self, world: World, reader: Reader) -> Outline:
        """In words."""
        if self.of:
            return outline.micro(world, self.of, reader)
        return (outline.sequence if self.whole == "sequence" else outline.macro)(world, reader, self.chosen)

    def csv(self, world: World, reader: Reader) -> bytes:
        """As a table."""
        if self.of:
            return tables.micro_csv(world, self.of, reader)
        return (tables.sequence_csv if self.whole == "sequence" else tables.csv)(world, reader, self.chosen)
