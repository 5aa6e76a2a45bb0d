"""Calendars to subscribe to, and the file of one meeting. What everybody may know stands under an address that says what it is; what is
one person's own, under a secret one, or one that is signed.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.registry import Registry
from bot.web.personal import reader_of, whose
from cadre.core import clock
from cadre.core.errors import NotFound
from cadre.core.i18n import LOCALES, Language
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.meetings import calendars, feeds, invitations, wording
from cadre.meetings.calendars import Shelf, Style
from cadre.meetings.views import MeetingView
from cadre.notices.recipients import recipients

ALL: Final = "/calendars/all.ics"
GROUP: Final = "/calendars/groups/{id}.ics"
COUNCIL: Final = "/calendars/councils/{id}.ics"
PERSON: Final = "/calendars/people/{id}.ics"
FILE: Final = "/meetings/{id}.ics"
OFF: Final = "/meetings/{id}/off.ics"
"""For whoever it was cancelled for, or who need not come."""
FORMER: Final = "/meetings/{id}/former.ics"
"""The series that a meeting was of before it became one of another."""
_KEPT: Final = 256
"""Calendars that are kept in memory, the least asked for goes first: some hundred kilobytes each at most."""
_CALENDAR: Final = "text/calendar; charset=utf-8"
_PUBLIC: Final = {"Cache-Control": "public, max-age=300", "Vary": "Accept-Language", "X-Content-Type-Options": "nosniff"}
_OWN: Final = {
    "Cache-Control": "private, no-cache",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}
"""A program asks each time whether it is still the same, and no other keeps it."""
_Draw = Callable[[Session, str, Reader], tuple[Words, Shelf]]
_File = Callable[[Session, str, str | None, Reader, str], bytes]


@dataclass(frozen=True, slots=True)
class Kept:
    """A calendar as it is sent."""

    content: bytes
    etag: str

    @classmethod
    def of(cls, content: bytes) -> Kept:
        """With the tag by which a program knows that it has it already."""
        return cls(content, f'"{hashlib.sha256(content).hexdigest()[:32]}"')


@dataclass(frozen=True, slots=True)
class _Key:
    """All that a calendar depends on. ``stamp``: what changes without a new revision of the registry."""

    feed: str
    of: str
    language: Language
    revision: int
    day: date
    stamp: str = ""


class Shelves:
    """Calendars that were drawn, until anything of them is another: a feed that is asked for a hundred times is drawn once."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._kept: OrderedDict[_Key, Kept] = OrderedDict()

    def public(self, session: Session, feed: str, of: str, reader: Reader) -> Kept:
        """A calendar that everybody may read. Raises NotFound."""
        return self._drawn(session, _Key(feed, of, reader.language, *_now(session)), _DRAWN[feed], reader)

    def own(self, session: Session, token: str) -> Kept:
        """The calendar that a secret opens, in its owner's language. Raises NotFound."""
        found = feeds.opened(session, token)
        known = recipients(session, [found.person])[found.person]
        key = _Key(PERSON, found.person, known.language, *_now(session), found.stamp)
        return self._drawn(session, key, _own, Reader(LOCALES[known.language], known.zone, known.person))

    def _drawn(self, session: Session, key: _Key, draw: _Draw, reader: Reader) -> Kept:
        if found := self._kept.get(key):
            return found  # not moved to the end: other threads may be at it; what is current was drawn late anyway
        name, shelf = draw(session, key.of, reader)
        found = Kept.of(calendars.calendar(shelf, Style(reader, base=self._base, name=name)))
        self._kept[key] = found
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return found


def _now(session: Session) -> tuple[int, date]:
    return session.info["revision"], clock.today(session)


def _everything(session: Session, of: str, reader: Reader) -> tuple[Words, Shelf]:
    return reader.gettext("Meetings of the Joint Councils"), feeds.everything(session)


def _of_group(session: Session, of: str, reader: Reader) -> tuple[Words, Shelf]:
    name, shelf = feeds.of_group(session, of)
    return reader.gettext("Meetings: {name}", name=name.for_(reader)), shelf


def _of_council(session: Session, of: str, reader: Reader) -> tuple[Words, Shelf]:
    name, shelf = feeds.of_council(session, of)
    return reader.gettext("Meetings: {name}", name=wording.with_groups(name, reader)), shelf


def _own(session: Session, of: str, reader: Reader) -> tuple[Words, Shelf]:
    return reader.gettext("My meetings of the Joint Councils"), feeds.of_person(session, of)


_DRAWN: Final[dict[str, _Draw]] = {ALL: _everything, GROUP: _of_group, COUNCIL: _of_council}


def file_of(view: MeetingView, *, over: bool) -> str | None:
    """Where the file of a meeting is, as it stands: of one that was cancelled only for whoever was to come; None where there is none."""
    held = view.facts.held
    if over or held is None or held.first != held.last:
        return None
    if view.cancelled:
        return OFF.format(id=view.id) if view.mine or view.in_place_of else None
    return FILE.format(id=view.id)


def file_name(view: MeetingView, reader: Reader) -> Words:
    """What the link to it is called."""
    return reader.gettext("Remove from my calendar") if view.cancelled else reader.gettext("Add to my calendar")


def own_address(base: str, token: str) -> str:
    """Where somebody subscribes to their own calendar. ``base``: where the web pages are; ``token``: as ``feeds.make`` gave it."""
    return f"{base.rstrip('/')}{PERSON.format(id=token)}"


def routes(registry: Registry, secret: str, base: str = "") -> list[Route]:
    """The addresses of calendars. ``secret``: what links are signed with; ``base``: where the web pages are, where people are told."""
    shelves = Shelves(base)

    def public(feed: str) -> Route:
        async def endpoint(request: Request) -> Response:
            reader = reader_of(request)
            try:
                found = await registry.read(shelves.public, feed, request.path_params.get("id", ""), reader)
            except NotFound:
                return Response(status_code=404)
            return _answer(request, found, _PUBLIC)

        return Route(feed, endpoint, methods=["GET"])

    async def own(request: Request) -> Response:
        try:
            found = await registry.read(shelves.own, request.path_params["id"])
        except NotFound:
            return Response(status_code=404)
        return _answer(request, found, _OWN)

    def file(path: str, draw: _File) -> Route:
        async def endpoint(request: Request) -> Response:
            id_, person = request.path_params["id"], whose(request, secret, request.url.path)
            try:
                content = await registry.read(draw, id_, person, reader_of(request), base)
            except NotFound:
                return Response(status_code=404)
            return _answer(request, Kept.of(content), _OWN, f"{id_}.ics")

        return Route(path, endpoint, methods=["GET"])

    files = (file(path, draw) for path, draw in ((FORMER, former), (OFF, off), (FILE, one)))
    return [*map(public, _DRAWN), Route(PERSON, own, methods=["GET"]), *files]


def one(session: Session, id_: str, person: str | None, reader: Reader, base: str) -> bytes:
    """The file of one meeting, with all of its series: as it stands for whoever is invited. Raises NotFound."""
    entry, shelf, guest = feeds.of_meeting(session, id_, person)
    if person and guest:
        return invitations.standing(session, id_, person=person, reader=reader, base=base).content
    return calendars.calendar(shelf if shelf.series else Shelf((entry,)), Style(reader, base=base))


def off(session: Session, id_: str, person: str | None, reader: Reader, base: str) -> bytes:
    """What takes a meeting out of the calendar of whoever the link is signed for; for anybody else, its file. Raises NotFound."""
    if person is None:
        return one(session, id_, None, reader, base)
    return invitations.standing(session, id_, person=person, reader=reader, base=base).content


def former(session: Session, id_: str, person: str | None, reader: Reader, base: str) -> bytes:
    """What ends the earlier series in the calendar of whoever the link is signed for. Raises NotFound, also for anybody else."""
    if person is None:
        raise NotFound(id_)
    return invitations.former(session, id_, person=person, reader=reader, base=base).content


def _answer(request: Request, found: Kept, headers: dict[str, str], name: str | None = None) -> Response:
    """https://www.rfc-editor.org/rfc/rfc9110#name-if-none-match: nothing but the tag for a program that has it already."""
    headers = headers | {"ETag": found.etag}
    known = {each.strip().removeprefix("W/") for each in request.headers.get("if-none-match", "").split(",")}
    if found.etag in known or "*" in known:
        return Response(status_code=304, headers=headers)
    if name:
        headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return Response(found.content, media_type=_CALENDAR, headers=headers)
