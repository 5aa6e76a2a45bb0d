"""How a delivery looks: in Slack a message with its buttons, by e-mail a letter that is complete in itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from bot import letters
from bot.blocks import (
    IN_MESSAGE,
    Block,
    Message,
    Option,
    actions,
    button,
    context,
    cut,
    divider,
    folded,
    listed,
    menu,
    paragraphs,
    section,
    unabridged,
)
from bot.delivery.email import Letter, Part
from bot.face import DRAFT, DROP, LATER, MORE, WHY, Face, File, Told
from bot.links import Links
from cadre.core.bilingual import Bilingual
from cadre.core.i18n import LANGUAGES, LOCALES
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.notices.drafts import Proposal
from cadre.notices.earlier import FULL
from cadre.notices.rules import AT_ONCE, Recipient

_ANYBODY: Final = Reader(LOCALES["en"])
_ABOUT_A_DRAFT: Final = 2
"""Buttons about one thing; what else can be done stands behind a ⋯."""
_LINES: Final = 80
"""Things that have a line each, below those that are shown in full."""
_LINE: Final = 150
"""Characters of such a line: what it is, its due day, how late."""
_AROUND_LINES: Final = 2
"""Blocks around the lines: what parts them from the rest, and where all is found."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One thing that a message tells of. ``again``: the day on which its reader wants to hear of it again; ``later``: whether a later
    message tells them of the same, and has what can be done about it; ``first``: whether none told them of it before; ``left``: what it is
    called, where it is not its reader's any more; ``proposal``: of a draft, what might be written.
    """

    face: Face
    facts: Any
    told: Told
    again: date | None = None
    later: bool = False
    first: bool = False
    left: Bilingual | None = None
    proposal: Proposal | None = None

    @property
    def draft(self) -> bool:
        """Whether it is a draft, which the secretariat may send on."""
        return self.told.manner == "draft"

    @property
    def settled(self) -> bool:
        """Whether nothing is to be done about it any more, or not by its reader."""
        return bool(self.left) or not self.face.controls(self.facts, self.told, _ANYBODY)

    def headline(self, reader: Reader) -> Words:
        """What it says, in a sentence."""
        if self.left:
            values = {"name": self.left.marked(reader), "day": reader.date(self.told.occurrence)}
            return reader.gettext("{name}, due {day}: this is not with you any more.", **values)
        said = self.face.headline(self.facts, self.told, reader)
        if self.told.manner == "orphan":
            return reader.gettext("{headline} Nobody else can be told: no role in it is confirmed.", headline=said)
        if not self.draft or (self.settled and not self.told.detail):
            return said
        if "sent_by" in self.told.detail:
            by = Words.verbatim(self.told.detail["sent_by"])
            return reader.gettext("{headline} {name} sent the draft on.", headline=said, name=by)
        if "dropped_by" in self.told.detail:
            by = Words.verbatim(self.told.detail["dropped_by"])
            return reader.gettext("{headline} {name} decided not to write.", headline=said, name=by)
        drafted = reader.gettext("{headline} I wrote a draft, which you may send or not.", headline=said)
        if not self.proposal or not (last := self.proposal.last):
            return drafted
        values = {"date": reader.date(last.day), "who": Words.verbatim(last.by)}
        return Words.joined(" ", (drafted, reader.gettext("A letter about it was sent on {date} by {who}.", **values)))

    def details(self, reader: Reader) -> tuple[Words, ...]:
        """What else it says, in paragraphs."""
        return () if self.left else self.face.details(self.facts, self.told, reader)

    def written(self, reader: Reader) -> tuple[Words, ...]:
        """The same in a letter."""
        return () if self.left else (self.face.letter or self.face.details)(self.facts, self.told, reader)

    def ways(self, links: Links | None, reader: Reader) -> tuple[Block, ...]:
        """To files and pages that go with it; nothing once it stands in a later message."""
        return self.face.ways(self.facts, self.told, links, reader) if links and not (self.later or self.left) else ()

    def controls(self, reader: Reader) -> tuple[Block, ...]:
        """What can be done about it here; nothing once it is settled, or stands in a later message."""
        if self.later or self.left:
            return ()
        if not self.draft:
            return self.face.controls(self.facts, self.told, reader)
        if self.told.detail or self.settled:
            return ()
        value = str(self.told.id)
        read = button(reader.gettext("Read the draft"), DRAFT, value, style="primary")
        never = button(reader.gettext("Do not write, and ask no more"), DROP, f"{value}:for_good")
        return read, button(reader.gettext("Do not write"), DROP, value), never


def message(shown: Sequence[Shown], reader: Reader, links: Links | None = None) -> Message:
    """A message in Slack: its first line, which is the notification, says the most urgent thing, or how many there are. ``links``: to the
    web pages, where people reach them.
    """
    shown = sorted(shown, key=_urgency)
    full = {each.told.id for each in sorted(shown, key=_rank)[:FULL]}
    blocks: list[Block] = []
    if len(shown) > 1:
        blocks += [section(_waits(shown, reader)), divider()]
    for number, each in enumerate(each for each in shown if each.told.id in full):
        blocks += [*((divider(),) if number else ()), *_item(each, reader, links, alone=len(shown) == 1)]
    own = any(each.told.manner not in AT_ONCE for each in shown)
    rest = [each for each in shown if each.told.id not in full]
    blocks += _briefly(rest, reader, IN_MESSAGE - len(blocks) - int(own)) if rest else ()
    if own:
        blocks += context(reader.gettext("When and how I write to you: choose in my Home tab."))
    return Message(_opening(shown, reader), tuple(blocks))


def _urgency(each: Shown) -> tuple[bool, date]:
    """What waits for the secretariat comes first, for nobody else has it; then what is late, the latest of it before the rest; then by
    the due day.
    """
    return not each.draft, each.told.due_day


def _rank(each: Shown) -> tuple[bool, bool, bool, bool, int]:
    """What is shown in full, where not all can be: drafts, what is due today, what no message told of before, a plan before what stands
    in one, and what is due soonest.
    """
    told = each.told
    return not each.draft, told.occurrence != told.day, not each.first, each.face.part, abs((told.occurrence - told.day).days)


def _briefly(rest: Sequence[Shown], reader: Reader, room: int) -> list[Block]:
    """A line for each of those that are not shown in full, and where they are found; drafts can be read from here. ``room``: how many
    blocks are left. Only where that is too little, the number of what has no line.
    """
    drafts = [each for each in rest if each.draft and each.controls(reader)]
    options = [Option(each.headline(reader), str(each.told.id)) for each in drafts]
    ways = [*actions(menu(DRAFT, options, placeholder=reader.gettext("Read a draft")))] if options else []
    lines = [Words.verbatim(cut(each.headline(reader), _LINE)) for each in rest[:_LINES]]
    while len(sections := list(listed(lines))) > room - len(ways) - _AROUND_LINES:
        lines.pop()
    n, where = len(rest) - len(lines), _places(rest, reader)
    more = reader.ngettext("and {n} more", "and {n} more", n) if n else None
    found = reader.gettext("All of it: {places}.", places=where) if where else None
    return [divider(), *sections, *ways, *context(*(each for each in (more, found) if each))]


def _places(rest: Sequence[Shown], reader: Reader) -> Words | None:
    """Where everything is found that a message does not show in full."""
    drafts = reader.gettext("drafts in my Home tab")
    told = ((each.draft, each.face.place) for each in rest)
    places = [drafts if draft else place.for_(reader) if place else None for draft, place in told]
    named = dict.fromkeys(place for place in places if place)
    return reader.listed(named) if named else None


def _opening(shown: Sequence[Shown], reader: Reader) -> Words:
    return shown[0].headline(reader) if len(shown) == 1 else _summary(shown, reader)


def _waiting(shown: Sequence[Shown], reader: Reader) -> list[Shown]:
    """What is still to be done, and was not put off."""
    return [each for each in shown if each.again is None and not each.face.informs and each.controls(reader)]


def _waits(shown: Sequence[Shown], reader: Reader) -> Words:
    """How many things wait, how many were put off, and how many a later message tells of."""
    n, later = len(_waiting(shown, reader)), sum(each.again is not None and bool(each.controls(reader)) for each in shown)
    waiting = reader.ngettext("{n} thing waits for you.", "{n} things wait for you.", n) if n else None
    put_off = reader.ngettext("{n} thing is put off.", "{n} things are put off.", later) if later else None
    moved = sum(each.later and not each.settled for each in shown)
    newer = reader.ngettext("{n} item is in a later message.", "{n} items are in a later message.", moved) if moved else None
    told = Words.joined(" ", (each for each in (waiting, put_off, newer) if each))
    return told or reader.gettext("For your information: there is nothing to do.")


def _summary(shown: Sequence[Shown], reader: Reader) -> Words:
    """ "2 things wait for you. The first: …"; "1 thing waits for you: …"; of what only informs, the same."""
    waiting = _waiting(shown, reader)
    if not waiting:
        news = [each for each in shown if each.face.informs]
        if len(news) < len(shown):
            return _waits(shown, reader)
        return reader.ngettext(
            "{n} thing for your information: {first}",
            "{n} things for your information. The first: {first}",
            len(news),
            first=news[0].headline(reader),
        )
    n, first = len(waiting), waiting[0].headline(reader)
    return reader.ngettext("{n} thing waits for you: {first}", "{n} things wait for you. The first: {first}", n, first=first)


def _item(each: Shown, reader: Reader, links: Links | None, *, alone: bool) -> Iterator[Block]:
    yield from unabridged(each.headline(reader))
    rows = each.face.rows(each.facts, each.told, reader) if alone and not (each.draft or each.left) else ()
    yield from rows
    if not rows and (details := each.details(reader)):
        yield paragraphs(details)
    controls = each.controls(reader)
    if each.later and not each.settled:
        yield from context(reader.gettext("A later message tells you of this again, and has the buttons."))
    ways = each.ways(links, reader)
    if not controls:
        yield from actions(*ways, block=f"notice:{each.told.id}")
        return
    if each.again:
        yield from context(_again(each.again, each.told, reader))
    own = each.told.reminds
    first = _ABOUT_A_DRAFT if each.draft else each.face.beside
    rest = (*controls[first:], *((_why(each.told, reader),) if own else ()))
    menus = (tuple(_later(each, reader)) if own else ()) + ((folded(MORE, rest),) if rest else ())
    yield from actions(*controls[:first], *ways, *menus, block=f"notice:{each.told.id}")


def _again(day: date, told: Told, reader: Reader) -> Words:
    _, when = reader.gettext, reader.date(day, weekday=True)
    if told.day < told.due_day < day:
        return _("I will tell you again on the due day, and: {day}.", day=when)
    return _("I will tell you again: {day}.", day=when)


def _later(each: Shown, reader: Reader) -> Iterator[Block]:
    """When to be told again. What lies beyond the due day says so: that day is told all the same; nothing does of what passes then."""
    _, told = reader.gettext, each.told
    monday = told.day + timedelta(days=7 - told.day.weekday())
    choices = (
        (_("Tomorrow"), told.day + timedelta(days=1), "1"),
        (_("In 3 days"), told.day + timedelta(days=3), "3"),
        (_("Next Monday"), monday, "monday"),
        (_("On another day…"), told.day + timedelta(days=1) if each.face.passes else told.day, "date"),
    )
    before = f":{told.due_day}" if each.face.passes else ""
    beyond = _("after the due day, which I tell you all the same")
    options = [
        Option(label, f"{told.id}:{value}{before}", beyond if told.manner != "orphan" and told.day <= told.due_day < day else None)
        for label, day, value in choices
        if not each.face.passes or day < told.due_day
    ]
    if options:
        yield menu(LATER, options, placeholder=_("Remind me later"))


def _why(told: Told, reader: Reader) -> Block:
    return button(reader.gettext("Why did I get this?"), WHY, str(told.id))


def letter(
    shown: Sequence[Shown],
    recipient: Recipient,
    key: str,
    reader: Reader,
    links: Links | None,
    *,
    mailbox: str | None = None,
    files: tuple[File, ...] = (),
) -> Letter:
    """An e-mail: what the message would say, how to answer without its buttons, and where to go for the rest. ``mailbox``: the
    secretariat's. ``files``: what goes with it. In both languages, one after the other, where nothing says in which to write: nobody's is
    guessed.
    """
    readers = [reader.in_language(language) for language in LANGUAGES] if recipient.unsaid else [reader]
    parts = [Part(None, (readers[-1].gettext("The same follows in French."),))] if recipient.unsaid else []
    for each in readers:
        parts += _parts(shown, recipient, each, links, mailbox)
    assert recipient.email, "whoever is written to by e-mail has an address"
    return Letter.of(
        to=recipient.email,
        name=recipient.name,
        subject=Words.joined(" / ", (_subject(shown, each) for each in readers)),
        parts=parts,
        key=key,
        language=readers[0].language,
        also=readers[-1].language if recipient.unsaid else None,
        files=files,
    )


def _parts(shown: Sequence[Shown], recipient: Recipient, reader: Reader, links: Links | None, mailbox: str | None) -> list[Part]:
    """All that a letter says in one language."""
    linked: set[str] = set()
    parts = [_part(each, reader, links, linked) for each in sorted(shown, key=_urgency)]
    asks = any(_asks(control) for each in shown for control in each.controls(reader))
    own = all(each.face.own for each in shown)
    closing = Part(None, tuple(letters.closing(reader, mailbox, asks=asks, in_slack=recipient.user is not None, own=own)))
    return [replace(each, language=reader.language) for each in (*parts, closing)]


def _subject(shown: Sequence[Shown], reader: Reader) -> Words:
    if len(shown) == 1:
        (only,) = shown
        title = only.face.title
        return letters.subject(title(only.facts, only.told, reader) if title and not only.draft else only.headline(reader))
    n = len(_waiting(shown, reader))
    if not n:
        return reader.gettext("Joint Councils: for your information")
    return reader.ngettext("Joint Councils: {n} thing waits for you", "Joint Councils: {n} things wait for you", n)


def _part(each: Shown, reader: Reader, links: Links | None, linked: set[str]) -> Part:
    """One thing. ``linked``: the pages to which a link stands in the letter already, once each."""
    path = each.face.link(each.facts, each.told)
    if path in linked:
        path = None
    elif path:
        linked.add(path)
    more = ((reader.gettext("Open the page"), links.to(each.told.person, path, reader.language)),) if path and links else ()
    found = tuple(_drafted(each.proposal, reader)) if each.draft and each.controls(reader) else ()
    return Part(None, (each.headline(reader), *found, *each.written(reader)), more)


def _drafted(proposal: Proposal | None, reader: Reader) -> Iterator[Words]:
    """A draft in a letter: its text in both languages, and where it can be sent from."""
    _, text = reader.gettext, proposal.text if proposal else None
    if text:
        yield _("The draft in English: “{text}”", text=Words.verbatim(text.en or ""))
        yield _("The draft in French: “{text}”", text=Words.verbatim(text.fr or ""))
    yield _("The draft is in my Home tab, in Slack.")


def _asks(control: Block) -> bool:
    """Whether it is there to say something with; a link only leads somewhere."""
    return "url" not in control
