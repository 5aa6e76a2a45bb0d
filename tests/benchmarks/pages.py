"""How soon the page of the framework is usable in a browser, and whether other requests wait while a large one is drawn."""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from typing import Final

import httpx
import uvicorn
from playwright.async_api import Browser
from sqlalchemy.orm import Session
from starlette.applications import Starlette

from bot.framework import pages
from bot.registry import Registry
from bot.sandbox.registry import make
from cadre.core.bilingual import Bilingual
from cadre.core.database import Database
from cadre.core.reader import OPERATOR
from cadre.exchange.seed import real_registry
from cadre.framework import drawing
from cadre.groups.models import Group
from cadre.priorities.models import Alignment
from tests.benchmarks.figure import Figure
from tests.browser import chromium
from tests.browser.conftest import DESK
from tests.browser.site import SECRET

NODES: Final = 300
GROUPS: Final = 1000
_FIRST: Final = 38
"""Cards that the registry's own make."""
_PRIORITIES: Final = ("digital-identity", "digital-strategy", "client-centric")
_TIMES: Final = 5
_TICK: Final = 0.005
_USABLE: Final = """() => new Promise((done) => requestAnimationFrame(() => setTimeout(() => {
  done(document.getElementById("tools").hidden ? -1 : performance.now());
})))"""


def rows() -> list[Figure]:
    """The figures of the page."""
    return asyncio.run(_rows())


async def _rows() -> list[Figure]:
    figures = []
    if chromium.program():
        async with _pages(NODES - _FIRST) as base, chromium.browser() as browser:
            first, again = await _usable(browser, base)
        figures = [
            Figure(f"page of {NODES} cards usable in Chromium, drawn for it", first, 1, "s"),
            Figure("  the same, drawn before", again, 1, "s"),
        ]
    async with _pages(GROUPS) as base:
        taken, waited = await _beside(base)
    return [
        *figures,
        Figure(f"page of {GROUPS:,} groups", taken, 5, "s"),
        Figure("  what else the web process had to do waited meanwhile, at most", waited * 1000, 250, "ms"),
    ]


@asynccontextmanager
async def _pages(groups: int) -> AsyncIterator[str]:
    """A web server with the pages of a registry with so many groups more, each on two priorities."""

    def fill(session: Session) -> None:
        for n in range(groups):
            name = Bilingual(f"Working group on flowers number {n}", f"Groupe de travail sur les fleurs numéro {n}")
            session.add(Group(id=f"g{n}", name=name, kind="working_group", owner="jc", state="active"))
        session.flush()
        for n in range(groups):
            for priority in {_PRIORITIES[n % 3], _PRIORITIES[n % 2]}:
                session.add(Alignment(id=f"g{n}.{priority}", group=f"g{n}", priority=priority, strength="supports"))

    with tempfile.TemporaryDirectory() as folder, closing(Database(f"sqlite:///{folder}/r.sqlite")) as database:
        make(database, real_registry())
        database.write(OPERATOR, fill)
        with closing(Registry(database)) as registry:
            app = Starlette(routes=pages.routes(registry, SECRET, public=True))
            server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, access_log=False, lifespan="off"))
            serving = asyncio.ensure_future(server.serve())
            while not server.started:  # noqa: ASYNC110  # it tells nobody
                await asyncio.sleep(_TICK)
            try:
                yield "http://127.0.0.1:{1}".format(*server.servers[0].sockets[0].getsockname())
            finally:
                server.should_exit = True
                await serving


async def _usable(browser: Browser, base: str) -> tuple[float, float]:
    """Seconds until the script has run and all is painted: where the picture is drawn for it, and where it is kept; the middle of some."""
    async with httpx.AsyncClient(base_url=base) as client:
        await client.get("/framework/council/jc")  # the process that draws has begun
    found: list[list[float]] = [[], []]
    for _ in range(_TIMES):
        drawing.draw.cache_clear()
        for taken in found:
            context = await browser.new_context(viewport=DESK)
            page = await context.new_page()
            await page.goto(f"{base}/framework?lang=en")
            assert await page.locator(".node a").count() == NODES
            taken.append(await page.evaluate(_USABLE) / 1000)
            await context.close()
    return statistics.median(found[0]), statistics.median(found[1])


async def _beside(base: str) -> tuple[float, float]:
    """Seconds that a page takes, and the longest that the loop had to wait for its turn meanwhile."""
    async with httpx.AsyncClient(base_url=base, timeout=60) as client:
        began = time.perf_counter()
        asked = asyncio.ensure_future(client.get("/framework?lang=en"))
        waits = [0.0]
        while not asked.done():
            before = time.perf_counter()
            await asyncio.sleep(_TICK)
            waits.append(time.perf_counter() - before - _TICK)
        assert "<svg" in (await asked).text
        return time.perf_counter() - began, max(waits)


if __name__ == "__main__":
    for figure in rows():
        sys.stdout.write(f"{figure.name}: {figure.value:.2f} {figure.unit}\n")
