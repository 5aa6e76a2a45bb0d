"""The windows of reviews: how one stands, what one person is asked, whom one would ask, and those that are over."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.blocks import Block, Message, Modal, actions, button, context, divider, field, header, listed, section, text_input
from bot.framework import review_actions as of
from bot.framework import review_rows as rows
from bot.markup import bold
from bot.modals import Frame
from cadre.core.marks import marks
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.framework import review_wording as wording
from cadre.framework.review import Reminded
from cadre.framework.review_answers import of_slide
from cadre.framework.review_facts import OPEN, Line, ReviewFacts, View
from cadre.framework.review_rules import ATTENDANCE, FACT
from cadre.people.facts import PersonRef

_PEOPLE: Final = 40
"""People who have a line of their own in a window; after them, their number."""
_FIELD: Final = "review.field"


@dataclass(frozen=True, slots=True)
class Writing(Frame):
    """What the window of a slide keeps of itself: marks of what its fields showed."""

    shown: Mapping[str, str] = dataclasses.field(default_factory=dict)


def home(open_: Sequence[View], packet: int | None, coming: int, reader: Reader) -> Iterator[Block]:
    """A part of App Home: one's own packet; for the secretariat how each open review stands, and that others can be opened."""
    _ = reader.gettext
    if not (open_ or coming or packet):
        return
    yield section(_("Reviews before meetings in person"))
    for view in open_:
        told = Words.joined(" ", (wording.title(view.review, reader), wording.counted(view, reader)))
        yield section(told, button(_("See how it stands"), f"{of.OPEN}:{view.review.id}", rows.frame("coverage", view.review.id)))
    own = (button(_("What is asked of me"), of.OPEN, rows.frame("packet", packet), "primary"),) if packet else ()
    all_ = (button(_("All reviews"), f"{of.OPEN}:list", rows.frame("list")),) if open_ or coming else ()
    yield from actions(*own, *all_, block="review.home")


def message(about: str, told: Words, reader: Reader) -> Message:
    """Where a message was written, no window can be opened: a button opens it."""
    return Message(told, (section(told), *actions(button(reader.gettext("Open"), of.OPEN, Frame(about).packed(), "primary"))))


def nothing(reader: Reader) -> Message:
    """That nothing is asked of whoever asks."""
    told = reader.gettext("Nothing is asked of you: no review before a meeting in person is open that concerns you.")
    return Message(told, (section(told),))


def everything(found: Sequence[ReviewFacts], coming: Sequence[ReviewFacts], reader: Reader, frame: Frame) -> Modal:
    """All reviews: those that can be opened, those that are open, those that are over."""
    _ = reader.gettext
    blocks: list[Block] = []
    for each in coming:
        see = button(_("See who is asked what"), f"{of.OPEN}:{each.meeting}", rows.frame("ahead", each.meeting))
        blocks.append(section(_("{review}. It can be opened.", review=wording.title(each, reader)), see))
    for each in found[:_PEOPLE]:
        told = wording.title(each, reader) if each.state == OPEN else wording.over(each, reader)
        blocks.append(section(told, button(_("Open"), f"{of.OPEN}:{each.id}", rows.frame("coverage", each.id), spoken=told)))
    if not blocks:
        blocks.append(section(_("No review was held yet, and no meeting in person has a day that is fixed.")))
    return Modal(_("Reviews"), tuple(blocks), close=_("Close"), metadata=frame.packed())


def coverage(view: View, reader: Reader, frame: Frame, note: Words | None = None) -> Modal:
    """How a review stands: by group and priority, and by person; what is still open, and what the secretariat has to see to."""
    _, review = reader.gettext, view.review
    blocks: list[Block] = [section(note)] if note else []
    blocks += [header(wording.name(review, reader))]
    if review.state == OPEN:
        blocks += [section(wording.counted(view, reader)), *_ways(view, reader)]
    else:
        told = (wording.over(review, reader), wording.counted(view, reader), wording.kept(review, reader))
        blocks.append(section(Words.joined(" ", (each for each in told if each))))
    for line in view.unsettled:
        blocks += [section(wording.each(line, reader)), section(wording.state(line, reader))]
        blocks += actions(*rows.corrected(line, reader), block=f"review.wrong:{line.id}")
    over = review.state != OPEN
    blocks += [
        divider(),
        section(bold(_("By group and priority"))),
        *listed(_subject(lines, reader, over=over) for lines in view.by_subject().values()),
    ]
    blocks += [divider(), section(bold(_("By person"))), *_people(view, reader)]
    return Modal(_("Review"), tuple(blocks), close=_("Close"), metadata=frame.packed())


def _ways(view: View, reader: Reader) -> Iterator[Block]:
    _, value = reader.gettext, str(view.review.id)
    said = sum(line.state == "right" and line.waits for line in view.lines)
    confirm = reader.ngettext("Confirm {n} fact said to be right", "Confirm {n} facts said to be right", said)
    yield from actions(
        *((button(_("Remind now"), of.REMIND, value),) if view.silent else ()),
        *((button(confirm, of.CONFIRM, value),) if said else ()),
        button(_("Close the review…"), of.CLOSE, value),
        button(_("All reviews"), f"{of.OPEN}:list", rows.frame("list")),
        block="review.ways",
    )


def _subject(lines: Sequence[Line], reader: Reader, *, over: bool) -> Words:
    """A group or priority, how far it is answered, and what is still open of it; once it is over, all that was answered."""
    _ = reader.gettext
    first = lines[0]
    told = [_("{name}: {how}", name=first.name.for_(reader), how=wording.how_far(lines, reader))]
    told += wording.brief(lines, reader)
    if not first.owed:
        told.append(_("nobody is confirmed to lead it"))
    said = [wording.said(line, reader) for line in lines if line.state in ("right", "wrong", "done") and (over or line.kind != FACT)]
    return Words.joined("\n   ", (*told, *said))


def _people(view: View, reader: Reader) -> Iterator[Block]:
    _ = reader.gettext
    people = [each for each in view.people.values() if view.of(each.id)]
    for number, each in enumerate(people[:_PEOPLE]):
        lines = view.of(each.id)
        told = _("{name}: {how}", name=Words.verbatim(each.name), how=wording.how_far(lines, reader))
        if view.review.state != OPEN:
            told = Words.joined("\n   ", (told, *(wording.said(line, reader) for line in lines if line.own and not line.open)))
        packet = view.packets.get(each.id)
        answers = view.review.state == OPEN and packet
        see = button(_("Answer for them"), f"{of.OPEN}:{number}", rows.frame("packet", packet), spoken=told) if answers else None
        yield section(told, see)
    if len(people) > _PEOPLE:
        yield from context(reader.ngettext("{n} more", "{n} more", len(people) - _PEOPLE))


def packet(view: View, id_: int, whose: PersonRef, reader: Reader, frame: Frame, *, own: bool, note: Words | None = None) -> Modal:
    """What one person is asked; for the secretariat, to record what they said by phone."""
    _, review = reader.gettext, view.review
    blocks: list[Block] = [section(note)] if note else []
    blocks.append(section(wording.title(review, reader)))
    if not own:
        told = _("You record here what {name} told you by phone. They are told of it.", name=Words.verbatim(whose.name))
        blocks.append(section(told))
    found = list(rows.packet(id_, view.of(whose.id), view.revision, reader)) if review.state == OPEN else []
    blocks += found or [section(wording.over(review, reader) if review.state != OPEN else _("Nothing is asked any more."))]
    return Modal(_("What is asked"), tuple(blocks), close=_("Close"), metadata=frame.packed())


def attendance(view: View, id_: int, whose: PersonRef, reader: Reader, frame: Frame) -> Modal:
    """Whether somebody comes, to be answered otherwise."""
    _ = reader.gettext
    lines = [line for line in view.of(whose.id) if line.kind == ATTENDANCE and line.counts] if view.review.state == OPEN else []
    blocks: list[Block] = [section(wording.title(view.review, reader))]
    for line in lines:
        if not line.open:
            blocks.append(section(_("✓ {what}", what=wording.state(line, reader))))
        blocks += rows.attendance(id_, line, view.revision, reader)
    if not lines:
        blocks.append(section(_("Nothing is asked any more.")))
    return Modal(_("What is asked"), tuple(blocks), close=_("Close"), metadata=frame.packed())


def reminded(done: Reminded, reader: Reader) -> Words:
    """Who is asked again, or why nobody is."""
    _ = reader.gettext
    if done.asked:
        return reader.ngettext(
            "{n} person is asked again, in their working hours.", "{n} people are asked again, in their working hours.", done.asked
        )
    if done.coming and not done.told:
        return _("Nobody has had the message yet: each gets it in their working hours.")
    if done.coming:
        return _("Each of them was asked today already, or gets the message in their working hours.")
    return _("All of them were asked today already.")


def facts(lines: Sequence[Line], id_: int, reader: Reader, frame: Frame) -> Modal:
    """The facts of one group or priority."""
    _ = reader.gettext
    found = [line for line in lines if line.kind == FACT and line.counts]
    blocks: list[Block] = [header(found[0].name.for_(reader))] if found else []
    blocks += list(rows.facts(id_, found, reader)) or [section(_("Nothing is asked any more."))]
    return Modal(_("Facts to confirm"), tuple(blocks), close=_("Close"), metadata=frame.packed())


def ahead(view: View, reader: Reader, frame: Frame) -> Modal:
    """Who would be asked what: the review is opened by this window."""
    _ = reader.gettext
    blocks: list[Block] = [section(wording.title(view.review, reader))]
    blocks.append(
        section(
            _("Each is told in their working hours, in their language: in Slack, else by e-mail. Where several lead, one answer is enough.")
        )
    )
    for each in view.people.values():
        lines = view.of(each.id)
        blocks.append(section(bold(Words.verbatim(each.name))))
        blocks += listed(wording.each(line, reader) for line in lines)
    nobody = [lines[0].name.for_(reader) for lines in view.by_subject().values() if not lines[0].owed]
    if nobody:
        blocks += context(_("Nobody is confirmed to lead these, so nobody is asked: {names}", names=reader.listed(nobody)))
    if not view.people:
        blocks.append(section(_("Nobody is asked anything: no role is confirmed.")))
    return Modal(_("Who is asked what"), tuple(blocks), _("Cancel"), _("Open the review"), of.OPENED, frame.packed())


def wrong(line: Line, reader: Reader, frame: Frame) -> Modal:
    """What is right instead of what the registry has."""
    _ = reader.gettext
    told = wording.fact(line, reader) if line.says else line.name.for_(reader)
    hint = _("The secretariat reads it, and corrects the registry.")
    text = field("text", _("What is right"), text_input(_FIELD, line.text or "", tall=True), hint)
    return Modal(_("It is not right"), (section(told), text), _("Cancel"), _("Send"), of.CORRECTED, frame.packed())


def slide(line: Line, reader: Reader, frame: Frame) -> Modal:
    """What is to be said in the meeting, in one language or both."""
    _ = reader.gettext
    now = of_slide(line.slide)
    blocks: list[Block] = [section(bold(line.name.for_(reader)))]
    if line.says:
        blocks += context(_("Its description: {text}", text=line.says.marked(reader)))
    for language in reader.languages:
        label = _("To be said, in English") if language == "en" else _("To be said, in French")
        blocks.append(field(f"slide_{language}", label, text_input(_FIELD, now[f"slide_{language}"], tall=True), optional=True))
    blocks += context(_("It stands on the slide of this meeting's deck. One language is enough for now: the other is owed."))
    return Modal(
        _("Your slide"),
        tuple(blocks),
        _("Cancel"),
        _("Save"),
        of.WRITTEN,
        Writing(frame.about, under=frame.under, shown=marks(now)).packed(),
    )


def closing(view: View, reader: Reader, frame: Frame) -> Modal:
    """What closing a review means: what stays open is kept as it is."""
    _ = reader.gettext
    blocks: list[Block] = [section(wording.title(view.review, reader)), section(wording.counted(view, reader))]
    blocks.append(section(_("How it stands is kept for good, with a snapshot of the framework, and all who were asked are told.")))
    blocks.append(section(_("No answer counts after that.")))
    if view.unsettled:
        told = _("Said not to be right, and not seen to yet (that can also be done after the closing):")
        blocks += [section(bold(told)), *listed(wording.said(line, reader) for line in view.unsettled)]
    if n := sum(line.state == "right" and line.waits for line in view.lines):
        said = reader.ngettext("{n} fact said to be right is not confirmed yet.", "{n} facts said to be right are not confirmed yet.", n)
        blocks.append(section(said))
    open_ = [line for line in view.lines if line.open]
    if open_:
        blocks += [section(bold(_("This stays open:"))), *listed(wording.each(line, reader) for line in open_)]
    return Modal(_("Close the review"), tuple(blocks), _("Cancel"), _("Close the review"), of.CLOSED, frame.packed())
