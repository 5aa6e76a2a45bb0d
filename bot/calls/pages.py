"""The web pages of calls: the public ones, one of each call, and for the secretariat all answers, to look at and to take along.

A link is signed for one person and one call, and opens all pages of that call; what that person may see is asked of the registry each time.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar
from urllib.parse import urlencode

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.calls import ledger, shown
from bot.links import GOOD_FOR, TOKEN
from bot.registry import Registry
from bot.web.personal import Other, Refusal, other_of, reader_of, refusal, whose
from bot.web.templates import HEADERS, environment, respond
from cadre.calls import exports, letter, summary
from cadre.calls import service as calls
from cadre.calls.facts import Report
from cadre.calls.reach import Reach, reach
from cadre.core.errors import Forbidden, NotFound
from cadre.core.reader import DEFAULT_ZONE, Actor, Reader
from cadre.core.words import Words
from cadre.notices.recipients import recipients, secretariat_mailbox

T = TypeVar("T")

LIST: Final = "/calls"
PATH: Final = "/calls/{id}"
GRID: Final = "/calls/{id}/grid"
ANYBODY: Final = Actor("anybody")
_ID: Final = "{id:int}"
_LARGEST: Final = 2**31 - 1
"""The largest number that a row can have on PostgreSQL."""
_TEMPLATES: Final = environment(Path(__file__).with_name("templates"))
_CSV: Final = "text/csv; charset=utf-8"
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who looks at a page of a call, and how. ``person``: whom the link names; None for anybody. ``call``: its number."""

    call: int
    person: str | None
    reader: Reader
    other: Other
    token: str
    """What the address carried, good or not."""
    email: bool
    """Whether there is a mail server."""

    @property
    def query(self) -> Words:
        """What the addresses of the other pages of the call end with."""
        key = {TOKEN: self.token} if self.person else {}
        return Words.verbatim(f"?{urlencode({**key, 'lang': self.reader.language})}")


@dataclass(frozen=True, slots=True)
class Download:
    """A file to take along."""

    name: str
    kind: str
    content: bytes


def path(id_: int) -> str:
    """Where the page of a call is, for a link to be signed."""
    return PATH.format(id=id_)


def grid_path(id_: int) -> str:
    """Where all answers are, for the secretariat."""
    return GRID.format(id=id_)


def routes(registry: Registry, secret: str, *, email: bool) -> list[Route]:
    """The addresses of the pages. ``secret``: what links are signed with; ``email``: whether there is a mail server."""

    def page(address: str, serve: Callable[[Registry, Visitor], Awaitable[Response]]) -> Route:
        async def endpoint(request: Request) -> Response:
            visitor = _visitor(request, secret, email=email)
            try:
                return await serve(registry, visitor)
            except (Forbidden, NotFound):
                return _refused(visitor)

        return Route(address.format(id=_ID), endpoint, methods=["GET"], name=serve.__name__)

    async def listing(request: Request) -> Response:
        """The public calls that are open: for everybody."""
        reader = reader_of(request)
        found = await registry.read(calls.calls, ANYBODY)
        return respond(_TEMPLATES, "calls.html", shown.list_page(found, reader, other_of(request)))

    return [
        Route(LIST, listing, methods=["GET"]),
        page(PATH, _call),
        page(GRID, _grid),
        page(f"{PATH}/answers.csv", _csv),
        page(f"{PATH}/answers.xlsx", _xlsx),
        page(f"{PATH}/letter.docx", _letter),
    ]


def _visitor(request: Request, secret: str, *, email: bool) -> Visitor:
    id_: int = request.path_params["id"]
    signed = (path(id_), grid_path(id_), request.url.path)
    person = next((found for each in signed if (found := whose(request, secret, each))), None)
    return Visitor(id_, person, reader_of(request), other_of(request), request.query_params.get(TOKEN, ""), email)


async def _call(registry: Registry, visitor: Visitor) -> Response:
    standing, reader = await registry.read(_as, visitor, calls.standing)
    mailbox = await registry.read(secretariat_mailbox)
    return respond(_TEMPLATES, "call.html", shown.call_page(standing, reader, visitor.other, visitor.query, mailbox))


async def _grid(registry: Registry, visitor: Visitor) -> Response:
    (report, ways), reader = await registry.read(_reported, visitor)
    return respond(_TEMPLATES, "grid.html", ledger.grid_page(report, ways, reader, visitor.other, visitor.query))


async def _csv(registry: Registry, visitor: Visitor) -> Response:
    return _file(await registry.read(_csv_file, visitor))


async def _xlsx(registry: Registry, visitor: Visitor) -> Response:
    return _file(await registry.read(_xlsx_file, visitor))


async def _letter(registry: Registry, visitor: Visitor) -> Response:
    (number, content), _reader = await registry.read(_as, visitor, calls.letter)
    return _file(Download(letter.file_name(number), _DOCX, content))


def _as(session: Session, visitor: Visitor, fn: Callable[[Session, int, Actor], T]) -> tuple[T, Reader]:
    """What whoever looks is given of a call, and how they read it: where they are. Raises NotFound, Forbidden."""
    if visitor.call > _LARGEST:
        raise NotFound(str(visitor.call))
    known = recipients(session, [visitor.person]).get(visitor.person) if visitor.person else None
    actor = Actor(known.name, known.person, known.email) if known else ANYBODY
    reader = Reader(visitor.reader.locale, known.zone if known else DEFAULT_ZONE, actor.person)
    return fn(session, visitor.call, actor), reader


def _reported(session: Session, visitor: Visitor) -> tuple[tuple[Report, Reach], Reader]:
    report, reader = _as(session, visitor, calls.report)
    return (report, reach(session, report.grid, email=visitor.email)), reader


def _csv_file(session: Session, visitor: Visitor) -> Download:
    (report, ways), reader = _reported(session, visitor)
    return Download(summary.file_name(report.grid.call, reader, "csv"), _CSV, exports.csv(report.grid, ways, reader))


def _xlsx_file(session: Session, visitor: Visitor) -> Download:
    (report, ways), reader = _reported(session, visitor)
    return Download(summary.file_name(report.grid.call, reader, "xlsx"), _XLSX, exports.xlsx(report, ways, reader))


def _file(found: Download) -> Response:
    headers = HEADERS | {"Content-Disposition": f'attachment; filename="{found.name}"'}
    return Response(found.content, media_type=found.kind, headers=headers)


def _refused(visitor: Visitor) -> Response:
    """Without a link that is good, a call that is not public is not told apart from one that is not there."""
    _ = visitor.reader.gettext
    if visitor.person:
        told = _("This call is gone, or this part of it is not for you. Ask the secretariat.")
        return _respond(refusal(visitor.reader, visitor.other, _("There is nothing here for you"), told), 404)
    heading = _("This link is not good any more") if visitor.token else _("This page opens by a link of your own")
    told = _(
        "Links to personal pages are good for {n} days. Get a new one in Slack: /cadre calls, “Details”, then “Web page”.", n=GOOD_FOR.days
    )
    return _respond(refusal(visitor.reader, visitor.other, heading, told), 403)


def _respond(page: Refusal, status: int) -> Response:
    return respond(_TEMPLATES, "refusal.html", page, status)
