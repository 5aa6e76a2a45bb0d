"""How fast the map is drawn: sixty cards as an SVG and a PNG, a thousand groups, and whether whoever asks is held up meanwhile."""

from __future__ import annotations

import gc
import statistics
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from cadre.framework.drawing import Form, Renderer
from cadre.framework.graph import Graph, Tongue
from cadre.framework.macro import macro
from tests.benchmarks.figure import Figure
from tests.framework.made import many

CARDS: Final = 60
GROUPS: Final = 1000
PRIORITIES: Final = 50
_LANGUAGES: Final[tuple[Tongue, ...]] = ("fr", "both")
_FORMS: Final[tuple[Form, ...]] = ("svg", "png")
_TIMES: Final = 9
_TICK: Final = 0.005


def rows() -> list[Figure]:
    """The figures of the map."""
    renderer = Renderer()
    try:
        sixty, both = (macro(many(CARDS - 11, 4), language) for language in _LANGUAGES)
        assert len(sixty.nodes) == CARDS, len(sixty.nodes)
        renderer.draw(sixty, "svg")  # the process has begun, and knows its fonts
        svg, png = (_median(renderer, sixty, form) for form in _FORMS)
        svg_of_both, png_of_both = (_median(renderer, both, form) for form in _FORMS)
        gc.freeze()  # all modules loaded, and kept out of the collector's way, as the command line does (bot.cli)
        world = many(GROUPS, PRIORITIES)
        whole, held_up = _beside(lambda: renderer.draw(macro(world, "both"), "svg"))
    finally:
        renderer.close()
    return [
        Figure(f"map of {CARDS} cards as SVG", svg, 60, "ms"),
        Figure("  the same as PNG", png, 600, "ms"),
        Figure("  the same in both languages as SVG", svg_of_both, None, "ms"),
        Figure("  the same in both languages as PNG", png_of_both, None, "ms"),
        Figure(f"map of {GROUPS:,} groups and {PRIORITIES} priorities as SVG", whole, 5, "s"),
        Figure("  what else the process had to do waited meanwhile, at most", held_up * 1000, 100, "ms"),
    ]


def _median(renderer: Renderer, graph: Graph, form: Form) -> float:
    """Milliseconds that a drawing takes."""
    return statistics.median(_taken(lambda: renderer.draw(graph, form)) for _ in range(_TIMES)) * 1000


def _taken(does: Callable[[], object]) -> float:
    """Seconds."""
    began = time.perf_counter()
    does()
    return time.perf_counter() - began


def _beside(does: Callable[[], object]) -> tuple[float, float]:
    """Seconds that it takes in a thread, and the longest that another thread, which ticks, had to wait for its turn."""
    waits, over = [], threading.Event()
    with ThreadPoolExecutor(1) as pool:
        drawing = pool.submit(_taken, does)
        drawing.add_done_callback(lambda _done: over.set())
        while not over.is_set():
            began = time.perf_counter()
            time.sleep(_TICK)
            waits.append(time.perf_counter() - began - _TICK)
        return drawing.result(), max(waits)


if __name__ == "__main__":
    for figure in rows():
        sys.stdout.write(f"{figure.name}: {figure.value:.1f} {figure.unit}\n")
