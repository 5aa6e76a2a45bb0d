"""Clicks and filled windows with which the secretariat confirms, amends, sets aside and corrects; and those about documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from bot import modals
from bot.blocks import Modal, written
from bot.decisions import actions, documents_views, outcome_views, reading, views
from bot.decisions.drawing import DECISION, DOCUMENT, DOCUMENTS, OUTCOME, again, back
from bot.decisions.submissions import pair
from bot.decisions.windows import Writing
from bot.door import Door
from bot.modals import Frame, clicked, frame_of, push
from bot.visit import Visit
from cadre.core.errors import Forbidden, NotFound
from cadre.decisions import confirming, documents, mandates
from cadre.decisions import register as decided
from cadre.decisions.confirming import Decided, DecisionDetails
from cadre.decisions.documents import VersionForm
from cadre.decisions.facts import DecisionFacts
from cadre.decisions.question_facts import ItemFacts, Standing
from cadre.decisions.register import DecisionView
from cadre.decisions.service import shown


@dataclass(frozen=True, slots=True)
class Worded(Frame):
    """What a window about a decision keeps of itself: also a mark of how it showed it worded."""

    mark: str = ""


def register(door: Door) -> None:
    """At the door."""
    clicks = {
        actions.CONFIRM_ALL: confirm_all,
        actions.CONFIRM: confirm,
        actions.AMEND: amend,
        actions.SET_ASIDE: set_aside,
        actions.CONCLUDE: conclude,
        actions.CONFIRM_RECORDED: confirm_recorded,
        actions.CORRECT: correct,
        actions.NEW_DOCUMENT: new_document,
        actions.MANDATE: mandate,
        actions.WRITE: write,
        actions.TITLE: title,
        actions.APPROVE: approve,
    }
    modals.register_clicks(door, clicks)
    forms = {
        outcome_views.CONFIRM_ALL_FORM: all_confirmed,
        outcome_views.CONFIRM_FORM: confirmed,
        outcome_views.AMEND_FORM: amended,
        outcome_views.SET_ASIDE_FORM: left,
        outcome_views.RECORDED_FORM: recorded_confirmed,
        outcome_views.CORRECT_FORM: corrected,
        documents_views.NEW_FORM: document_begun,
        documents_views.TITLE_FORM: document_titled,
        documents_views.MANDATE_FORM: mandate_written,
        documents_views.WRITE_FORM: document_written,
        documents_views.APPROVE_FORM: document_approved,
    }
    modals.register_forms(door, forms, views.missing)


async def confirm_all(visit: Visit) -> None:
    """All of a question, as the positions came to."""
    frame = clicked(visit)
    view = await visit.registry.read(reading.for_secretariat, frame.number, visit.caller)
    await push(visit, outcome_views.confirm_all(view, visit.caller.reader, frame))


async def confirm(visit: Visit) -> None:
    """One thing, as the positions came to."""
    view, item = await _item(visit)
    await push(visit, outcome_views.confirm(view, item, await _earlier(visit), visit.caller.reader, clicked(visit)))


async def amend(visit: Visit) -> None:
    """One thing, otherwise than they came to."""
    view, item = await _item(visit)
    await push(visit, outcome_views.amend(view, item, await _earlier(visit), visit.caller.reader, clicked(visit)))


async def set_aside(visit: Visit) -> None:
    """Nothing is decided on one thing."""
    _view, item = await _item(visit)
    await push(visit, outcome_views.set_aside(item, visit.caller.reader, clicked(visit)))


async def conclude(visit: Visit) -> None:
    """A consultation ends."""
    found = await visit.write(confirming.conclude, int(visit.action["value"]))
    await again(visit, str(found.id), visit.caller.reader.gettext("The consultation is ended."))


async def confirm_recorded(visit: Visit) -> None:
    """What a meeting decided."""
    found, frame = await _decision(visit)
    await push(visit, outcome_views.confirm_recorded(found, await _earlier(visit), visit.caller.reader, frame))


async def correct(visit: Visit) -> None:
    """A decision is worded anew."""
    found, frame = await _decision(visit)
    frame = replace(frame, mark=confirming.shown_of(found))
    await push(visit, outcome_views.correct(found, await _earlier(visit), visit.caller.reader, frame))


async def _item(visit: Visit) -> tuple[Standing, ItemFacts]:
    question, *items = modals.numbers(visit)
    view = await visit.registry.read(reading.for_secretariat, question, visit.caller)
    found = next((each for each in view.question.items if [each.id] == items), None)
    if found is None:
        raise NotFound(str(visit.action["value"]))
    return view, found


async def _decision(visit: Visit) -> tuple[DecisionFacts, Worded]:
    """A decision, for the secretariat, and the frame of a window about it."""
    view = await visit.registry.read(decided.decision, visit.action["value"], visit.caller.actor)
    if not view.secretariat:
        raise Forbidden
    frame = Worded(view.facts.id, under=modals.under(visit), mark=shown(view.facts))
    return view.facts, frame


async def _earlier(visit: Visit) -> Sequence[DecisionView]:
    return await visit.registry.read(decided.choices)


async def all_confirmed(visit: Visit) -> Modal | None:
    """All that had a quorum is decided."""
    frame, reader = frame_of(visit), visit.caller.reader
    made = await visit.write(confirming.confirm_all, frame.number, _details(visit))
    told = reader.ngettext("{n} decision is confirmed.", "{n} decisions are confirmed.", len(made))
    return await back(visit, frame, f"{OUTCOME}:{frame.about}", told)


async def confirmed(visit: Visit) -> Modal | None:
    """One thing is decided."""
    return await _confirmed(visit, _details(visit))


async def amended(visit: Visit) -> Modal | None:
    """The same, otherwise than the positions came to."""
    said = {name: pair(visit, name) for name in ("wording", "amended")}
    return await _confirmed(visit, _details(visit, outcome=cast("Decided", written(visit.state, "outcome")), **said))


async def _confirmed(visit: Visit, details: DecisionDetails) -> Modal | None:
    frame = frame_of(visit)
    question, _, item = frame.about.partition(":")
    made = await visit.write(confirming.confirm, int(item), details, view_id=visit.body["view"]["id"])
    told = visit.caller.reader.gettext("It is decision {number} now.", number=made.label)
    return await back(visit, frame, f"{OUTCOME}:{question}", told)


async def left(visit: Visit) -> Modal | None:
    """Nothing is decided on it."""
    frame = frame_of(visit)
    question, _, item = frame.about.partition(":")
    await visit.write(confirming.set_aside, int(item), *pair(visit, "reason"))
    return await back(visit, frame, f"{OUTCOME}:{question}", visit.caller.reader.gettext("It is set aside."))


async def recorded_confirmed(visit: Visit) -> Modal | None:
    """What a meeting decided has its number."""
    frame = Worded.of(visit)
    details = _details(visit, wording=pair(visit, "wording"))
    made = await visit.write(confirming.confirm_of_meeting, frame.about, details, seen=frame.mark)
    told = visit.caller.reader.gettext("It is decision {number} now.", number=made.label)
    return await back(visit, Frame(under=frame.under), f"{DECISION}:{made.id}", told)


async def corrected(visit: Visit) -> Modal | None:
    """A decision reads otherwise."""
    frame = Worded.of(visit)
    details, reason = _details(visit, **{name: pair(visit, name) for name in ("wording", "amended")}), pair(visit, "reason")
    await visit.write(confirming.correct, frame.about, details, reason, seen=frame.mark, view_id=visit.body["view"]["id"])
    told = visit.caller.reader.gettext("Corrected. All who got the text get the new one.")
    return await back(visit, Frame(under=frame.under), f"{DECISION}:{frame.about}", told)


def _details(visit: Visit, **more: Any) -> DecisionDetails:
    state = visit.state
    return DecisionDetails(
        effective=written(state, "effective"),
        review=written(state, "review"),
        supersedes=chosen if (chosen := written(state, "supersedes")) not in ("", outcome_views.NONE) else None,
        paper=pair(visit, "paper"),
        changed=pair(visit, "changed"),
        follow_up=pair(visit, "follow_up"),
        **more,
    )


async def new_document(visit: Visit) -> None:
    """Where a document is begun."""
    if not visit.caller.secretariat:
        raise Forbidden
    await push(visit, documents_views.begin(visit.caller.reader, Frame(under=modals.under(visit))))


async def mandate(visit: Visit) -> None:
    """The mandate of a group, with its versions; where it has none yet, where the first is written.

    It lies over a window of another capability, which does not change by it: nothing below is drawn anew.
    """
    if not visit.caller.secretariat:
        raise Forbidden
    group, reader = visit.action["value"], visit.caller.reader
    found, held = await visit.registry.read(mandates.of_group, group)
    if found and found.versions:
        await push(visit, documents_views.document(found, reader, Frame(f"{DOCUMENT}:{found.id}"), officer=True))
    else:
        await push(visit, documents_views.mandate(held, reader, Frame(group)))


async def write(visit: Visit) -> None:
    """Where its next version is written."""
    frame = clicked(visit)
    if not visit.caller.secretariat:
        raise Forbidden
    found = await visit.registry.read(documents.document, frame.about)
    await push(visit, documents_views.write(found, visit.caller.reader, frame))


async def title(visit: Visit) -> None:
    """What it is called."""
    frame = clicked(visit)
    if not visit.caller.secretariat:
        raise Forbidden
    found = await visit.registry.read(documents.document, frame.about)
    await push(visit, documents_views.title(found, visit.caller.reader, frame))


async def approve(visit: Visit) -> None:
    """Which decision approved it."""
    await push(visit, documents_views.approve(await _earlier(visit), visit.caller.reader, clicked(visit)))


async def document_begun(visit: Visit) -> Modal | None:
    """A document without a version."""
    frame, state = frame_of(visit), visit.state
    kind, group = written(state, "kind"), written(state, "group")
    await visit.write(documents.begin, kind, group, *pair(visit, "title"), view_id=visit.body["view"]["id"])
    return await back(visit, frame, DOCUMENTS, visit.caller.reader.gettext("Saved."))


async def document_titled(visit: Visit) -> Modal | None:
    """It is called otherwise."""
    frame = frame_of(visit)
    await visit.write(documents.save_title, frame.about, *pair(visit, "title"))
    return await back(visit, frame, f"{DOCUMENT}:{frame.about}", visit.caller.reader.gettext("Saved."))


async def mandate_written(visit: Visit) -> Modal | None:
    """The draft of the first version of a mandate: its document comes in place of the window."""
    frame = Writing.of(visit)
    made = await visit.write(mandates.draft, frame.about, _version(visit), shown=frame.shown, view_id=visit.body["view"]["id"])
    return await back(visit, Frame(), f"{DOCUMENT}:{made.id}", visit.caller.reader.gettext("Saved: it is proposed until it is approved."))


def _version(visit: Visit) -> VersionForm:
    return VersionForm(*pair(visit, "text"), written(visit.state, "effective"), written(visit.state, "expires"))


async def document_written(visit: Visit) -> Modal | None:
    """The draft of its next version."""
    frame = Writing.of(visit)
    await visit.write(documents.save_draft, frame.about, _version(visit), shown=frame.shown, view_id=visit.body["view"]["id"])
    return await back(visit, frame, f"{DOCUMENT}:{frame.about}", visit.caller.reader.gettext("Saved: it is proposed until it is approved."))


async def document_approved(visit: Visit) -> Modal | None:
    """The draft is the text from now on."""
    frame = frame_of(visit)
    document, version, seen = frame.about.split(":")
    await visit.write(documents.approve, int(version), written(visit.state, "decision"), seen=seen)
    return await back(visit, frame, f"{DOCUMENT}:{document}", visit.caller.reader.gettext("The version is approved."))
