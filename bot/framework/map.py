"""``/cadre map``: the framework, or what is around one priority, group or council, drawn and told."""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from aiohttp import ClientError

from bot import modals
from bot.blocks import Message as Post
from bot.blocks import section, unpacked
from bot.door import Door
from bot.framework import map_views as views
from bot.slack import FileRefused, SlackError
from bot.visit import Visit, Where
from cadre.core.errors import Message
from cadre.core.i18n import is_language
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.framework import asking, drawing, telling
from cadre.framework.asking import Asked, Found, Several
from cadre.framework.drawing import DrawingFailed
from cadre.framework.graph import Graph

log: Final = logging.getLogger("cadre.framework")
_PEN: Final = ThreadPoolExecutor(1, thread_name_prefix="pen")
"""The drawing process draws one picture at a time: whoever waits for it holds no other thread."""
_DRAWING: Final = Message("The picture is being drawn.")
_NOT_DRAWN: Final = Message("I am sorry: the picture could not be drawn. Here is the same in words.")
_NOT_SHOWN: Final = Message("I am sorry: Slack did not take the picture. Here is the same in words.")


def register(door: Door) -> None:
    """At the door."""
    clicks = {views.SHOW: show, views.NEIGHBOUR: neighbour, views.SUBJECT: subject, views.PAGE: page}
    modals.register_clicks(door, clicks)


async def map_(visit: Visit) -> None:
    """The map that the sentence after the verb asks for."""
    await _answer(visit, asking.asked(visit.rest))


async def show(visit: Visit) -> None:
    """Another map, by a button under one."""
    value = unpacked(visit.action["value"])
    visit.answered_as = _in(visit, value.get("lang", ""))
    await _answer(visit, Asked(value[views.OF], value.get("when", ""), "sequence" in value))


async def neighbour(visit: Visit) -> None:
    """What was chosen in the menu of what is next to it."""
    spot = unpacked(visit.action["block_id"].partition(":")[2])
    visit.answered_as = _in(visit, spot.get("lang", ""))
    await _answer(visit, Asked(visit.action["selected_option"]["value"], spot.get("when", "")))


async def subject(visit: Visit) -> None:
    """What an answer was about, on the map."""
    value = unpacked(visit.action["value"])
    visit.answered_as = _in(visit, value.get("lang", ""))
    await _answer(visit, Asked(value[views.OF]))


async def page(visit: Visit) -> None:
    """The browser opens the page by itself."""


def _in(visit: Visit, language: str) -> Reader:
    own = visit.caller.reader
    return own.in_language(language) if is_language(language) else own


async def _answer(visit: Visit, wanted: Asked) -> None:
    """In words at once, then with the pictures above them. What others will see is what everybody may know."""
    open_, reader = visit.place.where is Where.THREAD, visit.reply_reader
    try:
        found = await visit.registry.read(asking.found, wanted, None if open_ else visit.caller.actor)
    except Several as several:
        names = await visit.registry.read(asking.names, several.subjects)
        await visit.whisper(views.which([(each, name.for_(reader)) for each, name in names], wanted.when, reader))
        return
    channel, thread = await _where(visit)
    web = _on_the_web(visit, found)
    ts = await visit.slack.post(channel, views.message(found, (), _DRAWING.for_(reader), web, reader), thread)
    pictures, note = await _pictures(visit, found)
    await visit.slack.update(channel, ts, views.message(found, pictures, note, web, reader))


async def _where(visit: Visit) -> tuple[str, str | None]:
    """Where the map is posted: where it was asked for; what one person sees goes to their conversation with Cadre, where it stays."""
    place = visit.place
    if place.where in (Where.THREAD, Where.DIRECT) and place.channel:
        return place.channel, place.thread
    own = await visit.slack.conversation_with(place.user)
    if place.where is Where.ASIDE and place.channel != own:
        told = visit.reply_reader.gettext("The map is in your conversation with me.")
        await visit.say(Post(told, (section(told),)))
    return own, None


async def _pictures(visit: Visit, found: Found) -> tuple[list[tuple[str, Graph]], Words | None]:
    """The files that Slack holds, each with what it shows; else what to say instead."""
    reader = visit.reply_reader
    try:
        graphs = found.graphs(reader.language)
        drawn = await asyncio.get_running_loop().run_in_executor(_PEN, lambda: [drawing.draw(each, "png") for each in graphs])
    except DrawingFailed as problem:
        log.warning("a map could not be drawn: %s", problem)
        return [], _NOT_DRAWN.for_(reader)
    try:
        named = zip(graphs, drawn, strict=True)
        return [
            (await visit.slack.picture(_name(found, n), content, graph.alt), graph) for n, (graph, content) in enumerate(named, 1)
        ], None
    except (FileRefused, SlackError, ClientError, TimeoutError) as problem:
        log.warning("a map could not be sent: %s", problem)
        return [], _NOT_SHOWN.for_(reader)


def _name(found: Found, number: int) -> str:
    of = (found.subject or ("sequence" if found.sequence else "framework")).replace(":", "-")
    return f"{of}-{number + 1}.png"


def _on_the_web(visit: Visit, found: Found) -> str | None:
    """The page of the same: for those whom it can be signed for."""
    if visit.links is None or visit.caller.reader.person is None:
        return None
    path = telling.address(found.subject) if found.subject else telling.ROOT
    address = visit.links.to(visit.caller.reader.person, path, visit.reply_reader.language)
    return f"{address}&{query}" if (query := asking.query(found)) else address
