"""Messages that could not be sent, for the secretariat: counted in App Home, listed in a window, tried again or left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Final

from bot.blocks import IN_VIEW, Block, Modal, actions, button, context, cut, section
from bot.door import Door
from bot.modals import push, redraw, register_clicks
from bot.reasons import worded
from bot.visit import Visit
from cadre.core import clock
from cadre.core.changes import seen_by
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.notices import failures
from cadre.notices.failures import Failure
from cadre.notices.rules import Kind

UNSENT: Final = "notices.unsent"
AGAIN: Final = "notices.again"
LEAVE: Final = "notices.leave"
_LISTED: Final = (IN_VIEW - 2) // 2
_NAMED: Final = 3
_LONGEST: Final = 1000


def button_to(n: int, reader: Reader) -> tuple[Block, ...]:
    """The way to them; nothing where there are none."""
    return (button(reader.gettext("Could not be sent: {n}", n=n), UNSENT, style="danger"),) if n else ()


def what(each: Failure, reader: Reader) -> Words:
    """ "a message to Robin Ashgrove about Light the pier, and 2 more"."""
    _, whose = reader.gettext, Words.verbatim(each.channel or each.name or "")
    names = [_("“{text}”", text=name.marked(reader)) for name in each.about[:_NAMED]]
    more = len(each.about) - len(names)
    if more > 0:
        names.append(reader.ngettext("{n} more thing", "{n} more things", more))
    if each.channel:
        return (
            _("a post in the channel {channel} about {about}", channel=whose, about=reader.listed(names))
            if names
            else _("a post in the channel {channel}", channel=whose)
        )
    return _("a message to {name} about {about}", name=whose, about=reader.listed(names)) if names else _("a message to {name}", name=whose)


def again(at: datetime, reader: Reader, *, now: datetime) -> Words:
    """When it is tried again. ``at``: as ``failures.retry`` says."""
    if at <= now:
        return reader.gettext("It is tried again within seconds.")
    return reader.gettext("It is tried again when the working hours of whoever it is for begin: {moment}.", moment=reader.moment(at))


def window(found: Sequence[Failure], reader: Reader, told: Words | None = None) -> Modal:
    """All of them. ``told``: what was just done."""
    _ = reader.gettext
    blocks: list[Block] = [*([section(told)] if told else ())]
    for each in found[:_LISTED]:
        blocks += _one(each, reader)
    if not found:
        blocks.append(section(_("Everything was sent, or left.")))
    more = len(found) - _LISTED
    blocks += context(reader.ngettext("and {n} more", "and {n} more", more)) if more > 0 else ()
    return Modal(_("Could not be sent"), tuple(blocks), _("Close"))


def _one(each: Failure, reader: Reader) -> Iterator[Block]:
    _, value = reader.gettext, str(each.delivery)
    said = _(
        "{message}. Not sent: {reason} ({moment}).",
        message=Words.verbatim(cut(what(each, reader).sentence, _LONGEST)),
        reason=worded(each.reason, reader),
        moment=reader.moment(each.at),
    )
    yield section(said)
    yield from actions(button(_("Try again"), f"{AGAIN}:{value}", value), button(_("Leave it"), f"{LEAVE}:{value}", value))


def register(door: Door, kinds: tuple[Kind, ...]) -> None:
    """At the door."""

    async def listed(visit: Visit, told: Words | None = None) -> Modal:
        found = await visit.registry.read(seen_by(visit.caller.actor, failures.failures), kinds)
        return window(found, visit.caller.reader, told)

    async def open_(visit: Visit) -> None:
        await push(visit, await listed(visit))

    async def try_again(visit: Visit) -> None:
        at = await visit.registry.write(visit.caller.actor, failures.retry, int(visit.action["value"]))
        visit.later.append(visit.nudge)
        told = again(at, visit.caller.reader, now=await visit.registry.read(clock.now))
        await redraw(visit, partial(listed, visit, told))

    async def leave(visit: Visit) -> None:
        await visit.registry.write(visit.caller.actor, failures.leave, int(visit.action["value"]))
        await redraw(visit, partial(listed, visit))

    register_clicks(door, {UNSENT: open_, AGAIN: try_again, LEAVE: leave})
