"""Web pages of questions and decisions: the register, which everybody may read, and one of each question, which a link opens that is signed
for a person; what they may see of it is asked of the registry each time.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.decisions import shown
from bot.links import GOOD_FOR, TOKEN
from bot.registry import Registry
from bot.web.personal import other_of, reader_of, refusal, whose
from bot.web.templates import environment, respond
from cadre.core.errors import Forbidden, NotFound
from cadre.core.reader import DEFAULT_ZONE, Actor, Reader
from cadre.decisions import questions, register
from cadre.decisions.question_facts import Standing
from cadre.decisions.register import DecisionView
from cadre.notices.recipients import recipients

REGISTER: Final = shown.REGISTER
PATH: Final = "/questions/{id}"
ANYBODY: Final = Actor("anybody")
_LARGEST: Final = 2**31 - 1
"""The largest number that a row can have on PostgreSQL."""
_YEARS: Final = range(1990, 2101)
_KNOWN: Final = ("council", "year")
_TEMPLATES: Final = environment(Path(__file__).with_name("templates"))


def path(id_: int) -> str:
    """Where the page of a question is, for a link to be signed."""
    return PATH.format(id=id_)


def routes(registry: Registry, secret: str) -> list[Route]:
    """The addresses of the pages. ``secret``: what links are signed with."""

    async def listing(request: Request) -> Response:
        wanted = {key: value for key in _KNOWN if (value := request.query_params.get(key))}
        year = wanted.get("year", "")
        if year and not (year.isdecimal() and len(year) == 4 and int(year) in _YEARS):  # digits of a year
            return _absent(request)
        found = await registry.read(_register, wanted.get("council"), int(year) if year else None)
        page = shown.register_page(found, reader_of(request), other_of(request, *_KNOWN))
        return respond(_TEMPLATES, "decisions.html", page)

    async def one(request: Request) -> Response:
        id_: int = request.path_params["id"]
        person = whose(request, secret, path(id_))
        if person is None or id_ > _LARGEST:
            return _refused(request)
        try:
            view, reader = await registry.read(_question, id_, person, reader_of(request))
        except (Forbidden, NotFound):
            return _absent(request)
        return respond(_TEMPLATES, "question.html", shown.question_page(view, reader, other_of(request)))

    return [Route(REGISTER, listing, methods=["GET"]), Route(PATH.format(id="{id:int}"), one, methods=["GET"], name="question")]


def _register(session: Session, council: str | None, year: int | None) -> tuple[DecisionView, ...]:
    return register.register(session, ANYBODY, council=council, year=year)


def _question(session: Session, id_: int, person: str, reader: Reader) -> tuple[Standing, Reader]:
    """What whoever looks is given of a question, and how they read it: where they are. Raises NotFound."""
    known = recipients(session, [person]).get(person)
    if known is None:
        raise NotFound(person)
    view = questions.question(session, id_, Actor(known.name, known.person, known.email))
    return view, Reader(reader.locale, known.zone or DEFAULT_ZONE, known.person)


def _refused(request: Request) -> Response:
    """Without a link that is good."""
    reader = reader_of(request)
    _ = reader.gettext
    heading = _("This link is not good any more") if TOKEN in request.query_params else _("This page opens by a link of your own")
    told = _("Links to personal pages are good for {n} days. Get a new one in Slack: /cadre questions, then “Web page”.", n=GOOD_FOR.days)
    return respond(_TEMPLATES, "refusal.html", refusal(reader, other_of(request), heading, told), 403)


def _absent(request: Request) -> Response:
    reader = reader_of(request)
    _ = reader.gettext
    told = _("This question is gone, or it is not for you. Ask the secretariat.")
    return respond(_TEMPLATES, "refusal.html", refusal(reader, other_of(request), _("There is nothing here"), told), 404)
