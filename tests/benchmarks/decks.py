"""How long the deck and the binder of the seed registry take, the first one and the next, on SQLite, in one process."""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from typing import Final

from cadre.core import schema
from cadre.core.database import Database
from cadre.core.reader import OPERATOR
from cadre.exchange.seed import real_registry
from cadre.exchange.service import import_file
from cadre.framework import binder, deck
from tests.benchmarks.figure import Figure

_TIMES: Final = 5
_MEETING: Final = "2017-10"


def rows() -> list[Figure]:
    """The figures of decks and binders."""
    with tempfile.TemporaryDirectory() as folder, closing(Database(f"sqlite:///{folder}/r.sqlite")) as database:
        schema.upgrade(database.engine)
        database.write(OPERATOR, import_file, real_registry())
        first = _taken(lambda: database.read(deck.deck, "fr"))
        again = statistics.median(_taken(lambda: database.read(deck.deck, "fr")) for _ in range(_TIMES))
        both = statistics.median(_taken(lambda: database.read(deck.deck, "both")) for _ in range(_TIMES))
        bound = _taken(lambda: database.read(binder.binder, _MEETING, "fr", OPERATOR))
    return [
        Figure("deck of the seed registry, the first of a process", first, 3, "s"),
        Figure("  the next", again, 3, "s"),
        Figure("  the next, in both languages", both, 3, "s"),
        Figure("  binder of its last meeting, the first of a process", bound, 3, "s"),
    ]


def _taken(make: Callable[[], bytes]) -> float:
    """Seconds."""
    began = time.perf_counter()
    assert make()
    return time.perf_counter() - began


if __name__ == "__main__":
    for figure in rows():
        sys.stdout.write(f"{figure.name}: {figure.value:.2f} {figure.unit}\n")
