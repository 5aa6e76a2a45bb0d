"""Windows about workplans that were filled in: stored, confirmed, and the window below drawn anew from the registry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, ParamSpec

from bot import modals
from bot.blocks import Block, Modal, Option, picked, written
from bot.door import Door, Submission
from bot.modals import Frame, frame_of
from bot.visit import Visit
from bot.workplans import reading, settling, views, windows, wording
from bot.workplans.meanwhile import SAVE, UNCHANGED, Act, anew, told
from bot.workplans.storing import by_field, day_of, draw, filled, receipt, required_day, saved, writing
from bot.workplans.views import parts
from cadre.core.errors import Conflict, Invalid, Message
from cadre.core.i18n import Language
from cadre.core.marks import changed, mark, of_text
from cadre.core.reader import Reader
from cadre.core.typed import tidy
from cadre.core.words import Words
from cadre.workplans import service as workplans
from cadre.workplans.facts import ACTIVITY, ACTIVITY_STATES, WORKPLAN, ActivityFacts, ActivityForm, ActivityState, Report
from cadre.workplans.meanwhile import Meanwhile, of_activity, of_form, of_owners

P = ParamSpec("P")


def register(door: Door) -> None:
    """At the door."""
    forms: dict[str, Submission] = {
        **settling.FORMS,
        views.REPORT: report,
        windows.ACTIVITY: activity,
        windows.AIM: aim,
        windows.EXTENSION: extend,
        windows.OWNERS: reassign,
        windows.RISK: risk,
    }
    modals.register_forms(door, {callback: _or_drawn_below(form) for callback, form in forms.items()})


async def report(visit: Visit) -> Modal:
    """The one screen: what was said of each activity."""
    said = await keep(visit)
    if isinstance(said, Modal):
        return said
    return await draw(visit, frame_of(visit), saved_of(said, visit.caller.reader))


def saved_of(said: Report, reader: Reader) -> Words:
    """Of how many activities something was saved."""
    n = len({*said.states, *said.notes})
    return reader.ngettext("Saved: {n} activity.", "Saved: {n} activities.", n) if n else reader.gettext("Nothing was changed.")


async def keep(visit: Visit) -> Report | Modal:
    """Save what was said on the one screen; or give that screen once more, with all that was typed and what somebody said meanwhile."""
    sheets = await visit.registry.read(reading.known, frame_of(visit).about, visit.caller)
    known = [activity for sheet in sheets for activity in sheet.seen.plan.activities]
    said = reported(visit.body["view"], known, visit.caller.reader.language)
    try:
        await visit.write(workplans.report, said)
    except Meanwhile as problem:
        return await draw(visit, frame_of(visit), await which(visit, problem, said), said)
    return said


def unsaid(said: Report) -> Report:
    """The marks of those of which nothing was said: they stand as they were shown."""
    shown = {id_: marks for id_, marks in said.shown.items() if id_ not in {*said.states, *said.notes}}
    return Report({}, {}, said.language, shown)


async def which(visit: Visit, problem: Meanwhile, said: Report, act: Act = SAVE) -> Words:
    """Who said something meanwhile, of which activities, and how these stand now."""
    reader = visit.caller.reader
    sheets = await visit.registry.read(reading.known, frame_of(visit).about, visit.caller)
    known = (each for sheet in sheets for each in sheet.seen.plan.activities)
    theirs = (each for each in known if changed(said.shown.get(each.id, {}), windows.going(each, said.language)))
    below = act.below.for_(reader) if act is UNCHANGED else None
    return wording.lines((told(problem, reader, act), *(wording.as_said(each, reader) for each in theirs), below))


def reported(view: Block, known: Iterable[ActivityFacts], language: Language) -> Report:
    """What somebody said on the one screen: what differs from what the registry had when it was drawn. What they left is nobody's word;
    there is a button for "nothing changed". Raises Invalid where something was said of an activity of which they may not say it any more.
    """
    now = {activity.id for activity in known}
    states: dict[int, ActivityState] = {}
    notes: dict[int, str] = {}
    marks: dict[int, dict[str, str]] = {}
    lost: dict[str, Message] = {}
    for kind, id_, shown, held, block in _said(view):
        if id_ not in now:
            if mark(tidy(held)) != shown:
                lost[block] = _NOT_THEIRS
            continue
        marks.setdefault(id_, {})[f"{kind}_{language}" if kind == views.NOTE else kind] = shown
        if kind == views.NOTE and mark(tidy(held)) != shown:
            notes[id_] = held
        if kind == views.STATE and held and mark(held) != shown:
            states[id_] = next(state for state in ACTIVITY_STATES if state == held)
    if lost:
        raise Invalid(**lost)
    return Report(states, notes, language, marks)


_NOT_THEIRS: Final = Message("This activity is not yours to report on any more. Keep a copy of what you wrote, and open the screen again.")


def _said(view: Block) -> Iterator[tuple[str, int, str, str, str]]:
    """Each field of the one screen: what it is, of which activity, a mark of what the registry had, what it holds, and its block."""
    for block in view["blocks"]:
        kind, _, rest = block["block_id"].partition(":")
        if block["type"] == "input" and kind in (views.STATE, views.NOTE):
            id_, shown, _anew = rest.split(":")
            yield kind, int(id_), shown, written(view["state"]["values"], block["block_id"]), block["block_id"]


async def activity(visit: Visit) -> Modal | None:
    """An activity, new or changed."""
    frame, state = writing(visit), filled(visit)
    plan, id_ = parts(frame.about)
    form = ActivityForm(
        workplan=plan,
        id=id_,
        title_en=written(state, "title_en"),
        title_fr=written(state, "title_fr"),
        due=day_of(state, "due"),
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

    return await saved(visit, frame, again, workplans.save_activity, form, frame.shown, visit.caller.reader.language)


async def aim(visit: Visit) -> Modal | None:
    """The aim."""
    frame, state = writing(visit), filled(visit)
    typed = {name: written(state, name) for name in ("aim_en", "aim_fr")}

    async def again(problem: Meanwhile) -> Modal:
        seen, _known = await visit.registry.read(reading.thing, frame.about, visit.caller)
        held = anew(of_text("aim", seen.plan.aim), typed, frame.shown, problem)
        return windows.aim(seen.plan, visit.caller.reader, frame, held)

    return await saved(visit, frame, again, workplans.save_aim, frame.about, typed["aim_en"], typed["aim_fr"], frame.shown)


async def extend(visit: Visit) -> Modal:
    """More time: given at once, or asked of the secretariat."""
    _, frame, reader = visit.caller.reader.gettext, frame_of(visit), visit.caller.reader
    plan, id_ = parts(frame.about)
    subject = f"{WORKPLAN}:{plan}" if id_ is None else f"{ACTIVITY}:{id_}"
    until, reason = required_day(visit.state, "until"), written(visit.state, "reason")
    asked = await visit.write(workplans.extend, subject, until, reason, visit.body["view"]["id"])
    date_ = reader.date(asked.until)
    told = (
        _("You have time until {date}.", date=date_)
        if asked.state != "asked"
        else _("The secretariat is asked for time until {date}. I will write to you as soon as it answers.", date=date_)
    )
    return receipt(visit, frame, _("More time"), told)


async def reassign(visit: Visit) -> Modal | None:
    """An activity is given to others."""
    frame, state = writing(visit), filled(visit)
    _plan, id_ = parts(frame.about)
    assert id_
    persons = picked(state, "owners")

    async def again(problem: Meanwhile) -> Modal:
        _seen, known = await visit.registry.read(reading.thing, frame.about, visit.caller)
        assert known
        now = {"owners": of_activity(known)["owners"]}
        held = anew(now, {"owners": of_owners(persons)}, frame.shown, problem, _chosen(state))
        return windows.owners(known, visit.caller.reader, frame, held)

    return await saved(visit, frame, again, workplans.reassign, id_, persons, frame.shown)


async def risk(visit: Visit) -> Modal | None:
    """An activity is at risk, and why."""
    frame, fields = writing(visit), filled(visit)
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

    return await saved(visit, frame, again, workplans.say_state, id_, state, note, language, shown=frame.shown)


def _chosen(state: Block) -> tuple[Option, ...]:
    """The people who are chosen, by name."""
    held: Block = next(iter((state.get("owners") or {}).values()), {})
    return tuple(Option(Words.verbatim(each["text"]["text"]), each["value"]) for each in held.get("selected_options") or ())


def _or_drawn_below(form: Submission) -> Submission:
    """What is wrong in a field is told beside it. Whoever comes second is told so over the window, and the one below shows what the first
    did: that told is not what failed.
    """

    async def filled(visit: Visit) -> Modal | None:
        try:
            return await form(visit)
        except Invalid as problem:
            raise Invalid(**by_field(problem, visit.body["view"])) from problem
        except Conflict:
            below, under = visit.body["view"].get("previous_view_id"), writing(visit).under
            if below and under:
                await visit.slack.update_view(below, await draw(visit, Frame.unpacked(under)))
            raise

    return filled
