"""How calls read in Slack: a list of them, one of them with what can be done about it, and how it will look once it opens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from bot.blocks import PLACE, Block, Message, Modal, actions, button, context, cut, divider, header, link, listed, said, section
from bot.calls import actions as of
from bot.calls import offers, post, windows
from bot.calls.reading import Listing, Sheet
from bot.markup import bold
from bot.modals import Frame
from cadre.calls import rules, wording
from cadre.calls.facts import CallFacts, CallState, Standing
from cadre.core.reader import Reader, named
from cadre.core.words import Words

CALLS: Final = 30
"""Calls on one screen: each takes up to two blocks of the hundred of a window."""
_FEW: Final = 5
"""In a message and in App Home."""
_TEXT: Final = 2700
"""Characters of a paragraph, below its heading."""
_ORDER: Final[tuple[CallState, ...]] = ("open", "scheduled", "draft", "closed", "concluded", "cancelled")


def listed_calls(listing: Listing, reader: Reader, frame: Frame, note: Words | None = None) -> Modal:
    """All that somebody may know of: for the secretariat by state, for others what they may answer first. ``note``: what was just done."""
    _, found = reader.gettext, list(_in_groups(listing, reader))
    blocks: list[Block] = [*(context(note) if note else ())]
    if listing.secretariat:
        blocks += actions(button(_("New call"), of.NEW, style="primary"), block="calls.new")
    before: Words | None = None
    for heading, call in found[frame.start : frame.start + CALLS]:
        if heading != before:
            blocks.append(header(heading))
            before = heading
        blocks += row(call, listing, reader)
    if not found:
        blocks.append(section(_("There is no call yet.") if listing.secretariat else _("No call is open.")))
    blocks += _more(len(found), frame, reader)
    return Modal(_("Calls"), tuple(blocks), close=_("Close"), metadata=frame.packed())


def message(listing: Listing, reader: Reader) -> Message:
    """The same where no window can be opened: in answer to a mention or a direct message."""
    _, open_ = reader.gettext, listing.of("open")
    told = reader.ngettext("{n} call for participation is open.", "{n} calls for participation are open.", len(open_))
    if not open_:
        told = _("No call for participation is open.")
    new = (button(_("New call"), of.NEW),) if listing.secretariat else ()
    rows = (block for call in open_[:_FEW] for block in row(call, listing, reader))
    return Message(told, (section(told), *rows, *actions(*new, all_calls(reader))))


def home(listing: Listing, reader: Reader) -> Iterator[Block]:
    """A part of App Home: what waits for an answer; for the secretariat what is open or being written. Nothing where there is nothing."""
    _ = reader.gettext
    shown = listing.of("open", "scheduled", "draft") if listing.secretariat else listing.to_answer
    if not shown and not listing.secretariat:
        return
    yield section(_("Calls for participation"))
    for call in shown[:_FEW]:
        yield from row(call, listing, reader)
    if len(shown) > _FEW:
        yield from context(reader.ngettext("{n} more", "{n} more", len(shown) - _FEW))
    new = (button(_("New call"), of.NEW),) if listing.secretariat else ()
    yield from actions(*new, all_calls(reader))


def row(call: CallFacts, listing: Listing, reader: Reader) -> Iterator[Block]:
    """A call in a list: what, until when, who answered, and how the reader stands to it."""
    _, standing = reader.gettext, listing.standings.get(call.id)
    name = wording.name(call, reader)
    moment = _when(call, reader)
    answered = _answered(call, reader) if call.opened_at and (listing.secretariat or call.state == "open") else None
    lines = (bold(name), _dots((moment, answered)), *(stands(standing, reader) if standing else ()))
    label = _answering(call, reader)
    answer = button(label, of.ANSWER, str(call.id), "primary", _("{what}: {name}", what=label, name=name))
    details = button(_("Details"), of.OPEN, str(call.id), spoken=_("Details: {name}", name=name))
    answers = standing is not None and call.state in rules.ANSWERABLE and bool(not listing.secretariat or standing.owed)
    yield section(Words.joined("\n", (line for line in lines if line)), None if answers else details)
    if answers:
        yield from actions(answer, details)


def stands(standing: Standing, reader: Reader) -> Iterator[Words]:
    """What waits for the reader's answer, and what they answered."""
    _, owed = reader.gettext, standing.owed
    if owed:
        names = reader.listed(each.jurisdiction.name.for_(reader) for each in owed)
        yield bold(_("Waits for your answer: {jurisdictions}", jurisdictions=names))
    for each in standing.represents:
        if each not in owed and (each.state != "silent" or each.late):
            yield offers.told(each, reader)
    if standing.mine:
        mine = offers.offer(standing.mine, reader)
        yield offers.sentences(_("Your answer: {offer}.", offer=mine), offers.outlook(standing.call, standing.mine, reader, mine=True))


def call(sheet: Sheet, reader: Reader, frame: Frame, note: Words | None = None) -> Modal:
    """A call: all that everybody may know; for the secretariat also how it is arranged, and the steps that its state allows."""
    _, found, ours = reader.gettext, sheet.call, sheet.standing.secretariat
    blocks = [
        *(context(note) if note else ()),
        header(wording.name(found, reader)),
        *context(_dots((wording.state(found, reader), _number(found, reader), _for_priority(found, reader)))),
        *_own(sheet, reader),
        *(_steps(sheet, reader) if ours else ()),
        *(_owed(found, reader) if ours else ()),
        divider(),
        *_said(found, reader),
        *(_arranged(found, reader) if ours else ()),
        *actions(*_links(sheet, reader), all_calls(reader), block="calls.links"),
    ]
    return Modal(_("Call for participation"), tuple(blocks), close=_("Close"), metadata=frame.packed())


def all_calls(reader: Reader) -> Block:
    """The way to the list."""
    return button(reader.gettext("All calls"), of.LIST)


def _said(found: CallFacts, reader: Reader) -> Iterator[Block]:
    """What everybody may know."""
    _ = reader.gettext
    if until := list(post.stands(found, reader)):
        yield section(Words.joined("\n", until))
    for heading, text in wording.paragraphs(found, reader):
        yield from post.paragraph(heading, Words.verbatim(cut(text, _TEXT)))
    if found.jurisdictions:
        places = reader.listed(each.name.for_(reader) for each in wording.invited(found, reader)).sentence
        yield section(Words.joined("\n", (bold(_("Invited")), places)))
    if found.opened_at:
        yield from context(post.counted(found, reader))


def _own(sheet: Sheet, reader: Reader) -> Iterator[Block]:
    """How the reader stands to it, and the way to answer."""
    _, standing = reader.gettext, sheet.standing
    lines = list(stands(standing, reader))
    if lines:
        yield section(Words.joined("\n", lines))
    asked = not standing.secretariat or standing.represents or standing.mine
    if standing.person and asked and sheet.call.state in rules.ANSWERABLE:
        style = None if standing.secretariat and not standing.owed else "primary"
        yield from actions(button(_answering(sheet.call, reader), of.ANSWER, str(sheet.call.id), style), block="calls.own")


def _answering(call: CallFacts, reader: Reader) -> Words:
    """What the way to answer is called: after the closing, it is late."""
    return reader.gettext("Answer late") if call.state == "closed" else reader.gettext("Answer")


def _steps(sheet: Sheet, reader: Reader) -> Iterator[Block]:
    """What the secretariat can do with it, by its state: what comes next first; what ends it last."""
    _, id_, state = reader.gettext, str(sheet.call.id), sheet.call.state
    written, opened = state in ("draft", "scheduled"), sheet.call.opened_at is not None
    ready = None if rules.owed(sheet.call) else "primary"
    next_ = {
        "draft": (button(_("Schedule"), of.SCHEDULE, id_, ready), button(_("Open now"), of.OPEN_NOW, id_)),
        "scheduled": (button(_("Open now"), of.OPEN_NOW, id_), button(_("Back to draft"), of.BACK, id_)),
        "open": (
            button(_("Who answered"), of.GRID, id_, "primary"),
            button(_("Extend"), of.EXTEND, id_),
            button(_("Close now"), of.CLOSE, id_),
        ),
        "closed": (button(_("Who answered"), of.GRID, id_, "primary"), button(_("Extend"), of.EXTEND, id_)),
    }.get(state, (button(_("Who answered"), of.GRID, id_),) if opened else ())
    ends = (button(_("Cancel the call"), of.CANCEL, id_, "danger"),) if rules.TRANSITIONS[state] and opened else ()
    if written:
        edit = button(_("Edit what it says"), of.EDIT, id_)
        yield from actions(
            edit, button(_("Edit who and when"), f"{of.EDIT}:who", id_), button(_("Preview"), of.PREVIEW, id_), block="calls.edit"
        )
    report = (button(_("Report"), of.REPORT, id_),) if opened else ()
    remove = () if opened else (button(_("Throw away"), of.REMOVE, id_, "danger"),)
    yield from actions(*next_, *report, *ends, *remove, block="calls.steps")


def _owed(found: CallFacts, reader: Reader) -> Iterator[Block]:
    """What must still be written before it can open."""
    if found.state not in ("draft", "scheduled"):
        return
    wanting = list(windows.missing(rules.owed(found) | rules.no_times(found.opens_at, found.closes_at), reader))
    if wanting:
        yield section(bold(reader.gettext("Still missing")))
        yield from listed(wanting)
    if not found.channels:
        yield from context(reader.gettext("No channel is chosen: the call is posted nowhere. It can open all the same."))


def _arranged(found: CallFacts, reader: Reader) -> Iterator[Block]:
    """How the secretariat arranged it."""
    _ = reader.gettext
    lines = [
        None if found.opened_at or not found.opens_at else _("Opens {moment}.", moment=reader.moment(found.opens_at)),
        _("Members of {councils} are invited.", councils=reader.listed(n.for_(reader) for _id, n in found.councils))
        if found.councils
        else None,
        _("What is written of how participants are chosen is not shown: the seats go by the order of the answers.")
        if found.capped and found.criteria
        else None,
        _("The web page is public.") if found.public else None,
        _("Written by {who}.", who=Words.verbatim(named(found.made_by))),
    ]
    yield from context(*(line for line in lines if line))
    if found.channels:
        places = reader.listed([PLACE] * len(found.channels))
        told = _("Posted in {channels}.", channels=places) if found.opened_at else _("Will be posted in {channels}.", channels=places)
        yield said(told, found.channels, "#")


def _links(sheet: Sheet, reader: Reader) -> Iterator[Block]:
    _ = reader.gettext
    if sheet.page:
        yield link(_("Web page"), of.PAGE, sheet.page)
    if sheet.letter:
        yield link(_("Official letter"), f"{of.PAGE}:letter", sheet.letter)


def letter(sheet: Sheet, reader: Reader) -> Modal:
    """The official letter, or who has it."""
    _ = reader.gettext
    told = _("Letter {number}", number=Words.verbatim(sheet.call.number or ""))
    if sheet.letter:
        ways = actions(link(_("The official letter (Word)"), f"{of.PAGE}:letter", sheet.letter))
    else:
        ways = iter((section(_("The secretariat has the letter: ask for it.")),))
    return Modal(_("Official letter"), (header(told), section(wording.name(sheet.call, reader)), *ways), close=_("Close"))


def _in_groups(listing: Listing, reader: Reader) -> Iterator[tuple[Words, CallFacts]]:
    """Each call under its heading."""
    _ = reader.gettext
    if listing.secretariat:
        yield from ((_state_heading(state, reader), call) for state in _ORDER for call in listing.of(state))
        return
    yield from ((_state_heading("open", reader), call) for call in listing.of("open"))
    yield from ((_state_heading("closed", reader), call) for call in listing.late)
    yield from ((_("Answered before"), call) for call in listing.answered)


def _state_heading(state: CallState, reader: Reader) -> Words:
    return rules.STATES[state].for_(reader).sentence


def _when(found: CallFacts, reader: Reader) -> Words:
    """The one moment that matters in a state."""
    _ = reader.gettext
    until = wording.closes(found, reader)
    if found.state in ("open", "closed") and until:
        return until
    if found.state == "draft":
        return _("Written by {who}.", who=Words.verbatim(named(found.made_by)))
    if found.state == "scheduled" and found.opens_at:
        return _("Opens {moment}", moment=reader.moment(found.opens_at))
    return wording.state(found, reader)


def _answered(found: CallFacts, reader: Reader) -> Words:
    return reader.ngettext(
        "{answered} of {n} jurisdiction has answered",
        "{answered} of {n} jurisdictions have answered",
        found.totals.invited,
        answered=found.totals.answered,
    )


def _number(found: CallFacts, reader: Reader) -> Words | None:
    return reader.gettext("Letter {number}", number=Words.verbatim(found.number)) if found.number else None


def _for_priority(found: CallFacts, reader: Reader) -> Words | None:
    return reader.gettext("Priority: {priority}", priority=found.priority_name.for_(reader)) if found.priority_name else None


def _more(total: int, frame: Frame, reader: Reader) -> Iterator[Block]:
    """Where not all find room."""
    _, next_ = reader.gettext, frame.start + CALLS
    elements = []
    if frame.start:
        elements.append(button(_("Those before"), f"{of.LIST}:before", str(max(0, frame.start - CALLS))))
    if next_ < total:
        elements.append(button(_("Those that follow"), f"{of.LIST}:after", str(next_)))
    yield from actions(*elements, block="calls.more")


def _dots(parts: Iterable[Words | None]) -> Words:
    """Short texts on one line; those that are not there are left out."""
    return Words.joined(" · ", (part for part in parts if part))
