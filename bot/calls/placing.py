"""The secretariat says of which jurisdiction somebody is who only said so themselves. The service checks who may."""

from __future__ import annotations

from dataclasses import replace

from bot import modals
from bot.blocks import Modal, written
from bot.calls import actions, ending, places, reading, secretariat, windows
from bot.door import Door
from bot.modals import Frame, clicked, frame_of, push
from bot.visit import Visit
from cadre.calls import service as calls
from cadre.calls import wording
from cadre.calls.facts import SignUpFacts
from cadre.core.reader import Reader
from cadre.core.words import Words


def register(door: Door) -> None:
    """At the door."""
    modals.register_clicks(door, {actions.PLACE: confirm, actions.MISPLACED: misplaced})
    modals.register_forms(door, {places.CORRECTED: corrected}, windows.missing)


async def confirm(visit: Visit) -> None:
    """It is as they said, with one click."""
    done = await visit.write(calls.confirm_jurisdiction, int(visit.action["value"]))
    await modals.redraw(visit, lambda: secretariat.draw(visit, frame_of(visit), _told(done, visit.caller.reader)))


async def misplaced(visit: Visit) -> None:
    """The window in which another is chosen."""
    offer = await visit.registry.read(reading.offer, int(visit.action["value"]), visit.caller)
    frame = clicked(visit)
    await push(visit, places.correct(offer, visit.caller.reader, replace(frame, about=str(offer.id))))


async def corrected(visit: Visit) -> Modal:
    """It is another than they said."""
    frame, reader = frame_of(visit), visit.caller.reader
    done = await visit.write(calls.confirm_jurisdiction, frame.number, written(visit.state, "jurisdiction"))
    if frame.under:
        modals.redraw_below(visit, lambda: secretariat.draw(visit, Frame.unpacked(frame.under)))
    return ending.receipt(reader.gettext("Saved"), [_told(done, reader)], reader)


def _told(done: SignUpFacts, reader: Reader) -> Words:
    where = wording.place(done.jurisdiction, reader) if done.jurisdiction else Words.verbatim("")
    return reader.gettext("{name} takes part for {jurisdiction}: confirmed.", name=Words.verbatim(done.person.name), jurisdiction=where)
