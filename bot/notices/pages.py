"""The coming weeks on a web page, for the secretariat: who would get what, and when. By a signed link, as all personal pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.notices import windows
from bot.registry import Registry
from bot.web.personal import Other, Page, about, expired, other_of, reader_of, refusal, whose
from bot.web.templates import environment, respond
from cadre.core.bilingual import Bilingual
from cadre.core.changes import seen_by
from cadre.core.errors import Forbidden, NotFound
from cadre.core.reader import Actor, Reader
from cadre.core.words import Words
from cadre.notices import preview
from cadre.notices.preview import Foreseen
from cadre.notices.recipients import recipients
from cadre.notices.rules import Kind

PATH: Final = "/notices/ahead"
_TEMPLATES: Final = environment(Path(__file__).with_name("templates"))


@dataclass(frozen=True, slots=True)
class Day:
    """A day, and the messages that it would bring."""

    name: Words
    messages: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """A week, with how many messages it would bring, and those of its days. Each is folded: all of them fill a hundred telephones."""

    name: Words
    days: tuple[Day, ...]


@dataclass(frozen=True, slots=True)
class AheadPage(Page):
    """Who would get what in the coming weeks."""

    heading: Words
    summary: Words
    remarks: tuple[Words, ...]
    by_person: Words
    persons: Words
    people: tuple[Words, ...]
    by_day: Words
    weeks: tuple[Week, ...]


def routes(registry: Registry, secret: str, kinds: tuple[Kind, ...], *, email: bool) -> list[Route]:
    """The address of the page. ``secret``: what links are signed with; ``email``: there is a mail server."""
    return [Route(PATH, _endpoint(registry, secret, kinds, email), methods=["GET"])]


def _endpoint(registry: Registry, secret: str, kinds: tuple[Kind, ...], email: bool) -> Callable[[Request], Awaitable[Response]]:
    async def ahead(request: Request) -> Response:
        """Whether somebody still acts for the secretariat is asked of the registry each time."""
        reader, other = reader_of(request), other_of(request)
        person = whose(request, secret, PATH)
        if person is None:
            return respond(_TEMPLATES, "refusal.html", expired(reader, other), 403)
        try:
            found, names = await registry.read(_read, person, kinds)
        except (Forbidden, NotFound):
            told = reader.gettext("Only the secretariat may do this. Write to one of its members.")
            return respond(_TEMPLATES, "refusal.html", refusal(reader, other, reader.gettext("There is nothing here for you"), told), 404)
        return respond(_TEMPLATES, "ahead.html", ahead_page(found, names, reader, other, email=email))

    return ahead


def _read(session: Session, person: str, kinds: tuple[Kind, ...]) -> tuple[tuple[Foreseen, ...], Mapping[str, Bilingual]]:
    known = recipients(session, [person]).get(person)
    if known is None:
        raise NotFound(person)
    found = seen_by(Actor(known.name, person, known.email), preview.preview)(session, kinds)
    return found, preview.names(session, found, kinds)


def ahead_page(found: Sequence[Foreseen], names: Mapping[str, Bilingual], reader: Reader, other: Other, *, email: bool) -> AheadPage:
    """The page, as somebody reads it."""
    _ = reader.gettext
    people = Counter(each.recipient for each in found)
    return AheadPage(
        language=Words.verbatim(reader.language),
        title=_("Look ahead"),
        about=about(reader),
        other=other,
        heading=_("Look ahead"),
        summary=windows.total(len(found), reader),
        remarks=tuple(windows.remarks(reader, email=email)),
        by_person=_("How many messages a person"),
        persons=reader.ngettext("{n} person", "{n} people", len(people)),
        people=tuple(windows.messages_of(each.name, n, reader) for each, n in people.most_common()),
        by_day=_("Who would get what, and when"),
        weeks=tuple(
            _week(monday, tuple(messages), names, reader)
            for monday, messages in groupby(found, key=lambda each: each.day - timedelta(each.day.weekday()))
        ),
    )


def _week(monday: date, messages: Sequence[Foreseen], names: Mapping[str, Bilingual], reader: Reader) -> Week:
    n = len(messages)
    name = reader.ngettext("Week of {monday}: {n} message", "Week of {monday}: {n} messages", n, monday=reader.date(monday))
    days = tuple(
        Day(reader.date(day, weekday=True).sentence, tuple(windows.message(each, names, reader) for each in of_day))
        for day, of_day in groupby(messages, key=lambda each: each.day)
    )
    return Week(name, days)
