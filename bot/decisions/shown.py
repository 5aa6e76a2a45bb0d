"""What the web pages of questions and decisions show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.decisions.taken import by_item
from bot.web.personal import Other, Page, about
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.decisions import carried_wording, correction_wording, wording
from cadre.decisions.question_facts import CommentFacts, ItemFacts, PaperFacts, SeatFacts, Standing
from cadre.decisions.register import DecisionView

REGISTER: Final = "/decisions"
"""Where the register is."""


@dataclass(frozen=True, slots=True)
class Card:
    """A decision: its number, whose and when, its wording, and the rest. ``anchor``: by which a link leads to it."""

    anchor: Words
    name: Words
    source: Words | None
    wording: Words
    lines: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class RegisterPage(Page):
    """The register of decisions."""

    cards: tuple[Card, ...]
    none: Words


@dataclass(frozen=True, slots=True)
class Paper:
    """A background paper, in the reader's language. ``text``: of a version of a document, paragraph by paragraph."""

    name: Words
    address: Words | None
    text: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that is asked, what was decided on it, and where that stands in the register."""

    text: Words
    decided: Words | None
    address: Words | None


@dataclass(frozen=True, slots=True)
class Row:
    """A seat: who speaks for it, and its position on each item where the reader may see that."""

    seat: Words
    speakers: Words
    positions: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class QuestionPage(Page):
    """A question: what is asked, what is fixed, the seats."""

    above: Words
    name: Words
    moments: tuple[Words, ...]
    background: tuple[Words, ...]
    asked_name: Words
    items: tuple[Asked, ...]
    papers_name: Words
    papers: tuple[Paper, ...]
    fixed_name: Words
    fixed: tuple[Words, ...]
    seats_name: Words
    columns: tuple[Words, ...]
    rows: tuple[Row, ...]
    comments_name: Words
    comments: tuple[tuple[Words, Words], ...]
    answering: Words | None


def register_page(found: Sequence[DecisionView], reader: Reader, other: Other) -> RegisterPage:
    """All that are confirmed, the newest first."""
    _ = reader.gettext
    return RegisterPage(
        language=Words.verbatim(reader.language),
        title=_("Decisions of the Councils"),
        about=about(reader),
        other=other,
        cards=tuple(_card(view, reader) for view in found),
        none=_("No decision is recorded."),
    )


def _card(view: DecisionView, reader: Reader) -> Card:
    lines = [*wording.details(view, reader), *correction_wording.corrections(view, reader), *carried_wording.carried(view, reader)]
    if view.facts.state is None:
        lines.append(reader.gettext("Whether the Councils adopted it is not in the registry."))
    return Card(
        anchor=Words.verbatim(_anchor(view.facts.id)),
        name=wording.decision_name(view.facts, reader),
        source=wording.source(view, reader),
        wording=view.facts.wording.marked(reader),
        lines=tuple(lines),
    )


def question_page(view: Standing, reader: Reader, other: Other) -> QuestionPage:
    """A question as somebody may see it."""
    _, found = reader.gettext, view.question
    moment = wording.until(found, reader, over=view.over)
    state = None if found.state == "open" and moment else _("{state}.", state=wording.state(found, reader).sentence)
    shows = view.sees_all and not found.consults
    return QuestionPage(
        language=Words.verbatim(reader.language),
        title=wording.title(found, reader),
        about=about(reader),
        other=other,
        above=Words.joined(" · ", (wording.kind(found, reader), found.council_name.for_(reader))),
        name=wording.title(found, reader),
        moments=tuple(line for line in (moment, state, wording.opened(found, reader), wording.counted(view, reader)) if line),
        background=tuple(found.background.marked(reader).paragraphs) if found.background else (),
        asked_name=_("What is asked"),
        items=tuple(_asked(item, reader) for item in found.items),
        papers_name=_("Papers"),
        papers=tuple(_paper(paper, reader) for paper in found.papers),
        fixed_name=_("What is fixed"),
        fixed=tuple(wording.fixed(found, reader)),
        seats_name=_("The seats"),
        columns=(_("Seat"), _("Who speaks for it"), *((_("Positions"),) if shows else ())),
        rows=tuple(_row(view, seat, reader, shows=shows) for seat in found.seats),
        comments_name=_("Comments"),
        comments=tuple((_commented(each, reader), Words.verbatim(each.text)) for each in view.comments),
        answering=_("A position is taken in Slack: /cadre questions. The secretariat also takes it by phone or e-mail, and records it.")
        if any(view.waits(seat) for seat in view.mine)
        else None,
    )


def _asked(item: ItemFacts, reader: Reader) -> Asked:
    text = Words.joined(" – ", (item.wording.marked(reader), *wording.aside(item, reader)))
    address = f"{REGISTER}?lang={reader.language}#{_anchor(item.decision)}" if item.decision else None
    return Asked(text, wording.decided(item, reader), Words.verbatim(address) if address else None)


def _anchor(decision: str) -> str:
    return f"decision-{decision}"


def _commented(each: CommentFacts, reader: Reader) -> Words:
    """Whose comment it is, of which government, and of when."""
    place = wording.place(each.place, reader) if each.place else None
    return Words.joined(" · ", (part for part in (Words.verbatim(each.person.name), place, reader.moment(each.written_at)) if part))


def _paper(of: PaperFacts, reader: Reader) -> Paper:
    if of.address is None:
        return Paper(wording.paper(of, reader), None, tuple(of.text.marked(reader).paragraphs) if of.text else ())
    address = of.address.marked(reader)
    return Paper(of.title.marked(reader), address if address.startswith(("https://", "http://")) else None)


def _row(view: Standing, seat: SeatFacts, reader: Reader, *, shows: bool) -> Row:
    names = [wording.speaker(each, reader) for each in seat.speakers if each.spoke]
    told = tuple(by_item(view, seat, reader, reader.gettext("silent"), knows=view.knows(seat))) if shows else ()
    return Row(wording.place(seat.place, reader).sentence, reader.listed(names) if names else reader.gettext("nobody"), told)
