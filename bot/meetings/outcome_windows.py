"""The windows in which what came of a meeting is recorded: who was there, what was decided, what is to be done by whom."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Final

from bot.blocks import Block, Modal, Option, day_picker, field, menu, menu_many, search_many, section, text_input
from bot.meetings import prep_actions
from bot.meetings.agenda_windows import line, named, pair, person
from bot.modals import Frame
from cadre.core.reader import Reader
from cadre.core.text import fold
from cadre.core.words import Words
from cadre.decisions.facts import DecisionFacts
from cadre.decisions.service import ActionView
from cadre.meetings import drafting
from cadre.meetings.agenda import AgendaView
from cadre.people.facts import PersonRef

ATTENDANCE_FORM: Final = "meetings.attendance_form"
DECISION_FORM: Final = "meetings.decision_form"
TAKE_BACK_FORM: Final = "meetings.take_back_form"
ACTION_FORM: Final = "meetings.action_form"
TIME_FORM: Final = "meetings.action_time_form"
YES: Final = "yes"
NO: Final = "no"
_FIELD: Final = "typed"
PRESENT: Final = "present"
"""What the blocks of those who were there begin with."""
_MOST: Final = 100
"""Names that a field holds."""


def attendance(view: AgendaView, reader: Reader, frame: Frame) -> Modal:
    """Who was there: as recorded, else those who said that they would come, and whoever stands in for somebody."""
    _ = reader.gettext
    recorded = any(each.attended is not None for each in view.invited)
    there = [each.person for each in view.invited if (each.attended if recorded else each.answer == "accepted")]
    if not recorded:
        there += [each.stands_in for each in view.invited if each.stands_in and each.answer == "declined"]
    crowd = sorted({each.person for each in view.invited} | set(there), key=lambda person: fold(person.name))
    yes_no = [Option(_("There was a quorum"), YES), Option(_("There was no quorum"), NO)]
    counts = view.meeting.counts
    recorded_quorum = None if counts.recorded is None else YES if counts.recorded else NO
    values = {"needed": counts.needed or 0, "invited": counts.invited}
    rule = _("By the rule of this group {needed} of {invited} must be there.", **values) if counts.needed else None
    blocks = (
        section(named(view.meeting, reader)),
        *(_few(there, reader) if len(crowd) <= _MOST else _many(crowd, there, reader)),
        field("quorum", _("Quorum"), menu(_FIELD, yes_no, recorded_quorum), rule, optional=True),
    )
    return Modal(_("Attendance"), blocks, _("Back"), _("Save"), ATTENDANCE_FORM, frame.packed())


def _few(there: Sequence[PersonRef], reader: Reader) -> Iterator[Block]:
    chosen = [Option(Words.verbatim(each.name), each.id) for each in dict.fromkeys(there)]
    people = search_many(prep_actions.PEOPLE, reader.gettext("Type a name"), chosen)
    yield field(PRESENT, reader.gettext("Who was there"), people, optional=True)


def _many(crowd: Sequence[PersonRef], there: Collection[PersonRef], reader: Reader) -> Iterator[Block]:
    """Of more than a field takes: fields by the alphabet, and one for those who came without being invited."""
    _, present = reader.gettext, {each.id for each in there}
    for start in range(0, len(crowd), _MOST):
        some = crowd[start : start + _MOST]
        label = _("Who was there, from {first} to {last}", first=Words.verbatim(some[0].name), last=Words.verbatim(some[-1].name))
        options = [Option(Words.verbatim(each.name), each.id) for each in some]
        yield field(f"{PRESENT}_{start}", label, menu_many(_FIELD, options, present, _("Choose those who were there")), optional=True)
    yield field(PRESENT, _("Who else was there"), search_many(prep_actions.PEOPLE, _("Type a name")), optional=True)


def decision(view: AgendaView, item: int | None, held: DecisionFacts | None, reader: Reader, frame: Frame) -> Modal:
    """What was decided, in both languages, or one that is owed."""
    _ = reader.gettext
    told = _("It is proposed, and has no number, until it is confirmed. A language that you leave empty is owed.")
    blocks = (*_about(view, item, reader), *pair("wording", held.wording if held else None, reader, tall=True), section(told))
    return Modal(_("Decision"), blocks, _("Back"), _("Save"), DECISION_FORM, frame.packed())


def take_back(view: AgendaView, known: str | None, reader: Reader, frame: Frame) -> Modal:
    """A decision that the meeting did not take, and why it is taken back."""
    _ = reader.gettext
    held = next((each.wording for each in view.decisions if each.id == known), None)
    told = _("Proposed decision: {text}", text=held.marked(reader) if held else Words(""))
    why = field("why", _("Reason"), text_input(_FIELD, tall=True), _("It is kept with the record."))
    return Modal(_("Take the decision back"), (section(told), why), _("Back"), _("Take the decision back"), TAKE_BACK_FORM, frame.packed())


def action(view: AgendaView, item: int | None, reader: Reader, frame: Frame) -> Modal:
    """What is to be done, by whom, by when."""
    _ = reader.gettext
    blocks = (
        *_about(view, item, reader),
        *pair("wording", None, reader),
        field("owner", _("Who"), person(reader, None), optional=True),
        field("due", _("By when"), day_picker(_FIELD), optional=True),
    )
    return Modal(_("Action"), blocks, _("Back"), _("Save"), ACTION_FORM, frame.packed())


def more_time(known: ActionView, later: date, reader: Reader, frame: Frame) -> Modal:
    """By when instead."""
    _ = reader.gettext
    blocks = (section(drafting.action(known, reader)), field("due", _("By when"), day_picker(_FIELD, later)))
    return Modal(_("More time"), blocks, _("Back"), _("Save"), TIME_FORM, frame.packed())


def done(text: Words, reader: Reader) -> Modal:
    """A receipt, where no window lies below that could show it."""
    _ = reader.gettext
    return Modal(_("It is done"), (section(text),), _("Close"))


def _about(view: AgendaView, item: int | None, reader: Reader) -> tuple[Block, ...]:
    found = next((each for each in view.items if each.id == item), None)
    return (section(line(found, reader) if found else named(view.meeting, reader)),)
