"""The windows of the gap analysis as the registry has them, and what is filled in over them."""

from __future__ import annotations

from collections.abc import Mapping

from bot import modals
from bot.blocks import Modal, written
from bot.door import Door
from bot.modals import Frame, frame_of, redraw_below
from bot.oversight import edition_views, pages, views
from bot.oversight.edition_views import NOTHING, Writing
from bot.visit import Visit
from cadre.core.errors import Invalid, Message, NotFound
from cadre.core.marks import by_whom, changed, shortened
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.decisions.recommending import RecommendationForm, propose
from cadre.oversight import editions, gaps, wording
from cadre.oversight.editions import EntryForm
from cadre.oversight.facts import Tie


def register(door: Door) -> None:
    """At the door."""
    forms = {
        views.RECOMMENDED: recommended,
        edition_views.SAVED: saved,
        edition_views.FINISHED: finished,
        edition_views.DISCARDED: discarded,
    }
    modals.register_forms(door, forms)


async def draw(visit: Visit, frame: Frame, note: Words | None = None) -> Modal:
    """A window as the registry has it now, by what its frame is about."""
    kind, _, about = frame.about.partition(":")
    if kind in (views.EDITIONS, edition_views.EDITION, edition_views.ENTRIES):
        return await _of_editions(visit, kind, about, frame, note)
    found, reader = await visit.registry.read(gaps.gaps, visit.caller.actor), visit.caller.reader
    if kind == views.PRIORITY:
        return views.priority(gaps.priority(found, about), found.edits, reader, frame, note)
    if kind == views.IDLE:
        return views.idle(found.matrix.idle, found.edits, reader, frame, note)
    if kind == views.OVERLAPS:
        return views.overlaps(found, reader, frame)
    if kind == views.LOAD:
        return views.load(found, reader, frame)
    return views.window(found, on_the_web(visit, pages.GAPS), reader, frame, note)


async def _of_editions(visit: Visit, kind: str, about: str, frame: Frame, note: Words | None) -> Modal:
    actor, reader, edits = visit.caller.actor, visit.caller.reader, visit.caller.secretariat
    if kind == views.EDITIONS:
        return edition_views.listing(await visit.registry.read(editions.editions, actor), edits, reader, frame, note)
    id_, _, group = about.partition(":")
    found = await visit.registry.read(editions.edition, int(id_), actor)
    if kind == edition_views.EDITION:
        web = on_the_web(visit, pages.edition_path(int(id_)))
        return edition_views.edition(found, reader, frame, edits=edits, web=web, note=note)
    if group not in found.groups:
        raise NotFound(group)
    return edition_views.entries(found, found.groups[group], reader, frame, edits=edits, note=note)


def on_the_web(visit: Visit, path: str) -> str | None:
    """The address of a page, for whoever looks; None where nobody is told where pages are, or they are not in the registry."""
    person, links = visit.caller.actor.person, visit.links
    return links.to(person, path, visit.caller.reader.language) if person and links else None


async def recommended(visit: Visit) -> None:
    """A recommendation that was drafted: it stands below from now on."""
    frame, state = frame_of(visit), visit.state
    kind, _, id_ = frame.about.partition(":")
    texts = {name: written(state, name) for name in ("wording_en", "wording_fr", "consequence_en", "consequence_fr")}
    about = {"priority": id_} if kind == views.PRIORITY else {"group": id_}
    await visit.write(propose, RecommendationForm(**texts, **about), view_id=visit.body["view"]["id"])
    below = Frame.unpacked(frame.under)
    redraw_below(visit, lambda: draw(visit, below, visit.caller.reader.gettext("The recommendation is in the registry, as proposed.")))


async def saved(visit: Visit) -> None:
    """An entry of an edition."""
    frame, state = Writing.unpacked(visit.body["view"]["private_metadata"]), visit.state
    edition, group, priority = frame.about.split(":", 2)
    strength, source = (written(state, name) for name in ("strength", "source"))
    form = EntryForm(
        edition=int(edition),
        group=group,
        priority=priority,
        strength="" if strength == NOTHING else strength,
        rationale_en=written(state, "rationale_en"),
        rationale_fr=written(state, "rationale_fr"),
        source=None if source in ("", NOTHING) else source,
        stated_by=written(state, "stated_by"),
        shown=frame.shown,
    )
    try:
        await visit.write(editions.save_entry, form)
    except Invalid as problem:
        raise Invalid(**await _told(visit, form, problem.fields)) from problem
    below = Frame.unpacked(frame.under)
    redraw_below(visit, lambda: draw(visit, below, visit.caller.reader.gettext("Saved.")))


async def _told(visit: Visit, form: EntryForm, wrong: Mapping[str, Message]) -> dict[str, Message]:
    """What is wrong; of a field that another wrote meanwhile, who did, and what stands there now, as the reader reads it."""
    found = await visit.registry.read(editions.edition, form.edition, visit.caller.actor)
    tie = found.entries.get((form.group, form.priority))
    told = dict(wrong)
    for name in set(changed(form.shown, editions.values(tie))) & wrong.keys():
        who = await visit.registry.read(editions.written_by, form.edition, form.group, form.priority, name)
        if who:
            told[name] = by_whom(Words.verbatim(who), _stands(tie, name, visit.caller.reader))
    return told


def _stands(tie: Tie | None, name: str, reader: Reader) -> Words:
    """What a field says, as its window shows it."""
    if name == "strength":
        return wording.strength(tie, reader)
    if name == "source":
        return tie.source_title.for_(reader) if tie and tie.source_title else reader.gettext("No source")
    return shortened(editions.values(tie)[name]) or reader.gettext("nothing")


async def finished(visit: Visit) -> None:
    """An edition is frozen."""
    id_ = frame_of(visit).about
    await visit.write(editions.finish, int(id_))
    below = Frame(f"{edition_views.EDITION}:{id_}")
    redraw_below(visit, lambda: draw(visit, below, visit.caller.reader.gettext("The edition is final.")))


async def discarded(visit: Visit) -> None:
    """A draft is gone."""
    await visit.write(editions.discard, int(frame_of(visit).about))
    redraw_below(visit, lambda: draw(visit, Frame(views.EDITIONS), visit.caller.reader.gettext("The draft is gone.")))
