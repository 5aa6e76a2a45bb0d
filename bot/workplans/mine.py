"""One screen for all activities of one person, over all of their workplans."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.blocks import Block, Modal, actions, button, context, header, section
from bot.modals import Frame
from bot.workplans import wording
from bot.workplans.meanwhile import save
from bot.workplans.views import COPY, MINE, NOTHING_CHANGED, OPEN, REPORT, Sheet, all_workplans, more, row_of, within
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.workplans.facts import ActivityFacts, Seen

ROWS: Final = 15
"""On one screen: activities, each of which may bring the head of its workplan, six of the hundred blocks of a window together."""


@dataclass(frozen=True, slots=True)
class _Row:
    """An activity that is open, or a workplan in which somebody has none."""

    sheet: Sheet
    activity: ActivityFacts | None


def window(sheets: Sequence[Sheet], reader: Reader, frame: Frame, note: Words | None = None) -> Modal:
    """What is open, under the workplan that it stands in, the most urgent first. ``note``: what was just done."""
    _ = reader.gettext
    rows = [row for sheet in sheets for row in _rows(sheet)]
    frame = within(frame, len(rows), ROWS)
    blocks: list[Block] = [*(context(note) if note else ()), *actions(*_steps(rows, reader), block="workplans.steps")]
    above: Sheet | None = None
    for row in _page(rows, frame.start):
        if row.sheet is not above:
            blocks += _head(row.sheet, reader)
            above = row.sheet
        blocks += row_of(row.activity, row.sheet, reader) if row.activity else _nothing_open(row.sheet.seen, reader)
    if not rows:
        blocks.append(section(_("You have no workplan of your own.")))
    blocks += more(len(rows), frame, ROWS, reader)
    fields = any(block["type"] == "input" for block in blocks)
    return Modal(
        title=_("My activities"),
        blocks=tuple(blocks),
        close=_("Close"),
        submit=save(reader, again=any(sheet.typed for sheet in sheets)) if fields else None,
        callback=REPORT,
        metadata=frame.packed(),
    )


def _page(rows: Sequence[_Row], start: int) -> list[_Row]:
    """What one screen shows. What was typed and is not saved stands on it, wherever its row would be by now: it came from one screen."""
    kept = [number for number, row in enumerate(rows) if row.activity and row.activity.id in row.sheet.typed][:ROWS]
    rest = [number for number in range(start, min(start + ROWS, len(rows))) if number not in kept]
    return [rows[number] for number in sorted((*kept, *rest[: ROWS - len(kept)]))]


def _rows(sheet: Sheet) -> Iterator[_Row]:
    """What is open; and what was typed of something that somebody else closed meanwhile."""
    shown = (each for each in sheet.seen.plan.activities if each.open or each.id in sheet.typed)
    open_ones = [each for each in shown if each.id in sheet.seen.mine]
    yield from (_Row(sheet, each) for each in open_ones or (None,))


def _steps(rows: Sequence[_Row], reader: Reader) -> Iterator[Block]:
    if any(row.activity for row in rows):
        yield button(reader.gettext("Nothing changed"), NOTHING_CHANGED, MINE)
    yield all_workplans(reader)


def _head(sheet: Sheet, reader: Reader) -> Iterator[Block]:
    """Whose workplan it is, how it stands, and the way to write it and hand it in."""
    _, plan = reader.gettext, sheet.seen.plan
    name = wording.target(plan, reader)
    standing = wording.dots((wording.cycle(plan.half, reader), wording.standing(plan, sheet.today, reader)))
    over = sum(not each.open for each in plan.activities)
    settled = reader.ngettext("{n} activity is done or dropped.", "{n} activities are done or dropped.", over) if over else None
    yield header(name)
    open_ = button(_("Open"), OPEN, Frame(plan.id).packed(), spoken=_("Open: {name}", name=name))
    yield section(wording.lines((standing, settled, wording.undated(sheet.seen, reader))), open_)
    if sheet.seen.may_edit:
        yield from context(*wording.owed(sheet.seen, reader))


def _nothing_open(seen: Seen, reader: Reader) -> Iterator[Block]:
    _ = reader.gettext
    still_open = any(each.open for each in seen.plan.activities)
    none = _("None of the open activities is yours.") if still_open else _("No activity is open.")
    yield from context(wording.going_on(seen, reader) or none)
    if seen.copied_from:
        yield from actions(button(_("Copy last plan"), COPY, seen.plan.id), block=f"workplans.copy:{seen.plan.id}")
