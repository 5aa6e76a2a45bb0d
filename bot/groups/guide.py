"""``/cadre kind``: which kind of group do we need? A few questions, what is recommended and why, and a draft group to keep it with."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from bot import modals
from bot.blocks import (
    Block,
    Modal,
    Option,
    actions,
    button,
    context,
    field,
    header,
    listed,
    menu,
    radio,
    section,
    text_input,
    written,
)
from bot.blocks import Message as Post
from bot.door import Door
from bot.groups import actions as of
from bot.groups.submissions import draw
from bot.modals import Frame, push
from bot.visit import Visit
from cadre.core.errors import Invalid, Message, NotFound
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.groups import service as groups
from cadre.groups import wording
from cadre.groups.card import GroupRef, KindFacts
from cadre.groups.kinds import DRAFT, Advice, Question

ASKED: Final = "groups.guide_asked"
KEPT: Final = "groups.guide_kept"
_FIELD: Final = "groups.field"


@dataclass(frozen=True, slots=True)
class Answered(Frame):
    """What the window of a result keeps of itself: what was answered."""

    answers: Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Result:
    """What is recommended, with what the registry says of that kind and of one that is nearly as good. ``drafts``: to keep it with."""

    advice: Advice
    kind: KindFacts
    close: KindFacts | None
    drafts: tuple[GroupRef, ...]


def register(door: Door) -> None:
    """At the door."""
    modals.register_clicks(door, {of.GUIDE: kind, of.ADVICE: advice})
    modals.register_forms(door, {ASKED: asked, KEPT: kept})


async def kind(visit: Visit) -> None:
    """The questions; where a message was written, a button that opens them."""
    if "trigger_id" not in visit.body:
        _ = visit.reply_reader.gettext
        first, begin = _("Which kind of group do you need? A few questions, and I recommend one."), _("Begin")
        return await visit.whisper(Post(first, (section(first), *actions(button(begin, of.GUIDE, style="primary")))))
    draft = visit.action.get("value") or "" if "actions" in visit.body else ""
    held = await visit.registry.read(groups.kept_advice, draft) if draft else None
    return await push(visit, questions(visit.caller.reader, Frame(draft), held.answers if held else {}))


def questions(reader: Reader, frame: Frame, held: Mapping[str, str]) -> Modal:
    """All of them in one window. ``frame``: about the draft to keep the result with, if it is known; ``held``: what was answered for it."""
    _ = reader.gettext
    blocks = [field(each.id, each.question.for_(reader), _choices(each, held.get(each.id), reader)) for each in groups.questions()]
    return Modal(_("Which kind of group?"), tuple(blocks), _("Cancel"), _("Recommend"), ASKED, frame.packed())


def _choices(question: Question, chosen: str | None, reader: Reader) -> Block:
    options = [Option(each.label.for_(reader), each.id, each.more.for_(reader) if each.more else None) for each in question.choices]
    return radio(_FIELD, options, chosen)


async def advice(visit: Visit) -> None:
    """Why the guide recommends what is kept with a group, by what was answered for it."""
    group, reader = visit.action["value"], visit.caller.reader
    held = await visit.registry.read(groups.kept_advice, group)
    if held is None:
        raise NotFound(group)
    blocks = told(await visit.registry.read(_result, held.answers), reader)
    blocks += [section(reader.gettext("What was answered:")), *listed(_answers(held.answers, reader))]
    await push(visit, Modal(reader.gettext("Recommended"), tuple(blocks), close=reader.gettext("Close")))


def _answers(answers: Mapping[str, str], reader: Reader) -> Iterator[Words]:
    for question in groups.questions():
        for each in question.choices:
            if each.id == answers.get(question.id):
                yield Words.joined(" ", (question.question.for_(reader), each.label.for_(reader)))


async def asked(visit: Visit) -> Modal:
    """What is recommended."""
    frame = modals.frame_of(visit)
    answers = {each.id: written(visit.state, each.id) for each in groups.questions()}
    found = await visit.registry.read(_result, answers)
    return result(found, visit.caller.reader, Answered(frame.about, answers=answers), secretariat=visit.caller.secretariat)


def _result(session: Session, answers: Mapping[str, str]) -> Result:
    advice = groups.advise(answers, groups.questions())
    best = groups.kind(session, advice.kind)
    if best is None:  # a registry that does not have the three kinds of the guide
        raise Invalid(
            kind=Message(
                "The registry does not know the kind of group that the guide recommends: {kind}.", {"kind": Words.verbatim(advice.kind)}
            )
        )
    close = groups.kind(session, advice.close) if advice.close else None
    return Result(advice, best, close, groups.refs(session, state=DRAFT))


def result(found: Result, reader: Reader, frame: Answered, *, secretariat: bool) -> Modal:
    """What is recommended; the secretariat keeps it with a draft."""
    _, blocks = reader.gettext, told(found, reader)
    if not secretariat:
        blocks += context(_("The secretariat can keep this with a draft group."))
        return Modal(_("Recommended"), tuple(blocks), close=_("Close"))
    blocks += _keeping(found, reader, frame)
    return Modal(_("Recommended"), tuple(blocks), _("Close"), _("Keep"), KEPT, frame.packed())


def told(found: Result, reader: Reader) -> list[Block]:
    """The kind, why, what it must have."""
    _ = reader.gettext
    named = wording.kind(found.kind.name, reader)
    blocks: list[Block] = [header(_("I recommend {kind:a}", kind=named)), *_why(found, reader)]
    if must := wording.must_have(found.kind, reader):
        blocks += [section(_("What it must have:")), *listed(must)]
    blocks += [section(each.for_(reader)) for each in found.advice.notes]
    blocks += context(_("The Councils have been asked whether these are the kinds to use; until they answer, this is a recommendation."))
    return blocks


def _why(found: Result, reader: Reader) -> Iterator[Block]:
    _ = reader.gettext
    yield section(_("Why:"))
    yield from listed(each.for_(reader).sentence for each in found.advice.reasons)
    if found.close:
        yield section(_("Nearly as much speaks for {kind:a}: decide what matters most.", kind=wording.kind(found.close.name, reader)))


def _keeping(found: Result, reader: Reader, frame: Answered) -> Iterator[Block]:
    _ = reader.gettext
    if found.drafts:
        drafts = [Option(each.name.for_(reader), each.id) for each in found.drafts]
        yield field("group", _("Keep it with a draft group"), menu(_FIELD, drafts, frame.about or None), optional=True)
        yield from context(_("Or with a new one:"))
    for language in reader.languages:
        label = _("Name of the new group, in English") if language == "en" else _("Name of the new group, in French")
        yield field(f"name_{language}", label, text_input(_FIELD), optional=True)


async def kept(visit: Visit) -> Modal:
    """It is kept; the card of the draft comes next."""
    answers = Answered.unpacked(visit.body["view"]["private_metadata"]).answers
    names = [written(visit.state, f"name_{language}") for language in ("en", "fr")]
    draft = await visit.write(_keep, written(visit.state, "group"), names[0], names[1], answers)
    return await draw(visit, Frame(draft), visit.caller.reader.gettext("Kept with this draft."))


def _keep(session: Session, draft: str, name_en: str, name_fr: str, answers: Mapping[str, str]) -> str:
    """A name that was written is a new draft, whatever was chosen beside it."""
    made = groups.add_group(session, name_en, name_fr, None) if name_en or name_fr or not draft else draft
    return groups.keep_advice(session, made, answers).group
