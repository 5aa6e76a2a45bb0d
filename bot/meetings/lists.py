"""How meetings read in lists in Slack: those that come, those that were, and all of a series."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from bot.blocks import Block, Message, Modal, actions, button, context, header, section
from bot.markup import bold
from bot.meetings import actions as of
from bot.meetings.reading import Barred, Listing, Past
from bot.modals import Frame
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.meetings import wording
from cadre.meetings.grouping import Row, grouped
from cadre.meetings.views import MeetingView

ROWS: Final = 30
"""Meetings on one screen: each takes up to three blocks of the hundred of a window."""
_FEW: Final = 3
"""In a message and in App Home."""


def listed_meetings(listing: Listing, reader: Reader, frame: Frame, note: Words | None = None) -> Modal:
    """All that come, month by month."""
    _ = reader.gettext
    blocks: list[Block] = [*(context(note) if note else ()), *_begin(listing, reader)]
    month = ""
    rows = grouped(listing.meetings)
    for each in rows[frame.start : frame.start + ROWS]:
        held = each.view.facts.held
        name = reader.month(held.first) if held else _("Date to be fixed")
        if name != month:
            blocks.append(header(name.sentence))
            month = name
        blocks += row(each, reader)
    if not listing.meetings:
        blocks.append(section(_("No meeting is planned.")))
    blocks += _more(len(rows), frame, reader)
    return Modal(_("Meetings"), tuple(blocks), close=_("Close"), metadata=frame.packed())


def past_meetings(found: Past, reader: Reader, frame: Frame) -> Modal:
    """Those that are over, the last first, with what they decided: their minutes and actions are a click away.

    What decided something, or has minutes, stands by itself; it is looked for.
    """
    _ = reader.gettext
    apart = (view.id for view in found.meetings if view.minutes_state or view.id in found.decided)
    rows = grouped(found.meetings, apart)[:ROWS]
    blocks = [*actions(button(_("Upcoming meetings"), of.LIST))]
    for each in rows:
        blocks += row(each, reader, [wording.decided(*one, reader) for one in found.decided.get(each.view.id, ())[:_FEW]])
    if not rows:
        blocks.append(section(_("No meeting is over yet.")))
    return Modal(_("Past meetings"), tuple(blocks), close=_("Close"), metadata=frame.packed())


def whole_series(found: Sequence[MeetingView], following: int, reader: Reader, frame: Frame) -> Modal:
    """All of a series, from the next on (``following``: its place); those that were are a click away. The frame counts from 1."""
    _, facts = reader.gettext, found[0].repeats
    assert facts
    lines = [wording.title(found[0], reader), wording.rule(facts, reader)]
    blocks: list[Block] = [section(Words.joined("\n", (bold(lines[0]), *lines[1:])))]
    start = frame.start - 1 if frame.start else min(following, len(found) - 1)
    blocks += (block for view in found[start : start + ROWS] for block in row(Row(view), reader))
    earlier = (_turn(_("Earlier"), "before", facts.id, max(0, start - ROWS)),) if start else ()
    later = (_turn(_("Later"), "after", facts.id, start + ROWS),) if start + ROWS < len(found) else ()
    return Modal(_("Series"), (*blocks, *actions(*earlier, *later)), close=_("Close"), metadata=frame.packed())


def _turn(name: Words, way: str, series: int, start: int) -> Block:
    return button(name, f"{of.SERIES}:{way}", f"{series}:{start + 1}")


def refusal(barred: Barred, sentence: str, reader: Reader) -> Words:
    """Who arranges meetings, to whoever does not: what to do instead, with the sentence that they typed."""
    _ = reader.gettext
    parts = [_("Leads, co-chairs and the secretariat arrange meetings.")]
    if barred.priorities:
        names = reader.listed(each.for_(reader) for each in barred.priorities)
        told = _("You lead a priority ({names}) that no group carries out yet, and it is groups that meet.", names=names)
        parts = [told, _("Until there is one, the secretariat arranges meetings for you.")]
    if sentence:
        parts.append(_("Nothing was arranged. Send it what you typed: “{text}”", text=Words.verbatim(sentence)))
    if barred.mailbox:
        parts.append(_("The secretariat: {address}", address=Words.verbatim(barred.mailbox)))
    return Words.joined("\n", parts)


def _begin(listing: Listing, reader: Reader) -> Iterator[Block]:
    _ = reader.gettext
    new = (
        button(_("New teleconference"), of.NEW, style="primary"),
        button(_("New in-person meeting"), of.NEW_IN_PERSON),
        button(_("Find a time"), of.FIND),
    )
    own = (button(_("My calendar"), of.CALENDAR),) if listing.subscribes else ()
    past = button(_("Past meetings"), of.PAST)
    yield from actions(*(new if listing.arranges else ()), *own, past, block="meetings.begin")


def _more(many: int, frame: Frame, reader: Reader) -> Iterator[Block]:
    _ = reader.gettext
    earlier = (button(_("Earlier"), f"{of.LIST}:before", str(max(0, frame.start - ROWS))),) if frame.start else ()
    later = (button(_("Later"), f"{of.LIST}:after", str(frame.start + ROWS)),) if frame.start + ROWS < many else ()
    yield from actions(*earlier, *later)


def message(listing: Listing, reader: Reader) -> Message:
    """The same where no window can be opened."""
    told = reader.ngettext("{n} meeting is planned.", "{n} meetings are planned.", len(listing.meetings))
    if not listing.meetings:
        told = reader.gettext("No meeting is planned.")
    rows = (block for each in grouped(listing.meetings)[:_FEW] for block in row(each, reader))
    new = (button(reader.gettext("New teleconference"), of.NEW),) if listing.arranges else ()
    return Message(told, (section(told), *rows, *actions(*new, _all(reader))))


def home(listing: Listing, reader: Reader) -> Iterator[Block]:
    """A part of App Home: the next meetings of the reader. Nothing for whoever has none and may not arrange any."""
    _ = reader.gettext
    own = grouped(view for view in listing.meetings if view.mine or view.may_arrange)[:_FEW]
    if not own and not listing.arranges:
        return
    yield section(_("Meetings"))
    for each in own:
        yield from row(each, reader)
    new = (button(_("New teleconference"), of.NEW),) if listing.arranges else ()
    yield from actions(*new, _all(reader))


def _all(reader: Reader) -> Block:
    return button(reader.gettext("All meetings"), of.LIST)


def row(each: Row, reader: Reader, decided: Sequence[Words] = ()) -> Iterator[Block]:
    """A meeting in a list: what, when, where, and what the reader answered; of a series, how many stand behind it."""
    _, view = reader.gettext, each.view
    name = wording.title(view, reader)
    off = _("Cancelled.") if view.cancelled else None
    where = wording.place(view, reader)
    mine = None
    if view.mine and view.mine.answer and not view.cancelled:
        mine = _("Your answer: {answer}", answer=wording.answer(view.mine.answer, reader))
    more = wording.behind(each, reader)
    lines = (bold(name), off, wording.when(view.facts, reader).sentence, wording.moved(view, reader), where, mine, *decided, more)
    details = button(_("Open"), of.OPEN, view.id, spoken=_("Open: {name}", name=name))
    yield section(Words.joined("\n", (line for line in lines if line)), details)
    if more:
        yield from actions(button(_("All of the series"), of.SERIES, str(view.series), spoken=_("All of the series: {name}", name=name)))
