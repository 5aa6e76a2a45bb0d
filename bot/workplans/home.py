"""What App Home shows of workplans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy.orm import Session

from bot.blocks import Block, actions, context, section
from bot.caller import Caller
from bot.workplans import reading, views
from bot.workplans.lists import late_ones, late_row
from cadre.core.reader import Reader


def workplans(session: Session, caller: Caller) -> Iterable[Block]:
    """My own; for the secretariat also who is late, what waits to be looked at, and who asks for more time."""
    return blocks(reading.near(session, caller), caller.reader)


def blocks(listing: views.Listing, reader: Reader) -> Iterator[Block]:
    """A part of App Home; nothing for somebody whom no workplan concerns."""
    _ = reader.gettext
    groups = list(listing.groups(reader, rest=False))
    if not (groups or listing.secretariat or listing.others):
        return
    yield section(_("Workplans"))
    yield from views.requests(listing.extensions[: views.FEW], reader)
    yield from _left(listing.extensions, reader)
    if listing.secretariat and not (groups or listing.extensions or listing.late):
        told = _("No workplan or activity is late, no workplan waits to be looked at or approved, and nobody asks for more time.")
        yield from context(told)
    for heading, plans in groups:
        yield from context(heading)
        yield from (views.row(one, listing.today(one), reader) for one in plans[: views.FEW])
        yield from _left(plans, reader)
    if listing.late:
        yield from context(late_ones(reader))
        yield from (late_row(each, listing, reader) for each in listing.late[: views.FEW])
        yield from _left(listing.late, reader)
    yield from actions(*views.own(listing, reader), views.all_workplans(reader))


def _left(found: Sequence[object], reader: Reader) -> Iterator[Block]:
    """How many there are that are not shown."""
    if len(found) > views.FEW:
        yield from context(reader.ngettext("{n} more", "{n} more", len(found) - views.FEW))
