"""What the page of a call and the list of calls show: nothing that is not everybody's, but for the word to whoever the link is for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from bot.calls import offers
from bot.web.personal import Other, Page, about
from cadre.calls import wording
from cadre.calls.facts import CallFacts, CallState, Standing
from cadre.calls.rules import ANSWERABLE
from cadre.core.reader import Reader, named
from cadre.core.words import Words

SHAPES: Final[dict[CallState, Words]] = {
    "draft": Words.verbatim("○"),
    "scheduled": Words.verbatim("○"),
    "open": Words.verbatim("●"),
    "closed": Words.verbatim("■"),
    "concluded": Words.verbatim("✓"),
    "cancelled": Words.verbatim("✕"),
}
"""A shape for each state, beside its name: told apart without colour."""


@dataclass(frozen=True, slots=True)
class Link:
    """A way on."""

    address: Words
    name: Words


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the text; the first has no heading."""

    heading: Words | None
    paragraphs: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class State:
    """A state: ``kind`` is its colour, ``shape`` what is seen of it without."""

    kind: Words
    shape: Words
    name: Words


@dataclass(frozen=True, slots=True)
class Count:
    """How many answered of how many, drawn as a bar."""

    text: Words
    done: int
    all: int


@dataclass(frozen=True, slots=True)
class PageOfCall(Page):
    """What all pages of a call begin with."""

    above: Words
    name: Words
    state: State
    until: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class CallPage(PageOfCall):
    """All that the page of a call shows. ``yours``: what stands for the person of the link."""

    counted: Count | None
    answering: Part
    yours: tuple[Words, ...]
    links: tuple[Link, ...]
    parts: tuple[Part, ...]
    invited: Part


@dataclass(frozen=True, slots=True)
class Card:
    """A call in the list."""

    link: Link
    until: tuple[Words, ...]
    sought: Words
    counted: Count


@dataclass(frozen=True, slots=True)
class ListPage(Page):
    """The calls that everybody may answer now."""

    cards: tuple[Card, ...]
    none: Words


def list_page(calls: Iterable[CallFacts], reader: Reader, other: Other) -> ListPage:
    """The public calls that are open."""
    _ = reader.gettext
    query = f"?lang={reader.language}"
    cards = (
        Card(
            Link(Words.verbatim(f"calls/{call.id}{query}"), wording.name(call, reader)),
            tuple(until(call, reader)),
            wording.sought(call, reader),
            counted(call, reader),
        )
        for call in calls
        if call.state == "open" and call.public
    )
    none = _("No public call is open now. Calls to the members of the Councils reach them in Slack or by e-mail.")
    return ListPage(Words.verbatim(reader.language), _("Open calls for participation"), about(reader), other, tuple(cards), none)


def call_page(standing: Standing, reader: Reader, other: Other, query: Words, mailbox: str | None = None) -> CallPage:
    """The page of a call. ``query``: what the addresses of its other pages end with; ``mailbox``: the secretariat's, for
    those whom a link names.
    """
    _, call = reader.gettext, standing.call
    name = wording.name(call, reader)
    return CallPage(
        language=Words.verbatim(reader.language),
        title=_("Call for participation: {name}", name=name),
        about=about(reader),
        other=other,
        above=_above(call, reader),
        name=name,
        state=state(call, reader),
        until=tuple(until(call, reader)),
        counted=counted(call, reader) if call.opened_at else None,
        answering=Part(_("How to answer"), tuple(_answering(call, reader, mailbox if standing.person else None))),
        yours=tuple(_yours(standing, reader)),
        links=tuple(_links(standing, reader, query)),
        parts=tuple(_parts(call, reader)),
        invited=Part(_("Invited"), tuple(each.name.for_(reader).sentence for each in wording.invited(call, reader))),
    )


def _above(call: CallFacts, reader: Reader) -> Words:
    _ = reader.gettext
    return _("Call for participation, letter {number}", number=Words.verbatim(call.number)) if call.number else _("Call for participation")


def state(call: CallFacts, reader: Reader) -> State:
    """How a call stands."""
    return State(Words.verbatim(call.state), SHAPES[call.state], wording.state(call, reader))


def until(call: CallFacts, reader: Reader) -> Iterator[Words]:
    """Until when one may answer; or when it opens, that it closed, and why there is more time or none."""
    _ = reader.gettext
    if call.state in ("draft", "scheduled"):
        if call.opens_at:
            yield (
                _("Opens {moment}", moment=reader.moment(call.opens_at))
                if call.state == "scheduled"
                else _("To be opened {moment}", moment=reader.moment(call.opens_at))
            )
    elif call.state == "closed" and (over := wording.over(call, reader)):
        yield over
    elif call.state == "concluded":
        yield _("The members were named.")
    if call.state in ("draft", "scheduled", "open") and (closes := wording.closes(call, reader)):
        yield closes
    if call.reason and call.state == "open":
        yield _("More time was given. Reason: {reason}", reason=call.reason.for_(reader))
    elif call.reason and call.state == "cancelled":
        yield _("Reason: {reason}", reason=call.reason.for_(reader))


def counted(call: CallFacts, reader: Reader) -> Count:
    """How many answered, and how many seats are wanted."""
    return Count(wording.counted(call.totals, call.seats, reader), call.totals.answered, call.totals.invited)


def _answering(call: CallFacts, reader: Reader, mailbox: str | None) -> Iterator[Words]:
    """For those in Slack and for others; nothing once there is nothing to answer any more."""
    _ = reader.gettext
    if call.state == "open":
        yield _("In Slack: press “Answer / Répondre” under the call, or write /cadre calls.")
        yield _("Elsewhere: a word to the secretariat is enough, by phone or by e-mail. It records your answer and confirms it to you.")
        yield _("Representatives answer for their jurisdiction; anybody else may offer to take part. Answers can be changed until the end.")
    elif call.state == "closed":
        yield _("Whoever is late can still answer in Slack, or write to the secretariat, which decides.")
    if mailbox and call.state in ANSWERABLE:
        yield _("The secretariat: {address}", address=Words.verbatim(mailbox))


def _yours(standing: Standing, reader: Reader) -> Iterator[Words]:
    """What the person of the link answered, and for whom they may."""
    _, call = reader.gettext, standing.call
    if call.state not in ANSWERABLE:
        return
    for each in standing.represents:
        values = {"jurisdiction": wording.place(each.jurisdiction, reader), "answer": wording.standing(each, reader)}
        yield _("You answer for: {jurisdiction} ({answer}).", **values)
    if standing.mine and standing.mine.state != "withdrawn":
        told, by = offers.offer(standing.mine, reader), standing.mine.nominated_by
        first = (
            _("{who} put you forward: {offer}.", who=Words.verbatim(named(by)), offer=told)
            if by
            else _("You offered to take part: {offer}.", offer=told)
        )
        yield offers.sentences(first, offers.outlook(call, standing.mine, reader, mine=True))


def _links(standing: Standing, reader: Reader, query: Words) -> Iterator[Link]:
    _, call = reader.gettext, standing.call

    def to(page: str) -> Words:
        return Words.verbatim(f"{call.id}/{page}{query}")

    if standing.secretariat:
        yield Link(to("grid"), _("Who answered, and who did not"))
    if call.number and standing.reads_letter:
        yield Link(to("letter.docx"), _("The official letter (Word)"))
    if call.public and call.opened_at:
        yield Link(Words.verbatim(f"../calls?lang={reader.language}"), _("All open calls"))


def _parts(call: CallFacts, reader: Reader) -> Iterator[Part]:
    """The text of the call."""
    for heading, text in wording.paragraphs(call, reader):
        yield Part(heading, tuple(lines(text)))


def lines(text: Words) -> Iterator[Words]:
    """What somebody wrote, line by line."""
    return (Words.verbatim(line) for line in text.splitlines() if line.strip())
