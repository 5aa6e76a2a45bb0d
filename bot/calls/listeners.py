"""``/cadre call``, and the clicks of the secretariat around a call. Submissions stand in ``submissions``."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from bot import modals
from bot.blocks import Modal, Option
from bot.calls import actions, answering, placing, preview, reading, secretariat, submissions, views, windows
from bot.calls.reading import Draft
from bot.door import Door, Listener
from bot.modals import Frame, clicked, push
from bot.visit import Visit
from cadre.calls import service
from cadre.calls.facts import CallState
from cadre.calls.rights import REPRESENTATIVE
from cadre.calls.rules import ANSWERABLE
from cadre.core.errors import Forbidden
from cadre.core.reader import Reader

_Build: TypeAlias = Callable[[Draft, Reader, Frame], Modal]


def register(door: Door) -> None:
    """At the door; those who answer and the grid bring their own."""
    clicks = {
        actions.OPEN: open_,
        actions.LETTER: letter,
        actions.LIST: list_,
        actions.PAGE: page,
        actions.NEW: new,
        actions.NEW_FOR: new_for,
        actions.EDIT: edit,
        actions.PREVIEW: preview_,
        actions.SCHEDULE: _step(windows.schedule, "draft"),
        actions.OPEN_NOW: _step(windows.open_now, "draft", "scheduled"),
        actions.BACK: back_to_draft,
        actions.CLOSE: _step(windows.close, "open"),
        actions.EXTEND: _step(windows.extend, *ANSWERABLE),
        actions.CANCEL: _step(windows.cancel, "draft", "scheduled", *ANSWERABLE),
        actions.REMOVE: _step(windows.remove, "draft", "scheduled", "cancelled"),
    }
    modals.register_clicks(door, clicks)
    door.lookups[actions.JURISDICTIONS] = jurisdictions
    submissions.register(door)
    answering.register(door)
    secretariat.register(door)
    placing.register(door)


async def calls(visit: Visit) -> None:
    """The calls; where a message was written, no window can be opened: a button opens it."""
    if "trigger_id" in visit.body:
        known = visit.caller.actor.person is not None or visit.caller.secretariat
        note = None if known else visit.caller.reader.gettext("To answer a call, tell me who you are first: /cadre me.")
        await visit.open_modal(lambda: submissions.draw(visit, Frame(), note))
    else:
        listing = await visit.registry.read(reading.listing, visit.caller)
        await visit.whisper(views.message(listing, visit.reply_reader))


async def begin(visit: Visit) -> None:
    """The window in which a call is begun, at once; where no window can be opened, the calls, with the button that opens it."""
    if "trigger_id" not in visit.body:
        return await calls(visit)
    sources = await visit.registry.read(reading.sources, visit.caller)
    return await push(visit, windows.start(sources, visit.caller.reader, Frame()))


async def open_(visit: Visit) -> None:
    """A call."""
    await modals.show(visit, lambda: submissions.draw(visit, Frame(visit.action["value"])))


async def letter(visit: Visit) -> None:
    """The way to the official letter, which is signed for whoever asks, and may read it."""
    sheet = await submissions.sheet(visit, int(visit.action["value"]))
    if not sheet.letter_open:
        raise Forbidden(REPRESENTATIVE)

    async def view() -> Modal:
        return views.letter(sheet, visit.caller.reader)

    await modals.show(visit, view)


async def list_(visit: Visit) -> None:
    """The list, from its beginning or from a later call on."""
    await modals.show(visit, lambda: submissions.draw(visit, Frame(start=int(visit.action.get("value") or 0))))


async def page(visit: Visit) -> None:
    """The browser opens the page by itself; and the buttons of a preview do nothing."""


async def new(visit: Visit) -> None:
    """The window in which a call is begun."""
    sources = await visit.registry.read(reading.sources, visit.caller)
    await push(visit, windows.start(sources, visit.caller.reader, Frame(under=clicked(visit).under)))


async def new_for(visit: Visit) -> None:
    """The same, with the priority chosen that another window is about."""
    sources = await visit.registry.read(reading.sources, visit.caller)
    chosen = f"{windows.PRIORITY}:{visit.action['value']}"
    await push(visit, windows.start(sources, visit.caller.reader, Frame(), chosen))


async def edit(visit: Visit) -> None:
    """One of the two windows in which a call is written."""
    window = windows.who if visit.action["action_id"].endswith(":who") else windows.what
    await _step(window)(visit)


async def preview_(visit: Visit) -> None:
    """How it will look."""
    draft = await visit.registry.read(reading.draft, clicked(visit).number, visit.caller)
    await push(visit, preview.window(draft, visit.caller.reader, linked=visit.links is not None))


async def back_to_draft(visit: Visit) -> None:
    """It does not open after all, for now."""
    call = await visit.write(service.back_to_draft, int(visit.action["value"]))
    note = visit.caller.reader.gettext("It is a draft again, and does not open by itself.")
    await modals.redraw(visit, lambda: submissions.draw(visit, Frame(str(call.id)), note))


async def jurisdictions(visit: Visit, typed: str) -> list[Option]:
    """Governments and municipal bodies by the letters typed."""
    found = await visit.registry.read(reading.places, typed)
    return [windows.place(each, visit.caller.reader) for each in found]


def _step(build: _Build, *states: CallState) -> Listener:
    """A click that opens one window about a call, in the states in which that can be done; in others it says how the call stands."""

    async def opened(visit: Visit) -> None:
        frame = clicked(visit)
        draft = await visit.registry.read(reading.draft, frame.number, visit.caller, email=visit.email)
        if states and draft.call.state not in states:
            raise await visit.registry.read(service.refusal, frame.number)
        await push(visit, build(draft, visit.caller.reader, frame))

    return opened
