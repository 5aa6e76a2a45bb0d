"""Web pages without a server: the browser is given what the server would give."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Final

import httpx
from playwright.async_api import Page, Route
from starlette.applications import Starlette
from starlette.routing import BaseRoute

SECRET: Final = "of the signatures"
BASE: Final = "https://cadre.example"


@asynccontextmanager
async def site(routes: Sequence[BaseRoute]) -> AsyncIterator[httpx.AsyncClient]:
    """The pages: ``get`` takes a path and gives what a browser would be given."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=Starlette(routes=routes)), base_url=BASE) as client:
        yield client


async def shown(page: Page, client: httpx.AsyncClient) -> None:
    """Let a window open the addresses of a site."""

    async def answer(route: Route) -> None:
        given = await client.get(route.request.url, headers=await route.request.all_headers())
        await route.fulfill(status=given.status_code, headers=dict(given.headers), body=given.content)

    await page.route(f"{BASE}/**", answer)
