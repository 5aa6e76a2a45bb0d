"""``/cadre map``: the framework, or what is around one priority, group or council, drawn and told."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Final, ParamSpec, TypeVar

from aiohttp import ClientError

from bot import modals
from bot.blocks import Message as Post
from bot.blocks import section, unpacked
from bot.door import Door
from bot.framework import map_views as views
from bot.slack import FileRefused, SlackError
from bot.visit import Visit, Where
from cadre.core.errors import Message
from cadre.core.i18n import Language
from cadre.core.words import Words
from cadre.framework import asking, drawing, telling
from cadre.framework.asking import Asked, Found, Several
from cadre.framework.drawing import DrawingFailed
from cadre.framework.graph import Graph

P = ParamSpec("P")
T = TypeVar("T")
log: Final = logging.getLogger("cadre.framework")
_PEN: Final = ThreadPoolExecutor(1, thread_name_prefix="pen")
"""The drawing process draws one picture at a time: whoever waits for it holds no other thread."""
_DRAWING: Final = Message("The picture is being drawn.")
_NOT_DRAWN: Final = Message("I am sorry: the picture could not be drawn. Here is the same in words.")
_MORE: Final = Message(
    "There are more pictures than fit here; the whole is on the web page, and /cadre map of a name shows what is around it."
)
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
    visit.answered_as = visit.in_(value.get("lang", ""))
    await _answer(visit, Asked(value[views.OF], value.get("when", ""), "sequence" in value))


async def neighbour(visit: Visit) -> None:
    """What was chosen in the menu of what is next to it."""
    spot = unpacked(visit.action["block_id"].partition(":")[2])
    visit.answered_as = visit.in_(spot.get("lang", ""))
    await _answer(visit, Asked(visit.action["selected_option"]["value"], spot.get("when", "")))


async def subject(visit: Visit) -> None:
    """What an answer was about, on the map."""
    value = unpacked(visit.action["value"])
    visit.answered_as = visit.in_(value.get("lang", ""))
    await _answer(visit, Asked(value[views.OF]))


async def page(visit: Visit) -> None:
    """The browser opens the page by itself."""


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
    web = None if open_ else _on_the_web(visit, found)
    told = await _aside(views.in_words, found, reader)
    ts = await visit.slack.post(channel, views.message(told, (), _DRAWING.for_(reader), web, reader), thread)
    await _in_thread(visit, told, channel, thread or ts)
    pictures, note = await _pictures(visit, found)
    await visit.slack.update(channel, ts, views.message(told, pictures, note, web, reader))


async def _in_thread(visit: Visit, told: views.Told, channel: str, thread: str) -> None:
    """What of the words did not fit under the pictures: message by message, or where it is very long as a text."""
    if len(told.parts) <= views.MESSAGES:
        for each in views.further(told):
            await visit.slack.post(channel, each, thread)
        return
    try:
        await visit.slack.upload(channel, f"{_stem(told.found)}.txt", views.text(told), told.title, thread)
    except (FileRefused, SlackError, ClientError, TimeoutError) as problem:
        log.warning("the words of a map could not be sent: %s", problem)
        for each in views.further(told):
            await visit.slack.post(channel, each, thread)


async def _aside(make: Callable[P, T], *given: P.args, **more: P.kwargs) -> T:
    """What takes its time with a thousand groups is not done where everybody waits for it."""
    return await asyncio.get_running_loop().run_in_executor(_PEN, partial(make, *given, **more))


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
        graphs, drawn = await _aside(_drawn, found, reader.language)
    except DrawingFailed as problem:
        log.warning("a map could not be drawn: %s", problem)
        return [], _NOT_DRAWN.for_(reader)
    try:
        files = [await visit.slack.picture(f"{_stem(found)}-{n}.png", content, graph.alt) for n, (graph, content) in enumerate(drawn, 1)]
        note = None if len(drawn) == graphs else _MORE.for_(reader)
        return list(zip(files, (graph for graph, _content in drawn), strict=True)), note
    except (FileRefused, SlackError, ClientError, TimeoutError) as problem:
        log.warning("a map could not be sent: %s", problem)
        return [], _NOT_SHOWN.for_(reader)


def _drawn(found: Found, language: Language) -> tuple[int, list[tuple[Graph, bytes]]]:
    """How many pictures there are, and the first of them. Raises DrawingFailed."""
    graphs = found.graphs(language)
    return len(graphs), [(each, drawing.draw(each, "png")) for each in graphs[: views.PICTURES]]


def _stem(found: Found) -> str:
    of = (found.subject or ("sequence" if found.sequence else "framework")).replace(":", "-")
    return f"{of}-{found.world.day.isoformat()}"


def _on_the_web(visit: Visit, found: Found) -> str | None:
    """The page of the same."""
    return visit.page(telling.address(found.subject) if found.subject else telling.ROOT, asking.query(found))
