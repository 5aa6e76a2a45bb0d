"""``/cadre changes since Charlottetown`` and ``/cadre snapshots``: what changed, between which meetings, as a file, and what was kept."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from bot import modals, uploads
from bot.blocks import Message, Modal, section
from bot.door import Door, Listener
from bot.framework import changes_views as views
from bot.framework.changes_pages import CHANGES
from bot.modals import Frame
from bot.visit import Visit, Where
from cadre.core.errors import Invalid
from cadre.core.text import fold
from cadre.core.words import Words
from cadre.framework import change_files, changing, kept
from cadre.framework import difference_wording as wording
from cadre.framework.changing import Changed
from cadre.framework.said import spoken, spoken_in

_BARE: Final = ("changes", "changements")


def register(door: Door) -> None:
    """At the door."""
    clicks = {
        views.SINCE: between,
        views.UNTIL: between,
        views.FILE: file,
        views.OPEN: open_,
        views.SNAPSHOTS: open_snapshots,
        views.TAKE: take,
        views.PAGE: page,
    }
    modals.register_clicks(door, clicks)


def compares(name: str, sentence: str) -> bool:
    """Whether what follows the verb says since when: all else that begins so is a question. Some names say it themselves."""
    return name not in _BARE or spoken(sentence) is not None


def opener(question: Listener) -> Listener:
    """What changed since the last in-person meeting, or between what is named. ``question``: takes what begins so and asks something else:
    "what changed since March in the Framework Working Group?".
    """

    async def changes(visit: Visit) -> None:
        since, until = spoken_in(visit.text) or ("", "")
        try:
            found = await _found(visit, since, until)
        except Invalid:
            if _bare(visit.text):
                raise
            visit.answered_as = None
            return await question(visit)
        return await visit.whisper(views.message(found, _on_the_web(visit, found), visit.reply_reader))

    return changes


def _bare(text: str) -> bool:
    """Whether it is a command and no question."""
    return fold(text).strip(" /").startswith(_BARE)


async def snapshots(visit: Visit) -> None:
    """The snapshots; where a message was written, no window can be opened: a button opens it."""
    if "trigger_id" in visit.body:
        await visit.open_modal(lambda: _snapshots(visit, Frame()))
    else:
        await visit.whisper(views.snapshots_message(await visit.registry.read(kept.snapshots), visit.reply_reader))


async def _found(visit: Visit, since: str, until: str = "") -> Changed:
    return await visit.registry.read(changing.changed, since, until, visit.caller.actor)


def _on_the_web(visit: Visit, found: Changed) -> str | None:
    """The page of the same."""
    return visit.page(CHANGES, urlencode({"since": found.since.key, "until": found.until.key}))


async def between(visit: Visit) -> None:
    """Another end was chosen: the message is drawn anew, in its language."""
    value = visit.action["selected_option"]["value"]
    language, since, until = views.chosen(visit.action["action_id"], value, visit.action["block_id"])
    visit.answered_as = visit.in_(language)
    found = await _found(visit, since, until)
    await visit.replace(views.message(found, _on_the_web(visit, found), visit.reply_reader))


async def file(visit: Visit) -> None:
    """All of it as a file, in the conversation with Cadre."""
    format_, language, since, until = views.file_of(visit.action["value"])
    reader = visit.answered_as = visit.in_(language)
    found = await _found(visit, since, until)
    content = change_files.written(found, format_, reader)
    uploads.sends(visit, change_files.name(found, format_, reader), content, wording.title(found, reader))
    told = reader.gettext("The file is on its way to your conversation with me.")
    if modals.in_window(visit):
        await modals.redraw(visit, lambda: _window(visit, found, modals.frame_of(visit), told))
    elif visit.place.where is not Where.DIRECT:
        await visit.whisper(Message(told, (section(told),)))


async def open_(visit: Visit) -> None:
    """What changed since a snapshot, over the list of them."""
    found = await _found(visit, visit.action["value"])
    await modals.push(visit, await _window(visit, found, modals.clicked(visit)))


async def _window(visit: Visit, found: Changed, frame: Frame, note: Words | None = None) -> Modal:
    return views.window(found, _on_the_web(visit, found), visit.reply_reader, frame, note)


async def open_snapshots(visit: Visit) -> None:
    """The list of snapshots, or another page of it."""
    frame = Frame.unpacked(visit.action.get("value") or "")
    await modals.show(visit, lambda: _snapshots(visit, frame))


async def _snapshots(visit: Visit, frame: Frame, note: Words | None = None) -> Modal:
    found = await visit.registry.read(kept.snapshots)
    return views.snapshots(found, visit.caller.reader, frame, takes=visit.caller.secretariat, note=note)


async def take(visit: Visit) -> None:
    """The framework as it is now is kept. Raises Forbidden for anyone but the secretariat."""
    before = await visit.registry.read(kept.snapshots, limit=1)
    taken = await visit.write(kept.take)
    note = views.taken(taken, visit.caller.reader, again=taken in before)
    await modals.redraw(visit, lambda: _snapshots(visit, Frame(), note))


async def page(visit: Visit) -> None:
    """The browser opens the page by itself."""
