"""``make bench``: every figure, and whether it keeps within its limit. Ends with 1 if one does not."""

from __future__ import annotations

import sys

from tests.benchmarks import ask, calendars, calls, notices, polls, sandbox, slack, terminal
from tests.benchmarks.figure import Figure


def main() -> int:
    """Measure, one area after the other, and print a line a figure as it is known."""
    missed = 0
    for area in (ask, slack, terminal, sandbox, notices, calls, calendars, polls):
        for figure in area.rows():
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
