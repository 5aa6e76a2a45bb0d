"""How a delivery looks: in Slack a message with its buttons, by e-mail a letter that is complete in itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from bot.blocks import Block, Message, Option, actions, button, context, divider, menu, section
from bot.delivery.email import Letter, Part
from bot.face import DRAFT, DROP, LATER, WHY, Face, Told
from bot.links import Links
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.notices.rules import Recipient

_MOST: Final = 15
"""Things that a message shows in full; of more it tells the number. Slack takes 50 blocks."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One thing that a message tells of. ``again``: the day on which its reader wants to hear of it again."""

    face: Face
    facts: Any
    told: Told
    again: date | None = None

    @property
    def draft(self) -> bool:
        """Whether it is a draft, which the secretariat may send on."""
        return self.told.manner == "draft"

    def headline(self, reader: Reader) -> Words:
        """What it says, in a sentence."""
        said = self.face.headline(self.facts, self.told, reader)
        if self.told.manner == "orphan":
            return reader.gettext("{headline} Nobody else can be told: no role in it is confirmed.", headline=said)
        if not self.draft:
            return said
        if "sent_by" in self.told.detail:
            by = Words.verbatim(self.told.detail["sent_by"])
            return reader.gettext("{headline} {name} sent the draft on.", headline=said, name=by)
        if "dropped_by" in self.told.detail:
            by = Words.verbatim(self.told.detail["dropped_by"])
            return reader.gettext("{headline} {name} decided not to write.", headline=said, name=by)
        return reader.gettext("{headline} I wrote a draft, which you may send or not.", headline=said)

    def controls(self, reader: Reader) -> tuple[Block, ...]:
        """What can be done about it; nothing once it is settled."""
        if not self.draft:
            return self.face.controls(self.facts, self.told, reader)
        if self.told.detail:
            return ()
        value = str(self.told.id)
        read = button(reader.gettext("Read the draft"), DRAFT, value, style="primary")
        return read, button(reader.gettext("Do not write"), DROP, value)


def message(shown: Sequence[Shown], reader: Reader) -> Message:
    """A message in Slack: its first line, which is the notification, says the most urgent thing, or how many there are."""
    blocks: list[Block] = []
    if len(shown) > 1:
        n = len(shown)
        blocks += [section(reader.ngettext("{n} thing waits for you.", "{n} things wait for you.", n)), divider()]
    for each in shown[:_MOST]:
        blocks += _item(each, reader)
    if len(shown) > _MOST:
        rest = len(shown) - _MOST
        blocks += context(reader.ngettext("and {n} more: /cadre workplan", "and {n} more: /cadre workplan", rest))
    if any(each.told.manner != "announcement" for each in shown):
        blocks += context(reader.gettext("When and how I write to you: choose in my Home tab."))
    return Message(_opening(shown, reader), tuple(blocks))


def _opening(shown: Sequence[Shown], reader: Reader) -> Words:
    return shown[0].headline(reader) if len(shown) == 1 else _summary(shown, reader)


def _summary(shown: Sequence[Shown], reader: Reader) -> Words:
    """ "2 things wait for you. The first: …"."""
    n = len(shown)
    first = shown[0].headline(reader)
    return reader.ngettext("{n} thing waits for you. The first: {first}", "{n} things wait for you. The first: {first}", n, first=first)


def _item(each: Shown, reader: Reader) -> Iterator[Block]:
    yield section(each.headline(reader))
    controls = each.controls(reader)
    if not controls:
        return
    if each.again:
        yield from context(reader.gettext("I will tell you again: {day}.", day=reader.date(each.again, weekday=True)))
    mine = (_later(each.told, reader), _why(each.told, reader)) if each.told.manner in ("digest", "alone", "orphan") else ()
    yield from actions(*controls, *mine, block=f"notice:{each.told.id}")


def _later(told: Told, reader: Reader) -> Block:
    _ = reader.gettext
    choices = (
        Option(_("Tomorrow"), f"{told.id}:1"),
        Option(_("In 3 days"), f"{told.id}:3"),
        Option(_("Next Monday"), f"{told.id}:monday"),
        Option(_("On another day…"), f"{told.id}:date"),
    )
    return menu(LATER, choices, placeholder=_("Remind me later"))


def _why(told: Told, reader: Reader) -> Block:
    return button(reader.gettext("Why did I get this?"), WHY, str(told.id))


def letter(shown: Sequence[Shown], recipient: Recipient, key: str, reader: Reader, links: Links | None) -> Letter:
    """An e-mail: what the message would say, and where to go for the rest."""
    assert recipient.email, "whoever is written to by e-mail has an address"
    return Letter.of(
        to=recipient.email,
        name=recipient.name,
        subject=_opening(shown, reader) if len(shown) == 1 else _subject(shown, reader),
        parts=[_part(each, reader, links) for each in shown],
        key=key,
        language=reader.language,
    )


def _subject(shown: Sequence[Shown], reader: Reader) -> Words:
    n = len(shown)
    return reader.ngettext("Joint Councils: {n} thing waits for you", "Joint Councils: {n} things wait for you", n)


def _part(each: Shown, reader: Reader, links: Links | None) -> Part:
    path = each.face.link(each.facts, each.told)
    more = ((reader.gettext("Open the page"), links.to(each.told.person, path)),) if path and links else ()
    return Part(each.headline(reader), (), more)
