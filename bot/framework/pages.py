"""The framework on the web: the whole, over time, and each thing with its neighbours, as a picture that one can walk in and in words; and
as files. By a signed link, as the person may know it; or, where it is public, for everybody, who sees what everybody may know.

What takes time (to draw, to tell, to make the page) is done in threads: whoever else asks something is not held up.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import re
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final, ParamSpec, TypeVar
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from bot.framework import picture, shown
from bot.framework.asked import KEPT, Asked, Seen, seen
from bot.framework.changes_pages import CHANGES
from bot.framework.shown import Drawn, Ways
from bot.links import GOOD_FOR, TOKEN, sign, verify
from bot.registry import Registry
from bot.web.personal import Other, expired, other_of, reader_of, refusal
from bot.web.templates import HEADERS, environment, respond
from cadre.core import clock
from cadre.core.errors import Invalid, NotFound
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.framework.drawing import FONTS, FORMS, DrawingFailed, Form, draw
from cadre.framework.graph import Graph
from cadre.framework.telling import ROOT

P = ParamSpec("P")
T = TypeVar("T")
log: Final = logging.getLogger("cadre.web")
PATIENCE: Final = 25.0
"""Seconds for which a page waits for its picture."""
_CSV: Final = "csv"
_FILES: Final = {"svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf", _CSV: "text/csv; charset=utf-8"}
_FOLDER: Final = Path(__file__).with_name("templates")
SCRIPT: Final = _FOLDER / "map.js"
_PARTS: Final = {"map.js": (SCRIPT, "text/javascript; charset=utf-8")} | {
    name: (FONTS / name, "font/otf") for name in ("Inter-Regular.otf", "Inter-Bold.otf")
}
_PART: Final = f"{ROOT}/parts/{{name}}"
_FOR_GOOD: Final = {"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}
_TEMPLATES: Final = environment(_FOLDER)
_ALLOWED: Final = {"script-src": "'nonce-{nonce}'", "font-src": "'self'", "connect-src": "'self'", "form-action": "'self'"}
_UNSAFE: Final = re.compile(r"[^\w-]+", re.ASCII)
_SCRIPT: Final = Words.verbatim(f"{ROOT}/parts/map.js?v={hashlib.sha256(SCRIPT.read_bytes()).hexdigest()[:12]}")
"""Browsers keep it for good: another script has another address."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who looks, if they are known, how they read it, the page in the other language, and what links are signed with."""

    person: str | None
    reader: Reader
    other: Other
    secret: str

    def signed(self, path: str) -> str | None:
        """What opens a page, and all below it, for them."""
        return sign(self.secret, self.person, path, clock.real() + GOOD_FOR) if self.person else None


class Site:
    """The pages. ``base``: where the web server is reached, if that is known; ``public``: whether they open without a link."""

    def __init__(self, registry: Registry, secret: str, base: str, *, public: bool) -> None:
        self._registry, self._secret, self._base, self._public = registry, secret, base, public
        self._telling = ThreadPoolExecutor(2, thread_name_prefix="framework")
        self._drawing = ThreadPoolExecutor(1, thread_name_prefix="framework-drawing")

    def routes(self) -> list[Route]:
        """Their addresses."""
        files = [Route(f"{ROOT}.{form}", partial(self.answer, of=None, form=form), methods=["GET"]) for form in _FILES]
        return [
            Route(ROOT, partial(self.answer, of=None, form=""), methods=["GET"]),
            *files,
            Route(_PART, _part, methods=["GET"]),
            Route(f"{ROOT}/{{kind}}/{{id}}", self._one, methods=["GET"]),
        ]

    async def _one(self, request: Request) -> Response:
        """A priority, group or council; with the ending of a file, as one."""
        kind, id_ = request.path_params["kind"], request.path_params["id"]
        before, dot, form = id_.rpartition(".")
        if dot and form in _FILES:
            id_ = before
        else:
            form = ""
        return await self.answer(request, of=f"{kind}:{id_}", form=form)

    async def answer(self, request: Request, of: str | None, form: str) -> Response:
        """A page or file, or why it is not given. ``of``: "group:bees"; None for the whole."""
        reader, other = reader_of(request), other_of(request, *KEPT)
        person = self._whose(request)
        if person is None and not (self._public and TOKEN not in request.query_params):
            return respond(_TEMPLATES, "refusal.html", expired(reader, other), 403)
        visitor = Visitor(person, reader, other, self._secret)
        asked = Asked.by(request.query_params, of, reader.language, visitor.signed(ROOT))
        try:
            found = await self._registry.read(seen, person, asked.as_of)
        except NotFound:
            return _refused(shown.stranger(reader, other), 404)
        except Invalid as problem:
            told = next(iter(problem.fields.values())).for_(reader)
            way = shown.the_map(replace(asked, as_of=""), reader)
            return _refused(refusal(reader, other, reader.gettext("As of when?"), told, way), 400)
        asked = replace(asked, as_of="" if found.end.now else found.end.key).known(found.world)
        try:
            if form:
                return await self._file(asked, found, form, visitor, self._base or str(request.base_url))
            return await self._page(asked, found, visitor, drawn=request.query_params.get("part") != "words")
        except NotFound:
            return _refused(shown.not_there(asked, reader, other), 404)

    def _whose(self, request: Request) -> str | None:
        """The person whom a link is for: one to this page, or one to the whole, which opens all of it."""
        token, now = request.query_params.get(TOKEN, ""), clock.real()
        return verify(self._secret, token, ROOT, now) or verify(self._secret, token, request.url.path, now)

    async def _page(self, asked: Asked, found: Seen, visitor: Visitor, *, drawn: bool) -> Response:
        graph = await self._told(_graph, asked, found)
        svg = await self._drawn(graph, "svg") if drawn else None
        return await self._told(_page, asked, found, visitor, graph, svg)

    async def _file(self, asked: Asked, found: Seen, form: str, visitor: Visitor, base: str) -> Response:
        if form == _CSV:
            content: bytes | None = await self._told(asked.view.csv, found.world, visitor.reader)
        else:
            assert form in FORMS
            content = await self._drawn(await self._told(_graph, asked, found), form)
        if content is None:
            return _refused(shown.undrawn(visitor.reader, visitor.other), 503)
        return await self._told(_file, asked, content, form, visitor, base)

    async def _drawn(self, graph: Graph, form: Form) -> bytes | None:
        """A picture; None where it could not be drawn, or not soon enough: others may wait for theirs. Then the words stand alone."""
        try:
            async with asyncio.timeout(PATIENCE):
                return await asyncio.get_running_loop().run_in_executor(self._drawing, draw, graph, form)
        except (DrawingFailed, TimeoutError) as problem:
            log.warning("the framework could not be drawn: %r", problem)
            return None

    def _told(self, does: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Awaitable[T]:
        return asyncio.get_running_loop().run_in_executor(self._telling, partial(does, *args, **kwargs))


def routes(registry: Registry, secret: str, base: str = "", *, public: bool = False) -> list[Route]:
    """The addresses of the pages and their files. ``secret``: what links are signed with; ``base``: where the web server is reached."""
    return Site(registry, secret, base, public=public).routes()


async def _part(request: Request) -> Response:
    """The script and the type face: the same for everybody, and no secret."""
    part = _PARTS.get(request.path_params["name"])
    if part is None:
        return Response(status_code=404)
    return FileResponse(part[0], media_type=part[1], headers=_FOR_GOOD)


def _graph(asked: Asked, found: Seen) -> Graph:
    return asked.view.graph(found.world, "both" if asked.both else asked.language)


def _page(asked: Asked, found: Seen, visitor: Visitor, graph: Graph, svg: bytes | None) -> Response:
    search = shown.Search.of(graph, asked.q)
    drawing = picture.shown(svg, asked.link, graph.alt, search.found) if svg else None
    changes = urlencode(Asked(asked.language, token=visitor.signed(CHANGES)).pairs)
    ways = Ways(asked, Words.verbatim(f"{CHANGES}?{changes}"), _SCRIPT)
    page = shown.page(found, ways, Drawn(search, drawing), visitor.reader, visitor.other)
    return respond(_TEMPLATES, "map.html", page, allowed=_ALLOWED)


def _file(asked: Asked, content: bytes, form: str, visitor: Visitor, base: str) -> Response:
    if form == "svg":  # it is passed on: its links lead to the pages, and open nothing by themselves
        content = picture.linked(content, lambda path: f"{base.rstrip('/')}{path}")
    name = "-".join(part for part in (visitor.reader.gettext("Framework"), (asked.of or "").partition(":")[2], asked.as_of) if part)
    named = f'attachment; filename="{_UNSAFE.sub("-", name)}.{form}"'
    return Response(content, media_type=_FILES[form], headers={**HEADERS, "Content-Disposition": named})


def _refused(page: object, status: int) -> Response:
    return respond(_TEMPLATES, "refusal.html", page, status)
