"""``/cadre gaps`` and ``/cadre health``, and what is clicked and filled in there."""

from __future__ import annotations

from bot import modals
from bot.blocks import Modal
from bot.door import Door
from bot.modals import Frame, frame_of, push
from bot.oversight import actions as of
from bot.oversight import edition_views, filled, health_views, pages, views
from bot.visit import Visit
from cadre.core.errors import Forbidden, NotFound
from cadre.oversight import editions
from cadre.oversight import gaps as live
from cadre.oversight import health as state


def register(door: Door) -> None:
    """At the door. What other capabilities do, ``bot.app`` contributes."""
    clicks = {
        of.GAPS: open_gaps,
        of.HEALTH: open_health,
        of.PAGE: page,
        of.RECOMMEND: recommend,
        of.BEGIN: begin,
        of.ENTRY: entry,
        of.FINISH: finish,
        of.DISCARD: discard,
    }
    modals.register_clicks(door, clicks)
    filled.register(door)


async def gaps(visit: Visit) -> None:
    """The gap analysis; where a message was written, no window can be opened: a button opens it."""
    if "trigger_id" in visit.body:
        await visit.open_modal(lambda: filled.draw(visit, Frame()))
    else:
        found = await visit.registry.read(live.gaps, visit.caller.actor)
        await visit.whisper(views.message(found, visit.reply_reader))


async def health(visit: Visit) -> None:
    """How groups stand, one's own first; as above."""
    if "trigger_id" in visit.body:
        await visit.open_modal(lambda: health_window(visit, Frame()))
    else:
        found = await visit.registry.read(state.report, visit.caller.actor)
        await visit.whisper(health_views.message(found, visit.reply_reader))


async def health_window(visit: Visit, frame: Frame) -> Modal:
    """All groups, or the one that the frame is about."""
    found, reader = await visit.registry.read(state.report, visit.caller.actor), visit.caller.reader
    if frame.about:
        return health_views.group(found.of(frame.about), found, reader, frame)
    return health_views.window(found, filled.on_the_web(visit, pages.HEALTH), reader, frame)


async def open_gaps(visit: Visit) -> None:
    """A part of the gap analysis."""
    frame = Frame.unpacked(visit.action.get("value") or "")
    await modals.show(visit, lambda: filled.draw(visit, frame))


async def open_health(visit: Visit) -> None:
    """All groups, or one."""
    frame = Frame.unpacked(visit.action.get("value") or "")
    await modals.show(visit, lambda: health_window(visit, frame))


async def page(visit: Visit) -> None:
    """The browser opens the page by itself."""


async def recommend(visit: Visit) -> None:
    """The window in which a recommendation is drafted about a gap. Raises Forbidden for anyone but the secretariat."""
    kind, _, id_ = visit.action["value"].partition(":")
    found = await visit.registry.read(live.gaps, visit.caller.actor)
    if not found.edits:
        raise Forbidden
    frame, reader = Frame(visit.action["value"], under=modals.under(visit)), visit.caller.reader
    if kind == views.PRIORITY:
        covered = live.priority(found, id_)
        await push(visit, views.recommend(covered.priority.name, covered.cover, reader, frame))
    else:
        await push(visit, views.recommend(live.group(found, id_).group.name, None, reader, frame))


async def begin(visit: Visit) -> None:
    """A new edition, in place of the list."""
    made = await visit.write(editions.begin)
    await modals.show(visit, lambda: filled.draw(visit, Frame(f"{edition_views.EDITION}:{made.id}")))


async def entry(visit: Visit) -> None:
    """The window of one group and one priority."""
    id_, group, priority = visit.action["value"].split(":", 2)
    found = await visit.registry.read(editions.edition, int(id_), visit.caller.actor)
    if group not in found.groups or priority not in {each.id for each in found.priorities}:
        raise NotFound(group)
    sources = await visit.registry.read(editions.sources)
    below = frame_of(visit) if modals.in_window(visit) else Frame()
    await push(visit, edition_views.entry(found, (found.groups[group], priority), sources, visit.caller.reader, below))


async def finish(visit: Visit) -> None:
    """Whether it is to be final."""
    await push(visit, edition_views.finish(visit.action["value"], visit.caller.reader))


async def discard(visit: Visit) -> None:
    """Whether it is to go."""
    await push(visit, edition_views.discard(visit.action["value"], visit.caller.reader))
