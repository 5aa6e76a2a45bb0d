"""The windows in which the secretariat writes a question and takes its steps."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.blocks import (
    Block,
    Modal,
    Option,
    cut,
    field,
    listed,
    menu,
    menu_in_groups,
    moment_picker,
    radio,
    search_many,
    section,
    text_input,
)
from bot.decisions.actions import PEOPLE, PLACES
from bot.decisions.reading import Sources
from bot.decisions.views import labels
from bot.modals import Frame
from cadre.core.bilingual import Bilingual
from cadre.core.i18n import Language
from cadre.core.marks import marks
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.decisions import putting, wording
from cadre.decisions.documents import DocumentFacts
from cadre.decisions.question_facts import QUORUMS, RULES, SEES, ItemFacts, QuestionFacts, SeatFacts, SpeakerFacts, Standing

START_FORM: Final = "decisions.start_form"
TEXTS_FORM: Final = "decisions.texts_form"
HOW_FORM: Final = "decisions.how_form"
ITEM_FORM: Final = "decisions.item_form"
PAPER_FORM: Final = "decisions.paper_form"
SEATS_FORM: Final = "decisions.seats_form"
SPEAKERS_FORM: Final = "decisions.speakers_form"
OPENING: Final = "decisions.opening_form"
CLOSING: Final = "decisions.closing_form"
EXTENSION: Final = "decisions.extension_form"
CANCELLATION: Final = "decisions.cancellation_form"
REMOVAL: Final = "decisions.removal_form"
SOURCE: Final = "source"
SLIDE: Final = "slide"
RECOMMENDATION: Final = "recommendation"
FIELD: Final = "typed"
_LABEL: Final = 70


@dataclass(frozen=True, slots=True)
class Writing(Frame):
    """What a window of a draft keeps of itself: also marks of what its fields showed when it was opened."""

    shown: Mapping[str, str] = dataclasses.field(default_factory=dict)


def start(sources: Sources, reader: Reader, frame: Frame) -> Modal:
    """What a new question is begun from: a slide of the deck, one recommendation, or words of one's own."""
    _ = reader.gettext
    slides = [Option(Words.joined("", (name.for_(reader), Words.verbatim(f" ({n})"))), f"{SLIDE}:{id_}") for id_, name, n in sources.slides]
    single = [Option(_short(name, reader), f"{RECOMMENDATION}:{id_}") for id_, name in sources.recommendations]
    councils = [Option(name.for_(reader), id_) for id_, name in sources.councils]
    kinds = [
        Option(_("Positions, and a decision"), "position"),
        Option(_("Comments only: a consultation"), "consultation"),
    ]
    groups = ((_("Questions of the deck"), slides), (_("Single recommendations"), single))
    blocks = [
        field("council", _("To which council"), menu(FIELD, councils, councils[0].value if len(councils) == 1 else None)),
        field("kind", _("What is asked for"), radio(FIELD, kinds, "position")),
    ]
    if slides or single:
        hint = _("Those that are still proposed. Or write in your own words below.")
        blocks.append(field(SOURCE, _("From the registry"), menu_in_groups(FIELD, groups, _("Choose one")), hint, optional=True))
    blocks += [*pair("title", _titles(reader), None, reader), *pair("wording", _wordings(reader), None, reader, tall=True)]
    return _form(_("New question"), blocks, reader, frame, submit=_("Continue"), callback=START_FORM)


def texts(found: QuestionFacts, reader: Reader, frame: Frame) -> Modal:
    """Title and background, in both languages."""
    names = labels(reader)
    backgrounds: dict[Language, Words] = {"en": names["background_en"], "fr": names["background_fr"]}
    blocks = [*pair("title", _titles(reader), found.title, reader), *pair("background", backgrounds, found.background, reader, tall=True)]
    written = writing(frame, putting.of_texts(found))
    return _form(reader.gettext("Texts"), blocks, reader, written, submit=reader.gettext("Save"), callback=TEXTS_FORM)


def how(found: QuestionFacts, reader: Reader, frame: Frame) -> Modal:
    """By which rule, until when, and who sees the positions: all of it is fixed at the opening."""
    _, names = reader.gettext, labels(reader)
    of_comments = found.consults
    rules = [Option(wording.RULE[each].for_(reader), each) for each in RULES]
    quorums = [Option(wording.QUORUM[each].for_(reader).sentence, each) for each in QUORUMS]
    sees = [Option(wording.SEES[each].for_(reader).sentence, each) for each in SEES]
    counted = (
        field("rule", _("Rule"), radio(FIELD, rules, found.rule), _("Consensus: no objection is sustained. It is fixed at the opening.")),
        field("quorum", _("Quorum"), menu(FIELD, quorums, found.quorum), _("How many seats must take a position.")),
    )
    blocks = [
        *(() if of_comments else counted),
        field("sees", _("Who sees the comments") if of_comments else _("Who sees the positions"), menu(FIELD, sees, found.sees)),
        field("opens_at", names["opens_at"], moment_picker(FIELD, found.opens_at), optional=True),
        field("closes_at", names["closes_at"], moment_picker(FIELD, found.closes_at), optional=True),
    ]
    written = writing(frame, putting.of_how(found))
    heading = _("Times") if of_comments else _("Rule and times")
    return _form(heading, blocks, reader, written, submit=_("Save"), callback=HOW_FORM)


def item(found: QuestionFacts, held: ItemFacts | None, reader: Reader, frame: Frame) -> Modal:
    """One thing that is asked, in both languages."""
    _ = reader.gettext
    told = _("This is the exact wording of the decision, if it is agreed. Empty it in both languages to take it out.")
    blocks = [section(told), *pair("wording", _wordings(reader), held.wording if held else None, reader, tall=True)]
    written = writing(frame, putting.of_item(held.wording if held else None))
    return _form(_("What is asked"), blocks, reader, written, submit=_("Save"), callback=ITEM_FORM)


def paper(drafts: Sequence[DocumentFacts], reader: Reader, frame: Frame) -> Modal:
    """A background paper: what it is called and where it is found; or a document of which a version is proposed."""
    _ = reader.gettext
    addresses: dict[Language, Words] = {"en": _("Web address, in English"), "fr": _("Web address, in French")}
    options = [Option(_short(each.title, reader), str(each.draft.id)) for each in drafts if each.draft]
    hint = _("Those who are asked can read it. Or say below what the paper is called, and where it is found.")
    choice = field("version", _("A document that they are to approve"), menu(FIELD, options), hint, optional=True)
    blocks = [*((choice,) if options else ()), *pair("title", _titles(reader), None, reader), *pair("address", addresses, None, reader)]
    return _form(_("Add a paper"), blocks, reader, frame, submit=_("Save"), callback=PAPER_FORM)


def seats(found: QuestionFacts, reader: Reader, frame: Frame) -> Modal:
    """Which governments are entitled to a position."""
    _ = reader.gettext
    chosen = [Option(seat.place.name.for_(reader).sentence, seat.place.id) for seat in found.seats]
    hint = _("Who speaks for each is read off the confirmed members and alternates, once more at the opening, and frozen then.")
    blocks = [field("seats", _("Governments with a seat"), search_many(PLACES, _("Type a name"), chosen), hint)]
    shown = writing(frame, putting.of_seats(each.value for each in chosen))
    return _form(_("The seats"), blocks, reader, shown, submit=_("Save"), callback=SEATS_FORM)


def speakers(found: QuestionFacts, seat: SeatFacts, proposed: Sequence[SpeakerFacts], reader: Reader, frame: Frame) -> Modal:
    """Who speaks for a seat: ``proposed`` are those who still do, and whom the roles in the council name by now."""
    _ = reader.gettext
    of = {
        alternate: [Option(Words.verbatim(each.person.name), each.person.id) for each in proposed if each.alternate is alternate]
        for alternate in (False, True)
    }
    gone = [Words.verbatim(each.person.name) for each in seat.speakers if each.left]
    now = ([each.person.id for each in seat.speakers if each.alternate is alternate] for alternate in (False, True))
    told = _("Whoever is new hears of the question. A position that was taken stands until it is changed.")
    blocks = [
        section(wording.place(seat.place, reader).sentence),
        *((section(told),) if found.state == "open" else ()),
        *((section(_("No longer of the council: {names}", names=reader.listed(gone))),) if gone else ()),
        field("members", _("Members"), search_many(PEOPLE, _("Type a name"), of[False]), optional=True),
        field("alternates", _("Alternates"), search_many(f"{PEOPLE}:alternates", _("Type a name"), of[True]), optional=True),
    ]
    shown = writing(frame, putting.of_speakers(*now))
    return _form(_("Who speaks"), blocks, reader, shown, submit=_("Save"), callback=SPEAKERS_FORM)


def open_now(view: Standing, reader: Reader, frame: Frame) -> Modal:
    """What happens when it opens, and what is fixed then."""
    _, found = reader.gettext, view.question
    n = sum(len(seat.speaking) for seat in found.seats)
    told = reader.ngettext("It opens at once, and {n} person is written to.", "It opens at once, and {n} people are written to.", n)
    others = dict.fromkeys(other for each in view.elsewhere.values() for other in each)
    blocks = [
        section(wording.title(found, reader)),
        section(told),
        *((section(_("It closes {moment}.", moment=reader.moment(found.closes_at))),) if found.closes_at else ()),
        *map(section, wording.fixed(found, reader)),
        *listed(wording.seats(found, reader)),
        *((section(wording.elsewhere(others, reader)),) if others else ()),
    ]
    return _form(_("Open now"), blocks, reader, frame, submit=_("Open now"), callback=OPENING)


def close(found: QuestionFacts, reader: Reader, frame: Frame) -> Modal:
    """What the closing means."""
    _ = reader.gettext
    told = _("What comes after the closing does not count. Those who speak are told that it is closed before its time.")
    return _form(
        _("Close now"), [section(wording.title(found, reader)), section(told)], reader, frame, submit=_("Close now"), callback=CLOSING
    )


def extend(found: QuestionFacts, reader: Reader, frame: Frame) -> Modal:
    """Where more time is given, with a reason in both languages."""
    _ = reader.gettext
    closes = field("closes_at", labels(reader)["closes_at"], moment_picker(FIELD, found.closes_at))
    blocks = [section(wording.title(found, reader)), closes, *reasons(reader)]
    return _form(_("Extend"), blocks, reader, frame, submit=_("Extend"), callback=EXTENSION)


def cancel(found: QuestionFacts, reader: Reader, frame: Frame) -> Modal:
    """What it means to withdraw a question, and why."""
    _ = reader.gettext
    told = _("This cannot be taken back. Nothing is decided; those who speak for a seat are told, with your reason.")
    blocks = [section(wording.title(found, reader)), section(told), *reasons(reader)]
    return _form(_("Withdraw"), blocks, reader, frame, submit=_("Withdraw"), callback=CANCELLATION)


def remove(found: QuestionFacts, reader: Reader, frame: Frame) -> Modal:
    """What throwing a draft away means."""
    _ = reader.gettext
    blocks = [section(wording.title(found, reader)), section(_("The draft is deleted, with all that is written in it."))]
    return _form(_("Throw away"), blocks, reader, frame, submit=_("Throw away"), callback=REMOVAL)


def reasons(reader: Reader) -> Iterator[Block]:
    """Why, in both languages: it is told to people of either."""
    _ = reader.gettext
    names: dict[Language, Words] = {"en": _("Reason, in English"), "fr": _("Reason, in French")}
    yield from pair("reason", names, None, reader, tall=True, optional=False)


def pair(
    name: str, names: dict[Language, Words], held: Bilingual | None, reader: Reader, *, tall: bool = False, optional: bool = True
) -> Iterator[Block]:
    """One text in both languages, the reader's own first."""
    for language in reader.languages:
        typed = text_input(FIELD, (held.in_(language) if held else None) or "", tall=tall)
        yield field(f"{name}_{language}", names[language], typed, optional=optional)


def writing(frame: Frame, values: Mapping[str, str]) -> Writing:
    """The frame of a window, with marks of what its fields show."""
    return Writing(frame.about, frame.start, frame.under, marks(values))


def _titles(reader: Reader) -> dict[Language, Words]:
    names = labels(reader)
    return {"en": names["title_en"], "fr": names["title_fr"]}


def _wordings(reader: Reader) -> dict[Language, Words]:
    names = labels(reader)
    return {"en": names["items_en"], "fr": names["items_fr"]}


def _short(text: Bilingual, reader: Reader) -> Words:
    return Words.verbatim(cut(text.for_(reader), _LABEL))


def _form(heading: Words, blocks: Sequence[Block], reader: Reader, frame: Frame, *, submit: Words, callback: str) -> Modal:
    return Modal(heading, tuple(blocks), reader.gettext("Back"), submit, callback, frame.packed())
