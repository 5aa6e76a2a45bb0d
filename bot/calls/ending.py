"""What came of a call, for the secretariat: the report, and the windows in which people are accepted and the group is made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from bot.blocks import (
    Block,
    Modal,
    Option,
    actions,
    button,
    checkboxes,
    context,
    conversation_picker,
    cut,
    divider,
    field,
    header,
    listed,
    menu_in_groups,
    radio,
    search_many,
    section,
)
from bot.calls import actions as of
from bot.calls.grid import Page, a_word, offer_line, web
from bot.markup import bold
from bot.modals import Frame
from cadre.calls import summary, wording
from cadre.calls.facts import CallFacts, Grid, Report, SignUpFacts
from cadre.calls.report import beyond
from cadre.calls.rules import SEATED
from cadre.calls.settling import LATE
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.people.facts import PersonRef

SETTLED: Final = "calls.settled"
CHAIRED: Final = "calls.chaired"
CONCLUDED: Final = "calls.concluded"
CHOSEN: Final = "chosen"
SEATS: Final = "seated"
QUEUE: Final = "waiting"
ALL: Final = "all"
"""Who is accepted or declined: those chosen by name, or all of a kind."""
_FIELD: Final = "calls.field"
_HINT: Final = 1000
_GROUP: Final = 100
"""Options under one heading of a menu."""


def report(found: Report, page: Page, reader: Reader, frame: Frame, note: Words | None = None) -> Modal:
    """What came of it: the findings, in a paragraph that can be copied; those who offered; and the steps that end a call."""
    _, call, id_ = reader.gettext, found.grid.call, str(found.grid.call.id)
    findings = list(summary.lines(found, reader))
    steps = (
        button(_("Accept or decline"), of.SETTLE, id_, "primary"),
        button(_("Confirm the co-chairs"), of.CHAIRS, id_),
        button(_("Make it a group"), of.CONCLUDE, id_),
    )
    blocks: list[Block] = [
        *(context(note) if note else ()),
        header(wording.name(call, reader)),
        *context(wording.state(call, reader)),
        *(section(Words.joined("\n", (bold(_mark(each, reader)), each.text))) for each in findings),
        *actions(*(steps if call.state == "closed" else ()), block="calls.settling"),
        *_people(found.grid, reader),
        divider(),
        *context(_("To be copied:")),
        section(paragraph(found, reader)),
        *actions(button(_("Who answered"), of.GRID, id_), *web(page, reader), button(_("Back to the call"), of.OPEN, id_)),
    ]
    return Modal(_("Report"), tuple(blocks), close=_("Close"), metadata=frame.packed())


def _mark(finding: summary.Line, reader: Reader) -> Words:
    return reader.gettext("▲ {label}", label=finding.label) if finding.wanting else finding.label


def _people(grid: Grid, reader: Reader) -> Iterator[Block]:
    """Those who offer, and apart from them those who wait for a seat, in their order."""
    _ = reader.gettext
    there = [each for each in grid.sign_ups if each.state != "withdrawn"]
    for heading, waiting in ((_("Who offers to take part"), False), (_("Waiting list"), True)):
        people = [each for each in there if (each.waiting and not each.came_late) is waiting]
        if people:
            yield header(heading)
            yield from listed(offer_line(each, grid.call, reader) for each in people)


def paragraph(found: Report, reader: Reader) -> Words:
    """The report in one paragraph: for a message, or for minutes."""
    _ = reader.gettext
    lines = ((each.label, each.text if each.text.endswith(".") else _("{text}.", text=each.text)) for each in summary.lines(found, reader))
    told = [_("{label}: {text}", label=label, text=text) for label, text in lines]
    return Words.joined(" ", (_("{name}.", name=wording.name(found.grid.call, reader)), *told))


def settle(found: Report, reader: Reader, frame: Frame) -> Modal:
    """Who is accepted and who is not: by name, or all of a kind at once."""
    _, sign_ups = reader.gettext, found.grid.sign_ups
    groups = [
        (heading, [_choice(each, found.grid.call, reader) for each in sign_ups if each.state == state])
        for state, heading in (("offered", _("Without an answer")), ("accepted", _("Accepted")), ("declined", _("Not accepted")))
    ]
    if not any(options for _heading, options in groups):
        return Modal(_("Accept or decline"), (section(_("Nobody offered.")),), close=_("Back"))
    parts = [(heading, options[at : at + _GROUP]) for heading, options in groups for at in range(0, len(options), _GROUP)]
    people = menu_in_groups(_FIELD, parts, _("Choose people"), several=True)
    whom, late = (
        list(_kinds(found.grid, reader)),
        _("Without those who came late, or whom or whose government nobody confirmed: choose these by name."),
    )
    doubtful = [each.person for each in sign_ups if each.to_endorse and each.state in ("offered", "declined")]
    many = summary.too_many(found.surplus, found.over, reader)
    blocks: list[Block] = [
        *_more_than_wanted(many, reader),
        field("people", _("Who"), people, optional=True),
        *((field("whom", _("Or all of a kind"), radio(_FIELD, whom, CHOSEN), hint=late),) if len(whom) > 1 else ()),
        field("accepted", _("Decision"), radio(_FIELD, [Option(_("Accept"), "yes"), Option(_("Decline with thanks"), "no")], "yes")),
        *((_unconfirmed(doubtful, reader),) if doubtful else ()),
        *a_word(reader),
    ]
    return Modal(_("Accept or decline"), tuple(blocks), _("Cancel"), _("Send"), SETTLED, frame.packed())


def too_many(grid: Grid, reader: Reader) -> tuple[Words, ...]:
    """That more are accepted than seats were wanted, in a sentence; nothing where there are not."""
    accepted = [each for each in grid.sign_ups if each.state == "accepted" and each.role in SEATED]
    told = tuple(summary.too_many(*beyond(grid.call, accepted), reader))
    return (reader.gettext("More are accepted than wanted: {what}", what=Words.joined(" ", told)),) if told else ()


def _more_than_wanted(told: Iterator[Words], reader: Reader) -> Iterator[Block]:
    if said := list(told):
        yield from context(reader.gettext("More offer than wanted: {what}", what=Words.joined(" ", said)))


def _unconfirmed(people: Sequence[PersonRef], reader: Reader) -> Block:
    """Whoever is accepted although a representative never confirmed it is so because somebody said so."""
    _, names = reader.gettext, reader.listed(Words.verbatim(person.name) for person in people)
    hint = Words.verbatim(cut(_("Nobody confirmed: {names}. If they are accepted, this stays on record.", names=names), _HINT))
    boxes = checkboxes(_FIELD, [Option(_("Accept them although nobody confirmed it"), "yes")], ())
    return field("unconfirmed", _("Not confirmed by a representative"), boxes, hint=hint, optional=True)


def _kinds(grid: Grid, reader: Reader) -> Iterator[Option]:
    _ = reader.gettext
    yield Option(_("Only those chosen above"), CHOSEN)
    names = {SEATS: _("Everybody who has a seat"), QUEUE: _("Everybody on the waiting list"), ALL: _("Everybody without an answer")}
    for kind, name in names.items():
        if n := len(of_kind(grid, kind)):
            yield Option(_("{what}: {n}", what=name, n=n), kind)


def of_kind(grid: Grid, kind: str) -> list[int]:
    """The offers without an answer of one kind. Those that came after the closing, that nobody confirmed, or
    whose jurisdiction is only their own word, are looked at one by one.
    """
    found = [each for each in grid.sign_ups if each.state == "offered" and not (each.came_late or each.to_endorse or each.stated)]
    match kind:
        case "all":
            return [each.id for each in found]
        case "seated" | "waiting" if grid.call.capped:
            return [each.id for each in found if each.role in SEATED and each.waiting is (kind == QUEUE)]
        case _:
            return []


def _choice(each: SignUpFacts, call: CallFacts, reader: Reader) -> Option:
    where = each.jurisdiction.name.for_(reader) if each.jurisdiction else None
    name = Words.joined(", ", (part for part in (Words.verbatim(each.person.name), wording.role(each.role, reader), where) if part))
    stands = (summary.stands(each, call, reader), *summary.remarks(each, reader))
    return Option(name, str(each.id), Words.joined(" · ", stands))


def chairs(found: Report, reader: Reader, frame: Frame) -> Modal:
    """Who co-chairs the group."""
    _ = reader.gettext
    rule = _("Rule G2: one co-chair at least is a member of a council.")
    now = [Option(Words.verbatim(person.name), person.id) for person, _member in found.chairs]
    members = [Words.verbatim(person.name) for person, member in found.chairs if member]
    told = _("None of them is a council member yet.")
    if members:
        told = _("Council members among them: {names}.", names=reader.listed(members))
    blocks = (
        section(Words.joined(" ", (rule, told))),
        field("chairs", _("Co-chairs"), search_many(of.PEOPLE, _("Type a name"), now)),
    )
    return Modal(_("Confirm the co-chairs"), blocks, _("Cancel"), _("Confirm"), CHAIRED, frame.packed())


def conclude(found: Report, reader: Reader, frame: Frame, *, channel: str | None) -> Modal:
    """What ends a call: the group. All that it does is said before; or that somebody still waits for an answer. ``channel``: where the
    group talks already.
    """
    _ = reader.gettext
    n = sum(each.state == "offered" for each in found.grid.sign_ups)
    late = any(each.late and each.late.to_decide for each in found.grid.invitations)
    if n or late or not found.grid.call.co_chairs:
        first = LATE.for_(reader) if late else _("Confirm the co-chairs first.")
        if n:
            first = _("Accept or decline everybody first. Still without an answer: {n}.", n=n)
        return Modal(_("Make it a group"), (section(first),), close=_("Back"))
    *_others, chairs_ = summary.lines(found, reader)
    told = [
        *_taken_in(found, reader),
        _("{label}: {text}", label=chairs_.label, text=chairs_.text),
        _("The group is active from now on."),
        _("Everybody is welcomed with its mandate, its members and its first meeting."),
        _("Whoever answers for a jurisdiction hears who of theirs is in the group."),
        _("The call ends. This cannot be taken back."),
    ]
    hint = _("The welcome leads there, and I join it. A private channel is only linked: invite me there, for I cannot join it by myself.")
    talks = field("channel", _("Where the group talks"), conversation_picker(_FIELD, channel), hint=hint, optional=True)
    blocks = (section(wording.name(found.grid.call, reader)), *listed(told), talks)
    return Modal(_("Make it a group"), blocks, _("Cancel"), _("Make it a group"), CONCLUDED, frame.packed())


def _taken_in(found: Report, reader: Reader) -> Iterator[Words]:
    """Who is of the group from then on, by their roles; and what is still to be answered, for nobody answers it later."""
    roles = Counter(each.role for each in found.grid.sign_ups if each.state == "accepted")
    ngettext = reader.ngettext
    yield ngettext("{n} person becomes a member from today on.", "{n} people become members from today on.", roles["member"])
    if roles["alternate"]:
        yield ngettext("{n} person becomes an alternate.", "{n} people become alternates.", roles["alternate"])
    if roles["observer"]:
        yield ngettext("{n} person becomes an observer.", "{n} people become observers.", roles["observer"])
    if n := sum(each.answer is None for each in found.grid.questions):
        yield ngettext("{n} question still waits for your answer.", "{n} questions still wait for your answer.", n)


def receipt(heading: Words, told: Sequence[Words], reader: Reader) -> Modal:
    """What was stored."""
    return Modal(heading, tuple(section(text) for text in told), close=reader.gettext("Close"))
