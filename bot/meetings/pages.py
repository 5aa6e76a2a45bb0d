"""Web pages of meetings: those that come, a month, and one of each meeting. Everybody may read them; a link that is signed for a person
shows what is theirs besides.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.links import GOOD_FOR, TOKEN, address
from bot.meetings import shown, shown_meeting
from bot.meetings.calendar_pages import file_of
from bot.meetings.reading import written
from bot.meetings.shown import Listed
from bot.meetings.shown_meeting import Opened
from bot.registry import Registry
from bot.web.personal import other_of, reader_of, refusal, whose
from bot.web.templates import environment, respond
from cadre.core import clock
from cadre.core.errors import Forbidden, NotFound
from cadre.core.reader import DEFAULT_ZONE, Actor, Reader
from cadre.core.words import Words
from cadre.meetings import agenda, almanac
from cadre.meetings import service as meetings
from cadre.meetings.models import Series
from cadre.meetings.views import MeetingView
from cadre.notices.recipients import recipients

LIST: Final = "/meetings"
PATH: Final = "/meetings/{id}"
MONTH: Final = "/meetings/{year:int}-{month:int}"
ANYBODY: Final = Actor("anybody")
_DIGITS: Final = 9
_YEARS: Final = range(1990, 2101)
_MONTHS: Final = 12
_KNOWN: Final = ("group", "council", "series", "past")
_TEMPLATES: Final = environment(Path(__file__).with_name("templates"))


def path(id_: str) -> str:
    """Where the page of a meeting is."""
    return f"/meetings/{id_}"


def routes(registry: Registry, secret: str) -> list[Route]:
    """The addresses of the pages. ``secret``: what links are signed with. They come after those of calendars, whose names are longer."""

    async def listing(request: Request) -> Response:
        wanted = {key: value for key in _KNOWN if (value := request.query_params.get(key))}
        reader, other = reader_of(request), other_of(request, *_KNOWN)
        try:
            listed = await registry.read(_listed, wanted)
        except NotFound:
            return _absent(request)
        return respond(_TEMPLATES, "meetings.html", shown.list_page(listed, wanted, reader, other))

    async def month(request: Request) -> Response:
        year, number = request.path_params["year"], request.path_params["month"]
        if year not in _YEARS or not 1 <= number <= _MONTHS:
            return _absent(request)
        first = date(year, number, 1)
        found, today = await registry.read(_of_month, first)
        return respond(_TEMPLATES, "month.html", shown.month_page(found, first, today, reader_of(request), other_of(request)))

    async def one(request: Request) -> Response:
        id_ = request.path_params["id"]
        person = whose(request, secret, path(id_))
        try:
            opened, reader = await registry.read(_opened, id_, person, reader_of(request), secret)
        except NotFound:
            return _absent(request)
        if TOKEN in request.query_params and person is None:
            opened = replace(opened, expired=True)
        return respond(_TEMPLATES, "meeting.html", shown_meeting.meeting_page(opened, reader, other_of(request)))

    return [
        Route(LIST, listing, methods=["GET"]),
        Route(MONTH, month, methods=["GET"]),
        Route(PATH, one, methods=["GET"]),
    ]


def _listed(session: Session, wanted: dict[str, str]) -> Listed:
    series = wanted.get("series")
    if series:
        _require_series(session, series)
    groups = almanac.chosen(session, wanted.get("group"), wanted.get("council"))
    listing = almanac.past if "past" in wanted else almanac.coming
    found = listing(session, ANYBODY, groups, int(series) if series else None)
    taken = almanac.decided(session, (view.id for view in found)) if "past" in wanted else {}
    decided = {id_: firm for id_, all_ in taken.items() if (firm := [text for text, draft in all_ if not draft])}
    return Listed(found, almanac.choices(session), decided, clock.today(session))


def _require_series(session: Session, typed: str) -> None:
    """Raises NotFound for what is no series."""
    if not typed.isdecimal() or len(typed) > _DIGITS or session.get(Series, int(typed)) is None:
        raise NotFound(typed)


def _of_month(session: Session, first: date) -> tuple[tuple[MeetingView, ...], date]:
    return almanac.month(session, first, ANYBODY), clock.today(session)


def _opened(session: Session, id_: str, person: str | None, reader: Reader, secret: str) -> tuple[Opened, Reader]:
    """What whoever looks is given, and how they read it: where they are. Raises NotFound."""
    known = recipients(session, [person]).get(person) if person else None
    actor = Actor(known.name, known.person, known.email) if known else ANYBODY
    view = meetings.meeting(session, id_, actor)
    try:
        invitees = meetings.invitees(session, id_, actor)
    except Forbidden:
        invitees = None
    over = view.ends_at is not None and view.ends_at <= clock.now(session)
    file = file_of(view, over=over)
    if known and file:
        file = address("", secret, known.person, file, clock.real() + GOOD_FOR)
    reader = Reader(reader.locale, known.zone if known else DEFAULT_ZONE, actor.person)
    decided = tuple((wording.marked(reader), draft) for wording, draft in almanac.decided(session, [id_]).get(id_, ()))
    opened = Opened(
        view,
        invitees,
        almanac.agenda(session, id_),
        decided,
        file,
        expired=False,
        known=known is not None,
        over=over,
    )
    if invitees is None or view.cancelled:
        return opened, reader
    return replace(opened, prepared=agenda.agenda(session, id_, actor), minutes=written(session, id_, actor)), reader


def _absent(request: Request) -> Response:
    reader = reader_of(request)
    _ = reader.gettext
    told = _("The registry has no such meeting, group or month. All upcoming meetings are at {address}.", address=Words.verbatim(LIST))
    return respond(_TEMPLATES, "refusal.html", refusal(reader, other_of(request), _("There is nothing here"), told), 404)
