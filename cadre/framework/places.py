"""Sizes and places in a picture, in points."""

from __future__ import annotations

from typing import Final, NamedTuple


class Size(NamedTuple):
    """How wide and high something is."""

    wide: float
    high: float


class Box(NamedTuple):
    """Where something is: its top left corner, downwards, and its size."""

    x: float
    y: float
    wide: float
    high: float

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.x + self.wide

    @property
    def bottom(self) -> float:
        """Where it ends."""
        return self.y + self.high

    @property
    def middle(self) -> float:
        """Half way down."""
        return self.y + self.high / 2


Point = tuple[float, float]
Curve = tuple[Point, ...]
"""Cubic curves, one after the other: where they begin, then for each two points that bend it, and where it ends."""
Passage = tuple[float, float, float]
"""Where a line passes a column: from where to where, and how far down."""
GAP: Final = 13.0
"""Between two cards of one column."""
CLOSE: Final = 8.0
"""The same of one that belongs to what is above it."""
HANGING: Final = 24.0
"""The same of one that a line joins to it: long enough to see how it is drawn."""
