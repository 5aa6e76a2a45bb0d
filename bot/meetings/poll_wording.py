"""How polls are told, once for messages, windows and letters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from bot.blocks import Block, actions, button, section
from bot.meetings import actions as of
from cadre.core.french import Name
from cadre.core.reader import Reader, named
from cadre.core.words import Words
from cadre.meetings import wording
from cadre.meetings.views import PollFacts, SlotAnswer, SlotFacts, VoiceFacts

IN_MESSAGE = 8
"""Times that a message shows with their buttons: of more it lists them, and a window takes the answers."""


def name(poll: PollFacts, reader: Reader) -> Words:
    """What a poll is called: its title, with its group; else the group."""
    return wording.titled(poll.title, poll.group_name, reader)


def answer(given: SlotAnswer | None, reader: Reader) -> Words:
    """What somebody said of a time."""
    _ = reader.gettext
    return {"yes": _("yes"), "if_needed": _("if need be"), "no": _("no"), None: _("not said yet")}[given]


def ends(poll: PollFacts, reader: Reader) -> Words:
    """The last day to answer: "Friday, March 5, 2027"."""
    return reader.date(poll.closes_on, weekday=True)


def who_made(poll: PollFacts, reader: Reader) -> Name:
    """Whoever made a poll."""
    return reader.name(named(poll.made_by))


def answered(poll: PollFacts, reader: Reader) -> Words:
    """ "4 of 6 have answered."."""
    if not poll.answered and poll.asked > 1:
        return reader.gettext("None of the {asked} people has answered.", asked=poll.asked)
    return reader.ngettext("{n} of {asked} has answered.", "{n} of {asked} have answered.", poll.answered, asked=poll.asked)


def counts(reader: Reader) -> Words:
    """What an answer means once its time is chosen."""
    return reader.gettext("If a time is chosen, yes counts as accepted, and if need be as accepted tentatively; you can change it then.")


def moments(times: Iterable[datetime], reader: Reader) -> Iterator[Words]:
    """Times where the reader is, each as a line begins."""
    return (reader.moment(each).sentence for each in times)


def said(poll: PollFacts, slot: SlotFacts, reader: Reader) -> Words:
    """A time, and what the reader said of it."""
    given = poll.mine.answers.get(slot.id) if poll.mine else None
    return reader.gettext("{moment}: {answer}", moment=reader.moment(slot.instant).sentence, answer=answer(given, reader))


def rows(poll: PollFacts, reader: Reader) -> Iterator[Block]:
    """Each time with its three buttons."""
    for slot in poll.slots:
        yield section(said(poll, slot, reader))
        yield from actions(*choices(poll, slot, reader), block=f"slot:{slot.id}")


def choices(poll: PollFacts, slot: SlotFacts, reader: Reader) -> Iterator[Block]:
    """Yes, if need be, no: what was said stands out."""
    _, value = reader.gettext, str(slot.id)
    given = poll.mine.answers.get(slot.id) if poll.mine else None
    when = reader.moment(slot.instant)
    labels = (
        ("yes", of.SAY_YES, _("Yes"), "primary"),
        ("if_needed", of.SAY_IF_NEEDED, _("If need be"), "primary"),
        ("no", of.SAY_NO, _("No"), "danger"),
    )
    for code, action, label, style in labels:
        spoken = _("{answer}: {moment}", answer=label, moment=when)
        yield button(label, action, value, style if given == code else None, spoken)


def voices(some: Iterable[VoiceFacts], reader: Reader, most: int) -> Words:
    """Names, of a crowd the first ones; marked where the meeting cannot do without them."""
    return wording.crowd([_voice(each, reader) for each in some], reader, most)


def _voice(each: VoiceFacts, reader: Reader) -> Words:
    who = Words.verbatim(each.person.name)
    return reader.gettext("{name} (needed)", name=who) if each.must else who
