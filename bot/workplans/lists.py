"""Lists of workplans, and of activities that are late, in Slack."""

from __future__ import annotations

from collections.abc import Iterator

from bot.blocks import Block, Modal, actions, button, context, header, section
from bot.face import drafts_that_wait
from bot.markup import bold
from bot.modals import Frame
from bot.workplans import wording
from bot.workplans.views import CYCLE, OPEN, PLANS, Listing, more, own, requests, row, within
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.workplans.facts import ActivityFacts


def listed(listing: Listing, reader: Reader, frame: Frame, note: Words | None = None) -> Modal:
    """All that somebody may see, to choose one."""
    _ = reader.gettext
    asked, found = listing.extensions, list(_rows(listing, reader))
    frame = within(frame, len(asked) + len(found), PLANS)
    first, last = frame.start, frame.start + PLANS
    blocks: list[Block] = [*(context(note) if note else ()), *requests(asked[first:last], reader)]
    blocks += actions(*drafts_that_wait(listing.drafts, reader), *own(listing, reader), block="workplans.own")
    before: Words | None = None
    for heading, shown in found[max(0, first - len(asked)) : max(0, last - len(asked))]:
        if heading != before:
            blocks.append(header(heading))
            before = heading
        blocks.append(shown)
    if not found:
        blocks.append(section(_("No workplan is open that you may see.")))
    blocks += more(len(asked) + len(found), frame, PLANS, reader)
    blocks += actions(*_cycles(listing, reader), block="workplans.cycles")
    return Modal(_("Workplans"), tuple(blocks), close=_("Close"), metadata=frame.packed())


def _rows(listing: Listing, reader: Reader) -> Iterator[tuple[Words, Block]]:
    """Each with its heading: the workplans that ask for something, the activities that are late, the other workplans."""
    urgent, groups = sum(1 for _ in listing.groups(reader, rest=False)), list(listing.groups(reader))
    for heading, plans in groups[:urgent]:
        yield from ((heading, row(one, listing.today(one), reader)) for one in plans)
    yield from ((late_ones(reader), late_row(each, listing, reader)) for each in listing.late)
    for heading, plans in groups[urgent:]:
        yield from ((heading, row(one, listing.today(one), reader)) for one in plans)


def late_ones(reader: Reader) -> Words:
    """The heading of activities that are late."""
    return reader.gettext("Late activities")


def late_row(activity: ActivityFacts, listing: Listing, reader: Reader) -> Block:
    """An activity that is late: what, of which workplan, how late, whose; with the way into its workplan."""
    _, title = reader.gettext, wording.title(activity, reader)
    due, whose = wording.activity_due(activity, listing.day, reader), wording.owners(activity, reader)
    told = wording.lines((bold(title), wording.dots((activity.target.for_(reader), due, whose))))
    open_ = button(_("Open"), f"{OPEN}:{activity.id}", Frame(activity.workplan).packed(), spoken=_("Open: {name}", name=title))
    return section(told, open_)


def _cycles(listing: Listing, reader: Reader) -> Iterator[Block]:
    """For the secretariat: the due dates of each cycle."""
    if not listing.secretariat:
        return
    cycles = {one.cycle: one for one in (*listing.mine, *listing.others)}
    for number, one in enumerate(cycles.values()):
        when = wording.dots((one.council_name.for_(reader), wording.cycle(one.half, reader)))
        yield button(reader.gettext("Due dates: {what}", what=when), f"{CYCLE}:{number}", one.id)
