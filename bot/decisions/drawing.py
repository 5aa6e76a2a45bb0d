"""The windows about questions and decisions as the registry has them now: which one, its frame says."""

from __future__ import annotations

from bot import modals
from bot.blocks import Modal
from bot.decisions import documents_views, outcome_views, pages, reading, register_views, views
from bot.modals import Frame
from bot.visit import Visit
from cadre.core.words import Words
from cadre.decisions import documents, questions, register

OUTCOME = "outcome"
REGISTER = "register"
DECISION = "decision"
DOCUMENTS = "documents"
DOCUMENT = "document"
"""What the frame of a window says besides: ``outcome:12``, ``register``, ``decision:3f…``, ``documents``, ``document:a1…``."""


async def draw(visit: Visit, frame: Frame, note: Words | None = None) -> Modal:
    """A window. Raises NotFound, Forbidden."""
    kind, _, about = frame.about.partition(":")
    caller, reader, read = visit.caller, visit.caller.reader, visit.registry.read
    if kind == OUTCOME:
        return outcome_views.outcome(await read(questions.question, int(about), caller.actor), reader, frame, note)
    if kind == REGISTER:
        found = await read(register.register, caller.actor)
        return register_views.listed_decisions(found, reader, frame, note, page=_page(visit, pages.REGISTER))
    if kind == DECISION:
        decided, marks = await read(reading.decision, about, caller)
        return register_views.decision(decided, marks, reader, frame, note)
    if kind == DOCUMENTS:
        return documents_views.listed_documents(await read(documents.documents), reader, frame, note, officer=caller.secretariat)
    if kind == DOCUMENT:
        return documents_views.document(await read(documents.document, about), reader, frame, note, officer=caller.secretariat)
    if kind:
        view = await read(questions.question, int(kind), caller.actor)
        page = _page(visit, pages.path(view.question.id)) if view.question.opened_at else None
        return views.question(view, reader, frame, note, page)
    found_ = await read(questions.questions, caller.actor)
    return views.listed_questions(found_, reader, frame, officer=caller.secretariat, note=note)


def _page(visit: Visit, path: str) -> str | None:
    """The address of a page, signed for whoever looks; None where they have no record, or nobody reaches the web pages."""
    person, links = visit.caller.actor.person, visit.links
    return links.to(person, path, visit.caller.reader.language) if links and person else None


async def back(visit: Visit, frame: Frame, about: str, note: Words) -> Modal | None:
    """The window below shows what was done; where there is none, this one does, as the window of what it is ``about``."""
    if not frame.under:
        return await draw(visit, Frame(about), note)
    modals.redraw_below(visit, lambda: draw(visit, Frame.unpacked(frame.under), note))
    return None


async def back_to_decision(visit: Visit, frame: Frame, id_: str, note: Words) -> Modal | None:
    """The same of a decision that another capability did something about."""
    return await back(visit, frame, f"{DECISION}:{id_}", note)


async def again(visit: Visit, about: str, note: Words | None = None) -> None:
    """The window in which the click was, as the registry has it now."""
    await modals.redraw(visit, lambda: draw(visit, Frame(about), note))
