"""Windows about meetings that were filled in: stored, confirmed, and drawn anew from the registry."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time
from typing import Any, Final

from bot import modals
from bot.blocks import Modal, picked, written
from bot.door import Door
from bot.meetings import calendar_pages, lists, pages, reading, views, windows
from bot.meetings.reading import PAST, Sheet
from bot.meetings.windows import ONCE, ONWARDS, Shape
from bot.modals import Frame
from bot.visit import Visit
from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.core.errors import Invalid, Message
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.meetings import service as meetings
from cadre.meetings.service import Rsvp
from cadre.meetings.views import MeetingForm, MeetingView, Repeat

_TEXTS: Final = ("title_en", "title_fr", "place_en", "place_fr", "results_en", "results_fr", "link", "joining")


def register(door: Door) -> None:
    """At the door."""
    forms = {
        windows.ARRANGED: arranged,
        windows.CANCELLED: cancelled,
        windows.STANDS_IN: stands_in,
        windows.REGISTERED: registered,
        windows.RECORDED: recorded,
    }
    modals.register_forms(door, forms)


async def draw(visit: Visit, frame: Frame, note: Words | None = None) -> Modal:
    """A window as the registry has it now: a meeting, or the list."""
    reader = visit.caller.reader
    if frame.about == PAST:
        return lists.past_meetings(await visit.registry.read(reading.past, visit.caller), reader, frame)
    if frame.about.startswith(reading.SERIES):
        id_ = int(frame.about.removeprefix(reading.SERIES))
        found, following = await visit.registry.read(reading.of_series, id_, visit.caller)
        return lists.whole_series(found, following, reader, frame)
    if not frame.about:
        listing = await visit.registry.read(reading.listing, visit.caller)
        own = replace(listing, subscribes=visit.links is not None and visit.caller.actor.person is not None)
        return lists.listed_meetings(own, reader, frame, note)
    sheet = await visit.registry.read(reading.sheet, frame.about, visit.caller)
    person = visit.caller.actor.person
    if visit.links and person:
        path = calendar_pages.file_of(sheet.view, over=sheet.over)
        file = visit.links.to(person, path, reader.language) if path else None
        sheet = replace(sheet, page=visit.links.to(person, pages.path(frame.about), reader.language), file=file)
    return views.meeting(sheet, reader, frame, note)


async def arranged(visit: Visit) -> Modal:
    """A meeting is arranged or changed: first it is shown what its time means for everybody, then it is stored."""
    shape, reader = shape_of(visit), visit.caller.reader
    known = await visit.registry.read(reading.sheet, shape.meeting, visit.caller) if shape.meeting else None
    form = _form(visit, shape, known)
    onwards = written(visit.state, "scope") == ONWARDS
    try:
        around = await visit.registry.read(reading.checked, form, visit.caller, shape.meeting or None, onwards=onwards)
    except Invalid as problem:
        if set(problem.fields) != {"fold"}:
            raise
        around = await visit.registry.read(reading.around, form, visit.caller, shape.meeting or None)
        return windows.arrange(form, around, reader, shape, fold=True)
    now = mark(form, onwards=onwards)
    if now != shape.shown and (around.begins or around.elsewhere):
        note = reader.gettext("Nothing is stored yet. Look at what this time means for everybody, then send it once more.")
        return windows.arrange(form, around, reader, replace(shape, shown=now), fold=form.fold is not None, note=note)
    if not shape.meeting:
        made = await visit.write(meetings.schedule, form, view_id=visit.body["view"]["id"])
        return await _back(visit, made, _invited(made, reader))
    people, why = shape.people.split(), _why(visit.state)
    try:
        made = await visit.write(meetings.change, shape.meeting, form, shown=shape.revision, why=why, onwards=onwards, people=people)
    except meetings.Meanwhile as problem:
        return await _meanwhile(visit, form, replace(shape, shown=now), problem)
    told = reader.gettext("Saved. Those who are invited are told what changed.")
    return await _back(visit, made, told)


async def _meanwhile(visit: Visit, form: MeetingForm, shape: Shape, problem: meetings.Meanwhile) -> Modal:
    """Somebody else was first: what they changed is shown over what was typed, which can be saved all the same."""
    reader = visit.caller.reader
    changed = await visit.registry.read(reading.meanwhile, shape.meeting, shape.revision)
    now = await visit.registry.read(reading.sheet, shape.meeting, visit.caller)
    around = await visit.registry.read(reading.around, form, visit.caller, shape.meeting)
    fresh = replace(shape, revision=now.view.revision)
    view = windows.arrange(form, around, reader, fresh)
    return replace(
        view, blocks=(*windows.meanwhile(problem, now, changed, reader), *view.blocks), submit=reader.gettext("Save all the same")
    )


def _invited(made: MeetingView, reader: Reader) -> Words:
    return reader.ngettext("Invited: {n} person.", "Invited: {n} people.", made.counts.invited)


async def cancelled(visit: Visit) -> Modal:
    """A meeting does not take place, or none of its series from it on."""
    shape, reader = shape_of(visit), visit.caller.reader
    onwards = written(visit.state, "scope") == ONWARDS
    made = await visit.write(meetings.cancel, shape.meeting, _why(visit.state), shown=shape.revision, onwards=onwards)
    return await _back(visit, made, reader.gettext("Cancelled. Those who were invited are told."))


async def stands_in(visit: Visit) -> Modal:
    """Somebody else comes in one's place."""
    person = written(visit.state, "stands_in")
    if not person:
        raise Invalid(stands_in=Message("Choose somebody."))
    shape = shape_of(visit)
    made = await visit.write(meetings.respond, shape.meeting, Rsvp("declined", stands_in=person), shown=shape.revision)
    return await _back(visit, made, visit.caller.reader.gettext("Noted. Whoever comes in your place is told."))


async def registered(visit: Visit) -> Modal:
    """Somebody comes to a meeting in person, or does not."""
    state = visit.state
    answer: Any = written(state, "answer")
    rsvp = Rsvp(
        answer,
        stands_in=written(state, "stands_in") or None,
        diet=written(state, "diet"),
        access=written(state, "access"),
        interpretation=written(state, "interpretation") == "yes",
    )
    shape = shape_of(visit)
    made = await visit.write(meetings.respond, shape.meeting, rsvp, shown=shape.revision)
    return await _back(visit, made, visit.caller.reader.gettext("Your registration is stored."))


async def recorded(visit: Visit) -> Modal:
    """The secretariat records an answer."""
    state = visit.state
    answer: Any = written(state, "answer")
    rsvp = Rsvp(
        answer,
        person=written(state, "person"),
        stands_in=written(state, "stands_in") or None,
        way=written(state, "way"),
        said_by=written(state, "said_by") or None,
        diet=written(state, "diet"),
        access=written(state, "access"),
        interpretation={"yes": True, "no": False}.get(written(state, "interpretation")),
    )
    shape = shape_of(visit)
    made = await visit.write(meetings.respond, shape.meeting, rsvp, shown=shape.revision)
    return await _back(visit, made, visit.caller.reader.gettext("Recorded, and confirmed to whoever the answer is of."))


async def _back(visit: Visit, made: MeetingView, note: Words) -> Modal:
    """The meeting, in place of the window that was filled in; what lies below is drawn anew too."""
    frame = Frame(made.id)
    under = shape_of(visit).under
    if under:
        modals.redraw_below(visit, lambda: draw(visit, Frame.unpacked(under)))
    return await draw(visit, frame, note)


def shape_of(visit: Visit) -> Shape:
    """What the window keeps that was filled in."""
    return Shape.unpacked(visit.body["view"]["private_metadata"])


def _form(visit: Visit, shape: Shape, known: Sheet | None) -> MeetingForm:
    """What was typed. ``known``: the meeting, where it is changed; of a crowd that is invited to it nobody is taken out."""
    state = visit.state
    day, at, last, month = (written(state, name) for name in ("day", "at", "last_day", "month"))
    people = picked(state, "invited")
    if shape.crowd and known:
        people = tuple(dict.fromkeys((*(each.person.id for each in known.invitees or ()), *people)))
    fold = written(state, "fold")
    return MeetingForm(
        group=known.view.facts.group if known else written(state, "group"),
        kind="in_person" if shape.kind == "in_person" else "teleconference",
        **{name: written(state, name) for name in _TEXTS},
        day=date.fromisoformat(day) if day else None,
        at=time.fromisoformat(at) if at else None,
        zone=written(state, "zone"),
        fold=int(fold) if fold else None,
        minutes=int(written(state, "minutes")),
        month=PartialDate.parse(month) if month else None,
        last_day=date.fromisoformat(last) if last else None,
        invited=people if known else people or None,
        repeat=_repeat(state),
    )


def _repeat(state: Mapping[str, Any]) -> Repeat | None:
    chosen, until = written(dict(state), "repeat"), written(dict(state), "until")
    if chosen in ("", ONCE):
        return None
    every, _, interval = chosen.partition(":")
    return Repeat(every, int(interval), date.fromisoformat(until) if until else None)  # type: ignore[arg-type]  # one of those offered


def _why(state: Mapping[str, Any]) -> Bilingual | None:
    english, french = (written(dict(state), f"reason_{language}") for language in ("en", "fr"))
    return Bilingual(english or None, french or None) if english or french else None


def mark(form: MeetingForm, *, onwards: bool = False) -> str:
    """A mark of all by which it is another time for somebody; ``onwards``: of all that come from one meeting of a series on."""
    of = (form.group, form.day, form.at, form.zone, form.fold, form.minutes, form.invited, form.repeat, onwards)
    return f"{zlib.crc32(repr(of).encode()):08x}"
