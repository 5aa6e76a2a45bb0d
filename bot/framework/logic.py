"""``/cadre logic model``: the logic model of a council, and the windows in which the secretariat writes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from sqlalchemy.orm import Session

from bot import modals
from bot.blocks import Modal, picked, written
from bot.door import Door, Listener
from bot.framework import logic_views as views
from bot.framework import logic_windows as windows
from bot.framework.logic_windows import Writing
from bot.modals import Frame, push
from bot.visit import Visit
from cadre.core.errors import Forbidden
from cadre.core.reader import Actor, Reader
from cadre.core.words import Words
from cadre.groups import service as groups
from cadre.groups.facts import COUNCILS
from cadre.workplans import logic
from cadre.workplans.logic_rules import CouncilChoice, Model, Part

_Build: TypeAlias = Callable[[Model, Part, Reader, Frame], Modal]
_BETWEEN: Final = frozenset("of for the du de des la le l'".split())
"""Words between the verb and a council: "logic model of PSCIOC", « modèle logique du CDPISP »."""


def register(door: Door) -> None:
    """At the door."""
    clicks = {
        views.OPEN: open_,
        views.CHOOSE: choose,
        views.ADD: add,
        views.EDIT: _step(windows.part),
        views.FEEDS: _step(windows.feeds),
        views.REMOVE: _step(windows.removal),
        views.BRING_BACK: bring_back,
    }
    modals.register_clicks(door, clicks)
    modals.register_folded(door, views.PART)
    modals.register_forms(door, {windows.KEPT: kept, windows.FED_KEPT: feeds_kept, windows.REMOVED: removed})


def opener(question: Listener) -> Listener:
    """The model of the council that is named after the verb, else of one's own. ``question``: takes what names none, and whoever has no
    role: to them Cadre tells what a logic model is.
    """

    async def model(visit: Visit) -> None:
        council = await visit.registry.read(_named, visit.rest) if visit.rest else None
        known = visit.caller.reader.roles or visit.caller.secretariat
        if not known or (visit.rest and council is None) or visit.text.rstrip().endswith("?"):
            visit.answered_as = None
            return await question(visit)
        frame = views.about(views.MODEL, council or "")
        if "trigger_id" in visit.body:
            return await visit.open_modal(lambda: draw(visit, frame))
        found, _councils = await visit.registry.read(_shown, council or "", visit.caller.actor)
        return await visit.whisper(views.message(found, visit.reply_reader))

    return model


def _named(session: Session, text: str) -> str | None:
    """The council that is named, by its name, alias or acronym."""
    words = text.replace("l'", "l' ").split()
    while words and words[0].casefold() in _BETWEEN:
        words = words[1:]
    found = groups.named(session, " ".join(words), nearly=False)
    councils = {each.id for each in groups.refs(session, *COUNCILS)}
    return next((id_ for id_ in found if id_ in councils), None)


def _shown(session: Session, council: str, actor: Actor) -> tuple[Model, tuple[CouncilChoice, ...]]:
    """A model, that of the first council where none is named, and the councils that there are."""
    councils = logic.councils(session, actor)
    return logic.model(session, council or next((each.id for each in councils), ""), actor), councils


async def draw(visit: Visit, frame: Frame, note: Words | None = None) -> Modal:
    """A model, or what activities feed of it, as the registry has it now. Raises NotFound, Forbidden."""
    view, _, council = frame.about.partition(":")
    found, councils = await visit.registry.read(_shown, council, visit.caller.actor)
    reader = visit.caller.reader
    if view == views.SERVED:
        return views.activities(found, reader, frame)
    return views.window(found, councils, reader, views.about(views.MODEL, found.council, frame.start), note)


async def open_(visit: Visit) -> None:
    """A model, or what activities feed of it."""
    frame = Frame.unpacked(visit.action["value"])
    await modals.show(visit, lambda: draw(visit, frame))


async def choose(visit: Visit) -> None:
    """The model of the council that was chosen in the menu."""
    chosen = (visit.action.get("selected_option") or {}).get("value")
    if chosen:
        await modals.show(visit, lambda: draw(visit, views.about(views.MODEL, chosen)))


async def add(visit: Visit) -> None:
    """The window in which a part is added. Raises Forbidden for anyone but the secretariat."""
    found, _councils = await visit.registry.read(_shown, visit.action["value"], visit.caller.actor)
    if not found.edits:
        raise Forbidden
    await push(visit, windows.part(found, None, visit.caller.reader, Frame(found.council, under=modals.under(visit))))


def _step(build: _Build) -> Listener:
    """A click that opens one window about a part. Raises Forbidden for anyone but the secretariat, NotFound."""

    async def opened(visit: Visit) -> None:
        found, part = await visit.registry.read(logic.model_with, visit.action["value"], visit.caller.actor)
        if not found.edits:
            raise Forbidden
        await push(visit, build(found, part, visit.caller.reader, Frame(found.council, under=modals.under(visit))))

    return opened


async def kept(visit: Visit) -> Modal | None:
    """A part, added or changed."""
    frame, reader = _writing(visit), visit.caller.reader
    typed = {name: written(visit.state, name) for name in visit.state}
    if frame.part:
        await visit.write(logic.save_part, frame.part, typed, frame.shown)
        return await _back(visit, frame, reader.gettext("Saved."))
    await visit.write(logic.add_part, frame.about, typed, view_id=visit.body["view"]["id"])
    return await _back(visit, frame, reader.gettext("Added. Say what it feeds, and what feeds it."))


async def feeds_kept(visit: Visit) -> Modal | None:
    """What a part feeds."""
    frame = _writing(visit)
    await visit.write(logic.set_feeds, frame.part, picked(visit.state, "targets"), frame.fed)
    return await _back(visit, frame, visit.caller.reader.gettext("Saved."))


async def removed(visit: Visit) -> Modal | None:
    """A part is taken out."""
    frame = _writing(visit)
    done = await visit.write(logic.remove_part, frame.part, written(visit.state, "to") or None)
    return await _back(visit, frame, windows.note(done, visit.caller.reader))


async def bring_back(visit: Visit) -> None:
    """A part is in the model again."""
    frame, _ = modals.frame_of(visit), visit.caller.reader.gettext
    await visit.write(logic.bring_back, visit.action["value"])
    await modals.redraw(visit, lambda: draw(visit, frame, _("It is in the model again. Say what it feeds, and what feeds it.")))


async def _back(visit: Visit, frame: Writing, note: Words) -> Modal | None:
    """The window below shows what was done; where there is none, this one does."""
    if not frame.under:
        return await draw(visit, views.about(views.MODEL, frame.about), note)
    modals.redraw_below(visit, lambda: draw(visit, Frame.unpacked(frame.under), note))
    return None


def _writing(visit: Visit) -> Writing:
    return Writing.unpacked(visit.body["view"]["private_metadata"])
