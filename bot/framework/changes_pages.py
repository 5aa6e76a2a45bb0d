"""What changed, and the snapshots, on a web page and as files: by a signed link, as personal pages are; to everybody, where the framework
is public, without what concerns only those with a role.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.framework import changes_shown as shown
from bot.framework.asked import actor
from bot.framework.shown import stranger
from bot.links import GOOD_FOR, TOKEN, address
from bot.registry import Registry
from bot.web.personal import Other, expired, other_of, reader_of, refusal, whose
from bot.web.templates import HEADERS, environment, respond
from cadre.core import clock
from cadre.core.errors import Invalid, NotFound
from cadre.core.reader import Reader
from cadre.framework import change_files, changing, kept
from cadre.framework.changing import Changed
from cadre.framework.kept import SnapshotFacts

CHANGES: Final = "/framework/changes"
_FILES: Final = {f"{CHANGES}.{format_}": format_ for format_ in change_files.FORMATS}
_TYPES: Final = {"md": "text/markdown; charset=utf-8", "csv": "text/csv; charset=utf-8"}
_TEMPLATES: Final = environment(Path(__file__).with_name("templates"))


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who looks, if they are known; how they read it; between what they ask; and what links from there are signed with."""

    person: str | None
    reader: Reader
    other: Other
    since: str
    until: str
    secret: str

    def link(self, path: str, since: str, until: str) -> str:
        """The address of the same between other ends, or as a file, for them."""
        asked = urlencode({name: value for name, value in (("since", since), ("until", until), ("lang", self.reader.language)) if value})
        if self.person is None:
            return f"{path}?{asked}"
        return f"{address('', self.secret, self.person, path, clock.real() + GOOD_FOR)}&{asked}"

    def look(self, session: Session) -> tuple[Changed, tuple[SnapshotFacts, ...]]:
        """What they are given. Raises NotFound for somebody who is not in the registry any more, and Invalid."""
        found = changing.changed(session, self.since, self.until, actor(session, self.person))
        return found, kept.snapshots(session, limit=shown.MOST)


def routes(registry: Registry, secret: str, *, public: bool = False) -> list[Route]:
    """The addresses of the page and its files. ``secret``: what links are signed with; ``public``: without a link, everybody sees what they
    may.
    """

    def page(path: str, serve: Callable[[Registry, Visitor, str], Awaitable[Response]]) -> Route:
        async def endpoint(request: Request) -> Response:
            reader, other = reader_of(request), other_of(request, "since", "until")
            person = whose(request, secret, path)
            if person is None and not (public and TOKEN not in request.query_params):
                return respond(_TEMPLATES, "refusal.html", expired(reader, other), 403)
            asked = request.query_params
            visitor = Visitor(person, reader, other, asked.get("since", ""), asked.get("until", ""), secret)
            try:
                return await serve(registry, visitor, path)
            except NotFound:
                return respond(_TEMPLATES, "refusal.html", stranger(reader, other), 404)
            except Invalid as problem:
                return _misunderstood(problem, reader, other)

        return Route(path, endpoint, methods=["GET"], name=path)

    return [page(CHANGES, _page), *(page(path, _file) for path in _FILES)]


async def _page(registry: Registry, visitor: Visitor, _path: str) -> Response:
    found, snapshots = await registry.read(visitor.look)
    files = {format_: visitor.link(path, found.since.key, found.until.key) for path, format_ in _FILES.items()}
    ways = shown.Ways(lambda key: visitor.link(CHANGES, key, ""), files)
    return respond(_TEMPLATES, "changes.html", shown.page(found, snapshots, ways, visitor.reader, visitor.other))


async def _file(registry: Registry, visitor: Visitor, path: str) -> Response:
    found, _snapshots = await registry.read(visitor.look)
    format_ = _FILES[path]
    content = change_files.written(found, format_, visitor.reader)
    named = f'attachment; filename="{change_files.name(found, format_, visitor.reader)}"'
    return Response(content, media_type=_TYPES[format_], headers={**HEADERS, "Content-Disposition": named})


def _misunderstood(problem: Invalid, reader: Reader, other: Other) -> Response:
    told = next(iter(problem.fields.values())).for_(reader)
    return respond(_TEMPLATES, "refusal.html", refusal(reader, other, reader.gettext("Between what?"), told), 400)
