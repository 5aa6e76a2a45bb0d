"""How long the shell waits for an answer, imports included."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.figure import Figure

RUNS = 7


def rows() -> list[Figure]:
    """The figures of the terminal: the second run and later ones, beside the import of SQLAlchemy's ORM alone."""
    cadre = Path(sys.executable).with_name("cadre")
    with tempfile.TemporaryDirectory() as folder:
        around = os.environ | {"CADRE_DATABASE_URL": f"sqlite:///{folder}/registry.sqlite"}
        ask = [str(cadre), "ask", "who leads digital identity"]
        _seconds(ask, around)
        asked = statistics.median(_seconds(ask, around) for _ in range(RUNS))
    alone = statistics.median(_seconds([sys.executable, "-c", "import sqlalchemy.orm"], dict(os.environ)) for _ in range(RUNS))
    return [
        Figure("cadre ask from the shell, after the first run, p50", asked, 0.7, "s"),
        Figure("for comparison: importing sqlalchemy.orm, p50", alone, None, "s"),
        Figure("  cadre ask / that import", asked / alone, None, "x"),
    ]


def _seconds(command: list[str], around: dict[str, str]) -> float:
    begun = time.perf_counter()
    subprocess.run(command, env=around, capture_output=True, check=True)
    return time.perf_counter() - begun
