"""How a logic model reads in Slack: stage by stage, what feeds what, what nothing feeds; and what its activities feed, by workplan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from bot.blocks import Block, Message, Modal, Option, actions, button, context, folded, header, listed, menu, section
from bot.markup import bold
from bot.modals import Frame
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.workplans import logic_wording as wording
from cadre.workplans.logic_rules import STAGES, CouncilChoice, Model, Part, idle, served

OPEN: Final = "framework.logic"
"""A model, or what its activities feed. Value: a frame about ``model:council`` or ``served:council``."""
CHOOSE: Final = "framework.logic_council"
"""The menu of councils."""
ADD: Final = "framework.add_part"
"""Value: the council."""
PART: Final = "framework.part"
"""What is behind the ⋯ of a part. Value of each: the part."""
EDIT: Final = "framework.edit_part"
FEEDS: Final = "framework.feeds"
REMOVE: Final = "framework.remove_part"
BRING_BACK: Final = "framework.bring_part_back"
"""Value: the part."""
MODEL: Final = "model"
SERVED: Final = "served"
ROWS: Final = 40
"""Parts on one screen."""
_WORKPLANS: Final = 30


def about(view: str, council: str, start: int = 0) -> Frame:
    """What a window shows: the model of a council, or what activities feed of it."""
    return Frame(f"{view}:{council}", start)


def window(found: Model, councils: Sequence[CouncilChoice], reader: Reader, frame: Frame, note: Words | None = None) -> Modal:
    """The model, stage by stage; the secretariat changes it."""
    _ = reader.gettext
    blocks: list[Block] = [*(context(note) if note else ()), *_choice(found, councils, reader), section(_summary(found, reader))]
    shown = found.parts[frame.start : frame.start + ROWS]
    for stage in STAGES if found.parts else ():
        theirs = [part for part in shown if part.term == stage]
        if theirs or not found.of_stage(stage):
            blocks += [header(wording.stage(stage, reader)), *(_row(found, part, reader) for part in theirs)]
        if not found.of_stage(stage):
            blocks += context(_("Nothing is entered here yet."))
    blocks += _turns(found, frame, reader)
    blocks += actions(*_ways(found, reader), block="framework.logic_ways")
    blocks += _former(found, reader)
    return Modal(_("Logic model"), tuple(blocks), close=_("Close"), metadata=frame.packed())


def _summary(found: Model, reader: Reader) -> Words:
    return Words.joined("\n", (bold(found.name.for_(reader)), wording.summary(found, reader)))


def _choice(found: Model, councils: Sequence[CouncilChoice], reader: Reader) -> Iterator[Block]:
    """Whose model is shown, where there is more than one council."""
    if len(councils) > 1:
        options = [Option(reader.gettext("{name} ({n})", name=each.name.for_(reader), n=each.parts), each.id) for each in councils]
        yield from actions(menu(CHOOSE, options, found.council), block="framework.logic_choice")


def _row(found: Model, part: Part, reader: Reader) -> Block:
    _ = reader.gettext
    lines = (bold(wording.label(part, reader).sentence), part.wording.marked(reader), *wording.around(found, part, reader))
    offered = (button(_("Change"), EDIT, part.id), button(_("What it feeds"), FEEDS, part.id), button(_("Take out"), REMOVE, part.id))
    return section(Words.joined("\n", lines), folded(PART, offered) if found.edits else None)


def _ways(found: Model, reader: Reader) -> Iterator[Block]:
    _ = reader.gettext
    if found.edits:
        yield button(_("Add a part"), ADD, found.council, "primary")
    yield button(_("Activities by priority"), f"{OPEN}:served", about(SERVED, found.council).packed())


def _former(found: Model, reader: Reader) -> Iterator[Block]:
    """What was taken out and can be brought back, for the secretariat."""
    _ = reader.gettext
    for n, part in enumerate(found.former[:ROWS] if found.edits else ()):
        text = _("No longer in the model: {part}", part=wording.full(part, reader))
        yield section(text, button(_("Bring back"), f"{BRING_BACK}:{n}", part.id, spoken=_("Bring back: {name}", name=text)))


def _turns(found: Model, frame: Frame, reader: Reader) -> Iterator[Block]:
    _, ways = reader.gettext, []
    if frame.start:
        ways.append(button(_("Those before"), f"{OPEN}:before", about(MODEL, found.council, max(0, frame.start - ROWS)).packed()))
    if frame.start + ROWS < len(found.parts):
        ways.append(button(_("Those that follow"), f"{OPEN}:after", about(MODEL, found.council, frame.start + ROWS).packed()))
    yield from actions(*ways, block="framework.logic_turns")


def activities(found: Model, reader: Reader, frame: Frame) -> Modal:
    """What the activities of each workplan in force feed, those of priorities first; which of them feed nothing."""
    _ = reader.gettext
    theirs = served(found)
    blocks: list[Block] = [section(bold(found.name.for_(reader))), *context(*_idle(found, reader))]
    for each in theirs[frame.start : frame.start + _WORKPLANS]:
        blocks += [section(bold(each.name.for_(reader))), *listed(wording.serves(each, reader))]
    if not theirs:
        blocks.append(section(_("No workplan is in force: none is approved yet, or those that were are over.")))
    ways = [button(_("Back to the logic model"), f"{OPEN}:model", about(MODEL, found.council).packed())]
    if frame.start + _WORKPLANS < len(theirs):
        following = about(SERVED, found.council, frame.start + _WORKPLANS)
        ways.append(button(_("Those that follow"), f"{OPEN}:after", following.packed()))
    return Modal(_("Activities"), (*blocks, *actions(*ways)), close=_("Close"), metadata=frame.packed())


def _idle(found: Model, reader: Reader) -> Iterator[Words]:
    n = len(idle(found))
    if n:
        yield reader.ngettext(
            "{n} activity of workplans in force feeds nothing in the logic model.",
            "{n} activities of workplans in force feed nothing in the logic model.",
            n,
        )


def message(found: Model, reader: Reader) -> Message:
    """The same where no window can be opened: all of it in one message, and the button that opens it."""
    _ = reader.gettext
    told = wording.summary(found, reader)
    blocks: list[Block] = [section(_summary(found, reader))]
    for stage in STAGES:
        if parts := found.of_stage(stage):
            blocks += [header(wording.stage(stage, reader)), *listed(_line(found, part, reader) for part in parts)]
    if theirs := served(found):
        blocks += [header(_("Activities by priority")), *listed(wording.counted(each, reader) for each in theirs)]
    ways = [button(_("Open"), OPEN, about(MODEL, found.council).packed(), None if found.edits else "primary")]
    if found.edits:
        ways.append(button(_("Add a part"), ADD, found.council, "primary"))
    return Message(told, (*blocks, *actions(*ways)))


def _line(found: Model, part: Part, reader: Reader) -> Words:
    return Words.joined(" · ", (wording.full(part, reader), *wording.around(found, part, reader)))
