"""``/cadre workplan``, and the clicks in workplans and in what people are told of them. Submissions stand in ``submissions``."""

from __future__ import annotations

from dataclasses import replace

from bot import modals, persons
from bot.blocks import Modal, Option
from bot.door import Door, Listener
from bot.modals import Frame, clicked, frame_of, push
from bot.visit import Visit
from bot.workplans import deciding, reading, storing, submissions, views, windows
from bot.workplans.meanwhile import UNCHANGED, Writing
from bot.workplans.views import parts
from cadre.core.errors import Conflict, Forbidden, Invalid
from cadre.core.words import Words
from cadre.workplans import rules
from cadre.workplans import service as workplans
from cadre.workplans.facts import ActivityFacts, ActivityState
from cadre.workplans.meanwhile import Meanwhile


def register(door: Door) -> None:
    """At the door."""
    clicks = {
        views.OPEN: open_,
        views.LIST: open_,
        views.PAGE: page,
        views.NOTHING_CHANGED: nothing_changed,
        views.COPY: copy,
        views.ACCEPT: accept,
        views.AIM: aim,
        views.ADD: activity,
        views.EDIT: activity,
        views.SUBMIT: submit,
        views.RETURN: return_,
        views.APPROVE: approve,
        views.UNAPPROVE: unapprove,
        views.MOVE: move,
        views.CYCLE: cycle,
        views.EXTEND: extend,
        views.REASSIGN: reassign,
        views.AT_RISK: at_risk,
        views.GRANT: grant,
        views.REFUSE: refuse,
        views.DONE: done,
        views.ON_TRACK: on_track,
    }
    modals.register_clicks(door, {action: _or_drawn(click) for action, click in clicks.items()})
    door.lookups[windows.CANDIDATES] = candidates
    submissions.register(door)


async def plans(visit: Visit) -> None:
    """My workplan, all activities of mine where I have several, or a choice of those that I may see.

    Where a message was written, no window can be opened: a button opens it. Raises Forbidden for somebody whom nobody knows yet.
    """
    if visit.caller.reader.person is None and not visit.caller.secretariat:
        raise Forbidden("known")
    if "trigger_id" not in visit.body:
        listing = await visit.registry.read(reading.listing, visit.caller)
        await visit.whisper(views.message(listing, visit.reply_reader))
        return

    async def build() -> Modal:
        listing = await visit.registry.read(reading.listing, visit.caller)
        return await storing.draw(visit, listing.first)

    await visit.open_modal(build)


async def open_(visit: Visit) -> None:
    """A workplan or the list: in the window in which the click was, else in a new one. What is typed there is not lost: it is saved."""
    frame, note = Frame.unpacked(visit.action.get("value") or ""), None
    if (visit.body.get("view") or {}).get("callback_id") == views.REPORT:
        kept = await submissions.keep(visit)
        if isinstance(kept, Modal):
            await visit.slack.update_view(visit.body["view"]["id"], kept)
            return
        note = submissions.saved_of(kept, visit.caller.reader) if kept.states or kept.notes else None
    await modals.show(visit, lambda: storing.draw(visit, frame, note))


async def page(visit: Visit) -> None:
    """The browser opens the page by itself."""


async def nothing_changed(visit: Visit) -> None:
    """All activities stand as they stood: said with one click. What is typed beside it is not lost: it is saved first."""
    kept = await submissions.keep(visit) if "state" in (visit.body.get("view") or {}) else None
    if isinstance(kept, Modal):
        await visit.slack.update_view(visit.body["view"]["id"], kept)
        return
    sheets = await visit.registry.read(reading.known, visit.action["value"], visit.caller)
    try:
        await visit.write(workplans.nothing_changed, [sheet.seen.plan.id for sheet in sheets], kept and submissions.unsaid(kept))
    except Meanwhile as problem:
        assert kept  # what was not seen in a window is not compared
        await _drawn(visit, await submissions.which(visit, problem, submissions.unsaid(kept), UNCHANGED))
        return
    _ = visit.caller.reader.gettext
    await _drawn(visit, _("Saved. Nothing else changed.") if kept and (kept.states or kept.notes) else _("Saved: nothing changed."))


async def copy(visit: Visit) -> None:
    """The open activities of the half before, as a beginning."""
    copied = await visit.write(workplans.copy_last, visit.action["value"])
    ngettext = visit.caller.reader.ngettext
    note = ngettext("{n} activity was copied.", "{n} activities were copied.", copied.activities)
    lost = ngettext(
        "{n} activity was overdue and has no due date now: nobody is reminded of it until you set one.",
        "{n} activities were overdue and have no due date now: nobody is reminded of them until you set one.",
        copied.overdue,
    )
    await _drawn(visit, Words.joined(" ", (note, lost) if copied.overdue else (note,)))


async def accept(visit: Visit) -> None:
    """The secretariat finds a workplan complete."""
    _, read = visit.caller.reader.gettext, Writing.unpacked(visit.action["value"])
    try:
        plan = await visit.write(workplans.accept, read.about, read.shown)
    except Meanwhile as problem:
        seen, _none = await visit.registry.read(reading.thing, read.about, visit.caller)
        await _drawn(visit, deciding.changed(seen.plan, read.shown, problem, visit.caller.reader))
        return
    owing = _("Accepted. The Council can approve it once it stands in both languages.")
    await _drawn(visit, owing if rules.missing(plan) else _("Accepted. The Council can approve it now."))


async def grant(visit: Visit) -> None:
    """The secretariat gives the time that somebody asked for; where that day is past by now, a window asks until which other."""
    frame = clicked(visit)
    try:
        await visit.write(workplans.settle_extension, frame.number, True)
    except Invalid:
        asked = await visit.registry.read(workplans.request, frame.number, visit.caller.actor)
        await push(visit, deciding.giving(asked, visit.caller.reader, frame))
        return
    await _drawn(visit, visit.caller.reader.gettext("The time is given, and the due date moved."))


async def refuse(visit: Visit) -> None:
    """The window in which the secretariat may say why it does not."""
    frame = clicked(visit)
    asked = await visit.registry.read(workplans.request, frame.number, visit.caller.actor)
    await push(visit, deciding.refusal(asked, visit.caller.reader, frame))


async def done(visit: Visit) -> None:
    """An activity is done. Whoever was told of it sees so: their messages are drawn anew."""
    await _say(visit, "done")


async def on_track(visit: Visit) -> None:
    """An activity goes well."""
    await _say(visit, "on_track")


async def aim(visit: Visit) -> None:
    """The window in which the aim is written."""
    frame = clicked(visit)
    seen, _ = await visit.registry.read(reading.thing, frame.about, visit.caller, "write")
    await push(visit, windows.aim(seen.plan, visit.caller.reader, frame))


async def activity(visit: Visit) -> None:
    """The window of an activity, or of a new one."""
    frame = clicked(visit)
    seen, known, outcomes = await visit.registry.read(reading.with_outcomes, frame.about, visit.caller)
    await push(visit, windows.activity(seen.plan, known, outcomes, visit.caller.reader, frame))


async def submit(visit: Visit) -> None:
    """The window that says what handing it in means."""
    frame = clicked(visit)
    seen, _ = await visit.registry.read(reading.thing, frame.about, visit.caller, "write")
    await push(visit, deciding.submission(seen, visit.caller.reader, frame))


async def return_(visit: Visit) -> None:
    """The window in which the secretariat says why a workplan goes back."""
    frame = clicked(visit)
    seen, _ = await visit.registry.read(reading.thing, frame.about, visit.caller, "settle")
    await push(visit, deciding.returning(seen.plan, visit.caller.reader, frame))


async def approve(visit: Visit) -> None:
    """The window in which the secretariat records an approval."""
    frame = clicked(visit)
    settling = await visit.registry.read(reading.settling, frame.about, visit.caller)
    await push(visit, deciding.approval(settling, visit.caller.reader, frame))


async def unapprove(visit: Visit) -> None:
    """The window in which the secretariat says why a recorded approval is taken back."""
    frame = clicked(visit)
    seen, _ = await visit.registry.read(reading.thing, frame.about, visit.caller, "settle")
    await push(visit, deciding.unapproval(seen.plan, visit.caller.reader, frame))


async def move(visit: Visit) -> None:
    """The window in which the secretariat moves a due date."""
    frame = clicked(visit)
    seen, _ = await visit.registry.read(reading.thing, frame.about, visit.caller, "settle")
    await push(visit, deciding.due(seen.plan, visit.caller.reader, frame))


async def cycle(visit: Visit) -> None:
    """The window of the due dates of a cycle."""
    frame = clicked(visit)
    dates = await visit.registry.read(reading.due_dates, frame.about, visit.caller)
    await push(visit, deciding.cycle(dates, visit.caller.reader, frame))


async def extend(visit: Visit) -> None:
    """The window in which somebody takes or asks for more time."""
    frame = clicked(visit)
    seen, known, at_once = await visit.registry.read(reading.more_time, frame.about, visit.caller)
    await push(visit, windows.extension(seen, known, at_once, visit.caller.reader, _about(frame, known)))


async def reassign(visit: Visit) -> None:
    """The window in which an activity is given to others."""
    frame = clicked(visit)
    _seen, known = await visit.registry.read(reading.thing, frame.about, visit.caller, "say")
    assert known
    await push(visit, windows.owners(known, visit.caller.reader, _about(frame, known)))


async def at_risk(visit: Visit) -> None:
    """The window in which somebody says what stands in the way."""
    frame = clicked(visit)
    _seen, known = await visit.registry.read(reading.thing, frame.about, visit.caller, "say")
    assert known
    await push(visit, windows.risk(known, visit.caller.reader, _about(frame, known)))


def _about(frame: Frame, known: ActivityFacts | None) -> Frame:
    """The same of an activity where it goes on by now: a message may have told of it in an earlier workplan."""
    return replace(frame, about=views.named(known)) if known else frame


async def candidates(visit: Visit, typed: str) -> list[Option]:
    """People by the letters typed: first those who have to do with the workplan."""
    plan, _ = parts(Writing.unpacked(visit.body["view"]["private_metadata"]).about)
    found = await visit.registry.read(workplans.candidates, plan, typed, visit.caller.actor)
    return [persons.option(choice, visit.caller.reader) for choice in found]


def _or_drawn(click: Listener) -> Listener:
    """Whoever comes second is told so over the window, which then shows what the first did."""

    async def clicked_(visit: Visit) -> None:
        try:
            await click(visit)
        except Conflict:
            await modals.redraw(visit, lambda: storing.draw(visit, frame_of(visit)))
            raise

    return clicked_


async def _say(visit: Visit, state: ActivityState) -> None:
    _plan, id_ = parts(visit.action["value"])
    assert id_
    try:
        await visit.write(workplans.say_state, id_, state, None, visit.caller.reader.language)
    except Conflict as problem:
        if problem.who != visit.caller.actor.label:
            raise
        _seen, known = await visit.registry.read(reading.thing, visit.action["value"], visit.caller)
        if known is None or known.state != state:  # else one clicked twice: it is so, and the message says so
            raise


async def _drawn(visit: Visit, note: Words) -> None:
    """The window in which the click was, as the registry has it now."""
    await modals.redraw(visit, lambda: storing.draw(visit, frame_of(visit), note))
