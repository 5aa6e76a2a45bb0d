"""How workplans read in Slack: one screen for all activities of one, and a list of many."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as attribute
from datetime import date
from typing import Final

from bot.blocks import (
    Block,
    Message,
    Modal,
    Option,
    actions,
    button,
    context,
    divider,
    field,
    header,
    link,
    menu,
    section,
    text_input,
)
from bot.face import drafts_that_wait
from bot.markup import bold
from bot.modals import Frame
from bot.workplans import wording
from bot.workplans.meanwhile import Writing, save
from cadre.core.bilingual import Standing
from cadre.core.marks import mark, marks
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.workplans.facts import ACTIVITY_STATES, ActivityFacts, ExtensionFacts, Seen, WorkplanFacts
from cadre.workplans.meanwhile import of_plan
from cadre.workplans.settling import NOTHING_YET

OPEN: Final = "workplans.open"
LIST: Final = "workplans.list"
PAGE: Final = "workplans.page"
NOTHING_CHANGED: Final = "workplans.nothing_changed"
COPY: Final = "workplans.copy"
AIM: Final = "workplans.aim"
ADD: Final = "workplans.add"
EDIT: Final = "workplans.edit"
SUBMIT: Final = "workplans.submit"
EXTEND: Final = "workplans.extend"
REASSIGN: Final = "workplans.reassign"
ACCEPT: Final = "workplans.accept"
RETURN: Final = "workplans.return"
APPROVE: Final = "workplans.approve"
UNAPPROVE: Final = "workplans.unapprove"
MOVE: Final = "workplans.move"
CYCLE: Final = "workplans.cycle"
GRANT: Final = "workplans.grant"
REFUSE: Final = "workplans.refuse"
DONE: Final = "workplans.done"
ON_TRACK: Final = "workplans.on_track"
AT_RISK: Final = "workplans.at_risk"
REPORT: Final = "workplans.report"
MINE: Final = "mine"
"""What a window is about that holds the activities of all of one's workplans."""
STATE: Final = "state"
NOTE: Final = "note"
_FIELD: Final = "workplans.field"

ACTIVITIES: Final = 28
"""Activities on one screen: each takes three blocks of the hundred of a window."""
PLANS: Final = 40
"""Workplans on one screen, and requests for more time before them: each of these takes two blocks."""
FEW: Final = 5
"""In a message and in App Home."""


def named(activity: ActivityFacts) -> str:
    """An activity, as buttons and windows know it: with its workplan."""
    return f"{activity.workplan}:{activity.id}"


def parts(about: str) -> tuple[str, int | None]:
    """The workplan, and the activity if one is named."""
    plan, _, activity = about.partition(":")
    return plan, int(activity) if activity else None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A workplan as it is shown to somebody. ``day``: today, where they are; ``page``: the address of its web page, if it has one.

    ``several``: they have activities in others, too. ``typed``: what they typed of its activities that is not saved, field by field;
    ``meanwhile``: those of these of which somebody else said something since.
    """

    seen: Seen
    day: date
    page: str | None = None
    several: bool = False
    typed: Mapping[int, Mapping[str, str]] = attribute(default_factory=dict)
    meanwhile: frozenset[int] = frozenset()

    @property
    def today(self) -> date | None:
        """Today, where it is theirs to know how late something is."""
        return self.day if concerned(self.seen) else None


def concerned(seen: Seen) -> bool:
    """Whether lateness concerns somebody: those who write a workplan or carry something of it out, and the secretariat."""
    return seen.may_edit or seen.may_settle or bool(seen.mine)


@dataclass(frozen=True, slots=True)
class Listing:
    """The workplans that somebody may see: theirs, then the others; and, for the secretariat, who asks for more time. ``former``: theirs
    of cycles that are over; ``earlier``: those of others. ``drafts``: how many about what is late wait for the secretariat; ``late``: the
    activities that are late, for the secretariat.
    """

    mine: tuple[WorkplanFacts, ...]
    others: tuple[WorkplanFacts, ...]
    day: date
    secretariat: bool = False
    extensions: tuple[ExtensionFacts, ...] = ()
    former: tuple[WorkplanFacts, ...] = ()
    earlier: tuple[WorkplanFacts, ...] = ()
    drafts: int = 0
    late: tuple[ActivityFacts, ...] = ()

    def today(self, plan: WorkplanFacts) -> date | None:
        """Today, where it is theirs to know how late something is."""
        return self.day if self.secretariat or plan in (*self.mine, *self.former) else None

    @property
    def only(self) -> WorkplanFacts | None:
        """The workplan of somebody who has no other."""
        return self.mine[0] if len(self.mine) == 1 else None

    @property
    def first(self) -> Frame:
        """The window that somebody most likely wants: what waits for the secretariat, one's own workplan, or all activities of several."""
        if self.secretariat or not self.mine:
            return Frame()
        return Frame(self.only.id if self.only else MINE)

    def groups(self, reader: Reader, *, rest: bool = True) -> Iterator[tuple[Words, tuple[WorkplanFacts, ...]]]:
        """The workplans under their headings, most urgent first; none that is empty. ``rest``: also those that ask for nothing."""
        _, others = reader.gettext, self.others
        waiting = tuple(plan for plan in others if self.secretariat and plan.state == "submitted")
        complete = tuple(plan for plan in others if self.secretariat and plan.state == "complete")
        late = tuple(plan for plan in others if self.secretariat and plan.waited_for and plan.due < self.day)
        calm = tuple(plan for plan in others if rest and plan not in (*waiting, *complete, *late))
        headings = (
            (_("Mine"), (*self.mine, *(self.former if rest else ()))),
            (_("To be looked at"), waiting),
            (_("To be approved"), complete),
            (_("Late"), late),
            (_("Others"), calm),
            (_("Earlier cycles"), self.earlier if rest else ()),
        )
        yield from ((heading, plans) for heading, plans in headings if plans)


def plan(sheet: Sheet, reader: Reader, frame: Frame, note: Words | None = None) -> Modal:
    """One screen for all activities of a workplan: who may only look gets no fields. ``note``: what was just done."""
    _, seen = reader.gettext, sheet.seen
    frame = within(frame, len(seen.plan.activities), ACTIVITIES)
    shown = seen.plan.activities[frame.start : frame.start + ACTIVITIES]
    blocks = [
        *(context(note) if note else ()),
        *_head(sheet, reader),
        *actions(*_steps(sheet, reader), block="workplans.steps"),
        *actions(*_settling(seen, reader), block="workplans.settling"),
        *actions(*_other_cycles(seen, reader), block="workplans.cycles"),
        divider(),
        *(block for activity in shown for block in row_of(activity, sheet, reader)),
        *more(len(seen.plan.activities), frame, ACTIVITIES, reader),
    ]
    fields = any(block["type"] == "input" for block in blocks)
    return Modal(
        title=_("Workplan"),
        blocks=tuple(blocks),
        close=_("Close"),
        submit=save(reader, again=bool(sheet.typed)) if fields else None,
        callback=REPORT,
        metadata=frame.packed(),
    )


def message(listing: Listing, reader: Reader) -> Message:
    """The same where no window can be opened: in answer to a mention or a direct message."""
    first, ways = listing.mine[:FEW], (*drafts_that_wait(listing.drafts, reader), *own(listing, reader), all_workplans(reader))
    told = (
        reader.ngettext("You have {n} workplan.", "You have {n} workplans.", len(listing.mine))
        if first
        else reader.gettext("You have no workplan of your own.")
    )
    return Message(told, (section(told), *(row(one, listing.today(one), reader) for one in first), *actions(*ways)))


def requests(extensions: Sequence[ExtensionFacts], reader: Reader) -> Iterator[Block]:
    """Those who ask for more time, each with the buttons that settle it."""
    _ = reader.gettext
    for asked in extensions:
        yield section(wording.extension(asked, reader))
        yield from actions(*answers(asked, reader), block=f"workplans.extension:{asked.id}")


def answers(asked: ExtensionFacts, reader: Reader) -> tuple[Block, ...]:
    """The buttons that settle what was asked for."""
    _ = reader.gettext
    return (
        button(_("Grant more time"), GRANT, str(asked.id), style="primary"),
        button(_("Refuse"), REFUSE, str(asked.id)),
        button(_("Open"), f"{OPEN}:{asked.id}", Frame(asked.plan).packed()),
    )


def stamp(activity: ActivityFacts, note: str) -> str:
    """A mark of what an activity's fields show. What is typed stays in a field of the same name when a window is drawn anew
    (https://docs.slack.dev/reference/methods/views.update): where the registry says something else by then, the name is another.
    """
    return f"{zlib.crc32(repr((activity.state, note, activity.told_at)).encode()):08x}"


def _head(sheet: Sheet, reader: Reader) -> Iterator[Block]:
    _, found = reader.gettext, sheet.seen.plan
    yield header(wording.target(found, reader))
    meeting, asked = wording.to_be_approved(found, sheet.day, reader), wording.more_time(found.asked_until, reader)
    aim = None if found.aim is None else _("Aim: {aim}", aim=wording.short(found.aim.for_(reader)))
    why = wording.in_language(found.reason, found.reason_in, reader) if found.reason and found.state == "returned" else None
    reason = _("Reason: {reason}", reason=why) if why else None
    standing = wording.dots((wording.cycle(found.half, reader), wording.standing(found, sheet.today, reader)))
    yield section(
        wording.lines((standing, asked, wording.settled(found, reader), reason, meeting, aim, wording.undated(sheet.seen, reader)))
    )
    if gone := wording.going_on(sheet.seen, reader):
        yield from context(gone)
    if sheet.seen.may_edit:
        yield from context(*wording.owed(sheet.seen, reader))
        if found.awaited and not found.activities:
            yield from context(NOTHING_YET.for_(reader))


def _steps(sheet: Sheet, reader: Reader) -> Iterator[Block]:
    """What can be done with the whole workplan by those who write it."""
    _, seen, id_ = reader.gettext, sheet.seen, sheet.seen.plan.id
    open_ = any(activity.open for activity in seen.plan.activities)
    if seen.mine and open_:
        yield button(_("Nothing changed"), NOTHING_CHANGED, id_)
    if seen.may_edit and seen.copied_from and not open_:
        yield button(_("Copy last plan"), COPY, id_)
    if seen.may_edit:
        yield button(_("Add an activity"), ADD, id_)
        yield button(_("Aim"), AIM, id_)
    if seen.may_edit and seen.plan.awaited:
        if seen.plan.activities:
            yield button(_("Submit to the secretariat"), SUBMIT, id_, style="primary")
        yield button(_("More time"), EXTEND, id_)
    if sheet.page:
        yield link(_("Web page"), PAGE, sheet.page)
    if sheet.several:
        yield button(_("My activities"), f"{OPEN}:{MINE}", Frame(MINE).packed())
    yield all_workplans(reader)


def _other_cycles(seen: Seen, reader: Reader) -> Iterator[Block]:
    """The way to what was planned in other half-years: an approval may be taken back there, too."""
    for half, id_ in seen.others[:FEW]:
        yield button(wording.cycle(half, reader), f"{OPEN}:{half}", Frame(id_).packed())


def _settling(seen: Seen, reader: Reader) -> Iterator[Block]:
    """What the secretariat can do with it."""
    _, found = reader.gettext, seen.plan
    if not seen.may_settle:
        return
    if found.state == "submitted":
        yield button(_("Accept"), ACCEPT, Writing(found.id, shown=marks(of_plan(found))).packed(), style="primary")
    if found.state in ("submitted", "complete"):
        yield button(_("Return"), RETURN, found.id)
    if found.state == "complete":
        yield button(_("Record the approval"), APPROVE, found.id, style="primary")
    if found.state == "approved":
        yield button(_("Take the approval back"), UNAPPROVE, found.id)
    if found.awaited:
        yield button(_("Move the due date"), MOVE, found.id)


def row_of(activity: ActivityFacts, sheet: Sheet, reader: Reader) -> Iterator[Block]:
    """An activity: what, whose, when; fields for whoever may say how it goes."""
    _, mine = reader.gettext, activity.id in sheet.seen.mine
    note = (activity.note.in_(reader.language) if activity.note else None) or ""
    whole = wording.brief(activity.note, reader, wording.TEXT) if activity.note else None
    other = _other_note(activity, reader) if mine and note else whole
    asked = wording.more_time(activity.asked_until, reader)
    due = wording.activity_due(activity, sheet.today, reader)
    about = wording.dots((bold(due) if wording.day_owed(activity, sheet.seen) else due, wording.owners(activity, reader)))
    said = wording.dots((None if mine else wording.activity_state(activity.state, reader), wording.last_said(activity, reader)))
    told = other and _("Note: {note}", note=other)
    anew = _changed(activity, reader) if activity.id in sheet.meanwhile else None
    text = wording.lines((bold(wording.numbered(activity, reader)), about, asked, said, told, anew))
    yield section(text, _beside(activity, sheet.seen, reader))
    if mine:
        yield from _fields(activity, note, sheet, reader)


def _changed(activity: ActivityFacts, reader: Reader) -> Words:
    """What somebody else said of an activity meanwhile, beside what was typed."""
    return reader.gettext("Changed while you were writing. Now it says: {what}", what=wording.goes(activity, reader))


def _fields(activity: ActivityFacts, note: str, sheet: Sheet, reader: Reader) -> Iterator[Block]:
    """State and note: as the registry has them, or as they were typed and not saved. What they are called says what the registry has."""
    _, typed, number = reader.gettext, sheet.typed.get(activity.id, {}), activity.number
    anew = stamp(activity, note)
    states = [Option(wording.activity_state(state, reader), state) for state in ACTIVITY_STATES]
    chosen, said = typed.get(STATE, activity.state), typed.get(NOTE, note)
    yield field(f"{STATE}:{activity.id}:{mark(activity.state)}:{anew}", _("{number}. State", number=number), menu(_FIELD, states, chosen))
    yield field(f"{NOTE}:{activity.id}:{mark(note)}:{anew}", _("{number}. Note", number=number), text_input(_FIELD, said), optional=True)


def _other_note(activity: ActivityFacts, reader: Reader) -> Words | None:
    """The note in the other language where it changed since: the reader's own is to be looked at again."""
    if activity.note is None or activity.note.standing(reader.language) is not Standing.STALE:
        return None
    return wording.short(Words.verbatim((activity.note.fr if reader.language == "en" else activity.note.en) or ""))


def _beside(activity: ActivityFacts, seen: Seen, reader: Reader) -> Block | None:
    """Those who write the workplan edit the activity; its owners may want more time."""
    _ = reader.gettext
    if seen.may_edit:
        return button(_("Edit"), EDIT, named(activity), spoken=_("Edit {number}", number=activity.number))
    if activity.id in seen.mine and activity.open and activity.due:
        return button(_("More time"), EXTEND, named(activity), spoken=_("More time for {number}", number=activity.number))
    return None


def row(one: WorkplanFacts, day: date | None, reader: Reader) -> Block:
    """A workplan among others, with the way into it."""
    spoken = reader.gettext("Open: {name}", name=wording.target(one, reader))
    return section(wording.row(one, day, reader), button(reader.gettext("Open"), OPEN, Frame(one.id).packed(), spoken=spoken))


def within(frame: Frame, total: int, each: int) -> Frame:
    """The page asked for; the last one where there are fewer by now."""
    return replace(frame, start=min(frame.start, max(0, total - 1) // each * each))


def more(total: int, frame: Frame, each: int, reader: Reader) -> Iterator[Block]:
    """Where not all find room. What was typed is saved before the page is turned."""
    _, next_ = reader.gettext, frame.start + each
    elements = []
    if frame.start:
        elements.append(button(_("Those before"), f"{OPEN}:0", Frame(frame.about, max(0, frame.start - each)).packed()))
    if next_ < total:
        elements.append(button(_("Those that follow"), f"{OPEN}:1", Frame(frame.about, next_).packed()))
    if elements:
        yield from context(_("There are more than one screen holds."))
        yield from actions(*elements)


def own(listing: Listing, reader: Reader) -> Iterator[Block]:
    """All activities at once, where they stand in several workplans."""
    if len(listing.mine) > 1:
        yield button(reader.gettext("All my activities"), f"{OPEN}:{MINE}", Frame(MINE).packed())


def all_workplans(reader: Reader) -> Block:
    """The way to the list."""
    return button(reader.gettext("All workplans"), LIST)
