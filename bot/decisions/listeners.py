"""``/cadre questions``, ``/cadre decisions``, and the clicks of the secretariat around a question. Windows are sent to ``submissions``."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from bot import modals, persons
from bot.blocks import Modal, Option
from bot.decisions import actions, answers, confirming, drawing, reading, referring, register_views, submissions, views, windows
from bot.decisions.drawing import DECISION, DOCUMENT, DOCUMENTS, OUTCOME, REGISTER, again
from bot.door import Door, Listener
from bot.modals import Frame, clicked, push
from bot.visit import Visit
from cadre.core.errors import NotFound
from cadre.core.reader import Reader
from cadre.decisions import documents as documents_
from cadre.decisions import papers, putting_times, questions, register, speaking
from cadre.decisions.question_facts import QuestionFacts
from cadre.groups import service as groups
from cadre.people.jurisdictions import search

_Build: TypeAlias = Callable[[QuestionFacts, Reader, Frame], Modal]


def register_at(door: Door) -> None:
    """At the door."""
    clicks = {
        actions.LIST: list_,
        actions.OPEN: open_,
        actions.PAGE: page,
        actions.NEW: new,
        actions.TEXTS: _step(windows.texts),
        actions.HOW: _step(windows.how),
        actions.SEATS: _step(windows.seats),
        actions.ADD_ITEM: item,
        actions.ITEM: item,
        actions.PAPER: paper,
        actions.REMOVE_PAPER: remove_paper,
        actions.READ_PAPER: read_paper,
        actions.SPEAKERS: speakers,
        actions.SCHEDULE: schedule,
        actions.BACK: back_to_draft,
        actions.OPEN_NOW: open_now,
        actions.CLOSE: _step(windows.close),
        actions.EXTEND: _step(windows.extend),
        actions.CANCEL: _step(windows.cancel),
        actions.REMOVE: _step(windows.remove),
        actions.OUTCOME: outcome,
        actions.REGISTER: register_,
        actions.DECISION: decision,
        actions.DOCUMENTS: documents,
        actions.DOCUMENT: document,
    }
    modals.register_clicks(door, clicks, views.missing)
    modals.register_folded(door, actions.SEAT)
    door.lookups[actions.PEOPLE] = door.lookups[f"{actions.PEOPLE}:alternates"] = persons.search
    door.lookups[actions.PLACES] = places
    door.lookups[actions.GROUPS] = groups_
    submissions.register(door)
    answers.register(door)
    confirming.register(door)
    referring.register(door)


async def questions_(visit: Visit) -> None:
    """The questions; where a message was written, no window can be opened: a button opens it."""
    if "trigger_id" in visit.body:
        await visit.open_modal(lambda: drawing.draw(visit, Frame()))
        return
    found = await visit.registry.read(questions.questions, visit.caller.actor)
    await visit.whisper(views.message(found, visit.reply_reader, officer=visit.caller.secretariat))


async def decisions(visit: Visit) -> None:
    """The register of decisions."""
    if "trigger_id" in visit.body:
        await visit.open_modal(lambda: drawing.draw(visit, Frame(REGISTER)))
        return
    found = await visit.registry.read(register.register, visit.caller.actor)
    await visit.whisper(register_views.message(found, visit.reply_reader))


async def list_(visit: Visit) -> None:
    """The list, from its beginning or from a later question on."""
    await modals.show(visit, lambda: drawing.draw(visit, Frame(start=int(visit.action.get("value") or 0))))


async def open_(visit: Visit) -> None:
    """A question."""
    await _show(visit, visit.action["value"])


async def outcome(visit: Visit) -> None:
    """What its positions came to: for the secretariat."""
    await visit.registry.read(reading.for_secretariat, int(visit.action["value"]), visit.caller)
    await _show(visit, f"{OUTCOME}:{visit.action['value']}")


async def register_(visit: Visit) -> None:
    """The register, from its beginning or from a later decision on."""
    await modals.show(visit, lambda: drawing.draw(visit, Frame(REGISTER, int(visit.action.get("value") or 0))))


async def decision(visit: Visit) -> None:
    """A decision."""
    await _show(visit, f"{DECISION}:{visit.action['value']}")


async def documents(visit: Visit) -> None:
    """Guidelines, roadmaps and mandates, from the first or a later one on."""
    await modals.show(visit, lambda: drawing.draw(visit, Frame(DOCUMENTS, int(visit.action.get("value") or 0))))


async def document(visit: Visit) -> None:
    """A document, from its newest or an earlier version on."""
    id_, _, start = visit.action["value"].partition("/")
    await modals.show(visit, lambda: drawing.draw(visit, Frame(f"{DOCUMENT}:{id_}", int(start or 0))))


async def page(visit: Visit) -> None:
    """The browser opens the page by itself."""


async def new(visit: Visit) -> None:
    """The window in which a question is begun."""
    sources = await visit.registry.read(reading.sources, visit.caller)
    await push(visit, windows.start(sources, visit.caller.reader, Frame(under=modals.under(visit))))


async def item(visit: Visit) -> None:
    """One thing that is asked: worded anew, or added."""
    frame = clicked(visit)
    question, _, held = frame.about.partition(":")
    view = await visit.registry.read(reading.for_secretariat, int(question), visit.caller)
    found = next((each for each in view.question.items if str(each.id) == held), None)
    await push(visit, windows.item(view.question, found, visit.caller.reader, frame))


async def paper(visit: Visit) -> None:
    """A background paper."""
    frame = clicked(visit)
    await visit.registry.read(reading.for_secretariat, frame.number, visit.caller)
    drafts = await visit.registry.read(documents_.proposed)
    await push(visit, windows.paper(drafts, visit.caller.reader, frame))


async def read_paper(visit: Visit) -> None:
    """A version of a document that is put to a council, for whoever may see the question."""
    question, _, id_ = visit.action["value"].partition(":")
    view = await visit.registry.read(questions.question, int(question), visit.caller.actor)
    found = next((each for each in view.question.papers if str(each.id) == id_), None)
    if found is None:
        raise NotFound(id_)
    await push(visit, views.paper(found, visit.caller.reader, Frame(under=modals.under(visit))))


async def remove_paper(visit: Visit) -> None:
    """A background paper is taken out."""
    question, _, held = visit.action["value"].partition(":")
    await visit.write(papers.remove_paper, int(question), int(held))
    await again(visit, question, visit.caller.reader.gettext("Saved."))


async def speakers(visit: Visit) -> None:
    """Who speaks for a seat."""
    frame = clicked(visit)
    question, _, seat = frame.about.partition(":")
    view = await visit.registry.read(reading.for_secretariat, int(question), visit.caller)
    of = view.question.seat(int(seat))
    found = await visit.registry.read(speaking.proposed, view.question, of)
    await push(visit, windows.speakers(view.question, of, found, visit.caller.reader, frame))


async def schedule(visit: Visit) -> None:
    """It opens by itself; where something is missing, that is told."""
    reader = visit.caller.reader
    found = await visit.write(putting_times.schedule, int(visit.action["value"]))
    assert found.opens_at  # one without is refused
    told = reader.gettext("Scheduled: the question opens by itself, {moment}.", moment=reader.moment(found.opens_at))
    await again(visit, str(found.id), told)


async def open_now(visit: Visit) -> None:
    """What opening it means."""
    frame = clicked(visit)
    view = await visit.registry.read(reading.for_secretariat, frame.number, visit.caller)
    await push(visit, windows.open_now(view, visit.caller.reader, frame))


async def back_to_draft(visit: Visit) -> None:
    """It does not open after all, for now."""
    found = await visit.write(putting_times.back_to_draft, int(visit.action["value"]))
    await again(visit, str(found.id), visit.caller.reader.gettext("The question is a draft again, and does not open by itself."))


async def places(visit: Visit, typed: str) -> list[Option]:
    """Governments and municipal bodies by the letters typed."""
    found = await visit.registry.read(search, typed)
    return [Option(name.for_(visit.caller.reader).sentence, id_) for id_, name in found]


async def groups_(visit: Visit, typed: str) -> list[Option]:
    """Councils and groups by the letters typed."""
    found = await visit.registry.read(groups.search, typed)
    return [Option(each.name.for_(visit.caller.reader), each.id) for each in found]


def _step(build: _Build) -> Listener:
    """A click that opens one window about a question."""

    async def opened(visit: Visit) -> None:
        frame = clicked(visit)
        view = await visit.registry.read(reading.for_secretariat, frame.number, visit.caller)
        await push(visit, build(view.question, visit.caller.reader, frame))

    return opened


async def _show(visit: Visit, about: str) -> None:
    await modals.show(visit, lambda: drawing.draw(visit, Frame(about)))
