"""Windows about workplans that were filled in: stored, confirmed, and the window below drawn anew from the registry."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Concatenate, ParamSpec

from sqlalchemy.orm import Session

from bot import modals
from bot.blocks import Block, Modal, Option, picked, written
from bot.door import Door, Submission
from bot.modals import Frame, frame_of
from bot.visit import Visit
from bot.workplans import mine, pages, reading, views, windows
from bot.workplans.meanwhile import Writing, anew, told
from bot.workplans.views import parts
from cadre.core.errors import Conflict, Invalid, Message
from cadre.core.i18n import Language
from cadre.core.typed import tidy
from cadre.core.words import Words
from cadre.workplans import service as workplans
from cadre.workplans.facts import ACTIVITY, ACTIVITY_STATES, WORKPLAN, ActivityFacts, ActivityForm, ActivityState, Report, Seen
from cadre.workplans.meanwhile import Meanwhile, changed, mark, of_activity, of_form, of_owners, of_text

P = ParamSpec("P")


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
    modals.register_forms(door, {callback: _or_drawn_below(form) for callback, form in forms.items()})


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
    return views.listed(await visit.registry.read(reading.listing, visit.caller), reader, frame, note)


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


async def report(visit: Visit) -> Modal:
    """The one screen: what was said of each activity."""
    said = await keep(visit)
    if isinstance(said, Modal):
        return said
    saved = visit.caller.reader.ngettext("Saved: {n} activity.", "Saved: {n} activities.", len({*said.states, *said.notes}))
    return await draw(visit, frame_of(visit), saved)


async def keep(visit: Visit) -> Report | Modal:
    """Save what was said on the one screen; or give that screen once more, with all that was typed and what somebody said meanwhile."""
    sheets = await visit.registry.read(reading.known, frame_of(visit).about, visit.caller)
    known = [activity for sheet in sheets for activity in sheet.seen.plan.activities]
    said = reported(visit.body["view"], known, visit.caller.reader.language)
    try:
        await visit.write(workplans.report, said)
    except Meanwhile as problem:
        return await draw(visit, frame_of(visit), told(problem, visit.caller.reader), said)
    except Invalid as problem:
        raise Invalid(**_by_field(problem, visit.body["view"])) from problem
    return said


def reported(view: Block, known: Iterable[ActivityFacts], language: Language) -> Report:
    """What somebody said on the one screen: what differs from what the registry had when it was drawn. What they left is nobody's word;
    there is a button for "nothing changed".
    """
    now = {activity.id for activity in known}
    states: dict[int, ActivityState] = {}
    notes: dict[int, str] = {}
    marks: dict[int, dict[str, str]] = {}
    for kind, id_, shown, held in _said(view):
        if id_ not in now:
            continue
        marks.setdefault(id_, {})[f"{kind}_{language}" if kind == views.NOTE else kind] = shown
        if kind == views.NOTE and mark(tidy(held)) != shown:
            notes[id_] = held
        if kind == views.STATE and held and mark(held) != shown:
            states[id_] = next(state for state in ACTIVITY_STATES if state == held)
    return Report(states, notes, language, marks)


def _said(view: Block) -> Iterator[tuple[str, int, str, str]]:
    """Each field of the one screen: what it is, of which activity, a mark of what the registry had, what it holds."""
    for block in view["blocks"]:
        kind, _, rest = block["block_id"].partition(":")
        if block["type"] == "input" and kind in (views.STATE, views.NOTE):
            id_, shown, _anew = rest.split(":")
            yield kind, int(id_), shown, written(view["state"]["values"], block["block_id"])


def _by_field(problem: Invalid, view: Block) -> dict[str, Message]:
    """What is wrong, under the full names of the fields: the service knows them as ``state:12`` and ``note:12``."""
    names = [block["block_id"] for block in view["blocks"]]
    return {next((name for name in names if name.startswith(f"{field}:")), field): told for field, told in problem.fields.items()}


async def activity(visit: Visit) -> Modal | None:
    """An activity, new or changed."""
    frame, state = _writing(visit), _fields(visit)
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

    async def again(problem: Meanwhile) -> Modal:
        seen, known, outcomes = await visit.registry.read(reading.with_outcomes, frame.about, visit.caller)
        assert known
        held = anew(of_activity(known), of_form(form), frame.shown, problem, _chosen(state))
        return windows.activity(seen.plan, known, outcomes, visit.caller.reader, frame, form=held)

    return await _saved(visit, frame, again, workplans.save_activity, form, frame.shown, visit.caller.reader.language)


async def aim(visit: Visit) -> Modal | None:
    """The aim."""
    frame, state = _writing(visit), _fields(visit)
    typed = {name: written(state, name) for name in ("aim_en", "aim_fr")}

    async def again(problem: Meanwhile) -> Modal:
        seen, _known = await visit.registry.read(reading.thing, frame.about, visit.caller)
        held = anew(of_text("aim", seen.plan.aim), typed, frame.shown, problem)
        return windows.aim(seen.plan, visit.caller.reader, frame, held)

    return await _saved(visit, frame, again, workplans.save_aim, frame.about, typed["aim_en"], typed["aim_fr"], frame.shown)


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
    frame, state = _writing(visit), _fields(visit)
    _plan, id_ = parts(frame.about)
    assert id_
    persons = picked(state, "owners")

    async def again(problem: Meanwhile) -> Modal:
        _seen, known = await visit.registry.read(reading.thing, frame.about, visit.caller)
        assert known
        now = {"owners": of_activity(known)["owners"]}
        held = anew(now, {"owners": of_owners(persons)}, frame.shown, problem, _chosen(state))
        return windows.owners(known, visit.caller.reader, frame, held)

    return await _saved(visit, frame, again, workplans.reassign, id_, persons, frame.shown)


async def risk(visit: Visit) -> Modal | None:
    """An activity is at risk, and why."""
    frame, fields = _writing(visit), _fields(visit)
    _plan, id_ = parts(frame.about)
    assert id_
    state: ActivityState = "off_track" if written(fields, windows.STATE) == "off_track" else "at_risk"
    language: Language = "fr" if f"{windows.NOTE}_fr" in fields else "en"
    name = f"{windows.NOTE}_{language}"
    note = written(fields, name)

    async def again(problem: Meanwhile) -> Modal:
        _seen, known = await visit.registry.read(reading.thing, frame.about, visit.caller)
        assert known
        held = anew(windows.going(known, language), {windows.STATE: state, name: note}, frame.shown, problem)
        return windows.risk(known, visit.caller.reader.in_language(language), frame, held)

    return await _saved(visit, frame, again, workplans.say_state, id_, state, note, language, shown=frame.shown)


async def _saved(
    visit: Visit,
    frame: Frame,
    again: Callable[[Meanwhile], Awaitable[Modal]],
    fn: Callable[Concatenate[Session, P], object],
    *args: P.args,
    **kwargs: P.kwargs,
) -> Modal | None:
    """Save what stands in a window. Where somebody changed it meanwhile, the window is shown ``again``, and the one below as it is now."""
    try:
        await visit.write(fn, *args, **kwargs)
    except Meanwhile as problem:
        _draw_below(visit, frame)
        return await again(problem)
    except Invalid as problem:
        raise Invalid(**_by_field(problem, visit.body["view"])) from problem
    return _back(visit, frame)


def _writing(visit: Visit) -> Writing:
    return Writing.unpacked(visit.body["view"]["private_metadata"])


def _fields(visit: Visit) -> Block:
    """What stands in the fields of a window, under their plain names: one that shows what somebody else wrote has another."""
    return {name.partition(":")[0]: held for name, held in visit.state.items()}


def _chosen(state: Block) -> tuple[Option, ...]:
    """The people who are chosen, by name."""
    held: Block = next(iter((state.get("owners") or {}).values()), {})
    return tuple(Option(Words.verbatim(each["text"]["text"]), each["value"]) for each in held.get("selected_options") or ())


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
    if frame.under:
        modals.redraw_below(visit, lambda: draw(visit, Frame.unpacked(frame.under)))


def _or_drawn_below(form: Submission) -> Submission:
    """Whoever comes second is told so over the window, and the one below shows what the first did: that told is not what failed."""

    async def filled(visit: Visit) -> Modal | None:
        try:
            return await form(visit)
        except Conflict:
            below, under = visit.body["view"].get("previous_view_id"), _writing(visit).under
            if below and under:
                await visit.slack.update_view(below, await draw(visit, Frame.unpacked(under)))
            raise

    return filled


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
