"""The windows in which a logic model is written, by the secretariat: a part, what it feeds, that it goes."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.blocks import Block, Modal, Option, context, field, listed, menu, menu_many, section, text_input
from bot.modals import Frame
from cadre.core.marks import mark, marks
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.workplans import logic_wording as wording
from cadre.workplans.logic import Removed, of_part
from cadre.workplans.logic_rules import FED, STAGES, Model, Part, may_feed

KEPT: Final = "framework.part_kept"
FED_KEPT: Final = "framework.feeds_kept"
REMOVED: Final = "framework.part_removed"
_FIELD: Final = "framework.field"


@dataclass(frozen=True, slots=True)
class Writing(Frame):
    """What a window with fields keeps of itself: the part that it is of, marks of what its fields showed, and of what it fed (``fed``)."""

    part: str = ""
    shown: Mapping[str, str] = dataclasses.field(default_factory=dict)
    fed: Sequence[str] = ()


def part(found: Model, held: Part | None, reader: Reader, frame: Frame) -> Modal:
    """A part, new or changed: its stage, its wording in both languages or in one, the priority that alone it is of."""
    _ = reader.gettext
    now = of_part(held) if held else {}
    stages = [Option(wording.stage(stage, reader), stage) for stage in STAGES]
    priorities = [Option(name.for_(reader), id_) for id_, name in found.priorities.items()]
    blocks: list[Block] = [field("term", _("Stage"), menu(_FIELD, stages, now.get("term")))]
    for language in reader.languages:
        told = _("Wording, in English") if language == "en" else _("Wording, in French")
        stale = _("The other language was changed since.") if held and held.wording.stale == language else None
        text = text_input(_FIELD, now.get(f"wording_{language}", ""), tall=True)
        blocks.append(field(f"wording_{language}", told, text, stale, optional=True))
    if priorities:
        hint = _("Where it is of one priority alone.")
        blocks.append(field("priority", _("Priority"), menu(_FIELD, priorities, now.get("priority")), hint, optional=True))
    blocks += context(_("One language is enough for now: the other is owed."))
    title = _("Change a part") if held else _("Add a part")
    writing = Writing(frame.about, under=frame.under, part=held.id if held else "", shown=marks(now))
    return Modal(title, tuple(blocks), _("Cancel"), _("Save"), KEPT, writing.packed())


def feeds(found: Model, held: Part, reader: Reader, frame: Frame) -> Modal:
    """What a part feeds: of later stages only."""
    _ = reader.gettext
    chosen = {each.id for each in found.targets.get(held.id, ())}
    offered = [Option(wording.full(each, reader), each.id) for each in found.parts if may_feed(held.term, each.term)]
    blocks: list[Block] = [section(wording.full(held, reader))]
    if not offered:
        blocks.append(section(_("The model has no part of a later stage yet that it could feed.")))
        return Modal(_("What it feeds"), tuple(blocks), close=_("Back"))
    blocks.append(field("targets", _("It feeds"), menu_many(_FIELD, offered, chosen, _("Choose parts of later stages")), optional=True))
    writing = Writing(frame.about, under=frame.under, part=held.id, fed=[mark(each) for each in sorted(chosen)])
    return Modal(_("What it feeds"), tuple(blocks), _("Cancel"), _("Save"), FED_KEPT, writing.packed())


def removal(found: Model, held: Part, reader: Reader, frame: Frame) -> Modal:
    """What it means to take a part out; where activities feed it, what they are to feed from then on."""
    _ = reader.gettext
    theirs = [*found.fed_by(held.id), *found.fed_by(held.id, in_force=False)]
    others = [Option(wording.full(each, reader), each.id) for each in found.parts if each.term in FED and each.id != held.id]
    blocks: list[Block] = [section(wording.full(held, reader)), *_goes_with_it(found, held, reader)]
    if theirs:
        told = reader.ngettext(
            "{n} activity of workplans feeds it: {names}",
            "{n} activities of workplans feed it: {names}",
            len(theirs),
            names=wording.by_target(theirs, reader),
        )
        blocks += [section(told), *listed(each.title.marked(reader) for each in theirs)]
    if theirs and others:
        hint = _("Of workplans that were handed in or approved it is then said that they changed since.")
        blocks.append(field("to", _("From now on they feed"), menu(_FIELD, others), hint))
    elif theirs:
        blocks.append(section(_("There is no other output or outcome that they could feed. Change these activities first.")))
        return Modal(_("Take out"), tuple(blocks), close=_("Back"))
    writing = Writing(frame.about, under=frame.under, part=held.id)
    return Modal(_("Take out"), tuple(blocks), _("Cancel"), _("Take out"), REMOVED, writing.packed())


def _goes_with_it(found: Model, held: Part, reader: Reader) -> Iterator[Block]:
    _ = reader.gettext
    lines = []
    if to := found.targets.get(held.id):
        lines.append(_("It feeds nothing any more of: {parts}", parts=wording.labels(to, reader)))
    if by := found.sources.get(held.id):
        lines.append(_("Nothing feeds it any more of: {parts}", parts=wording.labels(by, reader)))
    yield from listed(lines)
    yield from context(_("Workplans that are over, and texts that were approved, read as before."))


def note(done: Removed, reader: Reader) -> Words:
    """What became of a part that was taken out."""
    _ = reader.gettext
    told = [_("Taken out. It can be brought back, for workplans that are over name it.") if done.stays else _("Taken out.")]
    if done.moved:
        told.append(reader.ngettext("{n} activity feeds another part now.", "{n} activities feed another part now.", done.moved))
    return Words.joined(" ", told)
