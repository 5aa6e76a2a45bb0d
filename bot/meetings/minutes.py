"""The minutes of a meeting, by buttons and windows: written, circulated, corrected, approved."""

from __future__ import annotations

from bot import modals
from bot.blocks import Modal, written
from bot.door import Door
from bot.meetings import minutes_windows as windows
from bot.meetings import prep_actions
from bot.meetings.agenda import again, arranges, back, draw, is_agenda
from bot.modals import Frame, clicked, frame_of, in_window, push
from bot.visit import Visit
from cadre.core.bilingual import Bilingual
from cadre.core.i18n import LANGUAGES
from cadre.meetings import minutes
from cadre.meetings.minutes import Meanwhile


def register(door: Door) -> None:
    """At the door."""
    clicks = {
        prep_actions.MINUTES: open_,
        prep_actions.WRITE: write,
        prep_actions.CIRCULATE: circulate,
        prep_actions.STANDS: stands,
        prep_actions.CORRECT: correct,
        prep_actions.APPROVE: approve,
        prep_actions.ASIDE: set_aside,
    }
    forms = {windows.MINUTES_FORM: save, windows.CORRECTION_FORM: send_correction, windows.APPROVAL_FORM: save_approval}
    modals.register_clicks(door, clicks)
    modals.register_forms(door, forms)


async def open_(visit: Visit) -> None:
    """The minutes: in place of the agenda, because Slack takes three windows at most; else over the window in which the click was."""
    frame = clicked(visit)
    if in_window(visit) and is_agenda(frame.under):
        about = Frame(f"minutes:{frame.about}", under=frame_of(visit).under)
        return await modals.redraw(visit, lambda: draw(visit, about))
    return await push(visit, await draw(visit, Frame(f"minutes:{frame.about}", under=frame.under)))


async def write(visit: Visit) -> None:
    """The window in which they are written; it remembers which version it was drawn from."""
    frame = clicked(visit)
    await arranges(visit, frame.about)
    view = await visit.registry.read(minutes.minutes, frame.about, visit.caller.actor)
    version = view.facts.version if view.facts else 0
    await push(visit, windows.write(view.text, visit.caller.reader, Frame(frame.about, version, frame.under)))


async def circulate(visit: Visit) -> None:
    """To all who are invited."""
    of, _, heard = clicked(visit).about.partition(":")
    await visit.write(minutes.circulate, of, heard=int(heard) if heard else None)
    await again(visit, visit.caller.reader.gettext("Circulated: everybody who is invited is told."))


async def stands(visit: Visit) -> None:
    """The other language is right as it is."""
    await visit.write(minutes.stands, clicked(visit).about)
    await again(visit, visit.caller.reader.gettext("Noted: both languages are right as they stand."))


async def correct(visit: Visit) -> None:
    """The window in which somebody says what is wrong."""
    frame = clicked(visit)
    view = await visit.registry.read(minutes.minutes, frame.about, visit.caller.actor)
    await push(visit, windows.correct(view, visit.caller.reader, frame))


async def approve(visit: Visit) -> None:
    """The window in which the meeting is chosen that approved them."""
    frame = clicked(visit)
    of, _, at = frame.about.partition(":")
    await arranges(visit, of)
    view = await visit.registry.read(minutes.minutes, of, visit.caller.actor)
    await push(visit, windows.approve(view, visit.caller.reader, Frame(of, under=frame.under), at))


async def set_aside(visit: Visit) -> None:
    """A correction is not taken up."""
    await visit.write(minutes.set_aside, clicked(visit).number)
    await again(visit, visit.caller.reader.gettext("Set aside: whoever asked for it is told."))


async def save(visit: Visit) -> Modal | None:
    """What was written. Where somebody wrote meanwhile, theirs is shown, and nothing of either is lost."""
    frame, reader = frame_of(visit), visit.caller.reader
    english, french = (windows.written_in(visit.state, language) for language in LANGUAGES)
    try:
        await visit.write(minutes.save, frame.about, english, french, version=frame.start)
    except Meanwhile as problem:
        text = Bilingual(english or None, french or None)
        return windows.write(text, reader, Frame(frame.about, problem.facts.version, frame.under), problem.facts)
    return await back(visit, reader.gettext("Saved. It is a draft until it is approved."))


async def send_correction(visit: Visit) -> Modal | None:
    """What is wrong, to whoever chairs the meeting."""
    await visit.write(minutes.correct, frame_of(visit).about, written(visit.state, "text"))
    return await back(visit, visit.caller.reader.gettext("Sent to those who chair the meeting."))


async def save_approval(visit: Visit) -> Modal | None:
    """They are approved."""
    await visit.write(minutes.approve, frame_of(visit).about, written(visit.state, "meeting"))
    return await back(visit, visit.caller.reader.gettext("The minutes are approved."))
