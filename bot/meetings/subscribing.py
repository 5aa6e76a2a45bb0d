"""One's own calendar: a secret address that a calendar program subscribes to, shown once; another ends it, and so does a click."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot import modals
from bot.blocks import Block, Modal, actions, button, context, section
from bot.door import Door
from bot.meetings import actions as of
from bot.meetings.calendar_pages import own_address
from bot.visit import Visit
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.meetings import feeds


def register(door: Door) -> None:
    """At the door."""
    modals.register_clicks(door, {of.CALENDAR: calendar, of.CALENDAR_NEW: new, of.CALENDAR_END: end})


async def calendar(visit: Visit) -> None:
    """Whether there is one, and the ways to make or end it."""
    made = await visit.registry.read(feeds.made_at, visit.caller.actor)
    await modals.push(visit, _window(made, visit.caller.reader, ()))


async def new(visit: Visit) -> None:
    """Its address, this once."""
    reader = visit.caller.reader
    assert visit.links  # the button is there only where people reach the web pages
    token = await visit.write(feeds.make)
    address = Words.verbatim(own_address(visit.links.base, token))
    told = (reader.gettext("Subscribe to this address in your calendar program. Keep it to yourself; it is shown this once:"), address)
    await _shown(visit, told)


async def end(visit: Visit) -> None:
    """The address opens nothing any more."""
    await visit.write(feeds.revoke)
    await _shown(visit, (visit.caller.reader.gettext("The address opens nothing any more."),))


async def _shown(visit: Visit, told: tuple[Words, ...]) -> None:
    made = await visit.registry.read(feeds.made_at, visit.caller.actor)
    view = _window(made, visit.caller.reader, told)
    await visit.slack.update_view(visit.body["view"]["id"], view)


def _window(made: datetime | None, reader: Reader, told: tuple[Words, ...]) -> Modal:
    return Modal(reader.gettext("My calendar"), tuple(_blocks(made, reader, told)), close=reader.gettext("Back"))


def _blocks(made: datetime | None, reader: Reader, told: tuple[Words, ...]) -> Iterator[Block]:
    _ = reader.gettext
    yield from (section(text) for text in told)
    yield section(_("Your calendar program shows the meetings to which you are invited, with how to join, and follows each change."))
    if made is None:
        yield from actions(button(_("Make an address"), of.CALENDAR_NEW, style="primary"))
        return
    yield from context(_("You have an address since {moment}.", moment=reader.moment(made)))
    yield from actions(button(_("Another address"), of.CALENDAR_NEW), button(_("End the address"), of.CALENDAR_END, style="danger"))
    yield from context(_("Another address ends the one that you have."))
