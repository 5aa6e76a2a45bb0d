"""The windows in which a workplan is handed in, and those in which the secretariat settles it and moves due dates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.blocks import Block, Modal, Option, context, day_picker, field, listed, menu, number_input, radio, section, text_input
from bot.modals import Frame
from bot.workplans import meanwhile as acts
from bot.workplans import wording
from bot.workplans.meanwhile import Form, now, told
from bot.workplans.windows import AIMS, FIELD, receipt, window
from cadre.core.bilingual import Bilingual
from cadre.core.marks import changed as changed_names
from cadre.core.marks import of_text
from cadre.core.reader import Reader, named
from cadre.core.words import Words
from cadre.workplans import rules
from cadre.workplans.facts import CycleFacts, ExtensionFacts, LastChange, Line, MeetingChoice, Seen, WorkplanFacts
from cadre.workplans.meanwhile import OTHERS, Meanwhile, of_cycle, of_due, of_plan
from cadre.workplans.settling import NOTHING_YET

SUBMISSION: Final = "workplans.submission"
RETURN: Final = "workplans.returned"
APPROVAL: Final = "workplans.approval"
UNAPPROVAL: Final = "workplans.unapproved"
REFUSAL: Final = "workplans.refused"
GIVING: Final = "workplans.given"
DUE: Final = "workplans.due"
CYCLE: Final = "workplans.cycle_set"
SCOPE: Final = "scope"
ALL: Final = "all"
ONE: Final = "one"
OFFSET: Final = "offset"
TEXT: Final = "text"
HANDED_IN: Final = "handed_in"
NOW: Final = "now"


@dataclass(frozen=True, slots=True)
class Settling:
    """A workplan that the Council is said to have approved. ``meetings``: those of its council, and of each whether it may have;
    ``handed_in``: the text that was; ``since``, ``last``: what changed since, and who changed it last.
    """

    seen: Seen
    meetings: Sequence[MeetingChoice]
    handed_in: Bilingual
    since: Sequence[Line] = ()
    last: LastChange | None = None


@dataclass(frozen=True, slots=True)
class DueDates:
    """A workplan, what the due dates of its cycle go by, and the meetings that they may go by."""

    plan: WorkplanFacts
    cycle: CycleFacts
    meetings: Sequence[MeetingChoice]


def submission(seen: Seen, reader: Reader, frame: Frame, form: Form | None = None) -> Modal:
    """What is handed in, what is still owed, and what will happen. ``form``: as below, what somebody changed since it was shown."""
    _, form = reader.gettext, form or Form(of_plan(seen.plan))
    if not seen.plan.activities:
        return receipt(_("Submit the workplan"), NOTHING_YET.for_(reader), reader, "" if frame.under else seen.plan.id)
    told = _(
        "This submits the workplan of {target} to the secretariat as it stands now: its text is kept. The secretariat accepts it, "
        "or returns it with a reason. It is approved by the Council.",
        target=wording.target(seen.plan, reader),
    )
    owed = list(wording.owed(seen, reader))
    head, undated = form.head(_stands(seen.plan, reader), reader, acts.SUBMIT), wording.undated(seen, reader)
    blocks = [*head, section(told), *listed(owed), *((section(undated),) if undated else ()), *_left_open(seen, reader)]
    if rules.missing(seen.plan):
        blocks += context(_("You may submit all the same. The Council can approve it once both languages are there."))
    return window(
        _("Submit the workplan"),
        blocks,
        reader,
        form.framed(frame),
        submit=form.submit(reader, acts.SUBMIT, _("Submit")),
        callback=SUBMISSION,
    )


def _stands(plan: WorkplanFacts, reader: Reader) -> dict[str, tuple[Words, Words]]:
    """How a workplan stands and what it plans, as people read it, under the names of ``of_plan``."""
    aim = {name: (label.for_(reader), wording.short(Words.verbatim(of_text("aim", plan.aim)[name]))) for name, label in AIMS.items()}
    stands = {"settled_at": (reader.gettext("State"), wording.settled(plan, reader) or wording.plan_state(plan.state, reader))}
    others = wording.short(wording.dots(wording.numbered(each, reader) for each in plan.activities[rules.MOST :]))
    planned = {str(each.id): wording.planned(each, reader) for each in plan.activities}
    return stands | aim | planned | {OTHERS: (reader.gettext("Other activities"), others)}


def changed(plan: WorkplanFacts, shown: Mapping[str, str], problem: Meanwhile, reader: Reader) -> Words:
    """What somebody changed of a workplan since it was shown: what the one who settles it has not read."""
    return wording.lines((told(problem, reader, acts.ACCEPT), *now(_stands(plan, reader), changed_names(shown, of_plan(plan)), reader)))


def _left_open(seen: Seen, reader: Reader) -> Iterator[Block]:
    """What nobody will be reminded of any more, because it is not taken over."""
    left = [wording.title(each, reader) for each in seen.left_open]
    if left:
        yield section(
            reader.ngettext(
                "{n} open activity of the last plan is not taken over; once this one is approved, nobody is reminded of it:",
                "{n} open activities of the last plan are not taken over; once this one is approved, nobody is reminded of them:",
                len(left),
            )
        )
        yield from listed(left)


def returning(plan: WorkplanFacts, reader: Reader, frame: Frame, form: Form | None = None) -> Modal:
    """Where the secretariat says why it returns a workplan."""
    _, form = reader.gettext, form or Form(of_plan(plan))
    reason = _why(_("Whoever may see the workplan reads it."), reader)
    blocks = [*context(wording.target(plan, reader)), *form.head(_stands(plan, reader), reader, acts.RETURN), reason]
    return window(
        _("Return the workplan"), blocks, reader, form.framed(frame), submit=form.submit(reader, acts.RETURN, _("Return")), callback=RETURN
    )


def approval(settling: Settling, reader: Reader, frame: Frame, form: Form | None = None) -> Modal:
    """Where the secretariat records at which meeting a workplan was approved: one of those that may have done so; and which text of it,
    where it changed since it was handed in.
    """
    _, plan = reader.gettext, settling.seen.plan
    form = form or Form(of_plan(plan))
    held = [meeting for meeting in settling.meetings if meeting.refused is None]
    if not held:
        told = _(
            "The registry has no in-person meeting of this council that was held since the workplan was submitted. Record the approval "
            "once one was held. If one was, have it imported into the registry first, with its date."
        )
        return receipt(_("Record the approval"), told, reader)
    texts = list(_texts(settling, reader))
    if not texts:
        told = _("It can be approved once it stands in both languages. Still owed:")
        owing = listed(each.for_(reader) for each in rules.missing(plan).values())
        return Modal(_("Record the approval"), (section(told), *owing), close=_("Close"))
    blocks = [
        *context(wording.target(plan, reader)),
        *form.head(_stands(plan, reader), reader, acts.APPROVE),
        *_changed_since(settling, reader),
        field("meeting", _("Approved at the meeting"), menu(FIELD, _offered(held, reader), plan.meeting)),
        *([field(TEXT, _("What the Council approved"), menu(FIELD, texts))] if plan.changed_since else ()),
        *context(*_not_offered(settling, reader)),
        *_left_open(settling.seen, reader),
    ]
    return window(
        _("Record the approval"),
        blocks,
        reader,
        form.framed(frame),
        submit=form.submit(reader, acts.APPROVE, _("Record")),
        callback=APPROVAL,
    )


def _texts(settling: Settling, reader: Reader) -> Iterator[Option]:
    """Which text may be approved: none that is owed in a language."""
    _, plan = reader.gettext, settling.seen.plan
    if plan.handed_in and not settling.handed_in.owed():
        yield Option(_("As submitted on {date}", date=reader.date(reader.local(plan.handed_in).date())), HANDED_IN)
    if not rules.missing(plan):
        yield Option(_("As it stands now"), NOW)


def _not_offered(settling: Settling, reader: Reader) -> Iterator[Words]:
    """Why one of the two texts cannot be chosen, of a workplan that changed since it was submitted."""
    _, plan = reader.gettext, settling.seen.plan
    if not plan.changed_since:
        return
    then, now_ = settling.handed_in.owed(), {name.rpartition("_")[2] for name in rules.missing(plan)}
    if "en" in then:
        yield _("“As submitted” cannot be chosen: the English was still owed then.")
    if "fr" in then:
        yield _("“As submitted” cannot be chosen: the French was still owed then.")
    if "en" in now_:
        yield _("“As it stands now” cannot be chosen: the English is still owed.")
    if "fr" in now_:
        yield _("“As it stands now” cannot be chosen: the French is still owed.")


def _changed_since(settling: Settling, reader: Reader) -> Iterator[Block]:
    """Which lines changed since it was handed in, by whom last, and which meetings cannot have seen that."""
    _, last = reader.gettext, settling.last
    if not settling.seen.plan.changed_since:
        return
    yield section(_("The workplan was changed since it was submitted:"))
    yield from listed(wording.differences(settling.since, reader))
    if last is None:
        return
    day = reader.local(last.when).date()
    unseen = [each.name.for_(reader) for each in settling.meetings if each.refused is None and each.held and each.held.last < day]
    by = _("Last by {who}, {date}.", who=Words.verbatim(named(last.who)), date=reader.date(day))
    after = reader.ngettext(
        "That was after the meeting {meeting}.", "That was after the meetings {meeting}.", len(unseen), meeting=reader.listed(unseen)
    )
    yield section(Words.joined(" ", (by, after) if unseen else (by,)))


def refusal(asked: ExtensionFacts, reader: Reader, frame: Frame) -> Modal:
    """Where the secretariat may say why it does not give the time that somebody asked for."""
    _ = reader.gettext
    reason = _why(_("Whoever asked reads it."), reader, optional=True)
    blocks = [section(wording.extension(asked, reader)), reason]
    return window(_("Do not give the time"), blocks, reader, frame, submit=_("Refuse"), callback=REFUSAL)


def giving(asked: ExtensionFacts, reader: Reader, frame: Frame) -> Modal:
    """Where the secretariat gives the time until another day, because the one that was asked for is past by now."""
    _ = reader.gettext
    past = _("The day that was asked for, {date}, is past by now. You may give the time until another day.", date=reader.date(asked.until))
    blocks = [section(wording.extension(asked, reader)), section(past), field("until", _("New due date"), day_picker(FIELD))]
    return window(_("Grant more time"), blocks, reader, frame, submit=_("Grant more time"), callback=GIVING)


def unapproval(plan: WorkplanFacts, reader: Reader, frame: Frame) -> Modal:
    """Where the secretariat says why an approval should not have been recorded."""
    _ = reader.gettext
    told = _("The workplan will wait for the approval of the Council again. The text that was kept stays among its texts.")
    reason = _why(_("Whoever may see the workplan reads it."), reader)
    blocks = [*context(wording.target(plan, reader)), section(told), reason]
    return window(_("Take the approval back"), blocks, reader, frame, submit=_("Take the approval back"), callback=UNAPPROVAL)


def due(plan: WorkplanFacts, reader: Reader, frame: Frame, form: Form | None = None) -> Modal:
    """Where the secretariat moves a due date, of one workplan or of all that are due with it."""
    _, form = reader.gettext, form or Form(of_due(plan))
    scope = [
        Option(_("This workplan alone"), ONE),
        Option(_("All workplans of the cycle"), ALL),
    ]
    asked = wording.more_time(plan.asked_until, reader)
    blocks = [
        *context(wording.target(plan, reader)),
        *form.head({"due": (_("Due date"), reader.date(plan.due))}, reader, acts.MOVE),
        *([section(asked)] if asked else ()),
        field(form.block("due"), _("Due date"), day_picker(FIELD, date.fromisoformat(form["due"]))),
        field(SCOPE, _("For"), radio(FIELD, scope, ONE), hint=_("Of all, those that have a later date of their own keep it.")),
    ]
    submit = form.submit(reader, acts.MOVE, _("Move"))
    return window(_("Move the due date"), blocks, reader, form.framed(frame), submit=submit, callback=DUE)


def cycle(dates: DueDates, reader: Reader, frame: Frame, form: Form | None = None) -> Modal:
    """Where the secretariat says which in-person meeting is to approve the workplans of a cycle, and when they are due for it."""
    _, plan, now_, meetings = reader.gettext, dates.plan, dates.cycle, dates.meetings
    form = form or Form(of_cycle(now_))
    blocks: list[Block] = [section(wording.dots((plan.council_name.for_(reader), wording.cycle(plan.half, reader))))]
    labels = {
        "meeting": (
            _("Meeting that is to approve them"),
            next((each.name.for_(reader) for each in meetings if each.id == now_.meeting), None),
        ),
        "offset": (_("Days from the meeting"), Words.verbatim(str(now_.offset))),
        "due": (_("Another due date for all"), reader.date(now_.moved_to) if now_.moved_to else None),
    }
    blocks += form.head({name: (label, text or Words.verbatim("")) for name, (label, text) in labels.items()}, reader)
    if meetings:
        offered = menu(FIELD, _offered(meetings, reader), form["meeting"])
        blocks.append(field(form.block("meeting"), labels["meeting"][0], offered, optional=True))
    hint = _("Before the meeting with a minus sign: -21 is three weeks before. It counts while the meeting is fixed to the day.")
    blocks.append(field(form.block(OFFSET), labels["offset"][0], number_input(FIELD, int(form[OFFSET])), hint=hint))
    hint = _("Leave it empty to go by the meeting, or by the calendar: March 1 and September 1.")
    moved = date.fromisoformat(form["due"]) if form["due"] else None
    blocks.append(field(form.block("due"), labels["due"][0], day_picker(FIELD, moved), hint=hint, optional=True))
    return window(_("Due dates"), blocks, reader, form.framed(frame), submit=form.submit(reader), callback=CYCLE)


def _offered(meetings: Sequence[MeetingChoice], reader: Reader) -> list[Option]:
    return [Option(each.name.for_(reader), each.id, reader.date(each.held) if each.held else None) for each in meetings]


def _why(read_by: Words, reader: Reader, *, optional: bool = False) -> Block:
    """The field for a reason, which is kept as written in the language of whoever gives it: it says so."""
    _ = reader.gettext
    label = {"en": _("Reason (write it in English)"), "fr": _("Reason (write it in French)")}[reader.language]
    return field("reason", label, text_input(FIELD, tall=True), hint=read_by, optional=optional)
