"""Where a position is taken: on all at once or group by group, for a seat; and where the secretariat records one. And comments."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot import modals
from bot.blocks import Block, Modal, Option, button, cut, day_picker, divider, field, menu, radio, search, section, text_input, written
from bot.blocks import Message as Post
from bot.decisions import actions
from bot.decisions.drawing import back, draw
from bot.decisions.windows import FIELD
from bot.door import Door
from bot.errors import Explained
from bot.markup import bold
from bot.modals import Frame, push, under
from bot.visit import Visit
from cadre.core import clock
from cadre.core.errors import Conflict, Forbidden, Invalid, Message, NotFound
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.decisions import questions, taking, wording
from cadre.decisions.question_facts import STANCES, WAYS, SeatFacts, Standing
from cadre.decisions.taking import PositionForm, Said, Taken

ALL_FORM: Final = "decisions.position_form"
EACH_FORM: Final = "decisions.positions_form"
RECORD_FORM: Final = "decisions.record_form"
COMMENT_FORM: Final = "decisions.comment_form"
_WORDING: Final = 300


@dataclass(frozen=True, slots=True)
class Answering(Frame):
    """What a window of positions keeps of itself: also, by item, which version of the position it showed."""

    seen: Mapping[str, int] = dataclasses.field(default_factory=dict)


def register(door: Door) -> None:
    """At the door."""
    clicks = {
        actions.SUPPORT: support,
        actions.ANSWER: answer,
        actions.EACH: answer_each,
        actions.RECORD: record,
        actions.COMMENT: comment,
    }
    modals.register_clicks(door, clicks)
    forms = {ALL_FORM: taken_on_all, EACH_FORM: taken_on_each, RECORD_FORM: recorded, COMMENT_FORM: commented}
    modals.register_forms(door, forms)


async def _shown(visit: Visit) -> tuple[Standing, SeatFacts]:
    """The question and the seat that a button is about."""
    question, *seats = modals.numbers(visit)
    view = await visit.registry.read(questions.question, question, visit.caller.actor)
    found = next((each for each in view.question.seats if [each.id] == seats), None)
    if found is None:
        raise NotFound(str(visit.action["value"]))
    return view, found


def _frame(visit: Visit, view: Standing, seat: SeatFacts) -> Answering:
    held = ((item.id, view.position(item.id, seat.id)) for item in view.question.items)
    seen = {str(item): position.version for item, position in held if position}
    return Answering(f"{view.question.id}:{seat.id}", under=under(visit), seen=seen)


async def support(visit: Visit) -> None:
    """Support all of it, with one click: what the seat took before is not overwritten."""
    question, _, seat = visit.action["value"].partition(":")
    view = await visit.registry.read(questions.question, int(question), visit.caller.actor)
    items = [item.id for item in view.question.items]
    form = PositionForm(int(question), int(seat), dict.fromkeys(items, ("supports", "")), dict.fromkeys(items, 0))
    taken = await _written(visit, form)
    told = _told(taken, view, visit.caller.reader)
    if modals.in_window(visit):
        await modals.redraw(visit, lambda: draw(visit, Frame(question), told))
    elif taken.late:
        await visit.whisper(Post(told, (section(told),)))


async def answer(visit: Visit) -> None:
    """One position on all of it."""
    view, seat = await _shown(visit)
    await push(visit, on_all(view, seat, visit.caller.reader, _frame(visit, view, seat)))


async def answer_each(visit: Visit) -> None:
    """Group by group."""
    view, seat = await _shown(visit)
    await push(visit, on_each(view, seat, visit.caller.reader, _frame(visit, view, seat)))


async def record(visit: Visit) -> None:
    """What the secretariat was told."""
    if not visit.caller.secretariat:
        raise Forbidden
    view, seat = await _shown(visit)
    await push(visit, recording(view, seat, visit.caller.reader, _frame(visit, view, seat)))


async def comment(visit: Visit) -> None:
    """Where a comment is written."""
    view = await visit.registry.read(questions.question, int(visit.action["value"]), visit.caller.actor)
    await push(visit, commenting(view, visit.caller.reader, modals.clicked(visit)))


def on_all(view: Standing, seat: SeatFacts, reader: Reader, frame: Answering) -> Modal:
    """One position on all that is asked."""
    _, items = reader.gettext, view.question.items
    held = [view.position(item.id, seat.id) for item in items]
    same = held[0] if held and len({(each and each.stance, each and each.comment) for each in held}) == 1 else None
    blocks = [
        *_heading(view, seat, reader),
        *(section(_line(item.number, item.wording.marked(reader), reader)) for item in items),
        field("stance", _("Position"), radio(FIELD, _choices(reader), same.stance if same else None)),
        field("comment", _comment(reader), text_input(FIELD, (same and same.comment) or "", tall=True), optional=True),
    ]
    return _form(_("Position"), blocks, reader, frame, ALL_FORM)


def on_each(view: Standing, seat: SeatFacts, reader: Reader, frame: Answering) -> Modal:
    """A position on each thing that is asked; what is left empty stays as it is. After the closing it says first that it does not count."""
    _, blocks = reader.gettext, [*_heading(view, seat, reader), *_each(view, seat, reader)]
    if not view.over:
        return _form(_("Positions"), blocks, reader, frame, EACH_FORM)
    told = _("This question is closed: what you say now does not count. It is kept, and the secretariat is told.")
    return _form(_("After the closing"), [section(bold(told)), *blocks], reader, frame, EACH_FORM, submit=_("Send"))


def recording(view: Standing, seat: SeatFacts, reader: Reader, frame: Answering) -> Modal:
    """A position that came otherwise: who gave it, how, on which day."""
    _ = reader.gettext
    ways = [Option(wording.WAY[way].for_(reader).sentence, way) for way in WAYS]
    names = [Option(Words.verbatim(each.name), each.id) for each in seat.speaking]
    who = menu(FIELD, names, names[0].value if len(names) == 1 else None) if names else search(actions.PEOPLE, _("Type a name"))
    blocks = [
        *_heading(view, seat, reader),
        field("teller", _("Who gave it?"), who, _("They get a confirmation.")),
        field("way", _("How did it come?"), radio(FIELD, ways, WAYS[0])),
        field("said_on", _("On which day?"), day_picker(FIELD), hint=_("Empty: today."), optional=True),
        divider(),
        *_each(view, seat, reader),
    ]
    return _form(_("Record a position"), blocks, reader, frame, RECORD_FORM)


def commenting(view: Standing, reader: Reader, frame: Frame) -> Modal:
    """A comment in a consultation."""
    _ = reader.gettext
    told = Words.joined(" ", wording.fixed(view.question, reader))
    blocks = (section(bold(wording.title(view.question, reader))), section(told), field("text", _("Comment"), text_input(FIELD, tall=True)))
    return Modal(_("Comment"), blocks, _("Back"), _("Send"), COMMENT_FORM, frame.packed())


def _heading(view: Standing, seat: SeatFacts, reader: Reader) -> Iterator[Block]:
    name = wording.place(seat.place, reader).sentence
    yield section(Words.joined("\n", (bold(wording.title(view.question, reader)), name)))


def _each(view: Standing, seat: SeatFacts, reader: Reader) -> Iterator[Block]:
    _ = reader.gettext
    for item in view.question.items:
        held = view.position(item.id, seat.id)
        yield section(_line(item.number, item.wording.marked(reader), reader))
        choices = menu(FIELD, _choices(reader), held.stance if held else None, _("Choose a position"))
        yield field(f"stance:{item.id}", _("Position"), choices, optional=True)
        typed = text_input(FIELD, (held and held.comment) or "", tall=True)
        yield field(f"comment:{item.id}", _comment(reader), typed, optional=True)


def _comment(reader: Reader) -> Words:
    return reader.gettext("Comment, or reason of an objection")


def _line(number: int, what: Words, reader: Reader) -> Words:
    return reader.gettext("{n}. {what}", n=number, what=Words.verbatim(cut(what, _WORDING)))


def _choices(reader: Reader) -> list[Option]:
    return [Option(wording.CHOICE[stance].for_(reader), stance) for stance in STANCES]


def _form(heading: Words, blocks: list[Block], reader: Reader, frame: Answering, callback: str, *, submit: Words | None = None) -> Modal:
    return Modal(heading, tuple(blocks), reader.gettext("Back"), submit or reader.gettext("Save"), callback, frame.packed())


async def taken_on_all(visit: Visit) -> Modal | None:
    """One position on everything."""
    view, seat, frame = await _filled(visit)
    said = (written(visit.state, "stance"), written(visit.state, "comment"))
    positions = dict.fromkeys((item.id for item in view.question.items), said)
    try:
        return await _take(visit, view, frame, PositionForm(view.question.id, seat, positions, _seen(frame)))
    except Invalid as problem:
        raise _beside(problem) from problem


def _beside(problem: Invalid) -> Invalid:
    """The same, where one field stands for all items."""
    return Invalid(**{name.partition(":")[0]: told for name, told in problem.fields.items()})


async def taken_on_each(visit: Visit) -> Modal | None:
    """A position on each that was chosen."""
    view, seat, frame = await _filled(visit)
    return await _take(visit, view, frame, PositionForm(view.question.id, seat, _chosen(visit, view), _seen(frame)))


async def recorded(visit: Visit) -> Modal | None:
    """What the secretariat was told is the position of the seat, and whoever said it is told so."""
    view, seat, frame = await _filled(visit)
    day = written(visit.state, "said_on")
    on = date.fromisoformat(day) if day else await visit.registry.read(clock.today)
    said = Said(written(visit.state, "teller") or None, written(visit.state, "way"), on)
    return await _take(visit, view, frame, PositionForm(view.question.id, seat, _chosen(visit, view), _seen(frame), said))


async def commented(visit: Visit) -> Modal | None:
    """A comment is stored."""
    frame = modals.frame_of(visit)
    await visit.write(taking.comment, frame.number, written(visit.state, "text"), view_id=visit.body["view"]["id"])
    return await back(visit, frame, str(frame.number), visit.caller.reader.gettext("Your comment is stored."))


def _chosen(visit: Visit, view: Standing) -> dict[int, tuple[str, str]]:
    """Of each item that a position is chosen for, what stands in its fields. Raises Invalid for a comment without a position."""
    found: dict[int, tuple[str, str]] = {}
    for item in view.question.items:
        stance, text = (written(visit.state, f"{name}:{item.id}") for name in ("stance", "comment"))
        if stance:
            found[item.id] = (stance, text)
        elif text:
            raise Invalid(**{f"stance:{item.id}": Message("Choose a position.")})
    if not found:
        raise Invalid(**{f"stance:{view.question.items[0].id}": Message("Choose a position.")})
    return found


async def _filled(visit: Visit) -> tuple[Standing, int, Answering]:
    frame = Answering.of(visit)
    question, _, seat = frame.about.partition(":")
    return await visit.registry.read(questions.question, int(question), visit.caller.actor), int(seat), frame


def _seen(frame: Answering) -> dict[int, int]:
    return {int(item): version for item, version in frame.seen.items()}


async def _take(visit: Visit, view: Standing, frame: Frame, form: PositionForm) -> Modal | None:
    taken = await _written(visit, form)
    return await back(visit, frame, str(form.question), _told(taken, view, visit.caller.reader))


async def _written(visit: Visit, form: PositionForm) -> Taken:
    """Taken; where another of the seat did so meanwhile, who it was is told, and the way to see or change it."""
    try:
        return await visit.write(taking.take, form)
    except Conflict as problem:
        _ = visit.caller.reader.gettext
        values = {"who": Words.verbatim(problem.who), "when": visit.caller.reader.moment(problem.when)}
        told = Words.joined(" ", (taking.TOLD.for_(visit.caller.reader), _("Position taken by {who}: {when}.", **values)))
        way = button(_("See or change the position"), actions.EACH, f"{form.question}:{form.seat}")
        raise Explained(_("Already taken"), told, (way,)) from problem


def _told(taken: Taken, view: Standing, reader: Reader) -> Words:
    """That it is stored, and until when it can be changed; or that it came too late."""
    _ = reader.gettext
    if taken.late:
        return _("This question is closed: what you said does not count. It is kept, and the secretariat is told.")
    if view.question.closes_at:
        return _("The position is stored. It can be changed until {moment}.", moment=reader.moment(view.question.closes_at))
    return _("The position is stored.")
