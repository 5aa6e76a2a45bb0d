"""Clicks and filled windows with which the secretariat carries out a decision."""

from __future__ import annotations

import dataclasses
from collections.abc import Awaitable, Callable
from typing import TypeAlias

from bot import modals
from bot.blocks import CHECKBOXES, Modal, Option, picked, written
from bot.door import Door
from bot.modals import Frame, clicked, frame_of, push
from bot.oversight import actions as of
from bot.oversight import carry_views as views
from bot.oversight.carry_views import Carried
from bot.visit import Visit
from cadre.core.errors import Invalid, Message
from cadre.core.words import Words
from cadre.oversight import carrying

Back: TypeAlias = Callable[[Visit, Frame, str, Words], Awaitable[Modal | None]]
"""How the window of a decision below is drawn anew, with a note; it is another capability's."""


class Carrying:
    """What is clicked and filled in. ``back``: to the window of the decision."""

    def __init__(self, back: Back) -> None:
        self._back = back

    def register(self, door: Door) -> None:
        """At the door."""
        modals.register_clicks(door, {of.CARRY: carry})
        door.lookups[views.GROUPS] = door.lookups[views.SUCCESSORS] = groups
        modals.register_forms(door, {views.CHOSEN: chosen, views.CARRIED: self.carried})

    async def carried(self, visit: Visit) -> Modal | None:
        """All of it is done, in one transaction."""
        frame, reader = Carried.of(visit), visit.caller.reader
        ticked = [key for start in range(0, frame.offered, CHECKBOXES) for key in picked(visit.state, f"{views.TICKED}{start}")]
        note, outcomes, unfinished = ((written(visit.state, f"{each}_en"), written(visit.state, f"{each}_fr")) for each in carrying.TEXTS)
        said = dataclasses.replace(frame.form(), note=note, outcomes=outcomes, unfinished=unfinished)
        form = dataclasses.replace(said, ticked=tuple(ticked), successors=picked(visit.state, "successors"))
        try:
            await visit.write(carrying.carry_out, frame.about, form, view_id=visit.body["view"]["id"])
        except carrying.Changed as problem:
            return views.preview(problem.preview, reader, frame, form)
        return await self._back(visit, Frame(under=frame.under), frame.about, reader.gettext("The decision is carried out."))


async def carry(visit: Visit) -> None:
    """What was agreed, where that is to be said; else all that it changes, at once."""
    frame, reader = clicked(visit), visit.caller.reader
    found = await visit.registry.read(carrying.options, frame.about, visit.caller.actor)
    if found.settled:
        await push(visit, await _previewed(visit, Carried(frame.about, under=frame.under)))
    else:
        await push(visit, views.choose(found, reader, frame))


async def chosen(visit: Visit) -> Modal | None:
    """All that what was chosen changes."""
    frame, state = frame_of(visit), visit.state
    choice = written(state, "choice")
    kept = Carried(
        frame.about,
        under=frame.under,
        choice="" if choice == views.AS_ASKED else choice,
        recommendation=written(state, "recommendation"),
        groups=picked(state, "groups"),
        priorities=picked(state, "priorities"),
        kind=written(state, "kind"),
    )
    if len(kept.packed()) > views.ROOM:
        raise Invalid(groups=Message("This is too much for one window: choose fewer groups or priorities at once."))
    return await _previewed(visit, kept)


async def groups(visit: Visit, typed: str) -> list[Option]:
    """Groups that go on, by the letters typed."""
    found = await visit.registry.read(carrying.groups, typed, Carried.of(visit).about)
    return [Option(each.name.for_(visit.caller.reader).sentence, each.id) for each in found]


async def _previewed(visit: Visit, frame: Carried) -> Modal:
    found = await visit.registry.read(carrying.preview, frame.about, frame.form(), visit.caller.actor)
    return views.preview(found, visit.caller.reader, frame)
