"""Gaps and health on web pages, for those with a confirmed role: by a signed link, as all personal pages. What they may see is asked of the
registry each time.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.links import GOOD_FOR, address
from bot.oversight import shown
from bot.oversight.shown import Link
from bot.registry import Registry
from bot.web.personal import Other, expired, other_of, reader_of, refusal, whose
from bot.web.templates import environment, respond
from cadre.core import clock
from cadre.core.errors import Forbidden, NotFound
from cadre.core.reader import Actor, Reader
from cadre.core.words import Words
from cadre.notices.recipients import recipients
from cadre.oversight import editions, gaps, health

GAPS: Final = "/gaps"
EDITION: Final = "/gaps/editions/{id:int}"
HEALTH: Final = "/state"
"""Not ``/health``: there the process itself says how it is."""
_LARGEST: Final = 2**31 - 1
_TEMPLATES: Final = environment(Path(__file__).with_name("templates"))
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who looks at a page, how they read it, and what links from it are signed with."""

    person: str
    reader: Reader
    other: Other
    secret: str

    def link(self, path: str) -> str:
        """The address of another page, for them."""
        return f"{address('', self.secret, self.person, path, clock.real() + GOOD_FOR)}&lang={self.reader.language}"

    def as_(self, session: Session, look: Callable[[Session, Actor], T]) -> T:
        """What they are given. Raises Forbidden and NotFound."""
        known = recipients(session, [self.person]).get(self.person)
        if known is None:
            raise NotFound(self.person)
        return look(session, Actor(known.name, known.person, known.email))


def edition_path(id_: int) -> str:
    """Where the page of an edition is."""
    return f"/gaps/editions/{id_}"


def routes(registry: Registry, secret: str) -> list[Route]:
    """The addresses of the pages. ``secret``: what links are signed with."""

    def page(path: str, serve: Callable[[Registry, Visitor, Request], Awaitable[Response]]) -> Route:
        async def endpoint(request: Request) -> Response:
            reader, other = reader_of(request), other_of(request)
            person = whose(request, secret, request.url.path)
            if person is None:
                return respond(_TEMPLATES, "refusal.html", expired(reader, other), 403)
            try:
                return await serve(registry, Visitor(person, reader, other, secret), request)
            except (Forbidden, NotFound):
                return _refused(reader, other)

        return Route(path, endpoint, methods=["GET"], name=serve.__name__)

    return [page(GAPS, _gaps), page(EDITION, _edition), page(HEALTH, _health)]


async def _gaps(registry: Registry, visitor: Visitor, _request: Request) -> Response:
    def look(session: Session, actor: Actor) -> tuple[gaps.Gaps, tuple[editions.EditionFacts, ...]]:
        return gaps.gaps(session, actor), editions.editions(session, actor)

    found, kept = await registry.read(visitor.as_, look)
    reader = visitor.reader
    links = [shown.edition_link(each, visitor.link(edition_path(each.id)), reader) for each in kept]
    state = Link(Words.verbatim(visitor.link(HEALTH)), reader.gettext("State of groups"))
    return respond(_TEMPLATES, "matrix.html", shown.gaps_page(found, links, state, reader, visitor.other))


async def _edition(registry: Registry, visitor: Visitor, request: Request) -> Response:
    id_: int = request.path_params["id"]
    if id_ > _LARGEST:
        raise NotFound(str(id_))
    found = await registry.read(visitor.as_, lambda session, actor: editions.edition(session, id_, actor))
    return respond(_TEMPLATES, "matrix.html", shown.edition_page(found, _live(visitor), visitor.reader, visitor.other))


async def _health(registry: Registry, visitor: Visitor, _request: Request) -> Response:
    found = await registry.read(visitor.as_, health.report)
    return respond(_TEMPLATES, "health.html", shown.health_page(found, _live(visitor), visitor.reader, visitor.other))


def _live(visitor: Visitor) -> Link:
    return Link(Words.verbatim(visitor.link(GAPS)), visitor.reader.gettext("Gap analysis"))


def _refused(reader: Reader, other: Other) -> Response:
    _ = reader.gettext
    told = _("This page is for those whose roles the secretariat has confirmed, or it is gone. Ask the secretariat.")
    return respond(_TEMPLATES, "refusal.html", refusal(reader, other, _("There is nothing here for you"), told), 404)
