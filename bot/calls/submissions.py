"""Windows about calls that were filled in: stored, confirmed, and the window below drawn anew from the registry."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from bot import modals
from bot.blocks import Block, Modal, picked, written
from bot.calls import pages, reading, views, windows
from bot.door import Door
from bot.modals import Frame, frame_of
from bot.visit import Visit
from cadre.calls import service as calls
from cadre.calls.facts import CallFacts
from cadre.calls.meanwhile import TEXTS, merged
from cadre.calls.reading import call_row
from cadre.core.errors import Invalid, Message
from cadre.core.words import Words


def register(door: Door) -> None:
    """At the door."""
    forms = {
        windows.START: start,
        windows.WHAT_FIRST: what_first,
        windows.WHAT: what,
        windows.WHO: who,
        windows.SCHEDULING: schedule,
        windows.OPENING: open_now,
        windows.CLOSING: close,
        windows.EXTENSION: extend,
        windows.CANCELLATION: cancel,
        windows.REMOVAL: remove,
    }
    modals.register_forms(door, forms, windows.missing)


async def draw(visit: Visit, frame: Frame, note: Words | None = None) -> Modal:
    """A window as the registry has it now: a call, or the list."""
    reader = visit.caller.reader
    if not frame.about:
        return views.listed_calls(await visit.registry.read(reading.listing, visit.caller), reader, frame, note)
    return views.call(await sheet(visit, frame.number), reader, frame, note)


async def sheet(visit: Visit, id_: int) -> reading.Sheet:
    """A call, with the addresses of its page and its letter where whoever looks may open them. Raises NotFound, Forbidden."""
    reader = visit.caller.reader
    found = await visit.registry.read(reading.sheet, id_, visit.caller)
    person, links = visit.caller.actor.person, visit.links
    if links and person and found.call.opened_at:
        page = links.to(person, pages.path(id_), reader.language)
        letter = links.to(person, f"{pages.path(id_)}/letter.docx", reader.language) if found.letter_open else None
        return replace(found, page=page, letter=letter)
    return found


async def start(visit: Visit) -> Modal:
    """A new call: a draft with all that is proposed, so that nothing is lost from here on. What it says comes next."""
    state, view = visit.state, visit.body["view"]
    kind, _, id_ = written(state, windows.SOURCE).partition(":")
    made = await visit.write(
        calls.begin,
        group=id_ if kind == windows.GROUP else None,
        priority=id_ if kind == windows.PRIORITY else None,
        name_en=written(state, "name_en"),
        name_fr=written(state, "name_fr"),
        view_id=view["id"],
    )
    frame = Frame(str(made.id), under=Frame(str(made.id)).packed() if frame_of(visit).under else "")
    _draw_below(visit, frame)
    draft = await visit.registry.read(reading.draft, made.id, visit.caller)
    return windows.what(draft, visit.caller.reader, frame, first=True)


async def what_first(visit: Visit) -> Modal:
    """What a new call says; who it is for comes next."""
    frame = _writing(visit)
    await _save(visit, frame, _texts(visit.state))
    _draw_below(visit, frame)
    return windows.who(await visit.registry.read(reading.draft, frame.number, visit.caller), visit.caller.reader, frame)


async def what(visit: Visit) -> Modal | None:
    """What a call says."""
    frame = _writing(visit)
    await _save(visit, frame, _texts(visit.state))
    return await _back(visit, frame, visit.caller.reader.gettext("Saved."))


async def who(visit: Visit) -> Modal | None:
    """Whom it seeks and invites, and when."""
    frame, state = _writing(visit), visit.state
    settings = picked(state, windows.SETTINGS)
    typed: dict[str, Any] = {
        "roles": picked(state, "roles"),
        "seats": _number(state, "seats"),
        "seats_each": _number(state, "seats_each"),
        **{name: name in settings for name in ("capped", "confirms", "public")},
        "first_meeting": written(state, "first_meeting"),
        **{name: picked(state, name) for name in ("chairs", "councils", "jurisdictions", "channels")},
        **{name: _moment(state, name) for name in ("opens_at", "closes_at")},
    }
    if typed["councils"] and not typed["jurisdictions"]:
        typed["jurisdictions"] = await visit.registry.read(calls.invited, typed["councils"])
    held = (await visit.registry.read(reading.draft, frame.number, visit.caller)).call
    there, before = tuple(each.id for each in held.jurisdictions), tuple(id_ for id_, _name in held.councils)
    if set(typed["jurisdictions"]) == set(there):  # nobody chose among them: they follow the councils
        typed["jurisdictions"] = await visit.registry.read(calls.invited_instead, before, tuple(typed["councils"]), there)
    await _save(visit, frame, typed)
    return await _back(visit, frame, visit.caller.reader.gettext("Saved."))


async def schedule(visit: Visit) -> Modal | None:
    """It opens by itself."""
    frame, reader = frame_of(visit), visit.caller.reader
    call = await visit.write(calls.schedule, frame.number)
    assert call.opens_at  # one without is refused
    return await _back(visit, frame, reader.gettext("Scheduled: it opens by itself, {moment}.", moment=reader.moment(call.opens_at)))


async def open_now(visit: Visit) -> Modal | None:
    """It opens at once."""
    frame, reader = frame_of(visit), visit.caller.reader
    call = await visit.write(calls.open_now, frame.number)
    number = Words.verbatim(call.number or "")
    return await _back(visit, frame, reader.gettext("The call is open. Its letter has the number {number}.", number=number))


async def close(visit: Visit) -> Modal | None:
    """It closes at once."""
    frame = frame_of(visit)
    await visit.write(calls.close_now, frame.number)
    return await _back(visit, frame, visit.caller.reader.gettext("The call is closed."))


async def extend(visit: Visit) -> Modal | None:
    """It closes later than was said."""
    frame, state, reader = frame_of(visit), visit.state, visit.caller.reader
    moment = _moment(state, "closes_at")
    if moment is None:
        raise Invalid(closes_at=Message("Choose a moment."))
    await visit.write(calls.extend, frame.number, moment, written(state, "reason_en"), written(state, "reason_fr"))
    return await _back(visit, frame, reader.gettext("There is time until {moment}.", moment=reader.moment(moment)))


async def cancel(visit: Visit) -> Modal | None:
    """It is ended without members."""
    frame, state = frame_of(visit), visit.state
    await visit.write(calls.cancel, frame.number, written(state, "reason_en"), written(state, "reason_fr"))
    return await _back(visit, frame, visit.caller.reader.gettext("The call is cancelled."))


async def remove(visit: Visit) -> Modal | None:
    """A draft is thrown away; what lies below is the list then."""
    frame = frame_of(visit)
    await visit.write(calls.remove_draft, frame.number)
    return await _back(
        visit, Frame(under=Frame().packed() if frame.under else ""), visit.caller.reader.gettext("The draft is thrown away.")
    )


async def _save(visit: Visit, frame: windows.Writing, typed: dict[str, Any]) -> CallFacts:
    """What was changed in one window of a draft; what stands in the other, or was changed meanwhile by somebody else, stays as it is."""

    def save(session: Session) -> CallFacts:
        call_row(session, frame.number, lock=True)
        held = calls.call(session, frame.number, visit.caller.actor)
        return calls.save_draft(session, replace(reading.form_of(held), **merged(held, typed, frame.shown)))

    return await visit.write(save)


def _writing(visit: Visit) -> windows.Writing:
    return windows.Writing.unpacked(visit.body["view"]["private_metadata"])


def _texts(state: Block) -> dict[str, Any]:
    """The texts that have a field in the window."""
    return {
        f"{text}_{language}": written(state, f"{text}_{language}") for text in TEXTS for language in ("en", "fr") if f"{text}_en" in state
    }


async def _back(visit: Visit, frame: Frame, note: Words) -> Modal | None:
    """The window below shows what was done; where there is none, this one does."""
    if not frame.under:
        return await draw(visit, Frame(frame.about), note)
    _draw_below(visit, frame, note)
    return None


def _draw_below(visit: Visit, frame: Frame, note: Words | None = None) -> None:
    modals.redraw_below(visit, lambda: draw(visit, Frame.unpacked(frame.under), note))


def _moment(state: Block, block: str) -> datetime | None:
    text = written(state, block)
    return datetime.fromtimestamp(int(text), UTC) if text else None


def _number(state: Block, block: str) -> int | None:
    text = written(state, block)
    if text and not text.isdecimal():
        raise Invalid(**{block: Message("Write a whole number.")})
    return int(text) if text else None
