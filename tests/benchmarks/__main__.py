"""``make bench``: every figure, and whether it keeps within its limit. Ends with 1 if one does not."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Final

from tests.benchmarks.figure import Figure

AREAS: Final = (
    "ask",
    "slack",
    "terminal",
    "sandbox",
    "notices",
    "calls",
    "calendars",
    "polls",
    "oversight",
    "carrying",
    "framework",
    "changes",
    "decks",
    "pages",
)


def main() -> int:
    """Measure, one area after the other, and print a line a figure as it is known.

    An area is loaded when its turn comes: what the later ones load is none of the memory that an earlier one takes.
    """
    missed = 0
    for area in AREAS:
        for figure in import_module(f"tests.benchmarks.{area}").rows():
            print(line(figure), flush=True)
            missed += not figure.met
    return min(missed, 1)


def line(figure: Figure) -> str:
    """One figure: its value, its limit, and whether it is met."""
    limit = "" if figure.limit is None else f"limit {figure.limit:g} {figure.unit}"
    verdict = "" if figure.limit is None else "met" if figure.met else "NOT MET"
    return f"{figure.name:<72} {figure.value:>9.2f} {figure.unit:<5} {limit:<16} {verdict}".rstrip()


if __name__ == "__main__":
    sys.exit(main())
