"""What the secretariat sees of the answers to a call: the grid and a row of it; and where it records what came otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from bot.blocks import (
    Block,
    Modal,
    Option,
    actions,
    button,
    checkboxes,
    context,
    cut,
    day_picker,
    divider,
    field,
    header,
    link,
    listed,
    menu,
    radio,
    search,
    section,
    text_input,
)
from bot.calls import actions as of
from bot.calls import offers, places
from bot.markup import bold
from bot.modals import Frame
from cadre.calls import summary, wording
from cadre.calls.facts import WAYS, WORK_LANGUAGES, CallFacts, Grid, InvitationFacts, QuestionFacts, SignUpFacts
from cadre.calls.reach import Reach, last_contact, reached
from cadre.calls.reading import ACTIVE
from cadre.calls.rules import ANSWERABLE, UNANSWERED
from cadre.core.i18n import LANGUAGES
from cadre.core.reader import Reader
from cadre.core.words import Words

RECORDED: Final = "calls.recorded"
NAMED: Final = "calls.named"
REPLIED: Final = "calls.replied"
DECIDED: Final = "calls.decided_late"
FILTER: Final = f"{of.GRID}:filter"
FILTERS: Final = ("all", "silent", "unspoken", "answered", "declined")
ROWS: Final = 25
"""Jurisdictions on one screen."""
_FEW: Final = 5
"""Questions, and offers to look at, that stand above the jurisdictions."""
_EXPERIENCE: Final = 200
"""Characters of what somebody wrote of themselves, where many stand in one list."""
_FIELD: Final = "calls.field"
DECLINES: Final = "declines"
WITHDRAWS: Final = "withdraws"
"""What an answer that is recorded comes to, where it is not the role of whoever takes part; ``withdraws:31`` names the offer."""


@dataclass(frozen=True, slots=True)
class Page:
    """A grid as it is shown. ``ways``: to its representatives; ``web``: the address of its page, if it has one."""

    grid: Grid
    ways: Reach
    only: str = "all"
    web: str | None = None

    def shown(self, reader: Reader) -> tuple[InvitationFacts, ...]:
        """The rows that the filter lets through, those first whom nobody answers for; then those that owe an answer."""
        kept = (each for each in summary.by_urgency(self.grid, reader) if kept_by(each, self.only))
        return tuple(sorted(kept, key=lambda each: bool(each.representatives)))


def kept_by(each: InvitationFacts, only: str) -> bool:
    """Whether a filter lets a row through."""
    match only:
        case "silent":
            return each.state in UNANSWERED
        case "declined":
            return each.state == "declined"
        case "unspoken":
            return not each.representatives
        case "answered":
            return each.state not in UNANSWERED
        case _:
            return True


def window(page: Page, reader: Reader, frame: Frame, note: Words | None = None) -> Modal:
    """The grid: who is silent, who answered what, whom nobody answers for."""
    _, call, rows = reader.gettext, page.grid.call, page.shown(reader)
    first = page.only == "all" and frame.start == 0
    blocks: list[Block] = [
        *(context(note) if note else ()),
        header(wording.name(call, reader)),
        section(Words.joined("\n", (wording.counted(call.totals, call.seats, reader), _tally(page.grid, reader)))),
        *context(*wording.state_and_moment(call, reader)),
        *actions(_filter(page, reader), *_ways_on(page, reader), block="calls.filter"),
        *((*_questions(page.grid, reader), *_outside(page.grid, reader)) if first else ()),
        divider(),
        *(_row(each, page.ways, reader) for each in rows[frame.start : frame.start + ROWS]),
        *(() if rows else (section(_("No jurisdiction is in this list.")),)),
        *_more(len(rows), page, frame, reader),
    ]
    return Modal(_("Who answered"), tuple(blocks), close=_("Close"), metadata=frame.packed())


def _tally(grid: Grid, reader: Reader) -> Words:
    """How many gave each answer: "○ No answer yet: 3 · ✓ Takes part: 1"."""
    told = ((kind, reader.gettext("{what}: {n}", what=what, n=n)) for kind, what, n in wording.tally(grid.invitations, reader))
    return Words.joined(" · ", (Words.joined(" ", (offers.SHAPES[kind], text)) for kind, text in told))


def _filter(page: Page, reader: Reader) -> Block:
    _, id_ = reader.gettext, page.grid.call.id
    names = {
        "all": _("All jurisdictions"),
        "silent": _("No answer yet"),
        "unspoken": _("Nobody answers for it"),
        "answered": _("Has answered"),
        "declined": _("Declined"),
    }
    counted = {only: sum(kept_by(each, only) for each in page.grid.invitations) for only in FILTERS}
    options = [Option(_("{what}: {n}", what=names[only], n=counted[only]), f"{id_}:{only}") for only in FILTERS]
    return menu(FILTER, options, f"{id_}:{page.only}")


def _ways_on(page: Page, reader: Reader) -> Iterator[Block]:
    _, id_ = reader.gettext, str(page.grid.call.id)
    yield button(_("Report"), of.REPORT, id_)
    yield from web(page, reader)
    yield button(_("Back to the call"), of.OPEN, id_)


def web(page: Page, reader: Reader) -> Iterator[Block]:
    """The way to the page and the files, where people reach the web server."""
    if page.web:
        yield link(reader.gettext("Web page and files"), f"{of.PAGE}:grid", page.web)


def _row(each: InvitationFacts, ways: Reach, reader: Reader) -> Block:
    name = each.jurisdiction.name.for_(reader).sentence
    open_ = button(reader.gettext("See"), of.INVITATION, str(each.id), spoken=reader.gettext("See: {name}", name=name))
    return section(Words.joined("\n", (bold(name), *_lines(each, ways, reader))), open_)


def _lines(each: InvitationFacts, ways: Reach, reader: Reader) -> Iterator[Words]:
    """What it answered, who answers for it and how they are reached, when it was last spoken to."""
    _ = reader.gettext
    yield Words.joined(" ", (offers.SHAPES[each.stands_as], offers.answered(each, reader)))
    if each.reason:
        yield _("Reason: {reason}", reason=offers.short(each.reason))
    if each.delegates and each.state != "delegated":
        yield _("Answer handed over to {names}", names=reader.listed(Words.verbatim(person.name) for person in each.delegates))
    if not each.representatives:
        yield _("Nobody answers for it yet: add a representative.")
    for person in each.representatives:
        yield _("{name}: {way}", name=Words.verbatim(person.name), way=reached(person, ways, reader))
    yield _("Last contact: {when}", when=last_contact(each, ways, reader))


def _more(total: int, page: Page, frame: Frame, reader: Reader) -> Iterator[Block]:
    _, next_, about = reader.gettext, frame.start + ROWS, f"{page.grid.call.id}:{page.only}"
    elements = []
    if frame.start:
        elements.append(button(_("Those before"), f"{of.GRID}:before", f"{about}:{max(0, frame.start - ROWS)}"))
    if next_ < total:
        elements.append(button(_("Those that follow"), f"{of.GRID}:after", f"{about}:{next_}"))
    yield from actions(*elements, block="calls.rows")


def _questions(grid: Grid, reader: Reader) -> Iterator[Block]:
    """Those that wait for an answer, the oldest first."""
    waiting = [each for each in grid.questions if each.answer is None]
    if waiting:
        yield header(reader.gettext("Questions that wait for an answer"))
    for each in waiting[:_FEW]:
        who = Words.verbatim(each.person.name)
        label = reader.gettext("Reply")
        told = reader.gettext("{who} asks: “{text}”", who=who, text=offers.short(each.text))
        yield section(told, button(label, of.REPLY, str(each.id), spoken=reader.gettext("{what}: {name}", what=label, name=who)))
    yield from _and_more(len(waiting), reader)


def _outside(grid: Grid, reader: Reader) -> Iterator[Block]:
    """Offers that no row of the grid shows, or that are in doubt: late, not invited, of a jurisdiction that is only their own word, or for
    which nobody answers.
    """
    _, invited = reader.gettext, {each.jurisdiction.id for each in grid.invitations}
    found = [
        (each, stranger)
        for each in grid.sign_ups
        if each.state == "offered"
        and (
            (stranger := each.jurisdiction is None or each.jurisdiction.id not in invited) or each.came_late or each.stated or each.unspoken
        )
    ]
    if found:
        yield header(_("Offers to look at"))
    stated = [each for each, _stranger in found[:_FEW] if each.stated]
    yield from listed(
        Words.joined(" · ", (offer_line(each, grid.call, reader), *((_("Its jurisdiction was not invited"),) if stranger else ())))
        for each, stranger in found[:_FEW]
    )
    for each in stated:
        yield from actions(*places.ways(each, reader, named=True), block=f"calls.place:{each.id}")
    yield from _and_more(len(found), reader)


def _and_more(total: int, reader: Reader) -> Iterator[Block]:
    if total > _FEW:
        yield from context(reader.ngettext("and {n} more", "and {n} more", total - _FEW))


def row(each: InvitationFacts, page: Page, reader: Reader, frame: Frame, note: Words | None = None) -> Modal:
    """One jurisdiction, those who offer for it, and what the secretariat can do about it; the grid is one click back."""
    _, id_, call = reader.gettext, str(each.id), page.grid.call
    steps = (
        button(_("Record an answer"), of.RECORD, id_, "primary" if each.state in UNANSWERED else None),
        button(_("Add a representative"), of.ADD_REPRESENTATIVE, id_),
        button(_("Spoken to today"), of.CONTACTED, id_),
    )
    theirs = [offer for offer in page.grid.sign_ups if offer.jurisdiction == each.jurisdiction]
    late = (
        button(_("Take up the late answer…"), f"{of.LATE}:yes", f"{id_}:yes", "primary"),
        button(_("Leave the late answer…"), f"{of.LATE}:no", f"{id_}:no"),
    )
    blocks = (
        *(context(note) if note else ()),
        header(each.jurisdiction.name.for_(reader).sentence),
        *context(wording.name(call, reader), wording.kind(each.jurisdiction.kind, reader)),
        section(Words.joined("\n", _lines(each, page.ways, reader))),
        *actions(*(late if call.state == "closed" and each.late and each.late.to_decide else ()), block="calls.late"),
        *actions(*(steps if call.state in ANSWERABLE else ()), block="calls.invitation"),
        *actions(*_added(each, call, reader), block="calls.added"),
        *listed(offer_line(offer, call, reader) for offer in theirs),
        *actions(*_confirming(theirs, call, reader), block="calls.confirming"),
        *actions(button(_("All answers"), of.GRID, _back(page, frame)), block="calls.back"),
    )
    return Modal(_("Jurisdiction"), blocks, close=_("Close"), metadata=frame.packed())


def _added(each: InvitationFacts, call: CallFacts, reader: Reader) -> Iterator[Block]:
    """The ways to take back that somebody was added."""
    for person in each.added if call.state in ANSWERABLE else ():
        label = reader.gettext("Remove {name}", name=Words.verbatim(person.name))
        spoken = reader.gettext("{name} no longer answers: remove", name=Words.verbatim(person.name))
        yield button(label, f"{of.REMOVE_REPRESENTATIVE}:{person.id}", f"{each.id}:{person.id}", spoken=spoken)


def late(each: InvitationFacts, reader: Reader, frame: Frame, *, taken_up: bool) -> Modal:
    """What becomes of an answer that came late, said before it is done; with a word to those who are put forward."""
    _, found, name = reader.gettext, each.late, wording.place(each.jurisdiction, reader)
    settled = [each for each in found.people if taken_up or each not in found.in_time] if found else []
    people = reader.listed(Words.verbatim(person.name) for person in settled) if settled else None
    left = [Words.verbatim(each.name) for each in found.in_time] if found and not taken_up else []
    if people and taken_up:
        told = _("Accepted for {jurisdiction}, and told at once: {names}.", jurisdiction=name, names=people)
    elif people:
        told = _("Not accepted for {jurisdiction}, and told at once: {names}.", jurisdiction=name, names=people)
    elif left:
        told = None  # they are neither accepted nor declined by this
    elif taken_up:
        told = _("The late refusal becomes the answer of {jurisdiction}.", jurisdiction=name)
    else:
        told = _("The late refusal is left.")
    kept = _("What was said in time stays on record.") if taken_up else _("What was said in time stands, or the silence.")
    hears = _("Whoever declined is told at once.") if found and found.refuser else None
    names = reader.listed(left) if left else Words.verbatim("")
    offered = _("Only the word of their government is left. You still decide on what they offered in time: {names}.", names=names)
    blocks = (
        section(bold(name.sentence)),
        *listed(filter(None, (offers.answered(each, reader), told, hears, offered if names else None, kept))),
        *(a_word(reader) if people else ()),
    )
    submit = {(True, True): _("Accept and tell them"), (False, True): _("Decline and tell them"), (True, False): _("Take up the refusal")}
    does = submit.get((taken_up, people is not None), _("Leave it") if names else _("Leave the refusal"))
    return Modal(_("Late answer"), blocks, _("Cancel"), does, DECIDED, frame.packed())


def a_word(reader: Reader) -> tuple[Block, ...]:
    """What is written to those who are accepted or declined, in both languages, the reader's own first."""
    _, hint = reader.gettext, reader.gettext("Each of them gets it, at once, in their language; where one is left empty, the other.")
    english = field("message", _("A word to them, in English"), text_input(_FIELD, tall=True), hint=hint, optional=True)
    french = field("message_fr", _("A word to them, in French"), text_input(_FIELD, tall=True), hint=hint, optional=True)
    return (french, english) if reader.language == "fr" else (english, french)


def _confirming(theirs: Iterable[SignUpFacts], call: CallFacts, reader: Reader) -> Iterator[Block]:
    """The ways to confirm those for whose government nobody answers, or whose government is only their own word."""
    for each in theirs:
        yield from places.ways(each, reader, named=True) if call.state in ANSWERABLE else ()
        if each.unspoken and call.state in ANSWERABLE:
            label = reader.gettext("Confirm {name}", name=Words.verbatim(each.person.name))
            yield button(label, f"{of.CONFIRM}:{each.id}", str(each.id), "primary")


def _back(page: Page, frame: Frame) -> str:
    """The grid as it was left: with its filter, at its row."""
    left = Frame.unpacked(frame.under)
    kind, _, about = left.about.partition(":")
    return f"{about}:{left.start}" if kind == "grid" else str(page.grid.call.id)


def record(each: InvitationFacts, page: Page, reader: Reader, frame: Frame) -> Modal:
    """An answer that came otherwise: who gave it, how, and what it is."""
    _, call = reader.gettext, page.grid.call
    answers = [Option(_("Takes part: {role}", role=wording.role(role, reader)), role) for role in call.roles]
    theirs = [offer for offer in page.grid.sign_ups if offer.state in ACTIVE and offer.jurisdiction == each.jurisdiction]
    answers += [
        Option(_("Declines"), DECLINES),
        *(Option(_("Withdraws: {name}", name=Words.verbatim(offer.person.name)), f"{WITHDRAWS}:{offer.id}") for offer in theirs),
    ]
    ways = [Option(wording.way(way, reader).sentence, way) for way in WAYS]
    languages = [Option(wording.language(language, reader), language) for language in WORK_LANGUAGES]
    blocks = [
        section(bold(each.jurisdiction.name.for_(reader).sentence)),
        *_teller(each, reader),
        field("way", _("How did it come?"), radio(_FIELD, ways, WAYS[0])),
        field("said_on", _("On which day?"), day_picker(_FIELD), hint=_("Empty: today."), optional=True),
        field("answer", _("What is the answer?"), menu(_FIELD, answers, call.roles[0] if call.roles else DECLINES)),
        field("reason", _("Reason, if it declines"), text_input(_FIELD, tall=True), optional=True),
        divider(),
        *context(_("Only where somebody takes part:")),
        field("person", _("Who takes part"), search(of.PEOPLE, _("Type a name")), hint=_("They get a confirmation."), optional=True),
        field("name", _("Or somebody new: their name"), text_input(_FIELD), optional=True),
        field("email", _("Their e-mail address"), text_input(_FIELD), optional=True),
        field("language", _("Language of work"), menu(_FIELD, languages, reader.language)),
        field("experience", _("A word on experience"), text_input(_FIELD, tall=True), optional=True),
        field("elsewhere", _("Of another government by the registry?"), checkboxes(_FIELD, [_elsewhere(each, reader)], ()), optional=True),
    ]
    return Modal(_("Record an answer"), tuple(blocks), _("Cancel"), _("Save"), RECORDED, frame.packed())


def _elsewhere(each: InvitationFacts, reader: Reader) -> Option:
    name = wording.place(each.jurisdiction, reader)
    return Option(reader.gettext("They take part for {jurisdiction} all the same", jurisdiction=name), "yes")


def _teller(each: InvitationFacts, reader: Reader) -> Iterator[Block]:
    """Who gave the answer: somebody of the registry, who gets a confirmation, or a name."""
    _ = reader.gettext
    names = reader.listed(Words.verbatim(person.name) for person in each.representatives)
    known = (
        _("They get a confirmation. Who answers for it: {names}", names=names) if each.representatives else _("They get a confirmation.")
    )
    yield field("teller", _("Who gave the answer?"), search(of.TELLER, _("Type a name")), hint=known, optional=True)
    unknown = _("Those who answer for it get the confirmation, or the one of them whose name it is.")
    yield field("said_by", _("Or the name of somebody whom the registry does not have"), text_input(_FIELD), hint=unknown, optional=True)


def representative(each: InvitationFacts, reader: Reader, frame: Frame) -> Modal:
    """Who else answers for a jurisdiction in this call: somebody of the registry, or somebody new."""
    _, told = reader.gettext, reader.gettext("They are told of the call at once.")
    languages = [Option(wording.language(each, reader), each) for each in LANGUAGES]
    where = _("Where they said nothing else themselves.")
    blocks = (
        section(bold(each.jurisdiction.name.for_(reader).sentence)),
        field("person", _("Who answers for it"), search(of.PEOPLE, _("Type a name")), hint=told, optional=True),
        field("name", _("Or somebody new: their name"), text_input(_FIELD), optional=True),
        field("email", _("Their e-mail address"), text_input(_FIELD), optional=True),
        field("language", _("Language in which to write to them"), radio(_FIELD, languages, reader.language), hint=where),
    )
    return Modal(_("Add a representative"), blocks, _("Cancel"), _("Save"), NAMED, frame.packed())


def reply(asked: QuestionFacts, reader: Reader, frame: Frame) -> Modal:
    """The answer to a question."""
    _ = reader.gettext
    blocks = (
        section(_("{who} asks: “{text}”", who=Words.verbatim(asked.person.name), text=offers.short(asked.text))),
        field("text", _("Your answer"), text_input(_FIELD, tall=True)),
    )
    return Modal(_("Reply"), blocks, _("Cancel"), _("Send"), REPLIED, frame.packed())


def offer_line(each: SignUpFacts, call: CallFacts, reader: Reader) -> Words:
    """Somebody's offer on one line: as what, for whom, what became of it, what is to be looked at."""
    parts = (
        reader.gettext("{name}: {offer}", name=bold(Words.verbatim(each.person.name)), offer=offers.offer(each, reader)),
        summary.stands(each, call, reader),
        *summary.remarks(each, reader),
        summary.given_by(each, reader) if each.nominated_by or each.recorded_by else None,
        offers.quoted(cut(each.experience, _EXPERIENCE), reader) if each.experience else None,
    )
    return Words.joined(" · ", (part for part in parts if part))
