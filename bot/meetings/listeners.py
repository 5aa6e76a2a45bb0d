"""``/cadre meet``, and clicks around meetings. Windows that were filled in stand in ``submissions``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Final, TypeAlias

from bot import modals, persons
from bot.blocks import Modal
from bot.door import Door, Listener
from bot.meetings import actions, lists, reading, submissions, subscribing, windows
from bot.meetings.reading import Right, Sheet
from bot.meetings.windows import Shape
from bot.modals import Frame, push, under
from bot.visit import Visit
from cadre.core.reader import Reader
from cadre.meetings import service as meetings
from cadre.meetings.service import Rsvp
from cadre.meetings.views import IN_PERSON, Answer, MeetingForm
from cadre.meetings.when import understood

_Build: TypeAlias = Callable[[Sheet, Reader, Shape], Modal]
_ASKS: Final = "reunion"
"""A verb that a question may begin with too."""
_ANY_DAY: Final = date(2000, 1, 1)


def register(door: Door) -> None:
    """At the door."""
    clicks = {
        actions.OPEN: open_,
        actions.LIST: list_,
        actions.PAST: past,
        actions.SERIES: series,
        actions.PAGE: page,
        actions.NEW: new,
        actions.NEW_IN_PERSON: new_in_person,
        actions.EDIT: edit,
        actions.CANCEL: _step(windows.cancel, "arranger"),
        actions.RECORD: _step(windows.record, "secretariat"),
        actions.STAND_IN: _step(windows.stand_in, "invited"),
        actions.REGISTER: _step(windows.register, "invited"),
        actions.ACCEPT: _answer("accepted"),
        actions.WHOLE: _answer("accepted", whole=True),
        actions.TENTATIVE: _answer("tentative"),
        actions.DECLINE: _answer("declined"),
        actions.DECLINE_WHOLE: _answer("declined", whole=True),
        actions.COME: _stands_in(comes=True),
        actions.STAY: _stands_in(comes=False),
    }
    modals.register_clicks(door, clicks)
    door.lookups[actions.PEOPLE] = persons.search
    submissions.register(door)
    subscribing.register(door)


def arranges(name: str, rest: str) -> bool:
    """Whether what follows the verb arranges a meeting: « réunion de Charlottetown » asks about one, unless it says at what time,
    how often, or that people come to one place.
    """
    heard = understood(rest, _ANY_DAY)
    return name != _ASKS or heard.in_person or heard.repeat is not None or bool(heard.times)


async def meet(visit: Visit) -> None:
    """A meeting is arranged, by a sentence where there is one; where no window can be opened, the meetings that come."""
    if "trigger_id" not in visit.body:
        listing = await visit.registry.read(reading.listing, visit.caller)
        return await visit.whisper(lists.message(listing, visit.reply_reader))
    return await visit.open_modal(lambda: _begin(visit, visit.rest))


async def _begin(visit: Visit, sentence: str, *, in_person: bool = False) -> Modal:
    """The form, filled with what a sentence says; for whoever arranges no meetings, those that come."""
    started = await visit.registry.read(reading.started, sentence, visit.caller)
    form = replace(started.form, kind=IN_PERSON) if in_person else started.form
    around = await visit.registry.read(reading.around, form, visit.caller)
    reader = visit.caller.reader
    if not around.groups:
        barred = await visit.registry.read(reading.barred, visit.caller)
        return await submissions.draw(visit, Frame(), lists.refusal(barred, sentence, reader))
    shape = Shape(kind=form.kind, shown=submissions.mark(form) if around.begins and around.meets else "", under=under(visit))
    note = None
    if started.foreign:
        note = reader.gettext("You do not arrange the meetings of this group: {group}", group=started.foreign.for_(reader))
    return windows.arrange(form, around, reader, shape, heard=started, note=note)


async def all_meetings(visit: Visit) -> None:
    """The meetings that come."""
    if "trigger_id" in visit.body:
        await visit.open_modal(lambda: submissions.draw(visit, Frame()))
    else:
        listing = await visit.registry.read(reading.listing, visit.caller)
        await visit.whisper(lists.message(listing, visit.reply_reader))


async def open_(visit: Visit) -> None:
    """A meeting."""
    await modals.show(visit, lambda: submissions.draw(visit, Frame(visit.action["value"])))


async def list_(visit: Visit) -> None:
    """The list, from its beginning or from a later meeting on."""
    await modals.show(visit, lambda: submissions.draw(visit, Frame(start=int(visit.action.get("value") or 0))))


async def past(visit: Visit) -> None:
    """The meetings that are over."""
    await modals.show(visit, lambda: submissions.draw(visit, Frame(reading.PAST)))


async def series(visit: Visit) -> None:
    """All of a series, from its beginning or from a later meeting on."""
    id_, _, start = visit.action["value"].partition(":")
    await modals.show(visit, lambda: submissions.draw(visit, Frame(f"{reading.SERIES}{id_}", start=int(start or 0))))


async def page(visit: Visit) -> None:
    """The browser opens the page by itself."""


async def new(visit: Visit) -> None:
    """The form of a teleconference."""
    await push(visit, await _begin(visit, ""))


async def new_in_person(visit: Visit) -> None:
    """The form of a meeting in person."""
    await push(visit, await _begin(visit, "", in_person=True))


async def edit(visit: Visit) -> None:
    """The form in which a meeting is changed."""
    id_, reader = visit.action["value"], visit.caller.reader
    sheet = await visit.registry.read(reading.sheet_for, id_, visit.caller, "arranger")
    form: MeetingForm = reading.form_of(sheet.view, sheet.invitees or ())
    around = await visit.registry.read(reading.around, form, visit.caller, id_)
    crowd = len(sheet.invitees or ()) > windows.CROWD
    shape = Shape(form.kind, id_, sheet.view.revision, submissions.mark(form), sheet.view.series is not None, crowd, under(visit))
    shape = replace(shape, people="" if crowd else " ".join(form.invited or ()))
    await push(visit, windows.arrange(form, around, reader, shape))


def _step(build: _Build, right: Right) -> Listener:
    """A click that opens one window about a meeting, for whoever may do there what it is for."""

    async def opened(visit: Visit) -> None:
        sheet = await visit.registry.read(reading.sheet_for, visit.action["value"], visit.caller, right)
        shape = Shape(sheet.view.facts.kind, sheet.view.id, sheet.view.revision, under=under(visit))
        await push(visit, build(sheet, visit.caller.reader, shape))

    return opened


def _answer(given: Answer, *, whole: bool = False) -> Listener:
    """A click with which somebody says whether they come. The message that it was in is drawn anew by others."""

    async def answered(visit: Visit) -> None:
        id_, _, seen = visit.action["value"].partition(":")
        made = await visit.write(meetings.respond, id_, Rsvp(given, whole=whole), shown=int(seen) if seen else None)
        note = visit.caller.reader.gettext("Your answer is stored.")
        await modals.redraw(visit, lambda: submissions.draw(visit, Frame(made.id), note))

    return answered


def _stands_in(*, comes: bool) -> Listener:
    """A click with which somebody says whether they come in another's place."""

    async def answered(visit: Visit) -> None:
        made = await visit.write(meetings.stand_in, visit.action["value"], comes=comes)
        _ = visit.caller.reader.gettext
        note = _("Your answer is stored.") if comes else _("Your answer is stored. Whoever named you hears of it.")
        await modals.redraw(visit, lambda: submissions.draw(visit, Frame(made.id), note))

    return answered
