"""The minutes of a meeting in a window, and the windows in which they are written, corrected and approved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from bot.blocks import Block, Modal, Option, actions, button, context, divider, field, folded, literal, menu, section, text_input, written
from bot.meetings import prep_actions
from bot.meetings.agenda_windows import decision_controls, named
from bot.modals import Frame
from cadre.core.bilingual import Bilingual
from cadre.core.i18n import Language
from cadre.core.reader import Reader
from cadre.core.reader import named as named_person
from cadre.core.typed import LONGEST, in_parts
from cadre.core.words import Words
from cadre.meetings import drafting, wording
from cadre.meetings.minutes import MinutesView
from cadre.meetings.views import MinutesFacts

MINUTES_FORM: Final = "meetings.minutes_form"
CORRECTION_FORM: Final = "meetings.correction_form"
APPROVAL_FORM: Final = "meetings.approval_form"
_FIELD: Final = "typed"


def minutes(view: MinutesView, reader: Reader, frame: Frame, note: Words | None = None) -> Modal:
    """The minutes as the reader may see them. They are a draft until they are approved, and say so."""
    _ = reader.gettext
    heading = _("Minutes (draft)") if view.draft else _("Minutes")
    blocks = [
        *context(*((note,) if note else ())),
        section(named(view.agenda.meeting, reader)),
        *context(*state(view, reader)),
        *map(literal, _parts(view.text.for_(reader))),
        *_elsewhere(view, reader),
        *_corrections(view, reader),
        *_controls(view, reader),
    ]
    return Modal(heading, tuple(blocks), _("Close"), metadata=frame.packed())


def _parts(text: Words) -> list[Words]:
    return [Words.verbatim(part) for part in in_parts(text)]


def state(view: MinutesView, reader: Reader) -> Iterator[Words]:
    """Where the minutes stand."""
    _, facts = reader.gettext, view.facts
    if not view.text.in_(reader.language):
        yield _("They stand in French only so far.") if view.text.fr else _("They stand in English only so far.")
    if facts is None:
        yield _("Draft, proposed from what is recorded. Nobody saved it yet.")
        return
    who, when = Words.verbatim(named_person(facts.changed_by)), reader.moment(facts.changed_at)
    if facts.state == "approved":
        if view.approved:
            yield _("Approved at the meeting of {day}.", day=wording.day(view.approved, reader))
        yield _("Approval recorded by {who}, {moment}.", who=who, moment=when)
        return
    if facts.circulated_at is None:
        yield _("Draft, not circulated yet. Last written by {who}, {moment}.", who=who, moment=when)
        return
    yield _("Draft, circulated {moment}.", moment=reader.moment(facts.circulated_at))
    if view.altered and view.agenda.meeting.may_arrange:
        yield _("Changed since by {who}: circulate it anew, so that everybody has the same.", who=who)


def _elsewhere(view: MinutesView, reader: Reader) -> Iterator[Block]:
    """Decisions that the registry has in other words than the minutes, and who was there by each of them: one of the two is wrong."""
    yield from _others_there(view, reader)
    for each in view.elsewhere if view.draft else ():
        told = reader.gettext("These minutes do not have this decision as it was recorded: {text}", text=each.wording.marked(reader))
        controls = folded(prep_actions.ITEM, decision_controls(view.agenda.meeting.id, each, reader)) if each.provisional else None
        yield section(told, controls)


def _others_there(view: MinutesView, reader: Reader) -> Iterator[Block]:
    if view.draft and view.others_there:
        recorded = Words.joined("\n", drafting.attendance(view.agenda.invited, reader)) or reader.gettext("nobody")
        yield section(reader.gettext("These minutes and the recorded attendance differ. Recorded:\n{recorded}", recorded=recorded))


def _corrections(view: MinutesView, reader: Reader) -> Iterator[Block]:
    """Those that wait, and what to do about them."""
    _ = reader.gettext
    for each in view.corrections if view.draft else ():
        values = {"who": Words.verbatim(named_person(each.by)), "moment": reader.moment(each.at), "text": Words.verbatim(each.text)}
        told = _("Correction from {who}, {moment}: {text}", **values)
        yield section(told, button(_("Set aside"), prep_actions.ASIDE, str(each.id)))
    if view.corrections and view.draft:
        yield from context(_("Before they are approved: write them corrected and circulate them anew, or set the correction aside."))


def _controls(view: MinutesView, reader: Reader) -> Iterator[Block]:
    _, value = reader.gettext, view.agenda.meeting.id
    if not view.draft or view.agenda.meeting.facts.state == "cancelled":
        return
    yield divider()
    if not view.agenda.meeting.may_arrange:
        yield from actions(button(_("Send a correction"), prep_actions.CORRECT, value))
        return
    row = [button(_("Write"), prep_actions.WRITE, value)]
    if view.facts and view.facts.text and view.facts.text.stale:
        name = _("The English stands as it is") if view.facts.text.stale == "en" else _("The French stands as it is")
        row.append(button(name, prep_actions.STANDS, value))
    if view.facts and (view.facts.sent is None or view.altered):
        heard = max((each.id for each in view.corrections), default=0)
        row.append(button(_("Circulate"), prep_actions.CIRCULATE, f"{value}:{heard}", style="primary"))
    if view.facts and view.facts.sent and not view.altered and view.approving and not view.corrections:
        row.append(button(_("Approved"), prep_actions.APPROVE, value, style="primary"))
    yield from actions(*row)
    yield from actions(*prep_actions.recording(value, reader), block="minutes.recording")


def write(text: Bilingual, reader: Reader, frame: Frame, theirs: MinutesFacts | None = None) -> Modal:
    """The window in which minutes are written. ``theirs``: what somebody saved meanwhile, to be seen before one's own is saved over it."""
    _ = reader.gettext
    blocks: list[Block] = []
    if theirs:
        who, when = Words.verbatim(named_person(theirs.changed_by)), reader.moment(theirs.changed_at)
        told = _("{who} saved these minutes meanwhile, {moment}. Nothing of yours is lost: it stands below. Theirs:", who=who, moment=when)
        blocks.append(section(told))
        texts = [theirs.text.in_(each) for each in reader.languages] if theirs.text else []
        blocks += [literal(part) for each in texts if each for part in _parts(Words.verbatim(each))]
        blocks.append(section(_("Take over what you want to keep of it, then save: yours then stands in its place.")))
    blocks += _fields(text, reader)
    return Modal(_("Minutes (draft)"), tuple(blocks), _("Back"), _("Save"), MINUTES_FORM, frame.packed())


def _fields(text: Bilingual, reader: Reader) -> Iterator[Block]:
    """As many fields for each language as its text fills, and one to go on in."""
    _ = reader.gettext
    more = {"en": _("Minutes, in English (continued)"), "fr": _("Minutes, in French (continued)")}
    first = {"en": _("Minutes, in English"), "fr": _("Minutes, in French")}
    hint = _("A field takes {n} characters; go on in the next. Minutes take {most} in each language.", n=LONGEST, most=drafting.MOST)
    for language in reader.languages:
        held = in_parts(text.in_(language) or "")
        shown = (*held, "") if held[0] else held
        for number, part in enumerate(shown, 1):
            name, label = (f"text_{language}", first) if number == 1 else (f"text_{language}_{number}", more)
            last = hint if number == len(shown) else None
            yield field(name, label[language], text_input(_FIELD, part, tall=True), last, optional=True)


def written_in(state: Mapping[str, Any], language: Language) -> str:
    """What stands in all fields of a language, in the order of their numbers."""
    blocks = sorted((block for block in state if block.startswith(f"text_{language}")), key=lambda block: (len(block), block))
    return "\n".join(text for block in blocks if (text := written(dict(state), block)))


def correct(view: MinutesView, reader: Reader, frame: Frame) -> Modal:
    """What is wrong in the minutes, for whoever chairs the meeting."""
    _ = reader.gettext
    told = _("Those who chair the meeting are told, and correct the minutes.")
    blocks = (section(named(view.agenda.meeting, reader)), field("text", _("What is to be corrected"), text_input(_FIELD, tall=True)))
    return Modal(_("Correction"), (*blocks, section(told)), _("Back"), _("Send"), CORRECTION_FORM, frame.packed())


def approve(view: MinutesView, reader: Reader, frame: Frame, at: str = "") -> Modal:
    """The meeting at which they were approved. ``at``: the one from whose agenda it is done. That they differ from what was recorded is
    said once more: from then on nobody corrects them.
    """
    _ = reader.gettext
    differ = tuple(_others_there(view, reader))
    options = [Option(wording.when(each, reader).sentence, each.id) for each in view.approving]
    blocks = (
        section(named(view.agenda.meeting, reader)),
        field("meeting", _("Approved at the meeting"), menu(_FIELD, options, at or (options[0].value if options else None))),
        *differ,
        *(context(_("Once they are approved, the minutes are what counts. Go back to correct one of the two.")) if differ else ()),
    )
    return Modal(_("Approval"), blocks, _("Back"), _("Save"), APPROVAL_FORM, frame.packed())
