"""Windows about workplans that were filled in: stored, confirmed, and the window below drawn anew from the registry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from bot import modals
from bot.blocks import Block, Modal, picked, written
from bot.door import Door
from bot.modals import Frame, frame_of
from bot.visit import Visit
from bot.workplans import mine, pages, reading, views, windows
from bot.workplans.views import parts
from cadre.core.errors import Invalid, Message
from cadre.core.i18n import Language
from cadre.core.words import Words
from cadre.workplans import service as workplans
from cadre.workplans.facts import ACTIVITY, ACTIVITY_STATES, WORKPLAN, ActivityFacts, ActivityForm, ActivityState, Report, Seen


def register(door: Door) -> None:
    """At the door."""
    forms = {
        views.REPORT: report,
        windows.ACTIVITY: activity,
        windows.AIM: aim,
        windows.SUBMISSION: submit,
        windows.RETURN: return_,
        windows.APPROVAL: approve,
        windows.UNAPPROVAL: unapprove,
        windows.DUE: move,
        windows.CYCLE: cycle,
        windows.EXTENSION: extend,
        windows.OWNERS: reassign,
        windows.RISK: risk,
    }
    modals.register_forms(door, forms)


async def draw(visit: Visit, frame: Frame, note: Words | None = None) -> Modal:
    """A window as the registry has it now: a workplan, all activities of somebody, or the list."""
    reader = visit.caller.reader
    if frame.about == views.MINE:
        return mine.window(await visit.registry.read(reading.own, visit.caller), reader, frame, note)
    if frame.about:
        sheet = await visit.registry.read(reading.sheet, frame.about, visit.caller)
        person, links = visit.caller.actor.person, visit.links
        page = links.to(person, pages.path(sheet.seen.plan.id), reader.language) if links and person else None
        return views.plan(replace(sheet, page=page), reader, frame, note)
    return views.listed(await visit.registry.read(reading.listing, visit.caller), reader, frame, note)


async def report(visit: Visit) -> Modal:
    """The one screen: what was said of each activity."""
    said = await keep(visit)
    told = visit.caller.reader.ngettext("Saved: {n} activity.", "Saved: {n} activities.", len({*said.states, *said.notes}))
    return await draw(visit, frame_of(visit), told)


async def keep(visit: Visit) -> Report:
    """Save what was said on the one screen."""
    sheets = await visit.registry.read(reading.known, frame_of(visit).about, visit.caller)
    known = [activity for sheet in sheets for activity in sheet.seen.plan.activities]
    said = reported(visit.body["view"], known, visit.caller.reader.language)
    try:
        await visit.write(workplans.report, said)
    except Invalid as problem:
        raise Invalid(**_by_field(problem, visit.body["view"])) from problem
    return said


def reported(view: Block, known: Iterable[ActivityFacts], language: Language) -> Report:
    """What somebody said on the one screen: what differs from what it showed. What they left is nobody's word; there is a button for
    "nothing changed".
    """
    now = {activity.id for activity in known}
    states: dict[int, ActivityState] = {}
    notes: dict[int, str] = {}
    for kind, id_, shown, held in _said(view):
        if id_ not in now:
            continue
        if kind == views.NOTE and held != shown:
            notes[id_] = held
        if kind == views.STATE and held != shown:
            states[id_] = next(state for state in ACTIVITY_STATES if state == (held or shown))
    return Report(states, notes, language)


def _said(view: Block) -> Iterator[tuple[str, int, str, str]]:
    """Each field of the one screen: what it is, of which activity, what it showed, what it holds."""
    for block in view["blocks"]:
        kind, _, rest = block["block_id"].partition(":")
        if block["type"] == "input" and kind in (views.STATE, views.NOTE):
            element = block["element"]
            shown = element.get("initial_value") or (element.get("initial_option") or {}).get("value") or ""
            yield kind, int(rest.partition(":")[0]), shown, written(view["state"]["values"], block["block_id"])


def _by_field(problem: Invalid, view: Block) -> dict[str, Message]:
    """What is wrong, under the full names of the fields: the service knows them as ``state:12`` and ``note:12``."""
    names = [block["block_id"] for block in view["blocks"]]
    return {next((name for name in names if name.startswith(f"{field}:")), field): told for field, told in problem.fields.items()}


async def activity(visit: Visit) -> Modal | None:
    """An activity, new or changed."""
    frame, state = frame_of(visit), visit.state
    plan, id_ = parts(frame.about)
    form = ActivityForm(
        workplan=plan,
        id=id_,
        title_en=written(state, "title_en"),
        title_fr=written(state, "title_fr"),
        due=_day(state, "due"),
        owners=picked(state, "owners"),
        outcome=written(state, "outcome") or None,
        note_en=written(state, "note_en"),
        note_fr=written(state, "note_fr"),
        view_id=visit.body["view"]["id"],
    )
    await visit.write(workplans.save_activity, form)
    return _back(visit, frame)


async def aim(visit: Visit) -> Modal | None:
    """The aim."""
    frame, state = frame_of(visit), visit.state
    await visit.write(workplans.save_aim, frame.about, written(state, "aim_en"), written(state, "aim_fr"))
    return _back(visit, frame)


async def submit(visit: Visit) -> Modal:
    """A workplan is handed in."""
    _, frame = visit.caller.reader.gettext, frame_of(visit)
    plan = await visit.write(workplans.submit, frame.about)
    told = _(
        "The workplan of {target} is with the secretariat. I will write to you as soon as it is accepted or returned.",
        target=plan.target_name.for_(visit.caller.reader),
    )
    return _receipt(visit, frame, _("Submitted"), told)


async def return_(visit: Visit) -> Modal:
    """A workplan goes back to those who wrote it."""
    _, frame = visit.caller.reader.gettext, frame_of(visit)
    plan = await visit.write(workplans.return_, frame.about, written(visit.state, "reason"))
    told = _("The workplan of {target} is returned, with your reason.", target=plan.target_name.for_(visit.caller.reader))
    return _receipt(visit, frame, _("Returned"), told)


async def approve(visit: Visit) -> Modal:
    """The Council approved it."""
    _, frame = visit.caller.reader.gettext, frame_of(visit)
    plan = await visit.write(workplans.approve, frame.about, written(visit.state, "meeting"))
    told = _("The approval of the workplan of {target} is recorded.", target=plan.target_name.for_(visit.caller.reader))
    return _receipt(visit, frame, _("Approved"), told)


async def unapprove(visit: Visit) -> Modal:
    """An approval was recorded that was none: the record is taken back."""
    _, frame = visit.caller.reader.gettext, frame_of(visit)
    plan = await visit.write(workplans.unapprove, frame.about, written(visit.state, "reason"))
    told = _("The approval of the workplan of {target} is taken back, with your reason.", target=plan.target_name.for_(visit.caller.reader))
    return _receipt(visit, frame, _("Taken back"), told)


async def move(visit: Visit) -> Modal:
    """A due date moves: of one workplan, or of all of its cycle."""
    _, frame, reader = visit.caller.reader.gettext, frame_of(visit), visit.caller.reader
    day = _required(visit.state, "due")
    seen = (await visit.registry.read(reading.sheet, frame.about, visit.caller)).seen
    if written(visit.state, windows.SCOPE) == windows.ALL:
        await visit.write(workplans.move_all, _cycle(seen), day)
    else:
        await visit.write(workplans.move_due, frame.about, day)
    return _receipt(visit, frame, _("Due date moved"), _("The new due date: {date}.", date=reader.date(day)))


async def cycle(visit: Visit) -> Modal:
    """Which meeting is to approve the workplans of a cycle, and when they are due: all at once or nothing."""
    _, frame, state = visit.caller.reader.gettext, frame_of(visit), visit.state
    offset, day = _number(state, windows.OFFSET), _day(state, "due")
    seen = (await visit.registry.read(reading.sheet, frame.about, visit.caller)).seen

    def both(session: Session) -> None:
        workplans.set_meeting(session, _cycle(seen), written(state, "meeting") or None, offset)
        if day:
            workplans.move_all(session, _cycle(seen), day)

    await visit.write(both)
    return _receipt(visit, frame, _("Due dates"), _("Saved. Reminders follow the new due dates."))


async def extend(visit: Visit) -> Modal:
    """More time: given at once, or asked of the secretariat."""
    _, frame, reader = visit.caller.reader.gettext, frame_of(visit), visit.caller.reader
    plan, id_ = parts(frame.about)
    subject = f"{WORKPLAN}:{plan}" if id_ is None else f"{ACTIVITY}:{id_}"
    until, reason = _required(visit.state, "until"), written(visit.state, "reason")
    asked = await visit.write(workplans.extend, subject, until, reason, visit.body["view"]["id"])
    date_ = reader.date(asked.until)
    told = (
        _("You have time until {date}.", date=date_)
        if asked.state == "granted"
        else _("The secretariat is asked for time until {date}. I will write to you as soon as it answers.", date=date_)
    )
    return _receipt(visit, frame, _("More time"), told)


async def reassign(visit: Visit) -> Modal | None:
    """An activity is given to others."""
    frame = frame_of(visit)
    _plan, id_ = parts(frame.about)
    assert id_
    await visit.write(workplans.reassign, id_, picked(visit.state, "owners"))
    return _back(visit, frame)


async def risk(visit: Visit) -> Modal | None:
    """An activity is at risk, and why."""
    frame = frame_of(visit)
    _plan, id_ = parts(frame.about)
    assert id_
    state: ActivityState = "off_track" if written(visit.state, windows.STATE) == "off_track" else "at_risk"
    language: Language = "fr" if f"{windows.NOTE}_fr" in visit.state else "en"
    await visit.write(workplans.say_state, id_, state, written(visit.state, f"{windows.NOTE}_{language}"), language)
    return _back(visit, frame)


def _back(visit: Visit, frame: Frame) -> Modal | None:
    """The window below shows what was saved; where there is none, a receipt does."""
    _ = visit.caller.reader.gettext
    if not frame.under:
        return windows.receipt(_("Saved"), _("It is saved."), visit.caller.reader)
    _draw_below(visit, frame)
    return None


def _receipt(visit: Visit, frame: Frame, heading: Words, told: Words) -> Modal:
    """What was stored; the window below shows it too. Where there is none, the workplan is one click away."""
    if frame.under:
        _draw_below(visit, frame)
    return windows.receipt(heading, told, visit.caller.reader, "" if frame.under else parts(frame.about)[0])


def _draw_below(visit: Visit, frame: Frame) -> None:
    modals.redraw_below(visit, lambda: draw(visit, Frame.unpacked(frame.under)))


def _cycle(seen: Seen) -> str:
    return f"{seen.plan.council}.{seen.plan.half}"


def _day(state: Block, block: str) -> date | None:
    text = written(state, block)
    return date.fromisoformat(text) if text else None


def _required(state: Block, block: str) -> date:
    day = _day(state, block)
    if day is None:
        raise Invalid(**{block: Message("Choose a day.")})
    return day


def _number(state: Block, block: str) -> int:
    text = written(state, block)
    if not text.lstrip("-").isdecimal():
        raise Invalid(**{block: Message("Write a whole number.")})
    return int(text)
