"""Windows about questions that were filled in: stored, confirmed, and the window below drawn anew from the registry."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial

from bot import modals
from bot.blocks import Modal, picked, written
from bot.decisions import drawing, views, windows
from bot.decisions.drawing import back
from bot.decisions.windows import Writing
from bot.door import Door
from bot.modals import Frame, frame_of
from bot.visit import Visit
from cadre.core.errors import Invalid, Message
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.decisions import papers, putting, putting_times
from cadre.decisions.putting import HowForm, StartForm, TextForm


def register(door: Door) -> None:
    """At the door."""
    forms = {
        windows.START_FORM: start,
        windows.TEXTS_FORM: texts,
        windows.HOW_FORM: how,
        windows.ITEM_FORM: item,
        windows.PAPER_FORM: paper,
        windows.SEATS_FORM: seats,
        windows.SPEAKERS_FORM: speakers,
        windows.OPENING: open_now,
        windows.CLOSING: close,
        windows.EXTENSION: extend,
        windows.CANCELLATION: cancel,
        windows.REMOVAL: remove,
    }
    modals.register_forms(door, forms, views.missing)


async def start(visit: Visit) -> Modal | None:
    """A new question: a draft with all that is proposed, which is shown next."""
    state, frame = visit.state, frame_of(visit)
    kind, _, id_ = written(state, windows.SOURCE).partition(":")
    form = StartForm(
        council=written(state, "council"),
        kind=written(state, "kind"),
        category=id_ if kind == windows.SLIDE else None,
        recommendations=(id_,) if kind == windows.RECOMMENDATION else (),
        **_typed(visit, "title", "wording"),
        view_id=visit.body["view"]["id"],
    )
    made = await visit.write(putting.begin, form)
    if frame.under:
        modals.redraw_below(visit, partial(drawing.draw, visit, Frame.unpacked(frame.under)))
    told = visit.caller.reader.gettext("The draft is stored. Look it over, then let it open.")
    return await drawing.draw(visit, Frame(str(made.id)), told)


async def texts(visit: Visit) -> Modal | None:
    """Title and background."""
    frame = Writing.of(visit)
    await visit.write(putting.save_texts, frame.number, TextForm(**_typed(visit, "title", "background")), shown=frame.shown)
    return await _saved(visit, frame)


async def how(visit: Visit) -> Modal | None:
    """Rule, quorum, times, who sees the positions."""
    frame, state = Writing.of(visit), visit.state
    rule, quorum, sees = (written(state, name) or None for name in ("rule", "quorum", "sees"))
    form = HowForm(rule, quorum, sees, _moment(visit, "opens_at"), _moment(visit, "closes_at"))
    await visit.write(putting.save_how, frame.number, form, shown=frame.shown)
    return await _saved(visit, frame)


async def item(visit: Visit) -> Modal | None:
    """One thing that is asked."""
    frame = Writing.of(visit)
    question, _, held = frame.about.partition(":")
    english, french = _typed(visit, "wording").values()
    await visit.write(putting.save_item, int(question), int(held) if held else None, english, french, shown=frame.shown)
    return await _saved(visit, frame)


async def paper(visit: Visit) -> Modal | None:
    """A background paper."""
    frame = frame_of(visit)
    title, address = (pair(visit, name) for name in ("title", "address"))
    view_id = visit.body["view"]["id"]
    if version := written(visit.state, "version"):
        await visit.write(papers.add_version, frame.number, int(version), view_id=view_id)
    else:
        await visit.write(papers.add_paper, frame.number, title, address, view_id=view_id)
    return await _saved(visit, frame)


async def seats(visit: Visit) -> Modal | None:
    """Who is entitled to a position."""
    frame = Writing.of(visit)
    await visit.write(putting.set_seats, frame.number, picked(visit.state, "seats"), shown=frame.shown)
    return await _saved(visit, frame)


async def speakers(visit: Visit) -> Modal | None:
    """Who speaks for a seat."""
    frame = Writing.of(visit)
    question, _, seat = frame.about.partition(":")
    members, alternates = (picked(visit.state, name) for name in ("members", "alternates"))
    await visit.write(putting.set_speakers, int(question), int(seat), members, alternates, shown=frame.shown)
    return await _saved(visit, frame)


async def open_now(visit: Visit) -> Modal | None:
    """It opens at once."""
    return await _done(visit, putting_times.open_now, lambda reader: reader.gettext("The question is open."))


async def close(visit: Visit) -> Modal | None:
    """It closes at once."""
    return await _done(visit, putting_times.close_now, lambda reader: reader.gettext("The question is closed."))


async def _done(visit: Visit, step: Callable[..., object], told: Callable[[Reader], Words]) -> Modal | None:
    frame = frame_of(visit)
    await visit.write(step, frame.number)
    return await back(visit, frame, frame.about, told(visit.caller.reader))


async def extend(visit: Visit) -> Modal | None:
    """It closes later than was said."""
    frame, reader = frame_of(visit), visit.caller.reader
    moment = _moment(visit, "closes_at")
    if moment is None:
        raise Invalid(closes_at=Message("Choose a moment."))
    await visit.write(putting_times.extend, frame.number, moment, *pair(visit, "reason"))
    return await back(visit, frame, frame.about, reader.gettext("There is time until {moment}.", moment=reader.moment(moment)))


async def cancel(visit: Visit) -> Modal | None:
    """It is withdrawn."""
    frame = frame_of(visit)
    await visit.write(putting_times.cancel, frame.number, *pair(visit, "reason"))
    return await back(visit, frame, frame.about, visit.caller.reader.gettext("The question is withdrawn."))


async def remove(visit: Visit) -> Modal | None:
    """A draft is thrown away; what lies below is the list then."""
    frame = frame_of(visit)
    await visit.write(putting.remove_draft, frame.number)
    below = Frame(under=Frame().packed() if frame.under else "")
    return await back(visit, below, "", visit.caller.reader.gettext("The draft is thrown away."))


async def _saved(visit: Visit, frame: Frame) -> Modal | None:
    return await back(visit, frame, frame.about.partition(":")[0], visit.caller.reader.gettext("Saved."))


def _typed(visit: Visit, *names: str) -> Mapping[str, str]:
    """Texts in both languages, as they stand in the window."""
    return {f"{name}_{language}": written(visit.state, f"{name}_{language}") for name in names for language in ("en", "fr")}


def pair(visit: Visit, name: str) -> tuple[str, str]:
    """A text in English and in French, as it stands in the window."""
    return written(visit.state, f"{name}_en"), written(visit.state, f"{name}_fr")


def _moment(visit: Visit, block: str) -> datetime | None:
    text = written(visit.state, block)
    return datetime.fromtimestamp(int(text), UTC) if text else None
