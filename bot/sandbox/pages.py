"""The page in the browser: its files, its texts, its stream of news, and the files that were shared."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.sandbox.sandbox import Sandbox
from bot.sandbox.slack import shapes
from bot.sandbox.texts import texts
from cadre.core.i18n import LOCALES, language_of
from cadre.core.reader import Reader

FOLDER: Final = Path(__file__).parent / "page"
_TYPES: Final = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_SHOWN: Final = frozenset({"image/png", "image/jpeg", "image/gif"})
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_LETTER: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; "
    "sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox"
)
"""A letter runs nothing, fetches nothing and sends nothing. Its page may measure it; its links open beside it."""
HEADERS: Final = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-cache",
}


def routes(sandbox: Sandbox) -> list[Route]:
    """Its addresses."""

    async def page(request: Request) -> Response:
        return _file("index.html")

    async def asset(request: Request) -> Response:
        return _file(request.path_params["name"])

    async def own_texts(request: Request) -> Response:
        reader = Reader(LOCALES[language_of(request.query_params.get("locale"))])
        return JSONResponse(texts(reader), headers=HEADERS)

    async def news(request: Request) -> Response:
        return StreamingResponse(sandbox.stream.listen(), media_type="text/event-stream", headers=HEADERS)

    async def shared(request: Request) -> Response:
        """What is no picture is kept, not shown: a file must never run in the page."""
        found = sandbox.workspace.files.get(request.path_params["id"])
        if found is None or found.data is None:
            return Response(status_code=404)
        kind = shapes.mimetype(found.name)
        way = "inline" if kind in _SHOWN else "attachment"
        headers = HEADERS | {"content-disposition": f"{way}; filename*=UTF-8''{quote(found.name)}"}
        return Response(found.data, media_type=kind, headers=headers)

    return [
        Route("/", page),
        Route("/_sandbox/page/{name}", asset),
        Route("/_sandbox/texts", own_texts),
        Route("/_sandbox/stream", news),
        Route("/_sandbox/file/{id}", shared),
        *_letters(sandbox),
    ]


def _letters(sandbox: Sandbox) -> list[Route]:
    """Those of letters."""

    async def letter(request: Request) -> Response:
        """What a letter looks like, in a frame of the page."""
        found = sandbox.mailbox.letter(request.path_params["n"])
        if found is None:
            return Response(status_code=404)
        return Response(found.html, media_type="text/html", headers=HEADERS | {"content-security-policy": _LETTER})

    async def attached(request: Request) -> Response:
        """What came with a letter, as a mail program would save it."""
        found, place = sandbox.mailbox.letter(request.path_params["n"]), request.path_params["place"]
        if found is None or place >= len(found.files):
            return Response(status_code=404)
        file = found.files[place]
        headers = HEADERS | {"content-disposition": f"attachment; filename*=UTF-8''{quote(file.name)}"}
        return Response(file.content, media_type=f"text/calendar; method={file.method}; charset=utf-8", headers=headers)

    return [Route("/_sandbox/letter/{n:int}", letter), Route("/_sandbox/letter/{n:int}/{place:int}", attached)]


@cache
def _known() -> frozenset[str]:
    return frozenset(path.name for path in FOLDER.iterdir() if path.suffix in _TYPES)


def _file(name: str) -> Response:
    """A file of the page; read anew each time, so that whoever works on it sees what they wrote."""
    if name not in _known():
        return Response(status_code=404)
    path = FOLDER / name
    return Response(path.read_bytes(), media_type=_TYPES[path.suffix], headers=HEADERS)
