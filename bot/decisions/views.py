"""How questions read in Slack: a list of them, and one of them with what can be done about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from bot.blocks import (
    Block,
    Message,
    Modal,
    actions,
    button,
    context,
    cut,
    divider,
    folded,
    header,
    link,
    listed,
    literal,
    section,
    unabridged,
)
from bot.decisions import actions as of
from bot.decisions.taken import by_item
from bot.markup import bold, looks_marked
from bot.modals import Frame
from cadre.core.errors import Message as Sentence
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.decisions import rules, wording
from cadre.decisions.question_facts import PaperFacts, QuestionFacts, SeatFacts, Standing, State

QUESTIONS: Final = 25
"""Questions on one screen: each takes up to two blocks of the hundred of a window."""
_FEW: Final = 5
"""In a message and in App Home."""
_TEXT: Final = 2700
_COMMENT: Final = 300
_ORDER: Final[tuple[State, ...]] = ("open", "closed", "scheduled", "draft", "settled", "cancelled")


def listed_questions(views: Sequence[Standing], reader: Reader, frame: Frame, *, officer: bool, note: Words | None = None) -> Modal:
    """All that somebody may know of, by state. ``note``: what was just done."""
    _ = reader.gettext
    found = sorted(views, key=lambda view: (_ORDER.index(view.question.state), view.question.consults))
    blocks: list[Block] = [*(context(note) if note else ())]
    new = (button(_("New question"), of.NEW, style="primary"),) if officer else ()
    blocks += actions(*new, register(reader), block="decisions.top")
    before: Words | None = None
    for view in found[frame.start : frame.start + QUESTIONS]:
        if (state := wording.state(view.question, reader)) != before:
            before = state
            blocks.append(header(state.sentence))
        blocks += row(view, reader)
    if not found:
        blocks.append(section(_("No question is put to a council of yours.") if not officer else _("There is no question yet.")))
    more = frame.start + QUESTIONS
    if more < len(found):
        blocks += actions(button(_("Those that follow"), f"{of.LIST}:after", str(more)), block="decisions.more")
    return Modal(_("Questions"), tuple(blocks), close=_("Close"), metadata=frame.packed())


def message(views: Sequence[Standing], reader: Reader, *, officer: bool) -> Message:
    """The same where no window can be opened: in answer to a mention or a direct message."""
    open_ = [view for view in views if view.question.state == "open"]
    told = reader.ngettext("{n} question to a council is open.", "{n} questions to councils are open.", len(open_))
    if not open_:
        told = reader.gettext("No question to a council is open.")
    rows = (block for view in open_[:_FEW] for block in row(view, reader))
    new = (button(reader.gettext("New question"), of.NEW),) if officer else ()
    return Message(told, (section(told), *rows, *actions(*new, all_questions(reader), register(reader))))


def home(views: Sequence[Standing], reader: Reader, *, officer: bool) -> Iterator[Block]:
    """A part of App Home: what waits for a position; for the secretariat what is not settled. Nothing where there is nothing."""
    if not views and not officer:
        return
    yield section(reader.gettext("Questions to the Councils"))
    for view in views[:_FEW]:
        yield from row(view, reader)
    if len(views) > _FEW:
        yield from context(reader.ngettext("{n} more", "{n} more", len(views) - _FEW))
    new = (button(reader.gettext("New question"), of.NEW),) if officer else ()
    yield from actions(*new, all_questions(reader), register(reader))


def row(view: Standing, reader: Reader) -> Iterator[Block]:
    """A question in a list: what, to whom, until when, how many took a position; and the way to take one."""
    _, question = reader.gettext, view.question
    name = wording.title(question, reader)
    moment = wording.until(question, reader, over=view.over, missed=view.missed)
    counted = wording.counted(view, reader) if question.opened_at else None
    waiting = [seat for seat in view.mine if view.waits(seat)]
    lines = [bold(name), dots((question.council_name.for_(reader), wording.kind(question, reader))), dots((moment, counted))]
    lines += [bold(_("Waits for the position of: {seat}", seat=wording.place(seat.place, reader))) for seat in waiting]
    details = button(_("Details"), of.OPEN, str(question.id), spoken=_("Details: {name}", name=name))
    yield section(Words.joined("\n", (line for line in lines if line)), details)


def question(view: Standing, reader: Reader, frame: Frame, note: Words | None = None, page: str | None = None) -> Modal:
    """A question: all that was fixed, what the reader can do, and the positions that they may see. ``page``: its address on the web."""
    _, found = reader.gettext, view.question
    blocks = [
        *(context(note) if note else ()),
        header(wording.title(found, reader)),
        *context(dots((wording.kind(found, reader), found.council_name.for_(reader), wording.state(found, reader)))),
        *_moments(view, reader),
        *own(view, reader),
        *(_steps(view, reader) if view.secretariat else ()),
        *(_owed(found, reader) if view.secretariat else ()),
        divider(),
        *_asked(view, reader),
        *_seats(view, reader),
        *_comments(view, reader),
        *actions(*((link(_("Web page"), of.PAGE, page),) if page else ()), all_questions(reader), block="decisions.links"),
    ]
    return Modal(_("Question"), tuple(blocks), close=_("Close"), metadata=frame.packed())


def own(view: Standing, reader: Reader) -> Iterator[Block]:
    """What the reader's seats took as their position, and the way to take or change it."""
    if view.question.consults:
        if view.question.state == "open" and not view.over:
            write = button(reader.gettext("Write a comment"), of.COMMENT, str(view.question.id), "primary")
            yield from actions(write, block="decisions.own")
        return
    for seat in view.mine:
        yield section(Words.joined("\n", taken(view, seat, reader)))
        yield from actions(*ways(view, seat, reader), block=f"decisions.own:{seat.id}")


def taken(view: Standing, seat: SeatFacts, reader: Reader) -> Iterator[Words]:
    """What a seat took as its position, item by item."""
    _ = reader.gettext
    place = wording.place(seat.place, reader)
    yield bold(_("You speak for {seat}.", seat=place) if seat in view.now else _("You spoke for {seat}.", seat=place))
    yield from by_item(view, seat, reader, _("no position yet"), knows=view.knows(seat), longest=_COMMENT)


def ways(view: Standing, seat: SeatFacts, reader: Reader) -> Iterator[Block]:
    """The ways to take the position of a seat, or to change it; after the closing, to say it all the same."""
    _, found, value = reader.gettext, view.question, f"{view.question.id}:{seat.id}"
    if found.state not in ("open", "closed") or seat not in view.now:
        return
    waits = view.waits(seat)
    late = view.over or found.state == "closed"
    if late:
        yield button(_("Say something late"), of.EACH, value)
        return
    several = len(found.items) > 1
    label = _("One position on all") if several else _("Take a position") if waits else _("Change the position")
    yield button(label, of.ANSWER, value, "primary" if waits else None)
    if several:
        yield button(_("Group by group"), of.EACH, value)


def all_questions(reader: Reader) -> Block:
    """The way to the list."""
    return button(reader.gettext("All questions"), of.LIST)


def register(reader: Reader) -> Block:
    """The way to the register of decisions."""
    return button(reader.gettext("Decisions"), of.REGISTER)


def _moments(view: Standing, reader: Reader) -> Iterator[Block]:
    moment = wording.until(view.question, reader, over=view.over, missed=view.missed)
    lines = [moment, wording.opened(view.question, reader), wording.counted(view, reader) if view.question.opened_at else None]
    told = [bold(line) for line in lines if line]
    if view.question.reason and view.question.state in ("open", "cancelled"):
        told.append(reader.gettext("Reason: {reason}", reason=view.question.reason.for_(reader)))
    if told:
        yield section(Words.joined("\n", told))


def _steps(view: Standing, reader: Reader) -> Iterator[Block]:
    """What the secretariat can do with it, by its state."""
    _, id_, found = reader.gettext, str(view.question.id), view.question
    if found.state in ("draft", "scheduled"):
        items = () if found.consults else (button(_("Add something asked"), of.ADD_ITEM, id_),)
        how = _("Times") if found.consults else _("Rule and times")
        edit = (button(_("Texts"), of.TEXTS, id_), button(how, of.HOW, id_), button(_("The seats"), of.SEATS, id_))
        yield from actions(*edit, *items, button(_("Add a paper"), of.PAPER, id_), block="decisions.edit")
    wanting, withdraw = bool(rules.owed(found)), button(_("Withdraw"), of.CANCEL, id_, "danger")
    steps: dict[State, tuple[Block, ...]] = {
        "draft": (
            *(() if wanting else (button(_("Schedule"), of.SCHEDULE, id_, "primary"), button(_("Open now"), of.OPEN_NOW, id_))),
            button(_("Throw away"), of.REMOVE, id_, "danger"),
        ),
        "scheduled": (button(_("Open now"), of.OPEN_NOW, id_), button(_("Back to draft"), of.BACK, id_)),
        "open": (button(_("Extend"), of.EXTEND, id_), button(_("Close now"), of.CLOSE, id_), withdraw),
        "closed": (
            button(_("End the consultation"), of.CONCLUDE, id_, "primary")
            if found.consults
            else button(_("Outcome"), of.OUTCOME, id_, "primary"),
            button(_("Extend"), of.EXTEND, id_),
            withdraw,
        ),
        "settled": () if found.consults else (button(_("Outcome"), of.OUTCOME, id_),),
    }
    yield from actions(*steps.get(found.state, ()), block="decisions.steps")


def _owed(found: QuestionFacts, reader: Reader) -> Iterator[Block]:
    """What must still be written before it can open."""
    wanting = rules.owed(found) if found.state in ("draft", "scheduled") else {}
    if wanting:
        yield section(bold(reader.gettext("Still missing")))
        yield from listed(missing(wanting, reader))


def missing(wanting: Mapping[str, Sentence], reader: Reader) -> Iterator[Words]:
    """What is still to be written, each with the name of its field."""
    names = labels(reader)
    for name, told in wanting.items():
        what = told.for_(reader)
        yield reader.gettext("{field}: {what}", field=names[name], what=what) if name in names else what


def labels(reader: Reader) -> dict[str, Words]:
    """What each field of a question is called."""
    _ = reader.gettext
    return {
        "title_en": _("Title, in English"),
        "title_fr": _("Title, in French"),
        "background_en": _("Background, in English"),
        "background_fr": _("Background, in French"),
        "text_en": _("Text, in English"),
        "text_fr": _("Text, in French"),
        "items_en": _("What is asked, in English"),
        "items_fr": _("What is asked, in French"),
        "opens_at": _("Opens"),
        "closes_at": _("Closes"),
    }


def _asked(view: Standing, reader: Reader) -> Iterator[Block]:
    """What it says: background, what is asked, papers; and what is fixed."""
    _, found = reader.gettext, view.question
    writing = view.secretariat and found.state in ("draft", "scheduled")
    if found.background:
        yield text(found.background.marked(reader))
    for item in found.items:
        told = _("{n}. {what}", n=item.number, what=Words.verbatim(cut(item.wording.marked(reader), _TEXT)))
        way = button(_("Word it anew"), of.ITEM, f"{found.id}:{item.id}") if writing else None
        if decided := wording.decided(item, reader):
            told = Words.joined("\n", (told, bold(decided)))
            way = button(_("See the decision"), of.DECISION, item.decision or "")
        yield section(told, way)
        yield from context(*wording.aside(item, reader))
        if item.id in view.elsewhere:
            yield from context(wording.elsewhere(view.elsewhere[item.id], reader))
    for paper in found.papers:
        value = f"{found.id}:{paper.id}"
        read = button(_("Read"), of.READ_PAPER, value) if paper.text else None
        yield section(wording.paper(paper, reader), button(_("Remove"), of.REMOVE_PAPER, value) if writing else read)
    yield from context(*wording.fixed(found, reader))


def _seats(view: Standing, reader: Reader) -> Iterator[Block]:
    """The seats, who speaks for each, and what it took as its position where the reader may see that."""
    _, found = reader.gettext, view.question
    if not found.seats:
        return
    yield header(_("Who is asked") if found.consults else _("The seats"))
    for seat in found.seats:
        gone = [Words.verbatim(each.person.name) for each in seat.speakers if not each.spoke]
        lines = [wording.spoken(seat, bold(wording.place(seat.place, reader).sentence), reader)]
        if gone:
            lines.append(_("No longer of the council: {names}", names=reader.listed(gone)))
        lines += _positions(view, seat, reader)
        controls = _seat_controls(view, seat, reader)
        yield section(Words.joined("\n", lines), folded(of.SEAT, controls) if controls else None)


def _positions(view: Standing, seat: SeatFacts, reader: Reader) -> Iterator[Words]:
    _, found = reader.gettext, view.question
    if found.consults or not found.opened_at or not (view.sees_all or seat in view.mine):
        return
    yield from by_item(view, seat, reader, _("silent"), knows=view.knows(seat), longest=_COMMENT)


def _seat_controls(view: Standing, seat: SeatFacts, reader: Reader) -> list[Block]:
    if not view.secretariat:
        return []
    _, found, value = reader.gettext, view.question, f"{view.question.id}:{seat.id}"
    controls = []
    if found.state == "open" and not found.consults:
        controls.append(button(_("Record a position"), of.RECORD, value))
    if found.state in ("draft", "scheduled", "open"):
        controls.append(button(_("Who speaks"), of.SPEAKERS, value))
    return controls


def paper(found: PaperFacts, reader: Reader, frame: Frame) -> Modal:
    """A version of a document that is put to a council, in full."""
    _ = reader.gettext
    blocks = [header(wording.paper(found, reader)), *(unabridged(found.text.marked(reader)) if found.text else ())]
    return Modal(_("Document"), tuple(blocks), close=_("Back"), metadata=frame.packed())


def _comments(view: Standing, reader: Reader) -> Iterator[Block]:
    if not view.comments:
        return
    yield header(reader.gettext("Comments"))
    for each in view.comments:
        place = wording.place(each.place, reader) if each.place else None
        yield from context(dots((Words.verbatim(each.person.name), place, reader.moment(each.written_at))))
        yield text(Words.verbatim(each.text))


def text(told: Words) -> Block:
    """A longer text, shown as it was typed."""
    kept = Words.verbatim(cut(told, _TEXT))
    return literal(kept) if looks_marked(kept) else section(kept)


def dots(parts: Iterable[Words | None]) -> Words:
    """Short texts on one line; those that are not there are left out."""
    return Words.joined(" · ", (part for part in parts if part))
