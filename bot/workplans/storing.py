"""Storing what stands in a window: saved, confirmed, and what lies below drawn anew from the registry."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date
from typing import Concatenate, ParamSpec

from sqlalchemy.orm import Session

from bot import modals
from bot.blocks import Block, Modal, written
from bot.modals import Frame
from bot.visit import Visit
from bot.workplans import lists, mine, pages, reading, views, windows
from bot.workplans.meanwhile import Writing
from bot.workplans.views import parts
from cadre.core.errors import Invalid, Message
from cadre.core.marks import changed
from cadre.core.words import Words
from cadre.workplans.facts import Report
from cadre.workplans.meanwhile import Meanwhile

P = ParamSpec("P")


async def draw(visit: Visit, frame: Frame, note: Words | None = None, unsaved: Report | None = None) -> Modal:
    """A window as the registry has it now: a workplan, all activities of somebody, or the list. ``unsaved``: what stands in it still."""
    reader = visit.caller.reader
    if frame.about == views.MINE:
        sheets = await visit.registry.read(reading.own, visit.caller)
        return mine.window([_with(sheet, unsaved) for sheet in sheets], reader, frame, note)
    if frame.about:
        sheet = _with(await visit.registry.read(reading.sheet, frame.about, visit.caller), unsaved)
        person, links = visit.caller.actor.person, visit.links
        page = links.to(person, pages.path(sheet.seen.plan.id), reader.language) if links and person else None
        return views.plan(replace(sheet, page=page), reader, frame, note)
    return lists.listed(await visit.registry.read(reading.listing, visit.caller), reader, frame, note)


def _with(sheet: views.Sheet, unsaved: Report | None) -> views.Sheet:
    """The same, with what was typed of its activities and not saved."""
    if unsaved is None:
        return sheet
    typed: dict[int, dict[str, str]] = {}
    meanwhile: set[int] = set()
    for each in sheet.seen.plan.activities:
        state, note = unsaved.states.get(each.id), unsaved.notes.get(each.id)
        if state is not None or note is not None:
            typed[each.id] = ({} if state is None else {views.STATE: state}) | ({} if note is None else {views.NOTE: note})
            if changed(unsaved.shown.get(each.id, {}), windows.going(each, unsaved.language)):
                meanwhile.add(each.id)
    return replace(sheet, typed=typed, meanwhile=frozenset(meanwhile))


async def saved(
    visit: Visit,
    frame: Frame,
    again: Callable[[Meanwhile], Awaitable[Modal]],
    fn: Callable[Concatenate[Session, P], object],
    *args: P.args,
    **kwargs: P.kwargs,
) -> Modal | None:
    """Save what stands in a window. Where somebody changed it meanwhile, the window is shown ``again``, and the one below as it is now."""
    return await _stored(visit, frame, again, fn, *args, **kwargs) or _back(visit, frame)


async def settled(
    visit: Visit,
    frame: Frame,
    told: tuple[Words, Words],
    again: Callable[[Meanwhile], Awaitable[Modal]],
    fn: Callable[Concatenate[Session, P], object],
    *args: P.args,
    **kwargs: P.kwargs,
) -> Modal:
    """The same, with a receipt."""
    return await _stored(visit, frame, again, fn, *args, **kwargs) or receipt(visit, frame, *told)


async def _stored(
    visit: Visit,
    frame: Frame,
    again: Callable[[Meanwhile], Awaitable[Modal]],
    fn: Callable[Concatenate[Session, P], object],
    *args: P.args,
    **kwargs: P.kwargs,
) -> Modal | None:
    try:
        await visit.write(fn, *args, **kwargs)
    except Meanwhile as problem:
        _draw_below(visit, frame)
        return await again(problem)
    return None


def writing(visit: Visit) -> Writing:
    """What the window that was filled in keeps of itself."""
    return Writing.unpacked(visit.body["view"]["private_metadata"])


def filled(visit: Visit) -> Block:
    """What stands in the fields of a window, under their plain names: one that shows what somebody else wrote has another."""
    return {name.partition(":")[0]: held for name, held in visit.state.items()}


def _back(visit: Visit, frame: Frame) -> Modal | None:
    """The window below shows what was saved; where there is none, a receipt does."""
    _ = visit.caller.reader.gettext
    if not frame.under:
        return windows.receipt(_("Saved"), _("It is saved."), visit.caller.reader)
    _draw_below(visit, frame)
    return None


def receipt(visit: Visit, frame: Frame, heading: Words, told: Words) -> Modal:
    """What was stored; the window below shows it too. Where there is none, the workplan is one click away."""
    if frame.under:
        _draw_below(visit, frame)
    return windows.receipt(heading, told, visit.caller.reader, "" if frame.under else parts(frame.about)[0])


def _draw_below(visit: Visit, frame: Frame) -> None:
    if frame.under:
        modals.redraw_below(visit, lambda: draw(visit, Frame.unpacked(frame.under)))


def day_of(state: Block, block: str) -> date | None:
    """The day that was chosen in a field. Raises Invalid for what is no day."""
    text = written(state, block)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as problem:
        raise Invalid(**{block: Message("Choose a day.")}) from problem


def required_day(state: Block, block: str) -> date:
    """The same. Raises Invalid where none was."""
    day = day_of(state, block)
    if day is None:
        raise Invalid(**{block: Message("Choose a day.")})
    return day


def whole_number(state: Block, block: str) -> int:
    """The number that was typed into a field. Raises Invalid for anything else."""
    text = written(state, block)
    if not text.lstrip("-").isdecimal():
        raise Invalid(**{block: Message("Write a whole number.")})
    return int(text)


def by_field(problem: Invalid, view: Block) -> dict[str, Message]:
    """What is wrong, under the full names of the fields: the service knows them as ``state:12`` and ``note:12``."""
    names = [block["block_id"] for block in view["blocks"]]
    return {next((name for name in names if name.startswith(f"{field}:")), field): told for field, told in problem.fields.items()}
